/* window: new columns whose cells look at other rows of their group. */
#ifndef WINDOW_H
#define WINDOW_H

#include "verbs/pick.h"

typedef enum WindowKind {
  WINDOW_LAG,        /* the value n rows before; any type */
  WINDOW_LEAD,       /* the value n rows after; any type */
  WINDOW_CUMSUM,     /* the sum up to here */
  WINDOW_SUM,        /* of the last n rows, this one included */
  WINDOW_MEAN,       /* likewise; a real */
  WINDOW_MIN,        /* likewise; any type */
  WINDOW_MAX,        /* likewise; any type */
  WINDOW_RANK,       /* 1 for the smallest; equal values share the least */
  WINDOW_DIFF,       /* less the value n rows before */
  WINDOW_PCT_CHANGE, /* the same in percent of that value */
  WINDOW_SHARE       /* in percent of the group's sum */
} WindowKind;

enum { WINDOW_MOST_ROWS = 1000 }; /* of a rolling window */

/* A column to compute. */
typedef struct WindowItem {
  const char *name; /* what it will be called; a column of it is replaced */
  WindowKind kind;
  size_t column;   /* of what */
  size_t n;        /* rows back or ahead, or in a rolling window (1..MOST) */
  bool partial;    /* rolling: from the first value on, not from n values */
  bool has_along;  /* n counts steps of a column of numbers, not rows */
  size_t along;    /* int or period, each value once in a group */
  bool descending; /* rank: 1 for the largest */
} WindowItem;

/* The kind by its name in scripts ("lag", "rolling_sum" ...), or -1. */
int window_kind(const char *name);

/* The table, rows as they stand, with a column for each item, computed of
   the table's own columns. Rows with the same `keys` are a group, taken in
   the order of `order` (none: as they stand).

   A missing cell has no running sum, difference, rank or share of its own
   and is skipped by those of others; a rolling window with fewer than n
   values is NA unless partial (then: without any). int and decimal are
   summed in 128 bits; a result that has no room in 64 is ERR_DATA and names
   the row. Percents have 6 decimals, half-even, and are NA where the base is
   zero or missing.

   With `along` the rows of a group are taken in the order of that column and
   n is a distance in it: where a month lacks, twelve months before are still
   twelve months, not twelve rows. A row without a place there has no result;
   two rows of a group at one place are ERR_DATA. NULL on failure; ERR_USE
   where a kind needs numbers. */
Table *window(const Table *table, const size_t *keys, size_t nkeys,
              const SortKey *order, size_t norder, const WindowItem *items,
              size_t nitems, Err *err);

#endif
