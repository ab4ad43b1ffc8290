/* join_keys: the keys of two tables as one numbering of both their rows. */
#ifndef JOIN_KEYS_H
#define JOIN_KEYS_H

#include "table/table.h"

/* A pair of columns that must be equal for two rows to belong together. */
typedef struct JoinKey {
  size_t left; /* column of the left table */
  size_t right;
} JoinKey;

static const uint32_t JOIN_NO_KEY = UINT32_MAX; /* a part of it is missing */

typedef struct JoinCodes {
  uint32_t *left; /* owned, one for each row: equal keys, equal numbers */
  const uint32_t *right; /* within the same block */
  size_t ncodes;         /* numbers are below this, or JOIN_NO_KEY */
} JoinCodes;

/* Whether cells of the two columns can be equal. */
bool join_types_agree(const Column *a, const Column *b);

/* Ints and decimals are compared exactly whatever their scales, texts by
   their bytes, NaN with NaN; other types must be the same on both sides,
   else ERR_USE; a column without any value goes with all of them. 0 or -1;
   join_codes_free is safe in both cases. */
int join_codes_find(const Table *left, const Table *right, const JoinKey *keys,
                    size_t nkeys, JoinCodes *out, Err *err);

void join_codes_free(JoinCodes *codes);

#endif
