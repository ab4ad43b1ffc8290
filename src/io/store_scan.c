/* Workers take blocks from a common counter, read their bytes one after the
   other under a lock (one connection, one moment), and check and unpack them
   side by side. A worker hands out a block in batches that stay in the
   processor's cache; the bytes of a column are read when it is first asked
   for, so that a column costs nothing where no row passes the filter. */
#include "io/store_scan.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "io/store_sql.h"

enum { BATCH_ROWS = 8192 /* a multiple of 64 */ };

/* One of the wanted columns. */
typedef struct ScanColumn {
  size_t at; /* in the set */
  ColumnType type;
  bool coded;      /* a number of which all blocks hold codes */
  Dict *dict;      /* text */
  int64_t *values; /* what codes of numbers stand for */
  uint32_t ncodes;
} ScanColumn;

struct StoreScan {
  Store *store;
  StoreSegments segments;
  StoreColumns stored; /* keeps the names */
  BatchColumn *outer;  /* [ncols], as the callers see them */
  ScanColumn *columns; /* [ncols] */
  size_t ncols;
  uint64_t *starts; /* [nblocks]: rows before each block */
  BatchSource source;
  const BatchBound *bounds; /* borrowed */
  size_t nbounds;
  pthread_mutex_t lock; /* for the blob and the store */
  sqlite3_blob *blob;   /* moved from blob to blob */
  atomic_size_t nopen;  /* workers */
  atomic_size_t next;   /* block that nobody has taken */
  atomic_size_t nread;
  atomic_bool damaged;
  bool own; /* began the transaction */
};

/* Bytes of one column's block, and a batch of its cells. */
typedef struct WorkColumn {
  Buf bytes;
  size_t block; /* whose bytes they are, + 1 */
  void *cells;  /* [BATCH_ROWS] of 8 bytes */
  uint32_t *codes;
  uint64_t *valid; /* [BATCH_ROWS / 64 + 1] */
} WorkColumn;

typedef struct Worker {
  StoreScan *scan;
  WorkColumn *columns;
  size_t block, from; /* where the batch begins */
  size_t nrows;       /* of the batch; 0: no block yet */
} Worker;

/* ---- bytes ---- */

static int damaged(StoreScan *scan, Err *err) {
  atomic_store(&scan->damaged, true);
  return err_set(err, ERR_DATA, "the column segments are damaged");
}

static int move_blob(StoreScan *scan, int64_t id) {
  if (scan->blob != NULL) return sqlite3_blob_reopen(scan->blob, id);
  return sqlite3_blob_open(scan->store->db, "main", "evalua_segment_blob",
                           "bytes", id, 0, &scan->blob);
}

/* Read a blob that must have `len` bytes; the lock is held. Room is made when
   it has, since `len` may be made up. */
static int read_locked(StoreScan *scan, uint64_t number, size_t len, Buf *out,
                       Err *err) {
  int rc = len == 0 ? SQLITE_OK
                    : move_blob(scan, scan->segments.first + (int64_t)number);
  if (rc == SQLITE_ERROR) return damaged(scan, err); /* there is none */
  if (rc == SQLITE_OK && len > 0 &&
      (size_t)sqlite3_blob_bytes(scan->blob) != len)
    return damaged(scan, err);
  if (buf_reserve(out, len + SEGMENT_SLACK, err) != 0) return -1;
  memset(out->data + len, 0, SEGMENT_SLACK);
  if (rc == SQLITE_OK && len > 0)
    rc = sqlite3_blob_read(scan->blob, out->data, (int)len, 0);
  if (rc == SQLITE_OK) return 0;
  if ((rc & 0xFF) == SQLITE_CORRUPT) return damaged(scan, err);
  return sql_fail(scan->store, rc, err);
}

static int read_blob(void *state, uint64_t number, size_t len,
                     uint64_t checksum, Buf *out, Err *err) {
  StoreScan *scan = state;
  out->len = 0;
  pthread_mutex_lock(&scan->lock);
  int status = read_locked(scan, number, len, out, err);
  pthread_mutex_unlock(&scan->lock);
  if (status != 0) return -1;
  out->len = len;
  return len == 0 || segment_checksum(out->data, len) == checksum
             ? 0
             : damaged(scan, err);
}

static const SegmentBlock *block_at(const StoreScan *scan, size_t block,
                                    size_t column) {
  const SegmentSet *set = &scan->segments.set;
  return &set->blocks[block * set->ncols + scan->columns[column].at];
}

static int load_block(StoreScan *scan, size_t block, size_t column, Buf *out,
                      Err *err) {
  const SegmentBlock *entry = block_at(scan, block, column);
  uint64_t number = segment_set_block_number(&scan->segments.set, block,
                                             scan->columns[column].at);
  return read_blob(scan, number, entry->len, entry->checksum, out, err);
}

/* ---- dictionaries ---- */

static int load_codes(StoreScan *scan, ScanColumn *column, Err *err) {
  const SegmentColumn *from = &scan->segments.set.columns[column->at];
  column->type = from->type;
  column->ncodes = from->ncodes;
  column->coded = segment_set_is_coded(&scan->segments.set, column->at);
  if (from->type == COLUMN_TEXT) {
    column->dict = dict_new(err);
    if (column->dict == NULL) return -1;
  } else {
    column->values = mem_array(from->ncodes, sizeof *column->values);
    if (column->values == NULL) return err_memory(err);
  }
  SegmentFrom blobs = {scan, read_blob};
  int status = segment_set_codes(&scan->segments.set, column->at, &blobs,
                                 column->dict, column->values, err);
  if (status != 0 && err->code == ERR_DATA) damaged(scan, err);
  return status;
}

/* ---- bounds ---- */

/* Whether a block may hold rows within the bound. */
static bool may_hold(const StoreScan *scan, size_t block,
                     const BatchBound *bound) {
  const ScanColumn *column = &scan->columns[bound->column];
  const SegmentBlock *entry = block_at(scan, block, bound->column);
  if (entry->nna == entry->nrows) return false;
  if (column->type == COLUMN_REAL) return true;
  if (column->type != COLUMN_TEXT)
    return entry->most >= bound->least && entry->least <= bound->most;
  if (bound->text == NULL) return true;
  uint32_t code = dict_find(column->dict, bound->text, bound->len);
  return code != DICT_NONE && entry->low <= code && code <= entry->high;
}

static bool is_wanted(const StoreScan *scan, size_t block) {
  for (size_t i = 0; i < scan->nbounds; i++)
    if (!may_hold(scan, block, &scan->bounds[i])) return false;
  return true;
}

static void set_bounds(void *state, const BatchBound *bounds, size_t n) {
  StoreScan *scan = state;
  scan->bounds = bounds;
  scan->nbounds = n;
}

/* ---- workers ---- */

static void close_worker(void *at) {
  Worker *worker = at;
  if (worker == NULL) return;
  for (size_t i = 0; worker->columns && i < worker->scan->ncols; i++) {
    buf_free(&worker->columns[i].bytes);
    free(worker->columns[i].cells);
    free(worker->columns[i].codes);
    free(worker->columns[i].valid);
  }
  free(worker->columns);
  atomic_fetch_sub(&worker->scan->nopen, 1);
  free(worker);
}

static void *open_worker(void *state, Err *err) {
  StoreScan *scan = state;
  Worker *worker = mem_array(1, sizeof *worker);
  if (worker == NULL) return err_memory(err), NULL;
  worker->scan = scan;
  if (atomic_fetch_add(&scan->nopen, 1) == 0) { /* the first: from the top */
    atomic_store(&scan->next, 0);
    atomic_store(&scan->nread, 0);
  }
  worker->columns = mem_array(scan->ncols, sizeof *worker->columns);
  bool ok = worker->columns != NULL;
  for (size_t i = 0; ok && i < scan->ncols; i++) {
    WorkColumn *column = &worker->columns[i];
    column->cells = mem_array(BATCH_ROWS, sizeof(int64_t));
    column->codes = mem_array(BATCH_ROWS, sizeof *column->codes);
    column->valid = mem_array(BATCH_ROWS / 64 + 1, sizeof *column->valid);
    ok = column->cells && column->codes && column->valid;
  }
  if (ok) return worker;
  close_worker(worker);
  return err_memory(err), NULL;
}

/* Take the next block that is wanted: 1 or 0. */
static int take_block(Worker *worker) {
  StoreScan *scan = worker->scan;
  size_t nblocks = scan->segments.set.nblocks;
  for (;;) {
    size_t block = atomic_fetch_add(&scan->next, 1);
    if (block >= nblocks) return 0;
    if (!is_wanted(scan, block)) continue;
    atomic_fetch_add(&scan->nread, 1);
    worker->block = block;
    return 1;
  }
}

static int next_batch(void *at, size_t *nrows, uint64_t *order, Err *err) {
  Worker *worker = at;
  StoreScan *scan = worker->scan;
  (void)err;
  const SegmentSet *set = &scan->segments.set;
  worker->from += worker->nrows;
  if (worker->nrows == 0 ||
      worker->from == set->blocks[worker->block * set->ncols].nrows) {
    if (take_block(worker) == 0) return worker->nrows = 0, 0;
    worker->from = 0;
  }
  size_t left = set->blocks[worker->block * set->ncols].nrows - worker->from;
  worker->nrows = left < BATCH_ROWS ? left : BATCH_ROWS;
  *nrows = worker->nrows;
  *order = scan->starts[worker->block] + worker->from;
  return 1;
}

/* ---- cells ---- */

static void decode_values(const int64_t *values, const uint32_t *codes,
                          const SegmentBlock *entry, size_t n, int64_t *out) {
  bool none = entry->nna == entry->nrows; /* there may be no values at all */
  for (size_t i = 0; i < n; i++) out[i] = none ? 0 : values[codes[i]];
}

/* Numbers of a block, whether it holds them or codes; missing ones are 0. */
static int unpack_numbers(StoreScan *scan, const ScanColumn *column,
                          const SegmentBlock *entry, const Buf *bytes,
                          size_t from, size_t n, uint32_t *codes, int64_t *out,
                          Err *err) {
  if (!entry->coded) {
    segment_unpack(entry, bytes->data, from, n, out);
    return 0;
  }
  if (segment_unpack_codes(entry, bytes->data, from, n, column->ncodes, codes))
    return damaged(scan, err);
  decode_values(column->values, codes, entry, n, out);
  const unsigned char *valid = segment_valid(entry, bytes->data, from);
  for (size_t i = 0; valid != NULL && i < n; i++)
    if ((valid[i / 8] >> i % 8 & 1) == 0) out[i] = 0;
  return 0;
}

static int unpack_bools(StoreScan *scan, const SegmentBlock *entry,
                        const Buf *bytes, size_t from, size_t n,
                        uint32_t *codes, uint8_t *out, Err *err) {
  if (segment_unpack_codes(entry, bytes->data, from, n, 2, codes) != 0)
    return damaged(scan, err);
  for (size_t i = 0; i < n; i++) out[i] = (uint8_t)codes[i];
  return 0;
}

/* Cells of a block in the form that a Column has; `codes` is room for n. */
static int unpack(StoreScan *scan, const ScanColumn *column,
                  const SegmentBlock *entry, const Buf *bytes, size_t from,
                  size_t n, uint32_t *codes, void *out, Err *err) {
  switch (column->type) {
    case COLUMN_TEXT:
      return segment_unpack_codes(entry, bytes->data, from, n, column->ncodes,
                                  out) == 0
                 ? 0
                 : damaged(scan, err);
    case COLUMN_BOOL:
      return unpack_bools(scan, entry, bytes, from, n, codes, out, err);
    case COLUMN_REAL: /* the bits of the doubles */
      segment_unpack(entry, bytes->data, from, n, out);
      return 0;
    default:
      return unpack_numbers(scan, column, entry, bytes, from, n, codes, out,
                            err);
  }
}

static int get_cells(void *at, size_t i, BatchVector *out, Err *err) {
  Worker *worker = at;
  StoreScan *scan = worker->scan;
  const ScanColumn *column = &scan->columns[i];
  WorkColumn *work = &worker->columns[i];
  const SegmentBlock *entry = block_at(scan, worker->block, i);
  if (work->block != worker->block + 1) {
    work->block = 0;
    if (load_block(scan, worker->block, i, &work->bytes, err) != 0) return -1;
    work->block = worker->block + 1;
  }
  *out = (BatchVector){0};
  size_t from = worker->from, n = worker->nrows;
  const void *valid = segment_valid(entry, work->bytes.data, from);
  if (valid != NULL) {
    memcpy(work->valid, valid, (n + 63) / 64 * 8);
    out->valid = work->valid;
  }
  if (column->coded || column->type == COLUMN_TEXT) {
    out->codes = work->codes;
    out->ncodes = column->ncodes;
    out->dict = column->dict;
    out->values = column->values;
    return segment_unpack_codes(entry, work->bytes.data, from, n,
                                column->ncodes, work->codes) == 0
               ? 0
               : damaged(scan, err);
  }
  out->data = work->cells;
  return unpack(scan, column, entry, &work->bytes, from, n, work->codes,
                work->cells, err);
}

/* ---- opening ---- */

static const char *outer_name(const StoreScan *scan, const char *sql_name) {
  for (size_t i = 0; i < scan->stored.n; i++)
    if (sqlite3_stricmp(scan->stored.items[i].sql_name, sql_name) == 0)
      return scan->stored.items[i].name;
  return sql_name;
}

/* The set's column that people know as `name`, or -1. */
static ptrdiff_t find_column(const StoreScan *scan, const char *name,
                             Err *err) {
  const SegmentSet *set = &scan->segments.set;
  for (size_t i = 0; i < set->ncols; i++)
    if (strcmp(outer_name(scan, set->columns[i].name), name) == 0)
      return (ptrdiff_t)i;
  return err_set(err, ERR_USE, "no column '%s'", name);
}

static int choose_columns(StoreScan *scan, const char *const *names,
                          size_t nnames, Err *err) {
  const SegmentSet *set = &scan->segments.set;
  scan->ncols = names == NULL ? set->ncols : nnames;
  scan->columns = mem_array(scan->ncols, sizeof *scan->columns);
  scan->outer = mem_array(scan->ncols, sizeof *scan->outer);
  if (scan->columns == NULL || scan->outer == NULL) return err_memory(err);
  for (size_t i = 0; i < scan->ncols; i++) {
    ptrdiff_t at =
        names == NULL ? (ptrdiff_t)i : find_column(scan, names[i], err);
    if (at < 0) return -1;
    const SegmentColumn *from = &set->columns[at];
    scan->columns[i].at = (size_t)at;
    scan->outer[i] = (BatchColumn){outer_name(scan, from->name), from->type,
                                   from->scale, from->period};
    if (load_codes(scan, &scan->columns[i], err) != 0) return -1;
  }
  return 0;
}

static int prepare(StoreScan *scan, const char *name, const char *const *names,
                   size_t nnames, Err *err) {
  const SegmentSet *set = &scan->segments.set;
  if (store_columns_load(scan->store, name, &scan->stored, err) != 0 ||
      choose_columns(scan, names, nnames, err) != 0)
    return -1;
  scan->starts = mem_array(set->nblocks + 1, sizeof *scan->starts);
  if (scan->starts == NULL) return err_memory(err);
  for (size_t b = 0; b < set->nblocks; b++)
    scan->starts[b + 1] = scan->starts[b] + set->blocks[b * set->ncols].nrows;
  scan->source = (BatchSource){.state = scan,
                               .ncols = scan->ncols,
                               .columns = scan->outer,
                               .open = open_worker,
                               .next = next_batch,
                               .get = get_cells,
                               .close = close_worker,
                               .bound = set_bounds};
  return 0;
}

StoreScan *store_scan_open(Store *store, const char *name,
                           const char *const *names, size_t nnames,
                           SegmentState *state, Err *err) {
  *state = SEGMENT_FRESH; /* a failure, until we know better */
  StoreScan *scan = mem_array(1, sizeof *scan);
  if (scan == NULL) return err_memory(err), NULL;
  scan->store = store;
  pthread_mutex_init(&scan->lock, NULL);
  scan->own = !store_in_transaction(store);
  int status = scan->own ? sql_exec(store, "BEGIN", err) : 0;
  char *known = status == 0 ? store_segment_table(store, name, err) : NULL;
  if (known == NULL) status = -1;
  if (status == 0)
    status = store_segment_find(store, known, state, &scan->segments, err);
  if (status != 0) *state = SEGMENT_FRESH;
  else if (*state == SEGMENT_FRESH)
    status = prepare(scan, known, names, nnames, err);
  free(known);
  if (status == 0 && *state == SEGMENT_FRESH) return scan;
  if (atomic_load(&scan->damaged)) *state = SEGMENT_DAMAGED;
  store_scan_close(scan);
  return NULL;
}

void store_scan_close(StoreScan *scan) {
  if (scan == NULL) return;
  sqlite3_blob_close(scan->blob);
  for (size_t i = 0; scan->columns != NULL && i < scan->ncols; i++) {
    dict_unref(scan->columns[i].dict);
    free(scan->columns[i].values);
  }
  free(scan->columns);
  free(scan->outer);
  free(scan->starts);
  store_columns_free(&scan->stored);
  store_segments_free(&scan->segments);
  if (scan->own) store_rollback(scan->store); /* nothing was written */
  pthread_mutex_destroy(&scan->lock);
  free(scan);
}

const BatchSource *store_scan_source(const StoreScan *scan) {
  return &scan->source;
}

uint64_t store_scan_nrows(const StoreScan *scan) {
  return scan->segments.set.nrows;
}

Dict *store_scan_dict(const StoreScan *scan, size_t column) {
  return scan->columns[column].dict;
}

bool store_scan_has_na(const StoreScan *scan, size_t column) {
  for (size_t b = 0; b < scan->segments.set.nblocks; b++)
    if (block_at(scan, b, column)->nna > 0) return true;
  return false;
}

void store_scan_blocks(const StoreScan *scan, size_t *read, size_t *all) {
  *read = atomic_load(&scan->nread);
  *all = scan->segments.set.nblocks;
}

bool store_scan_is_damaged(const StoreScan *scan) {
  return atomic_load(&scan->damaged);
}
