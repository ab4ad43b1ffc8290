#include "io/csv_rows.h"

#include "io/csv_cell.h"

bool csv_record_is_blank(const CsvScan *scan) {
  const CsvField *field = scan->fields;
  return scan->nfields == 1 && !field->quoted &&
         csv_cell_is_blank(field->text, field->len);
}

static int refuse_ragged(const CsvRows *rows, Err *err) {
  const CsvScan *scan = &rows->scan;
  size_t i = scan->nfields - 1; /* the last field there is, or the first one */
  if (i > rows->ncols) i = rows->ncols; /* too many */
  const char *stop = scan->record;
  while (stop < scan->at && *stop != '\n' && *stop != '\r') stop++;
  char start[CSV_PREVIEW_SIZE];
  csv_preview(scan->record, (size_t)(stop - scan->record), start);
  const CsvField *field = &scan->fields[i];
  size_t column = csv_scan_column(scan, field->at);
  if (rows->header)
    return err_set(err, ERR_DATA,
                   "%zu:%zu: found %zu instead of the header's %zu fields: "
                   "'%s'",
                   field->line, column, scan->nfields, rows->ncols, start);
  return err_set(err, ERR_DATA,
                 "%zu:%zu: found %zu instead of the first record's %zu fields: "
                 "'%s'",
                 field->line, column, scan->nfields, rows->ncols, start);
}

int csv_rows_next(CsvRows *rows, Err *err) {
  for (;;) {
    int got = csv_scan_next(&rows->scan, err);
    if (got != 1) return got;
    if (rows->scan.nfields == rows->ncols && rows->ncols == 1) return 1;
    if (csv_record_is_blank(&rows->scan)) {
      rows->blank++;
      continue;
    }
    if (rows->scan.nfields == rows->ncols) return 1;
    return refuse_ragged(rows, err);
  }
}
