/* One block of bytes holds all texts, an array of offsets tells them apart,
   and an open-addressing table of codes (power of two, at most half full)
   finds them. Adding is amortised O(length). */
#include "table/dict.h"

#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/text.h"

struct Dict {
  size_t refs;     /* atomic: workers of a scan may share a frozen dict */
  uint64_t seed;   /* against labels that were made to collide */
  Buf bytes;       /* the texts, each followed by a NUL */
  size_t *offsets; /* offsets[code] .. offsets[code + 1] - 1 */
  uint32_t count;
  size_t room;     /* codes that offsets has room for */
  uint32_t *slots; /* code + 1, or 0 */
  size_t nslots;
};

/* From the 16 random bytes that the kernel gives each process (getauxval(3)),
   hashed, since part of them guards the stack; asking for more for each of a
   hundred dictionaries took longer than filling them. */
static uint64_t seed_of(const Dict *dict) {
  const char *random = (const char *)getauxval(AT_RANDOM);
  uint64_t place = (uint64_t)(uintptr_t)dict;
  return random == NULL ? place : text_hash(random, 16, place);
}

Dict *dict_new(Err *err) {
  Dict *dict = mem_array(1, sizeof *dict);
  if (dict == NULL) return err_memory(err), NULL;
  dict->refs = 1;
  dict->seed = seed_of(dict);
  dict->nslots = 16;
  dict->room = 8;
  dict->slots = mem_array(dict->nslots, sizeof *dict->slots);
  dict->offsets = mem_array(dict->room + 1, sizeof *dict->offsets);
  if (dict->slots != NULL && dict->offsets != NULL) return dict;
  dict_unref(dict);
  err_memory(err);
  return NULL;
}

Dict *dict_ref(Dict *dict) {
  __atomic_add_fetch(&dict->refs, 1, __ATOMIC_RELAXED);
  return dict;
}

void dict_unref(Dict *dict) {
  if (dict == NULL) return;
  if (__atomic_sub_fetch(&dict->refs, 1, __ATOMIC_ACQ_REL) > 0) return;
  buf_free(&dict->bytes);
  free(dict->offsets);
  free(dict->slots);
  free(dict);
}

const char *dict_text(const Dict *dict, uint32_t code, size_t *len) {
  size_t start = dict->offsets[code];
  if (len != NULL) *len = dict->offsets[code + 1] - start - 1;
  return dict->bytes.data + start;
}

uint32_t dict_count(const Dict *dict) { return dict->count; }

/* The slot that holds the text, or the free one where it would go. */
static size_t find_slot(const Dict *dict, const char *text, size_t len) {
  size_t mask = dict->nslots - 1;
  size_t slot = text_hash(text, len, dict->seed) & mask;
  for (; dict->slots[slot] != 0; slot = (slot + 1) & mask) {
    size_t other;
    const char *there = dict_text(dict, dict->slots[slot] - 1, &other);
    if (other == len && memcmp(there, text, len) == 0) break;
  }
  return slot;
}

uint32_t dict_find(const Dict *dict, const char *text, size_t len) {
  uint32_t code = dict->slots[find_slot(dict, text, len)];
  return code == 0 ? DICT_NONE : code - 1;
}

static int grow_offsets(Dict *dict) {
  if (dict->count < dict->room) return 0;
  size_t room = dict->room * 2;
  size_t *offsets = mem_resize(dict->offsets, room + 1, sizeof *offsets);
  if (offsets == NULL) return -1;
  dict->offsets = offsets;
  dict->room = room;
  return 0;
}

static int grow_slots(Dict *dict) {
  if (dict->count < dict->nslots / 2) return 0;
  uint32_t *old = dict->slots;
  uint32_t *slots = mem_array(dict->nslots * 2, sizeof *slots);
  if (slots == NULL) return -1;
  dict->slots = slots;
  dict->nslots *= 2;
  for (uint32_t code = 0; code < dict->count; code++) {
    size_t len;
    const char *text = dict_text(dict, code, &len);
    dict->slots[find_slot(dict, text, len)] = code + 1;
  }
  free(old);
  return 0;
}

uint32_t dict_add(Dict *dict, const char *text, size_t len, Err *err) {
  size_t slot = find_slot(dict, text, len);
  if (dict->slots[slot] != 0) return dict->slots[slot] - 1;
  if (dict->count == DICT_NONE - 1) {
    err_set(err, ERR_LIMIT, "more than 4 billion different texts");
    return DICT_NONE;
  }
  if (grow_offsets(dict) != 0 || grow_slots(dict) != 0)
    return err_memory(err), (uint32_t)DICT_NONE;
  if (buf_reserve(&dict->bytes, len + 1, err) != 0) return DICT_NONE;
  if (buf_add(&dict->bytes, text, len, err) != 0) return DICT_NONE;
  if (buf_add_byte(&dict->bytes, '\0', err) != 0) return DICT_NONE;
  dict->slots[find_slot(dict, text, len)] = dict->count + 1;
  dict->offsets[++dict->count] = dict->bytes.len;
  return dict->count - 1;
}
