/* xlsx_write: workbooks out, cell by cell or a table at once. One of the files
   of office.so: it needs libxlsxwriter. Text is always text: nothing that
   stands in a cell can become a formula. The bytes are the same for the same
   calls: no clock, no user's name. */
#ifndef XLSX_WRITE_H
#define XLSX_WRITE_H

#include <stdbool.h>

#include "base/buf.h"
#include "table/table.h"

typedef struct XlsxWriter XlsxWriter;

/* How a cell looks. All zero: as a cell that nobody touched. */
typedef struct XlsxStyle {
  const char *number; /* "#,##0.00"; NULL: general */
  bool bold;
  bool wrap;
  bool framed;   /* thin lines on all sides */
  bool ruled;    /* a line below */
  bool indented; /* a little to the right, so that text keeps off numbers */
  char align;    /* 'l', 'c', 'r'; 0: by the type */
  int size;      /* of the letters, in points; 0: 11 */
  int fill;      /* 0xRRGGBB of the ground; 0: none */
  int colour;    /* 0xRRGGBB of the letters; 0: black */
} XlsxStyle;

enum { XLSX_ROWS = 1048576, XLSX_COLUMNS = 16384 };

/* An empty workbook, or NULL. */
XlsxWriter *xlsx_writer_new(Err *err);
void xlsx_writer_free(XlsxWriter *writer); /* accepts NULL */

/* A new sheet, on which all that follows is put: 0, or -1 where the name is
   taken or none (1 to 31 characters without []:*?/\). */
int xlsx_add_sheet(XlsxWriter *writer, const char *name, Err *err);

/* A style for cells, as a number for the calls below (0 is none), or -1. */
int xlsx_add_style(XlsxWriter *writer, const XlsxStyle *style, Err *err);

/* Width of a column in characters, height of a row in points, landscape pages
   one page wide, rows that stay in view and stand on every page. */
void xlsx_set_width(XlsxWriter *writer, int column, double width);
void xlsx_set_height(XlsxWriter *writer, int row, double points);
void xlsx_set_page(XlsxWriter *writer, int rows_that_stay);

/* A row, from 0, that stands on every printed page behind its own. */
void xlsx_repeat_row(XlsxWriter *writer, int row);

/* One cell, rows and columns from 0: 0, or -1 where it lies outside the sheet
   or the text is too long. A number that a double cannot hold to its last
   digit (more than 15) is written as text. */
int xlsx_put_text(XlsxWriter *writer, int row, int column, const char *text,
                  int style, Err *err);
int xlsx_put_decimal(XlsxWriter *writer, int row, int column, Decimal value,
                     int style, Err *err);
int xlsx_put_blank(XlsxWriter *writer, int row, int column, int style,
                   Err *err);

/* One cell over several; with text. */
int xlsx_merge(XlsxWriter *writer, int row, int column, int last_row,
               int last_column, const char *text, int style, Err *err);

/* Names in row 0, then the rows: decimals and ints as numbers with their
   places, periods as text, missing cells blank; `of_texts` is the style of
   texts. */
int xlsx_put_table(XlsxWriter *writer, const Table *table, int of_texts,
                   Err *err);

/* The finished file; nothing may be put in any more. */
int xlsx_finish(XlsxWriter *writer, Buf *out, Err *err);

#endif
