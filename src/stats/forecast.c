/* One table of methods; each fills in mean, se and its model's name. Simple
   smoothing and theta have no season of their own: they run on the adjusted
   series, as in the M competitions. */
#include "stats/forecast.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "stats/arima.h"
#include "stats/bounds.h"
#include "stats/calibrate.h"
#include "stats/combine.h"
#include "stats/ets.h"
#include "stats/season.h"
#include "stats/theta.h"
#include "stats/values.h"

/* Root mean square of x_t - x_(t - lag) - drift. */
static double step_error(const ForecastInput *in, size_t lag, double drift,
                         size_t nparams) {
  double sum = 0, count = (double)(in->n - lag);
  for (size_t t = lag; t < in->n; t++) {
    double e = in->x[t] - in->x[t - lag] - drift;
    sum += e * e;
  }
  return sqrt(sum / fmax(count - (double)nparams, 1));
}

/* The last value again; random walk errors (Hyndman and Athanasopoulos, fpp3,
   5.5, for this one and the next two). */
static int run_naive(const ForecastInput *in, Forecast *out, Err *err) {
  (void)err;
  double sd = step_error(in, 1, 0, 0);
  for (size_t i = 0; i < in->h; i++) {
    out->mean[i] = in->x[in->n - 1];
    out->se[i] = sd * sqrt((double)i + 1);
  }
  return 0;
}

/* The value of a period before. Below two periods there are few errors to
   judge it by, one of 13 months: 1 + 5 / count^2 is about Student's 97.5 %
   quantile over the normal's. */
static int run_snaive(const ForecastInput *in, Forecast *out, Err *err) {
  if (in->period < 2) return run_naive(in, out, err);
  double sd = step_error(in, in->period, 0, 0);
  double count = (double)(in->n - in->period);
  if (in->width == FORECAST_CALIBRATED && in->n < 2 * in->period)
    sd *= 1 + 5 / (count * count);
  for (size_t i = 0; i < in->h; i++) {
    out->mean[i] = in->x[in->n - in->period + i % in->period];
    out->se[i] = sd * sqrt((double)(i / in->period) + 1);
  }
  return 0;
}

/* On along the line from the first value to the last. */
static int run_drift(const ForecastInput *in, Forecast *out, Err *err) {
  (void)err;
  double steps = (double)in->n - 1;
  double drift = (in->x[in->n - 1] - in->x[0]) / steps;
  double sd = step_error(in, 1, drift, 1);
  for (size_t i = 0; i < in->h; i++) {
    double ahead = (double)i + 1;
    out->mean[i] = in->x[in->n - 1] + drift * ahead;
    out->se[i] = sd * sqrt(ahead * (1 + ahead / steps));
  }
  return 0;
}

/* ---- the season taken out ---- */

/* Run `plain` on the series with its season taken out where season_is_there
   finds one (multiplicative where all values are above zero), and put the
   season back on what it says. */
static int adjusted(ForecastPlain plain, const ForecastInput *in, Forecast *out,
                    Err *err) {
  size_t n = in->n, period = in->period, h = in->h;
  out->adjusted = season_is_there(in->x, n, period);
  if (!out->adjusted) return plain(in->x, n, h, out->mean, out->se, err);
  double *block = mem_array(n + period, sizeof *block);
  if (block == NULL) return err_memory(err);
  double *s = block + n;
  bool multiplicative = values_are_positive(in->x, n);
  int status = season_indices(in->x, n, period, multiplicative, 0, s, err);
  for (size_t k = 0; k < period; k++)
    if (s[k] < 0.01 && multiplicative) s[k] = 0.01;
  for (size_t i = 0; i < n; i++)
    block[i] =
        multiplicative ? in->x[i] / s[i % period] : in->x[i] - s[i % period];
  if (status == 0) status = plain(block, n, h, out->mean, out->se, err);
  for (size_t i = 0; i < h && status == 0; i++) {
    double index = s[(n + i) % period];
    out->mean[i] = multiplicative ? out->mean[i] * index : out->mean[i] + index;
    if (multiplicative) out->se[i] *= index;
  }
  free(block);
  return status;
}

static int fit_ets(const char *model_name, const double *x, size_t n,
                   size_t period, size_t h, double *mean, double *se,
                   Err *err) {
  EtsModel model;
  EtsFit fit;
  if (ets_parse(model_name, &model, err) != 0 ||
      ets_fit(&model, x, n, period, period > 1 ? 1 : ETS_MOST_STARTS, &fit,
              err) != 0)
    return -1;
  return ets_predict(&fit, h, mean, se, err);
}

static int plain_ses(const double *x, size_t n, size_t h, double *mean,
                     double *se, Err *err) {
  return fit_ets("ANN", x, n, 1, h, mean, se, err);
}

static int plain_holt(const double *x, size_t n, size_t h, double *mean,
                      double *se, Err *err) {
  return fit_ets("AAN", x, n, 1, h, mean, se, err);
}

static int plain_damped(const double *x, size_t n, size_t h, double *mean,
                        double *se, Err *err) {
  return fit_ets("AAdN", x, n, 1, h, mean, se, err);
}

static int run_ses(const ForecastInput *in, Forecast *out, Err *err) {
  return adjusted(plain_ses, in, out, err);
}

static int run_holt(const ForecastInput *in, Forecast *out, Err *err) {
  return adjusted(plain_holt, in, out, err);
}

static int run_damped(const ForecastInput *in, Forecast *out, Err *err) {
  return adjusted(plain_damped, in, out, err);
}

static int run_theta(const ForecastInput *in, Forecast *out, Err *err) {
  return adjusted(theta_standard, in, out, err);
}

static int run_dotm(const ForecastInput *in, Forecast *out, Err *err) {
  return adjusted(theta_dynamic, in, out, err);
}

static int run_ces(const ForecastInput *in, Forecast *out, Err *err) {
  return adjusted(theta_complex, in, out, err);
}

/* ---- models with seasons of their own ---- */

static int run_winters(const ForecastInput *in, Forecast *out, Err *err) {
  return fit_ets("AAA", in->x, in->n, in->period, in->h, out->mean, out->se,
                 err);
}

static int run_winters_m(const ForecastInput *in, Forecast *out, Err *err) {
  return fit_ets("MAM", in->x, in->n, in->period, in->h, out->mean, out->se,
                 err);
}

static int plain_ets(const double *x, size_t n, size_t h, double *mean,
                     double *se, Err *err) {
  EtsFit fit;
  if (ets_choose(x, n, 1, ETS_MOST_STARTS, &fit, err) != 0) return -1;
  return ets_predict(&fit, h, mean, se, err);
}

static int run_ets(const ForecastInput *in, Forecast *out, Err *err) {
  EtsFit fit;
  if (in->period > ETS_MOST_PERIOD) return adjusted(plain_ets, in, out, err);
  if (ets_choose(in->x, in->n, in->period, in->period > 1 ? 1 : ETS_MOST_STARTS,
                 &fit, err) != 0)
    return -1;
  ets_name(&fit.start.model, out->name);
  return ets_predict(&fit, in->h, out->mean, out->se, err);
}

static int run_arima(const ForecastInput *in, Forecast *out, Err *err) {
  ArimaFit fit;
  if (arima_choose(in->x, in->n, in->period, &fit, err) != 0) return -1;
  arima_name(&fit.order, out->name);
  return arima_predict(&fit, in->x, in->n, in->h, out->mean, out->se, err);
}

typedef struct Method {
  const char *name, *model;
  size_t least; /* values it needs at the least */
  size_t years; /* and periods, where it has a season of its own */
  int (*run)(const ForecastInput *in, Forecast *out, Err *err);
  bool whole;     /* quick enough for any length */
  Slack slack;    /* how much too narrow its intervals are */
  size_t origins; /* how often its past is forecast for that; 0: they are right
                     as they are, or the method widens them itself */
} Method;

/* Hold a forecast that runs away at the bounds of the series. */
static int hold(const ForecastInput *in, Forecast *out, Err *err) {
  Bounds bounds;
  if (bounds_of(in, &bounds, err) != 0) return -1;
  for (size_t i = 0; i < in->h; i++) {
    double held = fmin(fmax(out->mean[i], bounds.lo), bounds.hi);
    if (isnan(out->mean[i])) held = in->x[in->n - 1];
    if (held != out->mean[i]) out->held = true;
    out->mean[i] = held;
    if (!isfinite(out->se[i])) out->se[i] = bounds.hi - bounds.lo;
  }
  return 0;
}

/* The slacks were set on simulated laws of 14 to 120 values
   (spec/bench/coverage.lua): what the models' own intervals lacked there. */
static const Method methods[] = {
    {"naive", "naive", 2, 0, run_naive, true, {0, 0}, 0},
    {"snaive", "seasonal naive", 2, 1, run_snaive, true, {0, 0}, 0},
    {"drift", "random walk with drift", 3, 0, run_drift, true, {0, 0}, 0},
    {"ses", "ETS(A,N,N)", 5, 0, run_ses, false, {3, 8}, 8},
    {"holt", "ETS(A,A,N)", 7, 0, run_holt, false, {8, 30}, 8},
    {"damped", "ETS(A,Ad,N)", 8, 0, run_damped, false, {7, 30}, 8},
    {"holt_winters", "ETS(A,A,A)", 7, 2, run_winters, false, {4, 20}, 8},
    {"holt_winters_mult", "ETS(M,A,M)", 7, 2, run_winters_m, false, {4, 20}, 8},
    {"ets", "ETS", 5, 0, run_ets, false, {5, 14}, 4},
    {"theta", "Theta", 3, 0, run_theta, false, {3.5, 6}, 8},
    {"dotm", "dynamic optimised theta", 5, 0, run_dotm, false, {5, 8}, 8},
    {"ces", "complex exponential smoothing", 8, 0, run_ces, false, {7, 30}, 8},
    {"arima", "ARIMA", 5, 0, run_arima, false, {5, 15}, 4},
    {"comb", "combination", 5, 0, combine_plain, false, {0, 0}, 0},
    {"auto", "combination", 5, 0, combine_auto, false, {0, 0}, 0},
};

static const Method *find_method(const char *name) {
  for (size_t i = 0; i < sizeof methods / sizeof *methods; i++)
    if (strcmp(methods[i].name, name) == 0) return &methods[i];
  return NULL;
}

const char *forecast_method(size_t i) {
  return i < sizeof methods / sizeof *methods ? methods[i].name : NULL;
}

static size_t least_of(const Method *method, size_t period) {
  size_t need = period > 1 ? method->years * period : 0;
  if (method->years == 1 && period > 1) need++;
  return need > method->least ? need : method->least;
}

size_t forecast_least(const char *name, size_t period) {
  const Method *method = find_method(name);
  return method != NULL ? least_of(method, period) : 0;
}

/* Whether squares of the values, and sums of these, stay within doubles. */
static bool are_moderate(const ForecastInput *in) {
  for (size_t i = 0; i < in->n; i++)
    if (fabs(in->x[i]) > 1e140) return false;
  return true;
}

static int look_by(const void *data, const ForecastInput *in, Forecast *out,
                   Err *err) {
  const Method *method = data;
  return forecast_run(method->name, in, out, err);
}

static int widen(const Method *method, const ForecastInput *in, Forecast *out,
                 Err *err) {
  /* Holt-Winters without a season is Holt's method. */
  bool is_holt = method->years == 2 && in->period < 2;
  Calibrator how = {
      .look = look_by,
      .data = method,
      .origins = method->origins,
      .usual = 1,
      .unseen = 1,
      .slack = is_holt ? find_method("holt")->slack : method->slack,
      .season = true};
  return calibrate(&how, in, out, err);
}

int forecast_run(const char *name, const ForecastInput *in, Forecast *out,
                 Err *err) {
  const Method *method = find_method(name);
  if (method == NULL)
    return err_set(err, ERR_USE, "there is no forecast method '%s'", name);
  size_t need = least_of(method, in->period);
  if (in->n < need)
    return err_set(err, ERR_DATA, "%s needs %zu values, there are %zu", name,
                   need, in->n);
  if (!are_moderate(in))
    return err_set(err, ERR_DATA, "values beyond 1e140 cannot be forecast");
  snprintf(out->name, sizeof out->name, "%s", method->model);
  out->adjusted = out->positive = out->held = false;
  out->floor = -INFINITY;
  out->ceiling = INFINITY;
  out->skipped = 0;
  size_t most = 10 * in->period;
  if (most < FORECAST_MOST_VALUES) most = FORECAST_MOST_VALUES;
  ForecastInput end = *in;
  if (in->n > most && !method->whole) {
    out->skipped = in->n - most;
    end.x += out->skipped;
    end.n = most;
  }
  if (values_are_constant(end.x, end.n)) return run_naive(&end, out, err);
  if (method->run(&end, out, err) != 0) return -1;
  if (in->width == FORECAST_CALIBRATED && method->origins > 0 &&
      widen(method, &end, out, err) != 0)
    return -1;
  return method->whole ? 0 : hold(&end, out, err);
}

void forecast_interval(const Forecast *out, size_t i, double z, double *lower,
                       double *upper) {
  double mean = out->mean[i], se = out->se[i];
  if (out->positive && mean > 0) {
    double width = z * sqrt(log1p(se / mean * (se / mean)));
    *lower = mean * exp(-width);
    *upper = fmax(fmin(mean * exp(width), out->ceiling), mean);
    return;
  }
  *lower = fmax(mean - z * se, out->floor);
  *upper = mean + z * se;
}
