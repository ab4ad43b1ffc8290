#include "stats/bounds.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "stats/middle.h"
#include "stats/values.h"

/* The factor by which a series of amounts above zero grows in h steps, if half
   of its steps is any guide; 1 where they shrink. `steps` is room for n. */
static double usual_growth(const ForecastInput *in, double *steps) {
  if (in->n < 2 || !values_are_positive(in->x, in->n)) return 1;
  for (size_t i = 1; i < in->n; i++)
    steps[i - 1] = log(in->x[i] / in->x[i - 1]);
  double median = middle_pair(steps, in->n - 1) / 2;
  return exp(fmax(median, 0) * (double)in->h);
}

int bounds_of(const ForecastInput *in, Bounds *out, Err *err) {
  enum { RANGES = 3 };
  double *steps = mem_array(in->n, sizeof *steps);
  if (steps == NULL) return err_memory(err);
  double lo = in->x[0], hi = in->x[0];
  for (size_t i = 1; i < in->n; i++) {
    lo = fmin(lo, in->x[i]);
    hi = fmax(hi, in->x[i]);
  }
  double rounding = 1e-6 * fmax(fabs(lo), fabs(hi));
  double reach =
      RANGES * (hi - lo + rounding) * fmax(1, (double)in->h / (double)in->n);
  double growth = usual_growth(in, steps);
  out->lo = lo - reach;
  out->floor = lo >= 0 ? 0 : -INFINITY;
  out->hi = fmax(hi + reach, hi * growth * growth);
  out->ceiling = 2 * out->hi - hi;
  free(steps);
  return 0;
}
