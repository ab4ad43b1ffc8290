/* Each pair of key columns becomes one column of whole numbers that has the
   rows of the left table, then those of the right one; groups_find numbers
   their combinations. Texts are the left dictionary's codes, so that each
   distinct text is looked up once and not each row. Decimals of two scales
   are two columns, digits and scale without trailing zeros: equal amounts are
   equal pairs, and no widening can overflow. */
#include "verbs/join_keys.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "verbs/group.h"

/* What of a cell a column of numbers holds. */
typedef enum Part { PART_VALUE, PART_DIGITS, PART_SCALE } Part;

/* One side of a pair. */
typedef struct Side {
  const Column *column;
  const int64_t *texts; /* number of each text of its dictionary */
} Side;

static bool is_exact(const Column *column) {
  return column->type == COLUMN_INT || column->type == COLUMN_DECIMAL;
}

bool join_types_agree(const Column *a, const Column *b) {
  if (is_exact(a) && is_exact(b)) return true;
  return a->type == b->type &&
         (a->type != COLUMN_PERIOD || a->period == b->period);
}

static bool has_values(const Column *column) {
  return column_count_na(column) < column->nrows;
}

static int check_types(const Table *left, const Table *right, JoinKey key,
                       Err *err) {
  const Column *a = left->columns[key.left], *b = right->columns[key.right];
  if (join_types_agree(a, b) || !has_values(a) || !has_values(b)) return 0;
  char type_a[24], type_b[24];
  return err_set(err, ERR_USE,
                 "the key '%s' is %s on the left and '%s' is %s on the right: "
                 "they cannot be equal",
                 left->names[key.left], column_type_name(a, type_a),
                 right->names[key.right], column_type_name(b, type_b));
}

static int64_t real_bits(double real) {
  int64_t bits;
  if (real != real) return 0x7FF8000000000000; /* all NaN are one */
  if (real == 0) real = 0;                     /* -0 is 0 */
  memcpy(&bits, &real, sizeof bits);
  return bits;
}

static int64_t cell_number(const Side *side, Part part, size_t row) {
  const Column *column = side->column;
  switch (column->type) {
    case COLUMN_TEXT: return side->texts[column->codes[row]];
    case COLUMN_BOOL: return column->bools[row];
    case COLUMN_REAL: return real_bits(column->reals[row]);
    default: break;
  }
  if (part == PART_VALUE) return column->ints[row];
  Decimal trimmed = decimal_trim((Decimal){column->ints[row], column->scale});
  return part == PART_DIGITS ? trimmed.num : trimmed.scale;
}

static int fill(Column *out, size_t at, const Side *side, Part part, Err *err) {
  for (size_t row = 0; row < side->column->nrows; row++) {
    if (!column_is_na(side->column, row))
      out->ints[at + row] = cell_number(side, part, row);
    else if (column_set_na(out, at + row, err) != 0) return -1;
  }
  return 0;
}

/* The cells of both sides as one column of numbers. */
static Column *stack_sides(const Side *left, const Side *right, Part part,
                           Err *err) {
  size_t nleft = left->column->nrows;
  Column *out = column_new(COLUMN_INT, nleft + right->column->nrows, err);
  if (out == NULL) return NULL;
  if (fill(out, 0, left, part, err) == 0 &&
      fill(out, nleft, right, part, err) == 0)
    return out;
  column_unref(out);
  return NULL;
}

/* The left dictionary's number of each text in `dict`; what is not there is
   numbered behind it. Texts of the left itself keep their codes. */
static int64_t *number_texts(const Dict *left, const Dict *dict, Err *err) {
  uint32_t n = dict_count(dict);
  int64_t *numbers = mem_array(n, sizeof *numbers);
  if (numbers == NULL) return err_memory(err), NULL;
  for (uint32_t i = 0; i < n; i++) {
    size_t len;
    const char *text = dict_text(dict, i, &len);
    uint32_t code = dict == left ? i : dict_find(left, text, len);
    numbers[i] = code != DICT_NONE ? (int64_t)code : (int64_t)DICT_NONE + i;
  }
  return numbers;
}

/* The columns of a pair of texts (one), into `out`; 0 or -1. */
static int stack_texts(Side left, Side right, Column **out, Err *err) {
  const Dict *dict = left.column->dict;
  int64_t *own = number_texts(dict, dict, err);
  int64_t *other = number_texts(dict, right.column->dict, err);
  left.texts = own;
  right.texts = other;
  if (own != NULL && other != NULL)
    *out = stack_sides(&left, &right, PART_VALUE, err);
  free(own);
  free(other);
  return *out == NULL ? -1 : 0;
}

/* The numbers of a pair of columns whose types agree into `out`, which has room
   for two columns and is filled with one or two; 0 or -1. */
static int stack_alike(const Column *a, const Column *b, Column **out,
                       Err *err) {
  Side left = {.column = a}, right = {.column = b};
  if (a->type == COLUMN_TEXT && b->type == COLUMN_TEXT)
    return stack_texts(left, right, out, err);
  bool scaled = a->scale != b->scale;
  out[0] = stack_sides(&left, &right, scaled ? PART_DIGITS : PART_VALUE, err);
  if (out[0] == NULL) return -1;
  if (scaled) out[1] = stack_sides(&left, &right, PART_SCALE, err);
  return scaled && out[1] == NULL ? -1 : 0;
}

/* A column without any value, of another's type. */
static Column *blank_like(const Column *like, size_t nrows, Err *err) {
  Column *blank = column_new_like(like, nrows, err);
  for (size_t row = 0; blank != NULL && row < nrows; row++) {
    if (column_set_na(blank, row, err) == 0) continue;
    column_unref(blank);
    return NULL;
  }
  return blank;
}

/* The same of any pair: where the types do not agree, one has no value. */
static int stack_pair(const Column *a, const Column *b, Column **out,
                      Err *err) {
  if (join_types_agree(a, b)) return stack_alike(a, b, out, err);
  bool left = has_values(a);
  Column *blank = blank_like(left ? a : b, left ? b->nrows : a->nrows, err);
  if (blank == NULL) return -1;
  int status = stack_alike(left ? a : blank, left ? blank : b, out, err);
  column_unref(blank);
  return status;
}

static bool any_na(Column *const *columns, size_t n, size_t row) {
  for (size_t i = 0; i < n; i++)
    if (column_is_na(columns[i], row)) return true;
  return false;
}

/* Number the rows of `n` columns, which have nleft + nright rows. */
static int number_rows(Column **columns, size_t n, size_t nleft, JoinCodes *out,
                       Err *err) {
  size_t *all = mem_array(n, sizeof *all);
  if (all == NULL) return err_memory(err);
  for (size_t i = 0; i < n; i++) all[i] = i;
  /* Nameless: it lives in this function, where only cells are looked at. */
  Table stacked = {.nrows = columns[0]->nrows, .ncols = n, .columns = columns};
  Groups groups;
  int status = groups_find(&stacked, all, n, &groups, err);
  if (status == 0) {
    *out = (JoinCodes){groups.of_row, groups.of_row + nleft, groups.ngroups};
    groups.of_row = NULL;
    for (size_t row = 0; row < stacked.nrows; row++)
      if (any_na(columns, n, row)) out->left[row] = JOIN_NO_KEY;
  }
  groups_free(&groups);
  free(all);
  return status;
}

int join_codes_find(const Table *left, const Table *right, const JoinKey *keys,
                    size_t nkeys, JoinCodes *out, Err *err) {
  *out = (JoinCodes){0};
  if (nkeys == 0)
    return err_set(err, ERR_USE, "a join needs at least one key column");
  for (size_t k = 0; k < nkeys; k++)
    if (check_types(left, right, keys[k], err) != 0) return -1;
  Column **columns = mem_array(nkeys, 2 * sizeof *columns);
  if (columns == NULL) return err_memory(err);
  size_t n = 0;
  int status = 0;
  for (size_t k = 0; status == 0 && k < nkeys; k++) {
    status = stack_pair(left->columns[keys[k].left],
                        right->columns[keys[k].right], columns + n, err);
    while (n < 2 * nkeys && columns[n] != NULL) n++;
  }
  if (status == 0) status = number_rows(columns, n, left->nrows, out, err);
  for (size_t i = 0; i < n; i++) column_unref(columns[i]);
  free(columns);
  return status;
}

void join_codes_free(JoinCodes *codes) {
  free(codes->left);
  *codes = (JoinCodes){0};
}
