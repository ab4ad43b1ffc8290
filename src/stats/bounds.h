/* bounds: how far a forecast may go from the series. */
#ifndef BOUNDS_H
#define BOUNDS_H

#include "stats/forecast.h"

/* lo and hi: thrice the range of the series beyond it, more where the forecast
   is longer than the series; up also twice as fast as it usually grows. A model
   that leaves these runs away: after a jump in the last values (10, 10, 10,
   1000, 1000) those on logarithms expect one such jump after the other. */
typedef struct Bounds {
  double lo, hi;
  double floor; /* 0 where no value is below it, else -INFINITY */
  /* Of intervals: beyond hi as far as that is beyond the series. */
  double ceiling;
} Bounds;

/* 0, or -1 without memory. */
int bounds_of(const ForecastInput *in, Bounds *out, Err *err);

#endif
