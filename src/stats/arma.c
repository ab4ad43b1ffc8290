/* The innovations algorithm on the transformed series of Ansley (1979), as in
   Brockwell and Davis 5.3: with m = max(p, q), rows of coefficients beyond
   the m-th have q entries. Once the variances have settled at 1 the rest is
   the plain recursion. Cost about n q^2 / 2 until then. */
#include "stats/arma.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* Solve the n equations in a (n rows of n + 1 values, the right side last)
   by elimination with pivots; the answer goes into `out`. */
static bool solve(double *a, size_t n, double *out) {
  size_t width = n + 1;
  for (size_t i = 0; i < n; i++) {
    size_t best = i;
    for (size_t r = i + 1; r < n; r++)
      if (fabs(a[r * width + i]) > fabs(a[best * width + i])) best = r;
    if (fabs(a[best * width + i]) < 1e-12) return false;
    for (size_t c = i; c < width && best != i; c++) {
      double keep = a[i * width + c];
      a[i * width + c] = a[best * width + c];
      a[best * width + c] = keep;
    }
    for (size_t r = i + 1; r < n; r++) {
      double factor = a[r * width + i] / a[i * width + i];
      if (factor == 0) continue;
      for (size_t c = i; c < width; c++)
        a[r * width + c] -= factor * a[i * width + c];
    }
  }
  for (size_t i = n; i-- > 0;) {
    double sum = a[i * width + n];
    for (size_t c = i + 1; c < n; c++) sum -= a[i * width + c] * out[c];
    out[i] = sum / a[i * width + i];
  }
  return true;
}

static double ma_at(const Arma *arma, size_t j) {
  if (j == 0) return 1;
  return j <= arma->q ? arma->ma[j - 1] : 0;
}

/* Right side of the k-th equation for the autocovariances: sum over j of
   ma_j psi_(j-k). */
static double right_side(const Arma *arma, const double *psi, size_t k) {
  double sum = 0;
  for (size_t j = k; j <= arma->q; j++) sum += ma_at(arma, j) * psi[j - k];
  return sum;
}

/* Autocovariances 0..last in units of the innovation variance (Brockwell and
   Davis 3.3, third method); `work` holds (p + 1)(p + 2) + q + 1 values. */
static bool autocovariances(const Arma *arma, size_t last, double *gamma,
                            double *work) {
  size_t p = arma->p, q = arma->q, rows = p + 1, width = p + 2;
  double *psi = work, *a = work + q + 1;
  for (size_t j = 0; j <= q; j++) {
    psi[j] = ma_at(arma, j);
    for (size_t i = 1; i <= p && i <= j; i++)
      psi[j] += arma->ar[i - 1] * psi[j - i];
  }
  memset(a, 0, rows * width * sizeof *a);
  for (size_t k = 0; k < rows; k++) {
    a[k * width + k] += 1;
    for (size_t i = 1; i <= p; i++)
      a[k * width + (k > i ? k - i : i - k)] -= arma->ar[i - 1];
    a[k * width + rows] = right_side(arma, psi, k);
  }
  double *head = gamma;
  if (!solve(a, rows, head) || !(gamma[0] > 0)) return false;
  for (size_t k = rows; k <= last; k++) {
    gamma[k] = right_side(arma, psi, k);
    for (size_t i = 1; i <= p; i++) gamma[k] += arma->ar[i - 1] * gamma[k - i];
  }
  return true;
}

typedef struct Kappa {
  const Arma *arma;
  size_t m;
  const double *gamma; /* 0..2m */
  const double *mixed; /* 0..m: gamma_k - sum ar_r gamma_(r-k) */
  const double *tail;  /* 0..q: sum ma_r ma_(r+k) */
} Kappa;

/* The covariance of the transformed series at times i <= j (from 1). */
static double kappa(const Kappa *k, size_t i, size_t j) {
  size_t far = j - i, m = k->m;
  if (j <= m) return k->gamma[far];
  if (i <= m) return j <= 2 * m ? k->mixed[far] : 0;
  return far <= k->arma->q ? k->tail[far] : 0;
}

static void fill_kappa(const Arma *arma, size_t m, const double *gamma,
                       double *mixed, double *tail) {
  for (size_t k = 0; k < 2 * m; k++) {
    mixed[k] = gamma[k];
    for (size_t r = 1; r <= arma->p; r++)
      mixed[k] -= arma->ar[r - 1] * gamma[r > k ? r - k : k - r];
  }
  for (size_t k = 0; k <= arma->q; k++) {
    tail[k] = 0;
    for (size_t r = 0; r + k <= arma->q; r++)
      tail[k] += ma_at(arma, r) * ma_at(arma, r + k);
  }
}

typedef struct Rows {
  double *theta; /* ring of m + 1 rows of m values: theta[t][j - 1] */
  size_t m;
} Rows;

static double *row_of(const Rows *rows, size_t t) {
  return rows->theta + t % (rows->m + 1) * rows->m;
}

/* Row t of the coefficients (t values were seen) and the next variance. */
static double next_row(const Kappa *k, const Rows *rows, size_t t,
                       const double *v) {
  size_t q = k->arma->q, m = k->m;
  size_t width = t < m ? t : q; /* entries of this row */
  double *row = row_of(rows, t);
  double next = kappa(k, t + 1, t + 1);
  for (size_t s = t - width; s < t; s++) {
    /* theta_(t,t-s) needs theta_(s,s-j) and theta_(t,t-j) for j < s */
    double sum = kappa(k, s + 1, t + 1);
    const double *before = row_of(rows, s);
    size_t reach = s < m ? s : q;
    size_t from = s - reach > t - width ? s - reach : t - width;
    for (size_t j = from; j < s; j++)
      sum -= before[s - j - 1] * row[t - j - 1] * v[j];
    row[t - s - 1] = sum / v[s];
    next -= row[t - s - 1] * row[t - s - 1] * v[s];
  }
  return next;
}

static int run(const Kappa *k, const Rows *rows, double *x, size_t n,
               size_t known, double *errors, double *v) {
  const Arma *arma = k->arma;
  size_t m = k->m;
  size_t near = 0; /* so many variances in a row are those of innovations */
  bool settled = false;
  for (size_t t = 0; t < n; t++) {
    settled = settled || (t > m && near > m);
    v[t] = settled ? 1 : next_row(k, rows, t, v);
    if (!(v[t] > 0)) return -1;
    near = fabs(v[t] - 1) <= 1e-10 ? near + 1 : 0;
    const double *row = settled ? arma->ma : row_of(rows, t);
    size_t width = t < m ? t : arma->q;
    double mean = 0;
    for (size_t j = 1; j <= width; j++) mean += row[j - 1] * errors[t - j];
    for (size_t i = 1; t >= m && i <= arma->p; i++)
      mean += arma->ar[i - 1] * x[t - i];
    if (t >= known) x[t] = mean;
    errors[t] = x[t] - mean;
  }
  return 0;
}

int arma_innovations(const Arma *arma, double *x, size_t n, size_t known,
                     double *errors, double *v, Err *err) {
  size_t p = arma->p, q = arma->q, m = p > q ? p : q;
  if (m == 0) {
    for (size_t t = 0; t < n; t++) {
      if (t >= known) x[t] = 0;
      errors[t] = x[t];
      v[t] = 1;
    }
    return 0;
  }
  size_t solving = (p + 1) * (p + 2) + q + 1;
  double *block = mem_array(
      solving + (2 * m + 1) + 2 * m + (q + 1) + m * (m + 1), sizeof *block);
  if (block == NULL) return err_memory(err);
  double *gamma = block + solving, *mixed = gamma + 2 * m + 1;
  double *tail = mixed + 2 * m, *theta = tail + q + 1;
  int status = -1;
  if (autocovariances(arma, 2 * m, gamma, block)) {
    fill_kappa(arma, m, gamma, mixed, tail);
    Kappa k = {arma, m, gamma, mixed, tail};
    Rows rows = {theta, m};
    status = run(&k, &rows, x, n, known, errors, v);
  }
  free(block);
  if (status == 0) return 0;
  return err_set(err, ERR_DATA, "the model is not stationary");
}
