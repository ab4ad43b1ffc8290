/* store_rows: rows of a unit's folder go into the tables of the schema. How a
   file's columns become a table's is data, given by the caller. */
#ifndef STORE_ROWS_H
#define STORE_ROWS_H

#include "io/store_table.h"

typedef enum StoreFieldKind {
  STORE_FIELD_TEXT,
  STORE_FIELD_INT,
  STORE_FIELD_FEN,    /* an amount with its unit -> whole fen */
  STORE_FIELD_NUMBER, /* a number -> num and scale, digits as written */
  STORE_FIELD_MILLI,  /* a number of up to 3 decimals -> thousandths */
  STORE_FIELD_FIXED   /* reading only: the same text in every row */
} StoreFieldKind;

/* One column, as people see it and as the database has it. */
typedef struct StoreField {
  const char *name;   /* in the file, and in a table that is read */
  const char *column; /* in the database; NUMBER: num; FIXED: the text */
  const char *other;  /* NUMBER: the column of the scale; FEN: the file's
                         column of units, or NULL */
  StoreFieldKind kind;
  bool required; /* the file must have it */
} StoreField;

/* The file the rows are from. */
typedef struct StoreFile {
  const char *id;       /* of its row in `source` */
  const char *document; /* source_id of its rows that name none themselves */
  StoreSource source;
  const Column *lines; /* int: the line of each row; NULL: row + 1 */
} StoreFile;

/* The line of a data row (0-based) in its file. */
size_t store_file_line(const StoreFile *file, size_t row);

typedef struct StoreRows {
  int64_t inserted;
  int64_t present; /* were there already, from another file, just the same */
  size_t line;     /* of the row that failed; 0: none */
} StoreRows;

/* Insert all rows of `rows`, whose columns are all text (as written; missing
   and empty texts are both NULL), and write the ledger. Must run inside a
   transaction, which is to be rolled back on failure. Columns that the file
   lacks get the schema's default. A key that is there already with other
   values is an error. The error names column and text, result->line the
   place. 0 or -1. */
int store_rows_insert(Store *store, const char *table, const Table *rows,
                      const StoreField *fields, size_t nfields,
                      const StoreFile *file, StoreRows *result, Err *err);

/* Check that every text of a column (parts between '|' when `list`) is an
   `id` of the table `parent`; *line is set on failure. 0 or -1. */
int store_rows_refer(Store *store, const Table *rows, const char *name,
                     bool list, const char *parent, const StoreFile *file,
                     size_t *line, Err *err);

/* Add a document to `source`, or bring the one of that id up to date. */
int store_rows_document(Store *store, const char *id, const char *doc_date,
                        const StoreSource *source, Err *err);

/* Delete the rows of all files of a document, and the files' sources. Rows of
   other documents that refer to them make the commit fail. 0 or -1. */
int store_rows_remove(Store *store, const char *document, Err *err);

#endif
