/* Every worker puts its batches where they belong: batches begin at multiples
   of 64 rows, so that no two of them share a word of a bitmap. */
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/parallel.h"
#include "io/store_scan.h"

enum { WORKERS_MOST = 64 };

typedef struct Gather {
  const BatchSource *source;
  Column **columns;
  void *workers[WORKERS_MOST];
  Err errs[WORKERS_MOST];
  int status[WORKERS_MOST];
  atomic_bool failed;
} Gather;

/* Numbers in codes become themselves. */
static void put_values(Column *column, const BatchVector *cells, size_t row,
                       size_t n) {
  for (size_t i = 0; i < n; i++) {
    bool there =
        cells->valid == NULL || (cells->valid[i / 64] >> (i % 64) & 1) != 0;
    column->ints[row + i] = there ? cells->values[cells->codes[i]] : 0;
  }
}

static void put_cells(Column *column, const BatchVector *cells, size_t row,
                      size_t n) {
  size_t size = column_cell_size(column->type);
  if (cells->values != NULL) put_values(column, cells, row, n);
  else memcpy((char *)column->data + row * size, cells->data, n * size);
  if (cells->valid != NULL)
    memcpy(column->valid + row / 64, cells->valid, (n + 63) / 64 * 8);
}

static int put_batch(Gather *gather, void *worker, size_t row, size_t n,
                     Err *err) {
  for (size_t i = 0; i < gather->source->ncols; i++) {
    BatchVector cells;
    if (gather->source->get(worker, i, &cells, err) != 0) return -1;
    put_cells(gather->columns[i], &cells, row, n);
  }
  return 0;
}

static void gather_part(void *data, size_t i) {
  Gather *gather = data;
  size_t nrows;
  uint64_t row;
  int status = 1;
  while (status > 0 && !atomic_load(&gather->failed)) {
    status = gather->source->next(gather->workers[i], &nrows, &row,
                                  &gather->errs[i]);
    if (status > 0 && put_batch(gather, gather->workers[i], row, nrows,
                                &gather->errs[i]) != 0)
      status = -1;
  }
  if (status >= 0) return;
  gather->status[i] = -1;
  atomic_store(&gather->failed, true);
}

static int run_workers(Gather *gather, Err *err) {
  size_t n = parallel_cores(), nopen = 0;
  int status = 0;
  for (; status == 0 && nopen < n; nopen++) {
    gather->workers[nopen] = gather->source->open(gather->source->state, err);
    if (gather->workers[nopen] == NULL) status = -1;
  }
  if (status == 0) parallel_run(n, gather_part, gather);
  for (size_t i = 0; i < nopen; i++) {
    gather->source->close(gather->workers[i]);
    if (gather->status[i] == 0 || status != 0) continue;
    *err = gather->errs[i];
    status = -1;
  }
  return status;
}

/* Room for the rows; NA in it everywhere until a batch says otherwise. */
static Column *new_column(const StoreScan *scan, size_t i, Err *err) {
  const BatchColumn *from = &store_scan_source(scan)->columns[i];
  size_t nrows = store_scan_nrows(scan);
  Column like = {.type = from->type,
                 .scale = from->scale,
                 .period = from->period,
                 .dict = store_scan_dict(scan, i)};
  Column *column = column_new_like(&like, nrows, err);
  if (column == NULL) return NULL;
  if (!store_scan_has_na(scan, i)) return column;
  column->valid = mem_array(nrows / 64 + 1, sizeof *column->valid);
  if (column->valid != NULL) {
    memset(column->valid, 0xFF, (nrows / 64 + 1) * sizeof *column->valid);
    return column;
  }
  column_unref(column);
  return err_memory(err), NULL;
}

Table *store_scan_table(const StoreScan *scan, Err *err) {
  Gather gather = {.source = store_scan_source(scan)};
  size_t n = gather.source->ncols;
  Table *out = NULL;
  const char **names = mem_array(n, sizeof *names);
  gather.columns = mem_array(n, sizeof *gather.columns);
  int status = names && gather.columns ? 0 : err_memory(err);
  for (size_t i = 0; status == 0 && i < n; i++) {
    names[i] = gather.source->columns[i].name;
    gather.columns[i] = new_column(scan, i, err);
    if (gather.columns[i] == NULL) status = -1;
  }
  if (status == 0 && run_workers(&gather, err) == 0)
    out = table_new(store_scan_nrows(scan), n, names, gather.columns, err);
  for (size_t i = 0; gather.columns != NULL && i < n; i++)
    column_unref(gather.columns[i]);
  free(gather.columns);
  free(names);
  return out;
}
