/* measure: run a command, its output into a file, and print what it took:
   `measure FILE COMMAND ARGUMENTS...` gives "wall cpu peak code": seconds,
   seconds of processor time, KiB, exit code. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double seconds(struct timeval t) {
  return (double)t.tv_sec + (double)t.tv_usec * 1e-6;
}

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static void become(const char *out, char **command) {
  int fd = open(out, O_WRONLY | O_CREAT | O_TRUNC, 0666);
  int nothing = open("/dev/null", O_RDONLY);
  if (fd < 0 || nothing < 0) _exit(126);
  dup2(nothing, STDIN_FILENO);
  dup2(fd, STDOUT_FILENO);
  execvp(command[0], command);
  _exit(127);
}

int main(int argc, char **argv) {
  if (argc < 3) {
    fputs("usage: measure FILE COMMAND ARGUMENTS...\n", stderr);
    return 2;
  }
  double start = now();
  pid_t child = fork();
  if (child == 0) become(argv[1], argv + 2);
  int status;
  struct rusage used;
  if (child < 0 || wait4(child, &status, 0, &used) != child) return 2;
  printf("%.4f %.4f %ld %d\n", now() - start,
         seconds(used.ru_utime) + seconds(used.ru_stime), used.ru_maxrss,
         WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
  return 0;
}
