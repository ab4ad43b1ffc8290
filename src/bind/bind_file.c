/* core.file: whole files in and out. */
#include "base/buf.h"
#include "bind/bind.h"
#include "io/encode.h"
#include "io/file_write.h"

static const char BYTES[] = "evalua.file_bytes";
static const char DECODED[] = "evalua.file_decoded";

static int ldecoded_gc(lua_State *L) {
  encode_free(luaL_checkudata(L, 1, DECODED));
  return 0;
}

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

/* file.decode(bytes [, encoding]): the text as UTF-8 without a byte order
   mark, and the encoding it had; or nil, message, code. See encode.h. */
static int lfile_decode(lua_State *L) {
  size_t len;
  const char *bytes = luaL_checklstring(L, 1, &len);
  const char *encoding = luaL_optstring(L, 2, NULL);
  Utf8Text *text = evl_new(L, sizeof *text, DECODED);
  Err err;
  if (encode_to_utf8(bytes, len, encoding, text, &err) != 0)
    return evl_fail(L, &err);
  lua_pushlstring(L, text->text, text->len);
  lua_pushstring(L, text->encoding);
  encode_free(text);
  return 2;
}

static const luaL_Reg functions[] = {{"write", lfile_write},
                                     {"read", lfile_read},
                                     {"decode", lfile_decode},
                                     {NULL, NULL}};

static const luaL_Reg bytes_meta[] = {{"__gc", lbytes_gc}, {NULL, NULL}};

static const luaL_Reg decoded_meta[] = {{"__gc", ldecoded_gc}, {NULL, NULL}};

int evl_open_file(lua_State *L) {
  evl_type(L, BYTES, bytes_meta, NULL);
  evl_type(L, DECODED, decoded_meta, NULL);
  lua_pop(L, 2);
  luaL_newlib(L, functions);
  return 1;
}
