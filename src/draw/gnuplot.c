/* The script goes through a file, because gnuplot reads stdin byte by byte;
   script and pictures are files in memory that gnuplot opens by their
   descriptors: no name of a user reaches it, nothing is left behind even by
   kill -9, and a confined gnuplot may write nothing else. Its first file is the
   gate, which ends when the script is there. Where writing fails gnuplot writes
   less and exits with 0: only a picture with its right beginning and end is
   believed. */
#include "draw/gnuplot.h"

#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "draw/child.h"
#include "draw/gnuplot_find.h"

enum { MOST_PICTURE = 64 << 20, MOST_OUTPUT = 16 << 10 };

/* By the numbers of child.h: the gate, the script, then the pictures. */
#define GATE GNUPLOT_FOLDER "4"
#define SCRIPT GNUPLOT_FOLDER "5"
_Static_assert(CHILD_GATE == 4 && CHILD_FILE == 5, "the numbers in the names");
_Static_assert((int)GNUPLOT_OUTPUT == (int)CHILD_FILE + 1,
               "pictures follow the script");
_Static_assert((int)GNUPLOT_PICTURES < (int)CHILD_FILES,
               "and there is room for them");

struct Gnuplot {
  ChildRun *run;
  size_t n;                        /* pictures */
  int files[GNUPLOT_PICTURES + 1]; /* the script and they; -1: not open */
};

/* How a whole picture begins, and what its last bytes hold. */
static const struct {
  const char *name, *head, *tail;
  size_t head_len, tail_len;
} formats[] = {
    [GNUPLOT_SVG] = {"svg", "<?xml", "</svg>", 5, 6},
    [GNUPLOT_PNG] = {"png", "\x89PNG\r\n\x1a\n", "IEND\xae\x42\x60\x82", 8, 8},
    [GNUPLOT_PDF] = {"pdf", "%PDF-", "%%EOF", 5, 5},
};

/* ---- files in memory ---- */

static int write_script(int fd, const char *script, size_t len, Err *err) {
  while (len > 0) {
    ssize_t done = write(fd, script, len);
    if (done < 0 && errno == EINTR) continue;
    if (done < 0)
      return err_set(err, ERR_IO, "cannot hand a script to gnuplot (%s)",
                     strerror(errno));
    script += done;
    len -= (size_t)done;
  }
  return 0;
}

static bool is_whole(const char *bytes, size_t len, GnuplotFormat format) {
  size_t head_len = formats[format].head_len;
  if (len < head_len || memcmp(bytes, formats[format].head, head_len) != 0)
    return false;
  size_t tail_len = formats[format].tail_len;
  while (len > 0 && (bytes[len - 1] == '\n' || bytes[len - 1] == '\r')) len--;
  return len >= head_len + tail_len &&
         memcmp(bytes + len - tail_len, formats[format].tail, tail_len) == 0;
}

static int take_picture(const char *bytes, size_t len, GnuplotFormat format,
                        Buf *picture, Err *err) {
  if (is_whole(bytes, len, format)) return buf_add(picture, bytes, len, err);
  return err_set(err, ERR_CHILD,
                 "gnuplot left a broken %s of %zu bytes (memory full?)",
                 formats[format].name, len);
}

static int read_picture(int fd, GnuplotFormat format, Buf *picture, Err *err) {
  struct stat info;
  if (fstat(fd, &info) != 0 || info.st_size <= 0 || info.st_size > MOST_PICTURE)
    return err_set(err, ERR_CHILD, "gnuplot drew nothing");
  size_t len = (size_t)info.st_size;
  char *bytes = mmap(NULL, len, PROT_READ, MAP_PRIVATE, fd, 0);
  if (bytes == MAP_FAILED) return err_memory(err);
  int result = take_picture(bytes, len, format, picture, err);
  munmap(bytes, len);
  return result;
}

/* ---- */

static int open_files(Gnuplot *gnuplot, Err *err) {
  for (size_t i = 0; i <= gnuplot->n; i++) {
    gnuplot->files[i] = memfd_create("evalua-chart", MFD_CLOEXEC);
    if (gnuplot->files[i] < 0)
      return err_set(err, ERR_IO, "cannot make a file in memory (%s)",
                     strerror(errno));
  }
  return 0;
}

static ChildRun *start(const char *program, const Gnuplot *gnuplot, Err *err) {
  const char *const argv[] = {"gnuplot", "-d", GATE, SCRIPT, NULL};
  Child child = {program, argv, gnuplot->files, gnuplot->n + 1,
                 .confined = !gnuplot_is_script(program)};
  return child_start(&child, err);
}

Gnuplot *gnuplot_start(size_t n, Err *err) {
  char program[PATH_MAX];
  if (gnuplot_find(program, err) != 0) return NULL;
  Gnuplot *gnuplot = mem_array(1, sizeof *gnuplot);
  if (gnuplot == NULL) {
    err_memory(err);
    return NULL;
  }
  gnuplot->n = n;
  for (size_t i = 0; i <= n; i++) gnuplot->files[i] = -1;
  if (open_files(gnuplot, err) == 0)
    gnuplot->run = start(program, gnuplot, err);
  if (gnuplot->run != NULL) return gnuplot;
  gnuplot_free(gnuplot);
  return NULL;
}

int gnuplot_draw(Gnuplot *gnuplot, const char *script, size_t len,
                 const GnuplotFormat *wanted, int deadline_ms, Buf *pictures,
                 Err *err) {
  Buf output = {0};
  int result = write_script(gnuplot->files[0], script, len, err);
  if (result == 0)
    result = child_end(gnuplot->run, deadline_ms, MOST_OUTPUT, &output, err);
  for (size_t i = 0; result == 0 && i < gnuplot->n; i++)
    result = read_picture(gnuplot->files[i + 1], wanted[i], &pictures[i], err);
  buf_free(&output);
  return result;
}

void gnuplot_free(Gnuplot *gnuplot) {
  if (gnuplot == NULL) return;
  child_free(gnuplot->run);
  for (size_t i = 0; i <= gnuplot->n; i++)
    if (gnuplot->files[i] >= 0) close(gnuplot->files[i]);
  free(gnuplot);
}

int gnuplot_version(Buf *version, Err *err) {
  char program[PATH_MAX];
  if (gnuplot_find(program, err) != 0) return -1;
  const char *const argv[] = {"gnuplot", "--version", NULL};
  Child child = {program, argv, NULL, 0, .confined = false};
  ChildRun *run = child_start(&child, err);
  int result = run ? child_end(run, 5000, 200, version, err) : -1;
  child_free(run);
  while (version->len > 0 && version->data[version->len - 1] <= ' ')
    version->len--;
  return result;
}
