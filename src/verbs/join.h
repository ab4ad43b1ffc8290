/* join: rows of two tables that have the same keys, side by side. */
#ifndef JOIN_H
#define JOIN_H

#include "verbs/join_keys.h"

typedef enum JoinKind {
  JOIN_LEFT,  /* every row of the left table, NA where nothing matches */
  JOIN_INNER, /* rows that match */
  JOIN_FULL,  /* every row of both tables */
  JOIN_RIGHT, /* every row of the right table */
  JOIN_SEMI,  /* rows of the left table that match, once each, as they are */
  JOIN_ANTI   /* rows of the left table that match nothing */
} JoinKind;

/* What a join of any kind would lose or multiply. */
typedef struct JoinReport {
  size_t left_unmatched; /* rows; with a missing key, too */
  size_t right_unmatched;
  size_t left_duplicates; /* keys that stand on more than one row */
  size_t right_duplicates;
} JoinReport;

/* A missing key matches nothing, not even a missing key: two lines without a
   code are not the same line. Rows come in the order of the left table, the
   matches of one row in the order of the right table; then, for JOIN_FULL and
   JOIN_RIGHT, the rows of the right table that match nothing.

   Columns: those of the left table, then those of the right one but its keys.
   In JOIN_FULL and JOIN_RIGHT the left's key columns hold the keys of either
   side, widened to hold both. A name that the left table has already is
   numbered as in CSV files: `amount`, `amount_2`.

   NULL on failure: ERR_USE without keys or where their types differ,
   ERR_LIMIT where repeated keys on both sides make too many rows. */
Table *join_tables(JoinKind kind, const Table *left, const Table *right,
                   const JoinKey *keys, size_t nkeys, JoinReport *report,
                   Err *err);

#endif
