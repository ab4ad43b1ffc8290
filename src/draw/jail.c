/* The limits are generous for a drawing (a chart takes 0.2 s and 60 MB) and
   deadly for a bomb, on a machine that is much slower, too. RLIMIT_NPROC is
   left alone: Pango starts a thread. */
#include "draw/jail.h"

#include <errno.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

static const struct {
  int resource;
  rlim_t most;  /* soft limit */
  rlim_t grace; /* above it until the hard one: SIGXCPU before SIGKILL */
} limits[] = {
    {RLIMIT_CPU, 60, 1},                 /* seconds */
    {RLIMIT_AS, (rlim_t)2048 << 20, 0},  /* bytes of address space */
    {RLIMIT_FSIZE, (rlim_t)64 << 20, 0}, /* bytes of one file */
    {RLIMIT_NOFILE, 128, 0},
    {RLIMIT_CORE, 0, 0},
};

static rlim_t least(rlim_t a, rlim_t b) { return a < b ? a : b; }

/* A lower limit that is already there stays. */
static int lower(int resource, rlim_t most, rlim_t grace) {
  struct rlimit limit;
  if (getrlimit(resource, &limit) != 0) return -1;
  limit.rlim_max = least(limit.rlim_max, most + grace);
  limit.rlim_cur = least(limit.rlim_cur, least(most, limit.rlim_max));
  return setrlimit(resource, &limit);
}

int jail_enter(int parent, const char *program) {
  for (size_t i = 0; i < sizeof limits / sizeof limits[0]; i++)
    if (lower(limits[i].resource, limits[i].most, limits[i].grace) != 0)
      return -1;
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return -1;
  if (prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) != 0) return -1;
  if (getppid() != parent) { /* it died before the line above */
    errno = ESRCH;
    return -1;
  }
  if (program == NULL) return 0;
  return jail_landlock(program) == 0 && jail_seccomp() == 0 ? 0 : -1;
}
