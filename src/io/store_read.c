/* Two passes over the same rows in one read transaction: the first finds out
   what each column holds, where that is not known, the second builds. So no
   cell is kept twice, and a mixed column is seen before it is built. The second
   may stop after any row and go on later. */
#include "io/store_read.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "io/store_columns.h"
#include "io/store_guess.h"
#include "io/store_schema.h"
#include "io/store_sql.h"

struct StoreReading {
  Store *store;
  char *name; /* as the database has it; owned */
  bool is_view;
  StoreColumns stored; /* from the side table; may be empty */
  ReadColumn *columns;
  size_t ncolumns;
  sqlite3_stmt *stmt;
  StoreNotes *notes;
  size_t nrows; /* built so far */
  bool ended;   /* there are no more */
  bool own;     /* began the transaction */
};

typedef StoreReading Read;

/* ---- which table ---- */

static int note(Read *read, const char *column, const char *text) {
  size_t used = strlen(read->notes->text);
  snprintf(read->notes->text + used, STORE_NOTES_SIZE - used,
           "%scolumn '%s': %s", used == 0 ? "" : "\n", column, text);
  return 0;
}

/* The nearest name in the database, for "did you mean". */
static int say_unknown(Read *read, const char *name, Err *err) {
  Err other;
  char best[200] = "";
  size_t len = strlen(name), least = text_count(name, len) / 3 + 2;
  sqlite3_stmt *stmt = sql_prepare(
      read->store, &other,
      "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')"
      " AND name NOT LIKE 'sqlite\\_%%' ESCAPE '\\' LIMIT 1000");
  while (stmt != NULL && sql_step(read->store, stmt, &other) > 0) {
    const char *known = (const char *)sqlite3_column_text(stmt, 0);
    size_t far = text_distance(name, len, known, strlen(known));
    if (far >= least || strlen(known) >= sizeof best) continue;
    least = far;
    strcpy(best, known);
  }
  sqlite3_finalize(stmt);
  if (best[0] == '\0')
    return err_set(err, ERR_DATA, "no table '%s' in '%s'", name,
                   read->store->path);
  return err_set(err, ERR_DATA, "no table '%s' in '%s' (did you mean '%s'?)",
                 name, read->store->path, best);
}

static int find_table(Read *read, const char *name, Err *err) {
  sqlite3_stmt *stmt = sql_prepare(
      read->store, err,
      "SELECT name, type FROM sqlite_schema WHERE name = ? COLLATE NOCASE"
      " AND type IN ('table', 'view')");
  if (stmt == NULL) return -1;
  sql_bind_text(stmt, 1, name);
  int status = sql_step(read->store, stmt, err);
  if (status > 0) {
    const char *found = (const char *)sqlite3_column_text(stmt, 0);
    read->name = mem_text(found, strlen(found));
    const char *type = (const char *)sqlite3_column_text(stmt, 1);
    read->is_view = strcmp(type, "view") == 0;
    status = read->name == NULL ? err_memory(err) : 1;
  }
  sqlite3_finalize(stmt);
  if (status == 0) return say_unknown(read, name, err);
  return status < 0 ? -1 : 0;
}

/* ---- which columns ---- */

/* A name as it can be a column's of a Table; 0 or -1. */
static int set_name(ReadColumn *column, const char *name, Err *err) {
  if (name == NULL) return err_memory(err);
  if (text_check(name, strlen(name)) != strlen(name))
    return err_set(err, ERR_DATA, "a column's name is not UTF-8");
  column->name = mem_text(name, strlen(name));
  return column->name == NULL ? err_memory(err) : 0;
}

static int describe_column(Read *read, const char *const *sql_names, size_t i,
                           Err *err) {
  ReadColumn *column = &read->columns[i];
  const char *sql_name = sql_names[i];
  const StoreColumn *stored =
      store_columns_match(&read->stored, sql_names, read->ncolumns, i);
  column->at = (int)i;
  column->scale_at = -1;
  if (stored == NULL) {
    read_guess_declared(column, sqlite3_column_decltype(read->stmt, (int)i));
    return set_name(column, sql_name, err);
  }
  column->known = true;
  column->type = stored->type;
  column->scale = stored->scale;
  column->period = stored->period;
  bool renamed = sqlite3_stricmp(stored->sql_name, sql_name) != 0;
  return set_name(column, renamed ? sql_name : stored->name, err);
}

static int describe_columns(Read *read, Err *err) {
  size_t n = read->ncolumns;
  const char **sql_names = mem_array(n, sizeof *sql_names);
  int status = sql_names == NULL ? err_memory(err) : 0;
  for (size_t i = 0; status == 0 && i < n; i++) {
    sql_names[i] = sqlite3_column_name(read->stmt, (int)i);
    if (sql_names[i] == NULL) status = err_memory(err);
  }
  for (size_t i = 0; status == 0 && i < n; i++)
    status = describe_column(read, sql_names, i, err);
  free(sql_names);
  return status;
}

/* All columns of the table, in its own order. NOT INDEXED: rows in the order
   in which they came, not in that of some index that covers them. */
static int prepare_all(Read *read, Err *err) {
  Store *store = read->store;
  if (store->own &&
      store_columns_load(store, read->name, &read->stored, err) != 0)
    return -1;
  read->stmt = sql_prepare(store, err, "SELECT * FROM \"%w\"%s", read->name,
                           read->is_view ? "" : " NOT INDEXED");
  if (read->stmt == NULL) return -1;
  read->ncolumns = (size_t)sqlite3_column_count(read->stmt);
  read->columns = mem_array(read->ncolumns, sizeof *read->columns);
  return read->columns == NULL ? err_memory(err) : describe_columns(read, err);
}

/* Keep only some of the columns, in that order. */
static int narrow(Read *read, const char *const *names, size_t n, Err *err) {
  sqlite3_str *sql = sqlite3_str_new(read->store->db);
  ReadColumn *columns = mem_array(n, sizeof *columns);
  int status = columns == NULL ? err_memory(err) : 0;
  sqlite3_str_appendall(sql, n == 0 ? "SELECT NULL" : "SELECT ");
  for (size_t i = 0; status == 0 && i < n; i++) {
    size_t k = 0;
    while (k < read->ncolumns && (read->columns[k].name == NULL ||
                                  strcmp(read->columns[k].name, names[i]) != 0))
      k++;
    if (k == read->ncolumns) {
      status = err_set(err, ERR_USE, "no column '%s'", names[i]);
      break;
    }
    sqlite3_str_appendf(sql, "%s\"%w\"", i == 0 ? "" : ", ",
                        sqlite3_column_name(read->stmt, (int)k));
    columns[i] = read->columns[k];
    columns[i].at = (int)i;
    read->columns[k].name = NULL; /* moved */
  }
  sqlite3_str_appendf(sql, " FROM \"%w\"%s", read->name,
                      read->is_view ? "" : " NOT INDEXED");
  sqlite3_stmt *stmt = sql_compile(read->store, sql, err);
  for (size_t i = 0; i < read->ncolumns; i++) free(read->columns[i].name);
  free(read->columns);
  read->columns = columns;
  read->ncolumns = columns == NULL ? 0 : n;
  sqlite3_finalize(read->stmt);
  read->stmt = stmt;
  return status != 0 || stmt == NULL ? -1 : 0;
}

/* The column that a field asks for; its expression goes into `sql`. */
static int add_field(ReadColumn *column, const StoreField *field, int *at,
                     sqlite3_str *sql, Err *err) {
  const char *comma = *at == 0 ? "" : ", ";
  column->at = (*at)++;
  column->scale_at = -1;
  column->known = field->kind != STORE_FIELD_NUMBER;
  column->type = COLUMN_TEXT;
  if (field->kind == STORE_FIELD_FIXED)
    sqlite3_str_appendf(sql, "%s%Q", comma, field->column);
  else sqlite3_str_appendf(sql, "%s\"%w\"", comma, field->column);
  switch (field->kind) {
    case STORE_FIELD_INT: column->type = COLUMN_INT; break;
    case STORE_FIELD_FEN:
    case STORE_FIELD_MILLI:
      column->type = COLUMN_DECIMAL;
      column->scale = field->kind == STORE_FIELD_FEN ? 2 : 3;
      break;
    case STORE_FIELD_NUMBER:
      column->type = COLUMN_DECIMAL;
      column->scale_at = (*at)++;
      sqlite3_str_appendf(sql, ", \"%w\"", field->other);
      break;
    default: break;
  }
  return set_name(column, field->name, err);
}

static int prepare_fields(Read *read, const StoreField *fields, size_t n,
                          Err *err) {
  read->columns = mem_array(n, sizeof *read->columns);
  if (read->columns == NULL) return err_memory(err);
  read->ncolumns = n;
  sqlite3_str *sql = sqlite3_str_new(read->store->db);
  sqlite3_str_appendall(sql, "SELECT ");
  int at = 0, status = 0;
  for (size_t i = 0; status == 0 && i < n; i++)
    status = add_field(&read->columns[i], &fields[i], &at, sql, err);
  sqlite3_str_appendf(sql, " FROM \"%w\" NOT INDEXED", read->name);
  read->stmt = sql_compile(read->store, sql, err);
  return status != 0 || read->stmt == NULL ? -1 : 0;
}

/* ---- the passes ---- */

static bool all_known(const Read *read) {
  for (size_t i = 0; i < read->ncolumns; i++)
    if (!read->columns[i].known) return false;
  return true;
}

static int look_pass(Read *read, Err *err) {
  int status;
  if (all_known(read)) return 0;
  while ((status = sql_step(read->store, read->stmt, err)) > 0)
    for (size_t i = 0; i < read->ncolumns; i++)
      if (!read->columns[i].known) read_look(&read->columns[i], read->stmt);
  if (status < 0) return -1;
  for (size_t i = 0; i < read->ncolumns; i++) {
    ReadColumn *column = &read->columns[i];
    if (column->known) continue;
    const char *said = read_decide(column);
    if (said != NULL) note(read, column->name, said);
  }
  sqlite3_reset(read->stmt);
  return 0;
}

static int new_builders(Read *read, Err *err) {
  for (size_t i = 0; i < read->ncolumns; i++) {
    ReadColumn *column = &read->columns[i];
    column->builder =
        column_builder_new(column->type, column->scale, column->period, err);
    if (column->builder == NULL) return -1;
  }
  return 0;
}

/* Up to `most` rows: 1 when there may be more, 0 at the end, -1. */
static int build_pass(Read *read, size_t most, size_t *nrows, Err *err) {
  int status = 1;
  if (new_builders(read, err) != 0) return -1;
  for (*nrows = 0;
       *nrows < most && (status = sql_step(read->store, read->stmt, err)) > 0;
       ++*nrows, ++read->nrows)
    for (size_t i = 0; i < read->ncolumns; i++) {
      if (read_build(&read->columns[i], read->stmt, err) == 0) continue;
      return err_at(err, "table '%s', row %zu, column '%s': ", read->name,
                    read->nrows + 1, read->columns[i].name);
    }
  return status;
}

/* The built columns become a table. */
static Table *finish(Read *read, size_t nrows, Err *err) {
  size_t n = read->ncolumns;
  const char **names = mem_array(n, sizeof *names);
  Column **columns = mem_array(n, sizeof *columns);
  Table *out = NULL;
  if (names != NULL && columns != NULL) {
    for (size_t i = 0; i < n; i++) {
      names[i] = read->columns[i].name;
      columns[i] = column_build(read->columns[i].builder);
      read->columns[i].builder = NULL;
    }
    out = table_new(nrows, n, names, columns, err);
  } else {
    err_memory(err);
  }
  for (size_t i = 0; columns != NULL && i < n; i++) column_unref(columns[i]);
  free(columns);
  free(names);
  return out;
}

static void free_builders(Read *read) {
  for (size_t i = 0; read->columns != NULL && i < read->ncolumns; i++) {
    column_builder_free(read->columns[i].builder);
    read->columns[i].builder = NULL;
  }
}

Table *store_read_next(StoreReading *read, size_t most, Err *err) {
  size_t nrows = 0;
  if (read->ended) most = 0; /* another step would start from the top */
  int status = build_pass(read, most, &nrows, err);
  read->ended = status == 0 || most == 0;
  Table *out = status < 0 ? NULL : finish(read, nrows, err);
  free_builders(read);
  return out;
}

/* ---- opening ---- */

static int open_rows(Read *read, const char *name, const StoreWanted *wanted,
                     Err *err) {
  if (find_table(read, name, err) != 0) return -1;
  int status = wanted->fields == NULL
                   ? prepare_all(read, err)
                   : prepare_fields(read, wanted->fields, wanted->n, err);
  if (status == 0 && wanted->names != NULL)
    status = narrow(read, wanted->names, wanted->n, err);
  if (status != 0) return -1;
  if (read->is_view) read->store->deadline = sql_now() + STORE_VIEW_SECONDS;
  return look_pass(read, err);
}

StoreReading *store_read_open(Store *store, const char *name,
                              const StoreWanted *wanted, StoreNotes *notes,
                              Err *err) {
  Read *read = mem_array(1, sizeof *read);
  if (read == NULL) return err_memory(err), NULL;
  read->store = store;
  read->notes = notes;
  notes->text[0] = '\0';
  if (!store_in_transaction(store)) {
    if (sql_exec(store, "BEGIN", err) != 0) return free(read), NULL;
    read->own = true;
  }
  if (open_rows(read, name, wanted, err) == 0) return read;
  store_read_close(read);
  return NULL;
}

static void free_reading(Read *read) {
  free_builders(read);
  for (size_t i = 0; read->columns != NULL && i < read->ncolumns; i++)
    free(read->columns[i].name);
  free(read->columns);
  free(read->name);
  store_columns_free(&read->stored);
  sqlite3_finalize(read->stmt);
}

void store_read_close(StoreReading *read) {
  if (read == NULL) return;
  read->store->deadline = 0;
  free_reading(read);
  if (read->own) store_rollback(read->store); /* nothing was written */
  free(read);
}

const char *store_read_name(const StoreReading *read) { return read->name; }

const char *store_read_sql_name(const StoreReading *read, size_t i) {
  return sqlite3_column_name(read->stmt, (int)i);
}

Table *store_read(Store *store, const char *name, const StoreWanted *wanted,
                  StoreNotes *notes, Err *err) {
  StoreReading *read = store_read_open(store, name, wanted, notes, err);
  if (read == NULL) return NULL;
  Table *out = store_read_next(read, SIZE_MAX, err);
  store_read_close(read);
  return out;
}

Table *store_read_outline(Store *store, const char *name, bool *known,
                          Err *err) {
  StoreNotes notes = {""};
  Read read = {.store = store, .notes = &notes, .ended = true};
  Table *out = NULL;
  *known = true;
  if (find_table(&read, name, err) == 0 && prepare_all(&read, err) == 0) {
    *known = all_known(&read);
    if (*known) out = store_read_next(&read, 0, err);
  }
  free_reading(&read);
  return out;
}

/* ---- the list of tables ---- */

static int add_table_row(Store *store, sqlite3_stmt *stmt,
                         ColumnBuilder *builders[3], Err *err) {
  for (int i = 0; i < 3; i++) {
    const char *text = (const char *)sqlite3_column_text(stmt, i);
    if (i == 2 && store->own &&
        store_schema_has((const char *)sqlite3_column_text(stmt, 0)))
      text = "evalua";
    if (text == NULL) return err_memory(err);
    if (column_add_text(builders[i], text, strlen(text), err) != 0) return -1;
  }
  return 0;
}

static int list_tables(Store *store, ColumnBuilder *builders[3], Err *err) {
  for (int i = 0; i < 3; i++) {
    builders[i] = column_builder_new(COLUMN_TEXT, 0, PERIOD_YEAR, err);
    if (builders[i] == NULL) return -1;
  }
  /* only our own databases have the side table */
  const char *origin = store->own ? "iif(EXISTS(SELECT 1 FROM table_column"
                                    " WHERE table_name = s.name), 'import',"
                                    " 'other')"
                                  : "'other'";
  sqlite3_stmt *stmt = sql_prepare(
      store, err,
      "SELECT name, type, %s FROM sqlite_schema s WHERE type IN"
      " ('table', 'view') AND name NOT LIKE 'sqlite\\_%%' ESCAPE '\\'"
      "%s ORDER BY name",
      origin, store->own ? " AND name NOT GLOB 'evalua_segment_*'" : "");
  if (stmt == NULL) return -1;
  int status;
  while ((status = sql_step(store, stmt, err)) > 0)
    if (add_table_row(store, stmt, builders, err) != 0) {
      status = -1;
      break;
    }
  sqlite3_finalize(stmt);
  return status;
}

Table *store_tables(Store *store, Err *err) {
  static const char *const names[] = {"name", "kind", "origin"};
  ColumnBuilder *builders[3] = {NULL};
  Column *columns[3] = {NULL};
  Table *out = NULL;
  int status = list_tables(store, builders, err);
  for (int i = 0; i < 3; i++) {
    if (status == 0) columns[i] = column_build(builders[i]);
    else column_builder_free(builders[i]);
  }
  if (status == 0) out = table_new(columns[0]->nrows, 3, names, columns, err);
  for (int i = 0; i < 3; i++) column_unref(columns[i]);
  return out;
}
