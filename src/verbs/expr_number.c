/* Arithmetic. A kernel computes one cell and says whether the result did not
   fit; a loop over a kernel is compiled for it (columns or a constant on
   either side) and only remembers that some cell was bad. Which one is looked
   for afterwards, among the rows that are not missing. */
#include <math.h>
#include <string.h>

#include "verbs/expr_tree.h"
#include "verbs/ratio.h"

#define INLINED static inline __attribute__((always_inline))

/* Factors that bring both sides to one scale. */
typedef struct Align {
  int64_t a, b;
} Align;

/* ---- whole numbers: ints, and decimals as their digits ---- */

typedef bool (*Kernel)(int64_t x, int64_t y, Align align, int64_t *out);

INLINED bool put(Int128 value, int64_t *out) {
  *out = (int64_t)value;
  return *out != value;
}

INLINED bool add_plain(int64_t x, int64_t y, Align align, int64_t *out) {
  (void)align;
  return __builtin_add_overflow(x, y, out);
}

INLINED bool subtract_plain(int64_t x, int64_t y, Align align, int64_t *out) {
  (void)align;
  return __builtin_sub_overflow(x, y, out);
}

INLINED bool add_aligned(int64_t x, int64_t y, Align align, int64_t *out) {
  return put((Int128)x * align.a + (Int128)y * align.b, out);
}

INLINED bool subtract_aligned(int64_t x, int64_t y, Align align, int64_t *out) {
  return put((Int128)x * align.a - (Int128)y * align.b, out);
}

INLINED bool multiply(int64_t x, int64_t y, Align align, int64_t *out) {
  (void)align;
  return __builtin_mul_overflow(x, y, out);
}

/* y == 0 is missing already; the cell only must not trap. */
INLINED bool floor_divide(int64_t x, int64_t y, Align align, int64_t *out) {
  Int128 num = (Int128)x * align.a, den = (Int128)y * align.b;
  if (den == 0) return put(0, out);
  Int128 quotient = num / den;
  if (num % den != 0 && (num < 0) != (den < 0)) quotient--;
  return put(quotient, out);
}

INLINED bool modulo(int64_t x, int64_t y, Align align, int64_t *out) {
  Int128 num = (Int128)x * align.a, den = (Int128)y * align.b;
  if (den == 0) return put(0, out);
  Int128 rest = num % den;
  if (rest != 0 && (rest < 0) != (den < 0)) rest += den;
  return put(rest, out);
}

typedef struct Ints {
  const int64_t *at;
  size_t step;
} Ints;

static Ints ints_of(const Value *value) {
  return (Ints){value->column->ints, value_step(value)};
}

INLINED bool each(Kernel kernel, Ints a, Ints b, Align align, int64_t *out,
                  size_t n) {
  bool bad = false;
  if (n == 0) return false;
  int64_t x = a.at[0], y = b.at[0];
  if (a.step == 0)
    for (size_t i = 0; i < n; i++)
      bad |= kernel(x, b.at[i * b.step], align, &out[i]);
  else if (b.step == 0)
    for (size_t i = 0; i < n; i++) bad |= kernel(a.at[i], y, align, &out[i]);
  else
    for (size_t i = 0; i < n; i++)
      bad |= kernel(a.at[i], b.at[i], align, &out[i]);
  return bad;
}

/* Run the loop for one kernel; *again is what finds the bad row. */
static bool run_exact(ExprOp op, Ints a, Ints b, Align align, Column *to,
                      Kernel *again) {
  size_t n = to->nrows;
  bool same = align.a == align.b;
  switch (op) {
    case EXPR_ADD:
      *again = same ? add_plain : add_aligned;
      return same ? each(add_plain, a, b, align, to->ints, n)
                  : each(add_aligned, a, b, align, to->ints, n);
    case EXPR_SUBTRACT:
      *again = same ? subtract_plain : subtract_aligned;
      return same ? each(subtract_plain, a, b, align, to->ints, n)
                  : each(subtract_aligned, a, b, align, to->ints, n);
    case EXPR_MULTIPLY:
      *again = multiply;
      return each(multiply, a, b, align, to->ints, n);
    case EXPR_FLOOR_DIVIDE:
      *again = floor_divide;
      return each(floor_divide, a, b, align, to->ints, n);
    default: *again = modulo; return each(modulo, a, b, align, to->ints, n);
  }
}

/* The first row that is there and does not fit, or SIZE_MAX. */
static size_t find_bad(Kernel kernel, Ints a, Ints b, Align align,
                       const Column *to) {
  int64_t scratch;
  for (size_t i = 0; i < to->nrows; i++)
    if (!column_is_na(to, i) &&
        kernel(a.at[i * a.step], b.at[i * b.step], align, &scratch))
      return i;
  return SIZE_MAX;
}

static Align align_scales(int a, int b) {
  int scale = a > b ? a : b;
  return (Align){pow10_int64(scale - a), pow10_int64(scale - b)};
}

static int result_scale(ExprOp op, const Column *a, const Column *b) {
  if (op == EXPR_FLOOR_DIVIDE) return 0;
  if (op == EXPR_MULTIPLY) return a->scale + b->scale;
  return a->scale > b->scale ? a->scale : b->scale;
}

static ColumnType result_type(ExprOp op, const Column *a, const Column *b) {
  if (op == EXPR_FLOOR_DIVIDE) return COLUMN_INT;
  return a->type == COLUMN_DECIMAL || b->type == COLUMN_DECIMAL ? COLUMN_DECIMAL
                                                                : COLUMN_INT;
}

static int too_many_places(Eval *eval, const Expr *expr, int scale) {
  char brief[EXPR_BRIEF_SIZE];
  return err_set(eval->err, ERR_USE,
                 "%s would have %d digits after the point, more than %d: use "
                 "round(x, n) on a part of it",
                 expr_brief(expr, brief), scale, DECIMAL_MAX_SCALE);
}

/* x / 0 is missing. */
static int mark_zero_divisors(Eval *eval, const Value *divisor, Value *out) {
  const Column *by = divisor->column;
  size_t step = value_step(divisor);
  bool real = by->type == COLUMN_REAL;
  for (size_t i = 0; i < out->column->nrows; i++) {
    bool zero = real ? by->reals[i * step] == 0 : by->ints[i * step] == 0;
    if (zero && column_set_na(out->column, i, eval->err) != 0) return -1;
  }
  return 0;
}

static int exact(Eval *eval, const Expr *expr, const Value *args, Value *out) {
  const Column *a = args[0].column, *b = args[1].column;
  int scale = result_scale(expr->op, a, b);
  if (scale > DECIMAL_MAX_SCALE) return too_many_places(eval, expr, scale);
  ColumnType type = result_type(expr->op, a, b);
  if (value_new(eval, type, args, 2, out) != 0) return -1;
  out->column->scale = scale;
  if ((expr->op == EXPR_FLOOR_DIVIDE || expr->op == EXPR_MODULO) &&
      mark_zero_divisors(eval, &args[1], out) != 0)
    return -1;
  Align align = align_scales(a->scale, b->scale);
  Ints x = ints_of(&args[0]), y = ints_of(&args[1]);
  Kernel kernel;
  if (run_exact(expr->op, x, y, align, out->column, &kernel)) {
    size_t row = find_bad(kernel, x, y, align, out->column);
    if (row != SIZE_MAX) return value_overflow(eval, expr, out, row);
  }
  value_clean(out);
  return 0;
}

/* ---- division of whole numbers: one rounding, at the end ---- */

static int exact_divide(Eval *eval, const Value *args, Value *out) {
  if (value_new(eval, COLUMN_REAL, args, 2, out) != 0) return -1;
  if (mark_zero_divisors(eval, &args[1], out) != 0) return -1;
  Align align = align_scales(args[0].column->scale, args[1].column->scale);
  Ints a = ints_of(&args[0]), b = ints_of(&args[1]);
  double *to = out->column->reals;
  for (size_t i = 0; i < out->column->nrows; i++) {
    int64_t x = a.at[i * a.step], y = b.at[i * b.step];
    if (y != 0) to[i] = ratio((Int128)x * align.a, (Int128)y * align.b);
  }
  value_clean(out);
  return 0;
}

/* ---- reals ---- */

typedef double (*RealKernel)(double x, double y);

INLINED double real_add(double x, double y) { return x + y; }
INLINED double real_subtract(double x, double y) { return x - y; }
INLINED double real_multiply(double x, double y) { return x * y; }
INLINED double real_divide(double x, double y) { return x / y; }
INLINED double real_floor(double x, double y) { return floor(x / y); }
INLINED double real_power(double x, double y) { return pow(x, y); }

/* Lua 5.4, luai_nummod */
INLINED double real_modulo(double x, double y) {
  double rest = fmod(x, y);
  return rest * y < 0 ? rest + y : rest;
}

typedef struct Reals {
  const double *at;
  size_t step;
} Reals;

static Reals reals_of(const Value *value) {
  return (Reals){value->column->reals, value_step(value)};
}

INLINED void each_real(RealKernel kernel, Reals a, Reals b, Column *to) {
  double *out = to->reals;
  size_t n = to->nrows;
  if (n == 0) return;
  double x = a.at[0], y = b.at[0];
  if (a.step == 0)
    for (size_t i = 0; i < n; i++) out[i] = kernel(x, b.at[i * b.step]);
  else if (b.step == 0)
    for (size_t i = 0; i < n; i++) out[i] = kernel(a.at[i], y);
  else
    for (size_t i = 0; i < n; i++) out[i] = kernel(a.at[i], b.at[i]);
}

static void run_real(ExprOp op, Reals a, Reals b, Column *to) {
  switch (op) {
    case EXPR_ADD: each_real(real_add, a, b, to); return;
    case EXPR_SUBTRACT: each_real(real_subtract, a, b, to); return;
    case EXPR_MULTIPLY: each_real(real_multiply, a, b, to); return;
    case EXPR_DIVIDE: each_real(real_divide, a, b, to); return;
    case EXPR_FLOOR_DIVIDE: each_real(real_floor, a, b, to); return;
    case EXPR_MODULO: each_real(real_modulo, a, b, to); return;
    default: each_real(real_power, a, b, to);
  }
}

/* 0 ^ -1 divides by zero too. */
static int mark_zero_powers(Eval *eval, Reals a, Reals b, Value *out) {
  for (size_t i = 0; i < out->column->nrows; i++)
    if (a.at[i * a.step] == 0 && b.at[i * b.step] < 0 &&
        column_set_na(out->column, i, eval->err) != 0)
      return -1;
  return 0;
}

static int mark_undefined(Eval *eval, ExprOp op, const Value *args,
                          Value *out) {
  switch (op) {
    case EXPR_DIVIDE:
    case EXPR_FLOOR_DIVIDE:
    case EXPR_MODULO: return mark_zero_divisors(eval, &args[1], out);
    case EXPR_POWER:
      return mark_zero_powers(eval, reals_of(&args[0]), reals_of(&args[1]),
                              out);
    default: return 0;
  }
}

static int real(Eval *eval, const Expr *expr, Value *args, Value *out) {
  for (int i = 0; i < 2; i++)
    if (value_cast(eval, expr, &args[i], COLUMN_REAL, 0) != 0) return -1;
  if (value_new(eval, COLUMN_REAL, args, 2, out) != 0) return -1;
  if (mark_undefined(eval, expr->op, args, out) != 0) return -1;
  out->floating = out->scalar && (args[0].floating || args[1].floating);
  Reals a = reals_of(&args[0]), b = reals_of(&args[1]);
  run_real(expr->op, a, b, out->column);
  value_clean(out);
  for (size_t i = 0; i < out->column->nrows; i++)
    if (isinf(out->column->reals[i]) && isfinite(a.at[i * a.step]) &&
        isfinite(b.at[i * b.step]))
      return value_overflow(eval, expr, out, i);
  return 0;
}

/* ---- the operators ---- */

static int check_numbers(Eval *eval, const Expr *expr, const Value *args) {
  for (size_t i = 0; i < expr->nargs; i++)
    if (!args[i].untyped && !value_is_number(&args[i]))
      return value_wrong(eval, expr, expr->args[i], &args[i], "a number");
  return 0;
}

static bool gives_real(ExprOp op, const Value *args) {
  return op == EXPR_DIVIDE || op == EXPR_POWER || !value_is_exact(&args[0]) ||
         !value_is_exact(&args[1]);
}

/* The type that the operation would have had. */
static int missing(Eval *eval, ExprOp op, const Value *args, Value *out) {
  const Value *like = args[0].untyped ? &args[1] : &args[0];
  if (like->untyped) return value_set_untyped(eval, out);
  if (op == EXPR_DIVIDE || op == EXPR_POWER)
    return value_set_na(eval, COLUMN_REAL, 0, out);
  return value_set_na_like(eval, like, out);
}

int expr_arithmetic(Eval *eval, const Expr *expr, Value *args, Value *out) {
  if (check_numbers(eval, expr, args) != 0) return -1;
  if (args[0].untyped || args[1].untyped)
    return missing(eval, expr->op, args, out);
  if (value_check_float(eval, expr, expr->args, args, 2) != 0) return -1;
  if (!gives_real(expr->op, args)) return exact(eval, expr, args, out);
  if (expr->op == EXPR_DIVIDE && value_is_exact(&args[0]) &&
      value_is_exact(&args[1]))
    return exact_divide(eval, args, out);
  return real(eval, expr, args, out);
}

static int negate_real(Eval *eval, const Value *arg, Value *out) {
  if (value_new(eval, COLUMN_REAL, arg, 1, out) != 0) return -1;
  out->floating = arg->floating;
  for (size_t i = 0; i < out->column->nrows; i++)
    out->column->reals[i] = -arg->column->reals[i];
  value_clean(out);
  return 0;
}

int expr_negate(Eval *eval, const Expr *expr, Value *args, Value *out) {
  if (check_numbers(eval, expr, args) != 0) return -1;
  if (args[0].untyped) return value_set_untyped(eval, out);
  const Column *from = args[0].column;
  if (from->type == COLUMN_REAL) return negate_real(eval, &args[0], out);
  if (value_new(eval, from->type, args, 1, out) != 0) return -1;
  out->column->scale = from->scale;
  for (size_t i = 0; i < from->nrows; i++)
    if (__builtin_sub_overflow(0, from->ints[i], &out->column->ints[i]))
      return value_overflow(eval, expr, out, i);
  return 0;
}
