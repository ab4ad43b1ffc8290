/* The cells are kept as they come, then sorted into rows: merged ranges stand
   behind the cells in the file, and a row's width is known at the end only. */
#include "io/xlsx_sheet.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "io/xlsx_merge.h"

enum { ROWS_MOST = 1 << 20, COLUMNS_MOST = 1 << 14, TEXT_MOST = 1 << 30 };

typedef struct Sheet {
  const XlsxStrings *strings;
  const XlsxStyles *styles;
  bool date1904;
  XlsxGrid grid;
  Buf value;       /* of the cell that is being read */
  XlsxPlace place; /* ... its place */
  char type[12];   /* ... its type, "n" by default */
  size_t style;    /* ... its style */
  int in_value, in_phonetic;
} Sheet;

/* ---- cells ---- */

static int refuse_cell(const Sheet *sheet, const char *why, Err *err) {
  char name[XLSX_PLACE_SIZE];
  return err_set(err, ERR_DATA, "cell %s: %s",
                 xlsx_place_name(sheet->place, name), why);
}

static int start_row(Sheet *sheet, const char **attributes, Err *err) {
  const char *number = ooxml_attribute(attributes, "r");
  unsigned long row = sheet->place.row + 1ul;
  if (number != NULL) row = strtoul(number, NULL, 10);
  if (row == 0 || row > ROWS_MOST)
    return err_set(err, ERR_DATA, "row '%.20s' is none of a sheet",
                   number == NULL ? "" : number);
  sheet->place = (XlsxPlace){(uint32_t)row, 0};
  return 0;
}

static int start_cell(Sheet *sheet, const char **attributes, Err *err) {
  const char *name = ooxml_attribute(attributes, "r");
  const char *type = ooxml_attribute(attributes, "t");
  const char *style = ooxml_attribute(attributes, "s");
  XlsxPlace place = {sheet->place.row, sheet->place.col + 1};
  if (name != NULL && xlsx_place_parse(name, &place) == NULL)
    return err_set(err, ERR_DATA, "'%.20s' is no cell", name);
  if (place.row == 0) place.row = 1;
  sheet->place = place;
  if (place.row > ROWS_MOST || place.col > COLUMNS_MOST)
    return refuse_cell(sheet, "outside of a sheet", err);
  sheet->value.len = 0;
  sheet->style = style == NULL ? 0 : strtoul(style, NULL, 10);
  sheet->type[0] = '\0';
  if (type != NULL) strncat(sheet->type, type, sizeof sheet->type - 1);
  return 0;
}

static int add_text(Sheet *sheet, const char *text, size_t len, bool number,
                    Err *err) {
  if (len == 0) return 0;
  if (sheet->grid.texts.len + len > TEXT_MOST)
    return refuse_cell(sheet, "more than 1 GiB of text up to here", err);
  return xlsx_grid_add(&sheet->grid, sheet->place, text, len, number, err);
}

static int end_shared(Sheet *sheet, Err *err) {
  size_t len, index = 0;
  if (buf_add_byte(&sheet->value, '\0', err) != 0) return -1;
  char *end;
  index = strtoul(sheet->value.data, &end, 10);
  const char *text =
      *end != '\0' ? NULL : xlsx_strings_get(sheet->strings, index, &len);
  if (text == NULL)
    return refuse_cell(sheet, "its shared text does not exist", err);
  return add_text(sheet, text, len, false, err);
}

static int end_number(Sheet *sheet, Err *err) {
  const Buf *value = &sheet->value;
  XlsxFormat format = xlsx_styles_get(sheet->styles, sheet->style);
  char text[XLSX_NUMBER_SIZE];
  size_t len = 0;
  if (format != XLSX_PLAIN)
    len =
        xlsx_date_text(value->data, value->len, format, sheet->date1904, text);
  bool number = len == 0;
  if (number) len = xlsx_number_text(value->data, value->len, text);
  if (len > 0) return add_text(sheet, text, len, number, err);
  return refuse_cell(sheet, "its number cannot be read", err);
}

static int end_cell(Sheet *sheet, Err *err) {
  const Buf *value = &sheet->value;
  const char *type = sheet->type;
  if (value->len == 0) return 0;
  if (type[0] == '\0' || strcmp(type, "n") == 0) return end_number(sheet, err);
  if (strcmp(type, "s") == 0) return end_shared(sheet, err);
  if (strcmp(type, "b") == 0)
    return value->data[0] == '1' ? add_text(sheet, "true", 4, false, err)
                                 : add_text(sheet, "false", 5, false, err);
  return add_text(sheet, value->data, value->len, false, err);
}

/* ---- the part ---- */

static int on_start(void *user, const char *name, const char **attributes,
                    Err *err) {
  Sheet *sheet = user;
  if (strcmp(name, "c") == 0) return start_cell(sheet, attributes, err);
  if (strcmp(name, "row") == 0) return start_row(sheet, attributes, err);
  if (strcmp(name, "v") == 0 || strcmp(name, "t") == 0) sheet->in_value++;
  if (strcmp(name, "rPh") == 0) sheet->in_phonetic++;
  if (strcmp(name, "mergeCell") != 0) return 0;
  const char *range = ooxml_attribute(attributes, "ref");
  return range == NULL ? 0 : xlsx_grid_merge(&sheet->grid, range, err);
}

static int on_end(void *user, const char *name, Err *err) {
  Sheet *sheet = user;
  if (strcmp(name, "v") == 0 || strcmp(name, "t") == 0) sheet->in_value--;
  if (strcmp(name, "rPh") == 0) sheet->in_phonetic--;
  return strcmp(name, "c") == 0 ? end_cell(sheet, err) : 0;
}

static int on_text(void *user, const char *text, size_t len, Err *err) {
  Sheet *sheet = user;
  if (sheet->in_value == 0 || sheet->in_phonetic > 0) return 0;
  if (sheet->value.len + len > TEXT_MOST)
    return refuse_cell(sheet, "more than 1 GiB of text up to here", err);
  return buf_add(&sheet->value, text, len, err);
}

/* ---- the text ---- */

static int write_text(Buf *out, const char *text, size_t len, Err *err) {
  bool plain = true;
  for (size_t i = 0; i < len && plain; i++)
    plain =
        text[i] != ',' && text[i] != '"' && text[i] != '\n' && text[i] != '\r';
  if (plain) return buf_add(out, text, len, err);
  int status = buf_add_byte(out, '"', err);
  for (size_t i = 0; i < len && status == 0; i++) {
    if (text[i] == '"') status = buf_add_byte(out, '"', err);
    if (status == 0) status = buf_add_byte(out, text[i], err);
  }
  return status == 0 ? buf_add_byte(out, '"', err) : -1;
}

static int write_bytes(Buf *out, char byte, size_t n, Err *err) {
  if (out->len + n > TEXT_MOST)
    return err_set(err, ERR_DATA,
                   "its last cell is too far out: more than 1 GiB of empty "
                   "cells");
  if (buf_reserve(out, n + 1, err) != 0) return -1;
  memset(out->data + out->len, byte, n);
  out->len += n;
  return 0;
}

/* Commas up to column `to`, behind a row whose last cell was in `from`. */
static int write_gap(Buf *out, uint32_t from, uint32_t to, Err *err) {
  return to <= from ? 0 : write_bytes(out, ',', to - from, err);
}

static int write_cells(const XlsxGrid *grid, XlsxSheetText *out, Err *err) {
  XlsxPlace at = {1, 1};
  uint32_t width = (uint32_t)out->ncols;
  for (size_t i = 0; i < grid->ncells; i++) {
    const XlsxCell *cell = &grid->cells[i];
    if (cell->place.row != at.row) {
      if (i > 0 && write_gap(&out->text, at.col, width, err) != 0) return -1;
      if (write_bytes(&out->text, '\n', cell->place.row - at.row, err) != 0)
        return -1;
      at = (XlsxPlace){cell->place.row, 1};
    } else if (i > 0 && cell->place.col == grid->cells[i - 1].place.col) {
      continue; /* a cell twice: the first counts */
    }
    if (write_gap(&out->text, at.col, cell->place.col, err) != 0) return -1;
    at.col = cell->place.col;
    if (write_text(&out->text, grid->texts.data + cell->at, cell->len, err) !=
        0)
      return -1;
  }
  if (write_gap(&out->text, at.col, width, err) != 0) return -1;
  return buf_add_byte(&out->text, '\n', err);
}

static int write_sheet(XlsxGrid *grid, XlsxSheetText *out, Err *err) {
  out->cells = grid->ncells;
  if (xlsx_grid_finish(grid, &out->filled, err) != 0) return -1;
  for (size_t i = 0; i < grid->ncells; i++) {
    XlsxPlace place = grid->cells[i].place;
    if (place.row > out->nrows) out->nrows = place.row;
    if (place.col > out->ncols) out->ncols = place.col;
  }
  return grid->ncells == 0 ? 0 : write_cells(grid, out, err);
}

int xlsx_sheet_read(Ooxml *file, const XlsxBook *book, const XlsxSheet *sheet,
                    const XlsxStrings *strings, const XlsxStyles *styles,
                    XlsxSheetText *out, Err *err) {
  const OoxmlHandler handler = {on_start, on_end, on_text};
  Sheet reading = {
      .strings = strings, .styles = styles, .date1904 = book->date1904};
  *out = (XlsxSheetText){0};
  int got = ooxml_read(file, sheet->part, &handler, &reading, err);
  if (got == 0) err_set(err, ERR_DATA, "%s: no such part", sheet->part);
  if (got == 1 && write_sheet(&reading.grid, out, err) != 0) got = -1;
  xlsx_grid_free(&reading.grid);
  buf_free(&reading.value);
  return got == 1 ? 0 : -1;
}
