#include "io/store_guess.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

/* Doubles hold every integer up to here. */
static const int64_t EXACT_MOST = (int64_t)1 << 53;

/* ---- the declaration ---- */

/* s of "decimal(p, s)" and the like, or -1. */
static int parse_scale(const char *declared) {
  const char *open = strchr(declared, '(');
  if (open == NULL) return -1;
  char *stop;
  long precision = strtol(open + 1, &stop, 10), scale = 0;
  while (*stop == ' ') stop++;
  if (*stop == ',') scale = strtol(stop + 1, &stop, 10);
  while (*stop == ' ') stop++;
  bool sane = *stop == ')' && scale >= 0 && scale <= precision;
  return sane && scale <= DECIMAL_MAX_SCALE ? (int)scale : -1;
}

static bool says(const char *declared, const char *word) {
  char pattern[16];
  snprintf(pattern, sizeof pattern, "*%s*", word);
  char *lower = sqlite3_mprintf("%s", declared);
  for (char *at = lower; at != NULL && *at != '\0'; at++)
    if (*at >= 'A' && *at <= 'Z') *at = (char)(*at + 'a' - 'A');
  bool found = lower != NULL && sqlite3_strglob(pattern, lower) == 0;
  sqlite3_free(lower);
  return found;
}

void read_guess_declared(ReadColumn *column, const char *declared) {
  column->type = COLUMN_TEXT;
  column->declared_scale = -1;
  if (declared == NULL) return;
  if (says(declared, "dec") || says(declared, "num"))
    column->declared_scale = parse_scale(declared);
  if (column->declared_scale >= 0) {
    column->type = COLUMN_DECIMAL;
    column->scale = column->declared_scale;
  } else if (says(declared, "int")) {
    column->type = COLUMN_INT;
  } else if (says(declared, "real") || says(declared, "floa") ||
             says(declared, "doub")) {
    column->type = COLUMN_REAL;
  }
}

/* ---- the first look ---- */

/* A real number as the decimal that people would write for it. */
static bool as_decimal(double value, Decimal *out) {
  char text[DECIMAL_TEXT_SIZE];
  size_t len = real_print(value, text);
  return decimal_parse(text, len, (DecimalStyle){'.'}, out, NULL) == DECIMAL_OK;
}

static void look_at_decimal(ReadColumn *column, Decimal value) {
  Decimal fitted;
  if (value.scale > column->largest_scale) column->largest_scale = value.scale;
  if (value.scale > column->declared_scale ||
      decimal_rescale(value, column->declared_scale, ROUND_HALF_EVEN,
                      &fitted) != 0)
    column->inexact = true;
}

void read_look(ReadColumn *column, sqlite3_stmt *stmt) {
  int type = sqlite3_column_type(stmt, column->at);
  column->counts[type]++;
  if (column->scale_at >= 0) {
    int scale = sqlite3_column_int(stmt, column->scale_at);
    if (scale > column->largest_scale) column->largest_scale = scale;
    return;
  }
  Decimal value = {0};
  if (type == SQLITE_INTEGER) {
    value.num = sqlite3_column_int64(stmt, column->at);
    if (value.num > EXACT_MOST || value.num < -EXACT_MOST) column->wide = true;
  } else if (type == SQLITE_FLOAT && column->declared_scale >= 0) {
    if (!as_decimal(sqlite3_column_double(stmt, column->at), &value))
      column->inexact = true;
  }
  bool number = type == SQLITE_INTEGER || type == SQLITE_FLOAT;
  if (number && column->declared_scale >= 0) look_at_decimal(column, value);
}

static const char *decide_number(ReadColumn *column) {
  bool ints = column->counts[SQLITE_INTEGER] > 0;
  bool reals = column->counts[SQLITE_FLOAT] > 0;
  if (column->declared_scale >= 0 && !column->inexact) {
    column->type = COLUMN_DECIMAL;
    column->scale = column->declared_scale;
    return reals ? "stored as floating-point numbers, read as decimals" : NULL;
  }
  column->type = reals ? COLUMN_REAL : COLUMN_INT;
  column->scale = 0;
  if (ints && reals && column->wide) {
    column->type = COLUMN_TEXT;
    return "integers too large for the floating-point numbers among them, "
           "read as text";
  }
  if (column->declared_scale >= 0)
    return "not all numbers have the declared decimals";
  return ints && reals ? "integers and floating-point numbers, read as the "
                         "latter"
                       : NULL;
}

const char *read_decide(ReadColumn *column) {
  if (column->scale_at >= 0) {
    column->scale = column->largest_scale > DECIMAL_MAX_SCALE
                        ? DECIMAL_MAX_SCALE /* no row of it will fit */
                        : column->largest_scale;
    return NULL;
  }
  int64_t numbers =
      column->counts[SQLITE_INTEGER] + column->counts[SQLITE_FLOAT];
  int64_t texts = column->counts[SQLITE_TEXT];
  int64_t blobs = column->counts[SQLITE_BLOB];
  if (numbers + texts + blobs == 0) return NULL; /* as declared */
  if (texts + blobs == 0) return decide_number(column);
  column->type = COLUMN_TEXT;
  column->scale = 0;
  if (blobs > 0) return "bytes, read as text X'..'";
  return numbers > 0 ? "numbers and texts, read as text" : NULL;
}

/* ---- building ---- */

static int wrong_cell(sqlite3_stmt *stmt, int at, const char *want, Err *err) {
  const char *text = (const char *)sqlite3_column_text(stmt, at);
  return err_set(err, ERR_DATA, "'%.40s' is not %s", text == NULL ? "" : text,
                 want);
}

static int build_blob(ReadColumn *column, sqlite3_stmt *stmt, Err *err) {
  static const char digits[] = "0123456789ABCDEF";
  Buf text = {0};
  const unsigned char *bytes = sqlite3_column_blob(stmt, column->at);
  int n = sqlite3_column_bytes(stmt, column->at);
  int status = buf_reserve(&text, 2 * (size_t)n + 3, err);
  if (status == 0) {
    buf_add_text(&text, "X'", err); /* there is room */
    for (int i = 0; i < n; i++) {
      buf_add_byte(&text, digits[bytes[i] >> 4], err);
      buf_add_byte(&text, digits[bytes[i] & 15], err);
    }
    buf_add_byte(&text, '\'', err);
    status = column_add_text(column->builder, text.data, text.len, err);
  }
  buf_free(&text);
  return status;
}

static int build_text(ReadColumn *column, sqlite3_stmt *stmt, Err *err) {
  int type = sqlite3_column_type(stmt, column->at);
  char scratch[DECIMAL_TEXT_SIZE];
  if (type == SQLITE_BLOB) return build_blob(column, stmt, err);
  if (type == SQLITE_FLOAT) { /* SQLite's own text has 15 digits only */
    size_t len = real_print(sqlite3_column_double(stmt, column->at), scratch);
    return column_add_text(column->builder, scratch, len, err);
  }
  const char *text = (const char *)sqlite3_column_text(stmt, column->at);
  if (text == NULL) return err_memory(err);
  return column_add_text(column->builder, text,
                         (size_t)sqlite3_column_bytes(stmt, column->at), err);
}

static int build_decimal(ReadColumn *column, sqlite3_stmt *stmt, Err *err) {
  Decimal value = {0};
  bool real = sqlite3_column_type(stmt, column->at) == SQLITE_FLOAT;
  if (real && !as_decimal(sqlite3_column_double(stmt, column->at), &value))
    return wrong_cell(stmt, column->at, "a decimal", err);
  if (!real) value.num = sqlite3_column_int64(stmt, column->at);
  if (column->scale_at >= 0)
    value.scale = sqlite3_column_int(stmt, column->scale_at);
  else if (!real && column->known)
    value.scale = column->scale; /* minor units */
  if (value.scale < 0 || value.scale > column->scale ||
      decimal_rescale(value, column->scale, ROUND_HALF_EVEN, &value) != 0)
    return err_set(err, ERR_DATA, "the amount does not fit in 64 bits");
  return column_add_int(column->builder, value.num, err);
}

static int build_period(ReadColumn *column, sqlite3_stmt *stmt, Err *err) {
  const char *text = (const char *)sqlite3_column_text(stmt, column->at);
  size_t len = (size_t)sqlite3_column_bytes(stmt, column->at);
  PeriodUnit unit;
  int64_t value;
  if (text == NULL || period_parse(text, len, &unit, &value) != 0 ||
      unit != column->period)
    return wrong_cell(stmt, column->at, period_unit_name(column->period), err);
  return column_add_int(column->builder, value, err);
}

static bool is_integer(sqlite3_stmt *stmt, int at) {
  return sqlite3_column_type(stmt, at) == SQLITE_INTEGER;
}

int read_build(ReadColumn *column, sqlite3_stmt *stmt, Err *err) {
  int at = column->at, type = sqlite3_column_type(stmt, at);
  if (type == SQLITE_NULL) return column_add_na(column->builder, err);
  bool number = type == SQLITE_INTEGER || type == SQLITE_FLOAT;
  switch (column->type) {
    case COLUMN_TEXT: return build_text(column, stmt, err);
    case COLUMN_PERIOD: return build_period(column, stmt, err);
    case COLUMN_REAL:
      if (!number) return wrong_cell(stmt, at, "a number", err);
      return column_add_real(column->builder, sqlite3_column_double(stmt, at),
                             err);
    case COLUMN_DECIMAL:
      if (!number || (column->known && type != SQLITE_INTEGER))
        return wrong_cell(stmt, at, "an amount in whole minor units", err);
      return build_decimal(column, stmt, err);
    case COLUMN_BOOL:
      if (!is_integer(stmt, at) || sqlite3_column_int64(stmt, at) >> 1 != 0)
        return wrong_cell(stmt, at, "a bool (0 or 1)", err);
      return column_add_bool(column->builder, sqlite3_column_int(stmt, at) == 1,
                             err);
    default:
      if (!is_integer(stmt, at))
        return wrong_cell(stmt, at, "a whole number", err);
      return column_add_int(column->builder, sqlite3_column_int64(stmt, at),
                            err);
  }
}
