/* Each key column is turned into dense codes, and two columns of codes into
   one, until one is left. While the product of the two cardinalities is
   small the pair is looked up in an array, beyond that in a hash; either way
   the cost is one step per row and column. Dense codes are given out in the
   order of first appearance, so the last ones number the groups in it too. */
#include "verbs/group.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "verbs/coder.h"

enum { ARRAY_MOST = 1 << 20 }; /* pairs that are looked up in an array */

static const uint32_t NOT_SEEN = CODER_NONE;

/* The bits that tell a cell from others of its column. */
static uint64_t cell_bits(const Column *column, size_t row) {
  uint64_t bits = 0;
  double real;
  switch (column->type) {
    case COLUMN_TEXT: return column->codes[row];
    case COLUMN_BOOL: return column->bools[row];
    case COLUMN_REAL:
      real = column->reals[row];
      if (real != real) return 0x7FF8000000000000u; /* all NaN are one */
      if (real == 0) real = 0;                      /* -0 is 0 */
      memcpy(&bits, &real, sizeof bits);
      return bits;
    default: return (uint64_t)column->ints[row];
  }
}

/* Dense codes of one column; NA is one of them. Returns how many there are,
   or SIZE_MAX. */
static size_t code_column(const Column *column, uint32_t *codes) {
  Coder coder;
  size_t count = SIZE_MAX;
  uint32_t missing = NOT_SEEN, next = 0, *of_code = NULL;
  if (coder_init(&coder, 64) != 0) goto done;
  of_code = mem_array(column->nrows + 1, sizeof *of_code);
  if (of_code == NULL) goto done;
  memset(of_code, 0xFF, (column->nrows + 1) * sizeof *of_code);
  for (size_t row = 0; row < column->nrows; row++) {
    uint32_t *slot = &missing; /* where this value's number is kept */
    if (!column_is_na(column, row)) {
      uint32_t code = coder_add(&coder, cell_bits(column, row));
      if (code == NOT_SEEN) goto done;
      slot = &of_code[code];
    }
    if (*slot == NOT_SEEN) *slot = next++;
    codes[row] = *slot;
  }
  count = next;
done:
  coder_free(&coder);
  free(of_code);
  return count;
}

/* Pairs (codes, more) as new codes, by looking up an array. */
static size_t pair_by_array(uint32_t *codes, size_t ncodes,
                            const uint32_t *more, size_t nmore, size_t nrows) {
  uint32_t *seen = mem_array(ncodes * nmore, sizeof *seen);
  if (seen == NULL) return SIZE_MAX;
  memset(seen, 0xFF, ncodes * nmore * sizeof *seen);
  uint32_t next = 0;
  for (size_t row = 0; row < nrows; row++) {
    uint32_t *slot = &seen[(size_t)codes[row] * nmore + more[row]];
    if (*slot == NOT_SEEN) *slot = next++;
    codes[row] = *slot;
  }
  free(seen);
  return next;
}

static size_t pair_by_hash(uint32_t *codes, const uint32_t *more,
                           size_t nrows) {
  Coder coder;
  size_t count = SIZE_MAX;
  if (coder_init(&coder, 1024) != 0) goto done;
  for (size_t row = 0; row < nrows; row++) {
    uint64_t pair = (uint64_t)codes[row] << 32 | more[row];
    codes[row] = coder_add(&coder, pair);
    if (codes[row] == NOT_SEEN) goto done;
  }
  count = coder.count;
done:
  coder_free(&coder);
  return count;
}

static size_t pair_codes(uint32_t *codes, size_t ncodes, const uint32_t *more,
                         size_t nmore, size_t nrows) {
  if (ncodes <= ARRAY_MOST && nmore <= ARRAY_MOST / (ncodes + 1))
    return pair_by_array(codes, ncodes, more, nmore, nrows);
  return pair_by_hash(codes, more, nrows);
}

static int find_first(Groups *groups, Err *err) {
  groups->first = mem_array(groups->ngroups, sizeof *groups->first);
  if (groups->first == NULL) return err_memory(err);
  size_t next = 0;
  for (size_t row = 0; row < groups->nrows && next < groups->ngroups; row++)
    if (groups->of_row[row] == next) groups->first[next++] = row;
  return 0;
}

int groups_find(const Table *table, const size_t *keys, size_t nkeys,
                Groups *out, Err *err) {
  size_t nrows = table->nrows;
  *out = (Groups){.nrows = nrows,
                  .ngroups = 1,
                  .table = table,
                  .keys = keys,
                  .nkeys = nkeys};
  if (nrows >= NOT_SEEN)
    return err_set(err, ERR_LIMIT, "more than 4 billion rows in one table");
  out->of_row = mem_array(nrows, sizeof *out->of_row);
  uint32_t *more = mem_array(nrows, sizeof *more);
  int status = out->of_row == NULL || more == NULL ? err_memory(err) : 0;
  for (size_t k = 0; status == 0 && k < nkeys; k++) {
    const Column *column = table->columns[keys[k]];
    size_t count = code_column(column, k == 0 ? out->of_row : more);
    if (k > 0 && count != SIZE_MAX)
      count = pair_codes(out->of_row, out->ngroups, more, count, nrows);
    out->ngroups = count;
    if (count == SIZE_MAX) status = err_memory(err);
  }
  free(more);
  return status == 0 ? find_first(out, err) : -1;
}

void groups_free(Groups *groups) {
  free(groups->of_row);
  free(groups->first);
  *groups = (Groups){0};
}

/* Append what fits of `text` to `out`; the new length. */
static size_t append(char *out, size_t size, size_t at, const char *text) {
  size_t len = strlen(text), room = size - 1 - at;
  if (len > room) {
    len = room;
    while (len > 0 && ((unsigned char)text[len] & 0xC0) == 0x80) len--;
  }
  memcpy(out + at, text, len);
  out[at + len] = '\0';
  return at + len;
}

size_t groups_describe(const Groups *groups, size_t group, char *out,
                       size_t size) {
  size_t at = 0, row = groups->nkeys == 0 ? 0 : groups->first[group];
  out[0] = '\0';
  for (size_t k = 0; k < groups->nkeys; k++) {
    const Column *column = groups->table->columns[groups->keys[k]];
    char scratch[DECIMAL_TEXT_SIZE];
    size_t len;
    const char *text = column_is_na(column, row)
                           ? "NA"
                           : column_print(column, row, scratch, &len);
    if (k > 0) at = append(out, size, at, ", ");
    at = append(out, size, at, groups->table->names[groups->keys[k]]);
    at = append(out, size, at, " = ");
    at = append(out, size, at, text);
  }
  return at;
}
