/* group: which rows belong together, as a dense number per row. */
#ifndef GROUP_H
#define GROUP_H

#include "table/table.h"

typedef struct Groups {
  size_t nrows;
  uint32_t *of_row;   /* the group of each row, 0 .. ngroups - 1 */
  size_t ngroups;     /* numbered by first appearance */
  size_t *first;      /* the first row of each group */
  const Table *table; /* borrowed, with the keys, from groups_find's caller */
  const size_t *keys;
  size_t nkeys;
} Groups;

/* Group the rows by the key columns (a missing key is a key of its own);
   without keys all rows are one group, also when there are none. 0 or -1;
   groups_free is safe in both cases. */
int groups_find(const Table *table, const size_t *keys, size_t nkeys,
                Groups *out, Err *err);

void groups_free(Groups *groups);

/* The keys of a group for messages, "unit = 甲, year = 2022", cut where `out`
   ends; returns the length, 0 without keys. `size` is at least 1. */
size_t groups_describe(const Groups *groups, size_t group, char *out,
                       size_t size);

#endif
