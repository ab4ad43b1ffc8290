/* xlsx_book: the sheets of a workbook: names in order, and their parts. */
#ifndef XLSX_BOOK_H
#define XLSX_BOOK_H

#include <stdbool.h>

#include "io/ooxml.h"

typedef struct XlsxSheet {
  char *name;
  char *id;   /* of the relationship */
  char *part; /* "xl/worksheets/sheet1.xml"; NULL: no worksheet (a chart) */
  bool hidden;
} XlsxSheet;

typedef struct XlsxBook {
  XlsxSheet *sheets; /* in the order of the tabs */
  size_t nsheets;
  bool date1904;  /* days count from 1904 */
  char *strings;  /* part of the shared strings, or NULL */
  char *styles;   /* part of the styles, or NULL */
  char *workbook; /* part of the workbook itself */
} XlsxBook;

/* Fill `book`, all zero before; free it either way. 0 or -1. */
int xlsx_book_read(Ooxml *file, XlsxBook *book, Err *err);
void xlsx_book_free(XlsxBook *book);

#endif
