/* scan: a plan over the batches of a source: filter, group and add up, or
   gather columns, on several cores, without a table of all rows. */
#ifndef SCAN_H
#define SCAN_H

#include "table/batch.h"
#include "verbs/summarise.h"

/* What is wanted of a source's rows. */
typedef struct ScanPlan {
  const Expr *where;  /* only rows for which it is true; NULL: all */
  bool groups;        /* summaries of groups; else the columns, row by row */
  const size_t *keys; /* columns of the source: the keys, or those wanted */
  size_t nkeys;
  const Summary *items; /* groups: what to compute */
  size_t nitems;
} ScanPlan;

/* The table that where() and summarise() (or select()) give over a table of
   all the source's rows: the same values, the same order (groups by first
   appearance in the source), the same errors, whatever the batches and the
   threads (0: as many as there are processors). A NULL without memory or
   where those fail.

   Sums, counts, means, min, max, first, last and shares of exact columns are
   gathered batch by batch, one partial result for each worker, merged exactly
   (128-bit sums are range-checked once, at the end). Other summaries, and
   those of reals, need their column: the rows that pass are gathered into a
   table first. */
Table *scan_run(const BatchSource *source, const ScanPlan *plan, size_t threads,
                const ExprHost *host, Err *err);

/* The source's columns without rows, or NULL. */
Table *scan_outline(const BatchSource *source, Err *err);

#endif
