/* Helpers that all binding files share. */
#include <string.h>

#include "bind/bind.h"

int evl_fail(lua_State *L, const Err *err) {
  lua_pushnil(L);
  lua_pushstring(L, err->text);
  lua_pushstring(L, err_name(err->code));
  return 3;
}

int evl_raise(lua_State *L, const Err *err) {
  return luaL_error(L, "%s", err->text);
}

void *evl_new(lua_State *L, size_t size, const char *type) {
  void *block = lua_newuserdatauv(L, size, 1);
  memset(block, 0, size);
  luaL_setmetatable(L, type);
  return block;
}

void evl_type(lua_State *L, const char *type, const luaL_Reg *meta,
              const luaL_Reg *methods) {
  luaL_newmetatable(L, type);
  luaL_setfuncs(L, meta, 0);
  lua_newtable(L);
  if (methods != NULL) {
    luaL_setfuncs(L, methods, 0);
    lua_pushvalue(L, -1);
    lua_setfield(L, -3, "__index");
  }
  lua_remove(L, -2); /* methods */
}

void *evl_scratch(lua_State *L, size_t n, size_t size) {
  size_t total;
  if (__builtin_mul_overflow(n, size, &total))
    luaL_error(L, "not enough memory");
  void *block = lua_newuserdatauv(L, total, 0);
  memset(block, 0, total);
  return block;
}

int evl_option(lua_State *L, int arg, const char *name) {
  if (lua_isnoneornil(L, arg)) {
    lua_pushnil(L);
    return LUA_TNIL;
  }
  luaL_checktype(L, arg, LUA_TTABLE);
  lua_pushstring(L, name);
  return lua_rawget(L, arg); /* raw: the table itself keeps the value alive */
}

static int wrong_option(lua_State *L, const char *name, const char *want) {
  return luaL_error(L, "option '%s' must be a %s, not a %s", name, want,
                    luaL_typename(L, -1));
}

const char *evl_option_text(lua_State *L, int arg, const char *name,
                            const char *fallback) {
  int type = evl_option(L, arg, name);
  if (type != LUA_TNIL && type != LUA_TSTRING) wrong_option(L, name, "string");
  const char *text = type == LUA_TNIL ? fallback : lua_tostring(L, -1);
  lua_pop(L, 1);
  return text;
}

lua_Integer evl_option_int(lua_State *L, int arg, const char *name,
                           lua_Integer fallback) {
  int ok, type = evl_option(L, arg, name);
  lua_Integer value = lua_tointegerx(L, -1, &ok);
  if (type != LUA_TNIL && !ok) wrong_option(L, name, "whole number");
  lua_pop(L, 1);
  return type == LUA_TNIL ? fallback : value;
}

bool evl_option_bool(lua_State *L, int arg, const char *name, bool fallback) {
  int type = evl_option(L, arg, name);
  if (type != LUA_TNIL && type != LUA_TBOOLEAN)
    wrong_option(L, name, "boolean");
  bool value = type == LUA_TNIL ? fallback : lua_toboolean(L, -1);
  lua_pop(L, 1);
  return value;
}
