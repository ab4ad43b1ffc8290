/* min, max, coalesce: each row takes its value from one of the arguments. */
#include <string.h>

#include "verbs/expr_tree.h"

enum { NOTHING = -1 }; /* the row is missing */

typedef int (*Choose)(const Value *args, size_t nargs, size_t row);

static bool is_nan_at(const Value *value, size_t row) {
  if (value->column->type != COLUMN_REAL) return false;
  double x = value->column->reals[row * value_step(value)];
  return x != x;
}

/* The one for which `sign` * comparison is least; NaN wins, NA is contagious.
 */
static int choose_extreme(const Value *args, size_t nargs, size_t row,
                          int sign) {
  size_t best = 0;
  for (size_t i = 0; i < nargs; i++) {
    if (args[i].untyped || value_is_na(&args[i], row)) return NOTHING;
    if (is_nan_at(&args[best], row)) continue;
    int order =
        column_compare(args[i].column, row * value_step(&args[i]),
                       args[best].column, row * value_step(&args[best]));
    if (is_nan_at(&args[i], row) || order * sign < 0) best = i;
  }
  return (int)best;
}

static int choose_least(const Value *args, size_t nargs, size_t row) {
  return choose_extreme(args, nargs, row, 1);
}

static int choose_greatest(const Value *args, size_t nargs, size_t row) {
  return choose_extreme(args, nargs, row, -1);
}

static int choose_first(const Value *args, size_t nargs, size_t row) {
  for (size_t i = 0; i < nargs; i++)
    if (!args[i].untyped && !value_is_na(&args[i], row)) return (int)i;
  return NOTHING;
}

/* Texts of several dictionaries meet in a new one. */
static int copy_text(const Column *from, size_t at, Column *to, size_t row,
                     Err *err) {
  size_t len;
  const char *text = column_text(from, at, &len);
  to->codes[row] = dict_add(to->dict, text, len, err);
  return to->codes[row] == DICT_NONE ? -1 : 0;
}

static int copy_cell(const Value *value, size_t row, Column *to, Err *err) {
  const Column *from = value->column;
  size_t at = row * value_step(value), size = column_cell_size(from->type);
  if (from->type == COLUMN_TEXT) return copy_text(from, at, to, row, err);
  memcpy((char *)to->data + row * size, (char *)from->data + at * size, size);
  return 0;
}

static int fill(Eval *eval, const Value *args, size_t nargs, Choose choose,
                Column *to) {
  for (size_t row = 0; row < to->nrows; row++) {
    int from = choose(args, nargs, row);
    int status = from == NOTHING ? column_set_na(to, row, eval->err)
                                 : copy_cell(&args[from], row, to, eval->err);
    if (status != 0) return -1;
  }
  return 0;
}

static bool all_scalar(const Value *args, size_t nargs) {
  for (size_t i = 0; i < nargs; i++)
    if (!args[i].scalar) return false;
  return true;
}

static int select_cells(Eval *eval, const Expr *expr, Value *args,
                        Choose choose, Value *out) {
  const Value *like;
  if (value_unify(eval, expr, args, expr->nargs, &like) != 0) return -1;
  if (like == NULL) return value_set_untyped(eval, out);
  bool scalar = all_scalar(args, expr->nargs);
  size_t nrows = scalar ? 1 : eval->table->nrows;
  Column *column = column_new(like->column->type, nrows, eval->err);
  if (column == NULL) return -1;
  column->scale = like->column->scale;
  column->period = like->column->period;
  *out = (Value){.column = column, .scalar = scalar};
  return fill(eval, args, expr->nargs, choose, column);
}

int expr_min(Eval *eval, const Expr *expr, Value *args, Value *out) {
  return select_cells(eval, expr, args, choose_least, out);
}

int expr_max(Eval *eval, const Expr *expr, Value *args, Value *out) {
  return select_cells(eval, expr, args, choose_greatest, out);
}

int expr_coalesce(Eval *eval, const Expr *expr, Value *args, Value *out) {
  return select_cells(eval, expr, args, choose_first, out);
}
