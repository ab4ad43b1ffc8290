/* Reading amounts as people write them. The text is first folded: full-width
   forms become ASCII, every kind of blank a space, every kind of minus '-',
   every apostrophe '\''. What is left is a small grammar over ASCII, and a
   unit from a short list. */
#include <string.h>
#include <strings.h>

#include "base/decimal.h"
#include "base/text.h"

enum { FOLDED_MOST = 64 }; /* a longer cell is no amount of money */

typedef struct Folded {
  char text[FOLDED_MOST + 8];
  size_t len;
  AmountUnit unit; /* found behind the number and cut off */
} Folded;

typedef struct UnitText {
  const char *text;
  AmountUnit unit;
} UnitText;

/* The first text of a unit is its name. */
static const UnitText units[] = {
    /* longer texts first: 百万元 ends in 万元, which ends in 元 */
    {"百万元", UNIT_BAIWAN}, {"万元", UNIT_WAN}, {"千元", UNIT_QIAN},
    {"亿元", UNIT_YI},       {"元", UNIT_YUAN},  {"%", UNIT_PERCENT},
    {"％", UNIT_PERCENT},    {NULL, UNIT_NONE}};

/* Words, in lower case; longer ones first where one ends in another. */
static const UnitText words[] = {{"thousand", UNIT_THOUSAND},
                                 {"x1000", UNIT_THOUSAND},
                                 {"x 1000", UNIT_THOUSAND},
                                 {"×1000", UNIT_THOUSAND},
                                 {"x1.000", UNIT_THOUSAND},
                                 {"x 1.000", UNIT_THOUSAND},
                                 {"x1,000", UNIT_THOUSAND},
                                 {"x 1,000", UNIT_THOUSAND},
                                 {"thousands", UNIT_THOUSAND},
                                 {"duizend", UNIT_THOUSAND},
                                 {"tausend", UNIT_THOUSAND},
                                 {"tys.", UNIT_THOUSAND},
                                 {"tsd.", UNIT_THOUSAND},
                                 {"tsd", UNIT_THOUSAND},
                                 {"milliers", UNIT_THOUSAND},
                                 {"million", UNIT_MILLION},
                                 {"millions", UNIT_MILLION},
                                 {"miljoen", UNIT_MILLION},
                                 {"millionen", UNIT_MILLION},
                                 {"millones", UNIT_MILLION},
                                 {"milioni", UNIT_MILLION},
                                 {"mln", UNIT_MILLION},
                                 {"mln.", UNIT_MILLION},
                                 {"mio", UNIT_MILLION},
                                 {"mio.", UNIT_MILLION},
                                 {"x1000000", UNIT_MILLION},
                                 {"x 1000000", UNIT_MILLION},
                                 {"billion", UNIT_BILLION},
                                 {"billions", UNIT_BILLION},
                                 {"miljard", UNIT_BILLION},
                                 {"milliarde", UNIT_BILLION},
                                 {"milliarden", UNIT_BILLION},
                                 {"milliards", UNIT_BILLION},
                                 {"miliardi", UNIT_BILLION},
                                 {"mrd", UNIT_BILLION},
                                 {"mrd.", UNIT_BILLION},
                                 {"mld", UNIT_BILLION},
                                 {"bn", UNIT_BILLION},
                                 {NULL, UNIT_NONE}};

static const char *text_of(const UnitText *list, AmountUnit unit) {
  for (; list->text != NULL; list++)
    if (list->unit == unit) return list->text;
  return NULL;
}

const char *unit_text(AmountUnit unit) {
  const char *text = text_of(units, unit);
  if (text == NULL) text = text_of(words, unit);
  return text == NULL ? "" : text;
}

int unit_exponent(AmountUnit unit) {
  static const int exponents[] = {0, 0, 3, 4, 6, 8, -2, 3, 6, 9};
  return exponents[unit];
}

bool unit_is_count(AmountUnit unit) { return unit >= UNIT_THOUSAND; }

AmountUnit unit_parse(const char *text, size_t len) {
  while (len > 0 && (text[0] == ' ' || text[0] == '\t')) text++, len--;
  while (len > 0 && (text[len - 1] == ' ' || text[len - 1] == '\t')) len--;
  for (int i = 0; units[i].text != NULL; i++)
    if (strlen(units[i].text) == len && memcmp(units[i].text, text, len) == 0)
      return units[i].unit;
  for (int i = 0; words[i].text != NULL; i++)
    if (strlen(words[i].text) == len &&
        strncasecmp(words[i].text, text, len) == 0)
      return words[i].unit;
  return UNIT_NONE;
}

/* Where the word behind a number starts: at the first letter (× is one); 0
   when there is none, or nothing before it. */
static size_t word_start(const char *text, size_t len) {
  size_t at = 0;
  for (size_t i = 0; i < len; i++) {
    bool letter = (text[i] | 0x20) >= 'a' && (text[i] | 0x20) <= 'z';
    if (letter || (unsigned char)text[i] == 0xC3) {
      at = i;
      break;
    }
  }
  return at;
}

/* The unit at the end of `text`; *len shrinks by it. */
static AmountUnit cut_unit(const char *text, size_t *len) {
  for (int i = 0; units[i].text != NULL; i++) {
    size_t n = strlen(units[i].text);
    if (*len > n && memcmp(text + *len - n, units[i].text, n) == 0) {
      *len -= n;
      return units[i].unit;
    }
  }
  size_t at = word_start(text, *len);
  AmountUnit unit = at == 0 ? UNIT_NONE : unit_parse(text + at, *len - at);
  if (unit != UNIT_NONE) *len = at;
  return unit;
}

/* ASCII for the characters a number may hold; 0 for any other. */
static char fold_point(int32_t point) {
  if (point < 0x80) return (char)point;
  if (point >= 0xFF01 && point <= 0xFF5E) return (char)(point - 0xFF01 + '!');
  switch (point) {
    case 0x00A0:
    case 0x2002:
    case 0x2003:
    case 0x2007:
    case 0x2009:
    case 0x202F:
    case 0x3000: return ' ';
    case 0x2212:
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2014: return '-';
    case 0x2019: return '\'';
    default: return 0;
  }
}

static bool is_blank(char c) { return c == ' ' || c == '\t'; }
static bool is_digit(char c) { return c >= '0' && c <= '9'; }

static void trim(const char **text, size_t *len) {
  while (*len > 0 && is_blank((*text)[0])) (*text)++, (*len)--;
  while (*len > 0 && is_blank((*text)[*len - 1])) (*len)--;
}

static bool fold(const char *text, size_t len, Folded *out) {
  out->len = 0;
  for (size_t at = 0; at < len;) {
    int32_t point;
    size_t used = text_decode(text + at, len - at, &point);
    char c = used == 0 ? 0 : fold_point(point);
    if (c == 0 || out->len == FOLDED_MOST) return false;
    out->text[out->len++] = c;
    at += used;
  }
  return true;
}

/* The pieces of a folded number. */
typedef struct Number {
  bool negative;
  const char *body; /* digits and marks, no sign */
  size_t len;
} Number;

/* Take off parentheses or one sign. False when the signs make no sense. */
static bool take_sign(const char *text, size_t len, Number *out) {
  trim(&text, &len);
  *out = (Number){false, text, len};
  if (len > 2 && text[0] == '(' && text[len - 1] == ')') {
    out->negative = true;
    out->body++;
    out->len -= 2;
    trim(&out->body, &out->len);
  } else if (len > 0 && (text[0] == '-' || text[0] == '+')) {
    out->negative = text[0] == '-';
    out->body++;
    out->len--;
    trim(&out->body, &out->len);
  }
  return out->len > 0 &&
         (is_digit(out->body[0]) || out->body[0] == '.' || out->body[0] == ',');
}

static bool is_separator(char c, char point) {
  if (c == '.' || c == ',') return c != point;
  return c == ' ' || c == '\'';
}

typedef struct Digits {
  uint64_t value;
  int count;     /* digits that matter (leading zeros do not) */
  int decimals;  /* digits after the point */
  bool too_many; /* more than 18 */
} Digits;

static void add_digit(Digits *digits, char c) {
  if (digits->count > 0 || c != '0') digits->count++;
  if (digits->count > DECIMAL_MAX_DIGITS) {
    digits->too_many = true;
    return;
  }
  digits->value = digits->value * 10 + (uint64_t)(c - '0');
}

/* Digits before the point, groups of exactly three after the first, all with
   the same separator. Returns the bytes taken, or 0 when malformed. */
static size_t take_whole(const char *text, size_t len, char point,
                         Digits *digits) {
  size_t at = 0, run = 0;
  char separator = 0;
  for (; at < len && text[at] != point; at++) {
    if (is_digit(text[at])) {
      add_digit(digits, text[at]);
      run++;
      continue;
    }
    if (!is_separator(text[at], point)) return 0;
    if (separator != 0 && (text[at] != separator || run != 3)) return 0;
    if (separator == 0 && (run == 0 || run > 3)) return 0;
    separator = text[at];
    run = 0;
  }
  if (separator != 0 && run != 3) return 0;
  return at;
}

static DecimalParse parse_digits(Number number, char point, Decimal *out) {
  Digits digits = {0};
  const char *text = number.body;
  size_t len = number.len, at = 0;
  if (text[0] != point) at = take_whole(text, len, point, &digits);
  if (at == 0 && text[0] != point) return DECIMAL_BAD;
  if (at < len) at++; /* the point */
  size_t first = at;
  for (; at < len && is_digit(text[at]); at++) {
    add_digit(&digits, text[at]);
    digits.decimals++;
  }
  if (at < len || (first == at && text[0] == point)) return DECIMAL_BAD;
  if (digits.too_many || digits.decimals > DECIMAL_MAX_SCALE)
    return DECIMAL_RANGE;
  int64_t value = (int64_t)digits.value;
  *out = (Decimal){number.negative ? -value : value, digits.decimals};
  return DECIMAL_OK;
}

/* "1.5e3", "2E-7": digits, a point, an exponent. */
static bool is_exponent(Number number) {
  size_t at = 0, digits = 0;
  for (; at < number.len; at++) {
    if (is_digit(number.body[at])) digits++;
    else if (number.body[at] != '.') break;
  }
  if (digits == 0 || at == number.len) return false;
  if (number.body[at] != 'e' && number.body[at] != 'E') return false;
  at++;
  if (at < number.len && (number.body[at] == '-' || number.body[at] == '+'))
    at++;
  if (at == number.len) return false;
  for (; at < number.len; at++)
    if (!is_digit(number.body[at])) return false;
  return true;
}

static bool prepare(const char *text, size_t len, Folded *folded) {
  while (len > 0 && (is_blank(text[len - 1]) || text[len - 1] == '\n')) len--;
  folded->unit = cut_unit(text, &len);
  return fold(text, len, folded);
}

DecimalParse decimal_parse(const char *text, size_t len, DecimalStyle style,
                           Decimal *out, AmountUnit *unit) {
  Folded folded;
  if (!prepare(text, len, &folded)) return DECIMAL_BAD;
  if (folded.unit != UNIT_NONE && unit == NULL) return DECIMAL_BAD;
  const char *start = folded.text;
  size_t rest = folded.len;
  trim(&start, &rest);
  if (rest == 0) return folded.unit == UNIT_NONE ? DECIMAL_BLANK : DECIMAL_BAD;
  if (rest == 1 && start[0] == '-') return DECIMAL_DASH;
  Number number;
  if (!take_sign(start, rest, &number)) return DECIMAL_BAD;
  if (is_exponent(number)) return DECIMAL_EXPONENT;
  DecimalParse status = parse_digits(number, style.point, out);
  if (status == DECIMAL_OK && unit != NULL) *unit = folded.unit;
  return status;
}
