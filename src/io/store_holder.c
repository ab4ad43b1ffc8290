/* The kernel lists all locks by inode in /proc/locks. Asking by fcntl would
   need a descriptor of the file, and closing it would drop the locks that
   SQLite holds in this process.

   A writer has the byte 120 of the -shm file in WAL mode (sqlite.org/walformat,
   2.3.1), else bytes of the database itself (sqlite.org/src, os.h: PENDING_BYTE
   and on); a lock for writing on any of the latter is a writer's. */
#include "io/store_holder.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "base/mem.h"

/* What is known of a lock: the words of "1: POSIX ADVISORY WRITE 123
   fe:00:4567 120 120". */
enum { ACCESS = 3, PROCESS, FILE_ID, FROM, NWORDS };

/* The file as such a line names it; empty where there is none. */
static void print_id(const char *path, const char *suffix, char *out,
                     size_t size) {
  struct stat info;
  size_t len = strlen(path);
  char *full = mem_array(len + strlen(suffix) + 1, 1);
  out[0] = '\0';
  if (full == NULL) return;
  memcpy(full, path, len);
  memcpy(full + len, suffix, strlen(suffix) + 1);
  if (stat(full, &info) == 0)
    snprintf(out, size, "%02x:%02x:%llu", major(info.st_dev),
             minor(info.st_dev), (unsigned long long)info.st_ino);
  free(full);
}

/* Whether it has all the words; one who waits has "->" before the second. */
static bool split(char *line, char **words) {
  char *rest = NULL;
  size_t n = 0;
  for (char *at = strtok_r(line, " \n", &rest); at != NULL && n < NWORDS;
       at = strtok_r(NULL, " \n", &rest))
    words[n++] = at;
  return n == NWORDS && strcmp(words[1], "->") != 0;
}

static bool is_writer(char *const *words, const char *database,
                      const char *shared) {
  char own[24];
  snprintf(own, sizeof own, "%ld", (long)getpid());
  if (strcmp(words[ACCESS], "WRITE") != 0 || strcmp(words[PROCESS], own) == 0)
    return false;
  return strcmp(words[FILE_ID], database) == 0 ||
         (strcmp(words[FILE_ID], shared) == 0 &&
          strcmp(words[FROM], "120") == 0);
}

static void name_process(const char *pid, StoreHolder *out) {
  char path[48];
  snprintf(out->pid, sizeof out->pid, "%s", pid);
  snprintf(path, sizeof path, "/proc/%s/comm", out->pid);
  FILE *file = fopen(path, "r");
  if (file == NULL || fgets(out->name, (int)sizeof out->name, file) == NULL)
    snprintf(out->name, sizeof out->name, "?");
  if (file != NULL) fclose(file);
  out->name[strcspn(out->name, "\n")] = '\0';
  for (char *at = out->name; *at != '\0'; at++)
    if (*at < 0x20 || *at > 0x7E) *at = '?';
}

bool store_holder_find(const char *path, StoreHolder *out) {
  char database[64], shared[64], line[256], *words[NWORDS];
  print_id(path, "", database, sizeof database);
  print_id(path, "-shm", shared, sizeof shared);
  FILE *locks = fopen("/proc/locks", "r");
  if (locks == NULL) return false;
  bool found = false;
  while (!found && fgets(line, sizeof line, locks) != NULL)
    found = split(line, words) && is_writer(words, database, shared);
  fclose(locks);
  if (found) name_process(words[PROCESS], out);
  return found;
}
