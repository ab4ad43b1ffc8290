#include "stats/calibrate.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "stats/quantile.h"

enum { LEAST_BEFORE = 8 };

typedef struct Past {
  double *ratios; /* |error / standard error|, of all origins */
  size_t count;
  double *mean, *se; /* room for h each */
  bool adjusted;     /* is a season out of the forecast that is widened */
} Past;

static int by_size(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

/* How much too small standard error i (0-based) is known to be. */
static double slack_at(const Calibrator *how, const ForecastInput *in,
                       size_t i) {
  double n = (double)in->n, ahead = fmin((double)i + 1, n);
  double slack = 1 + how->slack.near / n + how->slack.far * ahead / (n * n);
  bool season = how->season && in->period > 1 && in->n >= 2 * in->period;
  return season ? slack * sqrt(1 + (double)in->period / n) : slack;
}

/* Forecast the h values after the first n. */
static int look_from(const Calibrator *how, const ForecastInput *in, size_t n,
                     size_t h, Past *past, Err *err) {
  ForecastInput start = {in->x, n, in->period, h, FORECAST_MODEL};
  Forecast out = {.mean = past->mean, .se = past->se};
  if (how->look(how->data, &start, &out, err) != 0)
    return err->code == ERR_MEM ? -1 : 0;
  if (out.adjusted != past->adjusted) return 0;
  for (size_t i = 0; i < h; i++)
    if (past->se[i] > 0)
      past->ratios[past->count++] = fabs(in->x[n + i] - past->mean[i]) /
                                    (past->se[i] * slack_at(how, &start, i));
  return 0;
}

/* Origins lie evenly between the middle of the series and `h` before its end,
   but none where a season could not yet be taken out. */
static int look_back(const Calibrator *how, const ForecastInput *in, size_t h,
                     Past *past, Err *err) {
  size_t first = in->n / 2, last = in->n - h, origins = how->origins;
  size_t least = in->period > 1 ? 2 * in->period + 1 : LEAST_BEFORE;
  if (least < LEAST_BEFORE) least = LEAST_BEFORE;
  if (first < least) first = least;
  if (first > last) return 0;
  if (origins > last - first + 1) origins = last - first + 1;
  for (size_t k = 0; k < origins; k++) {
    size_t n = last - (origins > 1 ? (last - first) * k / (origins - 1) : 0);
    if (look_from(how, in, n, h, past, err) != 0) return -1;
  }
  return 0;
}

/* How many errors weigh as much as what is usual. */
static const double USUAL_WEIGHT = 4;

/* Origins count one each, and what lies in one forecast half. */
static double factor_of(const Calibrator *how, Past *past, size_t h) {
  if (past->count == 0) return how->unseen;
  qsort(past->ratios, past->count, sizeof *past->ratios, by_size);
  const Numbers ratios = {.reals = past->ratios, .n = past->count};
  double high = quantile_of_sorted(&ratios, (Decimal){95, 2}, 7);
  double seen = (double)past->count / (double)h + (double)h / 2;
  double weight = seen / (seen + USUAL_WEIGHT);
  double factor = fmin(fmax(high / 1.96, 0.9), 3);
  return exp(weight * log(factor) + (1 - weight) * log(how->usual));
}

int calibrate(const Calibrator *how, const ForecastInput *in, Forecast *out,
              Err *err) {
  size_t h = in->h < in->n / 4 + 1 ? in->h : in->n / 4 + 1;
  double *block = mem_array(h, (CALIBRATE_MOST + 2) * sizeof *block);
  if (block == NULL) return err_memory(err);
  Past past = {.ratios = block,
               .mean = block + CALIBRATE_MOST * h,
               .se = block + (CALIBRATE_MOST + 1) * h,
               .adjusted = out->adjusted};
  int status = look_back(how, in, h, &past, err);
  double factor = status == 0 ? factor_of(how, &past, h) : 1;
  for (size_t i = 0; i < in->h; i++)
    out->se[i] *= factor * slack_at(how, in, i);
  free(block);
  return status;
}
