/* One pass over the bytes, field by field; memchr looks for quotes, a plain
   loop for the end of bare fields. Fields point into the range. Only a field
   with `""` is copied; as the copies may move while a record grows, such
   fields get their pointer when the record is complete. Linear in the bytes,
   whatever the number of fields or the length of one. */
#include "io/csv_scan.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"

void csv_scan_open(CsvScan *scan, const char *begin, const char *end,
                   char delimiter, size_t line) {
  *scan = (CsvScan){.begin = begin,
                    .end = end,
                    .at = begin,
                    .record = begin,
                    .record_line = line,
                    .line = line,
                    .delimiter = delimiter};
}

void csv_scan_close(CsvScan *scan) {
  free(scan->fields);
  buf_free(&scan->copies);
  *scan = (CsvScan){0};
}

size_t csv_count_lines(const char *text, size_t len) {
  size_t count = 0;
  const char *end = text + len;
  for (const char *at = text; at < end; at++) {
    if (*at == '\n' && (at == text || at[-1] != '\r')) count++;
    if (*at == '\r') count++;
  }
  return count;
}

size_t csv_scan_column(const CsvScan *scan, size_t at) {
  const char *here = scan->begin + at, *start = here;
  while (start > scan->begin && start[-1] != '\n' && start[-1] != '\r') start--;
  return text_count(start, (size_t)(here - start)) + 1;
}

const char *csv_preview(const char *text, size_t len, char *out) {
  size_t most = len < 80 ? len : 80, used = 0;
  size_t fits = text_prefix(text, most, 40);
  for (size_t at = 0; at < fits;) {
    int32_t point;
    size_t bytes = text_decode(text + at, len - at, &point);
    bool shown = bytes > 0 && point >= 0x20 && point != 0x7F;
    if (bytes == 0) bytes = 1;
    if (shown && used + bytes > CSV_PREVIEW_SIZE - 4) break;
    if (shown) memcpy(out + used, text + at, bytes);
    else out[used] = '?';
    used += shown ? bytes : 1;
    at += bytes;
  }
  strcpy(out + used, fits < len ? "…" : "");
  return out;
}

static CsvField *add_field(CsvScan *scan, Err *err) {
  if (scan->nfields == scan->room) {
    size_t room = scan->room == 0 ? 16 : scan->room * 2;
    CsvField *fields = mem_resize(scan->fields, room, sizeof *fields);
    if (fields == NULL) return err_memory(err), NULL;
    scan->fields = fields;
    scan->room = room;
  }
  CsvField *field = &scan->fields[scan->nfields++];
  *field = (CsvField){.text = scan->at,
                      .at = (size_t)(scan->at - scan->begin),
                      .line = scan->line};
  return field;
}

static bool ends_line(char c) { return c == '\n' || c == '\r'; }

static void take_bare(CsvScan *scan, CsvField *field) {
  const char *at = scan->at, *end = scan->end;
  const char delimiter = scan->delimiter;
  while (at < end && *at != delimiter && !ends_line(*at)) at++;
  field->len = (size_t)(at - field->text);
  scan->at = at;
}

static int never_closed(const CsvScan *scan, const CsvField *field, Err *err) {
  char text[CSV_PREVIEW_SIZE];
  const char *open = scan->begin + field->at + 1;
  csv_preview(open, (size_t)(scan->end - open), text);
  return err_set(err, ERR_DATA, "%zu:%zu: this quote is never closed: \"%s",
                 field->line, csv_scan_column(scan, field->at), text);
}

static int text_behind(const CsvScan *scan, Err *err) {
  const char *stop = scan->at;
  while (stop < scan->end && !ends_line(*stop)) stop++;
  char text[CSV_PREVIEW_SIZE];
  csv_preview(scan->at, (size_t)(stop - scan->at), text);
  size_t column = csv_scan_column(scan, (size_t)(scan->at - scan->begin));
  return err_set(err, ERR_DATA,
                 "%zu:%zu: text after a closing quote: '%s' (a quote inside "
                 "quotes is written twice)",
                 scan->line, column, text);
}

/* Behind the closing quote: blanks, then the end of the field. */
static int leave_quotes(CsvScan *scan, Err *err) {
  const char *at = scan->at;
  while (at < scan->end && *at != scan->delimiter &&
         (*at == ' ' || *at == '\t'))
    at++;
  scan->at = at;
  if (at == scan->end || *at == scan->delimiter || ends_line(*at)) return 0;
  return text_behind(scan, err);
}

static int take_quoted(CsvScan *scan, CsvField *field, Err *err) {
  const char *start = ++scan->at;
  size_t copied = 0;
  field->quoted = true;
  for (;;) {
    size_t left = (size_t)(scan->end - scan->at);
    const char *quote = left == 0 ? NULL : memchr(scan->at, '"', left);
    if (quote == NULL) return never_closed(scan, field, err);
    size_t len = (size_t)(quote - start);
    if (!scan->by_record) scan->line += csv_count_lines(start, len);
    scan->at = quote + 1;
    bool twice = scan->at < scan->end && *scan->at == '"';
    if (twice) len++, scan->at++; /* the first of the two is text */
    if (twice || copied > 0) {
      if (buf_add(&scan->copies, start, len, err) != 0) return -1;
      copied += len;
    }
    if (!twice) break;
    start = scan->at;
  }
  field->text = copied > 0 ? NULL : start;
  field->len = copied > 0 ? copied : (size_t)(scan->at - 1 - start);
  return leave_quotes(scan, err);
}

/* Fields without a pointer have their text in the copies, in order. */
static void place_copies(CsvScan *scan) {
  size_t at = 0;
  for (size_t i = 0; i < scan->nfields && at < scan->copies.len; i++) {
    if (scan->fields[i].text != NULL) continue;
    scan->fields[i].text = scan->copies.data + at;
    at += scan->fields[i].len;
  }
}

static void take_line_end(CsvScan *scan) {
  if (scan->at == scan->end) return;
  if (*scan->at == '\r' && scan->at + 1 < scan->end && scan->at[1] == '\n')
    scan->at++;
  scan->at++;
  scan->line++;
}

static bool take_delimiter(CsvScan *scan) {
  if (scan->at == scan->end || *scan->at != scan->delimiter) return false;
  scan->at++;
  return true;
}

int csv_scan_next(CsvScan *scan, Err *err) {
  if (scan->at == scan->end) return 0;
  scan->nfields = 0;
  scan->copies.len = 0;
  scan->record = scan->at;
  scan->record_line = scan->line;
  do {
    CsvField *field = add_field(scan, err);
    if (field == NULL) return -1;
    bool quoted = scan->at < scan->end && *scan->at == '"';
    if (!quoted) take_bare(scan, field);
    else if (take_quoted(scan, field, err) != 0) return -1;
  } while (take_delimiter(scan));
  if (scan->copies.len > 0) place_copies(scan);
  take_line_end(scan);
  return 1;
}
