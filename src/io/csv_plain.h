/* csv_plain: cells that are nothing but a number, read without asking. */
#ifndef CSV_PLAIN_H
#define CSV_PLAIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The cells of one column: cell r stands behind seps[rows[r]], up to
   seps[rows[r] + 1]; `seps` is moved to the column by the caller. */
typedef struct CsvCells {
  const char *text;
  const uint32_t *seps;
  const uint32_t *rows;
  size_t nrows;
} CsvCells;

enum { CSV_PLAIN_LEAD = 16 }; /* bytes that must be readable before a cell */

/* Read plain cells, -?digits[mark digits], no needless zero in front, at most
   `scale` decimals and at most 18 digits at that scale, as value * 10^scale
   into out; of an empty cell 0, and its bit in `valid` is cleared. Returns the
   first row whose cell is not so (or nrows); `at` is where to begin. `fast` as
   in csv_split. */
size_t csv_plain_numbers(const CsvCells *cells, size_t at, char point,
                         int scale, bool fast, int64_t *out, uint64_t *valid);

#endif
