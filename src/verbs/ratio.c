#include "verbs/ratio.h"

static bool is_exact_double(Int128 value) {
  const Int128 most = (Int128)1 << 53;
  return value <= most && value >= -most;
}

double ratio(Int128 num, Int128 den) {
  if (is_exact_double(num) && is_exact_double(den))
    return (double)num / (double)den;
  return (double)((long double)num / (long double)den);
}
