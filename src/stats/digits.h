/* digits: leading digits and round numbers, for tests of made-up figures. */
#ifndef DIGITS_H
#define DIGITS_H

#include "stats/numbers.h"

enum { DIGITS_POWERS = 9 };

/* Counts over the values that are there, signs left aside. */
typedef struct Digits {
  size_t n, missing;
  size_t zeros;
  size_t small;          /* above 0 and below 10: without a second digit */
  size_t first[10];      /* by first digit, 1 to 9, of all but zeros */
  size_t first_two[100]; /* by first two digits, 10 to 99, of 10 and more */
  /* by power k: values of at least 10^k, and those that are multiples of it */
  size_t large[DIGITS_POWERS + 1], round[DIGITS_POWERS + 1];
} Digits;

/* Exact for whole and decimal numbers; reals by their shortest text. */
void digits_count(const Numbers *x, Digits *out);

#endif
