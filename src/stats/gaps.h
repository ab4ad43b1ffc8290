/* gaps: missing values filled in, so that methods see a series without any. */
#ifndef GAPS_H
#define GAPS_H

#include <stddef.h>

#include "base/err.h"

typedef struct Gaps {
  size_t first, n; /* the part from the first to the last value there is */
  size_t after;    /* missing ones behind it */
  size_t filled;   /* missing ones inside it */
} Gaps;

/* Where x (NAN: missing) has its values, and the missing ones between them
   filled in place: on the line between their neighbours; with a period and
   two full ones, the line of the series without its (additive) season, and
   that season on it. n is 0 when nothing is there. 0, or -1 without memory. */
int gaps_fill(double *x, size_t n, size_t period, Gaps *out, Err *err);

#endif
