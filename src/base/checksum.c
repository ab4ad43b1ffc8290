/* As the specification of XXH64 has it, names as there. */
#include "base/checksum.h"

#include "base/little.h"

static const uint64_t PRIME1 = 0x9E3779B185EBCA87u;
static const uint64_t PRIME2 = 0xC2B2AE3D27D4EB4Fu;
static const uint64_t PRIME3 = 0x165667B19E3779F9u;
static const uint64_t PRIME4 = 0x85EBCA77C2B2AE63u;
static const uint64_t PRIME5 = 0x27D4EB2F165667C5u;

static uint64_t rotate(uint64_t x, int n) { return x << n | x >> (64 - n); }

static uint64_t round64(uint64_t acc, uint64_t lane) {
  return rotate(acc + lane * PRIME2, 31) * PRIME1;
}

static uint64_t merge(uint64_t acc, uint64_t value) {
  return (acc ^ round64(0, value)) * PRIME1 + PRIME4;
}

/* Whole stripes of 32 bytes, four lanes side by side. */
static uint64_t take_stripes(const unsigned char **at, size_t *left,
                             uint64_t seed) {
  uint64_t a = seed + PRIME1 + PRIME2, b = seed + PRIME2, c = seed,
           d = seed - PRIME1;
  const unsigned char *p = *at;
  for (; *left >= 32; *left -= 32, p += 32) {
    a = round64(a, little_get64(p));
    b = round64(b, little_get64(p + 8));
    c = round64(c, little_get64(p + 16));
    d = round64(d, little_get64(p + 24));
  }
  *at = p;
  uint64_t acc = rotate(a, 1) + rotate(b, 7) + rotate(c, 12) + rotate(d, 18);
  return merge(merge(merge(merge(acc, a), b), c), d);
}

uint64_t checksum64(const void *bytes, size_t len, uint64_t seed) {
  const unsigned char *p = bytes;
  size_t left = len;
  uint64_t acc = len >= 32 ? take_stripes(&p, &left, seed) : seed + PRIME5;
  acc += len;
  for (; left >= 8; left -= 8, p += 8)
    acc = rotate(acc ^ round64(0, little_get64(p)), 27) * PRIME1 + PRIME4;
  if (left >= 4) {
    acc = rotate(acc ^ little_get32(p) * PRIME1, 23) * PRIME2 + PRIME3;
    left -= 4, p += 4;
  }
  for (; left > 0; left--, p++) acc = rotate(acc ^ *p * PRIME5, 11) * PRIME1;
  acc = (acc ^ acc >> 33) * PRIME2;
  acc = (acc ^ acc >> 29) * PRIME3;
  return acc ^ acc >> 32;
}
