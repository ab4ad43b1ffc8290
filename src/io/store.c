/* Opening is where the care is. A path is given to SQLite with ./ or / before
   it, so that "file:x?mode=..." or ":memory:" are file names like any other.
   Whose file it is is known before anything is written: changing the journal
   mode would be a write already.

   Reading: a connection that is read-only by its flags leaves -shm and -wal
   files behind beside a database in WAL mode, so our own databases are opened
   for writing and held back by query_only where the folder allows it. In a
   folder that may not be written, the file is read as immutable, which is
   right only while no -wal file holds changes that are not yet in it.

   Writing: the first transaction after our tables are made runs with a rollback
   journal. Its pages are new, so that there is nothing to keep of them; in WAL
   mode a large import would write every page twice. From then on it is WAL, so
   that readers and a writer do not wait for each other. */
#include "io/store.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/text.h"
#include "io/store_schema.h"
#include "io/store_segment.h"
#include "io/store_sql.h"

enum {
  STEPS_PER_LOOK = 10000, /* of SQLite's machine, between two looks at the
                             clock */
  CHECK_MOST = 256 << 20, /* larger files of others are not checked whole */
  CELL_MOST = 256 << 20
};

/* ---- the file before SQLite sees it ---- */

static int check_file(const char *path, StoreMode mode, bool *is_new,
                      Err *err) {
  struct stat info;
  if (path[0] == '\0') return err_set(err, ERR_IO, "a database needs a name");
  if (stat(path, &info) != 0) {
    *is_new = errno == ENOENT && mode == STORE_CREATE;
    if (*is_new) return 0;
    return err_set(err, ERR_IO, "cannot open '%s' (%s)", path, strerror(errno));
  }
  if (S_ISDIR(info.st_mode))
    return err_set(err, ERR_IO, "cannot open '%s' (%s)", path,
                   strerror(EISDIR));
  if (!S_ISREG(info.st_mode))
    return err_set(err, ERR_IO, "'%s' is not a regular file", path);
  return 0;
}

/* Our application_id stands in the header, big-endian. SQLite's own descriptor
   is read: closing another one would drop the locks of all connections that
   this process has to the file (sqlite.org/howtocorrupt, 2.2). */
static bool has_own_header(const char *path) {
  unsigned char head[72];
  sqlite3 *db = NULL;
  sqlite3_file *file = NULL;
  int flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX;
  int rc = sqlite3_open_v2(path, &db, flags, NULL);
  if (rc == SQLITE_OK)
    rc = sqlite3_file_control(db, "main", SQLITE_FCNTL_FILE_POINTER, &file);
  if (rc == SQLITE_OK)
    rc = file == NULL || file->pMethods == NULL
             ? SQLITE_ERROR
             : file->pMethods->xRead(file, head, sizeof head, 0);
  sqlite3_close(db);
  if (rc != SQLITE_OK) return false;
  uint32_t id = (uint32_t)head[68] << 24 | (uint32_t)head[69] << 16 |
                (uint32_t)head[70] << 8 | head[71];
  return id == STORE_APPLICATION_ID;
}

/* Whether file and folder may be written. */
static bool can_write(const char *full) {
  char *folder = mem_text(full, strlen(full));
  if (folder == NULL) return false;
  strrchr(folder, '/')[1] = '\0';
  bool can = access(full, W_OK) == 0 && access(folder, W_OK) == 0;
  free(folder);
  return can;
}

/* Whether a -wal file holds changes. */
static bool has_changes_beside(const char *full) {
  struct stat info;
  char *wal = sqlite3_mprintf("%s-wal", full);
  bool has = wal == NULL || (stat(wal, &info) == 0 && info.st_size > 0);
  sqlite3_free(wal);
  return has;
}

/* file:...?immutable=1 with every byte that a URI could misread escaped */
static char *immutable_uri(const char *full) {
  sqlite3_str *uri = sqlite3_str_new(NULL);
  sqlite3_str_appendall(uri, "file:");
  for (const char *at = full; *at != '\0'; at++)
    sqlite3_str_appendf(uri, "%%%02x", (unsigned char)*at);
  sqlite3_str_appendall(uri, "?immutable=1");
  return sqlite3_str_finish(uri);
}

/* ---- the connection's settings ---- */

static int look_at_clock(void *at) {
  const Store *store = at;
  return store->deadline > 0 && sql_now() > store->deadline;
}

/* What SQL may do on a connection for reading: read. */
static int allow_reading(void *unused, int action, const char *first,
                         const char *second, const char *database,
                         const char *source) {
  (void)unused, (void)database, (void)source;
  static const char *const denied[] = {"load_extension", "fts3_tokenizer",
                                       "randomblob", "zeroblob", NULL};
  switch (action) {
    case SQLITE_SELECT:
    case SQLITE_READ:
    case SQLITE_RECURSIVE:
    case SQLITE_TRANSACTION: return SQLITE_OK;
    case SQLITE_PRAGMA: /* asked for, never set */
      return second == NULL && (sqlite3_stricmp(first, "user_version") == 0 ||
                                sqlite3_stricmp(first, "schema_version") == 0 ||
                                sqlite3_stricmp(first, "application_id") == 0)
                 ? SQLITE_OK
                 : SQLITE_DENY;
    case SQLITE_FUNCTION:
      for (const char *const *name = denied; *name != NULL; name++)
        if (second != NULL && sqlite3_stricmp(second, *name) == 0)
          return SQLITE_DENY;
      return SQLITE_OK;
    default: return SQLITE_DENY;
  }
}

static void configure(Store *store) {
  sqlite3 *db = store->db;
  sqlite3_extended_result_codes(db, 1);
  sqlite3_busy_timeout(db, store->busy_ms);
  sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
  sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
  sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, NULL);
  sqlite3_limit(db, SQLITE_LIMIT_ATTACHED, 0);
}

static void limit_reading(Store *store) {
  sqlite3 *db = store->db;
  sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
  sqlite3_limit(db, SQLITE_LIMIT_LENGTH, CELL_MOST);
  sqlite3_limit(db, SQLITE_LIMIT_EXPR_DEPTH, 100);
  sqlite3_limit(db, SQLITE_LIMIT_COMPOUND_SELECT, 50);
  sqlite3_limit(db, SQLITE_LIMIT_VDBE_OP, 100000);
  sqlite3_limit(db, SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 200);
  sqlite3_limit(db, SQLITE_LIMIT_WORKER_THREADS, 0);
  sqlite3_progress_handler(db, STEPS_PER_LOOK, look_at_clock, store);
}

/* Structure of a file that we did not write; its cost is reading it once. */
static int check_foreign(Store *store, Err *err) {
  int64_t pages = 0, size = 0;
  if (sql_get_int(store, sql_prepare(store, err, "PRAGMA page_count"), &pages,
                  err) < 0 ||
      sql_get_int(store, sql_prepare(store, err, "PRAGMA page_size"), &size,
                  err) < 0)
    return -1;
  if (pages * size > CHECK_MOST) return 0;
  sqlite3_stmt *stmt = sql_prepare(store, err, "PRAGMA quick_check(1)");
  if (stmt == NULL) return -1;
  int status = sql_step(store, stmt, err);
  if (status > 0) {
    const char *said = (const char *)sqlite3_column_text(stmt, 0);
    status = said != NULL && strcmp(said, "ok") == 0
                 ? 0
                 : err_set(err, ERR_DATA, "the database '%s' is damaged (%s)",
                           store->path, said == NULL ? "?" : said);
  }
  sqlite3_finalize(stmt);
  return status;
}

/* Learn whose file it is; the first time that SQLite reads it. */
static int learn_kind(Store *store, StoreFileKind *kind, Err *err) {
  if (store_schema_kind(store, kind, err) != 0) return -1;
  store->own = *kind == STORE_FILE_OWN;
  if (*kind != STORE_FILE_NEWER) return 0;
  return err_set(err, ERR_SQL,
                 "the database '%s' was made by a newer version of evalua",
                 store->path);
}

/* ---- opening ---- */

static int connect(Store *store, const char *full, int flags, Err *err) {
  /* one thread at a time: store_scan.c has a lock of its own */
  flags |= SQLITE_OPEN_NOMUTEX;
  int rc = sqlite3_open_v2(full, &store->db, flags, NULL);
  if (rc != SQLITE_OK) return sql_fail(store, rc, err);
  configure(store);
  return 0;
}

/* Does reading work at all? A WAL database in a folder where its -shm file
   cannot be made says so only here. */
static int read_kind(Store *store, const char *full, StoreFileKind *kind,
                     Err *err) {
  if (learn_kind(store, kind, err) == 0) return 0;
  int rc = sqlite3_errcode(store->db) & 0xFF;
  bool no_room_beside = rc == SQLITE_CANTOPEN || rc == SQLITE_READONLY;
  if (!no_room_beside) return -1;
  if (has_changes_beside(full))
    return err_set(err, ERR_IO,
                   "cannot read '%s': its folder is read-only and a -wal file "
                   "beside it holds changes",
                   store->path);
  sqlite3_close(store->db);
  store->db = NULL;
  char *uri = immutable_uri(full);
  if (uri == NULL) return err_memory(err);
  int status = connect(store, uri, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, err);
  sqlite3_free(uri);
  return status == 0 ? learn_kind(store, kind, err) : -1;
}

static int open_reading(Store *store, const char *full, Err *err) {
  StoreFileKind kind;
  bool held_back = has_own_header(full) && can_write(full);
  int flags = held_back ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY;
  if (connect(store, full, flags, err) != 0 ||
      read_kind(store, full, &kind, err) != 0 ||
      sql_exec(store,
               "PRAGMA query_only = ON; PRAGMA mmap_size = 0;"
               "PRAGMA cell_size_check = ON",
               err) != 0)
    return -1;
  limit_reading(store);
  if (!store->own && check_foreign(store, err) != 0) return -1;
  sqlite3_set_authorizer(store->db, allow_reading, NULL);
  return 0;
}

/* The switch to WAL needs the file alone and does not wait by itself. */
static int use_wal(Store *store, Err *err) {
  double until = sql_now() + store->busy_ms / 1000.0;
  for (;;) {
    int status = sql_exec(store, "PRAGMA journal_mode = WAL", err);
    if (status == 0 || err->code != ERR_SQL || sql_now() > until) return status;
    sqlite3_sleep(20);
  }
}

static int open_writing(Store *store, const char *full, StoreMode mode,
                        Err *err) {
  StoreFileKind kind;
  int flags = SQLITE_OPEN_READWRITE;
  if (mode == STORE_CREATE || mode == STORE_MEMORY) flags |= SQLITE_OPEN_CREATE;
  if (connect(store, full, flags, err) != 0 ||
      learn_kind(store, &kind, err) != 0)
    return -1;
  if (kind == STORE_FILE_FOREIGN)
    return err_set(err, ERR_DATA,
                   "the database '%s' belongs to another program: evalua "
                   "reads it, but does not write to it",
                   store->path);
  bool empty = kind == STORE_FILE_EMPTY;
  if ((!empty && use_wal(store, err) != 0) ||
      sql_exec(store,
               "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;"
               "PRAGMA mmap_size = 0; PRAGMA cell_size_check = ON",
               err) != 0 ||
      store_schema_migrate(store, err) != 0)
    return -1;
  store->own = true;
  store->fresh = empty;
  return 0;
}

static int open_file(Store *store, StoreMode mode, Err *err) {
  const char *path = store->path;
  if (mode == STORE_MEMORY) return open_writing(store, ":memory:", mode, err);
  if (check_file(path, mode, &store->made, err) != 0) return -1;
  char *full = sqlite3_mprintf("%s%s", path[0] == '/' ? "" : "./", path);
  if (full == NULL) return err_memory(err);
  int status = mode == STORE_READ ? open_reading(store, full, err)
                                  : open_writing(store, full, mode, err);
  sqlite3_free(full);
  return status;
}

Store *store_open(const char *path, StoreMode mode, Err *err) {
  Store *store = mem_array(1, sizeof *store);
  if (store == NULL) return err_memory(err), NULL;
  store->readonly = mode == STORE_READ;
  store->busy_ms = mode == STORE_FREE ? 0 : STORE_BUSY_MS;
  store->path = mem_text(path, strlen(path));
  int status =
      store->path == NULL ? err_memory(err) : open_file(store, mode, err);
  if (status == 0) return store;
  store_discard(store);
  return NULL;
}

/* The file holds something: WAL from now on. Where that fails, who opens it
   next tries again. */
static void leave_fresh(Store *store) {
  Err later;
  if (store->fresh) sql_exec(store, "PRAGMA journal_mode = WAL", &later);
  store->fresh = false;
}

void store_close(Store *store) {
  if (store == NULL) return;
  if (store->db != NULL) {
    store_rollback(store);
    leave_fresh(store);
    sqlite3_close(store->db);
  }
  free(store->path);
  free(store);
}

const char *store_path(const Store *store) { return store->path; }
bool store_is_readonly(const Store *store) { return store->readonly; }
bool store_is_own(const Store *store) { return store->own; }

/* ---- transactions ---- */

bool store_in_transaction(const Store *store) {
  return !sqlite3_get_autocommit(store->db);
}

/* A transaction on a file that nobody can open any more would be lost. */
static int check_place(Store *store, Err *err) {
  return sql_is_moved(store) ? sql_moved(store, err) : 0;
}

static int begin(Store *store, const char *sql, Err *err) {
  if (store->readonly)
    return err_set(err, ERR_IO, "the database '%s' was opened for reading only",
                   store->path);
  if (store_in_transaction(store))
    return err_set(err, ERR_SQL, "a transaction is open already");
  if (sql_exec(store, sql, err) != 0) return -1;
  if (check_place(store, err) == 0 &&
      store_segment_cookie(store, &store->cookie, err) == 0)
    return 0;
  store_rollback(store);
  return -1;
}

int store_begin(Store *store, Err *err) {
  return begin(store, "BEGIN IMMEDIATE; PRAGMA defer_foreign_keys = ON", err);
}

int store_begin_reading(Store *store, Err *err) {
  return begin(store, "BEGIN", err);
}

/* Which row of which table refers to nothing. */
static int explain_reference(Store *store, Err *err) {
  sqlite3_stmt *stmt = sql_prepare(store, err, "PRAGMA foreign_key_check");
  if (stmt == NULL) return -1;
  Err other;
  if (sql_step(store, stmt, &other) > 0)
    err_set(err, ERR_DATA,
            "rows of table '%s' refer to rows of '%s' that are not there",
            (const char *)sqlite3_column_text(stmt, 0),
            (const char *)sqlite3_column_text(stmt, 2));
  sqlite3_finalize(stmt);
  return -1;
}

int store_commit(Store *store, Err *err) {
  int status = store_segment_restamp(store, err);
  if (status == 0) status = sql_exec(store, "COMMIT", err);
  if (status == 0) leave_fresh(store);
  if (status == 0) return 0;
  if (sqlite3_extended_errcode(store->db) == SQLITE_CONSTRAINT_FOREIGNKEY)
    explain_reference(store, err);
  store_rollback(store);
  return -1;
}

void store_rollback(Store *store) {
  /* many failures (no room, for one) have rolled back already */
  if (store_in_transaction(store))
    sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
}

/* ---- names ---- */

int store_check_name(const char *name, size_t len, Err *err) {
  if (len == 0) return err_set(err, ERR_DATA, "a table needs a name");
  if (strlen(name) != len)
    return err_set(err, ERR_DATA, "a table's name cannot hold a NUL byte");
  if (text_check(name, len) != len)
    return err_set(err, ERR_DATA, "a table's name must be UTF-8");
  for (size_t i = 0; i < len; i++)
    if ((unsigned char)name[i] < 0x20 || name[i] == 0x7F)
      return err_set(err, ERR_DATA,
                     "a table's name cannot hold control characters");
  if (sqlite3_strnicmp(name, "sqlite_", 7) == 0)
    return err_set(err, ERR_DATA,
                   "'%s': names that begin with sqlite_ are SQLite's own",
                   name);
  if (store_schema_has(name) || store_segment_has(name))
    return err_set(err, ERR_DATA,
                   "'%s' is the name of one of evalua's own tables", name);
  return 0;
}
