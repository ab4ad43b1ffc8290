/* batch: rows on their way from a source (a delimited file, the segments of a
   database) to whoever adds them up: many at a time, a few columns only. */
#ifndef BATCH_H
#define BATCH_H

#include "table/column.h"

/* A column that a source hands out: only those that the plan needs. */
typedef struct BatchColumn {
  const char *name; /* UTF-8, borrowed */
  ColumnType type;
  int scale;         /* COLUMN_DECIMAL */
  PeriodUnit period; /* COLUMN_PERIOD */
} BatchColumn;

/* The cells of one column in one batch; borrowed until the worker's next
   batch. Missing cells hold zero (or any code below ncodes). */
typedef struct BatchVector {
  union {
    const int64_t *ints; /* decimal, int, period */
    const double *reals;
    const uint8_t *bools;
    const uint32_t *codes; /* text; and numbers where `values` is set */
    const void *data;
  };
  const uint64_t *valid; /* as in a Column: nrows / 64 + 1 words; or NULL */
  /* Codes: all of them are below ncodes, and a code means the same in every
     batch of one worker. Text: its meaning is in `dict`, which may grow from
     batch to batch and may be another one in another worker. Decimal, int and
     period may come as codes too, code c standing for values[c]. */
  uint32_t ncodes;
  const Dict *dict;
  const int64_t *values;
} BatchVector;

/* No row that has no chance can pass the plan's filter: where a bound is
   given, rows outside [least, most] (as cells: minor units, period counts),
   or with another text, or missing, are dropped later anyway. */
typedef struct BatchBound {
  size_t column;
  int64_t least, most;
  const char *text; /* COLUMN_TEXT: equal to this; borrowed */
  size_t len;
} BatchBound;

/* A source. `open` makes one worker; the caller opens them one after the
   other before the first batch is asked for, and then uses each from one
   thread only. Together the workers hand out every row once (but may leave
   out batches in which no row is within the bounds). When all workers are
   closed, the next ones start from the beginning. */
typedef struct BatchSource {
  void *state;
  size_t ncols;
  const BatchColumn *columns;
  /* A worker, or NULL. */
  void *(*open)(void *state, Err *err);
  /* Go to the worker's next batch: 1, 0 at the end, -1 on failure. order + i
     grows with the place of row i in the source, over all batches of all
     workers, and grows from batch to batch in each worker. */
  int (*next)(void *worker, size_t *nrows, uint64_t *order, Err *err);
  /* The cells of a column in this batch: 0 or -1. Decode here what nobody may
     ask for; asked for once at most for each batch and column. */
  int (*get)(void *worker, size_t column, BatchVector *out, Err *err);
  void (*close)(void *worker); /* accepts NULL */
  /* NULL, or called before the workers are opened; the bounds stay alive
     until all are closed. n == 0 takes earlier ones back. */
  void (*bound)(void *state, const BatchBound *bounds, size_t n);
} BatchSource;

#endif
