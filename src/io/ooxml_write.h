/* ooxml_write: an Office file out of its parts. One of the files of office.so:
   it needs libzip. */
#ifndef OOXML_WRITE_H
#define OOXML_WRITE_H

#include "base/buf.h"

typedef struct OoxmlPart {
  const char *name; /* "word/document.xml" */
  const char *bytes;
  size_t len;
} OoxmlPart;

/* Pack the parts in their order; the same parts give the same bytes. 0 or
   -1. */
int ooxml_write(const OoxmlPart *parts, size_t nparts, Buf *out, Err *err);

#endif
