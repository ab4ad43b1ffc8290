#include "stats/backtest.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "stats/forecast.h"
#include "stats/gaps.h"

size_t backtest_folds(size_t n, size_t h, size_t least, size_t most) {
  size_t folds = n > least ? (n - least) / h : 0;
  return folds < most ? folds : most;
}

typedef struct Sums {
  double smape, scaled, squares;
  size_t points;
} Sums;

/* Mean distance of values one period apart; of neighbours when the series is
   not longer than a period. */
static double scale_of(const double *x, size_t n, size_t period) {
  size_t lag = n > period ? period : 1;
  double sum = 0;
  for (size_t i = lag; i < n; i++) sum += fabs(x[i] - x[i - lag]);
  return n > lag ? sum / (double)(n - lag) : 0;
}

static void judge(const double *actual, const double *mean, size_t h,
                  double scale, Sums *sums) {
  for (size_t i = 0; i < h; i++) {
    if (isnan(actual[i])) continue;
    double e = fabs(actual[i] - mean[i]);
    double size = fabs(actual[i]) + fabs(mean[i]);
    sums->smape += size > 0 ? 200 * e / size : 0;
    sums->scaled += scale > 0 ? e / scale : NAN;
    sums->squares += e * e;
    sums->points++;
  }
}

/* One fold; `work` holds n + 2 (n + h) values. */
static int run_fold(const char *method, const double *x, size_t n,
                    size_t period, size_t h, double *work, Sums *sums,
                    Err *err) {
  Gaps gaps;
  memcpy(work, x, n * sizeof *x);
  if (gaps_fill(work, n, period, &gaps, err) != 0) return -1;
  /* values missing before the origin are forecast, too, and not judged */
  size_t ahead = h + gaps.after;
  ForecastInput in = {work + gaps.first, gaps.n, period, ahead,
                      FORECAST_POINTS};
  Forecast out = {.mean = work + n, .se = work + n + ahead};
  if (forecast_run(method, &in, &out, err) != 0) return -1;
  judge(x + n, out.mean + gaps.after, h, scale_of(in.x, in.n, period), sums);
  return 0;
}

int backtest(const char *method, const double *x, size_t n, size_t period,
             size_t h, size_t folds, Backtest *out, Err *err) {
  Sums sums = {0};
  double *work = mem_array(n + 2 * (n + h), sizeof *work);
  if (work == NULL) return err_memory(err);
  int status = 0;
  for (size_t k = 1; k <= folds && status == 0; k++)
    status = run_fold(method, x, n - k * h, period, h, work, &sums, err);
  free(work);
  double points = (double)sums.points;
  *out = (Backtest){folds, sums.points, sums.smape / points,
                    sums.scaled / points, sqrt(sums.squares / points)};
  return status;
}
