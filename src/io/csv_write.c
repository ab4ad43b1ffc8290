#include "io/csv_write.h"

#include <string.h>

/* Could these bytes be misread without quotes? The other delimiters count
   too, since the reader has to find out which one is in use. */
static bool needs_quotes(const char *text, size_t len, char delimiter) {
  if (len == 0) return true;
  char first = text[0], last = text[len - 1];
  if (first == ' ' || first == '\t' || last == ' ' || last == '\t') return true;
  if (len >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0) return true;
  for (size_t i = 0; i < len; i++) {
    switch (text[i]) {
      case '"':
      case '\n':
      case '\r':
      case ',':
      case ';':
      case '\t':
      case '|': return true;
      default:
        if (text[i] == delimiter) return true;
    }
  }
  return false;
}

static int add_quoted(Buf *out, const char *text, size_t len, Err *err) {
  if (buf_add_byte(out, '"', err) != 0) return -1;
  while (len > 0) {
    const char *quote = memchr(text, '"', len);
    size_t part = quote == NULL ? len : (size_t)(quote - text) + 1;
    if (buf_add(out, text, part, err) != 0) return -1;
    if (quote != NULL && buf_add_byte(out, '"', err) != 0) return -1;
    text += part;
    len -= part;
  }
  return buf_add_byte(out, '"', err);
}

static int add_text(Buf *out, const char *text, size_t len, char delimiter,
                    Err *err) {
  if (needs_quotes(text, len, delimiter))
    return add_quoted(out, text, len, err);
  return buf_add(out, text, len, err);
}

static int add_cell(Buf *out, const Column *column, size_t row, char delimiter,
                    Err *err) {
  if (column_is_na(column, row)) return 0;
  char scratch[DECIMAL_TEXT_SIZE];
  size_t len;
  const char *text = column_print(column, row, scratch, &len);
  return add_text(out, text, len, delimiter, err);
}

/* Row 0 is the header, row n the table's row n - 1. */
static int add_line(Buf *out, const Table *table, size_t n, char delimiter,
                    Err *err) {
  for (size_t i = 0; i < table->ncols; i++) {
    const char *name = table->names[i];
    if (i > 0 && buf_add_byte(out, delimiter, err) != 0) return -1;
    int status = n == 0
                     ? add_text(out, name, strlen(name), delimiter, err)
                     : add_cell(out, table->columns[i], n - 1, delimiter, err);
    if (status != 0) return -1;
  }
  return buf_add_byte(out, '\n', err);
}

int csv_write(const Table *table, const CsvWriteOptions *options, Buf *out,
              Err *err) {
  char delimiter = options->delimiter == 0 ? ',' : options->delimiter;
  for (size_t n = options->no_header ? 1 : 0; n <= table->nrows; n++)
    if (add_line(out, table, n, delimiter, err) != 0) return -1;
  return 0;
}
