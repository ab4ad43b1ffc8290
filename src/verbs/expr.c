/* The nodes of expression trees. They only point down, are immutable once
   made and belong to their pool, a plain list: a caller that fails halfway
   frees the pool and is done. */
#include "verbs/expr.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "verbs/expr_tree.h"

struct ExprPool {
  Expr *nodes;
  size_t count;
};

ExprPool *expr_pool_new(Err *err) {
  ExprPool *pool = mem_array(1, sizeof *pool);
  if (pool == NULL) err_memory(err);
  return pool;
}

void expr_pool_free(ExprPool *pool) {
  if (pool == NULL) return;
  for (Expr *node = pool->nodes, *next; node != NULL; node = next) {
    next = node->next;
    free(node->text);
    free(node);
  }
  free(pool);
}

static int depth_over(const Expr *const *args, size_t nargs) {
  int deepest = 0;
  for (size_t i = 0; i < nargs; i++)
    if (args[i]->depth > deepest) deepest = args[i]->depth;
  return deepest + 1;
}

static int check_limits(const ExprPool *pool, int depth, Err *err) {
  if (depth > EXPR_MAX_DEPTH)
    return err_set(err, ERR_USE, "the expression is nested more than %d deep",
                   EXPR_MAX_DEPTH);
  if (pool->count == EXPR_MAX_NODES)
    return err_set(err, ERR_USE, "the expression has more than %d parts",
                   EXPR_MAX_NODES);
  return 0;
}

static Expr *new_node(ExprPool *pool, ExprOp op, const Expr *const *args,
                      size_t nargs, Err *err) {
  int depth = depth_over(args, nargs);
  if (check_limits(pool, depth, err) != 0) return NULL;
  Expr *node = calloc(1, sizeof *node + nargs * sizeof *args);
  if (node == NULL) return err_memory(err), NULL;
  node->op = op;
  node->depth = depth;
  node->nargs = nargs;
  for (size_t i = 0; i < nargs; i++) node->args[i] = args[i];
  node->next = pool->nodes;
  pool->nodes = node;
  pool->count++;
  return node;
}

static Expr *new_literal(ExprPool *pool, ExprKind kind, Err *err) {
  Expr *node = new_node(pool, EXPR_LITERAL, NULL, 0, err);
  if (node != NULL) node->kind = kind;
  return node;
}

/* The text stays with the node; on failure the pool keeps a node without. */
static const Expr *set_text(Expr *node, const char *text, size_t len,
                            Err *err) {
  if (node == NULL) return NULL;
  node->text = mem_text(text, len);
  if (node->text == NULL) return err_memory(err), NULL;
  node->len = len;
  return node;
}

const Expr *expr_column(ExprPool *pool, const char *name, Err *err) {
  Expr *node = new_node(pool, EXPR_COLUMN, NULL, 0, err);
  return set_text(node, name, strlen(name), err);
}

const Expr *expr_text(ExprPool *pool, const char *text, size_t len, Err *err) {
  return set_text(new_literal(pool, EXPR_KIND_TEXT, err), text, len, err);
}

const Expr *expr_na(ExprPool *pool, Err *err) {
  return new_literal(pool, EXPR_KIND_NA, err);
}

const Expr *expr_bool(ExprPool *pool, bool value, Err *err) {
  Expr *node = new_literal(pool, EXPR_KIND_BOOL, err);
  if (node != NULL) node->number.num = value;
  return node;
}

const Expr *expr_int(ExprPool *pool, int64_t value, Err *err) {
  Expr *node = new_literal(pool, EXPR_KIND_INT, err);
  if (node != NULL) node->number.num = value;
  return node;
}

const Expr *expr_decimal(ExprPool *pool, Decimal value, Err *err) {
  if (value.scale == 0) return expr_int(pool, value.num, err);
  Expr *node = new_literal(pool, EXPR_KIND_DECIMAL, err);
  if (node != NULL) node->number = value;
  return node;
}

const Expr *expr_real(ExprPool *pool, double value, Err *err) {
  Expr *node = new_literal(pool, EXPR_KIND_REAL, err);
  if (node != NULL) node->real = value;
  return node;
}

/* Minus a written number is a number: -5 reads the same either way. */
static bool is_negatable(const Expr *expr) {
  if (expr->op != EXPR_LITERAL) return false;
  if (expr->kind == EXPR_KIND_REAL) return true;
  return (expr->kind == EXPR_KIND_INT || expr->kind == EXPR_KIND_DECIMAL) &&
         expr->number.num != INT64_MIN;
}

static const Expr *negated(ExprPool *pool, const Expr *literal, Err *err) {
  if (literal->kind == EXPR_KIND_REAL)
    return expr_real(pool, -literal->real, err);
  Decimal number = {-literal->number.num, literal->number.scale};
  return expr_decimal(pool, number, err);
}

const Expr *expr_operator(ExprPool *pool, ExprOp op, const Expr *a,
                          const Expr *b, Err *err) {
  if (op == EXPR_NEGATE && is_negatable(a)) return negated(pool, a, err);
  const Expr *args[] = {a, b};
  return new_node(pool, op, args, expr_is_unary(op) ? 1 : 2, err);
}

static int wrong_count(const ExprFunction *function, size_t nargs, Err *err) {
  size_t limit = nargs < function->least ? function->least : function->most;
  if (function->least == function->most)
    return err_set(err, ERR_USE, "%s() was given %zu arguments and takes %zu",
                   function->name, nargs, limit);
  if (nargs < function->least)
    return err_set(err, ERR_USE,
                   "%s() was given %zu arguments and takes at least %zu",
                   function->name, nargs, limit);
  return err_set(err, ERR_USE,
                 "%s() was given %zu arguments and takes at most %zu",
                 function->name, nargs, limit);
}

const Expr *expr_call(ExprPool *pool, const char *name, const Expr *const *args,
                      size_t nargs, Err *err) {
  const ExprFunction *function = expr_find_function(name);
  if (function == NULL) return expr_no_function(name, err), NULL;
  if (nargs < function->least || nargs > function->most)
    return wrong_count(function, nargs, err), NULL;
  Expr *node = new_node(pool, EXPR_CALL, args, nargs, err);
  if (node != NULL) node->function = function;
  return node;
}

/* By ExprOp, from EXPR_NEGATE on. */
static const char *const operators[] = {
    "negate",       "not",    "add",   "subtract", "multiply", "divide",
    "floor_divide", "modulo", "power", "concat",   "eq",       "ne",
    "lt",           "le",     "gt",    "ge",       "and",      "or"};

int expr_find_operator(const char *name) {
  for (size_t i = 0; i < sizeof operators / sizeof *operators; i++)
    if (strcmp(name, operators[i]) == 0) return EXPR_NEGATE + (int)i;
  return -1;
}

bool expr_is_unary(ExprOp op) { return op == EXPR_NEGATE || op == EXPR_NOT; }

int expr_columns(const Expr *expr, Dict *names, Err *err) {
  if (expr->op == EXPR_COLUMN)
    return dict_add(names, expr->text, expr->len, err) == DICT_NONE ? -1 : 0;
  for (size_t i = 0; i < expr->nargs; i++)
    if (expr_columns(expr->args[i], names, err) != 0) return -1;
  return 0;
}
