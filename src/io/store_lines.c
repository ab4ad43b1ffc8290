#include "io/store_lines.h"

#include "io/csv_scan.h"

static bool is_blank(const CsvScan *scan) {
  return scan->nfields == 1 && scan->fields[0].len == 0 &&
         !scan->fields[0].quoted;
}

static int add_lines(ColumnBuilder *builder, CsvScan *scan, Err *err) {
  size_t width = 0; /* fields of the header; 0: not seen yet */
  int got;
  while ((got = csv_scan_next(scan, err)) == 1) {
    if (is_blank(scan) && width != 1) continue;
    if (width == 0) width = scan->nfields;
    else if (column_add_int(builder, (int64_t)scan->record_line, err) != 0)
      return -1;
  }
  return got;
}

Column *store_lines(const char *bytes, size_t len, char delimiter, Err *err) {
  ColumnBuilder *builder = column_builder_new(COLUMN_INT, 0, PERIOD_YEAR, err);
  if (builder == NULL) return NULL;
  CsvScan scan;
  csv_scan_open(&scan, bytes, bytes + len, delimiter, 1);
  int status = add_lines(builder, &scan, err);
  csv_scan_close(&scan);
  if (status == 0) return column_build(builder);
  column_builder_free(builder);
  return NULL;
}
