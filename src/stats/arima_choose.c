/* The stepwise search: start from four models, walk to the best neighbour
   until none is better. Models that were tried are remembered by number. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "stats/arima.h"
#include "stats/stl.h"
#include "stats/values.h"

enum { MOST_P = 5, MOST_SP = 2, MOST_SUM = 5, MOST_FITS = 94 };

/* How long series may be for exact likelihoods during the search (R's
   auto.arima approximates beyond 150 values or a period of 12). */
enum { EXACT_PLAIN = 1000, EXACT_SEASONAL = 150 };

/* Levels beyond which KPSS denies a level at 5 %, and STL's season asks for a
   seasonal difference (R's forecast::nsdiffs, test "seas"). */
static const double KPSS_LIMIT = 0.463, SEASON_LIMIT = 0.64;

typedef struct Search {
  const double *x;
  size_t n;
  bool any_constant;  /* may models have one */
  ArimaEffort effort; /* for every order */
  bool tried[MOST_P + 1][MOST_P + 1][MOST_SP + 1][MOST_SP + 1][2];
  int fits;
  bool found;
  ArimaFit best;
} Search;

/* The KPSS statistic for a level (Kwiatkowski, Phillips, Schmidt and Shin
   1992, Journal of Econometrics 54, 159-178), lags trunc(3 sqrt(n) / 13). */
static double kpss(const double *x, size_t n) {
  double mean = 0, total = 0, squares = 0, partial = 0;
  for (size_t i = 0; i < n; i++) mean += x[i] / (double)n;
  for (size_t i = 0; i < n; i++) {
    partial += x[i] - mean;
    total += partial * partial;
    squares += (x[i] - mean) * (x[i] - mean);
  }
  size_t lags = (size_t)(3 * sqrt((double)n) / 13);
  for (size_t lag = 1; lag <= lags && lag < n; lag++) {
    double sum = 0;
    for (size_t i = lag; i < n; i++) sum += (x[i] - mean) * (x[i - lag] - mean);
    squares += 2 * (1 - (double)lag / ((double)lags + 1)) * sum;
  }
  double count = (double)n;
  return squares > 0 ? total / (count * squares) : 0;
}

static int needs_seasonal(const double *x, size_t n, size_t period, bool *out,
                          Err *err) {
  *out = false;
  if (period < 2 || n <= 2 * period) return 0;
  double *parts = mem_array(n, 3 * sizeof *parts);
  if (parts == NULL) return err_memory(err);
  StlOptions options = {.period = period,
                        .s_window = 11,
                        .s_degree = -1,
                        .t_degree = -1,
                        .l_degree = -1};
  int status = stl(x, n, &options, parts, parts + n, parts + 2 * n, NULL, err);
  if (status == 0)
    *out = stl_strength(parts, parts + 2 * n, x, n) > SEASON_LIMIT;
  free(parts);
  return status;
}

/* How often x (n values, differenced in place) must be differenced. */
static int count_differences(double *x, size_t n) {
  int d = 0;
  while (d < 2 && n > 3 && !values_are_constant(x, n) &&
         kpss(x, n) > KPSS_LIMIT) {
    for (size_t i = 0; i + 1 < n; i++) x[i] = x[i + 1] - x[i];
    n--;
    d++;
  }
  return d;
}

/* No root within 1 / `radius`: step the scaled polynomial down. */
static bool is_inside(const double *coefs, int n, double sign, double radius) {
  double a[8], next[8], power = 1;
  for (int k = 0; k < n; k++) a[k] = sign * coefs[k] * (power *= radius);
  for (int k = n - 1; k >= 0; k--) {
    double r = a[k];
    if (!(fabs(r) < 1)) return false;
    for (int j = 0; j < k; j++)
      next[j] = (a[j] + r * a[k - 1 - j]) / (1 - r * r);
    memcpy(a, next, (size_t)k * sizeof *a);
  }
  return true;
}

/* Models whose roots come within 1 % of the unit circle are not kept. */
static bool is_sound(const ArimaFit *fit) {
  const ArimaOrder *o = &fit->order;
  const double *c = fit->coef, *ma = c + o->p + o->sp;
  double far = pow(1.01, (double)o->period);
  return is_inside(c, o->p, 1, 1.01) && is_inside(c + o->p, o->sp, 1, far) &&
         is_inside(ma, o->q, -1, 1.01) && is_inside(ma + o->q, o->sq, -1, far);
}

/* Fit an order unless it was tried; true when it became the best. */
static bool try_order(Search *search, ArimaOrder o) {
  bool seasonal = o.period > 1;
  if (o.p < 0 || o.q < 0 || o.sp < 0 || o.sq < 0 || o.p > MOST_P ||
      o.q > MOST_P || o.sp > MOST_SP || o.sq > MOST_SP ||
      o.p + o.q + o.sp + o.sq > MOST_SUM || (!seasonal && o.sp + o.sq > 0) ||
      (o.constant && !search->any_constant) || search->fits >= MOST_FITS)
    return false;
  bool *tried = &search->tried[o.p][o.q][o.sp][o.sq][o.constant];
  if (*tried) return false;
  *tried = true;
  ArimaFit fit;
  Err err;
  search->fits++;
  if (arima_fit(&o, search->x, search->n, search->effort, false, &fit, &err) !=
          0 ||
      !is_sound(&fit))
    return false;
  if (search->found && fit.aicc >= search->best.aicc) return false;
  search->found = true;
  search->best = fit;
  return true;
}

static ArimaOrder changed(ArimaOrder o, int p, int q, int sp, int sq) {
  o.p += p;
  o.q += q;
  o.sp += sp;
  o.sq += sq;
  return o;
}

/* One round over the neighbours of the best; true when one is better. */
static bool step(Search *search) {
  static const int moves[][4] = {{0, 0, -1, 0}, {0, 0, 0, -1},  {0, 0, 1, 0},
                                 {0, 0, 0, 1},  {0, 0, -1, -1}, {0, 0, 1, 1},
                                 {-1, 0, 0, 0}, {0, -1, 0, 0},  {1, 0, 0, 0},
                                 {0, 1, 0, 0},  {-1, -1, 0, 0}, {1, 1, 0, 0}};
  ArimaOrder here = search->best.order;
  for (size_t i = 0; i < sizeof moves / sizeof *moves; i++)
    if (try_order(search, changed(here, moves[i][0], moves[i][1], moves[i][2],
                                  moves[i][3])))
      return true;
  here.constant = !here.constant;
  return try_order(search, here);
}

static void search_orders(Search *search, ArimaOrder base) {
  int s = base.period > 1;
  base.constant = search->any_constant;
  try_order(search, changed(base, 2, 2, s, s));
  try_order(search, base);
  try_order(search, changed(base, 1, 0, s, 0));
  try_order(search, changed(base, 0, 1, 0, s));
  base.constant = false;
  try_order(search, base);
  while (search->found && step(search)) continue;
}

int arima_choose(const double *x, size_t n, size_t period, ArimaFit *fit,
                 Err *err) {
  ArimaOrder base = {.period = period > 1 && n > 2 * period ? period : 1};
  bool seasonal;
  double *w = mem_array(n, sizeof *w);
  if (w == NULL) return err_memory(err);
  memcpy(w, x, n * sizeof *x);
  int status = needs_seasonal(x, n, base.period, &seasonal, err);
  size_t left = n;
  if (status == 0 && seasonal) {
    left = n - period;
    for (size_t i = 0; i < left; i++) w[i] = x[i + period] - x[i];
    base.sd = 1;
  }
  if (status == 0) base.d = count_differences(w, left);
  free(w);
  if (status != 0) return -1;
  Search search = {.x = x, .n = n, .any_constant = base.d + base.sd <= 1};
  bool exact = base.period == 1 ? n <= EXACT_PLAIN
                                : n <= EXACT_SEASONAL && base.period <= 12;
  search.effort = exact ? ARIMA_EXACT : ARIMA_CONDITIONAL;
  search_orders(&search, base);
  if (!search.found)
    return err_set(err, ERR_DATA, "no ARIMA model suits %zu values", n);
  *fit = search.best;
  ArimaFit better = search.best;
  if (arima_fit(&search.best.order, x, n, ARIMA_THOROUGH, true, &better, err) ==
      0)
    *fit = better;
  return 0;
}
