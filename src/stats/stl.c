/* The rounds of STL. Work is one block: four arrays of n + 2 * period values,
   cut up in `Work`. */
#include "stats/stl.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "stats/loess.h"
#include "stats/middle.h"
#include "stats/season.h"

typedef struct Work {
  const double *x;
  size_t n;
  const StlOptions *o;
  double *weights; /* NULL in the first round */
  double *season, *trend;
  double *cycle;   /* n + 2 period: smoothed cycle-subseries */
  double *a, *b;   /* n + 2 period each */
  double *scratch; /* likewise */
  double *sub, *sub_weights, *sub_fit; /* one cycle-subseries and two more */
} Work;

static size_t next_odd(double x) {
  size_t whole = (size_t)rint(x);
  return whole % 2 == 0 ? whole + 1 : whole;
}

static size_t tenth(size_t window) { return (window + 9) / 10; }

/* The defaults of R's stl (stats package), for n values. */
static void fill_defaults(StlOptions *o, size_t n) {
  double period = (double)o->period;
  size_t s_window = o->s_window > 0 ? o->s_window : 10 * n + 1;
  if (o->s_degree < 0) o->s_degree = 0;
  if (o->t_degree < 0) o->t_degree = 1;
  if (o->l_degree < 0) o->l_degree = o->t_degree;
  if (o->t_window == 0)
    o->t_window = next_odd(ceil(1.5 * period / (1 - 1.5 / (double)s_window)));
  if (o->l_window == 0) o->l_window = next_odd(period);
  if (o->s_jump == 0) o->s_jump = tenth(s_window);
  if (o->t_jump == 0) o->t_jump = tenth(o->t_window);
  if (o->l_jump == 0) o->l_jump = tenth(o->l_window);
  if (!o->inner_given) o->inner = o->robust ? 1 : 2;
  if (!o->outer_given) o->outer = o->robust ? 15 : 0;
}

/* At least three and odd, as the Fortran makes it. */
static size_t odd_window(size_t window) {
  if (window < 3) window = 3;
  return window % 2 == 0 ? window + 1 : window;
}

static void moving_average(const double *x, size_t n, size_t len, double *out) {
  double sum = 0;
  for (size_t i = 0; i < len; i++) sum += x[i];
  out[0] = sum / (double)len;
  for (size_t i = len; i < n; i++) {
    sum = sum - x[i - len] + x[i]; /* in the Fortran's order of rounding */
    out[i - len + 1] = sum / (double)len;
  }
}

/* Smooth the values of one season (j, j + period, ...) and one step beyond
   both ends into `cycle`. */
static void smooth_subseries(Work *work, const double *x, size_t j) {
  size_t period = work->o->period, k = (work->n - 1 - j) / period + 1;
  size_t window =
      odd_window(work->o->s_window > 0 ? work->o->s_window : 10 * work->n + 1);
  for (size_t i = 0; i < k; i++) {
    work->sub[i] = x[i * period + j];
    if (work->weights) work->sub_weights[i] = work->weights[i * period + j];
  }
  Loess loess = {work->sub,
                 k,
                 window,
                 work->o->s_degree,
                 work->weights ? work->sub_weights : NULL,
                 work->scratch};
  double *fit = work->sub_fit;
  loess_smooth(&loess, work->o->s_jump, fit + 1);
  if (!loess_at(&loess, 0, 1, window < k ? window : k, &fit[0]))
    fit[0] = fit[1];
  if (!loess_at(&loess, (double)k + 1, k > window ? k - window + 1 : 1, k,
                &fit[k + 1]))
    fit[k + 1] = fit[k];
  for (size_t i = 0; i < k + 2; i++) work->cycle[i * period + j] = fit[i];
}

/* One inner round: season from x - trend, then trend from x - season. */
static void inner_round(Work *work) {
  const StlOptions *o = work->o;
  size_t n = work->n, period = o->period, all = n + 2 * period;
  for (size_t i = 0; i < n; i++) work->a[i] = work->x[i] - work->trend[i];
  for (size_t j = 0; j < period; j++) smooth_subseries(work, work->a, j);
  moving_average(work->cycle, all, period, work->a);
  moving_average(work->a, all - period + 1, period, work->b);
  moving_average(work->b, all - 2 * period + 2, 3, work->a);
  Loess low = {work->a,     n,    odd_window(o->l_window),
               o->l_degree, NULL, work->scratch};
  loess_smooth(&low, o->l_jump, work->b);
  for (size_t i = 0; i < n; i++) {
    work->season[i] = work->cycle[period + i] - work->b[i];
    work->a[i] = work->x[i] - work->season[i];
  }
  Loess trend = {
      work->a,      n, odd_window(o->t_window), o->t_degree, work->weights,
      work->scratch};
  loess_smooth(&trend, o->t_jump, work->trend);
}

/* Bisquare weights of the remainders, six times their median wide. */
static void find_weights(Work *work, double *weights) {
  size_t n = work->n;
  for (size_t i = 0; i < n; i++) {
    weights[i] = fabs(work->x[i] - (work->trend[i] + work->season[i]));
    work->a[i] = weights[i];
  }
  double wide = 3 * middle_pair(work->a, n);
  for (size_t i = 0; i < n; i++) {
    double r = weights[i], ratio = r / wide;
    if (r <= 0.001 * wide) weights[i] = 1;
    else if (r <= 0.999 * wide)
      weights[i] = (1 - ratio * ratio) * (1 - ratio * ratio);
    else weights[i] = 0;
  }
}

/* Each season at its mean over the years. */
static void make_periodic(Work *work) {
  size_t period = work->o->period;
  for (size_t j = 0; j < period; j++) {
    double sum = 0;
    size_t count = 0;
    for (size_t i = j; i < work->n; i += period, count++)
      sum += work->season[i];
    for (size_t i = j; i < work->n; i += period)
      work->season[i] = sum / (double)count;
  }
}

int stl(const double *x, size_t n, const StlOptions *options, double *season,
        double *trend, double *remainder, double *weights, Err *err) {
  StlOptions o = *options;
  if (o.period < 2 || n <= 2 * o.period)
    return err_set(err, ERR_DATA,
                   "a decomposition needs a period of at least 2 and more than "
                   "two periods: %zu values, period %zu",
                   n, o.period);
  fill_defaults(&o, n);
  size_t all = n + 2 * o.period;
  double *block = mem_array(all, 8 * sizeof *block);
  if (block == NULL) return err_memory(err);
  Work work = {x,
               n,
               &o,
               NULL,
               season,
               trend,
               block,
               block + all,
               block + 2 * all,
               block + 3 * all,
               block + 4 * all,
               block + 5 * all,
               block + 6 * all};
  double *robust = weights != NULL ? weights : block + 7 * all;
  for (size_t i = 0; i < n; i++) {
    trend[i] = 0;
    robust[i] = 1;
  }
  for (size_t round = 0; round <= o.outer; round++) {
    for (size_t i = 0; i < o.inner; i++) inner_round(&work);
    if (round == o.outer) break;
    find_weights(&work, robust);
    work.weights = robust;
  }
  if (o.s_window == 0) make_periodic(&work);
  for (size_t i = 0; i < n; i++) remainder[i] = x[i] - season[i] - trend[i];
  free(block);
  return 0;
}

int stl_classical(const double *x, size_t n, size_t period, bool multiplicative,
                  double *season, double *trend, double *remainder, Err *err) {
  if (period < 2 || n < 2 * period)
    return err_set(err, ERR_DATA,
                   "a classical decomposition needs two periods: %zu values, "
                   "period %zu",
                   n, period);
  double *indices = mem_array(period, sizeof *indices);
  if (indices == NULL) return err_memory(err);
  season_moving_average(x, n, period, trend);
  int status = season_indices(x, n, period, multiplicative, 0, indices, err);
  for (size_t i = 0; status == 0 && i < n; i++) {
    season[i] = indices[i % period];
    remainder[i] = multiplicative ? x[i] / (trend[i] * season[i])
                                  : x[i] - trend[i] - season[i];
  }
  free(indices);
  return status;
}

static double variance(const double *x, const double *y, size_t n) {
  double mean = 0, sum = 0;
  for (size_t i = 0; i < n; i++) mean += (x[i] + y[i]) / (double)n;
  for (size_t i = 0; i < n; i++) {
    double far = x[i] + y[i] - mean;
    sum += far * far;
  }
  return sum;
}

double stl_strength(const double *part, const double *remainder,
                    const double *x, size_t n) {
  double both = variance(part, remainder, n), mean = 0, rest = 0, size = 0;
  for (size_t i = 0; i < n; i++) {
    mean += remainder[i] / (double)n;
    size += x[i] * x[i];
  }
  for (size_t i = 0; i < n; i++)
    rest += (remainder[i] - mean) * (remainder[i] - mean);
  /* what rounding leaves of a series without movement is neither */
  return both > 1e-24 * size ? fmax(0, 1 - rest / both) : 0;
}
