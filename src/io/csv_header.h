/* csv_header: the names that one or two header records make. */
#ifndef CSV_HEADER_H
#define CSV_HEADER_H

#include "base/buf.h"
#include "io/csv_layout.h"

typedef struct CsvHeader {
  CsvScan scan;
  CsvField *fields; /* one for each column; valid until csv_header_close */
  CsvField *joined; /* owned, where two records were put together */
  Buf texts;
} CsvHeader;

/* Read the header records of a layout that has any. Of two, the upper one's
   cells reach to the right over columns that have none, and "Budget" above
   "2021" becomes "Budget 2021". 0 or -1; close it either way. */
int csv_header_read(CsvHeader *header, const CsvLayout *layout, char delimiter,
                    Err *err);
void csv_header_close(CsvHeader *header);

#endif
