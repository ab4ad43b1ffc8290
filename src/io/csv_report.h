/* csv_report: what was found out about a CSV file while it was read. */
#ifndef CSV_REPORT_H
#define CSV_REPORT_H

#include "io/csv_infer.h"
#include "io/csv_layout.h"
#include "io/csv_sniff.h"

typedef struct CsvReport {
  CsvSniff sniff; /* delimiter and why */
  char encoding[40];
  const char *encoding_reason; /* static */
  bool mixed;                  /* some lines are in another encoding */
  CsvLayout layout;            /* its pointers are void once the text is gone */
  bool header;                 /* a record holds the names */
  bool sheet; /* lines are rows of a sheet: problems name cells */
  /* Every physical line of the file is in one of these: skipped, header,
     data, blank, junk, bad. */
  size_t lines;      /* all of them */
  size_t skipped;    /* left out as asked */
  size_t data_lines; /* of the rows */
  size_t blank;      /* blank lines, and empty records around the table */
  size_t junk;       /* titles, notes, repeated headers */
  size_t bad;        /* ragged records left out as asked */
  size_t rows;
  size_t ncols;
  CsvColumn *columns; /* owned */
  char **names;       /* owned, distinct */
  char **notes;       /* owned: what a reader of the result should know */
  size_t nnotes;
  size_t notes_room;
} CsvReport;

void csv_report_free(CsvReport *report);

/* Add a note (printf wording): 0 or -1. */
int csv_report_note(CsvReport *report, Err *err, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Make report->names for report->ncols columns out of `given` (the caller's
   names), else out of the header's fields, else "column1", "column2", ... A
   name that was there before gets a number (a, a_2, a_3; one that a column
   has by itself is passed over), an empty one "columnN"; both are noted. */
int csv_report_name(CsvReport *report, const char *const *given,
                    const CsvField *header, Err *err);

/* Notes about what was read as missing, and about doubtful decimal marks. */
int csv_report_columns(CsvReport *report, Err *err);

/* Put the letters of column i before an error that starts with its row:
   "17: ..." becomes "C17: ...". Returns -1. */
int csv_place_cell(size_t i, Err *err);

#endif
