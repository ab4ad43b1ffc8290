/* The directory's bytes: a magic, the columns, the blocks, and a checksum of
   all before it; numbers little-endian. Nothing is believed: a directory that
   somebody made up must not lead outside of its own arrays. */
#include "io/segment_set.h"

#include <stdlib.h>
#include <string.h>

#include "base/checksum.h"
#include "base/little.h"
#include "base/mem.h"

static const char MAGIC[8] = {'E', 'V', 'S', 'E', 'G', 0, 0, 2};

enum {
  BLOCK_LEN = 4 + 4 + 1 + 1 + 4 * 8 + 4 + 8, /* of a block's entry */
  CHUNK_LEN = 4 + 4 + 8,
  COLUMN_LEAST = 2 + 3 + 4 + 4,
  COLUMNS_MOST = 32767 /* SQLite's own limit */
};

static int damaged(Err *err) {
  return err_set(err, ERR_DATA, "the column segments are damaged");
}

void segment_set_free(SegmentSet *set) {
  for (size_t i = 0; set->columns != NULL && i < set->ncols; i++) {
    free(set->columns[i].name);
    free(set->columns[i].chunks);
  }
  free(set->columns);
  free(set->blocks);
  *set = (SegmentSet){0};
}

int segment_set_init(SegmentSet *set, const BatchColumn *columns, size_t ncols,
                     Err *err) {
  *set = (SegmentSet){.ncols = ncols};
  set->columns = mem_array(ncols, sizeof *set->columns);
  if (set->columns == NULL) return err_memory(err);
  for (size_t i = 0; i < ncols; i++) {
    SegmentColumn *column = &set->columns[i];
    column->type = columns[i].type;
    column->scale = columns[i].scale;
    column->period = columns[i].period;
    column->name = mem_text(columns[i].name, strlen(columns[i].name));
    if (column->name == NULL) return err_memory(err);
  }
  return 0;
}

uint64_t segment_set_block_number(const SegmentSet *set, size_t block,
                                  size_t column) {
  return (uint64_t)block * set->ncols + column;
}

uint64_t segment_set_chunk_number(const SegmentSet *set, size_t chunk,
                                  size_t column) {
  return SEGMENT_NUMBERS / 2 + (uint64_t)chunk * set->ncols + column;
}

bool segment_set_is_coded(const SegmentSet *set, size_t column) {
  if (set->columns[column].ncodes == 0) return false;
  for (size_t b = 0; b < set->nblocks; b++) {
    const SegmentBlock *block = &set->blocks[b * set->ncols + column];
    if (!block->coded && block->nna < block->nrows) return false;
  }
  return true;
}

/* ---- printing ---- */

int segment_put(uint64_t value, size_t nbytes, Buf *out, Err *err) {
  char bytes[8];
  little_put(bytes, value, nbytes);
  return buf_add(out, bytes, nbytes, err);
}

static int put_column(const SegmentColumn *column, Buf *out, Err *err) {
  size_t len = strlen(column->name);
  if (len > UINT16_MAX)
    return err_set(err, ERR_LIMIT, "a column's name has %zu bytes", len);
  if (segment_put(len, 2, out, err) != 0 ||
      buf_add(out, column->name, len, err) ||
      segment_put(column->type, 1, out, err) != 0 ||
      segment_put((uint64_t)column->scale, 1, out, err) != 0 ||
      segment_put(column->period, 1, out, err) != 0 ||
      segment_put(column->ncodes, 4, out, err) != 0 ||
      segment_put(column->nchunks, 4, out, err) != 0)
    return -1;
  for (size_t i = 0; i < column->nchunks; i++)
    if (segment_put(column->chunks[i].len, 4, out, err) != 0 ||
        segment_put(column->chunks[i].ncodes, 4, out, err) != 0 ||
        segment_put(column->chunks[i].checksum, 8, out, err) != 0)
      return -1;
  return 0;
}

static int put_block(const SegmentBlock *block, Buf *out, Err *err) {
  if (segment_put(block->nrows, 4, out, err) != 0 ||
      segment_put(block->nna, 4, out, err) != 0 ||
      segment_put(block->width, 1, out, err) != 0 ||
      segment_put(block->coded, 1, out, err) != 0 ||
      segment_put((uint64_t)block->low, 8, out, err) != 0 ||
      segment_put((uint64_t)block->high, 8, out, err) != 0 ||
      segment_put((uint64_t)block->least, 8, out, err) != 0 ||
      segment_put((uint64_t)block->most, 8, out, err) != 0 ||
      segment_put(block->len, 4, out, err) != 0)
    return -1;
  return segment_put(block->checksum, 8, out, err);
}

int segment_set_print(const SegmentSet *set, Buf *out, Err *err) {
  size_t start = out->len;
  if (buf_add(out, MAGIC, sizeof MAGIC, err) != 0 ||
      segment_put(set->ncols, 4, out, err) != 0 ||
      segment_put(set->nblocks, 4, out, err) != 0)
    return -1;
  for (size_t i = 0; i < set->ncols; i++)
    if (put_column(&set->columns[i], out, err) != 0) return -1;
  for (size_t i = 0; i < set->nblocks * set->ncols; i++)
    if (put_block(&set->blocks[i], out, err) != 0) return -1;
  return segment_put(checksum64(out->data + start, out->len - start, 0), 8, out,
                     err);
}

/* ---- parsing ---- */

typedef struct Reader {
  const unsigned char *at;
  size_t left;
} Reader;

/* The caller has made sure that they are there. */
static uint64_t take(Reader *reader, size_t nbytes) {
  uint64_t value = 0;
  for (size_t i = 0; i < nbytes; i++) value |= (uint64_t)reader->at[i] << 8 * i;
  reader->at += nbytes;
  reader->left -= nbytes;
  return value;
}

static int take_chunks(Reader *reader, SegmentColumn *column, Err *err) {
  uint64_t total = 0;
  if (reader->left / CHUNK_LEN < column->nchunks) return damaged(err);
  column->chunks = mem_array(column->nchunks, sizeof *column->chunks);
  if (column->chunks == NULL) return err_memory(err);
  for (size_t i = 0; i < column->nchunks; i++) {
    column->chunks[i].len = (uint32_t)take(reader, 4);
    column->chunks[i].ncodes = (uint32_t)take(reader, 4);
    column->chunks[i].checksum = take(reader, 8);
    total += column->chunks[i].ncodes;
    size_t least = column->type == COLUMN_TEXT ? 4 : 8; /* bytes of a code */
    if (column->chunks[i].len / least < column->chunks[i].ncodes)
      return damaged(err);
  }
  return total == column->ncodes ? 0 : damaged(err);
}

static int take_column(Reader *reader, SegmentColumn *column, Err *err) {
  if (reader->left < COLUMN_LEAST) return damaged(err);
  size_t len = take(reader, 2);
  if (reader->left - (COLUMN_LEAST - 2) < len ||
      memchr(reader->at, '\0', len) != NULL)
    return damaged(err);
  column->name = mem_text((const char *)reader->at, len);
  if (column->name == NULL) return err_memory(err);
  reader->at += len;
  reader->left -= len;
  unsigned type = (unsigned)take(reader, 1), scale = (unsigned)take(reader, 1),
           period = (unsigned)take(reader, 1);
  if (type > COLUMN_BOOL || scale > DECIMAL_MAX_SCALE || period > PERIOD_DAY)
    return damaged(err);
  column->type = (ColumnType)type;
  column->scale = (int)scale;
  column->period = (PeriodUnit)period;
  column->ncodes = (uint32_t)take(reader, 4);
  column->nchunks = take(reader, 4);
  if (column->ncodes == DICT_NONE) return damaged(err);
  return take_chunks(reader, column, err);
}

static void take_block(Reader *reader, SegmentBlock *block) {
  block->nrows = (uint32_t)take(reader, 4);
  block->nna = (uint32_t)take(reader, 4);
  block->width = (uint8_t)take(reader, 1);
  block->coded = take(reader, 1) != 0;
  block->low = (int64_t)take(reader, 8);
  block->high = (int64_t)take(reader, 8);
  block->least = (int64_t)take(reader, 8);
  block->most = (int64_t)take(reader, 8);
  block->len = (uint32_t)take(reader, 4);
  block->checksum = take(reader, 8);
}

/* Years 1 to 9999, the only ones there are. */
static bool is_period(PeriodUnit unit, int64_t value) {
  static const int64_t least[] = {1, 4, 12, -719162};
  static const int64_t most[] = {9999, 39999, 119999, 2932896};
  return value >= least[unit] && value <= most[unit];
}

/* Whether what it may hold can be cells of the column. */
static bool block_fits(const SegmentColumn *column, const SegmentBlock *block) {
  bool ints = column->type == COLUMN_DECIMAL || column->type == COLUMN_INT ||
              column->type == COLUMN_PERIOD;
  if (!segment_block_is_sane(block) || (block->coded && !ints)) return false;
  if (block->nna == block->nrows) return block->width == 0;
  if ((block->coded || column->type == COLUMN_TEXT) &&
      (block->low < 0 || block->high >= (int64_t)column->ncodes))
    return false;
  if (column->type == COLUMN_BOOL) return block->low >= 0 && block->high <= 1;
  return column->type != COLUMN_PERIOD || block->coded ||
         (is_period(column->period, block->low) &&
          is_period(column->period, block->high));
}

static int take_blocks(Reader *reader, SegmentSet *set, Err *err) {
  set->blocks = mem_array(set->nblocks * set->ncols, sizeof *set->blocks);
  if (set->blocks == NULL) return err_memory(err);
  for (size_t b = 0; b < set->nblocks; b++) {
    SegmentBlock *row = &set->blocks[b * set->ncols];
    for (size_t i = 0; i < set->ncols; i++) {
      take_block(reader, &row[i]);
      if (!block_fits(&set->columns[i], &row[i]) ||
          row[i].nrows != row[0].nrows ||
          (b + 1 < set->nblocks && row[i].nrows != SEGMENT_ROWS))
        return damaged(err);
    }
    set->nrows += row[0].nrows;
  }
  return 0;
}

static int take_all(Reader *reader, SegmentSet *set, Err *err) {
  size_t ncols = take(reader, 4);
  set->nblocks = take(reader, 4);
  if (ncols == 0 || ncols > COLUMNS_MOST) return damaged(err);
  set->columns = mem_array(ncols, sizeof *set->columns);
  if (set->columns == NULL) return err_memory(err);
  set->ncols = ncols;
  for (size_t i = 0; i < ncols; i++)
    if (take_column(reader, &set->columns[i], err) != 0) return -1;
  if (reader->left / BLOCK_LEN / ncols < set->nblocks) return damaged(err);
  return take_blocks(reader, set, err);
}

bool segment_set_is_other(const char *bytes, size_t len) {
  size_t last = sizeof MAGIC - 1;
  return len > last && memcmp(bytes, MAGIC, last) == 0 &&
         bytes[last] != MAGIC[last];
}

int segment_set_parse(const char *bytes, size_t len, SegmentSet *set,
                      Err *err) {
  *set = (SegmentSet){0};
  if (len < sizeof MAGIC + 16 || memcmp(bytes, MAGIC, sizeof MAGIC) != 0)
    return damaged(err);
  Reader end = {(const unsigned char *)bytes + len - 8, 8};
  if (checksum64(bytes, len - 8, 0) != take(&end, 8)) return damaged(err);
  Reader reader = {(const unsigned char *)bytes + sizeof MAGIC,
                   len - sizeof MAGIC - 8};
  int status = take_all(&reader, set, err);
  if (status == 0 && reader.left != 0) status = damaged(err);
  if (status != 0) segment_set_free(set);
  return status;
}

/* ---- dictionaries ---- */

int segment_chunk_texts(const SegmentChunk *chunk, const void *bytes,
                        Dict *dict, Err *err) {
  Reader reader = {bytes, chunk->len};
  for (uint32_t i = 0; i < chunk->ncodes; i++) {
    if (reader.left < 4) return damaged(err);
    size_t len = take(&reader, 4);
    if (reader.left < len) return damaged(err);
    uint32_t next = dict_count(dict);
    uint32_t code = dict_add(dict, (const char *)reader.at, len, err);
    if (code == DICT_NONE) return -1;
    if (code != next) return damaged(err); /* a text that is there twice */
    reader.at += len;
    reader.left -= len;
  }
  return reader.left == 0 ? 0 : damaged(err);
}

int segment_chunk_values(const SegmentColumn *column, const SegmentChunk *chunk,
                         const void *bytes, int64_t *out, Err *err) {
  Reader reader = {bytes, chunk->len};
  if (chunk->len != (uint64_t)chunk->ncodes * 8) return damaged(err);
  for (uint32_t i = 0; i < chunk->ncodes; i++) {
    out[i] = (int64_t)take(&reader, 8);
    if (column->type == COLUMN_PERIOD && !is_period(column->period, out[i]))
      return damaged(err);
  }
  return 0;
}

int segment_set_codes(const SegmentSet *set, size_t column,
                      const SegmentFrom *from, Dict *dict, int64_t *values,
                      Err *err) {
  const SegmentColumn *of = &set->columns[column];
  Buf bytes = {0};
  int status = 0;
  for (size_t i = 0; status == 0 && i < of->nchunks; i++) {
    const SegmentChunk *chunk = &of->chunks[i];
    status = from->get(from->data, segment_set_chunk_number(set, i, column),
                       chunk->len, chunk->checksum, &bytes, err);
    if (status == 0 && of->type == COLUMN_TEXT)
      status = segment_chunk_texts(chunk, bytes.data, dict, err);
    else if (status == 0)
      status = segment_chunk_values(of, chunk, bytes.data, values, err);
    if (of->type != COLUMN_TEXT) values += chunk->ncodes;
  }
  buf_free(&bytes);
  return status;
}
