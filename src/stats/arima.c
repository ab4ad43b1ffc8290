/* Fitting and forecasting one order. The optimiser sees partial
   autocorrelations through atanh, so that every point it tries is stationary
   and invertible (Monahan 1984, Biometrika 71, 403-404); conditional errors
   are four short filters in a row, which needs no written-out polynomials. */
#include "stats/arima.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "stats/arma.h"
#include "stats/minimise.h"

typedef struct Problem {
  const ArimaOrder *o;
  double *w; /* the differenced series */
  size_t n;  /* of it */
  double scale;
  bool exact;
  double *errors, *v, *centred; /* n each */
  double *ar, *ma;              /* written out, for the exact likelihood */
} Problem;

static size_t count_coefs(const ArimaOrder *o) {
  return (size_t)(o->p + o->sp + o->q + o->sq) + o->constant;
}

void arima_name(const ArimaOrder *o, char out[ARIMA_NAME_SIZE]) {
  int len = snprintf(out, ARIMA_NAME_SIZE, "ARIMA(%d,%d,%d)", o->p, o->d, o->q);
  char *end = out + len;
  size_t room = ARIMA_NAME_SIZE - (size_t)len;
  if (o->sp + o->sd + o->sq > 0) {
    len =
        snprintf(end, room, "(%d,%d,%d)[%zu]", o->sp, o->sd, o->sq, o->period);
    end += len;
    room -= (size_t)len;
  }
  if (o->constant)
    snprintf(end, room, o->d + o->sd == 0 ? " with mean" : " with drift");
}

static const double MOST_PARTIAL = 1 - 1e-7;

/* Partial autocorrelations tanh(u) to coefficients (Durbin and Levinson). */
static void to_coefs(const double *u, int n, double sign, double *out) {
  double before[8];
  for (int k = 0; k < n; k++) {
    double r = fmin(fmax(tanh(u[k]), -MOST_PARTIAL), MOST_PARTIAL);
    memcpy(before, out, (size_t)k * sizeof *out);
    for (int j = 0; j < k; j++) out[j] = before[j] - r * before[k - 1 - j];
    out[k] = r;
  }
  for (int k = 0; k < n; k++) out[k] *= sign;
}

/* The other way; coefficients that are not stationary give 0. */
static void from_coefs(const double *coefs, int n, double sign, double *out) {
  double a[8], next[8];
  for (int k = 0; k < n; k++) a[k] = coefs[k] * sign;
  for (int k = n - 1; k >= 0; k--) {
    double r = a[k];
    if (!(fabs(r) < MOST_PARTIAL)) r = 0;
    out[k] = atanh(r);
    for (int j = 0; j < k; j++)
      next[j] = (a[j] + r * a[k - 1 - j]) / (1 - r * r);
    memcpy(a, next, (size_t)k * sizeof *a);
  }
}

static void unpack(const Problem *problem, const double *u, double *coef) {
  const ArimaOrder *o = problem->o;
  to_coefs(u, o->p, 1, coef);
  to_coefs(u + o->p, o->sp, 1, coef + o->p);
  int at = o->p + o->sp;
  to_coefs(u + at, o->q, -1, coef + at);
  to_coefs(u + at + o->q, o->sq, -1, coef + at + o->q);
  at += o->q + o->sq;
  if (o->constant) coef[at] = u[at] * problem->scale;
}

static void pack(const Problem *problem, const double *coef, double *u) {
  const ArimaOrder *o = problem->o;
  from_coefs(coef, o->p, 1, u);
  from_coefs(coef + o->p, o->sp, 1, u + o->p);
  int at = o->p + o->sp;
  from_coefs(coef + at, o->q, -1, u + at);
  from_coefs(coef + at + o->q, o->sq, -1, u + at + o->q);
  at += o->q + o->sq;
  if (o->constant) u[at] = coef[at] / problem->scale;
}

/* ---- conditional errors ---- */

/* x_t -= sum c_i x_(t - i lag), backwards in place: an AR polynomial. */
static void filter(double *x, size_t n, const double *c, int order,
                   size_t lag) {
  if (order == 0) return;
  for (size_t t = n; t-- > lag;)
    for (int i = 1; i <= order && (size_t)i * lag <= t; i++)
      x[t] -= c[i - 1] * x[t - (size_t)i * lag];
}

/* x_t -= sum c_j x_(t - j lag), forwards: an MA polynomial undone. */
static void undo(double *x, size_t n, const double *c, int order, size_t lag) {
  for (size_t t = lag; t < n && order > 0; t++)
    for (int j = 1; j <= order && (size_t)j * lag <= t; j++)
      x[t] -= c[j - 1] * x[t - (size_t)j * lag];
}

static size_t conditioned(const ArimaOrder *o) {
  return (size_t)o->p + (size_t)o->sp * o->period;
}

static void conditional_errors(const Problem *problem, const double *coef,
                               double *e) {
  const ArimaOrder *o = problem->o;
  size_t n = problem->n, skip = conditioned(o);
  double mean = o->constant ? coef[count_coefs(o) - 1] : 0;
  for (size_t t = 0; t < n; t++) e[t] = problem->w[t] - mean;
  filter(e, n, coef, o->p, 1);
  filter(e, n, coef + o->p, o->sp, o->period);
  for (size_t t = 0; t < skip && t < n; t++) e[t] = 0;
  const double *ma = coef + o->p + o->sp;
  undo(e, n, ma, o->q, 1);
  undo(e, n, ma + o->q, o->sq, o->period);
}

/* ---- likelihoods ---- */

/* The product of (1 + s c_1 B ...) and (1 + s C_1 B^m ...), s = -1 for AR:
   written out without the leading 1, signs as in the factors. */
static void multiply(const double *c, int n, const double *seasonal, int sn,
                     size_t period, double sign, double *out) {
  size_t len = (size_t)n + (size_t)sn * period;
  for (size_t i = 0; i < len; i++) out[i] = 0;
  for (int i = 0; i < n; i++) out[i] += c[i];
  for (int k = 1; k <= sn; k++) {
    size_t at = (size_t)k * period;
    out[at - 1] += seasonal[k - 1];
    for (int i = 1; i <= n; i++)
      out[at + (size_t)i - 1] += sign * c[i - 1] * seasonal[k - 1];
  }
}

static Arma write_out(const Problem *problem, const double *coef) {
  const ArimaOrder *o = problem->o;
  const double *ma = coef + o->p + o->sp;
  multiply(coef, o->p, coef + o->p, o->sp, o->period, -1, problem->ar);
  multiply(ma, o->q, ma + o->q, o->sq, o->period, 1, problem->ma);
  return (Arma){conditioned(o), (size_t)o->q + (size_t)o->sq * o->period,
                problem->ar, problem->ma};
}

/* -2 log likelihood, all constants in; the innovation variance in `out`. */
static double deviance(const Problem *problem, const double *coef,
                       double *out) {
  double n = (double)problem->n, squares = 0, logs = 0;
  if (problem->exact) {
    Err err;
    Arma arma = write_out(problem, coef);
    double mean = problem->o->constant ? coef[count_coefs(problem->o) - 1] : 0;
    for (size_t t = 0; t < problem->n; t++)
      problem->centred[t] = problem->w[t] - mean;
    if (arma_innovations(&arma, problem->centred, problem->n, problem->n,
                         problem->errors, problem->v, &err) != 0)
      return HUGE_VAL;
    for (size_t t = 0; t < problem->n; t++) {
      squares += problem->errors[t] * problem->errors[t] / problem->v[t];
      if (problem->v[t] != 1) logs += log(problem->v[t]);
    }
    *out = squares / n;
  } else {
    conditional_errors(problem, coef, problem->errors);
    for (size_t t = 0; t < problem->n; t++)
      squares += problem->errors[t] * problem->errors[t];
    *out = squares / (n - (double)conditioned(problem->o));
  }
  double least = 1e-24 * problem->scale * problem->scale;
  return n * (log(fmax(*out, fmax(least, 1e-300))) + 1 + log(2 * M_PI)) + logs;
}

static double objective(const double *u, void *data) {
  double coef[ARIMA_MOST_COEFS], variance;
  unpack(data, u, coef);
  return deviance(data, coef, &variance);
}

/* ---- differences ---- */

static size_t difference(double *x, size_t n, size_t lag) {
  for (size_t t = n; t-- > lag;) x[t] -= x[t - lag];
  if (n <= lag) return 0;
  memmove(x, x + lag, (n - lag) * sizeof *x);
  return n - lag;
}

static void set_differenced(Problem *problem, const double *x, size_t n) {
  memcpy(problem->w, x, n * sizeof *x);
  for (int i = 0; i < problem->o->sd; i++)
    n = difference(problem->w, n, problem->o->period);
  for (int i = 0; i < problem->o->d; i++) n = difference(problem->w, n, 1);
  problem->n = n;
  double sum = 0;
  for (size_t t = 0; t < n; t++) sum += fabs(problem->w[t]) / (double)n;
  problem->scale = sum > 0 ? sum : 1;
}

static size_t lost(const ArimaOrder *o) {
  return (size_t)o->d + (size_t)o->sd * o->period;
}

/* One block with everything a problem points to, for n + h values. */
static double *new_problem(const ArimaOrder *o, size_t n, size_t h,
                           Problem *problem, Err *err) {
  size_t all = n + h, long_ar = conditioned(o) + 1;
  size_t long_ma = (size_t)o->q + (size_t)o->sq * o->period + 1;
  double *block = mem_array(4 * all + long_ar + long_ma, sizeof *block);
  if (block == NULL) {
    err_memory(err);
    return NULL;
  }
  *problem = (Problem){.o = o,
                       .w = block,
                       .errors = block + all,
                       .v = block + 2 * all,
                       .centred = block + 3 * all,
                       .ar = block + 4 * all,
                       .ma = block + 4 * all + long_ar};
  return block;
}

static int check(const ArimaOrder *o, size_t n, Err *err) {
  size_t need = lost(o) + conditioned(o) + count_coefs(o) + 3;
  if (o->period < 1 || o->p > 5 || o->q > 5 || o->sp > 2 || o->sq > 2 ||
      o->p < 0 || o->q < 0 || o->sp < 0 || o->sq < 0 || o->d < 0 || o->d > 2 ||
      o->sd < 0 || o->sd > 1)
    return err_set(err, ERR_USE,
                   "an ARIMA order has p, q up to 5, d up to 2, seasonal P, Q "
                   "up to 2 and D up to 1");
  if (n < need)
    return err_set(err, ERR_DATA,
                   "this ARIMA order needs %zu values, there are %zu", need, n);
  return 0;
}

static void start(const Problem *problem, double at, double *u) {
  size_t k = count_coefs(problem->o);
  for (size_t i = 0; i < k; i++) u[i] = at;
  double mean = 0;
  for (size_t t = 0; t < problem->n; t++)
    mean += problem->w[t] / (double)problem->n;
  if (problem->o->constant) u[k - 1] = mean / problem->scale;
}

/* Conditional fits like to end at the edge of invertibility, where tanh is
   flat and the exact likelihood could not leave again. */
static void pull_in(const ArimaOrder *o, double *u) {
  int n = o->p + o->sp + o->q + o->sq;
  for (int i = 0; i < n; i++) u[i] = fmin(fmax(u[i], -1.5), 1.5);
}

/* From where the conditional fit ended in u and, when thorough, from a few
   places more; the best is left in u. */
static void fit_exactly(Problem *problem, bool thorough, double *u) {
  static const double from[] = {0.1, -0.5, 0.6};
  size_t k = count_coefs(problem->o);
  problem->exact = true;
  pull_in(problem->o, u);
  double least = minimise_bfgs(objective, problem, u, k, 60, 1e-6);
  for (size_t i = 0; thorough && i < sizeof from / sizeof *from; i++) {
    double other[ARIMA_MOST_COEFS];
    start(problem, from[i], other);
    double value = minimise_bfgs(objective, problem, other, k, 60, 1e-6);
    if (!(value < least)) continue;
    least = value;
    memcpy(u, other, k * sizeof *u);
  }
}

int arima_fit(const ArimaOrder *order, const double *x, size_t n,
              ArimaEffort effort, bool warm, ArimaFit *fit, Err *err) {
  bool exact = effort != ARIMA_CONDITIONAL;
  Problem problem;
  double u[ARIMA_MOST_COEFS];
  if (check(order, n, err) != 0) return -1;
  double *block = new_problem(order, n, 0, &problem, err);
  if (block == NULL) return -1;
  set_differenced(&problem, x, n);
  if (warm) pack(&problem, fit->coef, u);
  else start(&problem, 0.1, u);
  fit->order = *order;
  size_t k = fit->ncoefs = count_coefs(order);
  minimise_bfgs(objective, &problem, u, k, 60, exact ? 1e-4 : 1e-3);
  if (exact && order->period <= ARIMA_EXACT_PERIOD)
    fit_exactly(&problem, effort == ARIMA_THOROUGH, u);
  unpack(&problem, u, fit->coef);
  double value = deviance(&problem, fit->coef, &fit->variance);
  double used = (double)problem.n, count = (double)k + 1;
  fit->nused = problem.n;
  fit->loglik = -value / 2;
  fit->aic = value + 2 * count;
  fit->aicc = fit->aic + 2 * count * (count + 1) / fmax(used - count - 1, 1e-9);
  free(block);
  if (isfinite(value)) return 0;
  return err_set(err, ERR_DATA, "the model does not suit these values");
}

/* ---- forecasts ---- */

/* Undo one difference: x holds n known values and forecasts of their
   differences at `lag` behind them. */
static void integrate(double *x, size_t n, size_t h, size_t lag) {
  for (size_t t = n; t < n + h; t++) x[t] += x[t - lag];
}

static int predict_differenced(Problem *problem, const ArimaFit *fit, size_t h,
                               double *mean, Err *err) {
  size_t n = problem->n;
  double centre = fit->order.constant ? fit->coef[fit->ncoefs - 1] : 0;
  Arma arma = write_out(problem, fit->coef);
  for (size_t t = 0; t < n; t++) problem->centred[t] = problem->w[t] - centre;
  double *x = problem->centred, *e = problem->errors;
  if (fit->order.period <= ARIMA_EXACT_PERIOD) {
    if (arma_innovations(&arma, x, n + h, n, e, problem->v, err) != 0)
      return -1;
  } else {
    conditional_errors(problem, fit->coef, e);
    for (size_t t = n; t < n + h; t++) {
      e[t] = x[t] = 0;
      for (size_t i = 1; i <= arma.p && i <= t; i++)
        x[t] += arma.ar[i - 1] * x[t - i];
      for (size_t j = 1; j <= arma.q && j <= t; j++)
        x[t] += arma.ma[j - 1] * e[t - j];
    }
  }
  for (size_t i = 0; i < h; i++) mean[i] = x[n + i] + centre;
  return 0;
}

/* psi weights of the whole model: cumulated once for each difference. */
static void standard_errors(const ArimaFit *fit, const Arma *arma, size_t h,
                            double *psi, double *se) {
  for (size_t j = 0; j < h; j++) {
    psi[j] = j == 0 ? 1 : j <= arma->q ? arma->ma[j - 1] : 0;
    for (size_t i = 1; i <= arma->p && i <= j; i++)
      psi[j] += arma->ar[i - 1] * psi[j - i];
  }
  for (int i = 0; i < fit->order.d; i++)
    for (size_t j = 1; j < h; j++) psi[j] += psi[j - 1];
  for (int i = 0; i < fit->order.sd; i++)
    for (size_t j = fit->order.period; j < h; j++)
      psi[j] += psi[j - fit->order.period];
  double sum = 0, count = (double)fit->nused;
  double variance =
      fit->variance * count / fmax(count - (double)fit->ncoefs, 1);
  for (size_t j = 0; j < h; j++) {
    sum += psi[j] * psi[j];
    se[j] = sqrt(variance * sum);
  }
}

int arima_predict(const ArimaFit *fit, const double *x, size_t n, size_t h,
                  double *mean, double *se, Err *err) {
  const ArimaOrder *o = &fit->order;
  Problem problem;
  double *block = new_problem(o, n, h, &problem, err);
  if (block == NULL) return -1;
  set_differenced(&problem, x, n);
  int status = predict_differenced(&problem, fit, h, mean, err);
  if (status == 0) {
    Arma arma = write_out(&problem, fit->coef);
    standard_errors(fit, &arma, h, problem.v, se);
    /* ordinary differences were taken last, of the seasonal ones */
    double *level = problem.w;
    for (int i = o->d; i-- > 0;) {
      memcpy(level, x, n * sizeof *x);
      size_t known = n;
      for (int k = 0; k < o->sd; k++)
        known = difference(level, known, o->period);
      for (int k = 0; k < i; k++) known = difference(level, known, 1);
      memcpy(level + known, mean, h * sizeof *mean);
      integrate(level, known, h, 1);
      memcpy(mean, level + known, h * sizeof *mean);
    }
    if (o->sd > 0) {
      memcpy(level, x, n * sizeof *x);
      memcpy(level + n, mean, h * sizeof *mean);
      integrate(level, n, h, o->period);
      memcpy(mean, level + n, h * sizeof *mean);
    }
  }
  free(block);
  return status;
}
