/* sha256: the digest of some bytes (FIPS 180-4), by which a file that was
   imported is known again. */
#ifndef SHA256_H
#define SHA256_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

enum { SHA256_BLOCK = 64, SHA256_TEXT_SIZE = 65 };

typedef struct Sha256 {
  uint32_t state[8];
  uint64_t nbytes;                   /* taken in so far */
  unsigned char block[SHA256_BLOCK]; /* its first nbytes % 64 are waiting */
} Sha256;

void sha256_init(Sha256 *sha);
void sha256_add(Sha256 *sha, const void *bytes, size_t len);

/* 64 lower-case hexadecimal digits and a NUL; the digest is then used up. */
void sha256_finish(Sha256 *sha, char out[SHA256_TEXT_SIZE]);

/* The digest of a file's bytes: 0, or -1 with the path and the reason. It gives
   up as soon as *stop is set (NULL: never). */
int sha256_file(const char *path, const atomic_bool *stop,
                char out[SHA256_TEXT_SIZE], Err *err);

#endif
