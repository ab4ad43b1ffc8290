/* csv_layout: where the table lies in a text: junk above it, its header, its
   data, notes below it. */
#ifndef CSV_LAYOUT_H
#define CSV_LAYOUT_H

#include "io/csv_scan.h"

/* What is looked at: the first 100 records, and the last 64 KiB.

   A file is plain when its first record that is not blank has as many fields
   as most of the first records, none of them empty and none an amount: then
   that record is the header and nothing else is asked of the head. An amount
   is a number that is no year (four digits, 1900 to 2199), no period, and not
   part of a row of numbers counted from 1 (1, 2, 3, ... as names of months).

   Otherwise columns in which amounts are as frequent as texts are those of
   amounts. The header is the topmost record above the first amount with two
   cells or more and a text over half of these columns, else the nearest one
   with a text over any, else the topmost one with a year there. The record
   below it belongs to it when it names columns that the header leaves out, the
   one above it when it fills the header's holes, or the header says things
   twice; its cells reach to the right until the next one ("Budget",,"Actual"
   over 2021,2022,2021). No such record: there is no header, unless the first
   record has three whole numbers or more, each larger than the one before
   (codes as names). A file without amounts has its header where the first full
   record is. Records above the header are junk (titles, dates, units).

   At the end of the file are notes, not data: records that begin with a word
   or sign of notes ("Source:", "Note", 注, 资料来源, *), or that stand behind a
   blank line with a text as their only cell. What has other cells is data,
   or the error of a ragged record. */

typedef struct CsvLayoutOptions {
  bool no_header;    /* the first record is data */
  size_t header_row; /* line of the header; 0: detect */
  bool exact;        /* lines to skip were given: the first record is it */
  bool by_record;    /* lines are records (csv_scan.h) */
  bool whole;        /* there are no notes below */
} CsvLayoutOptions;

typedef struct CsvJunk {
  size_t line;
  char text[CSV_PREVIEW_SIZE];
} CsvJunk;

enum { CSV_JUNK_SHOWN = 5 };

typedef struct CsvLayout {
  const char *header; /* its first record; NULL: there is none */
  const char *header_end;
  size_t header_line;
  size_t header_records; /* 1, or 2 where two make the names */
  const char *data;      /* data records start here */
  size_t data_line;
  const char *end; /* ... and end here */
  bool by_record;
  size_t ncols;        /* fields of the header, else of the first record */
  size_t header_lines; /* physical lines of the header */
  size_t junk;         /* lines of junk above and below, blank ones apart */
  size_t blank;        /* blank lines outside the data */
  CsvJunk shown[CSV_JUNK_SHOWN]; /* the first of them */
  size_t nshown;
  char reason[160]; /* why the header is where it is, for --explain */
} CsvLayout;

/* Find the table in [begin, end), whose first line has the number `line`.
   0, or -1: no memory, or nothing but blank lines (ERR_DATA, "line: text"). */
int csv_layout_find(const char *begin, const char *end, char delimiter,
                    size_t line, const CsvLayoutOptions *options,
                    CsvLayout *out, Err *err);

/* Keep a line of junk for the report, while there is room for it. */
void csv_layout_show(CsvLayout *out, size_t line, const char *begin,
                     const char *end);

#endif
