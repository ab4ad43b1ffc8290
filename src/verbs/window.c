/* Every kind is a pass over one layout of the rows (window_frame.h); rank
   makes a layout of its own, sorted by the column it ranks. */
#include "verbs/window.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "verbs/aggregate.h"
#include "verbs/ratio.h"
#include "verbs/window_frame.h"

/* By WindowKind. */
static const char *const kind_names[] = {
    "lag",          "lead",        "cumsum",      "rolling_sum",
    "rolling_mean", "rolling_min", "rolling_max", "rank",
    "diff",         "pct_change",  "share"};

int window_kind(const char *name) {
  for (int i = 0; i < (int)(sizeof kind_names / sizeof *kind_names); i++)
    if (strcmp(kind_names[i], name) == 0) return i;
  return -1;
}

/* ---- lag, lead and what is measured against them ---- */

static Column *shifted(const Frame *frame, const Column *column,
                       const WindowItem *item, Err *err) {
  bool ahead = item->kind == WINDOW_LEAD;
  size_t *others = frame_others(frame, item->n, ahead, err);
  if (others == NULL) return NULL;
  Column *out = column_gather(column, others, frame->nrows, err);
  free(others);
  return out;
}

static int put_diff(Column *out, size_t row, const Column *column, size_t base,
                    Err *err) {
  bool fits = true;
  if (column->type == COLUMN_REAL) {
    out->reals[row] = column->reals[row] - column->reals[base];
    fits = !isinf(out->reals[row]);
  } else {
    fits = !__builtin_sub_overflow(column->ints[row], column->ints[base],
                                   &out->ints[row]);
  }
  if (fits) return 0;
  return err_set(err, ERR_DATA,
                 "row %zu: the difference does not fit in 64 bits", row + 1);
}

static int put_percent(Column *out, size_t row, Int128 part, Int128 whole,
                       Err *err) {
  if (ratio_percent(part, whole, &out->ints[row])) return 0;
  return column_set_na(out, row, err);
}

static int put_percent_real(Column *out, size_t row, double part, double whole,
                            Err *err) {
  double value = ratio_percent_real(part, whole);
  if (isinf(value)) return column_set_na(out, row, err);
  out->reals[row] = value;
  return 0;
}

static int put_change(Column *out, size_t row, const Column *column,
                      size_t base, Err *err) {
  if (column->type == COLUMN_REAL) {
    double from = column->reals[base];
    return put_percent_real(out, row, column->reals[row] - from, from, err);
  }
  Int128 from = column->ints[base];
  return put_percent(out, row, column->ints[row] - from, from, err);
}

/* The column of percents for a column of numbers. */
static Column *percents(const Column *column, Err *err) {
  bool is_real = column->type == COLUMN_REAL;
  Column *out =
      column_new(is_real ? COLUMN_REAL : COLUMN_DECIMAL, column->nrows, err);
  if (out != NULL && !is_real) out->scale = RATIO_PERCENT_SCALE;
  return out;
}

static Column *compared(const Frame *frame, const Column *column,
                        const WindowItem *item, Err *err) {
  bool is_diff = item->kind == WINDOW_DIFF;
  size_t *bases = frame_others(frame, item->n, false, err);
  if (bases == NULL) return NULL;
  Column *out = is_diff ? column_new_like(column, frame->nrows, err)
                        : percents(column, err);
  int status = out == NULL ? -1 : 0;
  for (size_t row = 0; status == 0 && row < frame->nrows; row++) {
    size_t base = bases[row];
    bool missing = column_is_na(column, row) || base == SIZE_MAX ||
                   column_is_na(column, base);
    if (missing) status = column_set_na(out, row, err);
    else if (is_diff) status = put_diff(out, row, column, base, err);
    else status = put_change(out, row, column, base, err);
  }
  free(bases);
  if (status == 0) return out;
  column_unref(out);
  return NULL;
}

/* ---- share and rank ---- */

static Column *shares(const Frame *frame, const Column *column, Err *err) {
  Column *out = percents(column, err);
  int status = out == NULL ? -1 : 0;
  FrameSum whole = {0};
  for (size_t i = 0; status == 0 && i < frame->nrows; i++) {
    size_t row = frame->rows[i];
    if (i == frame->begin[i])
      whole = frame_sum(frame, column, i, frame->end[i]);
    if (column_is_na(column, row)) status = column_set_na(out, row, err);
    else if (column->type == COLUMN_REAL)
      status = put_percent_real(out, row, column->reals[row], whole.real, err);
    else status = put_percent(out, row, column->ints[row], whole.exact, err);
  }
  if (status == 0) return out;
  column_unref(out);
  return NULL;
}

static Column *ranks(const Groups *groups, const Column *column,
                     const WindowItem *item, Err *err) {
  SortKey key = {item->column, item->descending};
  Frame frame = {0};
  Column *out = NULL;
  int status = frame_make(groups->table, groups, &key, 1, &frame, err);
  if (status == 0) out = column_new(COLUMN_INT, frame.nrows, err);
  if (out == NULL) status = -1;
  int64_t rank = 0;
  for (size_t i = 0; status == 0 && i < frame.nrows; i++) {
    size_t row = frame.rows[i];
    bool is_first = i == frame.begin[i];
    if (is_first || column_compare(column, row, column, frame.rows[i - 1]) != 0)
      rank = (int64_t)(i - frame.begin[i]) + 1;
    if (column_is_na(column, row)) status = column_set_na(out, row, err);
    else out->ints[row] = rank;
  }
  frame_free(&frame);
  if (status == 0) return out;
  column_unref(out);
  return NULL;
}

/* ---- the verb ---- */

static bool needs_number(WindowKind kind) {
  switch (kind) {
    case WINDOW_LAG:
    case WINDOW_LEAD:
    case WINDOW_MIN:
    case WINDOW_MAX:
    case WINDOW_RANK: return false;
    default: return true;
  }
}

static Column *compute(const Frame *frame, const Groups *groups,
                       const Column *column, const WindowItem *item, Err *err) {
  switch (item->kind) {
    case WINDOW_LAG:
    case WINDOW_LEAD: return shifted(frame, column, item, err);
    case WINDOW_CUMSUM: return frame_cumsum(frame, column, err);
    case WINDOW_RANK: return ranks(groups, column, item, err);
    case WINDOW_DIFF:
    case WINDOW_PCT_CHANGE: return compared(frame, column, item, err);
    case WINDOW_SHARE: return shares(frame, column, err);
    default: return frame_rolling(frame, column, item, err);
  }
}

/* The same over a frame of its own, sorted along the item's column. */
static Column *compute_along(const Groups *groups, const Column *column,
                             const WindowItem *item, Err *err) {
  SortKey key = {item->along, false};
  Frame frame = {0};
  Column *out = NULL;
  if (frame_make(groups->table, groups, &key, 1, &frame, err) == 0 &&
      frame_go_along(&frame, item->along, err) == 0)
    out = compute(&frame, groups, column, item, err);
  frame_free(&frame);
  return out;
}

/* The item's column, as numbers where it must be one, through its kind. */
static Column *compute_item(const Frame *frame, const Groups *groups,
                            const WindowItem *item, Err *err) {
  const Table *table = frame->table;
  Column *column = column_ref(table->columns[item->column]);
  if (needs_number(item->kind)) column = aggregate_as_numbers(column, err);
  if (column == NULL) return NULL;
  char name[24];
  Column *out = NULL;
  if (needs_number(item->kind) && !column_is_number(column))
    err_set(err, ERR_USE, "a %s needs numbers, not %s", kind_names[item->kind],
            column_type_name(column, name));
  else if (item->has_along) out = compute_along(groups, column, item, err);
  else out = compute(frame, groups, column, item, err);
  if (out == NULL) err_at(err, "%s: ", item->name);
  column_unref(column);
  return out;
}

static int check_items(const WindowItem *items, size_t nitems, Err *err) {
  for (size_t i = 0; i < nitems; i++) {
    WindowKind kind = items[i].kind;
    bool rolls = kind >= WINDOW_SUM && kind <= WINDOW_MAX;
    if (rolls && (items[i].n == 0 || items[i].n > WINDOW_MOST_ROWS))
      return err_set(err, ERR_USE, "%s: a rolling window has 1 to %d rows",
                     items[i].name, (int)WINDOW_MOST_ROWS);
    for (size_t k = 0; k < i; k++)
      if (strcmp(items[i].name, items[k].name) == 0)
        return err_set(err, ERR_USE, "two new columns are called '%s'",
                       items[i].name);
  }
  return 0;
}

Table *window(const Table *table, const size_t *keys, size_t nkeys,
              const SortKey *order, size_t norder, const WindowItem *items,
              size_t nitems, Err *err) {
  Groups groups = {0};
  Frame frame = {0};
  Table *out = NULL;
  if (check_items(items, nitems, err) != 0) return NULL;
  int status = groups_find(table, keys, nkeys, &groups, err);
  if (status == 0)
    status = frame_make(table, &groups, order, norder, &frame, err);
  if (status == 0) out = table_ref((Table *)table);
  for (size_t i = 0; out != NULL && i < nitems; i++) {
    Column *column = compute_item(&frame, &groups, &items[i], err);
    Table *next = NULL;
    if (column != NULL) next = table_with(out, items[i].name, column, err);
    column_unref(column);
    table_unref(out);
    out = next;
  }
  frame_free(&frame);
  groups_free(&groups);
  return out;
}
