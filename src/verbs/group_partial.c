/* The totals of an item lie in arrays by group. A chosen cell (min, max,
   first, last) is kept with the place it comes from, so that merging gives
   the same cell as one pass over all rows. */
#include "verbs/group_partial.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "verbs/expr_tree.h"
#include "verbs/item_totals.h"

static bool is_partial_kind(AggregateKind kind) {
  return kind <= AGGREGATE_LAST || kind == AGGREGATE_SHARE;
}

static bool fits_item(const Summary *item, const Table *probe) {
  const ExprHost host = view_probe_host();
  Err ignored;
  if (!is_partial_kind(item->kind)) return false;
  if (item->of == NULL) return item->kind == AGGREGATE_COUNT;
  Column *column = expr_eval(item->of, probe, &host, &ignored);
  if (column == NULL) return false;
  bool fits = item->kind == AGGREGATE_COUNT;
  if (!fits && column->type != COLUMN_REAL)
    fits = !aggregate_needs_number(item->kind) || column_is_number(column);
  /* A text that is computed lies in a dictionary of its batch. */
  if (column->type == COLUMN_TEXT && item->of->op != EXPR_COLUMN)
    fits = item->kind == AGGREGATE_COUNT;
  column_unref(column);
  return fits;
}

bool partial_can(const BatchSource *source, const ScanPlan *plan) {
  Err ignored;
  for (size_t k = 0; k < plan->nkeys; k++) {
    if (source->columns[plan->keys[k]].type == COLUMN_REAL) return false;
    for (size_t i = 0; i < k; i++)
      if (plan->keys[i] == plan->keys[k]) return false;
  }
  Table *probe = view_probe(source, &ignored);
  bool can = probe != NULL;
  for (size_t i = 0; can && i < plan->nitems; i++)
    can = fits_item(&plan->items[i], probe);
  table_unref(probe);
  return can;
}

int partial_open(GroupPartial *partial, const BatchSource *source,
                 const ScanPlan *plan, const ExprHost *host, Err *err) {
  *partial = (GroupPartial){.source = source, .plan = plan, .host = host};
  partial->dicts = mem_array(plan->nkeys, sizeof(Dict *));
  partial->items = mem_array(plan->nitems, sizeof *partial->items);
  ColumnType *types = mem_array(plan->nkeys, sizeof *types);
  int status = -1;
  if (!partial->dicts || !partial->items || types == NULL) err_memory(err);
  else {
    for (size_t k = 0; k < plan->nkeys; k++)
      types[k] = source->columns[plan->keys[k]].type;
    status = index_open(&partial->index, types, plan->nkeys, err);
  }
  free(types);
  for (size_t i = 0; status == 0 && i < plan->nitems; i++)
    status = totals_open(&partial->items[i], &plan->items[i], source, err);
  return status;
}

void partial_close(GroupPartial *partial) {
  if (partial->plan == NULL) return;
  for (size_t k = 0; partial->dicts != NULL && k < partial->plan->nkeys; k++)
    dict_unref(partial->dicts[k]);
  for (size_t i = 0; partial->items != NULL && i < partial->plan->nitems; i++)
    totals_close(&partial->items[i]);
  index_close(&partial->index);
  free(partial->dicts);
  free(partial->items);
  *partial = (GroupPartial){0};
}

/* ---- feeding ---- */

static void keep_dict(Dict **kept, const Dict *dict) {
  if (*kept == dict) return;
  dict_unref(*kept);
  *kept = dict_ref((Dict *)dict);
}

/* The key vectors of the batch, in `out` (nkeys). */
static int get_keys(GroupPartial *partial, BatchView *view,
                    const BatchVector **out, Err *err) {
  for (size_t k = 0; k < partial->plan->nkeys; k++) {
    out[k] = view_get(view, partial->plan->keys[k], err);
    if (out[k] == NULL) return -1;
    if (out[k]->dict != NULL) keep_dict(&partial->dicts[k], out[k]->dict);
  }
  return 0;
}

int partial_feed(GroupPartial *partial, BatchView *view, const uint32_t *rows,
                 size_t n, Err *err) {
  if (n == 0) return 0;
  size_t nkeys = partial->plan->nkeys;
  const BatchVector **keys = mem_array(nkeys, sizeof *keys);
  if (keys == NULL) return err_memory(err);
  const uint32_t *groups = NULL;
  if (get_keys(partial, view, keys, err) == 0)
    groups = index_feed(&partial->index, keys, rows, n, view->order, NULL, err);
  free(keys);
  if (groups == NULL) return -1;
  for (size_t i = 0; i < partial->plan->nitems; i++) {
    ItemTotals *totals = &partial->items[i];
    if (totals_fit(totals, partial->index.ngroups, err) != 0) return -1;
    if (totals_feed(totals, view, partial->host, rows, n, groups, err) != 0)
      return -1;
  }
  return 0;
}

/* ---- merging ---- */

/* One key of all groups as a vector of plain cells; text codes become those
   of `into`'s dictionary. */
static int unfold_key(GroupPartial *into, const GroupPartial *from, size_t k,
                      BatchVector *out, Err *err) {
  size_t n = from->index.ngroups, nkeys = from->index.nkeys;
  ColumnType type = from->source->columns[from->plan->keys[k]].type;
  uint64_t *valid = mem_array(n / 64 + 1, sizeof *valid);
  void *cells = mem_array(n, column_cell_size(type));
  out->valid = valid;
  out->data = cells;
  if (valid == NULL || cells == NULL) return err_memory(err);
  if (type == COLUMN_TEXT && into->dicts[k] == NULL)
    into->dicts[k] = dict_new(err);
  if (type == COLUMN_TEXT && into->dicts[k] == NULL) return -1;
  for (size_t g = 0; g < n; g++) {
    uint64_t cell = from->index.cells[g * nkeys + k];
    if (from->index.missing[g * nkeys + k]) continue;
    valid[g / 64] |= (uint64_t)1 << (g % 64);
    if (type == COLUMN_TEXT) {
      size_t len;
      const char *text = dict_text(from->dicts[k], (uint32_t)cell, &len);
      uint32_t code = dict_add(into->dicts[k], text, len, err);
      if (code == DICT_NONE) return -1;
      ((uint32_t *)cells)[g] = code;
    } else if (type == COLUMN_BOOL) {
      ((uint8_t *)cells)[g] = cell != 0;
    } else {
      ((int64_t *)cells)[g] = (int64_t)cell;
    }
  }
  out->dict = into->dicts[k];
  out->ncodes = out->dict != NULL ? dict_count(out->dict) : 0;
  return 0;
}

static const uint32_t *merge_groups(GroupPartial *into,
                                    const GroupPartial *from,
                                    BatchVector *cells,
                                    const BatchVector **keys, Err *err) {
  for (size_t k = 0; k < from->index.nkeys; k++) {
    keys[k] = &cells[k];
    if (unfold_key(into, from, k, &cells[k], err) != 0) return NULL;
  }
  return index_feed(&into->index, keys, NULL, from->index.ngroups, 0,
                    from->index.first, err);
}

int partial_merge(GroupPartial *into, const GroupPartial *from, Err *err) {
  size_t n = from->index.ngroups, nkeys = from->index.nkeys;
  BatchVector *cells = mem_array(nkeys, sizeof *cells);
  const BatchVector **keys = mem_array(nkeys, sizeof *keys);
  const uint32_t *groups = NULL;
  if (cells == NULL || keys == NULL) err_memory(err);
  else groups = merge_groups(into, from, cells, keys, err);
  int status = groups == NULL ? -1 : 0;
  for (size_t g = 0; status == 0 && nkeys > 0 && g < n; g++) {
    uint64_t *first = &into->index.first[groups[g]];
    if (from->index.first[g] < *first) *first = from->index.first[g];
  }
  for (size_t i = 0; status == 0 && i < from->plan->nitems; i++) {
    status = totals_fit(&into->items[i], into->index.ngroups, err);
    if (status == 0)
      status = totals_merge(&into->items[i], &from->items[i], groups, n, err);
  }
  for (size_t k = 0; cells != NULL && k < nkeys; k++) {
    free((void *)cells[k].valid);
    free((void *)cells[k].data);
  }
  free(cells);
  free(keys);
  return status;
}

/* ---- the result ---- */

typedef struct Placed {
  uint64_t place;
  uint32_t group;
} Placed;

static int by_place(const void *a, const void *b) {
  uint64_t x = ((const Placed *)a)->place, y = ((const Placed *)b)->place;
  return (x > y) - (x < y);
}

/* The groups in the order of their first places; the caller frees them. */
static uint32_t *order_groups(const GroupIndex *index, Err *err) {
  size_t n = index->ngroups;
  Placed *placed = mem_array(n, sizeof *placed);
  uint32_t *order = mem_array(n, sizeof *order);
  if (placed == NULL || order == NULL) {
    free(placed);
    free(order);
    return err_memory(err), NULL;
  }
  for (size_t g = 0; g < n; g++)
    placed[g] = (Placed){index->first[g], (uint32_t)g};
  qsort(placed, n, sizeof *placed, by_place);
  for (size_t g = 0; g < n; g++) order[g] = placed[g].group;
  free(placed);
  return order;
}

static int put_key(const GroupPartial *partial, size_t k, size_t group,
                   Column *out, size_t row, Err *err) {
  size_t at = group * partial->index.nkeys + k;
  if (partial->index.missing[at]) return column_set_na(out, row, err);
  uint64_t cell = partial->index.cells[at];
  if (out->type == COLUMN_TEXT) {
    size_t len;
    const char *text = dict_text(partial->dicts[k], (uint32_t)cell, &len);
    out->codes[row] = dict_add(out->dict, text, len, err);
    return out->codes[row] == DICT_NONE ? -1 : 0;
  }
  if (out->type == COLUMN_BOOL) out->bools[row] = cell != 0;
  else out->ints[row] = (int64_t)cell;
  return 0;
}

static Column *key_column(const GroupPartial *partial, size_t k,
                          const uint32_t *order, Err *err) {
  const BatchColumn *of = &partial->source->columns[partial->plan->keys[k]];
  Column *out = column_new(of->type, partial->index.ngroups, err);
  if (out == NULL) return NULL;
  out->scale = of->scale;
  out->period = of->period;
  for (size_t row = 0; row < out->nrows; row++) {
    if (put_key(partial, k, order[row], out, row, err) == 0) continue;
    column_unref(out);
    return NULL;
  }
  return out;
}

Table *partial_finish(const GroupPartial *partial, Err *err) {
  const ScanPlan *plan = partial->plan;
  size_t n = plan->nkeys + plan->nitems, made = 0;
  Table *out = NULL;
  uint32_t *order = order_groups(&partial->index, err);
  const char **names = mem_array(n, sizeof *names);
  Column **columns = mem_array(n, sizeof *columns);
  if (order == NULL || names == NULL || columns == NULL) {
    err_memory(err);
    goto done;
  }
  for (; made < n; made++) {
    size_t i = made - plan->nkeys;
    bool is_key = made < plan->nkeys;
    names[made] = is_key ? partial->source->columns[plan->keys[made]].name
                         : plan->items[i].name;
    columns[made] = is_key ? key_column(partial, made, order, err)
                           : totals_column(&partial->items[i], order,
                                           partial->index.ngroups, err);
    if (columns[made] == NULL) goto done;
  }
  out = table_new(partial->index.ngroups, n, names, columns, err);
done:
  for (size_t i = 0; i < made; i++) column_unref(columns[i]);
  free(columns);
  free(names);
  free(order);
  return out;
}
