/* Part names are found by relationships, as the standard has it (ECMA-376
   part 2): programs other than Excel call them what they like. */
#include "io/xlsx_book.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum { SHEETS_MOST = 1000 };

void xlsx_book_free(XlsxBook *book) {
  for (size_t i = 0; i < book->nsheets; i++) {
    free(book->sheets[i].name);
    free(book->sheets[i].id);
    free(book->sheets[i].part);
  }
  free(book->sheets);
  free(book->strings);
  free(book->styles);
  free(book->workbook);
  *book = (XlsxBook){0};
}

static bool ends_with(const char *text, const char *end) {
  size_t len = strlen(text), n = strlen(end);
  return len >= n && strcmp(text + len - n, end) == 0;
}

static char *copy(const char *text) { return mem_text(text, strlen(text)); }

/* ---- the workbook ---- */

static int add_sheet(XlsxBook *book, const char **attributes, Err *err) {
  const char *name = ooxml_attribute(attributes, "name");
  const char *id = ooxml_attribute(attributes, "id");
  const char *state = ooxml_attribute(attributes, "state");
  if (name == NULL || id == NULL) return 0;
  if (book->nsheets == SHEETS_MOST)
    return err_set(err, ERR_DATA, "more than %d sheets", SHEETS_MOST);
  XlsxSheet *sheets =
      mem_resize(book->sheets, book->nsheets + 1, sizeof *sheets);
  if (sheets == NULL) return err_memory(err);
  book->sheets = sheets;
  XlsxSheet *sheet = &sheets[book->nsheets++];
  *sheet = (XlsxSheet){copy(name), copy(id), NULL,
                       state != NULL && strcmp(state, "visible") != 0};
  return sheet->name == NULL || sheet->id == NULL ? err_memory(err) : 0;
}

static int on_workbook(void *user, const char *name, const char **attributes,
                       Err *err) {
  XlsxBook *book = user;
  if (strcmp(name, "workbookPr") == 0) {
    const char *flag = ooxml_attribute(attributes, "date1904");
    book->date1904 = flag != NULL && (flag[0] == '1' || flag[0] == 't');
  }
  if (strcmp(name, "sheet") == 0) return add_sheet(book, attributes, err);
  return 0;
}

/* ---- relationships ---- */

/* `target` as the part `from` means it: "/xl/a.xml" is absolute, "a.xml" and
   "../a.xml" start from its folder. */
static char *resolve(const char *from, const char *target) {
  if (target[0] == '/') return copy(target + 1);
  const char *slash = strrchr(from, '/');
  size_t folder = slash == NULL ? 0 : (size_t)(slash - from) + 1;
  while (strncmp(target, "../", 3) == 0) {
    target += 3;
    if (folder > 0) folder--;
    while (folder > 0 && from[folder - 1] != '/') folder--;
  }
  size_t len = strlen(target);
  char *part = mem_array(folder + len + 1, 1);
  if (part == NULL) return NULL;
  memcpy(part, from, folder);
  memcpy(part + folder, target, len);
  return part;
}

static int on_root_relation(void *user, const char *name,
                            const char **attributes, Err *err) {
  XlsxBook *book = user;
  const char *type = ooxml_attribute(attributes, "Type");
  const char *target = ooxml_attribute(attributes, "Target");
  if (strcmp(name, "Relationship") != 0 || type == NULL || target == NULL ||
      !ends_with(type, "/officeDocument") || book->workbook != NULL)
    return 0;
  book->workbook = resolve("", target);
  return book->workbook == NULL ? err_memory(err) : 0;
}

static int set_part(char **place, const XlsxBook *book, const char *target,
                    Err *err) {
  if (*place != NULL) return 0;
  *place = resolve(book->workbook, target);
  return *place == NULL ? err_memory(err) : 0;
}

static int on_relation(void *user, const char *name, const char **attributes,
                       Err *err) {
  XlsxBook *book = user;
  const char *type = ooxml_attribute(attributes, "Type");
  const char *target = ooxml_attribute(attributes, "Target");
  const char *id = ooxml_attribute(attributes, "Id");
  if (strcmp(name, "Relationship") != 0 || type == NULL || target == NULL ||
      id == NULL)
    return 0;
  if (ends_with(type, "/sharedStrings"))
    return set_part(&book->strings, book, target, err);
  if (ends_with(type, "/styles"))
    return set_part(&book->styles, book, target, err);
  if (!ends_with(type, "/worksheet")) return 0;
  for (size_t i = 0; i < book->nsheets; i++)
    if (strcmp(book->sheets[i].id, id) == 0 &&
        set_part(&book->sheets[i].part, book, target, err) != 0)
      return -1;
  return 0;
}

/* "xl/workbook.xml" -> "xl/_rels/workbook.xml.rels" */
static char *relations_of(const char *part) {
  const char *slash = strrchr(part, '/');
  int folder = slash == NULL ? 0 : (int)(slash - part) + 1;
  size_t room = strlen(part) + sizeof "_rels/.rels";
  char *name = mem_array(room, 1);
  if (name != NULL)
    snprintf(name, room, "%.*s_rels/%s.rels", folder, part, part + folder);
  return name;
}

static int read_relations(Ooxml *file, XlsxBook *book, Err *err) {
  const OoxmlHandler handler = {.start = on_relation};
  char *part = relations_of(book->workbook);
  if (part == NULL) return err_memory(err);
  int got = ooxml_read(file, part, &handler, book, err);
  free(part);
  if (got == 0)
    return err_set(err, ERR_DATA,
                   "no workbook in it: the list of its parts is "
                   "missing");
  return got < 0 ? -1 : 0;
}

int xlsx_book_read(Ooxml *file, XlsxBook *book, Err *err) {
  const OoxmlHandler root = {.start = on_root_relation};
  const OoxmlHandler workbook = {.start = on_workbook};
  int got = ooxml_read(file, "_rels/.rels", &root, book, err);
  if (got < 0) return -1;
  if (book->workbook != NULL)
    got = ooxml_read(file, book->workbook, &workbook, book, err);
  if (got < 0) return -1;
  if (book->workbook == NULL || got == 0)
    return err_set(err, ERR_DATA,
                   "this archive is no .xlsx workbook: it has no sheets");
  return read_relations(file, book, err);
}
