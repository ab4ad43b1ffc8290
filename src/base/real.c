/* Reals in C notation, independent of the locale. strtod is right about
   digits and wrong about locales, so the C locale is passed explicitly. */
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/decimal.h"

double decimal_to_double(Decimal a) {
  /* Both operands are exact below 2^53 and 10^22: one correct rounding. */
  if (a.num > -(1LL << 53) && a.num < (1LL << 53))
    return (double)a.num / (double)pow10_int64(a.scale);
  char text[DECIMAL_TEXT_SIZE];
  double value = 0;
  real_parse(text, decimal_print(a, text), &value);
  return value;
}

static int to_double(const char *text, const char *end, double *out) {
  locale_t plain = newlocale(LC_ALL_MASK, "C", (locale_t)0);
  if (plain == (locale_t)0) return -1;
  char *stop;
  double value = strtod_l(text, &stop, plain);
  freelocale(plain);
  if (stop != end || !isfinite(value)) return -1;
  *out = value;
  return 0;
}

int real_parse(const char *text, size_t len, double *out) {
  char copy[400];
  if (len == 0 || len >= sizeof copy) return -1;
  for (size_t i = 0; i < len; i++)
    if (strchr("0123456789+-.eE", text[i]) == NULL || text[i] == '\0')
      return -1; /* keeps out hexadecimals, "inf", "nan" and blanks */
  memcpy(copy, text, len);
  copy[len] = '\0';
  return to_double(copy, copy + len, out);
}

size_t real_print(double value, char *out) {
  if (value == 0) value = 0; /* no "-0" */
  if (isnan(value)) return (size_t)snprintf(out, DECIMAL_TEXT_SIZE, "nan");
  for (int digits = 15; digits <= 17; digits++) {
    double back;
    int len = snprintf(out, DECIMAL_TEXT_SIZE, "%.*g", digits, value);
    char *comma = strchr(out, ','); /* a host program's LC_NUMERIC */
    if (comma != NULL) *comma = '.';
    if (real_parse(out, (size_t)len, &back) == 0 && back == value)
      return (size_t)len;
  }
  return strlen(out); /* inf */
}
