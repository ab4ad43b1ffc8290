#include "stats/weighted.h"

#include <stdlib.h>

#include "base/mem.h"

static bool counts(const Numbers *x, const Numbers *w, size_t i) {
  return numbers_has(x, i) && numbers_has(w, i) && numbers_at(w, i) > 0;
}

static int check_weights(const Numbers *w, Err *err) {
  for (size_t i = 0; i < w->n; i++)
    if (numbers_has(w, i) && numbers_at(w, i) < 0)
      return err_set(err, ERR_DATA, "row %zu: a weight is below zero", i + 1);
  return 0;
}

int weighted_find(const Numbers *x, const Numbers *w, Weighted *out, Err *err) {
  *out = (Weighted){.mean = NAN, .var_reliability = NAN, .var_frequency = NAN};
  if (check_weights(w, err) != 0) return -1;
  Dd all = dd_of(0), sum = all, squares = all, weights = all;
  for (size_t i = 0; i < x->n; i++) {
    if (!counts(x, w, i)) continue;
    Dd weight = numbers_dd(w, i);
    out->n++;
    all = dd_add(all, weight);
    weights = dd_add(weights, dd_square(weight));
    sum = dd_add(sum, dd_multiply(weight, numbers_dd(x, i)));
  }
  out->missing = x->n - out->n;
  out->weight = all.hi;
  if (out->n == 0) return 0;
  Dd mean = dd_divide(sum, all);
  out->mean = mean.hi;
  for (size_t i = 0; i < x->n; i++) {
    if (!counts(x, w, i)) continue;
    Dd d = dd_subtract(numbers_dd(x, i), mean);
    squares = dd_add(squares, dd_multiply(numbers_dd(w, i), dd_square(d)));
  }
  Dd rest = dd_subtract(all, dd_divide(weights, all));
  if (out->n > 1) out->var_reliability = dd_divide(squares, rest).hi;
  rest = dd_subtract(all, dd_of(1));
  if (rest.hi > 0) out->var_frequency = dd_divide(squares, rest).hi;
  return 0;
}

static int compare_places(const void *a, const void *b, void *x) {
  return numbers_compare(x, *(const size_t *)a, *(const size_t *)b);
}

static double quantile(const Numbers *x, const Numbers *w, const size_t *at,
                       size_t n, Dd part) {
  Dd sum = dd_of(0);
  for (size_t i = 0; i < n; i++) {
    sum = dd_add(sum, numbers_dd(w, at[i]));
    Dd over = dd_subtract(sum, part);
    if (over.hi > 0) return numbers_at(x, at[i]);
    if (over.hi == 0 && i + 1 < n) {
      Dd both = dd_add(numbers_dd(x, at[i]), numbers_dd(x, at[i + 1]));
      return dd_times(both, 0.5).hi;
    }
  }
  return n == 0 ? NAN : numbers_at(x, at[n - 1]);
}

int weighted_quantiles(const Numbers *x, const Numbers *w, const Decimal *p,
                       size_t np, double *out, Err *err) {
  size_t *at = mem_array(x->n, sizeof *at), n = 0;
  if (at == NULL) return err_memory(err);
  Dd all = dd_of(0);
  for (size_t i = 0; i < x->n; i++) {
    if (!counts(x, w, i)) continue;
    at[n++] = i;
    all = dd_add(all, numbers_dd(w, i));
  }
  Numbers copy = *x; /* qsort_r's argument is not const */
  qsort_r(at, n, sizeof *at, compare_places, &copy);
  for (size_t i = 0; i < np; i++) {
    Dd unit = dd_of((double)pow10_int64(p[i].scale));
    Dd part = dd_divide(dd_multiply(all, dd_of_int(p[i].num)), unit);
    out[i] = quantile(x, w, at, n, part);
  }
  free(at);
  return 0;
}
