/* The sentences about columns: why a type was chosen, what is wrong with a
   cell. */
#include <stdio.h>
#include <string.h>

#include "io/csv_infer.h"

/* ---- reasons ---- */

static void explain_text(const CsvColumn *column, char *out) {
  const CsvPlace *bad = &column->bad, *other = &column->other;
  const size_t size = CSV_REASON_SIZE;
  switch (column->why) {
    case CSV_FITS:
      if (column->words > 0) {
        snprintf(out, size,
                 "no figure, only words for missing (line %zu: '%s')",
                 column->word.line, column->word.text);
        break;
      }
      snprintf(out, size,
               column->bare == 0 && column->empty_texts == 0
                   ? "no rows"
                   : "every cell is empty");
      break;
    case CSV_WHY_CODE:
      snprintf(out, size, "line %zu: '%s' starts with a zero, as codes do",
               bad->line, bad->text);
      break;
    case CSV_WHY_DIGITS:
      snprintf(out, size, "line %zu: '%s' has more than 18 digits", bad->line,
               bad->text);
      break;
    case CSV_WHY_WIDTH:
      snprintf(out, size,
               "line %zu: with '%s' the column needs more than 18 digits",
               bad->line, bad->text);
      break;
    case CSV_WHY_HUGE:
      snprintf(out, size, "line %zu: '%s' is beyond the range of numbers",
               bad->line, bad->text);
      break;
    case CSV_WHY_UNIT:
      snprintf(out, size, "line %zu: '%s' and line %zu: '%s' differ in unit",
               other->line, other->text, bad->line, bad->text);
      break;
    case CSV_WHY_MARKS:
      snprintf(out, size,
               "line %zu: '%s' and line %zu: '%s' differ in decimal mark",
               other->line, other->text, bad->line, bad->text);
      break;
    case CSV_WHY_DOUBT:
      snprintf(out, size,
               "line %zu: '%s' could mean two numbers, as decimal marks are "
               "mixed",
               bad->line, bad->text);
      break;
    case CSV_WHY_EMPTY:
      snprintf(out, size, "line %zu: \"\" is empty text", bad->line);
      break;
    default:
      snprintf(out, size, "line %zu: '%s' is not a number", bad->line,
               bad->text);
  }
}

static void explain_number(const CsvColumn *column, char *out) {
  const size_t size = CSV_REASON_SIZE;
  const char *comma = column->point == ',' ? ", decimal comma" : "";
  const char *in = column->unit == UNIT_NONE ? "" : ", in ";
  const char *unit = unit_text(column->unit);
  if (column->type == COLUMN_REAL)
    snprintf(out, size, "line %zu: '%s' has an exponent", column->exponent.line,
             column->exponent.text);
  else if (column->cells == 0) snprintf(out, size, "nothing but dashes");
  else if (column->years) snprintf(out, size, "years");
  else if (column->type == COLUMN_INT)
    snprintf(out, size, "whole numbers%s%s%s", comma, in, unit);
  else
    snprintf(out, size, "decimal places: %d%s%s%s", column->scale, comma, in,
             unit);
}

const char *csv_column_reason(const CsvColumn *column, char *out) {
  const size_t size = CSV_REASON_SIZE;
  if (column->want.given) snprintf(out, size, "as asked");
  else if (column->type == COLUMN_TEXT) explain_text(column, out);
  else if (column->type == COLUMN_PERIOD)
    snprintf(out, size, "every cell is a %s", period_unit_name(column->period));
  else if (column->type == COLUMN_BOOL)
    snprintf(out, size, "every cell is true or false");
  else explain_number(column, out);
  return out;
}

/* ---- problems ---- */

static int no_number(const CsvColumn *column, Err *err) {
  const char *text = column->bad.text;
  const char *hint =
      csv_cell_hint(text, strlen(text), column->point == ',' ? ',' : '.');
  if (column->why == CSV_WHY_CODE) hint = "a code? it starts with a zero";
  if (hint == NULL)
    return err_set(err, ERR_DATA, "\"%s\" is not a number", text);
  return err_set(err, ERR_DATA, "\"%s\" is not a number (%s)", text, hint);
}

static int no_period(const CsvColumn *column, Err *err) {
  int asked = column->want.period;
  if (asked < 0 && column->has_period) asked = (int)column->period;
  if (asked < 0)
    return err_set(err, ERR_DATA, "\"%s\" is not a period", column->bad.text);
  return err_set(err, ERR_DATA, "\"%s\" is not a %s", column->bad.text,
                 period_unit_name((PeriodUnit)asked));
}

/* The sentence about the bad cell, without its place. */
static int describe(const CsvColumn *column, Err *err) {
  const char *text = column->bad.text;
  const CsvPlace *other = &column->other;
  switch (column->why) {
    case CSV_WHY_DIGITS:
      return err_set(err, ERR_DATA, "\"%s\" has more than 18 digits", text);
    case CSV_WHY_WIDTH:
      return err_set(err, ERR_DATA,
                     "with \"%s\" the column needs more than 18 digits", text);
    case CSV_WHY_HUGE:
      return err_set(err, ERR_DATA, "\"%s\" is beyond the range of amounts",
                     text);
    case CSV_WHY_EXPONENT:
      return err_set(err, ERR_DATA,
                     "\"%s\" is not an exact amount (it has an exponent)",
                     text);
    case CSV_WHY_UNIT:
      return err_set(err, ERR_DATA,
                     "\"%s\" has another unit than \"%s\" in line %zu", text,
                     other->text, other->line);
    case CSV_WHY_MARKS:
      return err_set(err, ERR_DATA,
                     "\"%s\" has another decimal mark than \"%s\" in line %zu",
                     text, other->text, other->line);
    case CSV_WHY_DOUBT:
      return err_set(err, ERR_DATA,
                     "\"%s\" could mean two numbers, as the column mixes "
                     "decimal marks: use --decimal",
                     text);
    case CSV_WHY_SCALE:
      return err_set(err, ERR_DATA, "\"%s\" has more than %d decimals", text,
                     column->want.scale);
    case CSV_WHY_FRACTION:
      return err_set(err, ERR_DATA, "\"%s\" is not a whole number", text);
    case CSV_WHY_BOOL:
      return err_set(err, ERR_DATA, "\"%s\" is neither true nor false", text);
    case CSV_WHY_PERIOD: return no_period(column, err);
    default: return no_number(column, err);
  }
}

int csv_column_problem(const CsvColumn *column, const char *name, Err *err) {
  char shown[CSV_PREVIEW_SIZE];
  csv_preview(name, strlen(name), shown);
  if (column->why == CSV_FITS && column->want.given)
    return err_set(err, ERR_DATA,
                   "1: column \"%s\" was asked for as another type", shown);
  if (column->why == CSV_FITS && column->words > 0)
    return err_set(err, ERR_DATA,
                   "%zu: column \"%s\": no figure, only words for missing "
                   "(\"%s\")",
                   column->word.line, shown, column->word.text);
  if (column->why == CSV_FITS)
    return err_set(err, ERR_DATA, "1: column \"%s\" is empty", shown);
  describe(column, err);
  return err_at(err, "%zu: column \"%s\": ", column->bad.line, shown);
}
