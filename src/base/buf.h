/* buf: bytes that grow. */
#ifndef BUF_H
#define BUF_H

#include <stddef.h>

#include "base/err.h"

typedef struct Buf {
  char *data; /* owned; NULL while empty */
  size_t len; /* bytes used */
  size_t cap; /* bytes there are */
} Buf;

/* An empty Buf is all zero: `Buf b = {0};`. buf_free leaves it so again. */
void buf_free(Buf *buf);

/* Append; 0, or -1 with `err` filled and the buffer as it was. */
int buf_add(Buf *buf, const char *bytes, size_t len, Err *err);
int buf_add_text(Buf *buf, const char *text, Err *err);
int buf_add_byte(Buf *buf, char byte, Err *err);

/* Make sure that `more` further bytes fit. */
int buf_reserve(Buf *buf, size_t more, Err *err);

/* Read a whole file ("-" is standard input) or fail with its name and the
   reason. `most` bounds the bytes accepted. The bytes are followed by a NUL
   that is not counted. */
int buf_read_file(Buf *buf, const char *path, size_t most, Err *err);

#endif
