/* The right table's rows are sorted by the number of their key (counting
   sort), so that the matches of a left row lie together; a list of row pairs
   is then gathered column by column. SIZE_MAX in a pair is a row of NA. */
#include "verbs/join.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* What is made along the way; all of it is freed at the end. */
typedef struct Join {
  const Table *left, *right;
  const JoinKey *keys;
  size_t nkeys;
  JoinCodes codes;
  size_t *count;   /* for each key: rows of the left table */
  size_t *start;   /* where the right table's rows begin in by_key */
  size_t *by_key;  /* rows of the right table, by key */
  size_t npairs;   /* rows of the result */
  size_t nmatched; /* those before the right table's unmatched rows */
  size_t *pairs_left, *pairs_right;
} Join;

static void join_free(Join *join) {
  join_codes_free(&join->codes);
  free(join->count);
  free(join->start);
  free(join->by_key);
  free(join->pairs_left);
  free(join->pairs_right);
}

static int sort_right(Join *join, Err *err) {
  const JoinCodes *codes = &join->codes;
  size_t n = codes->ncodes;
  join->count = mem_array(n, sizeof *join->count);
  join->start = mem_array(n + 2, sizeof *join->start);
  join->by_key = mem_array(join->right->nrows, sizeof *join->by_key);
  if (!join->count || !join->start || !join->by_key) return err_memory(err);
  for (size_t row = 0; row < join->left->nrows; row++)
    if (codes->left[row] != JOIN_NO_KEY) join->count[codes->left[row]]++;
  /* one place further than in the end: placing the rows moves it back */
  for (size_t row = 0; row < join->right->nrows; row++)
    if (codes->right[row] != JOIN_NO_KEY) join->start[codes->right[row] + 2]++;
  for (size_t i = 1; i < n + 2; i++) join->start[i] += join->start[i - 1];
  for (size_t row = 0; row < join->right->nrows; row++)
    if (codes->right[row] != JOIN_NO_KEY)
      join->by_key[join->start[codes->right[row] + 1]++] = row;
  return 0;
}

/* How many rows of the right table have the key `code`. */
static size_t count_right(const Join *join, uint32_t code) {
  if (code == JOIN_NO_KEY) return 0;
  return join->start[code + 1] - join->start[code];
}

static bool is_right_matched(const Join *join, size_t row) {
  uint32_t code = join->codes.right[row];
  return code != JOIN_NO_KEY && join->count[code] > 0;
}

static JoinReport make_report(const Join *join) {
  JoinReport report = {0};
  for (size_t row = 0; row < join->left->nrows; row++)
    report.left_unmatched += count_right(join, join->codes.left[row]) == 0;
  for (size_t row = 0; row < join->right->nrows; row++)
    report.right_unmatched += !is_right_matched(join, row);
  for (size_t code = 0; code < join->codes.ncodes; code++) {
    report.left_duplicates += join->count[code] > 1;
    report.right_duplicates += count_right(join, (uint32_t)code) > 1;
  }
  return report;
}

/* ---- rows ---- */

/* Count the rows of the result and make room for them. */
static int count_pairs(Join *join, bool keep_left, size_t nextra, Err *err) {
  size_t n = 0;
  for (size_t row = 0; row < join->left->nrows; row++) {
    size_t matches = count_right(join, join->codes.left[row]);
    n += matches == 0 && keep_left ? 1 : matches;
    if (n + nextra < UINT32_MAX) continue;
    return err_set(err, ERR_LIMIT,
                   "the join would have more than 4 billion rows: its keys "
                   "are repeated on both sides");
  }
  join->nmatched = n;
  join->npairs = n + nextra;
  join->pairs_left = mem_array(join->npairs, sizeof *join->pairs_left);
  join->pairs_right = mem_array(join->npairs, sizeof *join->pairs_right);
  if (join->pairs_left == NULL || join->pairs_right == NULL)
    return err_memory(err);
  return 0;
}

static void add_pair(Join *join, size_t *at, size_t left, size_t right) {
  join->pairs_left[*at] = left;
  join->pairs_right[(*at)++] = right;
}

static void list_pairs(Join *join, bool keep_left, bool keep_right) {
  size_t at = 0;
  for (size_t row = 0; row < join->left->nrows; row++) {
    uint32_t code = join->codes.left[row];
    size_t n = count_right(join, code);
    for (size_t i = 0; i < n; i++)
      add_pair(join, &at, row, join->by_key[join->start[code] + i]);
    if (n == 0 && keep_left) add_pair(join, &at, row, SIZE_MAX);
  }
  for (size_t row = 0; keep_right && row < join->right->nrows; row++)
    if (!is_right_matched(join, row)) add_pair(join, &at, SIZE_MAX, row);
}

/* The rows of the left table that match, or those that do not. */
static Table *filter_left(const Join *join, bool matched, Err *err) {
  size_t n = 0, *rows = mem_array(join->left->nrows, sizeof *rows);
  if (rows == NULL) return err_memory(err), NULL;
  for (size_t row = 0; row < join->left->nrows; row++)
    if ((count_right(join, join->codes.left[row]) > 0) == matched)
      rows[n++] = row;
  Table *out = table_gather(join->left, rows, n, err);
  free(rows);
  return out;
}

/* ---- columns ---- */

/* One column of a table, called `name`, with those rows; with `blank` the
   rows alone. */
static Table *take_column(const Table *table, size_t column, const char *name,
                          bool blank, const size_t *rows, size_t nrows,
                          Err *err) {
  Table *one = table_select(table, &column, blank ? 0 : 1, &name, err);
  if (one == NULL) return NULL;
  Table *out = table_gather(one, rows, nrows, err);
  table_unref(one);
  return out;
}

/* `part`, which is given up, with the right table's keys in its last rows,
   where the left table has none. */
static Table *fill_key(const Join *join, Table *part, JoinKey key, Err *err) {
  const char *name = join->left->names[key.left];
  const Column *a = join->left->columns[key.left];
  const Column *b = join->right->columns[key.right];
  /* where the types differ one has no values: the other's type is taken */
  bool differ = !join_types_agree(a, b);
  bool blank = differ && column_count_na(b) == b->nrows;
  size_t n = join->nmatched;
  Table *both[2], *keys = NULL, *out = NULL;
  both[0] = take_column(join->left, key.left, name, differ && !blank,
                        join->pairs_left, n, err);
  both[1] = take_column(join->right, key.right, name, blank,
                        join->pairs_right + n, join->npairs - n, err);
  if (both[0] != NULL && both[1] != NULL) keys = table_bind_rows(both, 2, err);
  if (keys != NULL) out = table_with(part, name, keys->columns[0], err);
  table_unref(both[0]);
  table_unref(both[1]);
  table_unref(keys);
  table_unref(part);
  return out;
}

static Table *left_part(const Join *join, bool keep_right, Err *err) {
  Table *part = table_gather(join->left, join->pairs_left, join->npairs, err);
  for (size_t k = 0; part != NULL && keep_right && k < join->nkeys; k++)
    part = fill_key(join, part, join->keys[k], err);
  return part;
}

static bool is_right_key(const Join *join, size_t column) {
  for (size_t k = 0; k < join->nkeys; k++)
    if (join->keys[k].right == column) return true;
  return false;
}

/* "name_2", or the next number that neither table has; NULL without memory.
   To be freed. */
static char *number_name(const Join *join, const char *name) {
  size_t room = strlen(name) + 24;
  char *out = mem_array(room, 1);
  if (out == NULL) return NULL;
  for (unsigned number = 2;; number++) {
    snprintf(out, room, "%s_%u", name, number);
    if (table_find(join->left, out) < 0 && table_find(join->right, out) < 0)
      return out;
  }
}

/* The right table without its keys, named so that the left may stand beside
   it: `names` has room for a name of each column, which the caller frees. */
static Table *right_columns(const Join *join, char **names, size_t *columns,
                            Err *err) {
  size_t n = 0;
  for (size_t i = 0; i < join->right->ncols; i++) {
    const char *name = join->right->names[i];
    if (is_right_key(join, i)) continue;
    if (table_find(join->left, name) >= 0) {
      names[n] = number_name(join, name);
      if (names[n] == NULL) return err_memory(err), NULL;
    }
    columns[n++] = i;
  }
  return table_select(join->right, columns, n, (const char *const *)names, err);
}

static Table *right_part(const Join *join, Err *err) {
  size_t n = join->right->ncols;
  char **names = mem_array(n, sizeof *names);
  size_t *columns = mem_array(n, sizeof *columns);
  Table *named = NULL, *out = NULL;
  if (names != NULL && columns != NULL)
    named = right_columns(join, names, columns, err);
  else err_memory(err);
  if (named != NULL)
    out = table_gather(named, join->pairs_right, join->npairs, err);
  for (size_t i = 0; names != NULL && i < n; i++) free(names[i]);
  free(names);
  free(columns);
  table_unref(named);
  return out;
}

/* The columns of two tables of the same length side by side. */
static Table *glue(size_t nrows, const Table *a, const Table *b, Err *err) {
  size_t n = a->ncols + b->ncols;
  const char **names = mem_array(n, sizeof *names);
  Column **columns = mem_array(n, sizeof *columns);
  Table *out = NULL;
  if (names != NULL && columns != NULL) {
    for (size_t i = 0; i < n; i++) {
      const Table *from = i < a->ncols ? a : b;
      size_t at = i < a->ncols ? i : i - a->ncols;
      names[i] = from->names[at];
      columns[i] = from->columns[at];
    }
    out = table_new(nrows, n, names, columns, err);
  } else {
    err_memory(err);
  }
  free(names);
  free(columns);
  return out;
}

static Table *pair_rows(Join *join, JoinKind kind, size_t right_unmatched,
                        Err *err) {
  bool keep_left = kind == JOIN_LEFT || kind == JOIN_FULL;
  bool keep_right = kind == JOIN_RIGHT || kind == JOIN_FULL;
  if (count_pairs(join, keep_left, keep_right ? right_unmatched : 0, err) != 0)
    return NULL;
  list_pairs(join, keep_left, keep_right);
  Table *left = left_part(join, keep_right, err), *right = NULL, *out = NULL;
  if (left != NULL) right = right_part(join, err);
  if (right != NULL) out = glue(join->npairs, left, right, err);
  table_unref(left);
  table_unref(right);
  return out;
}

Table *join_tables(JoinKind kind, const Table *left, const Table *right,
                   const JoinKey *keys, size_t nkeys, JoinReport *report,
                   Err *err) {
  Join join = {.left = left, .right = right, .keys = keys, .nkeys = nkeys};
  Table *out = NULL;
  if (join_codes_find(left, right, keys, nkeys, &join.codes, err) == 0 &&
      sort_right(&join, err) == 0) {
    *report = make_report(&join);
    if (kind == JOIN_SEMI || kind == JOIN_ANTI)
      out = filter_left(&join, kind == JOIN_SEMI, err);
    else out = pair_rows(&join, kind, report->right_unmatched, err);
  }
  join_free(&join);
  return out;
}
