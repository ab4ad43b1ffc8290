#include "io/store_cell.h"

#include <string.h>

#include "base/text.h"

enum {
  MAX_SCALE = 6,   /* of a figure: the schema's limit */
  SHOWN_WIDTH = 40 /* terminal columns of a text in a message */
};

static const DecimalStyle point = {'.'};

/* The text in quotes, cut to a length that people read. */
static int bad_text(const char *text, size_t len, const char *why, Err *err) {
  size_t shown = text_prefix(text, len, SHOWN_WIDTH);
  return err_set(err, ERR_DATA, "\"%.*s%s\" %s", (int)shown, text,
                 shown < len ? "…" : "", why);
}

static int parse(const char *text, size_t len, Decimal *out, AmountUnit *unit,
                 Err *err) {
  switch (decimal_parse(text, len, point, out, unit)) {
    case DECIMAL_OK: return 0;
    case DECIMAL_RANGE:
      return bad_text(text, len, "has more than 18 digits", err);
    case DECIMAL_EXPONENT:
      return bad_text(text, len, "has an exponent: write all digits", err);
    default: return bad_text(text, len, "is not a number", err);
  }
}

int store_cell_int(const char *text, size_t len, int64_t *out, Err *err) {
  Decimal value;
  if (decimal_parse(text, len, point, &value, NULL) != DECIMAL_OK ||
      value.scale != 0)
    return bad_text(text, len, "is not a whole number", err);
  *out = value.num;
  return 0;
}

int store_cell_number(const char *text, size_t len, Decimal *out, Err *err) {
  if (parse(text, len, out, NULL, err) != 0) return -1;
  if (out->scale <= MAX_SCALE) return 0;
  return bad_text(text, len, "has more than 6 decimals", err);
}

/* num * 10^exponent when that is a whole number with room: 0 or -1. */
static int scale_exactly(int64_t num, int exponent, int64_t *out) {
  if (exponent > 18) return num == 0 ? (*out = 0, 0) : -1;
  if (exponent >= 0)
    return __builtin_mul_overflow(num, pow10_int64(exponent), out) ? -1 : 0;
  int64_t divisor = pow10_int64(-exponent);
  *out = num / divisor;
  return num % divisor == 0 ? 0 : -1;
}

int store_cell_milli(const char *text, size_t len, int64_t *out, Err *err) {
  Decimal value;
  if (parse(text, len, &value, NULL, err) != 0) return -1;
  if (scale_exactly(value.num, 3 - value.scale, out) == 0) return 0;
  return bad_text(text, len, "has more than 3 decimals", err);
}

static int parse_unit(const char *text, AmountUnit *out, Err *err) {
  for (AmountUnit unit = UNIT_YUAN; unit <= UNIT_YI; unit++)
    if (strcmp(unit_text(unit), text) == 0) return *out = unit, 0;
  return bad_text(text, strlen(text),
                  "is not a unit of money (元 千元 万元 百万元 亿元)", err);
}

int store_cell_fen(const char *text, size_t len, const char *unit, int64_t *out,
                   Err *err) {
  Decimal value;
  AmountUnit written = UNIT_NONE, said = UNIT_NONE;
  if (parse(text, len, &value, &written, err) != 0) return -1;
  if (unit != NULL && parse_unit(unit, &said, err) != 0) return -1;
  if (written == UNIT_NONE) written = said;
  if (said != UNIT_NONE && written != said)
    return bad_text(text, len, "has another unit than its row says", err);
  if (written == UNIT_NONE || written == UNIT_PERCENT)
    return bad_text(text, len, "has no unit of money", err);
  int exponent = unit_exponent(written) + 2 - value.scale; /* 元 = 10^2 fen */
  if (scale_exactly(value.num, exponent, out) == 0) return 0;
  if (exponent >= 0) return bad_text(text, len, "is too large", err);
  return bad_text(text, len, "is not a whole number of fen (0.01 元)", err);
}
