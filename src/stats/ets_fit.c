/* Fitting: smoothing parameters go through logistic functions into the
   usual region (0 < beta < alpha < 1, 0 < gamma < 1 - alpha, 0.8 < phi <
   0.98, as R's ets has it), initial states are free; BFGS from moments of
   the first years. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "stats/ets.h"
#include "stats/minimise.h"
#include "stats/season.h"
#include "stats/values.h"

static const double LOW = 1e-4, HIGH = 0.9999, PHI_LOW = 0.8, PHI_HIGH = 0.98;

typedef struct Problem {
  EtsModel model;
  const double *x;
  size_t n, period;
  double scale; /* mean size of the values: initial states are counted in it */
} Problem;

static double unsquash(double value, double low, double high) {
  double share = (value - low) / (high - low);
  share = fmin(fmax(share, 1e-3), 1 - 1e-3);
  return log(share / (1 - share));
}

/* The last initial season follows from the others. */
static double last_season(const EtsState *state) {
  double rest = state->model.season == 'M' ? (double)state->period : 0;
  for (size_t k = 0; k + 1 < state->period; k++) rest -= state->season[k];
  return rest;
}

static EtsState unpack(const Problem *problem, const double *t) {
  EtsState state = {
      .model = problem->model, .period = problem->period, .phi = 1};
  state.alpha = minimise_squash(*t++, LOW, HIGH);
  if (state.model.trend != 'N')
    state.beta = minimise_squash(*t++, LOW, state.alpha);
  if (state.model.season != 'N')
    state.gamma = minimise_squash(*t++, LOW, 1 - state.alpha);
  if (state.model.damped) state.phi = minimise_squash(*t++, PHI_LOW, PHI_HIGH);
  state.level = *t++ * problem->scale;
  if (state.model.trend != 'N') state.slope = *t++ * problem->scale * 0.1;
  if (state.model.season == 'N') return state;
  double unit = state.model.season == 'M' ? 1 : problem->scale;
  for (size_t k = 0; k + 1 < state.period; k++) state.season[k] = *t++ * unit;
  state.season[state.period - 1] = last_season(&state);
  return state;
}

static size_t pack(const Problem *problem, const EtsState *state, double *t) {
  double *start = t;
  *t++ = unsquash(state->alpha, LOW, HIGH);
  if (state->model.trend != 'N')
    *t++ = unsquash(state->beta, LOW, state->alpha);
  if (state->model.season != 'N')
    *t++ = unsquash(state->gamma, LOW, 1 - state->alpha);
  if (state->model.damped) *t++ = unsquash(state->phi, PHI_LOW, PHI_HIGH);
  *t++ = state->level / problem->scale;
  if (state->model.trend != 'N') *t++ = state->slope / problem->scale / 0.1;
  double unit = state->model.season == 'M' ? 1 : problem->scale;
  for (size_t k = 0; state->model.season != 'N' && k + 1 < state->period; k++)
    *t++ = state->season[k] / unit;
  return (size_t)(t - start);
}

static double objective(const double *t, void *data) {
  const Problem *problem = data;
  EtsState state = unpack(problem, t);
  if (state.model.season == 'M')
    for (size_t k = 0; k < state.period; k++)
      if (!(state.season[k] > 0)) return HUGE_VAL;
  return ets_run(&state, problem->x, problem->n, NULL);
}

/* Level and slope of a line through the first values without season. */
static void start_line(const Problem *problem, EtsState *state) {
  size_t n = problem->period > 1 ? 2 * problem->period : 10;
  n = n < 10 ? 10 : n;
  n = n > problem->n ? problem->n : n;
  double sx = 0, sy = 0, sxx = 0, sxy = 0, count = (double)n;
  for (size_t i = 0; i < n; i++) {
    double s = state->season[i % state->period], x = (double)i + 1;
    double y = problem->x[i];
    if (state->model.season == 'A') y -= s;
    if (state->model.season == 'M') y /= s;
    sx += x;
    sy += y;
    sxx += x * x;
    sxy += x * y;
  }
  double slope = (sxy - sx * sy / count) / (sxx - sx * sx / count);
  state->level = sy / count;
  if (state->model.trend == 'N') return;
  state->level -= slope * sx / count;
  state->slope = slope;
  /* a multiplicative model must not start below zero */
  if (state->model.error == 'M' && state->level + slope <= 0) {
    state->level = problem->x[0];
    state->slope = 0;
  }
}

static int start_season(const Problem *problem, EtsState *state, Err *err) {
  bool multiplicative = state->model.season == 'M';
  if (state->model.season == 'N') return 0;
  if (season_indices(problem->x, problem->n, problem->period, multiplicative, 0,
                     state->season, err) != 0)
    return -1;
  for (size_t k = 0; k < problem->period && multiplicative; k++)
    if (state->season[k] < 0.01) state->season[k] = 0.01;
  return 0;
}

/* How many values a model needs: more than its parameters by three, so that
   AICc is there; with a season also two periods. */
static size_t least_values(const EtsModel *model, size_t period) {
  size_t nparams = 3; /* alpha, level, variance */
  if (model->trend != 'N') nparams += 2;
  if (model->damped) nparams++;
  if (model->season == 'N') return nparams + 2;
  nparams += period;
  return nparams + 2 > 2 * period ? nparams + 2 : 2 * period;
}

static int check(const Problem *problem, Err *err) {
  const EtsModel *model = &problem->model;
  size_t least = least_values(model, problem->period);
  if (problem->n < least)
    return err_set(err, ERR_DATA, "this model needs %zu values, there are %zu",
                   least, problem->n);
  if (problem->period > ETS_MOST_PERIOD)
    return err_set(err, ERR_DATA,
                   "exponential smoothing takes seasons of at most %d periods",
                   ETS_MOST_PERIOD);
  if (model->error == 'A') return 0;
  for (size_t i = 0; i < problem->n; i++)
    if (!(problem->x[i] > 0))
      return err_set(err, ERR_DATA,
                     "a multiplicative model needs values above zero");
  return 0;
}

static void finish(const Problem *problem, const double *t, size_t nparams,
                   EtsFit *fit) {
  double n = (double)problem->n, k = (double)nparams + 1;
  fit->start = unpack(problem, t);
  fit->end = fit->start;
  fit->criterion = ets_run(&fit->end, problem->x, problem->n, NULL);
  fit->nparams = nparams;
  fit->aic = fit->criterion + 2 * k;
  fit->aicc = fit->aic + 2 * k * (k + 1) / fmax(n - k - 1, 1e-9);
}

/* Sum of squares of the errors over what the parameters leave. */
static int find_variance(const Problem *problem, EtsFit *fit, Err *err) {
  double *errors = mem_array(problem->n, sizeof *errors), sum = 0;
  if (errors == NULL) return err_memory(err);
  EtsState state = fit->start;
  ets_run(&state, problem->x, problem->n, errors);
  for (size_t i = 0; i < problem->n; i++) sum += errors[i] * errors[i];
  fit->variance = sum / (double)(problem->n - fit->nparams);
  free(errors);
  return 0;
}

/* Where the search begins: `alpha` and what goes with it. */
static EtsState start_at(const EtsState *moments, double alpha, double beta) {
  EtsState state = *moments;
  state.alpha = alpha;
  if (state.model.trend != 'N') state.beta = beta * alpha;
  if (state.model.season != 'N') state.gamma = 0.1 * (1 - alpha);
  if (state.model.damped) state.phi = 0.95;
  return state;
}

int ets_fit(const EtsModel *model, const double *x, size_t n, size_t period,
            size_t starts, EtsFit *fit, Err *err) {
  static const double from[][2] = {{0.3, 0.1}, {0.8, 0.3}, {0.05, 0.05}};
  Problem problem = {*model, x, n, model->season == 'N' ? 1 : period,
                     values_mean_size(x, n)};
  if (problem.period < 1) problem.period = 1;
  if (check(&problem, err) != 0) return -1;
  EtsState moments = {.model = *model, .period = problem.period, .phi = 1};
  if (start_season(&problem, &moments, err) != 0) return -1;
  start_line(&problem, &moments);
  double best[MINIMISE_MOST], least = HUGE_VAL, t[MINIMISE_MOST];
  size_t nparams = 0;
  for (size_t i = 0; i < starts; i++) {
    EtsState start = start_at(&moments, from[i][0], from[i][1]);
    nparams = pack(&problem, &start, t);
    double value = minimise_bfgs(objective, &problem, t, nparams, 200, 1e-6);
    if (value < least) {
      least = value;
      memcpy(best, t, nparams * sizeof *t);
    }
  }
  if (least == HUGE_VAL)
    return err_set(err, ERR_DATA, "the model does not suit these values");
  finish(&problem, best, nparams, fit);
  return find_variance(&problem, fit, err);
}

int ets_choose(const double *x, size_t n, size_t period, size_t starts,
               EtsFit *fit, Err *err) {
  static const char *const names[] = {"ANN",  "AAN",  "AAdN", "MNN",  "MAN",
                                      "MAdN", "ANA",  "AAA",  "AAdA", "MNA",
                                      "MAA",  "MAdA", "MNM",  "MAM",  "MAdM"};
  bool found = false, seasonal = period > 1 && period <= ETS_MOST_PERIOD;
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    EtsModel model;
    EtsFit candidate;
    if (ets_parse(names[i], &model, err) != 0) return -1;
    if (model.season != 'N' && !seasonal) continue;
    if (ets_fit(&model, x, n, period, starts, &candidate, err) != 0) {
      if (err->code == ERR_MEM) return -1;
      continue;
    }
    if (!found || candidate.aicc < fit->aicc) *fit = candidate;
    found = true;
  }
  if (found) return 0;
  return err_set(err, ERR_DATA,
                 "no exponential smoothing model suits %zu values", n);
}
