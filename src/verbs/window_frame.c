/* Rows are sorted once and then dealt to their groups by counting, so the
   order within a group is that of the sort. A rolling window is gone through
   anew for every row, which keeps sums of reals free of what a running
   difference would lose: the cost is rows times n, hence the limit of n. */
#include "verbs/window_frame.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "verbs/ratio.h"

static void deal(const Groups *groups, const size_t *sorted, size_t *next,
                 Frame *out) {
  size_t at = 0;
  for (size_t row = 0; row < out->nrows; row++) next[groups->of_row[row]]++;
  for (size_t g = 0; g < groups->ngroups; g++) {
    size_t n = next[g];
    next[g] = at;
    for (size_t i = at; i < at + n; i++) {
      out->begin[i] = at;
      out->end[i] = at + n;
    }
    at += n;
  }
  for (size_t i = 0; i < out->nrows; i++)
    out->rows[next[groups->of_row[sorted[i]]]++] = sorted[i];
}

int frame_make(const Table *table, const Groups *groups, const SortKey *order,
               size_t norder, Frame *out, Err *err) {
  size_t n = table->nrows;
  *out = (Frame){.table = table, .nrows = n};
  out->rows = mem_array(n, sizeof *out->rows);
  out->begin = mem_array(n, sizeof *out->begin);
  out->end = mem_array(n, sizeof *out->end);
  size_t *next = mem_array(groups->ngroups, sizeof *next);
  size_t *sorted = pick_order(table, order, norder, err);
  bool has_room = out->rows && out->begin && out->end && next && sorted;
  if (has_room) deal(groups, sorted, next, out);
  free(next);
  free(sorted);
  return has_room ? 0 : err_memory(err);
}

void frame_free(Frame *frame) {
  free(frame->rows);
  free(frame->begin);
  free(frame->end);
  *frame = (Frame){0};
}

/* ---- sums ---- */

/* Neumaier's step: returns the new sum, *lost what rounding took. */
static double add_real(double sum, double value, double *lost) {
  double next = sum + value;
  if (fabs(sum) >= fabs(value)) *lost += (sum - next) + value;
  else *lost += (value - next) + sum;
  return next;
}

FrameSum frame_sum(const Frame *frame, const Column *column, size_t from,
                   size_t to) {
  FrameSum sum = {0};
  double lost = 0;
  for (size_t i = from; i < to; i++) {
    size_t row = frame->rows[i];
    if (column_is_na(column, row)) continue;
    sum.count++;
    if (column->type != COLUMN_REAL) sum.exact += column->ints[row];
    else sum.real = add_real(sum.real, column->reals[row], &lost);
  }
  if (isfinite(sum.real)) sum.real += lost;
  return sum;
}

/* Put a sum into a row of `out`, a column like the one summed: 0, or -1 where
   it has no room. */
static int put(Column *out, size_t row, const FrameSum *sum, Err *err) {
  Decimal value = {0, 0};
  bool fits = true;
  if (out->type == COLUMN_REAL) {
    out->reals[row] = sum->real;
    fits = !isinf(sum->real);
  } else {
    fits = decimal_from_int128(sum->exact, out->scale, &value) == 0;
    out->ints[row] = value.num;
  }
  if (fits) return 0;
  return err_set(err, ERR_DATA, "row %zu: the sum does not fit in 64 bits",
                 row + 1);
}

Column *frame_cumsum(const Frame *frame, const Column *column, Err *err) {
  Column *out = column_new_like(column, frame->nrows, err);
  int status = out == NULL ? -1 : 0;
  Int128 exact = 0;
  double real = 0, lost = 0;
  for (size_t i = 0; status == 0 && i < frame->nrows; i++) {
    size_t row = frame->rows[i];
    if (i == frame->begin[i]) {
      exact = 0;
      real = lost = 0;
    }
    if (column_is_na(column, row)) {
      status = column_set_na(out, row, err);
      continue;
    }
    if (column->type != COLUMN_REAL) exact += column->ints[row];
    else real = add_real(real, column->reals[row], &lost);
    FrameSum sum = {exact, isfinite(real) ? real + lost : real, 1};
    status = put(out, row, &sum, err);
  }
  if (status == 0) return out;
  column_unref(out);
  return NULL;
}

/* ---- rolling ---- */

static bool is_nan_at(const Column *column, size_t row) {
  return column->type == COLUMN_REAL && isnan(column->reals[row]);
}

static bool is_better(const Column *column, size_t row, size_t best,
                      bool wants_max) {
  if (is_nan_at(column, best)) return false;
  if (is_nan_at(column, row)) return true;
  int order = column_compare(column, row, column, best);
  return wants_max ? order > 0 : order < 0;
}

/* Where the least or greatest value is, SIZE_MAX for none; counts values. */
static size_t find_best(const Frame *frame, const Column *column, size_t from,
                        size_t to, bool wants_max, size_t *count) {
  size_t best = SIZE_MAX;
  for (size_t i = from; i < to; i++) {
    size_t row = frame->rows[i];
    if (column_is_na(column, row)) continue;
    ++*count;
    if (best == SIZE_MAX || is_better(column, row, best, wants_max)) best = row;
  }
  return best;
}

static Column *rolling_best(const Frame *frame, const Column *column,
                            const WindowItem *item, Err *err) {
  size_t *from = mem_array(frame->nrows, sizeof *from);
  if (from == NULL) return err_memory(err), NULL;
  size_t need = item->partial ? 1 : item->n, begin = 0;
  for (size_t i = 0; i < frame->nrows; i++) {
    size_t count = 0;
    begin = frame_window(frame, i, item->n, begin);
    size_t best = find_best(frame, column, begin, i + 1,
                            item->kind == WINDOW_MAX, &count);
    from[frame->rows[i]] = count < need ? SIZE_MAX : best;
  }
  Column *out = column_gather(column, from, frame->nrows, err);
  free(from);
  return out;
}

static double mean_of(const FrameSum *sum, const Column *column) {
  if (column->type == COLUMN_REAL) return sum->real / (double)sum->count;
  return ratio(sum->exact, (Int128)sum->count * pow10_int64(column->scale));
}

Column *frame_rolling(const Frame *frame, const Column *column,
                      const WindowItem *item, Err *err) {
  if (item->kind == WINDOW_MIN || item->kind == WINDOW_MAX)
    return rolling_best(frame, column, item, err);
  bool is_mean = item->kind == WINDOW_MEAN;
  Column *out = is_mean ? column_new(COLUMN_REAL, frame->nrows, err)
                        : column_new_like(column, frame->nrows, err);
  int status = out == NULL ? -1 : 0;
  size_t need = item->partial ? 1 : item->n, begin = 0;
  for (size_t i = 0; status == 0 && i < frame->nrows; i++) {
    size_t row = frame->rows[i];
    begin = frame_window(frame, i, item->n, begin);
    FrameSum sum = frame_sum(frame, column, begin, i + 1);
    if (sum.count < need) status = column_set_na(out, row, err);
    else if (is_mean) out->reals[row] = mean_of(&sum, column);
    else status = put(out, row, &sum, err);
  }
  if (status == 0) return out;
  column_unref(out);
  return NULL;
}
