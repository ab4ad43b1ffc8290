/* expr: column expressions as trees, evaluated a whole column at a time.

   Exact: int with int gives int; a decimal with a decimal or an int gives a
   decimal (+ and - take the larger scale, * the sum of both); what leaves 64
   bits is an error that names the row. `/`, `^` and everything beside a real
   gives real. `//` (whole numbers) and `%` floor as in Lua. x/0 is NA.
   NA: arithmetic and comparison with NA give NA; and, or, not are
   three-valued (false and NA is false).
   Choice: `c and x or y` (`c and x or d and y or z`, ...), where the values
   are neither true nor false, takes the value behind the first condition that
   holds, the last where none does. A condition that is NA before one holds
   makes the row NA, and a chosen x that is NA stays so, where Lua would take
   y. All values are computed for every row.
   Comparison: int and decimal exactly, across scales; int with real exactly
   too, as Lua does; decimal with real as doubles, so that the real 0.1 equals
   0.1; texts by their bytes; a period with a text that is written as one
   ("2023-01"); anything else with anything else is an error.

   Errors are of two kinds: with the code ERR_USE the expression itself is at
   fault (unknown column or function, types that do not go together), with
   any other the data or the machine are. */
#ifndef EXPR_H
#define EXPR_H

#include "base/buf.h"
#include "table/table.h"

typedef enum ExprOp {
  EXPR_COLUMN,
  EXPR_LITERAL,
  EXPR_CALL,
  EXPR_NEGATE, /* one operand */
  EXPR_NOT,
  EXPR_ADD, /* two operands, from here on */
  EXPR_SUBTRACT,
  EXPR_MULTIPLY,
  EXPR_DIVIDE,
  EXPR_FLOOR_DIVIDE,
  EXPR_MODULO,
  EXPR_POWER,
  EXPR_CONCAT,
  EXPR_EQ,
  EXPR_NE,
  EXPR_LT,
  EXPR_LE,
  EXPR_GT,
  EXPR_GE,
  EXPR_AND,
  EXPR_OR
} ExprOp;

enum {
  EXPR_MAX_DEPTH = 200,  /* of nodes within nodes */
  EXPR_MAX_NODES = 20000 /* in one pool: a shared subtree counts every time */
};

typedef struct Expr Expr;

/* Owns all nodes made in it; they live until it is freed. */
typedef struct ExprPool ExprPool;

ExprPool *expr_pool_new(Err *err);
void expr_pool_free(ExprPool *pool); /* accepts NULL */

/* Nodes: NULL on failure. Texts are copied. */
const Expr *expr_column(ExprPool *pool, const char *name, Err *err);
const Expr *expr_na(ExprPool *pool, Err *err);
const Expr *expr_bool(ExprPool *pool, bool value, Err *err);
const Expr *expr_int(ExprPool *pool, int64_t value, Err *err);
/* Without digits after the point it is an int, as its text would be. */
const Expr *expr_decimal(ExprPool *pool, Decimal value, Err *err);
/* A float somebody wrote down. Beside a decimal it is an error when
   evaluated, since 1.1 is not what the float holds. */
const Expr *expr_real(ExprPool *pool, double value, Err *err);
const Expr *expr_text(ExprPool *pool, const char *text, size_t len, Err *err);

/* An operator with one or two operands (of the same pool). */
const Expr *expr_operator(ExprPool *pool, ExprOp op, const Expr *a,
                          const Expr *b, Err *err);

/* A function of the list in expr_call.c; the number of arguments is checked.
   abs(x) round(x[, digits]) floor(x) min(a, ...) max(a, ...) lower(s)
   upper(s) len(s) sub(s, i[, j]) match(s, pattern) is_na(x) coalesce(a, ...)
   year(p) quarter(p) month(p) percent(part, whole). percent is 100 * part /
   whole, half-even to 6 decimals; NA where whole is zero or the result has no
   room in 64 bits. */
const Expr *expr_call(ExprPool *pool, const char *name, const Expr *const *args,
                      size_t nargs, Err *err);

/* The operator that trees of plain data call "add", "floor_divide" ...;
   -1 for none. Not for column, literal, call. */
int expr_find_operator(const char *name);

/* Whether it takes one operand. */
bool expr_is_unary(ExprOp op);

/* Append the canonical text: what the parser reads back as the same tree. */
int expr_print(const Expr *expr, Buf *out, Err *err);

/* Add the names of the columns that are needed, each once. */
int expr_columns(const Expr *expr, Dict *names, Err *err);

/* What an expression needs from outside. */
typedef struct ExprHost {
  void *data;
  /* 1 when the Lua pattern is found in the text, 0 when not, -1 on failure
     (a malformed pattern is ERR_USE). Must not longjmp. */
  int (*match)(void *data, const char *text, size_t len, const char *pattern,
               size_t pattern_len, Err *err);
} ExprHost;

/* The values of `expr` for every row: a column of table->nrows rows (one
   reference), or NULL. */
Column *expr_eval(const Expr *expr, const Table *table, const ExprHost *host,
                  Err *err);

/* The same for a condition: anything but a bool is ERR_USE. */
Column *expr_eval_condition(const Expr *expr, const Table *table,
                            const ExprHost *host, Err *err);

#endif
