/* store_append: rows that an import adds to a table go behind the segments that
   it has, in the same transaction. */
#ifndef STORE_APPEND_H
#define STORE_APPEND_H

#include "io/store_segment.h"

/* Get ready, in the open transaction, before the rows are inserted: a writer
   that goes on behind the table's segments and puts what changes into `list`.
   NULL with *failed false where there are none that are fresh, or where the
   rows may not end up behind all others just as they are: then the segments
   are gone. NULL with *failed true and `err` on failure. */
SegmentWriter *store_append_open(Store *store, const char *name,
                                 const StoreColumns *stored, SegmentList *list,
                                 bool *failed, Err *err);

/* What an import makes a table with; sqlite3_free. */
char *store_append_table_sql(const char *name, const StoreColumns *stored);

#endif
