/* regress: linear least squares in double-double. */
#ifndef REGRESS_H
#define REGRESS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "stats/dd.h"

/* What is fitted. Borrowed and overwritten by fit_new. */
typedef struct Design {
  size_t n, p;
  Dd *x;              /* n * p, column by column */
  Dd *y;              /* n */
  Dd *weights;        /* n, above 0; NULL: all 1 */
  bool has_intercept; /* R2 is centred */
  bool is_exact;      /* the cells are exact numbers, not rounded doubles */
} Design;

/* The fit, owned. Arrays of p are in the design's order; an aliased column's
   coefficient is NAN. */
typedef struct Fit {
  size_t n, p, rank;
  size_t df;     /* n - rank */
  Dd *coef;      /* p */
  double *se;    /* p */
  double *vif;   /* p; NAN for the intercept and without one */
  bool *aliased; /* p: depends on columns before it */
  double *fitted, *residuals, *leverage; /* n */
  Dd *root; /* p * p, row by row: the inverse of R */
  double rss, tss, r2, sigma, f, durbin_watson;
} Fit;

/* Householder's problem by modified Gram-Schmidt with y as the last column
   (Bjorck 1967, BIT 7:1, who shows it as stable), every step in double-double:
   a condition number of 10^12 still leaves all digits of a double. A column
   whose rest after those before it is below 1e-22 of its length (1e-13 where
   cells are rounded doubles) is aliased. R2 is 1 - rss / tss, tss about the
   mean with an intercept, else about 0; F tests all other columns. Leverage:
   the hat matrix's diagonal; Durbin & Watson 1950 (Biometrika 37:409). VIF:
   Marquardt 1970 (Technometrics 12:591). Weighted: rows count as weights[i]
   observations' worth, as R's lm has it. NULL on failure: ERR_DATA where
   figures leave what a double holds, ERR_MEM. */
Fit *fit_new(const Design *design, Err *err);
void fit_free(Fit *fit); /* accepts NULL */

/* The value of the fit at x0 (p cells) and its standard error over sigma. */
double fit_predict(const Fit *fit, const Dd *x0, double *spread);

#endif
