/* Comparison. >, >= are < and <= with the sides changed, ~= is == inverted
   (so that NaN differs from everything, itself included, as in Lua). */
#include <stdlib.h>

#include "base/mem.h"
#include "verbs/expr_tree.h"

#define INLINED static inline __attribute__((always_inline))

/* What is left to tell apart. */
typedef enum Relation { IS_EQUAL, IS_LESS, IS_AT_MOST } Relation;

typedef struct Question {
  Relation relation;
  bool inverted;
} Question;

/* The question behind an operator; changes the sides for > and >=. */
static Question question_of(ExprOp op, const Value **a, const Value **b) {
  if (op == EXPR_GT || op == EXPR_GE) {
    const Value *swap = *a;
    *a = *b;
    *b = swap;
  }
  switch (op) {
    case EXPR_EQ: return (Question){IS_EQUAL, false};
    case EXPR_NE: return (Question){IS_EQUAL, true};
    case EXPR_LT:
    case EXPR_GT: return (Question){IS_LESS, false};
    default: return (Question){IS_AT_MOST, false};
  }
}

static bool holds(Relation relation, int order) {
  if (relation == IS_EQUAL) return order == 0;
  return relation == IS_LESS ? order < 0 : order <= 0;
}

/* ---- whole numbers ---- */

typedef struct Align {
  int64_t a, b; /* factors that bring both to one scale */
} Align;

typedef bool (*Kernel)(int64_t x, int64_t y, Align align);

INLINED bool equal(int64_t x, int64_t y, Align align) {
  return (void)align, x == y;
}
INLINED bool less(int64_t x, int64_t y, Align align) {
  return (void)align, x < y;
}
INLINED bool at_most(int64_t x, int64_t y, Align align) {
  return (void)align, x <= y;
}
INLINED bool equal_aligned(int64_t x, int64_t y, Align align) {
  return (Int128)x * align.a == (Int128)y * align.b;
}
INLINED bool less_aligned(int64_t x, int64_t y, Align align) {
  return (Int128)x * align.a < (Int128)y * align.b;
}
INLINED bool at_most_aligned(int64_t x, int64_t y, Align align) {
  return (Int128)x * align.a <= (Int128)y * align.b;
}

INLINED void each(Kernel kernel, const Value *a, const Value *b, Align align,
                  Column *to) {
  const int64_t *x = a->column->ints, *y = b->column->ints;
  uint8_t *out = to->bools;
  size_t n = to->nrows;
  if (n == 0) return;
  if (b->scalar) {
    int64_t constant = y[0];
    size_t step = value_step(a);
    for (size_t i = 0; i < n; i++)
      out[i] = kernel(x[i * step], constant, align);
  } else if (a->scalar) {
    int64_t constant = x[0];
    for (size_t i = 0; i < n; i++) out[i] = kernel(constant, y[i], align);
  } else {
    for (size_t i = 0; i < n; i++) out[i] = kernel(x[i], y[i], align);
  }
}

static void compare_ints(Relation relation, const Value *a, const Value *b,
                         Column *to) {
  int sa = a->column->scale, sb = b->column->scale, scale = sa > sb ? sa : sb;
  Align align = {pow10_int64(scale - sa), pow10_int64(scale - sb)};
  bool same = sa == sb;
  switch (relation) {
    case IS_EQUAL:
      if (same) each(equal, a, b, align, to);
      else each(equal_aligned, a, b, align, to);
      return;
    case IS_LESS:
      if (same) each(less, a, b, align, to);
      else each(less_aligned, a, b, align, to);
      return;
    default:
      if (same) each(at_most, a, b, align, to);
      else each(at_most_aligned, a, b, align, to);
  }
}

/* ---- reals ---- */

enum { UNORDERED = 2 }; /* NaN on one side: nothing holds */

static int order_reals(double x, double y) {
  if (x != x || y != y) return UNORDERED;
  return (x > y) - (x < y);
}

/* Exactly: a double of 2^53 and more is whole, and only the whole part of a
   smaller one can be equal to an int (Lua 5.4, LTnum and LEnum). */
static int order_int_real(int64_t x, double y) {
  if (y != y) return UNORDERED;
  if (y >= 0x1p63) return -1;
  if (y < -0x1p63) return 1;
  int64_t whole = (int64_t)y;
  if (x != whole) return x < whole ? -1 : 1;
  double rest = y - (double)whole;
  return (rest < 0) - (rest > 0);
}

static int order_cells(const Value *a, const Value *b, size_t row) {
  const Column *x = a->column, *y = b->column;
  size_t i = row * value_step(a), k = row * value_step(b);
  if (x->type == COLUMN_INT) return order_int_real(x->ints[i], y->reals[k]);
  if (y->type == COLUMN_INT) {
    int order = order_int_real(y->ints[k], x->reals[i]);
    return order == UNORDERED ? order : -order;
  }
  return order_reals(x->reals[i], y->reals[k]);
}

static void compare_reals(Relation relation, const Value *a, const Value *b,
                          Column *to) {
  for (size_t row = 0; row < to->nrows; row++) {
    int order = order_cells(a, b, row);
    to->bools[row] = order != UNORDERED && holds(relation, order);
  }
}

/* ---- texts ---- */

enum { UNKNOWN, FALSE_TEXT, TRUE_TEXT };

/* Against a constant: once per distinct text, when it first turns up. */
static int compare_dict(Eval *eval, Relation relation, const Value *a,
                        const Value *b, Column *to) {
  const Column *from = a->scalar ? b->column : a->column;
  uint8_t *answers = mem_array(dict_count(from->dict), sizeof *answers);
  if (answers == NULL) return err_memory(eval->err);
  for (size_t row = 0; row < to->nrows; row++) {
    if (column_is_na(to, row)) continue;
    uint8_t *answer = &answers[from->codes[row]];
    if (*answer == UNKNOWN) {
      int order = a->scalar ? column_compare(a->column, 0, from, row)
                            : column_compare(from, row, b->column, 0);
      *answer = holds(relation, order) ? TRUE_TEXT : FALSE_TEXT;
    }
    to->bools[row] = *answer == TRUE_TEXT;
  }
  free(answers);
  return 0;
}

static void compare_rows(Relation relation, const Value *a, const Value *b,
                         Column *to) {
  for (size_t row = 0; row < to->nrows; row++)
    if (!column_is_na(to, row))
      to->bools[row] =
          holds(relation, column_compare(a->column, row * value_step(a),
                                         b->column, row * value_step(b)));
}

static int compare_texts(Eval *eval, Relation relation, const Value *a,
                         const Value *b, Value *out) {
  if (a->scalar != b->scalar)
    return compare_dict(eval, relation, a, b, out->column);
  compare_rows(relation, a, b, out->column);
  return 0;
}

/* ---- which types go together ---- */

static bool is_year(const Value *value) {
  return value->column->type == COLUMN_PERIOD &&
         value->column->period == PERIOD_YEAR;
}

static bool is_written_text(const Expr *expr) {
  return expr->op == EXPR_LITERAL && expr->kind == EXPR_KIND_TEXT;
}

static bool is_plain_number(const char *text, size_t len) {
  Decimal value;
  return decimal_parse(text, len, (DecimalStyle){'.'}, &value, NULL) ==
         DECIMAL_OK;
}

/* A text beside something else: what should have been written. */
static int mismatch(Eval *eval, const Expr *expr, const Value *args) {
  char brief[EXPR_BRIEF_SIZE], a[EXPR_BRIEF_SIZE], b[EXPR_BRIEF_SIZE];
  expr_brief(expr, brief);
  for (int i = 0; i < 2; i++) {
    const Expr *other = expr->args[1 - i];
    expr_describe(expr->args[i], &args[i], a);
    if (value_is_number(&args[i]) && is_written_text(other) &&
        is_plain_number(other->text, other->len))
      return err_set(eval->err, ERR_USE, "%s: %s: write %s without quotes",
                     brief, a, other->text);
    bool text = args[i].column->type == COLUMN_TEXT;
    if (text && other->op == EXPR_LITERAL && value_is_number(&args[1 - i]))
      return err_set(eval->err, ERR_USE, "%s: %s: write \"%s\" in quotes",
                     brief, a, expr_brief(other, b));
  }
  return err_set(eval->err, ERR_USE, "%s: %s and %s: they cannot be compared",
                 brief, expr_describe(expr->args[0], &args[0], a),
                 expr_describe(expr->args[1], &args[1], b));
}

/* Read the constant text args[text] as a period like those of the other. */
static int read_period(Eval *eval, const Expr *expr, Value *args, int text) {
  static const char *const examples[] = {"2023", "2023Q1", "2023-01",
                                         "2023-01-31"};
  const Column *periods = args[1 - text].column;
  const Expr *literal = expr->args[text];
  PeriodUnit unit;
  int64_t value;
  if (period_parse(literal->text, literal->len, &unit, &value) != 0 ||
      unit != periods->period) {
    char brief[EXPR_BRIEF_SIZE], what[EXPR_BRIEF_SIZE];
    return err_set(eval->err, ERR_USE,
                   "%s: %s: compare it with a text such as \"%s\"",
                   expr_brief(expr, brief),
                   expr_describe(expr->args[1 - text], &args[1 - text], what),
                   examples[periods->period]);
  }
  Column *column = column_new_like(periods, 1, eval->err);
  if (column == NULL) return -1;
  column->ints[0] = value;
  column_unref(args[text].column);
  args[text].column = column;
  return 0;
}

/* Bring periods and written texts together, years and ints. */
static int convert_periods(Eval *eval, const Expr *expr, Value *args) {
  for (int i = 0; i < 2; i++)
    if (args[i].column->type == COLUMN_PERIOD &&
        is_written_text(expr->args[1 - i]))
      return read_period(eval, expr, args, 1 - i);
  return 0;
}

static bool are_comparable(const Expr *expr, const Value *a, const Value *b) {
  if (value_is_number(a) && value_is_number(b)) return true;
  if (is_year(a) && b->column->type == COLUMN_INT) return true;
  if (is_year(b) && a->column->type == COLUMN_INT) return true;
  if (a->column->type != b->column->type) return false;
  if (a->column->type == COLUMN_PERIOD)
    return a->column->period == b->column->period;
  return a->column->type != COLUMN_BOOL || expr->op == EXPR_EQ ||
         expr->op == EXPR_NE;
}

/* A decimal beside a real is compared as the double nearest to it. */
static int round_decimals(Eval *eval, const Expr *expr, Value *args) {
  for (int i = 0; i < 2; i++)
    if (args[i].column->type == COLUMN_DECIMAL &&
        args[1 - i].column->type == COLUMN_REAL &&
        value_cast(eval, expr, &args[i], COLUMN_REAL, 0) != 0)
      return -1;
  return 0;
}

static int fill(Eval *eval, Relation relation, const Value *a, const Value *b,
                Value *out) {
  bool reals = a->column->type == COLUMN_REAL || b->column->type == COLUMN_REAL;
  if (reals) compare_reals(relation, a, b, out->column);
  else if (a->column->type == COLUMN_TEXT)
    return compare_texts(eval, relation, a, b, out);
  else if (a->column->type == COLUMN_BOOL)
    compare_rows(relation, a, b, out->column);
  else compare_ints(relation, a, b, out->column);
  return 0;
}

int expr_compare(Eval *eval, const Expr *expr, Value *args, Value *out) {
  if (args[0].untyped || args[1].untyped)
    return value_set_na(eval, COLUMN_BOOL, 0, out);
  if (convert_periods(eval, expr, args) != 0) return -1;
  if (!are_comparable(expr, &args[0], &args[1]))
    return mismatch(eval, expr, args);
  if (value_check_float(eval, expr, expr->args, args, 2) != 0) return -1;
  if (round_decimals(eval, expr, args) != 0) return -1;
  const Value *a = &args[0], *b = &args[1];
  Question question = question_of(expr->op, &a, &b);
  if (value_new(eval, COLUMN_BOOL, args, 2, out) != 0) return -1;
  if (fill(eval, question.relation, a, b, out) != 0) return -1;
  for (size_t i = 0; question.inverted && i < out->column->nrows; i++)
    out->column->bools[i] ^= 1;
  value_clean(out);
  return 0;
}
