/* Each row is bound to one INSERT. Only when that fails for a key which is
   there already is the row looked up: the very same row from another file (a
   unit that two years' folders name) is no error and no second row. */
#include "io/store_rows.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "io/store_cell.h"
#include "io/store_ledger.h"
#include "io/store_sql.h"

/* A field that the file has. */
typedef struct Taken {
  const StoreField *field;
  const Column *column; /* text */
  const Column *units;  /* FEN: text, or NULL */
  Int128 sum;           /* FEN: of the rows inserted */
  int64_t last;         /* FEN: of the row at hand */
} Taken;

typedef struct Load {
  Store *store;
  const char *table;
  const Table *rows;
  const StoreFile *file;
  const Column *sources; /* text: each row's own document, or NULL */
  Taken *taken;
  size_t ntaken;
  int nbound; /* parameters of one row's own values */
  sqlite3_stmt *insert;
  sqlite3_stmt *same; /* finds a row of the same values; made when needed */
} Load;

size_t store_file_line(const StoreFile *file, size_t row) {
  if (file->lines == NULL || row >= file->lines->nrows) return row + 2;
  return (size_t)file->lines->ints[row];
}

/* The text at a row; NULL where it is missing or empty. */
static const char *text_at(const Column *column, size_t row, size_t *len) {
  if (column_is_na(column, row)) return NULL;
  const char *text = column_text(column, row, len);
  return *len == 0 ? NULL : text;
}

/* ---- which columns ---- */

static const Column *find_text(const Table *rows, const char *name) {
  ptrdiff_t at = table_find(rows, name);
  return at < 0 ? NULL : rows->columns[at];
}

static int take_field(Load *load, const StoreField *field, Err *err) {
  if (field->kind == STORE_FIELD_FIXED) return 0;
  ptrdiff_t at = field->required ? table_need(load->rows, field->name, err)
                                 : table_find(load->rows, field->name);
  if (at < 0) return field->required ? -1 : 0;
  Taken *taken = &load->taken[load->ntaken++];
  taken->field = field;
  taken->column = load->rows->columns[at];
  if (field->kind == STORE_FIELD_FEN && field->other != NULL)
    taken->units = find_text(load->rows, field->other);
  load->nbound += field->kind == STORE_FIELD_NUMBER ? 2 : 1;
  if (taken->column->type == COLUMN_TEXT &&
      (taken->units == NULL || taken->units->type == COLUMN_TEXT))
    return 0;
  return err_set(err, ERR_DATA, "column '%s' was not read as text",
                 field->name);
}

static int take_fields(Load *load, const StoreField *fields, size_t n,
                       Err *err) {
  load->taken = mem_array(n, sizeof *load->taken);
  if (load->taken == NULL) return err_memory(err);
  for (size_t i = 0; i < n; i++)
    if (take_field(load, &fields[i], err) != 0) return -1;
  return 0;
}

/* ---- statements ---- */

/* The columns of the database, each as `format` with its name and place. */
static void add_columns(sqlite3_str *sql, const Load *load, const char *format,
                        const char *between) {
  int at = 1;
  for (size_t i = 0; i < load->ntaken; i++) {
    const StoreField *field = load->taken[i].field;
    if (i > 0) sqlite3_str_appendall(sql, between);
    sqlite3_str_appendf(sql, format, field->column, at++);
    if (field->kind != STORE_FIELD_NUMBER) continue;
    sqlite3_str_appendall(sql, between);
    sqlite3_str_appendf(sql, format, field->other, at++);
  }
}

static sqlite3_stmt *prepare_insert(const Load *load, Err *err) {
  sqlite3_str *sql = sqlite3_str_new(load->store->db);
  sqlite3_str_appendf(sql, "INSERT INTO \"%w\"(", load->table);
  add_columns(sql, load, "\"%w\"", ",");
  sqlite3_str_appendall(sql, ",source_id,file_id,file_line) VALUES(");
  for (int i = 0; i < load->nbound; i++) sqlite3_str_appendall(sql, "?,");
  sqlite3_str_appendall(sql, "?,?,?)");
  return sql_compile(load->store, sql, err);
}

static sqlite3_stmt *prepare_same(const Load *load, Err *err) {
  sqlite3_str *sql = sqlite3_str_new(load->store->db);
  sqlite3_str_appendf(sql, "SELECT file_id IS ?%d FROM \"%w\" WHERE ",
                      load->nbound + 1, load->table);
  add_columns(sql, load, "\"%w\" IS ?%d", " AND ");
  return sql_compile(load->store, sql, err);
}

/* ---- one row ---- */

static int bind_fen(Taken *taken, sqlite3_stmt *stmt, int at, size_t row,
                    const char *text, size_t len, Err *err) {
  size_t unit_len;
  const char *unit =
      taken->units == NULL ? NULL : text_at(taken->units, row, &unit_len);
  int64_t fen;
  if (store_cell_fen(text, len, unit, &fen, err) != 0) return -1;
  taken->last = fen;
  sqlite3_bind_int64(stmt, at, fen);
  return 0;
}

static int bind_number(Taken *taken, sqlite3_stmt *stmt, int at,
                       const char *text, size_t len, Err *err) {
  Decimal value = {0};
  int64_t num;
  int status;
  if (taken->field->kind == STORE_FIELD_NUMBER) {
    status = store_cell_number(text, len, &value, err);
    sqlite3_bind_int(stmt, at + 1, value.scale);
    num = value.num;
  } else if (taken->field->kind == STORE_FIELD_MILLI) {
    status = store_cell_milli(text, len, &num, err);
  } else {
    status = store_cell_int(text, len, &num, err);
  }
  if (status == 0) sqlite3_bind_int64(stmt, at, num);
  return status;
}

/* Bind one cell at parameter `at`. */
static int bind_cell(Taken *taken, sqlite3_stmt *stmt, int at, size_t row,
                     Err *err) {
  size_t len;
  const char *text = text_at(taken->column, row, &len);
  taken->last = 0;
  if (text == NULL) return 0; /* the bindings were cleared to NULL */
  switch (taken->field->kind) {
    case STORE_FIELD_FEN: return bind_fen(taken, stmt, at, row, text, len, err);
    case STORE_FIELD_TEXT:
      sqlite3_bind_text64(stmt, at, text, len, SQLITE_STATIC, SQLITE_UTF8);
      return 0;
    default: return bind_number(taken, stmt, at, text, len, err);
  }
}

static int bind_row(Load *load, sqlite3_stmt *stmt, size_t row, Err *err) {
  sqlite3_clear_bindings(stmt);
  int at = 1;
  for (size_t i = 0; i < load->ntaken; i++) {
    const StoreField *field = load->taken[i].field;
    if (bind_cell(&load->taken[i], stmt, at, row, err) != 0)
      return err_at(err, "column \"%s\": ", field->name);
    at += field->kind == STORE_FIELD_NUMBER ? 2 : 1;
  }
  return 0;
}

/* ---- what the schema refused ---- */

/* The field behind a column of the database (name of `len` bytes). */
static const Taken *find_taken(const Load *load, const char *column,
                               size_t len) {
  for (size_t i = 0; i < load->ntaken; i++) {
    const StoreField *field = load->taken[i].field;
    if (strlen(field->column) == len && memcmp(field->column, column, len) == 0)
      return &load->taken[i];
  }
  return NULL;
}

/* "CHECK constraint failed: kind: a, b, c" */
static int explain_check(const Load *load, size_t row, const char *said,
                         Err *err) {
  const char *words = strstr(said, ": ");
  const char *list = words == NULL ? NULL : strstr(words + 2, ": ");
  const Taken *taken = NULL;
  if (list != NULL)
    taken = find_taken(load, words + 2, (size_t)(list - words - 2));
  if (taken == NULL) return err_set(err, ERR_DATA, "%s", said);
  size_t len = 0;
  const char *text = text_at(taken->column, row, &len);
  char copy[200];
  snprintf(copy, sizeof copy, "%s", list + 2);
  return err_set(err, ERR_DATA, "column \"%s\": \"%.*s\" is not one of: %s",
                 taken->field->name, (int)(text ? len : 0), text ? text : "",
                 copy);
}

/* "NOT NULL constraint failed: unit.name_zh" */
static int explain_missing(const Load *load, const char *said, Err *err) {
  const char *column = strrchr(said, '.');
  column = column == NULL ? said : column + 1;
  const Taken *taken = find_taken(load, column, strlen(column));
  return err_set(err, ERR_DATA, "column \"%s\" must not be empty",
                 taken == NULL ? column : taken->field->name);
}

/* A key that is there: 0 when it is the same row of another file. */
static int explain_key(Load *load, size_t row, Err *err) {
  if (load->same == NULL) load->same = prepare_same(load, err);
  if (load->same == NULL || bind_row(load, load->same, row, err) != 0)
    return -1;
  sql_bind_text(load->same, load->nbound + 1, load->file->id);
  int status = sql_step(load->store, load->same, err);
  bool this_file = status > 0 && sqlite3_column_int(load->same, 0) != 0;
  sqlite3_reset(load->same);
  if (status < 0) return -1;
  if (status > 0 && !this_file) return 0;
  const StoreField *first = load->taken[0].field;
  size_t len = 0;
  const char *text = text_at(load->taken[0].column, row, &len);
  if (strcmp(first->name, "id") != 0 || text == NULL)
    return err_set(err, ERR_DATA, "a row with the same key is there already");
  return err_set(err, ERR_DATA, "the id \"%.*s\" is there already%s", (int)len,
                 text, this_file ? "" : ", with other values");
}

/* What a failed INSERT means: 1 the row is there, just the same; or -1. */
static int explain(Load *load, size_t row, int code, Err *err) {
  Err said = *err;
  switch (code) {
    case SQLITE_CONSTRAINT_CHECK:
      return explain_check(load, row, said.text, err);
    case SQLITE_CONSTRAINT_NOTNULL:
      return explain_missing(load, said.text, err);
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_UNIQUE:
      return explain_key(load, row, err) == 0 ? 1 : -1;
    default: return -1;
  }
}

static int insert_row(Load *load, size_t row, StoreRows *result, Err *err) {
  sqlite3_stmt *stmt = load->insert;
  if (bind_row(load, stmt, row, err) != 0) return -1;
  size_t len;
  const char *source =
      load->sources == NULL ? NULL : text_at(load->sources, row, &len);
  sql_bind_text(stmt, load->nbound + 1,
                source == NULL ? load->file->document : source);
  sql_bind_text(stmt, load->nbound + 2, load->file->id);
  sqlite3_bind_int64(stmt, load->nbound + 3,
                     (sqlite3_int64)store_file_line(load->file, row));
  int status = sql_step(load->store, stmt, err);
  int code = sqlite3_extended_errcode(load->store->db);
  sqlite3_reset(stmt);
  if (status != 0) status = explain(load, row, code, err);
  if (status < 0) return -1;
  if (status > 0) return result->present++, 0;
  result->inserted++;
  for (size_t i = 0; i < load->ntaken; i++)
    load->taken[i].sum += load->taken[i].last;
  return 0;
}

/* ---- a file ---- */

static int insert_rows(Load *load, StoreRows *result, Err *err) {
  load->insert = prepare_insert(load, err);
  if (load->insert == NULL) return -1;
  for (size_t row = 0; row < load->rows->nrows; row++) {
    if (insert_row(load, row, result, err) == 0) continue;
    result->line = store_file_line(load->file, row);
    return -1;
  }
  return 0;
}

static int write_ledger(const Load *load, const StoreRows *result, Err *err) {
  const StoreFile *file = load->file;
  int status =
      store_ledger_add(load->store, file->id, file->document, load->table,
                       &file->source, result->inserted, err);
  for (size_t i = 0; status == 0 && i < load->ntaken; i++) {
    const StoreField *field = load->taken[i].field;
    if (field->kind == STORE_FIELD_FEN)
      status = store_ledger_add_sum(load->store, file->id, field->column, 2,
                                    load->taken[i].sum, err);
  }
  return status;
}

int store_rows_insert(Store *store, const char *table, const Table *rows,
                      const StoreField *fields, size_t nfields,
                      const StoreFile *file, StoreRows *result, Err *err) {
  Load load = {.store = store, .table = table, .rows = rows, .file = file};
  *result = (StoreRows){0};
  const Column *sources = find_text(rows, "source_id");
  if (sources != NULL && sources->type == COLUMN_TEXT) load.sources = sources;
  int status = take_fields(&load, fields, nfields, err);
  if (status == 0) status = insert_rows(&load, result, err);
  if (status == 0) status = write_ledger(&load, result, err);
  sqlite3_finalize(load.insert);
  sqlite3_finalize(load.same);
  free(load.taken);
  return status;
}
