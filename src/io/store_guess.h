/* store_guess: the type of a column of which SQLite only knows cell by cell
   what it holds. Only store_read.c uses it. */
#ifndef STORE_GUESS_H
#define STORE_GUESS_H

#include <sqlite3.h>

#include "table/column.h"

typedef struct ReadColumn {
  char *name;   /* as people see it; owned */
  int at;       /* its place in the result */
  int scale_at; /* place of its rows' scales, or -1 */
  bool known;   /* type, scale and period are right already */
  ColumnType type;
  int scale;
  PeriodUnit period;
  ColumnBuilder *builder; /* owned while building */

  /* the first look */
  int declared_scale; /* of decimal(p,s); -1: not declared so */
  int64_t counts[6];  /* cells by SQLITE_INTEGER .. SQLITE_NULL */
  bool wide;          /* an integer that a double cannot hold */
  bool inexact;       /* a real number that is no short decimal */
  int largest_scale;  /* digits after the point among reals, or the
                         largest number in scale_at */
} ReadColumn;

/* Type of a column without values, and whether it is declared decimal. */
void read_guess_declared(ReadColumn *column, const char *declared);

/* Take the cell of the row at hand into account. */
void read_look(ReadColumn *column, sqlite3_stmt *stmt);

/* Settle type and scale; returns what should be noted, or NULL. */
const char *read_decide(ReadColumn *column);

/* Append the cell of the row at hand to the builder: 0, or -1. */
int read_build(ReadColumn *column, sqlite3_stmt *stmt, Err *err);

#endif
