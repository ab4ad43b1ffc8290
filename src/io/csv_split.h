/* csv_split: where the separators stand in bytes that may be plain. */
#ifndef CSV_SPLIT_H
#define CSV_SPLIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What the bytes hold besides; each but CSV_SPLIT_CR and CSV_SPLIT_WIDE
   means that they are not plain. */
enum {
  CSV_SPLIT_QUOTE = 1,
  CSV_SPLIT_CR = 2,      /* all in front of a LF */
  CSV_SPLIT_LONE_CR = 4, /* one that is not */
  CSV_SPLIT_NUL = 8,
  CSV_SPLIT_WIDE = 16 /* bytes beyond ASCII */
};

typedef struct CsvSplit {
  /* seps[0] is the place before the first field (start - 1), seps[1 ..] those
     of the delimiters and LFs, in order; room for 65 more than there can be:
     len + 66 in all. */
  uint32_t *seps;
  size_t nseps;    /* without seps[0] */
  uint32_t *lines; /* lines[r]: how many separators end by line r's LF */
  size_t nlines;
  unsigned flags;
} CsvSplit;

/* Split text[start, start + len); text must be readable for 64 bytes behind,
   and start + len fit in 32 bits. `fast` allows what the processor has beyond
   the portable code, which gives the same. */
void csv_split(const char *text, size_t start, size_t len, char delimiter,
               bool fast, CsvSplit *out);

/* Whether the bytes are UTF-8 (as text_check has it). */
bool csv_split_is_utf8(const char *text, size_t len);

#endif
