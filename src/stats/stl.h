/* stl: seasonal-trend decomposition by loess (Cleveland, Cleveland, McRae and
   Terpenning 1990, Journal of Official Statistics 6, 3-73), and the
   classical one. */
#ifndef STL_H
#define STL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

/* Windows are odd numbers of values; stl fills what is 0. */
typedef struct StlOptions {
  size_t period;
  size_t s_window; /* 0: periodic, the same season every year */
  size_t t_window, l_window;
  int s_degree, t_degree, l_degree; /* 0 or 1; -1: not given */
  size_t s_jump, t_jump, l_jump;    /* every how many values is fitted */
  size_t inner, outer;              /* rounds */
  bool robust;                      /* decides the rounds not given */
  bool inner_given, outer_given;
} StlOptions;

/* Decompose n finite values: season, trend and remainder (n each) add up to
   x. `weights` (n, may be NULL) gets the robustness weights. More than two
   periods are needed. 0 or -1. */
int stl(const double *x, size_t n, const StlOptions *options, double *season,
        double *trend, double *remainder, double *weights, Err *err);

/* Classical decomposition by a centred moving average (Kendall and Stuart),
   as R's decompose: trend and remainder are NAN for half a period at both
   ends. Multiplicative: x = trend * season * remainder. */
int stl_classical(const double *x, size_t n, size_t period, bool multiplicative,
                  double *season, double *trend, double *remainder, Err *err);

/* Strength of a part of x beside the remainder: max(0, 1 - var(remainder) /
   var(part + remainder)) (Wang, Smith and Hyndman 2006, Data Mining and
   Knowledge Discovery 13, 335-364; Hyndman and Athanasopoulos, fpp3, 4.3). */
double stl_strength(const double *part, const double *remainder,
                    const double *x, size_t n);

#endif
