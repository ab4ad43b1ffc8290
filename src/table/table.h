/* table: named columns of one length, immutable, sharing its columns. */
#ifndef TABLE_H
#define TABLE_H

#include "table/column.h"

typedef struct Table {
  size_t refs;
  size_t nrows;
  size_t ncols;
  char **names;     /* UTF-8, distinct, owned */
  Column **columns; /* one reference each */
  uint32_t *slots;  /* hash of names: index + 1, or 0 */
  size_t nslots;    /* power of two */
} Table;

/* A table of the given columns (a reference of each is taken, the caller
   keeps its own). All must have nrows rows; a name given twice is ERR_DATA.
   NULL on failure. */
Table *table_new(size_t nrows, size_t ncols, const char *const *names,
                 Column *const *columns, Err *err);

Table *table_ref(Table *table);
void table_unref(Table *table); /* accepts NULL */

/* Index of a column, or -1. */
ptrdiff_t table_find(const Table *table, const char *name);

/* As table_find, but fills `err` with the name, the nearest existing one
   ("did you mean") or the list of names. */
ptrdiff_t table_need(const Table *table, const char *name, Err *err);

/* The same table with some columns: by index, in that order, with new names
   where `names` is not NULL (names[i] may be NULL: keep). */
Table *table_select(const Table *table, const size_t *columns, size_t ncols,
                    const char *const *names, Err *err);

/* A table with `column` put in place of the one of that name, or behind. */
Table *table_with(const Table *table, const char *name, Column *column,
                  Err *err);

/* The rows in the given order (SIZE_MAX: a row of NA). */
Table *table_gather(const Table *table, const size_t *rows, size_t nrows,
                    Err *err);

/* All rows of the tables one after the other. Columns are joined by name;
   where a table lacks one its rows are NA. Types are widened (int and
   decimals to the larger scale, numbers to real); text beside numbers is an
   error that names the column. */
Table *table_bind_rows(Table *const *tables, size_t n, Err *err);

#endif
