/* Names are found through a small open-addressing hash, so that a file of
   10,000 columns is no slower per name than one of ten. */
#include "table/table.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"

/* Room for ncols columns, nothing in it yet: safe to unref at any time. */
static Table *make(size_t nrows, size_t ncols, Err *err) {
  Table *table = mem_array(1, sizeof *table);
  if (table == NULL) return err_memory(err), NULL;
  table->refs = 1;
  table->nrows = nrows;
  table->ncols = ncols;
  table->nslots = 4;
  while (table->nslots < ncols * 2) table->nslots *= 2;
  table->names = mem_array(ncols, sizeof *table->names);
  table->columns = mem_array(ncols, sizeof *table->columns);
  table->slots = mem_array(table->nslots, sizeof *table->slots);
  if (table->names && table->columns && table->slots) return table;
  table_unref(table);
  err_memory(err);
  return NULL;
}

Table *table_ref(Table *table) {
  table->refs++;
  return table;
}

void table_unref(Table *table) {
  if (table == NULL || --table->refs > 0) return;
  for (size_t i = 0; i < table->ncols; i++) {
    if (table->names != NULL) free(table->names[i]);
    if (table->columns != NULL) column_unref(table->columns[i]);
  }
  free(table->names);
  free(table->columns);
  free(table->slots);
  free(table);
}

/* The slot of `name`, or the free one where it would go. */
static size_t find_slot(const Table *table, const char *name) {
  size_t mask = table->nslots - 1;
  size_t slot = text_hash(name, strlen(name), 0) & mask;
  while (table->slots[slot] != 0 &&
         strcmp(table->names[table->slots[slot] - 1], name) != 0)
    slot = (slot + 1) & mask;
  return slot;
}

/* Put a column in place i; 0 or -1. */
static int set_column(Table *table, size_t i, const char *name, Column *column,
                      Err *err) {
  size_t slot = find_slot(table, name);
  if (table->slots[slot] != 0)
    return err_set(err, ERR_DATA, "two columns are called '%s'", name);
  table->names[i] = mem_text(name, strlen(name));
  if (table->names[i] == NULL) return err_memory(err);
  table->slots[slot] = (uint32_t)i + 1;
  table->columns[i] = column_ref(column);
  return 0;
}

Table *table_new(size_t nrows, size_t ncols, const char *const *names,
                 Column *const *columns, Err *err) {
  Table *table = make(nrows, ncols, err);
  if (table == NULL) return NULL;
  for (size_t i = 0; i < ncols; i++) {
    if (set_column(table, i, names[i], columns[i], err) == 0) continue;
    table_unref(table);
    return NULL;
  }
  return table;
}

ptrdiff_t table_find(const Table *table, const char *name) {
  return (ptrdiff_t)table->slots[find_slot(table, name)] - 1;
}

/* The name that is nearest to `name`, when it is near at all. */
static const char *nearest(const Table *table, const char *name) {
  const char *best = NULL;
  size_t len = strlen(name), least = text_count(name, len) / 3 + 2;
  for (size_t i = 0; i < table->ncols && i < 1000; i++) {
    const char *other = table->names[i];
    size_t far = text_distance(name, len, other, strlen(other));
    if (far >= least) continue;
    least = far;
    best = other;
  }
  return best;
}

static void list_names(const Table *table, char *out, size_t size) {
  size_t used = 0;
  out[0] = '\0';
  for (size_t i = 0; i < table->ncols && used < size; i++) {
    const char *mark = i == 0 ? "" : ", ";
    if (used + strlen(table->names[i]) + 8 > size) {
      snprintf(out + used, size - used, "%s...", mark);
      return;
    }
    used += (size_t)snprintf(out + used, size - used, "%s%s", mark,
                             table->names[i]);
  }
}

ptrdiff_t table_need(const Table *table, const char *name, Err *err) {
  ptrdiff_t i = table_find(table, name);
  if (i >= 0) return i;
  const char *near = nearest(table, name);
  if (near != NULL)
    return err_set(err, ERR_DATA, "no column '%s' (did you mean '%s'?)", name,
                   near);
  char names[400];
  list_names(table, names, sizeof names);
  return err_set(err, ERR_DATA, "no column '%s'; there are: %s", name, names);
}

Table *table_select(const Table *table, const size_t *columns, size_t ncols,
                    const char *const *names, Err *err) {
  Table *out = make(table->nrows, ncols, err);
  if (out == NULL) return NULL;
  for (size_t i = 0; i < ncols; i++) {
    const char *name = table->names[columns[i]];
    if (names != NULL && names[i] != NULL) name = names[i];
    if (set_column(out, i, name, table->columns[columns[i]], err) == 0)
      continue;
    table_unref(out);
    return NULL;
  }
  return out;
}

Table *table_with(const Table *table, const char *name, Column *column,
                  Err *err) {
  ptrdiff_t place = table_find(table, name);
  size_t ncols = table->ncols + (place < 0);
  Table *out = make(column->nrows, ncols, err);
  if (out == NULL) return NULL;
  for (size_t i = 0; i < ncols; i++) {
    bool own = i < table->ncols && (ptrdiff_t)i != place;
    const char *called = i < table->ncols ? table->names[i] : name;
    Column *taken = own ? table->columns[i] : column;
    if (set_column(out, i, called, taken, err) == 0) continue;
    table_unref(out);
    return NULL;
  }
  return out;
}

Table *table_gather(const Table *table, const size_t *rows, size_t nrows,
                    Err *err) {
  Table *out = make(nrows, table->ncols, err);
  if (out == NULL) return NULL;
  for (size_t i = 0; i < table->ncols; i++) {
    Column *column = column_gather(table->columns[i], rows, nrows, err);
    int status =
        column == NULL ? -1 : set_column(out, i, table->names[i], column, err);
    column_unref(column);
    if (status == 0) continue;
    table_unref(out);
    return NULL;
  }
  return out;
}
