/* middle: the two middle values as R's stl finds them. */
#ifndef MIDDLE_H
#define MIDDLE_H

#include <stddef.h>

/* The sum of the two middle values of n > 0 values (twice the one when n is
   odd), by CACM algorithm 410 (Chambers 1971), which stops sorting as soon as
   the places asked for are right. It wants the places in ascending order and
   STL's Fortran, which R runs, names the upper one first: for some even n the
   lower value is then another than the true one. Robust weights equal R's
   only if we ask in the same order. Sorts `a` in part. */
double middle_pair(double *a, size_t n);

#endif
