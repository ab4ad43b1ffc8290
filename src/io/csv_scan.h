/* csv_scan: the careful tokenizer: RFC 4180 records out of bytes in memory. */
#ifndef CSV_SCAN_H
#define CSV_SCAN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"

/* The grammar. Fields stand between delimiters; a record ends at LF, CRLF or
   a lone CR; the last record may lack its end. A field that begins with a
   double quote runs to the closing one, `""` inside is one quote, line ends
   and delimiters inside are text and are kept as they are. Two leniencies: a
   quote inside a field that did not begin with one is text, and blanks
   between a closing quote and the delimiter are ignored. Other text there is
   an error, and so is a quote that is never closed.

   The seam for faster readers: a scan works on any range that starts where a
   record starts, and knows nothing of headers, types or files. A range that
   holds no quote and no CR is plain: its records are its lines and its fields
   are what stands between delimiters. */

typedef struct CsvField {
  const char *text; /* in the range, or in the scan when `""` was undone */
  size_t len;
  size_t at;   /* offset in the range of its first byte, the quote included */
  size_t line; /* physical line on which it starts */
  bool quoted;
} CsvField;

typedef struct CsvScan {
  const char *begin, *end; /* borrowed */
  const char *at;          /* the next record starts here */
  const char *record;      /* this record starts here */
  size_t record_line;      /* ... on this physical line */
  size_t line;             /* physical line of `at` */
  char delimiter;          /* one byte: not a quote, CR or LF */
  bool by_record;          /* lines are records: of sheets and objects */
  CsvField *fields;        /* of this record; valid until the next one */
  size_t nfields;
  size_t room;
  Buf copies; /* texts of this record in which `""` became one quote */
} CsvScan;

/* Start on [begin, end); `line` is the number of the first line (1-based).
   Nothing is allocated yet. The bytes must outlive the scan. */
void csv_scan_open(CsvScan *scan, const char *begin, const char *end,
                   char delimiter, size_t line);
void csv_scan_close(CsvScan *scan);

/* Read one record: 1, 0 at the end, -1 with an error whose text starts with
   "line:column: ". A line without any byte is a record of one empty field. */
int csv_scan_next(CsvScan *scan, Err *err);

/* The character column (1-based) of a byte offset on its physical line. */
size_t csv_scan_column(const CsvScan *scan, size_t at);

/* Line ends in some bytes: LF, CRLF and lone CR count one each. */
size_t csv_count_lines(const char *text, size_t len);

enum { CSV_PREVIEW_SIZE = 96 };

/* Some bytes for a message: one line, at most 40 columns, a cut is shown by
   an ellipsis, control characters and bad bytes by '?'. Returns `out`. */
const char *csv_preview(const char *text, size_t len, char *out);

#endif
