/* Functions of texts. They are asked once per distinct text, when it first
   turns up, and the rows then only look the answer up. Characters are code
   points. */
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "base/mem.h"
#include "base/text.h"
#include "verbs/expr_tree.h"

/* What a text becomes: bytes appended to `out`. */
typedef struct Change {
  int (*apply)(const struct Change *change, const char *text, size_t len,
               Buf *out, Err *err);
  int64_t from, to;         /* of sub */
  const char *left, *right; /* of concat, around the text */
  size_t left_len, right_len;
} Change;

static int check_text(Eval *eval, const Expr *expr, const Value *args) {
  if (args[0].untyped || args[0].column->type == COLUMN_TEXT) return 0;
  return value_wrong(eval, expr, expr->args[0], &args[0], "text");
}

static int change_cell(const Column *from, size_t row, const Change *change,
                       Buf *scratch, Dict *dict, uint32_t *code, Err *err) {
  size_t len;
  const char *text = column_text(from, row, &len);
  scratch->len = 0;
  if (change->apply(change, text, len, scratch, err) != 0) return -1;
  *code = dict_add(dict, scratch->data == NULL ? "" : scratch->data,
                   scratch->len, err);
  return *code == DICT_NONE ? -1 : 0;
}

static int change_rows(Eval *eval, const Column *from, const Change *change,
                       uint32_t *codes, Column *to) {
  Buf scratch = {0};
  int status = 0;
  memset(codes, 0xFF, dict_count(from->dict) * sizeof *codes); /* DICT_NONE */
  for (size_t row = 0; status == 0 && row < to->nrows; row++) {
    if (column_is_na(to, row)) continue;
    uint32_t *code = &codes[from->codes[row]];
    if (*code == DICT_NONE)
      status =
          change_cell(from, row, change, &scratch, to->dict, code, eval->err);
    to->codes[row] = *code;
  }
  buf_free(&scratch);
  return status;
}

/* A new text for every text of `arg`. */
static int change_texts(Eval *eval, const Value *arg, const Change *change,
                        Value *out) {
  if (arg->untyped) return value_set_untyped(eval, out);
  if (value_new(eval, COLUMN_TEXT, arg, 1, out) != 0) return -1;
  const Column *from = arg->column;
  uint32_t *codes = mem_array(dict_count(from->dict), sizeof *codes);
  if (codes == NULL) return err_memory(eval->err);
  int status = change_rows(eval, from, change, codes, out->column);
  free(codes);
  return status;
}

/* ---- lower, upper ---- */

typedef int32_t (*MapPoint)(int32_t);

static int map_points(const char *text, size_t len, Buf *out, MapPoint map,
                      Err *err) {
  for (size_t at = 0; at < len;) {
    int32_t point;
    char bytes[4];
    size_t used = text_decode(text + at, len - at, &point);
    int status = used == 0
                     ? buf_add_byte(out, text[at], err)
                     : buf_add(out, bytes, text_encode(map(point), bytes), err);
    if (status != 0) return -1;
    at += used == 0 ? 1 : used;
  }
  return 0;
}

static int apply_lower(const Change *change, const char *text, size_t len,
                       Buf *out, Err *err) {
  (void)change;
  return map_points(text, len, out, utf8proc_tolower, err);
}

static int apply_upper(const Change *change, const char *text, size_t len,
                       Buf *out, Err *err) {
  (void)change;
  return map_points(text, len, out, utf8proc_toupper, err);
}

int expr_lower(Eval *eval, const Expr *expr, Value *args, Value *out) {
  if (check_text(eval, expr, args) != 0) return -1;
  return change_texts(eval, &args[0], &(Change){.apply = apply_lower}, out);
}

int expr_upper(Eval *eval, const Expr *expr, Value *args, Value *out) {
  if (check_text(eval, expr, args) != 0) return -1;
  return change_texts(eval, &args[0], &(Change){.apply = apply_upper}, out);
}

/* ---- sub ---- */

/* Indices as string.sub has them, on characters. */
static int apply_sub(const Change *change, const char *text, size_t len,
                     Buf *out, Err *err) {
  int64_t count = (int64_t)text_count(text, len);
  int64_t from = change->from, to = change->to;
  if (from < 0) from = from < -count ? 1 : count + from + 1;
  if (from == 0) from = 1;
  if (to < 0) to = to < -count ? 0 : count + to + 1;
  if (to > count) to = count;
  if (from > to) return 0;
  size_t begin = text_offset(text, len, (size_t)from - 1);
  size_t size = text_offset(text + begin, len - begin, (size_t)(to - from) + 1);
  return buf_add(out, text + begin, size, err);
}

/* A constant whole number: the same for all rows. */
static int constant_int(Eval *eval, const Expr *expr, const Value *args,
                        size_t i, int64_t *out) {
  const Value *value = &args[i];
  bool good = value->scalar && !value->untyped &&
              value->column->type == COLUMN_INT && !value_is_na(value, 0);
  if (!good)
    return value_wrong(eval, expr, expr->args[i], value,
                       "a constant whole number");
  *out = value->column->ints[0];
  return 0;
}

int expr_sub(Eval *eval, const Expr *expr, Value *args, Value *out) {
  Change change = {.apply = apply_sub, .to = -1};
  if (check_text(eval, expr, args) != 0) return -1;
  if (constant_int(eval, expr, args, 1, &change.from) != 0) return -1;
  if (expr->nargs == 3 && constant_int(eval, expr, args, 2, &change.to) != 0)
    return -1;
  return change_texts(eval, &args[0], &change, out);
}

/* ---- concatenation ---- */

static int apply_concat(const Change *change, const char *text, size_t len,
                        Buf *out, Err *err) {
  if (buf_add(out, change->left, change->left_len, err) != 0) return -1;
  if (buf_add(out, text, len, err) != 0) return -1;
  return buf_add(out, change->right, change->right_len, err);
}

static int concat_row(const Value *args, size_t row, Buf *scratch, Column *to,
                      Err *err) {
  scratch->len = 0;
  for (int i = 0; i < 2; i++) {
    size_t len;
    const char *text =
        column_text(args[i].column, row * value_step(&args[i]), &len);
    if (buf_add(scratch, text, len, err) != 0) return -1;
  }
  to->codes[row] = dict_add(
      to->dict, scratch->data == NULL ? "" : scratch->data, scratch->len, err);
  return to->codes[row] == DICT_NONE ? -1 : 0;
}

static int concat_rows(Eval *eval, const Value *args, Value *out) {
  if (value_new(eval, COLUMN_TEXT, args, 2, out) != 0) return -1;
  Buf scratch = {0};
  int status = 0;
  for (size_t row = 0; status == 0 && row < out->column->nrows; row++)
    if (!column_is_na(out->column, row))
      status = concat_row(args, row, &scratch, out->column, eval->err);
  buf_free(&scratch);
  return status;
}

/* Numbers, periods and bools are written as they print. */
int expr_concat(Eval *eval, const Expr *expr, Value *args, Value *out) {
  if (value_is_scalar_na(&args[0]) || value_is_scalar_na(&args[1]))
    return value_set_na(eval, COLUMN_TEXT, 0, out);
  for (int i = 0; i < 2; i++)
    if (value_cast(eval, expr, &args[i], COLUMN_TEXT, 0) != 0) return -1;
  if (args[0].scalar == args[1].scalar) return concat_rows(eval, args, out);
  Change change = {.apply = apply_concat, .left = "", .right = ""};
  if (args[0].scalar)
    change.left = column_text(args[0].column, 0, &change.left_len);
  else change.right = column_text(args[1].column, 0, &change.right_len);
  return change_texts(eval, &args[args[0].scalar ? 1 : 0], &change, out);
}

/* ---- len, match: an answer per text, not a text ---- */

enum { UNKNOWN = -1 };

int expr_len(Eval *eval, const Expr *expr, Value *args, Value *out) {
  if (check_text(eval, expr, args) != 0) return -1;
  if (args[0].untyped) return value_set_na(eval, COLUMN_INT, 0, out);
  if (value_new(eval, COLUMN_INT, args, 1, out) != 0) return -1;
  const Column *from = args[0].column;
  for (size_t row = 0; row < out->column->nrows; row++) {
    if (column_is_na(out->column, row)) continue;
    size_t len;
    const char *text = column_text(from, row, &len);
    out->column->ints[row] = (int64_t)text_count(text, len);
  }
  return 0;
}

static int match_rows(Eval *eval, const Column *from, const Value *pattern,
                      signed char *answers, Column *to) {
  size_t pattern_len;
  const char *by = column_text(pattern->column, 0, &pattern_len);
  memset(answers, UNKNOWN, dict_count(from->dict));
  for (size_t row = 0; row < to->nrows; row++) {
    if (column_is_na(to, row)) continue;
    signed char *answer = &answers[from->codes[row]];
    if (*answer == UNKNOWN) {
      size_t len;
      const char *text = column_text(from, row, &len);
      int found = eval->host->match(eval->host->data, text, len, by,
                                    pattern_len, eval->err);
      if (found < 0) return -1;
      *answer = (signed char)found;
    }
    to->bools[row] = (uint8_t)*answer;
  }
  return 0;
}

int expr_match(Eval *eval, const Expr *expr, Value *args, Value *out) {
  if (check_text(eval, expr, args) != 0) return -1;
  bool constant =
      args[1].scalar && !args[1].untyped && args[1].column->type == COLUMN_TEXT;
  if (!constant)
    return value_wrong(eval, expr, expr->args[1], &args[1], "a constant text");
  if (args[0].untyped || value_is_scalar_na(&args[1]))
    return value_set_na(eval, COLUMN_BOOL, 0, out);
  if (value_new(eval, COLUMN_BOOL, args, 1, out) != 0) return -1;
  const Column *from = args[0].column;
  signed char *answers = mem_array(dict_count(from->dict), sizeof *answers);
  if (answers == NULL) return err_memory(eval->err);
  int status = match_rows(eval, from, &args[1], answers, out->column);
  free(answers);
  if (status == 0) return 0;
  char brief[EXPR_BRIEF_SIZE];
  return err_at(eval->err, "%s: ", expr_brief(expr, brief));
}
