/* pick: which rows, in which order. */
#ifndef PICK_H
#define PICK_H

#include "table/table.h"

/* A key of an order. */
typedef struct SortKey {
  size_t column;
  bool descending;
} SortKey;

/* The rows where the bool column `keep` is true (neither false nor NA). */
Table *pick_where(const Table *table, const Column *keep, Err *err);

/* The numbers of the rows in order of the keys, as pick_arrange puts them;
   the caller frees them. NULL on failure. */
size_t *pick_order(const Table *table, const SortKey *keys, size_t nkeys,
                   Err *err);

/* The rows in order of the keys; stable, missing cells last either way. */
Table *pick_arrange(const Table *table, const SortKey *keys, size_t nkeys,
                    Err *err);

/* The first row of each combination of the columns: those columns only. */
Table *pick_distinct(const Table *table, const size_t *columns, size_t ncolumns,
                     Err *err);

#endif
