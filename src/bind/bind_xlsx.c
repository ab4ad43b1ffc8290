/* office.xlsx: workbooks. */
#include <string.h>

#include "base/buf.h"
#include "bind/bind_office.h"
#include "io/xlsx_sheet.h"

static const char JOB[] = "evalua.xlsx_job";

/* What one call holds; freed by the collector when Lua raises. */
typedef struct Job {
  Buf bytes;
  Ooxml *file;
  XlsxBook book;
  XlsxStrings strings;
  XlsxStyles styles;
  XlsxSheetText sheet;
} Job;

static void clear_job(Job *job) {
  xlsx_book_free(&job->book);
  xlsx_strings_free(&job->strings);
  xlsx_styles_free(&job->styles);
  buf_free(&job->sheet.text);
  ooxml_close(job->file);
  job->file = NULL;
  buf_free(&job->bytes);
}

static int ljob_gc(lua_State *L) {
  clear_job(luaL_checkudata(L, 1, JOB));
  return 0;
}

enum { FILE_MOST = 0x7FFFFFFF };

static int open_book(Job *job, const char *path, Err *err) {
  if (buf_read_file(&job->bytes, path, FILE_MOST, err) != 0) return -1;
  job->file = ooxml_open(job->bytes.data, job->bytes.len, err);
  if (job->file == NULL) return err_at(err, "%s: ", path);
  if (xlsx_book_read(job->file, &job->book, err) != 0)
    return err_at(err, "%s: ", path);
  return 0;
}

static void push_names(lua_State *L, const XlsxBook *book) {
  lua_createtable(L, (int)book->nsheets, 0);
  for (size_t i = 0; i < book->nsheets; i++) {
    lua_pushstring(L, book->sheets[i].name);
    lua_seti(L, -2, (lua_Integer)i + 1);
  }
}

/* xlsx.sheets(path): the names of the sheets in the order of their tabs; or
   nil, message, code. */
static int lxlsx_sheets(lua_State *L) {
  const char *path = luaL_checkstring(L, 1);
  Job *job = evl_new(L, sizeof *job, JOB);
  Err err;
  if (open_book(job, path, &err) != 0) return evl_fail(L, &err);
  push_names(L, &job->book);
  clear_job(job);
  return 1;
}

/* The sheet of that name; without one the first that is not hidden, else the
   first. NULL with an error. */
static const XlsxSheet *find_sheet(const XlsxBook *book, const char *name,
                                   Err *err) {
  const XlsxSheet *found = NULL;
  for (size_t i = 0; i < book->nsheets; i++) {
    const XlsxSheet *sheet = &book->sheets[i];
    if (sheet->part == NULL) continue; /* a chart */
    if (name != NULL && strcmp(sheet->name, name) == 0) return sheet;
    if (name == NULL && (found == NULL || (found->hidden && !sheet->hidden)))
      found = sheet;
  }
  if (found == NULL && name != NULL)
    err_set(err, ERR_DATA, "no sheet '%s'", name);
  else if (found == NULL) err_set(err, ERR_DATA, "the workbook has no sheet");
  return found;
}

static int read_sheet(Job *job, const XlsxSheet *sheet, Err *err) {
  if (xlsx_strings_read(job->file, job->book.strings, &job->strings, err) !=
          0 ||
      xlsx_styles_read(job->file, job->book.styles, &job->styles, err) != 0)
    return -1;
  if (xlsx_sheet_read(job->file, &job->book, sheet, &job->strings, &job->styles,
                      &job->sheet, err) != 0)
    return err_at(err, "sheet '%s': ", sheet->name);
  return 0;
}

static void set_count(lua_State *L, const char *name, size_t count) {
  lua_pushinteger(L, (lua_Integer)count);
  lua_setfield(L, -2, name);
}

/* xlsx.text(path, name | nil): the cells of a sheet as CSV, one record for
   each row, and {sheet= sheets={names} rows= columns= cells= filled=}; or nil,
   message, code. */
static int lxlsx_text(lua_State *L) {
  const char *path = luaL_checkstring(L, 1);
  const char *name = luaL_optstring(L, 2, NULL);
  Job *job = evl_new(L, sizeof *job, JOB);
  Err err;
  if (open_book(job, path, &err) != 0) return evl_fail(L, &err);
  const XlsxSheet *sheet = find_sheet(&job->book, name, &err);
  if (sheet == NULL || read_sheet(job, sheet, &err) != 0) {
    err_at(&err, "%s: ", path);
    return evl_fail(L, &err);
  }
  lua_pushlstring(L, job->sheet.text.data == NULL ? "" : job->sheet.text.data,
                  job->sheet.text.len);
  lua_newtable(L);
  lua_pushstring(L, sheet->name);
  lua_setfield(L, -2, "sheet");
  push_names(L, &job->book);
  lua_setfield(L, -2, "sheets");
  set_count(L, "rows", job->sheet.nrows);
  set_count(L, "columns", job->sheet.ncols);
  set_count(L, "cells", job->sheet.cells);
  set_count(L, "filled", job->sheet.filled);
  clear_job(job);
  return 2;
}

static const luaL_Reg functions[] = {
    {"sheets", lxlsx_sheets}, {"text", lxlsx_text}, {NULL, NULL}};

static const luaL_Reg job_meta[] = {{"__gc", ljob_gc}, {NULL, NULL}};

int evl_open_xlsx(lua_State *L) {
  evl_type(L, JOB, job_meta, NULL);
  lua_pop(L, 1);
  luaL_newlib(L, functions);
  return 1;
}
