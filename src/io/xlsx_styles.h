/* xlsx_styles: which cells of a workbook are dates. */
#ifndef XLSX_STYLES_H
#define XLSX_STYLES_H

#include "io/ooxml.h"
#include "io/xlsx_number.h"

typedef struct XlsxStyles {
  unsigned char *formats; /* XlsxFormat by cell style (cellXfs) */
  size_t n;
  /* Working state. */
  struct XlsxCustom *custom; /* formats of the workbook itself */
  size_t ncustom;
  int inside; /* depth in cellXfs */
} XlsxStyles;

/* Fill `styles`, all zero before, from a part (NULL: there is none); free it
   either way. 0 or -1. */
int xlsx_styles_read(Ooxml *file, const char *part, XlsxStyles *styles,
                     Err *err);
void xlsx_styles_free(XlsxStyles *styles);

/* The format of a cell style, XLSX_PLAIN beyond the list. */
XlsxFormat xlsx_styles_get(const XlsxStyles *styles, size_t style);

#endif
