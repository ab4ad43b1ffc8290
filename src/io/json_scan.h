/* json_scan: JSON (RFC 8259) as tokens, strictly; numbers keep their text. */
#ifndef JSON_SCAN_H
#define JSON_SCAN_H

#include "base/buf.h"

typedef enum JsonToken {
  JSON_END,
  JSON_OBJECT, /* { */
  JSON_OBJECT_END,
  JSON_ARRAY, /* [ */
  JSON_ARRAY_END,
  JSON_COLON,
  JSON_COMMA,
  JSON_STRING,
  JSON_NUMBER,
  JSON_TRUE,
  JSON_FALSE,
  JSON_NULL
} JsonToken;

typedef struct JsonScan {
  const char *at, *end; /* borrowed; valid UTF-8 */
  size_t line;          /* of `at` */
  const char *text;     /* of a string (decoded) or a number; until the next */
  size_t len;
  Buf decoded;
} JsonScan;

void json_scan_open(JsonScan *scan, const char *text, size_t len);
void json_scan_close(JsonScan *scan);

/* The next token into *out: 0, or -1 with an error that starts with "line: ".
   What may follow what is the caller's to check: json_scan_expect. */
int json_scan_next(JsonScan *scan, JsonToken *out, Err *err);

/* Fill `err`: `found` stands where `wanted` ("a value", "',' or ']'") should.
   Returns -1. */
int json_scan_wrong(const JsonScan *scan, JsonToken found, const char *wanted,
                    Err *err);

/* The next token must be `token`. */
int json_scan_expect(JsonScan *scan, JsonToken token, const char *wanted,
                     Err *err);

#endif
