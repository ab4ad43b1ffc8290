/* Tables one below the other: first the columns that any of them has and
   their common types, then the cells. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "table/table.h"

/* What the joined column of one name will be. */
typedef struct Shape {
  const char *name; /* borrowed from the table that has it first */
  ColumnType type;
  int scale;
  PeriodUnit period;
} Shape;

typedef struct Shapes {
  Shape *items;
  size_t n;
  Dict *names; /* name to index */
} Shapes;

static void widen_number(Shape *shape, const Column *column) {
  if (shape->type == COLUMN_REAL || column->type == COLUMN_REAL) {
    shape->type = COLUMN_REAL;
    shape->scale = 0;
    return;
  }
  if (column->type == COLUMN_DECIMAL) shape->type = COLUMN_DECIMAL;
  if (column->scale > shape->scale) shape->scale = column->scale;
}

static int widen(Shape *shape, const Column *column, Err *err) {
  Column now = {
      .type = shape->type, .scale = shape->scale, .period = shape->period};
  if (column_is_number(&now) && column_is_number(column)) {
    widen_number(shape, column);
    return 0;
  }
  bool same = shape->type == column->type &&
              (shape->type != COLUMN_PERIOD || shape->period == column->period);
  if (same) return 0;
  char a[24], b[24];
  return err_set(
      err, ERR_DATA, "column '%s' is %s in one table and %s in another",
      shape->name, column_type_name(&now, a), column_type_name(column, b));
}

static int add_shape(Shapes *shapes, const char *name, const Column *column,
                     Err *err) {
  uint32_t i = dict_add(shapes->names, name, strlen(name), err);
  if (i == DICT_NONE) return -1;
  if (i < shapes->n) return widen(&shapes->items[i], column, err);
  shapes->items[shapes->n++] =
      (Shape){name, column->type, column->scale, column->period};
  return 0;
}

static int find_shapes(Shapes *shapes, Table *const *tables, size_t n,
                       Err *err) {
  size_t most = 0;
  for (size_t i = 0; i < n; i++) most += tables[i]->ncols;
  shapes->items = mem_array(most, sizeof *shapes->items);
  shapes->names = dict_new(err);
  if (shapes->items == NULL || shapes->names == NULL) return err_memory(err);
  for (size_t i = 0; i < n; i++)
    for (size_t k = 0; k < tables[i]->ncols; k++)
      if (add_shape(shapes, tables[i]->names[k], tables[i]->columns[k], err))
        return -1;
  return 0;
}

static int add_cell(ColumnBuilder *builder, const Column *column, size_t row,
                    Err *err) {
  if (column_is_na(column, row)) return column_add_na(builder, err);
  switch (column->type) {
    case COLUMN_REAL: return column_add_real(builder, column->reals[row], err);
    case COLUMN_BOOL: return column_add_bool(builder, column->bools[row], err);
    case COLUMN_TEXT: {
      size_t len;
      const char *text = column_text(column, row, &len);
      return column_add_text(builder, text, len, err);
    }
    default: return column_add_int(builder, column->ints[row], err);
  }
}

/* The rows of one table, NA where it lacks the column. */
static int add_rows(ColumnBuilder *builder, const Table *table,
                    const Shape *shape, Err *err) {
  ptrdiff_t at = table_find(table, shape->name);
  int status = 0;
  if (at < 0) {
    for (size_t row = 0; status == 0 && row < table->nrows; row++)
      status = column_add_na(builder, err);
    return status;
  }
  Column *column =
      column_cast(table->columns[at], shape->type, shape->scale, err);
  if (column == NULL) return err_at(err, "column '%s': ", shape->name);
  for (size_t row = 0; status == 0 && row < table->nrows; row++)
    status = add_cell(builder, column, row, err);
  column_unref(column);
  return status;
}

static Column *join_column(Table *const *tables, size_t n, const Shape *shape,
                           Err *err) {
  ColumnBuilder *builder =
      column_builder_new(shape->type, shape->scale, shape->period, err);
  if (builder == NULL) return NULL;
  for (size_t i = 0; i < n; i++) {
    if (add_rows(builder, tables[i], shape, err) == 0) continue;
    column_builder_free(builder);
    return NULL;
  }
  return column_build(builder);
}

/* All joined columns into `columns`; 0 or -1. */
static int join_columns(Table *const *tables, size_t n, const Shapes *shapes,
                        Column **columns, const char **names, Err *err) {
  for (size_t k = 0; k < shapes->n; k++) {
    columns[k] = join_column(tables, n, &shapes->items[k], err);
    if (columns[k] == NULL) return -1;
    names[k] = shapes->items[k].name;
  }
  return 0;
}

Table *table_bind_rows(Table *const *tables, size_t n, Err *err) {
  Shapes shapes = {0};
  Table *out = NULL;
  Column **columns = NULL;
  const char **names = NULL;
  size_t nrows = 0;
  for (size_t i = 0; i < n; i++) nrows += tables[i]->nrows;
  if (find_shapes(&shapes, tables, n, err) != 0) goto done;
  columns = mem_array(shapes.n, sizeof *columns);
  names = mem_array(shapes.n, sizeof *names);
  if (columns == NULL || names == NULL) {
    err_memory(err);
    goto done;
  }
  if (join_columns(tables, n, &shapes, columns, names, err) == 0)
    out = table_new(nrows, shapes.n, names, columns, err);
done:
  for (size_t k = 0; columns != NULL && k < shapes.n; k++)
    column_unref(columns[k]);
  free(columns);
  free(names);
  free(shapes.items);
  dict_unref(shapes.names);
  return out;
}
