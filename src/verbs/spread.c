/* The rows that have a value are laid out group by group (one counting sort),
   so that every figure is a loop over one stretch of memory; a quantile sorts
   its stretch. Cost: n log n for quantiles, n for variances. */
#include "verbs/spread.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "verbs/ratio.h"

/* Values of one column, those of group g from start[g] to start[g + 1]. */
typedef struct Bins {
  size_t *start; /* ngroups + 1 */
  union {
    int64_t *ints; /* int and decimal */
    double *reals;
    void *data;
  };
} Bins;

/* One group's stretch. */
typedef struct Bin {
  const int64_t *ints; /* NULL: reals */
  const double *reals;
  size_t n;
} Bin;

static void bins_free(Bins *bins) {
  free(bins->start);
  free(bins->data);
}

static int bins_fill(Bins *bins, const Column *column, const Groups *groups,
                     Err *err) {
  size_t *start = mem_array(groups->ngroups + 2, sizeof *start);
  bins->start = start;
  bins->data = mem_array(groups->nrows, column_cell_size(column->type));
  if (start == NULL || bins->data == NULL) return err_memory(err);
  for (size_t row = 0; row < groups->nrows; row++)
    if (!column_is_na(column, row)) start[groups->of_row[row] + 2]++;
  for (size_t g = 2; g < groups->ngroups + 2; g++) start[g] += start[g - 1];
  /* start[g + 1] is now where group g begins, and moves to its end */
  for (size_t row = 0; row < groups->nrows; row++) {
    if (column_is_na(column, row)) continue;
    size_t at = start[groups->of_row[row] + 1]++;
    if (column->type == COLUMN_REAL) bins->reals[at] = column->reals[row];
    else bins->ints[at] = column->ints[row];
  }
  return 0;
}

static Bin bin_of(const Bins *bins, const Column *column, size_t group) {
  size_t from = bins->start[group];
  Bin bin = {.n = bins->start[group + 1] - from};
  if (column->type == COLUMN_REAL) bin.reals = bins->reals + from;
  else bin.ints = bins->ints + from;
  return bin;
}

static int need_number(const Column *column, const char *what, Err *err) {
  if (column_is_number(column)) return 0;
  char name[24];
  return err_set(err, ERR_USE, "a %s needs numbers, not %s", what,
                 column_type_name(column, name));
}

/* ---- quantiles ---- */

static int compare_ints(const void *a, const void *b) {
  int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
  return (x > y) - (x < y);
}

/* NaN last. */
static int compare_reals(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  if (isnan(x) || isnan(y)) return isnan(x) - isnan(y);
  return (x > y) - (x < y);
}

static void bins_sort(Bins *bins, const Column *column, size_t ngroups) {
  bool is_real = column->type == COLUMN_REAL;
  for (size_t g = 0; g < ngroups; g++) {
    size_t from = bins->start[g], n = bins->start[g + 1] - from;
    if (n < 2) continue;
    if (is_real) qsort(bins->reals + from, n, sizeof(double), compare_reals);
    else qsort(bins->ints + from, n, sizeof(int64_t), compare_ints);
  }
}

/* The quantile of a sorted stretch that has values. */
static double quantile_of(const Bin *bin, Decimal p, int scale) {
  int64_t parts = pow10_int64(p.scale);
  Int128 place = (Int128)(bin->n - 1) * p.num; /* in 1 / parts */
  size_t at = (size_t)(place / parts);
  int64_t rest = (int64_t)(place % parts);
  size_t next = rest == 0 ? at : at + 1;
  if (bin->ints != NULL) {
    Int128 low = bin->ints[at], high = bin->ints[next];
    /* below 2^64 * 10^18, which is below 2^124 */
    return ratio(low * parts + (high - low) * rest,
                 (Int128)parts * pow10_int64(scale));
  }
  double low = bin->reals[at], high = bin->reals[next];
  if (isnan(bin->reals[bin->n - 1])) return bin->reals[bin->n - 1];
  if (low == high) return low;
  double part = (double)rest / (double)parts;
  return (1 - part) * low + part * high;
}

Column *spread_quantile(const Column *column, const Groups *groups, Decimal p,
                        Err *err) {
  if (need_number(column, "quantile", err) != 0) return NULL;
  Bins bins = {0};
  Column *out = NULL;
  int status = bins_fill(&bins, column, groups, err);
  if (status == 0) out = column_new(COLUMN_REAL, groups->ngroups, err);
  if (out == NULL) status = -1;
  if (status == 0) bins_sort(&bins, column, groups->ngroups);
  for (size_t g = 0; status == 0 && g < groups->ngroups; g++) {
    Bin bin = bin_of(&bins, column, g);
    if (bin.n == 0) status = column_set_na(out, g, err);
    else out->reals[g] = quantile_of(&bin, p, column->scale);
  }
  bins_free(&bins);
  if (status == 0) return out;
  column_unref(out);
  return NULL;
}

/* ---- variance ---- */

static double at(const Bin *bin, size_t i) {
  return bin->ints != NULL ? (double)bin->ints[i] : bin->reals[i];
}

/* Exactly, for whole numbers: false where 128 bits have no room. */
static bool variance_exact(const Bin *bin, double *out) {
  Int128 sum = 0, squares = 0, n = (Int128)bin->n, left, right;
  for (size_t i = 0; i < bin->n; i++) {
    Int128 d = (Int128)bin->ints[i] - bin->ints[0], square;
    sum += d; /* 2^64 values of 2^63 have room */
    if (__builtin_mul_overflow(d, d, &square)) return false;
    if (__builtin_add_overflow(squares, square, &squares)) return false;
  }
  if (__builtin_mul_overflow(n, squares, &left)) return false;
  if (__builtin_mul_overflow(sum, sum, &right)) return false;
  *out = ratio(left - right, n * (n - 1)); /* left >= right >= 0 */
  return true;
}

static double variance_two_pass(const Bin *bin) {
  long double sum = 0, squares = 0, rest = 0, n = (long double)bin->n;
  for (size_t i = 0; i < bin->n; i++) sum += at(bin, i);
  long double mean = sum / n;
  for (size_t i = 0; i < bin->n; i++) {
    long double d = at(bin, i) - mean;
    squares += d * d;
    rest += d;
  }
  return (double)((squares - rest * rest / n) / (n - 1));
}

static double variance_of(const Bin *bin, int scale) {
  double value = 0;
  if (bin->ints == NULL || !variance_exact(bin, &value))
    value = variance_two_pass(bin);
  double unit = (double)pow10_int64(scale);
  return value / unit / unit;
}

static int no_room(const Groups *groups, size_t group, Err *err) {
  enum { KEYS_SIZE = 400 };
  char keys[KEYS_SIZE];
  if (groups_describe(groups, group, keys, sizeof keys) == 0)
    return err_set(err, ERR_DATA, "the variance is too large for a real");
  return err_set(err, ERR_DATA, "the variance of %s is too large for a real",
                 keys);
}

Column *spread_variance(const Column *column, const Groups *groups,
                        bool is_root, Err *err) {
  const char *what = is_root ? "standard deviation" : "variance";
  if (need_number(column, what, err) != 0) return NULL;
  Bins bins = {0};
  Column *out = NULL;
  int status = bins_fill(&bins, column, groups, err);
  if (status == 0) out = column_new(COLUMN_REAL, groups->ngroups, err);
  if (out == NULL) status = -1;
  for (size_t g = 0; status == 0 && g < groups->ngroups; g++) {
    Bin bin = bin_of(&bins, column, g);
    if (bin.n < 2) {
      status = column_set_na(out, g, err);
      continue;
    }
    double value = variance_of(&bin, column->scale);
    out->reals[g] = is_root ? sqrt(value) : value;
    if (isinf(value)) status = no_room(groups, g, err);
  }
  bins_free(&bins);
  if (status == 0) return out;
  column_unref(out);
  return NULL;
}
