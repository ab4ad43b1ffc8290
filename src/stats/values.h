/* values: small questions about a series of doubles. */
#ifndef VALUES_H
#define VALUES_H

#include <stdbool.h>
#include <stddef.h>

/* Is every one above zero? */
bool values_are_positive(const double *x, size_t n);

/* Is every one the same as the first? */
bool values_are_constant(const double *x, size_t n);

/* The mean of |x|, or 1 where that is 0: what initial states are counted in. */
double values_mean_size(const double *x, size_t n);

/* The slope of the least squares line through (0, x[0]), (1, x[1]) ...; 0 for
   one value. */
double values_slope(const double *x, size_t n);

#endif
