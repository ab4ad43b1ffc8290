#include "io/csv_bytes.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "io/csv_scan.h"
#include "io/encode_guess.h"

static int cannot(const char *what, const char *path, Err *err) {
  return err_set(err, ERR_IO, "cannot %s '%s' (%s)", what, path,
                 strerror(errno));
}

/* May these be the first bytes of text in UTF-16 or UTF-32? */
static bool is_wide(const Buf *own) {
  if (own->len < 2) return false;
  return memcmp(own->data, "\xFF\xFE", 2) == 0 ||
         memcmp(own->data, "\xFE\xFF", 2) == 0 ||
         encode_guess_wide(own->data, own->len & ~(size_t)1) != NULL;
}

/* What no text holds; `checked` bytes were looked at before, `line` is where
   the last line end stands. */
static int refuse_binary(CsvBytes *bytes, size_t checked, size_t *line,
                         Err *err) {
  const Buf *own = &bytes->own;
  size_t fresh = own->len - checked;
  const char *nul = memchr(own->data + checked, 0, fresh);
  if (nul != NULL && !bytes->wide) bytes->wide = is_wide(own);
  if (nul != NULL && !bytes->wide)
    return err_set(err, ERR_DATA, "%zu: this is a binary file, not text (%s)",
                   csv_count_lines(own->data, (size_t)(nul - own->data)) + 1,
                   "NUL byte");
  const char *lf = memrchr(own->data + checked, '\n', fresh);
  if (lf != NULL) *line = (size_t)(lf - own->data);
  if (own->len - *line <= CSV_RECORD_MOST) return 0;
  return err_set(err, ERR_DATA,
                 "%zu: no line end within %d MiB: this is not a delimited file",
                 csv_count_lines(own->data, *line) + 1, CSV_RECORD_MOST >> 20);
}

static int read_all(CsvBytes *bytes, int fd, const char *path, uint64_t most,
                    Err *err) {
  enum { PIECE = 1 << 20 };
  Buf *own = &bytes->own;
  size_t line = 0;
  for (;;) {
    if (buf_reserve(own, PIECE, err) != 0) return -1;
    ssize_t got = read(fd, own->data + own->len, PIECE);
    if (got < 0) return cannot("read", path, err);
    if (got == 0) break;
    size_t checked = own->len;
    own->len += (size_t)got;
    if (refuse_binary(bytes, checked, &line, err) != 0) return -1;
    if (own->len > most)
      return err_set(err, ERR_LIMIT, "'%s' is larger than %zu bytes", path,
                     (size_t)most);
  }
  bytes->memory = own->data;
  bytes->len = own->len;
  return 0;
}

static int look_at(CsvBytes *bytes, int fd, const char *path, uint64_t most,
                   Err *err) {
  struct stat info;
  if (fstat(fd, &info) != 0) return cannot("read", path, err);
  if (!S_ISREG(info.st_mode) || lseek(fd, 0, SEEK_CUR) != 0)
    return read_all(bytes, fd, path, most, err);
  bytes->fd = fd;
  bytes->len = (uint64_t)info.st_size;
  bytes->changed = info.st_mtim;
  return 0;
}

int csv_bytes_open(CsvBytes *bytes, const char *path, const char *encoding,
                   uint64_t most, Err *err) {
  *bytes = (CsvBytes){.fd = -1, .wide = encoding != NULL};
  bool is_stdin = strcmp(path, "-") == 0;
  int fd = is_stdin ? dup(STDIN_FILENO) : open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return cannot("open", path, err);
  const char *name = is_stdin ? "standard input" : path;
  int status = look_at(bytes, fd, name, most, err);
  if (bytes->fd != fd) close(fd);
  return status;
}

void csv_bytes_of(CsvBytes *bytes, const char *memory, uint64_t len) {
  *bytes = (CsvBytes){.fd = -1, .memory = memory, .len = len};
}

void csv_bytes_close(CsvBytes *bytes) {
  if (bytes->fd >= 0) close(bytes->fd);
  buf_free(&bytes->own);
  *bytes = (CsvBytes){.fd = -1};
}

int64_t csv_bytes_read(const CsvBytes *bytes, uint64_t at, char *out, size_t n,
                       Err *err) {
  if (at >= bytes->len) return 0;
  if (n > bytes->len - at) n = (size_t)(bytes->len - at);
  if (bytes->fd < 0) {
    memcpy(out, bytes->memory + at, n);
    return (int64_t)n;
  }
  size_t done = 0;
  while (done < n) {
    ssize_t got = pread(bytes->fd, out + done, n - done, (off_t)(at + done));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0)
      return err_set(err, ERR_IO, "cannot read the file (%s)", strerror(errno));
    if (got == 0) break;
    done += (size_t)got;
  }
  return (int64_t)done;
}

bool csv_bytes_changed(const CsvBytes *bytes) {
  struct stat info;
  if (bytes->fd < 0) return false;
  if (fstat(bytes->fd, &info) != 0) return true;
  return (uint64_t)info.st_size != bytes->len ||
         info.st_mtim.tv_sec != bytes->changed.tv_sec ||
         info.st_mtim.tv_nsec != bytes->changed.tv_nsec;
}
