/* theta: the Theta method and its dynamic optimised form. Both are for series
   without season: take it out before. */
#ifndef THETA_H
#define THETA_H

#include <stddef.h>

#include "base/err.h"

/* Simple exponential smoothing with its alpha and first level chosen by least
   squares, plus half the slope of the line through the series: the Theta
   method (Assimakopoulos and Nikolopoulos 2000; the form of Hyndman and
   Billah 2003, International Journal of Forecasting 19, 287-290, with the
   trend from the last value's line as in the M3). */
int theta_standard(const double *x, size_t n, size_t h, double *mean,
                   double *se, Err *err);

/* The dynamic optimised theta model, DOTM (Fiorucci, Pellegrini, Louzada,
   Petropoulos and Koehler 2016, International Journal of Forecasting 32,
   1151-1161): level, smoothing and theta by least squares. */
int theta_dynamic(const double *x, size_t n, size_t h, double *mean, double *se,
                  Err *err);

/* Complex exponential smoothing, CES (Svetunkov, Kourentzes and Ord 2022,
   Naval Research Logistics 69, 1108-1123), the form without season. */
int theta_complex(const double *x, size_t n, size_t h, double *mean, double *se,
                  Err *err);

#endif
