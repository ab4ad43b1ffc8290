/* Three sorts of summaries: additive (sum, mean, share: a sum and a count),
   counting, and choosing (min, max, first, last: a cell, and of the first and
   the last its place). What is asked for over all groups is kept as that of
   group 0. */
#include "verbs/item_totals.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "verbs/batch_filter.h"
#include "verbs/expr_tree.h"
#include "verbs/ratio.h"

static bool is_additive(AggregateKind kind) {
  return kind == AGGREGATE_SUM || kind == AGGREGATE_MEAN ||
         kind == AGGREGATE_SHARE;
}

static bool is_choosing(AggregateKind kind) {
  return kind >= AGGREGATE_MIN && kind <= AGGREGATE_LAST;
}

static bool has_places(AggregateKind kind) {
  return kind == AGGREGATE_FIRST || kind == AGGREGATE_LAST;
}

/* The type of the values, from an expression tried on a row of NA. */
static int find_type(ItemTotals *totals, const BatchSource *source, Err *err) {
  const ExprHost host = view_probe_host();
  Table *probe = view_probe(source, err);
  if (probe == NULL) return -1;
  Column *column = expr_eval(totals->item->of, probe, &host, err);
  table_unref(probe);
  if (column == NULL) return -1;
  totals->type = column->type;
  totals->scale = column->scale;
  totals->period = column->period;
  column_unref(column);
  return 0;
}

int totals_open(ItemTotals *totals, const Summary *item,
                const BatchSource *source, Err *err) {
  *totals = (ItemTotals){.item = item};
  if (item->of == NULL) return 0;
  totals->columns = batch_columns_of(item->of, source, &totals->ncolumns, err);
  if (totals->columns == NULL) return -1;
  return find_type(totals, source, err);
}

void totals_close(ItemTotals *totals) {
  free(totals->columns);
  free(totals->sums);
  free(totals->counts);
  free(totals->cells);
  free(totals->places);
  dict_unref(totals->dict);
  *totals = (ItemTotals){0};
}

/* A longer array whose new things are zero; NULL without memory. */
static void *longer(void *block, size_t old, size_t n, size_t size) {
  char *bigger = mem_resize(block, n, size);
  if (bigger != NULL) memset(bigger + old * size, 0, (n - old) * size);
  return bigger;
}

int totals_fit(ItemTotals *totals, size_t ngroups, Err *err) {
  if (totals->item->overall) ngroups = 1;
  if (ngroups <= totals->room) return 0;
  size_t old = totals->room, n = ngroups < 64 ? 64 : ngroups * 2;
  AggregateKind kind = totals->item->kind;
  void *counts = longer(totals->counts, old, n, sizeof *totals->counts);
  if (counts == NULL) return err_memory(err);
  totals->counts = counts;
  if (is_additive(kind)) {
    void *sums = longer(totals->sums, old, n, sizeof *totals->sums);
    if (sums == NULL) return err_memory(err);
    totals->sums = sums;
  }
  if (is_choosing(kind)) {
    void *cells = longer(totals->cells, old, n, sizeof *totals->cells);
    if (cells == NULL) return err_memory(err);
    totals->cells = cells;
  }
  if (has_places(kind)) {
    void *places = longer(totals->places, old, n, sizeof *totals->places);
    if (places == NULL) return err_memory(err);
    totals->places = places;
  }
  totals->room = n;
  return 0;
}

/* ---- feeding ---- */

/* The values that the rows add: a vector, and whether it is by position in
   the batch. */
typedef struct Values {
  BatchVector vector;
  Column *computed; /* one reference, or NULL */
} Values;

static int as_computed(ItemTotals *totals, BatchView *view,
                       const ExprHost *host, Values *out, Err *err) {
  const Table *table = view_table(view, totals->columns, totals->ncolumns, err);
  if (table == NULL) return -1;
  Column *column = expr_eval(totals->item->of, table, host, err);
  if (column == NULL) return -1;
  *out = (Values){.computed = column};
  bool same = column->type == totals->type && column->scale == totals->scale;
  if (!same && column_count_na(column) < column->nrows)
    return *err = (Err){.code = ERR_USE}, -1; /* summarise has the words */
  out->vector = (BatchVector){.data = column->data, .valid = column->valid};
  return 0;
}

static int get_values(ItemTotals *totals, BatchView *view, const ExprHost *host,
                      Values *out, Err *err) {
  *out = (Values){0};
  if (totals->item->of->op != EXPR_COLUMN)
    return as_computed(totals, view, host, out, err);
  const BatchVector *vector = view_get(view, totals->columns[0], err);
  if (vector == NULL) return -1;
  out->vector = *vector;
  if (vector->dict == NULL || vector->dict == totals->dict) return 0;
  dict_unref(totals->dict);
  totals->dict = dict_ref((Dict *)vector->dict);
  return 0;
}

static inline int64_t cell_of(const ItemTotals *totals,
                              const BatchVector *vector, size_t row) {
  if (vector->values != NULL) return vector->values[vector->codes[row]];
  if (totals->type == COLUMN_TEXT) return vector->codes[row];
  if (totals->type == COLUMN_BOOL) return vector->bools[row];
  return vector->ints[row];
}

/* The usual case by itself: plain integers, none missing. */
static void add_plain(ItemTotals *totals, const int64_t *cells,
                      const uint32_t *rows, size_t n, const uint32_t *groups) {
  for (size_t i = 0; i < n; i++) {
    totals->sums[groups[i]] += cells[rows == NULL ? i : rows[i]];
    totals->counts[groups[i]]++;
  }
}

static void add_values(ItemTotals *totals, const BatchVector *vector,
                       const uint32_t *rows, size_t n, const uint32_t *groups) {
  bool counting = totals->item->kind == AGGREGATE_COUNT;
  if (!counting && vector->valid == NULL && vector->values == NULL) {
    add_plain(totals, vector->ints, rows, n, groups);
    return;
  }
  for (size_t i = 0; i < n; i++) {
    size_t row = rows == NULL ? i : rows[i];
    if (vector_is_na(vector, row)) continue;
    totals->counts[groups[i]]++;
    if (!counting) totals->sums[groups[i]] += cell_of(totals, vector, row);
  }
}

static int compare_texts(const char *a, size_t alen, const char *b,
                         size_t blen) {
  int order = memcmp(a, b, alen < blen ? alen : blen);
  return order != 0 ? order : (alen > blen) - (alen < blen);
}

/* Order of two cells; the text of `a` is in `dict`, that of `b` in ours. */
static int compare_cells(const ItemTotals *totals, int64_t a, const Dict *dict,
                         int64_t b) {
  if (totals->type != COLUMN_TEXT) return (a > b) - (a < b);
  if (dict == totals->dict && a == b) return 0;
  size_t alen, blen;
  const char *x = dict_text(dict, (uint32_t)a, &alen);
  const char *y = dict_text(totals->dict, (uint32_t)b, &blen);
  return compare_texts(x, alen, y, blen);
}

/* Does a cell at `place` win against the group's? */
static bool wins(const ItemTotals *totals, size_t group, int64_t cell,
                 const Dict *dict, uint64_t place) {
  if (totals->counts[group] == 0) return true;
  switch (totals->item->kind) {
    case AGGREGATE_FIRST: return place < totals->places[group];
    case AGGREGATE_LAST: return place > totals->places[group];
    case AGGREGATE_MIN:
      return compare_cells(totals, cell, dict, totals->cells[group]) < 0;
    default: return compare_cells(totals, cell, dict, totals->cells[group]) > 0;
  }
}

static inline size_t group_of(const uint32_t *groups, size_t i) {
  return groups == NULL ? 0 : groups[i];
}

/* The least or largest of n plain integers, at least 1, and the one before. */
static inline void choose_overall(ItemTotals *totals, const int64_t *cells,
                                  const uint32_t *rows, size_t n,
                                  bool largest) {
  bool any = totals->counts[0] != 0;
  int64_t best = any ? totals->cells[0] : cells[rows == NULL ? 0 : rows[0]];
  for (size_t i = 0; i < n; i++) {
    int64_t cell = cells[rows == NULL ? i : rows[i]];
    if (largest ? cell > best : cell < best) best = cell;
  }
  totals->cells[0] = best;
  totals->counts[0] = 1;
}

/* The least or largest of plain integers, where the place does not matter.
   A count only tells that there is one: a group's cell is rarely written to,
   so that no row waits for the one before. */
static inline void choose_extreme(ItemTotals *totals, const int64_t *cells,
                                  const uint32_t *rows, size_t n,
                                  const uint32_t *groups, bool largest) {
  int64_t *best = totals->cells;
  int64_t *counts = totals->counts;
  for (size_t i = 0; i < n; i++) {
    uint32_t group = groups[i];
    int64_t cell = cells[rows == NULL ? i : rows[i]];
    bool better = largest ? cell > best[group] : cell < best[group];
    if (!better && counts[group] != 0) continue;
    best[group] = cell;
    counts[group] = 1;
  }
}

static void choose_plain(ItemTotals *totals, const int64_t *cells,
                         const uint32_t *rows, size_t n,
                         const uint32_t *groups) {
  bool largest = totals->item->kind == AGGREGATE_MAX;
  if (groups == NULL && largest) choose_overall(totals, cells, rows, n, true);
  else if (groups == NULL) choose_overall(totals, cells, rows, n, false);
  else if (largest) choose_extreme(totals, cells, rows, n, groups, true);
  else choose_extreme(totals, cells, rows, n, groups, false);
}

static void choose_cells(ItemTotals *totals, const BatchVector *vector,
                         uint64_t order, const uint32_t *rows, size_t n,
                         const uint32_t *groups) {
  AggregateKind kind = totals->item->kind;
  bool is_plain =
      (totals->type == COLUMN_INT || totals->type == COLUMN_DECIMAL ||
       totals->type == COLUMN_PERIOD) &&
      vector->valid == NULL && vector->values == NULL;
  if (is_plain && (kind == AGGREGATE_MIN || kind == AGGREGATE_MAX)) {
    choose_plain(totals, vector->ints, rows, n, groups);
    return;
  }
  for (size_t i = 0; i < n; i++) {
    size_t row = rows == NULL ? i : rows[i];
    if (vector_is_na(vector, row)) continue;
    size_t group = group_of(groups, i);
    int64_t cell = cell_of(totals, vector, row);
    if (wins(totals, group, cell, totals->dict, order + row)) {
      totals->cells[group] = cell;
      if (has_places(kind)) totals->places[group] = order + row;
    }
    totals->counts[group]++;
  }
}

int totals_feed(ItemTotals *totals, BatchView *view, const ExprHost *host,
                const uint32_t *rows, size_t n, const uint32_t *groups,
                Err *err) {
  if (totals->item->of == NULL) {
    for (size_t i = 0; i < n; i++) totals->counts[groups[i]]++;
    return 0;
  }
  Values values;
  int status = get_values(totals, view, host, &values, err);
  if (totals->item->overall) groups = NULL;
  if (status == 0) {
    if (is_choosing(totals->item->kind))
      choose_cells(totals, &values.vector, view->order, rows, n, groups);
    else add_values(totals, &values.vector, rows, n, groups);
  }
  column_unref(values.computed);
  return status;
}

/* ---- merging ---- */

/* `cell` of `from`, as a cell of `into` (text: a code of its dictionary). */
static int take_cell(ItemTotals *into, const ItemTotals *from, int64_t cell,
                     int64_t *out, Err *err) {
  *out = cell;
  if (into->type != COLUMN_TEXT) return 0;
  size_t len;
  const char *text = dict_text(from->dict, (uint32_t)cell, &len);
  uint32_t code = dict_add(into->dict, text, len, err);
  *out = code;
  return code == DICT_NONE ? -1 : 0;
}

int totals_merge(ItemTotals *into, const ItemTotals *from,
                 const uint32_t *groups, size_t n, Err *err) {
  bool chooses = is_choosing(into->item->kind);
  if (chooses && into->type == COLUMN_TEXT && into->dict == NULL)
    into->dict = dict_new(err);
  if (chooses && into->type == COLUMN_TEXT && into->dict == NULL) return -1;
  if (into->item->overall) groups = NULL;
  if (groups == NULL && n > 1) n = 1;
  if (n > from->room) n = from->room; /* no row ever came */
  for (size_t i = 0; i < n; i++) {
    size_t group = group_of(groups, i);
    if (from->counts[i] == 0) continue;
    uint64_t place = from->places == NULL ? 0 : from->places[i];
    if (chooses && wins(into, group, from->cells[i], from->dict, place)) {
      if (take_cell(into, from, from->cells[i], &into->cells[group], err) != 0)
        return -1;
      if (into->places != NULL) into->places[group] = place;
    }
    if (into->sums != NULL) into->sums[group] += from->sums[i];
    into->counts[group] += from->counts[i];
  }
  return 0;
}

/* ---- the result ---- */

static Column *new_column(const ItemTotals *totals, size_t n, Err *err) {
  ColumnType type = totals->type;
  switch (totals->item->kind) {
    case AGGREGATE_COUNT: type = COLUMN_INT; break;
    case AGGREGATE_MEAN: type = COLUMN_REAL; break;
    case AGGREGATE_SHARE: type = COLUMN_DECIMAL; break;
    default: break;
  }
  Column *out = column_new(type, n, err);
  if (out == NULL) return NULL;
  out->period = totals->period;
  if (totals->item->kind == AGGREGATE_SHARE) out->scale = RATIO_PERCENT_SCALE;
  else if (type == COLUMN_DECIMAL) out->scale = totals->scale;
  return out;
}

static int put_chosen(const ItemTotals *totals, size_t group, Column *out,
                      size_t row, Err *err) {
  int64_t cell = totals->cells[group];
  size_t len;
  const char *text;
  switch (out->type) {
    case COLUMN_TEXT:
      text = dict_text(totals->dict, (uint32_t)cell, &len);
      out->codes[row] = dict_add(out->dict, text, len, err);
      return out->codes[row] == DICT_NONE ? -1 : 0;
    case COLUMN_BOOL: out->bools[row] = cell != 0; return 0;
    default: out->ints[row] = cell; return 0;
  }
}

static int put_value(const ItemTotals *totals, Int128 whole, size_t group,
                     Column *out, size_t row, Err *err) {
  AggregateKind kind = totals->item->kind;
  bool empty = group >= totals->room || totals->counts[group] == 0;
  if (kind == AGGREGATE_COUNT) {
    out->ints[row] = empty ? 0 : totals->counts[group];
    return 0;
  }
  if (empty) return column_set_na(out, row, err);
  if (is_choosing(kind)) return put_chosen(totals, group, out, row, err);
  Int128 sum = totals->sums[group];
  Decimal value;
  if (kind == AGGREGATE_MEAN) {
    Int128 parts = (Int128)totals->counts[group] * pow10_int64(totals->scale);
    out->reals[row] = ratio(sum, parts);
  } else if (kind == AGGREGATE_SHARE) {
    if (!ratio_percent(sum, whole, &out->ints[row]))
      return column_set_na(out, row, err);
  } else if (decimal_from_int128(sum, out->scale, &value) == 0) {
    out->ints[row] = value.num;
  } else {
    return err_set(err, ERR_LIMIT, "the sum does not fit in 64 bits");
  }
  return 0;
}

Column *totals_column(const ItemTotals *totals, const uint32_t *order, size_t n,
                      Err *err) {
  Column *out = new_column(totals, n, err);
  if (out == NULL) return NULL;
  Int128 whole = 0;
  if (totals->sums != NULL)
    for (size_t g = 0; g < n && g < totals->room; g++) whole += totals->sums[g];
  for (size_t row = 0; row < n; row++) {
    size_t group = totals->item->overall ? 0 : order[row];
    if (put_value(totals, whole, group, out, row, err) == 0) continue;
    column_unref(out);
    return NULL;
  }
  return out;
}
