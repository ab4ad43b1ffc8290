#include "io/store_ledger.h"

#include <string.h>

#include "io/store_sql.h"

int store_ledger_find(Store *store, const char *table, const char *sha256,
                      Err *err) {
  int64_t one;
  if (sha256 == NULL) return 0;
  sqlite3_stmt *stmt = sql_prepare(
      store, err, "SELECT 1 FROM source WHERE table_name = ? AND sha256 = ?");
  sql_bind_text(stmt, 1, table);
  sql_bind_text(stmt, 2, sha256);
  return sql_get_int(store, stmt, &one, err);
}

int64_t store_ledger_count(Store *store, const char *table, Err *err) {
  int64_t count = 0;
  sqlite3_stmt *stmt = sql_prepare(
      store, err, "SELECT count(*) FROM source WHERE table_name = ?");
  sql_bind_text(stmt, 1, table);
  return sql_get_int(store, stmt, &count, err) < 0 ? -1 : count;
}

/* A source needs a title: the file's name, or the table's. */
static const char *title_of(const StoreSource *source, const char *table) {
  if (source->title != NULL) return source->title;
  if (source->path == NULL) return table;
  const char *slash = strrchr(source->path, '/');
  return slash == NULL || slash[1] == '\0' ? source->path : slash + 1;
}

int store_ledger_add(Store *store, const char *id, const char *document,
                     const char *table, const StoreSource *source,
                     int64_t nrows, Err *err) {
  sqlite3_stmt *stmt = sql_prepare(
      store, err,
      "INSERT INTO source(id, title, sha256, path, document_id, table_name,"
      " row_count, imported_on) VALUES(?, ?, ?, ?, ?, ?, ?, ?)");
  if (stmt == NULL) return -1;
  sql_bind_text(stmt, 1, id);
  sql_bind_text(stmt, 2, title_of(source, table));
  sql_bind_text(stmt, 3, source->sha256);
  sql_bind_text(stmt, 4, source->path);
  sql_bind_text(stmt, 5, document);
  sql_bind_text(stmt, 6, table);
  sqlite3_bind_int64(stmt, 7, nrows);
  sql_bind_text(stmt, 8, source->date);
  return sql_finish(store, stmt, err);
}

int store_ledger_add_sum(Store *store, const char *id, const char *column,
                         int scale, Int128 sum, Err *err) {
  sqlite3_stmt *stmt =
      sql_prepare(store, err, "INSERT INTO source_sum VALUES(?, ?, ?, ?)");
  if (stmt == NULL) return -1;
  sql_bind_text(stmt, 1, id);
  sql_bind_text(stmt, 2, column);
  sqlite3_bind_int(stmt, 3, scale);
  if (sum >= INT64_MIN && sum <= INT64_MAX)
    sqlite3_bind_int64(stmt, 4, (sqlite3_int64)sum);
  return sql_finish(store, stmt, err);
}

int store_ledger_forget(Store *store, const char *table, Err *err) {
  sqlite3_stmt *stmt =
      sql_prepare(store, err, "DELETE FROM source WHERE table_name = ?");
  sql_bind_text(stmt, 1, table);
  return sql_finish(store, stmt, err);
}
