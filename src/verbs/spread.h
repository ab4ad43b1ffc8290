/* spread: quantiles, variance and standard deviation of groups of rows. */
#ifndef SPREAD_H
#define SPREAD_H

#include "verbs/group.h"

/* The p-quantile of each group, 0 <= p <= 1: type 7 of Hyndman & Fan 1996
   (The American Statistician 50:361), the default of R, numpy and Excel: at
   h = (n - 1) p between the sorted values floor(h) and floor(h) + 1. The
   place and, for int and decimal, the value are computed in whole numbers and
   divided once. Missing cells are skipped; NA over no value, NaN where one is
   among them. A real column, or NULL; ERR_USE for what is no number. */
Column *spread_quantile(const Column *column, const Groups *groups, Decimal p,
                        Err *err);

/* The sample variance of each group (n - 1 below the line), or its root when
   `is_root`; NA over fewer than two values. As moments_find has it: int and
   decimal exactly, reals in double-double. A real column, or NULL. */
Column *spread_variance(const Column *column, const Groups *groups,
                        bool is_root, Err *err);

#endif
