/* The design becomes Q in place, R is kept, y becomes the residuals. An
   aliased column gets a zero column of Q and a unit row of R, so that it drops
   out of every sum. Cost: n p^2 double-double operations. */
#include "stats/regress.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"

static Dd dot(const Dd *a, const Dd *b, size_t n) {
  Dd sum = dd_of(0);
  for (size_t i = 0; i < n; i++) sum = dd_add(sum, dd_multiply(a[i], b[i]));
  return sum;
}

/* a -= factor * b */
static void take_off(Dd *a, const Dd *b, Dd factor, size_t n) {
  for (size_t i = 0; i < n; i++)
    a[i] = dd_subtract(a[i], dd_multiply(factor, b[i]));
}

void fit_free(Fit *fit) {
  if (fit == NULL) return;
  free(fit->coef);
  free(fit->se);
  free(fit->vif);
  free(fit->aliased);
  free(fit->fitted);
  free(fit->residuals);
  free(fit->leverage);
  free(fit->root);
  free(fit);
}

static Fit *allocate(size_t n, size_t p) {
  Fit *fit = mem_array(1, sizeof *fit);
  if (fit == NULL) return NULL;
  *fit = (Fit){.n = n,
               .p = p,
               .coef = mem_array(p, sizeof(Dd)),
               .se = mem_array(p, sizeof(double)),
               .vif = mem_array(p, sizeof(double)),
               .aliased = mem_array(p, sizeof(bool)),
               .fitted = mem_array(n, sizeof(double)),
               .residuals = mem_array(n, sizeof(double)),
               .leverage = mem_array(n, sizeof(double)),
               .root = mem_array(p * p, sizeof(Dd))};
  if (fit->coef != NULL && fit->se != NULL && fit->vif != NULL &&
      fit->aliased != NULL && fit->fitted != NULL && fit->residuals != NULL &&
      fit->leverage != NULL && fit->root != NULL)
    return fit;
  fit_free(fit);
  return NULL;
}

static void apply_weights(const Design *d) {
  if (d->weights == NULL) return;
  for (size_t i = 0; i < d->n; i++) {
    Dd root = dd_root(d->weights[i]);
    d->y[i] = dd_multiply(d->y[i], root);
    for (size_t j = 0; j < d->p; j++)
      d->x[j * d->n + i] = dd_multiply(d->x[j * d->n + i], root);
  }
}

static Dd weight(const Design *d, size_t i) {
  return d->weights == NULL ? dd_of(1) : d->weights[i];
}

/* Squares of `values` (already times the root of the weights) about their
   weighted mean, or about 0. */
static Dd total_squares(const Design *d, const Dd *values, bool centred) {
  Dd sum = dd_of(0), all = dd_of(0), squares = dd_of(0);
  for (size_t i = 0; centred && i < d->n; i++) {
    Dd w = weight(d, i);
    sum = dd_add(sum, dd_multiply(dd_root(w), values[i]));
    all = dd_add(all, w);
  }
  Dd mean = centred ? dd_divide(sum, all) : dd_of(0);
  for (size_t i = 0; i < d->n; i++) {
    Dd root = dd_root(weight(d, i));
    Dd rest = dd_subtract(values[i], dd_multiply(mean, root));
    squares = dd_add(squares, dd_square(rest));
  }
  return squares;
}

/* Q in d->x, R in r (row by row), Q'y in z, what is left of y in d->y. */
static void orthogonalise(const Design *d, Fit *fit, Dd *r, Dd *z) {
  double least = d->is_exact ? 1e-22 : 1e-13;
  size_t n = d->n, p = d->p;
  for (size_t j = 0; j < p; j++) {
    Dd *q = d->x + j * n;
    double length = sqrt(dot(q, q, n).hi);
    for (size_t k = 0; k < j; k++) {
      r[k * p + j] = fit->aliased[k] ? dd_of(0) : dot(d->x + k * n, q, n);
      if (!fit->aliased[k]) take_off(q, d->x + k * n, r[k * p + j], n);
    }
    Dd rest = dd_root(dot(q, q, n));
    fit->aliased[j] = !(rest.hi > least * length);
    r[j * p + j] = fit->aliased[j] ? dd_of(1) : rest;
    z[j] = dd_of(0);
    for (size_t i = 0; i < n; i++)
      q[i] = fit->aliased[j] ? dd_of(0) : dd_divide(q[i], rest);
    if (fit->aliased[j]) continue;
    fit->rank++;
    z[j] = dot(q, d->y, n);
    take_off(d->y, q, z[j], n);
  }
}

/* The inverse of R, and coef = R^-1 z. */
static void solve(Fit *fit, const Dd *r, const Dd *z) {
  size_t p = fit->p;
  for (size_t j = 0; j < p; j++) {
    fit->root[j * p + j] = dd_divide(dd_of(1), r[j * p + j]);
    for (size_t i = j; i-- > 0;) {
      Dd sum = dd_of(0);
      for (size_t k = i + 1; k <= j; k++)
        sum = dd_add(sum, dd_multiply(r[i * p + k], fit->root[k * p + j]));
      fit->root[i * p + j] = dd_divide(dd_negate(sum), r[i * p + i]);
    }
  }
  for (size_t j = p; j-- > 0;) {
    Dd rest = z[j];
    for (size_t k = j + 1; k < p; k++)
      if (!fit->aliased[k])
        rest = dd_subtract(rest, dd_multiply(r[j * p + k], fit->coef[k]));
    fit->coef[j] = fit->aliased[j] ? dd_of(NAN) : dd_divide(rest, r[j * p + j]);
  }
}

/* Squared length of row j of R^-1, over the columns that are estimated. */
static Dd row_square(const Fit *fit, size_t j) {
  Dd sum = dd_of(0);
  for (size_t k = j; k < fit->p; k++)
    if (!fit->aliased[k])
      sum = dd_add(sum, dd_square(fit->root[j * fit->p + k]));
  return sum;
}

static void describe_rows(const Design *d, Fit *fit, const Dd *y) {
  double last = 0, steps = 0, squares = 0;
  for (size_t i = 0; i < d->n; i++) {
    Dd root = dd_root(weight(d, i)), hat = dd_of(0);
    for (size_t j = 0; j < d->p; j++)
      hat = dd_add(hat, dd_square(d->x[j * d->n + i]));
    fit->leverage[i] = hat.hi;
    double rest = fit->rss == 0 ? 0 : dd_divide(d->y[i], root).hi;
    fit->residuals[i] = rest;
    fit->fitted[i] = dd_subtract(dd_divide(y[i], root), dd_of(rest)).hi;
    if (i > 0) steps += (rest - last) * (rest - last);
    squares += rest * rest;
    last = rest;
  }
  fit->durbin_watson = squares > 0 ? steps / squares : NAN;
}

static void describe(const Design *d, Fit *fit, Dd total, const Dd *spread) {
  fit->df = d->n - fit->rank;
  Dd rss = dot(d->y, d->y, d->n);
  /* what double-double leaves of an exact fit */
  if (d->is_exact && rss.hi <= 1e-44 * total.hi) rss = dd_of(0);
  fit->rss = rss.hi;
  fit->tss = total.hi;
  Dd share = total.hi > 0 ? dd_divide(rss, total) : dd_of(NAN);
  fit->r2 = dd_subtract(dd_of(1), share).hi;
  size_t tested = fit->rank - (d->has_intercept ? 1 : 0);
  fit->sigma = fit->f = NAN;
  if (fit->df > 0) {
    Dd mean_rest = dd_divide(rss, dd_of((double)fit->df));
    Dd model = dd_subtract(total, rss);
    fit->sigma = dd_root(mean_rest).hi;
    if (tested > 0 && mean_rest.hi > 0)
      fit->f = dd_divide(dd_divide(model, dd_of((double)tested)), mean_rest).hi;
    else if (tested > 0 && model.hi > 0) fit->f = INFINITY;
  }
  for (size_t j = 0; j < fit->p; j++) {
    Dd square = row_square(fit, j);
    fit->se[j] = fit->aliased[j] ? NAN : fit->sigma * dd_root(square).hi;
    bool counts = d->has_intercept && !fit->aliased[j] && spread[j].hi > 0;
    fit->vif[j] = counts ? dd_multiply(square, spread[j]).hi : NAN;
  }
}

static int check_size(const Fit *fit, Err *err) {
  for (size_t j = 0; j < fit->p; j++)
    if (!fit->aliased[j] && !isfinite(fit->coef[j].hi))
      return err_set(err, ERR_DATA, "the values are too large to be fitted");
  if (isfinite(fit->rss) && isfinite(fit->tss)) return 0;
  return err_set(err, ERR_DATA, "the values are too large to be fitted");
}

Fit *fit_new(const Design *d, Err *err) {
  Fit *fit = allocate(d->n, d->p);
  Dd *r = mem_array(d->p * d->p, sizeof *r), *z = mem_array(d->p, sizeof *z);
  Dd *y = mem_array(d->n, sizeof *y), *spread = mem_array(d->p, sizeof *spread);
  int status = 0;
  if (fit == NULL || r == NULL || z == NULL || y == NULL || spread == NULL) {
    status = err_memory(err);
    goto done;
  }
  apply_weights(d);
  for (size_t i = 0; i < d->n; i++) y[i] = d->y[i];
  Dd total = total_squares(d, d->y, d->has_intercept);
  for (size_t j = 0; j < d->p; j++) {
    spread[j] = total_squares(d, d->x + j * d->n, true);
    Dd size = dot(d->x + j * d->n, d->x + j * d->n, d->n);
    if (spread[j].hi <= 1e-28 * size.hi) spread[j] = dd_of(0); /* constant */
  }
  orthogonalise(d, fit, r, z);
  solve(fit, r, z);
  describe(d, fit, total, spread);
  describe_rows(d, fit, y);
  status = check_size(fit, err);
done:
  free(r);
  free(z);
  free(y);
  free(spread);
  if (status == 0) return fit;
  fit_free(fit);
  return NULL;
}

double fit_predict(const Fit *fit, const Dd *x0, double *spread) {
  size_t p = fit->p;
  Dd value = dd_of(0), square = dd_of(0);
  for (size_t j = 0; j < p; j++) {
    if (fit->aliased[j]) continue;
    value = dd_add(value, dd_multiply(fit->coef[j], x0[j]));
    Dd part = dd_of(0); /* of R^-T x0 */
    for (size_t k = 0; k <= j; k++)
      if (!fit->aliased[k])
        part = dd_add(part, dd_multiply(fit->root[k * p + j], x0[k]));
    square = dd_add(square, dd_square(part));
  }
  *spread = dd_root(square).hi;
  return value.hi;
}
