/* summarise: one row for each group of rows. */
#ifndef SUMMARISE_H
#define SUMMARISE_H

#include "verbs/aggregate.h"
#include "verbs/expr.h"

/* A column to compute. */
typedef struct Summary {
  const char *name;
  AggregateKind kind;
  const Expr *of; /* what to aggregate; NULL: the rows (AGGREGATE_COUNT) */
  Decimal p;      /* AGGREGATE_QUANTILE: which one */
  bool overall;   /* only the least or largest over all groups counts: a scan
                     may give it to each of them */
} Summary;

/* The key columns, then the summaries, groups in order of first appearance.
   Without keys there is one row, also over no rows. NULL on failure; ERR_USE
   where a name is given twice or a summary does not fit its column. */
Table *summarise(const Table *table, const size_t *keys, size_t nkeys,
                 const Summary *items, size_t nitems, const ExprHost *host,
                 Err *err);

/* The same over groups that were found already. */
Table *summarise_groups(const Table *table, const Groups *groups,
                        const Summary *items, size_t nitems,
                        const ExprHost *host, Err *err);

#endif
