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
  const int *files;        /* descriptors that it gets, as CHILD_FILE, ... */
  size_t nfiles;
  bool confined; /* as jail.h has it */
} Child;

/* Of these descriptors the first is a gate: reading it gives the end of the
   file, but not before child_end. What a program must do later than its start
   stands behind it. */
enum { CHILD_GATE = 4, CHILD_FILE = 5, CHILD_FILES = 70 };

/* A child that runs. */
typedef struct ChildRun ChildRun;

/* Start `child` in the root folder. Standard input is /dev/null, the
   environment holds nothing of ours, every descriptor that is not named is
   closed, and the limits of jail.c are on. NULL and ERR_CHILD or ERR_MEM where
   there is no process; what hinders the program itself is told by child_end. */
ChildRun *child_start(const Child *child, Err *err);

/* Open the gate and wait until the child ends. What it prints goes to `output`
   (appended, at most `most_output` bytes; may be filled on failure too); after
   `deadline_ms` of wall time it is killed. 0 when it exits with 0; else -1 and
   ERR_CHILD with the reason: not startable, exit status, signal, limit,
   deadline, or SIGINT, SIGTERM, SIGHUP pending for us, which are held back
   meanwhile and then take their usual course. Once for each child. */
int child_end(ChildRun *run, int deadline_ms, size_t most_output, Buf *output,
              Err *err);

/* Kill what still runs of the child, and its process group; NULL is nothing. */
void child_free(ChildRun *run);

#endif
