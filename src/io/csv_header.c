/* The upper record is read by a scan of its own, which keeps its fields alive
   while the lower one is read. */
#include "io/csv_header.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "io/csv_cell.h"

void csv_header_close(CsvHeader *header) {
  csv_scan_close(&header->scan);
  free(header->joined);
  buf_free(&header->texts);
  *header = (CsvHeader){0};
}

static bool is_blank(const CsvField *field) {
  return csv_cell_is_blank(field->text, field->len);
}

static int add_text(Buf *texts, const CsvField *field, Err *err) {
  const char *text = field->text;
  size_t len = field->len;
  while (len > 0 && (text[0] == ' ' || text[0] == '\t')) text++, len--;
  while (len > 0 && (text[len - 1] == ' ' || text[len - 1] == '\t')) len--;
  return buf_add(texts, text, len, err);
}

/* Append the name of column i; `above` is the upper cell that reaches it. */
static int join_name(Buf *texts, const CsvField *above, const CsvField *below,
                     Err *err) {
  if (above != NULL && add_text(texts, above, err) != 0) return -1;
  if (is_blank(below)) return 0;
  if (above != NULL && above->len == below->len &&
      memcmp(above->text, below->text, below->len) == 0)
    return 0; /* merged downwards */
  if (above != NULL && buf_add_byte(texts, ' ', err) != 0) return -1;
  return add_text(texts, below, err);
}

/* The upper cell over column i: its own, or one further left over columns
   that the lower record names. */
static const CsvField *cell_above(const CsvScan *upper, const CsvScan *lower,
                                  size_t i) {
  if (!is_blank(&upper->fields[i])) return &upper->fields[i];
  if (is_blank(&lower->fields[i])) return NULL;
  while (i > 0 && is_blank(&upper->fields[i])) {
    if (is_blank(&lower->fields[i])) return NULL;
    i--;
  }
  /* a cell above a column without a lower name stands for itself only */
  if (is_blank(&upper->fields[i]) || is_blank(&lower->fields[i])) return NULL;
  return &upper->fields[i];
}

static int join(CsvHeader *header, const CsvScan *upper, Err *err) {
  const CsvScan *lower = &header->scan;
  size_t n = lower->nfields;
  size_t *ends = mem_array(n, sizeof *ends);
  header->joined = mem_array(n, sizeof *header->joined);
  int status = ends == NULL || header->joined == NULL ? err_memory(err) : 0;
  for (size_t i = 0; status == 0 && i < n; i++) {
    status = join_name(&header->texts, cell_above(upper, lower, i),
                       &lower->fields[i], err);
    ends[i] = header->texts.len;
  }
  for (size_t i = 0; status == 0 && i < n; i++) {
    size_t start = i == 0 ? 0 : ends[i - 1];
    header->joined[i] = lower->fields[i];
    header->joined[i].text =
        header->texts.data == NULL ? "" : header->texts.data + start;
    header->joined[i].len = ends[i] - start;
  }
  header->fields = header->joined;
  free(ends);
  return status;
}

static int read_records(CsvHeader *header, const CsvLayout *layout,
                        CsvScan *upper, Err *err) {
  const char *begin = layout->header;
  if (layout->header_records == 2) {
    if (csv_scan_next(upper, err) != 1) return -1;
    begin = upper->at;
  }
  csv_scan_open(&header->scan, begin, layout->header_end, upper->delimiter,
                upper->line);
  do { /* blank lines between the two are passed over */
    if (csv_scan_next(&header->scan, err) != 1) return -1;
  } while (header->scan.nfields != layout->ncols);
  header->fields = header->scan.fields;
  if (layout->header_records != 2) return 0;
  return join(header, upper, err);
}

int csv_header_read(CsvHeader *header, const CsvLayout *layout, char delimiter,
                    Err *err) {
  *header = (CsvHeader){0};
  CsvScan upper;
  csv_scan_open(&upper, layout->header, layout->header_end, delimiter,
                layout->header_line);
  int status = read_records(header, layout, &upper, err);
  csv_scan_close(&upper);
  return status;
}
