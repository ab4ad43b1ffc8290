/* office.xlsx_write: a workbook under way. Rows and columns count from 1. */
#include <string.h>

#include "bind/bind_office.h"
#include "io/xlsx_write.h"

static const char TYPE[] = "evalua.xlsx_writer";

typedef struct Handle {
  XlsxWriter *writer; /* NULL once it is finished */
  Buf bytes;
} Handle;

static void close_handle(Handle *handle) {
  xlsx_writer_free(handle->writer);
  handle->writer = NULL;
  buf_free(&handle->bytes);
}

static int lwriter_gc(lua_State *L) {
  close_handle(luaL_checkudata(L, 1, TYPE));
  return 0;
}

static XlsxWriter *check_writer(lua_State *L) {
  Handle *handle = luaL_checkudata(L, 1, TYPE);
  luaL_argcheck(L, handle->writer != NULL, 1, "the workbook is finished");
  return handle->writer;
}

static int check_place(lua_State *L, int arg) {
  lua_Integer n = luaL_checkinteger(L, arg);
  luaL_argcheck(L, n >= 1 && n <= INT32_MAX, arg, "rows and columns from 1");
  return (int)n - 1;
}

static int check_style(lua_State *L, int arg) {
  lua_Integer style = luaL_optinteger(L, arg, 0);
  luaL_argcheck(L, style >= 0 && style < 200, arg, "no such style");
  return (int)style;
}

static int done(lua_State *L, int status, const Err *err) {
  if (status != 0) return evl_fail(L, err);
  lua_pushboolean(L, 1);
  return 1;
}

/* xlsx_write.new(): a workbook, or nil, message, code */
static int lwriter_new(lua_State *L) {
  Handle *handle = evl_new(L, sizeof *handle, TYPE);
  Err err;
  handle->writer = xlsx_writer_new(&err);
  return handle->writer == NULL ? evl_fail(L, &err) : 1;
}

/* book:sheet(name) */
static int lwriter_sheet(lua_State *L) {
  Err err;
  int status = xlsx_add_sheet(check_writer(L), luaL_checkstring(L, 2), &err);
  return done(L, status, &err);
}

/* book:style{number=, bold=, wrap=, framed=, ruled=, indented=, align=, size=,
   fill=, colour=}: its number */
static int lwriter_style(lua_State *L) {
  XlsxWriter *writer = check_writer(L);
  luaL_checktype(L, 2, LUA_TTABLE);
  XlsxStyle style = {
      .number = evl_option_text(L, 2, "number", NULL),
      .bold = evl_option_bool(L, 2, "bold", false),
      .wrap = evl_option_bool(L, 2, "wrap", false),
      .framed = evl_option_bool(L, 2, "framed", false),
      .ruled = evl_option_bool(L, 2, "ruled", false),
      .indented = evl_option_bool(L, 2, "indented", false),
      .align = evl_option_text(L, 2, "align", "")[0],
      .size = (int)evl_option_int(L, 2, "size", 0),
      .fill = (int)evl_option_int(L, 2, "fill", 0),
      .colour = (int)evl_option_int(L, 2, "colour", 0),
  };
  Err err;
  int number = xlsx_add_style(writer, &style, &err);
  if (number < 0) return evl_fail(L, &err);
  lua_pushinteger(L, number);
  return 1;
}

/* book:width(column, characters) */
static int lwriter_width(lua_State *L) {
  xlsx_set_width(check_writer(L), check_place(L, 2), luaL_checknumber(L, 3));
  return 0;
}

/* book:height(row, points) */
static int lwriter_height(lua_State *L) {
  xlsx_set_height(check_writer(L), check_place(L, 2), luaL_checknumber(L, 3));
  return 0;
}

/* book:page(rows that stay in view) */
static int lwriter_page(lua_State *L) {
  xlsx_set_page(check_writer(L), (int)luaL_optinteger(L, 2, 0));
  return 0;
}

/* book:repeat_row(row): on every printed page behind its own */
static int lwriter_repeat_row(lua_State *L) {
  xlsx_repeat_row(check_writer(L), check_place(L, 2));
  return 0;
}

/* book:put(row, column, value, style): a text, an integer, a decimal, nil */
static int lwriter_put(lua_State *L) {
  XlsxWriter *writer = check_writer(L);
  int row = check_place(L, 2), column = check_place(L, 3);
  int style = check_style(L, 5), status;
  Decimal number;
  Err err;
  if (lua_isnoneornil(L, 4))
    status = xlsx_put_blank(writer, row, column, style, &err);
  else if (evl_to_decimal(L, 4, &number))
    status = xlsx_put_decimal(writer, row, column, number, style, &err);
  else
    status =
        xlsx_put_text(writer, row, column, luaL_checkstring(L, 4), style, &err);
  return done(L, status, &err);
}

/* book:merge(row, column, last_row, last_column, text, style) */
static int lwriter_merge(lua_State *L) {
  Err err;
  int status = xlsx_merge(check_writer(L), check_place(L, 2), check_place(L, 3),
                          check_place(L, 4), check_place(L, 5),
                          luaL_checkstring(L, 6), check_style(L, 7), &err);
  return done(L, status, &err);
}

/* book:table(t, style of texts): names in the first row of the sheet, then the
   rows */
static int lwriter_table(lua_State *L) {
  Err err;
  int status = xlsx_put_table(check_writer(L), evl_check_table(L, 2),
                              check_style(L, 3), &err);
  return done(L, status, &err);
}

/* book:finish(): the bytes of the file, or nil, message, code */
static int lwriter_finish(lua_State *L) {
  check_writer(L);
  Handle *handle = lua_touserdata(L, 1);
  Err err;
  if (xlsx_finish(handle->writer, &handle->bytes, &err) != 0) {
    close_handle(handle);
    return evl_fail(L, &err);
  }
  lua_pushlstring(L, handle->bytes.data, handle->bytes.len);
  close_handle(handle);
  return 1;
}

static const luaL_Reg methods[] = {{"sheet", lwriter_sheet},
                                   {"style", lwriter_style},
                                   {"width", lwriter_width},
                                   {"height", lwriter_height},
                                   {"page", lwriter_page},
                                   {"repeat_row", lwriter_repeat_row},
                                   {"put", lwriter_put},
                                   {"merge", lwriter_merge},
                                   {"table", lwriter_table},
                                   {"finish", lwriter_finish},
                                   {NULL, NULL}};

static const luaL_Reg meta[] = {{"__gc", lwriter_gc}, {NULL, NULL}};

static const luaL_Reg functions[] = {{"new", lwriter_new}, {NULL, NULL}};

int evl_open_xlsx_write(lua_State *L) {
  evl_type(L, TYPE, meta, methods);
  lua_pop(L, 1);
  luaL_newlib(L, functions);
  return 1;
}
