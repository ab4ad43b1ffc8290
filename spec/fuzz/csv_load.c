/* csv_load: any bytes as a file. Nothing may crash; the tokenizer must give
   the same records however the range is cut at record starts, and on plain
   bytes the same as splitting does; what was loaded and written must load
   again as the same table; every physical line is counted once. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "io/csv_load.h"
#include "io/csv_write.h"

static void require(int holds) {
  if (!holds) abort();
}

static void same_record(const CsvScan *a, const CsvScan *b) {
  require(a->nfields == b->nfields);
  require(a->line == b->line && a->at == b->at);
  for (size_t i = 0; i < a->nfields; i++) {
    const CsvField *x = &a->fields[i], *y = &b->fields[i];
    require(x->len == y->len && x->quoted == y->quoted && x->line == y->line);
    require(memcmp(x->text, y->text, x->len) == 0);
  }
}

/* One scan over all, and a new one for each record. */
static void check_cuts(const char *text, size_t len, char delimiter) {
  CsvScan whole, part;
  Err err;
  csv_scan_open(&whole, text, text + len, delimiter, 1);
  for (;;) {
    csv_scan_open(&part, whole.at, text + len, delimiter, whole.line);
    int got = csv_scan_next(&whole, &err);
    require(csv_scan_next(&part, &err) == got);
    if (got == 1) same_record(&whole, &part);
    csv_scan_close(&part);
    if (got != 1) break;
  }
  csv_scan_close(&whole);
}

/* Plain bytes, no quote and no CR: lines and what stands between. */
static void check_plain(const char *text, size_t len, char delimiter) {
  if (len > 0 && (memchr(text, '"', len) || memchr(text, '\r', len))) return;
  CsvScan scan;
  Err err;
  csv_scan_open(&scan, text, text + len, delimiter, 1);
  for (const char *at = text, *end = text + len; at < end;) {
    require(csv_scan_next(&scan, &err) == 1);
    const char *stop = memchr(at, '\n', (size_t)(end - at));
    if (stop == NULL) stop = end;
    for (size_t i = 0; i < scan.nfields; i++) {
      const char *next = memchr(at, delimiter, (size_t)(stop - at));
      if (next == NULL) next = stop;
      require(scan.fields[i].text == at);
      require(scan.fields[i].len == (size_t)(next - at));
      require((next == stop) == (i + 1 == scan.nfields));
      at = next + 1;
    }
  }
  require(csv_scan_next(&scan, &err) == 0);
  csv_scan_close(&scan);
}

/* Cells of two tables of the same types; decimals by their digits. */
static void same_table(const Table *a, const Table *b) {
  require(a->nrows == b->nrows && a->ncols == b->ncols);
  for (size_t i = 0; i < a->ncols; i++) {
    const Column *x = a->columns[i], *y = b->columns[i];
    require(strcmp(a->names[i], b->names[i]) == 0 && x->type == y->type);
    for (size_t row = 0; row < a->nrows; row++) {
      char one[DECIMAL_TEXT_SIZE], two[DECIMAL_TEXT_SIZE];
      size_t n, m;
      require(column_is_na(x, row) == column_is_na(y, row));
      if (column_is_na(x, row)) continue;
      const char *s = column_print(x, row, one, &n);
      const char *t = column_print(y, row, two, &m);
      require(n == m && memcmp(s, t, n) == 0);
    }
  }
}

static CsvWant want_of(const Column *column) {
  return (CsvWant){true, column->type, column->scale, (int)column->period};
}

/* Write the table and read it with its own types. */
static void check_again(const Table *table) {
  CsvForced *types = calloc(table->ncols, sizeof *types);
  Buf bytes = {0};
  Err err;
  require(types != NULL);
  for (size_t i = 0; i < table->ncols; i++)
    types[i] = (CsvForced){table->names[i], want_of(table->columns[i])};
  require(csv_write(table, &(CsvWriteOptions){0}, &bytes, &err) == 0);
  CsvOptions options = {.delimiter = ',',
                        .encoding = "UTF-8",
                        .point = '.',
                        .header_row = 1,
                        .whole = true,
                        .types = types,
                        .ntypes = table->ncols};
  CsvReport report;
  Table *again =
      csv_load("again", bytes.data, bytes.len, &options, &report, &err);
  require(again != NULL);
  same_table(table, again);
  table_unref(again);
  csv_report_free(&report);
  buf_free(&bytes);
  free(types);
}

static void check_load(const char *text, size_t len, unsigned flags) {
  static const char *const zero[] = {"-"};
  CsvOptions options = {.no_header = (flags & 1) != 0,
                        .skip = flags >> 1 & 1,
                        .skip_bad = (flags & 4) != 0,
                        .zero = zero,
                        .nzero = flags >> 3 & 1};
  CsvReport report;
  Err err;
  Table *table = csv_load("file", text, len, &options, &report, &err);
  for (size_t i = 0; table != NULL && i < report.ncols; i++) {
    char reason[CSV_REASON_SIZE];
    csv_column_reason(&report.columns[i], reason);
    csv_column_problem(&report.columns[i], report.names[i], &err);
  }
  if (table != NULL) check_again(table);
  if (table != NULL) /* every line is counted once */
    require(report.lines == report.skipped + report.layout.header_lines +
                                report.data_lines + report.blank + report.junk +
                                report.bad);
  table_unref(table);
  csv_report_free(&report);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len) {
  if (len == 0) return 0;
  char *text = malloc(len - 1); /* a block of its own: reading past it shows */
  if (text == NULL) return 0;
  memcpy(text, data + 1, len - 1);
  check_cuts(text, len - 1, ',');
  check_plain(text, len - 1, ',');
  check_load(text, len - 1, data[0]);
  free(text);
  return 0;
}
