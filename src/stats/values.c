#include "stats/values.h"

#include <math.h>

bool values_are_positive(const double *x, size_t n) {
  for (size_t i = 0; i < n; i++)
    if (!(x[i] > 0)) return false;
  return true;
}

bool values_are_constant(const double *x, size_t n) {
  for (size_t i = 1; i < n; i++)
    if (x[i] != x[0]) return false;
  return true;
}

double values_mean_size(const double *x, size_t n) {
  double sum = 0;
  for (size_t i = 0; i < n; i++) sum += fabs(x[i]) / (double)n;
  return sum > 0 ? sum : 1;
}

double values_slope(const double *x, size_t n) {
  double middle = ((double)n - 1) / 2, top = 0, bottom = 0;
  for (size_t i = 0; i < n; i++) {
    double far = (double)i - middle;
    top += far * x[i];
    bottom += far * far;
  }
  return bottom > 0 ? top / bottom : 0;
}
