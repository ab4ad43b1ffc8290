#include "verbs/aggregate.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "verbs/ratio.h"
#include "verbs/spread.h"

/* By AggregateKind. */
static const char *const kind_names[] = {
    "sum",        "count",  "mean",     "min", "max", "first", "last",
    "n_distinct", "median", "quantile", "var", "sd",  "share"};

const char *aggregate_name(AggregateKind kind) { return kind_names[kind]; }

int aggregate_kind(const char *name) {
  for (int i = 0; i < (int)(sizeof kind_names / sizeof *kind_names); i++)
    if (strcmp(kind_names[i], name) == 0) return i;
  return -1;
}

bool aggregate_needs_number(AggregateKind kind) {
  return kind == AGGREGATE_SUM || kind == AGGREGATE_MEAN ||
         kind >= AGGREGATE_MEDIAN;
}

Column *aggregate_as_numbers(Column *column, Err *err) {
  if (column == NULL || column->type != COLUMN_TEXT ||
      dict_count(column->dict) > 0)
    return column;
  Column *out = column_new(COLUMN_INT, column->nrows, err);
  for (size_t row = 0; out != NULL && row < column->nrows; row++)
    if (column_set_na(out, row, err) != 0) {
      column_unref(out);
      out = NULL;
    }
  column_unref(column);
  return out;
}

/* What is gathered for one group. */
typedef struct Total {
  Int128 sum;    /* int and decimal */
  double real;   /* real: running sum */
  double lost;   /* real: what rounding took from it */
  int64_t count; /* values */
} Total;

/* Neumaier's form of Kahan's sum: the larger operand keeps its digits. */
static void add_real(Total *total, double value) {
  double sum = total->real + value;
  if (fabs(total->real) >= fabs(value))
    total->lost += (total->real - sum) + value;
  else total->lost += (value - sum) + total->real;
  total->real = sum;
}

static double real_sum(const Total *total) {
  return isfinite(total->real) ? total->real + total->lost : total->real;
}

static Total *gather(const Column *column, const Groups *groups, Err *err) {
  Total *totals = mem_array(groups->ngroups, sizeof *totals);
  if (totals == NULL) return err_memory(err), NULL;
  for (size_t row = 0; row < groups->nrows; row++) {
    Total *total = &totals[groups->of_row[row]];
    if (column == NULL) {
      total->count++;
      continue;
    }
    if (column_is_na(column, row)) continue;
    total->count++;
    if (column->type == COLUMN_REAL) add_real(total, column->reals[row]);
    else if (column_is_number(column)) total->sum += column->ints[row];
  }
  return totals;
}

static int need_number(const Column *column, const char *what, Err *err) {
  if (column_is_number(column)) return 0;
  char name[24];
  return err_set(err, ERR_USE, "a %s needs numbers, not %s", what,
                 column_type_name(column, name));
}

static int no_room(const Groups *groups, size_t group, Err *err) {
  enum { KEYS_SIZE = 400 };
  char keys[KEYS_SIZE];
  if (groups_describe(groups, group, keys, sizeof keys) == 0)
    return err_set(err, ERR_DATA, "the sum does not fit in 64 bits");
  return err_set(err, ERR_DATA, "the sum of %s does not fit in 64 bits", keys);
}

static int put_sum(Column *out, size_t group, const Total *total,
                   const Groups *groups, Err *err) {
  if (total->count == 0) return column_set_na(out, group, err);
  if (out->type == COLUMN_REAL) {
    out->reals[group] = real_sum(total);
    if (isinf(out->reals[group])) return no_room(groups, group, err);
    return 0;
  }
  Decimal sum;
  if (decimal_from_int128(total->sum, out->scale, &sum) != 0)
    return no_room(groups, group, err);
  out->ints[group] = sum.num;
  return 0;
}

static int put_mean(Column *out, size_t group, const Total *total,
                    const Column *column, Err *err) {
  if (total->count == 0) return column_set_na(out, group, err);
  if (column->type == COLUMN_REAL) {
    out->reals[group] = real_sum(total) / (double)total->count;
    return 0;
  }
  Int128 parts = (Int128)total->count * pow10_int64(column->scale);
  out->reals[group] = ratio(total->sum, parts);
  return 0;
}

static Total whole_of(const Total *totals, size_t n) {
  Total whole = {0};
  for (size_t g = 0; g < n; g++) {
    whole.sum += totals[g].sum;
    add_real(&whole, real_sum(&totals[g]));
  }
  return whole;
}

/* Percents: decimal for exact columns, real for real ones. */
static Column *share_column(const Column *column, const Groups *groups,
                            Err *err) {
  bool is_real = column->type == COLUMN_REAL;
  Column *out =
      column_new(is_real ? COLUMN_REAL : COLUMN_DECIMAL, groups->ngroups, err);
  Total *totals = out == NULL ? NULL : gather(column, groups, err);
  int status = totals == NULL ? -1 : 0;
  if (status == 0 && !is_real) out->scale = RATIO_PERCENT_SCALE;
  Total whole = {0};
  if (status == 0) whole = whole_of(totals, groups->ngroups);
  for (size_t g = 0; status == 0 && g < groups->ngroups; g++) {
    bool fits = totals[g].count > 0;
    if (is_real) {
      double part = real_sum(&totals[g]);
      double value = ratio_percent_real(part, real_sum(&whole));
      fits = fits && !isinf(value);
      if (fits) out->reals[g] = value;
    } else if (fits) {
      fits = ratio_percent(totals[g].sum, whole.sum, &out->ints[g]);
    }
    if (!fits) status = column_set_na(out, g, err);
  }
  free(totals);
  if (status == 0) return out;
  column_unref(out);
  return NULL;
}

static Column *totals_column(AggregateKind kind, const Column *column,
                             const Groups *groups, Err *err) {
  Total *totals = gather(column, groups, err);
  if (totals == NULL) return NULL;
  Column *out = NULL;
  if (kind == AGGREGATE_SUM)
    out = column_new_like(column, groups->ngroups, err);
  if (kind == AGGREGATE_MEAN)
    out = column_new(COLUMN_REAL, groups->ngroups, err);
  if (kind == AGGREGATE_COUNT)
    out = column_new(COLUMN_INT, groups->ngroups, err);
  int status = out == NULL ? -1 : 0;
  for (size_t g = 0; status == 0 && g < groups->ngroups; g++) {
    if (kind == AGGREGATE_COUNT) out->ints[g] = totals[g].count;
    if (kind == AGGREGATE_SUM)
      status = put_sum(out, g, &totals[g], groups, err);
    if (kind == AGGREGATE_MEAN)
      status = put_mean(out, g, &totals[g], column, err);
  }
  free(totals);
  if (status == 0) return out;
  column_unref(out);
  return NULL;
}

static bool is_nan_at(const Column *column, size_t row) {
  return column->type == COLUMN_REAL && isnan(column->reals[row]);
}

static bool is_better(AggregateKind kind, const Column *column, size_t row,
                      size_t best) {
  if (kind == AGGREGATE_FIRST) return false;
  if (kind == AGGREGATE_LAST) return true;
  if (is_nan_at(column, best)) return false;
  if (is_nan_at(column, row)) return true;
  int order = column_compare(column, row, column, best);
  return kind == AGGREGATE_MIN ? order < 0 : order > 0;
}

/* min, max, first, last: the row that each group's value comes from. */
static Column *chosen_column(AggregateKind kind, const Column *column,
                             const Groups *groups, Err *err) {
  size_t *best = mem_array(groups->ngroups, sizeof *best);
  if (best == NULL) return err_memory(err), NULL;
  for (size_t g = 0; g < groups->ngroups; g++) best[g] = SIZE_MAX;
  for (size_t row = 0; row < groups->nrows; row++) {
    if (column_is_na(column, row)) continue;
    size_t *slot = &best[groups->of_row[row]];
    if (*slot == SIZE_MAX || is_better(kind, column, row, *slot)) *slot = row;
  }
  Column *out = column_gather(column, best, groups->ngroups, err);
  free(best);
  return out;
}

/* Rows that agree in group and value are one group of a finer grouping;
   counting the finer groups counts the different values. */
static Column *distinct_column(const Column *column, const Groups *groups,
                               Err *err) {
  Column *out = column_new(COLUMN_INT, groups->ngroups, err);
  Column *group = column_new(COLUMN_INT, groups->nrows, err);
  Table *pairs = NULL;
  Groups finer = {0};
  int status = -1;
  if (out == NULL || group == NULL) goto done;
  for (size_t row = 0; row < groups->nrows; row++)
    group->ints[row] = groups->of_row[row];
  const char *names[] = {"group", "value"};
  Column *columns[] = {group, (Column *)column};
  pairs = table_new(groups->nrows, 2, names, columns, err);
  if (pairs == NULL) goto done;
  const size_t keys[] = {0, 1};
  status = groups_find(pairs, keys, 2, &finer, err);
  for (size_t i = 0; status == 0 && i < finer.ngroups; i++) {
    size_t row = finer.first[i];
    if (!column_is_na(column, row)) out->ints[groups->of_row[row]]++;
  }
done:
  groups_free(&finer);
  table_unref(pairs);
  column_unref(group);
  if (status == 0) return out;
  column_unref(out);
  return NULL;
}

Column *aggregate(AggregateKind kind, const Column *column,
                  const Groups *groups, Err *err) {
  switch (kind) {
    case AGGREGATE_SUM:
      if (need_number(column, "sum", err) != 0) return NULL;
      return totals_column(kind, column, groups, err);
    case AGGREGATE_MEAN:
      if (need_number(column, "mean", err) != 0) return NULL;
      return totals_column(kind, column, groups, err);
    case AGGREGATE_SHARE:
      if (need_number(column, "share", err) != 0) return NULL;
      return share_column(column, groups, err);
    case AGGREGATE_MEDIAN:
      if (need_number(column, "median", err) != 0) return NULL;
      return spread_quantile(column, groups, (Decimal){5, 1}, err);
    case AGGREGATE_VAR: return spread_variance(column, groups, false, err);
    case AGGREGATE_SD: return spread_variance(column, groups, true, err);
    case AGGREGATE_QUANTILE:
      err_set(err, ERR_USE, "a quantile needs its p, from 0 to 1");
      return NULL;
    case AGGREGATE_COUNT: return totals_column(kind, column, groups, err);
    case AGGREGATE_DISTINCT: return distinct_column(column, groups, err);
    default: return chosen_column(kind, column, groups, err);
  }
}
