/* A row passes when every part is true; the first part writes the list of
   rows, the others thin it out. */
#include "verbs/batch_filter.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "verbs/expr_tree.h"

typedef struct FilterPart {
  const Expr *expr;
  size_t *columns; /* owned */
  size_t ncolumns;
  uint8_t *passes; /* by code, where the only column is coded */
  uint32_t known;  /* codes that have been asked */
  uint32_t room;
  bool asked_na, na_passes;
} FilterPart;

size_t *batch_columns_of(const Expr *expr, const BatchSource *source, size_t *n,
                         Err *err) {
  Dict *names = dict_new(err);
  if (names == NULL) return NULL;
  size_t *columns = NULL;
  *n = 0;
  if (expr_columns(expr, names, err) != 0) goto done;
  columns = mem_array(dict_count(names), sizeof *columns);
  if (columns == NULL) err_memory(err);
  for (uint32_t i = 0; columns != NULL && i < dict_count(names); i++) {
    const char *name = dict_text(names, i, NULL);
    size_t at = 0;
    while (at < source->ncols && strcmp(source->columns[at].name, name) != 0)
      at++;
    if (at < source->ncols) {
      columns[(*n)++] = at;
      continue;
    }
    *err = (Err){.code = ERR_USE}; /* the caller's table has the words */
    free(columns);
    columns = NULL;
  }
done:
  dict_unref(names);
  return columns;
}

static size_t count_parts(const Expr *expr) {
  if (expr->op != EXPR_AND) return 1;
  return count_parts(expr->args[0]) + count_parts(expr->args[1]);
}

static int add_parts(BatchFilter *filter, const Expr *expr,
                     const BatchSource *source, Err *err) {
  if (expr->op == EXPR_AND) {
    if (add_parts(filter, expr->args[0], source, err) != 0) return -1;
    return add_parts(filter, expr->args[1], source, err);
  }
  FilterPart *part = &filter->parts[filter->nparts++];
  part->expr = expr;
  part->columns = batch_columns_of(expr, source, &part->ncolumns, err);
  return part->columns == NULL ? -1 : 0;
}

int filter_open(BatchFilter *filter, const Expr *where,
                const BatchSource *source, const ExprHost *host, Err *err) {
  *filter = (BatchFilter){.host = host};
  if (where == NULL) return 0;
  filter->parts = mem_array(count_parts(where), sizeof *filter->parts);
  if (filter->parts == NULL) return err_memory(err);
  return add_parts(filter, where, source, err);
}

void filter_close(BatchFilter *filter) {
  for (size_t i = 0; i < filter->nparts; i++) {
    free(filter->parts[i].columns);
    free(filter->parts[i].passes);
  }
  free(filter->parts);
  free(filter->rows);
  *filter = (BatchFilter){0};
}

/* ---- once for each code ---- */

/* A column of the codes from `first` on (of one missing cell when there are
   none), with the view's type and meaning. */
static Column *column_of_codes(const Column *like, const BatchVector *vector,
                               uint32_t first, uint32_t n, Err *err) {
  Column *column = column_new_like(like, n == 0 ? 1 : n, err);
  if (column == NULL) return NULL;
  if (like->type == COLUMN_TEXT) { /* `like` may hold an earlier dict */
    dict_unref(column->dict);
    column->dict = dict_ref((Dict *)vector->dict);
  }
  for (uint32_t i = 0; i < n; i++)
    if (like->type == COLUMN_TEXT) column->codes[i] = first + i;
    else column->ints[i] = vector->values[first + i];
  if (n > 0 || column_set_na(column, 0, err) == 0) return column;
  column_unref(column);
  return NULL;
}

/* Is the part true for the codes [first, first + n), or for NA when n is 0? */
static Column *ask_codes(const BatchFilter *filter, const FilterPart *part,
                         const BatchView *view, uint32_t first, uint32_t n,
                         Err *err) {
  size_t at = part->columns[0];
  const Column *like = view->table->columns[at];
  const char *name = view->source->columns[at].name;
  Column *result = NULL;
  Column *codes = column_of_codes(like, &view->vectors[at], first, n, err);
  if (codes == NULL) return NULL;
  Table *table = table_new(codes->nrows, 1, &name, &codes, err);
  if (table != NULL)
    result = expr_eval_condition(part->expr, table, filter->host, err);
  table_unref(table);
  column_unref(codes);
  return result;
}

static bool is_true(const Column *column, size_t row) {
  return column->bools[row] && !column_is_na(column, row);
}

static int learn_codes(const BatchFilter *filter, FilterPart *part,
                       const BatchView *view, const BatchVector *vector,
                       Err *err) {
  if (vector->valid != NULL && !part->asked_na) {
    Column *result = ask_codes(filter, part, view, 0, 0, err);
    if (result == NULL) return -1;
    part->na_passes = is_true(result, 0);
    part->asked_na = true;
    column_unref(result);
  }
  uint32_t n = vector->ncodes;
  if (n <= part->known) return 0;
  if (n > part->room) {
    uint8_t *passes = mem_resize(part->passes, (size_t)n * 2, sizeof *passes);
    if (passes == NULL) return err_memory(err);
    part->passes = passes;
    part->room = n * 2 > n ? n * 2 : n;
  }
  Column *result =
      ask_codes(filter, part, view, part->known, n - part->known, err);
  if (result == NULL) return -1;
  for (uint32_t i = part->known; i < n; i++)
    part->passes[i] = is_true(result, i - part->known);
  part->known = n;
  column_unref(result);
  return 0;
}

/* The rows of `rows` (NULL: of all n) whose code passes, into `out`. */
static size_t pick_codes(const FilterPart *part, const BatchVector *vector,
                         const uint32_t *rows, size_t n, uint32_t *out) {
  size_t count = 0;
  for (size_t i = 0; i < n; i++) {
    uint32_t row = rows == NULL ? (uint32_t)i : rows[i];
    out[count] = row;
    count += vector_is_na(vector, row) ? part->na_passes
                                       : part->passes[vector->codes[row]];
  }
  return count;
}

/* ---- once for each batch ---- */

static size_t pick_true(const Column *column, const uint32_t *rows, size_t n,
                        uint32_t *out) {
  size_t count = 0;
  for (size_t i = 0; i < n; i++) {
    uint32_t row = rows == NULL ? (uint32_t)i : rows[i];
    out[count] = row;
    count += is_true(column, row);
  }
  return count;
}

/* Thin `rows` out by one part; SIZE_MAX on failure. */
static size_t apply(BatchFilter *filter, FilterPart *part, BatchView *view,
                    const uint32_t *rows, size_t n, Err *err) {
  if (part->ncolumns == 1) {
    const BatchVector *vector = view_get(view, part->columns[0], err);
    if (vector == NULL) return SIZE_MAX;
    bool is_text = view->source->columns[part->columns[0]].type == COLUMN_TEXT;
    if (is_text || vector->values != NULL) {
      if (learn_codes(filter, part, view, vector, err) != 0) return SIZE_MAX;
      return pick_codes(part, vector, rows, n, filter->rows);
    }
  }
  const Table *table = view_table(view, part->columns, part->ncolumns, err);
  if (table == NULL) return SIZE_MAX;
  Column *result = expr_eval_condition(part->expr, table, filter->host, err);
  if (result == NULL) return SIZE_MAX;
  n = pick_true(result, rows, n, filter->rows);
  column_unref(result);
  return n;
}

size_t filter_rows(BatchFilter *filter, BatchView *view, const uint32_t **rows,
                   Err *err) {
  size_t n = view->nrows;
  *rows = NULL;
  if (filter->nparts == 0) return n;
  if (filter->room < n + 1) {
    uint32_t *room = mem_resize(filter->rows, n + 1, sizeof *room);
    if (room == NULL) return err_memory(err), SIZE_MAX;
    filter->rows = room;
    filter->room = n + 1;
  }
  for (size_t i = 0; i < filter->nparts && n != SIZE_MAX; i++) {
    n = apply(filter, &filter->parts[i], view, *rows, n, err);
    *rows = filter->rows;
  }
  return n;
}

/* ---- bounds ---- */

/* column op literal, or the other way round; false when it is neither. */
static bool split_comparison(const Expr *expr, const Expr **column,
                             const Expr **literal, ExprOp *op) {
  if (expr->op < EXPR_EQ || expr->op > EXPR_GE || expr->op == EXPR_NE)
    return false;
  bool straight = expr->args[0]->op == EXPR_COLUMN;
  *column = expr->args[straight ? 0 : 1];
  *literal = expr->args[straight ? 1 : 0];
  if ((*column)->op != EXPR_COLUMN || (*literal)->op != EXPR_LITERAL)
    return false;
  static const ExprOp turned[] = {EXPR_GT, EXPR_GE, EXPR_LT, EXPR_LE};
  *op = expr->op;
  if (!straight && *op >= EXPR_LT) *op = turned[*op - EXPR_LT];
  return true;
}

/* The literal as a cell of the column: false where it lies between cells. */
static bool as_cell(const BatchColumn *column, const Expr *literal,
                    int64_t *out) {
  Decimal value = literal->number;
  if (column->type != COLUMN_INT && column->type != COLUMN_DECIMAL)
    return false;
  if (literal->kind != EXPR_KIND_INT && literal->kind != EXPR_KIND_DECIMAL)
    return false;
  value = decimal_trim(value);
  int scale = column->type == COLUMN_DECIMAL ? column->scale : 0;
  if (value.scale > scale) return false;
  if (decimal_rescale(value, scale, ROUND_HALF_EVEN, &value) != 0) return false;
  *out = value.num;
  return true;
}

static bool bound_of(const Expr *expr, const BatchSource *source,
                     BatchBound *out) {
  const Expr *column, *literal;
  ExprOp op;
  int64_t cell;
  if (!split_comparison(expr, &column, &literal, &op)) return false;
  *out = (BatchBound){.least = INT64_MIN, .most = INT64_MAX};
  while (out->column < source->ncols &&
         strcmp(source->columns[out->column].name, column->text) != 0)
    out->column++;
  if (out->column == source->ncols) return false;
  const BatchColumn *of = &source->columns[out->column];
  if (of->type == COLUMN_TEXT) {
    out->text = literal->text;
    out->len = literal->len;
    return op == EXPR_EQ && literal->kind == EXPR_KIND_TEXT;
  }
  if (!as_cell(of, literal, &cell)) return false;
  if (op != EXPR_GT && op != EXPR_GE) out->most = cell;
  if (op != EXPR_LT && op != EXPR_LE) out->least = cell;
  return true;
}

size_t filter_bounds(const Expr *where, const BatchSource *source,
                     BatchBound *out, size_t most) {
  if (where == NULL || most == 0) return 0;
  if (where->op != EXPR_AND) return bound_of(where, source, out) ? 1 : 0;
  size_t n = filter_bounds(where->args[0], source, out, most);
  return n + filter_bounds(where->args[1], source, out + n, most - n);
}
