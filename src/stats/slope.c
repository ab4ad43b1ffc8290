/* Few pairs: all slopes in an array, sorted. Many: the number of slopes up to
   m is that of the pairs whose rests x - m t do not rise, which a merge sort
   counts; m is searched for, from a sample and by interpolation, until few
   slopes are left between two guesses, and these are laid out by such a merge.
   Points are in order of their blocks (seasons), then of time. */
#include "stats/slope.h"

#include <float.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "stats/rank.h"

enum { MOST_PAIRS = 2000000 };

typedef struct Point {
  int64_t block;
  double t, y;      /* in units of their scales, from the first point */
  double low, high; /* rests at the two ends of a search */
} Point;

typedef struct Points {
  Point *points, *room;
  size_t n;
  double *slopes; /* MOST_PAIRS, or as many as there are pairs */
  double npairs;  /* with different times, within a block */
  double level;   /* pairs of equal times and equal values: never rising */
} Points;

static int compare_points(const void *a, const void *b) {
  const Point *p = a, *q = b;
  if (p->block != q->block) return p->block < q->block ? -1 : 1;
  if (p->t != q->t) return p->t < q->t ? -1 : 1;
  return (p->y > q->y) - (p->y < q->y);
}

static int compare_doubles(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static void points_free(Points *p) {
  free(p->points);
  free(p->room);
  free(p->slopes);
}

/* x - x[first], as a double of whole units where x has them. */
static double offset(const Numbers *x, size_t i, size_t first) {
  if (x->ints == NULL) return x->reals[i] - x->reals[first];
  return (double)((Int128)x->ints[i] - x->ints[first]);
}

static void count_pairs(Points *p) {
  size_t from = 0;
  for (size_t i = 0; i < p->n;) {
    const Point *a = &p->points[i];
    if (i > 0 && a->block != a[-1].block) from = i;
    size_t same = i, end = i;
    while (end < p->n && p->points[end].block == a->block &&
           p->points[end].t == a->t) {
      if (p->points[end].y != p->points[same].y) same = end;
      p->level += (double)(end - same);
      end++;
    }
    p->npairs += (double)(i - from) * (double)(end - i);
    i = end;
  }
}

static int points_new(Points *p, const Numbers *x, const SlopeRule *rule,
                      Err *err) {
  *p = (Points){.points = mem_array(x->n, sizeof(Point)),
                .room = mem_array(x->n, sizeof(Point))};
  if (p->points == NULL || p->room == NULL) return err_memory(err);
  size_t first = SIZE_MAX;
  for (size_t i = 0; i < x->n; i++) {
    if (!numbers_has(x, i)) continue;
    if (rule->times != NULL && !numbers_has(rule->times, i)) continue;
    if (first == SIZE_MAX) first = i;
    int64_t time = rule->times == NULL || rule->times->ints == NULL
                       ? (int64_t)i
                       : rule->times->ints[i];
    p->points[p->n++] =
        (Point){.block = (time % rule->season + rule->season) % rule->season,
                .t = rule->times == NULL ? (double)i - (double)first
                                         : offset(rule->times, i, first),
                .y = offset(x, i, first)};
  }
  qsort(p->points, p->n, sizeof *p->points, compare_points);
  count_pairs(p);
  size_t room = p->npairs < MOST_PAIRS ? (size_t)p->npairs : MOST_PAIRS;
  p->slopes = mem_array(room, sizeof *p->slopes);
  return p->slopes == NULL ? err_memory(err) : 0;
}

/* ---- few pairs ---- */

static void lay_out(Points *p) {
  size_t count = 0;
  for (size_t j = 0; j < p->n; j++) {
    const Point *b = &p->points[j];
    for (size_t i = j; i-- > 0 && p->points[i].block == b->block;) {
      const Point *a = &p->points[i];
      if (a->t < b->t) p->slopes[count++] = (b->y - a->y) / (b->t - a->t);
    }
  }
  qsort(p->slopes, count, sizeof *p->slopes, compare_doubles);
}

/* ---- many pairs ---- */

/* A rank is searched for among the slopes: those up to `low` are fewer, those
   up to `high` are not. What was laid out last is kept for the next rank. */
typedef struct Search {
  const Points *points;
  double *rests, *room; /* n each */
  Point *scratch;       /* n */
  double low, high, below, up_to;
  double laid_below; /* slopes below those that are laid out */
  size_t laid;       /* how many are, from the start of points->slopes */
} Search;

static void search_free(Search *s) {
  free(s->rests);
  free(s->room);
  free(s->scratch);
}

static int search_new(Search *s, const Points *p, Err *err) {
  *s = (Search){.points = p,
                .rests = mem_array(p->n, sizeof(double)),
                .room = mem_array(p->n, sizeof(double)),
                .scratch = mem_array(p->n, sizeof(Point))};
  if (s->rests != NULL && s->room != NULL && s->scratch != NULL) return 0;
  return err_memory(err);
}

static size_t block_end(const Point *points, size_t n, size_t from) {
  size_t end = from;
  while (end < n && points[end].block == points[from].block) end++;
  return end;
}

/* Sorts two sorted halves into one; how many pairs of a left and a right one
   do not rise (or, if strict, fall). */
static double merge_rests(double *list, double *room, size_t middle, size_t n,
                          bool is_strict) {
  size_t i = 0, j = middle, out = 0;
  double count = 0;
  while (i < middle && j < n) {
    bool takes = is_strict ? list[j] < list[i] : list[j] <= list[i];
    count += takes ? (double)(middle - i) : 0;
    room[out++] = takes ? list[j++] : list[i++];
  }
  memcpy(room + out, list + i, (middle - i) * sizeof *room);
  memcpy(room + out + (middle - i), list + j, (n - j) * sizeof *room);
  memcpy(list, room, n * sizeof *room);
  return count;
}

/* How many slopes are at most m (or, if strict, less). */
static double count_up_to(Search *s, double m, bool is_strict) {
  const Points *p = s->points;
  double count = 0;
  for (size_t i = 0; i < p->n; i++)
    s->rests[i] = p->points[i].y - m * p->points[i].t;
  for (size_t from = 0; from < p->n;) {
    size_t end = block_end(p->points, p->n, from);
    for (size_t width = 1; width < end - from; width *= 2)
      for (size_t at = from; at + width < end; at += 2 * width) {
        size_t size = end - at < 2 * width ? end - at : 2 * width;
        count += merge_rests(s->rests + at, s->room, width, size, is_strict);
      }
    from = end;
  }
  return is_strict ? count : count - p->level;
}

static int compare_low(const void *a, const void *b) {
  const Point *p = a, *q = b;
  if (p->block != q->block) return p->block < q->block ? -1 : 1;
  if (p->low != q->low) return p->low < q->low ? -1 : 1;
  return (p->t < q->t) - (p->t > q->t); /* later ones first: no inversion */
}

/* As merge_rests, on points in order of `high`; the slopes of the pairs that
   it would count are written out. */
static void merge_points(Search *s, Point *list, size_t middle, size_t n) {
  const Points *p = s->points;
  Point *room = p->room;
  size_t i = 0, j = middle, out = 0;
  while (i < middle && j < n) {
    if (list[j].high > list[i].high) {
      room[out++] = list[i++];
      continue;
    }
    for (size_t k = i; k < middle && s->laid < MOST_PAIRS; k++)
      if (list[j].t != list[k].t)
        p->slopes[s->laid++] =
            (list[j].y - list[k].y) / (list[j].t - list[k].t);
    room[out++] = list[j++];
  }
  memcpy(room + out, list + i, (middle - i) * sizeof *room);
  memcpy(room + out + (middle - i), list + j, (n - j) * sizeof *room);
  memcpy(list, room, n * sizeof *room);
}

/* The slopes in (low, high], sorted; MOST_PAIRS of them at most. */
static void lay_out_between(Search *s) {
  const Points *p = s->points;
  Point *list = s->scratch;
  memcpy(list, p->points, p->n * sizeof *list);
  for (size_t i = 0; i < p->n; i++) {
    list[i].low = list[i].y - s->low * list[i].t;
    list[i].high = list[i].y - s->high * list[i].t;
  }
  qsort(list, p->n, sizeof *list, compare_low);
  s->laid = 0;
  s->laid_below = s->below;
  for (size_t from = 0; from < p->n;) {
    size_t end = block_end(list, p->n, from);
    for (size_t width = 1; width < end - from; width *= 2)
      for (size_t at = from; at + width < end; at += 2 * width) {
        size_t size = end - at < 2 * width ? end - at : 2 * width;
        merge_points(s, list + at, width, size);
      }
    from = end;
  }
  qsort(p->slopes, s->laid, sizeof *p->slopes, compare_doubles);
}

/* Slopes of pairs drawn by a fixed generator (Knuth's MMIX constants), sorted;
   how many were between two times of one block. */
static size_t draw(const Points *p, double *slopes, size_t most) {
  uint64_t state = 42;
  size_t count = 0;
  for (size_t k = 0; k < 4 * most && count < most; k++) {
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    const Point *a = &p->points[(state >> 33) % p->n];
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    const Point *b = &p->points[(state >> 33) % p->n];
    if (a->block == b->block && a->t != b->t)
      slopes[count++] = (b->y - a->y) / (b->t - a->t);
  }
  qsort(slopes, count, sizeof *slopes, compare_doubles);
  return count;
}

/* Steeper than any slope: twice the largest value over the least step. */
static double steepest(const Points *p) {
  double most = 0, step = INFINITY;
  for (size_t i = 0; i < p->n; i++) {
    const Point *point = &p->points[i];
    if (fabs(point->y) > most) most = fabs(point->y);
    if (i == 0 || point->block != point[-1].block) continue;
    double dt = point->t - point[-1].t;
    if (dt > 0 && dt < step) step = dt;
  }
  return 3 * most / step + DBL_MIN;
}

/* Ends with the rank between them, from a sample where that holds. */
static void bracket(Search *s, double rank) {
  enum { DRAWN = 20000 };
  const Points *p = s->points;
  double most = steepest(p), part = rank / p->npairs;
  s->low = -most;
  s->high = most;
  s->below = 0;
  s->up_to = p->npairs;
  size_t n = draw(p, p->slopes, DRAWN); /* pairs are more than that */
  double spread = 4 * sqrt((double)n * part * (1 - part)) + 2;
  double from = (double)n * part - spread, to = (double)n * part + spread;
  double guesses[] = {from < 0 ? -most : p->slopes[(size_t)from],
                      to > (double)n - 1 ? most : p->slopes[(size_t)to]};
  for (int i = 0; i < 2; i++) {
    double count = count_up_to(s, guesses[i], false);
    if (count >= rank && guesses[i] < s->high) {
      s->high = guesses[i];
      s->up_to = count;
    } else if (count < rank && guesses[i] > s->low) {
      s->low = guesses[i];
      s->below = count;
    }
  }
}

/* Bring the ends together, by interpolation while that halves what is between
   them, until few slopes are left or the ends are the same to 13 digits: then
   what is between them is one value, repeated. */
static void narrow(Search *s, double rank) {
  enum { FEW = MOST_PAIRS * 9 / 10 };
  bool halves = true;
  while (s->up_to - s->below > FEW &&
         s->high - s->low > 1e-13 * fabs(s->high)) {
    double between = s->up_to - s->below;
    double part = halves ? (rank - s->below) / between : 0.5;
    part = fmin(0.99, fmax(0.01, part));
    double guess = s->low + part * (s->high - s->low);
    if (!(guess > s->low && guess < s->high)) return;
    double count = count_up_to(s, guess, false);
    if (count >= rank) {
      s->high = guess;
      s->up_to = count;
    } else {
      s->low = guess;
      s->below = count;
    }
    halves = s->up_to - s->below < between / 2;
  }
}

/* The slope of a rank, from 1. */
static double search(Search *s, double rank) {
  const double *slopes = s->points->slopes;
  double place = rank - s->laid_below;
  if (place >= 1 && place <= (double)s->laid) return slopes[(size_t)place - 1];
  if (count_up_to(s, 0, true) < rank && count_up_to(s, 0, false) >= rank)
    return 0; /* equal values are the tie that occurs */
  bracket(s, rank);
  narrow(s, rank);
  bool is_one_value = s->up_to - s->below > MOST_PAIRS;
  double below = s->below;
  lay_out_between(s);
  if (s->laid == 0) return s->high;
  double middle = slopes[s->laid / 2];
  if (is_one_value) {
    s->laid = 0;
    return middle;
  }
  place = fmin((double)s->laid, fmax(1, rank - below));
  return slopes[(size_t)place - 1];
}

/* ---- the estimate ---- */

static double slope_at(const Points *p, double rank, Search *s) {
  return s == NULL ? p->slopes[(size_t)rank - 1] : search(s, rank);
}

/* The variance of S over the blocks, by ranks of times and values. */
static int variance(const Points *p, double *out, Err *err) {
  double *values = mem_array(p->n, sizeof *values);
  uint32_t *ranks = mem_array(2 * p->n, sizeof *ranks);
  size_t *at = mem_array(p->n, sizeof *at);
  int status =
      values != NULL && ranks != NULL && at != NULL ? 0 : err_memory(err);
  *out = 0;
  for (size_t from = 0; status == 0 && from < p->n;) {
    size_t n = 0;
    while (from + n < p->n &&
           p->points[from + n].block == p->points[from].block)
      n++;
    Numbers numbers = {.reals = values, .n = n};
    for (int side = 0; status == 0 && side < 2; side++) {
      for (size_t i = 0; i < n; i++) {
        at[i] = i;
        values[i] = side == 0 ? p->points[from + i].t : p->points[from + i].y;
      }
      if (rank_find(&numbers, at, n, ranks + (side == 0 ? 0 : n), NULL, err) <
          0)
        status = -1;
    }
    Kendall k;
    if (status == 0) status = kendall_find(ranks, ranks + n, n, &k, err);
    if (status == 0) *out += k.var;
    from += n;
  }
  free(values);
  free(ranks);
  free(at);
  return status;
}

static double median_of(Points *p, bool of_time) {
  double *list = (double *)(void *)p->room;
  size_t n = p->n, half = n / 2;
  for (size_t i = 0; i < n; i++)
    list[i] = of_time ? p->points[i].t : p->points[i].y;
  qsort(list, n, sizeof *list, compare_doubles);
  return n % 2 == 1 ? list[half] : (list[half - 1] + list[half]) / 2;
}

static void estimate(Points *p, const SlopeRule *rule, double var, Search *s,
                     TheilSen *out) {
  double n = p->npairs, half = rule->z * sqrt(var);
  double middle = floor((n + 1) / 2);
  out->slope = slope_at(p, middle, s);
  if (fmod(n, 2) == 0)
    out->slope = (out->slope + slope_at(p, middle + 1, s)) / 2;
  double low = nearbyint((n - half) / 2), high = nearbyint((n + half) / 2) + 1;
  if (rule->z == 0 || low < 1 || high > n) return;
  out->lo = slope_at(p, low, s);
  out->hi = slope_at(p, high, s);
}

static double unit_of(const Numbers *x) {
  return x == NULL || x->ints == NULL ? 1 : (double)pow10_int64(x->scale);
}

static size_t first_of(const Numbers *x, const SlopeRule *rule) {
  for (size_t i = 0; i < x->n; i++)
    if (numbers_has(x, i) &&
        (rule->times == NULL || numbers_has(rule->times, i)))
      return i;
  return 0;
}

int theil_sen(const Numbers *x, const SlopeRule *rule, TheilSen *out,
              Err *err) {
  Points p;
  Search s = {.points = NULL};
  double var;
  int status = points_new(&p, x, rule, err);
  if (status != 0) goto done;
  *out = (TheilSen){.n = p.n,
                    .missing = x->n - p.n,
                    .pairs = p.npairs,
                    .slope = NAN,
                    .intercept = NAN,
                    .lo = NAN,
                    .hi = NAN};
  if (p.npairs == 0) goto done;
  status = variance(&p, &var, err);
  if (status != 0) goto done;
  bool is_small = p.npairs <= MOST_PAIRS;
  if (is_small) lay_out(&p);
  else status = search_new(&s, &p, err);
  if (status != 0) goto done;
  estimate(&p, rule, var, is_small ? NULL : &s, out);
  double unit = unit_of(x), tick = unit_of(rule->times);
  size_t first = first_of(x, rule);
  double t0 =
      rule->times == NULL ? (double)first + 1 : numbers_at(rule->times, first);
  double slope = out->slope; /* in units by ticks */
  out->slope = slope * tick / unit;
  out->lo = out->lo * tick / unit;
  out->hi = out->hi * tick / unit;
  double rest = median_of(&p, false) - slope * median_of(&p, true);
  out->intercept = numbers_at(x, first) + rest / unit - out->slope * t0;
done:
  search_free(&s);
  points_free(&p);
  return status;
}
