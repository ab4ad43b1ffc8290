/* store_read: tables and views of a database file as Tables. */
#ifndef STORE_READ_H
#define STORE_READ_H

#include "io/store_rows.h"

enum { STORE_NOTES_SIZE = 2000 };

/* What a reader of the result should know, one line each; may be cut. */
typedef struct StoreNotes {
  char text[STORE_NOTES_SIZE];
} StoreNotes;

/* What to read of a table; all zero: everything. */
typedef struct StoreWanted {
  const StoreField *fields;
  const char *const *names; /* or columns by the names that people see */
  size_t n;                 /* of fields, or of names */
} StoreWanted;

/* Read the table or view `name` (the case of its letters does not matter).

   With fields: those columns, under the names and in the types of the fields
   (amounts in fen become decimal(2) in yuan, num and scale a decimal of the
   largest scale among the rows).

   Without: all its columns, or those that are named (ERR_USE: one is not
   there). A table that an import made comes back in its
   types. Others are read by what is stored: INTEGER int, REAL real, TEXT text;
   INTEGER and REAL mixed real, or text where an integer is too large for that;
   numbers mixed with text, and blobs as X'..', text. A column that is declared
   decimal(p,s) or numeric(p,s) is decimal(s) when all its numbers fit. A
   column without values goes by its declaration. Everything that is not plain
   is noted. A view may take a minute. NULL on failure. */
Table *store_read(Store *store, const char *name, const StoreWanted *wanted,
                  StoreNotes *notes, Err *err);

/* The columns of a table whose types are known without a look at its rows, as a
   table of no rows. NULL with *known false where they are not, NULL with true
   and `err` on failure. */
Table *store_read_outline(Store *store, const char *name, bool *known,
                          Err *err);

/* The same, some rows at a time, all of one moment: opened, a transaction is
   open too (unless one was). NULL on failure. */
typedef struct StoreReading StoreReading;
StoreReading *store_read_open(Store *store, const char *name,
                              const StoreWanted *wanted, StoreNotes *notes,
                              Err *err);
void store_read_close(StoreReading *reading); /* accepts NULL */

/* The next rows, at most so many (above 0); a table of none at the end. */
Table *store_read_next(StoreReading *reading, size_t most, Err *err);

/* The table's name as the database has it. */
const char *store_read_name(const StoreReading *reading);

/* What its column i is called in SQL. */
const char *store_read_sql_name(const StoreReading *reading, size_t i);

/* Tables and views, by name: columns name, kind (table or view) and origin
   (evalua: of the schema; import: an analyst's; other). NULL on failure. */
Table *store_tables(Store *store, Err *err);

#endif
