/* The core as one Lua table: a list of openers, one per namespace. */
#include "bind/bind.h"

int luaopen_evalua_core(lua_State *L);

/* one a line, so that additions do not meet */
/* clang-format off */
static const luaL_Reg openers[] = {
    {"decimal", evl_open_decimal},
    {"column", evl_open_column},
    {"table", evl_open_table},
    {"text", evl_open_text},
    {"csv", evl_open_csv},
    {"json", evl_open_json},
    {"totals", evl_open_totals},
    {"expr", evl_open_expr},
    {"verbs", evl_open_verbs},
    {"variance", evl_open_variance},
    {"join", evl_open_join},
    {"pivot", evl_open_pivot},
    {"points", evl_open_points},
    {"window", evl_open_window},
    {"stats", evl_open_stats},
    {"forecast", evl_open_forecast},
    {"split", evl_open_split},
    {"stl", evl_open_stl},
    {"scan", evl_open_scan},
    {"store", evl_open_store},
    {"draw", evl_open_draw},
    {"file", evl_open_file},
    {"system", evl_open_system},
    {NULL, NULL},
};
/* clang-format on */

__attribute__((visibility("default"))) int luaopen_evalua_core(lua_State *L) {
  lua_newtable(L);
  for (const luaL_Reg *opener = openers; opener->func != NULL; opener++) {
    lua_pushcfunction(L, opener->func);
    lua_call(L, 0, 1);
    lua_setfield(L, -2, opener->name);
  }
  return 1;
}
