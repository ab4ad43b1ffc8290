#include "io/json_write.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"

static int add_escape(Buf *out, unsigned char byte, Err *err) {
  static const char names[] = "\"\\\b\f\n\r\t", letters[] = "\"\\bfnrt";
  const char *found = byte == 0 ? NULL : strchr(names, byte);
  char text[8] = {'\\', 0};
  if (found != NULL) text[1] = letters[found - names];
  else snprintf(text, sizeof text, "\\u%04x", byte);
  return buf_add_text(out, text, err);
}

static int add_string(Buf *out, const char *text, size_t len, Err *err) {
  bool is_utf8 = text_check(text, len) == len;
  if (buf_add_byte(out, '"', err) != 0) return -1;
  size_t from = 0; /* of the bytes that may stand as they are */
  for (size_t i = 0; i < len; i++) {
    unsigned char byte = (unsigned char)text[i];
    bool is_wrong = byte >= 0x80 && !is_utf8;
    bool is_special =
        byte < 0x20 || byte == 0x7F || byte == '"' || byte == '\\';
    if (!is_wrong && !is_special) continue;
    if (buf_add(out, text + from, i - from, err) != 0) return -1;
    from = i + 1;
    int status = is_wrong ? buf_add_text(out, "\xEF\xBF\xBD", err)
                          : add_escape(out, byte, err);
    if (status != 0) return -1;
  }
  if (buf_add(out, text + from, len - from, err) != 0) return -1;
  return buf_add_byte(out, '"', err);
}

static int add_cell(Buf *out, const Column *column, size_t row, Err *err) {
  bool is_null = column_is_na(column, row) ||
                 (column->type == COLUMN_REAL && !isfinite(column->reals[row]));
  if (is_null) return buf_add_text(out, "null", err);
  char scratch[DECIMAL_TEXT_SIZE];
  size_t len;
  const char *text = column_print(column, row, scratch, &len);
  bool is_text = column->type == COLUMN_TEXT || column->type == COLUMN_PERIOD;
  return is_text ? add_string(out, text, len, err)
                 : buf_add(out, text, len, err);
}

/* `keys[i]` is '"name": ' of column i. */
static int add_row(Buf *out, const Table *table, const Buf *keys, size_t row,
                   Err *err) {
  if (buf_add_text(out, row == 0 ? "[\n  {" : ",\n  {", err) != 0) return -1;
  for (size_t i = 0; i < table->ncols; i++) {
    if (i > 0 && buf_add_text(out, ", ", err) != 0) return -1;
    if (buf_add(out, keys[i].data, keys[i].len, err) != 0) return -1;
    if (add_cell(out, table->columns[i], row, err) != 0) return -1;
  }
  return buf_add_byte(out, '}', err);
}

static int make_keys(const Table *table, Buf *keys, Err *err) {
  for (size_t i = 0; i < table->ncols; i++) {
    const char *name = table->names[i];
    if (add_string(&keys[i], name, strlen(name), err) != 0) return -1;
    if (buf_add_text(&keys[i], ": ", err) != 0) return -1;
  }
  return 0;
}

int json_write(const Table *table, Buf *out, Err *err) {
  if (table->nrows == 0) return buf_add_text(out, "[]\n", err);
  Buf *keys = mem_array(table->ncols, sizeof *keys);
  if (keys == NULL) return err_memory(err);
  int status = make_keys(table, keys, err);
  for (size_t row = 0; status == 0 && row < table->nrows; row++)
    status = add_row(out, table, keys, row, err);
  for (size_t i = 0; i < table->ncols; i++) buf_free(&keys[i]);
  free(keys);
  return status == 0 ? buf_add_text(out, "\n]\n", err) : -1;
}
