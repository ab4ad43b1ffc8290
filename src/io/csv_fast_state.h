/* csv_fast_state: what the files csv_fast*.c share. */
#ifndef CSV_FAST_STATE_H
#define CSV_FAST_STATE_H

#include "io/csv_fast.h"
#include "io/csv_plain.h"
#include "io/csv_split.h"

/* A column to read, and the verdict on it that further cells must not
   change. */
typedef struct FastColumn {
  size_t at;                /* in the file */
  const CsvColumn *verdict; /* of the sample */
  const char *name;
  bool empty; /* no cell of the sample had a value */
  int wider;  /* atomic: decimals of a cell that has more, or 0 */
} FastColumn;

struct CsvFast {
  const char *name;
  const CsvBytes *bytes;
  const CsvOptions *options;
  CsvRules rules;
  CsvTuning tuning;
  CsvReport sample;  /* the careful path's report of head and tail */
  CsvReport header;  /* ... of the header alone: notes about names */
  size_t head_lines; /* lines of the sample that are those of the file */
  uint64_t data;     /* where the first data record starts */
  bool in_order;
  FastColumn *columns;
  BatchColumn *outline;
  BatchSource source;
  /* Atomic, while workers run; set back when the first one is opened. */
  size_t nopen;
  uint64_t next; /* the next chunk */
  CsvEnding ending;
  uint64_t rows, blank, lines;
  bool wide;
  uint64_t *dashes; /* by column */
};

/* Texts that were looked up lately, by their first and last eight bytes. */
enum { FAST_CACHE = 4096 };
typedef struct FastCached {
  uint64_t head, tail;
  uint32_t len, code; /* len: plus one; 0 is a free place */
} FastCached;

/* The cells of one column in one batch, and what helps to read them. */
typedef struct FastCells {
  void *cells;
  uint64_t *valid;
  bool missing; /* is any? */
  Dict *dict;
  FastCached *cache;
  uint64_t dashes, before; /* ... before the range that is being read */
} FastCells;

typedef struct FastWorker {
  CsvFast *fast;
  FastCells *columns;
  size_t room;  /* rows that all of them have room for */
  char *buffer; /* FAST_LEAD bytes, then those of the file */
  size_t buffer_room;
  CsvSplit split;
  size_t split_room;
  uint32_t *rows; /* by row: the separator before its first field */
  uint32_t *ends; /* last fields without their CR: pairs like split.seps */
  size_t nrows;
  CsvScan scan;
  uint64_t order;
  uint64_t at; /* in order: where the next record starts */
} FastWorker;

/* Whatever is read in front of a cell lies in the buffer. */
enum { FAST_LEAD = 64 };
_Static_assert((int)FAST_LEAD >= (int)CSV_PLAIN_LEAD,
               "csv_plain reads before the cell");

/* Where the worker's batch lies in its buffer; `start == stop` when no record
   starts in the chunk. */
typedef struct FastRange {
  size_t start, stop;
  bool last; /* the file ends there */
} FastRange;

/* Note how it ended (the first one who says so is heard) and return -1. */
int fast_end(CsvFast *fast, CsvEnding ending, Err *err);

/* A NUL byte was met: say where the first one of the file is. */
int fast_nul(CsvFast *fast, Err *err);

/* ---- csv_fast_range.c ---- */

/* Read the next chunk with the records that start in it: 1, 0 at the end of
   the file, -1. */
int fast_range_next(FastWorker *worker, FastRange *out, Err *err);

/* In order: read on behind a range whose last record did not end: 0 or -1. */
int fast_range_extend(FastWorker *worker, FastRange *range, Err *err);

/* ---- csv_fast_cells.c ---- */

/* Make room for n rows in all columns and mark every cell present. */
int fast_cells_start(FastWorker *worker, size_t n, Err *err);

/* Read column c of all rows of a plain range; 0 or -1 (ended). */
int fast_cells_read(FastWorker *worker, size_t c, Err *err);

/* Read one cell. */
int fast_cells_add(FastWorker *worker, size_t c, size_t row,
                   const CsvField *field, Err *err);

#endif
