/* arima: seasonal ARIMA models (Box and Jenkins), fitted by conditional sum
   of squares or exact maximum likelihood, and their automatic order. */
#ifndef ARIMA_H
#define ARIMA_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

enum { ARIMA_MOST_COEFS = 15, ARIMA_NAME_SIZE = 48, ARIMA_EXACT_PERIOD = 24 };

typedef struct ArimaOrder {
  int p, d, q;    /* of the series */
  int sp, sd, sq; /* of its seasons */
  size_t period;  /* 1 without */
  bool constant;  /* mean (d + sd = 0) or drift (d + sd = 1) */
} ArimaOrder;

/* Coefficients in R's signs: (1 - ar B)(1 - sar B^m) w = (1 + ma B) ... e */
typedef struct ArimaFit {
  ArimaOrder order;
  double coef[ARIMA_MOST_COEFS]; /* ar, sar, ma, sma, then the constant: the
                                    mean of the differenced series */
  size_t ncoefs;
  size_t nused;    /* values after differencing */
  double variance; /* of the innovations, maximum likelihood */
  double loglik, aic, aicc;
} ArimaFit;

/* How a model is fitted: conditional on zero before the start; by the exact
   likelihood; and that from several starts, since it has more than one top. */
typedef enum ArimaEffort {
  ARIMA_CONDITIONAL,
  ARIMA_EXACT,
  ARIMA_THOROUGH
} ArimaEffort;

/* Fit the order to n finite values. The exact likelihood is that of the
   differenced series by the innovations algorithm (Brockwell and Davis
   1991, Time Series: Theory and Methods, 5.3 and 8.7), as R's arima(method =
   "ML") up to its diffuse start. Periods above ARIMA_EXACT_PERIOD are always
   conditional. `fit` may hold coefficients to start from when `warm`. */
int arima_fit(const ArimaOrder *order, const double *x, size_t n,
              ArimaEffort effort, bool warm, ArimaFit *fit, Err *err);

/* The stepwise search of Hyndman and Khandakar (2008, Journal of Statistical
   Software 27(3)): d by KPSS tests, seasonal difference where the strength of
   STL's season is above 0.64, orders by AICc up to p, q = 5 and P, Q = 2,
   p + q + P + Q = 5, of exact fits while the series is short (1000 values;
   150 with a season of at most 12), of conditional ones beyond; the winner is
   fitted exactly. */
int arima_choose(const double *x, size_t n, size_t period, ArimaFit *fit,
                 Err *err);

/* Forecasts after the values that were fitted and their standard errors. */
int arima_predict(const ArimaFit *fit, const double *x, size_t n, size_t h,
                  double *mean, double *se, Err *err);

/* "ARIMA(0,1,1)(0,1,1)[12]", "... with drift" */
void arima_name(const ArimaOrder *order, char out[ARIMA_NAME_SIZE]);

#endif
