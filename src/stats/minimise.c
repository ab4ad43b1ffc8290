/* BFGS without constraints: callers map bounded parameters to the line.
   Forward differences while they lead down, central ones when they do not:
   near the minimum their error would stop the walk too early. */
#include "stats/minimise.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

typedef struct Walk {
  MinimiseFn fn;
  void *data;
  size_t n;
  double value;
  double x[MINIMISE_MOST];
  double gradient[MINIMISE_MOST];
  double inverse[MINIMISE_MOST][MINIMISE_MOST]; /* of the Hessian */
  bool central;
} Walk;

static double value_at(const Walk *walk, const double *x) {
  double value = walk->fn(x, walk->data);
  return isfinite(value) ? value : HUGE_VAL;
}

static void get_gradient(const Walk *walk, const double *at, double *out) {
  double x[MINIMISE_MOST];
  memcpy(x, at, walk->n * sizeof *x);
  for (size_t i = 0; i < walk->n; i++) {
    double step = (walk->central ? 1e-5 : 1e-7) * fmax(fabs(x[i]), 0.1);
    x[i] = at[i] + step;
    double above = value_at(walk, x), below = walk->value;
    double width = x[i] - at[i];
    if (walk->central) {
      x[i] = at[i] - step;
      below = value_at(walk, x);
      width *= 2;
    }
    double slope = (above - below) / width;
    out[i] = isfinite(slope) ? slope : 0;
    x[i] = at[i];
  }
}

static void reset_inverse(Walk *walk) {
  for (size_t i = 0; i < walk->n; i++)
    for (size_t j = 0; j < walk->n; j++) walk->inverse[i][j] = i == j;
}

static double dot(const double *a, const double *b, size_t n) {
  double sum = 0;
  for (size_t i = 0; i < n; i++) sum += a[i] * b[i];
  return sum;
}

/* The BFGS update of the inverse by the step s and the change y of slope. */
static void update_inverse(Walk *walk, const double *s, const double *y) {
  size_t n = walk->n;
  double sy = dot(s, y, n), hy[MINIMISE_MOST];
  if (sy <= 1e-14 * sqrt(dot(s, s, n) * dot(y, y, n))) return;
  for (size_t i = 0; i < n; i++) hy[i] = dot(walk->inverse[i], y, n);
  double scale = (1 + dot(y, hy, n) / sy) / sy;
  for (size_t i = 0; i < n; i++)
    for (size_t j = 0; j < n; j++)
      walk->inverse[i][j] +=
          scale * s[i] * s[j] - (hy[i] * s[j] + s[i] * hy[j]) / sy;
}

/* Go along `direction` as far as it goes down enough; false when nowhere. */
static bool search_line(Walk *walk, const double *direction, double slope,
                        double *x) {
  double length = 1, reach = sqrt(dot(direction, direction, walk->n));
  if (reach > 4) length = 4 / reach;
  for (int halving = 0; halving < 30; halving++, length *= 0.35) {
    for (size_t i = 0; i < walk->n; i++)
      x[i] = walk->x[i] + length * direction[i];
    double value = value_at(walk, x);
    if (value <= walk->value + 1e-4 * length * slope) {
      walk->value = value;
      return true;
    }
  }
  return false;
}

/* One step; how much it gained, or -1 when there is no way down. */
static double take_step(Walk *walk) {
  size_t n = walk->n;
  double direction[MINIMISE_MOST], x[MINIMISE_MOST], before = walk->value;
  for (size_t i = 0; i < n; i++)
    direction[i] = -dot(walk->inverse[i], walk->gradient, n);
  double slope = dot(direction, walk->gradient, n);
  if (!(slope < 0)) {
    reset_inverse(walk);
    for (size_t i = 0; i < n; i++) direction[i] = -walk->gradient[i];
    slope = dot(direction, walk->gradient, n);
    if (!(slope < 0)) return -1;
  }
  if (!search_line(walk, direction, slope, x)) return -1;
  double gradient[MINIMISE_MOST], s[MINIMISE_MOST], y[MINIMISE_MOST];
  get_gradient(walk, x, gradient);
  for (size_t i = 0; i < n; i++) {
    s[i] = x[i] - walk->x[i];
    y[i] = gradient[i] - walk->gradient[i];
  }
  update_inverse(walk, s, y);
  memcpy(walk->x, x, n * sizeof *x);
  memcpy(walk->gradient, gradient, n * sizeof *gradient);
  return before - walk->value;
}

double minimise_bfgs(MinimiseFn fn, void *data, double *x, size_t n,
                     size_t steps, double tolerance) {
  Walk walk = {.fn = fn, .data = data, .n = n};
  memcpy(walk.x, x, n * sizeof *x);
  walk.value = value_at(&walk, x);
  if (n == 0 || n > MINIMISE_MOST || walk.value == HUGE_VAL) return walk.value;
  get_gradient(&walk, walk.x, walk.gradient);
  reset_inverse(&walk);
  for (size_t step = 0; step < steps; step++) {
    if (take_step(&walk) > tolerance) continue;
    if (walk.central) break;
    walk.central = true;
    get_gradient(&walk, walk.x, walk.gradient);
    reset_inverse(&walk);
  }
  memcpy(x, walk.x, n * sizeof *x);
  return walk.value;
}

double minimise_squash(double t, double low, double high) {
  return low + (high - low) / (1 + exp(-t));
}
