/* Two halves of 128 bits; products by 64-bit limbs. */
#include "stats/wide.h"

Wide wide_add(Wide a, Uint128 b) {
  Wide sum = {a.hi, a.lo + b};
  if (sum.lo < b) sum.hi++;
  return sum;
}

Wide wide_subtract(Wide a, Wide b) {
  Wide rest = {a.hi - b.hi, a.lo - b.lo};
  if (a.lo < b.lo) rest.hi--;
  return rest;
}

Wide wide_product(Uint128 a, Uint128 b) {
  Uint128 a0 = (uint64_t)a, a1 = a >> 64, b0 = (uint64_t)b, b1 = b >> 64;
  Wide product = {a1 * b1, a0 * b0};
  Uint128 middle[] = {a0 * b1, a1 * b0};
  for (int i = 0; i < 2; i++) {
    product = wide_add(product, middle[i] << 64);
    product.hi += middle[i] >> 64;
  }
  return product;
}

Wide wide_times(Wide a, uint64_t b) {
  Wide product = wide_product(a.lo, b);
  product.hi += a.hi * b;
  return product;
}

Dd wide_to_dd(Wide a) {
  Dd sum = dd_of(0);
  Uint128 halves[] = {a.hi, a.lo};
  for (int i = 0; i < 2; i++)
    for (int shift = 96; shift >= 0; shift -= 32) {
      double limb = (double)(uint32_t)(halves[i] >> shift);
      sum = dd_add(dd_times(sum, 4294967296.0), dd_of(limb));
    }
  return sum;
}
