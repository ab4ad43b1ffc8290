/* json_write: a table as JSON. */
#ifndef JSON_WRITE_H
#define JSON_WRITE_H

#include "base/buf.h"
#include "table/table.h"

/* Append the table to `out` as an array of objects, one a line, in row order.
   Decimals keep their exact digits, a missing value is null (so is what JSON
   has no number for), periods are strings; bytes that are not UTF-8 become
   U+FFFD. 0 or -1. */
int json_write(const Table *table, Buf *out, Err *err);

#endif
