/* totals_work: what the two ways to find totals share. */
#ifndef TOTALS_WORK_H
#define TOTALS_WORK_H

#include "verbs/totals.h"

typedef struct TotalsWork {
  const Table *table;
  const size_t *amounts;
  size_t n;
  Int128 *sums;    /* (row + 1) * n + column: of the rows above, labels out */
  bool **is_label; /* by column and code of text; NULL where none is */
  bool *labelled;  /* by row */
  size_t *labels;  /* rows with a label */
  size_t nlabels;
} TotalsWork;

static inline int64_t totals_amount(const TotalsWork *work, size_t row,
                                    size_t i, bool *is_na) {
  const Column *column = work->table->columns[work->amounts[i]];
  *is_na = column_is_na(column, row);
  return *is_na ? 0 : column->ints[row];
}

static inline bool totals_has_label(const TotalsWork *work, size_t c,
                                    size_t row) {
  const Column *column = work->table->columns[c];
  return work->is_label[c] != NULL && !column_is_na(column, row) &&
         work->is_label[c][column->codes[row]];
}

/* Totals as one more member of a column, the rows in any order: a row whose
   text in some column is a label, and whose amounts are the sums of the rows
   without a label that are like it in all other columns that are no numbers,
   and in whole numbers that are no amounts; of these but those that the row
   has, where a cell of it is empty or a label. Marks them in `kinds`.
   0 or -1. */
int totals_by_group(const TotalsWork *work, unsigned char *kinds, Err *err);

#endif
