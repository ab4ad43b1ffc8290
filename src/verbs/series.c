/* One counting sort by group, then each group by its periods. */
#include "verbs/series.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

typedef struct Item {
  int64_t period;
  size_t row;
} Item;

static int compare_items(const void *a, const void *b) {
  const Item *x = a, *y = b;
  if (x->period != y->period) return x->period < y->period ? -1 : 1;
  return (x->row > y->row) - (x->row < y->row);
}

void series_free(Series *series) {
  table_unref(series->table);
  free(series->start);
  free(series->gaps);
}

static int check_column(const Column *column, const char *name, Err *err) {
  char type[24];
  if (column->type != COLUMN_INT && column->type != COLUMN_PERIOD)
    return err_set(err, ERR_USE,
                   "'%s': periods or whole numbers were expected, not %s", name,
                   column_type_name(column, type));
  for (size_t row = 0; row < column->nrows; row++)
    if (column_is_na(column, row))
      return err_set(err, ERR_DATA, "row %zu: '%s' is missing", row + 1, name);
  return 0;
}

static int same_period(const Groups *groups, size_t group, const Item *a,
                       const Item *b, const Column *column, Err *err) {
  char scratch[DECIMAL_TEXT_SIZE], keys[400];
  size_t len;
  const char *text = column_print(column, a->row, scratch, &len);
  if (groups_describe(groups, group, keys, sizeof keys) == 0)
    return err_set(err, ERR_DATA,
                   "rows %zu and %zu are both for %.*s (--agg sum adds "
                   "them up)",
                   a->row + 1, b->row + 1, (int)len, text);
  return err_set(err, ERR_DATA,
                 "%s: rows %zu and %zu are both for %.*s (--agg sum adds "
                 "them up)",
                 keys, a->row + 1, b->row + 1, (int)len, text);
}

/* Where the direction of a group's periods turns: the second of the two rows;
   0 where it does not. */
static size_t find_turn(const Item *items, size_t n) {
  bool up = false, down = false;
  for (size_t i = 1; i < n; i++) {
    up = up || items[i].period > items[i - 1].period;
    down = down || items[i].period < items[i - 1].period;
    if (up && down) return i;
  }
  return 0;
}

static int out_of_order(const Groups *groups, size_t group, const Item *a,
                        const Item *b, const Column *column, Err *err) {
  char scratch[2][DECIMAL_TEXT_SIZE], keys[400];
  size_t len[2];
  const char *before = column_print(column, a->row, scratch[0], &len[0]);
  const char *after = column_print(column, b->row, scratch[1], &len[1]);
  if (groups_describe(groups, group, keys, sizeof keys) == 0)
    return err_set(err, ERR_DATA,
                   "row %zu is out of order: %.*s after %.*s (--agg sum takes "
                   "rows in any order)",
                   b->row + 1, (int)len[1], after, (int)len[0], before);
  return err_set(err, ERR_DATA,
                 "%s: row %zu is out of order: %.*s after %.*s (--agg sum "
                 "takes rows in any order)",
                 keys, b->row + 1, (int)len[1], after, (int)len[0], before);
}

/* Greatest common divisor; 0 gives the other. */
static uint64_t common(uint64_t a, uint64_t b) {
  while (b != 0) {
    uint64_t rest = a % b;
    a = b;
    b = rest;
  }
  return a;
}

/* The items of all groups, group by group; fills start. */
static void place(const Groups *groups, const Column *column, size_t *start,
                  Item *items) {
  for (size_t row = 0; row < groups->nrows; row++)
    start[groups->of_row[row] + 1]++;
  for (size_t g = 0; g < groups->ngroups; g++) start[g + 1] += start[g];
  for (size_t row = groups->nrows; row-- > 0;) {
    size_t at = --start[groups->of_row[row] + 1];
    items[at] = (Item){column->ints[row], row};
  }
  /* start[g + 1] is now where group g begins */
  for (size_t g = 0; g < groups->ngroups; g++) start[g] = start[g + 1];
  start[groups->ngroups] = groups->nrows;
}

static int sort_groups(const Groups *groups, const Column *column,
                       bool any_order, Item *items, Series *out, Err *err) {
  uint64_t step = 0;
  for (size_t g = 0; g < groups->ngroups; g++) {
    Item *from = items + out->start[g], turn[2];
    size_t n = out->start[g + 1] - out->start[g], at = 0;
    if (!any_order) at = find_turn(from, n);
    if (at > 0) memcpy(turn, &from[at - 1], sizeof turn);
    qsort(from, n, sizeof *from, compare_items);
    for (size_t i = 1; i < n; i++) {
      if (from[i].period == from[i - 1].period)
        return same_period(groups, g, &from[i - 1], &from[i], column, err);
      step =
          common((uint64_t)from[i].period - (uint64_t)from[i - 1].period, step);
    }
    if (at > 0) return out_of_order(groups, g, &turn[0], &turn[1], column, err);
  }
  out->step = step == 0 ? 1 : (int64_t)step;
  for (size_t g = 0; g < groups->ngroups; g++) {
    const Item *from = items + out->start[g];
    size_t n = out->start[g + 1] - out->start[g];
    if (n == 0) continue;
    uint64_t span = (uint64_t)from[n - 1].period - (uint64_t)from[0].period;
    out->gaps[g] = (size_t)(span / (uint64_t)out->step) + 1 - n;
  }
  return 0;
}

static int arrange(const Table *table, const Groups *groups,
                   const Column *column, bool any_order, Series *out,
                   Err *err) {
  size_t *rows = mem_array(table->nrows, sizeof *rows);
  Item *items = mem_array(table->nrows, sizeof *items);
  out->n = groups->ngroups;
  out->start = mem_array(out->n + 1, sizeof *out->start);
  out->gaps = mem_array(out->n, sizeof *out->gaps);
  int status = -1;
  if (rows == NULL || items == NULL || out->start == NULL || out->gaps == NULL)
    err_memory(err);
  else {
    place(groups, column, out->start, items);
    status = sort_groups(groups, column, any_order, items, out, err);
  }
  for (size_t i = 0; status == 0 && i < table->nrows; i++)
    rows[i] = items[i].row;
  if (status == 0) {
    out->table = table_gather(table, rows, table->nrows, err);
    status = out->table == NULL ? -1 : 0;
  }
  free(rows);
  free(items);
  return status;
}

int series_find(const Table *table, const size_t *keys, size_t nkeys,
                size_t period, bool any_order, Series *out, Err *err) {
  *out = (Series){.step = 1};
  const Column *column = table->columns[period];
  if (check_column(column, table->names[period], err) != 0) return -1;
  Groups groups;
  int status = groups_find(table, keys, nkeys, &groups, err);
  if (status == 0)
    status = arrange(table, &groups, column, any_order, out, err);
  groups_free(&groups);
  return status;
}
