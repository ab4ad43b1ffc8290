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

static int too_long(size_t line, Err *err) {
  return err_set(err, ERR_DATA,
                 "%zu: no line end within %d MiB: this is not a delimited file",
                 line, CSV_RECORD_MOST >> 20);
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
  return too_long(csv_count_lines(own->data, *line) + 1, err);
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

/* Where the last line end is, or NULL. */
static const char *last_end(const char *text, size_t len) {
  const char *lf = memrchr(text, '\n', len);
  return lf != NULL ? lf : memrchr(text, '\r', len);
}

static const char *first_end(const char *text, size_t len) {
  const char *lf = memchr(text, '\n', len);
  return lf != NULL ? lf : memchr(text, '\r', len);
}

int csv_bytes_check_lines(const CsvBytes *bytes, size_t most, Err *err) {
  enum { PIECE = 1 << 20 };
  Buf piece = {0};
  uint64_t start = 0; /* of the line at hand */
  size_t line = 1;
  bool cr = false; /* the piece before ended with CR */
  int status = buf_reserve(&piece, PIECE, err);
  for (uint64_t at = 0; status == 0 && line <= most; at += PIECE) {
    int64_t got = csv_bytes_read(bytes, at, piece.data, PIECE, err);
    if (got < 0) status = -1;
    if (got <= 0) break;
    const char *end = first_end(piece.data, (size_t)got);
    uint64_t upto = at + (size_t)(end == NULL ? got : end - piece.data);
    if (upto - start > CSV_RECORD_MOST) status = too_long(line, err);
    if (end == NULL) {
      cr = false;
      continue;
    }
    line += csv_count_lines(piece.data, (size_t)got);
    if (cr && piece.data[0] == '\n') line--; /* the other half of CRLF */
    cr = piece.data[got - 1] == '\r';
    end = last_end(piece.data, (size_t)got);
    start = at + (size_t)(end - piece.data);
  }
  buf_free(&piece);
  return status;
}

bool csv_bytes_changed(const CsvBytes *bytes) {
  struct stat info;
  if (bytes->fd < 0) return false;
  if (fstat(bytes->fd, &info) != 0) return true;
  return (uint64_t)info.st_size != bytes->len ||
         info.st_mtim.tv_sec != bytes->changed.tv_sec ||
         info.st_mtim.tv_nsec != bytes->changed.tv_nsec;
}
