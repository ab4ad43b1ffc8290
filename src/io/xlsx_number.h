/* xlsx_number: the numbers of a sheet as exact texts. */
#ifndef XLSX_NUMBER_H
#define XLSX_NUMBER_H

#include <stdbool.h>
#include <stddef.h>

enum { XLSX_NUMBER_SIZE = 64 };

/* How a number format shows a number. */
typedef enum XlsxFormat {
  XLSX_PLAIN, /* as a number */
  XLSX_YEAR,
  XLSX_MONTH,
  XLSX_DAY,
  XLSX_MOMENT, /* day and time */
  XLSX_TIME
} XlsxFormat;

/* The format that a code (`yyyy"年"m"月"`) or a built-in number stands for. */
XlsxFormat xlsx_format_of(const char *code);
XlsxFormat xlsx_format_built_in(long id);

/* Workbooks hold binary doubles, written with up to 17 digits: 1234.56 may
   stand there as 1234.5600000000001. The text is rounded, half to even, to 15
   significant digits, which is what Excel itself keeps of what is typed and
   what it shows, and loses the zeros at its end; an exponent is written out
   where that takes at most 18 digits on either side of the point. A whole
   number of up to 18 digits without exponent stays as it is. Returns the
   length, 0 when the text is no number or has no room. */
size_t xlsx_number_text(const char *text, size_t len,
                        char out[XLSX_NUMBER_SIZE]);

/* A day count as "2023-01-31", "2023-01", "2023", "2023-01-31 10:30:00" or
   "10:30:00"; 0 when it is no date (negative, beyond the year 9999). Counted
   from 1900-01-01 = 1 with the 29 February 1900 that never was, or from
   1904-01-01 = 0. */
size_t xlsx_date_text(const char *text, size_t len, XlsxFormat format,
                      bool date1904, char out[XLSX_NUMBER_SIZE]);

#endif
