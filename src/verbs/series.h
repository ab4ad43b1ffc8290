/* series: the rows of a table as one series in order of time for each group. */
#ifndef SERIES_H
#define SERIES_H

#include "verbs/group.h"

/* Owned. Groups in order of first appearance; the rows of series i are
   start[i] .. start[i + 1] - 1 of `table`. */
typedef struct Series {
  Table *table; /* the rows, rearranged */
  size_t n;
  size_t *start; /* n + 1 */
  size_t *gaps;  /* periods between a series' first and last without a row */
  int64_t step;  /* what all distances of periods are multiples of, 1 or more */
} Series;

/* `period` is a column of whole numbers or of periods. The rows of one series
   ascend or descend in it, unless in any order is asked for; those of other
   series may stand between them. A row without period, one out of order and
   two rows of one series for one period are ERR_DATA that names the rows; a
   column of another type is ERR_USE. 0 or -1; series_free is safe in both
   cases. */
int series_find(const Table *table, const size_t *keys, size_t nkeys,
                size_t period, bool any_order, Series *out, Err *err);

void series_free(Series *series);

#endif
