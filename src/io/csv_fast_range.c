/* A chunk is a range of the file; its batch are the records that start in it.
   One starts at the first data record, and behind each LF, unless that stands
   in quotes: who reads a chunk with quotes checks that a record ends where the
   next chunk, which knows nothing of quotes, takes one to start. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "io/csv_fast_state.h"

enum { BEHIND = 4096, PAD = 80 }; /* read behind the chunk; room behind all */

static int grow(FastWorker *worker, size_t n, Err *err) {
  size_t need = FAST_LEAD + n + PAD;
  if (need <= worker->buffer_room) return 0;
  char *buffer = mem_resize(worker->buffer, need, 1);
  if (buffer == NULL) return err_memory(err);
  worker->buffer = buffer;
  worker->buffer_room = need;
  return 0;
}

/* Bytes [from, from + n) of the file to `at` in the buffer; fewer is an
   error, since so many there were. */
static int read_bytes(FastWorker *worker, uint64_t from, size_t at, size_t n,
                      Err *err) {
  CsvFast *fast = worker->fast;
  int64_t got = csv_bytes_read(fast->bytes, from, worker->buffer + at, n, err);
  if (got < 0) return fast_end(fast, CSV_ENDED_BADLY, err);
  if ((size_t)got == n) return 0;
  err_set(err, ERR_DATA, "1: the file changed while it was read");
  return fast_end(fast, CSV_ENDED_BADLY, err);
}

/* The number of the line in which byte `place` of the file stands, or the
   first NUL before it. */
static int line_of(const CsvFast *fast, uint64_t place, size_t *line,
                   Err *err) {
  enum { PIECE = 1 << 20 };
  Buf piece = {0};
  const char *nul = NULL;
  int status = buf_reserve(&piece, PIECE, err);
  *line = 1;
  for (uint64_t at = 0; status == 0 && nul == NULL && at < place; at += PIECE) {
    size_t n = place - at < PIECE ? (size_t)(place - at) : PIECE;
    int64_t got = csv_bytes_read(fast->bytes, at, piece.data, n, err);
    if (got <= 0) break;
    nul = memchr(piece.data, 0, (size_t)got);
    size_t len = nul == NULL ? (size_t)got : (size_t)(nul - piece.data);
    for (size_t i = 0; i < len; i++) *line += piece.data[i] == '\n';
  }
  buf_free(&piece);
  return status;
}

static int too_long(CsvFast *fast, uint64_t from, Err *err) {
  size_t line;
  if (line_of(fast, from, &line, err) != 0) return -1;
  err_set(err, ERR_DATA,
          "%zu: no line end within %d MiB: this is not a delimited file", line,
          CSV_RECORD_MOST >> 20);
  return fast_end(fast, CSV_ENDED_BADLY, err);
}

/* The place behind the first LF at or behind `at`, reading on as needed;
 *have is how far the buffer is filled, `base` where it lies in the file. */
static int find_stop(FastWorker *worker, uint64_t base, size_t at, size_t *have,
                     FastRange *out, Err *err) {
  uint64_t len = worker->fast->bytes->len;
  size_t begin = at;
  for (;;) {
    const char *lf = memchr(worker->buffer + at, '\n', *have - at);
    if (lf != NULL) {
      out->stop = (size_t)(lf - worker->buffer) + 1;
      return 0;
    }
    uint64_t next = base + (*have - FAST_LEAD);
    if (next >= len) break;
    if (*have - begin > CSV_RECORD_MOST)
      return too_long(worker->fast, base + (begin - FAST_LEAD), err);
    size_t more = *have - FAST_LEAD; /* twice as much each time */
    if (more > len - next) more = (size_t)(len - next);
    if (grow(worker, *have - FAST_LEAD + more, err) != 0) return -1;
    if (read_bytes(worker, next, *have, more, err) != 0) return -1;
    at = *have;
    *have += more;
  }
  out->stop = *have;
  out->last = true;
  return 0;
}

/* The file may lack its last line end: give it one. */
static void close_line(FastWorker *worker, FastRange *range) {
  if (range->stop == range->start) return;
  if (worker->buffer[range->stop - 1] == '\n') return;
  worker->buffer[range->stop++] = '\n';
}

static int read_range(FastWorker *worker, uint64_t start, FastRange *out,
                      Err *err) {
  CsvFast *fast = worker->fast;
  uint64_t len = fast->bytes->len;
  size_t chunk = fast->tuning.chunk;
  bool exact = fast->in_order || start == fast->data; /* a record starts */
  uint64_t base = exact ? start : start - 1;
  uint64_t end = chunk < len - start ? start + chunk : len;
  size_t behind = chunk < BEHIND ? chunk : BEHIND;
  uint64_t upto = behind < len - end ? end + behind : len;
  size_t have = FAST_LEAD + (size_t)(upto - base);
  *out = (FastRange){FAST_LEAD, FAST_LEAD, false};
  worker->order = start;
  if (grow(worker, (size_t)(upto - base), err) != 0) return -1;
  if (read_bytes(worker, base, FAST_LEAD, (size_t)(upto - base), err) != 0)
    return -1;
  size_t before = FAST_LEAD + (size_t)(end - 1 - base); /* the chunk's last */
  if (!exact) {
    const char *lf =
        memchr(worker->buffer + FAST_LEAD, '\n', before - FAST_LEAD);
    if (lf == NULL) return 0;
    out->start = (size_t)(lf - worker->buffer) + 1;
    out->stop = out->start;
  }
  if (find_stop(worker, base, before, &have, out, err) != 0) return -1;
  if (base + (out->stop - FAST_LEAD) >= len) out->last = true;
  if (out->last) close_line(worker, out);
  return 0;
}

int fast_range_next(FastWorker *worker, FastRange *out, Err *err) {
  CsvFast *fast = worker->fast;
  uint64_t start = worker->at;
  if (!fast->in_order) {
    uint64_t i = __atomic_fetch_add(&fast->next, 1, __ATOMIC_RELAXED);
    uint64_t most = (fast->bytes->len - fast->data) / fast->tuning.chunk;
    if (i > most) return 0;
    start = fast->data + i * fast->tuning.chunk;
  }
  if (start >= fast->bytes->len) return 0;
  if (read_range(worker, start, out, err) != 0) return -1;
  worker->at = start + (out->stop - out->start);
  if (worker->at > fast->bytes->len) worker->at = fast->bytes->len;
  return 1;
}

int fast_range_extend(FastWorker *worker, FastRange *range, Err *err) {
  size_t have = range->stop;
  uint64_t base = worker->order;
  if (range->last || !worker->fast->in_order)
    return fast_end(
        worker->fast,
        worker->fast->in_order ? CSV_ENDED_CAREFUL : CSV_ENDED_STRADDLING, err);
  if (have - range->start > CSV_RECORD_MOST)
    return too_long(worker->fast, base, err);
  uint64_t next = base + (have - FAST_LEAD), len = worker->fast->bytes->len;
  size_t more = have - FAST_LEAD;
  if (more > len - next) more = (size_t)(len - next);
  if (grow(worker, have - FAST_LEAD + more, err) != 0) return -1;
  if (read_bytes(worker, next, have, more, err) != 0) return -1;
  have += more;
  if (find_stop(worker, base, have - 1, &have, range, err) != 0) return -1;
  if (base + (range->stop - FAST_LEAD) >= len) range->last = true;
  if (range->last) close_line(worker, range);
  worker->at = base + (range->stop - range->start);
  if (worker->at > len) worker->at = len;
  return 0;
}

int fast_nul(CsvFast *fast, Err *err) {
  size_t line;
  if (line_of(fast, fast->bytes->len, &line, err) != 0) return -1;
  err_set(err, ERR_DATA, "%zu: this is a binary file, not text (%s)", line,
          "NUL byte");
  return fast_end(fast, CSV_ENDED_BADLY, err);
}
