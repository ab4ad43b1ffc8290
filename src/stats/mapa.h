/* mapa: exponential smoothing of a series seen at several time scales. */
#ifndef MAPA_H
#define MAPA_H

#include <stddef.h>

#include "base/err.h"

/* Multiple aggregation (after Kourentzes, Petropoulos and Trapero 2014,
   International Journal of Forecasting 30, 291-302): means of 1, 2, ... 6
   neighbouring values, as long as 8 of them are there, are each smoothed by
   the exponential smoothing model that AICc chooses; the forecasts, brought
   back to single values along lines, are averaged. For series without season.
   se comes from the model of single values. */
int mapa(const double *x, size_t n, size_t h, double *mean, double *se,
         Err *err);

#endif
