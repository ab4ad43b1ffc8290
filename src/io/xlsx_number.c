/* Rounding is done on the digits of the text: no double is made of money. */
#include "io/xlsx_number.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/decimal.h"

/* ---- formats ---- */

typedef struct Letters {
  bool y, m, d, h, s;
} Letters;

static void see_letter(Letters *seen, char c) {
  switch (c | 0x20) {
    case 'y': seen->y = true; break;
    case 'm': seen->m = true; break;
    case 'd': seen->d = true; break;
    case 'h': seen->h = true; break;
    case 's': seen->s = true; break;
    default: break;
  }
}

/* Letters outside of quotes, escapes and brackets; only the first section, as
   the others are for negative numbers and texts. */
static Letters letters_of(const char *code) {
  Letters seen = {false, false, false, false, false};
  bool quoted = false, bracket = false;
  for (; *code != '\0' && (*code != ';' || quoted); code++) {
    if (*code == '"') quoted = !quoted;
    else if (quoted) continue;
    else if (*code == '\\' || *code == '_' || *code == '*')
      code += code[1] != '\0';
    else if (*code == '[') bracket = true;
    else if (*code == ']') bracket = false;
    else if (!bracket) see_letter(&seen, *code);
  }
  return seen;
}

static bool is_general(const char *code) {
  return strncmp(code, "General", 7) == 0 || strncmp(code, "Standard", 8) == 0;
}

XlsxFormat xlsx_format_of(const char *code) {
  if (is_general(code)) return XLSX_PLAIN;
  Letters seen = letters_of(code);
  bool clock = seen.h || seen.s;
  if (seen.d || (seen.y && clock)) return clock ? XLSX_MOMENT : XLSX_DAY;
  if (seen.y) return seen.m ? XLSX_MONTH : XLSX_YEAR;
  if (clock) return XLSX_TIME;
  return seen.m ? XLSX_MONTH : XLSX_PLAIN;
}

/* ECMA-376 part 1, 18.8.30, with the East Asian ones. */
XlsxFormat xlsx_format_built_in(long id) {
  static const struct {
    long from, to;
    XlsxFormat format;
  } list[] = {{14, 16, XLSX_DAY},    {17, 17, XLSX_MONTH}, {18, 21, XLSX_TIME},
              {22, 22, XLSX_MOMENT}, {27, 27, XLSX_MONTH}, {28, 31, XLSX_DAY},
              {32, 35, XLSX_TIME},   {36, 36, XLSX_MONTH}, {45, 47, XLSX_TIME},
              {50, 50, XLSX_MONTH},  {51, 51, XLSX_DAY},   {52, 52, XLSX_MONTH},
              {53, 54, XLSX_DAY},    {55, 55, XLSX_MONTH}, {56, 56, XLSX_DAY},
              {57, 57, XLSX_MONTH},  {58, 58, XLSX_DAY}};
  for (size_t i = 0; i < sizeof list / sizeof *list; i++)
    if (id >= list[i].from && id <= list[i].to) return list[i].format;
  return XLSX_PLAIN;
}

/* ---- numbers ---- */

enum { DIGITS_MOST = 40, SIGNIFICANT = 15 };

/* digits[0].digits[1]... * 10^exponent */
typedef struct Digits {
  bool negative, whole; /* whole: neither point nor exponent */
  int n;
  int exponent;
  char digits[DIGITS_MOST];
} Digits;

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

static bool take_exponent(const char *text, size_t len, Digits *out) {
  size_t at = 1;
  bool negative = at < len && text[at] == '-';
  if (at < len && (text[at] == '-' || text[at] == '+')) at++;
  if (at == len || len - at > 4) return false;
  int value = 0;
  for (; at < len; at++) {
    if (!is_digit(text[at])) return false;
    value = value * 10 + (text[at] - '0');
  }
  out->exponent += negative ? -value : value;
  return true;
}

static bool take_digits(const char *text, size_t len, Digits *out) {
  *out = (Digits){.whole = true, .exponent = -1};
  size_t at = 0;
  out->negative = len > 0 && text[0] == '-';
  if (len > 0 && (text[0] == '-' || text[0] == '+')) at++;
  bool point = false, any = false;
  for (; at < len && (is_digit(text[at]) || text[at] == '.'); at++) {
    if (text[at] == '.') {
      if (point) return false;
      point = true;
      out->whole = false;
      continue;
    }
    any = true;
    bool leading = out->n == 0 && text[at] == '0';
    if (!leading && out->n == DIGITS_MOST) return false;
    if (!leading) out->digits[out->n++] = text[at];
    /* a digit before the point, or a zero behind it before all others */
    if (!point && !leading) out->exponent++;
    if (point && leading) out->exponent--;
  }
  if (!any) return false;
  if (at == len) return true;
  out->whole = false;
  return (text[at] == 'e' || text[at] == 'E') &&
         take_exponent(text + at, len - at, out);
}

/* Half to even at SIGNIFICANT digits; 9.99... may become 10. */
static void round_digits(Digits *d) {
  if (d->n > SIGNIFICANT && !(d->whole && d->n <= DECIMAL_MAX_DIGITS)) {
    int next = d->digits[SIGNIFICANT] - '0';
    bool rest = false;
    for (int i = SIGNIFICANT + 1; i < d->n; i++) rest |= d->digits[i] != '0';
    bool odd = (d->digits[SIGNIFICANT - 1] - '0') % 2 != 0;
    d->n = SIGNIFICANT;
    bool up = next > 5 || (next == 5 && (rest || odd));
    int i = SIGNIFICANT - 1;
    for (; up && i >= 0; i--) {
      up = d->digits[i] == '9';
      d->digits[i] = up ? '0' : (char)(d->digits[i] + 1);
    }
    if (up) { /* every digit was a nine */
      d->digits[0] = '1';
      d->exponent++;
    }
  }
  while (d->n > 0 && d->digits[d->n - 1] == '0') d->n--;
}

size_t xlsx_number_text(const char *text, size_t len,
                        char out[XLSX_NUMBER_SIZE]) {
  Digits d;
  if (!take_digits(text, len, &d)) return 0;
  round_digits(&d);
  if (d.n == 0) return out[0] = '0', 1;
  int decimals = d.n - 1 - d.exponent;
  if (d.exponent >= DECIMAL_MAX_DIGITS || decimals > DECIMAL_MAX_SCALE) {
    if (len >= XLSX_NUMBER_SIZE) return 0;
    memcpy(out, text, len);
    return len;
  }
  size_t at = 0;
  if (d.negative) out[at++] = '-';
  if (d.exponent < 0) out[at++] = '0';
  for (int i = 0; i <= d.exponent; i++) out[at++] = i < d.n ? d.digits[i] : '0';
  if (decimals <= 0) return at;
  out[at++] = '.';
  for (int i = -1; i > d.exponent; i--) out[at++] = '0';
  for (int i = d.exponent < 0 ? 0 : d.exponent + 1; i < d.n; i++)
    out[at++] = d.digits[i];
  return at;
}

/* ---- dates ---- */

typedef struct Civil {
  int year, month, day;
} Civil;

/* Days since 1970-01-01 to a date (Howard Hinnant's civil_from_days). */
static Civil civil_of(int64_t days) {
  int64_t z = days + 719468;
  int64_t era = (z >= 0 ? z : z - 146096) / 146097;
  int64_t doe = z - era * 146097;
  int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
  int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
  int64_t mp = (5 * doy + 2) / 153;
  int month = (int)(mp < 10 ? mp + 3 : mp - 9);
  return (Civil){(int)(yoe + era * 400 + (month <= 2)), month,
                 (int)(doy - (153 * mp + 2) / 5 + 1)};
}

static size_t print_time(char *out, long seconds) {
  return (size_t)snprintf(out, 16, "%02ld:%02ld:%02ld", seconds / 3600,
                          seconds / 60 % 60, seconds % 60);
}

size_t xlsx_date_text(const char *text, size_t len, XlsxFormat format,
                      bool date1904, char out[XLSX_NUMBER_SIZE]) {
  double serial;
  if (real_parse(text, len, &serial) != 0) return 0;
  if (serial < 0 || serial >= 2958466) return 0;
  double whole = floor(serial);
  long seconds = lround((serial - whole) * 86400);
  if (seconds == 86400) whole++, seconds = 0;
  if (format == XLSX_TIME) return whole > 0 ? 0 : print_time(out, seconds);
  int64_t days = (int64_t)whole + (date1904 ? 1462 : 0);
  if (!date1904 && days == 0) return 0;
  /* 1900-02-29 is day 60: the days before it are one off */
  if (!date1904 && days == 60) return (size_t)snprintf(out, 16, "1900-02-29");
  if (!date1904 && days < 60) days++;
  Civil at = civil_of(days - 25569);
  if (format == XLSX_YEAR) return (size_t)snprintf(out, 16, "%04d", at.year);
  size_t n = (size_t)snprintf(out, 16, "%04d-%02d", at.year, at.month);
  if (format == XLSX_MONTH) return n;
  n += (size_t)snprintf(out + n, 8, "-%02d", at.day);
  if (format == XLSX_DAY || seconds == 0) return n;
  out[n++] = ' ';
  return n + print_time(out + n, seconds);
}
