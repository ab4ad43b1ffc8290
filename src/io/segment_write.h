/* segment_write: columns of values become a set of segments, part by part. */
#ifndef SEGMENT_WRITE_H
#define SEGMENT_WRITE_H

#include "io/segment_set.h"

/* Where the bytes go, instead of those that the number has. 0 or -1. */
typedef struct SegmentSink {
  void *data;
  int (*put)(void *data, uint64_t number, const char *bytes, size_t len,
             Err *err);
} SegmentSink;

typedef struct SegmentWriter SegmentWriter;

/* A writer for rows of these columns, or NULL; `columns` (not their names) and
   the sink are borrowed during the call only. */
SegmentWriter *segment_writer_new(const BatchColumn *columns, size_t ncols,
                                  SegmentSink sink, Err *err);
void segment_writer_free(SegmentWriter *writer); /* accepts NULL */

/* A writer that goes on behind the last row of `set`, which it takes over: the
   set is empty afterwards. Only bytes that change are put to the sink, those of
   the last block and of the dictionaries' last chunks among them. NULL where
   the bytes are not those of the set (ERR_DATA), or on failure. */
SegmentWriter *segment_writer_resume(SegmentSet *set, const SegmentFrom *from,
                                     SegmentSink sink, Err *err);

/* How many rows the next part takes: SEGMENT_ROWS, or what is missing of them
   in the last block of a set that was there. */
size_t segment_writer_room(const SegmentWriter *writer);

/* Add rows from .. from + nrows - 1 of the columns (NULL: all missing), which
   must have the types said before: as many as there is room for, or fewer in
   the last part. A text's dictionary must not go away
   before the writer does, or must be another one at another address.
   0 or -1. */
int segment_write(SegmentWriter *writer, const Column *const *columns,
                  size_t from, size_t nrows, Err *err);

/* Write the dictionaries, and append the directory to `out`. 0 or -1. */
int segment_write_end(SegmentWriter *writer, Buf *out, Err *err);

#endif
