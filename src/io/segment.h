/* segment: a run of cells of one column, packed into few bytes and back.

   A block holds up to SEGMENT_ROWS cells. Each cell is stored as its distance
   from the block's lowest one, in 0, 1, 2 or 4 bits or in whole bytes, so that
   any part of a block unpacks by one load and one mask a cell. What a packed
   number means is the column's business: a value, or the code of one. */
#ifndef SEGMENT_H
#define SEGMENT_H

#include <stdbool.h>

#include "base/buf.h"
#include "table/column.h"

enum { SEGMENT_ROWS = 65536 };

/* What is known of a block without its bytes. */
typedef struct SegmentBlock {
  uint32_t nrows, nna; /* cells; how many of them are missing */
  uint8_t width;       /* bits a cell: 0 1 2 4 8 16 .. 64 */
  bool coded;          /* numbers: codes into the column's values */
  int64_t low, high;   /* least and largest packed number; 0 where none */
  int64_t least, most; /* the same of the values they stand for; for reals
                          these are no bounds */
  uint32_t len;        /* bytes, without SEGMENT_SLACK */
  uint64_t checksum;
} SegmentBlock;

/* Readable bytes that must follow a block's own in memory. */
enum { SEGMENT_SLACK = 8 };

/* Whether the description hangs together (rows, width, length, and the range
   that the width can hold). */
bool segment_block_is_sane(const SegmentBlock *block);

/* Pack nrows cells behind `out`. A missing cell (its bit in `valid` is 0;
   NULL: none is) may hold anything. Fills the block but for coded, least and
   most, which get the packed numbers. 0 or -1. */
int segment_pack(const int64_t *cells, const uint64_t *valid, size_t nrows,
                 Buf *out, SegmentBlock *block, Err *err);

uint64_t segment_checksum(const void *bytes, size_t len);

/* Whether the bytes are the ones that were packed. */
bool segment_is_intact(const SegmentBlock *block, const void *bytes);

/* Unpack cells from .. from + n - 1; `from` is a multiple of 64. Missing cells
   become 0. The bytes may be anything, SEGMENT_SLACK readable ones follow. */
void segment_unpack(const SegmentBlock *block, const void *bytes, size_t from,
                    size_t n, int64_t *out);

/* The same for codes and bools, which must be below `limit`: -1 where one is
   not. */
int segment_unpack_codes(const SegmentBlock *block, const void *bytes,
                         size_t from, size_t n, uint32_t limit, uint32_t *out);

/* The bits of the cells that are there, as in a Column; NULL where all are.
   Aligned for nothing but bytes: copy it. */
const void *segment_valid(const SegmentBlock *block, const void *bytes,
                          size_t from);

#endif
