/* item_totals: one summary of a scan, group by group, as far as one worker
   has come. */
#ifndef ITEM_TOTALS_H
#define ITEM_TOTALS_H

#include "verbs/batch_view.h"
#include "verbs/summarise.h"

typedef struct ItemTotals {
  const Summary *item;
  size_t *columns; /* that the expression needs, owned */
  size_t ncolumns;
  ColumnType type; /* of the values */
  int scale;
  PeriodUnit period;
  size_t room;      /* groups */
  Int128 *sums;     /* sum, mean, share */
  int64_t *counts;  /* values, or rows */
  int64_t *cells;   /* min, max, first, last: the chosen cell (text: code) */
  uint64_t *places; /* ... and where the first or last stands */
  Dict *dict;       /* of the codes; one reference */
} ItemTotals;

/* 0 or -1; totals_close is safe in both cases. */
int totals_open(ItemTotals *totals, const Summary *item,
                const BatchSource *source, Err *err);
void totals_close(ItemTotals *totals);

/* Room for so many groups, empty at first. */
int totals_fit(ItemTotals *totals, size_t ngroups, Err *err);

/* Add n rows (rows[i], or i where rows is NULL) to groups[i]. */
int totals_feed(ItemTotals *totals, BatchView *view, const ExprHost *host,
                const uint32_t *rows, size_t n, const uint32_t *groups,
                Err *err);

/* Add the n groups of `from`, which are groups[i] here. */
int totals_merge(ItemTotals *into, const ItemTotals *from,
                 const uint32_t *groups, size_t n, Err *err);

/* The summary for the groups in the given order; ERR_LIMIT where a sum does
   not fit in 64 bits. */
Column *totals_column(const ItemTotals *totals, const uint32_t *order, size_t n,
                      Err *err);

#endif
