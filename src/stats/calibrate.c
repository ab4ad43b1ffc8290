#include "stats/calibrate.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "stats/adjust.h"
#include "stats/quantile.h"
#include "stats/theta.h"

enum { MOST_ORIGINS = 8, LEAST_BEFORE = 8 };

typedef struct Past {
  double *ratios; /* |error / standard error|, of all origins */
  size_t count;
  double *mean, *se; /* room for h each */
} Past;

static int by_size(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

/* Forecast the h values after the first n. */
static int look_from(const ForecastInput *in, size_t n, size_t h, Past *past,
                     Err *err) {
  Adjusted adjusted;
  AdjustKind kind = {.logs = true};
  if (adjust(in->x, n, in->period, h, kind, &adjusted, err) != 0) return -1;
  int status = theta_standard(adjusted.x, n, h, past->mean, past->se, err);
  if (status == 0) adjusted_restore(&adjusted, past->mean, past->se);
  for (size_t i = 0; i < h && status == 0; i++)
    if (past->se[i] > 0)
      past->ratios[past->count++] =
          fabs(in->x[n + i] - past->mean[i]) / past->se[i];
  adjusted_free(&adjusted);
  return status;
}

/* Origins lie evenly between the middle of the series and `h` before its end,
   but none where a season could not yet be taken out. */
static int look_back(const ForecastInput *in, size_t h, Past *past, Err *err) {
  size_t first = in->n / 2, last = in->n - h, origins = MOST_ORIGINS;
  size_t least = in->period > 1 ? 2 * in->period + 1 : LEAST_BEFORE;
  if (least < LEAST_BEFORE) least = LEAST_BEFORE;
  if (first < least) first = least;
  if (first > last) return 0;
  if (origins > last - first + 1) origins = last - first + 1;
  for (size_t k = 0; k < origins; k++) {
    size_t n = last - (origins > 1 ? (last - first) * k / (origins - 1) : 0);
    if (look_from(in, n, h, past, err) != 0) return -1;
  }
  return 0;
}

/* What holds for most series, and how many errors weigh as much; less where
   there is a season but too little to look back on, since then part of it is
   still in the members' errors. Set looking at all of M1 and at simulated laws
   (spec/bench/coverage.lua): neither is a test of them. */
static const double USUAL = 1.3, USUAL_WEIGHT = 4, USUAL_SEASONAL = 1.15;

/* Origins count one each, and what lies in one forecast half. */
static double factor_of(Past *past, size_t h, bool seasonal) {
  if (past->count == 0) return seasonal ? USUAL_SEASONAL : USUAL;
  qsort(past->ratios, past->count, sizeof *past->ratios, by_size);
  const Numbers ratios = {.reals = past->ratios, .n = past->count};
  double high = quantile_of_sorted(&ratios, (Decimal){95, 2}, 7);
  double seen = (double)past->count / (double)h + (double)h / 2;
  double weight = seen / (seen + USUAL_WEIGHT);
  double factor = fmin(fmax(high / 1.96, 0.9), 3);
  return exp(weight * log(factor) + (1 - weight) * log(USUAL));
}

int calibrate(const ForecastInput *in, double *factor, Err *err) {
  size_t h = in->h < in->n / 4 + 1 ? in->h : in->n / 4 + 1;
  double *block = mem_array(h, (MOST_ORIGINS + 2) * sizeof *block);
  if (block == NULL) return err_memory(err);
  Past past = {.ratios = block,
               .mean = block + MOST_ORIGINS * h,
               .se = block + (MOST_ORIGINS + 1) * h};
  int status = look_back(in, h, &past, err);
  if (status == 0) *factor = factor_of(&past, h, in->period > 1);
  free(block);
  return status;
}
