/* The order of work: bytes to UTF-8, leave out lines, find the delimiter,
   read the header, look at every cell, build. */
#include "io/csv_load.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "io/csv_build.h"
#include "io/csv_rows.h"
#include "io/encode.h"

typedef struct Load {
  const CsvOptions *options;
  CsvReport *report;
  CsvRules rules;
  Utf8Text text;
  const char *begin, *end; /* of the text behind the lines left out */
  const char *data;        /* where the first data record starts ... */
  size_t data_line;        /* ... and its line */
} Load;

/* ---- before the records ---- */

static int skip_lines(Load *load, Err *err) {
  const char *at = load->text.text, *end = at + load->text.len;
  size_t left = load->options->skip;
  for (; left > 0 && at < end; at++) {
    if (*at == '\r' && at + 1 < end && at[1] == '\n') continue;
    if (*at == '\n' || *at == '\r') left--;
  }
  load->begin = at;
  load->end = end;
  load->report->skipped = load->options->skip;
  if (at < end) return 0;
  if (load->text.len == 0)
    return err_set(err, ERR_DATA, "1: the file is empty");
  return err_set(err, ERR_DATA, "%zu: nothing is left behind %zu skipped lines",
                 csv_count_lines(load->text.text, load->text.len) + 1,
                 load->options->skip);
}

static int find_delimiter(Load *load, Err *err) {
  CsvSniff *sniff = &load->report->sniff;
  sniff->delimiter = load->options->delimiter;
  snprintf(sniff->reason, sizeof sniff->reason, "as asked");
  if (sniff->delimiter != 0) return 0;
  return csv_sniff(load->begin, (size_t)(load->end - load->begin), sniff, err);
}

static int decode(Load *load, const char *bytes, size_t len, Err *err) {
  CsvReport *report = load->report;
  const char *encoding = load->options->encoding;
  int status = encode_to_utf8(bytes, len, encoding, &load->text, err);
  memcpy(report->encoding, load->text.encoding, sizeof report->encoding);
  report->encoding_reason = load->text.reason ? load->text.reason : "";
  if (status != 0) return -1;
  return 0;
}

/* ---- names and types asked for ---- */

static int check_given(const Load *load, Err *err) {
  const CsvOptions *options = load->options;
  if (options->columns == NULL || options->ncolumns == load->report->ncols)
    return 0;
  return err_set(err, ERR_DATA,
                 "%zu: %zu column names are given for %zu columns",
                 options->skip + 1, options->ncolumns, load->report->ncols);
}

/* Read up to the first record that is not blank; it sets the columns. */
static int read_header(Load *load, CsvScan *scan, Err *err) {
  CsvReport *report = load->report;
  const CsvOptions *options = load->options;
  int got;
  while ((got = csv_scan_next(scan, err)) == 1 && csv_record_is_blank(scan))
    report->blank++;
  if (got == 0) err_set(err, ERR_DATA, "1: the file is empty");
  if (got != 1) return -1;
  report->header = !options->no_header;
  report->ncols = scan->nfields;
  load->data = report->header ? scan->at : load->begin;
  load->data_line = report->header ? scan->line : options->skip + 1;
  if (!report->header) report->blank = 0; /* the rows will meet them again */
  if (check_given(load, err) != 0) return -1;
  return csv_report_name(report, options->columns,
                         report->header ? scan->fields : NULL, err);
}

static int find_columns(Load *load, Err *err) {
  CsvScan scan;
  csv_scan_open(&scan, load->begin, load->end, load->report->sniff.delimiter,
                load->options->skip + 1);
  int status = read_header(load, &scan, err);
  csv_scan_close(&scan);
  return status;
}

static int no_such_column(const CsvReport *report, const char *name, Err *err) {
  const char *near = NULL;
  size_t len = strlen(name), least = text_count(name, len) / 3 + 2;
  for (size_t i = 0; i < report->ncols && i < 1000; i++) {
    const char *other = report->names[i];
    size_t far = text_distance(name, len, other, strlen(other));
    if (far >= least) continue;
    least = far;
    near = other;
  }
  if (near == NULL)
    return err_set(err, ERR_DATA, "1: a type is given for '%s', no such column",
                   name);
  return err_set(err, ERR_DATA,
                 "1: a type is given for '%s', no such column (did you "
                 "mean '%s'?)",
                 name, near);
}

static char point_of(const CsvOptions *options) {
  if (options->point != 0) return options->point;
  if (options->thousands == ',') return '.';
  return options->thousands == '.' ? ',' : 0;
}

static int start_columns(Load *load, Err *err) {
  CsvReport *report = load->report;
  report->columns = mem_array(report->ncols, sizeof *report->columns);
  if (report->columns == NULL) return err_memory(err);
  for (size_t t = 0; t < load->options->ntypes; t++) {
    const CsvForced *forced = &load->options->types[t];
    size_t i = 0;
    while (i < report->ncols && strcmp(report->names[i], forced->column) != 0)
      i++;
    if (i == report->ncols) return no_such_column(report, forced->column, err);
    report->columns[i].want = forced->want;
  }
  for (size_t i = 0; i < report->ncols; i++)
    csv_column_start(&report->columns[i], NULL, load->rules.point);
  return 0;
}

/* ---- the passes ---- */

static void open_rows(const Load *load, CsvRows *rows) {
  *rows =
      (CsvRows){.ncols = load->report->ncols, .header = load->report->header};
  csv_scan_open(&rows->scan, load->data, load->end,
                load->report->sniff.delimiter, load->data_line);
}

static int look_at_rows(Load *load, CsvRows *rows, Err *err) {
  CsvReport *report = load->report;
  int got;
  while ((got = csv_rows_next(rows, err)) == 1) {
    for (size_t i = 0; i < report->ncols; i++)
      if (csv_column_look(&report->columns[i], &rows->scan.fields[i],
                          &load->rules) != 0)
        return csv_column_problem(&report->columns[i], report->names[i], err);
    report->rows++;
  }
  return got;
}

/* Physical lines; the last one may lack its end. */
static size_t count_lines(const Load *load, const CsvRows *rows) {
  char last = load->end[-1];
  return rows->scan.line - (last == '\n' || last == '\r' ? 1 : 0);
}

static int infer(Load *load, Err *err) {
  CsvReport *report = load->report;
  CsvRows rows;
  open_rows(load, &rows);
  int status = look_at_rows(load, &rows, err);
  report->blank += rows.blank;
  report->lines = count_lines(load, &rows);
  csv_scan_close(&rows.scan);
  if (status != 0) return -1;
  for (size_t i = 0; i < report->ncols; i++)
    if (csv_column_decide(&report->columns[i]) != 0)
      return csv_column_problem(&report->columns[i], report->names[i], err);
  return csv_report_columns(report, err);
}

static Table *build(Load *load, Err *err) {
  CsvRows rows;
  open_rows(load, &rows);
  Table *table = csv_build(&rows, load->report, &load->rules, err);
  csv_scan_close(&rows.scan);
  return table;
}

static int prepare(Load *load, const char *bytes, size_t len, Err *err) {
  if (decode(load, bytes, len, err) != 0) return -1;
  if (skip_lines(load, err) != 0) return -1;
  if (find_delimiter(load, err) != 0) return -1;
  if (find_columns(load, err) != 0) return -1;
  if (start_columns(load, err) != 0) return -1;
  return infer(load, err);
}

Table *csv_load(const char *name, const char *bytes, size_t len,
                const CsvOptions *options, CsvReport *report, Err *err) {
  Load load = {.options = options, .report = report};
  load.rules = (CsvRules){point_of(options), options->na, options->nna};
  *report = (CsvReport){0};
  Table *table = NULL;
  if (prepare(&load, bytes, len, err) == 0) table = build(&load, err);
  encode_free(&load.text);
  if (table == NULL && err->code == ERR_DATA) err_at(err, "%s:", name);
  return table;
}
