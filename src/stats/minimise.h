/* minimise: the lowest point of a smooth function of a few variables. */
#ifndef MINIMISE_H
#define MINIMISE_H

#include <stddef.h>

/* The value at `x`; not finite where there is none. */
typedef double (*MinimiseFn)(const double *x, void *data);

/* How many variables minimise_bfgs takes at most. */
enum { MINIMISE_MOST = 40 };

/* Walk from `x` (n variables, overwritten with the best point) to a minimum
   by BFGS with numerical gradients (Nocedal and Wright, Numerical
   Optimization, 2nd ed., algorithm 6.1 with backtracking), at most `steps`
   steps, until one improves by less than `tolerance`. Returns the value
   there; not finite when there was none at the start. Deterministic. */
double minimise_bfgs(MinimiseFn fn, void *data, double *x, size_t n,
                     size_t steps, double tolerance);

/* The line mapped onto low..high, for parameters that have bounds. */
double minimise_squash(double t, double low, double high);

#endif
