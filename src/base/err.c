/* Texts live inside the struct: reporting an error never allocates. A text
   that does not fit is cut at the end of its last whole character. */
#include "base/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Drop the bytes of a character that was cut in the middle. */
static void trim_partial(char *text) {
  size_t len = strlen(text), start = len;
  while (start > 0 && ((unsigned char)text[start - 1] & 0xC0) == 0x80) start--;
  if (start == 0) return;
  unsigned char lead = (unsigned char)text[start - 1];
  size_t need = lead < 0x80 ? 0 : lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : 3;
  if (len - start < need) text[start - 1] = '\0';
}

int err_set(Err *err, ErrCode code, const char *format, ...) {
  va_list args;
  va_start(args, format);
  err->code = code;
  vsnprintf(err->text, sizeof err->text, format, args);
  va_end(args);
  trim_partial(err->text);
  return -1;
}

int err_at(Err *err, const char *format, ...) {
  char rest[sizeof err->text];
  memcpy(rest, err->text, sizeof rest);
  va_list args;
  va_start(args, format);
  int used = vsnprintf(err->text, sizeof err->text, format, args);
  va_end(args);
  if (used > 0 && (size_t)used < sizeof err->text) {
    size_t room = sizeof err->text - (size_t)used - 1, len = strlen(rest);
    if (len > room) len = room;
    memcpy(err->text + used, rest, len);
    err->text[(size_t)used + len] = '\0';
  }
  trim_partial(err->text);
  return -1;
}

int err_memory(Err *err) { return err_set(err, ERR_MEM, "not enough memory"); }

const char *err_name(ErrCode code) {
  static const char *const names[] = {"none", "io",    "data",  "sql",
                                      "mem",  "child", "limit", "use"};
  return names[code];
}
