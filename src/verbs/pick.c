#include "verbs/pick.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/sort.h"
#include "verbs/group.h"

Table *pick_where(const Table *table, const Column *keep, Err *err) {
  size_t *rows = mem_array(table->nrows, sizeof *rows), n = 0;
  if (rows == NULL) return err_memory(err), NULL;
  for (size_t row = 0; row < table->nrows; row++)
    if (keep->bools[row] && !column_is_na(keep, row)) rows[n++] = row;
  Table *out = table_gather(table, rows, n, err);
  free(rows);
  return out;
}

typedef struct Order {
  const Table *table;
  const SortKey *keys;
  size_t nkeys;
} Order;

static int compare_rows(const void *data, size_t a, size_t b) {
  const Order *order = data;
  for (size_t k = 0; k < order->nkeys; k++) {
    const Column *column = order->table->columns[order->keys[k].column];
    int result = column_compare(column, a, column, b);
    bool missing = column_is_na(column, a) || column_is_na(column, b);
    if (result != 0)
      return order->keys[k].descending && !missing ? -result : result;
  }
  return 0;
}

size_t *pick_order(const Table *table, const SortKey *keys, size_t nkeys,
                   Err *err) {
  Order order = {table, keys, nkeys};
  size_t *rows = mem_array(table->nrows, sizeof *rows);
  size_t *spare = mem_array(table->nrows, sizeof *spare);
  if (rows != NULL && spare != NULL) {
    for (size_t row = 0; row < table->nrows; row++) rows[row] = row;
    if (nkeys > 0) sort_stable(rows, table->nrows, spare, compare_rows, &order);
    free(spare);
    return rows;
  }
  free(rows);
  free(spare);
  err_memory(err);
  return NULL;
}

Table *pick_arrange(const Table *table, const SortKey *keys, size_t nkeys,
                    Err *err) {
  size_t *rows = pick_order(table, keys, nkeys, err);
  if (rows == NULL) return NULL;
  Table *out = table_gather(table, rows, table->nrows, err);
  free(rows);
  return out;
}

Table *pick_distinct(const Table *table, const size_t *columns, size_t ncolumns,
                     Err *err) {
  Groups groups;
  Table *narrow = NULL, *out = NULL;
  if (groups_find(table, columns, ncolumns, &groups, err) == 0) {
    size_t n = table->nrows == 0 ? 0 : groups.ngroups;
    narrow = table_select(table, columns, ncolumns, NULL, err);
    if (narrow != NULL) out = table_gather(narrow, groups.first, n, err);
  }
  table_unref(narrow);
  groups_free(&groups);
  return out;
}
