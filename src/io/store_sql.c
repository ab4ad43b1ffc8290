#include "io/store_sql.h"

#include <stdarg.h>
#include <time.h>

#include "io/store_holder.h"

double sql_now(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static ErrCode code_of(int rc) {
  switch (rc & 0xFF) {
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
    case SQLITE_CONSTRAINT:
    case SQLITE_MISMATCH: return ERR_DATA;
    case SQLITE_CANTOPEN:
    case SQLITE_IOERR:
    case SQLITE_FULL:
    case SQLITE_PERM:
    case SQLITE_READONLY: return ERR_IO;
    case SQLITE_NOMEM: return ERR_MEM;
    case SQLITE_INTERRUPT:
    case SQLITE_TOOBIG: return ERR_LIMIT;
    default: return ERR_SQL;
  }
}

int sql_busy(Store *store, Err *err) {
  StoreHolder holder;
  if (!store_holder_find(store->path, &holder))
    return err_set(err, ERR_SQL,
                   "another program is writing to the database '%s'",
                   store->path);
  return err_set(
      err, ERR_SQL,
      "another program ('%s', process %s) is writing to the database "
      "'%s'",
      holder.name, holder.pid, store->path);
}

bool sql_is_moved(Store *store) {
  int moved = 0;
  sqlite3_file_control(store->db, "main", SQLITE_FCNTL_HAS_MOVED, &moved);
  return moved != 0;
}

int sql_moved(Store *store, Err *err) {
  return err_set(err, ERR_IO,
                 "the database '%s' was removed or replaced while evalua "
                 "waited for it: nothing was written, run it again",
                 store->path);
}

int sql_fail(Store *store, int rc, Err *err) {
  ErrCode code = code_of(rc);
  const char *path = store->path;
  const char *reason =
      store->db == NULL ? sqlite3_errstr(rc) : sqlite3_errmsg(store->db);
  switch (rc & 0xFF) {
    case SQLITE_NOMEM: return err_memory(err);
    case SQLITE_NOTADB:
      return err_set(err, code, "'%s' is not a SQLite database", path);
    case SQLITE_CORRUPT:
      return err_set(err, code, "the database '%s' is damaged (%s)", path,
                     reason);
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return sql_busy(store, err);
    case SQLITE_FULL:
      return err_set(err, code,
                     "cannot write to the database '%s' (no room left)", path);
    case SQLITE_READONLY:
      if (rc == SQLITE_READONLY_DBMOVED) return sql_moved(store, err);
      return err_set(err, code,
                     "cannot write to the database '%s' (it is read-only)",
                     path);
    case SQLITE_INTERRUPT:
      return err_set(err, code, "the view takes too long, it was stopped");
    case SQLITE_CONSTRAINT: return err_set(err, code, "%s", reason);
    default: return err_set(err, code, "database '%s': %s", path, reason);
  }
}

int sql_exec(Store *store, const char *sql, Err *err) {
  int rc = sqlite3_exec(store->db, sql, NULL, NULL, NULL);
  return rc == SQLITE_OK ? 0 : sql_fail(store, rc, err);
}

static sqlite3_stmt *compile(Store *store, const char *sql, Err *err) {
  if (sql == NULL) return err_memory(err), NULL;
  sqlite3_stmt *stmt = NULL;
  int rc = sqlite3_prepare_v2(store->db, sql, -1, &stmt, NULL);
  if (rc != SQLITE_OK) sql_fail(store, rc, err);
  return stmt;
}

sqlite3_stmt *sql_prepare(Store *store, Err *err, const char *format, ...) {
  va_list args;
  va_start(args, format);
  char *sql = sqlite3_vmprintf(format, args);
  va_end(args);
  sqlite3_stmt *stmt = compile(store, sql, err);
  sqlite3_free(sql);
  return stmt;
}

sqlite3_stmt *sql_compile(Store *store, sqlite3_str *text, Err *err) {
  char *sql = sqlite3_str_finish(text);
  sqlite3_stmt *stmt = compile(store, sql, err);
  sqlite3_free(sql);
  return stmt;
}

void sql_bind_text(sqlite3_stmt *stmt, int at, const char *text) {
  if (stmt != NULL) sqlite3_bind_text(stmt, at, text, -1, SQLITE_STATIC);
}

int sql_step(Store *store, sqlite3_stmt *stmt, Err *err) {
  int rc = sqlite3_step(stmt);
  if (rc == SQLITE_ROW) return 1;
  return rc == SQLITE_DONE ? 0 : sql_fail(store, rc, err);
}

int sql_finish(Store *store, sqlite3_stmt *stmt, Err *err) {
  if (stmt == NULL) return -1;
  int status = sql_step(store, stmt, err);
  sqlite3_finalize(stmt);
  return status < 0 ? -1 : 0;
}

int sql_get_int(Store *store, sqlite3_stmt *stmt, int64_t *out, Err *err) {
  if (stmt == NULL) return -1;
  int status = sql_step(store, stmt, err);
  if (status > 0) *out = sqlite3_column_int64(stmt, 0);
  sqlite3_finalize(stmt);
  return status;
}
