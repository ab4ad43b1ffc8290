/* The order of work: bytes to UTF-8, leave out lines, find the delimiter, the
   table, its names, look at every cell, build. */
#include "io/csv_load.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "io/csv_build.h"
#include "io/csv_header.h"
#include "io/csv_rows.h"
#include "io/encode.h"

typedef struct Load {
  const CsvOptions *options;
  CsvReport *report;
  CsvRules rules;
  Utf8Text text;
  const char *begin, *end; /* of the text behind the lines left out */
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

static int note_encoding(Load *load, Err *err) {
  const Utf8Text *text = &load->text;
  CsvReport *report = load->report;
  if (text->guessed)
    return csv_report_note(report, err,
                           "the file is not UTF-8: read as %s, which its "
                           "letters look like (--encoding for another)",
                           text->encoding);
  if (text->mixed == NULL) return 0;
  char lines[ENCODE_SHOWN * 24];
  size_t used = 0;
  for (size_t i = 0; i < text->mixed_lines && i < ENCODE_SHOWN; i++)
    used += (size_t)snprintf(lines + used, sizeof lines - used, "%s%zu",
                             i == 0 ? "" : ", ", text->mixed_shown[i]);
  if (text->mixed_lines > ENCODE_SHOWN)
    snprintf(lines + used, sizeof lines - used, ", ...");
  return csv_report_note(report, err,
                         "lines that are not UTF-8, read as %s: %zu (%s)",
                         text->mixed, text->mixed_lines, lines);
}

static int decode(Load *load, const char *bytes, size_t len, Err *err) {
  CsvReport *report = load->report;
  const char *encoding = load->options->encoding;
  int status = encode_to_utf8(bytes, len, encoding, &load->text, err);
  memcpy(report->encoding, load->text.encoding, sizeof report->encoding);
  report->mixed = load->text.mixed != NULL;
  report->encoding_reason = load->text.reason ? load->text.reason : "";
  return status == 0 ? note_encoding(load, err) : -1;
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

static int name_columns(Load *load, Err *err) {
  CsvReport *report = load->report;
  const CsvOptions *options = load->options;
  if (!report->header)
    return csv_report_name(report, options->columns, NULL, err);
  CsvHeader header;
  int status =
      csv_header_read(&header, &report->layout, report->sniff.delimiter, err);
  if (status == 0)
    status = csv_report_name(report, options->columns, header.fields, err);
  csv_header_close(&header);
  return status;
}

static int find_columns(Load *load, Err *err) {
  CsvReport *report = load->report;
  const CsvOptions *options = load->options;
  const CsvLayoutOptions asked = {options->no_header, options->header_row,
                                  options->skip > 0, options->records > 0,
                                  options->whole};
  CsvLayout *layout = &report->layout;
  if (csv_layout_find(load->begin, load->end, report->sniff.delimiter,
                      options->skip + 1, &asked, layout, err) != 0)
    return -1;
  report->header = layout->header != NULL;
  report->ncols = layout->ncols;
  report->blank = layout->blank;
  report->junk = layout->junk;
  if (check_given(load, err) != 0) return -1;
  return name_columns(load, err);
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
  const CsvLayout *layout = &load->report->layout;
  *rows = (CsvRows){.ncols = load->report->ncols,
                    .header = load->report->header,
                    .skip_bad = load->options->skip_bad};
  csv_scan_open(&rows->scan, layout->data, layout->end,
                load->report->sniff.delimiter, layout->data_line);
  rows->scan.by_record = load->options->records > 0;
  if (layout->header_records != 1) return;
  size_t len = (size_t)(layout->header_end - layout->header);
  while (len > 0 && strchr("\r\n", layout->header[len - 1]) != NULL) len--;
  rows->names = layout->header;
  rows->names_len = len;
}

/* Fill `err` with what is wrong in column i. */
static int column_problem(const Load *load, size_t i, Err *err) {
  const CsvReport *report = load->report;
  csv_column_problem(&report->columns[i], report->names[i], err);
  return load->options->sheet ? csv_place_cell(i, err) : -1;
}

static int look_at_rows(Load *load, CsvRows *rows, Err *err) {
  CsvReport *report = load->report;
  int got;
  while ((got = csv_rows_next(rows, err)) == 1) {
    for (size_t i = 0; i < report->ncols; i++)
      if (csv_column_look(&report->columns[i], &rows->scan.fields[i],
                          &load->rules) != 0)
        return column_problem(load, i, err);
    report->rows++;
  }
  return got;
}

/* Physical lines; the last one may lack its end. */
static size_t count_lines(const Load *load) {
  if (load->options->records > 0) return load->options->records;
  const Utf8Text *text = &load->text;
  size_t lines = csv_count_lines(text->text, text->len);
  char last = text->text[text->len - 1];
  return lines + (last == '\n' || last == '\r' ? 0 : 1);
}

static int note_left_out(CsvReport *report, const CsvRows *rows, Err *err) {
  const CsvLayout *layout = &report->layout;
  for (size_t i = 0; i < layout->nshown; i++)
    if (csv_report_note(report, err, "line %zu is not part of the table: '%s'",
                        layout->shown[i].line, layout->shown[i].text) != 0)
      return -1;
  int status = 0;
  if (layout->junk > layout->nshown)
    status |=
        csv_report_note(report, err, "%zu more lines are not part of the table",
                        layout->junk - layout->nshown);
  if (rows->repeated > 0)
    status |=
        csv_report_note(report, err,
                        "the header stands %zu more times among the data: "
                        "left out",
                        rows->repeated);
  if (rows->empty > 0 && report->ncols > 1)
    status |= csv_report_note(
        report, err, "rows without a value in any cell: %zu", rows->empty);
  for (size_t i = 0; i < rows->bad && i < CSV_BAD_SHOWN; i++)
    status |= csv_report_note(report, err,
                              "line %zu has another number of fields: left out",
                              rows->bad_lines[i]);
  if (rows->bad > CSV_BAD_SHOWN)
    status |= csv_report_note(report, err,
                              "%zu more records with another number of fields "
                              "were left out",
                              rows->bad - CSV_BAD_SHOWN);
  return status;
}

static int count_rows(Load *load, const CsvRows *rows, Err *err) {
  CsvReport *report = load->report;
  report->blank += rows->blank;
  report->junk += rows->repeated_lines;
  report->bad = rows->lost_lines;
  report->data_lines = rows->data_lines;
  report->lines = count_lines(load);
  return note_left_out(report, rows, err);
}

static int infer(Load *load, Err *err) {
  CsvReport *report = load->report;
  CsvRows rows;
  open_rows(load, &rows);
  int status = look_at_rows(load, &rows, err);
  if (status == 0) status = count_rows(load, &rows, err);
  csv_scan_close(&rows.scan);
  if (status != 0) return -1;
  for (size_t i = 0; i < report->ncols; i++)
    if (csv_column_decide(&report->columns[i]) != 0)
      return column_problem(load, i, err);
  return csv_report_columns(report, err);
}

static Table *build(Load *load, Err *err) {
  CsvRows rows;
  open_rows(load, &rows);
  Table *table = csv_build(&rows, load->report, &load->rules, err);
  csv_scan_close(&rows.scan);
  return table;
}

/* Everything up to the first data record. */
static int find_rows(Load *load, const char *bytes, size_t len, Err *err) {
  if (decode(load, bytes, len, err) != 0) return -1;
  if (skip_lines(load, err) != 0) return -1;
  if (find_delimiter(load, err) != 0) return -1;
  return find_columns(load, err);
}

static int prepare(Load *load, const char *bytes, size_t len, Err *err) {
  if (find_rows(load, bytes, len, err) != 0) return -1;
  if (start_columns(load, err) != 0) return -1;
  return infer(load, err);
}

Table *csv_load(const char *name, const char *bytes, size_t len,
                const CsvOptions *options, CsvReport *report, Err *err) {
  Load load = {.options = options, .report = report};
  load.rules = (CsvRules){point_of(options), options->na,    options->nna,
                          options->zero,     options->nzero, options->sheet};
  *report = (CsvReport){.sheet = options->sheet};
  Table *table = NULL;
  if (prepare(&load, bytes, len, err) == 0) table = build(&load, err);
  encode_free(&load.text);
  if (table == NULL && err->code == ERR_DATA) err_at(err, "%s:", name);
  return table;
}

/* ---- lines ---- */

static int add_lines(const Load *load, ColumnBuilder *builder, Err *err) {
  CsvRows rows;
  open_rows(load, &rows);
  int got;
  while ((got = csv_rows_next(&rows, err)) == 1)
    if (column_add_int(builder, (int64_t)rows.scan.record_line, err) != 0) {
      got = -1;
      break;
    }
  csv_scan_close(&rows.scan);
  return got;
}

Column *csv_load_lines(const char *name, const char *bytes, size_t len,
                       const CsvOptions *options, Err *err) {
  ColumnBuilder *builder = column_builder_new(COLUMN_INT, 0, PERIOD_YEAR, err);
  if (builder == NULL) return NULL;
  CsvReport report = {.sheet = options->sheet};
  Load load = {.options = options, .report = &report};
  int status = find_rows(&load, bytes, len, err);
  if (status == 0) status = add_lines(&load, builder, err);
  if (status != 0 && err->code == ERR_DATA) err_at(err, "%s:", name);
  encode_free(&load.text);
  csv_report_free(&report);
  if (status == 0) return column_build(builder);
  column_builder_free(builder);
  return NULL;
}
