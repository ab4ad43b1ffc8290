/* core.text: UTF-8 as people see it. */
#include "base/text.h"

#include "bind/bind.h"

/* text.width(s): terminal columns */
static int ltext_width(lua_State *L) {
  size_t len;
  const char *text = luaL_checklstring(L, 1, &len);
  lua_pushinteger(L, (lua_Integer)text_width(text, len));
  return 1;
}

/* text.prefix(s, width): the longest beginning that fits in `width` columns */
static int ltext_prefix(lua_State *L) {
  size_t len;
  const char *text = luaL_checklstring(L, 1, &len);
  lua_Integer width = luaL_checkinteger(L, 2);
  size_t keep = width < 0 ? 0 : text_prefix(text, len, (size_t)width);
  lua_pushlstring(L, text, keep);
  return 1;
}

/* text.count(s): characters */
static int ltext_count(lua_State *L) {
  size_t len;
  const char *text = luaL_checklstring(L, 1, &len);
  lua_pushinteger(L, (lua_Integer)text_count(text, len));
  return 1;
}

/* text.is_utf8(s) */
static int ltext_is_utf8(lua_State *L) {
  size_t len;
  const char *text = luaL_checklstring(L, 1, &len);
  lua_pushboolean(L, text_check(text, len) == len);
  return 1;
}

/* text.distance(a, b): edits between them, or nil when a text is long */
static int ltext_distance(lua_State *L) {
  size_t alen, blen;
  const char *a = luaL_checklstring(L, 1, &alen);
  const char *b = luaL_checklstring(L, 2, &blen);
  size_t far = text_distance(a, alen, b, blen);
  if (far == SIZE_MAX) lua_pushnil(L);
  else lua_pushinteger(L, (lua_Integer)far);
  return 1;
}

static const luaL_Reg functions[] = {
    {"width", ltext_width},       {"prefix", ltext_prefix},
    {"count", ltext_count},       {"is_utf8", ltext_is_utf8},
    {"distance", ltext_distance}, {NULL, NULL}};

int evl_open_text(lua_State *L) {
  luaL_newlib(L, functions);
  return 1;
}
