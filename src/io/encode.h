/* encode: bytes of any encoding as UTF-8. */
#ifndef ENCODE_H
#define ENCODE_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"

enum { ENCODE_SHOWN = 5 };

typedef struct Utf8Text {
  const char *text; /* in the bytes given, or in `own` */
  size_t len;
  Buf own;            /* what was converted; empty when nothing had to be */
  char encoding[40];  /* "UTF-8", "GB18030", ... */
  const char *reason; /* static: how it was found out, for --explain */
  bool guessed;       /* nothing but the looks of its letters speak for it */
  /* Lines of a UTF-8 text that are in another encoding; NULL: none. */
  const char *mixed;
  size_t mixed_lines;
  size_t mixed_shown[ENCODE_SHOWN]; /* the first of them */
} Utf8Text;

/* With encoding == NULL: a byte order mark decides (UTF-8, UTF-16, UTF-32);
   else NUL bytes that stand as in UTF-16; else valid UTF-8 is taken as it is,
   without a copy; else UTF-8 with some lines in another encoding is read line
   by line (encode_mixed); else the bytes are read as what they look like
   (encode_guess): GB18030 (a superset of GBK and GB2312; as CP936 where the
   euro's byte 0x80 occurs), Big5, Windows-1252 or CP850. Bytes that do not
   fit, a character cut off at the end, and NUL bytes, which no text holds,
   are ERR_DATA whose text starts with "line: ". A byte order mark is left out.
   0 or -1; free the result either way. */
int encode_to_utf8(const char *bytes, size_t len, const char *encoding,
                   Utf8Text *out, Err *err);
void encode_free(Utf8Text *text);

/* Append `bytes` in the encoding to `own`: 0, or -1. */
int encode_append(const char *bytes, size_t len, const char *encoding, Buf *own,
                  Err *err);

#endif
