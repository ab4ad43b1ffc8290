/* evalua.office as one Lua table, as bind_init has it for the core. */
#include "bind/bind_office.h"

int luaopen_evalua_office(lua_State *L);

static const luaL_Reg openers[] = {{"xlsx", evl_open_xlsx},
                                   {"xlsx_write", evl_open_xlsx_write},
                                   {"zip", evl_open_zip},
                                   {NULL, NULL}};

__attribute__((visibility("default"))) int luaopen_evalua_office(lua_State *L) {
  lua_newtable(L);
  for (const luaL_Reg *opener = openers; opener->func != NULL; opener++) {
    lua_pushcfunction(L, opener->func);
    lua_call(L, 0, 1);
    lua_setfield(L, -2, opener->name);
  }
  return 1;
}
