#include "stats/anova.h"

#include <gsl/gsl_cdf.h>
#include <stdlib.h>

#include "base/mem.h"

typedef struct Group {
  size_t n;
  Dd mean; /* first the sum */
} Group;

static void find_means(const Numbers *y, const int64_t *of_row, Group *groups,
                       size_t ngroups) {
  for (size_t i = 0; i < y->n; i++) {
    if (of_row[i] == ANOVA_NONE || !numbers_has(y, i)) continue;
    Group *group = &groups[of_row[i]];
    group->n++;
    group->mean = dd_add(group->mean, numbers_dd(y, i));
  }
  for (size_t g = 0; g < ngroups; g++)
    if (groups[g].n > 0)
      groups[g].mean = dd_divide(groups[g].mean, dd_of((double)groups[g].n));
}

static Dd within(const Numbers *y, const int64_t *of_row, const Group *groups) {
  Dd sum = dd_of(0);
  for (size_t i = 0; i < y->n; i++) {
    if (of_row[i] == ANOVA_NONE || !numbers_has(y, i)) continue;
    Dd rest = dd_subtract(numbers_dd(y, i), groups[of_row[i]].mean);
    sum = dd_add(sum, dd_square(rest));
  }
  return sum;
}

/* Of the means about the grand one; counts into out. */
static Dd between(const Group *groups, size_t ngroups, Anova *out) {
  Dd grand = dd_of(0), sum = dd_of(0);
  for (size_t g = 0; g < ngroups; g++) {
    out->n += groups[g].n;
    out->ngroups += groups[g].n > 0;
    grand = dd_add(grand, dd_times(groups[g].mean, (double)groups[g].n));
  }
  if (out->n == 0) return sum;
  grand = dd_divide(grand, dd_of((double)out->n));
  for (size_t g = 0; g < ngroups; g++) {
    Dd square = dd_square(dd_subtract(groups[g].mean, grand));
    sum = dd_add(sum, dd_times(square, (double)groups[g].n));
  }
  return sum;
}

int anova_find(const Numbers *y, const int64_t *of_row, size_t ngroups,
               Anova *out, Err *err) {
  *out = (Anova){
      .msb = NAN, .msw = NAN, .f = NAN, .p = NAN, .r2 = NAN, .sigma = NAN};
  Group *groups = mem_array(ngroups, sizeof *groups);
  if (groups == NULL) return err_memory(err);
  find_means(y, of_row, groups, ngroups);
  Dd ssb = between(groups, ngroups, out), ssw = within(y, of_row, groups);
  free(groups);
  out->missing = y->n - out->n;
  out->ssb = ssb.hi;
  out->ssw = ssw.hi;
  if (out->ngroups < 2 || out->n <= out->ngroups) return 0;
  out->dfb = out->ngroups - 1;
  out->dfw = out->n - out->ngroups;
  Dd msb = dd_divide(ssb, dd_of((double)out->dfb));
  Dd msw = dd_divide(ssw, dd_of((double)out->dfw)), all = dd_add(ssb, ssw);
  out->msb = msb.hi;
  out->msw = msw.hi;
  out->sigma = dd_root(msw).hi;
  if (all.hi > 0) out->r2 = dd_divide(ssb, all).hi;
  if (msw.hi > 0) {
    out->f = dd_divide(msb, msw).hi;
    out->p = gsl_cdf_fdist_Q(out->f, (double)out->dfb, (double)out->dfw);
  } else if (msb.hi > 0) {
    out->f = INFINITY;
    out->p = 0;
  }
  return 0;
}
