/* calibrate: how much wider than a model says its intervals must be. */
#ifndef CALIBRATE_H
#define CALIBRATE_H

#include "stats/forecast.h"

/* The factor for the standard errors of forecasts from this series, found on
   its own past: from up to eight origins in its second half the theta method,
   with the season taken out anew before each, forecasts what is known, and the
   95th percentile of |error / standard error| is compared with the normal's
   1.96 (empirical intervals: Williams and Goodman 1971, Journal of the
   American Statistical Association 66, 752-754; Lee and Scholtes 2014,
   International Journal of Forecasting 30, 217-234). A factor from few errors
   is drawn towards what holds for most series. 0, or -1 without memory. */
int calibrate(const ForecastInput *in, double *factor, Err *err);

#endif
