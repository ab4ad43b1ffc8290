/* Building a column value by value, and turning one type into another. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "table/column.h"

struct ColumnBuilder {
  Column *column; /* nrows counts what was added */
  size_t room;    /* rows there is room for, a multiple of 64 */
};

ColumnBuilder *column_builder_new(ColumnType type, int scale, PeriodUnit period,
                                  Err *err) {
  ColumnBuilder *builder = mem_array(1, sizeof *builder);
  if (builder == NULL) return err_memory(err), NULL;
  builder->column = column_new(type, 0, err);
  if (builder->column == NULL) {
    free(builder);
    return NULL;
  }
  builder->column->scale = scale;
  builder->column->period = period;
  return builder;
}

void column_builder_free(ColumnBuilder *builder) {
  if (builder == NULL) return;
  column_unref(builder->column);
  free(builder);
}

static size_t cell_size(const Column *column) {
  return column_cell_size(column->type);
}

static int grow(ColumnBuilder *builder, Err *err) {
  Column *column = builder->column;
  size_t room = builder->room == 0 ? 64 : builder->room * 2;
  void *data = mem_resize(column->data, room, cell_size(column));
  if (data == NULL) return err_memory(err);
  column->data = data;
  if (column->valid != NULL) {
    size_t words = room / 64 + 1, old = builder->room / 64 + 1;
    uint64_t *valid = mem_resize(column->valid, words, sizeof *valid);
    if (valid == NULL) return err_memory(err);
    memset(valid + old, 0xFF, (words - old) * sizeof *valid);
    column->valid = valid;
  }
  builder->room = room;
  return 0;
}

/* Room for one more row; its index, or SIZE_MAX. */
static size_t next_row(ColumnBuilder *builder, Err *err) {
  if (builder->column->nrows == builder->room && grow(builder, err) != 0)
    return SIZE_MAX;
  return builder->column->nrows++;
}

int column_add_int(ColumnBuilder *builder, int64_t value, Err *err) {
  size_t row = next_row(builder, err);
  if (row == SIZE_MAX) return -1;
  builder->column->ints[row] = value;
  return 0;
}

int column_add_real(ColumnBuilder *builder, double value, Err *err) {
  size_t row = next_row(builder, err);
  if (row == SIZE_MAX) return -1;
  builder->column->reals[row] = value;
  return 0;
}

int column_add_text(ColumnBuilder *builder, const char *text, size_t len,
                    Err *err) {
  uint32_t code = dict_add(builder->column->dict, text, len, err);
  if (code == DICT_NONE) return -1;
  size_t row = next_row(builder, err);
  if (row == SIZE_MAX) return -1;
  builder->column->codes[row] = code;
  return 0;
}

int column_add_bool(ColumnBuilder *builder, bool value, Err *err) {
  size_t row = next_row(builder, err);
  if (row == SIZE_MAX) return -1;
  builder->column->bools[row] = value;
  return 0;
}

int column_add_na(ColumnBuilder *builder, Err *err) {
  size_t row = next_row(builder, err);
  if (row == SIZE_MAX) return -1;
  Column *column = builder->column;
  memset((char *)column->data + row * cell_size(column), 0, cell_size(column));
  if (column->valid == NULL) { /* sized by the room, not by the rows */
    size_t words = builder->room / 64 + 1;
    column->valid = mem_array(words, sizeof *column->valid);
    if (column->valid == NULL) return err_memory(err);
    memset(column->valid, 0xFF, words * sizeof *column->valid);
  }
  return column_set_na(column, row, err);
}

Column *column_build(ColumnBuilder *builder) {
  Column *column = column_ref(builder->column);
  column_builder_free(builder);
  return column;
}

/* ---- casts ---- */

static int cast_number(const Column *from, size_t row, Column *to, Err *err) {
  Decimal value = {from->ints[row], from->scale};
  if (to->type == COLUMN_REAL) {
    to->reals[row] = decimal_to_double(value);
    return 0;
  }
  if (decimal_rescale(value, to->scale, ROUND_HALF_EVEN, &value) != 0)
    return err_set(err, ERR_DATA, "row %zu: the amount does not fit in 64 bits",
                   row + 1);
  to->ints[row] = value.num;
  return 0;
}

static int cast_text(const Column *from, size_t row, Column *to, Err *err) {
  char scratch[DECIMAL_TEXT_SIZE];
  size_t len;
  const char *text = column_print(from, row, scratch, &len);
  to->codes[row] = dict_add(to->dict, text, len, err);
  return to->codes[row] == DICT_NONE ? -1 : 0;
}

static int cast_cell(const Column *from, size_t row, Column *to, Err *err) {
  if (column_is_na(from, row)) return column_set_na(to, row, err);
  if (to->type == COLUMN_TEXT) return cast_text(from, row, to, err);
  return cast_number(from, row, to, err);
}

static bool can_cast(const Column *from, ColumnType type) {
  if (type == COLUMN_TEXT) return true;
  if (from->type != COLUMN_INT && from->type != COLUMN_DECIMAL) return false;
  return type == COLUMN_DECIMAL || type == COLUMN_REAL;
}

Column *column_cast(const Column *column, ColumnType type, int scale,
                    Err *err) {
  if (column->type == type &&
      (type != COLUMN_DECIMAL || column->scale == scale))
    return column_ref((Column *)column);
  char name[24];
  if (!can_cast(column, type)) {
    err_set(err, ERR_DATA, "a column of type %s cannot be converted",
            column_type_name(column, name));
    return NULL;
  }
  Column *out = column_new(type, column->nrows, err);
  if (out == NULL) return NULL;
  out->scale = type == COLUMN_DECIMAL ? scale : 0;
  for (size_t row = 0; row < column->nrows; row++) {
    if (cast_cell(column, row, out, err) == 0) continue;
    column_unref(out);
    return NULL;
  }
  return out;
}
