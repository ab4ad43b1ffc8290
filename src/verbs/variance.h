/* variance: actual against base by group, judged, with subtotals. */
#ifndef VARIANCE_H
#define VARIANCE_H

#include "table/table.h"

/* What a size must reach to matter. */
typedef struct VarianceLimit {
  bool is_given;
  Decimal value; /* not below zero */
} VarianceLimit;

typedef enum VarianceSort {
  VARIANCE_AS_FOUND, /* groups in order of first appearance */
  VARIANCE_BY_SIZE,  /* the largest variance first */
  VARIANCE_BY_COLUMN
} VarianceSort;

typedef struct VarianceSpec {
  const size_t *keys; /* columns of the table, the outermost first */
  size_t nkeys;
  size_t depth; /* rows for the first `depth` keys, at most nkeys */
  /* Amounts: decimals, ints or reals. Long form: both are the same column,
     and `side` (ints) says of each row 1: base, or 2: actual. */
  size_t base, actual;
  const Column *side;
  const Column *revenue; /* bools: income, not expense; NULL: see below */
  bool is_revenue;       /* of all rows */
  bool flip;             /* expenses are written as negative numbers */
  bool net;              /* both kinds in one sum are revenue - expense */
  bool total, rollup;    /* the sum of all; those of every leading key too */
  bool with_level;
  VarianceLimit amount, percent;
  VarianceSort sort;
  const char *by; /* VARIANCE_BY_COLUMN: a column of the result */
  bool descending;
  size_t top;           /* of the rows at `depth` only the first ones */
  const char *names[2]; /* base and actual, for messages */
} VarianceSpec;

/* What a reader must be told beside the rows. */
typedef struct VarianceNotes {
  bool mixed;    /* a row is left out, since revenue and expense do not add */
  bool no_share; /* a share is too large to be written */
  size_t nodes;  /* rows at `depth` before --top */
  size_t hidden; /* those of them left out that vary */
  bool hidden_fits, is_real;
  Decimal hidden_exact; /* what they vary by together */
  double hidden_real;
} VarianceNotes;

/* The rows: the keys (missing where summed over; periods as text), then base,
   actual, variance, variance_pct, rate_pct, status, favourable, material, and
   `level` if asked: how many keys a row is of. Amounts have the larger scale
   of both sides, percents 6 decimals; where a side is real, all are. A side
   without any value is missing and counts 0. A subtotal stands behind its
   parts, the total last; each is the sum of its rows in 128 bits, checked
   once. NULL on failure: ERR_DATA names the group whose sum or difference
   does not fit, or which has both kinds and no `net`. */
Table *variance(const Table *table, const VarianceSpec *spec,
                VarianceNotes *notes, Err *err);

#endif
