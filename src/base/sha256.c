/* Straight from FIPS 180-4, section 6.2; names as there. */
#include "base/sha256.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

static const uint32_t K[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1,
    0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3,
    0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786,
    0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147,
    0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13,
    0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b,
    0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a,
    0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208,
    0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

static uint32_t rotate(uint32_t x, int n) { return x >> n | x << (32 - n); }

static uint32_t read_word(const unsigned char *p) {
  return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 |
         p[3];
}

/* The next sixteen words of the message schedule W, over the last ones. */
static void expand(uint32_t W[16]) {
  for (int t = 0; t < 16; t++) {
    uint32_t x = W[(t + 1) % 16], y = W[(t + 14) % 16];
    uint32_t sigma0 = rotate(x, 7) ^ rotate(x, 18) ^ x >> 3;
    uint32_t sigma1 = rotate(y, 17) ^ rotate(y, 19) ^ y >> 10;
    W[t] += sigma1 + W[(t + 9) % 16] + sigma0;
  }
}

/* One step. The variables are not moved along: the caller names them anew. */
static inline void step(uint32_t a, uint32_t b, uint32_t c, uint32_t *d,
                        uint32_t e, uint32_t f, uint32_t g, uint32_t *h,
                        uint32_t KW) {
  uint32_t Sigma1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
  uint32_t T1 = *h + Sigma1 + (g ^ (e & (f ^ g))) + KW;
  uint32_t Sigma0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
  *d += T1;
  *h = T1 + Sigma0 + ((a & b) | (c & (a | b)));
}

static void compress(uint32_t state[8], const unsigned char *block) {
  uint32_t W[16], a = state[0], b = state[1], c = state[2], d = state[3],
                  e = state[4], f = state[5], g = state[6], h = state[7];
  for (int t = 0; t < 16; t++) W[t] = read_word(block + 4 * t);
  for (int t = 0; t < 64; t += 8) {
    if (t > 0 && t % 16 == 0) expand(W);
    const uint32_t *k = K + t, *w = W + t % 16;
    step(a, b, c, &d, e, f, g, &h, k[0] + w[0]);
    step(h, a, b, &c, d, e, f, &g, k[1] + w[1]);
    step(g, h, a, &b, c, d, e, &f, k[2] + w[2]);
    step(f, g, h, &a, b, c, d, &e, k[3] + w[3]);
    step(e, f, g, &h, a, b, c, &d, k[4] + w[4]);
    step(d, e, f, &g, h, a, b, &c, k[5] + w[5]);
    step(c, d, e, &f, g, h, a, &b, k[6] + w[6]);
    step(b, c, d, &e, f, g, h, &a, k[7] + w[7]);
  }
  const uint32_t add[8] = {a, b, c, d, e, f, g, h};
  for (int i = 0; i < 8; i++) state[i] += add[i];
}

void sha256_init(Sha256 *sha) {
  static const uint32_t H[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
  memcpy(sha->state, H, sizeof H);
  sha->nbytes = 0;
}

void sha256_add(Sha256 *sha, const void *bytes, size_t len) {
  const unsigned char *at = bytes;
  size_t used = sha->nbytes % SHA256_BLOCK;
  sha->nbytes += len;
  while (len > 0) {
    size_t take = SHA256_BLOCK - used < len ? SHA256_BLOCK - used : len;
    if (take == SHA256_BLOCK) {
      compress(sha->state, at); /* a whole block needs no copy */
    } else {
      memcpy(sha->block + used, at, take);
      used += take;
      if (used == SHA256_BLOCK) compress(sha->state, sha->block);
      used %= SHA256_BLOCK;
    }
    at += take;
    len -= take;
  }
}

void sha256_finish(Sha256 *sha, char out[SHA256_TEXT_SIZE]) {
  static const unsigned char pad[SHA256_BLOCK] = {0x80};
  uint64_t nbits = sha->nbytes * 8;
  size_t used = sha->nbytes % SHA256_BLOCK;
  unsigned char length[8];
  for (int i = 0; i < 8; i++)
    length[i] = (unsigned char)(nbits >> (56 - 8 * i));
  sha256_add(sha, pad, used < 56 ? 56 - used : 120 - used);
  sha256_add(sha, length, sizeof length);
  for (int i = 0; i < 8; i++)
    snprintf(out + 8 * i, 9, "%08x", (unsigned)sha->state[i]);
}

static int digest(FILE *file, const char *path, const atomic_bool *stop,
                  Sha256 *sha, Err *err) {
  unsigned char bytes[1 << 16];
  for (size_t got; (got = fread(bytes, 1, sizeof bytes, file)) > 0;) {
    sha256_add(sha, bytes, got);
    if (stop != NULL && atomic_load(stop))
      return err_set(err, ERR_IO, "stopped");
  }
  if (!ferror(file)) return 0;
  return err_set(err, ERR_IO, "cannot read '%s' (%s)", path, strerror(errno));
}

int sha256_file(const char *path, const atomic_bool *stop,
                char out[SHA256_TEXT_SIZE], Err *err) {
  Sha256 sha;
  FILE *file = fopen(path, "rb");
  if (file == NULL)
    return err_set(err, ERR_IO, "cannot open '%s' (%s)", path, strerror(errno));
  sha256_init(&sha);
  int status = digest(file, path, stop, &sha, err);
  fclose(file);
  sha256_finish(&sha, out);
  return status;
}
