/* dd: numbers of about 32 digits as the unevaluated sum of two doubles, for
   sums and solutions that must keep every digit of a double. */
#ifndef DD_H
#define DD_H

#include <math.h>

#include "base/decimal.h"

/* hi is the double nearest to the value, lo what it leaves (|lo| at most half
   a unit in hi's last place). Dekker 1971 (Numerische Mathematik 18:224) and
   Knuth 1997 (The Art of Computer Programming 2, p. 236); the operations as
   in Hida, Li & Bailey 2001 (15th IEEE Symposium on Computer Arithmetic,
   p. 155). Relative error below 2^-102 each, while nothing nears overflow
   (2^996). */
typedef struct Dd {
  double hi, lo;
} Dd;

static inline Dd dd_of(double x) { return (Dd){x, 0}; }

/* a + b where |a| >= |b| or a is 0 */
static inline Dd dd_quick_sum(double a, double b) {
  double s = a + b;
  return (Dd){s, b - (s - a)};
}

static inline Dd dd_sum(double a, double b) {
  double s = a + b, part = s - a;
  return (Dd){s, (a - (s - part)) + (b - part)};
}

static inline Dd dd_product(double a, double b) {
  const double split = 134217729; /* 2^27 + 1 */
  double p = a * b, t = split * a, u = split * b;
  double ah = t - (t - a), al = a - ah, bh = u - (u - b), bl = b - bh;
  return (Dd){p, ((ah * bh - p) + ah * bl + al * bh) + al * bl};
}

static inline Dd dd_add(Dd a, Dd b) {
  Dd s = dd_sum(a.hi, b.hi), t = dd_sum(a.lo, b.lo);
  s = dd_quick_sum(s.hi, s.lo + t.hi);
  return dd_quick_sum(s.hi, s.lo + t.lo);
}

static inline Dd dd_negate(Dd a) { return (Dd){-a.hi, -a.lo}; }

static inline Dd dd_subtract(Dd a, Dd b) { return dd_add(a, dd_negate(b)); }

static inline Dd dd_multiply(Dd a, Dd b) {
  Dd p = dd_product(a.hi, b.hi);
  return dd_quick_sum(p.hi, p.lo + (a.hi * b.lo + a.lo * b.hi));
}

static inline Dd dd_times(Dd a, double b) { return dd_multiply(a, dd_of(b)); }

/* b != 0 */
static inline Dd dd_divide(Dd a, Dd b) {
  double q = a.hi / b.hi;
  Dd rest = dd_subtract(a, dd_times(b, q));
  double q2 = rest.hi / b.hi;
  rest = dd_subtract(rest, dd_times(b, q2));
  Dd sum = dd_quick_sum(q, q2);
  return dd_add(sum, dd_of(rest.hi / b.hi));
}

/* a >= 0 */
static inline Dd dd_root(Dd a) {
  if (a.hi <= 0) return dd_of(0);
  double root = sqrt(a.hi);
  Dd rest = dd_subtract(a, dd_product(root, root));
  return dd_quick_sum(root, rest.hi / (2 * root));
}

static inline Dd dd_square(Dd a) { return dd_multiply(a, a); }

/* Whole numbers; exact up to 2^106. */
static inline Dd dd_of_int128(Int128 value) {
  double hi = (double)value;
  return dd_quick_sum(hi, (double)(value - (Int128)hi));
}

static inline Dd dd_of_int(int64_t value) {
  return dd_of_int128((Int128)value);
}

#endif
