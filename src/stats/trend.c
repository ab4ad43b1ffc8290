/* Each season is a series of its own, gathered by its places. */
#include "stats/trend.h"

#include <gsl/gsl_cdf.h>
#include <stdlib.h>

#include "base/mem.h"
#include "stats/rank.h"
#include "stats/slope.h"

/* Room for the places, ranks and mid-ranks of a series. */
typedef struct Room {
  size_t *at;
  uint32_t *dense;
  double *mid;
} Room;

static void room_free(Room *room) {
  free(room->at);
  free(room->dense);
  free(room->mid);
}

static int room_new(Room *room, size_t n, Err *err) {
  *room =
      (Room){mem_array(n, sizeof *room->at), mem_array(n, sizeof *room->dense),
             mem_array(n, sizeof *room->mid)};
  if (room->at != NULL && room->dense != NULL && room->mid != NULL) return 0;
  room_free(room);
  return err_memory(err);
}

static int64_t season_of(const TrendRule *rule, size_t i) {
  int64_t time = rule->times == NULL ? (int64_t)i : rule->times[i];
  int64_t season = time % rule->season;
  return season < 0 ? season + rule->season : season;
}

/* The places of the values of one season; all where there are none. */
static size_t gather(const Numbers *x, const TrendRule *rule, int64_t season,
                     size_t *at) {
  size_t n = 0;
  for (size_t i = 0; i < x->n; i++)
    if (numbers_has(x, i) &&
        (rule->season == 1 || season_of(rule, i) == season))
      at[n++] = i;
  return n;
}

/* ---- autocorrelation ---- */

/* Sum of products of n ranks, about their mean, with those a lag before. */
static double products_at(const double *mid, size_t n, size_t lag) {
  double mean = ((double)n + 1) / 2, sum = 0;
  for (size_t i = lag; i < n; i++)
    sum += (mid[i] - mean) * (mid[i - lag] - mean);
  return sum;
}

/* Mid-ranks of the values less slope * time; how many, or -1. */
static ptrdiff_t rank_rest(const Numbers *x, const int64_t *times, double slope,
                           Room *room, Err *err) {
  TrendRule all = {.season = 1};
  size_t n = gather(x, &all, 0, room->at);
  double *rest = mem_array(n, sizeof *rest);
  if (rest == NULL) return err_memory(err);
  for (size_t i = 0; i < n; i++) {
    size_t at = room->at[i];
    double time = times == NULL ? (double)at : (double)(times[at] - times[0]);
    rest[i] = numbers_at(x, at) - slope * time;
  }
  for (size_t i = 0; i < n; i++) room->at[i] = i;
  Numbers numbers = {.reals = rest, .n = n};
  ptrdiff_t found =
      rank_find(&numbers, room->at, n, room->dense, room->mid, err);
  free(rest);
  return found < 0 ? -1 : (ptrdiff_t)n;
}

int trend_neighbours(const Numbers *x, const int64_t *times, double slope,
                     double *out, Err *err) {
  Room room;
  if (room_new(&room, x->n, err) != 0) return -1;
  ptrdiff_t n = rank_rest(x, times, slope, &room, err);
  *out = NAN;
  if (n >= 3) {
    double all = products_at(room.mid, (size_t)n, 0);
    *out = all > 0 ? products_at(room.mid, (size_t)n, 1) / all : 0;
  }
  room_free(&room);
  return n < 0 ? -1 : 0;
}

/* Hamed & Rao's n / n*; *out stays where nothing is left of the series. */
static int correction(const Numbers *x, const TrendRule *rule, Room *room,
                      double *out, Err *err) {
  enum { MOST_LAGS = 500 };
  TheilSen sen;
  Numbers times = {.ints = rule->times, .n = x->n};
  SlopeRule plain = {rule->times == NULL ? NULL : &times, 1, 0};
  if (theil_sen(x, &plain, &sen, err) != 0) return -1;
  ptrdiff_t count = rank_rest(x, rule->times, sen.slope, room, err);
  if (count < 0) return -1;
  double n = (double)count, sum = 0, bound = 1.959963984540054 / sqrt(n);
  double all = products_at(room->mid, (size_t)count, 0);
  if (!(all > 0)) return 0;
  for (size_t lag = 1; lag < (size_t)count && lag <= MOST_LAGS; lag++) {
    double k = (double)lag;
    double r = products_at(room->mid, (size_t)count, lag) / all;
    if (fabs(r) > bound) sum += (n - k) * (n - k - 1) * (n - k - 2) * r;
  }
  *out = 1 + 2 / (n * (n - 1) * (n - 2)) * sum;
  return 0;
}

/* ---- Mann-Kendall ---- */

/* How many values p is counted out for. */
static size_t exact_most(bool is_plain, bool has_ties) {
  if (!is_plain) return 0;
  return has_ties ? TREND_EXACT_TIED : KENDALL_EXACT_MOST - 1;
}

static void judge(MannKendall *out, const uint32_t *dense, size_t exact) {
  if (out->n < TREND_LEAST || !(out->var_s > 0)) return;
  double sign = (out->s > 0) - (out->s < 0);
  out->z = (out->s - sign) / sqrt(out->var_s);
  out->is_exact = out->n <= exact;
  if (out->is_exact) out->p = kendall_exact(dense, out->n, out->s);
  else out->p = 2 * gsl_cdf_ugaussian_Q(fabs(out->z));
}

int mann_kendall(const Numbers *x, const TrendRule *rule, MannKendall *out,
                 Err *err) {
  Room room;
  if (room_new(&room, x->n, err) != 0) return -1;
  *out = (MannKendall){.tau = NAN, .z = NAN, .p = NAN, .factor = 1};
  double pairs = 0;
  int status = 0;
  bool is_plain = rule->season == 1 && !rule->corrects, has_ties = false;
  for (int64_t season = 0; status == 0 && season < rule->season; season++) {
    Kendall part;
    size_t n = gather(x, rule, season, room.at);
    if (rank_find(x, room.at, n, room.dense, NULL, err) < 0 ||
        kendall_find(NULL, room.dense, n, &part, err) != 0) {
      status = -1;
      break;
    }
    out->n += n;
    out->s += part.s;
    out->var_s += part.var;
    has_ties = has_ties || part.has_ties;
    pairs += sqrt(part.pairs_a * part.pairs_b);
  }
  out->missing = x->n - out->n;
  if (pairs > 0) out->tau = out->s / pairs;
  if (status == 0 && rule->corrects && out->n >= TREND_LEAST) {
    status = correction(x, rule, &room, &out->factor, err);
    if (out->factor > 0) out->var_s *= out->factor;
    else out->factor = 1;
  }
  if (status == 0) judge(out, room.dense, exact_most(is_plain, has_ties));
  room_free(&room);
  return status;
}

/* ---- Pettitt ---- */

int pettitt(const Numbers *x, Pettitt *out, Err *err) {
  Room room;
  if (room_new(&room, x->n, err) != 0) return -1;
  TrendRule all = {.season = 1};
  size_t n = gather(x, &all, 0, room.at);
  *out = (Pettitt){.n = n, .missing = x->n - n, .p = NAN};
  ptrdiff_t levels = rank_find(x, room.at, n, room.dense, room.mid, err);
  double u = 0;
  for (size_t i = 0; i + 1 < n; i++) {
    u += 2 * room.mid[i] - ((double)n + 1);
    if (fabs(u) <= out->k) continue;
    out->k = fabs(u);
    out->at = room.at[i];
  }
  if (levels > 1) {
    double size = (double)n;
    out->p = fmin(
        1, 2 * exp(-6 * out->k * out->k / (size * size * size + size * size)));
  }
  room_free(&room);
  return levels < 0 ? -1 : 0;
}
