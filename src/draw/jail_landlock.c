/* Files: Landlock (Linux 5.13), which needs no privilege. A right that the
   kernel does not know is left out, so what is confined grows with it. The
   structure and the newer bits are written out, since the headers of Debian
   12 are older than its kernels may be. A file in memory that is a descriptor
   already may be opened through /proc: it lies in no folder. */
#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "draw/jail.h"

/* linux/landlock.h as of Linux 6.12 (interface version 6). */
enum {
  EXECUTE = 1 << 0,
  READ_FILE = 1 << 2,
  READ_DIR = 1 << 3,
  READ = READ_FILE | READ_DIR
};
enum { CREATE_VERSION = 1, RULE_PATH_BENEATH = 1 };

typedef struct Ruleset {
  uint64_t files;
  uint64_t network; /* from version 4: bind and connect of TCP */
  uint64_t scoped;  /* from version 6: abstract sockets, signals */
} Ruleset;

typedef struct __attribute__((packed)) PathRule {
  uint64_t allowed;
  int32_t parent_fd;
} PathRule;

static const char *const readable[] = {
    "/usr/share",     "/usr/lib",   "/usr/local/share",
    "/usr/local/lib", "/lib",       "/lib64",
    "/etc/fonts",     "/etc/pango", "/etc/ld.so.cache",
    "/etc/gnuplot",   "/dev/null",  "/var/cache/fontconfig"};

/* The dynamic loader is executed too, on a program's behalf. */
static const char *const loaders[] = {"/lib64/ld-linux-x86-64.so.2",
                                      "/lib/ld-linux-aarch64.so.1"};

static int version(void) {
#ifdef SYS_landlock_create_ruleset
  long found = syscall(SYS_landlock_create_ruleset, NULL, 0, CREATE_VERSION);
  return found > 0 ? (int)found : 0;
#else
  return 0;
#endif
}

#ifdef SYS_landlock_create_ruleset

/* A path that is not there needs no rule. */
static int allow(int rules, const char *path, uint64_t rights, uint64_t known) {
  int fd = open(path, O_PATH | O_CLOEXEC);
  if (fd < 0) return errno == ENOENT || errno == EACCES ? 0 : -1;
  PathRule rule = {rights & known, fd};
  long status =
      syscall(SYS_landlock_add_rule, rules, RULE_PATH_BENEATH, &rule, 0);
  int reason = errno;
  close(fd);
  errno = reason;
  return (int)status;
}

static uint64_t known_rights(int abi) {
  int bits = abi >= 5 ? 16 : abi >= 3 ? 15 : abi >= 2 ? 14 : 13;
  return ((uint64_t)1 << bits) - 1;
}

static int add_rules(int rules, const char *program, uint64_t known) {
  /* a right on a plain file may hold only what a file has */
  for (size_t i = 0; i < sizeof readable / sizeof readable[0]; i++) {
    if (allow(rules, readable[i], READ, known) == 0) continue;
    if (allow(rules, readable[i], READ_FILE, known) != 0) return -1;
  }
  for (size_t i = 0; i < sizeof loaders / sizeof loaders[0]; i++)
    if (allow(rules, loaders[i], EXECUTE | READ_FILE, known) != 0) return -1;
  return allow(rules, program, EXECUTE | READ_FILE, known);
}

int jail_landlock(const char *program) {
  int abi = version();
  if (abi == 0) return 0;
  uint64_t known = known_rights(abi);
  Ruleset ruleset = {known, abi >= 4 ? 3 : 0, abi >= 6 ? 3 : 0};
  size_t size = abi >= 6   ? sizeof ruleset
                : abi >= 4 ? offsetof(Ruleset, scoped)
                           : offsetof(Ruleset, network);
  long rules = syscall(SYS_landlock_create_ruleset, &ruleset, size, 0);
  if (rules < 0) return -1;
  int status = add_rules((int)rules, program, known);
  if (status == 0)
    status = (int)syscall(SYS_landlock_restrict_self, (int)rules, 0);
  int reason = errno;
  close((int)rules);
  errno = reason;
  return status;
}

#else

int jail_landlock(const char *program) {
  (void)program;
  return 0;
}

#endif

JailSupport jail_support(void) {
#if defined(__x86_64__) || defined(__aarch64__)
  return (JailSupport){version(), true};
#else
  return (JailSupport){version(), false};
#endif
}
