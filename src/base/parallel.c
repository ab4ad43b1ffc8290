/* Threads live for one call: starting one costs 20 us, and nothing global is
   left behind. */
#include "base/parallel.h"

#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>

enum { THREADS_MOST = 64 };

typedef struct Part {
  pthread_t thread;
  bool started;
  void (*work)(void *data, size_t i);
  void *data;
  size_t i;
} Part;

size_t parallel_cores(void) {
  cpu_set_t set;
  if (sched_getaffinity(0, sizeof set, &set) != 0) return 1;
  int count = CPU_COUNT(&set);
  if (count < 1) return 1;
  return count > THREADS_MOST ? THREADS_MOST : (size_t)count;
}

static void *run_part(void *arg) {
  Part *part = arg;
  part->work(part->data, part->i);
  return NULL;
}

void parallel_run(size_t n, void (*work)(void *data, size_t i), void *data) {
  Part parts[THREADS_MOST] = {{0}};
  sigset_t all, before;
  size_t nthreads = n < THREADS_MOST ? n : THREADS_MOST;
  sigfillset(&all); /* inherited by the threads */
  bool blocked = pthread_sigmask(SIG_SETMASK, &all, &before) == 0;
  for (size_t i = 1; i < nthreads; i++) {
    parts[i] = (Part){.work = work, .data = data, .i = i};
    parts[i].started =
        pthread_create(&parts[i].thread, NULL, run_part, &parts[i]) == 0;
  }
  if (blocked) pthread_sigmask(SIG_SETMASK, &before, NULL);
  work(data, 0);
  for (size_t i = 1; i < n; i++)
    if (i < nthreads && parts[i].started) pthread_join(parts[i].thread, NULL);
    else work(data, i);
}
