/* store_columns: what the side table `table_column` knows of the columns of
   an analyst's own table. STRICT has no decimals, periods or booleans, so the
   type, scale and unit stand there. */
#ifndef STORE_COLUMNS_H
#define STORE_COLUMNS_H

#include "io/store.h"
#include "table/table.h"

typedef struct StoreColumn {
  char *sql_name; /* distinct whatever the case of its letters; owned */
  char *name;     /* as in the file; owned */
  char *unit;     /* 万元 ...; owned, NULL when not said */
  ColumnType type;
  int scale;
  PeriodUnit period;
} StoreColumn;

typedef struct StoreColumns {
  StoreColumn *items;
  size_t n;
} StoreColumns;

void store_columns_free(StoreColumns *columns); /* leaves it empty */

/* The columns of a stored table, in order; none (n == 0) when the side table
   does not know it. 0 or -1. */
int store_columns_load(Store *store, const char *table, StoreColumns *out,
                       Err *err);

/* The columns that a new table needs; units[i] may be NULL. 0 or -1. */
int store_columns_new(const Table *table, const char *const *units,
                      StoreColumns *out, Err *err);

/* Write them to the side table; the old entries are gone. 0 or -1. */
int store_columns_save(Store *store, const char *table,
                       const StoreColumns *columns, Err *err);

/* The one of that name, or NULL. */
StoreColumn *store_columns_find(const StoreColumns *columns, const char *name);

/* The entry for column i of a table whose columns are called names[0 .. n - 1]
   in SQL: the one of its name; or, where the table has as many columns as
   entries, the one at its place that names no column any more, since that is
   what ALTER TABLE ... RENAME COLUMN leaves. NULL where there is none. */
const StoreColumn *store_columns_match(const StoreColumns *columns,
                                       const char *const *names, size_t n,
                                       size_t i);

/* INTEGER, REAL or TEXT. */
const char *store_column_sql_type(const StoreColumn *column);

/* "decimal(2)", "int", "month" ...: `out` holds 24 bytes; returns it. */
const char *store_column_type_name(const StoreColumn *column, char *out);

#endif
