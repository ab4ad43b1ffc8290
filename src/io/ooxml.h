/* ooxml: the parts of an Office file: XML in a zip archive, read with limits.
   One of the files of office.so: it needs libzip and expat. */
#ifndef OOXML_H
#define OOXML_H

#include <stddef.h>

#include "base/err.h"

typedef struct Ooxml Ooxml;

/* Open the bytes of a file (borrowed until ooxml_close). NULL with ERR_DATA
   where they are no archive (what they are instead is said: an encrypted
   workbook, an old .xls, text), or hold more than 10,000 parts. */
Ooxml *ooxml_open(const char *bytes, size_t len, Err *err);
void ooxml_close(Ooxml *file);

/* What is called while a part is read. Names come without their prefix. A
   callback that returns -1 has filled `err` and ends the reading. NULL: not
   of interest. */
typedef struct OoxmlHandler {
  int (*start)(void *user, const char *name, const char **attributes, Err *err);
  int (*end)(void *user, const char *name, Err *err);
  int (*text)(void *user, const char *text, size_t len, Err *err);
} OoxmlHandler;

/* Read a part ("xl/workbook.xml", any case): 1; 0 when there is no such part;
   -1 with an error that names it. Refused are: a part of more than 1 GiB or
   that shrank beyond belief (a zip bomb), one with a DOCTYPE (entity bombs
   begin there), a checksum that does not fit. */
int ooxml_read(Ooxml *file, const char *part, const OoxmlHandler *handler,
               void *user, Err *err);

/* The value of an attribute by its name without prefix, or NULL. */
const char *ooxml_attribute(const char **attributes, const char *name);

#endif
