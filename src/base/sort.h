/* sort: row numbers into an order that leaves equals as they stood. */
#ifndef SORT_H
#define SORT_H

#include <stddef.h>

/* Below 0 where row a comes before row b, above 0 behind, 0 for equals. */
typedef int (*SortCompare)(const void *data, size_t a, size_t b);

/* Merge sort of rows[0, n); `spare` is room for half of them. */
void sort_stable(size_t *rows, size_t n, size_t *spare, SortCompare compare,
                 const void *data);

#endif
