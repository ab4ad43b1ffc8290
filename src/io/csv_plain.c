/* Cells of up to 16 bytes are read at once: the 16 bytes that end with the
   cell, the mark taken out of their midst, pairs, then fours, then eights
   made into one number. Longer ones and other processors go digit by digit;
   csv_cell_number says the same of every cell that passes here. */
#include "io/csv_plain.h"

#include <string.h>

#include "base/decimal.h"

static inline void set_empty(size_t row, int64_t *out, uint64_t *valid) {
  out[row] = 0;
  valid[row / 64] &= ~((uint64_t)1 << (row % 64));
}

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

/* One cell, digit by digit. */
static bool read_slowly(const char *text, size_t len, char point, int scale,
                        int64_t *out) {
  bool negative = len > 0 && text[0] == '-';
  size_t at = negative, first = at;
  if (len - at > DECIMAL_MAX_DIGITS + 1) return false;
  uint64_t value = 0; /* 19 digits fit before they are counted */
  while (at < len && is_digit(text[at]))
    value = value * 10 + (uint64_t)(text[at++] - '0');
  size_t whole = at - first;
  int decimals = 0;
  if (whole == 0 || (whole > 1 && text[first] == '0')) return false;
  if (at < len && text[at] == point) {
    for (at++; at < len && is_digit(text[at]); at++, decimals++)
      value = value * 10 + (uint64_t)(text[at] - '0');
    if (decimals == 0) return false;
  }
  if (at < len || decimals > scale) return false;
  if (whole + (size_t)scale > DECIMAL_MAX_DIGITS) return false;
  value *= (uint64_t)pow10_int64(scale - decimals);
  *out = negative ? -(int64_t)value : (int64_t)value;
  return true;
}

#if defined(__x86_64__)
#include <immintrin.h>

#define SSE41 __attribute__((target("sse4.1,bmi")))

/* Bytes i.. of this are 16 - i times 0 and then 0xFF: what of the 16 bytes
   belongs to a cell of i bytes. */
static const uint8_t kept[32] = {
    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,
    0,    0,    0,    0,    0,    0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
    0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF};

/* The 16 bytes before the cell's end, as digits, 0 outside of the cell. */
SSE41 static inline __m128i load_digits(const char *end, size_t len) {
  __m128i text = _mm_loadu_si128((const __m128i *)(end - 16));
  __m128i keep = _mm_loadu_si128((const __m128i *)(kept + len));
  return _mm_and_si128(_mm_sub_epi8(text, _mm_set1_epi8('0')), keep);
}

/* 16 digits as a number. */
SSE41 static inline uint64_t join_digits(__m128i digits) {
  const __m128i tens = _mm_set1_epi16(0x010A),
                hundreds = _mm_set1_epi32(0x10064);
  const __m128i myriads = _mm_set1_epi32(0x12710);
  __m128i pairs = _mm_maddubs_epi16(digits, tens);
  __m128i fours = _mm_madd_epi16(pairs, hundreds);
  __m128i packed = _mm_packus_epi32(fours, fours);
  __m128i eights = _mm_madd_epi16(packed, myriads);
  uint64_t both = (uint64_t)_mm_cvtsi128_si64(eights);
  return (both & 0xFFFFFFFFu) * 100000000u + (both >> 32);
}

/* Take the byte at `mark` out: what stands before moves up by one. */
SSE41 static inline __m128i take_out(__m128i digits, unsigned mark) {
  const __m128i places =
      _mm_setr_epi8(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  __m128i behind = _mm_cmpgt_epi8(places, _mm_set1_epi8((char)mark));
  __m128i moved = _mm_slli_si128(digits, 1);
  return _mm_blendv_epi8(moved, digits, behind);
}

SSE41 static inline bool read_quickly(const char *text, size_t len, char point,
                                      int scale, const int64_t *powers,
                                      int64_t *out) {
  if (len - 1 > 15) return false; /* 0 wraps */
  __m128i digits = load_digits(text + len, len);
  __m128i high =
      _mm_cmpeq_epi8(_mm_max_epu8(digits, _mm_set1_epi8(10)), digits);
  unsigned odd = (unsigned)_mm_movemask_epi8(high);
  unsigned first = 16 - (unsigned)len, mark = 16;
  bool negative = text[0] == '-';
  if (negative) {
    odd &= odd - 1; /* the sign is the first that is no digit */
    digits = _mm_andnot_si128(high, digits); /* marks become zeros */
    first++;
  }
  if (odd != 0) {
    mark = (unsigned)__builtin_ctz(odd);
    if ((odd & (odd - 1)) != 0 || text[mark - (16 - len)] != point)
      return false;
    digits = take_out(digits, mark);
  }
  unsigned whole = mark - first;
  int decimals = mark < 16 ? 15 - (int)mark : 0;
  if (first >= mark || decimals > scale || mark == 15) return false;
  if (whole > 1 && text[negative] == '0') return false;
  if (whole + (unsigned)scale > DECIMAL_MAX_DIGITS) return false;
  int64_t value = (int64_t)join_digits(digits) * powers[scale - decimals];
  *out = negative ? -value : value;
  return true;
}

/* What is the same for all cells of a column with `scale` decimals each. */
typedef struct Usual {
  __m128i mark;   /* turns the mark at its place into a zero */
  __m128i places; /* takes that place out */
  uint32_t least; /* shortest cell: 0.00 */
} Usual;

SSE41 static Usual usual_of(char point, int scale) {
  uint8_t mark[16] = {0}, places[16];
  for (int i = 0; i < 16; i++) places[i] = (uint8_t)i;
  int at = 15 - scale;
  if (scale > 0 && at > 0) {
    mark[at] = (uint8_t)(point - '0');
    for (int i = at; i > 0; i--) places[i] = (uint8_t)(i - 1);
    places[0] = 0x80; /* a zero */
  }
  return (Usual){_mm_loadu_si128((const __m128i *)mark),
                 _mm_loadu_si128((const __m128i *)places),
                 scale > 0 ? (uint32_t)scale + 2 : 1};
}

/* A cell without sign and with all its decimals, as most are. */
SSE41 static inline bool read_usual(const char *text, uint32_t len,
                                    const Usual *usual, int64_t *out) {
  const __m128i nine = _mm_set1_epi8(9);
  if (len < usual->least || len > 16) return false;
  __m128i digits = _mm_xor_si128(load_digits(text + len, len), usual->mark);
  __m128i fits = _mm_cmpeq_epi8(_mm_max_epu8(digits, nine), nine);
  if (_mm_movemask_epi8(fits) != 0xFFFF) return false;
  if (text[0] == '0' && len > usual->least) return false;
  *out = (int64_t)join_digits(_mm_shuffle_epi8(digits, usual->places));
  return true;
}

SSE41 static size_t read_sse41(const CsvCells *cells, size_t at, char point,
                               int scale, int64_t *out, uint64_t *valid) {
  int64_t powers[DECIMAL_MAX_SCALE + 1];
  for (int i = 0; i <= DECIMAL_MAX_SCALE; i++) powers[i] = pow10_int64(i);
  const Usual usual = usual_of(point, scale);
  const uint32_t *seps = cells->seps, *rows = cells->rows;
  const char *all = cells->text;
  for (size_t n = cells->nrows; at < n; at++) {
    uint32_t start = seps[rows[at]] + 1, len = seps[rows[at] + 1] - start;
    if (read_usual(all + start, len, &usual, &out[at])) continue;
    if (len == 0) {
      set_empty(at, out, valid);
      continue;
    }
    if (read_quickly(all + start, len, point, scale, powers, &out[at]))
      continue;
    if (!read_slowly(all + start, len, point, scale, &out[at])) break;
  }
  return at;
}

static bool has_sse41(void) {
  return __builtin_cpu_supports("sse4.1") && __builtin_cpu_supports("bmi");
}
#else
static bool has_sse41(void) { return false; }
#define read_sse41(cells, at, point, scale, out, valid) (at)
#endif

size_t csv_plain_numbers(const CsvCells *cells, size_t at, char point,
                         int scale, bool fast, int64_t *out, uint64_t *valid) {
  if (fast && has_sse41())
    return read_sse41(cells, at, point, scale, out, valid);
  for (; at < cells->nrows; at++) {
    const uint32_t *sep = cells->seps + cells->rows[at];
    const char *text = cells->text + (uint32_t)(sep[0] + 1);
    size_t len = sep[1] - sep[0] - 1;
    if (len == 0) set_empty(at, out, valid);
    else if (!read_slowly(text, len, point, scale, &out[at])) break;
  }
  return at;
}
