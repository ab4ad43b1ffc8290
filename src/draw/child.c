/* fork, a few system calls, exec. Two pipes come back: what the child prints,
   and what went wrong before exec (closed by exec itself). The parent polls
   the first pipe and a signalfd and asks with WNOHANG, so no SIGCHLD handler
   is needed and none of the host's is disturbed. */
#include "draw/child.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "draw/jail.h"

enum { ERROR_FD = 3, TICK_MS = 20 };

static const int held[] = {SIGINT, SIGTERM, SIGHUP};
enum { NHELD = sizeof held / sizeof held[0] };

static const char *const environment[] = {
    "PATH=/nonexistent", "HOME=/nonexistent", "LC_ALL=C.UTF-8",
    "LANG=C.UTF-8",      "GDFONTPATH=",       NULL};

/* A running child, as its parent sees it. */
typedef struct Run {
  pid_t pid;
  int output; /* pipe; -1 after its end */
  int error;  /* pipe */
  int signal; /* signalfd, or -1 */
  int status; /* of waitpid, once reaped */
} Run;

/* ---- signals ---- */

ChildHold child_hold(void) {
  ChildHold hold = {0};
  sigset_t set, before;
  sigemptyset(&set);
  for (int i = 0; i < NHELD; i++) sigaddset(&set, held[i]);
  if (pthread_sigmask(SIG_BLOCK, &set, &before) != 0) return hold;
  for (int i = 0; i < NHELD; i++)
    if (sigismember(&before, held[i])) hold.before |= (unsigned char)(1 << i);
  return hold;
}

void child_release(ChildHold hold) {
  sigset_t set;
  sigemptyset(&set);
  for (int i = 0; i < NHELD; i++)
    if ((hold.before >> i & 1) == 0) sigaddset(&set, held[i]);
  pthread_sigmask(SIG_UNBLOCK, &set, NULL);
}

/* Readable while one of the held signals is pending; nothing is consumed, so
   the signal still arrives after child_release. */
static int open_signals(void) {
  sigset_t set;
  sigemptyset(&set);
  for (int i = 0; i < NHELD; i++) sigaddset(&set, held[i]);
  return signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}

/* ---- in the child: system calls only ---- */

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

/* Give the descriptors their places. `output` and `error` may stand in each
   other's way, so both go above ERROR_FD first. */
static int place_fds(int output, int error) {
  int null = open("/dev/null", O_RDONLY);
  output = fcntl(output, F_DUPFD, ERROR_FD + 1);
  error = fcntl(error, F_DUPFD, ERROR_FD + 1);
  if (null < 0 || output < 0 || error < 0) return -1;
  if (dup2(null, 0) < 0 || dup2(output, 1) < 0 || dup2(output, 2) < 0)
    return -1;
  if (dup2(error, ERROR_FD) < 0) return -1;
  close_above(ERROR_FD);
  return fcntl(ERROR_FD, F_SETFD, FD_CLOEXEC);
}

static _Noreturn void become(const Child *child, int output, int error,
                             pid_t parent) {
  setpgid(0, 0);
  reset_signals();
  Jail jail = {child->confined ? child->program : NULL, child->dir};
  if (place_fds(output, error) == 0 && chdir(child->dir) == 0 &&
      jail_enter(parent, &jail) == 0)
    execve(child->program, (char *const *)child->argv,
           (char *const *)environment);
  int reason = errno;
  ssize_t sent = write(ERROR_FD, &reason, sizeof reason);
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

static int start(Run *run, const Child *child, Err *err) {
  int output[2] = {-1, -1}, error[2] = {-1, -1};
  pid_t parent = getpid();
  if (pipe2(output, O_CLOEXEC) != 0 || pipe2(error, O_CLOEXEC) != 0) goto fail;
  run->pid = fork();
  if (run->pid < 0) goto fail;
  if (run->pid == 0) become(child, output[1], error[1], parent);
  setpgid(run->pid, run->pid); /* whoever comes first; both may fail late */
  close(output[1]);
  close(error[1]);
  run->output = output[0];
  run->error = error[0];
  fcntl(run->output, F_SETFL, O_NONBLOCK);
  run->signal = open_signals();
  return 0;
fail:
  err_set(err, ERR_CHILD, "cannot start '%s' (%s)", child->program,
          strerror(errno));
  for (int i = 0; i < 2; i++) {
    close_fd(&output[i]);
    close_fd(&error[i]);
  }
  return -1;
}

/* What exec (or a step before it) failed with; 0 when it went well. The pipe
   closes at exec, so this waits a millisecond at most. */
static int start_error(Run *run) {
  int reason = 0;
  ssize_t len;
  do {
    len = read(run->error, &reason, sizeof reason);
  } while (len < 0 && errno == EINTR);
  return len == (ssize_t)sizeof reason ? reason : 0;
}

/* Take what there is; the rest of too long an output is read and lost, so
   that the child never waits for us. */
static int take_output(Run *run, size_t most, Buf *output, Err *err) {
  char bytes[4096];
  for (;;) {
    ssize_t len = read(run->output, bytes, sizeof bytes);
    if (len < 0 && errno == EINTR) continue;
    if (len < 0 && errno == EAGAIN) return 0;
    if (len <= 0) {
      close_fd(&run->output);
      return 0;
    }
    size_t room = output->len < most ? most - output->len : 0;
    if ((size_t)len < room) room = (size_t)len;
    if (room > 0 && buf_add(output, bytes, room, err) != 0) return -1;
  }
}

/* Has it ended? It stays a zombie, so its number stays ours until finish has
   killed the rest of its group. An error means that somebody reaped it. */
static bool has_ended(const Run *run) {
  siginfo_t info = {0};
  int options = WEXITED | WNOHANG | WNOWAIT;
  return waitid(P_PID, (id_t)run->pid, &info, options) != 0 ||
         info.si_pid == run->pid;
}

/* Wait until output comes, a signal is pending or a tick passes. Once the
   output has ended the child is about to: short ticks. True: a signal. */
static bool rest(const Run *run, long long left_ms) {
  struct pollfd fds[2] = {{.fd = run->output, .events = POLLIN},
                          {.fd = run->signal, .events = POLLIN}};
  int tick = run->output >= 0 ? TICK_MS : 1;
  if (left_ms < tick) tick = (int)left_ms;
  int ready = poll(fds, 2, tick < 0 ? 0 : tick);
  return ready > 0 && (fds[1].revents & POLLIN) != 0;
}

static int watch(Run *run, const Child *child, Buf *output, Err *err) {
  long long end = now_ms() + child->deadline_ms;
  for (;;) {
    long long left = child->deadline_ms > 0 ? end - now_ms() : TICK_MS;
    if (left <= 0)
      return err_set(err, ERR_CHILD, "took longer than %g s and was stopped",
                     child->deadline_ms / 1000.0);
    if (rest(run, left)) return err_set(err, ERR_CHILD, "interrupted");
    if (run->output >= 0 &&
        take_output(run, child->most_output, output, err) != 0)
      return -1;
    if (!has_ended(run)) continue;
    return run->output < 0 ? 0
                           : take_output(run, child->most_output, output, err);
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

static void finish(Run *run) {
  kill(-run->pid, SIGKILL); /* the group */
  kill(run->pid, SIGKILL);  /* should setpgid have failed */
  while (waitpid(run->pid, &run->status, 0) < 0 && errno == EINTR) continue;
  close_fd(&run->output);
  close_fd(&run->error);
  close_fd(&run->signal);
}

int child_run(const Child *child, Buf *output, Err *err) {
  Run run = {.output = -1, .error = -1, .signal = -1};
  if (start(&run, child, err) != 0) return -1;
  int reason = start_error(&run);
  int result = watch(&run, child, output, err);
  finish(&run);
  if (reason != 0)
    return err_set(err, ERR_CHILD, "cannot start '%s' (%s)", child->program,
                   strerror(reason));
  if (result == 0) result = judge(run.status, output, err);
  return result != 0 ? err_at(err, "%s ", child->program) : 0;
}
