/* csv_write: a table as CSV bytes. */
#ifndef CSV_WRITE_H
#define CSV_WRITE_H

#include "base/buf.h"
#include "table/table.h"

typedef struct CsvWriteOptions {
  char delimiter; /* 0: ',' */
  bool no_header;
} CsvWriteOptions;

/* Append the table to `out`: UTF-8, one line per row, LF. Decimals keep their
   exact digits. A missing value is nothing between the delimiters, an empty
   text is `""`. Quotes stand around a text only where they are needed: it
   holds a delimiter (any that csv_sniff knows), a quote, CR or LF, has blanks
   at an end, or is empty. 0 or -1.

   What comes back through csv_load: every value, NA, zero and empty text
   apart, and every text byte for byte. Types are inferred anew, so a text
   column of nothing but numbers comes back as numbers, and a '-' or blanks
   among numbers as NA: pass types to keep them. A text column of "007" comes
   back as text by itself.

   Cells that start with = + - @ are written as they are. Spreadsheets take
   such text for formulas; a file for them is the xlsx writer's task. Machine
   CSV must not change what it carries. */
int csv_write(const Table *table, const CsvWriteOptions *options, Buf *out,
              Err *err);

#endif
