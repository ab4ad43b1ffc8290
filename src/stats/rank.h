/* rank: order statistics of one or two samples: ranks, Kendall's S and its
   null distribution. */
#ifndef RANK_H
#define RANK_H

#include "stats/numbers.h"

/* The values at places at[0 .. n - 1] of x, ranked: dense[i] from 0, equal
   values share one, mid[i] (unless NULL) the mean of the ranks from 1 that
   equal values take up. How many different ones there are, or -1: ERR_MEM. */
ptrdiff_t rank_find(const Numbers *x, const size_t *at, size_t n,
                    uint32_t *dense, double *mid, Err *err);

/* What Kendall's S and its variance need of two ranked samples. */
typedef struct Kendall {
  size_t n;
  double s;       /* concordant less discordant pairs */
  double var;     /* of s where nothing is related */
  double pairs_a; /* pairs that are not tied in a */
  double pairs_b; /* pairs that are not tied in b */
  bool has_ties;
} Kendall;

/* By Knight 1966 (Journal of the American Statistical Association 61:436) in
   n log n; the variance with ties in either as Kendall 1970 (Rank Correlation
   Methods, p. 55). a == NULL: in the order of the array. 0 or -1: ERR_MEM. */
int kendall_find(const uint32_t *a, const uint32_t *b, size_t n, Kendall *out,
                 Err *err);

enum { KENDALL_EXACT_MOST = 50 };

/* The chance that |S| is as large or larger where nothing is related, exactly:
   of all orders of b, whose ties are allowed (n < KENDALL_EXACT_MOST; with
   ties n <= 10), a having none. The number of discordant pairs is that of
   inversions of a multiset, whose generating function is the q-multinomial
   coefficient (Andrews 1976, The Theory of Partitions, p. 41). */
double kendall_exact(const uint32_t *b, size_t n, double s);

#endif
