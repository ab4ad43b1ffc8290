/* child: run one program, without a shell, under limits and a deadline. */
#ifndef CHILD_H
#define CHILD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"

typedef struct Child {
  const char *program;     /* absolute path; no search */
  const char *const *argv; /* NULL-terminated, argv[0] included */
  const char *dir;         /* its working directory */
  int deadline_ms;         /* wall time; then it is killed; 0: none */
  size_t most_output;      /* bytes of stdout + stderr kept, rest is lost */
  bool confined;           /* as jail.h has it, writing in `dir` only */
} Child;

/* Run `child` to its end. Standard input is /dev/null, the environment holds
   nothing of ours, every other descriptor is closed, and the limits of
   child.c are on. What it prints goes to `output` (appended; may be filled
   on failure too). 0 when it exits with 0; else -1 and ERR_CHILD with the
   reason: not startable, exit status, signal, limit, deadline, or SIGINT,
   SIGTERM, SIGHUP pending for us. These three should be held back by the
   caller (child_hold) so that it can clean up first; without that a signal
   just takes its course. The whole process group of the child is killed in
   every case. */
int child_run(const Child *child, Buf *output, Err *err);

/* Keep SIGINT, SIGTERM and SIGHUP pending in this thread until released;
   they then take their usual course. */
typedef struct ChildHold {
  unsigned char before; /* bits: which of the three were blocked already */
} ChildHold;

ChildHold child_hold(void);
void child_release(ChildHold hold);

#endif
