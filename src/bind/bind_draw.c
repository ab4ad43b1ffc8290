/* core.draw: pictures through gnuplot, and the font to lay them out with. */
#include <limits.h>
#include <string.h>

#include "base/buf.h"
#include "bind/bind.h"
#include "draw/gnuplot.h"
#include "draw/jail.h"

#define BYTES_TYPE "evalua.draw.bytes"
#define PICTURES_TYPE "evalua.draw.pictures"

/* A buffer that Lua frees, so that pushing its bytes may raise. */
static Buf *new_bytes(lua_State *L) {
  return evl_new(L, sizeof(Buf), BYTES_TYPE);
}

static int lbytes_free(lua_State *L) {
  buf_free(luaL_checkudata(L, 1, BYTES_TYPE));
  return 0;
}

static int push_bytes(lua_State *L, Buf *bytes) {
  lua_pushlstring(L, bytes->len > 0 ? bytes->data : "", bytes->len);
  buf_free(bytes);
  return 1;
}

static GnuplotFormat check_format(lua_State *L, int arg) {
  static const char *const names[] = {"svg", "png", "pdf", NULL};
  static const GnuplotFormat formats[] = {GNUPLOT_SVG, GNUPLOT_PNG,
                                          GNUPLOT_PDF};
  return formats[luaL_checkoption(L, arg, NULL, names)];
}

static int check_deadline(lua_State *L, int arg) {
  lua_Integer deadline =
      evl_option_int(L, arg, "deadline_ms", GNUPLOT_DEADLINE_MS);
  luaL_argcheck(L, deadline > 0 && deadline <= INT_MAX, arg,
                "deadline_ms out of range");
  return (int)deadline;
}

/* gnuplot(script, "svg"|"png"|"pdf", {deadline_ms=}) -> bytes
   | nil, message, code */
static int ldraw_gnuplot(lua_State *L) {
  size_t len;
  const char *script = luaL_checklstring(L, 1, &len);
  GnuplotFormat format = check_format(L, 2);
  int deadline = check_deadline(L, 3);
  Err err;
  Buf *picture = new_bytes(L);
  if (gnuplot_draw(script, len, &format, 1, deadline, picture, &err) != 0)
    return evl_fail(L, &err);
  return push_bytes(L, picture);
}

static int lpictures_free(lua_State *L) {
  Buf *pictures = luaL_checkudata(L, 1, PICTURES_TYPE);
  for (size_t i = 0; i < GNUPLOT_PICTURES; i++) buf_free(&pictures[i]);
  return 0;
}

/* gnuplot_all(script, {formats}, {deadline_ms=}) -> {bytes, ...}
   | nil, message, code */
static int ldraw_gnuplot_all(lua_State *L) {
  size_t len;
  GnuplotFormat formats[GNUPLOT_PICTURES];
  const char *script = luaL_checklstring(L, 1, &len);
  luaL_checktype(L, 2, LUA_TTABLE);
  size_t n = lua_rawlen(L, 2);
  luaL_argcheck(L, n >= 1 && n <= GNUPLOT_PICTURES, 2, "1 to 64 formats");
  for (size_t i = 0; i < n; i++) {
    lua_rawgeti(L, 2, (lua_Integer)i + 1);
    formats[i] = check_format(L, -1);
    lua_pop(L, 1);
  }
  int deadline = check_deadline(L, 3);
  Err err;
  Buf *pictures = evl_new(L, GNUPLOT_PICTURES * sizeof(Buf), PICTURES_TYPE);
  if (gnuplot_draw(script, len, formats, n, deadline, pictures, &err) != 0)
    return evl_fail(L, &err);
  lua_createtable(L, (int)n, 0);
  for (size_t i = 0; i < n; i++) {
    push_bytes(L, &pictures[i]);
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
  return 1;
}

/* gnuplot_version() -> "gnuplot 5.4 patchlevel 4" | nil, message, code */
static int ldraw_gnuplot_version(lua_State *L) {
  Err err;
  Buf *version = new_bytes(L);
  if (gnuplot_version(version, &err) != 0) return evl_fail(L, &err);
  return push_bytes(L, version);
}

/* confinement() -> version of Landlock (0: none), whether there is seccomp */
static int ldraw_confinement(lua_State *L) {
  JailSupport support = jail_support();
  lua_pushinteger(L, support.landlock);
  lua_pushboolean(L, support.seccomp);
  return 2;
}

/* font{family="…"}, out of the module evalua.font, loaded when it is used */
static int ldraw_font(lua_State *L) {
  lua_getglobal(L, "require");
  lua_pushliteral(L, "evalua.font");
  lua_call(L, 1, 1);
  lua_insert(L, 1);
  lua_call(L, lua_gettop(L) - 1, LUA_MULTRET);
  return lua_gettop(L);
}

static const luaL_Reg functions[] = {{"gnuplot", ldraw_gnuplot},
                                     {"gnuplot_all", ldraw_gnuplot_all},
                                     {"font", ldraw_font},
                                     {"gnuplot_version", ldraw_gnuplot_version},
                                     {"confinement", ldraw_confinement},
                                     {NULL, NULL}};

static const luaL_Reg bytes_meta[] = {{"__gc", lbytes_free}, {NULL, NULL}};

static const luaL_Reg pictures_meta[] = {{"__gc", lpictures_free},
                                         {NULL, NULL}};

int evl_open_draw(lua_State *L) {
  evl_type(L, BYTES_TYPE, bytes_meta, NULL);
  lua_pop(L, 1);
  evl_type(L, PICTURES_TYPE, pictures_meta, NULL);
  lua_pop(L, 1);
  luaL_newlib(L, functions);
  lua_pushliteral(L, GNUPLOT_OUTPUT);
  lua_setfield(L, -2, "output"); /* what scripts `set output` to */
  return 1;
}
