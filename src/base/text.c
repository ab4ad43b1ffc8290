/* utf8proc knows the widths; the walking over bytes is ours, because bad
   bytes must count and pass instead of ending the walk. */
#include "base/text.h"

#include <string.h>
#include <utf8proc.h>

size_t text_decode(const char *text, size_t len, int32_t *point) {
  if (len > 4) len = 4;
  utf8proc_ssize_t used = utf8proc_iterate((const utf8proc_uint8_t *)text,
                                           (utf8proc_ssize_t)len, point);
  return used > 0 ? (size_t)used : 0;
}

size_t text_encode(int32_t point, char *out) {
  return (size_t)utf8proc_encode_char(point, (utf8proc_uint8_t *)out);
}

/* Like text_decode, but a bad byte is one character, U+FFFD. */
static size_t next(const char *text, size_t len, int32_t *point) {
  size_t used = text_decode(text, len, point);
  if (used > 0) return used;
  *point = 0xFFFD;
  return 1;
}

size_t text_check(const char *text, size_t len) {
  size_t at = 0;
  while (at < len) {
    int32_t point;
    size_t used = text_decode(text + at, len - at, &point);
    if (used == 0) break;
    at += used;
  }
  return at;
}

static size_t point_width(int32_t point) {
  if (point < 0x20 || (point >= 0x7F && point < 0xA0)) return 1;
  int width = utf8proc_charwidth(point);
  return width < 0 ? 0 : (size_t)width;
}

bool text_is_spacing_mark(int32_t point) {
  return utf8proc_category(point) == UTF8PROC_CATEGORY_MC;
}

size_t text_width(const char *text, size_t len) {
  size_t width = 0;
  for (size_t at = 0; at < len;) {
    int32_t point;
    at += next(text + at, len - at, &point);
    width += point_width(point);
  }
  return width;
}

size_t text_prefix(const char *text, size_t len, size_t width) {
  size_t used = 0;
  for (size_t at = 0; at < len;) {
    int32_t point;
    size_t bytes = next(text + at, len - at, &point);
    used += point_width(point);
    if (used > width) return at;
    at += bytes;
  }
  return len;
}

size_t text_count(const char *text, size_t len) {
  size_t count = 0;
  for (size_t at = 0; at < len; count++) {
    int32_t point;
    at += next(text + at, len - at, &point);
  }
  return count;
}

size_t text_offset(const char *text, size_t len, size_t i) {
  size_t at = 0;
  while (i > 0 && at < len) {
    int32_t point;
    at += next(text + at, len - at, &point);
    i--;
  }
  return at;
}

enum { DISTANCE_MOST = 64 };

static size_t points_of(const char *text, size_t len, int32_t *out) {
  size_t count = 0;
  for (size_t at = 0; at < len; count++) {
    if (count == DISTANCE_MOST) return SIZE_MAX;
    at += next(text + at, len - at, &out[count]);
    out[count] = utf8proc_tolower(out[count]);
  }
  return count;
}

static size_t least(size_t a, size_t b) { return a < b ? a : b; }

size_t text_distance(const char *a, size_t alen, const char *b, size_t blen) {
  int32_t x[DISTANCE_MOST], y[DISTANCE_MOST];
  size_t n = points_of(a, alen, x), m = points_of(b, blen, y);
  if (n == SIZE_MAX || m == SIZE_MAX) return SIZE_MAX;
  size_t row[DISTANCE_MOST + 1]; /* row[j]: distance to the first j of y */
  for (size_t j = 0; j <= m; j++) row[j] = j;
  for (size_t i = 1; i <= n; i++) {
    size_t diagonal = row[0];
    row[0] = i;
    for (size_t j = 1; j <= m; j++) {
      size_t above = row[j];
      size_t change = diagonal + (x[i - 1] != y[j - 1]);
      row[j] = least(change, least(above, row[j - 1]) + 1);
      diagonal = above;
    }
  }
  return row[m];
}

uint64_t text_hash(const char *bytes, size_t len, uint64_t seed) {
  const uint64_t prime = 0x9E3779B97F4A7C15u;
  uint64_t h = seed ^ (len * prime);
  while (len > 0) {
    uint64_t word = 0;
    size_t take = len < 8 ? len : 8;
    memcpy(&word, bytes, take);
    h = (h ^ word) * prime;
    h ^= h >> 32; /* the last bytes of a word must reach the low bits */
    bytes += take;
    len -= take;
  }
  h *= prime;
  return h ^ (h >> 32);
}
