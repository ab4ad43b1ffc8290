/* decimal_parse: any bytes, with point and comma. What is read must print as
   a text that reads as the same number, and its range must hold. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/decimal.h"

static void require(int holds) {
  if (!holds) abort();
}

static void check(const char *text, size_t len, char point) {
  DecimalStyle style = {.point = point};
  Decimal value, again;
  AmountUnit unit, none;
  if (decimal_parse(text, len, style, &value, &unit) != DECIMAL_OK) return;
  require(value.scale >= 0 && value.scale <= DECIMAL_MAX_SCALE);
  require(unit_text(unit) != NULL);
  char printed[DECIMAL_TEXT_SIZE];
  size_t size = decimal_print(value, printed);
  require(size < sizeof printed);
  style.point = '.';
  require(decimal_parse(printed, size, style, &again, &none) == DECIMAL_OK);
  require(again.num == value.num && again.scale == value.scale);
  require(none == UNIT_NONE);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len) {
  char *text = malloc(len); /* a block of its own: reading past it shows */
  if (text == NULL) return 0;
  memcpy(text, data, len);
  check(text, len, '.');
  check(text, len, ',');
  free(text);
  return 0;
}
