/* moments: mean, variance, shape and lag-1 autocorrelation of one sample. */
#ifndef MOMENTS_H
#define MOMENTS_H

#include "stats/numbers.h"

/* NAN where a figure does not exist: over no value all, over one those that
   need two, of a constant the shape and the autocorrelation. Missing values
   are skipped. */
typedef struct Moments {
  size_t n, missing;
  double mean, min, max;
  double var, sd;  /* n - 1 below the line */
  double skewness; /* m3 / m2^(3/2) */
  double kurtosis; /* m4 / m2^2 - 3 */
  /* sum of (x[i] - mean) (x[i+1] - mean), over neighbours that are both
     there, by the sum of (x[i] - mean)^2 (Box & Jenkins 1976, Time Series
     Analysis, p. 32; NIST StRD) */
  double autocorrelation;
} Moments;

/* Whole and decimal numbers: the sum, and n * sum(d^2) - sum(d)^2 with
   d = x - the rounded mean, run in whole numbers of 128 and 256 bits and are
   divided once. Reals: two passes in double-double (Chan, Golub & LeVeque
   1983, The American Statistician 37:242). Skewness and kurtosis: Joanes &
   Gill 1998 (The Statistician 47:183), g1 and g2. 0, or -1 where a figure is
   beyond what a real holds. */
int moments_find(const Numbers *x, Moments *out, Err *err);

/* A sample's squares: n, mean, and the sum of squared deviations from it. */
typedef struct Squares {
  size_t n;
  Dd mean, sum;
} Squares;

/* As moments_find, exactly for whole and decimal numbers. */
Squares moments_squares(const Numbers *x);

#endif
