/* core.draw: pictures through gnuplot, and the font to lay them out with. */
#include <limits.h>
#include <string.h>

#include "base/buf.h"
#include "bind/bind.h"
#include "bind/bind_font.h"
#include "draw/gnuplot.h"
#include "draw/jail.h"

#define BYTES_TYPE "evalua.draw.bytes"

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

/* gnuplot(script, "svg"|"png"|"pdf", {deadline_ms=}) -> bytes
   | nil, message, code */
static int ldraw_gnuplot(lua_State *L) {
  static const char *const names[] = {"svg", "png", "pdf", NULL};
  static const GnuplotFormat formats[] = {GNUPLOT_SVG, GNUPLOT_PNG,
                                          GNUPLOT_PDF};
  size_t len;
  const char *script = luaL_checklstring(L, 1, &len);
  GnuplotFormat format = formats[luaL_checkoption(L, 2, NULL, names)];
  lua_Integer deadline =
      evl_option_int(L, 3, "deadline_ms", GNUPLOT_DEADLINE_MS);
  luaL_argcheck(L, deadline > 0 && deadline <= INT_MAX, 3,
                "deadline_ms out of range");
  Err err;
  Buf *picture = new_bytes(L);
  if (gnuplot_draw(script, len, format, (int)deadline, picture, &err) != 0)
    return evl_fail(L, &err);
  return push_bytes(L, picture);
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

static const luaL_Reg functions[] = {{"gnuplot", ldraw_gnuplot},
                                     {"gnuplot_version", ldraw_gnuplot_version},
                                     {"confinement", ldraw_confinement},
                                     {NULL, NULL}};

static const luaL_Reg bytes_meta[] = {{"__gc", lbytes_free}, {NULL, NULL}};

int evl_open_draw(lua_State *L) {
  evl_type(L, BYTES_TYPE, bytes_meta, NULL);
  lua_pop(L, 1);
  luaL_newlib(L, functions);
  lua_pushliteral(L, GNUPLOT_OUTPUT);
  lua_setfield(L, -2, "output"); /* what scripts `set output` to */
  evl_push_font(L);
  lua_setfield(L, -2, "font");
  return 1;
}
