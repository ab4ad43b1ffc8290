/* bind_stats: the parts of core.stats; each adds its functions to the table on
   the stack top. */
#ifndef BIND_STATS_H
#define BIND_STATS_H

#include "bind/bind.h"

void evl_add_digits(lua_State *L);
void evl_add_dist(lua_State *L);
void evl_add_regress(lua_State *L);
void evl_add_series(lua_State *L);
void evl_add_trend(lua_State *L);

#endif
