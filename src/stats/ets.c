/* Running a model over a series, and forecasting from where it ends. All
   fifteen models share one update: with e the plain error, level += alpha e/s,
   slope += beta e/s, season += gamma e/q (divisors 1 for additive seasons),
   whether errors are additive or relative; only the likelihood differs. */
#include "stats/ets.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* The forecast before a value is seen; q gets its part without season. */
static double step_mean(const EtsState *state, size_t k, double *q) {
  double s = state->season[k];
  *q = state->level + state->phi * state->slope;
  if (state->model.season == 'N') return *q;
  return state->model.season == 'A' ? *q + s : *q * s;
}

/* Take in an error e at season k, where q was the part without season. */
static void step_update(EtsState *state, size_t k, double q, double e) {
  double inner = e, outer = e;
  if (state->model.season == 'M') {
    inner = e / state->season[k];
    outer = e / q;
  }
  state->level = q + state->alpha * inner;
  state->slope = state->phi * state->slope + state->beta * inner;
  state->season[k] += state->gamma * outer;
}

/* ets_run for what is run most: plain errors, no season. */
static double run_plain(EtsState *state, const double *x, size_t n) {
  double level = state->level, slope = state->slope, squares = 0;
  for (size_t i = 0; i < n; i++) {
    slope *= state->phi;
    double q = level + slope, e = x[i] - q;
    level = q + state->alpha * e;
    slope += state->beta * e;
    squares += e * e;
  }
  state->level = level;
  state->slope = slope;
  return (double)n * log(fmax(squares, 1e-300));
}

double ets_run(EtsState *state, const double *x, size_t n, double *errors) {
  bool relative = state->model.error == 'M';
  if (!relative && state->model.season == 'N' && errors == NULL)
    return run_plain(state, x, n);
  double squares = 0, logs = 0, product = 1, q;
  size_t k = 0;
  for (size_t i = 0; i < n; i++) {
    double mean = step_mean(state, k, &q), e = x[i] - mean;
    step_update(state, k, q, e);
    if (relative) {
      if (!(mean > 0)) return HUGE_VAL;
      e /= mean;
      product *= mean; /* one logarithm for a few values */
      if (!(product > 1e-200 && product < 1e200) || i % 8 == 7) {
        logs += log(product);
        product = 1;
      }
    }
    squares += e * e;
    if (errors != NULL) errors[i] = e;
    if (++k == state->period) k = 0;
  }
  logs += log(product);
  /* the season that comes next stands first */
  double turned[ETS_MOST_PERIOD];
  for (size_t i = 0; i < state->period; i++)
    turned[i] = state->season[(k + i) % state->period];
  memcpy(state->season, turned, state->period * sizeof *turned);
  return (double)n * log(fmax(squares, 1e-300)) + 2 * logs;
}

int ets_parse(const char *text, EtsModel *model, Err *err) {
  size_t len = strlen(text);
  *model = (EtsModel){.error = text[0], .season = 'N'};
  if (len == 3 || len == 4) {
    model->trend = text[1];
    model->damped = len == 4;
    model->season = text[len - 1];
    bool known = strchr("AM", model->error) && strchr("NA", model->trend) &&
                 strchr("NAM", model->season);
    bool damping = !model->damped || (text[2] == 'd' && model->trend == 'A');
    if (known && damping && !(model->error == 'A' && model->season == 'M'))
      return 0;
  }
  return err_set(err, ERR_USE,
                 "'%s' is no exponential smoothing model: error A or M, trend "
                 "N, A or Ad, season N, A or M (not A with M)",
                 text);
}

void ets_name(const EtsModel *model, char out[ETS_NAME_SIZE]) {
  snprintf(out, ETS_NAME_SIZE, "ETS(%c,%c%s,%c)", model->error, model->trend,
           model->damped ? "d" : "", model->season);
}

/* ---- forecasts ---- */

/* c_j of the additive form: what an error does to the mean j steps on
   (book, table 6.1). */
static double impulse(const EtsState *state, size_t j) {
  double sum = state->alpha, power = 1;
  for (size_t i = 1; state->model.trend != 'N' && i <= j; i++) {
    power *= state->phi;
    sum += state->beta * power;
  }
  if (state->model.season != 'N' && j % state->period == 0) sum += state->gamma;
  return sum;
}

/* Variances where only the errors are relative (book, section 6.3):
   theta_h = mean_h^2 + variance * sum c_j^2 theta_(h-j). */
static int relative_variances(const EtsFit *fit, const double *c, size_t h,
                              const double *mean, double *se, Err *err) {
  double *theta = mem_array(h, sizeof *theta);
  if (theta == NULL) return err_memory(err);
  for (size_t i = 0; i < h; i++) {
    double sum = 0;
    for (size_t j = 1; j <= i; j++) sum += c[j - 1] * c[j - 1] * theta[i - j];
    theta[i] = mean[i] * mean[i] + fit->variance * sum;
    se[i] = sqrt(fmax((1 + fit->variance) * theta[i] - mean[i] * mean[i], 0));
  }
  free(theta);
  return 0;
}

static void additive_variances(const EtsFit *fit, const double *c, size_t h,
                               double *se) {
  double sum = 1;
  for (size_t i = 0; i < h; i++) {
    se[i] = sqrt(fit->variance * sum);
    sum += c[i] * c[i];
  }
}

/* splitmix64: the same numbers everywhere. */
static double uniform(uint64_t *seed) {
  uint64_t z = *seed += 0x9e3779b97f4a7c15u;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  return ((double)((z ^ (z >> 31)) >> 11) + 0.5) / 9007199254740992.0;
}

/* Two normal deviates (Box and Muller). */
static void normal_pair(uint64_t *seed, double out[2]) {
  double r = sqrt(-2 * log(uniform(seed)));
  double angle = 6.283185307179586 * uniform(seed);
  out[0] = r * cos(angle);
  out[1] = r * sin(angle);
}

enum { PATHS = 1000 };

/* Root mean square distance of simulated paths from the point forecasts;
   each path goes with its mirror image. */
static void simulated_variances(const EtsFit *fit, size_t h, const double *mean,
                                double *se) {
  uint64_t seed = 2026;
  double sd = sqrt(fit->variance), draws[2], q;
  for (size_t i = 0; i < h; i++) se[i] = 0;
  for (int path = 0; path < PATHS / 2; path++) {
    EtsState up = fit->end, down = fit->end;
    for (size_t i = 0; i < h; i++) {
      size_t k = i % up.period;
      if (i % 2 == 0) normal_pair(&seed, draws);
      double z = sd * draws[i % 2];
      double centre = step_mean(&up, k, &q);
      double far = centre + centre * z - mean[i];
      step_update(&up, k, q, centre * z);
      centre = step_mean(&down, k, &q);
      double other = centre - centre * z - mean[i];
      step_update(&down, k, q, -centre * z);
      se[i] += (far * far + other * other) / PATHS;
    }
  }
  for (size_t i = 0; i < h; i++) se[i] = sqrt(se[i]);
}

int ets_predict(const EtsFit *fit, size_t h, double *mean, double *se,
                Err *err) {
  EtsState state = fit->end;
  double q;
  for (size_t i = 0; i < h; i++) {
    mean[i] = step_mean(&state, i % state.period, &q);
    step_update(&state, i % state.period, q, 0);
  }
  if (state.model.season == 'M') {
    simulated_variances(fit, h, mean, se);
    return 0;
  }
  double *c = mem_array(h, sizeof *c);
  if (c == NULL) return err_memory(err);
  for (size_t i = 0; i < h; i++) c[i] = impulse(&fit->end, i + 1);
  int status = 0;
  if (state.model.error == 'M')
    status = relative_variances(fit, c, h, mean, se, err);
  else additive_variances(fit, c, h, se);
  free(c);
  return status;
}
