#include "stats/gaps.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "stats/season.h"

/* `there` says which values are known; the others get the line. */
static void draw_lines(double *x, const bool *there, size_t n) {
  size_t last = 0;
  for (size_t i = 1; i < n; i++) {
    if (!there[i]) continue;
    for (size_t k = last + 1; k < i; k++)
      x[k] =
          x[last] + (x[i] - x[last]) * (double)(k - last) / (double)(i - last);
    last = i;
  }
}

static int fill_seasonal(double *x, const bool *there, size_t n, size_t period,
                         Err *err) {
  double *indices = mem_array(period, sizeof *indices);
  if (indices == NULL) return err_memory(err);
  int status = season_indices(x, n, period, false, 0, indices, err);
  if (status == 0) {
    for (size_t i = 0; i < n; i++) x[i] -= indices[i % period];
    draw_lines(x, there, n);
    for (size_t i = 0; i < n; i++) x[i] += indices[i % period];
  }
  free(indices);
  return status;
}

int gaps_fill(double *x, size_t n, size_t period, Gaps *out, Err *err) {
  size_t first = 0, end = n;
  while (first < n && isnan(x[first])) first++;
  while (end > first && isnan(x[end - 1])) end--;
  *out = (Gaps){.first = first, .n = end - first, .after = n - end};
  x += first;
  bool *there = mem_array(out->n, sizeof *there);
  double *kept = mem_array(out->n, sizeof *kept);
  int status = 0;
  if (there == NULL || kept == NULL) status = err_memory(err);
  for (size_t i = 0; i < out->n && status == 0; i++) {
    there[i] = !isnan(x[i]);
    kept[i] = x[i];
    out->filled += !there[i];
  }
  if (status == 0 && out->filled > 0) {
    draw_lines(x, there, out->n);
    if (period > 1 && out->n >= 2 * period)
      status = fill_seasonal(x, there, out->n, period, err);
    for (size_t i = 0; i < out->n; i++) /* unrounded */
      if (there[i]) x[i] = kept[i];
  }
  free(there);
  free(kept);
  return status;
}
