/* A block's bytes: the bitmap of the cells that are there (only when some are
   missing), then the packed cells, little-endian. */
#include "io/segment.h"

#include <string.h>

#include "base/checksum.h"
#include "base/little.h"

enum { LANES = 64 /* cells that one inner loop takes */ };

static size_t bitmap_len(const SegmentBlock *block) {
  return block->nna == 0 ? 0 : ((size_t)block->nrows + 63) / 64 * 8;
}

static size_t packed_len(size_t nrows, unsigned width) {
  return (nrows * width + 7) / 8;
}

/* The bytes that a block of this description must have. */
static size_t block_len(const SegmentBlock *block) {
  return bitmap_len(block) + packed_len(block->nrows, block->width);
}

static bool is_width(unsigned width) {
  return width <= 64 &&
         (width % 8 == 0 || width == 1 || width == 2 || width == 4);
}

bool segment_block_is_sane(const SegmentBlock *block) {
  uint64_t range = (uint64_t)block->high - (uint64_t)block->low;
  return block->nrows > 0 && block->nrows <= SEGMENT_ROWS &&
         block->nna <= block->nrows && is_width(block->width) &&
         block->low <= block->high &&
         (block->width == 64 || range >> block->width == 0) &&
         block->len == block_len(block);
}

/* ---- packing ---- */

static bool is_there(const uint64_t *valid, size_t row) {
  return valid == NULL || (valid[row / 64] >> (row % 64) & 1) != 0;
}

static unsigned width_of(uint64_t range) {
  unsigned bits = range == 0 ? 0 : 64 - (unsigned)__builtin_clzll(range);
  if (bits == 3) return 4;
  return bits <= 4 ? bits : (bits + 7) / 8 * 8;
}

static void find_range(const int64_t *cells, const uint64_t *valid,
                       SegmentBlock *block) {
  bool any = false;
  for (size_t row = 0; row < block->nrows; row++) {
    if (!is_there(valid, row)) {
      block->nna++;
      continue;
    }
    if (!any || cells[row] < block->low) block->low = cells[row];
    if (!any || cells[row] > block->high) block->high = cells[row];
    any = true;
  }
}

static void pack_cells(const int64_t *cells, const uint64_t *valid,
                       const SegmentBlock *block, unsigned char *out) {
  unsigned width = block->width;
  for (size_t row = 0; width > 0 && row < block->nrows; row++) {
    uint64_t offset =
        is_there(valid, row) ? (uint64_t)cells[row] - (uint64_t)block->low : 0;
    if (width >= 8) little_put(out + row * width / 8, offset, width / 8);
    else out[row * width / 8] |= (unsigned char)(offset << row * width % 8);
  }
}

int segment_pack(const int64_t *cells, const uint64_t *valid, size_t nrows,
                 Buf *out, SegmentBlock *block, Err *err) {
  *block = (SegmentBlock){.nrows = (uint32_t)nrows};
  find_range(cells, valid, block);
  block->least = block->low;
  block->most = block->high;
  block->width =
      (uint8_t)width_of((uint64_t)block->high - (uint64_t)block->low);
  block->len = (uint32_t)block_len(block);
  if (buf_reserve(out, block->len + 1u, err) != 0) return -1;
  unsigned char *at = (unsigned char *)out->data + out->len;
  memset(at, 0, block->len);
  for (size_t word = 0; block->nna > 0 && word < (nrows + 63) / 64; word++)
    little_put(at + 8 * word, valid[word], 8);
  pack_cells(cells, valid, block, at + bitmap_len(block));
  block->checksum = segment_checksum(at, block->len);
  out->len += block->len;
  return 0;
}

uint64_t segment_checksum(const void *bytes, size_t len) {
  return checksum64(bytes, len, 0);
}

bool segment_is_intact(const SegmentBlock *block, const void *bytes) {
  return segment_checksum(bytes, block->len) == block->checksum;
}

/* ---- unpacking ---- */

/* The inner loops have fixed lengths, which compilers unroll. */
static void unpack_bytes(const unsigned char *at, size_t nbytes, size_t n,
                         uint64_t low, uint64_t *out) {
  uint64_t mask = nbytes == 8 ? UINT64_MAX : ((uint64_t)1 << 8 * nbytes) - 1;
  size_t i = 0;
  for (; i + LANES <= n; i += LANES)
    for (size_t k = 0; k < LANES; k++)
      out[i + k] = low + (little_get64(at + (i + k) * nbytes) & mask);
  for (; i < n; i++) out[i] = low + (little_get64(at + i * nbytes) & mask);
}

static void unpack_bits(const unsigned char *at, unsigned width, size_t n,
                        uint64_t low, uint64_t *out) {
  uint64_t mask = ((uint64_t)1 << width) - 1;
  for (size_t i = 0; i < n; i++)
    out[i] = low + (at[i * width / 8] >> i * width % 8 & mask);
}

static void unpack_width32(const unsigned char *at, size_t n, uint64_t low,
                           uint64_t *out) {
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  unpack_bytes(at, 4, n, low, out);
#else
  size_t i = 0;
  for (; i + LANES <= n; i += LANES) {
    uint32_t words[LANES];
    memcpy(words, at + 4 * i, sizeof words);
    for (size_t k = 0; k < LANES; k++) out[i + k] = low + words[k];
  }
  unpack_bytes(at + 4 * i, 4, n - i, low, out + i);
#endif
}

static bool cell_is_there(const SegmentBlock *block, const unsigned char *bytes,
                          size_t row) {
  return block->nna == 0 || (bytes[row / 8] >> row % 8 & 1) != 0;
}

void segment_unpack(const SegmentBlock *block, const void *bytes, size_t from,
                    size_t n, int64_t *out) {
  const unsigned char *at = bytes;
  const unsigned char *packed =
      at + bitmap_len(block) + from * block->width / 8;
  uint64_t *cells = (uint64_t *)out, low = (uint64_t)block->low;
  if (block->width == 32) unpack_width32(packed, n, low, cells);
  else if (block->width >= 8)
    unpack_bytes(packed, block->width / 8, n, low, cells);
  else if (block->width > 0) unpack_bits(packed, block->width, n, low, cells);
  else
    for (size_t i = 0; i < n; i++) cells[i] = low;
  for (size_t i = 0; block->nna > 0 && i < n; i++)
    if (!cell_is_there(block, at, from + i)) out[i] = 0;
}

/* One cell's distance from the lowest; for widths up to 32. */
static uint32_t small_at(const unsigned char *packed, unsigned width,
                         size_t i) {
  if (width == 0) return 0;
  if (width < 8)
    return packed[i * width / 8] >> i * width % 8 & ((1u << width) - 1);
  return (uint32_t)(little_get64(packed + i * width / 8) &
                    (((uint64_t)1 << width) - 1));
}

/* LANES cells of the widths that are common. */
static void unpack_lanes(const unsigned char *at, unsigned width,
                         uint32_t *out) {
  if (width == 4)
    for (size_t k = 0; k < LANES / 2; k++) {
      out[2 * k] = at[k] & 15;
      out[2 * k + 1] = at[k] >> 4;
    }
  else if (width == 8)
    for (size_t k = 0; k < LANES; k++) out[k] = at[k];
  else if (width == 16)
    for (size_t k = 0; k < LANES; k++)
      out[k] = at[2 * k] | (uint32_t)at[2 * k + 1] << 8;
  else
    for (size_t k = 0; k < LANES; k++) out[k] = small_at(at, width, k);
}

/* Unpack wide codes and add `low`; whether all sums are below `limit`. */
static bool unpack_wide(const unsigned char *packed, unsigned width,
                        uint32_t low, size_t n, uint32_t limit, uint32_t *out) {
  bool below = true;
  for (size_t i = 0; i < n; i++) {
    uint64_t code = (uint64_t)low + small_at(packed, width, i);
    below &= code < limit;
    out[i] = (uint32_t)code;
  }
  return below;
}

/* The same for up to 24 bits. The difference to the largest one that may be has
   its sign bit set where one is not below: a test without a branch, for which
   all must be below 2^31. */
static bool unpack_codes(const unsigned char *packed, unsigned width,
                         uint32_t low, size_t n, uint32_t limit,
                         uint32_t *out) {
  uint32_t most = limit - 1, seen = 0;
  size_t i = 0;
  for (; i + LANES <= n; i += LANES) {
    unpack_lanes(packed + i * width / 8, width, out + i);
    for (size_t k = 0; k < LANES; k++) out[i + k] += low;
    for (size_t k = 0; k < LANES; k++) seen |= most - out[i + k];
  }
  for (; i < n; i++) {
    out[i] = small_at(packed, width, i) + low;
    seen |= most - out[i];
  }
  return seen >> 31 == 0;
}

int segment_unpack_codes(const SegmentBlock *block, const void *bytes,
                         size_t from, size_t n, uint32_t limit, uint32_t *out) {
  const unsigned char *at = bytes;
  const unsigned char *packed =
      at + bitmap_len(block) + from * block->width / 8;
  if (block->nna == block->nrows) {
    memset(out, 0, n * sizeof *out);
    return 0;
  }
  if (block->width > 32 || block->low < 0 || block->low > INT32_MAX / 2 ||
      limit == 0 || limit > INT32_MAX)
    return -1;
  bool (*unpack)(const unsigned char *, unsigned, uint32_t, size_t, uint32_t,
                 uint32_t *) = block->width > 24 ? unpack_wide : unpack_codes;
  if (!unpack(packed, block->width, (uint32_t)block->low, n, limit, out))
    return -1;
  for (size_t i = 0; block->nna > 0 && i < n; i++)
    if (!cell_is_there(block, at, from + i)) out[i] = 0;
  return 0;
}

const void *segment_valid(const SegmentBlock *block, const void *bytes,
                          size_t from) {
  return block->nna == 0 ? NULL : (const unsigned char *)bytes + from / 8;
}
