/* min, max, coalesce, and choices by conditions: each row takes its value from
   one of several. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
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

/* A column of the type of `like`, which all `args` have. */
static int select_cells(Eval *eval, const Value *args, size_t nargs,
                        const Value *like, bool scalar, Choose choose,
                        Value *out) {
  if (like == NULL) return value_set_untyped(eval, out);
  size_t nrows = scalar ? 1 : eval->table->nrows;
  Column *column = column_new(like->column->type, nrows, eval->err);
  if (column == NULL) return -1;
  column->scale = like->column->scale;
  column->period = like->column->period;
  *out = (Value){.column = column, .scalar = scalar};
  return fill(eval, args, nargs, choose, column);
}

static int select_argument(Eval *eval, const Expr *expr, Value *args,
                           Choose choose, Value *out) {
  size_t n = expr->nargs;
  const Value *like;
  if (value_unify(eval, expr, expr->args, args, n, &like) != 0) return -1;
  return select_cells(eval, args, n, like, all_scalar(args, n), choose, out);
}

int expr_min(Eval *eval, const Expr *expr, Value *args, Value *out) {
  return select_argument(eval, expr, args, choose_least, out);
}

int expr_max(Eval *eval, const Expr *expr, Value *args, Value *out) {
  return select_argument(eval, expr, args, choose_greatest, out);
}

int expr_coalesce(Eval *eval, const Expr *expr, Value *args, Value *out) {
  return select_argument(eval, expr, args, choose_first, out);
}

/* ---- c and x or d and y or z ---- */

bool expr_may_choose(const Expr *expr) {
  if (expr->op != EXPR_OR) return false;
  for (expr = expr->args[0]; expr->op == EXPR_OR; expr = expr->args[0])
    if (expr->args[1]->op != EXPR_AND) return false;
  return expr->op == EXPR_AND;
}

typedef struct Choice {
  size_t narms;       /* conditions; there is one value more */
  Value *values;      /* x, y, z and behind them c, d */
  const Expr **parts; /* what they are in the tree, in the same order */
} Choice;

static size_t count_arms(const Expr *expr) {
  return expr->op == EXPR_OR ? 1 + count_arms(expr->args[0]) : 0;
}

static void take_apart(const Expr *expr, Choice *choice) {
  size_t n = choice->narms;
  choice->parts[n] = expr->args[1];
  const Expr *at = expr->args[0];
  for (size_t i = n; i-- > 0; at = at->args[0]) {
    const Expr *arm = i > 0 ? at->args[1] : at;
    choice->parts[n + 1 + i] = arm->args[0];
    choice->parts[i] = arm->args[1];
  }
}

/* All of it computed; `last` is there already. */
static int choice_open(Eval *eval, const Expr *expr, const Value *last,
                       Choice *choice) {
  size_t n = choice->narms = count_arms(expr);
  choice->values = mem_array(2 * n + 1, sizeof *choice->values);
  choice->parts = mem_array(2 * n + 1, sizeof *choice->parts);
  if (choice->values == NULL || choice->parts == NULL)
    return err_memory(eval->err);
  take_apart(expr, choice);
  choice->values[n] = *last;
  column_ref(last->column);
  for (size_t i = 0; i <= 2 * n; i++) {
    Value *value = &choice->values[i];
    if (i == n) continue;
    if (expr_value(eval, choice->parts[i], value) != 0) return -1;
    if (i > n && !value_is_bool(value))
      return value_wrong(eval, expr, choice->parts[i], value, "true or false");
  }
  return 0;
}

static void choice_close(Choice *choice) {
  if (choice->values != NULL)
    for (size_t i = 0; i <= 2 * choice->narms; i++)
      value_free(&choice->values[i]);
  free(choice->values);
  free(choice->parts);
}

/* Which value a missing condition would have chosen, nobody knows. */
static int choose_by_condition(const Value *values, size_t nvalues,
                               size_t row) {
  const Value *condition = values + nvalues;
  size_t i = 0;
  for (; i + 1 < nvalues; i++, condition++) {
    if (condition->untyped || value_is_na(condition, row)) return NOTHING;
    if (condition->column->bools[row * value_step(condition)]) break;
  }
  return choose_first(&values[i], 1, row) == NOTHING ? NOTHING : (int)i;
}

/* Whether some x, y or z is neither true nor false; or all are missing, which
   comes to the same: of no type. */
static bool is_choice(const Choice *choice) {
  bool typed = false;
  for (size_t i = 0; i <= choice->narms; i++) {
    if (!value_is_bool(&choice->values[i])) return true;
    typed = typed || !choice->values[i].untyped;
  }
  return !typed;
}

static int choose_value(Eval *eval, const Expr *expr, Choice *choice,
                        Value *out) {
  size_t nvalues = choice->narms + 1, total = nvalues + choice->narms;
  Value *values = choice->values;
  const Value *like;
  bool scalar = all_scalar(values, total);
  if (!is_choice(choice))
    return expr_arms(eval, values, choice->narms, scalar, out);
  if (value_unify(eval, expr, choice->parts, values, nvalues, &like) != 0)
    return -1;
  return select_cells(eval, values, nvalues, like, scalar, choose_by_condition,
                      out);
}

int expr_choose(Eval *eval, const Expr *expr, Value *out) {
  Value args[2] = {{0}};
  Choice choice = {0};
  int status = expr_value(eval, expr->args[1], &args[1]);
  if (status != 0) return -1;
  if (!args[1].untyped && value_is_bool(&args[1])) { /* no choice but logic */
    status = expr_value(eval, expr->args[0], &args[0]);
    if (status == 0) status = expr_and_or(eval, expr, args, out);
  } else {
    status = choice_open(eval, expr, &args[1], &choice);
    if (status == 0) status = choose_value(eval, expr, &choice, out);
    choice_close(&choice);
  }
  value_free(&args[0]);
  value_free(&args[1]);
  return status;
}
