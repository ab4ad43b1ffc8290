/* office.xlsx: workbooks. */
#include "base/buf.h"
#include "bind/bind_office.h"
#include "io/xlsx_book.h"

static const char JOB[] = "evalua.xlsx_job";

/* What one call holds; freed by the collector when Lua raises. */
typedef struct Job {
  Buf bytes;
  Ooxml *file;
  XlsxBook book;
} Job;

static void clear_job(Job *job) {
  xlsx_book_free(&job->book);
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

/* xlsx.sheets(path): the names of the sheets in the order of their tabs; or
   nil, message, code. */
static int lxlsx_sheets(lua_State *L) {
  const char *path = luaL_checkstring(L, 1);
  Job *job = evl_new(L, sizeof *job, JOB);
  Err err;
  if (open_book(job, path, &err) != 0) return evl_fail(L, &err);
  lua_createtable(L, (int)job->book.nsheets, 0);
  for (size_t i = 0; i < job->book.nsheets; i++) {
    lua_pushstring(L, job->book.sheets[i].name);
    lua_seti(L, -2, (lua_Integer)i + 1);
  }
  clear_job(job);
  return 1;
}

static const luaL_Reg functions[] = {{"sheets", lxlsx_sheets}, {NULL, NULL}};

static const luaL_Reg job_meta[] = {{"__gc", ljob_gc}, {NULL, NULL}};

int evl_open_xlsx(lua_State *L) {
  evl_type(L, JOB, job_meta, NULL);
  lua_pop(L, 1);
  luaL_newlib(L, functions);
  return 1;
}
