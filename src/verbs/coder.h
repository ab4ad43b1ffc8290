/* coder: 64-bit values as dense numbers, in the order of first appearance. */
#ifndef CODER_H
#define CODER_H

#include <stddef.h>
#include <stdint.h>

enum { CODER_NONE = UINT32_MAX };

/* Open addressing, at most half full. All zero is safe to free. */
typedef struct Coder {
  uint64_t *values;
  uint32_t *codes; /* CODER_NONE: a free slot */
  size_t nslots;   /* a power of two */
  uint32_t count;
} Coder;

int coder_init(Coder *coder, size_t nslots); /* 0, or -1 without memory */
void coder_free(Coder *coder);

/* The code of a value, a new one the first time; CODER_NONE without memory. */
uint32_t coder_add(Coder *coder, uint64_t value);

#endif
