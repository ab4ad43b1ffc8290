#include "io/store_columns.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "io/store_sql.h"

/* How the side table calls the types. */
static const struct TypeWord {
  const char *word;
  ColumnType type;
  PeriodUnit period;
} type_words[] = {{"decimal", COLUMN_DECIMAL, 0},
                  {"int", COLUMN_INT, 0},
                  {"real", COLUMN_REAL, 0},
                  {"text", COLUMN_TEXT, 0},
                  {"bool", COLUMN_BOOL, 0},
                  {"year", COLUMN_PERIOD, PERIOD_YEAR},
                  {"quarter", COLUMN_PERIOD, PERIOD_QUARTER},
                  {"month", COLUMN_PERIOD, PERIOD_MONTH},
                  {"day", COLUMN_PERIOD, PERIOD_DAY},
                  {NULL, COLUMN_TEXT, 0}};

static const char *type_word(const StoreColumn *column) {
  const struct TypeWord *at = type_words;
  while (at->word != NULL &&
         (at->type != column->type ||
          (at->type == COLUMN_PERIOD && at->period != column->period)))
    at++;
  return at->word;
}

static int parse_type(const char *word, StoreColumn *column, Err *err) {
  const struct TypeWord *at = type_words;
  while (at->word != NULL && (word == NULL || strcmp(at->word, word) != 0))
    at++;
  if (at->word == NULL)
    return err_set(err, ERR_DATA, "table_column: unknown type '%s'",
                   word == NULL ? "" : word);
  column->type = at->type;
  column->period = at->period;
  return 0;
}

const char *store_column_sql_type(const StoreColumn *column) {
  switch (column->type) {
    case COLUMN_REAL: return "REAL";
    case COLUMN_TEXT:
    case COLUMN_PERIOD: return "TEXT";
    default: return "INTEGER";
  }
}

const char *store_column_type_name(const StoreColumn *column, char *out) {
  Column like = {
      .type = column->type, .scale = column->scale, .period = column->period};
  return column_type_name(&like, out);
}

void store_columns_free(StoreColumns *columns) {
  for (size_t i = 0; i < columns->n; i++) {
    free(columns->items[i].sql_name);
    free(columns->items[i].name);
    free(columns->items[i].unit);
  }
  free(columns->items);
  *columns = (StoreColumns){0};
}

StoreColumn *store_columns_find(const StoreColumns *columns, const char *name) {
  for (size_t i = 0; i < columns->n; i++)
    if (strcmp(columns->items[i].name, name) == 0) return &columns->items[i];
  return NULL;
}

static const StoreColumn *find_sql(const StoreColumns *columns,
                                   const char *sql_name) {
  for (size_t i = 0; i < columns->n; i++)
    if (sqlite3_stricmp(columns->items[i].sql_name, sql_name) == 0)
      return &columns->items[i];
  return NULL;
}

const StoreColumn *store_columns_match(const StoreColumns *columns,
                                       const char *const *names, size_t n,
                                       size_t i) {
  const StoreColumn *found = find_sql(columns, names[i]);
  if (found != NULL || columns->n != n) return found;
  for (size_t k = 0; k < n; k++)
    if (sqlite3_stricmp(columns->items[i].sql_name, names[k]) == 0) return NULL;
  return &columns->items[i];
}

/* ---- reading ---- */

static char *copy_text(const char *text) {
  return text == NULL ? NULL : mem_text(text, strlen(text));
}

static int load_column(sqlite3_stmt *stmt, StoreColumn *column, Err *err) {
  column->sql_name = copy_text((const char *)sqlite3_column_text(stmt, 0));
  column->name = copy_text((const char *)sqlite3_column_text(stmt, 1));
  column->scale = sqlite3_column_int(stmt, 3);
  column->unit = copy_text((const char *)sqlite3_column_text(stmt, 4));
  if (column->sql_name == NULL || column->name == NULL) return err_memory(err);
  if (column->scale < 0 || column->scale > DECIMAL_MAX_SCALE)
    return err_set(err, ERR_DATA, "table_column: a scale of %d is too large",
                   column->scale);
  return parse_type((const char *)sqlite3_column_text(stmt, 2), column, err);
}

static int load_all(Store *store, sqlite3_stmt *stmt, StoreColumns *out,
                    Err *err) {
  int status;
  while ((status = sql_step(store, stmt, err)) > 0) {
    StoreColumn *more = mem_resize(out->items, out->n + 1, sizeof *more);
    if (more == NULL) return err_memory(err);
    out->items = more;
    more[out->n++] = (StoreColumn){0};
    if (load_column(stmt, &more[out->n - 1], err) != 0) return -1;
  }
  return status;
}

int store_columns_load(Store *store, const char *table, StoreColumns *out,
                       Err *err) {
  *out = (StoreColumns){0};
  sqlite3_stmt *stmt =
      sql_prepare(store, err,
                  "SELECT column_name, name, type, scale, unit"
                  " FROM table_column WHERE table_name = ? ORDER BY seq");
  if (stmt == NULL) return -1;
  sql_bind_text(stmt, 1, table);
  int status = load_all(store, stmt, out, err);
  sqlite3_finalize(stmt);
  if (status != 0) store_columns_free(out);
  return status;
}

/* ---- making ---- */

static bool is_taken(const StoreColumns *columns, size_t n, const char *name) {
  for (size_t i = 0; i < n; i++)
    if (sqlite3_stricmp(columns->items[i].sql_name, name) == 0) return true;
  return false;
}

/* SQL cannot tell 'A' from 'a': the second one is called 'a_2' there. */
static char *free_name(const StoreColumns *columns, size_t n,
                       const char *name) {
  if (!is_taken(columns, n, name)) return mem_text(name, strlen(name));
  char *tried = NULL, *copy = NULL;
  for (int k = 2; copy == NULL; k++) {
    tried = sqlite3_mprintf("%s_%d", name, k);
    if (tried == NULL) return NULL;
    if (!is_taken(columns, n, tried)) copy = mem_text(tried, strlen(tried));
    else if (k == INT32_MAX) return NULL;
    sqlite3_free(tried);
  }
  return copy;
}

int store_columns_new(const Table *table, const char *const *units,
                      StoreColumns *out, Err *err) {
  *out = (StoreColumns){0};
  out->items = mem_array(table->ncols, sizeof *out->items);
  if (out->items == NULL) return err_memory(err);
  for (size_t i = 0; i < table->ncols; i++) {
    const Column *from = table->columns[i];
    StoreColumn *column = &out->items[out->n++];
    column->type = from->type;
    column->scale = from->scale;
    column->period = from->period;
    column->name = copy_text(table->names[i]);
    column->sql_name = free_name(out, i, table->names[i]);
    column->unit = copy_text(units == NULL ? NULL : units[i]);
    if (column->name != NULL && column->sql_name != NULL) continue;
    store_columns_free(out);
    return err_memory(err);
  }
  return 0;
}

/* ---- writing ---- */

static int save_column(Store *store, sqlite3_stmt *stmt,
                       const StoreColumn *column, size_t seq, Err *err) {
  sqlite3_reset(stmt);
  sqlite3_bind_int64(stmt, 2, (sqlite3_int64)seq);
  sql_bind_text(stmt, 3, column->sql_name);
  sql_bind_text(stmt, 4, column->name);
  sql_bind_text(stmt, 5, type_word(column));
  sqlite3_bind_int(stmt, 6, column->scale);
  sql_bind_text(stmt, 7, column->unit);
  return sql_step(store, stmt, err);
}

int store_columns_save(Store *store, const char *table,
                       const StoreColumns *columns, Err *err) {
  sqlite3_stmt *stmt =
      sql_prepare(store, err, "DELETE FROM table_column WHERE table_name = ?");
  sql_bind_text(stmt, 1, table);
  if (sql_finish(store, stmt, err) != 0) return -1;
  stmt = sql_prepare(store, err,
                     "INSERT INTO table_column VALUES(?, ?, ?, ?, ?, ?, ?)");
  if (stmt == NULL) return -1;
  sql_bind_text(stmt, 1, table);
  int status = 0;
  for (size_t i = 0; status == 0 && i < columns->n; i++)
    status = save_column(store, stmt, &columns->items[i], i + 1, err);
  sqlite3_finalize(stmt);
  return status;
}
