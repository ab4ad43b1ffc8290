/* office.zip: the bytes of an Office file from its parts. */
#include "base/buf.h"
#include "bind/bind_office.h"
#include "io/ooxml_write.h"

static const char BYTES[] = "evalua.office_bytes";

static int lbytes_gc(lua_State *L) {
  buf_free(luaL_checkudata(L, 1, BYTES));
  return 0;
}

/* The part {name, bytes} on the stack top, which keeps both alive. */
static OoxmlPart check_part(lua_State *L) {
  OoxmlPart part;
  luaL_checktype(L, -1, LUA_TTABLE);
  lua_rawgeti(L, -1, 1);
  lua_rawgeti(L, -2, 2);
  if (lua_type(L, -2) != LUA_TSTRING || lua_type(L, -1) != LUA_TSTRING)
    luaL_error(L, "a part is {name, bytes}");
  part.name = lua_tostring(L, -2);
  part.bytes = lua_tolstring(L, -1, &part.len);
  lua_pop(L, 2);
  return part;
}

/* zip.write({{name, bytes}, ...}): the bytes, or nil, message, code */
static int lzip_write(lua_State *L) {
  luaL_checktype(L, 1, LUA_TTABLE);
  size_t n = lua_rawlen(L, 1);
  OoxmlPart *parts = evl_scratch(L, n, sizeof *parts);
  for (size_t i = 0; i < n; i++) {
    lua_rawgeti(L, 1, (lua_Integer)i + 1);
    parts[i] = check_part(L);
    lua_pop(L, 1);
  }
  Buf *bytes = evl_new(L, sizeof *bytes, BYTES);
  Err err;
  if (ooxml_write(parts, n, bytes, &err) != 0) return evl_fail(L, &err);
  lua_pushlstring(L, bytes->data, bytes->len);
  buf_free(bytes);
  return 1;
}

static const luaL_Reg functions[] = {{"write", lzip_write}, {NULL, NULL}};

static const luaL_Reg bytes_meta[] = {{"__gc", lbytes_gc}, {NULL, NULL}};

int evl_open_zip(lua_State *L) {
  evl_type(L, BYTES, bytes_meta, NULL);
  lua_pop(L, 1);
  luaL_newlib(L, functions);
  return 1;
}
