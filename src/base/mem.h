/* mem: allocation whose sizes are multiplied with a check. */
#ifndef MEM_H
#define MEM_H

#include <stddef.h>

/* Zeroed room for n things of `size` bytes; NULL when there is none or the
   product does not fit. n == 0 gives a pointer that may be freed. */
void *mem_array(size_t n, size_t size);

/* Make room for n things, keeping what is there (new bytes are not zeroed);
   NULL leaves the old block as it was. */
void *mem_resize(void *block, size_t n, size_t size);

/* A copy of `len` bytes with a NUL after them, or NULL. */
char *mem_text(const char *text, size_t len);

#endif
