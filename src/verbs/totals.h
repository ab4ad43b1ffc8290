/* totals: rows of a table that are sums of other rows of it. */
#ifndef TOTALS_H
#define TOTALS_H

#include "table/table.h"

typedef enum TotalKind {
  TOTAL_NONE,
  TOTAL_LABELLED, /* says so in a text, and its amounts are a sum of rows */
  TOTAL_HIDDEN    /* says nothing, but is the sum of all other rows */
} TotalKind;

typedef struct TotalsFound {
  unsigned char *kinds; /* a TotalKind by row; owned */
  size_t labelled, hidden;
  size_t unproved; /* rows that say so, but are no sum that was found */
} TotalsFound;

/* Is this text a label of totals? A word of it must be one of the list, or a
   Chinese one begin or end it. */
bool totals_is_label(const char *text, size_t len);

/* Look for them in a table as it lies in its file. `amounts` are columns of
   ints or decimals that add up; labels are looked for in all text columns. A
   row with a label counts when its amounts are the sums of a run of rows that
   ends just above it, or begins just below it, rows with labels left out: in
   at least half of the columns where it has an amount, and not only zeros; or
   the sums of the rows that are like it in all other columns of names and
   codes, wherever they stand (TOTAL as one more fund of a state and year). A
   row without one counts when each of its amounts is the sum of all rows but
   itself and those with labels, and no row with a label is the sum of all; in
   tables of fewer than 10 rows only at either end, and never in one of fewer
   than 3. 0 or -1; free it either way. */
int totals_find(const Table *table, const size_t *amounts, size_t n,
                TotalsFound *out, Err *err);
void totals_free(TotalsFound *found);

/* The table without the rows that were found. */
Table *totals_drop(const Table *table, const TotalsFound *found, Err *err);

#endif
