/* adjust: a series with its season taken out, and how to put it back on
   forecasts. */
#ifndef ADJUST_H
#define ADJUST_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

typedef struct Adjusted {
  double *x;      /* n values without season, logarithms when `logs` */
  double *season; /* of the next h values, to be added to theirs, or (when
                     `relative`) multiplied with them */
  size_t n, h;
  bool logs;     /* x and season are logarithms */
  bool relative; /* season is a factor */
  double doubt;  /* variance that its estimation adds, of the first step's */
} Adjusted;

typedef struct AdjustKind {
  bool logs; /* work on logarithms; ignored where a value is not above zero */
  bool firm; /* the season changes slowly, and outliers hardly count */
} AdjustKind;

/* Take the season out by STL, on logarithms where all values are above zero:
   with a seasonal window of 7 or, when `firm`, of 13 and robust weights. What
   STL calls season is kept as far as it stands out from the remainder: shrunk
   by 1 - 1/F, F the ratio of the variances between and within seasons (James
   and Stein's estimator, for season indices in Miller and Williams 2003,
   International Journal of Forecasting 19, 669-684). There is no test that a
   season passes or fails.

   Between one and a half and two periods the season is what the seasons' means
   leave of a line; below, none is taken out. Periods of 24, 48, 96, 144 and
   288 (parts of a day) and seven times these take out both a day and a week,
   where there are three weeks: first the week, the same throughout, then the
   day (window 7); when `firm`, the day (21), then the week (13) (after
   Bandara, Hyndman and Bergmeir 2021, MSTL, arXiv:2107.13462). */
int adjust(const double *x, size_t n, size_t period, size_t h, AdjustKind kind,
           Adjusted *out, Err *err);

void adjusted_free(Adjusted *adjusted);

/* Put the season back on means and standard errors of x (h each), and undo
   logarithms: the mean becomes the median of the log-normal, the standard
   error mean * se. */
void adjusted_restore(const Adjusted *adjusted, double *mean, double *se);

#endif
