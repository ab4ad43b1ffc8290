/* Every column starts with all readings open; each cell closes those that it
   does not fit, and a column with none left costs nothing more. Both decimal
   marks are readings of their own until a cell decides between them. */
#include "io/csv_infer.h"

#include <string.h>

enum {
  OPEN_POINT = 1, /* bit 0 and bit 1 match the index in `views` */
  OPEN_COMMA = 2,
  OPEN_NUMBER = OPEN_POINT | OPEN_COMMA,
  OPEN_PERIOD = 4,
  OPEN_BOOL = 8
};

static const char marks[] = {'.', ','};

static unsigned readings(const CsvWant *want) {
  if (!want->given) return OPEN_NUMBER | OPEN_PERIOD | OPEN_BOOL;
  switch (want->type) {
    case COLUMN_TEXT: return 0;
    case COLUMN_PERIOD: return OPEN_PERIOD;
    case COLUMN_BOOL: return OPEN_BOOL;
    default: return OPEN_NUMBER;
  }
}

void csv_column_start(CsvColumn *column, const CsvWant *want, char point) {
  if (want != NULL) column->want = *want;
  column->open = readings(&column->want);
  column->point = point;
  if (point == '.') column->open &= ~(unsigned)OPEN_COMMA;
  if (point == ',') column->open &= ~(unsigned)OPEN_POINT;
}

/* ---- one cell ---- */

static void set_place(CsvPlace *place, const CsvField *field) {
  place->line = field->line;
  csv_preview(field->text, field->len, place->text);
}

/* Is the field one of the listed texts? Blanks around it do not count. */
static bool is_listed(const CsvField *field, const char *const *list,
                      size_t n) {
  const char *text = field->text;
  size_t len = field->len;
  while (n > 0 && len > 0 && (text[0] == ' ' || text[0] == '\t')) text++, len--;
  while (n > 0 && len > 0 && (text[len - 1] == ' ' || text[len - 1] == '\t'))
    len--;
  for (size_t i = 0; i < n; i++)
    if (strlen(list[i]) == len && memcmp(list[i], text, len) == 0) return true;
  return false;
}

static bool is_missing(const CsvField *field, const CsvRules *rules) {
  if (field->len == 0 && !field->quoted) return true;
  return is_listed(field, rules->na, rules->nna);
}

bool csv_column_is_zero(const CsvField *field, const CsvRules *rules) {
  return is_listed(field, rules->zero, rules->nzero);
}

static bool is_asked(const CsvColumn *column, ColumnType type) {
  return column->want.given && column->want.type == type;
}

static int digits_of(uint64_t value) {
  int digits = 0;
  for (; value > 0; value /= 10) digits++;
  return digits;
}

static void widen_view(CsvView *view, Decimal value) {
  uint64_t size = value.num < 0 ? -(uint64_t)value.num : (uint64_t)value.num;
  uint64_t whole = size / (uint64_t)pow10_int64(value.scale);
  if (whole > view->whole) view->whole = whole;
  if (value.scale > view->scale) view->scale = value.scale;
}

/* The decimals that are kept of doubles. */
static int double_scale(const CsvView *view) {
  return view->whole < 10 ? 9 : 6;
}

static bool has_room(const CsvColumn *column, const CsvView *view) {
  int scale = view->scale;
  if (column->inexact && scale > double_scale(view)) scale = double_scale(view);
  if (column->want.given && column->want.scale > scale)
    scale = column->want.scale;
  return digits_of(view->whole) + scale <= DECIMAL_MAX_DIGITS ||
         is_asked(column, COLUMN_REAL);
}

/* Widen what the column needs by one number. */
static CsvWhy widen(const CsvColumn *column, CsvView *view, Decimal value) {
  CsvView before = *view;
  widen_view(view, value);
  if (view->whole == before.whole && view->scale == before.scale)
    return CSV_FITS;
  return has_room(column, view) ? CSV_FITS : CSV_WHY_WIDTH;
}

/* Trailing zeros do not count against a scale that was asked for. */
static CsvWhy check_scale(const CsvColumn *column, Decimal *value) {
  if (is_asked(column, COLUMN_INT)) {
    *value = decimal_trim(*value);
    return value->scale == 0 ? CSV_FITS : CSV_WHY_FRACTION;
  }
  if (!is_asked(column, COLUMN_DECIMAL) || column->want.scale < 0)
    return CSV_FITS;
  if (value->scale > column->want.scale) *value = decimal_trim(*value);
  return column->inexact || value->scale <= column->want.scale ? CSV_FITS
                                                               : CSV_WHY_SCALE;
}

static bool is_money(AmountUnit unit) {
  return unit != UNIT_NONE && unit_exponent(unit) >= 0;
}

/* The number in 元, or in ones: -1 without room. */
static int to_yuan(Decimal value, AmountUnit unit, Decimal *out) {
  int exponent = unit_exponent(unit);
  if (value.scale >= exponent) {
    *out = (Decimal){value.num, value.scale - exponent};
    return 0;
  }
  const Decimal factor = {pow10_int64(exponent - value.scale), 0};
  return decimal_multiply((Decimal){value.num, 0}, factor, out);
}

/* Different units are one unit where every number names its own. */
static CsvWhy mix_units(CsvColumn *column, AmountUnit unit) {
  if (column->has_bare || !is_money(unit) || !is_money(column->unit) ||
      unit_is_count(unit) != unit_is_count(column->unit))
    return CSV_WHY_UNIT;
  column->in_yuan = true;
  return CSV_FITS;
}

static CsvWhy check_unit(CsvColumn *column, const CsvField *field,
                         Decimal value, AmountUnit unit) {
  if (value.num == 0 && unit == UNIT_NONE) return CSV_FITS;
  if (!column->has_first) {
    column->has_first = true;
    column->unit = unit;
    set_place(&column->first, field);
  }
  if (unit == UNIT_NONE) column->has_bare = true;
  if (unit == UNIT_NONE && column->in_yuan) return CSV_WHY_UNIT;
  Decimal yuan;
  if (is_money(unit) && to_yuan(value, unit, &yuan) == 0)
    widen_view(&column->yuan, yuan);
  else if (is_money(unit)) column->yuan.whole = UINT64_MAX;
  if (unit == column->unit) return CSV_FITS;
  return mix_units(column, unit);
}

/* Digits at both ends: no sign of a currency. */
static CsvWhy check_currency(CsvColumn *column, const CsvField *field) {
  char first = field->text[0], last = field->text[field->len - 1];
  if (first >= '0' && first <= '9' && last >= '0' && last <= '9')
    return CSV_FITS;
  const char *currency = csv_cell_currency(field->text, field->len);
  if (currency == NULL) return CSV_FITS;
  if (column->currency == NULL) {
    column->currency = currency;
    set_place(&column->money, field);
  }
  if (strcmp(column->currency, currency) == 0) return CSV_FITS;
  column->first = column->money; /* what the two differ from */
  return CSV_WHY_UNIT;
}

static CsvWhy fit_exponent(CsvColumn *column, const CsvField *field) {
  if (is_asked(column, COLUMN_INT) || is_asked(column, COLUMN_DECIMAL))
    return CSV_WHY_EXPONENT;
  if (!column->has_exponent) set_place(&column->exponent, field);
  column->has_exponent = column->has_bare = true;
  return column->in_yuan ? CSV_WHY_UNIT : CSV_FITS;
}

/* Read with mark v, or with the cell's own where the column mixes them. */
static CsvNumber read_number(const CsvColumn *column, const CsvField *field,
                             int v, Decimal *value, AmountUnit *unit) {
  bool doubtful;
  if (!column->own_marks)
    return csv_cell_number(field->text, field->len, marks[v], value, unit);
  return csv_cell_own_mark(field->text, field->len, value, unit, &doubtful);
}

/* Does the cell fit the column's numbers under mark v? */
static CsvWhy fit_number(CsvColumn *column, const CsvField *field, int v) {
  Decimal value;
  AmountUnit unit;
  switch (read_number(column, field, v, &value, &unit)) {
    case CSV_NUMBER: break;
    case CSV_CODE:
      if (!column->want.given) return CSV_WHY_CODE;
      break;
    case CSV_EXPONENT: return fit_exponent(column, field);
    case CSV_HUGE: return CSV_WHY_HUGE;
    case CSV_DIGITS:
      return is_asked(column, COLUMN_REAL) ? CSV_FITS : CSV_WHY_DIGITS;
    default: return CSV_WHY_TEXT;
  }
  CsvWhy why = check_currency(column, field);
  if (why == CSV_FITS) why = check_unit(column, field, value, unit);
  if (why == CSV_FITS) why = check_scale(column, &value);
  if (why == CSV_FITS) why = widen(column, &column->views[v], value);
  return why;
}

static bool is_number(const CsvField *field, char point) {
  Decimal value;
  AmountUnit unit;
  return csv_cell_number(field->text, field->len, point, &value, &unit) !=
         CSV_NO_NUMBER;
}

/* The last number reading closes at this cell. An empty text in quotes that
   came before was the first to fit no number, if it meant anything. */
static void end_numbers(CsvColumn *column, const CsvField *field, CsvWhy why,
                        unsigned closing) {
  column->why = why;
  set_place(&column->bad, field);
  bool decided = closing != OPEN_NUMBER && column->half_why == CSV_WHY_TEXT;
  char closed = closing == OPEN_POINT ? ',' : '.';
  if (column->empty_texts > 0 && column->bare > 0) {
    column->why = CSV_WHY_EMPTY;
    column->bad = column->empty;
  } else if (why == CSV_WHY_TEXT && column->own_marks &&
             csv_cell_is_doubtful(field->text, field->len)) {
    column->why = CSV_WHY_DOUBT;
  } else if (why == CSV_WHY_UNIT) {
    column->other = column->first;
  } else if (why == CSV_WHY_TEXT && decided && is_number(field, closed)) {
    column->why = CSV_WHY_MARKS;
  }
}

static bool views_differ(const CsvColumn *column) {
  return column->views[0].scale != column->views[1].scale ||
         column->views[0].whole != column->views[1].whole;
}

/* One of the two marks is closed at this cell. When the cell is no number at
   all under that mark, this decides; when it is one that the column cannot
   take, it does not: 2.505 in a decimal(2) is no proof of a decimal comma. */
static void close_mark(CsvColumn *column, const CsvField *field, CsvWhy why) {
  column->half_why = why;
  set_place(&column->other, field);
}

/* Is this cell the proof that was missing for the mark that is left? */
static void look_for_proof(CsvColumn *column, const CsvField *field) {
  char closed = column->open & OPEN_POINT ? ',' : '.';
  if (!is_number(field, closed)) close_mark(column, field, CSV_WHY_TEXT);
}

/* A cell that only the closed mark makes a number of: from here on each cell
   is read by its own marks, if that was never in doubt before. */
static bool take_own_mark(CsvColumn *column, const CsvField *field) {
  unsigned open = column->open & OPEN_NUMBER;
  if (column->own_marks || open == OPEN_NUMBER || column->doubt.line > 0 ||
      column->half_why != CSV_WHY_TEXT ||
      !is_number(field, open == OPEN_POINT ? ',' : '.'))
    return false;
  column->own_marks = true;
  int v = open == OPEN_POINT ? 0 : 1;
  if (fit_number(column, field, v) != CSV_FITS) column->own_marks = false;
  if (column->own_marks) set_place(&column->ambiguous, field);
  return column->own_marks;
}

static void look_number(CsvColumn *column, const CsvField *field) {
  if (column->doubt.line == 0 && csv_cell_is_doubtful(field->text, field->len))
    set_place(&column->doubt, field);
  CsvWhy whys[2] = {CSV_FITS, CSV_FITS};
  unsigned open = column->open & OPEN_NUMBER, closing = 0;
  for (int v = 0; v < 2; v++) {
    if ((open & 1u << v) == 0) continue;
    whys[v] = fit_number(column, field, v);
    if (whys[v] != CSV_FITS) closing |= 1u << v;
  }
  if (closing == open && whys[open & OPEN_POINT ? 0 : 1] == CSV_WHY_TEXT &&
      take_own_mark(column, field))
    return;
  column->open &= ~closing;
  if (closing == open) {
    end_numbers(column, field, whys[closing & OPEN_POINT ? 0 : 1], closing);
  } else if (closing != 0) {
    close_mark(column, field, whys[closing & OPEN_POINT ? 0 : 1]);
  } else if (open == OPEN_NUMBER) {
    if (column->ambiguous.line == 0 && views_differ(column))
      set_place(&column->ambiguous, field);
  } else if (column->half_why > CSV_WHY_TEXT) {
    look_for_proof(column, field);
  }
}

static void close_asked(CsvColumn *column, const CsvField *field,
                        unsigned reading, CsvWhy why) {
  column->open &= ~reading;
  if (!column->want.given) return;
  column->why = why;
  set_place(&column->bad, field);
}

static void look_period(CsvColumn *column, const CsvField *field) {
  PeriodUnit unit;
  int64_t value;
  bool fits = csv_cell_period(field->text, field->len, &unit, &value) == 0;
  /* 0012 and 0101-05 are codes, unless periods were asked for */
  if (fits && !column->want.given &&
      field->text[strspn(field->text, " \t")] == '0')
    fits = unit != PERIOD_YEAR && unit != PERIOD_MONTH;
  if (fits && column->has_period) fits = unit == column->period;
  if (fits && column->want.given && column->want.period >= 0)
    fits = (int)unit == column->want.period;
  if (!fits) {
    close_asked(column, field, OPEN_PERIOD, CSV_WHY_PERIOD);
    return;
  }
  column->has_period = true;
  column->period = unit;
}

static void look_bool(CsvColumn *column, const CsvField *field) {
  bool value;
  if (csv_cell_bool(field->text, field->len, &value) != 0)
    close_asked(column, field, OPEN_BOOL, CSV_WHY_BOOL);
}

int csv_column_look(CsvColumn *column, const CsvField *field,
                    const CsvRules *rules) {
  if (column->open == 0) return 0;
  column->bare += !field->quoted;
  column->inexact = rules->inexact;
  if (is_missing(field, rules)) return 0;
  if (field->len == 0) {
    if (column->empty_texts++ == 0) set_place(&column->empty, field);
    return 0;
  }
  if (csv_column_is_zero(field, rules)) {
    column->zeros++;
    column->open &= OPEN_NUMBER;
    return column->open == 0 && column->want.given ? -1 : 0;
  }
  if (csv_cell_is_dash(field->text, field->len)) {
    column->dashes++;
    return 0;
  }
  if (csv_cell_is_blank(field->text, field->len)) return 0;
  if (csv_cell_is_na_word(field->text, field->len)) {
    if (column->words++ == 0) set_place(&column->word, field);
    return 0;
  }
  column->cells++;
  if (column->open & OPEN_PERIOD) look_period(column, field);
  if (column->open & OPEN_BOOL) look_bool(column, field);
  if (column->open & OPEN_NUMBER) look_number(column, field);
  return column->open == 0 && column->want.given ? -1 : 0;
}

/* ---- the verdict ---- */

bool csv_column_is_ambiguous(const CsvColumn *column) {
  return (column->open & OPEN_NUMBER) == OPEN_NUMBER && views_differ(column);
}

bool csv_column_has_point(const CsvColumn *column) {
  return (column->open & OPEN_NUMBER) == OPEN_POINT &&
         column->half_why == CSV_WHY_TEXT;
}

static void decide_number(CsvColumn *column) {
  int v = column->open & OPEN_POINT ? 0 : 1;
  column->point = marks[v];
  const CsvView *view = column->in_yuan ? &column->yuan : &column->views[v];
  column->scale = view->scale;
  if (column->want.given && column->want.scale >= 0 &&
      column->want.type == COLUMN_DECIMAL)
    column->scale = column->want.scale;
  else if (column->inexact && view->scale > double_scale(view))
    column->scale = double_scale(view);
  column->inexact = column->inexact && view->scale > column->scale;
  column->type = column->scale > 0 ? COLUMN_DECIMAL : COLUMN_INT;
  if (column->has_exponent) column->type = COLUMN_REAL;
}

static void decide_given(CsvColumn *column) {
  const CsvWant *want = &column->want;
  if (column->open & OPEN_NUMBER) decide_number(column);
  column->type = want->type;
  if (want->type == COLUMN_PERIOD && want->period >= 0)
    column->period = (PeriodUnit)want->period;
}

/* Nothing but missing cells, dashes and empty texts were seen. */
static void decide_empty(CsvColumn *column) {
  bool numbers = column->dashes + column->zeros > 0 && column->words == 0 &&
                 (column->open & OPEN_NUMBER) != 0;
  if (numbers) decide_number(column);
  else column->type = COLUMN_TEXT;
}

static void decide_open(CsvColumn *column) {
  if (column->cells == 0) {
    decide_empty(column);
  } else if (column->open & OPEN_NUMBER) {
    decide_number(column);
  } else if (column->open & OPEN_PERIOD) {
    column->years = column->period == PERIOD_YEAR;
    column->type = column->years ? COLUMN_INT : COLUMN_PERIOD;
  } else {
    column->type = column->open & OPEN_BOOL ? COLUMN_BOOL : COLUMN_TEXT;
  }
}

/* `""` says something only where other cells do without quotes, or where it
   is all there is. */
static bool has_empty_text(const CsvColumn *column) {
  if (column->open == 0 || column->empty_texts == 0) return false;
  return column->bare > 0 || (column->cells == 0 && !column->want.given);
}

/* What no single cell could show: 0, or -1 when the column is not what its
   cells looked like. */
static int check_whole(CsvColumn *column) {
  if (has_empty_text(column)) {
    column->open = 0;
    column->why = CSV_WHY_EMPTY;
    column->bad = column->empty;
    return -1;
  }
  unsigned open = column->open & OPEN_NUMBER;
  if (open != 0 && column->in_yuan && !has_room(column, &column->yuan)) {
    column->open &= ~(unsigned)OPEN_NUMBER;
    column->why = CSV_WHY_WIDTH;
    column->bad = column->first;
    return -1;
  }
  if (open != OPEN_COMMA || column->half_why <= CSV_WHY_TEXT) return 0;
  column->open &= ~(unsigned)OPEN_NUMBER; /* a comma that nothing proved */
  column->why = column->half_why;
  column->bad = column->other;
  return -1;
}

int csv_column_decide(CsvColumn *column) {
  int status = check_whole(column);
  if (column->want.given) decide_given(column);
  else decide_open(column);
  if (column->type != COLUMN_DECIMAL) column->scale = 0;
  bool number = column->type <= COLUMN_REAL && !column->years;
  if (!number) column->unit = UNIT_NONE;
  else if (column->in_yuan)
    column->unit = unit_is_count(column->unit) ? UNIT_NONE : UNIT_YUAN;
  return column->want.given ? status : 0;
}

bool csv_column_is_na(const CsvColumn *column, const CsvField *field,
                      const CsvRules *rules) {
  if (is_missing(field, rules)) return true;
  if (column->type == COLUMN_TEXT) return false;
  if (csv_column_is_zero(field, rules)) return false;
  return field->len == 0 || csv_cell_is_dash(field->text, field->len) ||
         csv_cell_is_blank(field->text, field->len) ||
         csv_cell_is_na_word(field->text, field->len);
}

int csv_column_number(const CsvColumn *column, const CsvField *field,
                      const CsvRules *rules, Decimal *out) {
  AmountUnit unit;
  *out = (Decimal){0, 0};
  if (csv_column_is_zero(field, rules)) return 0;
  int v = column->point == ',' ? 1 : 0;
  if (read_number(column, field, v, out, &unit) > CSV_CODE) return -1;
  if (!column->in_yuan || unit == UNIT_NONE) return 0;
  return to_yuan(*out, unit, out);
}
