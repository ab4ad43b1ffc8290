/* aggregate: one value for each group of rows. */
#ifndef AGGREGATE_H
#define AGGREGATE_H

#include "verbs/group.h"

typedef enum AggregateKind {
  AGGREGATE_SUM,
  AGGREGATE_COUNT, /* values; rows when no column is given */
  AGGREGATE_MEAN,
  AGGREGATE_MIN,
  AGGREGATE_MAX,
  AGGREGATE_FIRST, /* the first value that is not missing */
  AGGREGATE_LAST,
  AGGREGATE_DISTINCT, /* different values */
  AGGREGATE_MEDIAN,
  AGGREGATE_QUANTILE, /* spread_quantile with its p; not by aggregate() */
  AGGREGATE_VAR,      /* sample variance */
  AGGREGATE_SD,
  AGGREGATE_SHARE /* the group's sum in percent of the sum over all groups */
} AggregateKind;

/* The kind by its name in scripts ("sum", "n_distinct" ...), or -1. */
int aggregate_kind(const char *name);
const char *aggregate_name(AggregateKind kind);

/* Whether it can be computed of numbers only. */
bool aggregate_needs_number(AggregateKind kind);

/* A text column without any text has no type yet: as ints, all missing. Any
   other comes back as it is. Takes over the reference; NULL on failure. */
Column *aggregate_as_numbers(Column *column, Err *err);

/* One value per group. Missing cells are skipped; over no value the result
   is NA (a count: 0). Sums of int and decimal run in 128 bits and are checked
   once at the end: what does not fit in 64 names the keys of the group.
   Sums of reals are compensated (Neumaier 1974, ZAMM 54:39). A mean is the
   exact sum divided once. NaN is the sum, mean, min and max of anything with
   it. Quantiles and variances: spread.h. A share has 6 decimals, half-even,
   and is NA where the whole is zero (or the group has no value). A sum or
   mean of what is no number is ERR_USE. `column` may be NULL for
   AGGREGATE_COUNT only.
   A new column of groups->ngroups rows, or NULL. */
Column *aggregate(AggregateKind kind, const Column *column,
                  const Groups *groups, Err *err);

#endif
