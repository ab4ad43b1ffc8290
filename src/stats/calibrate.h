/* calibrate: how much wider than a model says its intervals must be. */
#ifndef CALIBRATE_H
#define CALIBRATE_H

#include "stats/forecast.h"

/* Forecast as the method does whose intervals are looked at: 0, or -1. */
typedef int (*CalibrateLook)(const void *data, const ForecastInput *in,
                             Forecast *out, Err *err);

/* What is known before looking. The standard errors of a model fitted to n
   values, i values ahead, are too small by

     1 + near / n + far i / n^2,

   since they allow neither for the choice of the model and its parameters
   (near) nor for a slope that is only estimated (far). */
typedef struct Slack {
  double near, far;
} Slack;

typedef struct Calibrator {
  CalibrateLook look;
  const void *data; /* for `look` */
  size_t origins;   /* how often it may look, at most CALIBRATE_MOST */
  double usual;     /* what the factor is for most series beside the slack */
  double unseen;    /* and where there is too little to look back on */
  Slack slack;
  bool season; /* estimating a season is not allowed for either: by another
                  sqrt(1 + period / n) */
} Calibrator;

enum { CALIBRATE_MOST = 8 };

/* Widen the in->h standard errors of forecast `out` by the slack and by a
   factor found on the past of the series: from up to `origins` origins in its
   second half it is forecast anew, and the 95th percentile of |error /
   standard error| is compared with the normal's 1.96 (empirical intervals:
   Williams and Goodman 1971, Journal of the American Statistical Association
   66, 752-754; Lee and Scholtes 2014, International Journal of Forecasting 30,
   217-234). A factor from few errors is drawn towards the usual one. Origins
   where a season was not yet taken out that `out` has out, or where the method
   fails, do not count. 0, or -1 without memory. */
int calibrate(const Calibrator *how, const ForecastInput *in, Forecast *out,
              Err *err);

#endif
