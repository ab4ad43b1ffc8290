/* The rows are grouped thrice, by id columns, by name and by both. A group of
   the third kind is a cell of the result; the cells, sorted by name, give the
   new columns one after the other. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "verbs/aggregate.h"
#include "verbs/pivot.h"

/* What is made along the way; all of it is freed at the end. */
typedef struct Wider {
  const Table *table;
  const PivotWider *spec;
  Groups ids, names, cells;
  size_t *keys;    /* of the cells: the ids, then names_from */
  size_t nrows;    /* of the result */
  Column *values;  /* what the new columns take their cells from */
  size_t *start;   /* where each name's cells begin in by_name */
  size_t *by_name; /* cells, by name */
} Wider;

static void wider_free(Wider *wider) {
  groups_free(&wider->ids);
  groups_free(&wider->names);
  groups_free(&wider->cells);
  column_unref(wider->values);
  free(wider->keys);
  free(wider->start);
  free(wider->by_name);
}

static int check_wider(const Table *table, const PivotWider *spec, Err *err) {
  const size_t both[] = {spec->names_from, spec->values_from};
  if (both[0] == both[1])
    return err_set(err, ERR_USE, "'%s' cannot give names and values",
                   table->names[both[0]]);
  for (size_t i = 0; i < spec->nids; i++)
    if (spec->ids[i] == both[0] || spec->ids[i] == both[1])
      return err_set(err, ERR_USE, "'%s' cannot be an id column, too",
                     table->names[spec->ids[i]]);
  const Column *names = table->columns[spec->names_from];
  for (size_t row = 0; row < table->nrows; row++)
    if (column_is_na(names, row))
      return err_set(err, ERR_DATA,
                     "row %zu: '%s' is missing, so that its value would have "
                     "no column",
                     row + 1, table->names[spec->names_from]);
  return 0;
}

static int find_groups(Wider *wider, Err *err) {
  const PivotWider *spec = wider->spec;
  const Table *table = wider->table;
  size_t n = spec->nids;
  wider->keys = mem_array(n + 1, sizeof *wider->keys);
  if (wider->keys == NULL) return err_memory(err);
  for (size_t i = 0; i < n; i++) wider->keys[i] = spec->ids[i];
  wider->keys[n] = spec->names_from;
  if (groups_find(table, wider->keys, n, &wider->ids, err) != 0 ||
      groups_find(table, wider->keys + n, 1, &wider->names, err) != 0 ||
      groups_find(table, wider->keys, n + 1, &wider->cells, err) != 0)
    return -1;
  wider->nrows = table->nrows == 0 ? 0 : wider->ids.ngroups;
  if (wider->names.ngroups <= PIVOT_MOST_COLUMNS) return 0;
  return err_set(err, ERR_LIMIT,
                 "'%s' has %zu different values: a table gets at most %d new "
                 "columns",
                 table->names[spec->names_from], wider->names.ngroups,
                 PIVOT_MOST_COLUMNS);
}

/* The first row whose cell has a value already, for people. */
static int refuse_double(const Wider *wider, Err *err) {
  const Groups *cells = &wider->cells;
  size_t row = 0;
  while (cells->first[cells->of_row[row]] == row) row++;
  char where[300];
  groups_describe(cells, cells->of_row[row], where, sizeof where);
  return err_set(err, ERR_DATA,
                 "%s: rows %zu and %zu stand for the same cell (agg = \"sum\" "
                 "adds them up)",
                 where, cells->first[cells->of_row[row]] + 1, row + 1);
}

/* One value for each cell. */
static int find_values(Wider *wider, Err *err) {
  const Column *column = wider->table->columns[wider->spec->values_from];
  const Groups *cells = &wider->cells;
  if (wider->spec->sum)
    wider->values = aggregate(AGGREGATE_SUM, column, cells, err);
  else if (cells->ngroups < wider->table->nrows)
    return refuse_double(wider, err);
  else wider->values = column_gather(column, cells->first, cells->ngroups, err);
  return wider->values == NULL ? -1 : 0;
}

static uint32_t name_of(const Wider *wider, size_t cell) {
  return wider->names.of_row[wider->cells.first[cell]];
}

static int sort_cells(Wider *wider, Err *err) {
  size_t n = wider->names.ngroups, ncells = wider->cells.ngroups;
  wider->start = mem_array(n + 2, sizeof *wider->start);
  wider->by_name = mem_array(ncells, sizeof *wider->by_name);
  if (wider->start == NULL || wider->by_name == NULL) return err_memory(err);
  /* one place further than in the end: placing the cells moves it back */
  for (size_t cell = 0; cell < ncells; cell++)
    wider->start[name_of(wider, cell) + 2]++;
  for (size_t i = 1; i < n + 2; i++) wider->start[i] += wider->start[i - 1];
  for (size_t cell = 0; cell < ncells; cell++)
    wider->by_name[wider->start[name_of(wider, cell) + 1]++] = cell;
  return 0;
}

/* The column of one name; `pick` has room for the result's rows. */
static Column *wider_column(const Wider *wider, size_t name, size_t *pick,
                            Err *err) {
  for (size_t i = 0; i < wider->nrows; i++) pick[i] = SIZE_MAX;
  for (size_t i = wider->start[name]; i < wider->start[name + 1]; i++) {
    size_t cell = wider->by_name[i];
    pick[wider->ids.of_row[wider->cells.first[cell]]] = cell;
  }
  return column_gather(wider->values, pick, wider->nrows, err);
}

/* The columns of the result: names (owned) and one reference each. */
typedef struct Parts {
  size_t n;
  char **names;
  Column **columns;
} Parts;

static void parts_free(Parts *parts) {
  for (size_t i = 0; parts->names != NULL && i < parts->n; i++)
    free(parts->names[i]);
  for (size_t i = 0; parts->columns != NULL && i < parts->n; i++)
    column_unref(parts->columns[i]);
  free(parts->names);
  free(parts->columns);
}

/* Take over `column`; 0 or -1. */
static int add_part(Parts *parts, const char *name, size_t len, Column *column,
                    Err *err) {
  parts->columns[parts->n] = column;
  parts->names[parts->n++] = mem_text(name, len);
  if (column == NULL) return -1;
  return parts->names[parts->n - 1] == NULL ? err_memory(err) : 0;
}

static int add_ids(const Wider *wider, Parts *parts, Err *err) {
  const Table *table = wider->table;
  for (size_t i = 0; i < wider->spec->nids; i++) {
    size_t id = wider->spec->ids[i];
    const char *name = table->names[id];
    Column *column =
        column_gather(table->columns[id], wider->ids.first, wider->nrows, err);
    if (add_part(parts, name, strlen(name), column, err) != 0) return -1;
  }
  return 0;
}

static bool is_id(const Wider *wider, const char *name) {
  for (size_t i = 0; i < wider->spec->nids; i++)
    if (strcmp(wider->table->names[wider->spec->ids[i]], name) == 0)
      return true;
  return false;
}

static int add_names(const Wider *wider, Parts *parts, size_t *pick, Err *err) {
  const char *from = wider->table->names[wider->spec->names_from];
  const Column *names = wider->table->columns[wider->spec->names_from];
  for (size_t i = 0; i < wider->names.ngroups; i++) {
    char scratch[DECIMAL_TEXT_SIZE];
    size_t len;
    const char *name =
        column_print(names, wider->names.first[i], scratch, &len);
    Column *column = wider_column(wider, i, pick, err);
    if (add_part(parts, name, len, column, err) != 0) return -1;
    if (is_id(wider, parts->names[parts->n - 1]))
      return err_set(err, ERR_DATA,
                     "'%s' would give a column '%s', which there is already",
                     from, parts->names[parts->n - 1]);
  }
  return 0;
}

static Table *build_wider(const Wider *wider, Err *err) {
  size_t n = wider->spec->nids + wider->names.ngroups;
  size_t *pick = mem_array(wider->nrows, sizeof *pick);
  Parts parts = {.names = mem_array(n, sizeof *parts.names),
                 .columns = mem_array(n, sizeof *parts.columns)};
  Table *out = NULL;
  if (pick == NULL || parts.names == NULL || parts.columns == NULL)
    err_memory(err);
  else if (add_ids(wider, &parts, err) == 0 &&
           add_names(wider, &parts, pick, err) == 0)
    out = table_new(wider->nrows, n, (const char *const *)parts.names,
                    parts.columns, err);
  parts_free(&parts);
  free(pick);
  return out;
}

Table *pivot_wider(const Table *table, const PivotWider *spec, Err *err) {
  if (check_wider(table, spec, err) != 0) return NULL;
  Wider wider = {.table = table, .spec = spec};
  Table *out = NULL;
  if (find_groups(&wider, err) == 0 && find_values(&wider, err) == 0 &&
      sort_cells(&wider, err) == 0)
    out = build_wider(&wider, err);
  wider_free(&wider);
  return out;
}
