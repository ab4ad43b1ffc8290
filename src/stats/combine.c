/* A combination is a list of members, each a method for series without season
   on the adjusted values or on their logarithms. Its forecast is the median of
   theirs, its standard error the median of theirs. Members that the series is
   too short for are left out. */
#include "stats/combine.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "stats/adjust.h"
#include "stats/mapa.h"
#include "stats/theta.h"

enum { MOST_MEMBERS = 8 };

typedef struct Member {
  ForecastPlain plain; /* on the adjusted series */
  const char *method;  /* or a method by name, on the series itself */
  bool logs;
} Member;

typedef struct Work {
  const ForecastInput *in;
  double *means, *errors; /* of each member, h each */
  size_t count;           /* members so far */
} Work;

static double median(double *values, size_t n) {
  for (size_t i = 1; i < n; i++) {
    double value = values[i];
    size_t k = i;
    for (; k > 0 && values[k - 1] > value; k--) values[k] = values[k - 1];
    values[k] = value;
  }
  return n % 2 == 1 ? values[n / 2] : (values[n / 2 - 1] + values[n / 2]) / 2;
}

static bool is_usable(const double *mean, const double *se, size_t h) {
  for (size_t i = 0; i < h; i++)
    if (!isfinite(mean[i]) || !isfinite(se[i])) return false;
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
  if (status == 0 && is_usable(mean, se, in->h)) work->count++;
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
  adjusted_free(&plain);
  if (status == 0) adjusted_free(&logs);
  return status;
}

static int combine(const Member *members, size_t n, const ForecastInput *in,
                   Forecast *out, Err *err) {
  double *block = mem_array(in->h, 2 * MOST_MEMBERS * sizeof *block);
  if (block == NULL) return err_memory(err);
  Work work = {in, block, block + MOST_MEMBERS * in->h, 0};
  int status = ask_all(&work, members, n, err);
  if (status == 0 && work.count == 0)
    status = err_set(err, ERR_DATA, "no method suits these values");
  for (size_t i = 0; status == 0 && i < in->h; i++) {
    double means[MOST_MEMBERS], errors[MOST_MEMBERS];
    for (size_t k = 0; k < work.count; k++) {
      means[k] = work.means[k * in->h + i];
      errors[k] = work.errors[k * in->h + i];
    }
    out->mean[i] = median(means, work.count);
    out->se[i] = median(errors, work.count);
  }
  if (status == 0)
    snprintf(out->name, sizeof out->name, "median of %zu models", work.count);
  free(block);
  return status;
}

int combine_auto(const ForecastInput *in, Forecast *out, Err *err) {
  static const Member members[] = {
      {theta_dynamic, NULL, false}, {theta_dynamic, NULL, true},
      {mapa, NULL, false},          {mapa, NULL, true},
      {theta_complex, NULL, false}, {theta_complex, NULL, true}};
  return combine(members, sizeof members / sizeof *members, in, out, err);
}

int combine_plain(const ForecastInput *in, Forecast *out, Err *err) {
  static const Member members[] = {{NULL, "ets", false},
                                   {NULL, "arima", false},
                                   {NULL, "dotm", false},
                                   {NULL, "ces", false}};
  return combine(members, sizeof members / sizeof *members, in, out, err);
}
