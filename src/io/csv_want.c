/* The types that a user may ask for, by their names. */
#include <stdlib.h>
#include <string.h>

#include "io/csv_infer.h"

static int parse_scale(const char *text, CsvWant *out) {
  if (text[0] == '\0') return 0;
  char *end;
  if (text[0] != '(' || text[1] < '0' || text[1] > '9') return -1;
  long scale = strtol(text + 1, &end, 10);
  if (strcmp(end, ")") != 0 || scale > DECIMAL_MAX_SCALE) return -1;
  out->scale = (int)scale;
  return 0;
}

int csv_want_parse(const char *text, CsvWant *out) {
  static const struct {
    const char *name;
    ColumnType type;
    int period;
  } words[] = {{"int", COLUMN_INT, -1},
               {"real", COLUMN_REAL, -1},
               {"text", COLUMN_TEXT, -1},
               {"bool", COLUMN_BOOL, -1},
               {"period", COLUMN_PERIOD, -1},
               {"year", COLUMN_PERIOD, PERIOD_YEAR},
               {"quarter", COLUMN_PERIOD, PERIOD_QUARTER},
               {"month", COLUMN_PERIOD, PERIOD_MONTH},
               {"day", COLUMN_PERIOD, PERIOD_DAY}};
  *out = (CsvWant){true, COLUMN_DECIMAL, -1, -1};
  if (strncmp(text, "decimal", 7) == 0) return parse_scale(text + 7, out);
  for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
    if (strcmp(text, words[i].name) != 0) continue;
    out->type = words[i].type;
    out->period = words[i].period;
    return 0;
  }
  return -1;
}
