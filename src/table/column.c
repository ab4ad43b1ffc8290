/* A column is one block of values and, when something is missing, one bitmap.
   Missing cells hold zero in the block, so that loops may read them. */
#include "table/column.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

size_t column_cell_size(ColumnType type) {
  switch (type) {
    case COLUMN_REAL: return sizeof(double);
    case COLUMN_TEXT: return sizeof(uint32_t);
    case COLUMN_BOOL: return sizeof(uint8_t);
    default: return sizeof(int64_t);
  }
}

static size_t bitmap_words(size_t nrows) { return nrows / 64 + 1; }

/* Everything but the dictionary. */
static Column *make(ColumnType type, size_t nrows, Err *err) {
  Column *column = mem_array(1, sizeof *column);
  if (column == NULL) return err_memory(err), NULL;
  column->refs = 1;
  column->type = type;
  column->nrows = nrows;
  column->data = mem_array(nrows, column_cell_size(type));
  if (column->data != NULL) return column;
  free(column);
  err_memory(err);
  return NULL;
}

Column *column_new(ColumnType type, size_t nrows, Err *err) {
  Column *column = make(type, nrows, err);
  if (column == NULL || type != COLUMN_TEXT) return column;
  column->dict = dict_new(err);
  if (column->dict != NULL) return column;
  column_unref(column);
  return NULL;
}

Column *column_new_like(const Column *like, size_t nrows, Err *err) {
  Column *column = make(like->type, nrows, err);
  if (column == NULL) return NULL;
  column->scale = like->scale;
  column->period = like->period;
  if (like->dict != NULL) column->dict = dict_ref(like->dict);
  return column;
}

Column *column_ref(Column *column) {
  column->refs++;
  return column;
}

void column_unref(Column *column) {
  if (column == NULL || --column->refs > 0) return;
  dict_unref(column->dict);
  free(column->valid);
  free(column->data);
  free(column);
}

int column_set_na(Column *column, size_t row, Err *err) {
  if (column->valid == NULL) {
    size_t words = bitmap_words(column->nrows);
    column->valid = mem_array(words, sizeof *column->valid);
    if (column->valid == NULL) return err_memory(err);
    memset(column->valid, 0xFF, words * sizeof *column->valid);
  }
  column->valid[row / 64] &= ~((uint64_t)1 << (row % 64));
  return 0;
}

size_t column_count_na(const Column *column) {
  if (column->valid == NULL) return 0;
  size_t count = 0;
  for (size_t row = 0; row < column->nrows; row++)
    count += column_is_na(column, row);
  return count;
}

const char *column_type_name(const Column *column, char *out) {
  static const char *const names[] = {"decimal", "int",    "real",
                                      "text",    "period", "bool"};
  if (column->type == COLUMN_DECIMAL)
    snprintf(out, 24, "decimal(%d)", column->scale);
  else if (column->type == COLUMN_PERIOD)
    snprintf(out, 24, "%s", period_unit_name(column->period));
  else snprintf(out, 24, "%s", names[column->type]);
  return out;
}

const char *column_print(const Column *column, size_t row, char *scratch,
                         size_t *len) {
  switch (column->type) {
    case COLUMN_TEXT: return column_text(column, row, len);
    case COLUMN_BOOL:
      *len = column->bools[row] ? 4 : 5;
      return column->bools[row] ? "true" : "false";
    case COLUMN_REAL:
      *len = real_print(column->reals[row], scratch);
      return scratch;
    case COLUMN_PERIOD:
      *len = period_print(column->ints[row], column->period, scratch);
      return scratch;
    default:
      *len =
          decimal_print((Decimal){column->ints[row], column->scale}, scratch);
      return scratch;
  }
}

bool column_is_number(const Column *column) {
  return column->type == COLUMN_DECIMAL || column->type == COLUMN_INT ||
         column->type == COLUMN_REAL;
}

static void copy_cell(Column *to, size_t at, const Column *from, size_t row) {
  switch (from->type) {
    case COLUMN_REAL: to->reals[at] = from->reals[row]; break;
    case COLUMN_TEXT: to->codes[at] = from->codes[row]; break;
    case COLUMN_BOOL: to->bools[at] = from->bools[row]; break;
    default: to->ints[at] = from->ints[row];
  }
}

Column *column_gather(const Column *column, const size_t *rows, size_t nrows,
                      Err *err) {
  Column *out = column_new_like(column, nrows, err);
  if (out == NULL) return NULL;
  for (size_t i = 0; i < nrows; i++) {
    bool missing = rows[i] == SIZE_MAX || column_is_na(column, rows[i]);
    if (!missing) {
      copy_cell(out, i, column, rows[i]);
    } else if (column_set_na(out, i, err) != 0) {
      column_unref(out);
      return NULL;
    }
  }
  return out;
}

static int compare_reals(double a, double b) {
  bool nan_a = a != a, nan_b = b != b;
  if (nan_a || nan_b) return nan_a - nan_b;
  return (a > b) - (a < b);
}

static int compare_texts(const Column *a, size_t row_a, const Column *b,
                         size_t row_b) {
  if (a->dict == b->dict && a->codes[row_a] == b->codes[row_b]) return 0;
  size_t len_a, len_b;
  const char *x = column_text(a, row_a, &len_a);
  const char *y = column_text(b, row_b, &len_b);
  int order = memcmp(x, y, len_a < len_b ? len_a : len_b);
  if (order != 0) return order < 0 ? -1 : 1;
  return (len_a > len_b) - (len_a < len_b);
}

int column_compare(const Column *a, size_t row_a, const Column *b,
                   size_t row_b) {
  bool na_a = column_is_na(a, row_a), na_b = column_is_na(b, row_b);
  if (na_a || na_b) return na_a - na_b;
  switch (a->type) {
    case COLUMN_REAL: return compare_reals(a->reals[row_a], b->reals[row_b]);
    case COLUMN_TEXT: return compare_texts(a, row_a, b, row_b);
    case COLUMN_BOOL: return a->bools[row_a] - b->bools[row_b];
    default: {
      int64_t x = a->ints[row_a], y = b->ints[row_b];
      return (x > y) - (x < y);
    }
  }
}
