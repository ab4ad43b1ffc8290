/* Most cells of most files are bare digits with at most one point: those are
   read here in one loop, everything else is left to base/decimal. */
#include "io/csv_cell.h"

#include <string.h>
#include <strings.h>

static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static bool is_blank(char c) { return c == ' ' || c == '\t'; }

static void trim(const char **text, size_t *len) {
  while (*len > 0 && is_blank((*text)[0])) (*text)++, (*len)--;
  while (*len > 0 && is_blank((*text)[*len - 1])) (*len)--;
}

/* -?digits[.digits], at most 18 digits, no zero before another digit. */
static bool read_plain(const char *text, size_t len, char point, Decimal *out) {
  bool negative = len > 0 && text[0] == '-';
  size_t at = negative, first = at;
  if (len - at > DECIMAL_MAX_DIGITS + 1 || at == len) return false;
  uint64_t value = 0; /* 19 digits fit before they are counted */
  while (at < len && is_digit(text[at]))
    value = value * 10 + (uint64_t)(text[at++] - '0');
  size_t whole = at - first, decimals = 0;
  if (whole == 0 || (whole > 1 && text[first] == '0')) return false;
  if (at < len && text[at] == point) {
    for (at++; at < len && is_digit(text[at]); at++, decimals++)
      value = value * 10 + (uint64_t)(text[at] - '0');
  }
  if (at < len || whole + decimals > DECIMAL_MAX_DIGITS) return false;
  *out = (Decimal){negative ? -(int64_t)value : (int64_t)value, (int)decimals};
  return true;
}

/* The bytes of an ASCII or full-width digit at `text`; 0: it is none. */
static size_t digit_bytes(const char *text, size_t len) {
  if (len > 0 && is_digit(text[0])) return 1;
  bool wide = len > 2 && memcmp(text, "\xEF\xBC", 2) == 0 &&
              (unsigned char)text[2] >= 0x90 && (unsigned char)text[2] <= 0x99;
  return wide ? 3 : 0;
}

/* What stands behind a first digit 0: '0' for a digit, the byte itself
   otherwise; NUL when the number does not start with a zero. */
static char behind_zero(const char *text, size_t len) {
  size_t at = 0;
  while (at < len && digit_bytes(text + at, len - at) == 0) at++;
  size_t bytes = digit_bytes(text + at, len - at);
  if (bytes == 0 || (text[at + bytes - 1] & 0x0F) != 0) return 0;
  at += bytes;
  if (digit_bytes(text + at, len - at) > 0) return '0';
  return at < len ? text[at] : 0;
}

static CsvNumber check_zero(const char *text, size_t len, char point) {
  char next = behind_zero(text, len);
  if (next == '0') return CSV_CODE;
  if ((next == ',' || next == '.') && next != point) return CSV_NO_NUMBER;
  return CSV_NUMBER;
}

enum { EXPONENT_MOST = 64 }; /* no number in C notation is longer */

/* A number with an exponent, written with `point`. */
static CsvNumber read_exponent(const char *text, size_t len, char point,
                               double *out) {
  char copy[EXPONENT_MOST];
  trim(&text, &len);
  if (len > EXPONENT_MOST) return CSV_NO_NUMBER;
  for (size_t i = 0; i < len; i++) {
    if (text[i] == '\0' || strchr("0123456789+-.,eE", text[i]) == NULL)
      return CSV_NO_NUMBER;
    if ((text[i] == '.' || text[i] == ',') && text[i] != point)
      return CSV_NO_NUMBER;
    copy[i] = text[i] == point ? '.' : text[i];
  }
  Decimal ignored;
  if (decimal_parse(copy, len, (DecimalStyle){'.'}, &ignored, NULL) !=
      DECIMAL_EXPONENT)
    return CSV_NO_NUMBER;
  return real_parse(copy, len, out) == 0 ? CSV_EXPONENT : CSV_HUGE;
}

/* ---- currencies ---- */

/* Signs, and what they are called; longer ones first. */
static const struct {
  const char *sign, *name;
} currencies[] = {
    {"US$", "USD"}, {"A$", "AUD"},  {"C$", "CAD"},  {"NZ$", "NZD"},
    {"HK$", "HKD"}, {"NT$", "TWD"}, {"R$", "BRL"},  {"$", "$"},
    {"€", "EUR"},   {"£", "GBP"},   {"¥", "CNY"},   {"￥", "CNY"},
    {"₹", "INR"},   {"₽", "RUB"}, {"₩", "KRW"},   {"₺", "TRY"},
    {"₴", "UAH"},   {"EUR", "EUR"}, {"USD", "USD"}, {"GBP", "GBP"},
    {"CHF", "CHF"}, {"PLN", "PLN"}, {"CZK", "CZK"}, {"SEK", "SEK"},
    {"NOK", "NOK"}, {"DKK", "DKK"}, {"HUF", "HUF"}, {"CNY", "CNY"},
    {"RMB", "CNY"}, {"AUD", "AUD"}, {"CAD", "CAD"}, {"zł", "PLN"},
    {"Kč", "CZK"},  {"Ft", "HUF"},  {"kr.", "kr"},  {"kr", "kr"}};

enum { CURRENCY_MOST = 64 }; /* no amount is longer */

/* Whether there may be a digit: 0 to 9, or the lead of a full-width one. Most
   texts have none, and then need not be searched for signs. */
static bool may_have_digit(const char *text, size_t len) {
  for (size_t i = 0; i < len; i++)
    if ((text[i] >= '0' && text[i] <= '9') || text[i] == '\xEF') return true;
  return false;
}

/* The sign of an amount in a text, with its place; -1 for none. */
static int find_currency(const char *text, size_t len, size_t *at) {
  if (len > CURRENCY_MOST || !may_have_digit(text, len)) return -1;
  for (size_t i = 0; i < sizeof currencies / sizeof *currencies; i++) {
    const char *sign = currencies[i].sign;
    const char *found = memmem(text, len, sign, strlen(sign));
    if (found == NULL) continue;
    *at = (size_t)(found - text);
    return (int)i;
  }
  return -1;
}

const char *csv_cell_currency(const char *text, size_t len) {
  size_t at;
  int found = find_currency(text, len, &at);
  return found < 0 ? NULL : currencies[found].name;
}

static CsvNumber read_number(const char *text, size_t len, char point,
                             Decimal *out, AmountUnit *unit) {
  double ignored;
  *unit = UNIT_NONE;
  switch (decimal_parse(text, len, (DecimalStyle){point}, out, unit)) {
    case DECIMAL_OK: return check_zero(text, len, point);
    case DECIMAL_RANGE: return CSV_DIGITS;
    default: return read_exponent(text, len, point, &ignored);
  }
}

/* Once more without the currency's sign, which may stand before the number,
   behind it, and between it and a minus: -$5, $-5, ($5), 5 €, € 1,5 mln. */
static CsvNumber read_money(const char *text, size_t len, char point,
                            Decimal *out, AmountUnit *unit) {
  char copy[CURRENCY_MOST];
  size_t at;
  int found = find_currency(text, len, &at);
  if (found < 0) return CSV_NO_NUMBER;
  size_t n = strlen(currencies[found].sign), stop = at + n;
  while (stop < len && is_blank(text[stop])) stop++;
  memcpy(copy, text, at);
  memcpy(copy + at, text + stop, len - stop);
  CsvNumber read = read_number(copy, at + len - stop, point, out, unit);
  return read == CSV_CODE ? CSV_NO_NUMBER : read;
}

CsvNumber csv_cell_number(const char *text, size_t len, char point,
                          Decimal *out, AmountUnit *unit) {
  *unit = UNIT_NONE;
  if (read_plain(text, len, point, out)) return CSV_NUMBER;
  CsvNumber read = read_number(text, len, point, out, unit);
  if (read != CSV_NO_NUMBER) return read;
  return read_money(text, len, point, out, unit);
}

int csv_cell_real(const char *text, size_t len, char point, double *out) {
  Decimal value;
  AmountUnit unit;
  switch (csv_cell_number(text, len, point, &value, &unit)) {
    case CSV_NUMBER:
    case CSV_CODE: *out = decimal_to_double(value); return 0;
    case CSV_EXPONENT: read_exponent(text, len, point, out); return 0;
    case CSV_DIGITS: trim(&text, &len); return real_parse(text, len, out);
    default: return -1;
  }
}

int csv_cell_bool(const char *text, size_t len, bool *out) {
  trim(&text, &len);
  *out = len == 4 && strncasecmp(text, "true", 4) == 0;
  return *out || (len == 5 && strncasecmp(text, "false", 5) == 0) ? 0 : -1;
}

int csv_cell_period(const char *text, size_t len, PeriodUnit *unit,
                    int64_t *out) {
  trim(&text, &len);
  return period_parse(text, len, unit, out);
}

bool csv_cell_is_blank(const char *text, size_t len) {
  trim(&text, &len);
  return len == 0;
}

bool csv_cell_is_dash(const char *text, size_t len) {
  /* A digit cannot be one: spares the parser nearly every cell. */
  if (len == 0 || len > 12 || is_digit(text[len - 1])) return false;
  Decimal ignored;
  return decimal_parse(text, len, (DecimalStyle){'.'}, &ignored, NULL) ==
         DECIMAL_DASH;
}

bool csv_cell_is_na_word(const char *text, size_t len) {
  static const char *const words[] = {
      "na",    "n.a.",    "n.a",     "n/a",    "n.a",   "nan",    "-nan",
      "null",  "nfp",     "n.f.p.",  "nd",     "n.d.",  "n/d",    "n.v.t.",
      "nvt",   "k.a.",    "s.o.",    "n.r.",   "n/r",   "n.e.",   ".",
      "..",    "...",     "…",       "--",     "---",   "#n/a",   "#na",
      "#ref!", "#div/0!", "#value!", "#name?", "#num!", "#null!", "#####",
      "tbd",   "tba",     "不适用",  "不適用", "缺",    "暂缺",   "未公开"};
  if (len == 0 || len > 16 || is_digit(text[len - 1])) return false;
  trim(&text, &len);
  for (size_t i = 0; i < sizeof words / sizeof *words; i++)
    if (strlen(words[i]) == len && strncasecmp(words[i], text, len) == 0)
      return true;
  return false;
}

CsvNumber csv_cell_own_mark(const char *text, size_t len, Decimal *out,
                            AmountUnit *unit, bool *doubtful) {
  Decimal other;
  AmountUnit ignored;
  *doubtful = false;
  CsvNumber found = csv_cell_number(text, len, '.', out, unit);
  CsvNumber second = csv_cell_number(text, len, ',', &other, &ignored);
  if (second == CSV_NO_NUMBER) return found;
  if (found == CSV_NO_NUMBER) {
    *out = other;
    *unit = ignored;
    return second;
  }
  if (found == second &&
      (found > CSV_CODE || decimal_compare(*out, other) == 0))
    return found;
  *doubtful = true;
  return CSV_NO_NUMBER;
}

bool csv_cell_is_doubtful(const char *text, size_t len) {
  /* One mark and three digits behind it: only there do the two differ. */
  while (len > 0 && !is_digit(text[len - 1])) len--;
  if (len < 5 || (text[len - 4] != '.' && text[len - 4] != ',')) return false;
  Decimal ignored;
  AmountUnit unit;
  bool doubtful;
  csv_cell_own_mark(text, len, &ignored, &unit, &doubtful);
  return doubtful;
}

/* ---- hints ---- */

enum { HINT_MOST = 40 }; /* no amount is longer */

/* Would the text be a number with one letter read as a digit? */
static bool is_misread(const char *text, size_t len, char point,
                       const char *letters, char digit) {
  char copy[HINT_MOST];
  bool found = false;
  for (size_t i = 0; i < len; i++) {
    bool letter = strchr(letters, text[i]) != NULL;
    copy[i] = letter ? digit : text[i];
    found = found || letter;
  }
  Decimal value;
  AmountUnit unit;
  return found && csv_cell_number(copy, len, point, &value, &unit) <= CSV_CODE;
}

const char *csv_cell_hint(const char *text, size_t len, char point) {
  if (len == 0) return "empty text in quotes";
  if (len >= HINT_MOST) return NULL;
  if (is_misread(text, len, point, "Oo", '0')) return "letter O?";
  if (is_misread(text, len, point, "l", '1')) return "letter l?";
  if (is_misread(text, len, point, "I", '1')) return "letter I?";
  Decimal value;
  AmountUnit unit;
  char other = point == '.' ? ',' : '.';
  if (csv_cell_number(text, len, other, &value, &unit) <= CSV_CODE)
    return point == '.' ? "decimal comma? use --decimal ,"
                        : "decimal point? use --decimal .";
  return csv_cell_currency(text, len) != NULL ? "currency sign?" : NULL;
}
