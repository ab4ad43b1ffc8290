/* Two passes: the first collects the keys, so that the second can write each
   record at its full width. The cells of an object are put in their columns'
   places first, for objects may have their keys in any order. */
#include "io/json_rows.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "io/csv_scan.h"
#include "io/json_scan.h"

enum { KEYS_MOST = 1 << 14 };
static const size_t text_most = (size_t)1 << 31;

/* A value of the object that is being written. */
typedef struct Cell {
  size_t seen;    /* number of the object it belongs to */
  size_t at, len; /* in the scratch */
  bool quoted;
} Cell;

typedef struct Reading {
  JsonScan scan;
  JsonRows *out;
  size_t object; /* number of this one, from 1 */
  size_t *seen;  /* by key: the object in which it came up last */
  size_t seen_room;
  Cell *cells; /* second pass: by key */
  Buf scratch; /* second pass: the texts of one object */
} Reading;

void json_rows_free(JsonRows *rows) {
  buf_free(&rows->text);
  dict_unref(rows->names);
  *rows = (JsonRows){0};
}

/* ---- keys ---- */

static int grow_seen(Reading *reading, Err *err) {
  size_t room = reading->seen_room == 0 ? 32 : reading->seen_room * 2;
  size_t *seen = mem_resize(reading->seen, room, sizeof *seen);
  if (seen == NULL) return err_memory(err);
  memset(seen + reading->seen_room, 0,
         (room - reading->seen_room) * sizeof *seen);
  reading->seen = seen;
  reading->seen_room = room;
  return 0;
}

/* The key that was read, as its column; DICT_NONE on failure. */
static uint32_t take_key(Reading *reading, Err *err) {
  JsonRows *out = reading->out;
  const JsonScan *scan = &reading->scan;
  if (memchr(scan->text, '\0', scan->len) != NULL)
    return err_set(err, ERR_DATA,
                   "%zu: object %zu: a key holds \\u0000, which is no "
                   "character: take it out",
                   scan->line, reading->object),
           DICT_NONE;
  uint32_t code = dict_add(out->names, scan->text, scan->len, err);
  if (code == DICT_NONE) return DICT_NONE;
  if (code >= KEYS_MOST)
    return err_set(err, ERR_DATA, "%zu: more than %d different keys",
                   scan->line, KEYS_MOST),
           DICT_NONE;
  if (code >= out->nnames) out->nnames = code + 1;
  if (code >= reading->seen_room && grow_seen(reading, err) != 0)
    return DICT_NONE;
  if (reading->seen[code] != reading->object)
    return reading->seen[code] = reading->object, code;
  char shown[CSV_PREVIEW_SIZE];
  csv_preview(scan->text, scan->len, shown);
  err_set(err, ERR_DATA, "%zu: the key \"%s\" stands twice in object %zu",
          scan->line, shown, reading->object);
  return DICT_NONE;
}

/* ---- values ---- */

static void preview_key(const Reading *reading, uint32_t key,
                        char shown[CSV_PREVIEW_SIZE]) {
  size_t len;
  const char *name = dict_text(reading->out->names, key, &len);
  csv_preview(name, len, shown);
}

static int refuse_nested(const Reading *reading, JsonToken found, uint32_t key,
                         Err *err) {
  char shown[CSV_PREVIEW_SIZE];
  preview_key(reading, key, shown);
  return err_set(err, ERR_DATA,
                 "%zu: object %zu: \"%s\" is an %s, not a value: lay it out "
                 "as plain keys",
                 reading->scan.line, reading->object, shown,
                 found == JSON_OBJECT ? "object" : "array");
}

/* No text may hold U+0000: it would end there for whoever prints it. */
static int refuse_nul(const Reading *reading, uint32_t key, Err *err) {
  char shown[CSV_PREVIEW_SIZE];
  preview_key(reading, key, shown);
  return err_set(err, ERR_DATA,
                 "%zu: object %zu: the text of \"%s\" holds \\u0000, which is "
                 "no character: take it out",
                 reading->scan.line, reading->object, shown);
}

static int keep_value(Reading *reading, JsonToken found, uint32_t key,
                      Err *err) {
  static const char *const words[] = {"true", "false"};
  if (found == JSON_STRING &&
      memchr(reading->scan.text, '\0', reading->scan.len) != NULL)
    return refuse_nul(reading, key, err);
  if (reading->cells == NULL || found == JSON_NULL) return 0;
  const char *text = reading->scan.text;
  size_t len = reading->scan.len;
  if (found == JSON_TRUE || found == JSON_FALSE) {
    text = words[found - JSON_TRUE];
    len = strlen(text);
  }
  Cell *cell = &reading->cells[key];
  *cell =
      (Cell){reading->object, reading->scratch.len, len, found == JSON_STRING};
  return buf_add(&reading->scratch, text, len, err);
}

static int read_member(Reading *reading, Err *err) {
  uint32_t key = take_key(reading, err);
  if (key == DICT_NONE) return -1;
  JsonScan *scan = &reading->scan;
  if (json_scan_expect(scan, JSON_COLON, "':'", err) != 0) return -1;
  JsonToken found;
  if (json_scan_next(scan, &found, err) != 0) return -1;
  if (found == JSON_OBJECT || found == JSON_ARRAY)
    return refuse_nested(reading, found, key, err);
  if (found < JSON_STRING) return json_scan_wrong(scan, found, "a value", err);
  return keep_value(reading, found, key, err);
}

/* Behind '{'. */
static int read_object(Reading *reading, Err *err) {
  JsonScan *scan = &reading->scan;
  JsonToken found;
  if (json_scan_next(scan, &found, err) != 0) return -1;
  if (found == JSON_OBJECT_END) return 0;
  for (;;) {
    if (found != JSON_STRING)
      return json_scan_wrong(scan, found, "a key in quotes", err);
    if (read_member(reading, err) != 0) return -1;
    if (json_scan_next(scan, &found, err) != 0) return -1;
    if (found == JSON_OBJECT_END) return 0;
    if (found != JSON_COMMA)
      return json_scan_wrong(scan, found, "',' or '}'", err);
    if (json_scan_next(scan, &found, err) != 0) return -1;
  }
}

/* ---- records ---- */

static int write_cell(Buf *out, const char *text, const Cell *cell, Err *err) {
  if (!cell->quoted) return buf_add(out, text + cell->at, cell->len, err);
  if (buf_reserve(out, cell->len * 2 + 2, err) != 0) return -1;
  char *to = out->data + out->len;
  *to++ = '"';
  for (size_t i = 0; i < cell->len; i++) {
    if (text[cell->at + i] == '"') *to++ = '"';
    *to++ = text[cell->at + i];
  }
  *to++ = '"';
  out->len = (size_t)(to - out->data);
  return 0;
}

static int write_record(Reading *reading, Err *err) {
  Buf *out = &reading->out->text;
  if (reading->cells == NULL) return 0;
  for (size_t i = 0; i < reading->out->nnames; i++) {
    const Cell *cell = &reading->cells[i];
    if (i > 0 && buf_add_byte(out, ',', err) != 0) return -1;
    if (cell->seen == reading->object &&
        write_cell(out, reading->scratch.data, cell, err) != 0)
      return -1;
  }
  reading->scratch.len = 0;
  if (out->len > text_most)
    return err_set(err, ERR_DATA, "%zu: more than 2 GiB of cells",
                   reading->scan.line);
  return buf_add_byte(out, '\n', err);
}

/* ---- the array ---- */

static const char wanted_array[] = "'[': an array of objects";

static int read_objects(Reading *reading, Err *err) {
  JsonScan *scan = &reading->scan;
  JsonToken found;
  if (json_scan_next(scan, &found, err) != 0) return -1;
  for (bool first = true; found != JSON_ARRAY_END || !first; first = false) {
    if (found != JSON_OBJECT)
      return json_scan_wrong(scan, found, "'{': an object of the array", err);
    reading->object++;
    if (read_object(reading, err) != 0) return -1;
    if (write_record(reading, err) != 0) return -1;
    if (json_scan_next(scan, &found, err) != 0) return -1;
    if (found == JSON_ARRAY_END) break;
    if (found != JSON_COMMA)
      return json_scan_wrong(scan, found, "',' or ']'", err);
    if (json_scan_next(scan, &found, err) != 0) return -1;
  }
  return json_scan_expect(scan, JSON_END, "the end", err);
}

static int read_pass(Reading *reading, const char *text, size_t len, Err *err) {
  json_scan_open(&reading->scan, text, len);
  reading->object = 0;
  memset(reading->seen, 0, reading->seen_room * sizeof *reading->seen);
  int status = json_scan_expect(&reading->scan, JSON_ARRAY, wanted_array, err);
  if (status == 0) status = read_objects(reading, err);
  json_scan_close(&reading->scan);
  return status;
}

int json_rows_read(const char *text, size_t len, JsonRows *out, Err *err) {
  *out = (JsonRows){.names = dict_new(err)};
  if (out->names == NULL) return -1;
  Reading reading = {.out = out};
  int status = grow_seen(&reading, err);
  if (status == 0) status = read_pass(&reading, text, len, err);
  if (status == 0) {
    reading.cells = mem_array(out->nnames, sizeof *reading.cells);
    status = reading.cells == NULL ? err_memory(err)
                                   : read_pass(&reading, text, len, err);
  }
  out->nrows = reading.object;
  free(reading.cells);
  free(reading.seen);
  buf_free(&reading.scratch);
  return status;
}
