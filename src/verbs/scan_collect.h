/* scan_collect: the rows of a source that pass a filter, as a table. */
#ifndef SCAN_COLLECT_H
#define SCAN_COLLECT_H

#include "verbs/batch_filter.h"

/* All columns of the source; rows in its order, texts numbered by first
   appearance. `where` may be NULL. NULL on failure; *filtering says whether
   it was the condition that failed. */
Table *scan_collect(const BatchSource *source, const Expr *where,
                    size_t threads, const ExprHost *host, bool *filtering,
                    Err *err);

#endif
