/* core.draw: pictures through gnuplot, and the font to lay them out with. */
#include <limits.h>
#include <string.h>

#include "base/buf.h"
#include "bind/bind.h"
#include "draw/gnuplot.h"
#include "draw/jail.h"

#define BYTES_TYPE "evalua.draw.bytes"
#define PICTURES_TYPE "evalua.draw.pictures"
#define GNUPLOT_TYPE "evalua.draw.gnuplot"

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

/* ---- gnuplots that have started ---- */

/* start() -> one that waits for a script of one picture | nil, message, code */
static int ldraw_start(lua_State *L) {
  Gnuplot **handle = evl_new(L, sizeof *handle, GNUPLOT_TYPE);
  Err err;
  *handle = gnuplot_start(1, &err);
  return *handle != NULL ? 1 : evl_fail(L, &err);
}

static int lgnuplot_close(lua_State *L) {
  Gnuplot **handle = luaL_checkudata(L, 1, GNUPLOT_TYPE);
  gnuplot_free(*handle);
  *handle = NULL;
  return 0;
}

/* Push the one in the field `started` of the options, or one that starts now;
   NULL: `err` tells why. */
static Gnuplot **push_gnuplot(lua_State *L, int options, size_t n, Err *err) {
  if (n == 1 && lua_istable(L, options)) {
    lua_getfield(L, options, "started");
    Gnuplot **given = luaL_testudata(L, -1, GNUPLOT_TYPE);
    if (given != NULL && *given != NULL) return given;
    lua_pop(L, 1);
  }
  Gnuplot **handle = evl_new(L, sizeof *handle, GNUPLOT_TYPE);
  *handle = gnuplot_start(n, err);
  return *handle != NULL ? handle : NULL;
}

/* Draw into buffers on the stack's top; the options are argument 3. */
static int draw_all(lua_State *L, const GnuplotFormat *formats, size_t n,
                    Buf *pictures, Err *err) {
  size_t len;
  const char *script = luaL_checklstring(L, 1, &len);
  int deadline = check_deadline(L, 3);
  Gnuplot **handle = push_gnuplot(L, 3, n, err);
  if (handle == NULL) return -1;
  int result =
      gnuplot_draw(*handle, script, len, formats, deadline, pictures, err);
  gnuplot_free(*handle);
  *handle = NULL;
  lua_pop(L, 1);
  return result;
}

/* gnuplot(script, "svg"|"png"|"pdf", {deadline_ms=, started=}) -> bytes
   | nil, message, code */
static int ldraw_gnuplot(lua_State *L) {
  GnuplotFormat format = check_format(L, 2);
  Err err;
  lua_settop(L, 3); /* script format options */
  Buf *picture = new_bytes(L);
  if (draw_all(L, &format, 1, picture, &err) != 0) return evl_fail(L, &err);
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
  GnuplotFormat formats[GNUPLOT_PICTURES];
  luaL_checktype(L, 2, LUA_TTABLE);
  size_t n = lua_rawlen(L, 2);
  luaL_argcheck(L, n >= 1 && n <= GNUPLOT_PICTURES, 2, "1 to 64 formats");
  for (size_t i = 0; i < n; i++) {
    lua_rawgeti(L, 2, (lua_Integer)i + 1);
    formats[i] = check_format(L, -1);
    lua_pop(L, 1);
  }
  Err err;
  lua_settop(L, 3); /* script formats options */
  Buf *pictures = evl_new(L, GNUPLOT_PICTURES * sizeof(Buf), PICTURES_TYPE);
  if (draw_all(L, formats, n, pictures, &err) != 0) return evl_fail(L, &err);
  lua_createtable(L, (int)n, 0);
  for (size_t i = 0; i < n; i++) {
    push_bytes(L, &pictures[i]);
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
  return 1;
}

/* output(i) -> what a script must `set output` to for its picture i */
static int ldraw_output(lua_State *L) {
  lua_Integer i = luaL_optinteger(L, 1, 1);
  luaL_argcheck(L, i >= 1 && i <= GNUPLOT_PICTURES, 1, "1 to 64");
  lua_pushfstring(L, "%s%d", GNUPLOT_FOLDER, (int)(GNUPLOT_OUTPUT + i - 1));
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

static const luaL_Reg functions[] = {{"start", ldraw_start},
                                     {"output", ldraw_output},
                                     {"gnuplot", ldraw_gnuplot},
                                     {"gnuplot_all", ldraw_gnuplot_all},
                                     {"font", ldraw_font},
                                     {"gnuplot_version", ldraw_gnuplot_version},
                                     {"confinement", ldraw_confinement},
                                     {NULL, NULL}};

static const luaL_Reg bytes_meta[] = {{"__gc", lbytes_free}, {NULL, NULL}};

static const luaL_Reg gnuplot_meta[] = {
    {"__gc", lgnuplot_close}, {"__close", lgnuplot_close}, {NULL, NULL}};

static const luaL_Reg pictures_meta[] = {{"__gc", lpictures_free},
                                         {NULL, NULL}};

int evl_open_draw(lua_State *L) {
  evl_type(L, BYTES_TYPE, bytes_meta, NULL);
  lua_pop(L, 1);
  evl_type(L, PICTURES_TYPE, pictures_meta, NULL);
  lua_pop(L, 1);
  evl_type(L, GNUPLOT_TYPE, gnuplot_meta, NULL);
  lua_pop(L, 1);
  luaL_newlib(L, functions);
  return 1;
}
