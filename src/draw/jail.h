/* jail: what a child gives up for good between fork and exec. */
#ifndef JAIL_H
#define JAIL_H

#include <stdbool.h>

/* Put the calling process under resource limits, tie its life to its
   parent's, and confine it as far as this kernel can: what is left to it is to
   run `program`, to read what programs and fonts need, and the descriptors that
   it has. It cannot write a file, start another program or process, open a
   socket or send a signal. With NULL for `program` there are only limits.
   Called in a forked child: system calls only, no memory, no locks. `parent` is
   the pid of the process that forked it. 0, or -1 with errno. */
int jail_enter(int parent, const char *program);

/* What this kernel has to confine with. */
typedef struct JailSupport {
  int landlock; /* version of its interface; 0: none */
  bool seccomp;
} JailSupport;

JailSupport jail_support(void);

/* Parts of jail_enter: each 0, or -1 with errno; a kernel without it is 0. */
int jail_landlock(const char *program);
int jail_seccomp(void);

#endif
