/* composition: shares of sums in percent, exact enough to hold against a
   band's limit: what is printed is rounded, what is compared is not. */
#ifndef COMPOSITION_H
#define COMPOSITION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/decimal.h"

enum { COMPOSITION_SCALE = 6 }; /* digits after the point of a percent */

typedef struct Percent {
  int64_t floor; /* the largest value of COMPOSITION_SCALE digits not above */
  bool exact;    /* the percent is just that */
  int64_t value; /* rounded half-even, for print */
} Percent;

typedef enum CompositionStatus {
  COMPOSITION_OK,
  COMPOSITION_NO_WHOLE, /* a whole is zero or negative: no share of it */
  COMPOSITION_NO_ROOM   /* products leave 128 bits, or the percent 64 */
} CompositionStatus;

/* 100 * part / whole; part >= 0. */
CompositionStatus composition_rate(Int128 part, Int128 whole, Percent *out);

/* How far the composition of `actual` is from that of `budget`, one amount of
   each for every head, in the same unit and scale:

     100 * sum |a_i - b_i k| / sum (b_i k),  k = sum a / sum b
   = 100 * sum |a_i B - b_i A| / (A B)       with A = sum a, B = sum b,

   so it needs whole numbers only. PEFA 2016, PI-2.1 and 2.2 (pefa.org
   node/4765). */
CompositionStatus composition_variance(const int64_t *budget,
                                       const int64_t *actual, size_t n,
                                       Percent *out);

#endif
