/* window_frame: the rows of a table laid out group by group, each group in
   its order, for window.c and its kinds. */
#ifndef WINDOW_FRAME_H
#define WINDOW_FRAME_H

#include "verbs/group.h"
#include "verbs/window.h"

/* The group that rows[i] belongs to begins at rows[begin[i]] and ends before
   rows[end[i]]. */
typedef struct Frame {
  const Table *table;
  size_t nrows;
  size_t *rows;
  size_t *begin;
  size_t *end;
} Frame;

/* Lay out; 0 or -1. frame_free is safe in both cases. */
int frame_make(const Table *table, const Groups *groups, const SortKey *order,
               size_t norder, Frame *out, Err *err);
void frame_free(Frame *frame);

/* The sum of the values in rows[from, to) of a column of numbers. */
typedef struct FrameSum {
  Int128 exact; /* int and decimal */
  double real;  /* real, compensated as in aggregate.h */
  size_t count; /* values */
} FrameSum;

FrameSum frame_sum(const Frame *frame, const Column *column, size_t from,
                   size_t to);

/* Put a sum into a row of `out`, a column like the one summed: 0, or -1 where
   it has no room. */
int frame_put(Column *out, size_t row, const FrameSum *sum, Err *err);

/* The kinds that move over a frame: a new column, or NULL. */
Column *frame_cumsum(const Frame *frame, const Column *column, Err *err);
Column *frame_rolling(const Frame *frame, const Column *column,
                      const WindowItem *item, Err *err);

#endif
