/* csv_cell: what one cell can be read as. */
#ifndef CSV_CELL_H
#define CSV_CELL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/decimal.h"
#include "base/period.h"

typedef enum CsvNumber {
  CSV_NUMBER,   /* *out and *unit are set */
  CSV_CODE,     /* so too, but it starts with a zero like 007 */
  CSV_EXPONENT, /* 1.5e3: csv_cell_real reads it */
  CSV_HUGE,     /* an exponent beyond what a real can hold: 1e400 */
  CSV_DIGITS,   /* more than 18 digits */
  CSV_NO_NUMBER /* anything else */
} CsvNumber;

/* Read a cell as an exact number with the given decimal mark. The quick path
   for plain digits gives what decimal_parse gives. A zero before a thousands
   mark ("0,500") is no number. One sign or code of a currency may stand beside
   it ($1,234.50, -€5, 5 EUR): csv_cell_currency names it. */
CsvNumber csv_cell_number(const char *text, size_t len, char point,
                          Decimal *out, AmountUnit *unit);

/* The currency whose sign or code stands in a text ("$", "EUR"), or NULL: a
   static text. Quick enough for cells that are not plain only. */
const char *csv_cell_currency(const char *text, size_t len);

/* Read a cell as a real, a number of more than 18 digits included: 0, or -1
   when it is none or has no room. */
int csv_cell_real(const char *text, size_t len, char point, double *out);

/* true and false in any case, blanks around them: 0, or -1. */
int csv_cell_bool(const char *text, size_t len, bool *out);

/* A period, blanks around it: 0, or -1. */
int csv_cell_period(const char *text, size_t len, PeriodUnit *unit,
                    int64_t *out);

/* Nothing but blanks; a lone dash of any kind, blanks around it; a word that
   says that there is no figure (NaN, n.a., #N/A, nfp, ..), in any case, blanks
   around it. "nil" and "none" are no such words: accounts mean zero by them. */
bool csv_cell_is_blank(const char *text, size_t len);
bool csv_cell_is_dash(const char *text, size_t len);
bool csv_cell_is_na_word(const char *text, size_t len);

/* Where a column mixes decimal marks, each cell must show its own: read with
   the point when only that makes a number of it, with the comma likewise, with
   either when both make the same. CSV_NO_NUMBER when it is none, and where the
   two make different ones (1,234): then *doubtful is set. */
CsvNumber csv_cell_own_mark(const char *text, size_t len, Decimal *out,
                            AmountUnit *unit, bool *doubtful);

/* Could the two marks make different numbers of it? Quick for most cells. */
bool csv_cell_is_doubtful(const char *text, size_t len);

/* Why a text may have failed as a number ("letter O?", "decimal comma? use
   --decimal ,"): a static text, or NULL when nothing comes to mind. */
const char *csv_cell_hint(const char *text, size_t len, char point);

#endif
