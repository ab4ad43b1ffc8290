/* The columns are put one below the other (table_bind_rows knows how to widen
   them), then read across: n new rows for each old one. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "verbs/pivot.h"

static bool has_values(const Column *column) {
  return column_count_na(column) < column->nrows;
}

static bool agree(const Column *a, const Column *b) {
  if (column_is_number(a) && column_is_number(b)) /* exact stays exact */
    return (a->type == COLUMN_REAL) == (b->type == COLUMN_REAL);
  return a->type == b->type &&
         (a->type != COLUMN_PERIOD || a->period == b->period);
}

static int refuse_types(const Table *table, size_t a, size_t b, Err *err) {
  char type_a[24], type_b[24];
  return err_set(err, ERR_USE,
                 "'%s' is %s and '%s' is %s: they cannot share one column",
                 table->names[a], column_type_name(table->columns[a], type_a),
                 table->names[b], column_type_name(table->columns[b], type_b));
}

/* One table for each column, which is called `name` there; a column without
   values gives rows only, unless none has any. 0 or -1. */
static int split(const Table *table, const size_t *columns, size_t n,
                 const char *name, Table **out, Err *err) {
  size_t lead = 0; /* the column whose type the others must have */
  while (lead < n && !has_values(table->columns[columns[lead]])) lead++;
  if (lead == n) lead = 0;
  for (size_t i = 0; i < n; i++) {
    const Column *column = table->columns[columns[i]];
    bool blank = i != lead && !has_values(column);
    if (!blank && !agree(table->columns[columns[lead]], column))
      return refuse_types(table, columns[lead], columns[i], err);
    out[i] = table_select(table, &columns[i], blank ? 0 : 1, &name, err);
    if (out[i] == NULL) return -1;
  }
  return 0;
}

/* The cells of the columns, read across: n for each row. */
static Column *read_across(const Table *below, size_t nrows, size_t n,
                           Err *err) {
  size_t *rows = mem_array(below->nrows, sizeof *rows);
  if (rows == NULL) return err_memory(err), NULL;
  for (size_t i = 0; i < below->nrows; i++) rows[i] = i % n * nrows + i / n;
  Column *out = column_gather(below->columns[0], rows, below->nrows, err);
  free(rows);
  return out;
}

static Column *longer_values(const Table *table, const size_t *columns,
                             size_t n, const char *name, Err *err) {
  Table **parts = mem_array(n, sizeof *parts), *below = NULL;
  Column *out = NULL;
  if (parts == NULL) return err_memory(err), NULL;
  if (split(table, columns, n, name, parts, err) == 0)
    below = table_bind_rows(parts, n, err);
  if (below != NULL) out = read_across(below, table->nrows, n, err);
  table_unref(below);
  for (size_t i = 0; i < n; i++) table_unref(parts[i]);
  free(parts);
  return out;
}

static Column *longer_names(const Table *table, const size_t *columns, size_t n,
                            Err *err) {
  Column *out = column_new(COLUMN_TEXT, table->nrows * n, err);
  if (out == NULL) return NULL;
  for (size_t i = 0; i < n; i++) {
    const char *name = table->names[columns[i]];
    uint32_t code = dict_add(out->dict, name, strlen(name), err);
    if (code == DICT_NONE) {
      column_unref(out);
      return NULL;
    }
    for (size_t row = 0; row < table->nrows; row++)
      out->codes[row * n + i] = code;
  }
  return out;
}

static bool is_among(size_t column, const size_t *columns, size_t n) {
  for (size_t i = 0; i < n; i++)
    if (columns[i] == column) return true;
  return false;
}

/* All columns but those, each row n times. */
static Table *longer_ids(const Table *table, const size_t *columns, size_t n,
                         Err *err) {
  size_t nrows = table->nrows * n, nids = 0;
  size_t *ids = mem_array(table->ncols, sizeof *ids);
  size_t *rows = mem_array(nrows, sizeof *rows);
  Table *narrow = NULL, *out = NULL;
  if (ids != NULL && rows != NULL) {
    for (size_t i = 0; i < table->ncols; i++)
      if (!is_among(i, columns, n)) ids[nids++] = i;
    for (size_t i = 0; i < nrows; i++) rows[i] = i / n;
    narrow = table_select(table, ids, nids, NULL, err);
  } else {
    err_memory(err);
  }
  if (narrow != NULL) out = table_gather(narrow, rows, nrows, err);
  table_unref(narrow);
  free(ids);
  free(rows);
  return out;
}

/* `table`, which is given up, with one more column; ERR_USE when the name is
   taken. */
static Table *add_new(Table *table, const char *name, Column *column,
                      Err *err) {
  Table *out = NULL;
  if (table_find(table, name) >= 0)
    err_set(err, ERR_USE, "there is a column '%s' already", name);
  else out = table_with(table, name, column, err);
  table_unref(table);
  return out;
}

static int check_longer(const Table *table, const size_t *columns, size_t n,
                        Err *err) {
  if (n == 0) return err_set(err, ERR_USE, "there is no column to turn");
  for (size_t i = 1; i < n; i++)
    if (is_among(columns[i], columns, i))
      return err_set(err, ERR_USE, "the column '%s' is named twice",
                     table->names[columns[i]]);
  if (table->nrows < UINT32_MAX / n) return 0;
  return err_set(err, ERR_LIMIT, "more than 4 billion rows in one table");
}

Table *pivot_longer(const Table *table, const size_t *columns, size_t ncolumns,
                    const char *names_to, const char *values_to, Err *err) {
  if (check_longer(table, columns, ncolumns, err) != 0) return NULL;
  Column *names = longer_names(table, columns, ncolumns, err), *values = NULL;
  if (names != NULL)
    values = longer_values(table, columns, ncolumns, values_to, err);
  Table *out = NULL;
  if (values != NULL) out = longer_ids(table, columns, ncolumns, err);
  if (out != NULL) out = add_new(out, names_to, names, err);
  if (out != NULL) out = add_new(out, values_to, values, err);
  column_unref(names);
  column_unref(values);
  return out;
}
