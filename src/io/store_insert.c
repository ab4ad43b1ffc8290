/* The columns are a virtual table for the time of one INSERT ... SELECT: so
   SQLite takes the cells inside one run of its machine, without a call, bind,
   step and reset from outside for every row (measured: a third of the time of
   a prepared INSERT). */
#include "io/store_insert.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "io/store_sql.h"

enum { TEXTS = 1024 /* power of two */, NAME_SIZE = 40 /* of a module */ };

/* A period that was printed before. */
typedef struct PeriodText {
  int64_t value;
  size_t len; /* 0: none yet */
  char text[PERIOD_TEXT_SIZE];
} PeriodText;

typedef struct Rows {
  sqlite3_vtab base; /* must be first */
  const StoreInsert *insert;
} Rows;

typedef struct Cursor {
  sqlite3_vtab_cursor base; /* must be first */
  const StoreInsert *insert;
  size_t row;
  PeriodText *texts; /* [TEXTS] for each column */
} Cursor;

/* ---- the virtual table ---- */

static int connect_rows(sqlite3 *db, void *insert, int argc,
                        const char *const *argv, sqlite3_vtab **out,
                        char **why) {
  (void)argc, (void)argv, (void)why;
  const StoreInsert *from = insert;
  sqlite3_str *sql = sqlite3_str_new(db);
  for (size_t i = 0; i < from->ncols; i++)
    sqlite3_str_appendf(sql, "%sc%llu", i == 0 ? "CREATE TABLE x(" : ", ",
                        (unsigned long long)i);
  sqlite3_str_appendall(sql, ")");
  char *text = sqlite3_str_finish(sql);
  if (text == NULL) return SQLITE_NOMEM;
  int rc = sqlite3_declare_vtab(db, text);
  sqlite3_free(text);
  if (rc != SQLITE_OK) return rc;
  Rows *rows = mem_array(1, sizeof *rows);
  if (rows == NULL) return SQLITE_NOMEM;
  rows->insert = from;
  *out = &rows->base;
  return SQLITE_OK;
}

static int disconnect_rows(sqlite3_vtab *table) {
  free(table);
  return SQLITE_OK;
}

static int plan_rows(sqlite3_vtab *table, sqlite3_index_info *info) {
  (void)table;
  info->estimatedCost = 1;
  return SQLITE_OK;
}

static int close_cursor(sqlite3_vtab_cursor *base) {
  Cursor *cursor = (Cursor *)base;
  free(cursor->texts);
  free(cursor);
  return SQLITE_OK;
}

static int open_cursor(sqlite3_vtab *table, sqlite3_vtab_cursor **out) {
  const StoreInsert *insert = ((Rows *)table)->insert;
  Cursor *cursor = mem_array(1, sizeof *cursor);
  if (cursor == NULL) return SQLITE_NOMEM;
  cursor->insert = insert;
  bool periods = false;
  for (size_t i = 0; i < insert->ncols; i++)
    periods |=
        insert->columns[i] != NULL && insert->columns[i]->type == COLUMN_PERIOD;
  if (periods)
    cursor->texts = mem_array(insert->ncols, TEXTS * sizeof(PeriodText));
  if (periods && cursor->texts == NULL) return free(cursor), SQLITE_NOMEM;
  *out = &cursor->base;
  return SQLITE_OK;
}

static int rewind_cursor(sqlite3_vtab_cursor *base, int plan, const char *name,
                         int argc, sqlite3_value **argv) {
  (void)plan, (void)name, (void)argc, (void)argv;
  ((Cursor *)base)->row = 0;
  return SQLITE_OK;
}

static int next_row(sqlite3_vtab_cursor *base) {
  ((Cursor *)base)->row++;
  return SQLITE_OK;
}

static int is_at_end(sqlite3_vtab_cursor *base) {
  const Cursor *cursor = (const Cursor *)base;
  return cursor->row >= cursor->insert->nrows;
}

static int get_rowid(sqlite3_vtab_cursor *base, sqlite3_int64 *out) {
  *out = (sqlite3_int64)((const Cursor *)base)->row;
  return SQLITE_OK;
}

/* The text stays until the row is written, and longer. */
static void give_period(Cursor *cursor, int at, int64_t value, PeriodUnit unit,
                        sqlite3_context *out) {
  PeriodText *text =
      &cursor->texts[(size_t)at * TEXTS + ((uint64_t)value & (TEXTS - 1))];
  if (text->len == 0 || text->value != value) {
    text->value = value;
    text->len = period_print(value, unit, text->text);
  }
  sqlite3_result_text64(out, text->text, text->len, SQLITE_STATIC, SQLITE_UTF8);
}

static int get_cell(sqlite3_vtab_cursor *base, sqlite3_context *out, int at) {
  Cursor *cursor = (Cursor *)base;
  const Column *column = cursor->insert->columns[at];
  size_t row = cursor->row, len;
  const char *text;
  if (column == NULL || column_is_na(column, row)) return SQLITE_OK; /* NULL */
  switch (column->type) {
    case COLUMN_REAL: sqlite3_result_double(out, column->reals[row]); break;
    case COLUMN_BOOL: sqlite3_result_int(out, column->bools[row]); break;
    case COLUMN_PERIOD:
      give_period(cursor, at, column->ints[row], column->period, out);
      break;
    case COLUMN_TEXT:
      text = column_text(column, row, &len);
      sqlite3_result_text64(out, text, len, SQLITE_STATIC, SQLITE_UTF8);
      break;
    default: sqlite3_result_int64(out, column->ints[row]); break;
  }
  return SQLITE_OK;
}

static const sqlite3_module module = {.iVersion = 1,
                                      .xConnect = connect_rows,
                                      .xBestIndex = plan_rows,
                                      .xDisconnect = disconnect_rows,
                                      .xDestroy = disconnect_rows,
                                      .xOpen = open_cursor,
                                      .xClose = close_cursor,
                                      .xFilter = rewind_cursor,
                                      .xNext = next_row,
                                      .xEof = is_at_end,
                                      .xColumn = get_cell,
                                      .xRowid = get_rowid};

/* ---- the statement ---- */

static int check_reals(const StoreInsert *insert, Err *err) {
  for (size_t i = 0; i < insert->ncols; i++) {
    const Column *column = insert->columns[i];
    if (column == NULL || column->type != COLUMN_REAL) continue;
    for (size_t row = 0; row < insert->nrows; row++)
      if (column->reals[row] != column->reals[row] &&
          !column_is_na(column, row))
        return err_set(err, ERR_DATA,
                       "row %zu, column '%s': a database cannot hold NaN",
                       row + 1, insert->sql_names[i]);
  }
  return 0;
}

static sqlite3_stmt *prepare(Store *store, const StoreInsert *insert,
                             const char *module_name, Err *err) {
  sqlite3_str *sql = sqlite3_str_new(store->db);
  sqlite3_str_appendf(sql, "INSERT INTO \"%w\"", insert->table);
  for (size_t i = 0; i < insert->ncols; i++)
    sqlite3_str_appendf(sql, "%s\"%w\"", i == 0 ? "(" : ",",
                        insert->sql_names[i]);
  sqlite3_str_appendf(sql, ") SELECT * FROM %s", module_name);
  return sql_compile(store, sql, err);
}

/* A name for the module that no table or view has: it would be read in the
   place of the columns. */
static int find_name(Store *store, char name[NAME_SIZE], Err *err) {
  int64_t taken = 1;
  for (unsigned i = 0; taken > 0; i++) {
    snprintf(name, NAME_SIZE, i == 0 ? "evalua_columns" : "evalua_columns%u",
             i);
    sqlite3_stmt *stmt = sql_prepare(store, err,
                                     "SELECT count(*) FROM sqlite_schema "
                                     "WHERE name = '%q' COLLATE NOCASE",
                                     name);
    if (sql_get_int(store, stmt, &taken, err) < 0) return -1;
  }
  return 0;
}

int store_insert(Store *store, const StoreInsert *insert, Err *err) {
  char name[NAME_SIZE];
  if (check_reals(insert, err) != 0) return -1;
  if (find_name(store, name, err) != 0) return -1;
  int rc = sqlite3_create_module(store->db, name, &module, (void *)insert);
  if (rc != SQLITE_OK) return sql_fail(store, rc, err);
  int status = sql_finish(store, prepare(store, insert, name, err), err);
  sqlite3_create_module(store->db, name, NULL, NULL);
  return status;
}
