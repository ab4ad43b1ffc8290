/* A combination is a list of members, each a method for series without season
   on the adjusted values or on their logarithms. Its forecast is the mean of
   the middle half of theirs, its standard error likewise. Members that the
   series is too short for, or that run away from it, are left out.

   auto was composed on M1 (1001 series; every other one led, the rest was
   looked at beside it): that a season is always taken out and shrunk gained
   most (sMAPE of DOTM 15.4 to 14.6), then logarithms and the combination
   (14.2). Any six to nine of these members come within 0.1 of each other.
   make bench-forecast prints both halves. */
#include "stats/combine.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "stats/adjust.h"
#include "stats/arima.h"
#include "stats/ets.h"
#include "stats/mapa.h"
#include "stats/middle.h"
#include "stats/theta.h"
#include "stats/values.h"

enum { MOST_MEMBERS = 8 };

typedef struct Member {
  ForecastPlain plain; /* on the adjusted series */
  const char *method;  /* or a method by name, on the series itself */
  bool logs;
} Member;

static int plain_damped(const double *x, size_t n, size_t h, double *mean,
                        double *se, Err *err) {
  static const EtsModel model = {'A', 'A', 'N', true};
  EtsFit fit;
  if (ets_fit(&model, x, n, 1, ETS_MOST_STARTS, &fit, err) != 0) return -1;
  return ets_predict(&fit, h, mean, se, err);
}

static int plain_arima(const double *x, size_t n, size_t h, double *mean,
                       double *se, Err *err) {
  ArimaFit fit;
  if (arima_choose(x, n, 1, &fit, err) != 0) return -1;
  return arima_predict(&fit, x, n, h, mean, se, err);
}

typedef struct Work {
  const ForecastInput *in;
  double *means, *errors; /* of each member, h each */
  size_t count;           /* members so far */
  bool seasonal;          /* was a season taken out */
  double lo, hi;          /* a member that leaves these is left out */
} Work;

/* The mean of the middle half: a quarter is left out at either end. */
static double middle(double *values, size_t n) {
  for (size_t i = 1; i < n; i++) {
    double value = values[i];
    size_t k = i;
    for (; k > 0 && values[k - 1] > value; k--) values[k] = values[k - 1];
    values[k] = value;
  }
  size_t cut = n > 2 ? (n + 2) / 4 : 0;
  double sum = 0;
  for (size_t i = cut; i < n - cut; i++) sum += values[i];
  return sum / (double)(n - 2 * cut);
}

/* The factor by which a series of amounts above zero grows in h steps, if half
   of its steps is any guide; 1 where they shrink. `steps` is room for n. */
static double usual_growth(const ForecastInput *in, double *steps) {
  if (in->n < 2 || !values_are_positive(in->x, in->n)) return 1;
  for (size_t i = 1; i < in->n; i++)
    steps[i - 1] = log(in->x[i] / in->x[i - 1]);
  double median = middle_pair(steps, in->n - 1) / 2;
  return exp(fmax(median, 0) * (double)in->h);
}

/* How far a member may go: thrice the range of the series beyond it, more where
   the forecast is longer than the series; twice as fast as it usually grows.
   After a jump in its last values (10, 10, 10, 1000, 1000) models on logarithms
   expect one such jump after the other, and most members are on logarithms. */
static void set_bounds(Work *work, double *steps) {
  enum { RANGES = 3 };
  const ForecastInput *in = work->in;
  double lo = in->x[0], hi = in->x[0];
  for (size_t i = 1; i < in->n; i++) {
    lo = fmin(lo, in->x[i]);
    hi = fmax(hi, in->x[i]);
  }
  double rounding = 1e-6 * fmax(fabs(lo), fabs(hi));
  double reach =
      RANGES * (hi - lo + rounding) * fmax(1, (double)in->h / (double)in->n);
  double growth = usual_growth(in, steps);
  work->lo = lo - reach;
  work->hi = fmax(hi + reach, hi * growth * growth);
}

static bool is_usable(const Work *work, const double *mean, const double *se) {
  for (size_t i = 0; i < work->in->h; i++)
    if (!isfinite(mean[i]) || !isfinite(se[i]) || mean[i] < work->lo ||
        mean[i] > work->hi)
      return false;
  return true;
}

/* One member's forecast; -1 only without memory. */
static int ask(Work *work, const Member *member, const Adjusted *adjusted,
               Err *err) {
  const ForecastInput *in = work->in;
  double *mean = work->means + work->count * in->h;
  double *se = work->errors + work->count * in->h;
  int status;
  if (member->method != NULL) {
    Forecast out = {.mean = mean, .se = se};
    status = forecast_run(member->method, in, &out, err);
  } else {
    status = member->plain(adjusted->x, in->n, in->h, mean, se, err);
    if (status == 0) adjusted_restore(adjusted, mean, se);
  }
  if (status == 0 && is_usable(work, mean, se)) work->count++;
  return status != 0 && err->code == ERR_MEM ? -1 : 0;
}

static int ask_all(Work *work, const Member *members, size_t n, Err *err) {
  const ForecastInput *in = work->in;
  Adjusted plain, logs;
  if (adjust(in->x, in->n, in->period, in->h, false, &plain, err) != 0)
    return -1;
  int status = adjust(in->x, in->n, in->period, in->h, true, &logs, err);
  for (size_t i = 0; i < n && status == 0; i++)
    status = ask(work, &members[i], members[i].logs ? &logs : &plain, err);
  work->seasonal = plain.seasonal;
  adjusted_free(&plain);
  if (status == 0) adjusted_free(&logs);
  return status;
}

/* The members' errors know nothing of what estimating them, and the season
   before them, costs: the factors were set so that simulated series of 24 to
   120 values are covered by 95 % intervals in 90 to 98 % of cases
   (spec/bench/coverage.lua). */
static double widening(const Work *work) {
  double n = (double)work->in->n;
  return (0.95 + 5 / n + 40 / (n * n)) * (work->seasonal ? 1.2 : 1);
}

static int combine(const Member *members, size_t n, const ForecastInput *in,
                   Forecast *out, Err *err) {
  double *block = mem_array(in->h, 2 * MOST_MEMBERS * sizeof *block);
  double *steps = mem_array(in->n, sizeof *steps);
  if (block == NULL || steps == NULL) {
    free(block);
    free(steps);
    return err_memory(err);
  }
  Work work = {
      .in = in, .means = block, .errors = block + MOST_MEMBERS * in->h};
  set_bounds(&work, steps);
  free(steps);
  int status = ask_all(&work, members, n, err);
  if (status == 0 && work.count == 0) { /* all of them expect that */
    work.lo = -INFINITY;
    work.hi = INFINITY;
    status = ask_all(&work, members, n, err);
  }
  if (status == 0 && work.count == 0)
    status = err_set(err, ERR_DATA, "no method suits these values");
  for (size_t i = 0; status == 0 && i < in->h; i++) {
    double means[MOST_MEMBERS], errors[MOST_MEMBERS];
    for (size_t k = 0; k < work.count; k++) {
      means[k] = work.means[k * in->h + i];
      errors[k] = work.errors[k * in->h + i];
    }
    out->mean[i] = middle(means, work.count);
    out->se[i] = widening(&work) * middle(errors, work.count);
  }
  out->positive = values_are_positive(in->x, in->n);
  if (status == 0)
    snprintf(out->name, sizeof out->name, "combination of %zu models",
             work.count);
  free(block);
  return status;
}

int combine_auto(const ForecastInput *in, Forecast *out, Err *err) {
  static const Member members[] = {
      {theta_dynamic, NULL, false}, {theta_dynamic, NULL, true},
      {theta_complex, NULL, false}, {theta_complex, NULL, true},
      {theta_standard, NULL, true}, {plain_damped, NULL, true},
      {mapa, NULL, true},           {plain_arima, NULL, false}};
  return combine(members, sizeof members / sizeof *members, in, out, err);
}

int combine_plain(const ForecastInput *in, Forecast *out, Err *err) {
  static const Member members[] = {{NULL, "ets", false},
                                   {NULL, "arima", false},
                                   {theta_dynamic, NULL, false},
                                   {theta_complex, NULL, false}};
  return combine(members, sizeof members / sizeof *members, in, out, err);
}
