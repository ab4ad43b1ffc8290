#include "base/buf.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void buf_free(Buf *buf) {
  free(buf->data);
  *buf = (Buf){0};
}

int buf_reserve(Buf *buf, size_t more, Err *err) {
  if (more <= buf->cap - buf->len) return 0;
  if (more > SIZE_MAX / 2 - buf->len) return err_memory(err);
  size_t cap = buf->cap < 64 ? 64 : buf->cap + buf->cap / 2;
  if (cap < buf->len + more) cap = buf->len + more;
  char *data = mem_resize(buf->data, cap, 1);
  if (data == NULL) return err_memory(err);
  buf->data = data;
  buf->cap = cap;
  return 0;
}

int buf_add(Buf *buf, const char *bytes, size_t len, Err *err) {
  if (len == 0) return 0;
  if (buf_reserve(buf, len, err) != 0) return -1;
  memcpy(buf->data + buf->len, bytes, len);
  buf->len += len;
  return 0;
}

int buf_add_text(Buf *buf, const char *text, Err *err) {
  return buf_add(buf, text, strlen(text), err);
}

int buf_add_byte(Buf *buf, char byte, Err *err) {
  return buf_add(buf, &byte, 1, err);
}

static int read_all(Buf *buf, FILE *file, const char *path, size_t most,
                    Err *err) {
  for (;;) {
    if (buf_reserve(buf, 65536, err) != 0) return -1;
    size_t got = fread(buf->data + buf->len, 1, 65535, file);
    buf->len += got;
    if (buf->len > most)
      return err_set(err, ERR_LIMIT, "'%s' is larger than %zu bytes", path,
                     most);
    if (got == 0) break;
  }
  if (ferror(file))
    return err_set(err, ERR_IO, "cannot read '%s' (%s)", path, strerror(errno));
  buf->data[buf->len] = '\0';
  return 0;
}

int buf_read_file(Buf *buf, const char *path, size_t most, Err *err) {
  if (strcmp(path, "-") == 0)
    return read_all(buf, stdin, "standard input", most, err);
  FILE *file = fopen(path, "rb");
  if (file == NULL)
    return err_set(err, ERR_IO, "cannot open '%s' (%s)", path, strerror(errno));
  int status = read_all(buf, file, path, most, err);
  fclose(file);
  return status;
}
