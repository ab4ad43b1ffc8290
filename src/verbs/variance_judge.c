/* What follows from base, actual and kind of one row. */
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "verbs/ratio.h"
#include "verbs/variance_work.h"

const char *const variance_field_names[NFIELDS] = {
    "base",     "actual", "variance",   "variance_pct",
    "rate_pct", "status", "favourable", "material"};

/* Codes of the status column, in the order they are added to its dict. */
typedef enum Status {
  STATUS_ON,
  STATUS_OVER,
  STATUS_UNDER,
  STATUS_UNBUDGETED,
  STATUS_UNSPENT
} Status;

static int add_statuses(Dict *dict, Err *err) {
  static const char *const names[] = {"on", "over", "under", "unbudgeted",
                                      "unspent"};
  static const size_t lengths[] = {2, 4, 5, 10, 7};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (dict_add(dict, names[i], lengths[i], err) == DICT_NONE) return -1;
  return 0;
}

static ColumnType type_of(const VarianceRows *rows, VarianceField field) {
  if (field == FIELD_STATUS) return COLUMN_TEXT;
  if (field > FIELD_STATUS) return COLUMN_BOOL;
  return rows->is_real ? COLUMN_REAL : COLUMN_DECIMAL;
}

int variance_rows_open(VarianceRows *rows, size_t n, Err *err) {
  rows->row = mem_array(n, sizeof *rows->row);
  rows->levels = mem_array(n, sizeof *rows->levels);
  rows->is_mixed = mem_array(n, sizeof *rows->is_mixed);
  if (!rows->row || !rows->levels || !rows->is_mixed) return err_memory(err);
  for (VarianceField f = 0; f < NFIELDS; f++) {
    Column *column = column_new(type_of(rows, f), n, err);
    if (column == NULL) return -1;
    rows->fields[f] = column;
    bool is_percent = f == FIELD_VARIANCE_PCT || f == FIELD_RATE_PCT;
    if (column->type == COLUMN_DECIMAL)
      column->scale = is_percent ? RATIO_PERCENT_SCALE : rows->scale;
  }
  return add_statuses(rows->fields[FIELD_STATUS]->dict, err);
}

void variance_rows_close(VarianceRows *rows) {
  for (VarianceField f = 0; f < NFIELDS; f++) column_unref(rows->fields[f]);
  free(rows->row);
  free(rows->levels);
  free(rows->is_mixed);
}

/* A number of the row under way: an amount or a percent. */
typedef struct Number {
  bool there;
  int64_t exact;
  double real;
} Number;

static int sign_of(const VarianceRows *rows, Number a) {
  if (rows->is_real) return (a.real > 0) - (a.real < 0);
  return (a.exact > 0) - (a.exact < 0);
}

static Number percent_of(const VarianceRows *rows, Number part, Number whole) {
  Number out = {0};
  if (!whole.there || sign_of(rows, whole) == 0) return out;
  out.there = true;
  if (rows->is_real) out.real = ratio_percent_real(part.real, whole.real);
  else out.there = ratio_percent(part.exact, whole.exact, &out.exact);
  return out;
}

/* |a| >= limit */
static bool reaches(const VarianceRows *rows, Number a, int scale,
                    const VarianceLimit *limit) {
  if (rows->is_real) return fabs(a.real) >= decimal_to_double(limit->value);
  Decimal value = {a.exact, scale}, least = limit->value;
  Decimal other = {-least.num, least.scale}; /* |a| may not fit */
  return decimal_compare(value, least) >= 0 ||
         decimal_compare(value, other) <= 0;
}

/* Both thresholds must hold when both are given; where there is no percent,
   the amount decides (any amount, when no amount was named). */
static bool is_material(const VarianceRows *rows, const VarianceSpec *spec,
                        Number difference, Number percent) {
  bool enough = spec->amount.is_given
                    ? reaches(rows, difference, rows->scale, &spec->amount)
                    : sign_of(rows, difference) != 0;
  if (!spec->percent.is_given || !percent.there) return enough;
  return enough && reaches(rows, percent, RATIO_PERCENT_SCALE, &spec->percent);
}

static Status status_of(int base, int actual, int difference) {
  if (base == 0) return actual == 0 ? STATUS_ON : STATUS_UNBUDGETED;
  if (actual == 0) return STATUS_UNSPENT;
  return difference > 0   ? STATUS_OVER
         : difference < 0 ? STATUS_UNDER
                          : STATUS_ON;
}

static int put(VarianceRows *rows, VarianceField field, size_t at, Number value,
               Err *err) {
  Column *column = rows->fields[field];
  if (!value.there) return column_set_na(column, at, err);
  if (rows->is_real) column->reals[at] = value.real;
  else column->ints[at] = value.exact;
  return 0;
}

static int put_bool(VarianceRows *rows, VarianceField field, size_t at,
                    bool is_known, bool value, Err *err) {
  Column *column = rows->fields[field];
  if (!is_known) return column_set_na(column, at, err);
  column->bools[at] = value;
  return 0;
}

static int put_nothing(VarianceRows *rows, size_t at, Err *err) {
  for (VarianceField f = 0; f < NFIELDS; f++)
    if (column_set_na(rows->fields[f], at, err) != 0) return -1;
  return 0;
}

int variance_judge(VarianceRows *rows, size_t at, const VariancePair *pair,
                   const VarianceSpec *spec, Err *err) {
  if (pair == NULL) return put_nothing(rows, at, err);
  Number base = {pair->there[0], pair->exact[0], pair->real[0]};
  Number actual = {pair->there[1], pair->exact[1], pair->real[1]};
  Number difference = {.there = true, .real = actual.real - base.real};
  if (!rows->is_real &&
      __builtin_sub_overflow(actual.exact, base.exact, &difference.exact))
    return 1;
  int sign = sign_of(rows, difference);
  Number percent = percent_of(rows, difference, base);
  Status status = status_of(sign_of(rows, base), sign_of(rows, actual), sign);
  rows->fields[FIELD_STATUS]->codes[at] = (uint32_t)status;
  bool is_judged = sign != 0 && pair->kind != VARIANCE_NET;
  bool has_limit = spec->amount.is_given || spec->percent.is_given;
  int failed =
      put(rows, FIELD_BASE, at, base, err) |
      put(rows, FIELD_ACTUAL, at, actual, err) |
      put(rows, FIELD_VARIANCE, at, difference, err) |
      put(rows, FIELD_VARIANCE_PCT, at, percent, err) |
      put(rows, FIELD_RATE_PCT, at, percent_of(rows, actual, base), err) |
      put_bool(rows, FIELD_FAVOURABLE, at, is_judged,
               (sign > 0) == (pair->kind == VARIANCE_REVENUE), err) |
      put_bool(rows, FIELD_MATERIAL, at, has_limit,
               is_material(rows, spec, difference, percent), err);
  return failed ? -1 : 0;
}
