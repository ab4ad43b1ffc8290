/* segment_set: the directory of a table's segments: its columns, where the
   bytes of each block are, and what is known of them. */
#ifndef SEGMENT_SET_H
#define SEGMENT_SET_H

#include "io/segment.h"
#include "table/batch.h"

/* A piece of a column's dictionary: texts, each with its length (4 bytes)
   before it, or values of 8 bytes. */
typedef struct SegmentChunk {
  uint32_t len;
  uint32_t ncodes; /* texts or values in it */
  uint64_t checksum;
} SegmentChunk;

typedef struct SegmentColumn {
  char *name; /* in SQL; owned */
  ColumnType type;
  int scale;
  PeriodUnit period;
  uint32_t ncodes;      /* texts; or values that codes stand for */
  SegmentChunk *chunks; /* owned */
  size_t nchunks;
} SegmentColumn;

/* All blocks but the last have SEGMENT_ROWS rows. */
typedef struct SegmentSet {
  size_t ncols, nblocks;
  SegmentColumn *columns; /* owned */
  SegmentBlock *blocks;   /* [b * ncols + c]; owned */
  uint64_t nrows;
} SegmentSet;

/* Blobs have numbers below SEGMENT_NUMBERS, such that a set grows without one
   that is there getting another: those of blocks, and those of chunks. A blob
   without bytes is not stored. */
#define SEGMENT_NUMBERS ((int64_t)1 << 40)
uint64_t segment_set_block_number(const SegmentSet *set, size_t block,
                                  size_t column);
uint64_t segment_set_chunk_number(const SegmentSet *set, size_t chunk,
                                  size_t column);

/* Where a set's bytes come from: those of one blob, which are so many and have
   that checksum, instead of what `out` holds; SEGMENT_SLACK readable ones
   follow. 0 or -1. */
typedef struct SegmentFrom {
  void *data;
  int (*get)(void *data, uint64_t number, size_t len, uint64_t checksum,
             Buf *out, Err *err);
} SegmentFrom;

void segment_set_free(SegmentSet *set); /* leaves it empty */

/* Add columns of these types, or no rows: 0 or -1. */
int segment_set_init(SegmentSet *set, const BatchColumn *columns, size_t ncols,
                     Err *err);

/* Append the directory's bytes. 0 or -1. */
int segment_set_print(const SegmentSet *set, Buf *out, Err *err);

/* Read it. -1 where the bytes are not those of a directory, whatever they are,
   or without memory; `set` is empty then. What was read hangs together: rows,
   lengths, codes below ncodes, periods and bools in their ranges. */
int segment_set_parse(const char *bytes, size_t len, SegmentSet *set, Err *err);

/* Whether the bytes are those of a directory in another layout, which an older
   or newer evalua wrote. */
bool segment_set_is_other(const char *bytes, size_t len);

/* Whether all its blocks with values hold codes. */
bool segment_set_is_coded(const SegmentSet *set, size_t column);

/* Read what the codes of a column stand for: the texts are added to `dict`,
   the values [ncodes] of any other column are written. 0 or -1. */
int segment_set_codes(const SegmentSet *set, size_t column,
                      const SegmentFrom *from, Dict *dict, int64_t *values,
                      Err *err);

/* Append a number of so many bytes, as all numbers here are written. */
int segment_put(uint64_t value, size_t nbytes, Buf *out, Err *err);

/* Add the texts of a chunk, whatever its bytes are: 0, or -1. */
int segment_chunk_texts(const SegmentChunk *chunk, const void *bytes,
                        Dict *dict, Err *err);

/* Write the values of a chunk of that column: 0, or -1. */
int segment_chunk_values(const SegmentColumn *column, const SegmentChunk *chunk,
                         const void *bytes, int64_t *out, Err *err);

#endif
