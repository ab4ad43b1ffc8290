/* store_segment: the segments of a table in the database itself.

   Three tables hold them, made when first needed and dropped with the last
   set: evalua_segment_set (one row for each table that has segments),
   evalua_segment_blob (their bytes) and evalua_segment_counter. Triggers on
   the table count every statement that inserts, updates or deletes a row,
   whoever runs it. A set is used only when the counter, the text of the table
   and of the three triggers, the table's root page and the schema's own
   counter (which every CREATE, ALTER, DROP and VACUUM moves) are what they
   were when it was built, and the types of the columns are, too. What goes
   unseen is a program that turns triggers off for its connection
   (SQLITE_DBCONFIG_ENABLE_TRIGGER, the shell's .dbconfig), or writes into these
   tables itself: drop the segments first. */
#ifndef STORE_SEGMENT_H
#define STORE_SEGMENT_H

#include "io/segment_write.h"
#include "io/store_columns.h"

typedef enum SegmentState {
  SEGMENT_NONE,    /* never built, or dropped */
  SEGMENT_STALE,   /* the table is not what it was */
  SEGMENT_DAMAGED, /* the directory is not one */
  SEGMENT_FRESH
} SegmentState;

/* A set that was found, and where its bytes begin. */
typedef struct StoreSegments {
  SegmentSet set;
  int64_t first; /* id of blob 0 */
} StoreSegments;

void store_segments_free(StoreSegments *segments); /* leaves it empty */

/* The name of a table as the database has it, whatever the case of its letters;
   the name itself where there is none. mem_text's; NULL on failure. */
char *store_segment_table(Store *store, const char *name, Err *err);

/* Look for segments of the table `name` (as the database has it) and load
   their directory when they are fresh. Must run in the transaction in which
   they are used. 0 or -1. */
int store_segment_find(Store *store, const char *name, SegmentState *state,
                       StoreSegments *out, Err *err);

/* Bytes that wait to be written: one for each blob. */
typedef struct SegmentList {
  struct SegmentBlob {
    uint64_t number;
    char *bytes; /* owned */
    size_t len;
  } * items;
  size_t n, room;
  Buf directory;
} SegmentList;

/* What a writer's `put` is, with a SegmentList as its data. */
int segment_list_put(void *list, uint64_t number, const char *bytes, size_t len,
                     Err *err);
void segment_list_free(SegmentList *list); /* leaves it empty */

/* Write segments of the table as it stands in the open transaction, instead of
   those it has. 0 or -1. */
int store_segment_save(Store *store, const char *name, const SegmentList *list,
                       Err *err);

/* Write blobs and the directory of a set that was fresh and has grown, since
   rows were inserted in the open transaction without a trigger. 0 or -1. */
int store_segment_extend(Store *store, const char *name,
                         const SegmentList *list, Err *err);

/* Take away a table's segments, counter and triggers, if it has any; in the
   open transaction. 1 if there was something, 0, or -1. */
int store_segment_forget(Store *store, const char *name, Err *err);

/* The same for all tables, those that are no more included. */
int store_segment_forget_all(Store *store, Err *err);

/* All transactions of ours that change the schema end with this, or look at
   segments after it: those that were fresh before stay so. 0 or -1. */
int store_segment_restamp(Store *store, Err *err);

/* The counter of the schema. 0 or -1. */
int store_segment_cookie(Store *store, int64_t *cookie, Err *err);

/* Whether a table of that name is one of the three. */
bool store_segment_has(const char *name);

/* The types of the columns as the writer wants them; names are borrowed.
   Freed by free(). NULL without memory. */
BatchColumn *store_segment_columns(const StoreColumns *columns, Err *err);

#endif
