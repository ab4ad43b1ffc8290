/* correlate: how two samples go together. */
#ifndef CORRELATE_H
#define CORRELATE_H

#include "stats/numbers.h"

typedef struct Correlation {
  size_t n, missing; /* pairs; rows that lack a side */
  double r, p;       /* NAN: a side is constant; fewer than 3 pairs */
  bool is_exact;     /* p was counted out */
} Correlation;

/* Pairs are the rows where both sides are there; x->n == y->n. 0 or -1:
   ERR_MEM. Two-sided p:
   pearson   in double-double; t = r sqrt((n - 2) / (1 - r^2))
   spearman  Pearson of the mid-ranks (Spearman 1904); counted out over all
             orders up to 9 pairs; without ties and below 1290 an Edgeworth
             series (Best & Roberts 1975, AS 89), as R has it; else t likewise
             (Kendall & Stuart 1973, The Advanced Theory of Statistics 2, 31.19)
   kendall   tau-b (Kendall 1945, Biometrika 33:239); without ties and below
             50 pairs counted out, else z = S / sd of S, as R has it */
int correlate_pearson(const Numbers *x, const Numbers *y, Correlation *out,
                      Err *err);
int correlate_spearman(const Numbers *x, const Numbers *y, Correlation *out,
                       Err *err);
int correlate_kendall(const Numbers *x, const Numbers *y, Correlation *out,
                      Err *err);

#endif
