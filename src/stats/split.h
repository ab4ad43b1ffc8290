/* split: a whole number in proportion to weights, with nothing lost. */
#ifndef SPLIT_H
#define SPLIT_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

/* `amount` in proportion to n weights (none negative, not all zero) into
   `parts`: first rounded towards zero, then what is left goes, one unit each,
   to the parts that lost most; of equal ones to the first (largest remainder,
   Hamilton's method: Balinski and Young 2001, Fair Representation, chapter 3).
   Exact, in 128 bits. 0, or -1 without memory. */
int split_amount(int64_t amount, const int64_t *weights, size_t n,
                 int64_t *parts, Err *err);

#endif
