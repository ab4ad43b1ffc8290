#include "io/csv_rows.h"

#include <string.h>

#include "io/csv_cell.h"

bool csv_record_is_blank(const CsvScan *scan) {
  const CsvField *field = scan->fields;
  return scan->nfields == 1 && !field->quoted &&
         csv_cell_is_blank(field->text, field->len);
}

size_t csv_record_lines(const CsvScan *scan) {
  const char *last = scan->at - 1;
  bool ended = *last == '\n' || *last == '\r'; /* the last line may not be */
  return scan->line - scan->record_line + (ended ? 0 : 1);
}

bool csv_record_is_empty(const CsvScan *scan) {
  for (size_t i = 0; i < scan->nfields; i++)
    if (scan->fields[i].quoted ||
        !csv_cell_is_blank(scan->fields[i].text, scan->fields[i].len))
      return false;
  return true;
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

static bool is_header_again(const CsvRows *rows) {
  const CsvScan *scan = &rows->scan;
  size_t n = rows->names_len, len = (size_t)(scan->at - scan->record);
  return rows->names != NULL && len >= n && len <= n + 2 &&
         memcmp(scan->record, rows->names, n) == 0 &&
         scan->nfields == rows->ncols;
}

/* Is the record to be left out? */
static bool passes_over(CsvRows *rows) {
  const CsvScan *scan = &rows->scan;
  if (csv_record_is_blank(scan)) {
    rows->blank++;
    return true;
  }
  if (!is_header_again(rows)) return false;
  rows->repeated++;
  rows->repeated_lines += csv_record_lines(scan);
  return true;
}

int csv_rows_next(CsvRows *rows, Err *err) {
  for (;;) {
    int got = csv_scan_next(&rows->scan, err);
    if (got != 1) return got;
    const CsvScan *scan = &rows->scan;
    bool fits = scan->nfields == rows->ncols;
    if (fits && rows->ncols == 1) break;
    if (passes_over(rows)) continue;
    if (fits) break;
    if (!rows->skip_bad) return refuse_ragged(rows, err);
    if (rows->bad < CSV_BAD_SHOWN)
      rows->bad_lines[rows->bad] = scan->record_line;
    rows->bad++;
    rows->lost_lines += csv_record_lines(scan);
  }
  rows->data_lines += csv_record_lines(&rows->scan);
  rows->empty += csv_record_is_empty(&rows->scan);
  return 1;
}
