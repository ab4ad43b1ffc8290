/* encode: bytes of any encoding as UTF-8. */
#ifndef ENCODE_H
#define ENCODE_H

#include "base/buf.h"
#include "base/err.h"

typedef struct Utf8Text {
  const char *text; /* in the bytes given, or in `own` */
  size_t len;
  Buf own;            /* what was converted; empty when nothing had to be */
  char encoding[40];  /* "UTF-8", "GB18030", ... */
  const char *reason; /* static: how it was found out, for --explain */
} Utf8Text;

/* With encoding == NULL: a byte order mark decides (UTF-8, UTF-16, UTF-32);
   else valid UTF-8 is taken as it is, without a copy; else the bytes are
   read as GB18030 (a superset of GBK and GB2312), as CP936 where the euro's
   byte 0x80 occurs. Text that is UTF-8 but for a few bytes is an error and
   not GB18030. Bytes that do not fit, and NUL bytes, which no text holds, are
   ERR_DATA whose text starts with "line: ". A byte order mark is left out.
   0 or -1; free the result either way. */
int encode_to_utf8(const char *bytes, size_t len, const char *encoding,
                   Utf8Text *out, Err *err);
void encode_free(Utf8Text *text);

#endif
