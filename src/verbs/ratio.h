/* ratio: the double nearest to a quotient of whole numbers. */
#ifndef RATIO_H
#define RATIO_H

#include "base/decimal.h"

/* num / den, den != 0. Correctly rounded while both are below 2^53, else
   divided once in extended precision (where long double has it), which is
   within one unit of the last place. */
double ratio(Int128 num, Int128 den);

enum { RATIO_PERCENT_SCALE = 6 };

/* 100 * part / whole with 6 decimals, half-even, both counted in the same
   units: false (and no *out) where whole is zero or there is no room. */
bool ratio_percent(Int128 part, Int128 whole, int64_t *out);

/* The same for reals; infinite where whole is zero. */
double ratio_percent_real(double part, double whole);

#endif
