/* quantile: the nine sample quantiles, of exact numbers exactly. */
#ifndef QUANTILE_H
#define QUANTILE_H

#include "stats/numbers.h"

/* A sample sorted for quantiles, the missing values left out. */
typedef struct Sorted Sorted;

/* NULL without memory. */
Sorted *sorted_new(const Numbers *x, Err *err);
void sorted_free(Sorted *sorted); /* accepts NULL */
size_t sorted_count(const Sorted *sorted);

/* The p-quantile of numbers in ascending order, none missing; as below. */
double quantile_of_sorted(const Numbers *x, Decimal p, int type);

/* The p-quantile, 0 <= p <= 1, of type 1 to 9 of Hyndman & Fan 1996 (The
   American Statistician 50:361); 7 is the default of R, numpy and Excel. The
   place is found in whole numbers. NAN over no value. */
double sorted_quantile(const Sorted *sorted, Decimal p, int type);

/* The median of |x - the median|, times 1.4826 for the normal distribution
   left to the caller (Hampel 1974, Journal of the American Statistical
   Association 69:383). NAN over no value. */
double sorted_mad(const Sorted *sorted);

/* sum of (2 i - n - 1) x[i] / (n sum of x) over the sorted sample, so that 0
   is equal and 1 - 1/n is all in one hand (Gini 1912; Damgaard & Weiner 2000,
   Ecology 81:1139). NAN where the sum is not above 0 or a value is below. */
double sorted_gini(const Sorted *sorted);

/* sum of (x[i] / sum of x)^2: 1 where one has all, 1/n where all are equal
   (Hirschman 1964, American Economic Review 54:761). NAN as of Gini. */
double sorted_hhi(const Sorted *sorted);

#endif
