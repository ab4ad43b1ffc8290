/* store_schema: the tables of a database of evalua, as numbered migrations. */
#ifndef STORE_SCHEMA_H
#define STORE_SCHEMA_H

#include "io/store.h"

enum {
  STORE_APPLICATION_ID = 0x4556414C, /* "EVAL", in the file's header */
  STORE_VERSION = 1                  /* user_version this program writes */
};

/* What the file at hand is. */
typedef enum StoreFileKind {
  STORE_FILE_EMPTY,  /* no table, no application_id: may become ours */
  STORE_FILE_OWN,    /* ours, of a version that we know */
  STORE_FILE_NEWER,  /* ours, of a version made by a newer program */
  STORE_FILE_FOREIGN /* of another program */
} StoreFileKind;

int store_schema_kind(Store *store, StoreFileKind *kind, Err *err);

/* Run the migrations that are missing, all in one transaction which also
   sets application_id and user_version. 0 or -1 and nothing changed. */
int store_schema_migrate(Store *store, Err *err);

/* Whether a name is that of a table of ours, whatever its case. */
bool store_schema_has(const char *name);

/* Names of the tables whose rows come from a unit's folder, in an order in
   which rows may be deleted last to first; NULL-terminated. */
extern const char *const store_unit_tables[];

#endif
