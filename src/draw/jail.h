/* jail: what a child gives up for good between fork and exec. */
#ifndef JAIL_H
#define JAIL_H

/* Put the calling process under resource limits and tie its life to its
   parent's. Called in a forked child: system calls only, no memory, no
   locks. `parent` is the pid of the process that forked it. 0, or -1 with
   errno. Confinement of files and system calls will stand here too. */
int jail_enter(int parent);

#endif
