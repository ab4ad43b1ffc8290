/* Rows that are inserted come last in a scan of the table, with the cells that
   were given, when nothing of the user's takes part: the table is as an import
   made it, has no trigger but ours, and a rowid above all others is left. Then
   ours need not run for every row either, and the counter moves once. */
#include "io/store_append.h"

#include <stdlib.h>
#include <string.h>

#include "io/store_sql.h"

char *store_append_table_sql(const char *name, const StoreColumns *stored) {
  sqlite3_str *sql = sqlite3_str_new(NULL);
  sqlite3_str_appendf(sql, "CREATE TABLE \"%w\"", name);
  for (size_t i = 0; i < stored->n; i++)
    sqlite3_str_appendf(sql, "%s\"%w\" %s", i == 0 ? "(" : ", ",
                        stored->items[i].sql_name,
                        store_column_sql_type(&stored->items[i]));
  sqlite3_str_appendall(sql, ") STRICT");
  return sqlite3_str_finish(sql);
}

/* ---- what the rows go into ---- */

/* Whether a query with the table's name as its parameter gives a row: 1, 0,
   -1. */
static int finds(Store *store, const char *name, const char *sql, Err *err) {
  int64_t found;
  sqlite3_stmt *stmt = sql_prepare(store, err, "%s", sql);
  sql_bind_text(stmt, 1, name);
  return sql_get_int(store, stmt, &found, err);
}

static int is_as_made(Store *store, const char *name,
                      const StoreColumns *stored, Err *err) {
  char *made = store_append_table_sql(name, stored);
  if (made == NULL) return err_memory(err);
  int64_t found;
  sqlite3_stmt *stmt = sql_prepare(store, err,
                                   "SELECT 1 FROM sqlite_schema WHERE type ="
                                   " 'table' AND name = ? AND sql = ?");
  sql_bind_text(stmt, 1, name);
  sql_bind_text(stmt, 2, made);
  int same = sql_get_int(store, stmt, &found, err);
  sqlite3_free(made);
  return same;
}

/* A name of the rowid that no column has taken; NULL: all are. */
static const char *rowid_name(const StoreColumns *stored) {
  static const char *const names[] = {"rowid", "_rowid_", "oid"};
  for (size_t k = 0; k < sizeof names / sizeof *names; k++) {
    bool taken = false;
    for (size_t i = 0; i < stored->n; i++)
      taken |= sqlite3_stricmp(stored->items[i].sql_name, names[k]) == 0;
    if (!taken) return names[k];
  }
  return NULL;
}

/* After the largest rowid SQLite takes any that is free. */
static int has_room_behind(Store *store, const char *name,
                           const StoreColumns *stored, Err *err) {
  int64_t last = 0;
  const char *rowid = rowid_name(stored);
  if (rowid == NULL) return 0;
  sqlite3_stmt *stmt =
      sql_prepare(store, err, "SELECT max(\"%w\") FROM \"%w\"", rowid, name);
  if (sql_get_int(store, stmt, &last, err) < 0) return -1;
  return last < INT64_MAX / 2;
}

static int is_plain(Store *store, const char *name, const StoreColumns *stored,
                    Err *err) {
  int made = is_as_made(store, name, stored, err);
  if (made <= 0) return made;
  int other = finds(store, name,
                    "SELECT 1 FROM sqlite_schema WHERE type = 'trigger' AND"
                    " tbl_name = ?1 COLLATE NOCASE AND name NOT IN ("
                    "'evalua_segment_INSERT_' || ?1,"
                    " 'evalua_segment_UPDATE_' || ?1,"
                    " 'evalua_segment_DELETE_' || ?1)",
                    err);
  if (other != 0) return other < 0 ? -1 : 0;
  return has_room_behind(store, name, stored, err);
}

/* ---- the bytes that are there ---- */

typedef struct Blobs {
  Store *store;
  int64_t first;
  sqlite3_stmt *stmt;
} Blobs;

static int get_blob(void *data, uint64_t number, size_t len, uint64_t checksum,
                    Buf *out, Err *err) {
  static const char slack[SEGMENT_SLACK] = {0};
  Blobs *blobs = data;
  out->len = 0;
  if (len == 0) return buf_add(out, slack, sizeof slack, err);
  sqlite3_reset(blobs->stmt);
  sqlite3_bind_int64(blobs->stmt, 1, blobs->first + (int64_t)number);
  int status = sql_step(blobs->store, blobs->stmt, err);
  if (status < 0) return -1;
  const char *bytes = status == 0 ? NULL : sqlite3_column_blob(blobs->stmt, 0);
  if (bytes == NULL || (size_t)sqlite3_column_bytes(blobs->stmt, 0) != len ||
      segment_checksum(bytes, len) != checksum)
    return err_set(err, ERR_DATA, "the column segments are damaged");
  if (buf_add(out, bytes, len, err) != 0) return -1;
  return buf_add(out, slack, sizeof slack, err);
}

static SegmentWriter *resume(Store *store, StoreSegments *segments,
                             SegmentList *list, Err *err) {
  Blobs blobs = {.store = store, .first = segments->first};
  SegmentFrom from = {&blobs, get_blob};
  SegmentSink sink = {list, segment_list_put};
  blobs.stmt = sql_prepare(
      store, err, "SELECT bytes FROM evalua_segment_blob WHERE id = ?");
  if (blobs.stmt == NULL) return NULL;
  SegmentWriter *writer =
      segment_writer_resume(&segments->set, &from, sink, err);
  sqlite3_finalize(blobs.stmt);
  return writer;
}

/* The segments of the table when rows may go behind them: 1, 0, -1. */
static int find(Store *store, const char *name, const StoreColumns *stored,
                StoreSegments *out, Err *err) {
  SegmentState state;
  /* those that this transaction has made are fresh, too */
  if (store_segment_restamp(store, err) != 0 ||
      store_segment_find(store, name, &state, out, err) != 0)
    return -1;
  return state == SEGMENT_FRESH ? is_plain(store, name, stored, err) : 0;
}

SegmentWriter *store_append_open(Store *store, const char *name,
                                 const StoreColumns *stored, SegmentList *list,
                                 bool *failed, Err *err) {
  StoreSegments segments = {0};
  SegmentWriter *writer = NULL;
  int status = find(store, name, stored, &segments, err);
  if (status > 0) {
    writer = resume(store, &segments, list, err);
    if (writer == NULL) status = err->code == ERR_DATA ? 0 : -1;
  }
  store_segments_free(&segments);
  if (status == 0) status = store_segment_forget(store, name, err);
  *failed = status < 0;
  return writer;
}
