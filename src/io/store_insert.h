/* store_insert: columns in memory become rows of a table, many at a time. */
#ifndef STORE_INSERT_H
#define STORE_INSERT_H

#include "io/store.h"
#include "table/column.h"

/* Columns on their way: columns[i] (NULL: all missing) goes into the column
   sql_names[i] of the table. */
typedef struct StoreInsert {
  const char *table;
  const char *const *sql_names;
  const Column *const *columns;
  size_t ncols, nrows;
} StoreInsert;

/* Insert the rows in the open transaction. A real that is NaN is ERR_DATA,
   since SQLite would make it a missing value. 0 or -1. */
int store_insert(Store *store, const StoreInsert *insert, Err *err);

#endif
