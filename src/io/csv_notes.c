/* The tail is looked at line by line from its end, so a large file costs no
   more than a small one; a line with an odd number of quotes may be part of a
   longer record, and ends the search. */
#include "io/csv_notes.h"

#include <string.h>
#include <strings.h>

#include "io/csv_kind.h"
#include "io/csv_rows.h"

static bool begins_note(const char *text, size_t len) {
  static const char *const words[] = {
      "source:",   "sources:",   "source ",  "note:",     "notes:",
      "note ",     "notes ",     "n.b.",     "nb:",       "footnote",
      "quelle",    "fuente",     "fonte",    "bron:",     "bron ",
      "anmerkung", "nota:",      "notas:",   "generated", "report generated",
      "printed ",  "exported ",  "as of ",   "end of",    "disclaimer",
      "*",         "†",          "注",       "说明",      "說明",
      "备注",      "資料來源",   "资料来源", "数据来源",  "填表人",
      "制表人",    "prepared by"};
  for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
    size_t n = strlen(words[i]);
    if (len >= n && strncasecmp(text, words[i], n) == 0) return true;
  }
  return false;
}

typedef enum TailLine {
  TAIL_DATA,
  TAIL_BLANK, /* nothing on the line */
  TAIL_EMPTY, /* a record of empty cells */
  TAIL_ALONE, /* one cell of text: a note behind a blank line */
  TAIL_SHORT, /* ... in a ragged record: behind an empty one too */
  TAIL_NOTE   /* begins as notes do */
} TailLine;

static TailLine judge_fields(const CsvScan *scan, size_t ncols) {
  size_t filled = 0, first = 0;
  CsvKind kind = CSV_KIND_BLANK;
  Decimal ignored;
  for (size_t i = scan->nfields; i > 0; i--) {
    CsvKind this = csv_kind_of(&scan->fields[i - 1], &ignored);
    if (this == CSV_KIND_BLANK) continue;
    filled++;
    first = i - 1;
    kind = this;
  }
  if (filled == 0) return csv_record_is_empty(scan) ? TAIL_EMPTY : TAIL_DATA;
  const CsvField *field = &scan->fields[first];
  bool split = scan->nfields != ncols; /* commas of a sentence */
  if (kind == CSV_KIND_TEXT && (split || (filled == 1 && ncols > 2)) &&
      begins_note(field->text, field->len))
    return TAIL_NOTE;
  if (filled > 1 || kind != CSV_KIND_TEXT) return TAIL_DATA;
  return split ? TAIL_SHORT : TAIL_ALONE;
}

/* One physical line; with an odd number of quotes it is part of more. */
static TailLine judge_line(const char *begin, const char *end, char delimiter,
                           size_t ncols) {
  size_t quotes = 0;
  for (const char *at = begin; at < end; at++) quotes += *at == '"';
  if (quotes % 2 != 0) return TAIL_DATA;
  if (begin == end) return TAIL_BLANK;
  CsvScan scan;
  Err err;
  csv_scan_open(&scan, begin, end, delimiter, 1);
  TailLine judged = TAIL_DATA;
  if (csv_scan_next(&scan, &err) == 1) judged = judge_fields(&scan, ncols);
  csv_scan_close(&scan);
  return judged;
}

enum { TAIL_LINES = 64, TAIL_BYTES = 1 << 16 };

/* Start of the line that ends before `end` (behind its own line end), and
   where its text stops. */
static const char *line_above(const char *begin, const char *end,
                              const char **stop) {
  const char *at = end;
  if (at > begin && at[-1] == '\n') at--;
  if (at > begin && at[-1] == '\r' && (at == end || *at == '\n')) at--;
  *stop = at;
  while (at > begin && at[-1] != '\n' && at[-1] != '\r') at--;
  return at;
}

/* Lines go upwards from 0; is `at` a note by itself, or by what is above? */
static bool opens_notes(const TailLine *kinds, size_t at, size_t n) {
  if (kinds[at] == TAIL_NOTE) return true;
  if (kinds[at] < TAIL_ALONE || at + 1 == n) return false;
  return kinds[at + 1] == TAIL_BLANK ||
         (kinds[at + 1] == TAIL_EMPTY && kinds[at] == TAIL_SHORT);
}

/* Lines, or records, from the start of the data up to `at`. */
static size_t lines_before(const CsvLayout *out, const char *at,
                           char delimiter) {
  if (!out->by_record)
    return csv_count_lines(out->data, (size_t)(at - out->data));
  CsvScan scan;
  Err err;
  csv_scan_open(&scan, out->data, at, delimiter, 0);
  scan.by_record = true;
  while (csv_scan_next(&scan, &err) == 1) {
  }
  size_t lines = scan.line;
  csv_scan_close(&scan);
  return lines;
}

/* Move out->end up over notes. */
void csv_notes_cut(CsvLayout *out, char delimiter) {
  const char *starts[TAIL_LINES], *stops[TAIL_LINES];
  TailLine kinds[TAIL_LINES];
  size_t n = 0;
  const char *at = out->end, *stop;
  for (; n < TAIL_LINES && at > out->data && out->end - at < TAIL_BYTES; n++) {
    const char *start = line_above(out->data, at, &stop);
    kinds[n] = judge_line(start, stop, delimiter, out->ncols);
    if (kinds[n] == TAIL_DATA) break;
    starts[n] = at = start;
    stops[n] = stop;
  }
  size_t top = n;
  while (top > 0 && !opens_notes(kinds, top - 1, n)) top--;
  if (top == 0 || (n == TAIL_LINES && top == n)) return;
  while (top < n && kinds[top] <= TAIL_EMPTY) top++;
  for (size_t i = top; i > 0; i--) {
    if (kinds[i - 1] <= TAIL_EMPTY) out->blank++;
    else out->junk++;
  }
  size_t line = lines_before(out, starts[top - 1], delimiter);
  for (size_t i = top; i > 0; i--, line++)
    if (kinds[i - 1] > TAIL_EMPTY)
      csv_layout_show(out, out->data_line + line, starts[i - 1], stops[i - 1]);
  out->end = starts[top - 1];
}
