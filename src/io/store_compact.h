/* store_compact: making the segments of a table. */
#ifndef STORE_COMPACT_H
#define STORE_COMPACT_H

#include "io/store_segment.h"
#include "table/table.h"

enum {
  COMPACT_LEAST = 100000 /* rows from which segments make themselves: reading
                            fewer takes no time that anybody notices */
};

typedef enum StoreCompactMode {
  COMPACT_WAIT,   /* wait for other writers, as all writers do */
  COMPACT_IF_FREE /* give up at once (ERR_SQL) where one is at work */
} StoreCompactMode;

/* Read the rows of an imported table and write segments of them, in
   transactions of its own: none may be open. Views, tables that no import made,
   and tables with cells that have no plain type are ERR_DATA. 0 or -1. */
int store_compact(Store *store, const char *name, StoreCompactMode mode,
                  Err *err);

/* Whether segments of the table would be of use: it was imported, and has
   COMPACT_LEAST rows or had segments before. 1, 0, or -1. */
int store_compact_is_due(Store *store, const char *name, Err *err);

/* The segments of columns in memory, on their way: columns[i] may be NULL, all
   missing. 0 or -1. */
int store_compact_columns(SegmentWriter *writer, const Column *const *columns,
                          size_t nrows, SegmentList *out, Err *err);

#endif
