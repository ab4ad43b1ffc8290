/* Where a decimal has at most 15 digits there is one double nearest to it and
   no other such decimal nearest to that double, so that reading a double back
   as m / 10^s is no guess (IEEE 754: 15 digits survive). m < 2^53 and s <= 22
   make m / 10^s one correct rounding. */
#include "stats/numbers.h"

size_t numbers_count(const Numbers *x) {
  size_t count = 0;
  for (size_t i = 0; i < x->n; i++) count += numbers_has(x, i);
  return count;
}

double numbers_at(const Numbers *x, size_t i) {
  if (x->ints == NULL) return x->reals[i];
  return decimal_to_double((Decimal){x->ints[i], x->scale});
}

Dd numbers_dd(const Numbers *x, size_t i) {
  if (x->ints == NULL) return dd_of(x->reals[i]);
  Dd value = dd_of_int(x->ints[i]);
  if (x->scale == 0) return value;
  return dd_divide(value, dd_of((double)pow10_int64(x->scale)));
}

int numbers_compare(const Numbers *x, size_t i, size_t j) {
  if (x->ints != NULL)
    return (x->ints[i] > x->ints[j]) - (x->ints[i] < x->ints[j]);
  return (x->reals[i] > x->reals[j]) - (x->reals[i] < x->reals[j]);
}

/* value * 10^scale, where that is the decimal nearest to it. */
static bool as_decimal(double value, int scale, int64_t *out) {
  double unit = (double)pow10_int64(scale), whole = nearbyint(value * unit);
  if (!(fabs(whole) < 1e15) || whole / unit != value) return false;
  *out = (int64_t)whole;
  return true;
}

int numbers_as_decimals(const Numbers *x, int64_t *out) {
  enum { MOST = 15 };
  int scale = 0;
  for (size_t i = 0; i < x->n; i++) {
    if (!numbers_has(x, i)) continue;
    while (scale <= MOST && !as_decimal(x->reals[i], scale, &out[i])) scale++;
    if (scale > MOST) return -1;
  }
  for (size_t i = 0; i < x->n; i++) {
    out[i] = 0;
    if (numbers_has(x, i) && !as_decimal(x->reals[i], scale, &out[i]))
      return -1; /* no room beside one with more digits */
  }
  return scale;
}

int numbers_need_finite(const Numbers *x, Err *err) {
  if (x->ints != NULL) return 0;
  for (size_t i = 0; i < x->n; i++) {
    if (!numbers_has(x, i) || isfinite(x->reals[i])) continue;
    return err_set(err, ERR_DATA,
                   isnan(x->reals[i]) ? "value %zu is not a number (NaN)"
                                      : "value %zu is infinite",
                   i + 1);
  }
  return 0;
}
