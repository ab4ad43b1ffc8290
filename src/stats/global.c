#include "stats/global.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "stats/middle.h"
#include "stats/minimise.h"
#include "stats/values.h"

enum { GLOBAL_LEAST = 6, PARAMETERS = 4 };

/* The parameters as the minimiser sees them: smoothing, growth (in steps), its
   power, and the first level (in steps from the first value). */
typedef struct Problem {
  const double *x;
  size_t n;
  double scale, step; /* mean sizes of a value and of a step */
  double usual_step;  /* what half of the steps are smaller than */
  bool relative;      /* errors grow with the level, else with its root */
} Problem;

typedef struct Global {
  double alpha, growth, power, level;
} Global;

static Global unpack(const Problem *problem, const double *t) {
  return (Global){.alpha = minimise_squash(t[0], 0.05, 0.995),
                  .growth = t[1] * problem->usual_step,
                  .power = minimise_squash(t[2], -0.2, 1),
                  .level = problem->x[0] + t[3] * problem->step};
}

/* The level in units of the scale, not below `least` of it. */
static double size_of(const Problem *problem, double level, double least) {
  return fmax(level / problem->scale, least);
}

static double next_mean(const Problem *problem, const Global *state) {
  double size = size_of(problem, state->level, 1e-3);
  return state->level + state->growth * pow(size, state->power);
}

/* How large errors are at a level, beside those at the mean size. */
static double spread_at(const Problem *problem, double level) {
  double size = size_of(problem, level, 0.05);
  return problem->relative ? size : sqrt(size);
}

/* Run over the series; the sums of soft and of squared errors. */
static Global run(const Problem *problem, const double *t, double *soft,
                  double *squares) {
  Global state = unpack(problem, t);
  double d = problem->step;
  *soft = *squares = 0;
  for (size_t i = 0; i < problem->n; i++) {
    double mean = next_mean(problem, &state), error = problem->x[i] - mean;
    double plain = error / spread_at(problem, state.level);
    *soft += sqrt(plain * plain + d * d) - d;
    *squares += plain * plain;
    state.level = mean + state.alpha * error;
  }
  return state;
}

/* The penalty keeps short series near no growth, and powers near the middle:
   standard deviations of 0.4 steps of growth, and wide ones of the others. */
static double objective(const double *t, void *data) {
  const Problem *problem = data;
  double soft, squares;
  run(problem, t, &soft, &squares);
  double penalty = 3 * t[1] * t[1] + 0.3 * t[2] * t[2] + 0.15 * t[3] * t[3] +
                   0.06 * t[0] * t[0];
  return (double)problem->n * log(fmax(soft, 1e-300)) + penalty;
}

/* Sizes of steps: their mean, and their median, but not less than a quarter of
   the mean; a jump must not pass for growth. Room for n values in `steps`. */
static void find_steps(Problem *problem, double *steps) {
  size_t n = problem->n - 1;
  double sum = 0;
  for (size_t i = 0; i < n; i++) {
    steps[i] = fabs(problem->x[i + 1] - problem->x[i]);
    sum += steps[i];
  }
  problem->step = sum / (double)n + 1e-9 * problem->scale;
  problem->usual_step = fmax(middle_pair(steps, n) / 2, 0.25 * problem->step);
}

static int forecast_global(bool relative, const double *x, size_t n, size_t h,
                           double *mean, double *se, Err *err) {
  if (n < GLOBAL_LEAST)
    return err_set(err, ERR_DATA, "this model needs %zu values, there are %zu",
                   (size_t)GLOBAL_LEAST, n);
  if (!values_are_positive(x, n))
    return err_set(err, ERR_DATA, "the model does not suit these values");
  Problem problem = {
      .x = x, .n = n, .scale = values_mean_size(x, n), .relative = relative};
  double *steps = mem_array(n, sizeof *steps);
  if (steps == NULL) return err_memory(err);
  find_steps(&problem, steps);
  free(steps);
  double best[PARAMETERS] = {0}, least = HUGE_VAL, soft, squares;
  for (int i = 0; i < 2; i++) {
    double t[PARAMETERS] = {i == 0 ? -0.5 : 2, x[n - 1] > x[0] ? 0.3 : -0.3};
    double value = minimise_bfgs(objective, &problem, t, PARAMETERS, 150, 1e-6);
    if (!(value < least)) continue;
    least = value;
    memcpy(best, t, sizeof t);
  }
  Global state = run(&problem, best, &soft, &squares);
  double variance = squares / fmax((double)n - PARAMETERS, 1), sum = 1;
  for (size_t i = 0; i < h; i++) {
    double spread = spread_at(&problem, state.level);
    state.level = mean[i] = next_mean(&problem, &state);
    se[i] = spread * sqrt(variance * sum);
    sum += state.alpha * state.alpha;
  }
  return 0;
}

int global_root(const double *x, size_t n, size_t h, double *mean, double *se,
                Err *err) {
  return forecast_global(false, x, n, h, mean, se, err);
}

int global_relative(const double *x, size_t n, size_t h, double *mean,
                    double *se, Err *err) {
  return forecast_global(true, x, n, h, mean, se, err);
}
