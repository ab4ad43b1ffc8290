/* encode_guess: which encoding bytes that are not UTF-8 may be in. */
#ifndef ENCODE_GUESS_H
#define ENCODE_GUESS_H

#include <stddef.h>

typedef struct EncodeGuess {
  const char *encoding; /* for iconv: GB18030 BIG5 WINDOWS-1252 CP850 */
  const char *reason;   /* static */
} EncodeGuess;

/* Chinese is told by its pairs: in GBK and in Big5 nearly all are from the
   first half of the code table, where common characters are, and stand next
   to each other. What is left has single bytes; of these Windows-1252 (which
   Latin-1 is part of) and CP850 are told apart by which bytes stand beside
   letters. Only as good as the amount of text: with a dozen accented letters
   or characters it is sure, with one it is a guess. */
EncodeGuess encode_guess(const char *bytes, size_t len);

/* "UTF-16LE" or "UTF-16BE" where the NUL bytes of a text without a byte order
   mark stand as they do in UTF-16; NULL where they do not. */
const char *encode_guess_wide(const char *bytes, size_t len);

#endif
