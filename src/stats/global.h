/* global: smoothing with one trend for the whole series. */
#ifndef GLOBAL_H
#define GLOBAL_H

#include <stddef.h>

#include "base/err.h"

/* A smoothed level that grows by g level^r a step, r between -0.2 and 1: its
   trend lies between a line (r = 0) and compound growth (r = 1), and what the
   last values did does not bend it. It is the global part of LGT (Smyl,
   Bergmeir, Dokumentov, Long, Wibowo and Schmidt 2025, International Journal
   of Forecasting 41, 111-127), whose posterior is sampled; here the parameters
   are those that make the penalised sum of errors least. Errors count as
   sqrt(e^2 + d^2) - d, d the mean size of a step: an outlier pulls like one
   (Charbonnier), not like its square.

   For values above zero, without season; ERR_DATA for others. Errors grow with
   the square root of the level in the first, with the level in the second. */
int global_root(const double *x, size_t n, size_t h, double *mean, double *se,
                Err *err);
int global_relative(const double *x, size_t n, size_t h, double *mean,
                    double *se, Err *err);

#endif
