#include "draw/gnuplot_find.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* In a folder of Debian, gnuplot may be the one with windows, which takes
   longer to start. */
static const char *const names[] = {"gnuplot-nox", "gnuplot"};

bool gnuplot_is_script(const char *program) {
  char start[2] = {0};
  int fd = open(program, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return false;
  ssize_t len = read(fd, start, sizeof start);
  close(fd);
  return len == 2 && start[0] == '#' && start[1] == '!';
}

/* Beside a program outside of /usr lie libraries that the jail does not let it
   read; EVALUA_GNUPLOT can still name a wrapper of it. */
static bool can_run(const char *path) {
  struct stat info;
  if (stat(path, &info) != 0 || !S_ISREG(info.st_mode)) return false;
  if (access(path, X_OK) != 0) return false;
  return strncmp(path, "/usr/", 5) == 0 || strncmp(path, "/bin/", 5) == 0 ||
         gnuplot_is_script(path);
}

/* In one folder of PATH; an empty or relative one is passed over, since whose
   files lie where somebody works is not known. */
static bool find_in(const char *folder, size_t len, char found[PATH_MAX]) {
  if (len == 0 || folder[0] != '/') return false;
  for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
    int n = snprintf(found, PATH_MAX, "%.*s/%s", (int)len, folder, names[i]);
    if (n > 0 && n < PATH_MAX && can_run(found)) return true;
  }
  return false;
}

static int take_named(const char *named, char found[PATH_MAX], Err *err) {
  size_t len = strlen(named);
  if (named[0] != '/' || len >= PATH_MAX || access(named, X_OK) != 0)
    return err_set(err, ERR_CHILD,
                   "EVALUA_GNUPLOT='%s' is not the full path of a program",
                   named);
  memcpy(found, named, len + 1);
  return 0;
}

int gnuplot_find(char found[PATH_MAX], Err *err) {
  const char *named = getenv("EVALUA_GNUPLOT");
  if (named != NULL && named[0] != '\0') return take_named(named, found, err);
  const char *at = getenv("PATH");
  if (at == NULL) at = "/usr/local/bin:/usr/bin:/bin";
  for (;;) {
    size_t len = strcspn(at, ":");
    if (len < PATH_MAX && find_in(at, len, found)) return 0;
    if (at[len] == '\0') break;
    at += len + 1;
  }
  return err_set(err, ERR_CHILD,
                 "gnuplot is not installed: apt-get install gnuplot-nox");
}
