/* csv_rows: the data records of a CSV file: blank lines and repeated headers
   left out, ragged records refused. */
#ifndef CSV_ROWS_H
#define CSV_ROWS_H

#include "io/csv_scan.h"

enum { CSV_BAD_SHOWN = 5 };

typedef struct CsvRows {
  CsvScan scan;
  size_t ncols;
  bool header;       /* for the wording of errors */
  bool skip_bad;     /* leave ragged records out instead of failing */
  const char *names; /* the header's record, to know it again; or NULL */
  size_t names_len;  /* ... without its line end */
  size_t blank;      /* blank lines left out so far */
  size_t empty;      /* records given out without a value in any cell */
  size_t repeated;   /* headers again */
  size_t bad;        /* ragged records left out */
  size_t bad_lines[CSV_BAD_SHOWN];
  size_t data_lines; /* physical lines of the records given out */
  size_t repeated_lines, lost_lines; /* ... and of those two kinds */
} CsvRows;

/* The next record, with exactly ncols fields in rows->scan.fields: 1, 0 at
   the end, -1 with an error that starts with "line:column: ". In a file of
   one column a blank line is a record; a record of empty cells (",,") is one
   too, and is counted. A record whose bytes are the header's is a header
   again, as files have it that were made page by page. */
int csv_rows_next(CsvRows *rows, Err *err);

/* Is the scan's record a blank line? */
bool csv_record_is_blank(const CsvScan *scan);

/* Are all of the record's cells empty, without quotes? */
bool csv_record_is_empty(const CsvScan *scan);

/* Physical lines of the scan's record. */
size_t csv_record_lines(const CsvScan *scan);

#endif
