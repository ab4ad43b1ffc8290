/* fork, a few system calls, exec. Two pipes come back: what the child prints,
   and what went wrong before exec (closed by exec itself); a third one is the
   gate. The parent polls the first pipe and a signalfd and asks with WNOHANG,
   so no SIGCHLD handler is needed and none of the host's is disturbed. */
#include "draw/child.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "draw/jail.h"

enum { ERROR_FD = 3, TICK_MS = 20 };

static const int held[] = {SIGINT, SIGTERM, SIGHUP};
enum { NHELD = sizeof held / sizeof held[0] };

static const char *const environment[] = {
    "PATH=/nonexistent", "HOME=/nonexistent", "LC_ALL=C.UTF-8",
    "LANG=C.UTF-8",      "GDFONTPATH=",       NULL};

/* As its parent sees it. Descriptors that are not open are -1. */
struct ChildRun {
  char *program; /* for messages */
  pid_t pid;     /* 0 once reaped */
  int output;    /* pipe */
  int error;     /* pipe */
  int gate;      /* pipe: the end that we write to, and never do */
  int signal;    /* signalfd */
  int status;    /* of waitpid, once reaped */
};

/* What a run is to do, while it is waited for. */
typedef struct Watch {
  long long end; /* by now_ms */
  size_t most_output;
  Buf *output;
} Watch;

/* ---- signals ---- */

/* Keep SIGINT, SIGTERM and SIGHUP pending in this thread until released. */
typedef struct Hold {
  unsigned char before; /* bits: which of the three were blocked already */
} Hold;

static Hold hold_signals(void) {
  Hold hold = {0};
  sigset_t set, before;
  sigemptyset(&set);
  for (int i = 0; i < NHELD; i++) sigaddset(&set, held[i]);
  if (pthread_sigmask(SIG_BLOCK, &set, &before) != 0) return hold;
  for (int i = 0; i < NHELD; i++)
    if (sigismember(&before, held[i])) hold.before |= (unsigned char)(1 << i);
  return hold;
}

static void release_signals(Hold hold) {
  sigset_t set;
  sigemptyset(&set);
  for (int i = 0; i < NHELD; i++)
    if ((hold.before >> i & 1) == 0) sigaddset(&set, held[i]);
  pthread_sigmask(SIG_UNBLOCK, &set, NULL);
}

/* Readable while one of the held signals is pending; nothing is consumed, so
   the signal still arrives after release_signals. */
static int open_signals(void) {
  sigset_t set;
  sigemptyset(&set);
  for (int i = 0; i < NHELD; i++) sigaddset(&set, held[i]);
  return signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}

/* ---- in the child: system calls only ---- */

/* The pipes between both: reading end, writing end. */
typedef struct Ends {
  int output[2], error[2], gate[2];
} Ends;

static void reset_signals(void) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = SIG_DFL;
  for (int i = 1; i < NSIG; i++) sigaction(i, &action, NULL);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
}

static void close_above(int fd) {
#ifdef SYS_close_range
  if (syscall(SYS_close_range, fd + 1, ~0U, 0) == 0) return;
#endif
  long most = sysconf(_SC_OPEN_MAX);
  if (most < 0 || most > 65536) most = 65536;
  for (int i = fd + 1; i < most; i++) close(i);
}

/* Give the descriptors their places, from 0 on. Any of them may stand in
   another's way, so all go above the last place first. Where the error pipe is
   by now comes out in `error`: the number it is to have may be a file of the
   host's, until all went well. */
static int place_fds(const int *fds, int n, int *error) {
  int high[CHILD_FILE + CHILD_FILES];
  *error = fds[ERROR_FD];
  for (int i = 0; i < n; i++) {
    high[i] = fcntl(fds[i], F_DUPFD, n);
    if (high[i] < 0) return -1;
  }
  *error = high[ERROR_FD];
  for (int i = 0; i < n; i++)
    if (dup2(high[i], i) < 0) return -1;
  *error = ERROR_FD;
  close_above(n - 1);
  return fcntl(ERROR_FD, F_SETFD, FD_CLOEXEC);
}

static _Noreturn void become(const Child *child, const Ends *ends,
                             pid_t parent) {
  int fds[CHILD_FILE + CHILD_FILES] = {open("/dev/null", O_RDONLY),
                                       ends->output[1], ends->output[1],
                                       ends->error[1], ends->gate[0]};
  for (size_t i = 0; i < child->nfiles; i++)
    fds[CHILD_FILE + i] = child->files[i];
  setpgid(0, 0);
  reset_signals();
  int error;
  if (place_fds(fds, CHILD_FILE + (int)child->nfiles, &error) == 0 &&
      chdir("/") == 0 &&
      jail_enter(parent, child->confined ? child->program : NULL) == 0)
    execve(child->program, (char *const *)child->argv,
           (char *const *)environment);
  int reason = errno;
  ssize_t sent = write(error, &reason, sizeof reason);
  _exit(sent == (ssize_t)sizeof reason ? 127 : 126);
}

/* ---- in the parent ---- */

static long long now_ms(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (long long)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void close_fd(int *fd) {
  if (*fd >= 0) close(*fd);
  *fd = -1;
}

static int open_ends(Ends *ends) {
  if (pipe2(ends->output, O_CLOEXEC) != 0) return -1;
  if (pipe2(ends->error, O_CLOEXEC) != 0) return -1;
  return pipe2(ends->gate, O_CLOEXEC);
}

static int start(ChildRun *run, const Child *child, Err *err) {
  Ends ends = {{-1, -1}, {-1, -1}, {-1, -1}};
  pid_t parent = getpid();
  pid_t pid = open_ends(&ends) == 0 ? fork() : -1;
  if (pid == 0) become(child, &ends, parent);
  int reason = errno;
  close_fd(&ends.output[1]);
  close_fd(&ends.error[1]);
  close_fd(&ends.gate[0]);
  run->output = ends.output[0];
  run->error = ends.error[0];
  run->gate = ends.gate[1];
  if (pid < 0)
    return err_set(err, ERR_CHILD, "cannot start '%s' (%s)", child->program,
                   strerror(reason));
  run->pid = pid;
  setpgid(pid, pid); /* whoever comes first; both may fail late */
  fcntl(run->output, F_SETFL, O_NONBLOCK);
  return 0;
}

ChildRun *child_start(const Child *child, Err *err) {
  ChildRun *run = mem_array(1, sizeof *run);
  if (run != NULL) {
    run->output = run->error = run->gate = run->signal = -1;
    run->program = mem_text(child->program, strlen(child->program));
  }
  if (run == NULL || run->program == NULL) {
    err_memory(err);
  } else if (start(run, child, err) == 0) {
    return run;
  }
  child_free(run);
  return NULL;
}

/* What exec (or a step before it) failed with; 0 when it went well. The pipe
   closes at exec, so this waits a millisecond at most. */
static int start_error(ChildRun *run) {
  int reason = 0;
  ssize_t len;
  do {
    len = read(run->error, &reason, sizeof reason);
  } while (len < 0 && errno == EINTR);
  return len == (ssize_t)sizeof reason ? reason : 0;
}

/* Take what there is; the rest of too long an output is read and lost, so
   that the child never waits for us. */
static int take_output(ChildRun *run, const Watch *watch, Err *err) {
  Buf *output = watch->output;
  char bytes[4096];
  for (;;) {
    ssize_t len = read(run->output, bytes, sizeof bytes);
    if (len < 0 && errno == EINTR) continue;
    if (len < 0 && errno == EAGAIN) return 0;
    if (len <= 0) {
      close_fd(&run->output);
      return 0;
    }
    size_t room =
        output->len < watch->most_output ? watch->most_output - output->len : 0;
    if ((size_t)len < room) room = (size_t)len;
    if (room > 0 && buf_add(output, bytes, room, err) != 0) return -1;
  }
}

/* Has it ended? It stays a zombie, so its number stays ours until finish has
   killed the rest of its group. An error means that somebody reaped it. */
static bool has_ended(const ChildRun *run) {
  siginfo_t info = {0};
  int options = WEXITED | WNOHANG | WNOWAIT;
  return waitid(P_PID, (id_t)run->pid, &info, options) != 0 ||
         info.si_pid == run->pid;
}

/* Wait until output comes, a signal is pending or a tick passes. Once the
   output has ended the child is about to: short ticks. True: a signal. */
static bool rest(const ChildRun *run, long long left_ms) {
  struct pollfd fds[2] = {{.fd = run->output, .events = POLLIN},
                          {.fd = run->signal, .events = POLLIN}};
  int tick = run->output >= 0 ? TICK_MS : 1;
  if (left_ms < tick) tick = (int)left_ms;
  int ready = poll(fds, 2, tick < 0 ? 0 : tick);
  return ready > 0 && (fds[1].revents & POLLIN) != 0;
}

static int wait_for(ChildRun *run, const Watch *watch, int deadline_ms,
                    Err *err) {
  for (;;) {
    long long left = watch->end - now_ms();
    if (left <= 0)
      return err_set(err, ERR_CHILD, "took longer than %g s and was stopped",
                     deadline_ms / 1000.0);
    if (rest(run, left)) return err_set(err, ERR_CHILD, "interrupted");
    if (run->output >= 0 && take_output(run, watch, err) != 0) return -1;
    if (!has_ended(run)) continue;
    return run->output < 0 ? 0 : take_output(run, watch, err);
  }
}

/* The last line that is not empty: where programs say what is wrong. */
static int last_line(const Buf *output, const char **line) {
  size_t end = output->len, start;
  while (end > 0 && (unsigned char)output->data[end - 1] <= ' ') end--;
  for (start = end; start > 0 && output->data[start - 1] != '\n';) start--;
  while (start < end && output->data[start] == ' ') start++;
  *line = end > start ? output->data + start : "";
  return end - start > 300 ? 300 : (int)(end - start);
}

static int judge(int status, const Buf *output, Err *err) {
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return 0;
  if (WIFSIGNALED(status)) {
    int number = WTERMSIG(status);
    if (number == SIGXCPU)
      return err_set(err, ERR_CHILD, "used too much processor time");
    if (number == SIGXFSZ)
      return err_set(err, ERR_CHILD, "wrote too large a file");
    return err_set(err, ERR_CHILD, "was killed by signal %d (%s)", number,
                   strsignal(number));
  }
  const char *line;
  int len = last_line(output, &line);
  return err_set(err, ERR_CHILD, "failed with status %d%s%.*s",
                 WEXITSTATUS(status), len > 0 ? ": " : "", len, line);
}

static void reap(ChildRun *run) {
  if (run->pid <= 0) return;
  kill(-run->pid, SIGKILL); /* the group */
  kill(run->pid, SIGKILL);  /* should setpgid have failed */
  while (waitpid(run->pid, &run->status, 0) < 0 && errno == EINTR) continue;
  run->pid = 0;
}

static int end(ChildRun *run, const Watch *watch, int deadline_ms, Err *err) {
  int reason = start_error(run);
  run->signal = open_signals();
  int result = wait_for(run, watch, deadline_ms, err);
  reap(run);
  if (reason != 0)
    return err_set(err, ERR_CHILD, "cannot start '%s' (%s)", run->program,
                   strerror(reason));
  if (result == 0) result = judge(run->status, watch->output, err);
  return result != 0 ? err_at(err, "%s ", run->program) : 0;
}

int child_end(ChildRun *run, int deadline_ms, size_t most_output, Buf *output,
              Err *err) {
  Watch watch = {now_ms() + deadline_ms, most_output, output};
  Hold hold = hold_signals();
  close_fd(&run->gate);
  int result = end(run, &watch, deadline_ms, err);
  release_signals(hold);
  return result;
}

void child_free(ChildRun *run) {
  if (run == NULL) return;
  reap(run);
  close_fd(&run->output);
  close_fd(&run->error);
  close_fd(&run->gate);
  close_fd(&run->signal);
  free(run->program);
  free(run);
}
