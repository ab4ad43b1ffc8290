/* backtest: how a method would have done on the past of a series. */
#ifndef BACKTEST_H
#define BACKTEST_H

#include <stddef.h>

#include "base/err.h"

/* Rolling origin (Tashman 2000, International Journal of Forecasting 16,
   437-450): fold k = 1, 2, ... forecasts the h values after value n - k h from
   those up to it, fitted anew. Missing values are not judged, and before an
   origin they are filled in without looking beyond it. */
typedef struct Backtest {
  size_t folds, points;
  double smape; /* mean of 200 |e| / (|y| + |f|), percent; 0 / 0 counts 0 */
  double mase;  /* mean of |e| / the mean |y_t - y_(t-period)| before the origin
                   (Hyndman and Koehler 2006, same journal 22, 679-688); NAN
                   where that is 0 */
  double rmse;
} Backtest;

/* How many folds of h values there are with `least` values before each, at
   most `most`. */
size_t backtest_folds(size_t n, size_t h, size_t least, size_t most);

/* Judge `method` on n values (NAN: missing; first and last are not). 0, or -1
   with the method's own reason. */
int backtest(const char *method, const double *x, size_t n, size_t period,
             size_t h, size_t folds, Backtest *out, Err *err);

#endif
