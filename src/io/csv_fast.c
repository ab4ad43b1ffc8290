/* A worker takes a chunk, splits it, reads the chosen columns of its rows and
   hands them out as a batch. All cells of these columns are read, also where a
   filter would not ask for them: the type of a column is what all its cells
   say. */
#include "io/csv_fast.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "io/csv_fast_state.h"
#include "io/csv_rows.h"

/* Put `ending` where `before` stands. */
static bool change_ending(CsvFast *fast, CsvEnding before, CsvEnding ending) {
  return __atomic_compare_exchange_n(&fast->ending, &before, ending, false,
                                     __ATOMIC_RELAXED, __ATOMIC_RELAXED);
}

int fast_end(CsvFast *fast, CsvEnding ending, Err *err) {
  bool first = change_ending(fast, CSV_ENDED_WELL, ending);
  /* Behind a straddling cell nothing is what it seems. */
  if (!first && ending == CSV_ENDED_STRADDLING &&
      !change_ending(fast, CSV_ENDED_CAREFUL, ending))
    change_ending(fast, CSV_ENDED_WIDER, ending);
  if (ending != CSV_ENDED_BADLY) *err = (Err){.code = ERR_DATA}; /* unread */
  else if (err->code == ERR_DATA) err_at(err, "%s:", fast->name);
  return -1;
}

/* ---- rows ---- */

static int fit_split(FastWorker *worker, size_t len, Err *err) {
  if (len <= worker->split_room) return 0;
  CsvSplit *split = &worker->split;
  free(split->seps);
  free(split->lines);
  free(worker->rows);
  free(worker->ends);
  worker->split_room = 0;
  split->seps = mem_array(len + 66, sizeof *split->seps);
  split->lines = mem_array(len, sizeof *split->lines);
  worker->rows = mem_array(len, sizeof *worker->rows);
  worker->ends = mem_array(len, 3 * sizeof *worker->ends);
  if (!split->seps || !split->lines || !worker->rows || !worker->ends)
    return err_memory(err);
  worker->split_room = len;
  return 0;
}

/* Is line r nothing but blanks? It has one field then. */
static bool is_blank_line(const FastWorker *worker, size_t first) {
  uint32_t start = worker->split.seps[first] + 1;
  uint32_t end = worker->split.seps[first + 1];
  if (end > start && worker->buffer[end - 1] == '\r') end--;
  return csv_cell_is_blank(worker->buffer + start, end - start);
}

/* Rows out of lines that have as many fields as the header. */
static int find_rows(FastWorker *worker, size_t *blank, Err *err) {
  const CsvSplit *split = &worker->split;
  size_t ncols = worker->fast->sample.ncols;
  uint32_t first = 0;
  worker->nrows = 0;
  for (size_t r = 0; r < split->nlines; r++) {
    uint32_t next = split->lines[r];
    if (next - first == ncols) worker->rows[worker->nrows++] = first;
    else if (next - first == 1 && is_blank_line(worker, first)) ++*blank;
    else return fast_end(worker->fast, CSV_ENDED_CAREFUL, err);
    first = next;
  }
  return 0;
}

static int read_plain(FastWorker *worker, size_t *blank, Err *err) {
  if (find_rows(worker, blank, err) != 0) return -1;
  if (fast_cells_start(worker, worker->nrows, err) != 0) return -1;
  for (size_t c = 0; c < worker->fast->source.ncols; c++)
    if (fast_cells_read(worker, c, err) != 0) return -1;
  return 0;
}

/* ---- a range with quotes, by the careful tokenizer ---- */

static int add_record(FastWorker *worker, size_t *blank, Err *err) {
  const CsvFast *fast = worker->fast;
  const CsvScan *scan = &worker->scan;
  if (csv_record_is_blank(scan)) {
    ++*blank;
    return 0;
  }
  if (scan->nfields != fast->sample.ncols)
    return fast_end(worker->fast, CSV_ENDED_CAREFUL, err);
  for (size_t c = 0; c < fast->source.ncols; c++)
    if (fast_cells_add(worker, c, worker->nrows,
                       &scan->fields[fast->columns[c].at], err) != 0)
      return -1;
  worker->nrows++;
  return 0;
}

/* All records of the range: 1, 0 when the last one does not end in it, -1. */
static int read_records(FastWorker *worker, const FastRange *range,
                        size_t *blank, Err *err) {
  Err unread;
  const char *text = worker->buffer;
  csv_scan_open(&worker->scan, text + range->start, text + range->stop,
                worker->fast->sample.sniff.delimiter, 1);
  worker->nrows = 0;
  int got, status = fast_cells_start(worker, worker->split.nlines, err);
  while (status == 0) {
    got = csv_scan_next(&worker->scan, &unread);
    if (got != 1) break;
    status = add_record(worker, blank, err);
  }
  csv_scan_close(&worker->scan);
  if (status != 0) return -1;
  return got == 0 ? 1 : 0;
}

static int read_careful(FastWorker *worker, FastRange *range, size_t *blank,
                        Err *err) {
  size_t ncols = worker->fast->source.ncols;
  for (size_t c = 0; c < ncols; c++)
    worker->columns[c].before = worker->columns[c].dashes;
  for (;;) {
    *blank = 0;
    int got = read_records(worker, range, blank, err);
    if (got != 0) return got < 0 ? -1 : 0;
    for (size_t c = 0; c < ncols; c++) /* this attempt came to nothing */
      worker->columns[c].dashes = worker->columns[c].before;
    if (fast_range_extend(worker, range, err) != 0) return -1;
    size_t len = range->stop - range->start;
    if (fit_split(worker, len, err) != 0) return -1;
    csv_split(worker->buffer, range->start, len,
              worker->fast->sample.sniff.delimiter,
              !worker->fast->tuning.portable, &worker->split);
  }
}

/* ---- the worker ---- */

static int read_range(FastWorker *worker, FastRange *range, Err *err) {
  CsvFast *fast = worker->fast;
  size_t len = range->stop - range->start, blank = 0;
  if (fit_split(worker, len, err) != 0) return -1;
  CsvSplit *split = &worker->split;
  csv_split(worker->buffer, range->start, len, fast->sample.sniff.delimiter,
            !fast->tuning.portable, split);
  if ((split->flags & CSV_SPLIT_NUL) && fast->options->encoding == NULL)
    return fast_nul(fast, err);
  if (split->flags & (CSV_SPLIT_NUL | CSV_SPLIT_LONE_CR))
    return fast_end(fast, CSV_ENDED_CAREFUL, err);
  int status = split->flags & CSV_SPLIT_QUOTE
                   ? read_careful(worker, range, &blank, err)
                   : read_plain(worker, &blank, err);
  if (status != 0) return -1;
  if (split->flags & CSV_SPLIT_WIDE) {
    __atomic_store_n(&fast->wide, true, __ATOMIC_RELAXED);
    if (!csv_split_is_utf8(worker->buffer + range->start,
                           range->stop - range->start))
      return fast_end(fast, CSV_ENDED_CAREFUL, err);
  }
  __atomic_fetch_add(&fast->rows, worker->nrows, __ATOMIC_RELAXED);
  __atomic_fetch_add(&fast->blank, blank, __ATOMIC_RELAXED);
  __atomic_fetch_add(&fast->lines, split->nlines, __ATOMIC_RELAXED);
  return 0;
}

static int worker_next(void *data, size_t *nrows, uint64_t *order, Err *err) {
  FastWorker *worker = data;
  FastRange range;
  for (;;) {
    int got = fast_range_next(worker, &range, err);
    if (got != 1) return got;
    if (range.start == range.stop) continue;
    if (read_range(worker, &range, err) != 0) return -1;
    if (worker->nrows == 0) continue;
    *nrows = worker->nrows;
    *order = worker->order;
    return 1;
  }
}

static int worker_get(void *data, size_t c, BatchVector *out, Err *err) {
  (void)err;
  const FastWorker *worker = data;
  const FastCells *cells = &worker->columns[c];
  *out = (BatchVector){.data = cells->cells, .dict = cells->dict};
  if (cells->missing) out->valid = cells->valid;
  if (cells->dict != NULL) out->ncodes = dict_count(cells->dict);
  return 0;
}

static void worker_close(void *data) {
  FastWorker *worker = data;
  if (worker == NULL) return;
  CsvFast *fast = worker->fast;
  for (size_t c = 0; worker->columns != NULL && c < fast->source.ncols; c++) {
    FastCells *cells = &worker->columns[c];
    fast->dashes[c] += cells->dashes;
    free(cells->cells);
    free(cells->valid);
    free(cells->cache);
    dict_unref(cells->dict);
  }
  free(worker->columns);
  free(worker->buffer);
  free(worker->split.seps);
  free(worker->split.lines);
  free(worker->rows);
  free(worker->ends);
  free(worker);
  fast->nopen--;
}

static int open_columns(FastWorker *worker, Err *err) {
  const BatchSource *source = &worker->fast->source;
  worker->columns = mem_array(source->ncols, sizeof *worker->columns);
  if (worker->columns == NULL) return err_memory(err);
  for (size_t c = 0; c < source->ncols; c++) {
    FastCells *cells = &worker->columns[c];
    if (source->columns[c].type != COLUMN_TEXT) continue;
    cells->dict = dict_new(err);
    if (cells->dict == NULL) return -1;
    cells->cache = mem_array(FAST_CACHE, sizeof *cells->cache);
    if (cells->cache == NULL) return err_memory(err);
  }
  return 0;
}

static void *worker_open(void *state, Err *err) {
  CsvFast *fast = state;
  FastWorker *worker = mem_array(1, sizeof *worker);
  if (worker == NULL) return err_memory(err), NULL;
  if (fast->nopen++ == 0) {
    fast->next = fast->rows = fast->blank = fast->lines = 0;
    fast->ending = CSV_ENDED_WELL;
    fast->wide = false;
    memset(fast->dashes, 0, fast->source.ncols * sizeof *fast->dashes);
  }
  worker->fast = fast;
  worker->at = fast->data;
  if (open_columns(worker, err) == 0) return worker;
  worker_close(worker);
  return NULL;
}

/* ---- what is chosen ---- */

void csv_fast_in_order(CsvFast *fast) { fast->in_order = true; }

void csv_fast_widen(CsvFast *fast) {
  for (size_t i = 0; i < fast->source.ncols; i++) {
    FastColumn *column = &fast->columns[i];
    if (column->wider <= fast->outline[i].scale) continue;
    CsvColumn *verdict = &fast->sample.columns[column->at];
    verdict->type = fast->outline[i].type = COLUMN_DECIMAL;
    verdict->scale = fast->outline[i].scale = column->wider;
    verdict->half_why = CSV_WHY_TEXT; /* such a point is no thousands mark */
  }
}

const BatchSource *csv_fast_source(CsvFast *fast) { return &fast->source; }

CsvEnding csv_fast_ending(const CsvFast *fast) { return fast->ending; }

/* May further cells be read without asking what they say of the type? */
static bool is_number_plain(const CsvFast *fast, const CsvColumn *verdict) {
  if (verdict->years || verdict->unit != UNIT_NONE || verdict->cells == 0 ||
      verdict->has_exponent || verdict->ambiguous.line > 0 ||
      verdict->own_marks || verdict->in_yuan || verdict->zeros > 0)
    return false;
  if (verdict->half_why > CSV_WHY_TEXT) return false;
  /* Of decimals the mark must be known. */
  return verdict->scale == 0 || verdict->half_why == CSV_WHY_TEXT ||
         fast->rules.point != 0;
}

static bool is_plain(const CsvFast *fast, const CsvColumn *verdict) {
  if (verdict->why == CSV_WHY_EMPTY) return false;
  if (verdict->words > 0 && verdict->type != COLUMN_TEXT) return false;
  if (verdict->bad.line > fast->head_lines) return false; /* which line? */
  bool unproved = verdict->half_why > CSV_WHY_TEXT &&
                  verdict->why == verdict->half_why &&
                  verdict->bad.line == verdict->other.line;
  switch (verdict->type) {
    case COLUMN_TEXT: return !unproved;
    case COLUMN_REAL: return false;
    case COLUMN_INT:
    case COLUMN_DECIMAL:
      return verdict->empty_texts == 0 && is_number_plain(fast, verdict);
    default: return verdict->empty_texts == 0 && verdict->cells > 0;
  }
}

int csv_fast_choose(CsvFast *fast, const size_t *columns, size_t n, Err *err) {
  free(fast->columns);
  free(fast->outline);
  free(fast->dashes);
  fast->columns = mem_array(n, sizeof *fast->columns);
  fast->outline = mem_array(n, sizeof *fast->outline);
  fast->dashes = mem_array(n, sizeof *fast->dashes);
  fast->source = (BatchSource){.state = fast,
                               .ncols = n,
                               .columns = fast->outline,
                               .open = worker_open,
                               .next = worker_next,
                               .get = worker_get,
                               .close = worker_close};
  if (!fast->columns || !fast->outline || !fast->dashes) return err_memory(err);
  err->code = ERR_NONE;
  for (size_t i = 0; i < n; i++) {
    const CsvColumn *verdict = &fast->sample.columns[columns[i]];
    if (!is_plain(fast, verdict)) return -1;
    bool open = verdict->open != 0 && !verdict->want.given;
    fast->columns[i] =
        (FastColumn){columns[i], verdict, fast->sample.names[columns[i]],
                     verdict->type == COLUMN_TEXT && open, 0};
    fast->outline[i] =
        (BatchColumn){fast->sample.names[columns[i]], verdict->type,
                      verdict->scale, verdict->period};
  }
  return 0;
}
