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
  const Column *along; /* borrowed; NULL: distances are counted in rows */
} Frame;

/* Lay out; 0 or -1. frame_free is safe in both cases. */
int frame_make(const Table *table, const Groups *groups, const SortKey *order,
               size_t norder, Frame *out, Err *err);
void frame_free(Frame *frame);

/* Measure distances along a column by which each group is sorted: 0, or -1
   where it has no whole numbers or one of them twice in a group. */
int frame_go_along(Frame *frame, size_t column, Err *err);

/* For each row the one n steps before (after) it in its group, or SIZE_MAX;
   the caller frees. NULL without memory. */
size_t *frame_others(const Frame *frame, size_t n, bool ahead, Err *err);

/* Where in the frame the window of n steps that ends with place i begins;
   i + 1 where the row has no place. `last` is what came of place i - 1. */
size_t frame_window(const Frame *frame, size_t i, size_t n, size_t last);

/* The sum of the values in rows[from, to) of a column of numbers. */
typedef struct FrameSum {
  Int128 exact; /* int and decimal */
  double real;  /* real, compensated as in aggregate.h */
  size_t count; /* values */
} FrameSum;

FrameSum frame_sum(const Frame *frame, const Column *column, size_t from,
                   size_t to);

/* The kinds that move over a frame: a new column, or NULL. */
Column *frame_cumsum(const Frame *frame, const Column *column, Err *err);
Column *frame_rolling(const Frame *frame, const Column *column,
                      const WindowItem *item, Err *err);

#endif
