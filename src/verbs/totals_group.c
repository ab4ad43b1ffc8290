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

static bool has_label(const Column *column, size_t row) {
  size_t len;
  if (column->type != COLUMN_TEXT || column_is_na(column, row)) return false;
  const char *text = column_text(column, row, &len);
  return totals_is_label(text, len);
}

/* Compare the rows whose label stands in column c with their groups. */
static int compare(const TotalsWork *work, size_t c, const uint32_t *groups,
                   size_t ngroups, unsigned char *kinds, Err *err) {
  Int128 *sums = ngroups < SIZE_MAX / work->n
                     ? mem_array(ngroups * work->n, sizeof *sums)
                     : NULL;
  if (sums == NULL) return err_memory(err);
  bool is_na;
  for (size_t row = 0; row < work->table->nrows; row++)
    for (size_t i = 0; !work->labelled[row] && i < work->n; i++)
      sums[groups[row] * work->n + i] += totals_amount(work, row, i, &is_na);
  for (size_t l = 0; l < work->nlabels; l++) {
    size_t row = work->labels[l];
    if (has_label(work->table->columns[c], row) &&
        fits(work, row, sums + groups[row] * work->n))
      kinds[row] = TOTAL_LABELLED;
  }
  free(sums);
  return 0;
}

static int try_column(const TotalsWork *work, size_t c, uint32_t *groups,
                      unsigned char *kinds, Err *err) {
  const Table *table = work->table;
  size_t ngroups = 1;
  for (size_t row = 0; row < table->nrows; row++) groups[row] = 0;
  for (size_t k = 0; k < table->ncols; k++)
    if (k != c && is_key(work, k) &&
        split_groups(table->columns[k], groups, &ngroups, err) != 0)
      return -1;
  return compare(work, c, groups, ngroups, kinds, err);
}

/* Is there a label in column c that is no total yet? */
static bool is_open(const TotalsWork *work, size_t c,
                    const unsigned char *kinds) {
  for (size_t l = 0; l < work->nlabels; l++)
    if (kinds[work->labels[l]] == TOTAL_NONE &&
        has_label(work->table->columns[c], work->labels[l]))
      return true;
  return false;
}

int totals_by_group(const TotalsWork *work, unsigned char *kinds, Err *err) {
  uint32_t *groups = NULL;
  int status = 0;
  for (size_t c = 0; status == 0 && c < work->table->ncols; c++) {
    if (work->table->columns[c]->type != COLUMN_TEXT ||
        !is_open(work, c, kinds))
      continue;
    if (groups == NULL) groups = mem_array(work->table->nrows, sizeof *groups);
    status = groups == NULL ? err_memory(err)
                            : try_column(work, c, groups, kinds, err);
  }
  free(groups);
  return status;
}
