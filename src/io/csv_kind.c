#include "io/csv_kind.h"

#include "io/csv_cell.h"

static bool is_year(Decimal value) {
  return value.scale == 0 && value.num >= 1900 && value.num < 2200;
}

CsvKind csv_kind_of(const CsvField *field, Decimal *value) {
  const char *text = field->text;
  size_t len = field->len;
  PeriodUnit period;
  int64_t ignored;
  AmountUnit unit;
  if (csv_cell_is_blank(text, len)) return CSV_KIND_BLANK;
  if (csv_cell_is_dash(text, len) || csv_cell_is_na_word(text, len))
    return CSV_KIND_NOTHING;
  CsvNumber found = csv_cell_number(text, len, '.', value, &unit);
  if (found > CSV_EXPONENT)
    found = csv_cell_number(text, len, ',', value, &unit);
  if (found == CSV_NUMBER && !is_year(*value)) return CSV_KIND_AMOUNT;
  if (found == CSV_EXPONENT) return CSV_KIND_AMOUNT;
  if (found == CSV_NUMBER) return CSV_KIND_YEAR;
  if (csv_cell_period(text, len, &period, &ignored) == 0) return CSV_KIND_YEAR;
  return CSV_KIND_TEXT;
}
