/* The rows of the table are brought into the order of the tree of groups:
   groups of every floor are numbered by first appearance, and one counting
   sort a floor, the innermost first, puts parts beside each other. One walk
   then adds each row to the open group of every floor that is shown, and
   closes groups where their number changes. Cost: rows times floors; memory:
   four bytes for each of these, and the result. */
#include "verbs/variance.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "verbs/group.h"
#include "verbs/variance_work.h"

/* A group that is open: by side (0 base, 1 actual) and kind (0 expense). */
typedef struct Sums {
  Int128 exact[2][2];
  double real[2][2];
  size_t values[2]; /* of each side */
  size_t lines[2];  /* of each kind, also without a value */
} Sums;

typedef struct Work {
  const Table *table;
  const VarianceSpec *spec;
  const Column *sides[2];
  Groups *floors; /* floors[k]: by the first k keys; not 0, nor those
                     between depth and nkeys */
  size_t *order;  /* of the table's rows */
  Sums *sums;     /* by level, 0 .. depth */
  VarianceRows rows;
} Work;

static bool is_shown(const VarianceSpec *spec, size_t level) {
  return level == spec->depth || spec->rollup || (level == 0 && spec->total);
}

static uint32_t group_at(const Work *work, size_t level, size_t row) {
  return work->floors[level].of_row[row];
}

/* ---- the order of the tree ---- */

static int find_floors(Work *work, Err *err) {
  const VarianceSpec *spec = work->spec;
  work->floors = mem_array(spec->nkeys + 1, sizeof *work->floors);
  if (work->floors == NULL) return err_memory(err);
  for (size_t k = 1; k <= spec->nkeys; k++) {
    if (k > spec->depth && k < spec->nkeys) continue;
    if (groups_find(work->table, spec->keys, k, &work->floors[k], err) != 0)
      return -1;
  }
  return 0;
}

/* Stable: sort the rows by their group on a floor. */
static void sort_by_floor(Work *work, size_t level, size_t *next,
                          size_t *sorted) {
  const Groups *floor = &work->floors[level];
  size_t n = work->table->nrows;
  memset(next, 0, (floor->ngroups + 1) * sizeof *next);
  for (size_t i = 0; i < n; i++) next[floor->of_row[i] + 1]++;
  for (size_t g = 0; g < floor->ngroups; g++) next[g + 1] += next[g];
  for (size_t i = 0; i < n; i++)
    sorted[next[floor->of_row[work->order[i]]]++] = work->order[i];
  memcpy(work->order, sorted, n * sizeof *sorted);
}

static int sort_rows(Work *work, Err *err) {
  size_t n = work->table->nrows;
  work->order = mem_array(n, sizeof *work->order);
  size_t *next = mem_array(n + 2, sizeof *next);
  size_t *sorted = mem_array(n, sizeof *sorted);
  bool has_room = work->order && next && sorted;
  for (size_t i = 0; has_room && i < n; i++) work->order[i] = i;
  for (size_t level = work->spec->depth; has_room && level > 0; level--)
    sort_by_floor(work, level, next, sorted);
  free(next);
  free(sorted);
  return has_room ? 0 : err_memory(err);
}

/* ---- messages ---- */

/* A group as messages call it: "dept 'X', class NA", cut where `out` ends. */
static const char *describe(const Work *work, size_t row, size_t level,
                            const char *fallback, Err *out) {
  out->text[0] = '\0';
  for (size_t k = level; k-- > 0;) {
    size_t at = work->spec->keys[k], len = 0;
    const char *name = work->table->names[at], *text = NULL;
    char scratch[DECIMAL_TEXT_SIZE];
    const char *comma = k + 1 < level ? ", " : "";
    const Column *column = work->table->columns[at];
    if (!column_is_na(column, row))
      text = column_print(column, row, scratch, &len);
    if (text == NULL) err_at(out, "%s NA%s", name, comma);
    else
      err_at(out, "%s '%.*s'%s", name, len > 999 ? 999 : (int)len, text, comma);
  }
  return level == 0 ? fallback : out->text;
}

static int refuse_sum(const Work *work, size_t row, size_t level, size_t side,
                      Err *err) {
  Err place;
  return err_set(err, ERR_DATA, "%s: the sum of '%s' does not fit in 64 bits",
                 describe(work, row, level, "the total", &place),
                 work->spec->names[side]);
}

/* Lines of one group that are of both kinds would have a sum without any
   meaning, whatever is shown. */
static int check_kinds(const Work *work, Err *err) {
  const VarianceSpec *spec = work->spec;
  if (spec->revenue == NULL || spec->net) return 0;
  size_t n = work->table->nrows, level = spec->nkeys;
  size_t ngroups = level == 0 ? 1 : work->floors[level].ngroups;
  unsigned char *seen = mem_array(ngroups, 1);
  if (seen == NULL) return err_memory(err);
  size_t row = 0;
  for (; row < n; row++) {
    unsigned char *kinds = &seen[level == 0 ? 0 : group_at(work, level, row)];
    *kinds |= spec->revenue->bools[row] ? 2 : 1;
    if (*kinds == 3) break;
  }
  free(seen);
  if (row == n) return 0;
  Err place;
  return err_set(err, ERR_DATA,
                 "%s has revenue and expense: add the kind's column to --by, "
                 "or ask for revenue minus expense with --net",
                 describe(work, row, level, "the table", &place));
}

/* ---- sums ---- */

static void add_cell(Sums *sums, size_t side, size_t kind, const Column *column,
                     size_t row, bool is_negated) {
  sums->values[side]++;
  if (column->type == COLUMN_REAL) {
    double value = column->reals[row];
    sums->real[side][kind] += is_negated ? -value : value;
  } else {
    Int128 value = column->ints[row];
    sums->exact[side][kind] += is_negated ? -value : value;
  }
}

static void add_row(Work *work, size_t row) {
  const VarianceSpec *spec = work->spec;
  bool is_revenue =
      spec->revenue ? spec->revenue->bools[row] : spec->is_revenue;
  for (size_t level = 0; level <= spec->depth; level++) {
    if (!is_shown(spec, level)) continue;
    Sums *sums = &work->sums[level];
    sums->lines[is_revenue]++;
    for (size_t side = 0; side < 2; side++) {
      const Column *column = work->sides[side];
      bool is_other = spec->side && spec->side->ints[row] != (int64_t)side + 1;
      if (is_other || column_is_na(column, row)) continue;
      add_cell(sums, side, is_revenue, column, row, spec->flip && !is_revenue);
    }
  }
}

/* One side of a group as the result has it: 0, or -1 when it does not fit. */
static int finish_side(const Work *work, const Sums *sums, size_t side,
                       VariancePair *pair) {
  const VarianceRows *rows = &work->rows;
  const Column *column = work->sides[side];
  pair->there[side] = sums->values[side] > 0;
  bool is_net = pair->kind == VARIANCE_NET;
  if (column->type == COLUMN_REAL) {
    const double *sum = sums->real[side];
    pair->real[side] = is_net ? sum[1] - sum[0] : sum[0] + sum[1];
    return 0;
  }
  const Int128 *part = sums->exact[side];
  Int128 sum = is_net ? part[1] - part[0] : part[0] + part[1];
  Decimal value;
  if (decimal_from_int128(sum, column->scale, &value) != 0) return -1;
  if (rows->is_real) pair->real[side] = decimal_to_double(value);
  else if (decimal_rescale(value, rows->scale, ROUND_HALF_EVEN, &value) != 0)
    return -1;
  pair->exact[side] = value.num;
  return 0;
}

static VarianceKind kind_of(const Work *work, const Sums *sums) {
  if (sums->lines[0] > 0 && sums->lines[1] > 0)
    return work->spec->net ? VARIANCE_NET : VARIANCE_MIXED;
  return sums->lines[1] > 0 ? VARIANCE_REVENUE : VARIANCE_EXPENSE;
}

/* The group of `row` on a level is complete. */
static int close_group(Work *work, size_t level, size_t row, Err *err) {
  VarianceRows *rows = &work->rows;
  Sums *sums = &work->sums[level];
  VariancePair pair = {.kind = kind_of(work, sums)};
  size_t at = rows->n++;
  bool shown = is_shown(work->spec, level);
  rows->row[at] = row;
  rows->levels[at] = (int64_t)level;
  rows->is_mixed[at] = shown && pair.kind == VARIANCE_MIXED;
  if (!shown || rows->is_mixed[at]) {
    *sums = (Sums){0};
    return variance_judge(rows, at, NULL, work->spec, err);
  }
  for (size_t side = 0; side < 2; side++)
    if (finish_side(work, sums, side, &pair) != 0)
      return refuse_sum(work, row, level, side, err);
  *sums = (Sums){0};
  int status = variance_judge(rows, at, &pair, work->spec, err);
  if (status <= 0) return status;
  Err place;
  return err_set(err, ERR_DATA, "%s: '%s' less '%s' does not fit in 64 bits",
                 describe(work, row, level, "the total", &place),
                 work->spec->names[1], work->spec->names[0]);
}

/* Close the groups of a row that go on up to level `last` at least. */
static int close_groups(Work *work, size_t last, size_t row, Err *err) {
  for (size_t level = work->spec->depth; level >= last && level > 0; level--)
    if (is_shown(work->spec, level) && close_group(work, level, row, err) != 0)
      return -1;
  return 0;
}

static int walk(Work *work, Err *err) {
  size_t n = work->table->nrows, depth = work->spec->depth;
  for (size_t i = 0; i < n; i++) {
    size_t row = work->order[i], before = i > 0 ? work->order[i - 1] : row;
    size_t level = 1;
    while (level <= depth &&
           group_at(work, level, row) == group_at(work, level, before))
      level++;
    if (close_groups(work, level, before, err) != 0) return -1;
    add_row(work, row);
  }
  size_t last = n > 0 ? work->order[n - 1] : SIZE_MAX;
  if (n > 0 && close_groups(work, 1, last, err) != 0) return -1;
  return close_group(work, 0, last, err);
}

/* ---- the result ---- */

static int open_rows(Work *work, Err *err) {
  const VarianceSpec *spec = work->spec;
  VarianceRows *rows = &work->rows;
  size_t most = 1;
  for (size_t level = 1; level <= spec->depth; level++)
    if (is_shown(spec, level)) most += work->floors[level].ngroups;
  for (size_t side = 0; side < 2; side++) {
    const Column *column = work->sides[side];
    rows->is_real = rows->is_real || column->type == COLUMN_REAL;
    if (column->scale > rows->scale) rows->scale = column->scale;
  }
  work->sums = mem_array(spec->depth + 1, sizeof *work->sums);
  if (work->sums == NULL) return err_memory(err);
  return variance_rows_open(rows, most, err);
}

/* Key k of every row; `from` is scratch for all of them. */
static Column *key_column(const Work *work, size_t k, size_t *from, Err *err) {
  const VarianceRows *rows = &work->rows;
  const Column *key = work->table->columns[work->spec->keys[k]];
  for (size_t i = 0; i < rows->n; i++)
    from[i] = (int64_t)k < rows->levels[i] ? rows->row[i] : SIZE_MAX;
  Column *out = column_gather(key, from, rows->n, err);
  if (out == NULL || out->type != COLUMN_PERIOD) return out;
  Column *text = column_cast(out, COLUMN_TEXT, 0, err);
  column_unref(out);
  return text;
}

static Column *level_column(const VarianceRows *rows, Err *err) {
  Column *level = column_new(COLUMN_INT, rows->n, err);
  if (level != NULL)
    memcpy(level->ints, rows->levels, rows->n * sizeof *level->ints);
  return level;
}

/* All rows, in the order in which they were closed. */
static Table *all_rows(Work *work, Err *err) {
  VarianceRows *rows = &work->rows;
  size_t nkeys = work->spec->nkeys, ncols = nkeys + NFIELDS + 1, made = 0;
  Table *out = NULL;
  Column **columns = mem_array(ncols, sizeof *columns);
  const char **names = mem_array(ncols, sizeof *names);
  size_t *from = mem_array(rows->n, sizeof *from);
  bool failed = columns == NULL || names == NULL || from == NULL;
  if (failed) err_memory(err);
  for (size_t i = 0; !failed && i < ncols; i++) {
    bool is_key = i < nkeys, is_level = i == ncols - 1;
    if (is_level && !work->spec->with_level) break;
    size_t f = is_key ? 0 : i - nkeys;
    columns[i] = is_key     ? key_column(work, i, from, err)
                 : is_level ? level_column(rows, err)
                            : column_ref(rows->fields[f]);
    names[i] = is_key     ? work->table->names[work->spec->keys[i]]
               : is_level ? "level"
                          : variance_field_names[f];
    failed = columns[i] == NULL;
    made = i + 1;
  }
  if (!failed) out = table_new(rows->n, made, names, columns, err);
  for (size_t i = 0; columns != NULL && i < made; i++) column_unref(columns[i]);
  free(columns);
  free(names);
  free(from);
  return out;
}

static void cut_fields(VarianceRows *rows) {
  for (VarianceField f = 0; f < NFIELDS; f++) rows->fields[f]->nrows = rows->n;
}

static Table *shown_rows(Work *work, VarianceNotes *notes, Err *err) {
  VarianceRows *rows = &work->rows;
  cut_fields(rows);
  size_t *order = mem_array(rows->n, sizeof *order);
  if (order == NULL) return err_memory(err), NULL;
  Table *out = NULL, *all = all_rows(work, err);
  if (all != NULL) {
    size_t n = variance_order(all, rows->levels, rows->is_mixed, work->spec,
                              notes, order, err);
    if (n != SIZE_MAX) out = table_gather(all, order, n, err);
  }
  table_unref(all);
  free(order);
  return out;
}

static void free_floors(Work *work) {
  for (size_t k = 1; work->floors != NULL && k <= work->spec->nkeys; k++)
    groups_free(&work->floors[k]);
  free(work->floors);
  free(work->order);
  free(work->sums);
  work->floors = NULL;
  work->order = NULL;
  work->sums = NULL;
}

Table *variance(const Table *table, const VarianceSpec *spec,
                VarianceNotes *notes, Err *err) {
  Work work = {
      .table = table,
      .spec = spec,
      .sides = {table->columns[spec->base], table->columns[spec->actual]}};
  Table *out = NULL;
  *notes = (VarianceNotes){0};
  bool done = find_floors(&work, err) == 0 && check_kinds(&work, err) == 0 &&
              sort_rows(&work, err) == 0 && open_rows(&work, err) == 0 &&
              walk(&work, err) == 0;
  free_floors(&work); /* before there is a second copy of the rows */
  if (done) out = shown_rows(&work, notes, err);
  variance_rows_close(&work.rows);
  return out;
}
