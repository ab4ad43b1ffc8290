/* csv_sniff: which byte separates the fields of this text, and why. */
#ifndef CSV_SNIFF_H
#define CSV_SNIFF_H

#include <stddef.h>

#include "base/err.h"

typedef struct CsvSniff {
  char delimiter;   /* , ; tab or | */
  char reason[160]; /* for --explain */
} CsvSniff;

/* Try each delimiter on the first records; the one under which they agree
   best about their number of fields wins, the first record having most to
   say. A text that none of them splits has one column and gets ','. 0, or -1
   without memory. */
int csv_sniff(const char *text, size_t len, CsvSniff *out, Err *err);

/* How people write a delimiter in a message: "','", "tab". */
const char *csv_delimiter_name(char delimiter, char out[8]);

#endif
