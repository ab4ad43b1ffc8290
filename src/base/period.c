#include "base/period.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/* Days from 1970-01-01 (Howard Hinnant, "chrono-compatible low-level date
   algorithms", days_from_civil): years run from March, so that the leap day
   is the last of its year. */
static int64_t days_from_civil(int year, int month, int day) {
  int64_t y = month <= 2 ? year - 1 : year;
  int64_t era = (y >= 0 ? y : y - 399) / 400;
  int64_t year_of_era = y - era * 400;
  int64_t day_of_year =
      (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  int64_t day_of_era =
      year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146097 + day_of_era - 719468;
}

static void civil_from_days(int64_t days, int *year, int *month, int *day) {
  days += 719468;
  int64_t era = (days >= 0 ? days : days - 146096) / 146097;
  int64_t doe = days - era * 146097; /* day of the 400-year era */
  int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
  int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
  int64_t from_march = (5 * doy + 2) / 153;
  *day = (int)(doy - (153 * from_march + 2) / 5 + 1);
  *month = (int)(from_march < 10 ? from_march + 3 : from_march - 9);
  *year = (int)(yoe + era * 400) + (*month <= 2);
}

static int month_length(int year, int month) {
  static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  return month == 2 && leap ? 29 : lengths[month - 1];
}

typedef struct Scan {
  const char *at, *end;
} Scan;

/* Between `least` and `most` digits as a number, or -1. */
static int take_number(Scan *scan, int least, int most) {
  int value = 0, n = 0;
  while (scan->at < scan->end && n < most && *scan->at >= '0' &&
         *scan->at <= '9') {
    value = value * 10 + (*scan->at++ - '0');
    n++;
  }
  return n < least ? -1 : value;
}

static bool take(Scan *scan, const char *text) {
  size_t len = strlen(text);
  if ((size_t)(scan->end - scan->at) < len) return false;
  if (memcmp(scan->at, text, len) != 0) return false;
  scan->at += len;
  return true;
}

static int take_quarter(Scan *scan, int year, PeriodUnit *unit, int64_t *out) {
  int quarter = take_number(scan, 1, 1);
  if (quarter < 1 || quarter > 4 || scan->at != scan->end) return -1;
  *unit = PERIOD_QUARTER;
  *out = (int64_t)year * 4 + quarter - 1;
  return 0;
}

static int take_day(Scan *scan, int year, int month, PeriodUnit *unit,
                    int64_t *out) {
  int day = take_number(scan, 1, 2);
  take(scan, "日");
  if (day < 1 || day > month_length(year, month) || scan->at != scan->end)
    return -1;
  *unit = PERIOD_DAY;
  *out = days_from_civil(year, month, day);
  return 0;
}

int period_parse(const char *text, size_t len, PeriodUnit *unit, int64_t *out) {
  Scan scan = {text, text + len};
  int year = take_number(&scan, 4, 4);
  if (year < 1) return -1;
  bool chinese = take(&scan, "年");
  if (scan.at == scan.end) {
    *unit = PERIOD_YEAR;
    *out = year;
    return 0;
  }
  if (take(&scan, "Q") || take(&scan, "-Q"))
    return take_quarter(&scan, year, unit, out);
  char mark = *scan.at;
  if (!chinese && !take(&scan, "-") && !take(&scan, "/")) return -1;
  int month = take_number(&scan, 1, 2);
  if (month < 1 || month > 12) return -1;
  bool marked = chinese && take(&scan, "月");
  if (scan.at == scan.end) {
    *unit = PERIOD_MONTH;
    *out = (int64_t)year * 12 + month - 1;
    return 0;
  }
  if (!marked && (chinese || !take(&scan, mark == '-' ? "-" : "/"))) return -1;
  return take_day(&scan, year, month, unit, out);
}

void period_parts(int64_t value, PeriodUnit unit, int *year, int *month,
                  int *day) {
  *month = *day = 1;
  switch (unit) {
    case PERIOD_YEAR: *year = (int)value; break;
    case PERIOD_QUARTER:
      *year = (int)(value / 4);
      *month = (int)(value % 4) * 3 + 1;
      break;
    case PERIOD_MONTH:
      *year = (int)(value / 12);
      *month = (int)(value % 12) + 1;
      break;
    case PERIOD_DAY: civil_from_days(value, year, month, day); break;
  }
}

size_t period_print(int64_t value, PeriodUnit unit, char *out) {
  int year, month, day, len = 0;
  period_parts(value, unit, &year, &month, &day);
  switch (unit) {
    case PERIOD_YEAR:
      len = snprintf(out, PERIOD_TEXT_SIZE, "%04d", year);
      break;
    case PERIOD_QUARTER:
      len = snprintf(out, PERIOD_TEXT_SIZE, "%04dQ%d", year, month / 3 + 1);
      break;
    case PERIOD_MONTH:
      len = snprintf(out, PERIOD_TEXT_SIZE, "%04d-%02d", year, month);
      break;
    case PERIOD_DAY:
      len = snprintf(out, PERIOD_TEXT_SIZE, "%04d-%02d-%02d", year, month, day);
      break;
  }
  return (size_t)len;
}

const char *period_unit_name(PeriodUnit unit) {
  static const char *const names[] = {"year", "quarter", "month", "day"};
  return names[unit];
}
