#include "stats/season.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"

/* Autocorrelation of x at `lag`, around the mean, divided by the variance
   with n (the usual biased form); 0 for a constant series. */
static double acf(const double *x, size_t n, size_t lag) {
  double mean = 0, top = 0, bottom = 0;
  for (size_t i = 0; i < n; i++) mean += x[i] / (double)n;
  for (size_t i = 0; i < n; i++) bottom += (x[i] - mean) * (x[i] - mean);
  for (size_t i = lag; i < n; i++) top += (x[i] - mean) * (x[i - lag] - mean);
  return bottom > 0 ? top / bottom : 0;
}

bool season_is_there(const double *x, size_t n, size_t period) {
  if (period < 2 || 2 * n < 5 * period) return false;
  double sum = 0;
  for (size_t lag = 1; lag < period; lag++) {
    double r = acf(x, n, lag);
    sum += r * r;
  }
  double limit = 1.645 * sqrt((1 + 2 * sum) / (double)n);
  return fabs(acf(x, n, period)) > limit;
}

void season_moving_average(const double *x, size_t n, size_t period,
                           double *out) {
  size_t half = period / 2;
  double width = (double)period;
  for (size_t i = 0; i < n; i++) {
    out[i] = NAN;
    if (i < half || i + half >= n) continue;
    double sum = 0;
    for (size_t k = i - half; k <= i + half; k++) sum += x[k];
    if (period % 2 == 0) sum -= (x[i - half] + x[i + half]) / 2;
    out[i] = sum / width;
  }
}

/* Make the indices average 1 or 0, after pulling them in. */
static void centre(double *indices, size_t period, bool multiplicative,
                   double shrink) {
  double mean = 0;
  for (size_t k = 0; k < period; k++) mean += indices[k] / (double)period;
  for (size_t k = 0; k < period; k++) {
    double plain = multiplicative ? indices[k] / mean - 1 : indices[k] - mean;
    indices[k] = (1 - shrink) * plain + (multiplicative ? 1 : 0);
  }
}

int season_indices(const double *x, size_t n, size_t period,
                   bool multiplicative, double shrink, double *indices,
                   Err *err) {
  double *average = mem_array(n, sizeof *average);
  if (average == NULL) return err_memory(err);
  season_moving_average(x, n, period, average);
  for (size_t k = 0; k < period; k++) {
    double sum = 0;
    size_t count = 0;
    for (size_t i = k; i < n; i += period) {
      if (isnan(average[i])) continue;
      sum += multiplicative ? x[i] / average[i] : x[i] - average[i];
      count++;
    }
    indices[k] = count > 0 ? sum / (double)count : (multiplicative ? 1 : 0);
  }
  free(average);
  centre(indices, period, multiplicative, shrink);
  return 0;
}
