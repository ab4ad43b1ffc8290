#include "base/sha256_job.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

struct Sha256Job {
  char *path;
  pthread_t thread;
  bool running; /* there is a thread to wait for */
  bool done;
  atomic_bool stop;
  int status;
  Err err;
  char text[SHA256_TEXT_SIZE];
};

static void *run(void *at) {
  Sha256Job *job = at;
  job->status = sha256_file(job->path, &job->stop, job->text, &job->err);
  return NULL;
}

Sha256Job *sha256_start(const char *path, Err *err) {
  Sha256Job *job = mem_array(1, sizeof *job);
  if (job != NULL) job->path = mem_text(path, strlen(path));
  if (job == NULL || job->path == NULL) {
    free(job);
    return err_memory(err), NULL;
  }
  sigset_t all, before;
  sigfillset(&all); /* signals are for the main thread */
  bool blocked = pthread_sigmask(SIG_SETMASK, &all, &before) == 0;
  job->running = pthread_create(&job->thread, NULL, run, job) == 0;
  if (blocked) pthread_sigmask(SIG_SETMASK, &before, NULL);
  return job;
}

const char *sha256_wait(Sha256Job *job, Err *err) {
  if (job->running) pthread_join(job->thread, NULL);
  else if (!job->done) run(job); /* no thread could be started */
  job->running = false;
  job->done = true;
  if (job->status == 0) return job->text;
  *err = job->err;
  return NULL;
}

void sha256_job_free(Sha256Job *job) {
  if (job == NULL) return;
  atomic_store(&job->stop, true);
  if (job->running) pthread_join(job->thread, NULL);
  free(job->path);
  free(job);
}
