#include "verbs/ratio.h"

#include <math.h>

static bool is_exact_double(Int128 value) {
  const Int128 most = (Int128)1 << 53;
  return value <= most && value >= -most;
}

double ratio(Int128 num, Int128 den) {
  if (is_exact_double(num) && is_exact_double(den))
    return (double)num / (double)den;
  return (double)((long double)num / (long double)den);
}

bool ratio_percent(Int128 part, Int128 whole, int64_t *out) {
  Int128 num, hundred = 100 * pow10_int64(RATIO_PERCENT_SCALE);
  if (whole == 0 || __builtin_mul_overflow(part, hundred, &num)) return false;
  Int128 value = int128_divide(num, whole, ROUND_HALF_EVEN);
  if (value > INT64_MAX || value < INT64_MIN) return false;
  *out = (int64_t)value;
  return true;
}

double ratio_percent_real(double part, double whole) {
  double value = whole == 0 ? HUGE_VAL : 100 * part / whole;
  double unit = (double)pow10_int64(RATIO_PERCENT_SCALE);
  if (!(fabs(value * unit) < 0x1p52)) return value; /* no digits to lose */
  return nearbyint(value * unit) / unit;
}
