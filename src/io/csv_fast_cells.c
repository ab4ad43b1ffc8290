/* What a column's cells may be without changing the verdict that the sample
   gave: anything in a text column; in a number column what reads as a number
   with the same mark and no more decimals, and nothing (an empty cell, a
   dash, blanks, a text listed as missing). Any other cell hands the file to
   the careful path. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "io/csv_fast_state.h"
#include "io/csv_plain.h"

/* ---- room ---- */

static int grow_column(FastCells *cells, ColumnType type, size_t n, Err *err) {
  void *data = mem_resize(cells->cells, n, column_cell_size(type));
  if (data == NULL) return err_memory(err);
  cells->cells = data;
  uint64_t *valid = mem_resize(cells->valid, n / 64 + 1, sizeof *valid);
  if (valid == NULL) return err_memory(err);
  cells->valid = valid;
  return 0;
}

int fast_cells_start(FastWorker *worker, size_t n, Err *err) {
  const BatchSource *source = &worker->fast->source;
  size_t room = n > worker->room ? n + n / 4 : worker->room;
  for (size_t c = 0; c < source->ncols; c++) {
    FastCells *cells = &worker->columns[c];
    if (room > worker->room &&
        grow_column(cells, source->columns[c].type, room, err) != 0)
      return -1;
    if (cells->valid == NULL) continue;
    memset(cells->valid, 0xFF, (n / 64 + 1) * sizeof *cells->valid);
    cells->missing = false;
  }
  worker->room = room;
  return 0;
}

static void set_missing(FastCells *cells, size_t row) {
  cells->valid[row / 64] &= ~((uint64_t)1 << (row % 64));
  cells->missing = true;
}

/* ---- one cell ---- */

static int give_up(FastWorker *worker, Err *err) {
  return fast_end(worker->fast, CSV_ENDED_CAREFUL, err);
}

static bool is_listed(const CsvRules *rules, const CsvField *field) {
  for (size_t i = 0; i < rules->nna; i++)
    if (strlen(rules->na[i]) == field->len &&
        memcmp(rules->na[i], field->text, field->len) == 0)
      return true;
  return false;
}

/* Is the cell missing in a column of any type but text? Sets *other where it
   is so for a reason that is not among those above. */
static bool is_missing(FastWorker *worker, size_t c, const CsvField *field,
                       bool *other) {
  const CsvFast *fast = worker->fast;
  if (field->len == 0 && !field->quoted) return true;
  if (is_listed(&fast->rules, field)) return true;
  if (field->len > 0 && csv_cell_is_blank(field->text, field->len)) return true;
  if (csv_cell_is_dash(field->text, field->len)) {
    worker->columns[c].dashes++;
    return true;
  }
  *other = csv_column_is_na(fast->columns[c].verdict, field, &fast->rules);
  return *other;
}

/* -?digits.digits and nothing else, with `decimals` of them. */
static bool is_plain_decimal(const CsvField *field, int decimals) {
  const char *text = field->text;
  size_t len = field->len, at = len > 0 && text[0] == '-';
  if (len < at + (size_t)decimals + 2) return false;
  for (; at < len; at++) {
    bool is_mark = at == len - 1 - (size_t)decimals;
    if (is_mark ? text[at] != '.' : text[at] < '0' || text[at] > '9')
      return false;
  }
  return true;
}

/* A number that only has too many decimals: the column is one of decimals
   then, if it is clear that its point is one. Three digits behind it are not
   while nothing else shows how the column writes thousands. */
static bool is_wider(FastColumn *column, const CsvField *field, Decimal value) {
  const CsvColumn *verdict = column->verdict;
  bool known = verdict->half_why == CSV_WHY_TEXT || value.scale != 3;
  if (verdict->want.given || verdict->point != '.' || !known ||
      !is_plain_decimal(field, value.scale))
    return false;
  __atomic_store_n(&column->wider, value.scale, __ATOMIC_RELAXED);
  return true;
}

/* 0, -1, or 1 where the column needs more decimals. */
static int read_number(FastColumn *column, const BatchColumn *outline,
                       const CsvField *field, int64_t *out) {
  Decimal value;
  AmountUnit unit;
  const CsvColumn *verdict = column->verdict;
  if (csv_cell_number(field->text, field->len, verdict->point, &value, &unit) !=
          CSV_NUMBER ||
      unit != UNIT_NONE)
    return -1;
  if (value.scale > outline->scale)
    return is_wider(column, field, value) ? 1 : -1;
  /* With both marks open the other reading counts too. */
  if (verdict->scale == 0 && (memchr(field->text, ',', field->len) != NULL ||
                              memchr(field->text, '.', field->len) != NULL))
    return -1;
  uint64_t size = value.num < 0 ? -(uint64_t)value.num : (uint64_t)value.num;
  int digits = DECIMAL_MAX_DIGITS - (outline->scale - value.scale);
  if (size >= (uint64_t)pow10_int64(digits)) return -1;
  *out = value.num * pow10_int64(outline->scale - value.scale);
  return 0;
}

static int read_typed(FastWorker *worker, size_t c, size_t row,
                      const CsvField *field) {
  FastColumn *column = &worker->fast->columns[c];
  const BatchColumn *outline = &worker->fast->outline[c];
  FastCells *cells = &worker->columns[c];
  PeriodUnit unit;
  bool yes;
  switch (outline->type) {
    case COLUMN_BOOL:
      if (csv_cell_bool(field->text, field->len, &yes) != 0) return -1;
      ((uint8_t *)cells->cells)[row] = yes;
      return 0;
    case COLUMN_PERIOD:
      if (csv_cell_period(field->text, field->len, &unit,
                          &((int64_t *)cells->cells)[row]) != 0)
        return -1;
      return unit == outline->period ? 0 : -1;
    default:
      return read_number(column, outline, field,
                         &((int64_t *)cells->cells)[row]);
  }
}

static int add_text(FastWorker *worker, size_t c, size_t row,
                    const CsvField *field, Err *err) {
  const FastColumn *column = &worker->fast->columns[c];
  FastCells *cells = &worker->columns[c];
  if (column->empty) return give_up(worker, err);
  uint32_t before = dict_count(cells->dict);
  uint32_t code = dict_add(cells->dict, field->text, field->len, err);
  if (code == DICT_NONE) return -1;
  /* A header again among the data? The careful path knows. */
  if (code == before && strlen(column->name) == field->len &&
      memcmp(column->name, field->text, field->len) == 0)
    return give_up(worker, err);
  ((uint32_t *)cells->cells)[row] = code;
  return 0;
}

int fast_cells_add(FastWorker *worker, size_t c, size_t row,
                   const CsvField *field, Err *err) {
  FastCells *cells = &worker->columns[c];
  ColumnType type = worker->fast->outline[c].type;
  bool other = false;
  bool missing = type == COLUMN_TEXT
                     ? (field->len == 0 && !field->quoted) ||
                           is_listed(&worker->fast->rules, field)
                     : is_missing(worker, c, field, &other);
  size_t size = column_cell_size(type);
  if (missing && !other) {
    memset((char *)cells->cells + row * size, 0, size);
    set_missing(cells, row);
    return 0;
  }
  if (type == COLUMN_TEXT) {
    /* A text that the careful path takes for missing by other rules. */
    if (csv_column_is_na(worker->fast->columns[c].verdict, field,
                         &worker->fast->rules))
      return give_up(worker, err);
    return add_text(worker, c, row, field, err);
  }
  int status = other ? -1 : read_typed(worker, c, row, field);
  if (status > 0) return fast_end(worker->fast, CSV_ENDED_WIDER, err);
  return status == 0 ? 0 : give_up(worker, err);
}

/* ---- all cells of a plain range ---- */

/* The cells of column c. The last column of lines that end in CRLF is without
   its CR. */
static CsvCells cells_of(const FastWorker *worker, size_t at) {
  CsvCells cells = {worker->buffer, worker->split.seps + at, worker->rows,
                    worker->nrows};
  size_t ncols = worker->fast->sample.ncols;
  if (at + 1 < ncols || (worker->split.flags & CSV_SPLIT_CR) == 0) return cells;
  uint32_t *ends = worker->ends, *rows = ends + 2 * worker->nrows;
  for (size_t row = 0; row < cells.nrows; row++) {
    const uint32_t *sep = cells.seps + cells.rows[row];
    uint32_t end = sep[1];
    if (end > sep[0] + 1 && cells.text[end - 1] == '\r') end--;
    ends[2 * row] = sep[0];
    ends[2 * row + 1] = end;
    rows[row] = (uint32_t)(2 * row);
  }
  cells.seps = ends;
  cells.rows = rows;
  return cells;
}

static CsvField field_at(const CsvCells *cells, size_t row) {
  const uint32_t *sep = cells->seps + cells->rows[row];
  return (CsvField){.text = cells->text + (uint32_t)(sep[0] + 1),
                    .len = sep[1] - sep[0] - 1};
}

static int read_numbers(FastWorker *worker, size_t c, const CsvCells *cells,
                        Err *err) {
  const FastColumn *column = &worker->fast->columns[c];
  FastCells *out = &worker->columns[c];
  int64_t *values = out->cells;
  int scale = worker->fast->outline[c].scale;
  bool quick = !worker->fast->tuning.portable;
  for (size_t at = 0;; at++) {
    at = csv_plain_numbers(cells, at, column->verdict->point, scale, quick,
                           values, out->valid);
    if (at >= cells->nrows) break;
    CsvField field = field_at(cells, at);
    if (fast_cells_add(worker, c, at, &field, err) != 0) return -1;
  }
  /* The quick way only clears bits. */
  for (size_t i = 0; !out->missing && i * 64 < cells->nrows; i++)
    out->missing = out->valid[i] != UINT64_MAX;
  return 0;
}

static inline uint64_t load8(const char *text) {
  uint64_t word;
  memcpy(&word, text, sizeof word);
  return word;
}

/* The key of a text of at most 16 bytes, which is all of it; of a longer one
   both ends. Eight bytes behind the text may be read. */
static inline FastCached key_of(const char *text, size_t len) {
  FastCached key = {.len = (uint32_t)len + 1};
  key.head = load8(text);
  if (len < 8) key.head &= ~(UINT64_MAX << (8 * len));
  else key.tail = load8(text + len - 8);
  return key;
}

/* Both halves of a long product, so that every byte of the key counts. */
static inline FastCached *place_of(FastCached *cache, const FastCached *key) {
  __extension__ typedef unsigned __int128 Wide;
  Wide product = (Wide)(key->head ^ 0x9E3779B97F4A7C15u) *
                 (key->tail ^ 0xD6E8FEB86659FD93u ^ key->len);
  uint64_t hash = (uint64_t)product ^ (uint64_t)(product >> 64);
  return &cache[(hash ^ hash >> 32) & (FAST_CACHE - 1)];
}

static inline bool is_cached(const FastCells *cells, const FastCached *place,
                             const FastCached *key, const char *text,
                             size_t len) {
  if (place->len != key->len || place->head != key->head ||
      place->tail != key->tail)
    return false;
  return len <= 16 ||
         memcmp(dict_text(cells->dict, place->code, NULL), text, len) == 0;
}

static int read_texts(FastWorker *worker, size_t c, const CsvCells *cells,
                      Err *err) {
  FastCells *out = &worker->columns[c];
  uint32_t *codes = out->cells;
  for (size_t row = 0; row < cells->nrows; row++) {
    CsvField field = field_at(cells, row);
    FastCached key = key_of(field.text, field.len);
    FastCached *place = place_of(out->cache, &key);
    if (is_cached(out, place, &key, field.text, field.len)) {
      codes[row] = place->code;
      continue;
    }
    if (fast_cells_add(worker, c, row, &field, err) != 0) return -1;
    bool missing = (out->valid[row / 64] >> (row % 64) & 1) == 0;
    if (missing || field.len >= UINT32_MAX) continue;
    *place = key;
    place->code = codes[row];
  }
  return 0;
}

int fast_cells_read(FastWorker *worker, size_t c, Err *err) {
  CsvCells cells = cells_of(worker, worker->fast->columns[c].at);
  switch (worker->fast->outline[c].type) {
    case COLUMN_INT:
    case COLUMN_DECIMAL: return read_numbers(worker, c, &cells, err);
    case COLUMN_TEXT: return read_texts(worker, c, &cells, err);
    default: break;
  }
  for (size_t row = 0; row < cells.nrows; row++) {
    CsvField field = field_at(&cells, row);
    if (fast_cells_add(worker, c, row, &field, err) != 0) return -1;
  }
  return 0;
}
