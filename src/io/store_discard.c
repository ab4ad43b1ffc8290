/* Taking back a database that was made for an import that failed. */
#include <string.h>
#include <unistd.h>

#include "io/store.h"
#include "io/store_sql.h"

/* Whether no source was imported; false when that cannot be learned. */
static bool holds_nothing(Store *store) {
  Err unsaid;
  int64_t ntables = -1, nsources = -1;
  sql_get_int(store,
              sql_prepare(store, &unsaid, "SELECT count(*) FROM sqlite_schema"),
              &ntables, &unsaid);
  if (ntables == 0) return true;
  sql_get_int(store, sql_prepare(store, &unsaid, "SELECT count(*) FROM source"),
              &nsources, &unsaid);
  return nsources == 0;
}

/* In WAL mode another program has been here, and a lock does not keep it out.
 */
static bool is_wal(Store *store) {
  Err unsaid;
  sqlite3_stmt *stmt = sql_prepare(store, &unsaid, "PRAGMA journal_mode");
  bool is = stmt == NULL || sql_step(store, stmt, &unsaid) <= 0 ||
            strcmp((const char *)sqlite3_column_text(stmt, 0), "wal") == 0;
  sqlite3_finalize(stmt);
  return is;
}

/* The file is held while it is looked at and removed. Who waited for it finds
   it gone: see store_begin. */
static void remove_unused(Store *store) {
  Err unsaid;
  const char *file = sqlite3_db_filename(store->db, "main");
  sqlite3_busy_timeout(store->db, 0);
  if (is_wal(store) || sql_exec(store, "BEGIN EXCLUSIVE", &unsaid) != 0) return;
  if (!sql_is_moved(store) && holds_nothing(store)) unlink(file);
  store->fresh = false;
}

void store_discard(Store *store) {
  if (store != NULL && store->made && store->db != NULL) {
    store_rollback(store);
    remove_unused(store);
  }
  store_close(store);
}
