/* variance_work: what variance.c, variance_judge.c and variance_order.c
   share. */
#ifndef VARIANCE_WORK_H
#define VARIANCE_WORK_H

#include "verbs/variance.h"

typedef enum VarianceKind {
  VARIANCE_EXPENSE,
  VARIANCE_REVENUE,
  VARIANCE_NET,
  VARIANCE_MIXED
} VarianceKind;

/* Columns of the result, in its order. */
typedef enum VarianceField {
  FIELD_BASE,
  FIELD_ACTUAL,
  FIELD_VARIANCE,
  FIELD_VARIANCE_PCT,
  FIELD_RATE_PCT,
  FIELD_STATUS,
  FIELD_FAVOURABLE,
  FIELD_MATERIAL,
  NFIELDS
} VarianceField;

/* Both sides of one row, 0 the base and 1 the actual. */
typedef struct VariancePair {
  VarianceKind kind;
  bool there[2];
  int64_t exact[2]; /* of the result's scale, unless is_real */
  double real[2];
} VariancePair;

/* The result on its way. */
typedef struct VarianceRows {
  size_t n;        /* rows so far */
  bool is_real;    /* amounts and percents */
  int scale;       /* of exact amounts */
  size_t *row;     /* of each: a row of the table with its keys */
  int64_t *levels; /* of each: how many keys it is of */
  bool *is_mixed;  /* of each: no sum, since it is of both kinds */
  Column *fields[NFIELDS];
} VarianceRows;

/* Room for n rows: 0 or -1; rows_close is safe in both cases. */
int variance_rows_open(VarianceRows *rows, size_t n, Err *err);
void variance_rows_close(VarianceRows *rows);

/* Fill all fields of row `at`: 0, 1 when the difference does not fit, or -1
   without memory. Without a pair all are missing. */
int variance_judge(VarianceRows *rows, size_t at, const VariancePair *pair,
                   const VarianceSpec *spec, Err *err);

/* The rows of `table` (a result of all rows, every part before its sum, the sum
   of all last) that are to be shown, in the order to show them in: their
   number, in `order`, which has room for all; SIZE_MAX on failure. */
size_t variance_order(const Table *table, const int64_t *levels,
                      const bool *is_mixed, const VarianceSpec *spec,
                      VarianceNotes *notes, size_t *order, Err *err);

extern const char *const variance_field_names[NFIELDS];

#endif
