#include "stats/adjust.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "stats/stl.h"
#include "stats/values.h"

/* Variance between seasons over variance within, of season + remainder. */
static double season_ratio(const double *season, const double *remainder,
                           size_t n, size_t period) {
  double grand = 0, between = 0, within = 0;
  for (size_t i = 0; i < n; i++)
    grand += (season[i] + remainder[i]) / (double)n;
  for (size_t k = 0; k < period; k++) {
    double mean = 0, count = 0;
    for (size_t i = k; i < n; i += period, count++)
      mean += season[i] + remainder[i];
    mean /= count;
    between += count * (mean - grand) * (mean - grand);
    for (size_t i = k; i < n; i += period) {
      double far = season[i] + remainder[i] - mean;
      within += far * far;
    }
  }
  if (!(within > 0)) return HUGE_VAL;
  return between / ((double)period - 1) / (within / (double)(n - period));
}

/* Season, trend and remainder of a series that STL finds too short: means of
   what is left of a line, season by season. */
static void take_apart(const double *y, size_t n, size_t period, double *season,
                       double *trend, double *remainder) {
  double middle = ((double)n - 1) / 2, mean = 0, slope = values_slope(y, n);
  for (size_t i = 0; i < n; i++) mean += y[i] / (double)n;
  for (size_t i = 0; i < n; i++) trend[i] = mean + slope * ((double)i - middle);
  for (size_t k = 0; k < period; k++) {
    double sum = 0, count = 0;
    for (size_t i = k; i < n; i += period, count++) sum += y[i] - trend[i];
    for (size_t i = k; i < n; i += period) {
      season[i] = sum / count;
      remainder[i] = y[i] - trend[i] - season[i];
    }
  }
}

/* One season to take out: how many values it has, over how many of it STL looks
   at a time (0: it is the same throughout). */
typedef struct Season {
  size_t period, window;
  bool robust;
} Season;

static int decompose(const double *y, size_t n, const Season *how,
                     double *season, double *trend, double *remainder,
                     Err *err) {
  StlOptions options = {.period = how->period,
                        .s_window = how->window,
                        .robust = how->robust,
                        .s_degree = -1,
                        .t_degree = -1,
                        .l_degree = -1};
  if (n > 2 * how->period)
    return stl(y, n, &options, season, trend, remainder, NULL, err);
  take_apart(y, n, how->period, season, trend, remainder);
  return 0;
}

/* What estimating a season from m of it adds to the variance of the next value,
   in units of what the remainder shows: each of its values is off by 1/m, and
   the remainder is too small by as much: (1 + 1/m) / (1 - 1/m) - 1. A window
   of STL lets half of its width count at the end of the series. */
static double doubt_of(size_t n, const Season *how) {
  double m = (double)n / (double)how->period;
  if (how->window > 0) m = fmin(m, ((double)how->window + 1) / 2);
  return 2 / (m - 1);
}

/* Take one season out of the series (in place); add its next values to those
   ahead. Nothing happens below one and a half of it. */
static int take_out(Adjusted *series, const Season *how, Err *err) {
  size_t n = series->n, period = how->period;
  if (period < 2 || 2 * n < 3 * period) return 0;
  double *parts = mem_array(n, 3 * sizeof *parts);
  if (parts == NULL) return err_memory(err);
  double *season = parts, *trend = parts + n, *remainder = parts + 2 * n;
  int status = decompose(series->x, n, how, season, trend, remainder, err);
  if (status == 0) {
    double keep = fmax(0, 1 - 1 / season_ratio(season, remainder, n, period));
    for (size_t i = 0; i < n; i++) series->x[i] -= keep * season[i];
    for (size_t i = 0; i < series->h; i++)
      series->season[i] += keep * season[n - period + i % period];
    series->doubt += keep * doubt_of(n, how);
  }
  free(parts);
  return status;
}

static bool is_day(size_t period) {
  return period == 24 || period == 48 || period == 96 || period == 144 ||
         period == 288;
}

/* The seasons of a series whose period was named, in the order they are taken
   out; how many there are. A day stands for a week, too, and a week for a
   day, where the series is long enough to see both. */
static size_t find_seasons(size_t n, size_t period, bool firm, Season out[2]) {
  size_t day = is_day(period)                          ? period
               : period % 7 == 0 && is_day(period / 7) ? period / 7
                                                       : 0;
  if (day == 0 || n < 3 * 7 * day) {
    out[0] = (Season){period, firm ? 13 : 7, firm};
    return 1;
  }
  Season days = {day, firm ? 21 : 7, false};
  Season weeks = {7 * day, firm ? 13 : 0, false};
  out[0] = firm ? days : weeks;
  out[1] = firm ? weeks : days;
  return 2;
}

int adjust(const double *x, size_t n, size_t period, size_t h, AdjustKind kind,
           Adjusted *out, Err *err) {
  bool positive = values_are_positive(x, n);
  int status = 0;
  Season seasons[2];
  *out = (Adjusted){
      .n = n, .h = h, .logs = kind.logs && positive, .relative = positive};
  out->x = mem_array(n + h, sizeof *out->x);
  if (out->x == NULL) return err_memory(err);
  out->season = out->x + n;
  for (size_t i = 0; i < n; i++) out->x[i] = positive ? log(x[i]) : x[i];
  size_t count = find_seasons(n, period, kind.firm, seasons);
  for (size_t i = 0; i < count && status == 0; i++)
    status = take_out(out, &seasons[i], err);
  if (status != 0) {
    adjusted_free(out);
    return -1;
  }
  if (!positive || out->logs) return 0;
  for (size_t i = 0; i < n; i++) out->x[i] = exp(out->x[i]);
  for (size_t i = 0; i < h; i++) out->season[i] = exp(out->season[i]);
  return 0;
}

void adjusted_free(Adjusted *adjusted) {
  free(adjusted->x);
  adjusted->x = NULL;
}

void adjusted_restore(const Adjusted *adjusted, double *mean, double *se) {
  double more = adjusted->doubt * se[0] * se[0];
  for (size_t i = 0; i < adjusted->h; i++) se[i] = sqrt(se[i] * se[i] + more);
  for (size_t i = 0; i < adjusted->h; i++) {
    if (adjusted->logs) {
      mean[i] = exp(fmin(mean[i] + adjusted->season[i], 700));
      se[i] *= mean[i];
    } else if (adjusted->relative) {
      mean[i] *= adjusted->season[i];
      se[i] *= adjusted->season[i];
    } else {
      mean[i] += adjusted->season[i];
    }
  }
}
