/* 64 bytes at a time become bit masks, the masks a list of places. Where the
   processor has AVX2 the masks are made by it, elsewhere byte by byte. What
   is not plain is only noticed here: telling more is the careful path's. */
#include "io/csv_split.h"

#include <string.h>

#include "base/text.h"

enum { BLOCK = 64 };

/* The bytes of one block that are ... */
typedef struct Masks {
  uint64_t separators, lines;
} Masks;

/* ---- portable ---- */

static void split_scalar(const char *text, size_t start, size_t len,
                         char delimiter, CsvSplit *out) {
  const char *at = text + start, *end = at + len;
  unsigned flags = 0;
  for (; at < end; at++) {
    char c = *at;
    if (c == delimiter || c == '\n') {
      out->seps[++out->nseps] = (uint32_t)(at - text);
      if (c == '\n') out->lines[out->nlines++] = (uint32_t)out->nseps;
    }
    if (c == '"') flags |= CSV_SPLIT_QUOTE;
    if (c == '\r') flags |= CSV_SPLIT_CR;
    if (c == '\0') flags |= CSV_SPLIT_NUL;
    if (c & 0x80) flags |= CSV_SPLIT_WIDE;
  }
  out->flags = flags;
}

/* ---- AVX2 ---- */

#if defined(__x86_64__)
#include <immintrin.h>

#define AVX2 __attribute__((target("avx2,bmi,popcnt")))

/* Flags are gathered as vectors and looked at once, at the end. */
typedef struct Seen {
  __m256i quote, cr, wide, least;
} Seen;

AVX2 static inline uint64_t bits_of(__m256i low, __m256i high) {
  uint32_t a = (uint32_t)_mm256_movemask_epi8(low);
  uint32_t b = (uint32_t)_mm256_movemask_epi8(high);
  return (uint64_t)b << 32 | a;
}

AVX2 static inline void see(Seen *seen, __m256i v) {
  seen->quote =
      _mm256_or_si256(seen->quote, _mm256_cmpeq_epi8(v, _mm256_set1_epi8('"')));
  seen->cr =
      _mm256_or_si256(seen->cr, _mm256_cmpeq_epi8(v, _mm256_set1_epi8('\r')));
  seen->wide = _mm256_or_si256(seen->wide, v);
  seen->least = _mm256_min_epu8(seen->least, v);
}

AVX2 static inline Masks masks_of(const char *at, char delimiter, Seen *seen) {
  __m256i low = _mm256_loadu_si256((const __m256i *)at);
  __m256i high = _mm256_loadu_si256((const __m256i *)(at + 32));
  __m256i mark = _mm256_set1_epi8(delimiter), lf = _mm256_set1_epi8('\n');
  __m256i lf_low = _mm256_cmpeq_epi8(low, lf);
  __m256i lf_high = _mm256_cmpeq_epi8(high, lf);
  see(seen, low);
  see(seen, high);
  return (Masks){
      bits_of(_mm256_or_si256(_mm256_cmpeq_epi8(low, mark), lf_low),
              _mm256_or_si256(_mm256_cmpeq_epi8(high, mark), lf_high)),
      bits_of(lf_low, lf_high)};
}

AVX2 static inline unsigned flags_of(const Seen *seen) {
  unsigned flags = 0;
  __m256i zero = _mm256_cmpeq_epi8(seen->least, _mm256_setzero_si256());
  if (_mm256_movemask_epi8(seen->quote)) flags |= CSV_SPLIT_QUOTE;
  if (_mm256_movemask_epi8(seen->cr)) flags |= CSV_SPLIT_CR;
  if (_mm256_movemask_epi8(seen->wide)) flags |= CSV_SPLIT_WIDE;
  if (_mm256_movemask_epi8(zero)) flags |= CSV_SPLIT_NUL;
  return flags;
}

/* Append the places of a block's bits: many at a time without asking, since
   a wrong guess costs more than a few stores. */
AVX2 static inline void add_block(CsvSplit *out, Masks masks, uint32_t base) {
  uint32_t *seps = out->seps + 1 + out->nseps;
  uint64_t bits = masks.separators;
  for (uint64_t left = masks.lines; left != 0; left &= left - 1)
    out->lines[out->nlines++] =
        (uint32_t)(out->nseps +
                   (size_t)_mm_popcnt_u64(bits & (left ^ (left - 1))));
  size_t count = (size_t)_mm_popcnt_u64(bits);
  for (size_t i = 0; i < 12; i++) {
    seps[i] = base + (uint32_t)_tzcnt_u64(bits);
    bits = _blsr_u64(bits);
  }
  for (size_t i = 12; i < count; i++) {
    seps[i] = base + (uint32_t)_tzcnt_u64(bits);
    bits = _blsr_u64(bits);
  }
  out->nseps += count;
}

AVX2 static void split_avx2(const char *text, size_t start, size_t len,
                            char delimiter, CsvSplit *out) {
  Seen seen = {.least = _mm256_set1_epi8(-1)};
  size_t at = start, end = start + len;
  for (; at + BLOCK <= end; at += BLOCK)
    add_block(out, masks_of(text + at, delimiter, &seen), (uint32_t)at);
  if (at < end) {
    char rest[BLOCK];
    memset(rest, ' ', sizeof rest); /* neither separator nor flag */
    memcpy(rest, text + at, end - at);
    Masks masks = masks_of(rest, delimiter, &seen);
    uint64_t there = ((uint64_t)1 << (end - at)) - 1; /* end - at < 64 */
    masks.separators &= there; /* a blank may be the delimiter */
    add_block(out, masks, (uint32_t)at);
  }
  out->flags = flags_of(&seen);
}

static bool has_avx2(void) {
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
         __builtin_cpu_supports("popcnt");
}
#else
static bool has_avx2(void) { return false; }
#define split_avx2 split_scalar
#endif

/* ---- both ---- */

static bool has_lone_cr(const char *text, size_t len) {
  const char *end = text + len;
  for (const char *at = text; at < end; at++) {
    at = memchr(at, '\r', (size_t)(end - at));
    if (at == NULL) return false;
    if (at + 1 == end || at[1] != '\n') return true;
  }
  return false;
}

void csv_split(const char *text, size_t start, size_t len, char delimiter,
               bool fast, CsvSplit *out) {
  out->nseps = out->nlines = 0;
  out->seps[0] = (uint32_t)start - 1;
  if (fast && has_avx2()) split_avx2(text, start, len, delimiter, out);
  else split_scalar(text, start, len, delimiter, out);
  if ((out->flags & CSV_SPLIT_CR) && has_lone_cr(text + start, len))
    out->flags |= CSV_SPLIT_LONE_CR;
}

/* The bytes of the usual three-byte characters (Chinese), or 0. */
static size_t usual_three(const unsigned char *at, const unsigned char *end) {
  if (end - at < 3 || at[0] < 0xE1 || at[0] > 0xEC) return 0;
  return (at[1] & 0xC0) == 0x80 && (at[2] & 0xC0) == 0x80 ? 3 : 0;
}

bool csv_split_is_utf8(const char *text, size_t len) {
  const unsigned char *at = (const unsigned char *)text, *end = at + len;
  while (at < end) {
    uint64_t word = UINT64_MAX;
    if (end - at >= 8) memcpy(&word, at, sizeof word);
    if ((word & 0x8080808080808080u) == 0) {
      at += 8;
      continue;
    }
    size_t used = *at < 0x80 ? 1 : usual_three(at, end);
    int32_t point;
    if (used == 0)
      used = text_decode((const char *)at, (size_t)(end - at), &point);
    if (used == 0) return false;
    at += used;
  }
  return true;
}
