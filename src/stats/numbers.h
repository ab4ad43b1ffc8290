/* numbers: what every statistic takes, values that may be missing. */
#ifndef NUMBERS_H
#define NUMBERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "stats/dd.h"

/* Borrowed. Exact numbers stay whole until the last division; a statistic
   says what it does with missing ones. All values are finite. */
typedef struct Numbers {
  const int64_t *ints; /* value * 10^scale; NULL: reals */
  const double *reals;
  int scale;
  const uint64_t *valid; /* bit first + i: is there one; NULL: all */
  size_t first;
  size_t n;
} Numbers;

static inline bool numbers_has(const Numbers *x, size_t i) {
  size_t bit = x->first + i;
  return x->valid == NULL || (x->valid[bit / 64] >> (bit % 64) & 1) != 0;
}

size_t numbers_count(const Numbers *x); /* those that are there */

/* The nearest double. */
double numbers_at(const Numbers *x, size_t i);

/* To 32 digits. */
Dd numbers_dd(const Numbers *x, size_t i);

/* -1, 0, 1; exact. */
int numbers_compare(const Numbers *x, size_t i, size_t j);

/* Reals that are all the doubles nearest to decimals of at most 15 digits:
   writes them into `out` (room for x->n) and returns their scale, 0 to 15, so
   that 10000000.2 as a double is taken for the decimal that was meant. -1
   where one is not. */
int numbers_as_decimals(const Numbers *x, int64_t *out);

/* ERR_DATA with the place of the first value that is infinite or no number. */
int numbers_need_finite(const Numbers *x, Err *err);

#endif
