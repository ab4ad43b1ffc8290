/* csv_rows: the data records of a CSV file: blank lines left out, ragged ones
   refused. */
#ifndef CSV_ROWS_H
#define CSV_ROWS_H

#include "io/csv_scan.h"

typedef struct CsvRows {
  CsvScan scan;
  size_t ncols;
  size_t blank; /* blank lines left out so far */
  bool header;  /* for the wording of errors */
} CsvRows;

/* The next record, with exactly ncols fields in rows->scan.fields: 1, 0 at
   the end, -1 with an error that starts with "line:column: ". In a file of
   one column a blank line is a record. */
int csv_rows_next(CsvRows *rows, Err *err);

/* Is the scan's record a blank line? */
bool csv_record_is_blank(const CsvScan *scan);

#endif
