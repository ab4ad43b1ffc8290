/* json: any bytes as a document. Nothing may crash; every token must lie in
   the text; what reads as rows must load as a table of so many rows. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "io/csv_load.h"
#include "io/json_rows.h"
#include "io/json_scan.h"

static void require(int holds) {
  if (!holds) abort();
}

static void check_tokens(const char *text, size_t len) {
  JsonScan scan;
  JsonToken token = JSON_NULL;
  Err err;
  json_scan_open(&scan, text, len);
  while (token != JSON_END && json_scan_next(&scan, &token, &err) == 0) {
    require(scan.at >= text && scan.at <= text + len);
    if (token == JSON_STRING && scan.len > 0)
      require(text_check(scan.text, scan.len) == scan.len);
    if (token == JSON_NUMBER) require(scan.len > 0);
  }
  json_scan_close(&scan);
}

static void check_table(const JsonRows *rows) {
  const char **names = calloc(rows->nnames, sizeof *names);
  require(names != NULL);
  for (size_t i = 0; i < rows->nnames; i++)
    names[i] = dict_text(rows->names, (uint32_t)i, NULL);
  CsvOptions options = {.delimiter = ',',
                        .encoding = "UTF-8",
                        .no_header = true,
                        .columns = names,
                        .ncolumns = rows->nnames,
                        .records = rows->nrows,
                        .whole = true};
  CsvReport report;
  Err err;
  Table *table = csv_load("rows", rows->text.data, rows->text.len, &options,
                          &report, &err);
  require(table != NULL && table->nrows == rows->nrows);
  require(report.lines == rows->nrows);
  table_unref(table);
  csv_report_free(&report);
  free(names);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len) {
  char *text = malloc(len); /* a block of its own: reading past it shows */
  if (text == NULL || text_check((const char *)data, len) < len ||
      memchr(data, 0, len) != NULL) {
    free(text);
    return 0;
  }
  memcpy(text, data, len);
  check_tokens(text, len);
  JsonRows rows;
  Err err;
  if (json_rows_read(text, len, &rows, &err) == 0 && rows.nrows > 0 &&
      rows.nnames > 0)
    check_table(&rows);
  json_rows_free(&rows);
  free(text);
  return 0;
}
