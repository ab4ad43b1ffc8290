/* An import is: find or make the table, fit the columns of the file to those
   of the table, insert, and write the ledger. Everything happens in one
   transaction, so that a failure anywhere leaves nothing. */
#include "io/store_table.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/parallel.h"
#include "io/store_append.h"
#include "io/store_compact.h"
#include "io/store_insert.h"
#include "io/store_ledger.h"
#include "io/store_sql.h"

typedef struct Import {
  Store *store;
  char *name;          /* of the table, as the database has it; owned */
  const Table *table;  /* what comes in; borrowed */
  StoreColumns stored; /* the columns of the table in the database */
  StoreColumn **into;  /* into[i] takes column i; borrowed from `stored` */
  Column **columns;    /* column i in its stored type; one reference each,
                          NULL where all is missing */
  bool fresh;          /* the table is new */
  bool compact;        /* segments of a new one are wanted */
} Import;

/* ---- the table in the database ---- */

/* Take over the case of the letters that the table was made with. */
static int take_name(Import *import, const char *name, Err *err) {
  char *copy = name == NULL ? NULL : mem_text(name, strlen(name));
  if (copy == NULL) return err_memory(err);
  free(import->name);
  import->name = copy;
  return 1;
}

/* Whether a table of that name is there: 1 or 0; another thing is an error. */
static int look_up(Import *import, sqlite3_stmt *stmt, Err *err) {
  sql_bind_text(stmt, 1, import->name);
  int status = sql_step(import->store, stmt, err);
  if (status <= 0) return status;
  const char *type = (const char *)sqlite3_column_text(stmt, 0);
  if (type != NULL && strcmp(type, "table") == 0)
    return take_name(import, (const char *)sqlite3_column_text(stmt, 1), err);
  return err_set(err, ERR_DATA, "'%s' is the name of another thing (%s)",
                 import->name, type == NULL ? "?" : type);
}

/* What stands there under the name: 1 an analyst's table, 0 nothing. */
static int find_table(Import *import, Err *err) {
  Store *store = import->store;
  sqlite3_stmt *stmt = sql_prepare(
      store, err,
      "SELECT type, name FROM sqlite_schema WHERE name = ? COLLATE NOCASE");
  if (stmt == NULL) return -1;
  int status = look_up(import, stmt, err);
  sqlite3_finalize(stmt);
  if (status <= 0) return status;
  if (store_columns_load(store, import->name, &import->stored, err) != 0)
    return -1;
  if (import->stored.n > 0) return 1;
  return err_set(err, ERR_DATA,
                 "the table '%s' was not made by an import: choose another "
                 "name",
                 import->name);
}

static int drop_table(Import *import, Err *err) {
  sqlite3_stmt *stmt =
      sql_prepare(import->store, err, "DROP TABLE \"%w\"", import->name);
  if (sql_finish(import->store, stmt, err) != 0) return -1;
  store_columns_free(&import->stored);
  return 0;
}

static int create_table(Import *import, const char *const *units, Err *err) {
  Store *store = import->store;
  const Table *table = import->table;
  int most = sqlite3_limit(store->db, SQLITE_LIMIT_COLUMN, -1);
  if (table->ncols == 0)
    return err_set(err, ERR_DATA, "a table needs at least one column");
  if (table->ncols > (size_t)most)
    return err_set(err, ERR_LIMIT,
                   "a table in a database has at most %d columns, not %zu",
                   most, table->ncols);
  if (store_columns_new(table, units, &import->stored, err) != 0) return -1;
  char *sql = store_append_table_sql(import->name, &import->stored);
  int status = sql == NULL ? err_memory(err) : sql_exec(store, sql, err);
  sqlite3_free(sql);
  return status;
}

/* ---- fitting ---- */

static bool has_values(const Column *column) {
  return column_count_na(column) < column->nrows;
}

/* Make the stored integers of a column count in smaller units. SQLite turns a
   product that has no room into a real number, which STRICT refuses. */
static int widen_stored(Import *import, StoreColumn *stored, int scale,
                        Err *err) {
  if (store_segment_forget(import->store, import->name, err) < 0) return -1;
  sqlite3_stmt *stmt = sql_prepare(
      import->store, err, "UPDATE \"%w\" SET \"%w\" = \"%w\" * %lld",
      import->name, stored->sql_name, stored->sql_name,
      (long long)pow10_int64(scale - stored->scale));
  if (sql_finish(import->store, stmt, err) != 0)
    return err->code != ERR_DATA
               ? -1
               : err_set(err, ERR_DATA,
                         "column '%s': amounts of the table '%s' do not fit in "
                         "64 bits with %d decimals",
                         stored->name, import->name, scale);
  stored->type = COLUMN_DECIMAL;
  stored->scale = scale;
  return 0;
}

static bool is_exact(ColumnType type) {
  return type == COLUMN_DECIMAL || type == COLUMN_INT;
}

/* The column in the type of the table, which is widened when need be: a new
   reference, or NULL. */
static Column *fit_column(Import *import, StoreColumn *stored, Column *column,
                          Err *err) {
  bool same =
      column->type == stored->type &&
      (column->type != COLUMN_PERIOD || column->period == stored->period);
  bool exact = is_exact(column->type) && is_exact(stored->type);
  if (exact &&
      (column->scale > stored->scale ||
       (column->type == COLUMN_DECIMAL && !same)) &&
      widen_stored(import, stored, column->scale, err) != 0)
    return NULL;
  bool fits = same || exact ||
              (is_exact(column->type) && stored->type == COLUMN_REAL) ||
              (column->type == COLUMN_INT && stored->type == COLUMN_TEXT);
  if (fits) {
    Column *cast = column_cast(column, stored->type, stored->scale, err);
    if (cast == NULL) err_at(err, "column '%s', ", stored->name);
    return cast;
  }
  char here[24], there[24];
  err_set(err, ERR_DATA,
          "column '%s' is %s in the file and %s in the table '%s'",
          stored->name, column_type_name(column, here),
          store_column_type_name(stored, there), import->name);
  return NULL;
}

static int fit_columns(Import *import, Err *err) {
  const Table *table = import->table;
  for (size_t i = 0; i < table->ncols; i++) {
    StoreColumn *stored = store_columns_find(&import->stored, table->names[i]);
    if (stored == NULL)
      return err_set(err, ERR_DATA,
                     "the table '%s' has no column '%s'; --replace makes it "
                     "anew",
                     import->name, table->names[i]);
    import->into[i] = stored;
    if (!has_values(table->columns[i])) continue;
    import->columns[i] = fit_column(import, stored, table->columns[i], err);
    if (import->columns[i] == NULL) return -1;
  }
  return 0;
}

/* ---- inserting ---- */

static int insert_rows(const Import *import, Err *err) {
  size_t n = import->table->ncols;
  const char **sql_names = mem_array(n, sizeof *sql_names);
  if (sql_names == NULL) return err_memory(err);
  for (size_t i = 0; i < n; i++) sql_names[i] = import->into[i]->sql_name;
  StoreInsert insert = {.table = import->name,
                        .sql_names = sql_names,
                        .columns = (const Column *const *)import->columns,
                        .ncols = n,
                        .nrows = import->table->nrows};
  int status = store_insert(import->store, &insert, err);
  free(sql_names);
  return status;
}

/* ---- segments: on another core while SQLite takes the rows ---- */

typedef struct BothWays {
  const Import *import;
  SegmentWriter *writer;  /* owned; NULL: rows only */
  const Column **columns; /* as the table has them, NULL where the file has
                             none; owned */
  SegmentList list;
  int status[2];
  Err err[2];
} BothWays;

static void go_one_way(void *data, size_t i) {
  BothWays *both = data;
  const Import *import = both->import;
  both->status[i] = i == 0 ? insert_rows(import, &both->err[0])
                           : store_compact_columns(both->writer, both->columns,
                                                   import->table->nrows,
                                                   &both->list, &both->err[1]);
}

/* A writer for the segments that go with the rows; without one where there are
   to be none. 0 or -1. */
static int open_writer(BothWays *both, Err *err) {
  const Import *import = both->import;
  const StoreColumns *stored = &import->stored;
  bool failed = false;
  if (!import->fresh) {
    both->writer = store_append_open(import->store, import->name, stored,
                                     &both->list, &failed, err);
  } else if (import->compact && import->table->nrows >= COMPACT_LEAST) {
    BatchColumn *types = store_segment_columns(stored, err);
    if (types != NULL)
      both->writer = segment_writer_new(
          types, stored->n, (SegmentSink){&both->list, segment_list_put}, err);
    free(types);
    failed = both->writer == NULL;
  }
  return failed ? -1 : 0;
}

static int order_columns(BothWays *both, Err *err) {
  const Import *import = both->import;
  both->columns = mem_array(import->stored.n, sizeof *both->columns);
  if (both->columns == NULL) return err_memory(err);
  for (size_t i = 0; i < import->table->ncols; i++)
    both->columns[import->into[i] - import->stored.items] = import->columns[i];
  return 0;
}

static int insert_rows_and_segments(BothWays *both, Err *err) {
  const Import *import = both->import;
  Store *store = import->store;
  if (order_columns(both, err) != 0) return -1;
  /* those of a table that was there are ours: see store_append.c */
  sqlite3_db_config(store->db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
  parallel_run(2, go_one_way, both);
  sqlite3_db_config(store->db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 1, NULL);
  for (int i = 0; i < 2; i++) {
    if (both->status[i] == 0) continue;
    *err = both->err[i];
    return -1;
  }
  return (import->fresh ? store_segment_save : store_segment_extend)(
      store, import->name, &both->list, err);
}

static int insert(const Import *import, Err *err) {
  BothWays both = {.import = import};
  int status = open_writer(&both, err);
  if (status == 0)
    status = both.writer == NULL ? insert_rows(import, err)
                                 : insert_rows_and_segments(&both, err);
  segment_writer_free(both.writer);
  free(both.columns);
  segment_list_free(&both.list);
  return status;
}

/* ---- the ledger ---- */

static Int128 sum_column(const Column *column) {
  Int128 sum = 0;
  for (size_t row = 0; row < column->nrows; row++) /* NA cells hold zero */
    sum += column->ints[row];
  return sum;
}

/* The source with its digest, for which this waits. */
static int finish_source(const StoreSource *source, StoreSource *out,
                         Err *err) {
  *out = *source;
  if (source->job == NULL) return 0;
  out->sha256 = sha256_wait(source->job, err);
  return out->sha256 == NULL ? -1 : 0;
}

static int write_ledger(const Import *import, const StoreSource *from,
                        Err *err) {
  StoreSource source;
  if (finish_source(from, &source, err) != 0) return -1;
  const Table *table = import->table;
  int64_t count = store_ledger_count(import->store, import->name, err);
  if (count < 0) return -1;
  char *id = sqlite3_mprintf("%s/%lld", import->name, (long long)count + 1);
  if (id == NULL) return err_memory(err);
  int status = store_ledger_add(import->store, id, NULL, import->name, &source,
                                (int64_t)table->nrows, err);
  for (size_t i = 0; status == 0 && i < table->ncols; i++)
    if (is_exact(table->columns[i]->type))
      status = store_ledger_add_sum(
          import->store, id, import->into[i]->sql_name,
          table->columns[i]->scale, sum_column(table->columns[i]), err);
  sqlite3_free(id);
  return status;
}

/* ---- all together, in a transaction ---- */

static int put_rows(Import *import, const StoreSource *source, Err *err) {
  size_t n = import->table->ncols;
  import->into = mem_array(n, sizeof *import->into);
  import->columns = mem_array(n, sizeof *import->columns);
  if (import->into == NULL || import->columns == NULL) return err_memory(err);
  if (fit_columns(import, err) != 0 ||
      store_columns_save(import->store, import->name, &import->stored, err) ||
      insert(import, err) != 0)
    return -1;
  return write_ledger(import, source, err);
}

static void free_import(Import *import) {
  for (size_t i = 0; import->columns && i < import->table->ncols; i++)
    column_unref(import->columns[i]);
  free(import->columns);
  free(import->into);
  free(import->name);
  store_columns_free(&import->stored);
}

static int run(Import *import, const StoreImportOptions *options,
               const StoreSource *source, StoreImport *done, Err *err) {
  int there = find_table(import, err);
  if (there < 0) return -1;
  if (there > 0 && !options->replace) {
    StoreSource whole;
    if (finish_source(source, &whole, err) != 0) return -1;
    int known =
        store_ledger_find(import->store, import->name, whole.sha256, err);
    if (known < 0) return -1;
    *done = known > 0 ? STORE_ALREADY : STORE_IMPORTED;
    return known > 0 ? 0 : put_rows(import, source, err);
  }
  if (there > 0 && drop_table(import, err) != 0) return -1;
  *done = STORE_IMPORTED;
  import->fresh = true;
  import->compact = options->compact;
  if (store_segment_forget(import->store, import->name, err) < 0 ||
      store_ledger_forget(import->store, import->name, err) != 0 ||
      create_table(import, options->units, err) != 0)
    return -1;
  return put_rows(import, source, err);
}

int store_import(Store *store, const char *name, const Table *table,
                 const StoreImportOptions *options, const StoreSource *source,
                 StoreImport *done, Err *err) {
  Import import = {.store = store, .table = table};
  bool own = !store_in_transaction(store);
  if (store_check_name(name, strlen(name), err) != 0) return -1;
  if (own && store_begin(store, err) != 0) return -1;
  import.name = mem_text(name, strlen(name));
  int status = import.name == NULL ? err_memory(err)
                                   : run(&import, options, source, done, err);
  free_import(&import);
  if (!own) return status;
  if (status == 0) return store_commit(store, err);
  store_rollback(store);
  return -1;
}
