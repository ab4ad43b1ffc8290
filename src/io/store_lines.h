/* store_lines: on which line of a delimited file each of its rows stands. */
#ifndef STORE_LINES_H
#define STORE_LINES_H

#include "table/column.h"

/* An int column with one physical line (1-based) per data row, as csv_load
   counts rows: the first record is the header, blank lines are no rows. NULL
   on failure. */
Column *store_lines(const char *bytes, size_t len, char delimiter, Err *err);

#endif
