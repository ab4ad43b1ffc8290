#include "verbs/summarise.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "verbs/spread.h"

/* The table under construction: names borrowed, columns owned. */
typedef struct Result {
  const char **names;
  Column **columns;
  size_t n; /* columns there are */
} Result;

/* Put "total: sum(amount): " before the error, as far as it is known. */
static void name_item(const Summary *item, Err *err) {
  Buf text = {0};
  Err ignored;
  if (item->of != NULL) expr_print(item->of, &text, &ignored);
  int len = text.len > 120 ? 0 : (int)text.len;
  if (len > 0)
    err_at(err, "%s(%.*s): ", aggregate_name(item->kind), len, text.data);
  else err_at(err, "%s: ", item->name);
  buf_free(&text);
}

static Column *compute(const Table *table, const Summary *item,
                       const Groups *groups, const ExprHost *host, Err *err) {
  if (item->of == NULL) return aggregate(item->kind, NULL, groups, err);
  Column *column = expr_eval(item->of, table, host, err);
  if (aggregate_needs_number(item->kind))
    column = aggregate_as_numbers(column, err);
  if (column == NULL) return NULL;
  Column *out = item->kind == AGGREGATE_QUANTILE
                    ? spread_quantile(column, groups, item->p, err)
                    : aggregate(item->kind, column, groups, err);
  if (out == NULL) name_item(item, err);
  column_unref(column);
  return out;
}

/* Whether 0 <= p <= 1. */
static bool is_part(Decimal p) {
  return p.num >= 0 && p.num <= pow10_int64(p.scale);
}

static int check_items(const Summary *items, size_t nitems, Err *err) {
  for (size_t i = 0; i < nitems; i++) {
    if (items[i].of == NULL && items[i].kind != AGGREGATE_COUNT)
      return err_set(err, ERR_USE, "%s() needs a column or an expression",
                     aggregate_name(items[i].kind));
    if (items[i].kind == AGGREGATE_QUANTILE && !is_part(items[i].p))
      return err_set(err, ERR_USE, "a quantile needs its p, from 0 to 1");
    for (size_t k = 0; k < i; k++)
      if (strcmp(items[i].name, items[k].name) == 0)
        return err_set(err, ERR_USE, "two summaries are called '%s'",
                       items[i].name);
  }
  return 0;
}

static int check_keys(const Table *table, const size_t *keys, size_t nkeys,
                      const Summary *items, size_t nitems, Err *err) {
  for (size_t k = 0; k < nkeys; k++) {
    const char *name = table->names[keys[k]];
    for (size_t i = 0; i < nitems; i++)
      if (strcmp(items[i].name, name) == 0)
        return err_set(err, ERR_USE,
                       "'%s' is a key of the groups and a summary", name);
    for (size_t i = 0; i < k; i++)
      if (keys[i] == keys[k])
        return err_set(err, ERR_USE, "the key '%s' is named twice", name);
  }
  return 0;
}

static int add_keys(const Table *table, const size_t *keys, size_t nkeys,
                    const Groups *groups, Result *result, Err *err) {
  for (size_t k = 0; k < nkeys; k++) {
    Column *column = column_gather(table->columns[keys[k]], groups->first,
                                   groups->ngroups, err);
    if (column == NULL) return -1;
    result->names[result->n] = table->names[keys[k]];
    result->columns[result->n++] = column;
  }
  return 0;
}

static int add_items(const Table *table, const Summary *items, size_t nitems,
                     const Groups *groups, const ExprHost *host, Result *result,
                     Err *err) {
  for (size_t i = 0; i < nitems; i++) {
    Column *column = compute(table, &items[i], groups, host, err);
    if (column == NULL) return -1;
    result->names[result->n] = items[i].name;
    result->columns[result->n++] = column;
  }
  return 0;
}

Table *summarise_groups(const Table *table, const Groups *groups,
                        const Summary *items, size_t nitems,
                        const ExprHost *host, Err *err) {
  const size_t *keys = groups->keys;
  size_t nkeys = groups->nkeys;
  Table *out = NULL;
  Result result = {mem_array(nkeys + nitems, sizeof *result.names),
                   mem_array(nkeys + nitems, sizeof *result.columns), 0};
  if (result.names == NULL || result.columns == NULL) {
    err_memory(err);
    goto done;
  }
  if (check_items(items, nitems, err) != 0) goto done;
  if (check_keys(table, keys, nkeys, items, nitems, err) != 0) goto done;
  if (add_keys(table, keys, nkeys, groups, &result, err) != 0) goto done;
  if (add_items(table, items, nitems, groups, host, &result, err) != 0)
    goto done;
  out = table_new(groups->ngroups, result.n, result.names, result.columns, err);
done:
  for (size_t i = 0; i < result.n; i++) column_unref(result.columns[i]);
  free(result.names);
  free(result.columns);
  return out;
}

Table *summarise(const Table *table, const size_t *keys, size_t nkeys,
                 const Summary *items, size_t nitems, const ExprHost *host,
                 Err *err) {
  Table *out = NULL;
  Groups groups = {0};
  if (groups_find(table, keys, nkeys, &groups, err) == 0)
    out = summarise_groups(table, &groups, items, nitems, host, err);
  groups_free(&groups);
  return out;
}
