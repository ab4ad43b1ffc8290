/* ratio: the double nearest to a quotient of whole numbers. */
#ifndef RATIO_H
#define RATIO_H

#include "base/decimal.h"

/* num / den, den != 0. Correctly rounded while both are below 2^53, else
   divided once in extended precision (where long double has it), which is
   within one unit of the last place. */
double ratio(Int128 num, Int128 den);

#endif
