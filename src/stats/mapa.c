#include "stats/mapa.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "stats/ets.h"

enum { MOST_SCALES = 6, LEAST_BLOCKS = 8 };

/* Means of blocks of k values, the last block ending with the last value. */
static size_t make_blocks(const double *x, size_t n, size_t k, double *out) {
  size_t count = n / k, skip = n % k;
  for (size_t i = 0; i < count; i++) {
    out[i] = 0;
    for (size_t j = 0; j < k; j++) out[i] += x[skip + i * k + j] / (double)k;
  }
  return count;
}

/* The forecast of single value i from those of blocks of k: block b lies at
   its middle, and between the last level and the first block runs a line. */
static double at_value(const double *blocks, double level, size_t i, size_t k) {
  double place = ((double)i - ((double)k - 1) / 2) / (double)k;
  if (place <= 0) return level + (blocks[0] - level) * fmax(place + 1, 0);
  size_t b = (size_t)place;
  return blocks[b] + (blocks[b + 1] - blocks[b]) * (place - (double)b);
}

/* The best by AICc of the models with additive errors: those with relative ones
   say the same of logarithms, in twice the time. */
static int choose(const double *x, size_t n, EtsFit *fit, Err *err) {
  static const EtsModel models[] = {
      {'A', 'N', 'N', false}, {'A', 'A', 'N', false}, {'A', 'A', 'N', true}};
  bool found = false;
  for (size_t i = 0; i < sizeof models / sizeof *models; i++) {
    EtsFit candidate;
    if (ets_fit(&models[i], x, n, 1, 1, &candidate, err) != 0) {
      if (err->code == ERR_MEM) return -1;
      continue;
    }
    if (!found || candidate.aicc < fit->aicc) *fit = candidate;
    found = true;
  }
  return found ? 0 : -1;
}

/* Add the forecasts at scale k to `mean`; `work` holds n + 2 (h + 2). */
static int add_scale(const double *x, size_t n, size_t k, size_t h,
                     double *work, double *mean, double *se, Err *err) {
  double *blocks = work + n, *errors = blocks + h + 2;
  size_t count = make_blocks(x, n, k, work);
  size_t ahead = (h + k - 1) / k + 1;
  EtsFit fit;
  if (choose(work, count, &fit, err) != 0 ||
      ets_predict(&fit, ahead, blocks, errors, err) != 0)
    return -1;
  for (size_t i = 0; i < h; i++) {
    mean[i] += at_value(blocks, fit.end.level, i, k);
    if (k == 1) se[i] = errors[i];
  }
  return 0;
}

int mapa(const double *x, size_t n, size_t h, double *mean, double *se,
         Err *err) {
  size_t scales = n / LEAST_BLOCKS;
  if (scales > MOST_SCALES) scales = MOST_SCALES;
  if (scales < 1) scales = 1;
  double *work = mem_array(n + 2 * (h + 2), sizeof *work);
  if (work == NULL) return err_memory(err);
  for (size_t i = 0; i < h; i++) mean[i] = 0;
  int status = 0;
  for (size_t k = 1; k <= scales && status == 0; k++)
    status = add_scale(x, n, k, h, work, mean, se, err);
  for (size_t i = 0; i < h; i++) mean[i] /= (double)scales;
  free(work);
  return status;
}
