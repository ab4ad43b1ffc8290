/* arma: one stationary series and its likelihood, under arima. */
#ifndef ARMA_H
#define ARMA_H

#include <stddef.h>

#include "base/err.h"

/* x_t = sum ar_i x_(t-i) + e_t + sum ma_j e_(t-j); polynomials are written
   out, seasons included. */
typedef struct Arma {
  size_t p, q;
  const double *ar, *ma;
} Arma;

/* Exact Gaussian one-step errors of x (n values, mean zero) and their
   variances relative to the innovation's: errors and v hold n each. Values
   from `known` on are not read but filled in with their best forecasts (and
   their errors with 0). 0, or -1 without memory or when the model is not
   stationary. */
int arma_innovations(const Arma *arma, double *x, size_t n, size_t known,
                     double *errors, double *v, Err *err);

#endif
