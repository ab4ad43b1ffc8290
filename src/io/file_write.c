#include "io/file_write.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"

/* All bytes, whatever pieces the kernel takes: 0 or errno. */
static int write_all(int fd, const char *bytes, size_t len) {
  while (len > 0) {
    ssize_t done = write(fd, bytes, len);
    if (done < 0 && errno == EINTR) continue;
    if (done < 0) return errno;
    bytes += done;
    len -= (size_t)done;
  }
  return 0;
}

/* close() reports what the disk refused late (NFS, quotas): 0 or errno. */
static int close_checked(int fd, int status) {
  if (close(fd) == 0 || errno == EINTR) return status;
  return status != 0 ? status : errno;
}

/* ---- written through ---- */

static bool is_special(const char *path) {
  return strncmp(path, "/dev/", 5) == 0 || strncmp(path, "/proc/", 6) == 0;
}

static int write_through(const char *path, const char *bytes, size_t len) {
  int fd =
      open(path, O_WRONLY | O_CREAT | O_TRUNC | O_NOCTTY | O_CLOEXEC, 0666);
  if (fd < 0) return errno;
  return close_checked(fd, write_all(fd, bytes, len));
}

/* A link that leads nowhere: its target is made; not left half-written. */
static int write_dangling(const char *path, const char *bytes, size_t len) {
  int status = write_through(path, bytes, len);
  char *target = status == 0 ? NULL : realpath(path, NULL);
  if (target != NULL) unlink(target);
  free(target);
  return status;
}

/* ---- replaced as a whole ---- */

/* The file that will take the place of another. */
typedef struct NewFile {
  int fd;
  char *directory; /* with its slash; "" is the current one */
  char *name;      /* in that directory; "" while it has none */
  size_t size;     /* room for the name */
} NewFile;

/* DIRECTORY/.evalua-0123456789abcdef */
static void make_name(NewFile *file) {
  uint64_t bits = 0;
  if (getrandom(&bits, sizeof bits, GRND_NONBLOCK) < 0)
    bits = (uint64_t)getpid();
  snprintf(file->name, file->size, "%s.evalua-%016llx", file->directory,
           (unsigned long long)bits);
}

/* Without a name where that works (it takes /proc to name it later), else
   under one: 0 or errno. */
static int open_new(NewFile *file) {
  const char *where = file->directory[0] == '\0' ? "." : file->directory;
  file->name[0] = '\0';
  if (access("/proc/self/fd", X_OK) == 0) {
    file->fd = open(where, O_TMPFILE | O_WRONLY | O_CLOEXEC, 0666);
    if (file->fd >= 0) return 0;
  }
  for (int tries = 0; tries < 10; tries++) {
    make_name(file);
    file->fd = open(file->name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (file->fd >= 0) return 0;
    if (errno != EEXIST) break;
  }
  file->name[0] = '\0';
  return errno;
}

/* rename() works on names only, so a nameless file gets one: 0 or errno. */
static int link_name(NewFile *file) {
  char self[40];
  snprintf(self, sizeof self, "/proc/self/fd/%d", file->fd);
  for (int tries = 0; tries < 10; tries++) {
    make_name(file);
    if (linkat(AT_FDCWD, self, AT_FDCWD, file->name, AT_SYMLINK_FOLLOW) == 0)
      return 0;
    if (errno != EEXIST) break;
  }
  file->name[0] = '\0';
  return errno;
}

/* Owner and mode of the file that was there: 0 or errno. The owner is not
   ours to insist on, and comes first because its change clears mode bits. */
static int copy_mode(int fd, const struct stat *old) {
  if (fchown(fd, old->st_uid, old->st_gid) != 0) errno = 0;
  return fchmod(fd, old->st_mode & 07777) == 0 ? 0 : errno;
}

/* Fill the new file and put it at `path`: 0 or errno. */
static int fill_and_rename(NewFile *file, const char *path,
                           const struct stat *old, const char *bytes,
                           size_t len) {
  int status = write_all(file->fd, bytes, len);
  if (status == 0 && old != NULL) status = copy_mode(file->fd, old);
  if (status == 0 && fsync(file->fd) != 0) status = errno;
  if (status == 0 && file->name[0] == '\0') status = link_name(file);
  status = close_checked(file->fd, status);
  if (status == 0 && rename(file->name, path) != 0) status = errno;
  if (status != 0 && file->name[0] != '\0') unlink(file->name);
  return status;
}

/* `old` is what stands at `path`, NULL for a new name. */
static int replace(const char *path, const struct stat *old, const char *bytes,
                   size_t len) {
  const char *slash = strrchr(path, '/');
  size_t n = slash == NULL ? 0 : (size_t)(slash - path) + 1;
  NewFile file = {.directory = mem_text(path, n), .size = n + 32};
  file.name = mem_array(file.size, 1);
  int status = file.directory && file.name ? open_new(&file) : ENOMEM;
  if (status == 0) status = fill_and_rename(&file, path, old, bytes, len);
  free(file.name);
  free(file.directory);
  return status;
}

/* A regular file, perhaps behind links: 0 or errno. */
static int replace_old(const char *path, const struct stat *old,
                       const char *bytes, size_t len) {
  if (access(path, W_OK) != 0) return errno; /* a read-only file stays */
  char *target = realpath(path, NULL);
  if (target == NULL) return errno;
  int status = replace(target, old, bytes, len);
  free(target);
  return status;
}

static bool is_link(const char *path) {
  struct stat info;
  return lstat(path, &info) == 0 && S_ISLNK(info.st_mode);
}

static int write_path(const char *path, const char *bytes, size_t len) {
  struct stat info;
  if (stat(path, &info) == 0) {
    if (S_ISDIR(info.st_mode)) return EISDIR;
    bool whole = S_ISREG(info.st_mode) && !is_special(path);
    return whole ? replace_old(path, &info, bytes, len)
                 : write_through(path, bytes, len);
  }
  if (errno != ENOENT) return errno;
  if (is_link(path)) return write_dangling(path, bytes, len);
  size_t n = strlen(path);
  if (n > 0 && path[n - 1] == '/') return EISDIR;
  return replace(path, NULL, bytes, len);
}

int file_write(const char *path, const char *bytes, size_t len, Err *err) {
  int status = write_path(path, bytes, len);
  if (status == 0) return 0;
  return err_set(err, ERR_IO, "cannot write '%s' (%s)", path, strerror(status));
}
