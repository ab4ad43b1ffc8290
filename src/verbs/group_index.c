/* As group.c does it, but growing: the cells of each key become dense codes,
   and the codes of the keys are folded two by two. A pair is looked up in an
   array while the two cardinalities multiply to little, and in a hash once
   they do not. Groups are numbered by the last fold. */
#include "verbs/group_index.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "verbs/batch_view.h"
#include "verbs/coder.h"

enum {
  PAIRS_MOST = 1 << 20, /* pairs that are looked up in an array */
  NEAR_MOST = 4096      /* integers around the first one, likewise */
};

/* A key's cells as dense codes. */
typedef struct KeyCoder {
  ColumnType type;
  uint32_t *by_code; /* of coded cells: CODER_NONE is new */
  uint32_t by_code_room;
  uint32_t *near; /* of integers from `least` on */
  int64_t least;
  Coder far; /* of the others: position in `of_far` */
  uint32_t *of_far;
  size_t far_room;
  uint32_t missing;
  uint32_t count;
} KeyCoder;

/* Pairs of codes as codes. */
typedef struct KeyPairs {
  uint32_t *array; /* nleft * nright; NULL once there is a hash */
  size_t nleft, nright;
  Coder hash;
  uint32_t *left, *right; /* of each pair */
  size_t room;
  uint32_t count;
} KeyPairs;

int index_open(GroupIndex *index, const ColumnType *types, size_t nkeys,
               Err *err) {
  *index = (GroupIndex){.nkeys = nkeys};
  index->keys = mem_array(nkeys, sizeof *index->keys);
  index->pairs = mem_array(nkeys, sizeof *index->pairs);
  if (index->keys == NULL || index->pairs == NULL) return err_memory(err);
  for (size_t k = 0; k < nkeys; k++)
    index->keys[k] = (KeyCoder){.type = types[k], .missing = CODER_NONE};
  if (nkeys > 0) return 0;
  index->first = mem_array(1, sizeof *index->first);
  if (index->first == NULL) return err_memory(err);
  index->ngroups = index->groups_room = 1;
  return 0;
}

void index_close(GroupIndex *index) {
  for (size_t k = 0; k < index->nkeys; k++) {
    if (index->keys != NULL) {
      free(index->keys[k].by_code);
      free(index->keys[k].near);
      coder_free(&index->keys[k].far);
      free(index->keys[k].of_far);
    }
    if (index->pairs == NULL) continue;
    free(index->pairs[k].array);
    coder_free(&index->pairs[k].hash);
    free(index->pairs[k].left);
    free(index->pairs[k].right);
  }
  free(index->keys);
  free(index->pairs);
  free(index->codes);
  free(index->more);
  free(index->first);
  free(index->cells);
  free(index->missing);
  *index = (GroupIndex){0};
}

/* Room for n things, those behind the old ones CODER_NONE: 0 or -1. */
static int grow_codes(uint32_t **codes, size_t old, size_t n) {
  uint32_t *bigger = mem_resize(*codes, n, sizeof *bigger);
  if (bigger == NULL) return -1;
  memset(bigger + old, 0xFF, (n - old) * sizeof *bigger);
  *codes = bigger;
  return 0;
}

/* ---- one key ---- */

static uint32_t *far_slot(KeyCoder *key, uint64_t bits) {
  if (key->far.codes == NULL && coder_init(&key->far, 64) != 0) return NULL;
  uint32_t at = coder_add(&key->far, bits);
  if (at == CODER_NONE) return NULL;
  if (at >= key->far_room) {
    size_t room = key->far_room == 0 ? 64 : key->far_room * 2;
    if (grow_codes(&key->of_far, key->far_room, room) != 0) return NULL;
    key->far_room = room;
  }
  return &key->of_far[at];
}

static int code_cells(KeyCoder *key, const BatchVector *vector,
                      const uint32_t *rows, size_t n, uint32_t *out) {
  if (key->near == NULL) {
    if (grow_codes(&key->near, 0, NEAR_MOST) != 0) return -1;
    int64_t start = 0;
    if (n > 0 && key->type != COLUMN_BOOL)
      start = vector->ints[rows == NULL ? 0 : rows[0]];
    key->least = start < INT64_MIN + NEAR_MOST ? start : start - NEAR_MOST / 2;
  }
  for (size_t i = 0; i < n; i++) {
    size_t row = rows == NULL ? i : rows[i];
    int64_t cell =
        key->type == COLUMN_BOOL ? vector->bools[row] : vector->ints[row];
    uint64_t place = (uint64_t)cell - (uint64_t)key->least;
    uint32_t *slot = &key->missing;
    if (!vector_is_na(vector, row))
      slot =
          place < NEAR_MOST ? &key->near[place] : far_slot(key, (uint64_t)cell);
    if (slot == NULL) return -1;
    if (*slot == CODER_NONE) *slot = key->count++;
    out[i] = *slot;
  }
  return 0;
}

static int code_codes(KeyCoder *key, const BatchVector *vector,
                      const uint32_t *rows, size_t n, uint32_t *out) {
  if (vector->ncodes > key->by_code_room) {
    uint32_t room = vector->ncodes < 32 ? 64 : vector->ncodes;
    if (room <= UINT32_MAX / 2) room *= 2;
    if (grow_codes(&key->by_code, key->by_code_room, room) != 0) return -1;
    key->by_code_room = room;
  }
  for (size_t i = 0; i < n; i++) {
    size_t row = rows == NULL ? i : rows[i];
    uint32_t *slot = vector_is_na(vector, row)
                         ? &key->missing
                         : &key->by_code[vector->codes[row]];
    if (*slot == CODER_NONE) *slot = key->count++;
    out[i] = *slot;
  }
  return 0;
}

static bool is_coded(const KeyCoder *key, const BatchVector *vector) {
  return key->type == COLUMN_TEXT || vector->values != NULL;
}

static int code_key(KeyCoder *key, const BatchVector *vector,
                    const uint32_t *rows, size_t n, uint32_t *out) {
  return is_coded(key, vector) ? code_codes(key, vector, rows, n, out)
                               : code_cells(key, vector, rows, n, out);
}

/* ---- pairs ---- */

static size_t power_above(size_t n) {
  size_t power = 16;
  while (power < n) power *= 2;
  return power;
}

/* Make room for left codes below nleft and right ones below nright. */
static int fit_array(KeyPairs *pairs, size_t nleft, size_t nright) {
  if (nleft <= pairs->nleft && nright <= pairs->nright) return 0;
  nleft = power_above(nleft > pairs->nleft ? nleft : pairs->nleft);
  nright = power_above(nright > pairs->nright ? nright : pairs->nright);
  free(pairs->array);
  pairs->array = NULL;
  pairs->nleft = nleft;
  pairs->nright = nright;
  if (nleft <= PAIRS_MOST && nright <= PAIRS_MOST / nleft) {
    if (grow_codes(&pairs->array, 0, nleft * nright) != 0) return -1;
    for (uint32_t i = 0; i < pairs->count; i++)
      pairs->array[pairs->left[i] * nright + pairs->right[i]] = i;
    return 0;
  }
  if (coder_init(&pairs->hash, power_above(pairs->count) * 4) != 0) return -1;
  for (uint32_t i = 0; i < pairs->count; i++)
    if (coder_add(&pairs->hash,
                  (uint64_t)pairs->left[i] << 32 | pairs->right[i]) != i)
      return -1;
  return 0;
}

static int add_pair(KeyPairs *pairs, uint32_t left, uint32_t right) {
  if (pairs->count == pairs->room) {
    size_t room = pairs->room == 0 ? 64 : pairs->room * 2;
    if (grow_codes(&pairs->left, pairs->room, room) != 0) return -1;
    if (grow_codes(&pairs->right, pairs->room, room) != 0) return -1;
    pairs->room = room;
  }
  pairs->left[pairs->count] = left;
  pairs->right[pairs->count++] = right;
  return 0;
}

/* Fold `right` into `codes`, whose values are below nleft. */
static int fold(KeyPairs *pairs, uint32_t *codes, size_t nleft,
                const uint32_t *right, size_t nright, size_t n) {
  bool hashed = pairs->hash.codes != NULL;
  if (!hashed && fit_array(pairs, nleft, nright) != 0) return -1;
  hashed = pairs->hash.codes != NULL;
  for (size_t i = 0; i < n; i++) {
    uint32_t found;
    if (hashed) {
      found = coder_add(&pairs->hash, (uint64_t)codes[i] << 32 | right[i]);
      if (found == CODER_NONE) return -1;
    } else {
      uint32_t *slot = &pairs->array[codes[i] * pairs->nright + right[i]];
      if (*slot == CODER_NONE) *slot = pairs->count;
      found = *slot;
    }
    if (found == pairs->count && add_pair(pairs, codes[i], right[i]) != 0)
      return -1;
    codes[i] = found;
  }
  return 0;
}

/* ---- groups ---- */

static int grow_groups(GroupIndex *index) {
  size_t room = index->groups_room == 0 ? 64 : index->groups_room * 2;
  uint64_t *first = mem_resize(index->first, room, sizeof *first);
  if (first == NULL) return -1;
  index->first = first;
  uint64_t *cells =
      mem_resize(index->cells, room, index->nkeys * sizeof *cells);
  if (cells == NULL) return -1;
  index->cells = cells;
  uint8_t *missing = mem_resize(index->missing, room, index->nkeys);
  if (missing == NULL) return -1;
  index->missing = missing;
  index->groups_room = room;
  return 0;
}

static int add_group(GroupIndex *index, const BatchVector *const *vectors,
                     size_t row, uint64_t place) {
  if (index->ngroups == index->groups_room && grow_groups(index) != 0)
    return -1;
  size_t at = index->ngroups++;
  index->first[at] = place;
  for (size_t k = 0; k < index->nkeys; k++) {
    const BatchVector *vector = vectors[k];
    const KeyCoder *key = &index->keys[k];
    uint64_t cell = 0;
    bool missing = vector_is_na(vector, row);
    if (missing) cell = 0;
    else if (key->type == COLUMN_TEXT) cell = vector->codes[row];
    else if (key->type == COLUMN_BOOL) cell = vector->bools[row];
    else if (vector->values != NULL)
      cell = (uint64_t)vector->values[vector->codes[row]];
    else cell = (uint64_t)vector->ints[row];
    index->cells[at * index->nkeys + k] = cell;
    index->missing[at * index->nkeys + k] = missing;
  }
  return 0;
}

static int fit_scratch(GroupIndex *index, size_t n) {
  if (n <= index->room && index->codes != NULL) return 0;
  size_t room = n < 64 ? 64 : n;
  if (grow_codes(&index->codes, 0, room) != 0) return -1;
  if (grow_codes(&index->more, 0, room) != 0) return -1;
  index->room = room;
  return 0;
}

static int number_rows(GroupIndex *index, const BatchVector *const *vectors,
                       const uint32_t *rows, size_t n) {
  for (size_t k = 0; k < index->nkeys; k++) {
    KeyCoder *key = &index->keys[k];
    uint32_t *codes = k == 0 ? index->codes : index->more;
    if (code_key(key, vectors[k], rows, n, codes) != 0) return -1;
    if (k == 0) continue;
    size_t nleft = k == 1 ? index->keys[0].count : index->pairs[k - 2].count;
    if (fold(&index->pairs[k - 1], index->codes, nleft, codes, key->count, n) !=
        0)
      return -1;
  }
  return 0;
}

const uint32_t *index_feed(GroupIndex *index, const BatchVector *const *vectors,
                           const uint32_t *rows, size_t n, uint64_t order,
                           const uint64_t *order_of, Err *err) {
  if (fit_scratch(index, n) != 0) return err_memory(err), NULL;
  if (index->nkeys == 0) {
    memset(index->codes, 0, n * sizeof *index->codes);
    return index->codes;
  }
  if (number_rows(index, vectors, rows, n) != 0) return err_memory(err), NULL;
  for (size_t i = 0; i < n; i++) {
    if (index->codes[i] != index->ngroups) continue;
    size_t row = rows == NULL ? i : rows[i];
    uint64_t place = order_of != NULL ? order_of[row] : order + row;
    if (add_group(index, vectors, row, place) != 0)
      return err_memory(err), NULL;
  }
  return index->codes;
}
