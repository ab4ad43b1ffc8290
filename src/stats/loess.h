/* loess: the smoother inside STL, on values at 1, 2, ... n. */
#ifndef LOESS_H
#define LOESS_H

#include <stdbool.h>
#include <stddef.h>

typedef struct Loess {
  const double *y; /* n values, y[0] at 1 */
  size_t n;
  size_t window;         /* how many neighbours, may exceed n */
  int degree;            /* 0 or 1 */
  const double *weights; /* n robustness weights, or NULL */
  double *scratch;       /* n */
} Loess;

/* The fit at `at` from the values first..last (counted from 1): false where
   all weights are zero. */
bool loess_at(const Loess *loess, double at, size_t first, size_t last,
              double *out);

/* The fit at 1, 1 + jump, ... and n, lines between: `out` holds n. */
void loess_smooth(const Loess *loess, size_t jump, double *out);

#endif
