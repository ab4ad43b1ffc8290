/* libxlsxwriter writes files only, so the book goes through a temporary one
   that has no name any more when its bytes are read. */
#include "io/xlsx_write.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "base/mem.h"

enum { STYLES = 200, PATH_SIZE = 4096, CELL_MOST = 32767 };

struct XlsxWriter {
  lxw_workbook *book;
  lxw_worksheet *sheet;
  lxw_format *styles[STYLES]; /* [0] is NULL: none */
  int nstyles;
  int places[DECIMAL_MAX_SCALE + 1]; /* styles of a table's decimals; 0: none */
  char path[PATH_SIZE]; /* of the temporary file; "" when it is gone */
};

static int failed(const char *what, lxw_error code, Err *err) {
  return err_set(err, ERR_IO, "cannot write the workbook: %s (%s)", what,
                 lxw_strerror(code));
}

static int make_path(XlsxWriter *writer, Err *err) {
  const char *dir = getenv("TMPDIR");
  if (dir == NULL || dir[0] == '\0') dir = "/tmp";
  int len = snprintf(writer->path, PATH_SIZE, "%s/evalua-XXXXXX", dir);
  int fd = len < PATH_SIZE ? mkstemp(writer->path) : -1;
  if (fd >= 0) {
    close(fd);
    return 0;
  }
  writer->path[0] = '\0';
  return err_set(err, ERR_IO, "cannot write a temporary file in '%s'", dir);
}

XlsxWriter *xlsx_writer_new(Err *err) {
  XlsxWriter *writer = mem_array(1, sizeof *writer);
  if (writer == NULL) return err_memory(err), NULL;
  writer->nstyles = 1;
  if (make_path(writer, err) == 0) {
    writer->book = workbook_new(writer->path);
    if (writer->book == NULL) err_memory(err);
  }
  if (writer->book == NULL) {
    xlsx_writer_free(writer);
    return NULL;
  }
  /* a fixed day, so that the same report gives the same bytes */
  lxw_doc_properties properties = {.created = 946684800, .author = (char *)""};
  workbook_set_properties(writer->book, &properties);
  return writer;
}

void xlsx_writer_free(XlsxWriter *writer) {
  if (writer == NULL) return;
  lxw_workbook_free(writer->book);
  if (writer->path[0] != '\0') unlink(writer->path);
  free(writer);
}

int xlsx_add_sheet(XlsxWriter *writer, const char *name, Err *err) {
  lxw_error code = workbook_validate_sheet_name(writer->book, name);
  if (code != LXW_NO_ERROR)
    return err_set(err, ERR_DATA, "'%.80s' cannot be the name of a sheet",
                   name);
  writer->sheet = workbook_add_worksheet(writer->book, name);
  return writer->sheet != NULL ? 0 : err_memory(err);
}

static int alignment(char align) {
  switch (align) {
    case 'l': return LXW_ALIGN_LEFT;
    case 'c': return LXW_ALIGN_CENTER;
    case 'r': return LXW_ALIGN_RIGHT;
    default: return LXW_ALIGN_NONE;
  }
}

int xlsx_add_style(XlsxWriter *writer, const XlsxStyle *style, Err *err) {
  if (writer->nstyles == STYLES)
    return err_set(err, ERR_USE, "a workbook has at most %d styles", STYLES);
  lxw_format *format = workbook_add_format(writer->book);
  if (format == NULL) return err_memory(err);
  format_set_font_name(format, "Microsoft YaHei");
  format_set_align(format, LXW_ALIGN_VERTICAL_CENTER);
  if (style->number != NULL) format_set_num_format(format, style->number);
  if (style->bold) format_set_bold(format);
  if (style->wrap) format_set_text_wrap(format);
  if (style->framed) format_set_border(format, LXW_BORDER_THIN);
  if (style->indented) format_set_indent(format, 1);
  if (style->ruled) format_set_bottom(format, LXW_BORDER_THIN);
  if (style->align) format_set_align(format, (uint8_t)alignment(style->align));
  if (style->size) format_set_font_size(format, style->size);
  if (style->fill) format_set_bg_color(format, (lxw_color_t)style->fill);
  if (style->colour) format_set_font_color(format, (lxw_color_t)style->colour);
  writer->styles[writer->nstyles] = format;
  return writer->nstyles++;
}

void xlsx_set_width(XlsxWriter *writer, int column, double width) {
  lxw_col_t at = (lxw_col_t)column;
  worksheet_set_column(writer->sheet, at, at, width, NULL);
}

void xlsx_set_height(XlsxWriter *writer, int row, double points) {
  worksheet_set_row(writer->sheet, (lxw_row_t)row, points, NULL);
}

void xlsx_set_page(XlsxWriter *writer, int rows_that_stay) {
  worksheet_set_landscape(writer->sheet);
  worksheet_set_paper(writer->sheet, 9); /* A4 */
  worksheet_fit_to_pages(writer->sheet, 1, 0);
  if (rows_that_stay == 0) return;
  worksheet_freeze_panes(writer->sheet, (lxw_row_t)rows_that_stay, 0);
  worksheet_repeat_rows(writer->sheet, 0, (lxw_row_t)rows_that_stay - 1);
}

void xlsx_repeat_row(XlsxWriter *writer, int row) {
  worksheet_repeat_rows(writer->sheet, (lxw_row_t)row, (lxw_row_t)row);
}

/* ---- cells ---- */

static int check_place(int row, int column, Err *err) {
  if (row >= 0 && row < XLSX_ROWS && column >= 0 && column < XLSX_COLUMNS)
    return 0;
  return err_set(
      err, ERR_DATA,
      "a sheet has at most %d rows and %d columns: write csv instead",
      XLSX_ROWS, XLSX_COLUMNS);
}

static int place_failed(int row, int column, lxw_error code, Err *err) {
  failed("a cell", code, err);
  return err_at(err, "row %d, column %d: ", row + 1, column + 1);
}

/* Is it more than a cell holds? Counted in UTF-16, as spreadsheets count. To be
   asked first: a merged range would stay empty without a word. */
static int check_length(int row, int column, const char *text, Err *err) {
  size_t units = 0;
  for (const unsigned char *c = (const unsigned char *)text; *c != 0; c++)
    units += (*c & 0xC0) == 0x80 ? 0 : *c >= 0xF0 ? 2 : 1;
  if (units <= CELL_MOST) return 0;
  return err_set(err, ERR_DATA,
                 "row %d, column %d: a cell of a workbook holds at most %d "
                 "characters, not %zu: write csv or html instead",
                 row + 1, column + 1, CELL_MOST, units);
}

int xlsx_put_text(XlsxWriter *writer, int row, int column, const char *text,
                  int style, Err *err) {
  if (check_place(row, column, err) != 0) return -1;
  if (check_length(row, column, text, err) != 0) return -1;
  lxw_error code =
      worksheet_write_string(writer->sheet, (lxw_row_t)row, (lxw_col_t)column,
                             text, writer->styles[style]);
  return code == LXW_NO_ERROR ? 0 : place_failed(row, column, code, err);
}

static int put_number(XlsxWriter *writer, int row, int column, double value,
                      int style, Err *err) {
  if (check_place(row, column, err) != 0) return -1;
  lxw_error code =
      worksheet_write_number(writer->sheet, (lxw_row_t)row, (lxw_col_t)column,
                             value, writer->styles[style]);
  return code == LXW_NO_ERROR ? 0 : place_failed(row, column, code, err);
}

int xlsx_put_decimal(XlsxWriter *writer, int row, int column, Decimal value,
                     int style, Err *err) {
  static const int64_t most = 1000000000000000; /* 15 digits survive */
  if (value.num < most && value.num > -most)
    return put_number(writer, row, column, decimal_to_double(value), style,
                      err);
  char text[DECIMAL_TEXT_SIZE];
  decimal_print(value, text);
  return xlsx_put_text(writer, row, column, text, style, err);
}

int xlsx_put_blank(XlsxWriter *writer, int row, int column, int style,
                   Err *err) {
  if (check_place(row, column, err) != 0) return -1;
  lxw_error code = worksheet_write_blank(
      writer->sheet, (lxw_row_t)row, (lxw_col_t)column, writer->styles[style]);
  return code == LXW_NO_ERROR ? 0 : place_failed(row, column, code, err);
}

int xlsx_merge(XlsxWriter *writer, int row, int column, int last_row,
               int last_column, const char *text, int style, Err *err) {
  if (check_place(last_row, last_column, err) != 0) return -1;
  if (check_length(row, column, text, err) != 0) return -1;
  lxw_error code = worksheet_merge_range(
      writer->sheet, (lxw_row_t)row, (lxw_col_t)column, (lxw_row_t)last_row,
      (lxw_col_t)last_column, text, writer->styles[style]);
  return code == LXW_NO_ERROR ? 0 : place_failed(row, column, code, err);
}

/* ---- a table ---- */

/* The style that shows a column's places. */
static int style_of_column(XlsxWriter *writer, const Column *column, Err *err) {
  char number[DECIMAL_MAX_SCALE + 8] = "0";
  if (column->type != COLUMN_DECIMAL) return 0;
  int *known = &writer->places[column->scale];
  if (*known != 0) return *known;
  if (column->scale > 0) {
    number[1] = '.';
    memset(number + 2, '0', (size_t)column->scale);
    number[2 + column->scale] = '\0';
  }
  int style = xlsx_add_style(writer, &(XlsxStyle){.number = number}, err);
  if (style > 0) *known = style;
  return style;
}

static int put_cell(XlsxWriter *writer, int row, int at, const Column *column,
                    size_t i, int style, Err *err) {
  char scratch[DECIMAL_TEXT_SIZE];
  size_t len;
  switch (column->type) {
    case COLUMN_DECIMAL:
    case COLUMN_INT:
      return xlsx_put_decimal(writer, row, at,
                              (Decimal){column->ints[i], column->scale}, style,
                              err);
    case COLUMN_REAL:
      if (isfinite(column->reals[i]))
        return put_number(writer, row, at, column->reals[i], style, err);
      break;
    case COLUMN_BOOL: {
      lxw_error code = worksheet_write_boolean(
          writer->sheet, (lxw_row_t)row, (lxw_col_t)at, column->bools[i], NULL);
      return code == LXW_NO_ERROR ? 0 : place_failed(row, at, code, err);
    }
    default: break;
  }
  const char *text = column_print(column, i, scratch, &len);
  char *copy = mem_text(text, len);
  if (copy == NULL) return err_memory(err);
  int status = xlsx_put_text(writer, row, at, copy, style, err);
  free(copy);
  return status;
}

static int put_column(XlsxWriter *writer, const Table *table, size_t at,
                      int of_texts, Err *err) {
  const Column *column = table->columns[at];
  int style = column->type == COLUMN_TEXT
                  ? of_texts
                  : style_of_column(writer, column, err);
  if (style < 0) return -1;
  for (size_t i = 0; i < table->nrows; i++) {
    if (column_is_na(column, i)) continue;
    if (put_cell(writer, (int)i + 1, (int)at, column, i, style, err) != 0)
      return -1;
  }
  return 0;
}

int xlsx_put_table(XlsxWriter *writer, const Table *table, int of_texts,
                   Err *err) {
  if (table->nrows >= XLSX_ROWS || table->ncols > XLSX_COLUMNS)
    return check_place(XLSX_ROWS, 0, err);
  XlsxStyle look = {.bold = true, .ruled = true};
  int text_head = xlsx_add_style(writer, &look, err);
  look.align = 'r';
  int number_head = xlsx_add_style(writer, &look, err);
  if (text_head < 0 || number_head < 0) return -1;
  for (size_t at = 0; at < table->ncols; at++) {
    int head = column_is_number(table->columns[at]) ? number_head : text_head;
    if (xlsx_put_text(writer, 0, (int)at, table->names[at], head, err) != 0)
      return -1;
    if (put_column(writer, table, at, of_texts, err) != 0) return -1;
  }
  return 0;
}

int xlsx_finish(XlsxWriter *writer, Buf *out, Err *err) {
  lxw_error code = workbook_close(writer->book);
  writer->book = NULL;
  writer->sheet = NULL;
  if (code != LXW_NO_ERROR) return failed("the file", code, err);
  int status = buf_read_file(out, writer->path, SIZE_MAX, err);
  unlink(writer->path);
  writer->path[0] = '\0';
  return status;
}
