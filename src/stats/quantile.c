/* One sorted copy; places h = n p + m as whole numbers over 24 * 10^scale of
   p, since the nine types need halves, thirds and eighths. */
#include "stats/quantile.h"

#include <stdlib.h>

#include "base/mem.h"

struct Sorted {
  void *data;
  Numbers x; /* in ascending order, none missing */
};

static int compare_ints(const void *a, const void *b) {
  int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
  return (x > y) - (x < y);
}

static int compare_reals(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

/* The values that are there, at `data`; returns how many. */
static size_t gather(const Numbers *x, void *data) {
  int64_t *ints = data;
  double *reals = data;
  size_t n = 0;
  for (size_t i = 0; i < x->n; i++) {
    if (!numbers_has(x, i)) continue;
    if (x->ints != NULL) ints[n++] = x->ints[i];
    else reals[n++] = x->reals[i];
  }
  return n;
}

Sorted *sorted_new(const Numbers *x, Err *err) {
  Sorted *sorted = mem_array(1, sizeof *sorted);
  void *data = mem_array(x->n, sizeof(int64_t));
  if (sorted == NULL || data == NULL) {
    free(sorted);
    free(data);
    err_memory(err);
    return NULL;
  }
  bool is_real = x->ints == NULL;
  size_t n = gather(x, data);
  qsort(data, n, sizeof(int64_t), is_real ? compare_reals : compare_ints);
  *sorted = (Sorted){data, {.scale = x->scale, .n = n}};
  if (is_real) sorted->x.reals = data;
  else sorted->x.ints = data;
  return sorted;
}

void sorted_free(Sorted *sorted) {
  if (sorted == NULL) return;
  free(sorted->data);
  free(sorted);
}

size_t sorted_count(const Sorted *sorted) { return sorted->x.n; }

/* The i-th value, from 1, the ends held: in units of 10^-scale. */
static Dd at(const Numbers *x, Int128 i) {
  if (i < 1) i = 1;
  if (i > (Int128)x->n) i = (Int128)x->n;
  if (x->ints != NULL) return dd_of_int(x->ints[i - 1]);
  return dd_of(x->reals[i - 1]);
}

static double in_units(const Numbers *x, Dd value) {
  if (x->ints == NULL || x->scale == 0) return value.hi;
  return dd_divide(value, dd_of((double)pow10_int64(x->scale))).hi;
}

/* Place and weight: m = p_part * p + rest, both in 24ths. */
typedef struct QuantileType {
  int p_part, rest;
} QuantileType;

static const QuantileType types[] = {
    {0, 0},  {0, 0},    {0, -12}, {0, 0}, {0, 12},
    {24, 0}, {-24, 24}, {8, 8},   {6, 9},
};

double sorted_quantile(const Sorted *sorted, Decimal p, int type) {
  return quantile_of_sorted(&sorted->x, p, type);
}

double quantile_of_sorted(const Numbers *sorted, Decimal p, int type) {
  if (sorted->n == 0) return NAN;
  const QuantileType *rule = &types[type - 1];
  Int128 parts = pow10_int64(p.scale), whole = 24 * parts;
  Int128 place =
      (24 * (Int128)sorted->n + rule->p_part) * p.num + rule->rest * parts;
  Int128 below = place / whole, rest = place % whole;
  if (rest < 0) {
    rest += whole;
    below--;
  }
  Dd low = at(sorted, below), high = at(sorted, below + 1);
  if (type == 1) return in_units(sorted, rest > 0 ? high : low);
  if (type == 2 && rest == 0)
    return in_units(sorted, dd_times(dd_add(low, high), 0.5));
  if (type == 2) return in_units(sorted, high);
  if (type == 3)
    return in_units(sorted, rest == 0 && below % 2 == 0 ? low : high);
  Dd part = dd_divide(dd_of_int128(rest), dd_of_int128(whole));
  Dd step = dd_multiply(dd_subtract(high, low), part);
  return in_units(sorted, dd_add(low, step));
}

static Dd middle(const Numbers *sorted) {
  Int128 half = ((Int128)sorted->n + 1) / 2;
  if (sorted->n % 2 == 1) return at(sorted, half);
  return dd_times(dd_add(at(sorted, half), at(sorted, half + 1)), 0.5);
}

/* The deviations below and above the median are sorted already: walk out from
   the middle and stop half way. */
double sorted_mad(const Sorted *values) {
  const Numbers *sorted = &values->x;
  size_t n = sorted->n, need = n / 2 + 1;
  if (n == 0) return NAN;
  Dd centre = middle(sorted), last = dd_of(0), before = dd_of(0);
  size_t low = (n + 1) / 2, high = low + 1; /* from 1; low goes down */
  for (size_t taken = 0; taken < need; taken++) {
    Dd down = dd_of(INFINITY), up = down;
    if (low >= 1) down = dd_subtract(centre, at(sorted, (Int128)low));
    if (high <= n) up = dd_subtract(at(sorted, (Int128)high), centre);
    before = last;
    bool is_down = down.hi < up.hi || (down.hi == up.hi && down.lo <= up.lo);
    last = is_down ? down : up;
    if (is_down) low--;
    else high++;
  }
  if (n % 2 == 0) last = dd_times(dd_add(before, last), 0.5);
  return in_units(sorted, last);
}

double sorted_gini(const Sorted *values) {
  const Numbers *sorted = &values->x;
  Dd weighted = dd_of(0), sum = dd_of(0);
  size_t n = sorted->n;
  for (size_t i = 1; i <= n; i++) {
    Dd value = at(sorted, (Int128)i);
    if (value.hi < 0) return NAN;
    sum = dd_add(sum, value);
    Dd weight = dd_of((double)(2 * (Int128)i - (Int128)n - 1));
    weighted = dd_add(weighted, dd_multiply(value, weight));
  }
  if (!(sum.hi > 0)) return NAN;
  return dd_divide(weighted, dd_times(sum, (double)n)).hi;
}

double sorted_hhi(const Sorted *values) {
  const Numbers *sorted = &values->x;
  Dd squares = dd_of(0), sum = dd_of(0);
  for (size_t i = 1; i <= sorted->n; i++) {
    Dd value = at(sorted, (Int128)i);
    if (value.hi < 0) return NAN;
    sum = dd_add(sum, value);
  }
  if (!(sum.hi > 0)) return NAN;
  for (size_t i = 1; i <= sorted->n; i++) {
    Dd share = dd_divide(at(sorted, (Int128)i), sum);
    squares = dd_add(squares, dd_square(share));
  }
  return squares.hi;
}
