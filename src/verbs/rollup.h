/* rollup: groups with their subtotals, each summed from its own rows. */
#ifndef ROLLUP_H
#define ROLLUP_H

#include "verbs/summarise.h"

typedef struct Rollup {
  const size_t *keys; /* columns, from the outermost to the innermost */
  size_t nkeys;
  size_t nfixed; /* the first ones: nothing is summed across them */
  bool ragged;   /* a missing key says that the path ends above it */
} Rollup;

/* The column that tells how many of the keys behind the fixed ones a row is
   of: 0 for the total, nkeys - nfixed for a row without subtotals. */
#define ROLLUP_LEVEL "level"

/* The rows of summarise over all keys, over all but the last, and so on down
   to the fixed ones, where what was summed over is NA. Parts stand before
   their subtotal, siblings in order of first appearance, the total last.
   Every subtotal is computed of the table's rows, never of other subtotals,
   so that it holds for any summary. A missing key is a key of its own; with
   `ragged` it has no row, since the row above is that of its path. Columns:
   the keys, the summaries, then ROLLUP_LEVEL. NULL on failure, as
   summarise. */
Table *rollup(const Table *table, const Rollup *spec, const Summary *items,
              size_t nitems, const ExprHost *host, Err *err);

#endif
