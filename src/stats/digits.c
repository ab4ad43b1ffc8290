#include "stats/digits.h"

static void add_first(Digits *out, uint64_t size, bool is_small) {
  while (size >= 100) size /= 10;
  uint64_t two = size < 10 ? size * 10 : size;
  out->first[two / 10]++;
  if (is_small) out->small++;
  else out->first_two[two]++;
}

static void add_int(Digits *out, int64_t value, int scale) {
  uint64_t size = value < 0 ? -(uint64_t)value : (uint64_t)value;
  uint64_t unit = (uint64_t)pow10_int64(scale);
  if (size == 0) {
    out->zeros++;
    return;
  }
  add_first(out, size, size / unit < 10);
  for (int k = 1; k <= DIGITS_POWERS; k++) {
    Int128 power = (Int128)unit * pow10_int64(k);
    if ((Int128)size < power) break;
    out->large[k]++;
    out->round[k] += (Int128)size % power == 0;
  }
}

/* The digits of a real's shortest text, up to 17 of them. */
static void add_real(Digits *out, double value) {
  char text[DECIMAL_TEXT_SIZE];
  uint64_t size = 0;
  value = fabs(value);
  if (value == 0) {
    out->zeros++;
    return;
  }
  size_t len = real_print(value, text);
  for (size_t i = 0; i < len && text[i] != 'e' && size < 100; i++)
    if (text[i] >= '0' && text[i] <= '9')
      size = size * 10 + (uint64_t)(text[i] - '0');
  add_first(out, size, value < 10);
  for (int k = 1; k <= DIGITS_POWERS; k++) {
    double power = (double)pow10_int64(k);
    if (value < power) break;
    out->large[k]++;
    out->round[k] += fmod(value, power) == 0;
  }
}

void digits_count(const Numbers *x, Digits *out) {
  *out = (Digits){0};
  for (size_t i = 0; i < x->n; i++) {
    if (!numbers_has(x, i)) {
      out->missing++;
      continue;
    }
    out->n++;
    if (x->ints != NULL) add_int(out, x->ints[i], x->scale);
    else add_real(out, x->reals[i]);
  }
}
