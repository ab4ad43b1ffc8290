/* Arithmetic on num / 10^scale. Every intermediate is 128 bits wide: a
   64-bit number times 10^18 fits, so scales can always be brought together
   before the one range check at the end. */
#include "base/decimal.h"

#include <string.h>

static const int64_t powers[] = {1,
                                 10,
                                 100,
                                 1000,
                                 10000,
                                 100000,
                                 1000000,
                                 10000000,
                                 100000000,
                                 1000000000,
                                 10000000000,
                                 100000000000,
                                 1000000000000,
                                 10000000000000,
                                 100000000000000,
                                 1000000000000000,
                                 10000000000000000,
                                 100000000000000000,
                                 1000000000000000000};

int64_t pow10_int64(int exponent) { return powers[exponent]; }

int decimal_from_int128(Int128 num, int scale, Decimal *out) {
  if (num > INT64_MAX || num < INT64_MIN) return -1;
  if (scale > DECIMAL_MAX_SCALE) return -1;
  *out = (Decimal){(int64_t)num, scale};
  return 0;
}

static Int128 widen(Decimal a, int scale) {
  return (Int128)a.num * powers[scale - a.scale];
}

static int larger_scale(Decimal a, Decimal b) {
  return a.scale > b.scale ? a.scale : b.scale;
}

int decimal_add(Decimal a, Decimal b, Decimal *out) {
  int scale = larger_scale(a, b);
  return decimal_from_int128(widen(a, scale) + widen(b, scale), scale, out);
}

int decimal_subtract(Decimal a, Decimal b, Decimal *out) {
  int scale = larger_scale(a, b);
  return decimal_from_int128(widen(a, scale) - widen(b, scale), scale, out);
}

int decimal_multiply(Decimal a, Decimal b, Decimal *out) {
  return decimal_from_int128((Int128)a.num * b.num, a.scale + b.scale, out);
}

Int128 int128_divide(Int128 num, Int128 den, Rounding rounding) {
  Int128 quotient = num / den, rest = num % den;
  if (rest == 0) return quotient;
  int sign = (num < 0) != (den < 0) ? -1 : 1;
  if (rest < 0) rest = -rest;
  if (den < 0) den = -den;
  Int128 other = den - rest; /* compares rest with den / 2 without overflow */
  bool up = rest > other;
  if (rest == other) up = rounding == ROUND_HALF_UP || quotient % 2 != 0;
  return up ? quotient + sign : quotient;
}

/* num * 10^exponent, or -1 when it leaves 128 bits. */
static int shift_up(Int128 *num, int exponent) {
  for (; exponent > 0; exponent--)
    if (__builtin_mul_overflow(*num, (Int128)10, num)) return -1;
  return 0;
}

int decimal_divide(Decimal a, Decimal b, int scale, Rounding rounding,
                   Decimal *out) {
  if (b.num == 0) return -2;
  Int128 num = a.num, den = b.num;
  int shift = scale + b.scale - a.scale;
  if (shift >= 0) {
    if (shift_up(&num, shift) != 0) return -1;
  } else if (shift_up(&den, -shift) != 0) {
    return -1;
  }
  return decimal_from_int128(int128_divide(num, den, rounding), scale, out);
}

int decimal_rescale(Decimal a, int scale, Rounding rounding, Decimal *out) {
  if (scale < 0 || scale > DECIMAL_MAX_SCALE) return -1;
  if (scale >= a.scale) return decimal_from_int128(widen(a, scale), scale, out);
  Int128 num = int128_divide(a.num, powers[a.scale - scale], rounding);
  return decimal_from_int128(num, scale, out);
}

Decimal decimal_trim(Decimal a) {
  while (a.scale > 0 && a.num % 10 == 0) {
    a.num /= 10;
    a.scale--;
  }
  return a;
}

int decimal_compare(Decimal a, Decimal b) {
  int scale = larger_scale(a, b);
  Int128 x = widen(a, scale), y = widen(b, scale);
  return (x > y) - (x < y);
}

/* Digits of a number without sign; returns how many (at least 1). */
static int digits_of(uint64_t value, char *out) {
  char reversed[24];
  int n = 0;
  do {
    reversed[n++] = (char)('0' + value % 10);
    value /= 10;
  } while (value > 0);
  for (int i = 0; i < n; i++) out[i] = reversed[n - 1 - i];
  return n;
}

static uint64_t magnitude(int64_t num) {
  return num < 0 ? -(uint64_t)num : (uint64_t)num;
}

static size_t put(char *out, size_t at, const char *text) {
  size_t len = strlen(text);
  memcpy(out + at, text, len);
  return at + len;
}

/* The digits with a point before the last `scale`, groups of three. */
static size_t put_digits(char *out, size_t at, Decimal a, const char *group) {
  char digits[48];
  int n = digits_of(magnitude(a.num), digits);
  if (n <= a.scale) { /* 0.05: zeros up to the point */
    int pad = a.scale + 1 - n;
    memmove(digits + pad, digits, (size_t)n);
    memset(digits, '0', (size_t)pad);
    n += pad;
  }
  int whole = n - a.scale;
  for (int i = 0; i < n; i++) {
    if (i == whole) out[at++] = '.';
    if (group != NULL && i > 0 && i < whole && (whole - i) % 3 == 0)
      at = put(out, at, group);
    out[at++] = digits[i];
  }
  return at;
}

size_t decimal_print(Decimal a, char *out) {
  size_t at = a.num < 0 ? put(out, 0, "-") : 0;
  at = put_digits(out, at, a, NULL);
  out[at] = '\0';
  return at;
}

size_t decimal_format(Decimal a, const DecimalFormat *format, char *out) {
  Decimal shown = a;
  if (format->places >= 0 &&
      decimal_rescale(a, format->places, format->rounding, &shown) != 0)
    shown = a; /* no room for the extra zeros: print what there is */
  const char *sign = "";
  if (shown.num < 0) sign = format->minus;
  if (shown.num > 0 && format->plus) sign = "+";
  if (shown.num == 0 && format->plus) sign = "\u00B1";
  size_t at = put_digits(out, put(out, 0, sign), shown, format->group);
  out[at] = '\0';
  return at;
}
