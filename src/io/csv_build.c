/* The first pass has proved that every cell fits. One that does not any more
   means that the bytes changed under us, as mapped files may. */
#include "io/csv_build.h"

#include <stdlib.h>

#include "base/mem.h"

static int fill_number(Column *out, size_t row, const CsvColumn *column,
                       const CsvField *field, const CsvRules *rules) {
  Decimal value;
  PeriodUnit period;
  if (column->years)
    return csv_cell_period(field->text, field->len, &period, &out->ints[row]);
  if (csv_column_number(column, field, rules, &value) != 0) return -1;
  if (value.scale > column->scale) value = decimal_trim(value);
  if (value.scale > column->scale && !column->inexact) return -1;
  if (value.scale != column->scale &&
      decimal_rescale(value, column->scale, ROUND_HALF_EVEN, &value) != 0)
    return -1;
  out->ints[row] = value.num;
  return 0;
}

static int fill_real(Column *out, size_t row, const CsvColumn *column,
                     const CsvField *field, const CsvRules *rules) {
  out->reals[row] = 0;
  if (csv_column_is_zero(field, rules)) return 0;
  if (!column->in_yuan && csv_cell_real(field->text, field->len, column->point,
                                        &out->reals[row]) == 0)
    return 0;
  Decimal value; /* of the other decimal mark, or of many units */
  if (csv_column_number(column, field, rules, &value) != 0) return -1;
  out->reals[row] = decimal_to_double(value);
  return 0;
}

/* 0, or -1 when the cell does not fit. */
static int fill_typed(Column *out, size_t row, const CsvColumn *column,
                      const CsvField *field, const CsvRules *rules) {
  PeriodUnit unit;
  bool yes;
  switch (column->type) {
    case COLUMN_REAL: return fill_real(out, row, column, field, rules);
    case COLUMN_PERIOD:
      return csv_cell_period(field->text, field->len, &unit, &out->ints[row]);
    case COLUMN_BOOL:
      if (csv_cell_bool(field->text, field->len, &yes) != 0) return -1;
      out->bools[row] = yes;
      return 0;
    default: return fill_number(out, row, column, field, rules);
  }
}

static int fill(Column *out, size_t row, const CsvColumn *column,
                const CsvField *field, const CsvRules *rules, Err *err) {
  if (csv_column_is_na(column, field, rules))
    return column_set_na(out, row, err);
  if (column->type == COLUMN_TEXT) {
    out->codes[row] = dict_add(out->dict, field->text, field->len, err);
    return out->codes[row] == DICT_NONE ? -1 : 0;
  }
  if (fill_typed(out, row, column, field, rules) == 0) return 0;
  char shown[CSV_PREVIEW_SIZE];
  csv_preview(field->text, field->len, shown);
  return err_set(err, ERR_DATA, "%zu: '%s' changed while the file was read",
                 field->line, shown);
}

static int fill_rows(CsvRows *rows, const CsvReport *report,
                     const CsvRules *rules, Column **columns, Err *err) {
  for (size_t row = 0; row < report->rows; row++) {
    int got = csv_rows_next(rows, err);
    if (got == 0)
      return err_set(err, ERR_DATA, "1: the file changed while it was read");
    if (got != 1) return -1;
    for (size_t i = 0; i < report->ncols; i++)
      if (fill(columns[i], row, &report->columns[i], &rows->scan.fields[i],
               rules, err) != 0)
        return -1;
  }
  return 0;
}

static int make_columns(const CsvReport *report, Column **columns, Err *err) {
  for (size_t i = 0; i < report->ncols; i++) {
    const CsvColumn *from = &report->columns[i];
    columns[i] = column_new(from->type, report->rows, err);
    if (columns[i] == NULL) return -1;
    columns[i]->scale = from->scale;
    columns[i]->period = from->period;
  }
  return 0;
}

Table *csv_build(CsvRows *rows, const CsvReport *report, const CsvRules *rules,
                 Err *err) {
  Table *table = NULL;
  Column **columns = mem_array(report->ncols, sizeof *columns);
  if (columns == NULL) return err_memory(err), NULL;
  if (make_columns(report, columns, err) == 0 &&
      fill_rows(rows, report, rules, columns, err) == 0)
    table = table_new(report->rows, report->ncols,
                      (const char *const *)report->names, columns, err);
  for (size_t i = 0; i < report->ncols; i++) column_unref(columns[i]);
  free(columns);
  return table;
}
