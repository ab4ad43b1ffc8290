/* store: the database file: opening it safely, transactions, names. */
#ifndef STORE_H
#define STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

typedef struct Store Store;

typedef enum StoreMode {
  STORE_READ,   /* the file must be there; nothing in it can change */
  STORE_WRITE,  /* the file must be there and be ours, or be empty */
  STORE_FREE,   /* as STORE_WRITE, but never waits for another program */
  STORE_CREATE, /* as STORE_WRITE, and made when it is not there */
  STORE_MEMORY  /* a new one that no file holds; the path is only its name */
} StoreMode;

/* Open the SQLite file at `path`, whatever the path looks like (no URI, no
   ":memory:"). For writing it must be a database of evalua, of a version
   that this program knows; an empty or new one gets our tables. For reading
   any SQLite file will do: it is opened so that nothing in it can run, write
   or reach another file. A database in a read-only directory can be read
   when no writer left changes beside it. NULL on failure. */
Store *store_open(const char *path, StoreMode mode, Err *err);

/* Rolls back an open transaction. Accepts NULL. */
void store_close(Store *store);

/* Close, and take back the file that store_open made when nothing was imported
   into it: not when another program has written to it, or is about to. */
void store_discard(Store *store);

const char *store_path(const Store *store);
bool store_is_readonly(const Store *store);
bool store_is_own(const Store *store); /* a database of evalua */

/* One writer at a time: begin waits up to a minute for another one;
   when the file was removed or replaced meanwhile, that is ERR_IO. A
   transaction ends by commit or rollback; a failed commit has rolled back.
   Foreign keys are checked at the commit, so that rows may come in any
   order. */
int store_begin(Store *store, Err *err);
/* A transaction that reads first: its first write fails when another program
   has written since the first read. */
int store_begin_reading(Store *store, Err *err);
int store_commit(Store *store, Err *err);
void store_rollback(Store *store); /* nothing happens when none is open */
bool store_in_transaction(const Store *store);

/* Whether `name` (len bytes) can name an analyst's own table: 0, or -1 with
   the reason (empty, NUL inside, not UTF-8, control characters, sqlite_..., a
   table of evalua's own whatever the case of its letters). */
int store_check_name(const char *name, size_t len, Err *err);

#endif
