/* bind_plan: plans from Lua, and their run over a source of batches. */
#ifndef BIND_PLAN_H
#define BIND_PLAN_H

#include "bind/bind_expr.h"
#include "verbs/scan.h"

/* The summaries {{name=, fn=, tree=, p=}, ...} in the array at `arg`, which
   keeps their texts alive; pushes what they lie in. */
Summary *evl_check_summaries(lua_State *L, int arg, size_t *n);

/* A plan, and the columns that it needs of its source. */
typedef struct EvlPlan {
  ScanPlan scan; /* columns counted in `columns` */
  const char **columns;
  size_t ncolumns;
} EvlPlan;

/* The plan {where = tree?, keys = {names}, items = {summaries}?} at `arg`, a
   table: with items groups by the keys, without them the columns `keys`. The
   source hands out exactly the columns listed in out->columns, in that order
   (where, keys, summaries, each once). Pushes what keeps it alive. */
void evl_check_plan(lua_State *L, int arg, EvlPlan *out);

/* Once for each Lua state, before the others. */
void evl_open_plan(lua_State *L);

#endif
