/* Texts get codes that hold for the whole table, numbered by first appearance
   as in a Dict. Numbers do too while a column has few different ones (years,
   classes), so that they group as fast as texts; the first block in which
   there are too many, and all after it, hold the numbers themselves. */
#include "io/segment_write.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum {
  VALUES_MOST = 4096, /* different numbers that are worth codes */
  SLOTS = 16384,      /* power of two, never half full */
  CHUNK_BYTES = 1 << 20
};

/* How one column gets its codes. */
typedef struct Coder {
  Dict *dict; /* text: owned */
  Dict *from; /* whose codes `map` knows; one reference, or NULL */
  uint32_t *map;
  uint32_t nmap;
  int64_t *values; /* numbers: [VALUES_MOST] */
  uint32_t nvalues;
  uint16_t *slots; /* [SLOTS]: code + 1, or 0; NULL: no more codes */
  bool used;       /* a block has codes */
} Coder;

struct SegmentWriter {
  SegmentSet set;
  SegmentSink sink;
  Coder *coders;
  size_t room;    /* blocks that set.blocks has room for */
  int64_t *cells; /* [SEGMENT_ROWS] */
  int64_t *codes; /* [SEGMENT_ROWS] */
  Buf bytes;
};

static bool is_coded_type(ColumnType type) {
  return type == COLUMN_DECIMAL || type == COLUMN_INT || type == COLUMN_PERIOD;
}

static int init_coder(Coder *coder, ColumnType type, Err *err) {
  if (type == COLUMN_TEXT) {
    coder->dict = dict_new(err);
    return coder->dict == NULL ? -1 : 0;
  }
  if (!is_coded_type(type)) return 0;
  coder->values = mem_array(VALUES_MOST, sizeof *coder->values);
  coder->slots = mem_array(SLOTS, sizeof *coder->slots);
  if (coder->values == NULL || coder->slots == NULL) return err_memory(err);
  return 0;
}

static void free_coder(Coder *coder) {
  dict_unref(coder->dict);
  dict_unref(coder->from);
  free(coder->map);
  free(coder->values);
  free(coder->slots);
}

SegmentWriter *segment_writer_new(const BatchColumn *columns, size_t ncols,
                                  SegmentSink sink, Err *err) {
  SegmentWriter *writer = mem_array(1, sizeof *writer);
  if (writer == NULL) return err_memory(err), NULL;
  writer->sink = sink;
  writer->coders = mem_array(ncols, sizeof *writer->coders);
  writer->cells = mem_array(SEGMENT_ROWS, sizeof *writer->cells);
  writer->codes = mem_array(SEGMENT_ROWS, sizeof *writer->codes);
  int status = segment_set_init(&writer->set, columns, ncols, err);
  if (!writer->coders || !writer->cells || !writer->codes)
    status = err_memory(err);
  for (size_t i = 0; status == 0 && i < ncols; i++)
    status = init_coder(&writer->coders[i], columns[i].type, err);
  if (status == 0) return writer;
  segment_writer_free(writer);
  return NULL;
}

void segment_writer_free(SegmentWriter *writer) {
  if (writer == NULL) return;
  for (size_t i = 0; writer->coders != NULL && i < writer->set.ncols; i++)
    free_coder(&writer->coders[i]);
  segment_set_free(&writer->set);
  free(writer->coders);
  free(writer->cells);
  free(writer->codes);
  buf_free(&writer->bytes);
  free(writer);
}

/* ---- texts ---- */

/* Start on the codes of another dictionary. */
static int use_dict(Coder *coder, Dict *from, Err *err) {
  if (coder->from == from) return 0;
  uint32_t n = dict_count(from);
  uint32_t *map = mem_array(n, sizeof *map);
  if (map == NULL) return err_memory(err);
  memset(map, 0xFF, n * sizeof *map); /* DICT_NONE: not met yet */
  free(coder->map);
  dict_unref(coder->from);
  coder->map = map;
  coder->nmap = n;
  coder->from = dict_ref(from);
  return 0;
}

static int64_t code_text(Coder *coder, uint32_t code, Err *err) {
  if (coder->map[code] == DICT_NONE) {
    size_t len;
    const char *text = dict_text(coder->from, code, &len);
    coder->map[code] = dict_add(coder->dict, text, len, err);
  }
  uint32_t own = coder->map[code];
  return own == DICT_NONE ? -1 : (int64_t)own;
}

static int take_texts(Coder *coder, const Column *column, size_t from, size_t n,
                      int64_t *out, Err *err) {
  if (use_dict(coder, column->dict, err) != 0) return -1;
  for (size_t i = 0; i < n; i++) {
    out[i] = 0;
    if (column_is_na(column, from + i)) continue;
    out[i] = code_text(coder, column->codes[from + i], err);
    if (out[i] < 0) return -1;
  }
  return 0;
}

/* ---- numbers ---- */

static int64_t code_value(Coder *coder, int64_t value) {
  size_t slot = (uint64_t)value * 0x9E3779B97F4A7C15u >> 50;
  for (; coder->slots[slot] != 0; slot = (slot + 1) % SLOTS)
    if (coder->values[coder->slots[slot] - 1] == value)
      return coder->slots[slot] - 1;
  if (coder->nvalues == VALUES_MOST) return -1;
  coder->values[coder->nvalues++] = value;
  coder->slots[slot] = (uint16_t)coder->nvalues;
  return coder->nvalues - 1;
}

/* Codes for a block's numbers, or false: there are too many. */
static bool code_numbers(Coder *coder, const int64_t *cells,
                         const uint64_t *valid, size_t n, int64_t *codes) {
  for (size_t i = 0; coder->slots != NULL && i < n; i++) {
    bool na = valid != NULL && (valid[i / 64] >> (i % 64) & 1) == 0;
    codes[i] = na ? 0 : code_value(coder, cells[i]);
    if (codes[i] >= 0) continue;
    free(coder->slots);
    coder->slots = NULL;
  }
  if (coder->slots == NULL && !coder->used) coder->nvalues = 0;
  return coder->slots != NULL;
}

static void copy_cells(const Column *column, size_t from, size_t n,
                       int64_t *out) {
  for (size_t i = 0; i < n; i++) {
    double real;
    switch (column->type) {
      case COLUMN_REAL: /* SQLite stores -0.0 as 0.0 */
        real = column->reals[from + i] == 0 ? 0.0 : column->reals[from + i];
        memcpy(&out[i], &real, sizeof real);
        break;
      case COLUMN_BOOL: out[i] = column->bools[from + i]; break;
      default: out[i] = column->ints[from + i]; break;
    }
  }
}

/* ---- blocks ---- */

/* Bits of the rows from `from` on, or NULL where all are there. */
static int copy_valid(const Column *column, size_t from, size_t n,
                      uint64_t **out, Err *err) {
  *out = NULL;
  if (column != NULL && column->valid == NULL) return 0;
  uint64_t *bits = mem_array(n / 64 + 1, sizeof *bits);
  if (bits == NULL) return err_memory(err);
  for (size_t i = 0; column != NULL && i < n; i++)
    if (!column_is_na(column, from + i)) bits[i / 64] |= (uint64_t)1 << i % 64;
  *out = bits;
  return 0;
}

static int pack_numbers(SegmentWriter *writer, size_t i, const uint64_t *valid,
                        size_t n, SegmentBlock *block, Err *err) {
  Coder *coder = &writer->coders[i];
  Buf *out = &writer->bytes;
  const int64_t *cells = writer->cells;
  if (!is_coded_type(writer->set.columns[i].type) ||
      !code_numbers(coder, cells, valid, n, writer->codes))
    return segment_pack(cells, valid, n, out, block, err);
  if (segment_pack(writer->codes, valid, n, out, block, err) != 0) return -1;
  if (block->nna == block->nrows) return 0;
  coder->used = block->coded = true;
  bool any = false;
  for (size_t row = 0; row < n; row++) {
    if (valid != NULL && (valid[row / 64] >> (row % 64) & 1) == 0) continue;
    if (!any || cells[row] < block->least) block->least = cells[row];
    if (!any || cells[row] > block->most) block->most = cells[row];
    any = true;
  }
  return 0;
}

static int pack_column(SegmentWriter *writer, size_t i, const Column *column,
                       size_t from, size_t n, SegmentBlock *block, Err *err) {
  uint64_t *valid;
  int status = copy_valid(column, from, n, &valid, err);
  if (status != 0) return -1;
  writer->bytes.len = 0;
  memset(writer->cells, 0, n * sizeof *writer->cells);
  if (column != NULL && column->type == COLUMN_TEXT)
    status =
        take_texts(&writer->coders[i], column, from, n, writer->cells, err);
  else if (column != NULL) copy_cells(column, from, n, writer->cells);
  if (status == 0) status = pack_numbers(writer, i, valid, n, block, err);
  free(valid);
  return status;
}

static int put_bytes(SegmentWriter *writer, uint64_t number, const Buf *bytes,
                     Err *err) {
  if (bytes->len == 0) return 0;
  return writer->sink.put(writer->sink.data, number, bytes->data, bytes->len,
                          err);
}

/* The entries of the next block. */
static SegmentBlock *add_block(SegmentSet *set, size_t *room, Err *err) {
  if (set->nblocks == *room) {
    size_t more = *room == 0 ? 16 : *room * 2;
    SegmentBlock *blocks =
        mem_resize(set->blocks, more, set->ncols * sizeof *blocks);
    if (blocks == NULL) return err_memory(err), NULL;
    set->blocks = blocks;
    *room = more;
  }
  return &set->blocks[set->nblocks++ * set->ncols];
}

int segment_write(SegmentWriter *writer, const Column *const *columns,
                  size_t from, size_t nrows, Err *err) {
  SegmentSet *set = &writer->set;
  uint64_t number = (uint64_t)set->nblocks * set->ncols;
  SegmentBlock *blocks = add_block(set, &writer->room, err);
  if (blocks == NULL) return -1;
  for (size_t i = 0; i < set->ncols; i++)
    if (pack_column(writer, i, columns[i], from, nrows, &blocks[i], err) != 0 ||
        put_bytes(writer, number + i, &writer->bytes, err) != 0)
      return -1;
  set->nrows += nrows;
  return 0;
}

/* ---- dictionaries ---- */

/* Bytes of one code's text or value. */
static int print_code(const Coder *coder, uint32_t code, Buf *out, Err *err) {
  if (coder->dict == NULL)
    return segment_put((uint64_t)coder->values[code], 8, out, err);
  size_t len;
  const char *text = dict_text(coder->dict, code, &len);
  if (len > UINT32_MAX)
    return err_set(err, ERR_LIMIT, "a text of %zu bytes is too long", len);
  if (segment_put(len, 4, out, err) != 0) return -1;
  return buf_add(out, text, len, err);
}

static int end_chunk(SegmentWriter *writer, SegmentColumn *column,
                     uint32_t ncodes, Err *err) {
  const Buf *bytes = &writer->bytes;
  SegmentChunk *more =
      mem_resize(column->chunks, column->nchunks + 1, sizeof *more);
  if (more == NULL) return err_memory(err);
  if (bytes->len > UINT32_MAX)
    return err_set(err, ERR_LIMIT, "a text of %zu bytes is too long",
                   bytes->len);
  column->chunks = more;
  more[column->nchunks++] =
      (SegmentChunk){.len = (uint32_t)bytes->len,
                     .ncodes = ncodes,
                     .checksum = segment_checksum(bytes->data, bytes->len)};
  column->ncodes += ncodes;
  return put_bytes(writer, writer->set.nblobs++, bytes, err);
}

static int put_codes(SegmentWriter *writer, size_t i, Err *err) {
  const Coder *coder = &writer->coders[i];
  uint32_t total = coder->dict ? dict_count(coder->dict) : coder->nvalues;
  for (uint32_t code = 0, first = 0; code < total; code++) {
    if (code == first) writer->bytes.len = 0;
    if (print_code(coder, code, &writer->bytes, err) != 0) return -1;
    if (writer->bytes.len < CHUNK_BYTES && code + 1 < total) continue;
    if (end_chunk(writer, &writer->set.columns[i], code + 1 - first, err) != 0)
      return -1;
    first = code + 1;
  }
  return 0;
}

int segment_write_end(SegmentWriter *writer, Buf *out, Err *err) {
  SegmentSet *set = &writer->set;
  set->nblobs = (uint64_t)set->nblocks * set->ncols;
  for (size_t i = 0; i < set->ncols; i++)
    if (put_codes(writer, i, err) != 0) return -1;
  return segment_set_print(set, out, err);
}
