/* json_rows: an array of objects as the text of a CSV file. */
#ifndef JSON_ROWS_H
#define JSON_ROWS_H

#include "base/buf.h"
#include "table/dict.h"

typedef struct JsonRows {
  Buf text;      /* comma, LF, no header; record n is object n */
  Dict *names;   /* the keys, in the order in which they come up */
  size_t nnames; /* how many */
  size_t nrows;
} JsonRows;

/* Read `text` (UTF-8, borrowed). A string is a cell in quotes, "" included; a
   number its own digits; null, and a key that an object lacks, a missing cell.
   0, or -1 with an error that starts with "line: ": broken JSON, no array of
   objects, a value that is an object or array (with its key and the number of
   its object), a key twice in one object, more than 16,384 keys or 1 GiB of
   text. Free the rows either way. */
int json_rows_read(const char *text, size_t len, JsonRows *out, Err *err);
void json_rows_free(JsonRows *rows);

#endif
