/* The rows that have a value are laid out group by group (one counting sort),
   so that every figure is a loop over one stretch of memory; a quantile sorts
   its stretch. Cost: n log n for quantiles, n for variances. */
#include "verbs/spread.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "stats/moments.h"
#include "stats/quantile.h"

/* Values of one column, those of group g from start[g] to start[g + 1]. */
typedef struct Bins {
  size_t *start; /* ngroups + 1 */
  union {
    int64_t *ints; /* int and decimal */
    double *reals;
    void *data;
  };
} Bins;

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

/* One group's stretch. */
static Numbers bin_of(const Bins *bins, const Column *column, size_t group) {
  size_t from = bins->start[group];
  Numbers bin = {.n = bins->start[group + 1] - from, .scale = column->scale};
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

/* The quantile of a sorted stretch that has values; NaN sorts last. */
static double quantile_of(const Numbers *bin, Decimal p) {
  if (bin->ints == NULL && isnan(bin->reals[bin->n - 1])) return NAN;
  enum { TYPE = 7 };
  return quantile_of_sorted(bin, p, TYPE);
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
    Numbers bin = bin_of(&bins, column, g);
    if (bin.n == 0) status = column_set_na(out, g, err);
    else out->reals[g] = quantile_of(&bin, p);
  }
  bins_free(&bins);
  if (status == 0) return out;
  column_unref(out);
  return NULL;
}

/* ---- variance ---- */

static double variance_of(const Numbers *bin) {
  Squares squares = moments_squares(bin);
  return dd_divide(squares.sum, dd_of((double)squares.n - 1)).hi;
}

/* Whether a result that is no number comes of the values' size alone. */
static bool is_too_large(const Numbers *bin, double value) {
  if (isfinite(value)) return false;
  for (size_t i = 0; bin->ints == NULL && i < bin->n; i++)
    if (!isfinite(bin->reals[i])) return false;
  return true;
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
    Numbers bin = bin_of(&bins, column, g);
    if (bin.n < 2) {
      status = column_set_na(out, g, err);
      continue;
    }
    double value = variance_of(&bin);
    out->reals[g] = is_root ? sqrt(value) : value;
    if (is_too_large(&bin, value)) status = no_room(groups, g, err);
  }
  bins_free(&bins);
  if (status == 0) return out;
  column_unref(out);
  return NULL;
}
