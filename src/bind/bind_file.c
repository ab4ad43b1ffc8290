/* core.file: whole files in and out. */
#include "base/buf.h"
#include "bind/bind.h"
#include "io/file_write.h"

static const char BYTES[] = "evalua.file_bytes";

static int lbytes_gc(lua_State *L) {
  buf_free(luaL_checkudata(L, 1, BYTES));
  return 0;
}

/* file.write(path, bytes): true, or nil, message, code; see file_write.h. */
static int lfile_write(lua_State *L) {
  size_t len;
  const char *path = luaL_checkstring(L, 1);
  const char *bytes = luaL_checklstring(L, 2, &len);
  Err err;
  if (file_write(path, bytes, len, &err) != 0) return evl_fail(L, &err);
  lua_pushboolean(L, 1);
  return 1;
}

enum { READ_MOST = 0x7FFFFFFF };

/* file.read(path): the bytes ("-" is standard input), or nil, message, code */
static int lfile_read(lua_State *L) {
  const char *path = luaL_checkstring(L, 1);
  Buf *bytes = evl_new(L, sizeof *bytes, BYTES);
  Err err;
  if (buf_read_file(bytes, path, READ_MOST, &err) != 0)
    return evl_fail(L, &err);
  lua_pushlstring(L, bytes->data, bytes->len);
  buf_free(bytes);
  return 1;
}

static const luaL_Reg functions[] = {
    {"write", lfile_write}, {"read", lfile_read}, {NULL, NULL}};

static const luaL_Reg bytes_meta[] = {{"__gc", lbytes_gc}, {NULL, NULL}};

int evl_open_file(lua_State *L) {
  evl_type(L, BYTES, bytes_meta, NULL);
  lua_pop(L, 1);
  luaL_newlib(L, functions);
  return 1;
}
