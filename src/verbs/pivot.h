/* pivot: columns to rows and rows to columns. */
#ifndef PIVOT_H
#define PIVOT_H

#include "table/table.h"

enum { PIVOT_MOST_COLUMNS = 10000 }; /* new columns of one pivot_wider */

/* Each row becomes one row for each of `columns`, in their order: the other
   columns, then the column's name in `names_to` and its cell in `values_to`.
   Missing cells stay rows. Ints and decimals take the largest scale; other
   types must be the same, but a column without any value goes with all.
   NULL on failure; ERR_USE for types that differ and names that are taken. */
Table *pivot_longer(const Table *table, const size_t *columns, size_t ncolumns,
                    const char *names_to, const char *values_to, Err *err);

typedef struct PivotWider {
  const size_t *ids; /* what tells the rows of the result apart */
  size_t nids;
  size_t names_from; /* its texts become the names of new columns */
  size_t values_from;
  bool sum; /* add up values for the same cell; false: they are an error */
} PivotWider;

/* One row for each combination of the id columns, one column for each value
   of names_from, both in order of first appearance; NA where the table has no
   such row. Without ids there is one row, and none from no rows. Values that
   would share a cell and a missing name are ERR_DATA and name their rows. */
Table *pivot_wider(const Table *table, const PivotWider *spec, Err *err);

#endif
