/* segment: any bytes as cells, as a block, as a dictionary and as a directory.
   What is packed must unpack as the same cells, in pieces of any size; what was
   made up must be refused or stay within its own bounds. */
#include "io/segment.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/checksum.h"
#include "io/segment_set.h"

static void require(int holds) {
  if (!holds) abort();
}

static int is_there(const uint64_t *valid, size_t i) {
  return valid == NULL || (valid[i / 64] >> i % 64 & 1) != 0;
}

/* Cells of 1 to 8 bytes, so that all widths come up. */
static void check_round(const uint8_t *data, size_t len) {
  size_t size = 1 + data[0] % 8, n = (len - 2) / size;
  size_t piece = 64 * (1 + data[1] / 2 % 7);
  if (n == 0 || n > SEGMENT_ROWS) return;
  int64_t *cells = calloc(n, sizeof *cells), *out = calloc(n, sizeof *out);
  uint64_t *valid = calloc(n / 64 + 1, sizeof *valid);
  for (size_t i = 0; i < n; i++) {
    memcpy(&cells[i], data + 2 + i * size, size);
    if (cells[i] % 5 != 0) valid[i / 64] |= (uint64_t)1 << i % 64;
  }
  uint64_t *given = data[1] & 1 ? valid : NULL;
  SegmentBlock block;
  Buf bytes = {0};
  Err err;
  require(segment_pack(cells, given, n, &bytes, &block, &err) == 0);
  require(segment_block_is_sane(&block) && block.len == bytes.len);
  require(buf_reserve(&bytes, SEGMENT_SLACK, &err) == 0);
  require(segment_is_intact(&block, bytes.data));
  for (size_t from = 0; from < n; from += piece) {
    size_t most = n - from < piece ? n - from : piece;
    segment_unpack(&block, bytes.data, from, most, out + from);
    const uint8_t *bits = segment_valid(&block, bytes.data, from);
    for (size_t i = 0; i < most; i++) {
      int there = bits == NULL || (bits[i / 8] >> i % 8 & 1) != 0;
      require(there == is_there(given, from + i));
      require(out[from + i] == (there ? cells[from + i] : 0));
    }
  }
  buf_free(&bytes);
  free(valid);
  free(out);
  free(cells);
}

/* Bytes of a block that somebody made up. */
static void check_block(const SegmentBlock *block, const uint8_t *data,
                        size_t len, uint32_t limit) {
  char *bytes = calloc(block->len + SEGMENT_SLACK, 1);
  int64_t *cells = calloc(block->nrows, sizeof *cells);
  uint32_t *codes = calloc(block->nrows, sizeof *codes);
  memcpy(bytes, data, len < block->len ? len : block->len);
  segment_is_intact(block, bytes);
  segment_unpack(block, bytes, 0, block->nrows, cells);
  if (segment_unpack_codes(block, bytes, 0, block->nrows, limit, codes) == 0)
    for (size_t i = 0; i < block->nrows; i++)
      require(codes[i] < limit || codes[i] == 0);
  free(codes);
  free(cells);
  free(bytes);
}

static void check_chunk(const SegmentColumn *column, const SegmentChunk *from,
                        const uint8_t *data, size_t len) {
  SegmentChunk chunk = *from;
  Err err;
  if (chunk.len > len) chunk.len = (uint32_t)len;
  char *bytes = malloc(chunk.len); /* a block of its own */
  memcpy(bytes, data, chunk.len);
  if (column->type == COLUMN_TEXT) {
    Dict *dict = dict_new(&err);
    require(dict != NULL);
    if (segment_chunk_texts(&chunk, bytes, dict, &err) == 0)
      require(dict_count(dict) == chunk.ncodes);
    dict_unref(dict);
  } else if (chunk.ncodes <= len) {
    int64_t *values = calloc(chunk.ncodes + 1, sizeof *values);
    segment_chunk_values(column, &chunk, bytes, values, &err);
    free(values);
  }
  free(bytes);
}

/* A directory; its checksum is made right, or nothing would get further. */
static void check_set(const uint8_t *data, size_t len) {
  static const char magic[8] = {'E', 'V', 'S', 'E', 'G', 0, 0, 2};
  size_t all = sizeof magic + len + 8;
  char *bytes = malloc(all);
  memcpy(bytes, magic, sizeof magic);
  memcpy(bytes + sizeof magic, data, len);
  uint64_t sum = checksum64(bytes, all - 8, 0);
  memcpy(bytes + all - 8, &sum, 8);
  SegmentSet set, again;
  Err err;
  Buf printed = {0};
  if (segment_set_parse(bytes, all, &set, &err) == 0) {
    for (size_t i = 0; i < set.nblocks * set.ncols; i++)
      check_block(&set.blocks[i], data, len, set.columns[i % set.ncols].ncodes);
    for (size_t i = 0; i < set.ncols; i++) {
      segment_set_is_coded(&set, i);
      for (size_t k = 0; k < set.columns[i].nchunks; k++)
        check_chunk(&set.columns[i], &set.columns[i].chunks[k], data, len);
    }
    require(segment_set_print(&set, &printed, &err) == 0);
    require(printed.len == all);
    require(segment_set_parse(printed.data, all, &again, &err) == 0);
    segment_set_free(&again);
    segment_set_free(&set);
  }
  buf_free(&printed);
  require(segment_set_parse((const char *)data, len, &set, &err) != 0 ||
          (segment_set_free(&set), 1));
  free(bytes);
}

/* Published values of XXH64 with the seed 0 (README of python-xxhash). */
int LLVMFuzzerInitialize(int *argc, char ***argv) {
  static const char text[] = "Nobody inspects the spammish repetition";
  (void)argc, (void)argv;
  require(checksum64("", 0, 0) == 0xEF46DB3751D8E999u);
  require(checksum64("abc", 3, 0) == 0x44BC2CF5AD770999u);
  require(checksum64(text, sizeof text - 1, 0) == 0xFBCEA83C8A378BF1u);
  return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len) {
  if (len < 3) return 0;
  if (data[0] % 2 == 0) check_set(data + 1, len - 1);
  else check_round(data + 1, len - 1);
  return 0;
}
