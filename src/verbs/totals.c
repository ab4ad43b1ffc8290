/* Sums of runs come from prefix sums over the rows without a label, in 128
   bits, so a row is compared with any run at the cost of a subtraction. Which
   runs are tried: those that begin behind one of the nearest labels, so nested
   subtotals are found as well. */
#include "verbs/totals_work.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"

enum { LABELS_TRIED = 64 };

void totals_free(TotalsFound *found) {
  free(found->kinds);
  *found = (TotalsFound){0};
}

/* ---- labels ---- */

static bool is_word_byte(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
         (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

static bool has_word(const char *text, size_t len, const char *word) {
  size_t n = strlen(word);
  for (size_t at = 0; at + n <= len; at++) {
    if (strncasecmp(text + at, word, n) != 0) continue;
    bool starts = at == 0 || !is_word_byte(text[at - 1]);
    bool ends = at + n == len || !is_word_byte(text[at + n]);
    if (starts && ends) return true;
  }
  return false;
}

static bool has_end(const char *text, size_t len, const char *word) {
  size_t n = strlen(word);
  return len >= n &&
         (memcmp(text, word, n) == 0 || memcmp(text + len - n, word, n) == 0);
}

bool totals_is_label(const char *text, size_t len) {
  static const char *const words[] = {
      "total",  "totals",    "subtotal", "subtotals", "sum",     "summe",
      "gesamt", "insgesamt", "totaal",   "totale",    "totals",  "totaux",
      "suma",   "sumă",      "razem",    "ogółem",    "celkem",  "spolu",
      "итого",  "всего",     "összesen", "toplam",    "yhteensä"};
  static const char *const chinese[] = {"合计", "小计", "总计", "共计",
                                        "合計", "小計", "總計", "共計"};
  if (len > 200) return false;
  for (size_t i = 0; i < sizeof words / sizeof *words; i++)
    if (has_word(text, len, words[i])) return true;
  for (size_t i = 0; i < sizeof chinese / sizeof *chinese; i++)
    if (has_end(text, len, chinese[i])) return true;
  return has_word(text, len, "合 计") || has_word(text, len, "小 计") ||
         has_word(text, len, "总 计");
}

/* ---- the work ---- */

static void free_work(TotalsWork *work) {
  free(work->sums);
  free(work->labelled);
  free(work->labels);
  for (size_t c = 0; work->is_label != NULL && c < work->table->ncols; c++)
    free(work->is_label[c]);
  free(work->is_label);
}

/* Which texts of column c are labels, and the rows that have one. */
static int mark_labels(TotalsWork *work, size_t c, Err *err) {
  const Column *column = work->table->columns[c];
  size_t ncodes = dict_count(column->dict);
  bool *is_label = mem_array(ncodes, sizeof *is_label);
  if (is_label == NULL) return err_memory(err);
  bool any = false;
  for (size_t code = 0; code < ncodes; code++) {
    size_t len;
    const char *text = dict_text(column->dict, (uint32_t)code, &len);
    is_label[code] = totals_is_label(text, len);
    any = any || is_label[code];
  }
  if (!any) return free(is_label), 0;
  work->is_label[c] = is_label;
  for (size_t row = 0; row < column->nrows; row++)
    if (totals_has_label(work, c, row)) work->labelled[row] = true;
  return 0;
}

static void add_up(TotalsWork *work) {
  bool is_na;
  for (size_t row = 0; row < work->table->nrows; row++) {
    Int128 *above = work->sums + row * work->n, *next = above + work->n;
    for (size_t i = 0; i < work->n; i++) {
      next[i] = above[i];
      if (!work->labelled[row]) next[i] += totals_amount(work, row, i, &is_na);
    }
    if (work->labelled[row]) work->labels[work->nlabels++] = row;
  }
}

/* Are the row's amounts the sums of the rows in [from, to)? */
static bool is_sum(const TotalsWork *work, size_t row, size_t from, size_t to) {
  size_t fits = 0, there = 0, counted = 0;
  const Int128 *low = work->sums + from * work->n;
  const Int128 *high = work->sums + to * work->n;
  for (size_t i = 0; i < work->n; i++) {
    bool is_na;
    int64_t value = totals_amount(work, row, i, &is_na);
    if (is_na) continue;
    there++;
    if (high[i] - low[i] != value) continue;
    fits++;
    counted += value != 0;
  }
  return counted > 0 && fits * 2 >= there && from < to;
}

/* Index l of work->labels: a run that ends above it, or begins below it. */
static bool is_labelled_sum(const TotalsWork *work, size_t l) {
  size_t row = work->labels[l], n = work->table->nrows;
  for (size_t k = 0; k <= l && k < LABELS_TRIED; k++)
    if (is_sum(work, row, k == l ? 0 : work->labels[l - k - 1] + 1, row))
      return true;
  for (size_t k = l + 1; k < work->nlabels && k <= l + LABELS_TRIED; k++)
    if (is_sum(work, row, row + 1, work->labels[k])) return true;
  return is_sum(work, row, 0, row) || is_sum(work, row, row + 1, n) ||
         is_sum(work, row, 0, n);
}

/* The sum of all rows but itself: all of them come to twice the row. */
static bool is_hidden_sum(const TotalsWork *work, size_t row) {
  const Int128 *all = work->sums + work->table->nrows * work->n;
  size_t counted = 0;
  for (size_t i = 0; i < work->n; i++) {
    bool is_na;
    int64_t value = totals_amount(work, row, i, &is_na);
    if (is_na) continue;
    if (all[i] != (Int128)value * 2) return false;
    counted += value != 0;
  }
  return counted > 0;
}

/* Rows without a label that have an amount other than zero. */
static size_t count_amounts(const TotalsWork *work) {
  size_t count = 0;
  for (size_t row = 0; row < work->table->nrows; row++) {
    bool is_na, any = false;
    for (size_t i = 0; i < work->n && !work->labelled[row]; i++)
      any = any || totals_amount(work, row, i, &is_na) != 0;
    count += any;
  }
  return count;
}

static void judge(const TotalsWork *work, TotalsFound *out) {
  size_t n = work->table->nrows;
  bool whole = false; /* a label proves that no other row is the total */
  for (size_t l = 0; l < work->nlabels; l++) {
    bool found = is_labelled_sum(work, l);
    whole = whole || is_sum(work, work->labels[l], 0, n);
    if (found) out->kinds[work->labels[l]] = TOTAL_LABELLED;
  }
  /* Among few, one is the sum of the others by accident. */
  size_t counted = count_amounts(work);
  for (size_t row = 0; !whole && counted >= 3 && row < n; row++) {
    bool place = counted >= 10 || row == 0 || row == n - 1;
    if (work->labelled[row] || !place || !is_hidden_sum(work, row)) continue;
    out->kinds[row] = TOTAL_HIDDEN;
    out->hidden++;
  }
}

static void count_labelled(const TotalsWork *work, TotalsFound *out) {
  for (size_t l = 0; l < work->nlabels; l++)
    out->labelled += out->kinds[work->labels[l]] == TOTAL_LABELLED;
  out->unproved = work->nlabels - out->labelled;
}

static int prepare(TotalsWork *work, TotalsFound *out, Err *err) {
  size_t n = work->table->nrows;
  out->kinds = mem_array(n, 1);
  work->labelled = mem_array(n, sizeof *work->labelled);
  work->labels = mem_array(n, sizeof *work->labels);
  work->is_label = mem_array(work->table->ncols, sizeof *work->is_label);
  work->sums = n < SIZE_MAX / work->n / 2
                   ? mem_array((n + 1) * work->n, sizeof *work->sums)
                   : NULL;
  if (out->kinds == NULL || work->labelled == NULL || work->labels == NULL ||
      work->is_label == NULL || work->sums == NULL)
    return err_memory(err);
  for (size_t c = 0; c < work->table->ncols; c++) {
    bool is_text = work->table->columns[c]->type == COLUMN_TEXT;
    if (is_text && mark_labels(work, c, err) != 0) return -1;
  }
  return 0;
}

int totals_find(const Table *table, const size_t *amounts, size_t n,
                TotalsFound *out, Err *err) {
  TotalsWork work = {.table = table, .amounts = amounts, .n = n == 0 ? 1 : n};
  *out = (TotalsFound){0};
  int status = prepare(&work, out, err);
  if (status == 0 && n > 0) {
    add_up(&work);
    judge(&work, out);
    status = totals_by_group(&work, out->kinds, err);
    count_labelled(&work, out);
  }
  free_work(&work);
  return status;
}

Table *totals_drop(const Table *table, const TotalsFound *found, Err *err) {
  size_t kept = 0;
  size_t *rows = mem_array(table->nrows, sizeof *rows);
  if (rows == NULL) return err_memory(err), NULL;
  for (size_t row = 0; row < table->nrows; row++)
    if (found->kinds[row] == TOTAL_NONE) rows[kept++] = row;
  Table *left = table_gather(table, rows, kept, err);
  free(rows);
  return left;
}
