#include "io/xlsx_strings.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void xlsx_strings_free(XlsxStrings *strings) {
  buf_free(&strings->texts);
  free(strings->ends);
  *strings = (XlsxStrings){0};
}

static int on_start(void *user, const char *name, const char **attributes,
                    Err *err) {
  XlsxStrings *strings = user;
  (void)attributes, (void)err;
  if (strcmp(name, "t") == 0) strings->in_text++;
  if (strcmp(name, "rPh") == 0) strings->in_phonetic++;
  return 0;
}

static int end_string(XlsxStrings *strings, Err *err) {
  if (strings->n == strings->room) {
    size_t room = strings->room == 0 ? 1024 : strings->room * 2;
    size_t *ends = mem_resize(strings->ends, room, sizeof *ends);
    if (ends == NULL) return err_memory(err);
    strings->ends = ends;
    strings->room = room;
  }
  strings->ends[strings->n++] = strings->texts.len;
  return 0;
}

static int on_end(void *user, const char *name, Err *err) {
  XlsxStrings *strings = user;
  if (strcmp(name, "t") == 0) strings->in_text--;
  if (strcmp(name, "rPh") == 0) strings->in_phonetic--;
  return strcmp(name, "si") == 0 ? end_string(strings, err) : 0;
}

static int on_text(void *user, const char *text, size_t len, Err *err) {
  XlsxStrings *strings = user;
  if (strings->in_text == 0 || strings->in_phonetic > 0) return 0;
  return buf_add(&strings->texts, text, len, err);
}

int xlsx_strings_read(Ooxml *file, const char *part, XlsxStrings *strings,
                      Err *err) {
  const OoxmlHandler handler = {on_start, on_end, on_text};
  if (part == NULL) return 0;
  return ooxml_read(file, part, &handler, strings, err) < 0 ? -1 : 0;
}

const char *xlsx_strings_get(const XlsxStrings *strings, size_t i,
                             size_t *len) {
  if (i >= strings->n) return NULL;
  size_t start = i == 0 ? 0 : strings->ends[i - 1];
  *len = strings->ends[i] - start;
  return *len == 0 ? "" : strings->texts.data + start;
}
