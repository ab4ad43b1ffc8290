/* Everything about segments that is SQL.

   They lie in the database, not in a file beside it: so they come, go and are
   rolled back with the rows, one file is copied, moved and backed up, an old
   copy put back brings its old segments along, and nothing is mapped that
   another program may cut short. What it costs is a copy of each block's
   bytes out of SQLite's pages (120 MB, a quarter of the time of a scan).

   A blob's id is the set's first id plus the blob's number; ids are INTEGER
   PRIMARY KEYs, so that VACUUM leaves them alone. Each set has SEGMENT_NUMBERS
   ids to itself, and so has room to grow.

   The counter's table is apart from the sets': a trigger rewrites its row for
   every row that somebody inserts, and a directory is long. */
#include "io/store_segment.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "io/store_sql.h"

static const char TABLES[] =
    "CREATE TABLE IF NOT EXISTS evalua_segment_counter("
    "table_name TEXT PRIMARY KEY COLLATE NOCASE, generation INTEGER NOT NULL)"
    " WITHOUT ROWID, STRICT;"
    "CREATE TABLE IF NOT EXISTS evalua_segment_set("
    "table_name TEXT PRIMARY KEY COLLATE NOCASE, generation INTEGER NOT NULL,"
    " cookie INTEGER NOT NULL, root INTEGER NOT NULL, table_sql TEXT NOT NULL,"
    " first_blob INTEGER NOT NULL, last_blob INTEGER NOT NULL,"
    " directory BLOB NOT NULL) STRICT;"
    "CREATE TABLE IF NOT EXISTS evalua_segment_blob("
    "id INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT;";

static const char NO_TABLES[] = "DROP TABLE evalua_segment_counter;"
                                "DROP TABLE evalua_segment_set;"
                                "DROP TABLE evalua_segment_blob";

static const char *const actions[] = {"INSERT", "UPDATE", "DELETE"};

enum { NACTIONS = sizeof actions / sizeof *actions };

bool store_segment_has(const char *name) {
  return sqlite3_stricmp(name, "evalua_segment_counter") == 0 ||
         sqlite3_stricmp(name, "evalua_segment_set") == 0 ||
         sqlite3_stricmp(name, "evalua_segment_blob") == 0;
}

void store_segments_free(StoreSegments *segments) {
  segment_set_free(&segments->set);
  segments->first = 0;
}

BatchColumn *store_segment_columns(const StoreColumns *columns, Err *err) {
  BatchColumn *out = mem_array(columns->n, sizeof *out);
  if (out == NULL) return err_memory(err), NULL;
  for (size_t i = 0; i < columns->n; i++) {
    const StoreColumn *from = &columns->items[i];
    out[i] =
        (BatchColumn){from->sql_name, from->type, from->scale, from->period};
  }
  return out;
}

/* ---- what is there ---- */

int store_segment_cookie(Store *store, int64_t *cookie, Err *err) {
  sqlite3_stmt *stmt = sql_prepare(store, err, "PRAGMA schema_version");
  return sql_get_int(store, stmt, cookie, err) < 0 ? -1 : 0;
}

/* Whether the three tables are there: 1, 0, -1. */
static int has_tables(Store *store, Err *err) {
  int64_t count = 0;
  sqlite3_stmt *stmt =
      sql_prepare(store, err,
                  "SELECT count(*) FROM sqlite_schema WHERE type = 'table'"
                  " AND name IN ('evalua_segment_counter',"
                  " 'evalua_segment_set', 'evalua_segment_blob')");
  if (sql_get_int(store, stmt, &count, err) < 0) return -1;
  return count == 3;
}

static char *trigger_name(const char *table, const char *action) {
  return sqlite3_mprintf("evalua_segment_%s_%s", action, table);
}

static char *trigger_sql(const char *table, const char *action) {
  return sqlite3_mprintf(
      "CREATE TRIGGER \"evalua_segment_%s_%w\" AFTER %s ON \"%w\" BEGIN "
      "UPDATE evalua_segment_counter SET generation = generation + 1 "
      "WHERE table_name = %Q; END",
      action, table, action, table, table);
}

/* The first row's only text, or NULL where there is none; sqlite3_free. */
static int get_text(Store *store, sqlite3_stmt *stmt, char **out, Err *err) {
  *out = NULL;
  if (stmt == NULL) return -1;
  int status = sql_step(store, stmt, err);
  if (status > 0 && sqlite3_column_type(stmt, 0) != SQLITE_NULL) {
    *out = sqlite3_mprintf("%s", sqlite3_column_text(stmt, 0));
    if (*out == NULL) status = err_memory(err);
  }
  sqlite3_finalize(stmt);
  return status < 0 ? -1 : 0;
}

char *store_segment_table(Store *store, const char *name, Err *err) {
  char *found;
  sqlite3_stmt *stmt = sql_prepare(store, err,
                                   "SELECT name FROM sqlite_schema WHERE"
                                   " type = 'table' AND name = ?"
                                   " COLLATE NOCASE");
  sql_bind_text(stmt, 1, name);
  if (get_text(store, stmt, &found, err) != 0) return NULL;
  const char *known = found == NULL ? name : found;
  char *out = mem_text(known, strlen(known));
  if (out == NULL) err_memory(err);
  sqlite3_free(found);
  return out;
}

/* The text of CREATE of a table, or of a trigger on it. */
static int get_schema(Store *store, const char *type, const char *name,
                      const char *table, char **out, Err *err) {
  sqlite3_stmt *stmt =
      sql_prepare(store, err,
                  "SELECT sql FROM sqlite_schema WHERE type = ? AND name = ?"
                  " AND tbl_name = ?");
  sql_bind_text(stmt, 1, type);
  sql_bind_text(stmt, 2, name);
  sql_bind_text(stmt, 3, table);
  return get_text(store, stmt, out, err);
}

/* Whether one trigger is there as we made it: 1, 0, -1. */
static int has_trigger(Store *store, const char *table, const char *action,
                       Err *err) {
  char *name = trigger_name(table, action), *want = trigger_sql(table, action),
       *found = NULL;
  int status = name == NULL || want == NULL
                   ? err_memory(err)
                   : get_schema(store, "trigger", name, table, &found, err);
  if (status == 0) status = found != NULL && strcmp(found, want) == 0;
  sqlite3_free(name);
  sqlite3_free(want);
  sqlite3_free(found);
  return status;
}

static int get_root(Store *store, const char *table, int64_t *root, Err *err) {
  sqlite3_stmt *stmt = sql_prepare(store, err,
                                   "SELECT rootpage FROM sqlite_schema"
                                   " WHERE type = 'table' AND name = ?");
  sql_bind_text(stmt, 1, table);
  return sql_get_int(store, stmt, root, err) < 0 ? -1 : 0;
}

/* A row that no trigger can have moved to: -1 as generation. */
static int get_generation(Store *store, const char *table, int64_t *out,
                          Err *err) {
  *out = -1;
  sqlite3_stmt *stmt =
      sql_prepare(store, err,
                  "SELECT generation FROM evalua_segment_counter"
                  " WHERE table_name = ?");
  sql_bind_text(stmt, 1, table);
  return sql_get_int(store, stmt, out, err) < 0 ? -1 : 0;
}

/* ---- is it what it was ---- */

/* The set's row at hand (generation, cookie, root, table_sql) against the
   database: 1 the same, 0 not, -1. */
static int is_same(Store *store, const char *table, sqlite3_stmt *row,
                   Err *err) {
  int64_t generation = 0, cookie = 0, root = 0;
  if (get_generation(store, table, &generation, err) != 0 ||
      store_segment_cookie(store, &cookie, err) != 0 ||
      get_root(store, table, &root, err) != 0)
    return -1;
  if (sqlite3_column_int64(row, 0) != generation ||
      sqlite3_column_int64(row, 1) != cookie ||
      sqlite3_column_int64(row, 2) != root)
    return 0;
  const char *built_for = (const char *)sqlite3_column_text(row, 3);
  char *sql;
  if (get_schema(store, "table", table, table, &sql, err) != 0) return -1;
  int same = sql != NULL && built_for != NULL && strcmp(sql, built_for) == 0;
  sqlite3_free(sql);
  for (int i = 0; same > 0 && i < NACTIONS; i++)
    same = has_trigger(store, table, actions[i], err);
  return same;
}

static bool is_type(const SegmentColumn *built, const StoreColumn *stored) {
  return built->type == stored->type && built->scale == stored->scale &&
         (built->type != COLUMN_PERIOD || built->period == stored->period);
}

/* The side table may have been changed by hand. */
static int has_same_types(Store *store, const char *table,
                          const SegmentSet *set, Err *err) {
  StoreColumns stored;
  if (store_columns_load(store, table, &stored, err) != 0) return -1;
  const char **names = mem_array(set->ncols, sizeof *names);
  int same = names == NULL ? err_memory(err) : 1;
  for (size_t i = 0; same > 0 && i < set->ncols; i++)
    names[i] = set->columns[i].name;
  for (size_t i = 0; same > 0 && i < set->ncols; i++) {
    const StoreColumn *entry =
        store_columns_match(&stored, names, set->ncols, i);
    same = entry == NULL || is_type(&set->columns[i], entry);
  }
  free(names);
  store_columns_free(&stored);
  return same;
}

static int load(Store *store, const char *table, sqlite3_stmt *row,
                SegmentState *state, StoreSegments *out, Err *err) {
  Err why;
  const char *bytes = sqlite3_column_blob(row, 5);
  size_t len = (size_t)sqlite3_column_bytes(row, 5);
  bool other = bytes != NULL && segment_set_is_other(bytes, len);
  *state = other ? SEGMENT_STALE : SEGMENT_DAMAGED;
  if (bytes == NULL || other) return 0;
  if (segment_set_parse(bytes, len, &out->set, &why) != 0) {
    if (why.code != ERR_MEM) return 0;
    *err = why;
    return -1;
  }
  out->first = sqlite3_column_int64(row, 4);
  int same = has_same_types(store, table, &out->set, err);
  *state = same > 0 ? SEGMENT_FRESH : SEGMENT_STALE;
  if (same <= 0) store_segments_free(out);
  return same < 0 ? -1 : 0;
}

int store_segment_find(Store *store, const char *name, SegmentState *state,
                       StoreSegments *out, Err *err) {
  *out = (StoreSegments){0};
  *state = SEGMENT_NONE;
  int there = store->own ? has_tables(store, err) : 0;
  if (there <= 0) return there;
  sqlite3_stmt *row =
      sql_prepare(store, err,
                  "SELECT generation, cookie, root, table_sql, first_blob,"
                  " directory FROM evalua_segment_set WHERE table_name = ?");
  if (row == NULL) return -1;
  sql_bind_text(row, 1, name);
  int status = sql_step(store, row, err);
  if (status > 0) {
    status = is_same(store, name, row, err);
    *state = SEGMENT_STALE;
    if (status > 0) status = load(store, name, row, state, out, err);
  }
  sqlite3_finalize(row);
  return status < 0 ? -1 : 0;
}

/* ---- bytes that wait ---- */

int segment_list_put(void *data, uint64_t number, const char *bytes, size_t len,
                     Err *err) {
  SegmentList *list = data;
  if (list->n == list->room) {
    size_t room = list->room == 0 ? 64 : list->room * 2;
    struct SegmentBlob *more = mem_resize(list->items, room, sizeof *more);
    if (more == NULL) return err_memory(err);
    list->items = more;
    list->room = room;
  }
  char *copy = mem_text(bytes, len);
  if (copy == NULL) return err_memory(err);
  list->items[list->n++] = (struct SegmentBlob){number, copy, len};
  return 0;
}

void segment_list_free(SegmentList *list) {
  for (size_t i = 0; i < list->n; i++) free(list->items[i].bytes);
  free(list->items);
  buf_free(&list->directory);
  *list = (SegmentList){0};
}

/* ---- taking away ---- */

static int run_for(Store *store, const char *table, const char *sql, Err *err) {
  sqlite3_stmt *stmt = sql_prepare(store, err, "%s", sql);
  sql_bind_text(stmt, 1, table);
  return sql_finish(store, stmt, err);
}

/* One trigger of ours that belongs to the table: by its own table, since one
   that was renamed has taken its triggers along, or by its name, since those
   of a renamed table stand in the way of new ones. */
static int next_trigger(Store *store, const char *table, char **out, Err *err) {
  sqlite3_stmt *stmt =
      sql_prepare(store, err,
                  "SELECT name FROM sqlite_schema WHERE type = 'trigger'"
                  " AND name GLOB 'evalua_segment_*' AND (?1 IS NULL OR"
                  " tbl_name = ?1 COLLATE NOCASE OR name COLLATE NOCASE IN ("
                  "'evalua_segment_INSERT_' || ?1,"
                  " 'evalua_segment_UPDATE_' || ?1,"
                  " 'evalua_segment_DELETE_' || ?1))");
  sql_bind_text(stmt, 1, table);
  return get_text(store, stmt, out, err);
}

/* All of ours on a table, or on all tables (NULL): how many, or -1. */
static int drop_triggers(Store *store, const char *table, Err *err) {
  for (int dropped = 0;; dropped++) {
    char *name;
    if (next_trigger(store, table, &name, err) != 0) return -1;
    if (name == NULL) return dropped;
    sqlite3_stmt *stmt = sql_prepare(store, err, "DROP TRIGGER \"%w\"", name);
    sqlite3_free(name);
    if (sql_finish(store, stmt, err) != 0) return -1;
  }
}

static int drop_set(Store *store, const char *table, Err *err) {
  int changes = sqlite3_total_changes(store->db);
  if (run_for(store, table,
              "DELETE FROM evalua_segment_blob WHERE id BETWEEN"
              " (SELECT first_blob FROM evalua_segment_set WHERE"
              " table_name = ?1) AND (SELECT last_blob FROM"
              " evalua_segment_set WHERE table_name = ?1)",
              err) != 0 ||
      run_for(store, table,
              "DELETE FROM evalua_segment_set WHERE table_name = ?", err) ||
      run_for(store, table,
              "DELETE FROM evalua_segment_counter WHERE table_name = ?", err))
    return -1;
  return sqlite3_total_changes(store->db) != changes;
}

int store_segment_forget_all(Store *store, Err *err) {
  int there = has_tables(store, err);
  int dropped = there < 0 ? -1 : drop_triggers(store, NULL, err);
  if (dropped < 0 || there == 0) return dropped < 0 ? -1 : dropped > 0;
  return sql_exec(store, NO_TABLES, err) == 0 ? 1 : -1;
}

int store_segment_forget(Store *store, const char *name, Err *err) {
  int there = has_tables(store, err);
  int dropped = there < 0 ? -1 : drop_triggers(store, name, err);
  if (dropped < 0) return -1;
  if (there == 0) return dropped > 0;
  int gone = drop_set(store, name, err);
  if (gone < 0) return -1;
  /* a trigger that is left needs its counter */
  char *left;
  if (next_trigger(store, NULL, &left, err) != 0) return -1;
  bool last = left == NULL;
  sqlite3_free(left);
  if (last && sql_exec(store, NO_TABLES, err) != 0) return -1;
  return dropped > 0 || gone > 0;
}

/* ---- writing ---- */

static int create_triggers(Store *store, const char *table, Err *err) {
  for (int i = 0; i < NACTIONS; i++) {
    char *sql = trigger_sql(table, actions[i]);
    int status = sql == NULL ? err_memory(err) : sql_exec(store, sql, err);
    sqlite3_free(sql);
    if (status != 0) return -1;
  }
  return run_for(store, table,
                 "INSERT INTO evalua_segment_counter VALUES(?, 1)", err);
}

static int insert_blobs(Store *store, const SegmentList *list, int64_t first,
                        Err *err) {
  sqlite3_stmt *stmt =
      sql_prepare(store, err, "REPLACE INTO evalua_segment_blob VALUES(?, ?)");
  if (stmt == NULL) return -1;
  int status = 0;
  for (size_t i = 0; status == 0 && i < list->n; i++) {
    sqlite3_reset(stmt);
    sqlite3_bind_int64(stmt, 1, first + (int64_t)list->items[i].number);
    sqlite3_bind_blob64(stmt, 2, list->items[i].bytes, list->items[i].len,
                        SQLITE_STATIC);
    status = sql_step(store, stmt, err);
  }
  sqlite3_finalize(stmt);
  return status;
}

/* The cookie is that of the transaction's begin, as all others': the commit
   brings them up to date together. */
static int insert_set(Store *store, const char *name, const SegmentList *list,
                      int64_t first, Err *err) {
  int64_t root;
  char *sql;
  if (get_root(store, name, &root, err) != 0 ||
      get_schema(store, "table", name, name, &sql, err) != 0)
    return -1;
  sqlite3_stmt *stmt = sql_prepare(
      store, err,
      "INSERT INTO evalua_segment_set VALUES(?, 1, ?, ?, ?, ?, ?, ?)");
  if (stmt != NULL) {
    sql_bind_text(stmt, 1, name);
    sqlite3_bind_int64(stmt, 2, store->cookie);
    sqlite3_bind_int64(stmt, 3, root);
    sql_bind_text(stmt, 4, sql);
    sqlite3_bind_int64(stmt, 5, first);
    sqlite3_bind_int64(stmt, 6, first + SEGMENT_NUMBERS - 1);
    sqlite3_bind_blob64(stmt, 7, list->directory.data, list->directory.len,
                        SQLITE_STATIC);
  }
  int status = sql_finish(store, stmt, err);
  sqlite3_free(sql);
  return status;
}

int store_segment_save(Store *store, const char *name, const SegmentList *list,
                       Err *err) {
  int64_t last = 0;
  if (store_segment_forget(store, name, err) < 0 ||
      sql_exec(store, TABLES, err) != 0 ||
      create_triggers(store, name, err) != 0)
    return -1;
  sqlite3_stmt *stmt = sql_prepare(
      store, err,
      "SELECT max((SELECT coalesce(max(last_blob), 0) FROM evalua_segment_set),"
      " (SELECT coalesce(max(id), 0) FROM evalua_segment_blob))");
  if (sql_get_int(store, stmt, &last, err) < 0 ||
      insert_blobs(store, list, last + 1, err) != 0)
    return -1;
  return insert_set(store, name, list, last + 1, err);
}

int store_segment_extend(Store *store, const char *name,
                         const SegmentList *list, Err *err) {
  int64_t first = 0;
  sqlite3_stmt *stmt = sql_prepare(
      store, err,
      "SELECT first_blob FROM evalua_segment_set WHERE table_name = ?");
  sql_bind_text(stmt, 1, name);
  if (sql_get_int(store, stmt, &first, err) < 0 ||
      insert_blobs(store, list, first, err) != 0 ||
      run_for(store, name,
              "UPDATE evalua_segment_counter SET generation = generation + 1"
              " WHERE table_name = ?",
              err) != 0)
    return -1;
  stmt = sql_prepare(store, err,
                     "UPDATE evalua_segment_set SET directory = ?2,"
                     " generation = generation + 1 WHERE table_name = ?1");
  sql_bind_text(stmt, 1, name);
  if (stmt != NULL)
    sqlite3_bind_blob64(stmt, 2, list->directory.data, list->directory.len,
                        SQLITE_STATIC);
  return sql_finish(store, stmt, err);
}

int store_segment_restamp(Store *store, Err *err) {
  int64_t cookie = 0, before = store->cookie;
  if (store_segment_cookie(store, &cookie, err) != 0) return -1;
  if (cookie == before) return 0;
  store->cookie = cookie;
  int there = has_tables(store, err);
  if (there <= 0) return there;
  sqlite3_stmt *stmt = sql_prepare(
      store, err,
      "UPDATE evalua_segment_set SET cookie = %lld WHERE cookie = %lld",
      (long long)cookie, (long long)before);
  return sql_finish(store, stmt, err);
}
