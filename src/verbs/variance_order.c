/* Parts stand right before their sum, so that the rows of a subtree are a run
   that ends with its root, and children are found by stepping back over whole
   subtrees. */
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/sort.h"
#include "verbs/variance_work.h"

typedef struct Order {
  const Table *table;
  const int64_t *levels;
  const bool *is_mixed;
  const VarianceSpec *spec;
  VarianceNotes *notes;
  const Column *key; /* to sort by; NULL: as they are */
  size_t *sizes;     /* rows of the subtree that ends here */
  bool *is_chosen;   /* of the rows at `depth` */
  size_t *list;      /* children of the rows on the way down */
  size_t *spare;     /* for merging */
  size_t *out;
  size_t nout;
} Order;

static uint64_t magnitude(int64_t value) {
  return value < 0 ? -(uint64_t)value : (uint64_t)value;
}

/* Smaller sizes first. */
static int compare_sizes(const Column *key, size_t a, size_t b) {
  if (key->type == COLUMN_REAL) {
    double x = fabs(key->reals[a]), y = fabs(key->reals[b]);
    return (x > y) - (x < y);
  }
  uint64_t x = magnitude(key->ints[a]), y = magnitude(key->ints[b]);
  return (x > y) - (x < y);
}

/* Missing ones last either way. */
static int compare(const void *data, size_t a, size_t b) {
  const Order *order = data;
  const Column *key = order->key;
  bool na_a = column_is_na(key, a), na_b = column_is_na(key, b);
  if (na_a || na_b) return na_a - na_b;
  if (order->spec->sort == VARIANCE_BY_SIZE) return compare_sizes(key, b, a);
  int result = column_compare(key, a, key, b);
  return order->spec->descending ? -result : result;
}

static void sort(const Order *order, size_t *rows, size_t n) {
  if (order->key != NULL) sort_stable(rows, n, order->spare, compare, order);
}

static void measure(Order *order) {
  for (size_t i = 0; i < order->table->nrows; i++) {
    size_t size = 1;
    while (size <= i && order->levels[i - size] > order->levels[i])
      size += order->sizes[i - size];
    order->sizes[i] = size;
  }
}

/* Put a row out, unless it has no sum. */
static void show(Order *order, size_t row) {
  if (order->is_mixed[row]) order->notes->mixed = true;
  else order->out[order->nout++] = row;
}

/* The rows below `row` and itself, its children from `first` in the list;
   false when none below is shown. */
static bool emit(Order *order, size_t row, size_t first) {
  if ((size_t)order->levels[row] == order->spec->depth) {
    if (order->is_chosen[row]) show(order, row);
    return order->is_chosen[row];
  }
  size_t n = 0;
  for (size_t back = 1; back < order->sizes[row];) {
    order->list[first + n++] = row - back;
    back += order->sizes[row - back];
  }
  for (size_t i = 0; i < n / 2; i++) { /* they were found from behind */
    size_t *a = &order->list[first + i], *b = &order->list[first + n - 1 - i];
    size_t swapped = *a;
    *a = *b;
    *b = swapped;
  }
  sort(order, order->list + first, n);
  bool any = false;
  for (size_t i = 0; i < n; i++)
    any = emit(order, order->list[first + i], first + n) || any;
  if (any && order->levels[row] > 0) show(order, row);
  return any;
}

/* What the rows that are left out vary by together. */
typedef struct Hidden {
  Int128 exact;
  double real;
} Hidden;

static void hide(Order *order, const Column *variance, size_t row,
                 Hidden *hidden) {
  if (column_is_na(variance, row)) return;
  order->notes->hidden++;
  if (variance->type == COLUMN_REAL) hidden->real += variance->reals[row];
  else hidden->exact += variance->ints[row];
}

/* The first `top` of the rows at `depth`. */
static void choose(Order *order) {
  const Table *table = order->table;
  ptrdiff_t at = table_find(table, "variance");
  const Column *variance = table->columns[at];
  VarianceNotes *notes = order->notes;
  Hidden hidden = {0};
  for (size_t row = 0; row < table->nrows; row++)
    if ((size_t)order->levels[row] == order->spec->depth)
      order->list[notes->nodes++] = row;
  sort(order, order->list, notes->nodes);
  for (size_t i = 0; i < notes->nodes; i++) {
    order->is_chosen[order->list[i]] = i < order->spec->top;
    if (i >= order->spec->top) hide(order, variance, order->list[i], &hidden);
  }
  notes->is_real = variance->type == COLUMN_REAL;
  notes->hidden_real = hidden.real;
  notes->hidden_fits =
      notes->is_real || decimal_from_int128(hidden.exact, variance->scale,
                                            &notes->hidden_exact) == 0;
}

static bool has_no_share(const Table *table, size_t row) {
  const Column *base = table->columns[table_find(table, "base")];
  const Column *rate = table->columns[table_find(table, "rate_pct")];
  if (column_is_na(base, row) || !column_is_na(rate, row)) return false;
  return base->type == COLUMN_REAL ? base->reals[row] != 0
                                   : base->ints[row] != 0;
}

static const char *key_name(const VarianceSpec *spec) {
  if (spec->sort == VARIANCE_BY_COLUMN) return spec->by;
  return spec->sort == VARIANCE_BY_SIZE ? "variance" : NULL;
}

static int set_key(Order *order, Err *err) {
  const char *name = key_name(order->spec);
  if (name == NULL) return 0;
  ptrdiff_t at = table_need(order->table, name, err);
  if (at < 0) return -1;
  order->key = order->table->columns[at];
  return 0;
}

static void run(Order *order) {
  const VarianceSpec *spec = order->spec;
  size_t root = order->table->nrows - 1;
  measure(order);
  choose(order);
  emit(order, root, 0);
  bool wants_total = spec->total || spec->rollup;
  if (wants_total && spec->depth > 0) show(order, root);
  for (size_t i = 0; i < order->nout; i++)
    if (has_no_share(order->table, order->out[i]))
      order->notes->no_share = true;
}

size_t variance_order(const Table *table, const int64_t *levels,
                      const bool *is_mixed, const VarianceSpec *spec,
                      VarianceNotes *notes, size_t *order, Err *err) {
  size_t n = table->nrows, shown = SIZE_MAX;
  Order work = {.table = table,
                .levels = levels,
                .is_mixed = is_mixed,
                .spec = spec,
                .notes = notes,
                .out = order};
  work.sizes = mem_array(n, sizeof *work.sizes);
  work.is_chosen = mem_array(n, sizeof *work.is_chosen);
  work.list = mem_array(n, sizeof *work.list);
  work.spare = mem_array(n, sizeof *work.spare);
  if (!work.sizes || !work.is_chosen || !work.list || !work.spare) {
    err_memory(err);
  } else if (set_key(&work, err) == 0) {
    run(&work);
    shown = work.nout;
  }
  free(work.sizes);
  free(work.is_chosen);
  free(work.list);
  free(work.spare);
  return shown;
}
