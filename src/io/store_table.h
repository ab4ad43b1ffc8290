/* store_table: tables that an analyst imports under a name of her own. */
#ifndef STORE_TABLE_H
#define STORE_TABLE_H

#include "base/sha256_job.h"
#include "io/store.h"
#include "table/table.h"

/* Where the rows come from. Texts are borrowed; any may be NULL. */
typedef struct StoreSource {
  const char *sha256; /* of the file's bytes: the same is taken in once only */
  Sha256Job *job;     /* instead: it may still be on its way */
  const char *path;   /* as the user wrote it */
  const char *title;  /* NULL: the path's last part, or the table's name */
  const char *date;   /* ISO, from the caller: the store reads no clock */
} StoreSource;

typedef enum StoreImport {
  STORE_IMPORTED, /* the rows are in */
  STORE_ALREADY   /* the same bytes are in this table: nothing was done */
} StoreImport;

typedef struct StoreImportOptions {
  const char *const *units; /* measure unit of each column; each, or all, may
                               be NULL */
  bool replace;             /* make the table anew */
  bool compact; /* a large table that is new gets segments (store_segment.h) */
} StoreImportOptions;

/* Put the rows of `table` into the table `name` (store_check_name is done
   here), with one row in `source` and the sums in `source_sum`, all in one
   transaction (or in the one that is open). A table that is there gets the
   rows behind its own: columns go by name, int and decimals widen to the
   larger scale, columns that the file lacks stay NA; a column that the table
   lacks is an error. On failure nothing has changed, except that an open
   transaction must be rolled back. */
int store_import(Store *store, const char *name, const Table *table,
                 const StoreImportOptions *options, const StoreSource *source,
                 StoreImport *done, Err *err);

#endif
