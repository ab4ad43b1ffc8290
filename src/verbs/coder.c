#include "verbs/coder.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

int coder_init(Coder *coder, size_t nslots) {
  *coder = (Coder){.nslots = nslots};
  coder->values = mem_array(nslots, sizeof *coder->values);
  coder->codes = mem_array(nslots, sizeof *coder->codes);
  if (coder->values == NULL || coder->codes == NULL) return -1;
  memset(coder->codes, 0xFF, nslots * sizeof *coder->codes);
  return 0;
}

void coder_free(Coder *coder) {
  free(coder->values);
  free(coder->codes);
  *coder = (Coder){0};
}

static size_t find_slot(const Coder *coder, uint64_t value) {
  uint64_t hash = value * 0x9E3779B97F4A7C15u;
  size_t mask = coder->nslots - 1;
  size_t slot = (size_t)(hash ^ (hash >> 32)) & mask;
  while (coder->codes[slot] != CODER_NONE && coder->values[slot] != value)
    slot = (slot + 1) & mask;
  return slot;
}

static int coder_grow(Coder *coder) {
  Coder bigger;
  if (coder_init(&bigger, coder->nslots * 2) != 0) {
    coder_free(&bigger);
    return -1;
  }
  for (size_t i = 0; i < coder->nslots; i++) {
    if (coder->codes[i] == CODER_NONE) continue;
    size_t slot = find_slot(&bigger, coder->values[i]);
    bigger.values[slot] = coder->values[i];
    bigger.codes[slot] = coder->codes[i];
  }
  bigger.count = coder->count;
  coder_free(coder);
  *coder = bigger;
  return 0;
}

uint32_t coder_add(Coder *coder, uint64_t value) {
  size_t slot = find_slot(coder, value);
  if (coder->codes[slot] != CODER_NONE) return coder->codes[slot];
  if (coder->count >= coder->nslots / 2) {
    if (coder_grow(coder) != 0) return CODER_NONE;
    slot = find_slot(coder, value);
  }
  coder->values[slot] = value;
  coder->codes[slot] = coder->count;
  return coder->count++;
}
