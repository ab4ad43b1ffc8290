/* The bytes are kept in memory until all rows are through, so that the
   database is locked against other writers only while they are written. When
   one of them was quicker all is read once more, under the lock. */
#include "io/store_compact.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "io/store_read.h"
#include "io/store_sql.h"

/* ---- columns in memory ---- */

int store_compact_columns(SegmentWriter *writer, const Column *const *columns,
                          size_t nrows, SegmentList *out, Err *err) {
  size_t n = 0;
  for (size_t from = 0; from < nrows; from += n) {
    n = segment_writer_room(writer);
    if (n > nrows - from) n = nrows - from;
    if (segment_write(writer, columns, from, n, err) != 0) return -1;
  }
  return segment_write_end(writer, &out->directory, err);
}

/* ---- rows of a table ---- */

static SegmentWriter *writer_for(Store *store, StoreReading *reading,
                                 const Table *part, SegmentSink sink,
                                 Err *err) {
  StoreColumns stored;
  SegmentWriter *writer = NULL;
  const char *name = store_read_name(reading);
  if (store_columns_load(store, name, &stored, err) != 0) return NULL;
  BatchColumn *columns = mem_array(part->ncols, sizeof *columns);
  if (columns == NULL) {
    err_memory(err);
  } else if (stored.n == 0) {
    err_set(err, ERR_DATA,
            "the table '%s' was not made by an import: it is read row by row",
            name);
  } else {
    for (size_t i = 0; i < part->ncols; i++)
      columns[i] =
          (BatchColumn){store_read_sql_name(reading, i), part->columns[i]->type,
                        part->columns[i]->scale, part->columns[i]->period};
    writer = segment_writer_new(columns, part->ncols, sink, err);
  }
  free(columns);
  store_columns_free(&stored);
  return writer;
}

static int write_parts(Store *store, StoreReading *reading, SegmentList *list,
                       Err *err) {
  SegmentWriter *writer = NULL;
  SegmentSink sink = {list, segment_list_put};
  for (int status = 1;; status = 1) {
    Table *part = store_read_next(reading, SEGMENT_ROWS, err);
    if (part == NULL) status = -1;
    if (status > 0 && writer == NULL) {
      writer = writer_for(store, reading, part, sink, err);
      if (writer == NULL) status = -1;
    }
    if (status > 0) status = part->nrows > 0;
    if (status > 0 &&
        segment_write(writer, (const Column *const *)part->columns, 0,
                      part->nrows, err) != 0)
      status = -1;
    table_unref(part);
    if (status > 0) continue;
    if (status == 0) status = segment_write_end(writer, &list->directory, err);
    segment_writer_free(writer);
    return status;
  }
}

/* Segments of the rows as they are now, and the table's name in *known; both
   are the caller's, whatever comes back. */
static int read_rows(Store *store, const char *name, SegmentList *list,
                     char **known, Err *err) {
  StoreNotes notes;
  StoreWanted all = {0};
  StoreReading *reading = store_read_open(store, name, &all, &notes, err);
  if (reading == NULL) return -1;
  const char *found = store_read_name(reading);
  int status = write_parts(store, reading, list, err);
  if (status == 0 && notes.text[0] != '\0')
    status =
        err_set(err, ERR_DATA, "the table '%s' is read row by row, since %s",
                found, notes.text);
  free(*known);
  *known = mem_text(found, strlen(found));
  if (status == 0 && *known == NULL) status = err_memory(err);
  store_read_close(reading);
  return status;
}

/* A number that moves when another program has written. */
static int get_version(Store *store, int64_t *version, Err *err) {
  sqlite3_stmt *stmt = sql_prepare(store, err, "PRAGMA data_version");
  return sql_get_int(store, stmt, version, err) < 0 ? -1 : 0;
}

static int read_unlocked(Store *store, const char *name, SegmentList *list,
                         char **known, int64_t *version, Err *err) {
  if (store_begin_reading(store, err) != 0) return -1;
  int status = get_version(store, version, err);
  if (status == 0) status = read_rows(store, name, list, known, err);
  store_rollback(store);
  return status;
}

/* Under the lock: write what was read when the database had that version. */
static int save(Store *store, const char *name, StoreCompactMode mode,
                int64_t version, SegmentList *list, char **known, Err *err) {
  int64_t now = 0;
  if (get_version(store, &now, err) != 0) return -1;
  if (now != version) {
    if (mode == COMPACT_IF_FREE) return sql_busy(store, err);
    segment_list_free(list);
    if (read_rows(store, name, list, known, err) != 0) return -1;
  }
  return store_segment_save(store, *known, list, err);
}

int store_compact(Store *store, const char *name, StoreCompactMode mode,
                  Err *err) {
  SegmentList list = {0};
  char *known = NULL;
  int64_t version = 0;
  int status = read_unlocked(store, name, &list, &known, &version, err);
  if (status == 0) {
    if (mode == COMPACT_IF_FREE) sqlite3_busy_timeout(store->db, 0);
    status = store_begin(store, err);
    sqlite3_busy_timeout(store->db, store->busy_ms);
    if (status == 0)
      status = save(store, name, mode, version, &list, &known, err);
    if (status == 0) status = store_commit(store, err);
    else store_rollback(store);
  }
  segment_list_free(&list);
  free(known);
  return status;
}

/* ---- is it worth it ---- */

static int is_due(Store *store, const char *name, Err *err) {
  int64_t found = 0;
  sqlite3_stmt *stmt = sql_prepare(
      store, err, "SELECT 1 FROM table_column WHERE table_name = ?");
  sql_bind_text(stmt, 1, name);
  int status = sql_get_int(store, stmt, &found, err);
  if (status <= 0) return status;
  StoreSegments segments;
  SegmentState state;
  if (store_segment_find(store, name, &state, &segments, err) != 0) return -1;
  store_segments_free(&segments);
  if (state != SEGMENT_NONE) return 1;
  /* the largest rowid is found at once, and good enough a guess */
  stmt = sql_prepare(store, err, "SELECT max(rowid) FROM \"%w\"", name);
  if (sql_get_int(store, stmt, &found, err) < 0) return -1;
  return found >= COMPACT_LEAST;
}

int store_compact_is_due(Store *store, const char *name, Err *err) {
  if (!store->own) return 0;
  char *known = store_segment_table(store, name, err);
  if (known == NULL) return -1;
  int due = is_due(store, known, err);
  free(known);
  return due;
}
