/* batch_filter: which rows of a batch pass a condition. */
#ifndef BATCH_FILTER_H
#define BATCH_FILTER_H

#include "verbs/batch_view.h"
#include "verbs/expr.h"

/* The condition cut at its outer `and`s. What asks one coded column only is
   evaluated once for each code, the rest once for each batch. */
typedef struct BatchFilter {
  struct FilterPart *parts;
  size_t nparts;
  const ExprHost *host;
  uint32_t *rows; /* those that pass */
  size_t room;
} BatchFilter;

/* `where` may be NULL. 0 or -1; filter_close is safe in both cases. One for
   each worker. */
int filter_open(BatchFilter *filter, const Expr *where,
                const BatchSource *source, const ExprHost *host, Err *err);
void filter_close(BatchFilter *filter);

/* The rows of the view's batch for which the condition is true: their number,
   or SIZE_MAX on failure. *rows is NULL when all pass, else an array of the
   filter's that lasts until the next call. */
size_t filter_rows(BatchFilter *filter, BatchView *view, const uint32_t **rows,
                   Err *err);

/* The columns of the source that an expression needs, in an array that the
   caller frees; NULL on failure (a column that is not there is ERR_USE). */
size_t *batch_columns_of(const Expr *expr, const BatchSource *source, size_t *n,
                         Err *err);

/* What every row that passes must have, for sources that can leave out whole
   batches: at most `most` bounds, the number of them is returned. */
size_t filter_bounds(const Expr *where, const BatchSource *source,
                     BatchBound *out, size_t most);

#endif
