/* store_scan: the rows of a table, out of its segments, as batches for
   several threads. */
#ifndef STORE_SCAN_H
#define STORE_SCAN_H

#include "io/store_segment.h"
#include "table/batch.h"
#include "table/table.h"

typedef struct StoreScan StoreScan;

/* The columns (by the names that people see; NULL: all) of the table `name`,
   when its segments are fresh. Until it is closed a transaction is open, the
   caller's or one of its own, and nothing else may use the store. NULL with
   *state not SEGMENT_FRESH where there is nothing to scan, and with
   SEGMENT_FRESH on failure: then `err` is filled (ERR_USE: no such column). */
StoreScan *store_scan_open(Store *store, const char *name,
                           const char *const *names, size_t nnames,
                           SegmentState *state, Err *err);
void store_scan_close(StoreScan *scan); /* accepts NULL */

/* Borrowed. */
const BatchSource *store_scan_source(const StoreScan *scan);

uint64_t store_scan_nrows(const StoreScan *scan);

/* The texts of a column, borrowed; NULL where it is no text. */
Dict *store_scan_dict(const StoreScan *scan, size_t column);

/* Whether any cell of a column is missing. */
bool store_scan_has_na(const StoreScan *scan, size_t column);

/* Blocks that the last scan looked at, and those that there are. */
void store_scan_blocks(const StoreScan *scan, size_t *read, size_t *all);

/* Whether a failure came from bytes that are not the ones that were written:
   the rows themselves may still be read. */
bool store_scan_is_damaged(const StoreScan *scan);

/* All rows of its columns, as store_read gives them; NULL on failure. */
Table *store_scan_table(const StoreScan *scan, Err *err);

#endif
