/* decimal: exact numbers, num / 10^scale, from the text read to the text
   written; nothing here passes through double but decimal_to_double. */
#ifndef DECIMAL_H
#define DECIMAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

__extension__ typedef __int128 Int128; /* products and sums */

enum { DECIMAL_MAX_SCALE = 18, DECIMAL_MAX_DIGITS = 18 };

typedef struct Decimal {
  int64_t num;
  int scale; /* 0..DECIMAL_MAX_SCALE */
} Decimal;

typedef enum Rounding {
  ROUND_HALF_EVEN, /* 0.125 -> 0.12, 0.135 -> 0.14: for everything */
  ROUND_HALF_UP    /* away from zero at half: points on official forms */
} Rounding;

/* Units that may stand behind an amount. The value stays as written. */
typedef enum AmountUnit {
  UNIT_NONE,
  UNIT_YUAN,     /* 元 */
  UNIT_QIAN,     /* 千元, 10^3 */
  UNIT_WAN,      /* 万元, 10^4 */
  UNIT_BAIWAN,   /* 百万元, 10^6 */
  UNIT_YI,       /* 亿元, 10^8 */
  UNIT_PERCENT,  /* % or ％ */
  UNIT_THOUSAND, /* x1000, thousand, duizend, tys.: of whatever money */
  UNIT_MILLION,  /* million, mln, mio, miljoen, millones */
  UNIT_BILLION   /* billion, bn, mrd, mld, miljard: 10^9 */
} AmountUnit;

/* How numbers are written in one column. */
typedef struct DecimalStyle {
  char point; /* '.' or ','; the other one is then a thousands separator */
} DecimalStyle;

typedef enum DecimalParse {
  DECIMAL_OK,
  DECIMAL_BLANK,    /* nothing but white space */
  DECIMAL_DASH,     /* a lone dash: accountants' nothing */
  DECIMAL_EXPONENT, /* a number, but written with e: real, not decimal */
  DECIMAL_BAD,      /* not a number */
  DECIMAL_RANGE     /* a number of more than 18 digits */
} DecimalParse;

/* Parse all of `text`. Accepted around the digits: white space (also
   full-width and no-break), one sign (+ - U+2212 U+FF0B U+FF0D) or accounting
   parentheses (12.50) = -12.50, full-width digits and marks, thousands
   separators in groups of three (the mark that is not the point, a blank,
   U+00A0, U+202F, ' or U+2019), and one unit behind the number, blanks
   between allowed. *out and *unit are set on DECIMAL_OK only; out->scale is
   the number of digits written after the point. `unit` may be NULL: then a
   unit makes the text DECIMAL_BAD. The words for thousands, millions and 10^9
   are the English, German, Dutch, French, Spanish, Italian and Polish ones,
   in any case; a lone letter (k, m) is none. */
DecimalParse decimal_parse(const char *text, size_t len, DecimalStyle style,
                           Decimal *out, AmountUnit *unit);

/* The unit's text ("万元", "million") and its power of ten against 元, or
   against one; "" for none. */
const char *unit_text(AmountUnit unit);
int unit_exponent(AmountUnit unit);

/* Thousands, millions, 10^9: they say how many, but not of what. */
bool unit_is_count(AmountUnit unit);

/* All of `text` as a unit ("万元", "x1000", "mln EUR" is none): UNIT_NONE when
   it is none. Blanks around it and case do not count. */
AmountUnit unit_parse(const char *text, size_t len);

/* Checked arithmetic: 0, or -1 when the result has no room in 64 bits or
   needs more than 18 decimals. Sums take the larger scale, products the sum
   of both. */
int decimal_add(Decimal a, Decimal b, Decimal *out);
int decimal_subtract(Decimal a, Decimal b, Decimal *out);
int decimal_multiply(Decimal a, Decimal b, Decimal *out);

/* a / b rounded to `scale` digits: 0; -1 without room; -2 when b is zero. */
int decimal_divide(Decimal a, Decimal b, int scale, Rounding rounding,
                   Decimal *out);

/* The same value with `scale` digits, rounded when digits go: 0; -1 without
   room or where there is no such scale. */
int decimal_rescale(Decimal a, int scale, Rounding rounding, Decimal *out);

/* Without trailing zeros after the point: 12.500 -> 12.5. */
Decimal decimal_trim(Decimal a);

/* -1, 0, 1; exact across scales. */
int decimal_compare(Decimal a, Decimal b);

/* Range check at the end of a 128-bit sum. */
int decimal_from_int128(Int128 num, int scale, Decimal *out);

/* num / den rounded to a whole number; den != 0. */
Int128 int128_divide(Int128 num, Int128 den, Rounding rounding);

int64_t pow10_int64(int exponent); /* 0..18 */

double decimal_to_double(Decimal a); /* the nearest double */

enum { DECIMAL_TEXT_SIZE = 96 }; /* room for any text the two below write */

/* "-1234.50", with exactly a.scale digits. Returns the length. */
size_t decimal_print(Decimal a, char *out);

/* For people: grouping, signs, fixed places. */
typedef struct DecimalFormat {
  int places; /* digits after the point; -1: as many as a.scale */
  Rounding rounding;
  const char *group; /* between groups of three digits; NULL: none */
  const char *minus; /* "-" or U+2212 */
  bool plus;         /* "+" before positive values, "±" before zero */
} DecimalFormat;

/* Write into `out` (DECIMAL_TEXT_SIZE) and return the length. group and
   minus must be at most 4 bytes long. */
size_t decimal_format(Decimal a, const DecimalFormat *format, char *out);

/* Parse a real number in C notation ("1.5e3") whatever the locale: 0, or -1
   when it is none or not finite. */
int real_parse(const char *text, size_t len, double *out);

/* The shortest text that reads back as the same double; returns its length.
   `out` holds DECIMAL_TEXT_SIZE bytes. */
size_t real_print(double value, char *out);

#endif
