/* The walk over the tree: operands first, each a whole column (or a scalar
   for what is the same in every row), then the node. A value is freed as soon
   as the node above it is done. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "verbs/expr_tree.h"

static int column_value(Eval *eval, const Expr *expr, Value *out) {
  ptrdiff_t at = table_need(eval->table, expr->text, eval->err);
  if (at < 0) {
    eval->err->code = ERR_USE;
    return -1;
  }
  Column *column = eval->table->columns[at];
  /* Nothing was ever written into it: its type means nothing. */
  if (column->type == COLUMN_TEXT && dict_count(column->dict) == 0)
    return value_set_untyped(eval, out);
  out->column = column_ref(column);
  return 0;
}

static ColumnType literal_type(ExprKind kind) {
  switch (kind) {
    case EXPR_KIND_BOOL: return COLUMN_BOOL;
    case EXPR_KIND_INT: return COLUMN_INT;
    case EXPR_KIND_DECIMAL: return COLUMN_DECIMAL;
    case EXPR_KIND_REAL: return COLUMN_REAL;
    default: return COLUMN_TEXT;
  }
}

static int literal_value(Eval *eval, const Expr *expr, Value *out) {
  if (expr->kind == EXPR_KIND_NA) return value_set_untyped(eval, out);
  Column *column = column_new(literal_type(expr->kind), 1, eval->err);
  if (column == NULL) return -1;
  *out = (Value){.column = column,
                 .scalar = true,
                 .floating = expr->kind == EXPR_KIND_REAL};
  switch (expr->kind) {
    case EXPR_KIND_BOOL: column->bools[0] = expr->number.num != 0; break;
    case EXPR_KIND_REAL: column->reals[0] = expr->real; break;
    case EXPR_KIND_TEXT:
      column->codes[0] =
          dict_add(column->dict, expr->text, expr->len, eval->err);
      if (column->codes[0] == DICT_NONE) return -1;
      break;
    default:
      column->ints[0] = expr->number.num;
      column->scale = expr->number.scale;
  }
  return 0;
}

static int node_value(Eval *eval, const Expr *expr, Value *args, Value *out) {
  switch (expr->op) {
    case EXPR_CALL: return expr->function->run(eval, expr, args, out);
    case EXPR_NEGATE: return expr_negate(eval, expr, args, out);
    case EXPR_NOT: return expr_not(eval, expr, args, out);
    case EXPR_CONCAT: return expr_concat(eval, expr, args, out);
    case EXPR_AND:
    case EXPR_OR: return expr_and_or(eval, expr, args, out);
    case EXPR_EQ:
    case EXPR_NE:
    case EXPR_LT:
    case EXPR_LE:
    case EXPR_GT:
    case EXPR_GE: return expr_compare(eval, expr, args, out);
    default: return expr_arithmetic(eval, expr, args, out);
  }
}

/* `dept == A`, where A is no column but what a shell left of "A". */
static void suggest_quotes(Eval *eval, const Expr *expr, const Value *args) {
  bool compared = expr->op >= EXPR_EQ && expr->op <= EXPR_GE;
  if (!compared || args[0].column->type != COLUMN_TEXT) return;
  const char *name = expr->args[1]->text;
  if (expr->args[1]->op != EXPR_COLUMN || table_find(eval->table, name) >= 0)
    return;
  char text[sizeof eval->err->text];
  memcpy(text, eval->err->text, sizeof text);
  err_set(eval->err, ERR_USE, "%s; a text is written in quotes: \"%.200s\"",
          text, name);
}

enum { FEW = 4 }; /* arguments that need no allocation */

static int inner_value(Eval *eval, const Expr *expr, Value *out) {
  Value few[FEW] = {{0}}, *args = few;
  if (expr->nargs > FEW) args = mem_array(expr->nargs, sizeof *args);
  if (args == NULL) return err_memory(eval->err);
  int status = 0;
  for (size_t i = 0; status == 0 && i < expr->nargs; i++) {
    status = expr_value(eval, expr->args[i], &args[i]);
    if (status != 0 && i == 1) suggest_quotes(eval, expr, args);
  }
  if (status == 0) status = node_value(eval, expr, args, out);
  for (size_t i = 0; i < expr->nargs; i++) value_free(&args[i]);
  if (args != few) free(args);
  return status;
}

int expr_value(Eval *eval, const Expr *expr, Value *out) {
  int status;
  *out = (Value){0};
  if (expr->op == EXPR_COLUMN) status = column_value(eval, expr, out);
  else if (expr->op == EXPR_LITERAL) status = literal_value(eval, expr, out);
  else if (expr_may_choose(expr)) status = expr_choose(eval, expr, out);
  else status = inner_value(eval, expr, out);
  if (status != 0) value_free(out);
  return status;
}

/* The same cell in every row. */
static Column *spread(Eval *eval, const Column *one) {
  size_t nrows = eval->table->nrows, size = column_cell_size(one->type);
  Column *column = column_new_like(one, nrows, eval->err);
  if (column == NULL) return NULL;
  bool missing = column_is_na(one, 0);
  for (size_t row = 0; row < nrows; row++) {
    memcpy((char *)column->data + row * size, one->data, size);
    if (!missing || column_set_na(column, row, eval->err) == 0) continue;
    column_unref(column);
    return NULL;
  }
  return column;
}

Column *expr_eval(const Expr *expr, const Table *table, const ExprHost *host,
                  Err *err) {
  Eval eval = {table, host, err};
  Value value;
  if (expr_value(&eval, expr, &value) != 0) return NULL;
  if (!value.scalar) return value.column;
  Column *column = spread(&eval, value.column);
  value_free(&value);
  return column;
}

Column *expr_eval_condition(const Expr *expr, const Table *table,
                            const ExprHost *host, Err *err) {
  Eval eval = {table, host, err};
  Value value;
  if (expr_value(&eval, expr, &value) != 0) return NULL;
  if (value.untyped) {
    value_free(&value);
    if (value_set_na(&eval, COLUMN_BOOL, 0, &value) != 0) return NULL;
  }
  Column *column = NULL;
  char what[EXPR_BRIEF_SIZE];
  if (value.column->type != COLUMN_BOOL)
    err_set(err, ERR_USE, "%s, not a condition that is true or false",
            expr_describe(expr, &value, what));
  else
    column =
        value.scalar ? spread(&eval, value.column) : column_ref(value.column);
  value_free(&value);
  return column;
}
