/* store_ledger: what was taken in: a row of `source` per file, and what its
   amounts add up to, so that a database can be held against its files. */
#ifndef STORE_LEDGER_H
#define STORE_LEDGER_H

#include "base/decimal.h"
#include "io/store_table.h"

/* Whether these bytes went into that table already: 1, 0, or -1. */
int store_ledger_find(Store *store, const char *table, const char *sha256,
                      Err *err);

/* Number of files whose rows went into the table; -1 on failure. */
int64_t store_ledger_count(Store *store, const char *table, Err *err);

/* Add a file. `document` is the id of the source it belongs to, or NULL. */
int store_ledger_add(Store *store, const char *id, const char *document,
                     const char *table, const StoreSource *source,
                     int64_t nrows, Err *err);

/* Add the sum of one column of that file. */
int store_ledger_add_sum(Store *store, const char *id, const char *column,
                         int scale, Int128 sum, Err *err);

/* Forget the files of an analyst's table (it is dropped, or was). */
int store_ledger_forget(Store *store, const char *table, Err *err);

#endif
