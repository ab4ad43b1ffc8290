/* csv_fast: a delimited file as a source of batches, for files that are plain
   and for columns that are; the careful path (csv_load) reads the others, and
   what is read here is what it would read. */
#ifndef CSV_FAST_H
#define CSV_FAST_H

#include "io/csv_bytes.h"
#include "io/csv_load.h"
#include "table/batch.h"

/* How it works, for those who test it. All zero: as it is best. */
typedef struct CsvTuning {
  size_t chunk;  /* bytes of the file that one batch covers */
  size_t sample; /* bytes at the start, and at the end, that types are
                    inferred from */
  bool portable; /* nothing that only some processors have */
} CsvTuning;

/* How the reading ended. */
typedef enum CsvEnding {
  CSV_ENDED_WELL,
  CSV_ENDED_STRADDLING, /* a quoted cell goes over chunks: read in order */
  CSV_ENDED_WIDER,      /* a number has more decimals than the sample's */
  CSV_ENDED_CAREFUL,    /* not plain: the careful path must read it */
  CSV_ENDED_BADLY       /* the error of the batch is the answer */
} CsvEnding;

typedef struct CsvFast CsvFast;

/* Look at the head and the tail of the file. NULL with err->code ERR_NONE:
   this is for the careful path; NULL with another: what that would say of the
   file too. `name` (for messages), `bytes` and what `options` points to are
   borrowed. */
CsvFast *csv_fast_open(const char *name, const CsvBytes *bytes,
                       const CsvOptions *options, const CsvTuning *tuning,
                       Err *err);
void csv_fast_close(CsvFast *fast); /* accepts NULL */

/* All columns, without rows, of the types that the sample has; NULL without
   memory. */
Table *csv_fast_schema(const CsvFast *fast, Err *err);

/* The columns to read (by place in the schema): 0; -1 where one of them is
   for the careful path (ERR_NONE), or without memory. */
int csv_fast_choose(CsvFast *fast, const size_t *columns, size_t n, Err *err);

/* Read in order, in one thread, from now on. */
void csv_fast_in_order(CsvFast *fast);

/* Give the columns the decimals that were met; the types of the source's
   columns change with it. */
void csv_fast_widen(CsvFast *fast);

/* The chosen columns. A batch that fails has to do with the ending. */
const BatchSource *csv_fast_source(CsvFast *fast);

/* After all workers are closed. */
CsvEnding csv_fast_ending(const CsvFast *fast);

/* What csv_load would report of the chosen columns, once all was read well;
   the notes of other columns are left out. 0 or -1; the caller frees it. */
int csv_fast_report(const CsvFast *fast, CsvReport *out, Err *err);

#endif
