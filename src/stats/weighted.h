/* weighted: mean, variance and quantiles where values count differently. */
#ifndef WEIGHTED_H
#define WEIGHTED_H

#include "stats/numbers.h"

typedef struct Weighted {
  size_t n, missing; /* rows with a value and a weight above 0; the others */
  double weight;     /* the sum of the weights */
  double mean;
  double var_reliability; /* sum w d^2 / (W - sum w^2 / W), as R's cov.wt */
  double var_frequency;   /* sum w d^2 / (W - 1): w rows each */
} Weighted;

/* In double-double, two passes (West 1979, Communications of the ACM 22:532,
   on why). NAN where a figure does not exist. x->n == w->n. 0, or -1: ERR_DATA
   for a weight below zero (with its row). */
int weighted_find(const Numbers *x, const Numbers *w, Weighted *out, Err *err);

/* The p-quantiles, 0 <= p <= 1: the smallest value whose cumulated weight is
   above p W, the mean of both where it is p W exactly (type 2 of Hyndman & Fan
   1996 for equal weights). out[i] is NAN over no value. 0 or -1: ERR_MEM. */
int weighted_quantiles(const Numbers *x, const Numbers *w, const Decimal *p,
                       size_t np, double *out, Err *err);

#endif
