/* anova: one-way analysis of variance. */
#ifndef ANOVA_H
#define ANOVA_H

#include "stats/numbers.h"

typedef struct Anova {
  size_t n, missing, ngroups; /* groups that have a value */
  double ssb, ssw;            /* between and within groups */
  size_t dfb, dfw;
  double msb, msw, f, p, r2, sigma; /* NAN where they do not exist */
} Anova;

enum { ANOVA_NONE = -1 }; /* a row of no group */

/* Sums of squares about the group means and of these about the grand mean,
   two passes in double-double (Simon & Lesage 1989, Computational Statistics &
   Data Analysis 8:325, on what less than that loses). of_row[i] is the group
   of value i, 0 .. ngroups - 1, or ANOVA_NONE. 0, or -1: ERR_MEM. */
int anova_find(const Numbers *y, const int64_t *of_row, size_t ngroups,
               Anova *out, Err *err);

#endif
