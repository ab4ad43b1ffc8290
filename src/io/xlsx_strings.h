/* xlsx_strings: the shared texts of a workbook. */
#ifndef XLSX_STRINGS_H
#define XLSX_STRINGS_H

#include "base/buf.h"
#include "io/ooxml.h"

typedef struct XlsxStrings {
  Buf texts;    /* one behind the other */
  size_t *ends; /* where each one ends */
  size_t n, room;
  /* Working state. */
  int in_text, in_phonetic;
} XlsxStrings;

/* Fill `strings`, all zero before, from a part (NULL: there is none): the
   runs of rich text are put together, phonetic ones (rPh) are left out. Free
   it either way. 0 or -1. */
int xlsx_strings_read(Ooxml *file, const char *part, XlsxStrings *strings,
                      Err *err);
void xlsx_strings_free(XlsxStrings *strings);

/* Text i and its length, or NULL when there is none. */
const char *xlsx_strings_get(const XlsxStrings *strings, size_t i, size_t *len);

#endif
