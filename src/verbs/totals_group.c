/* Each row gets the number of its group by hashing its key cells, column by
   column; the sums of a group are then compared with the rows of totals. */
#include <stdlib.h>

#include "base/mem.h"
#include "verbs/coder.h"
#include "verbs/totals_work.h"

static bool is_amount(const TotalsWork *work, size_t c) {
  for (size_t i = 0; i < work->n; i++)
    if (work->amounts[i] == c) return true;
  return false;
}

static bool is_key(const TotalsWork *work, size_t c) {
  ColumnType type = work->table->columns[c]->type;
  return type != COLUMN_REAL && type != COLUMN_DECIMAL && !is_amount(work, c);
}

/* A cell as a number: 0 for NA. */
static uint64_t cell_of(const Column *column, size_t row, Coder *values) {
  if (column_is_na(column, row)) return 0;
  switch (column->type) {
    case COLUMN_TEXT: return (uint64_t)column->codes[row] + 1;
    case COLUMN_BOOL: return (uint64_t)column->bools[row] + 1;
    default:
      return (uint64_t)coder_add(values, (uint64_t)column->ints[row]) + 1;
  }
}

/* Split the groups further by one column: 0 or -1. */
static int split_groups(const Column *column, uint32_t *groups, size_t *ngroups,
                        Err *err) {
  Coder pairs = {0}, values = {0};
  int status = coder_init(&pairs, 64) | coder_init(&values, 64);
  for (size_t row = 0; status == 0 && row < column->nrows; row++) {
    uint64_t cell = cell_of(column, row, &values);
    groups[row] = coder_add(&pairs, (uint64_t)groups[row] << 32 | cell);
    if (groups[row] == CODER_NONE || cell > UINT32_MAX) status = -1;
  }
  *ngroups = pairs.count;
  coder_free(&pairs);
  coder_free(&values);
  return status == 0 ? 0 : err_memory(err);
}

static bool fits(const TotalsWork *work, size_t row, const Int128 *sums) {
  size_t right = 0, there = 0, counted = 0;
  for (size_t i = 0; i < work->n; i++) {
    bool is_na;
    int64_t value = totals_amount(work, row, i, &is_na);
    there += !is_na;
    if (is_na || sums[i] != value) continue;
    right++;
    counted += value != 0;
  }
  return counted > 0 && right * 2 >= there;
}

/* Says the row nothing about column k: its cell is empty, or a label? */
static bool is_any(const TotalsWork *work, size_t k, size_t row) {
  return column_is_na(work->table->columns[k], row) ||
         totals_has_label(work, k, row);
}

#define NO_ROW SIZE_MAX

/* A way to group the rows for the labels in column c. */
typedef struct Grouping {
  size_t c;
  size_t like; /* a row of totals: what is any to it is no key; or NO_ROW */
  uint32_t *groups;
} Grouping;

static bool is_key_of(const TotalsWork *work, const Grouping *by, size_t k) {
  if (k == by->c || !is_key(work, k)) return false;
  return by->like == NO_ROW || !is_any(work, k, by->like);
}

/* Has the row the keys of the grouping, no fewer and no more? */
static bool is_like(const TotalsWork *work, size_t row, size_t c, size_t like) {
  for (size_t k = 0; k < work->table->ncols; k++)
    if (k != c && is_key(work, k) &&
        is_any(work, k, row) != is_any(work, k, like))
      return false;
  return true;
}

/* Compare the rows whose label stands in column c with their groups. */
static int compare(const TotalsWork *work, const Grouping *by, size_t ngroups,
                   unsigned char *kinds, Err *err) {
  Int128 *sums = ngroups < SIZE_MAX / work->n
                     ? mem_array(ngroups * work->n, sizeof *sums)
                     : NULL;
  if (sums == NULL) return err_memory(err);
  bool is_na;
  for (size_t row = 0; row < work->table->nrows; row++)
    for (size_t i = 0; !work->labelled[row] && i < work->n; i++)
      sums[by->groups[row] * work->n + i] +=
          totals_amount(work, row, i, &is_na);
  for (size_t l = 0; l < work->nlabels; l++) {
    size_t row = work->labels[l];
    if (!totals_has_label(work, by->c, row) ||
        (by->like != NO_ROW && !is_like(work, row, by->c, by->like)))
      continue;
    if (fits(work, row, sums + by->groups[row] * work->n))
      kinds[row] = TOTAL_LABELLED;
  }
  free(sums);
  return 0;
}

static int try_grouping(const TotalsWork *work, const Grouping *by,
                        unsigned char *kinds, Err *err) {
  const Table *table = work->table;
  size_t ngroups = 1;
  for (size_t row = 0; row < table->nrows; row++) by->groups[row] = 0;
  for (size_t k = 0; k < table->ncols; k++)
    if (is_key_of(work, by, k) &&
        split_groups(table->columns[k], by->groups, &ngroups, err) != 0)
      return -1;
  return compare(work, by, ngroups, kinds, err);
}

/* The next row of totals, from label *l on, that is no total yet and has keys
   other than those tried; NO_ROW. */
static size_t next_like(const TotalsWork *work, size_t c, const size_t *tried,
                        size_t ntried, size_t *l, const unsigned char *kinds) {
  for (; *l < work->nlabels; ++*l) {
    size_t row = work->labels[*l], t = 0;
    if (kinds[row] != TOTAL_NONE || !totals_has_label(work, c, row)) continue;
    while (t < ntried && !is_like(work, row, c, tried[t])) t++;
    if (t == ntried) return row;
  }
  return NO_ROW;
}

/* By all keys, where an empty one is a member like others; then by those that
   the rows of totals have, for an empty one may stand for all members. */
static int try_column(const TotalsWork *work, size_t c, uint32_t *groups,
                      unsigned char *kinds, Err *err) {
  enum { LEVELS = 8 }; /* of nested totals */
  size_t tried[LEVELS], l = 0;
  Grouping by = {c, NO_ROW, groups};
  int status = try_grouping(work, &by, kinds, err);
  for (size_t n = 0; status == 0 && n < LEVELS; n++) {
    by.like = tried[n] = next_like(work, c, tried, n, &l, kinds);
    if (by.like == NO_ROW) break;
    status = try_grouping(work, &by, kinds, err);
  }
  return status;
}

/* Is there a label in column c that is no total yet? */
static bool is_open(const TotalsWork *work, size_t c,
                    const unsigned char *kinds) {
  for (size_t l = 0; l < work->nlabels; l++)
    if (kinds[work->labels[l]] == TOTAL_NONE &&
        totals_has_label(work, c, work->labels[l]))
      return true;
  return false;
}

int totals_by_group(const TotalsWork *work, unsigned char *kinds, Err *err) {
  uint32_t *groups = NULL;
  int status = 0;
  for (size_t c = 0; status == 0 && c < work->table->ncols; c++) {
    if (work->is_label[c] == NULL || !is_open(work, c, kinds)) continue;
    if (groups == NULL) groups = mem_array(work->table->nrows, sizeof *groups);
    status = groups == NULL ? err_memory(err)
                            : try_column(work, c, groups, kinds, err);
  }
  free(groups);
  return status;
}
