#include "stats/correlate.h"

#include <gsl/gsl_cdf.h>
#include <stdlib.h>

#include "base/mem.h"
#include "stats/rank.h"

/* The places where both sides are there; the caller frees them. */
static size_t *find_pairs(const Numbers *x, const Numbers *y, Correlation *out,
                          Err *err) {
  size_t *at = mem_array(x->n, sizeof *at);
  *out = (Correlation){.r = NAN, .p = NAN};
  if (at == NULL) {
    err_memory(err);
    return NULL;
  }
  for (size_t i = 0; i < x->n; i++)
    if (numbers_has(x, i) && numbers_has(y, i)) at[out->n++] = i;
  out->missing = x->n - out->n;
  return at;
}

static Dd mean_at(const Numbers *x, const size_t *at, size_t n) {
  Dd sum = dd_of(0);
  for (size_t i = 0; i < n; i++) sum = dd_add(sum, numbers_dd(x, at[i]));
  return n == 0 ? sum : dd_divide(sum, dd_of((double)n));
}

/* Pearson's r of the pairs, NAN where a side is constant. */
static double product_moment(const Numbers *x, const Numbers *y,
                             const size_t *at, size_t n) {
  Dd xx = dd_of(0), yy = dd_of(0), xy = dd_of(0);
  Dd mean_x = mean_at(x, at, n), mean_y = mean_at(y, at, n);
  for (size_t i = 0; i < n; i++) {
    Dd dx = dd_subtract(numbers_dd(x, at[i]), mean_x);
    Dd dy = dd_subtract(numbers_dd(y, at[i]), mean_y);
    xx = dd_add(xx, dd_square(dx));
    yy = dd_add(yy, dd_square(dy));
    xy = dd_add(xy, dd_multiply(dx, dy));
  }
  if (!(xx.hi > 0) || !(yy.hi > 0)) return NAN;
  Dd size = dd_multiply(dd_root(xx), dd_root(yy));
  return fmax(-1, fmin(1, dd_divide(xy, size).hi));
}

static double chance_of(double r, size_t n) {
  if (n < 3 || isnan(r)) return NAN;
  if (fabs(r) == 1) return 0;
  double df = (double)n - 2, t = fabs(r) * sqrt(df / ((1 - r) * (1 + r)));
  return 2 * gsl_cdf_tdist_Q(t, df);
}

int correlate_pearson(const Numbers *x, const Numbers *y, Correlation *out,
                      Err *err) {
  size_t *at = find_pairs(x, y, out, err);
  if (at == NULL) return -1;
  if (out->n >= 2) out->r = product_moment(x, y, at, out->n);
  out->p = chance_of(out->r, out->n);
  free(at);
  return 0;
}

/* ---- Spearman ---- */

enum { PERMUTED_MOST = 9, EDGEWORTH_BELOW = 1290 };

static double products(const double *a, const double *b, size_t n) {
  double sum = 0;
  for (size_t i = 0; i < n; i++) sum += a[i] * b[i];
  return sum;
}

/* The part of all orders of b whose products with a are as far from the middle
   as those of this one. Heap 1963 (The Computer Journal 6:293). Mid-ranks are
   halves, so that all sums are exact. */
static double count_out(const double *a, const double *b, size_t n) {
  double order[PERMUTED_MOST], all = 1, far = 1;
  size_t turns[PERMUTED_MOST] = {0};
  double middle = (double)n * ((double)n + 1) * ((double)n + 1) / 4;
  double found = fabs(products(a, b, n) - middle);
  for (size_t i = 0; i < n; i++) order[i] = b[i];
  for (size_t i = 1; i < n;) {
    if (turns[i] >= i) {
      turns[i++] = 0;
      continue;
    }
    size_t other = i % 2 == 0 ? 0 : turns[i];
    double swap = order[other];
    order[other] = order[i];
    order[i] = swap;
    all++;
    if (fabs(products(a, order, n) - middle) >= found) far++;
    turns[i]++;
    i = 1;
  }
  return far / all;
}

/* P(S >= s), S the sum of squared differences of two rankings of n without
   ties: the Edgeworth series of Best and Roberts 1975 (algorithm AS 89, Applied
   Statistics 24:377-379). */
static double edgeworth(double s, double n) {
  double b = 1 / n;
  double x = (6 * (s - 1) * b / (n * n - 1) - 1) * sqrt(n - 1), y = x * x;
  double tail = 0.0831 * b - y * b * (0.0131 - 4.6e-4 * y);
  double inner = 0.0879 + 0.0151 * b - y * (0.0072 - tail);
  double u = x * b *
             (0.2274 + b * (0.2531 + 0.1745 * b) +
              y * (-0.0758 + b * (0.1033 + 0.3932 * b) - y * b * inner));
  double p = u / exp(y / 2) + gsl_cdf_ugaussian_Q(x);
  return fmin(fmax(p, 0), 1);
}

/* Twice the smaller tail, of integers: S is even. Far out the series falls
   below zero, where R says 0: no chance is, so t it is there. */
static double edgeworth_chance(double r, double n) {
  double middle = n * (n * n - 1) / 6, s = 2 * round(middle * (1 - r) / 2);
  double p = s > middle ? edgeworth(s - 1, n) : 1 - edgeworth(s + 2, n);
  return p > 0 ? fmin(2 * p, 1) : chance_of(r, (size_t)n);
}

int correlate_spearman(const Numbers *x, const Numbers *y, Correlation *out,
                       Err *err) {
  size_t *at = find_pairs(x, y, out, err), n = out->n;
  double *ranks = mem_array(2 * x->n, sizeof *ranks);
  uint32_t *dense = mem_array(x->n, sizeof *dense);
  int status = -1;
  if (at == NULL) goto done;
  if (ranks == NULL || dense == NULL) {
    err_memory(err);
    goto done;
  }
  ptrdiff_t left = rank_find(x, at, n, dense, ranks, err);
  ptrdiff_t right = left < 0 ? -1 : rank_find(y, at, n, dense, ranks + n, err);
  if (right < 0) goto done;
  bool has_ties = (size_t)left < n || (size_t)right < n;
  status = 0;
  Numbers a = {.reals = ranks, .n = n}, b = {.reals = ranks + n, .n = n};
  for (size_t i = 0; i < n; i++) at[i] = i;
  if (n >= 2) out->r = product_moment(&a, &b, at, n);
  out->is_exact = n >= 3 && n <= PERMUTED_MOST && !isnan(out->r);
  if (out->is_exact) out->p = count_out(ranks, ranks + n, n);
  else if (!has_ties && n > 2 && n < EDGEWORTH_BELOW)
    out->p = edgeworth_chance(out->r, (double)n);
  else out->p = chance_of(out->r, n);
done:
  free(at);
  free(ranks);
  free(dense);
  return status;
}

/* ---- Kendall ---- */

typedef struct RankPair {
  uint32_t a, b;
} RankPair;

static int compare_pairs(const void *p, const void *q) {
  uint32_t x = ((const RankPair *)p)->a, y = ((const RankPair *)q)->a;
  return (x > y) - (x < y);
}

static void judge(const Kendall *k, const uint32_t *b, Correlation *out) {
  double size = sqrt(k->pairs_a) * sqrt(k->pairs_b);
  if (!(size > 0)) return;
  out->r = k->s / size;
  if (out->n < 3) return;
  out->is_exact = !k->has_ties && out->n < KENDALL_EXACT_MOST;
  if (out->is_exact) out->p = kendall_exact(b, out->n, k->s);
  else out->p = 2 * gsl_cdf_ugaussian_Q(fabs(k->s) / sqrt(k->var));
}

int correlate_kendall(const Numbers *x, const Numbers *y, Correlation *out,
                      Err *err) {
  size_t *at = find_pairs(x, y, out, err), n = out->n;
  uint32_t *ranks = mem_array(2 * x->n, sizeof *ranks);
  RankPair *pairs = mem_array(x->n, sizeof *pairs);
  int status = -1;
  if (at == NULL) goto done;
  if (ranks == NULL || pairs == NULL) {
    err_memory(err);
    goto done;
  }
  if (rank_find(x, at, n, ranks, NULL, err) < 0) goto done;
  if (rank_find(y, at, n, ranks + n, NULL, err) < 0) goto done;
  for (size_t i = 0; i < n; i++) pairs[i] = (RankPair){ranks[i], ranks[n + i]};
  qsort(pairs, n, sizeof *pairs, compare_pairs);
  for (size_t i = 0; i < n; i++) {
    ranks[i] = pairs[i].a;
    ranks[n + i] = pairs[i].b;
  }
  Kendall k;
  status = kendall_find(ranks, ranks + n, n, &k, err);
  if (status == 0 && n >= 2) judge(&k, ranks + n, out);
done:
  free(at);
  free(ranks);
  free(pairs);
  return status;
}
