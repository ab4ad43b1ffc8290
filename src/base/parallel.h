/* parallel: the same work in several threads at once. */
#ifndef PARALLEL_H
#define PARALLEL_H

#include <stddef.h>

/* Processors that this process may use, at least 1 and at most 64. */
size_t parallel_cores(void);

/* Run work(data, i) for i = 0 .. n - 1 at once, 0 in the calling thread, and
   wait for all. Parts that no thread can be had for (there are at most 64) are
   done by the caller, afterwards; so parts must not wait for each other.
   Threads get no signals. */
void parallel_run(size_t n, void (*work)(void *data, size_t i), void *data);

#endif
