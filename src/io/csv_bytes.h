/* csv_bytes: a file as bytes at places, without mapping it: what is cut off
   under a mapping kills the process, a read only comes back short. */
#ifndef CSV_BYTES_H
#define CSV_BYTES_H

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

#include "base/buf.h"

enum {
  /* No record is longer; a file without a line end for so long is none. */
  CSV_RECORD_MOST = 64 << 20
};

typedef struct CsvBytes {
  int fd;                  /* a regular file; -1: the bytes are in memory */
  uint64_t len;            /* when it was opened */
  struct timespec changed; /* likewise */
  const char *memory;
  Buf own;   /* what was read from a pipe or a device */
  bool wide; /* NUL bytes in `own` may be halves of characters */
} CsvBytes;

/* Open a path ("-" is standard input). Pipes and devices are read to their
   end, into memory, but for what is no text at all: a NUL byte (unless these
   stand as in UTF-16 or an encoding is named), or CSV_RECORD_MOST bytes without
   a line end (ERR_DATA, "line: ..."). At most `most` bytes (ERR_LIMIT). 0 or
   -1; csv_bytes_close is safe in both cases. */
int csv_bytes_open(CsvBytes *bytes, const char *path, const char *encoding,
                   uint64_t most, Err *err);

/* Bytes that the caller keeps alive. */
void csv_bytes_of(CsvBytes *bytes, const char *memory, uint64_t len);

void csv_bytes_close(CsvBytes *bytes);

/* Copy up to n bytes from `at` on: how many there were (fewer at the end, or
   when the file has become shorter), or -1 with `err` filled. */
int64_t csv_bytes_read(const CsvBytes *bytes, uint64_t at, char *out, size_t n,
                       Err *err);

/* Is there a line end within CSV_RECORD_MOST bytes, for the first `most` lines
   at least? 0, or -1: ERR_DATA, "line: ...". The careful path would take such a
   line into memory as a whole. */
int csv_bytes_check_lines(const CsvBytes *bytes, size_t most, Err *err);

/* Is the file another than when it was opened (its length or time)? */
bool csv_bytes_changed(const CsvBytes *bytes);

#endif
