/* store_holder: which program stands in the way of a writer. */
#ifndef STORE_HOLDER_H
#define STORE_HOLDER_H

#include <stdbool.h>

typedef struct StoreHolder {
  char pid[24];  /* the process, a number */
  char name[16]; /* of the program, as the kernel has it; printable */
} StoreHolder;

/* Another process that is writing to the database at `path` now. False where
   none is seen: it has just ended, or there is no /proc/locks. */
bool store_holder_find(const char *path, StoreHolder *out);

#endif
