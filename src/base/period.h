/* period: years, quarters, months and days as whole numbers in order, so
   that a column of periods sorts and subtracts like integers. */
#ifndef PERIOD_H
#define PERIOD_H

#include <stddef.h>
#include <stdint.h>

typedef enum PeriodUnit {
  PERIOD_YEAR,    /* the year itself */
  PERIOD_QUARTER, /* 4 * year + quarter - 1 */
  PERIOD_MONTH,   /* 12 * year + month - 1 */
  PERIOD_DAY      /* days since 1970-01-01, proleptic Gregorian */
} PeriodUnit;

/* Parse "2023", "2023Q1" or "2023-Q1", "2023-01" or "2023/1" or "2023年1月",
   "2023-01-31" and the like, years 1 to 9999. 0, or -1 when it is none. */
int period_parse(const char *text, size_t len, PeriodUnit *unit, int64_t *out);

enum { PERIOD_TEXT_SIZE = 40 };

/* "2023", "2023Q1", "2023-01", "2023-01-31"; returns the length. */
size_t period_print(int64_t value, PeriodUnit unit, char *out);

/* Calendar parts of the period's first day. */
void period_parts(int64_t value, PeriodUnit unit, int *year, int *month,
                  int *day);

const char *period_unit_name(PeriodUnit unit); /* "year", "quarter", ... */

#endif
