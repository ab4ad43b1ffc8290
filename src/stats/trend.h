/* trend: is a series going anywhere, and where does its level change. */
#ifndef TREND_H
#define TREND_H

#include "stats/numbers.h"

/* How a series is looked at. */
typedef struct TrendRule {
  int64_t season;       /* seasons of a cycle; 1: none */
  const int64_t *times; /* of each value, for its season; NULL: its place */
  bool corrects;        /* the variance for autocorrelation */
} TrendRule;

typedef struct MannKendall {
  size_t n, missing;
  double s, var_s;
  double tau;  /* s by the pairs, ties allowed for: tau-b */
  double z, p; /* NAN where n is too small, or all values are equal */
  bool is_exact;
  double factor; /* what the variance was multiplied by, 1 without */
} MannKendall;

enum {
  TREND_LEAST = 4,      /* values for a p */
  TREND_EXACT_TIED = 10 /* values for which p is counted out, with ties */
};

/* Mann 1945 (Econometrica 13:245), Kendall 1970; x in order of time, missing
   values skipped. p is two-sided: counted out up to 10 values, ties or not
   (Gilbert 1987, Statistical Methods for Environmental Pollution Monitoring,
   p. 209), and below 50 without ties (by recursion as Best & Gipps 1974,
   algorithm AS 71, Applied Statistics 23:98, and R's cor.test), else by
   z = (s -/+ 1) / sqrt(var_s). Seasonal: sums of s and var_s
   over the seasons (Hirsch, Slack & Smith 1982, Water Resources Research
   18:107). Correcting: Hamed & Rao 1998 (Journal of Hydrology 204:182), by the
   autocorrelations of the ranks of the series less its Sen slope that are
   significant at 5 %, up to lag 500. 0 or -1: ERR_MEM. */
int mann_kendall(const Numbers *x, const TrendRule *rule, MannKendall *out,
                 Err *err);

typedef struct Pettitt {
  size_t n, missing;
  double k;  /* the largest |U| */
  size_t at; /* the place in x of the last value before the change */
  double p;  /* about 2 exp(-6 k^2 / (n^3 + n^2)), 1 at most */
} Pettitt;

/* Pettitt 1979 (Applied Statistics 28:126). 0 or -1: ERR_MEM. */
int pettitt(const Numbers *x, Pettitt *out, Err *err);

/* Lag-1 autocorrelation of the ranks of the values less slope * time, over the
   values that are there (time: times, or the places). NAN below 3. */
int trend_neighbours(const Numbers *x, const int64_t *times, double slope,
                     double *out, Err *err);

#endif
