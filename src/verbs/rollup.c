/* One grouping for each floor, from the fixed keys up to all of them. Groups
   are numbered by first appearance, so sorting the innermost ones by the
   numbers of their ancestors (one counting sort a floor) gives the order of
   the report; a subtotal is emitted where its last part has been. The cost is
   that of summarise times the number of floors. */
#include "verbs/rollup.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* A floor: the groups by its keys, and their rows as summarise gives them. */
typedef struct Floor {
  Groups groups;
  Table *rows;
  size_t first_row; /* where these rows begin in all floors' rows */
} Floor;

typedef struct Work {
  const Table *table;
  const Rollup *spec;
  Floor *floors; /* nfloors, the fixed keys' first */
  size_t nfloors;
  size_t *leaves; /* the innermost groups, in order */
  size_t *order;  /* of all floors' rows those to show */
  int64_t *level; /* of each of them */
  size_t nrows;
} Work;

static const Floor *innermost(const Work *work) {
  return &work->floors[work->nfloors - 1];
}

/* The group of floor `at` that an innermost group belongs to. */
static size_t ancestor(const Work *work, size_t leaf, size_t at) {
  size_t row = innermost(work)->groups.first[leaf];
  return work->floors[at].groups.of_row[row];
}

static int fill_floors(Work *work, const Summary *items, size_t nitems,
                       const ExprHost *host, Err *err) {
  const Rollup *spec = work->spec;
  for (size_t i = 0; i < work->nfloors; i++) {
    Floor *floor = &work->floors[i];
    size_t nkeys = spec->nfixed + i;
    if (groups_find(work->table, spec->keys, nkeys, &floor->groups, err) != 0)
      return -1;
    floor->rows =
        summarise_groups(work->table, &floor->groups, items, nitems, host, err);
    if (floor->rows == NULL) return -1;
  }
  return 0;
}

/* Stable: sort the leaves by their ancestor on floor `at`. */
static void sort_by_floor(Work *work, size_t at, size_t *next, size_t *sorted) {
  size_t nleaves = innermost(work)->groups.ngroups;
  size_t ngroups = work->floors[at].groups.ngroups;
  memset(next, 0, (ngroups + 1) * sizeof *next);
  for (size_t i = 0; i < nleaves; i++) next[ancestor(work, i, at) + 1]++;
  for (size_t g = 0; g < ngroups; g++) next[g + 1] += next[g];
  for (size_t i = 0; i < nleaves; i++) {
    size_t leaf = work->leaves[i];
    sorted[next[ancestor(work, leaf, at)]++] = leaf;
  }
  memcpy(work->leaves, sorted, nleaves * sizeof *sorted);
}

static int sort_leaves(Work *work, Err *err) {
  size_t nleaves = innermost(work)->groups.ngroups;
  work->leaves = mem_array(nleaves, sizeof *work->leaves);
  /* a floor has no more groups than the innermost, but one over no rows */
  size_t *next = mem_array(nleaves + 2, sizeof *next);
  size_t *sorted = mem_array(nleaves, sizeof *sorted);
  bool has_room = work->leaves && next && sorted;
  for (size_t i = 0; has_room && i < nleaves; i++) work->leaves[i] = i;
  for (size_t at = work->nfloors - 1; has_room && at-- > 0;)
    sort_by_floor(work, at, next, sorted);
  free(next);
  free(sorted);
  return has_room ? 0 : err_memory(err);
}

/* Whether the path of a group ends above floor `at`. On the first floor a
   missing key is no path that ended, but rows without a code. */
static bool ends_above(const Work *work, size_t group, size_t at) {
  if (!work->spec->ragged || at <= 1) return false;
  size_t key = work->spec->keys[work->spec->nfixed + at - 1];
  return column_is_na(work->table->columns[key],
                      work->floors[at].groups.first[group]);
}

static void show(Work *work, size_t group, size_t at) {
  if (ends_above(work, group, at)) return;
  work->order[work->nrows] = work->floors[at].first_row + group;
  work->level[work->nrows++] = (int64_t)at;
}

/* The leaf at place i, then every subtotal whose last leaf it is. */
static void show_leaf(Work *work, size_t i) {
  size_t leaf = work->leaves[i], top = work->nfloors - 1;
  bool is_last = i + 1 == innermost(work)->groups.ngroups;
  show(work, leaf, top);
  for (size_t at = top; at-- > 0;) {
    size_t group = ancestor(work, leaf, at);
    if (!is_last && ancestor(work, work->leaves[i + 1], at) == group) return;
    show(work, group, at);
  }
}

static int arrange(Work *work, Err *err) {
  size_t total = 0;
  for (size_t at = work->nfloors; at-- > 0;) {
    work->floors[at].first_row = total;
    total += work->floors[at].groups.ngroups;
  }
  work->order = mem_array(total, sizeof *work->order);
  work->level = mem_array(total, sizeof *work->level);
  if (!work->order || !work->level) return err_memory(err);
  if (sort_leaves(work, err) != 0) return -1;
  size_t nleaves = innermost(work)->groups.ngroups;
  for (size_t i = 0; i < nleaves; i++) show_leaf(work, i);
  /* a total over no rows is a row all the same */
  if (nleaves == 0 && work->spec->nfixed == 0) show(work, 0, 0);
  return 0;
}

/* All floors' rows in order, with their level. */
static Table *collect(const Work *work, Err *err) {
  Table **all = mem_array(work->nfloors, sizeof *all);
  if (all == NULL) return err_memory(err), NULL;
  for (size_t i = 0; i < work->nfloors; i++)
    all[i] = work->floors[work->nfloors - 1 - i].rows;
  Table *bound = table_bind_rows(all, work->nfloors, err);
  free(all);
  if (bound == NULL) return NULL;
  Table *rows = table_gather(bound, work->order, work->nrows, err);
  table_unref(bound);
  Column *level = NULL;
  if (rows != NULL) level = column_new(COLUMN_INT, work->nrows, err);
  Table *out = NULL;
  if (level != NULL) {
    for (size_t i = 0; i < work->nrows; i++) level->ints[i] = work->level[i];
    out = table_with(rows, ROLLUP_LEVEL, level, err);
  }
  column_unref(level);
  table_unref(rows);
  return out;
}

static int check_level(const Work *work, const Summary *items, size_t nitems,
                       Err *err) {
  const char *taken = NULL;
  for (size_t k = 0; k < work->spec->nkeys; k++) {
    const char *name = work->table->names[work->spec->keys[k]];
    if (strcmp(name, ROLLUP_LEVEL) == 0) taken = "a key";
  }
  for (size_t i = 0; i < nitems; i++)
    if (strcmp(items[i].name, ROLLUP_LEVEL) == 0) taken = "a summary";
  if (taken == NULL) return 0;
  return err_set(
      err, ERR_USE,
      "%s is called '%s', which a roll-up needs for itself: rename it", taken,
      ROLLUP_LEVEL);
}

Table *rollup(const Table *table, const Rollup *spec, const Summary *items,
              size_t nitems, const ExprHost *host, Err *err) {
  Work work = {
      .table = table, .spec = spec, .nfloors = spec->nkeys - spec->nfixed + 1};
  Table *out = NULL;
  work.floors = mem_array(work.nfloors, sizeof *work.floors);
  if (work.floors == NULL) return err_memory(err), NULL;
  if (check_level(&work, items, nitems, err) == 0 &&
      fill_floors(&work, items, nitems, host, err) == 0 &&
      arrange(&work, err) == 0)
    out = collect(&work, err);
  for (size_t i = 0; i < work.nfloors; i++) {
    groups_free(&work.floors[i].groups);
    table_unref(work.floors[i].rows);
  }
  free(work.floors);
  free(work.leaves);
  free(work.order);
  free(work.level);
  return out;
}
