/* Values become whole ranks once; all counting is on these, so that ties are
   exact. */
#include "stats/rank.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static int compare_places(const void *a, const void *b, void *x) {
  return numbers_compare(x, *(const size_t *)a, *(const size_t *)b);
}

typedef struct Place {
  size_t at; /* in x: first, since compare_places reads it */
  size_t i;  /* in the sample */
} Place;

ptrdiff_t rank_find(const Numbers *x, const size_t *at, size_t n,
                    uint32_t *dense, double *mid, Err *err) {
  Place *order = mem_array(n, sizeof *order);
  if (order == NULL) return err_memory(err);
  for (size_t i = 0; i < n; i++) order[i] = (Place){at[i], i};
  Numbers copy = *x; /* qsort_r's argument is not const */
  qsort_r(order, n, sizeof *order, compare_places, &copy);
  ptrdiff_t count = 0;
  for (size_t i = 0; i < n;) {
    size_t end = i + 1;
    while (end < n && numbers_compare(x, order[i].at, order[end].at) == 0)
      end++;
    for (size_t k = i; k < end; k++) {
      dense[order[k].i] = (uint32_t)count;
      if (mid != NULL) mid[order[k].i] = (double)(i + 1 + end) / 2;
    }
    count++;
    i = end;
  }
  free(order);
  return count;
}

static int compare_keys(const void *a, const void *b) {
  uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
  return (x > y) - (x < y);
}

/* Sorts list and returns how many pairs stood in descending order. */
static double count_inversions(uint32_t *list, uint32_t *room, size_t n) {
  double count = 0;
  for (size_t width = 1; width < n; width *= 2) {
    for (size_t from = 0; from < n; from += 2 * width) {
      size_t middle = from + width < n ? from + width : n;
      size_t end = from + 2 * width < n ? from + 2 * width : n;
      size_t i = from, j = middle, out = from;
      while (i < middle && j < end) {
        if (list[j] < list[i]) {
          count += (double)(middle - i);
          room[out++] = list[j++];
        } else {
          room[out++] = list[i++];
        }
      }
      memcpy(room + out, list + i, (middle - i) * sizeof *list);
      out += middle - i;
      memcpy(room + out, list + j, (end - j) * sizeof *list);
    }
    memcpy(list, room, n * sizeof *list);
  }
  return count;
}

/* Sums over groups of t equal values. */
typedef struct Ties {
  double pairs;  /* t (t - 1) / 2 */
  double triple; /* t (t - 1) (t - 2) */
  double spread; /* t (t - 1) (2 t + 5) */
} Ties;

static void add_tie(Ties *ties, double t) {
  ties->pairs += t * (t - 1) / 2;
  ties->triple += t * (t - 1) * (t - 2);
  ties->spread += t * (t - 1) * (2 * t + 5);
}

/* Of a sorted list of keys, looked at through `mask`. */
static Ties find_ties(const uint64_t *keys, size_t n, uint64_t mask) {
  Ties ties = {0, 0, 0};
  for (size_t i = 0; i < n;) {
    size_t end = i + 1;
    while (end < n && (keys[end] & mask) == (keys[i] & mask)) end++;
    add_tie(&ties, (double)(end - i));
    i = end;
  }
  return ties;
}

static Ties ties_of_sorted(const uint32_t *list, size_t n) {
  Ties ties = {0, 0, 0};
  for (size_t i = 0; i < n;) {
    size_t end = i + 1;
    while (end < n && list[end] == list[i]) end++;
    add_tie(&ties, (double)(end - i));
    i = end;
  }
  return ties;
}

static double variance_of(double n, const Ties *a, const Ties *b) {
  double var = (n * (n - 1) * (2 * n + 5) - a->spread - b->spread) / 18;
  if (n > 1) var += 2 * a->pairs * b->pairs / (n * (n - 1));
  if (n > 2) var += a->triple * b->triple / (9 * n * (n - 1) * (n - 2));
  return var;
}

int kendall_find(const uint32_t *a, const uint32_t *b, size_t n, Kendall *out,
                 Err *err) {
  const uint64_t high = ~(uint64_t)UINT32_MAX;
  uint64_t *keys = mem_array(n, sizeof *keys);
  uint32_t *list = mem_array(n, sizeof *list);
  uint32_t *room = mem_array(n, sizeof *room);
  int status = 0;
  if (keys == NULL || list == NULL || room == NULL) {
    status = err_memory(err);
    goto done;
  }
  for (size_t i = 0; i < n; i++)
    keys[i] = (uint64_t)(a == NULL ? i : a[i]) << 32 | b[i];
  if (a != NULL) qsort(keys, n, sizeof *keys, compare_keys);
  for (size_t i = 0; i < n; i++) list[i] = (uint32_t)keys[i];
  Ties ties_a = find_ties(keys, n, high), both = find_ties(keys, n, ~0ULL);
  double down = count_inversions(list, room, n);
  Ties ties_b = ties_of_sorted(list, n);
  double all = (double)n * ((double)n - 1) / 2;
  *out =
      (Kendall){.n = n,
                .s = all - ties_a.pairs - ties_b.pairs + both.pairs - 2 * down,
                .var = variance_of((double)n, &ties_a, &ties_b),
                .pairs_a = all - ties_a.pairs,
                .pairs_b = all - ties_b.pairs,
                .has_ties = ties_a.pairs > 0 || ties_b.pairs > 0};
done:
  free(keys);
  free(list);
  free(room);
  return status;
}

/* ---- the exact distribution ---- */

enum { MOST_INVERSIONS = KENDALL_EXACT_MOST * (KENDALL_EXACT_MOST - 1) / 2 };

/* counts *= 1 + q + ... + q^(m - 1); `top` is the degree. */
static size_t multiply(double *counts, size_t top, size_t m) {
  double sums[MOST_INVERSIONS + 1], sum = 0;
  size_t degree = top + m - 1;
  for (size_t i = 0; i <= degree; i++) {
    sum += i <= top ? counts[i] : 0;
    if (i >= m) sum -= counts[i - m];
    sums[i] = sum;
  }
  memcpy(counts, sums, (degree + 1) * sizeof *counts);
  return degree;
}

/* counts /= 1 + q + ... + q^(m - 1), which divides it. */
static size_t divide(double *counts, size_t top, size_t m) {
  size_t degree = top - (m - 1);
  for (size_t i = 0; i <= degree; i++)
    for (size_t k = 1; k < m && i + k <= top; k++) counts[i + k] -= counts[i];
  return degree;
}

double kendall_exact(const uint32_t *b, size_t n, double s) {
  double counts[MOST_INVERSIONS + 1] = {1};
  size_t top = 0, sizes[KENDALL_EXACT_MOST] = {0};
  for (size_t m = 2; m <= n; m++) top = multiply(counts, top, m);
  for (size_t i = 0; i < n; i++) sizes[b[i]]++;
  for (size_t g = 0; g < n; g++)
    for (size_t m = 2; m <= sizes[g]; m++) top = divide(counts, top, m);
  double all = 0, tail = 0, most = ((double)top - fabs(s)) / 2;
  for (size_t i = 0; i <= top; i++) {
    all += counts[i];
    if ((double)i <= most) tail += counts[i];
  }
  return fmin(1, 2 * tail / all);
}
