/* evalua.font: a family to measure text with. It is a module of its own, since
   FreeType and fontconfig would make every start slower. */

#include <string.h>

#include "base/text.h"
#include "bind/bind.h"
#include "draw/font.h"

#define FONT_TYPE "evalua.font"

static Font **check_handle(lua_State *L, int arg) {
  return luaL_checkudata(L, arg, FONT_TYPE);
}

static Font *check_font(lua_State *L, int arg) {
  Font **handle = check_handle(L, arg);
  luaL_argcheck(L, *handle != NULL, arg, "font is closed");
  return *handle;
}

/* font{family="…"} -> evalua.font | nil, message, code */
static int lfont_open(lua_State *L) {
  const char *family = evl_option_text(L, 1, "family", "Noto Sans CJK SC");
  Font **handle = evl_new(L, sizeof *handle, FONT_TYPE);
  Err err;
  *handle = font_open(family, &err);
  return *handle != NULL ? 1 : evl_fail(L, &err);
}

/* font:advance(text, bold) -> em */
static int lfont_advance(lua_State *L) {
  Font *font = check_font(L, 1);
  size_t len;
  const char *text = luaL_checklstring(L, 2, &len);
  Err err;
  double em = font_advance(font, lua_toboolean(L, 3), text, len, &err);
  if (em < 0.0) return evl_raise(L, &err);
  lua_pushnumber(L, em);
  return 1;
}

/* font:family(bold) -> the family found, is it the one asked for */
static int lfont_family(lua_State *L) {
  Font *font = check_font(L, 1);
  lua_pushstring(L, font_family(font, lua_toboolean(L, 2)));
  lua_pushboolean(L, font_is_exact(font, lua_toboolean(L, 2)));
  return 2;
}

/* font:missing(text, bold) -> the characters that have no glyph, in order */
static int lfont_missing(lua_State *L) {
  Font *font = check_font(L, 1);
  bool bold = lua_toboolean(L, 3);
  size_t len;
  const char *text = luaL_checklstring(L, 2, &len);
  luaL_Buffer buffer;
  luaL_buffinit(L, &buffer);
  for (size_t i = 0; i < len;) {
    int32_t point;
    size_t used = text_decode(text + i, len - i, &point);
    if (used > 0 && !font_has(font, bold, point))
      luaL_addlstring(&buffer, text + i, used);
    i += used > 0 ? used : 1;
  }
  luaL_pushresult(&buffer);
  return 1;
}

/* Drawn where it may be, though it has no shape: zero width joiners, the
   variation selectors of emoji. */
static bool is_joiner(int32_t point) {
  return (point >= 0x200B && point <= 0x200D) || point == 0xFE0F;
}

/* font:drawable(text) -> the text with boxes (U+25A1) for what no font can
   draw, and without marks that none can */
static int lfont_drawable(lua_State *L) {
  Font *font = check_font(L, 1);
  size_t len;
  const char *text = luaL_checklstring(L, 2, &len);
  luaL_Buffer buffer;
  luaL_buffinit(L, &buffer);
  for (size_t i = 0; i < len;) {
    int32_t point = 0xFFFD;
    size_t used = text_decode(text + i, len - i, &point);
    if (used == 0) used = 1;
    if (point < 0x80 || is_joiner(point) || font_is_drawable(font, point))
      luaL_addlstring(&buffer, text + i, used);
    else if (text_width(text + i, used) > 0) luaL_addstring(&buffer, "\u25A1");
    i += used;
  }
  luaL_pushresult(&buffer);
  return 1;
}

static int lfont_close(lua_State *L) {
  Font **handle = check_handle(L, 1);
  font_free(*handle);
  *handle = NULL;
  return 0;
}

static const luaL_Reg methods[] = {{"advance", lfont_advance},
                                   {"family", lfont_family},
                                   {"missing", lfont_missing},
                                   {"drawable", lfont_drawable},
                                   {NULL, NULL}};

static const luaL_Reg meta[] = {
    {"__gc", lfont_close}, {"__close", lfont_close}, {NULL, NULL}};

int luaopen_evalua_font(lua_State *L);

/* The module is the function that opens a font. */
__attribute__((visibility("default"))) int luaopen_evalua_font(lua_State *L) {
  evl_type(L, FONT_TYPE, meta, methods);
  lua_pop(L, 1); /* methods */
  lua_pushcfunction(L, lfont_open);
  return 1;
}
