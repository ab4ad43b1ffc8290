/* group_partial: what one worker has gathered for each group, merged exactly
   with what the others have. */
#ifndef GROUP_PARTIAL_H
#define GROUP_PARTIAL_H

#include "verbs/batch_filter.h"
#include "verbs/group_index.h"
#include "verbs/scan.h"

typedef struct GroupPartial {
  const BatchSource *source;
  const ScanPlan *plan;
  const ExprHost *host;
  GroupIndex index;
  Dict **dicts; /* by key: of the worker's text codes; one reference */
  struct ItemTotals *items;
} GroupPartial;

/* Whether partial results of this plan can be merged exactly, whatever the
   batches. False too where an expression does not fit the columns: summarise
   finds the words for that. */
bool partial_can(const BatchSource *source, const ScanPlan *plan);

/* 0 or -1; partial_close is safe in both cases. */
int partial_open(GroupPartial *partial, const BatchSource *source,
                 const ScanPlan *plan, const ExprHost *host, Err *err);
void partial_close(GroupPartial *partial);

/* Add the n rows (NULL: all) of the view's batch. */
int partial_feed(GroupPartial *partial, BatchView *view, const uint32_t *rows,
                 size_t n, Err *err);

/* Add all that `from` has. */
int partial_merge(GroupPartial *into, const GroupPartial *from, Err *err);

/* The keys and the summaries, groups in the order of their first places. NULL
   on failure, also where a sum has no room. */
Table *partial_finish(const GroupPartial *partial, Err *err);

#endif
