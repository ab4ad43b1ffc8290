/* Places count from 1, as in the paper. A part of the array carries the range
   of wanted places (indices into `want`) believed to lie in it; the smaller
   half of a split is worked on, the other waits on a stack, which therefore
   holds at most log2(n) parts. */
#include "stats/middle.h"

#include <stdbool.h>

typedef struct Part {
  ptrdiff_t first, last; /* places */
  int low, high;         /* of `want` */
} Part;

typedef struct Sort {
  double *a; /* a[1] is the first */
  ptrdiff_t want[2];
  Part now, waiting[64];
  int count; /* of those waiting */
} Sort;

static void swap(double *x, double *y) {
  double keep = *x;
  *x = *y;
  *y = keep;
}

/* Put the median of first, middle and last in the middle; returns it. */
static double take_pivot(double *a, ptrdiff_t i, ptrdiff_t j) {
  ptrdiff_t middle = (i + j) / 2;
  if (a[i] > a[middle]) swap(&a[i], &a[middle]);
  if (a[j] < a[middle]) {
    swap(&a[j], &a[middle]);
    if (a[i] > a[middle]) swap(&a[i], &a[middle]);
  }
  return a[middle];
}

/* Split at the pivot, go on with the smaller half; false when no wanted place
   is left in it. */
static bool split(Sort *sort) {
  Part *now = &sort->now, *other = &sort->waiting[sort->count++];
  double *a = sort->a, pivot = take_pivot(a, now->first, now->last);
  ptrdiff_t k = now->first, l = now->last;
  for (;;) {
    do l--;
    while (a[l] > pivot);
    do k++;
    while (a[k] < pivot);
    if (k > l) break;
    swap(&a[k], &a[l]);
  }
  *other = *now;
  if (l - now->first <= now->last - k) {
    other->first = k;
    now->last = l;
    while (now->low <= now->high && sort->want[now->high] > l) now->high--;
    if (now->low > now->high) return false;
    other->low = now->high + 1;
  } else {
    other->last = l;
    now->first = k;
    while (now->low <= now->high && sort->want[now->low] < k) now->low++;
    if (now->low > now->high) return false;
    other->high = now->low - 1;
  }
  return true;
}

/* Insertion sort; what stands before the part is not above any of it. */
static void sort_short(double *a, ptrdiff_t first, ptrdiff_t last) {
  for (ptrdiff_t i = first; i < last; i++) {
    double value = a[i + 1];
    ptrdiff_t k = i;
    for (; a[k] > value; k--) a[k + 1] = a[k];
    a[k + 1] = value;
  }
}

/* The next waiting part that has wanted places; false when none is left. */
static bool take_next(Sort *sort) {
  while (sort->count > 0) {
    sort->now = sort->waiting[--sort->count];
    if (sort->now.low <= sort->now.high) return true;
  }
  return false;
}

double middle_pair(double *a, size_t n) {
  ptrdiff_t upper = (ptrdiff_t)n / 2 + 1, lower = (ptrdiff_t)n - upper + 1;
  Sort sort = {
      .a = a - 1, .want = {upper, lower}, .now = {1, (ptrdiff_t)n, 0, 1}};
  bool more = n > 1;
  while (more) {
    Part *now = &sort.now;
    /* the part at the very start has nothing before it to stop at */
    bool long_enough = now->last - now->first > 10 ||
                       (now->first == 1 && now->first < now->last);
    if (long_enough) {
      more = split(&sort) || take_next(&sort);
      continue;
    }
    if (now->first != 1) sort_short(sort.a, now->first, now->last);
    more = take_next(&sort);
  }
  return sort.a[upper] + sort.a[lower];
}
