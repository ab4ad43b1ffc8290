/* One pass for the extent, one for the choice. A line keeps at most four points
   a column, which draws the same pixels (Jugel et al. 2014, M4, VLDB 7:797). */
#include "draw/decimate.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

typedef struct Extent {
  double least, greatest; /* least > greatest: no value */
} Extent;

static Extent extent_of(const double *values, size_t n) {
  Extent extent = {INFINITY, -INFINITY};
  for (size_t i = 0; i < n; i++) {
    if (values[i] < extent.least) extent.least = values[i];
    if (values[i] > extent.greatest) extent.greatest = values[i];
  }
  return extent;
}

/* The cell of a value among n; the last one holds the upper end. */
static size_t cell_of(double value, Extent extent, size_t n) {
  double size = extent.greatest - extent.least;
  if (!(size > 0)) return 0;
  double at = (value - extent.least) / size * (double)n;
  return at >= (double)n ? n - 1 : (size_t)at;
}

/* ---- lines ---- */

/* The points of one column that are kept, by index. */
typedef struct Run {
  size_t first, low, high, last;
  size_t column;
  bool any;
} Run;

static size_t put_once(size_t *keep, size_t n, size_t from, size_t index) {
  for (size_t i = from; i < n; i++)
    if (keep[i] == index) return n;
  keep[n] = index;
  return n + 1;
}

/* Write the run's points in their order. */
static size_t flush(Run *run, size_t *keep, size_t n) {
  if (!run->any) return n;
  size_t from = n;
  size_t a = run->low < run->high ? run->low : run->high;
  size_t b = run->low < run->high ? run->high : run->low;
  n = put_once(keep, n, from, run->first);
  n = put_once(keep, n, from, a);
  n = put_once(keep, n, from, b);
  n = put_once(keep, n, from, run->last);
  run->any = false;
  return n;
}

static void take(Run *run, const double *y, size_t i, size_t column) {
  if (!run->any) {
    *run = (Run){i, i, i, i, column, true};
    return;
  }
  if (y[i] < y[run->low]) run->low = i;
  if (y[i] > y[run->high]) run->high = i;
  run->last = i;
}

size_t decimate_line(const double *x, const double *y, size_t n, size_t columns,
                     size_t *keep) {
  Extent extent = extent_of(x, n);
  Run run = {0};
  size_t kept = 0;
  bool broken = false;
  for (size_t i = 0; i < n; i++) {
    if (isnan(x[i]) || isnan(y[i])) {
      kept = flush(&run, keep, kept);
      if (!broken && kept > 0) keep[kept++] = i;
      broken = true;
      continue;
    }
    size_t column = cell_of(x[i], extent, columns);
    if (run.any && column != run.column) kept = flush(&run, keep, kept);
    take(&run, y, i, column);
    broken = false;
  }
  return flush(&run, keep, kept);
}

/* ---- clouds, counts ---- */

size_t decimate_cloud(const double *x, const double *y, size_t n,
                      size_t columns, size_t rows, size_t *keep) {
  Extent wide = extent_of(x, n), high = extent_of(y, n);
  uint8_t *taken = mem_array(columns * rows, 1);
  if (taken == NULL) return SIZE_MAX;
  size_t kept = 0;
  for (size_t i = 0; i < n; i++) {
    if (isnan(x[i]) || isnan(y[i])) continue;
    size_t cell =
        cell_of(y[i], high, rows) * columns + cell_of(x[i], wide, columns);
    if (taken[cell]) continue;
    taken[cell] = 1;
    keep[kept++] = i;
  }
  free(taken);
  return kept;
}

void decimate_count(const double *values, size_t n, double from, double width,
                    size_t nbins, size_t *counts) {
  memset(counts, 0, nbins * sizeof *counts);
  for (size_t i = 0; i < n; i++) {
    double at = (values[i] - from) / width;
    if (!(at >= 0)) continue; /* NaN too */
    if (at < (double)nbins) counts[(size_t)at]++;
    else if (at <= (double)nbins * (1 + 1e-12)) counts[nbins - 1]++;
  }
}
