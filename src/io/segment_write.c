/* Texts get codes that hold for the whole table, numbered by first appearance
   as in a Dict. Numbers do too while a column has few different ones (years,
   classes), so that they group as fast as texts; the first block in which
   there are too many, and all after it, hold the numbers themselves.

   A set that was there goes on where it ended: its codes are learnt again, its
   last block is packed anew with the next rows, and so is the last chunk of
   each dictionary. All else stays as it is. */
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
  uint32_t kept;   /* codes in chunks that stay as they are */
  Buf held;        /* bytes of the last block, to be packed anew */
} Coder;

struct SegmentWriter {
  SegmentSet set;
  SegmentSink sink;
  Coder *coders;
  size_t room;    /* blocks that set.blocks has room for */
  size_t nheld;   /* rows of a last block to be packed anew */
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
  buf_free(&coder->held);
  dict_unref(coder->dict);
  dict_unref(coder->from);
  free(coder->map);
  free(coder->values);
  free(coder->slots);
}

/* A writer that takes over a set. */
static SegmentWriter *new_writer(SegmentSet *set, SegmentSink sink, Err *err) {
  SegmentWriter *writer = mem_array(1, sizeof *writer);
  if (writer == NULL) return segment_set_free(set), err_memory(err), NULL;
  writer->set = *set;
  *set = (SegmentSet){0};
  writer->room = writer->set.nblocks;
  writer->sink = sink;
  writer->coders = mem_array(writer->set.ncols, sizeof *writer->coders);
  writer->cells = mem_array(SEGMENT_ROWS, sizeof *writer->cells);
  writer->codes = mem_array(SEGMENT_ROWS, sizeof *writer->codes);
  int status = 0;
  if (!writer->coders || !writer->cells || !writer->codes)
    status = err_memory(err);
  for (size_t i = 0; status == 0 && i < writer->set.ncols; i++)
    status = init_coder(&writer->coders[i], writer->set.columns[i].type, err);
  if (status == 0) return writer;
  segment_writer_free(writer);
  return NULL;
}

SegmentWriter *segment_writer_new(const BatchColumn *columns, size_t ncols,
                                  SegmentSink sink, Err *err) {
  SegmentSet set;
  if (segment_set_init(&set, columns, ncols, err) == 0)
    return new_writer(&set, sink, err);
  segment_set_free(&set);
  return NULL;
}

size_t segment_writer_room(const SegmentWriter *writer) {
  return SEGMENT_ROWS - writer->nheld;
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

/* ---- going on ---- */

static int damaged(Err *err) {
  return err_set(err, ERR_DATA, "the column segments are damaged");
}

/* Numbers get codes only while all blocks before have them. */
static int learn_values(SegmentWriter *writer, size_t i,
                        const SegmentFrom *from, Err *err) {
  const SegmentSet *set = &writer->set;
  Coder *coder = &writer->coders[i];
  uint32_t n = set->columns[i].ncodes;
  if (n > VALUES_MOST || (n > 0 && coder->slots == NULL)) return damaged(err);
  int64_t *values = mem_array(n, sizeof *values);
  if (values == NULL) return err_memory(err);
  int status = segment_set_codes(set, i, from, NULL, values, err);
  for (uint32_t code = 0; status == 0 && code < n; code++)
    if (code_value(coder, values[code]) != code) status = damaged(err);
  free(values);
  coder->used = n > 0;
  for (size_t b = 0; b < set->nblocks; b++) {
    const SegmentBlock *block = &set->blocks[b * set->ncols + i];
    if (block->coded || block->nna == block->nrows) continue;
    free(coder->slots);
    coder->slots = NULL;
  }
  return status;
}

/* The last chunk is written anew with the codes that come: small files, one
   after the other, leave no small chunks. */
static void reopen_chunk(SegmentColumn *column, Coder *coder) {
  if (column->nchunks > 0 &&
      column->chunks[column->nchunks - 1].len < CHUNK_BYTES)
    column->ncodes -= column->chunks[--column->nchunks].ncodes;
  coder->kept = column->ncodes;
}

/* Read the last block's bytes, with codes that stand for something. */
static int hold_block(SegmentWriter *writer, size_t i, const SegmentFrom *from,
                      Err *err) {
  const SegmentSet *set = &writer->set;
  const SegmentColumn *column = &set->columns[i];
  const SegmentBlock *block = &set->blocks[(set->nblocks - 1) * set->ncols + i];
  Buf *held = &writer->coders[i].held;
  uint64_t number = segment_set_block_number(set, set->nblocks - 1, i);
  writer->nheld = block->nrows;
  if (from->get(from->data, number, block->len, block->checksum, held, err) !=
      0)
    return -1;
  if (column->type != COLUMN_TEXT && !block->coded) return 0;
  uint32_t *codes = mem_array(block->nrows, sizeof *codes);
  if (codes == NULL) return err_memory(err);
  int status = segment_unpack_codes(block, held->data, 0, block->nrows,
                                    column->ncodes, codes);
  free(codes);
  return status == 0 ? 0 : damaged(err);
}

static int learn_column(SegmentWriter *writer, size_t i,
                        const SegmentFrom *from, Err *err) {
  SegmentSet *set = &writer->set;
  Coder *coder = &writer->coders[i];
  int status = coder->dict != NULL
                   ? segment_set_codes(set, i, from, coder->dict, NULL, err)
                   : learn_values(writer, i, from, err);
  if (status == 0 && set->nrows % SEGMENT_ROWS != 0)
    status = hold_block(writer, i, from, err);
  if (status == 0) reopen_chunk(&set->columns[i], coder);
  return status;
}

SegmentWriter *segment_writer_resume(SegmentSet *set, const SegmentFrom *from,
                                     SegmentSink sink, Err *err) {
  SegmentWriter *writer = new_writer(set, sink, err);
  for (size_t i = 0; writer != NULL && i < writer->set.ncols; i++) {
    if (learn_column(writer, i, from, err) == 0) continue;
    segment_writer_free(writer);
    writer = NULL;
  }
  return writer;
}

/* Cells of a last block that was there. */
static void take_held(SegmentWriter *writer, size_t i,
                      const SegmentBlock *block) {
  const Coder *coder = &writer->coders[i];
  segment_unpack(block, coder->held.data, 0, writer->nheld, writer->cells);
  for (size_t row = 0; block->coded && row < writer->nheld; row++)
    writer->cells[row] = coder->values[writer->cells[row]];
}

/* ---- blocks ---- */

static void set_bit(uint64_t *bits, size_t i) {
  bits[i / 64] |= (uint64_t)1 << i % 64;
}

/* Bits of the rows that were held and of those from `from` on, or NULL where
   all are there. */
static int copy_valid(const SegmentWriter *writer, size_t i,
                      const SegmentBlock *block, const Column *column,
                      size_t from, size_t n, uint64_t **out, Err *err) {
  size_t nheld = writer->nheld;
  const unsigned char *held =
      nheld == 0 ? NULL : segment_valid(block, writer->coders[i].held.data, 0);
  *out = NULL;
  if (held == NULL && column != NULL && column->valid == NULL) return 0;
  uint64_t *bits = mem_array((nheld + n) / 64 + 1, sizeof *bits);
  if (bits == NULL) return err_memory(err);
  for (size_t row = 0; row < nheld; row++)
    if (held == NULL || (held[row / 8] >> row % 8 & 1) != 0) set_bit(bits, row);
  for (size_t row = 0; column != NULL && row < n; row++)
    if (!column_is_na(column, from + row)) set_bit(bits, nheld + row);
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
  int64_t *cells = writer->cells + writer->nheld;
  int status = copy_valid(writer, i, block, column, from, n, &valid, err);
  if (status != 0) return -1;
  writer->bytes.len = 0;
  if (writer->nheld > 0) take_held(writer, i, block);
  memset(cells, 0, n * sizeof *cells);
  if (column != NULL && column->type == COLUMN_TEXT)
    status = take_texts(&writer->coders[i], column, from, n, cells, err);
  else if (column != NULL) copy_cells(column, from, n, cells);
  if (status == 0)
    status = pack_numbers(writer, i, valid, writer->nheld + n, block, err);
  free(valid);
  return status;
}

static int put_bytes(SegmentWriter *writer, uint64_t number, const Buf *bytes,
                     Err *err) {
  if (bytes->len == 0) return 0;
  return writer->sink.put(writer->sink.data, number, bytes->data, bytes->len,
                          err);
}

/* The entries of the next block: of the last one, while it is held. */
static SegmentBlock *next_block(SegmentWriter *writer, Err *err) {
  SegmentSet *set = &writer->set;
  size_t *room = &writer->room;
  if (writer->nheld > 0) return &set->blocks[(set->nblocks - 1) * set->ncols];
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
  SegmentBlock *blocks = next_block(writer, err);
  if (blocks == NULL) return -1;
  for (size_t i = 0; i < set->ncols; i++) {
    uint64_t number = segment_set_block_number(set, set->nblocks - 1, i);
    if (pack_column(writer, i, columns[i], from, nrows, &blocks[i], err) != 0 ||
        put_bytes(writer, number, &writer->bytes, err) != 0)
      return -1;
  }
  writer->nheld = 0;
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

static int end_chunk(SegmentWriter *writer, size_t i, uint32_t ncodes,
                     Err *err) {
  const Buf *bytes = &writer->bytes;
  SegmentColumn *column = &writer->set.columns[i];
  uint64_t number = segment_set_chunk_number(&writer->set, column->nchunks, i);
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
  return put_bytes(writer, number, bytes, err);
}

static int put_codes(SegmentWriter *writer, size_t i, Err *err) {
  const Coder *coder = &writer->coders[i];
  uint32_t total = coder->dict ? dict_count(coder->dict) : coder->nvalues;
  for (uint32_t code = coder->kept, first = code; code < total; code++) {
    if (code == first) writer->bytes.len = 0;
    if (print_code(coder, code, &writer->bytes, err) != 0) return -1;
    if (writer->bytes.len < CHUNK_BYTES && code + 1 < total) continue;
    if (end_chunk(writer, i, code + 1 - first, err) != 0) return -1;
    first = code + 1;
  }
  return 0;
}

int segment_write_end(SegmentWriter *writer, Buf *out, Err *err) {
  SegmentSet *set = &writer->set;
  for (size_t i = 0; i < set->ncols; i++)
    if (put_codes(writer, i, err) != 0) return -1;
  return segment_set_print(set, out, err);
}
