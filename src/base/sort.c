#include "base/sort.h"

#include <stdbool.h>
#include <string.h>

void sort_stable(size_t *rows, size_t n, size_t *spare, SortCompare compare,
                 const void *data) {
  if (n < 2) return;
  size_t half = n / 2, left = 0, right = half, at = 0;
  sort_stable(rows, half, spare, compare, data);
  sort_stable(rows + half, n - half, spare, compare, data);
  memcpy(spare, rows, half * sizeof *rows);
  while (left < half && right < n) {
    bool take_right = compare(data, rows[right], spare[left]) < 0;
    rows[at++] = take_right ? rows[right++] : spare[left++];
  }
  while (left < half) rows[at++] = spare[left++];
}
