/* Expressions as text: Lua's precedence, no parenthesis that it does not
   need, every literal written so that it is read back as what it is. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "verbs/expr_tree.h"

typedef struct Syntax {
  const char *sign;
  int level;       /* binds tighter than lower ones */
  bool from_right; /* a .. (b .. c) needs no parenthesis */
} Syntax;

enum { LEVEL_UNARY = 7, LEVEL_PRIMARY = 9 };

/* Lua 5.4 manual, 3.4.8. */
static Syntax syntax_of(ExprOp op) {
  switch (op) {
    case EXPR_OR: return (Syntax){" or ", 1, false};
    case EXPR_AND: return (Syntax){" and ", 2, false};
    case EXPR_EQ: return (Syntax){" == ", 3, false};
    case EXPR_NE: return (Syntax){" ~= ", 3, false};
    case EXPR_LT: return (Syntax){" < ", 3, false};
    case EXPR_LE: return (Syntax){" <= ", 3, false};
    case EXPR_GT: return (Syntax){" > ", 3, false};
    case EXPR_GE: return (Syntax){" >= ", 3, false};
    case EXPR_CONCAT: return (Syntax){" .. ", 4, true};
    case EXPR_ADD: return (Syntax){" + ", 5, false};
    case EXPR_SUBTRACT: return (Syntax){" - ", 5, false};
    case EXPR_MULTIPLY: return (Syntax){" * ", 6, false};
    case EXPR_DIVIDE: return (Syntax){" / ", 6, false};
    case EXPR_FLOOR_DIVIDE: return (Syntax){" // ", 6, false};
    case EXPR_MODULO: return (Syntax){" % ", 6, false};
    case EXPR_NEGATE: return (Syntax){"-", LEVEL_UNARY, false};
    case EXPR_NOT: return (Syntax){"not ", LEVEL_UNARY, false};
    case EXPR_POWER: return (Syntax){" ^ ", 8, true};
    default: return (Syntax){"", LEVEL_PRIMARY, false};
  }
}

static bool is_negative(const Expr *expr) {
  if (expr->op != EXPR_LITERAL) return false;
  if (expr->kind == EXPR_KIND_REAL) return expr->real < 0;
  return expr->number.num < 0;
}

/* A comparison within a comparison is what the parser refuses. */
static int level_of(const Expr *expr) {
  return is_negative(expr) ? LEVEL_UNARY : syntax_of(expr->op).level;
}

/* ---- names and texts ---- */

/* Characters that look like signs must not be part of a name. */
static bool is_name_point(int32_t point) {
  if (point < 0x80) return isalnum(point) || point == '_';
  if (point < 0xC0 || (point >= 0x2000 && point <= 0x206F)) return false;
  if (point >= 0x3000 && point <= 0x3020) return point == 0x3007; /* 〇 */
  if (point >= 0xFF00 && point <= 0xFF65)
    return (point >= 0xFF10 && point <= 0xFF19) ||
           (point >= 0xFF21 && point <= 0xFF3A) ||
           (point >= 0xFF41 && point <= 0xFF5A);
  return point != 0xD7 && point != 0xF7 && point != 0xFEFF &&
         !(point >= 0x2190 && point <= 0x22FF); /* arrows, mathematics */
}

static bool is_reserved(const char *name) {
  static const char *const words[] = {"and",  "or",    "not",
                                      "true", "false", "nil"};
  for (size_t i = 0; i < sizeof words / sizeof *words; i++)
    if (strcmp(name, words[i]) == 0) return true;
  return false;
}

static bool is_name(const char *text, size_t len) {
  if (len == 0 || isdigit((unsigned char)text[0]) || is_reserved(text))
    return false;
  for (size_t at = 0; at < len;) {
    int32_t point;
    size_t used = text_decode(text + at, len - at, &point);
    if (used == 0 || !is_name_point(point)) return false;
    at += used;
  }
  return true;
}

static int print_text(const char *text, size_t len, Buf *out, Err *err) {
  if (buf_add_byte(out, '"', err) != 0) return -1;
  for (size_t i = 0; i < len; i++) {
    unsigned char c = (unsigned char)text[i];
    char escape[8];
    if (c == '"' || c == '\\') snprintf(escape, sizeof escape, "\\%c", c);
    else if (c == '\n') snprintf(escape, sizeof escape, "\\n");
    else if (c < 0x20 || c == 0x7F)
      snprintf(escape, sizeof escape, "\\%03d", c);
    else snprintf(escape, sizeof escape, "%c", c);
    if (buf_add_text(out, escape, err) != 0) return -1;
  }
  return buf_add_byte(out, '"', err);
}

static int print_column(const Expr *expr, Buf *out, Err *err) {
  if (is_name(expr->text, expr->len))
    return buf_add(out, expr->text, expr->len, err);
  if (buf_add_text(out, "col", err) != 0) return -1;
  return print_text(expr->text, expr->len, out, err);
}

/* A real keeps its exponent: that is how it is told from a decimal. */
static int print_real(double value, Buf *out, Err *err) {
  char text[DECIMAL_TEXT_SIZE + 4];
  size_t len = real_print(value, text);
  if (text[strspn(text, "-.0123456789")] == '\0') strcpy(text + len, "e0");
  return buf_add_text(out, text, err);
}

static int print_literal(const Expr *expr, Buf *out, Err *err) {
  char text[DECIMAL_TEXT_SIZE];
  switch (expr->kind) {
    case EXPR_KIND_NA: return buf_add_text(out, "nil", err);
    case EXPR_KIND_BOOL:
      return buf_add_text(out, expr->number.num ? "true" : "false", err);
    case EXPR_KIND_TEXT: return print_text(expr->text, expr->len, out, err);
    case EXPR_KIND_REAL: return print_real(expr->real, out, err);
    default:
      decimal_print(expr->number, text);
      return buf_add_text(out, text, err);
  }
}

/* ---- nodes ---- */

static int print_operand(const Expr *expr, bool enclosed, Buf *out, Err *err) {
  if (enclosed && buf_add_byte(out, '(', err) != 0) return -1;
  if (expr_print(expr, out, err) != 0) return -1;
  return enclosed ? buf_add_byte(out, ')', err) : 0;
}

static int print_unary(const Expr *expr, Buf *out, Err *err) {
  const Expr *operand = expr->args[0];
  if (buf_add_text(out, syntax_of(expr->op).sign, err) != 0) return -1;
  /* "--" would begin a comment in Lua, and -2 ^ 2 is -(2 ^ 2) */
  bool minus = expr->op == EXPR_NEGATE &&
               (operand->op == EXPR_NEGATE || is_negative(operand));
  return print_operand(operand, minus || level_of(operand) < LEVEL_UNARY, out,
                       err);
}

static bool is_comparison(ExprOp op) { return op >= EXPR_EQ && op <= EXPR_GE; }

static int print_binary(const Expr *expr, Buf *out, Err *err) {
  Syntax syntax = syntax_of(expr->op);
  int left = level_of(expr->args[0]), right = level_of(expr->args[1]);
  bool tie = is_comparison(expr->op);
  bool left_enclosed = left < syntax.level ||
                       (left == syntax.level && (syntax.from_right || tie));
  bool right_enclosed = right < syntax.level ||
                        (right == syntax.level && (!syntax.from_right || tie));
  if (expr->op == EXPR_POWER && right == LEVEL_UNARY) right_enclosed = false;
  if (print_operand(expr->args[0], left_enclosed, out, err) != 0) return -1;
  if (buf_add_text(out, syntax.sign, err) != 0) return -1;
  return print_operand(expr->args[1], right_enclosed, out, err);
}

static int print_call(const Expr *expr, Buf *out, Err *err) {
  if (buf_add_text(out, expr->function->name, err) != 0) return -1;
  for (size_t i = 0; i < expr->nargs; i++) {
    if (buf_add_text(out, i == 0 ? "(" : ", ", err) != 0) return -1;
    if (expr_print(expr->args[i], out, err) != 0) return -1;
  }
  return buf_add_byte(out, ')', err);
}

int expr_print(const Expr *expr, Buf *out, Err *err) {
  switch (expr->op) {
    case EXPR_COLUMN: return print_column(expr, out, err);
    case EXPR_LITERAL: return print_literal(expr, out, err);
    case EXPR_CALL: return print_call(expr, out, err);
    case EXPR_NEGATE:
    case EXPR_NOT: return print_unary(expr, out, err);
    default: return print_binary(expr, out, err);
  }
}

/* ---- for messages ---- */

/* The bytes of at most `most` that end with a whole character. */
static size_t clip(const char *text, size_t len, size_t most) {
  if (len <= most) return len;
  while (most > 0 && ((unsigned char)text[most] & 0xC0) == 0x80) most--;
  return most;
}

static const char *put_clipped(const char *text, size_t len, char *out) {
  enum { MOST = 120 };
  size_t used = clip(text, len, MOST);
  snprintf(out, EXPR_BRIEF_SIZE, "%.*s%s", (int)used, text,
           used < len ? "..." : "");
  return out;
}

const char *expr_brief(const Expr *expr, char *out) {
  Buf text = {0};
  Err err; /* no memory: less text is better than no message */
  expr_print(expr, &text, &err);
  put_clipped(text.data == NULL ? "" : text.data, text.len, out);
  buf_free(&text);
  return out;
}

const char *expr_describe(const Expr *expr, const Value *value, char *out) {
  char type[24] = "missing", text[EXPR_BRIEF_SIZE];
  if (!value->untyped) column_type_name(value->column, type);
  if (expr->op == EXPR_COLUMN)
    snprintf(out, EXPR_BRIEF_SIZE, "column '%.180s' is %s",
             put_clipped(expr->text, expr->len, text), type);
  else
    snprintf(out, EXPR_BRIEF_SIZE, "%.180s is %s", expr_brief(expr, text),
             type);
  return out;
}
