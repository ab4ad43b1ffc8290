/* checksum: 64 bits that tell whether bytes are still the ones that were
   written. They find accidents, not forgers. */
#ifndef CHECKSUM_H
#define CHECKSUM_H

#include <stddef.h>
#include <stdint.h>

/* XXH64 (Collet, github.com/Cyan4973/xxHash, doc/xxhash_spec.md 0.1.1) of the
   bytes, the same on every machine; about 8 bytes a nanosecond. */
uint64_t checksum64(const void *bytes, size_t len, uint64_t seed);

#endif
