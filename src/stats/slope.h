/* slope: the median of all slopes between two points, with its interval. */
#ifndef SLOPE_H
#define SLOPE_H

#include "stats/numbers.h"

typedef struct TheilSen {
  size_t n, missing;
  double pairs; /* of points with different times */
  double slope, intercept;
  double lo, hi; /* NAN where n is too small for the level */
} TheilSen;

/* Points of a series: times[i] of each value (NULL: 1, 2, ...), `season` as in
   TrendRule: with more than 1, only slopes within a season count. */
typedef struct SlopeRule {
  const Numbers *times;
  int64_t season;
  double z; /* the normal quantile of the interval: 1.96 for 95 % */
} SlopeRule;

/* Sen 1968 (Journal of the American Statistical Association 63:1379); the
   interval by ranks (M -/+ z sqrt(var of S)) / 2 of the sorted slopes, as Sen
   p. 1383 and Gilbert 1987, p. 217 (seasonal: p. 227) have it, rounded to the
   nearest rank. The intercept is median(x) - slope * median(t) (Conover 1980,
   Practical Nonparametric Statistics, p. 267). Up to 2 million pairs all
   slopes are laid out; beyond, the ranks are searched for by counting the
   slopes below a guess in n log n (Cole, Salowe, Steiger & Szemeredi 1989,
   SIAM Journal on Computing 18:792), to the last digits of a double.
   0 or -1: ERR_MEM. */
int theil_sen(const Numbers *x, const SlopeRule *rule, TheilSen *out, Err *err);

#endif
