/* text: UTF-8 as people see it: characters, columns on a terminal, cuts. */
#ifndef TEXT_H
#define TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Decode one character at `text` (len > 0). Returns the bytes it takes and
   sets *point, or 0 where the bytes are not UTF-8. */
size_t text_decode(const char *text, size_t len, int32_t *point);

/* Write `point` as UTF-8 (at most 4 bytes) and return the count. */
size_t text_encode(int32_t point, char *out);

/* Offset of the first byte that is not UTF-8, or len when all is well. */
size_t text_check(const char *text, size_t len);

/* Terminal columns: 2 for wide East Asian characters, 0 for combining ones,
   1 for a byte that is not UTF-8 and for a control character. */
size_t text_width(const char *text, size_t len);

/* Is it a mark that takes place beside its letter, as vowel signs do in the
   scripts of India? A terminal gives it none, a page does. */
bool text_is_spacing_mark(int32_t point);

/* Bytes of the longest prefix of whole characters that takes at most `width`
   columns. */
size_t text_prefix(const char *text, size_t len, size_t width);

/* Number of characters (code points; a bad byte counts one). */
size_t text_count(const char *text, size_t len);

/* Byte offset of the character with index i (0-based; the end when there are
   fewer). */
size_t text_offset(const char *text, size_t len, size_t i);

/* Levenshtein distance in characters, for "did you mean"; texts of more than
   64 characters count as far (SIZE_MAX). */
size_t text_distance(const char *a, size_t alen, const char *b, size_t blen);

/* Hash of bytes, mixed with `seed` so that hostile labels cannot collide at
   will. */
uint64_t text_hash(const char *bytes, size_t len, uint64_t seed);

#endif
