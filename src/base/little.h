/* little: whole numbers as bytes, the lowest first, on every machine. */
#ifndef LITTLE_H
#define LITTLE_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* The first 8 bytes, or 4. */
static inline uint64_t little_get64(const void *at) {
  uint64_t value;
  memcpy(&value, at, sizeof value);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  value = __builtin_bswap64(value);
#endif
  return value;
}

static inline uint32_t little_get32(const void *at) {
  uint32_t value;
  memcpy(&value, at, sizeof value);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  value = __builtin_bswap32(value);
#endif
  return value;
}

/* Write the lowest `nbytes` (up to 8) of a number. */
static inline void little_put(void *at, uint64_t value, size_t nbytes) {
  unsigned char *bytes = at;
  for (size_t i = 0; i < nbytes; i++)
    bytes[i] = (unsigned char)(value >> 8 * i);
}

#endif
