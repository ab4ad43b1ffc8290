/* Values are first centred on a whole number next to the mean, exactly, so
   that what is squared is as small as the data allow; the rest of the mean,
   below one unit, is taken off in double-double. */
#include "stats/moments.h"

#include "stats/wide.h"

/* The sample centred: x[i] = unit * (centre + d), d = what `deviation` gives
   plus `rest`. */
typedef struct Centred {
  const Numbers *x;
  size_t n;
  int64_t centre; /* of ints */
  Dd mean;        /* of reals */
  Dd rest;        /* of ints: mean - centre, in units of 10^-scale */
} Centred;

static Int128 sum_of_ints(const Numbers *x) {
  Int128 sum = 0; /* 2^64 values of 2^63 have room */
  for (size_t i = 0; i < x->n; i++)
    if (numbers_has(x, i)) sum += x->ints[i];
  return sum;
}

static Dd sum_of_reals(const Numbers *x) {
  Dd sum = dd_of(0);
  for (size_t i = 0; i < x->n; i++)
    if (numbers_has(x, i)) sum = dd_add(sum, dd_of(x->reals[i]));
  return sum;
}

static Dd unit_of(const Numbers *x) {
  return dd_of((double)pow10_int64(x->ints == NULL ? 0 : x->scale));
}

static Dd mean_of(const Numbers *x, size_t n) {
  if (n == 0) return dd_of(0);
  Dd count = dd_of((double)n);
  if (x->ints == NULL) return dd_divide(sum_of_reals(x), count);
  Dd sum = dd_of_int128(sum_of_ints(x));
  return dd_divide(sum, dd_multiply(count, unit_of(x)));
}

static Centred centre(const Numbers *x, size_t n) {
  Centred c = {.x = x, .n = n, .mean = mean_of(x, n)};
  if (x->ints == NULL || n == 0) return c;
  Int128 sum = sum_of_ints(x);
  c.centre = (int64_t)int128_divide(sum, (Int128)n, ROUND_HALF_EVEN);
  Int128 rest = sum - (Int128)c.centre * (Int128)n;
  c.rest = dd_divide(dd_of_int128(rest), dd_of((double)n));
  return c;
}

/* x[i] - mean, in units of 10^-scale. */
static Dd deviation(const Centred *c, size_t i) {
  if (c->x->ints == NULL) return dd_subtract(dd_of(c->x->reals[i]), c->mean);
  Int128 d = (Int128)c->x->ints[i] - c->centre;
  return dd_subtract(dd_of_int128(d), c->rest);
}

/* Sum of squared deviations in units of 10^(-2 scale). */
static Dd squares_of_ints(const Centred *c) {
  Wide squares = {0, 0};
  Int128 sum = 0;
  for (size_t i = 0; i < c->x->n; i++) {
    if (!numbers_has(c->x, i)) continue;
    Int128 d = (Int128)c->x->ints[i] - c->centre;
    Uint128 size = (Uint128)(d < 0 ? -d : d); /* below 2^64 */
    squares = wide_add(squares, size * size);
    sum += d;
  }
  Uint128 size = (Uint128)(sum < 0 ? -sum : sum);
  Wide top = wide_subtract(wide_times(squares, c->n), wide_product(size, size));
  return dd_divide(wide_to_dd(top), dd_of((double)c->n));
}

static Dd squares_of_reals(const Centred *c) {
  Dd squares = dd_of(0), rest = dd_of(0);
  for (size_t i = 0; i < c->x->n; i++) {
    if (!numbers_has(c->x, i)) continue;
    Dd d = deviation(c, i);
    squares = dd_add(squares, dd_square(d));
    rest = dd_add(rest, d);
  }
  rest = dd_divide(dd_square(rest), dd_of((double)c->n));
  squares = dd_subtract(squares, rest);
  return squares.hi < 0 ? dd_of(0) : squares;
}

static Dd squares_of(const Centred *c) {
  if (c->n == 0) return dd_of(0);
  return c->x->ints != NULL ? squares_of_ints(c) : squares_of_reals(c);
}

Squares moments_squares(const Numbers *x) {
  Centred c = centre(x, numbers_count(x));
  Dd unit = unit_of(x);
  return (Squares){c.n, c.mean,
                   dd_divide(squares_of(&c), dd_multiply(unit, unit))};
}

static void find_range(const Numbers *x, Moments *out) {
  size_t least = x->n, most = x->n;
  for (size_t i = 0; i < x->n; i++) {
    if (!numbers_has(x, i)) continue;
    if (least == x->n || numbers_compare(x, i, least) < 0) least = i;
    if (most == x->n || numbers_compare(x, i, most) > 0) most = i;
  }
  out->min = least == x->n ? NAN : numbers_at(x, least);
  out->max = most == x->n ? NAN : numbers_at(x, most);
}

/* Skewness, kurtosis and autocorrelation of a sample that is not constant. */
static void find_shape(const Centred *c, Dd squares, Moments *out) {
  Dd third = dd_of(0), fourth = dd_of(0), lagged = dd_of(0), last = dd_of(0);
  bool has_last = false;
  for (size_t i = 0; i < c->x->n; i++) {
    bool has = numbers_has(c->x, i);
    if (has) {
      Dd d = deviation(c, i), square = dd_square(d);
      third = dd_add(third, dd_multiply(square, d));
      fourth = dd_add(fourth, dd_square(square));
      if (has_last) lagged = dd_add(lagged, dd_multiply(last, d));
      last = d;
    }
    has_last = has;
  }
  Dd n = dd_of((double)c->n), second = dd_divide(squares, n);
  Dd spread = dd_multiply(second, dd_root(second));
  out->skewness = dd_divide(dd_divide(third, n), spread).hi;
  Dd kurtosis = dd_divide(dd_divide(fourth, n), dd_square(second));
  out->kurtosis = dd_subtract(kurtosis, dd_of(3)).hi;
  out->autocorrelation = dd_divide(lagged, squares).hi;
}

int moments_find(const Numbers *x, Moments *out, Err *err) {
  size_t n = numbers_count(x);
  *out = (Moments){.n = n,
                   .missing = x->n - n,
                   .mean = NAN,
                   .var = NAN,
                   .sd = NAN,
                   .skewness = NAN,
                   .kurtosis = NAN,
                   .autocorrelation = NAN};
  find_range(x, out);
  if (n == 0) return 0;
  Centred c = centre(x, n);
  out->mean = c.mean.hi;
  if (n == 1 && isfinite(out->mean)) return 0;
  Dd squares = squares_of(&c), unit = unit_of(x);
  Dd var = dd_divide(squares, dd_of((double)n - 1));
  out->var = dd_divide(var, dd_multiply(unit, unit)).hi;
  out->sd = dd_divide(dd_root(var), unit).hi;
  if (squares.hi > 0) find_shape(&c, squares, out);
  if (isfinite(out->mean) && isfinite(out->var) && !isinf(out->kurtosis))
    return 0;
  return err_set(err, ERR_DATA, "the values are too large for a variance");
}
