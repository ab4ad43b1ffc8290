#include "stats/split.h"

#include <stdlib.h>

#include "base/mem.h"

typedef unsigned __int128 Wide;

/* What a part lost, in parts of the sum of weights. */
typedef struct Loss {
  Wide rest;
  size_t place;
} Loss;

static int by_loss(const void *a, const void *b) {
  const Loss *x = a, *y = b;
  if (x->rest != y->rest) return x->rest > y->rest ? -1 : 1;
  return (x->place > y->place) - (x->place < y->place);
}

int split_amount(int64_t amount, const int64_t *weights, size_t n,
                 int64_t *parts, Err *err) {
  uint64_t units = amount < 0 ? 0 - (uint64_t)amount : (uint64_t)amount;
  uint64_t left = units;
  Wide total = 0;
  Loss *losses = mem_array(n, sizeof *losses);
  if (losses == NULL) return err_memory(err);
  for (size_t i = 0; i < n; i++) total += (uint64_t)weights[i];
  for (size_t i = 0; i < n; i++) {
    Wide product = (Wide)units * (uint64_t)weights[i];
    uint64_t whole = (uint64_t)(product / total);
    losses[i] = (Loss){product % total, i};
    parts[i] = (int64_t)whole;
    left -= whole;
  }
  qsort(losses, n, sizeof *losses, by_loss);
  for (size_t i = 0; i < left; i++) parts[losses[i].place]++;
  for (size_t i = 0; amount < 0 && i < n; i++)
    parts[i] = (int64_t)(0 - (uint64_t)parts[i]);
  free(losses);
  return 0;
}
