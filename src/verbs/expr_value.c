/* Values on the way through an expression. A scalar is a column of one row
   that loops read with step 0, so that no loop has to know the difference.
   Cells of missing rows hold zero, as in every column: loops run over them
   without asking, and value_clean restores the zeros behind them. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "verbs/expr_tree.h"

void value_free(Value *value) {
  column_unref(value->column);
  *value = (Value){0};
}

bool value_is_number(const Value *value) {
  return !value->untyped && column_is_number(value->column);
}

bool value_is_exact(const Value *value) {
  return value_is_number(value) && value->column->type != COLUMN_REAL;
}

bool value_is_bool(const Value *value) {
  return value->untyped || value->column->type == COLUMN_BOOL;
}

bool value_is_na(const Value *value, size_t row) {
  return column_is_na(value->column, row * value_step(value));
}

bool value_is_scalar_na(const Value *value) {
  return value->scalar && column_is_na(value->column, 0);
}

/* Takes over `column`, one row: makes it a scalar NA. */
static int make_na(Eval *eval, Column *column, Value *out) {
  if (column == NULL) return -1;
  *out = (Value){.column = column, .scalar = true};
  if (column_set_na(column, 0, eval->err) == 0) return 0;
  value_free(out);
  return -1;
}

int value_set_na(Eval *eval, ColumnType type, int scale, Value *out) {
  Column *column = column_new(type, 1, eval->err);
  if (column != NULL) column->scale = scale;
  return make_na(eval, column, out);
}

int value_set_na_like(Eval *eval, const Value *like, Value *out) {
  if (like->untyped) return value_set_untyped(eval, out);
  return make_na(eval, column_new_like(like->column, 1, eval->err), out);
}

int value_set_untyped(Eval *eval, Value *out) {
  if (value_set_na(eval, COLUMN_TEXT, 0, out) != 0) return -1;
  out->untyped = true;
  return 0;
}

/* Take the missing rows of `from` over: bit by bit both must be there. */
static int join_valid(Column *to, const Column *from, Err *err) {
  if (from->valid == NULL) return 0;
  size_t words = to->nrows / 64 + 1;
  if (to->valid == NULL) {
    to->valid = mem_array(words, sizeof *to->valid);
    if (to->valid == NULL) return err_memory(err);
    memset(to->valid, 0xFF, words * sizeof *to->valid);
  }
  for (size_t i = 0; i < words; i++) to->valid[i] &= from->valid[i];
  return 0;
}

static bool all_scalar(const Value *args, size_t nargs) {
  for (size_t i = 0; i < nargs; i++)
    if (!args[i].scalar) return false;
  return true;
}

/* A scalar NA among columns makes every row missing. */
static int join_scalar(Column *to, const Value *arg, Err *err) {
  if (!value_is_scalar_na(arg)) return 0;
  if (column_set_na(to, 0, err) != 0) return -1;
  memset(to->valid, 0, (to->nrows / 64 + 1) * sizeof *to->valid);
  return 0;
}

int value_new(Eval *eval, ColumnType type, const Value *args, size_t nargs,
              Value *out) {
  bool scalar = all_scalar(args, nargs);
  size_t nrows = scalar ? 1 : eval->table->nrows;
  Column *column = column_new(type, nrows, eval->err);
  if (column == NULL) return -1;
  *out = (Value){.column = column, .scalar = scalar};
  for (size_t i = 0; i < nargs; i++) {
    int status = args[i].scalar && !scalar
                     ? join_scalar(column, &args[i], eval->err)
                     : join_valid(column, args[i].column, eval->err);
    if (status == 0) continue;
    value_free(out);
    return -1;
  }
  return 0;
}

void value_clean(Value *value) {
  Column *column = value->column;
  if (column->valid == NULL) return;
  size_t size = column_cell_size(column->type);
  for (size_t row = 0; row < column->nrows; row++)
    if (column_is_na(column, row))
      memset((char *)column->data + row * size, 0, size);
}

/* ---- types ---- */

int value_cast(Eval *eval, const Expr *expr, Value *value, ColumnType type,
               int scale) {
  if (value->untyped) return 0;
  Column *cast = column_cast(value->column, type, scale, eval->err);
  if (cast == NULL) {
    char brief[EXPR_BRIEF_SIZE];
    return err_at(eval->err, "%s: ", expr_brief(expr, brief));
  }
  column_unref(value->column);
  value->column = cast;
  return 0;
}

/* Whether values of the two may stand in one column after widening. */
static bool are_alike(const Value *a, const Value *b) {
  if (value_is_number(a) && value_is_number(b)) return true;
  if (a->column->type != b->column->type) return false;
  return a->column->type != COLUMN_PERIOD ||
         a->column->period == b->column->period;
}

static int not_alike(Eval *eval, const Expr *expr, const Expr *const *parts,
                     const Value *args, size_t i, size_t k) {
  char brief[EXPR_BRIEF_SIZE], a[EXPR_BRIEF_SIZE], b[EXPR_BRIEF_SIZE];
  return err_set(eval->err, ERR_USE, "%s: %s and %s: they do not go together",
                 expr_brief(expr, brief), expr_describe(parts[i], &args[i], a),
                 expr_describe(parts[k], &args[k], b));
}

/* Widen `type` and `scale` so that they hold `value` too. */
static void widen(const Value *value, ColumnType *type, int *scale) {
  ColumnType other = value->column->type;
  if (*type == COLUMN_REAL || other == COLUMN_REAL) {
    *type = COLUMN_REAL;
    *scale = 0;
    return;
  }
  if (other == COLUMN_DECIMAL) *type = COLUMN_DECIMAL;
  if (value->column->scale > *scale) *scale = value->column->scale;
}

int value_unify(Eval *eval, const Expr *expr, const Expr *const *parts,
                Value *args, size_t nargs, const Value **like) {
  size_t first = 0;
  while (first < nargs && args[first].untyped) first++;
  *like = first < nargs ? &args[first] : NULL;
  if (*like == NULL) return 0;
  ColumnType type = args[first].column->type;
  int scale = args[first].column->scale;
  for (size_t i = first + 1; i < nargs; i++) {
    if (args[i].untyped) continue;
    if (!are_alike(&args[first], &args[i]))
      return not_alike(eval, expr, parts, args, first, i);
    widen(&args[i], &type, &scale);
  }
  if (!value_is_number(&args[first])) return 0;
  if (value_check_float(eval, expr, parts, args, nargs) != 0) return -1;
  for (size_t i = 0; i < nargs; i++)
    if (value_cast(eval, expr, &args[i], type, scale) != 0) return -1;
  return 0;
}

/* ---- errors ---- */

int value_overflow(Eval *eval, const Expr *expr, const Value *value,
                   size_t row) {
  char brief[EXPR_BRIEF_SIZE];
  expr_brief(expr, brief);
  if (value->column->type == COLUMN_REAL) {
    if (value->scalar)
      return err_set(eval->err, ERR_DATA, "%s is too large for a real", brief);
    return err_set(eval->err, ERR_DATA, "row %zu: %s is too large for a real",
                   row + 1, brief);
  }
  if (value->scalar)
    return err_set(eval->err, ERR_DATA, "%s does not fit in 64 bits", brief);
  return err_set(eval->err, ERR_DATA, "row %zu: %s does not fit in 64 bits",
                 row + 1, brief);
}

int value_wrong(Eval *eval, const Expr *expr, const Expr *operand,
                const Value *value, const char *wanted) {
  char brief[EXPR_BRIEF_SIZE], what[EXPR_BRIEF_SIZE];
  return err_set(eval->err, ERR_USE, "%s: %s, not %s", expr_brief(expr, brief),
                 expr_describe(operand, value, what), wanted);
}

static const Value *find_decimal(const Value *args, size_t nargs) {
  for (size_t i = 0; i < nargs; i++)
    if (!args[i].untyped && args[i].column->type == COLUMN_DECIMAL)
      return &args[i];
  return NULL;
}

int value_check_float(Eval *eval, const Expr *expr, const Expr *const *parts,
                      const Value *args, size_t nargs) {
  const Value *decimal = find_decimal(args, nargs);
  for (size_t i = 0; decimal != NULL && i < nargs; i++) {
    if (!args[i].floating) continue;
    char brief[EXPR_BRIEF_SIZE], what[EXPR_BRIEF_SIZE];
    char digits[DECIMAL_TEXT_SIZE] = "...";
    if (!value_is_na(&args[i], 0)) real_print(args[i].column->reals[0], digits);
    return err_set(eval->err, ERR_USE,
                   "%s: %s, and a float is not exact: write the number as text "
                   "does (%s) or as ev.decimal\"%s\"",
                   expr_brief(expr, brief),
                   expr_describe(parts[decimal - args], decimal, what), digits,
                   digits);
  }
  return 0;
}
