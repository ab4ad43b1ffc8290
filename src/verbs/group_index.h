/* group_index: numbers for combinations of key cells, given out batch by
   batch in the order of first appearance. */
#ifndef GROUP_INDEX_H
#define GROUP_INDEX_H

#include "table/batch.h"

typedef struct GroupIndex {
  size_t nkeys;
  struct KeyCoder *keys;  /* cells of one key as dense codes */
  struct KeyPairs *pairs; /* pairs[k]: (keys 0..k, key k + 1) as codes */
  uint32_t *codes, *more; /* scratch of one batch */
  size_t room;
  /* What is known of each group, group by group. */
  size_t ngroups, groups_room;
  uint64_t *first;  /* place of its first row: the batch's order + row */
  uint64_t *cells;  /* nkeys each: an integer, or a code of the worker */
  uint8_t *missing; /* nkeys each */
} GroupIndex;

/* Keys of the given types (COLUMN_REAL is not one of them). Without keys
   there is one group from the start, whose first place is 0. 0 or -1;
   index_close is safe in both cases. */
int index_open(GroupIndex *index, const ColumnType *types, size_t nkeys,
               Err *err);
void index_close(GroupIndex *index);

/* The group of each of the n rows (rows[i], or i where rows is NULL), whose
   key cells are in vectors[0 .. nkeys - 1]; place(row) = order + row, or
   order_of[row] where that is given. NULL on failure; valid until the next
   call. */
const uint32_t *index_feed(GroupIndex *index, const BatchVector *const *vectors,
                           const uint32_t *rows, size_t n, uint64_t order,
                           const uint64_t *order_of, Err *err);

#endif
