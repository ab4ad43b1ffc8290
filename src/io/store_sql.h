/* store_sql: the small talk with SQLite that the store's files share. Only
   src/io/store*.c include it. */
#ifndef STORE_SQL_H
#define STORE_SQL_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "io/store.h"

struct Store {
  sqlite3 *db;
  char *path;      /* as the user wrote it, for messages */
  bool readonly;   /* opened for reading */
  bool own;        /* has our application_id */
  bool fresh;      /* holds no row yet: no WAL, see store.c */
  bool made;       /* there was no file before this handle */
  int busy_ms;     /* how long it waits for other writers */
  int64_t cookie;  /* the schema's counter at the transaction's begin */
  double deadline; /* of a running view, by the steady clock; 0: none */
};

/* How long a view may take, and how long a writer waits for others: an import
   of theirs may be large, or their disk slow. */
enum { STORE_VIEW_SECONDS = 60, STORE_BUSY_MS = 60000 };

double sql_now(void); /* the steady clock, in seconds */

/* Fill `err` from the connection's last failure `rc`; returns -1. */
int sql_fail(Store *store, int rc, Err *err);

/* The database is another's for now: says whose, as far as that is seen;
   returns -1. */
int sql_busy(Store *store, Err *err);

/* Is the file not at its place any more? The error that says so; returns -1. */
bool sql_is_moved(Store *store);
int sql_moved(Store *store, Err *err);

/* Run statements of ours that give no rows: 0 or -1. */
int sql_exec(Store *store, const char *sql, Err *err);

/* Compile one statement out of a format of SQLite's own printf. A name goes
   in as \"%w\" only: its quotes are doubled, so that any text is a name and
   never code. NULL and `err` on failure; sqlite3_finalize frees the statement
   and accepts NULL. */
sqlite3_stmt *sql_prepare(Store *store, Err *err, const char *format, ...);

/* The same out of a text that was put together; the text is freed. */
sqlite3_stmt *sql_compile(Store *store, sqlite3_str *text, Err *err);

/* Bind a text that outlives the statement's run; NULL binds NULL. A NULL
   statement (it did not compile) is left to sql_finish. */
void sql_bind_text(sqlite3_stmt *stmt, int at, const char *text);

/* 1: a row; 0: done; -1: failed. */
int sql_step(Store *store, sqlite3_stmt *stmt, Err *err);

/* Run a bound statement that gives no rows, and finalize it: 0 or -1. A NULL
   statement is -1, `err` as it was. */
int sql_finish(Store *store, sqlite3_stmt *stmt, Err *err);

/* The whole number in the first column of the first row; 1 found, 0 no row,
   -1 failed. Takes the statement over, NULL included. */
int sql_get_int(Store *store, sqlite3_stmt *stmt, int64_t *out, Err *err);

#endif
