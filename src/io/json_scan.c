/* A string without a backslash is given as it stands in the text. */
#include "io/json_scan.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/text.h"
#include "io/csv_scan.h"

void json_scan_open(JsonScan *scan, const char *text, size_t len) {
  *scan = (JsonScan){.at = text, .end = text + len, .line = 1};
}

void json_scan_close(JsonScan *scan) {
  buf_free(&scan->decoded);
  *scan = (JsonScan){0};
}

static int bad(const JsonScan *scan, const char *why, Err *err) {
  char shown[CSV_PREVIEW_SIZE];
  size_t left = (size_t)(scan->end - scan->at);
  csv_preview(scan->at, left < 40 ? left : 40, shown);
  return err_set(err, ERR_DATA, "%zu: %s: '%s'", scan->line, why, shown);
}

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

/* ---- numbers ---- */

static const char *skip_digits(const char *at, const char *end) {
  while (at < end && is_digit(*at)) at++;
  return at;
}

/* Behind a number that starts at `at`; NULL when it is none. */
static const char *number_end(const char *at, const char *end) {
  if (at < end && *at == '-') at++;
  const char *whole = at;
  at = skip_digits(at, end);
  if (at == whole || (*whole == '0' && at - whole > 1)) return NULL;
  if (at < end && *at == '.') {
    const char *first = ++at;
    at = skip_digits(at, end);
    if (at == first) return NULL;
  }
  if (at < end && (*at == 'e' || *at == 'E')) {
    at++;
    if (at < end && (*at == '+' || *at == '-')) at++;
    const char *first = at;
    at = skip_digits(at, end);
    if (at == first) return NULL;
  }
  return at;
}

static int take_number(JsonScan *scan, Err *err) {
  const char *stop = number_end(scan->at, scan->end);
  if (stop == NULL) return bad(scan, "this is no number of JSON", err);
  scan->text = scan->at;
  scan->len = (size_t)(stop - scan->at);
  scan->at = stop;
  return 0;
}

/* ---- strings ---- */

static int hex_value(char c) {
  if (is_digit(c)) return c - '0';
  c |= 0x20;
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Four hex digits at `at`, or -1. */
static int32_t take_unit(const char *at, const char *end) {
  if (end - at < 4) return -1;
  int32_t unit = 0;
  for (int i = 0; i < 4; i++) {
    int value = hex_value(at[i]);
    if (value < 0) return -1;
    unit = unit * 16 + value;
  }
  return unit;
}

/* Behind "\u"; halves of a pair that stand alone become U+FFFD. */
static int take_unicode(JsonScan *scan, Err *err) {
  int32_t point = take_unit(scan->at, scan->end);
  if (point < 0) return bad(scan, "four hex digits are missing", err);
  scan->at += 4;
  if (point >= 0xD800 && point < 0xDC00 && scan->end - scan->at >= 6 &&
      scan->at[0] == '\\' && scan->at[1] == 'u') {
    int32_t low = take_unit(scan->at + 2, scan->end);
    if (low >= 0xDC00 && low < 0xE000) {
      point = 0x10000 + ((point - 0xD800) << 10) + (low - 0xDC00);
      scan->at += 6;
    }
  }
  if (point >= 0xD800 && point < 0xE000) point = 0xFFFD;
  char bytes[4];
  return buf_add(&scan->decoded, bytes, text_encode(point, bytes), err);
}

/* Behind a backslash. */
static int take_escape(JsonScan *scan, Err *err) {
  static const char letters[] = "\"\\/bfnrt", meant[] = "\"\\/\b\f\n\r\t";
  if (scan->at == scan->end) return bad(scan, "the text ends here", err);
  char c = *scan->at;
  if (c == 'u') {
    scan->at++;
    return take_unicode(scan, err);
  }
  const char *found = c == '\0' ? NULL : strchr(letters, c);
  if (found == NULL) return bad(scan, "no such escape", err);
  scan->at++;
  return buf_add_byte(&scan->decoded, meant[found - letters], err);
}

static const char *plain_end(const char *at, const char *end) {
  while (at < end && *at != '"' && *at != '\\' && (unsigned char)*at >= 0x20)
    at++;
  return at;
}

static int take_string(JsonScan *scan, Err *err) {
  size_t line = scan->line;
  const char *open = scan->at++;
  scan->decoded.len = 0;
  bool copied = false;
  for (;;) {
    const char *start = scan->at;
    scan->at = plain_end(start, scan->end);
    size_t len = (size_t)(scan->at - start);
    if (scan->at == scan->end) {
      scan->at = open;
      scan->line = line;
      return bad(scan, "this text is never closed", err);
    }
    bool last = *scan->at == '"';
    if (last && !copied) {
      scan->text = start;
      scan->len = len;
    } else if (buf_add(&scan->decoded, start, len, err) != 0) {
      return -1;
    }
    if (!last && *scan->at != '\\')
      return bad(scan, "a line end or control character within a text", err);
    scan->at++;
    if (last) break;
    copied = true;
    if (take_escape(scan, err) != 0) return -1;
  }
  if (!copied) return 0;
  scan->text = scan->decoded.data == NULL ? "" : scan->decoded.data;
  scan->len = scan->decoded.len;
  return 0;
}

/* ---- tokens ---- */

static void skip_blanks(JsonScan *scan) {
  for (; scan->at < scan->end; scan->at++) {
    char c = *scan->at;
    if (c != ' ' && c != '\t' && c != '\n' && c != '\r') return;
    scan->line += c == '\n';
  }
}

static bool take_word(JsonScan *scan, const char *word) {
  size_t n = strlen(word);
  if ((size_t)(scan->end - scan->at) < n || memcmp(scan->at, word, n) != 0)
    return false;
  scan->at += n;
  return true;
}

int json_scan_next(JsonScan *scan, JsonToken *out, Err *err) {
  skip_blanks(scan);
  *out = JSON_END;
  if (scan->at == scan->end) return 0;
  switch (*scan->at) {
    case '{': *out = JSON_OBJECT; break;
    case '}': *out = JSON_OBJECT_END; break;
    case '[': *out = JSON_ARRAY; break;
    case ']': *out = JSON_ARRAY_END; break;
    case ':': *out = JSON_COLON; break;
    case ',': *out = JSON_COMMA; break;
    case '"': *out = JSON_STRING; return take_string(scan, err);
    default:
      if (*scan->at == '-' || is_digit(*scan->at)) {
        *out = JSON_NUMBER;
        return take_number(scan, err);
      }
      if (take_word(scan, "true")) return *out = JSON_TRUE, 0;
      if (take_word(scan, "false")) return *out = JSON_FALSE, 0;
      if (take_word(scan, "null")) return *out = JSON_NULL, 0;
      return bad(scan, "this is no JSON", err);
  }
  scan->at++;
  return 0;
}

int json_scan_wrong(const JsonScan *scan, JsonToken found, const char *wanted,
                    Err *err) {
  static const char *const names[] = {"the end",  "'{'",  "'}'",   "'['",
                                      "']'",      "':'",  "','",   "a string",
                                      "a number", "true", "false", "null"};
  return err_set(err, ERR_DATA, "%zu: %s instead of %s", scan->line,
                 names[found], wanted);
}

int json_scan_expect(JsonScan *scan, JsonToken token, const char *wanted,
                     Err *err) {
  JsonToken found;
  if (json_scan_next(scan, &found, err) != 0) return -1;
  return found == token ? 0 : json_scan_wrong(scan, found, wanted, err);
}
