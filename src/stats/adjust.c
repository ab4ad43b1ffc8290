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

static int decompose(const double *y, size_t n, size_t period, double *season,
                     double *trend, double *remainder, Err *err) {
  StlOptions options = {.period = period,
                        .s_window = 7,
                        .s_degree = -1,
                        .t_degree = -1,
                        .l_degree = -1};
  if (n > 2 * period)
    return stl(y, n, &options, season, trend, remainder, NULL, err);
  take_apart(y, n, period, season, trend, remainder);
  return 0;
}

/* Take one season out of y (in place); add its next h values to `ahead`. */
static int take_out(double *y, size_t n, size_t period, size_t h, double *ahead,
                    bool *seasonal, Err *err) {
  double *parts = mem_array(n, 3 * sizeof *parts);
  if (parts == NULL) return err_memory(err);
  double *season = parts, *trend = parts + n, *remainder = parts + 2 * n;
  int status = decompose(y, n, period, season, trend, remainder, err);
  if (status == 0) {
    double keep = fmax(0, 1 - 1 / season_ratio(season, remainder, n, period));
    for (size_t i = 0; i < n; i++) y[i] -= keep * season[i];
    for (size_t i = 0; i < h; i++)
      ahead[i] += keep * season[n - period + i % period];
    if (keep > 0) *seasonal = true;
  }
  free(parts);
  return status;
}

/* The week of a series counted in parts of a day; 0 of another. */
static size_t week_of(size_t period) {
  bool is_day = period == 24 || period == 48 || period == 96 || period == 144 ||
                period == 288;
  return is_day ? 7 * period : 0;
}

int adjust(const double *x, size_t n, size_t period, size_t h, bool logs,
           Adjusted *out, Err *err) {
  bool positive = values_are_positive(x, n);
  size_t week = week_of(period);
  int status = 0;
  *out = (Adjusted){
      .n = n, .h = h, .logs = logs && positive, .relative = positive};
  out->x = mem_array(n + h, sizeof *out->x);
  if (out->x == NULL) return err_memory(err);
  out->season = out->x + n;
  for (size_t i = 0; i < n; i++) out->x[i] = positive ? log(x[i]) : x[i];
  if (period > 1 && 2 * n >= 3 * period)
    status = take_out(out->x, n, period, h, out->season, &out->seasonal, err);
  if (status == 0 && week > 0 && n >= 3 * week)
    status = take_out(out->x, n, week, h, out->season, &out->seasonal, err);
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
