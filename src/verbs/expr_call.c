/* The functions there are, and those of numbers and periods. */
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "verbs/expr_tree.h"
#include "verbs/ratio.h"

static int check_number(Eval *eval, const Expr *expr, const Value *args,
                        size_t i) {
  if (args[i].untyped || value_is_number(&args[i])) return 0;
  return value_wrong(eval, expr, expr->args[i], &args[i], "a number");
}

/* ---- abs ---- */

static int absolute(Eval *eval, const Expr *expr, Value *args, Value *out) {
  if (check_number(eval, expr, args, 0) != 0) return -1;
  if (args[0].untyped) return value_set_untyped(eval, out);
  const Column *from = args[0].column;
  if (value_new(eval, from->type, args, 1, out) != 0) return -1;
  out->column->scale = from->scale;
  out->floating = args[0].floating;
  if (from->type == COLUMN_REAL) {
    for (size_t i = 0; i < from->nrows; i++)
      out->column->reals[i] = fabs(from->reals[i]);
    return 0;
  }
  for (size_t i = 0; i < from->nrows; i++) {
    int64_t x = from->ints[i];
    if (x == INT64_MIN && !column_is_na(from, i))
      return value_overflow(eval, expr, out, i);
    out->column->ints[i] = x < 0 ? -x : x;
  }
  return 0;
}

/* ---- round, floor ---- */

/* The digits asked for, a constant; 0 when there is no second argument. */
static int take_digits(Eval *eval, const Expr *expr, const Value *args,
                       int *digits) {
  *digits = 0;
  if (expr->nargs < 2) return 0;
  const Value *value = &args[1];
  bool good = value->scalar && !value->untyped &&
              value->column->type == COLUMN_INT && !value_is_na(value, 0) &&
              value->column->ints[0] >= -DECIMAL_MAX_SCALE &&
              value->column->ints[0] <= DECIMAL_MAX_SCALE;
  if (!good)
    return value_wrong(eval, expr, expr->args[1], value,
                       "a constant whole number from -18 to 18");
  *digits = (int)value->column->ints[0];
  return 0;
}

/* Half-even on the double itself; a value so large that it has no digits
   there, or so many digits that none are lost, stays what it is. */
static double round_real(double x, int digits) {
  double factor = (double)pow10_int64(digits < 0 ? -digits : digits);
  double shifted = digits < 0 ? x / factor : x * factor;
  if (!(fabs(shifted) < 0x1p52)) return x;
  double whole = nearbyint(shifted);
  return digits < 0 ? whole * factor : whole / factor;
}

static int round_reals(Eval *eval, const Value *arg, int digits, Value *out) {
  if (value_new(eval, COLUMN_REAL, arg, 1, out) != 0) return -1;
  for (size_t i = 0; i < out->column->nrows; i++)
    out->column->reals[i] = round_real(arg->column->reals[i], digits);
  return 0;
}

/* To whole multiples of 10^(scale - digits): a decimal gets `digits` places;
   with a negative number of digits the places are zeros before the point. */
static int round_exact(Eval *eval, const Expr *expr, const Value *arg,
                       int digits, Value *out) {
  const Column *from = arg->column;
  if (value_new(eval, from->type, arg, 1, out) != 0) return -1;
  Column *to = out->column;
  to->scale = digits < 0 ? 0 : digits;
  int dropped = from->scale - digits; /* up to 36 */
  int zeros = digits < 0 ? -digits : 0;
  for (size_t i = 0; i < to->nrows; i++) {
    Int128 unit = pow10_int64(dropped - zeros);
    unit *= pow10_int64(zeros);
    Int128 value = int128_divide(from->ints[i], unit, ROUND_HALF_EVEN);
    if (__builtin_mul_overflow(value, (Int128)pow10_int64(zeros), &value) ||
        value > INT64_MAX || value < INT64_MIN)
      return value_overflow(eval, expr, out, i);
    to->ints[i] = (int64_t)value;
  }
  return 0;
}

static int round_half_even(Eval *eval, const Expr *expr, Value *args,
                           Value *out) {
  int digits;
  if (check_number(eval, expr, args, 0) != 0) return -1;
  if (take_digits(eval, expr, args, &digits) != 0) return -1;
  if (args[0].untyped) return value_set_untyped(eval, out);
  const Column *from = args[0].column;
  if (from->type == COLUMN_REAL)
    return round_reals(eval, &args[0], digits, out);
  if (digits < from->scale)
    return round_exact(eval, expr, &args[0], digits, out);
  *out =
      (Value){.column = column_ref(args[0].column), .scalar = args[0].scalar};
  return 0;
}

static int floor_number(Eval *eval, const Expr *expr, Value *args, Value *out) {
  if (check_number(eval, expr, args, 0) != 0) return -1;
  if (args[0].untyped) return value_set_untyped(eval, out);
  const Column *from = args[0].column;
  bool real = from->type == COLUMN_REAL;
  if (value_new(eval, real ? COLUMN_REAL : COLUMN_INT, args, 1, out) != 0)
    return -1;
  int64_t unit = pow10_int64(from->scale);
  for (size_t i = 0; i < from->nrows; i++) {
    if (real) {
      out->column->reals[i] = floor(from->reals[i]);
      continue;
    }
    int64_t x = from->ints[i];
    out->column->ints[i] = x / unit - (x % unit < 0);
  }
  return 0;
}

/* ---- percent ---- */

enum { PERCENT_SCALE = 6 };

/* 100 * part / whole to 6 decimals; false where that has no room. A product
   that leaves 128 bits has no room either: divided by less than 2^63 it
   stays above 2^63. */
static bool percent_of(Decimal part, Decimal whole, int64_t *out) {
  Int128 num = part.num, den = whole.num;
  int shift = 2 + PERCENT_SCALE + whole.scale - part.scale;
  Int128 *grows = shift < 0 ? &den : &num;
  for (int i = shift < 0 ? -shift : shift; i > 0; i--)
    if (__builtin_mul_overflow(*grows, (Int128)10, grows)) return false;
  Int128 value = int128_divide(num, den, ROUND_HALF_EVEN);
  if (value > INT64_MAX || value < INT64_MIN) return false;
  *out = (int64_t)value;
  return true;
}

static int percent_exact(Eval *eval, const Value *args, Value *out) {
  if (value_new(eval, COLUMN_DECIMAL, args, 2, out) != 0) return -1;
  const Column *a = args[0].column, *b = args[1].column;
  Column *to = out->column;
  to->scale = PERCENT_SCALE;
  for (size_t i = 0; i < to->nrows; i++) {
    if (column_is_na(to, i)) continue;
    Decimal part = {a->ints[i * value_step(&args[0])], a->scale};
    Decimal whole = {b->ints[i * value_step(&args[1])], b->scale};
    bool fits = whole.num != 0 && percent_of(part, whole, &to->ints[i]);
    if (!fits && column_set_na(to, i, eval->err) != 0) return -1;
  }
  return 0;
}

static int percent_real(Eval *eval, const Expr *expr, Value *args, Value *out) {
  for (int i = 0; i < 2; i++)
    if (value_cast(eval, expr, &args[i], COLUMN_REAL, 0) != 0) return -1;
  if (value_new(eval, COLUMN_REAL, args, 2, out) != 0) return -1;
  for (size_t i = 0; i < out->column->nrows; i++) {
    double part = args[0].column->reals[i * value_step(&args[0])];
    double whole = args[1].column->reals[i * value_step(&args[1])];
    double value = whole == 0 ? HUGE_VAL : 100 * part / whole;
    if (!isinf(value)) out->column->reals[i] = round_real(value, PERCENT_SCALE);
    else if (column_set_na(out->column, i, eval->err) != 0) return -1;
  }
  value_clean(out);
  return 0;
}

static int percent(Eval *eval, const Expr *expr, Value *args, Value *out) {
  for (size_t i = 0; i < 2; i++)
    if (check_number(eval, expr, args, i) != 0) return -1;
  if (args[0].untyped || args[1].untyped)
    return value_set_na(eval, COLUMN_DECIMAL, PERCENT_SCALE, out);
  if (value_check_float(eval, expr, expr->args, args, 2) != 0) return -1;
  if (value_is_exact(&args[0]) && value_is_exact(&args[1]))
    return percent_exact(eval, args, out);
  return percent_real(eval, expr, args, out);
}

/* ---- periods ---- */

static int not_a_period(Eval *eval, const Expr *expr, const Value *args) {
  return value_wrong(eval, expr, expr->args[0], &args[0], "a period");
}

typedef enum PeriodPart { PART_YEAR, PART_QUARTER, PART_MONTH } PeriodPart;

static int part_of_period(Eval *eval, const Value *args, PeriodPart part,
                          Value *out) {
  if (value_new(eval, COLUMN_INT, args, 1, out) != 0) return -1;
  const Column *from = args[0].column;
  for (size_t i = 0; i < from->nrows; i++) {
    if (column_is_na(from, i)) continue;
    int year, month, day;
    period_parts(from->ints[i], from->period, &year, &month, &day);
    out->column->ints[i] = part == PART_YEAR      ? year
                           : part == PART_QUARTER ? (month + 2) / 3
                                                  : month;
  }
  return 0;
}

static int year(Eval *eval, const Expr *expr, Value *args, Value *out) {
  if (args[0].untyped) return value_set_na(eval, COLUMN_INT, 0, out);
  if (args[0].column->type == COLUMN_INT) { /* a year is an int */
    *out =
        (Value){.column = column_ref(args[0].column), .scalar = args[0].scalar};
    return 0;
  }
  if (args[0].column->type != COLUMN_PERIOD)
    return not_a_period(eval, expr, args);
  return part_of_period(eval, args, PART_YEAR, out);
}

/* A part that periods from `least` on have; `named` says so in an error. */
static int fine_part(Eval *eval, const Expr *expr, Value *args, PeriodPart part,
                     PeriodUnit least, const char *named, Value *out) {
  if (args[0].untyped) return value_set_na(eval, COLUMN_INT, 0, out);
  if (args[0].column->type != COLUMN_PERIOD)
    return not_a_period(eval, expr, args);
  if (args[0].column->period < least)
    return value_wrong(eval, expr, expr->args[0], &args[0], named);
  return part_of_period(eval, args, part, out);
}

static int quarter(Eval *eval, const Expr *expr, Value *args, Value *out) {
  return fine_part(eval, expr, args, PART_QUARTER, PERIOD_QUARTER,
                   "a period with a quarter", out);
}

static int month(Eval *eval, const Expr *expr, Value *args, Value *out) {
  return fine_part(eval, expr, args, PART_MONTH, PERIOD_MONTH,
                   "a period with a month", out);
}

/* ---- is_na ---- */

static int is_na(Eval *eval, const Expr *expr, Value *args, Value *out) {
  (void)expr;
  size_t nrows = args[0].scalar ? 1 : eval->table->nrows;
  Column *column = column_new(COLUMN_BOOL, nrows, eval->err);
  if (column == NULL) return -1;
  *out = (Value){.column = column, .scalar = args[0].scalar};
  for (size_t i = 0; i < nrows; i++)
    column->bools[i] = value_is_na(&args[0], i);
  return 0;
}

/* ---- the list ---- */

enum { MANY = 100 };

static const ExprFunction functions[] = {
    {"abs", 1, 1, absolute},       {"round", 1, 2, round_half_even},
    {"floor", 1, 1, floor_number}, {"min", 1, MANY, expr_min},
    {"max", 1, MANY, expr_max},    {"lower", 1, 1, expr_lower},
    {"upper", 1, 1, expr_upper},   {"len", 1, 1, expr_len},
    {"sub", 2, 3, expr_sub},       {"match", 2, 2, expr_match},
    {"is_na", 1, 1, is_na},        {"coalesce", 1, MANY, expr_coalesce},
    {"year", 1, 1, year},          {"quarter", 1, 1, quarter},
    {"month", 1, 1, month},        {"percent", 2, 2, percent}};

enum { NFUNCTIONS = sizeof functions / sizeof *functions };

const ExprFunction *expr_find_function(const char *name) {
  for (size_t i = 0; i < NFUNCTIONS; i++)
    if (strcmp(functions[i].name, name) == 0) return &functions[i];
  return NULL;
}

int expr_no_function(const char *name, Err *err) {
  size_t best = 0, least = SIZE_MAX;
  for (size_t i = 0; i < NFUNCTIONS; i++) {
    const char *there = functions[i].name;
    size_t far = text_distance(name, strlen(name), there, strlen(there));
    if (far < least) best = i, least = far;
  }
  if (least <= 2)
    return err_set(err, ERR_USE, "no function '%.200s' (did you mean '%s'?)",
                   name, functions[best].name);
  return err_set(err, ERR_USE,
                 "no function '%.200s'; there are: abs, round, floor, min, "
                 "max, lower, upper, len, sub, match, is_na, coalesce, year, "
                 "quarter, month, percent",
                 name);
}
