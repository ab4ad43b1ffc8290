/* decimate: which of many points a picture can show. */
#ifndef DECIMATE_H
#define DECIMATE_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

/* The points of a line through x and y, in their order, that look like all of
   them on `columns` pixels between the least and the greatest x: of a run of
   points in one pixel column the first, the lowest, the highest and the last.
   A NaN in x or y breaks the line and is kept once. `keep` has room for n
   indices; returns how many were written (all of them when there are few). */
size_t decimate_line(const double *x, const double *y, size_t n, size_t columns,
                     size_t *keep);

/* Points of a cloud: one for each cell of a grid of columns × rows over the
   extent of all points. NaNs are left out. Returns how many, or SIZE_MAX
   without memory for the grid. */
size_t decimate_cloud(const double *x, const double *y, size_t n,
                      size_t columns, size_t rows, size_t *keep);

/* Counts of values in `nbins` bins of one width from `from` on; the last one
   holds its upper end too. Values outside and NaNs are not counted. */
void decimate_count(const double *values, size_t n, double from, double width,
                    size_t nbins, size_t *counts);

#endif
