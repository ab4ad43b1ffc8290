/* season: is there a season in a series, and taking it out and putting it
   back. */
#ifndef SEASON_H
#define SEASON_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

/* The test of the M3 Theta and the M4 benchmarks: the autocorrelation at lag
   `period` is beyond 90 % limits that allow for those at shorter lags
   (Bartlett). False below two periods and a half (M4's code asks for three). */
bool season_is_there(const double *x, size_t n, size_t period);

/* Indices of classical decomposition: means (over the years) of what is left
   after a centred moving average of one period; multiplicative ones average
   1, additive ones 0. indices[k] belongs to x[k], x[k + period], ...
   `shrink` in 0..1 pulls them towards no season (Miller and Williams 2003,
   International Journal of Forecasting 19, 669-684, in its simplest form).
   Needs two periods; 0, or -1 without memory. */
int season_indices(const double *x, size_t n, size_t period,
                   bool multiplicative, double shrink, double *indices,
                   Err *err);

/* The centred moving average of `period` terms (half weights at both ends
   when it is even); NAN for period/2 values at each end. */
void season_moving_average(const double *x, size_t n, size_t period,
                           double *out);

#endif
