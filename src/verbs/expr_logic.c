/* Three-valued logic (Kleene): what is missing may be true or false, and the
   answer is missing only where that would matter. */
#include "verbs/expr_tree.h"

/* Also the order in which `and` takes the least, `or` the greatest. */
enum { NO, MAYBE, YES };

/* Lua's `x and y` and `x or 0` of values say half of what a column needs. */
static int not_bool(Eval *eval, const Expr *expr, const Value *args, size_t i) {
  char brief[EXPR_BRIEF_SIZE], what[EXPR_BRIEF_SIZE];
  expr_brief(expr, brief);
  expr_describe(expr->args[i], &args[i], what);
  if (expr->op == EXPR_AND && i == 1)
    return err_set(eval->err, ERR_USE,
                   "%s: %s, not true or false; a value is chosen by: condition "
                   "and value or another",
                   brief, what);
  if (expr->op == EXPR_OR)
    return err_set(eval->err, ERR_USE,
                   "%s: %s, not true or false; for what is missing, write "
                   "coalesce(column, value)",
                   brief, what);
  return value_wrong(eval, expr, expr->args[i], &args[i], "true or false");
}

static int check_bools(Eval *eval, const Expr *expr, const Value *args) {
  for (size_t i = 0; i < expr->nargs; i++)
    if (!value_is_bool(&args[i])) return not_bool(eval, expr, args, i);
  return 0;
}

static int state_of(const Value *value, size_t row) {
  if (value->untyped || value_is_na(value, row)) return MAYBE;
  return value->column->bools[row * value_step(value)] ? YES : NO;
}

/* Both sides complete: bytes with bytes. */
static void combine_plain(bool is_and, const Value *args, Column *to) {
  const uint8_t *a = args[0].column->bools, *b = args[1].column->bools;
  size_t sa = value_step(&args[0]), sb = value_step(&args[1]);
  if (is_and)
    for (size_t i = 0; i < to->nrows; i++) to->bools[i] = a[i * sa] & b[i * sb];
  else
    for (size_t i = 0; i < to->nrows; i++) to->bools[i] = a[i * sa] | b[i * sb];
}

static int combine(Eval *eval, bool is_and, const Value *args, Column *to) {
  for (size_t row = 0; row < to->nrows; row++) {
    int x = state_of(&args[0], row), y = state_of(&args[1], row);
    int state = (x < y) == is_and ? x : y;
    to->bools[row] = state == YES;
    if (state == MAYBE && column_set_na(to, row, eval->err) != 0) return -1;
  }
  return 0;
}

int expr_and_or(Eval *eval, const Expr *expr, Value *args, Value *out) {
  if (check_bools(eval, expr, args) != 0) return -1;
  bool scalar = args[0].scalar && args[1].scalar, is_and = expr->op == EXPR_AND;
  size_t nrows = scalar ? 1 : eval->table->nrows;
  Column *column = column_new(COLUMN_BOOL, nrows, eval->err);
  if (column == NULL) return -1;
  *out = (Value){.column = column, .scalar = scalar};
  bool complete = !args[0].untyped && !args[1].untyped &&
                  args[0].column->valid == NULL &&
                  args[1].column->valid == NULL;
  if (!complete) return combine(eval, is_and, args, column);
  combine_plain(is_and, args, column);
  return 0;
}

int expr_arms(Eval *eval, const Value *values, size_t narms, bool scalar,
              Value *out) {
  const Value *conditions = values + narms + 1;
  size_t nrows = scalar ? 1 : eval->table->nrows;
  Column *column = column_new(COLUMN_BOOL, nrows, eval->err);
  if (column == NULL) return -1;
  *out = (Value){.column = column, .scalar = scalar};
  for (size_t row = 0; row < nrows; row++) {
    int state = state_of(&values[narms], row);
    for (size_t i = 0; i < narms; i++) {
      int x = state_of(&conditions[i], row), y = state_of(&values[i], row);
      int arm = x < y ? x : y;
      if (arm > state) state = arm;
    }
    column->bools[row] = state == YES;
    if (state == MAYBE && column_set_na(column, row, eval->err) != 0) return -1;
  }
  return 0;
}

int expr_not(Eval *eval, const Expr *expr, Value *args, Value *out) {
  if (check_bools(eval, expr, args) != 0) return -1;
  if (args[0].untyped) return value_set_na(eval, COLUMN_BOOL, 0, out);
  if (value_new(eval, COLUMN_BOOL, args, 1, out) != 0) return -1;
  for (size_t i = 0; i < out->column->nrows; i++)
    out->column->bools[i] = !args[0].column->bools[i];
  value_clean(out);
  return 0;
}
