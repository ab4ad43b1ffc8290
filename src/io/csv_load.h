/* csv_load: a CSV file in memory becomes a table, with a report. */
#ifndef CSV_LOAD_H
#define CSV_LOAD_H

#include "io/csv_report.h"
#include "table/table.h"

typedef struct CsvForced {
  const char *column;
  CsvWant want;
} CsvForced;

/* All zero: everything is detected. */
typedef struct CsvOptions {
  char delimiter;             /* 0: detect */
  const char *encoding;       /* NULL: detect */
  bool no_header;             /* the first record is data */
  size_t header_row;          /* line of the header; 0: detect */
  size_t skip;                /* lines above the header that are left out */
  bool skip_bad;              /* leave ragged records out, and count them */
  const char *const *columns; /* names instead of the file's; NULL: none */
  size_t ncolumns;
  const char *const *na; /* texts that are missing values, in every column */
  size_t nna;
  const char *const *zero; /* texts that mean zero where numbers are */
  size_t nzero;
  const CsvForced *types; /* by final column name */
  size_t ntypes;
  /* The text was made of a sheet or of objects: record n is its row n, and
     lines are rows. There are so many; 0: it is a text of lines. */
  size_t records;
  bool whole;     /* it holds the table and nothing else: no notes below it */
  bool sheet;     /* errors name cells (C17); numbers were binary doubles */
  char point;     /* decimal mark '.' or ','; 0: decided by column */
  char thousands; /* '.' or ',' makes the other one the point; 0: as above */
} CsvOptions;

/* Load `bytes` (the whole file; borrowed during the call). Errors start with
   "name:line: " or "name:line:column: " (1-based physical line, character in
   it). NULL on failure; *report is filled as far as things went, and is freed
   by the caller either way.

   Where the table begins and ends is found by csv_layout. A record with more
   or fewer fields than the header is an error. Blank records are left out and
   counted, but in a file of one column they are rows with a missing value. A
   file without any byte but blank lines is an error, one with a header only
   is a table of no rows, whose columns are text.

   Two passes over the records, one for the types and one for the values;
   nothing is kept per cell. */
Table *csv_load(const char *name, const char *bytes, size_t len,
                const CsvOptions *options, CsvReport *report, Err *err);

/* The physical line (the row of a sheet) on which each row of that table
   stands: an int column of as many rows, or NULL. For whoever asks where a
   figure comes from: loading itself keeps no lines. */
Column *csv_load_lines(const char *name, const char *bytes, size_t len,
                       const CsvOptions *options, Err *err);

#endif
