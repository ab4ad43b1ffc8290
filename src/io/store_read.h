/* store_read: tables and views of a database file as Tables. */
#ifndef STORE_READ_H
#define STORE_READ_H

#include "io/store_rows.h"

enum { STORE_NOTES_SIZE = 2000 };

/* What a reader of the result should know, one line each; may be cut. */
typedef struct StoreNotes {
  char text[STORE_NOTES_SIZE];
} StoreNotes;

/* Read the table or view `name` (the case of its letters does not matter).

   With fields: those columns, under the names and in the types of the fields
   (amounts in fen become decimal(2) in yuan, num and scale a decimal of the
   largest scale among the rows).

   Without: all its columns. A table that an import made comes back in its
   types. Others are read by what is stored: INTEGER int, REAL real, TEXT text;
   INTEGER and REAL mixed real, or text where an integer is too large for that;
   numbers mixed with text, and blobs as X'..', text. A column that is declared
   decimal(p,s) or numeric(p,s) is decimal(s) when all its numbers fit. A
   column without values goes by its declaration. Everything that is not plain
   is noted. A view may take a minute. NULL on failure. */
Table *store_read(Store *store, const char *name, const StoreField *fields,
                  size_t nfields, StoreNotes *notes, Err *err);

/* Tables and views, by name: columns name, kind (table or view) and origin
   (evalua: of the schema; import: an analyst's; other). NULL on failure. */
Table *store_tables(Store *store, Err *err);

#endif
