/* expr_tree: the nodes and the intermediate values of expressions, for the
   files expr*.c, and those of a scan, which take trees apart. */
#ifndef EXPR_TREE_H
#define EXPR_TREE_H

#include "verbs/expr.h"

typedef enum ExprKind {
  EXPR_KIND_NA,
  EXPR_KIND_BOOL,
  EXPR_KIND_INT,
  EXPR_KIND_DECIMAL,
  EXPR_KIND_REAL,
  EXPR_KIND_TEXT
} ExprKind;

typedef struct ExprFunction ExprFunction;

struct Expr {
  Expr *next; /* of the pool */
  ExprOp op;
  ExprKind kind;                /* EXPR_LITERAL */
  int depth;                    /* 1 for a leaf */
  const ExprFunction *function; /* EXPR_CALL */
  char *text;                   /* column name or text literal, owned */
  size_t len;                   /* of text */
  Decimal number;               /* int, decimal; bool as 0 or 1 */
  double real;
  size_t nargs;
  const Expr *args[];
};

/* A value on the way: a column, or one row that stands for all. */
typedef struct Value {
  Column *column; /* one reference; one row when scalar */
  bool scalar;
  bool untyped;  /* scalar NA of no type (nil; a column that never had text) */
  bool floating; /* scalar real that was written down, not computed */
} Value;

typedef struct Eval {
  const Table *table;
  const ExprHost *host;
  Err *err;
} Eval;

/* The value of a function: args[0..nargs-1] are its own until it returns. */
struct ExprFunction {
  const char *name;
  size_t least, most; /* arguments */
  int (*run)(Eval *eval, const Expr *expr, Value *args, Value *out);
};

const ExprFunction *expr_find_function(const char *name);

/* Message with "did you mean" for a function that does not exist. */
int expr_no_function(const char *name, Err *err);

/* ---- texts for messages ---- */

enum { EXPR_BRIEF_SIZE = 240 };

/* Canonical text, cut where it is long; returns `out`. */
const char *expr_brief(const Expr *expr, char *out);

/* "column 'year' is int", "a + b is decimal(2)". `out` takes
   EXPR_BRIEF_SIZE bytes, returned. */
const char *expr_describe(const Expr *expr, const Value *value, char *out);

/* ---- values (expr_value.c): all int functions 0 or -1 ---- */

void value_free(Value *value); /* leaves it empty; accepts an empty one */

bool value_is_number(const Value *value);
bool value_is_exact(const Value *value); /* int or decimal */
bool value_is_bool(const Value *value);  /* or missing, of any type */
bool value_is_na(const Value *value, size_t row);

/* Scalar NA: of the given type; of the type of `like`; of none. */
int value_set_na(Eval *eval, ColumnType type, int scale, Value *out);
int value_set_na_like(Eval *eval, const Value *like, Value *out);
int value_set_untyped(Eval *eval, Value *out);
bool value_is_scalar_na(const Value *value);

/* A result over the operands: scalar when all are, NA where one is NA. Its
   cells are to be filled in. */
int value_new(Eval *eval, ColumnType type, const Value *args, size_t nargs,
              Value *out);

/* Zero the cells of missing rows after a loop that wrote them all. */
void value_clean(Value *value);

/* Turn the value into another type (column_cast); errors name `expr`. */
int value_cast(Eval *eval, const Expr *expr, Value *value, ColumnType type,
               int scale);

/* Give all arguments one type: numbers widened, others must be alike.
   Untyped ones are left. *like is set to one of that type, or NULL. Errors
   (a written float beside a decimal among them) name `expr` and those of
   `parts`, which the arguments are values of. */
int value_unify(Eval *eval, const Expr *expr, const Expr *const *parts,
                Value *args, size_t nargs, const Value **like);

/* Index step: 0 for a scalar, 1 for a column. */
static inline size_t value_step(const Value *value) {
  return value->scalar ? 0 : 1;
}

/* "row 17: a * b does not fit in 64 bits"; without row for a scalar. */
int value_overflow(Eval *eval, const Expr *expr, const Value *value,
                   size_t row);

/* The type of one operand is wrong: ERR_USE, "...: column 'x' is text, not
   a number". */
int value_wrong(Eval *eval, const Expr *expr, const Expr *operand,
                const Value *value, const char *wanted);

/* A written float beside a decimal among the values of `parts`: ERR_USE. */
int value_check_float(Eval *eval, const Expr *expr, const Expr *const *parts,
                      const Value *args, size_t nargs);

/* ---- the operators ---- */

int expr_value(Eval *eval, const Expr *expr, Value *out);

int expr_arithmetic(Eval *eval, const Expr *expr, Value *args, Value *out);
int expr_negate(Eval *eval, const Expr *expr, Value *args, Value *out);
int expr_compare(Eval *eval, const Expr *expr, Value *args, Value *out);
int expr_not(Eval *eval, const Expr *expr, Value *args, Value *out);
int expr_and_or(Eval *eval, const Expr *expr, Value *args, Value *out);
int expr_concat(Eval *eval, const Expr *expr, Value *args, Value *out);

/* c and x or d and y or z: which of the values a row takes, where they are
   neither true nor false; else the logic that is written there. Only for
   trees that may choose by their shape. */
bool expr_may_choose(const Expr *expr);
int expr_choose(Eval *eval, const Expr *expr, Value *out);

/* (c and x) or (d and y) or z over `narms` conditions, where all are true,
   false or missing; `values` are x, y, z and behind them c, d. */
int expr_arms(Eval *eval, const Value *values, size_t narms, bool scalar,
              Value *out);

/* ---- functions of texts, listed in expr_call.c ---- */

int expr_lower(Eval *eval, const Expr *expr, Value *args, Value *out);
int expr_upper(Eval *eval, const Expr *expr, Value *args, Value *out);
int expr_len(Eval *eval, const Expr *expr, Value *args, Value *out);
int expr_sub(Eval *eval, const Expr *expr, Value *args, Value *out);
int expr_match(Eval *eval, const Expr *expr, Value *args, Value *out);

/* ---- functions of several values: expr_choose.c ---- */

int expr_min(Eval *eval, const Expr *expr, Value *args, Value *out);
int expr_max(Eval *eval, const Expr *expr, Value *args, Value *out);
int expr_coalesce(Eval *eval, const Expr *expr, Value *args, Value *out);

#endif
