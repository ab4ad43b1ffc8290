#include "io/xlsx_styles.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum { STYLES_MOST = 1 << 17 };

typedef struct XlsxCustom {
  long id;
  XlsxFormat format;
} XlsxCustom;

void xlsx_styles_free(XlsxStyles *styles) {
  free(styles->formats);
  free(styles->custom);
  *styles = (XlsxStyles){0};
}

static long id_of(const char **attributes) {
  const char *text = ooxml_attribute(attributes, "numFmtId");
  return text == NULL ? 0 : strtol(text, NULL, 10);
}

static int add_custom(XlsxStyles *styles, const char **attributes, Err *err) {
  const char *code = ooxml_attribute(attributes, "formatCode");
  if (code == NULL || styles->ncustom == STYLES_MOST) return 0;
  XlsxCustom *custom =
      mem_resize(styles->custom, styles->ncustom + 1, sizeof *custom);
  if (custom == NULL) return err_memory(err);
  styles->custom = custom;
  custom[styles->ncustom++] =
      (XlsxCustom){id_of(attributes), xlsx_format_of(code)};
  return 0;
}

static XlsxFormat format_of(const XlsxStyles *styles, long id) {
  for (size_t i = styles->ncustom; i > 0; i--)
    if (styles->custom[i - 1].id == id) return styles->custom[i - 1].format;
  return xlsx_format_built_in(id);
}

static int add_style(XlsxStyles *styles, const char **attributes, Err *err) {
  if (styles->n == STYLES_MOST)
    return err_set(err, ERR_DATA, "more than %d cell styles", STYLES_MOST);
  unsigned char *formats = mem_resize(styles->formats, styles->n + 1, 1);
  if (formats == NULL) return err_memory(err);
  styles->formats = formats;
  formats[styles->n++] = (unsigned char)format_of(styles, id_of(attributes));
  return 0;
}

static int on_start(void *user, const char *name, const char **attributes,
                    Err *err) {
  XlsxStyles *styles = user;
  if (strcmp(name, "numFmt") == 0) return add_custom(styles, attributes, err);
  if (strcmp(name, "cellXfs") == 0) styles->inside = 1;
  if (styles->inside && strcmp(name, "xf") == 0)
    return add_style(styles, attributes, err);
  return 0;
}

static int on_end(void *user, const char *name, Err *err) {
  XlsxStyles *styles = user;
  (void)err;
  if (strcmp(name, "cellXfs") == 0) styles->inside = 0;
  return 0;
}

int xlsx_styles_read(Ooxml *file, const char *part, XlsxStyles *styles,
                     Err *err) {
  const OoxmlHandler handler = {.start = on_start, .end = on_end};
  if (part == NULL) return 0;
  return ooxml_read(file, part, &handler, styles, err) < 0 ? -1 : 0;
}

XlsxFormat xlsx_styles_get(const XlsxStyles *styles, size_t style) {
  return style < styles->n ? (XlsxFormat)styles->formats[style] : XLSX_PLAIN;
}
