/* Distances within a group: in rows, or along a column of whole numbers by
   which the group is sorted, missing ones last. Both ends of a window move
   forward only, so one pass over a group finds the partners of all its rows. */
#include <stdlib.h>

#include "base/mem.h"
#include "verbs/window_frame.h"

/* Whether the row at place i is somewhere along the column. */
static bool has_place(const Frame *frame, size_t i) {
  return !column_is_na(frame->along, frame->rows[i]);
}

static Int128 place(const Frame *frame, size_t i) {
  return frame->along->ints[frame->rows[i]];
}

int frame_go_along(Frame *frame, size_t column, Err *err) {
  const Column *along = frame->table->columns[column];
  const char *name = frame->table->names[column];
  char type[24], scratch[DECIMAL_TEXT_SIZE];
  if (along->type != COLUMN_INT && along->type != COLUMN_PERIOD)
    return err_set(err, ERR_USE,
                   "'%s' is %s: steps need whole numbers or periods", name,
                   column_type_name(along, type));
  frame->along = along;
  for (size_t i = 1; i < frame->nrows; i++) {
    if (i == frame->begin[i] || !has_place(frame, i)) continue;
    if (place(frame, i) != place(frame, i - 1)) continue;
    size_t len, row = frame->rows[i], other = frame->rows[i - 1];
    const char *text = column_print(along, row, scratch, &len);
    return err_set(
        err, ERR_DATA,
        "rows %zu and %zu of one group are both at '%s' %.*s: sum them first",
        other + 1, row + 1, name, (int)len, text);
  }
  return 0;
}

/* The place at exactly `target`, from `*at` onwards within the group of i;
   SIZE_MAX where there is none. */
static size_t seek(const Frame *frame, size_t i, Int128 target, size_t *at) {
  if (*at < frame->begin[i]) *at = frame->begin[i];
  while (*at < frame->end[i] && has_place(frame, *at) &&
         place(frame, *at) < target)
    ++*at;
  bool is_there = *at < frame->end[i] && has_place(frame, *at) &&
                  place(frame, *at) == target;
  return is_there ? *at : SIZE_MAX;
}

static size_t other_by_rows(const Frame *frame, size_t i, size_t n,
                            bool ahead) {
  size_t room = ahead ? frame->end[i] - 1 - i : i - frame->begin[i];
  if (n > room) return SIZE_MAX;
  return ahead ? i + n : i - n;
}

size_t *frame_others(const Frame *frame, size_t n, bool ahead, Err *err) {
  size_t *others = mem_array(frame->nrows, sizeof *others);
  if (others == NULL) return err_memory(err), NULL;
  size_t at = 0;
  for (size_t i = 0; i < frame->nrows; i++) {
    size_t other = SIZE_MAX;
    if (frame->along == NULL) other = other_by_rows(frame, i, n, ahead);
    else if (has_place(frame, i))
      other = seek(frame, i, place(frame, i) + (ahead ? (Int128)n : -(Int128)n),
                   &at);
    others[frame->rows[i]] = other == SIZE_MAX ? SIZE_MAX : frame->rows[other];
  }
  return others;
}

size_t frame_window(const Frame *frame, size_t i, size_t n, size_t last) {
  size_t begin = frame->begin[i];
  if (frame->along == NULL) return i - begin + 1 > n ? i + 1 - n : begin;
  if (!has_place(frame, i)) return i + 1;
  if (last > begin) begin = last;
  while (place(frame, begin) <= place(frame, i) - (Int128)n) begin++;
  return begin;
}
