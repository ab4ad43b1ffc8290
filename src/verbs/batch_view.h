/* batch_view: one worker's batch, as vectors and as a table, for the files
   that run a scan. */
#ifndef BATCH_VIEW_H
#define BATCH_VIEW_H

#include "table/batch.h"
#include "table/table.h"
#include "verbs/expr.h"

typedef struct BatchView {
  const BatchSource *source;
  void *worker; /* owned */
  size_t nrows;
  uint64_t order;
  BatchVector *vectors; /* by column; valid where `loaded` says so */
  bool *loaded, *wrapped;
  Table *table;      /* its columns borrow the batch's cells */
  int64_t **decoded; /* cells of numbers that came as codes, or NULL */
  size_t *room;      /* ... for so many rows */
} BatchView;

/* Open a worker: 0 or -1; view_close is safe in both cases. */
int view_open(BatchView *view, const BatchSource *source, Err *err);
void view_close(BatchView *view);

/* The next batch: 1, 0 at the end, -1. */
int view_next(BatchView *view, Err *err);

/* The cells of a column, or NULL. */
const BatchVector *view_get(BatchView *view, size_t column, Err *err);

/* The batch as a table in which `columns` hold their cells and no other
   column may be looked at; borrowed until the next batch. */
const Table *view_table(BatchView *view, const size_t *columns, size_t n,
                        Err *err);

/* The source's columns, without rows. */
Table *view_outline(const BatchSource *source, Err *err);

/* A table of one row, all missing, with the source's types, in which a text
   column has had a text: what an expression can be tried on. */
Table *view_probe(const BatchSource *source, Err *err);

/* ... with this, which finds no pattern anywhere. */
ExprHost view_probe_host(void);

static inline bool vector_is_na(const BatchVector *vector, size_t row) {
  return vector->valid != NULL &&
         (vector->valid[row / 64] >> (row % 64) & 1) == 0;
}

#endif
