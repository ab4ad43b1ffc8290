/* Each worker copies what passes into pieces of its own. At the end the pieces
   are put in order, and each column is written by one thread, texts getting
   their codes anew. A piece's column is freed once it is written, so that
   little is there twice. */
#include "verbs/scan_collect.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/parallel.h"

/* The rows of one batch. */
typedef struct Piece {
  uint64_t order;
  size_t nrows, worker;
  size_t start;     /* its first row in the table */
  void **cells;     /* by column */
  uint64_t **valid; /* by column; NULL: none missing */
} Piece;

typedef struct Collector {
  BatchView view;
  BatchFilter filter;
  Dict **dicts; /* by column: of the worker's codes */
  Piece *pieces;
  size_t npieces, room;
  Err err;
  int status;
  bool filtering;
} Collector;

typedef struct Collect {
  const BatchSource *source;
  Collector *collectors;
  size_t n;
  bool stop;     /* atomic */
  Piece *pieces; /* all, in order */
  size_t npieces;
  Column **columns;
  Err *errs;   /* by column */
  size_t next; /* atomic: the next column to write */
} Collect;

static void free_piece(Piece *piece, size_t ncols) {
  for (size_t i = 0; i < ncols; i++) {
    if (piece->cells != NULL) free(piece->cells[i]);
    if (piece->valid != NULL) free(piece->valid[i]);
  }
  free(piece->cells);
  free(piece->valid);
}

static void free_collector(Collector *collector, size_t ncols) {
  view_close(&collector->view);
  filter_close(&collector->filter);
  for (size_t i = 0; collector->dicts != NULL && i < ncols; i++)
    dict_unref(collector->dicts[i]);
  free(collector->dicts);
  for (size_t i = 0; i < collector->npieces; i++)
    free_piece(&collector->pieces[i], ncols);
  free(collector->pieces);
}

/* ---- one worker ---- */

static Piece *new_piece(Collector *collector, size_t ncols, Err *err) {
  if (collector->npieces == collector->room) {
    size_t room = collector->room == 0 ? 64 : collector->room * 2;
    Piece *pieces = mem_resize(collector->pieces, room, sizeof *pieces);
    if (pieces == NULL) return err_memory(err), NULL;
    collector->pieces = pieces;
    collector->room = room;
  }
  Piece *piece = &collector->pieces[collector->npieces++];
  *piece = (Piece){.order = collector->view.order};
  piece->cells = mem_array(ncols, sizeof *piece->cells);
  piece->valid = mem_array(ncols, sizeof *piece->valid);
  if (piece->cells != NULL && piece->valid != NULL) return piece;
  return err_memory(err), NULL;
}

static void pick_cells(const BatchVector *vector, ColumnType type,
                       const uint32_t *rows, size_t n, void *out) {
  for (size_t i = 0; i < n; i++) {
    size_t row = rows == NULL ? i : rows[i];
    if (type == COLUMN_TEXT) ((uint32_t *)out)[i] = vector->codes[row];
    else if (type == COLUMN_BOOL) ((uint8_t *)out)[i] = vector->bools[row];
    else if (type == COLUMN_REAL) ((double *)out)[i] = vector->reals[row];
    else if (vector->values == NULL) ((int64_t *)out)[i] = vector->ints[row];
    else if (vector_is_na(vector, row)) ((int64_t *)out)[i] = 0;
    else ((int64_t *)out)[i] = vector->values[vector->codes[row]];
  }
}

static int copy_column(Collector *collector, Piece *piece, size_t at,
                       const uint32_t *rows, Err *err) {
  const BatchVector *vector = view_get(&collector->view, at, err);
  if (vector == NULL) return -1;
  ColumnType type = collector->view.source->columns[at].type;
  size_t n = piece->nrows;
  piece->cells[at] = mem_array(n, column_cell_size(type));
  if (piece->cells[at] == NULL) return err_memory(err);
  pick_cells(vector, type, rows, n, piece->cells[at]);
  if (type == COLUMN_TEXT && collector->dicts[at] != vector->dict) {
    dict_unref(collector->dicts[at]);
    collector->dicts[at] = dict_ref((Dict *)vector->dict);
  }
  if (vector->valid == NULL) return 0;
  uint64_t *valid = mem_array(n / 64 + 1, sizeof *valid);
  piece->valid[at] = valid;
  if (valid == NULL) return err_memory(err);
  for (size_t i = 0; i < n; i++) {
    bool there = !vector_is_na(vector, rows == NULL ? i : rows[i]);
    valid[i / 64] |= (uint64_t)there << (i % 64);
  }
  return 0;
}

static int collect_batch(Collector *collector, Err *err) {
  const uint32_t *rows;
  size_t ncols = collector->view.source->ncols;
  collector->filtering = true;
  size_t n = filter_rows(&collector->filter, &collector->view, &rows, err);
  if (n == SIZE_MAX) return -1;
  collector->filtering = false;
  if (n == 0) return 0;
  Piece *piece = new_piece(collector, ncols, err);
  if (piece == NULL) return -1;
  piece->nrows = n;
  for (size_t i = 0; i < ncols; i++)
    if (copy_column(collector, piece, i, rows, err) != 0) return -1;
  return 0;
}

static void collect_part(void *data, size_t i) {
  Collect *collect = data;
  Collector *collector = &collect->collectors[i];
  int got = 1;
  while (got == 1 && !__atomic_load_n(&collect->stop, __ATOMIC_RELAXED)) {
    got = view_next(&collector->view, &collector->err);
    if (got == 1 && collect_batch(collector, &collector->err) != 0) got = -1;
  }
  collector->status = got < 0 ? -1 : 0;
  if (got < 0) __atomic_store_n(&collect->stop, true, __ATOMIC_RELAXED);
}

/* ---- all together ---- */

static int by_order(const void *a, const void *b) {
  uint64_t x = ((const Piece *)a)->order, y = ((const Piece *)b)->order;
  return (x > y) - (x < y);
}

/* All pieces in the order of the source; the collectors keep none. */
static int join_pieces(Collect *collect, Err *err) {
  size_t n = 0, rows = 0;
  for (size_t i = 0; i < collect->n; i++) n += collect->collectors[i].npieces;
  collect->pieces = mem_array(n, sizeof *collect->pieces);
  if (collect->pieces == NULL) return err_memory(err);
  for (size_t i = 0; i < collect->n; i++) {
    Collector *from = &collect->collectors[i];
    for (size_t k = 0; k < from->npieces; k++) {
      from->pieces[k].worker = i;
      collect->pieces[collect->npieces++] = from->pieces[k];
    }
    from->npieces = 0;
  }
  if (n > 0) qsort(collect->pieces, n, sizeof *collect->pieces, by_order);
  for (size_t i = 0; i < n; i++) {
    collect->pieces[i].start = rows;
    rows += collect->pieces[i].nrows;
  }
  return 0;
}

/* Codes of a worker become codes of the column, given out in order. */
static int write_texts(const Collect *collect, const Piece *piece, size_t at,
                       Column *out, uint32_t **maps, Err *err) {
  const Dict *dict = collect->collectors[piece->worker].dicts[at];
  uint32_t *map = maps[piece->worker];
  const uint32_t *codes = piece->cells[at];
  const uint64_t *valid = piece->valid[at];
  for (size_t i = 0; i < piece->nrows; i++) {
    if (valid != NULL && (valid[i / 64] >> (i % 64) & 1) == 0) continue;
    uint32_t *code = &map[codes[i]];
    if (*code == DICT_NONE) {
      size_t len;
      const char *text = dict_text(dict, codes[i], &len);
      *code = dict_add(out->dict, text, len, err);
      if (*code == DICT_NONE) return -1;
    }
    out->codes[piece->start + i] = *code;
  }
  return 0;
}

static int mark_missing(const Piece *piece, size_t at, Column *out, Err *err) {
  const uint64_t *valid = piece->valid[at];
  size_t size = column_cell_size(out->type);
  for (size_t i = 0; valid != NULL && i < piece->nrows; i++) {
    size_t row = piece->start + i;
    if ((valid[i / 64] >> (i % 64) & 1) != 0) continue;
    memset((char *)out->data + row * size, 0, size);
    if (column_set_na(out, row, err) != 0) return -1;
  }
  return 0;
}

static uint32_t **new_maps(const Collect *collect, size_t at, Err *err) {
  uint32_t **maps = mem_array(collect->n, sizeof *maps);
  for (size_t i = 0; maps != NULL && i < collect->n; i++) {
    const Dict *dict = collect->collectors[i].dicts[at];
    size_t n = dict == NULL ? 0 : dict_count(dict);
    maps[i] = mem_array(n, sizeof **maps);
    if (maps[i] != NULL) {
      memset(maps[i], 0xFF, n * sizeof **maps);
      continue;
    }
    while (i > 0) free(maps[--i]);
    free(maps);
    maps = NULL;
  }
  if (maps == NULL) err_memory(err);
  return maps;
}

static int write_column(Collect *collect, size_t at, Err *err) {
  Column *out = collect->columns[at];
  bool is_text = out->type == COLUMN_TEXT;
  size_t size = column_cell_size(out->type);
  uint32_t **maps = is_text ? new_maps(collect, at, err) : NULL;
  int status = is_text && maps == NULL ? -1 : 0;
  for (size_t i = 0; status == 0 && i < collect->npieces; i++) {
    Piece *piece = &collect->pieces[i];
    if (is_text) status = write_texts(collect, piece, at, out, maps, err);
    else
      memcpy((char *)out->data + piece->start * size, piece->cells[at],
             piece->nrows * size);
    if (status == 0) status = mark_missing(piece, at, out, err);
    free(piece->cells[at]);
    piece->cells[at] = NULL;
  }
  for (size_t i = 0; maps != NULL && i < collect->n; i++) free(maps[i]);
  free(maps);
  return status;
}

static void write_columns(void *data, size_t i) {
  Collect *collect = data;
  (void)i;
  for (;;) {
    size_t at = __atomic_fetch_add(&collect->next, 1, __ATOMIC_RELAXED);
    if (at >= collect->source->ncols) return;
    if (write_column(collect, at, &collect->errs[at]) != 0)
      __atomic_store_n(&collect->stop, true, __ATOMIC_RELAXED);
  }
}

static int make_columns(Collect *collect, size_t nrows, Err *err) {
  size_t n = collect->source->ncols;
  collect->columns = mem_array(n, sizeof *collect->columns);
  collect->errs = mem_array(n, sizeof *collect->errs);
  if (collect->columns == NULL || collect->errs == NULL) return err_memory(err);
  for (size_t i = 0; i < n; i++) {
    const BatchColumn *of = &collect->source->columns[i];
    collect->columns[i] = column_new(of->type, nrows, err);
    if (collect->columns[i] == NULL) return -1;
    collect->columns[i]->scale = of->scale;
    collect->columns[i]->period = of->period;
  }
  return 0;
}

static Table *build(Collect *collect, Err *err) {
  size_t n = collect->source->ncols, nrows = 0;
  if (join_pieces(collect, err) != 0) return NULL;
  if (collect->npieces > 0) {
    const Piece *last = &collect->pieces[collect->npieces - 1];
    nrows = last->start + last->nrows;
  }
  if (make_columns(collect, nrows, err) != 0) return NULL;
  parallel_run(collect->n, write_columns, collect);
  for (size_t i = 0; i < n; i++)
    if (collect->errs[i].code != ERR_NONE) return *err = collect->errs[i], NULL;
  const char **names = mem_array(n, sizeof *names);
  if (names == NULL) return err_memory(err), NULL;
  for (size_t i = 0; i < n; i++) names[i] = collect->source->columns[i].name;
  Table *table = table_new(nrows, n, names, collect->columns, err);
  free(names);
  return table;
}

static int open_all(Collect *collect, const Expr *where, const ExprHost *host,
                    Err *err) {
  for (size_t i = 0; i < collect->n; i++) {
    Collector *collector = &collect->collectors[i];
    collector->dicts = mem_array(collect->source->ncols, sizeof(Dict *));
    if (collector->dicts == NULL) return err_memory(err);
    if (view_open(&collector->view, collect->source, err) != 0) return -1;
    collector->filtering = true;
    if (filter_open(&collector->filter, where, collect->source, host, err) != 0)
      return -1;
    collector->filtering = false;
  }
  return 0;
}

Table *scan_collect(const BatchSource *source, const Expr *where,
                    size_t threads, const ExprHost *host, bool *filtering,
                    Err *err) {
  Collect collect = {.source = source, .n = threads};
  Table *table = NULL;
  *filtering = false;
  collect.collectors = mem_array(threads, sizeof *collect.collectors);
  if (collect.collectors == NULL) return err_memory(err), NULL;
  int status = open_all(&collect, where, host, err);
  if (status == 0) parallel_run(threads, collect_part, &collect);
  for (size_t i = 0; i < threads; i++) {
    Collector *collector = &collect.collectors[i];
    *filtering = *filtering || (collector->filtering && status != 0);
    if (status != 0 || collector->status == 0) continue;
    status = -1;
    *err = collector->err;
    *filtering = collector->filtering;
  }
  if (status == 0) table = build(&collect, err);
  for (size_t i = 0; i < source->ncols && collect.columns != NULL; i++)
    column_unref(collect.columns[i]);
  for (size_t i = 0; i < collect.npieces; i++)
    free_piece(&collect.pieces[i], source->ncols);
  for (size_t i = 0; i < threads; i++)
    free_collector(&collect.collectors[i], source->ncols);
  free(collect.pieces);
  free(collect.columns);
  free(collect.errs);
  free(collect.collectors);
  return table;
}
