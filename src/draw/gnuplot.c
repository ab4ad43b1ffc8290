/* The script goes through a file, because gnuplot reads stdin byte by byte;
   the picture comes back through a file of a fixed name, so no name of a
   user reaches gnuplot. A full disk makes gnuplot write less and exit with
   0: only a picture with its right beginning and end is believed. */
#include "draw/gnuplot.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "draw/child.h"

enum { MOST_PICTURE = 64 << 20, MOST_OUTPUT = 16 << 10, DIR_SIZE = 512 };

#define SCRIPT_NAME "chart.gp"

static const char *const programs[] = {
    "/usr/bin/gnuplot-nox", "/usr/bin/gnuplot-qt", "/usr/bin/gnuplot",
    "/usr/local/bin/gnuplot"};

/* How a whole picture begins, and what its last bytes hold. */
static const struct {
  const char *name, *head, *tail;
  size_t head_len, tail_len;
} formats[] = {
    [GNUPLOT_SVG] = {"svg", "<?xml", "</svg>", 5, 6},
    [GNUPLOT_PNG] = {"png", "\x89PNG\r\n\x1a\n", "IEND\xae\x42\x60\x82", 8, 8},
    [GNUPLOT_PDF] = {"pdf", "%PDF-", "%%EOF", 5, 5},
};

/* ---- the program ---- */

static const char *find_program(Err *err) {
  const char *named = getenv("EVALUA_GNUPLOT");
  if (named != NULL && named[0] != '\0') {
    if (named[0] == '/' && access(named, X_OK) == 0) return named;
    err_set(err, ERR_CHILD,
            "EVALUA_GNUPLOT='%s' is not the full path of a program", named);
    return NULL;
  }
  for (size_t i = 0; i < sizeof programs / sizeof programs[0]; i++)
    if (access(programs[i], X_OK) == 0) return programs[i];
  err_set(err, ERR_CHILD,
          "gnuplot is not installed: apt-get install gnuplot-nox");
  return NULL;
}

/* A wrapper that a user names has other programs to run, so only the limits
   hold it. */
static bool is_script(const char *program) {
  char start[2] = {0};
  int fd = open(program, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return false;
  ssize_t len = read(fd, start, sizeof start);
  close(fd);
  return len == 2 && start[0] == '#' && start[1] == '!';
}

/* ---- the private folder ---- */

static int make_dir(char *dir, Err *err) {
  const char *base = getenv("TMPDIR");
  if (base == NULL || base[0] != '/') base = "/tmp";
  int len = snprintf(dir, DIR_SIZE, "%s/evalua-chart-XXXXXX", base);
  if (len < 0 || len >= DIR_SIZE)
    return err_set(err, ERR_IO, "TMPDIR is too long a path");
  if (mkdtemp(dir) != NULL) return 0; /* mode 0700 */
  return err_set(err, ERR_IO, "cannot make a folder in '%s' (%s)", base,
                 strerror(errno));
}

/* The folder is flat: nothing we run can make another one in it. */
static void remove_dir(const char *dir) {
  DIR *list = opendir(dir);
  if (list != NULL) {
    for (struct dirent *at; (at = readdir(list)) != NULL;)
      if (strcmp(at->d_name, ".") != 0 && strcmp(at->d_name, "..") != 0)
        unlinkat(dirfd(list), at->d_name, 0);
    closedir(list);
  }
  rmdir(dir);
}

static int write_all(int fd, const char *bytes, size_t len) {
  while (len > 0) {
    ssize_t done = write(fd, bytes, len);
    if (done < 0 && errno == EINTR) continue;
    if (done < 0) return -1;
    bytes += done;
    len -= (size_t)done;
  }
  return 0;
}

static int write_script(const char *dir, const char *script, size_t len,
                        Err *err) {
  char path[DIR_SIZE + sizeof SCRIPT_NAME];
  snprintf(path, sizeof path, "%s/%s", dir, SCRIPT_NAME);
  int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  int result = fd < 0 ? -1 : write_all(fd, script, len);
  int reason = errno;
  if (fd >= 0 && close(fd) != 0 && result == 0) {
    result = -1;
    reason = errno;
  }
  if (result == 0) return 0;
  return err_set(err, ERR_IO, "cannot write '%s' (%s)", path, strerror(reason));
}

/* ---- the picture ---- */

static bool is_whole(const char *bytes, size_t len, GnuplotFormat format) {
  size_t head_len = formats[format].head_len;
  if (len < head_len || memcmp(bytes, formats[format].head, head_len) != 0)
    return false;
  size_t tail_len = formats[format].tail_len;
  while (len > 0 && (bytes[len - 1] == '\n' || bytes[len - 1] == '\r')) len--;
  return len >= head_len + tail_len &&
         memcmp(bytes + len - tail_len, formats[format].tail, tail_len) == 0;
}

static void picture_path(const char *dir, size_t i, char *path, size_t size) {
  if (i == 0) snprintf(path, size, "%s/%s", dir, GNUPLOT_OUTPUT);
  else snprintf(path, size, "%s/chart-%zu.out", dir, i + 1);
}

static int read_picture(const char *dir, size_t i, GnuplotFormat format,
                        Buf *picture, Err *err) {
  char path[DIR_SIZE + 32];
  struct stat info;
  Buf bytes = {0};
  int result = -1;
  picture_path(dir, i, path, sizeof path);
  if (lstat(path, &info) != 0 || !S_ISREG(info.st_mode)) {
    err_set(err, ERR_CHILD, "gnuplot drew nothing");
    return -1;
  }
  if (buf_read_file(&bytes, path, MOST_PICTURE, err) != 0) goto done;
  if (!is_whole(bytes.data, bytes.len, format)) {
    err_set(err, ERR_CHILD,
            "gnuplot left a broken %s of %zu bytes (disk "
            "full?)",
            formats[format].name, bytes.len);
    goto done;
  }
  result = buf_add(picture, bytes.data, bytes.len, err);
done:
  buf_free(&bytes);
  return result;
}

/* ---- */

static int draw_in(const char *dir, const char *script, size_t len,
                   int deadline_ms, Err *err) {
  const char *program = find_program(err);
  if (program == NULL) return -1;
  const char *const argv[] = {"gnuplot", "-d", SCRIPT_NAME, NULL};
  Child child = {program,     argv,        dir,
                 deadline_ms, MOST_OUTPUT, .confined = !is_script(program)};
  Buf output = {0};
  int result = write_script(dir, script, len, err);
  if (result == 0) result = child_run(&child, &output, err);
  buf_free(&output);
  return result;
}

int gnuplot_draw(const char *script, size_t len, const GnuplotFormat *wanted,
                 size_t n, int deadline_ms, Buf *pictures, Err *err) {
  char dir[DIR_SIZE];
  ChildHold hold = child_hold(); /* so that ^C leaves no folder behind */
  int result = make_dir(dir, err);
  if (result == 0) {
    result = draw_in(dir, script, len, deadline_ms, err);
    for (size_t i = 0; result == 0 && i < n; i++)
      result = read_picture(dir, i, wanted[i], &pictures[i], err);
    remove_dir(dir);
  }
  child_release(hold);
  return result;
}

int gnuplot_version(Buf *version, Err *err) {
  const char *program = find_program(err);
  if (program == NULL) return -1;
  const char *const argv[] = {"gnuplot", "--version", NULL};
  Child child = {program, argv, "/", 5000, 200, .confined = false};
  ChildHold hold = child_hold();
  int result = child_run(&child, version, err);
  child_release(hold);
  while (version->len > 0 && version->data[version->len - 1] <= ' ')
    version->len--;
  return result;
}
