#include "stats/composition.h"

/* Long division, digit by digit, so that only ten times the rest must fit. */
CompositionStatus composition_rate(Int128 part, Int128 whole, Percent *out) {
  if (whole <= 0) return COMPOSITION_NO_WHOLE;
  Int128 most = ((Int128)1 << 126) / 10;
  if (part < 0 || whole > most) return COMPOSITION_NO_ROOM;
  Int128 digits = part / whole, rest = part % whole;
  for (int i = 0; i < 2 + COMPOSITION_SCALE; i++) {
    if (digits > INT64_MAX / 10) return COMPOSITION_NO_ROOM;
    digits = digits * 10 + rest * 10 / whole;
    rest = rest * 10 % whole;
  }
  if (digits >= INT64_MAX) return COMPOSITION_NO_ROOM;
  bool up = rest * 2 > whole || (rest * 2 == whole && digits % 2 != 0);
  *out = (Percent){(int64_t)digits, rest == 0, (int64_t)digits + up};
  return COMPOSITION_OK;
}

static bool multiply(Int128 a, Int128 b, Int128 *out) {
  return !__builtin_mul_overflow(a, b, out);
}

CompositionStatus composition_variance(const int64_t *budget,
                                       const int64_t *actual, size_t n,
                                       Percent *out) {
  Int128 sum_b = 0, sum_a = 0, deviations = 0, whole;
  for (size_t i = 0; i < n; i++) {
    sum_b += budget[i];
    sum_a += actual[i];
  }
  if (sum_b <= 0 || sum_a <= 0) return COMPOSITION_NO_WHOLE;
  if (!multiply(sum_a, sum_b, &whole)) return COMPOSITION_NO_ROOM;
  for (size_t i = 0; i < n; i++) {
    Int128 has, should, off;
    if (!multiply(actual[i], sum_b, &has) ||
        !multiply(budget[i], sum_a, &should) ||
        __builtin_sub_overflow(has, should, &off) ||
        __builtin_add_overflow(deviations, off < 0 ? -off : off, &deviations))
      return COMPOSITION_NO_ROOM;
  }
  return composition_rate(deviations, whole, out);
}
