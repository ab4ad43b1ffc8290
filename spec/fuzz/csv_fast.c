/* csv_fast: any bytes as a file, read by the fast path and by the careful one.
   The first three bytes say how the file is cut. Where the fast path takes the
   file, it must give the careful path's cells, types and rows; and it must
   not take what the careful path refuses. */
#include <stdlib.h>
#include <string.h>

#include "io/csv_fast.h"

static void require(int holds) {
  if (!holds) abort();
}

static int is_na(const BatchVector *vector, size_t row) {
  return vector->valid != NULL &&
         (vector->valid[row / 64] >> (row % 64) & 1) == 0;
}

static void same_cell(const Column *column, size_t at,
                      const BatchVector *vector, size_t row) {
  require(column_is_na(column, at) == is_na(vector, row));
  if (is_na(vector, row)) return;
  size_t a, b;
  const char *x, *y;
  switch (column->type) {
    case COLUMN_TEXT:
      require(vector->codes[row] < vector->ncodes);
      x = column_text(column, at, &a);
      y = dict_text(vector->dict, vector->codes[row], &b);
      require(a == b && memcmp(x, y, a) == 0);
      break;
    case COLUMN_BOOL: require(column->bools[at] == vector->bools[row]); break;
    default: require(column->ints[at] == vector->ints[row]);
  }
}

static void same_batch(const BatchSource *source, void *worker,
                       const Table *table, size_t first, size_t nrows) {
  Err err;
  require(first + nrows <= table->nrows);
  for (size_t c = 0; c < source->ncols; c++) {
    BatchVector vector = {0};
    const Column *column = table->columns[c];
    require(source->columns[c].type == column->type);
    require(source->columns[c].scale == column->scale);
    require(source->get(worker, c, &vector, &err) == 0);
    for (size_t i = 0; i < nrows; i++) same_cell(column, first + i, &vector, i);
  }
}

/* All batches of one worker, compared with the table where it is given. */
static CsvEnding read_all(CsvFast *fast, const Table *table, size_t *rows) {
  const BatchSource *source = csv_fast_source(fast);
  Err err;
  void *worker = source->open(source->state, &err);
  size_t nrows;
  uint64_t order, next = 0;
  int got;
  *rows = 0;
  require(worker != NULL);
  while ((got = source->next(worker, &nrows, &order, &err)) == 1) {
    require(order >= next);
    next = order + nrows;
    if (table != NULL) same_batch(source, worker, table, *rows, nrows);
    *rows += nrows;
  }
  source->close(worker);
  CsvEnding ending = csv_fast_ending(fast);
  require((got == 0) == (ending == CSV_ENDED_WELL));
  return ending;
}

/* What was read before the fast path gave up counts for nothing. */
static CsvEnding compare(CsvFast *fast, const Table *table) {
  size_t rows;
  CsvEnding ending = read_all(fast, NULL, &rows);
  if (ending == CSV_ENDED_BADLY) require(table == NULL);
  if (ending != CSV_ENDED_WELL) return ending;
  require(table != NULL && rows == table->nrows);
  read_all(fast, table, &rows);
  return ending;
}

static void check(CsvFast *fast, const Table *table, size_t ncols) {
  Err err;
  size_t columns[64];
  if (ncols > 64) return;
  for (size_t i = 0; i < ncols; i++) columns[i] = i;
  if (csv_fast_choose(fast, columns, ncols, &err) != 0) return;
  CsvEnding ending = compare(fast, table);
  for (int i = 0; i < 8; i++) {
    if (ending == CSV_ENDED_STRADDLING) csv_fast_in_order(fast);
    else if (ending == CSV_ENDED_WIDER) csv_fast_widen(fast);
    else return;
    ending = compare(fast, table);
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size < 4) return 0;
  CsvTuning tuning = {data[0] % 64 + 1, (size_t)data[1] * 2 + 1, data[2] & 1};
  const char *text = (const char *)data + 3;
  CsvOptions options = {0};
  CsvReport report;
  CsvBytes bytes;
  Err err;
  csv_bytes_of(&bytes, text, size - 3);
  Table *table = csv_load("fuzz", text, size - 3, &options, &report, &err);
  CsvFast *fast = csv_fast_open("fuzz", &bytes, &options, &tuning, &err);
  if (fast == NULL) {
    require(err.code == ERR_NONE || err.code == ERR_MEM || table == NULL);
  } else {
    Table *outline = csv_fast_schema(fast, &err);
    require(outline != NULL);
    check(fast, table, outline->ncols);
    table_unref(outline);
  }
  csv_fast_close(fast);
  table_unref(table);
  csv_report_free(&report);
  csv_bytes_close(&bytes);
  return 0;
}
