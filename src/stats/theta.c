#include "stats/theta.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#include "base/mem.h"
#include "stats/minimise.h"
#include "stats/values.h"

typedef struct Problem {
  const double *x;
  size_t n;
  double scale;
} Problem;

/* ---- SES with drift ---- */

static double ses_squares(const Problem *problem, double alpha, double *level) {
  double squares = 0;
  for (size_t i = 0; i < problem->n; i++) {
    double e = problem->x[i] - *level;
    squares += e * e;
    *level += alpha * e;
  }
  return squares;
}

static double ses_objective(const double *t, void *data) {
  const Problem *problem = data;
  double level = t[1] * problem->scale;
  double squares =
      ses_squares(problem, minimise_squash(t[0], 1e-4, 0.9999), &level);
  return (double)problem->n * log(fmax(squares, 1e-300));
}

int theta_standard(const double *x, size_t n, size_t h, double *mean,
                   double *se, Err *err) {
  if (n < 3)
    return err_set(err, ERR_DATA, "theta needs 3 values, there are %zu", n);
  Problem problem = {x, n, values_mean_size(x, n)};
  double best[2] = {0, 0}, least = HUGE_VAL;
  for (int i = 0; i < 3; i++) {
    double t[2] = {2.0 * i - 2, x[0] / problem.scale};
    double value = minimise_bfgs(ses_objective, &problem, t, 2, 100, 1e-8);
    if (i > 0 && !(value < least)) continue;
    least = value;
    best[0] = t[0];
    best[1] = t[1];
  }
  double alpha = minimise_squash(best[0], 1e-4, 0.9999), count = (double)n;
  double level = best[1] * problem.scale;
  double variance = ses_squares(&problem, alpha, &level) / fmax(count - 2, 1);
  double drift = values_slope(x, n) / 2;
  /* the smoothed level lags behind the line by what is left of it */
  double lag = (1 - pow(1 - alpha, count)) / alpha;
  for (size_t i = 0; i < h; i++) {
    mean[i] = level + drift * ((double)i + lag);
    se[i] = sqrt(variance * (1 + (double)i * alpha * alpha));
  }
  return 0;
}

/* ---- the dynamic optimised model ---- */

typedef struct Dynamic {
  double level, alpha, theta;
  double mean, a, b; /* running mean, and the line through what was seen */
  double power;      /* (1 - alpha)^(t - 1) */
} Dynamic;

static double dynamic_mean(const Dynamic *state) {
  double rest =
      state->power * state->a +
      (1 - state->power * (1 - state->alpha)) / state->alpha * state->b;
  return state->level + (1 - 1 / state->theta) * rest;
}

static void dynamic_update(Dynamic *state, size_t t, double y) {
  double count = (double)t;
  state->level += state->alpha * (y - state->level);
  if (t > 1)
    state->b =
        ((count - 2) * state->b + 6 * (y - state->mean) / count) / (count + 1);
  state->mean += (y - state->mean) / count;
  state->a = state->mean - state->b * (count + 1) / 2;
  state->power *= 1 - state->alpha;
}

static Dynamic dynamic_run(const Problem *problem, const double *t,
                           double *squares) {
  Dynamic state = {.level = t[0] * problem->scale,
                   .alpha = minimise_squash(t[1], 0.1, 0.99),
                   .theta = minimise_squash(t[2], 1, 8.5),
                   .power = 1};
  *squares = 0;
  for (size_t i = 0; i < problem->n; i++) {
    double e = problem->x[i] - dynamic_mean(&state);
    if (i >= 1) *squares += e * e;
    dynamic_update(&state, i + 1, problem->x[i]);
  }
  return state;
}

static double dynamic_objective(const double *t, void *data) {
  const Problem *problem = data;
  double squares;
  dynamic_run(problem, t, &squares);
  return (double)problem->n * log(fmax(squares, 1e-300));
}

int theta_dynamic(const double *x, size_t n, size_t h, double *mean, double *se,
                  Err *err) {
  if (n < 4)
    return err_set(err, ERR_DATA, "theta needs 4 values, there are %zu", n);
  Problem problem = {x, n, values_mean_size(x, n)};
  double best[3] = {0}, least = HUGE_VAL, squares;
  for (int i = 0; i < 3; i++) {
    double t[3] = {x[0] / 2 / problem.scale, 2.0 * i - 2, -1.5};
    double value = minimise_bfgs(dynamic_objective, &problem, t, 3, 100, 1e-8);
    if (i > 0 && !(value < least)) continue;
    least = value;
    for (int k = 0; k < 3; k++) best[k] = t[k];
  }
  Dynamic state = dynamic_run(&problem, best, &squares);
  double variance = squares / fmax((double)n - 4, 1), sum = 1;
  for (size_t i = 0; i < h; i++) {
    double gain = state.alpha + (1 - 1 / state.theta) *
                                    pow(1 - state.alpha, (double)(n + i)) *
                                    state.alpha;
    mean[i] = dynamic_mean(&state);
    se[i] = sqrt(variance * sum);
    sum += gain * gain;
    dynamic_update(&state, n + i + 1, mean[i]);
  }
  return 0;
}

/* ---- complex smoothing ---- */

/* t: the two parameters, the first level and the first information term. */
static double complex_run(const Problem *problem, const double *t,
                          double *level, double *other) {
  double squares = 0;
  *level = t[2] * problem->scale;
  *other = t[3] * problem->scale;
  for (size_t i = 0; i < problem->n; i++) {
    double e = problem->x[i] - *level, before = *level;
    squares += e * e;
    *level = before - (1 - t[1]) * *other + (t[0] - t[1]) * e;
    *other = before + (1 - t[0]) * *other + (t[0] + t[1]) * e;
    if (!(fabs(*level) < 1e6 * problem->scale)) return HUGE_VAL;
  }
  return squares;
}

/* Stable where the roots of the discount matrix lie inside the circle. */
static bool complex_is_stable(const double *t) {
  double a = 1 - t[0] + t[1], b = t[1] - 1;
  double c = 1 - t[0] - t[1], d = 1 - t[0];
  double trace = a + d, det = a * d - b * c;
  return det < 1 && fabs(trace) < 1 + det;
}

static double complex_objective(const double *t, void *data) {
  const Problem *problem = data;
  double level, other;
  if (!complex_is_stable(t)) return HUGE_VAL;
  double squares = complex_run(problem, t, &level, &other);
  return (double)problem->n * log(fmax(squares, 1e-300));
}

int theta_complex(const double *x, size_t n, size_t h, double *mean, double *se,
                  Err *err) {
  if (n < 8)
    return err_set(err, ERR_DATA,
                   "complex smoothing needs 8 values, there are %zu", n);
  static const double starts[][2] = {{1.3, 1.0}, {1.0, 1.0}, {1.8, 1.02}};
  Problem problem = {x, n, values_mean_size(x, n)};
  double best[4] = {0}, least = HUGE_VAL, level, other;
  for (int i = 0; i < 3; i++) {
    double first = x[0] / problem.scale;
    double t[4] = {starts[i][0], starts[i][1], first, first / 1.1};
    double value = minimise_bfgs(complex_objective, &problem, t, 4, 200, 1e-8);
    if (!(value < least)) continue;
    least = value;
    for (int k = 0; k < 4; k++) best[k] = t[k];
  }
  if (least == HUGE_VAL)
    return err_set(err, ERR_DATA, "the model does not suit these values");
  double squares = complex_run(&problem, best, &level, &other);
  double variance = squares / fmax((double)n - 4, 1), sum = 1;
  double up = best[0] - best[1], down = best[0] + best[1];
  for (size_t i = 0; i < h; i++) {
    mean[i] = level;
    se[i] = sqrt(variance * sum);
    sum += up * up;
    double next = level - (1 - best[1]) * other;
    other = level + (1 - best[0]) * other;
    level = next;
    next = up - (1 - best[1]) * down;
    down = up + (1 - best[0]) * down;
    up = next;
  }
  return 0;
}
