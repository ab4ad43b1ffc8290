/* After the authors' own Fortran (netlib a/stl, subroutines est and ess), so
   that the digits agree. */
#include "stats/loess.h"

#include <math.h>

/* Weight every neighbour by the tricube of its distance; the sum. */
static double weigh(const Loess *loess, double at, size_t first, size_t last) {
  double h = fmax(at - (double)first, (double)last - at), sum = 0;
  if (loess->window > loess->n) h += (double)((loess->window - loess->n) / 2);
  for (size_t j = first; j <= last; j++) {
    double *w = &loess->scratch[j - 1];
    double r = fabs((double)j - at), ratio = r / h;
    *w = 0;
    if (r > 0.999 * h) continue;
    *w = 1;
    if (r > 0.001 * h) {
      double inner = 1 - ratio * ratio * ratio;
      *w = inner * inner * inner;
    }
    if (loess->weights != NULL) *w *= loess->weights[j - 1];
    sum += *w;
  }
  return sum;
}

/* Turn weights of a mean into those of a line's value at `at`. */
static void tilt(const Loess *loess, double at, size_t first, size_t last) {
  double *w = loess->scratch, centre = 0, spread = 0;
  for (size_t j = first; j <= last; j++) centre += w[j - 1] * (double)j;
  for (size_t j = first; j <= last; j++) {
    double far = (double)j - centre;
    spread += w[j - 1] * (far * far);
  }
  if (sqrt(spread) <= 0.001 * ((double)loess->n - 1)) return;
  double slope = (at - centre) / spread;
  for (size_t j = first; j <= last; j++)
    w[j - 1] *= slope * ((double)j - centre) + 1;
}

bool loess_at(const Loess *loess, double at, size_t first, size_t last,
              double *out) {
  double sum = weigh(loess, at, first, last), *w = loess->scratch;
  if (!(sum > 0)) return false;
  for (size_t j = first; j <= last; j++) w[j - 1] /= sum;
  if (loess->degree > 0) tilt(loess, at, first, last);
  double fit = 0;
  for (size_t j = first; j <= last; j++) fit += w[j - 1] * loess->y[j - 1];
  *out = fit;
  return true;
}

static void fit_at(const Loess *loess, size_t i, size_t first, size_t last,
                   double *out) {
  if (!loess_at(loess, (double)i, first, last, &out[i - 1]))
    out[i - 1] = loess->y[i - 1];
}

/* The neighbours of i: as far around it as there are values. */
static size_t first_neighbour(const Loess *loess, size_t i, bool every) {
  size_t half = (loess->window + 1) / 2, n = loess->n, len = loess->window;
  if (every) {
    if (i <= half) return 1;
    return i - half + len < n ? i - half + 1 : n - len + 1;
  }
  if (i < half) return 1;
  return i >= n - half + 1 ? n - len + 1 : i - half + 1;
}

static void draw_line(double *out, size_t from, size_t to) {
  double step = (out[to] - out[from]) / (double)(to - from);
  for (size_t j = from + 1; j < to; j++)
    out[j] = out[from] + step * (double)(j - from);
}

void loess_smooth(const Loess *loess, size_t jump, double *out) {
  size_t n = loess->n, first = 1, last = n, i = 1;
  if (n < 2) {
    out[0] = loess->y[0];
    return;
  }
  if (jump > n - 1) jump = n - 1;
  for (; i <= n; i += jump) {
    if (loess->window < n) {
      first = first_neighbour(loess, i, jump == 1);
      last = first + loess->window - 1;
    }
    fit_at(loess, i, first, last, out);
  }
  if (jump == 1) return;
  for (i = 1; i + jump <= n; i += jump) draw_line(out, i - 1, i - 1 + jump);
  if (i == n) return;
  fit_at(loess, n, first, last, out);
  if (i + 1 < n) draw_line(out, i - 1, n - 1);
}
