/* wide: whole numbers of 256 bits, for second moments without any rounding. */
#ifndef WIDE_H
#define WIDE_H

#include "stats/dd.h"

__extension__ typedef unsigned __int128 Uint128;

typedef struct Wide {
  Uint128 hi, lo;
} Wide;

Wide wide_add(Wide a, Uint128 b);
Wide wide_subtract(Wide a, Wide b);  /* a >= b */
Wide wide_times(Wide a, uint64_t b); /* the product must fit */
Wide wide_product(Uint128 a, Uint128 b);

/* The leading 106 bits. */
Dd wide_to_dd(Wide a);

#endif
