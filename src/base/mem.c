#include "base/mem.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

void *mem_array(size_t n, size_t size) {
  return n == 0 ? calloc(1, size) : calloc(n, size);
}

void *mem_resize(void *block, size_t n, size_t size) {
  size_t total;
  if (__builtin_mul_overflow(n, size, &total)) return NULL;
  return realloc(block, total == 0 ? 1 : total);
}

char *mem_text(const char *text, size_t len) {
  if (len == SIZE_MAX) return NULL;
  char *copy = malloc(len + 1);
  if (copy == NULL) return NULL;
  if (len > 0) memcpy(copy, text, len);
  copy[len] = '\0';
  return copy;
}
