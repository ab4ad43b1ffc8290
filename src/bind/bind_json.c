/* core.json: arrays of objects on their way to and from a table, and small
   documents as Lua values. */
#include <string.h>

#include "base/buf.h"
#include "bind/bind.h"
#include "io/encode.h"
#include "io/json_rows.h"
#include "io/json_scan.h"
#include "io/json_write.h"

static const char JOB[] = "evalua.json_job";

/* Allocations of one call; freed by the collector when Lua raises. */
typedef struct Job {
  Buf bytes;
  Utf8Text text;
  JsonRows rows;
  JsonScan scan;
} Job;

static void clear_job(Job *job) {
  buf_free(&job->bytes);
  encode_free(&job->text);
  json_rows_free(&job->rows);
  json_scan_close(&job->scan);
}

static int ljob_gc(lua_State *L) {
  clear_job(luaL_checkudata(L, 1, JOB));
  return 0;
}

enum { FILE_MOST = 0x7FFFFFFF, DEPTH_MOST = 100 };

/* The file, or the bytes at 2, as UTF-8. */
static int load_text(lua_State *L, Job *job, const char *path, Err *err) {
  size_t len;
  const char *bytes = luaL_optlstring(L, 2, NULL, &len);
  if (bytes == NULL) {
    if (buf_read_file(&job->bytes, path, (size_t)FILE_MOST * 2, err) != 0)
      return -1;
    bytes = job->bytes.data == NULL ? "" : job->bytes.data;
    len = job->bytes.len;
  }
  if (encode_to_utf8(bytes, len, NULL, &job->text, err) != 0)
    return err_at(err, "%s:", path);
  return 0;
}

/* json.rows(path, bytes | nil): the objects of an array as CSV without header,
   the keys, the number of objects; or nil, message, code. */
static int ljson_rows(lua_State *L) {
  const char *path = luaL_checkstring(L, 1);
  lua_settop(L, 2);
  Job *job = evl_new(L, sizeof *job, JOB);
  Err err;
  if (load_text(L, job, path, &err) != 0) return evl_fail(L, &err);
  if (json_rows_read(job->text.text, job->text.len, &job->rows, &err) != 0) {
    if (err.code == ERR_DATA) err_at(&err, "%s:", path);
    return evl_fail(L, &err);
  }
  const JsonRows *rows = &job->rows;
  lua_pushlstring(L, rows->text.data == NULL ? "" : rows->text.data,
                  rows->text.len);
  lua_createtable(L, (int)rows->nnames, 0);
  for (size_t i = 0; i < rows->nnames; i++) {
    size_t len;
    const char *name = dict_text(rows->names, (uint32_t)i, &len);
    lua_pushlstring(L, name, len);
    lua_seti(L, -2, (lua_Integer)i + 1);
  }
  lua_pushinteger(L, (lua_Integer)rows->nrows);
  clear_job(job);
  return 3;
}

/* ---- values ---- */

static int push_value(lua_State *L, JsonScan *scan, JsonToken found, int depth,
                      Err *err);

/* A number as an integer or a decimal when it is one, else as a float. */
static int push_number(lua_State *L, const JsonScan *scan, Err *err) {
  Decimal value;
  double real;
  if (decimal_parse(scan->text, scan->len, (DecimalStyle){'.'}, &value, NULL) ==
      DECIMAL_OK) {
    if (value.scale == 0) lua_pushinteger(L, value.num);
    else evl_push_decimal(L, value);
    return 0;
  }
  if (real_parse(scan->text, scan->len, &real) != 0)
    return err_set(err, ERR_DATA, "%zu: a number out of range", scan->line);
  lua_pushnumber(L, real);
  return 0;
}

static int push_array(lua_State *L, JsonScan *scan, int depth, Err *err) {
  lua_newtable(L);
  JsonToken found;
  if (json_scan_next(scan, &found, err) != 0) return -1;
  if (found == JSON_ARRAY_END) return 0;
  for (lua_Integer n = 1;; n++) {
    if (push_value(L, scan, found, depth, err) != 0) return -1;
    lua_seti(L, -2, n);
    if (json_scan_next(scan, &found, err) != 0) return -1;
    if (found == JSON_ARRAY_END) return 0;
    if (found != JSON_COMMA)
      return json_scan_wrong(scan, found, "',' or ']'", err);
    if (json_scan_next(scan, &found, err) != 0) return -1;
  }
}

/* The key was read: push it and its value into the table on the stack top. */
static int set_member(lua_State *L, JsonScan *scan, int depth, Err *err) {
  lua_pushlstring(L, scan->text, scan->len);
  lua_pushvalue(L, -1);
  if (lua_rawget(L, -3) != LUA_TNIL)
    return err_set(err, ERR_DATA, "%zu: a key stands twice in one object",
                   scan->line);
  lua_pop(L, 1);
  JsonToken found;
  if (json_scan_expect(scan, JSON_COLON, "':'", err) != 0) return -1;
  if (json_scan_next(scan, &found, err) != 0) return -1;
  if (push_value(L, scan, found, depth, err) != 0) return -1;
  lua_rawset(L, -3);
  return 0;
}

static int push_object(lua_State *L, JsonScan *scan, int depth, Err *err) {
  lua_newtable(L);
  JsonToken found;
  if (json_scan_next(scan, &found, err) != 0) return -1;
  if (found == JSON_OBJECT_END) return 0;
  for (;;) {
    if (found != JSON_STRING)
      return json_scan_wrong(scan, found, "a key in quotes", err);
    if (set_member(L, scan, depth, err) != 0) return -1;
    if (json_scan_next(scan, &found, err) != 0) return -1;
    if (found == JSON_OBJECT_END) return 0;
    if (found != JSON_COMMA)
      return json_scan_wrong(scan, found, "',' or '}'", err);
    if (json_scan_next(scan, &found, err) != 0) return -1;
  }
}

static int push_value(lua_State *L, JsonScan *scan, JsonToken found, int depth,
                      Err *err) {
  luaL_checkstack(L, 8, NULL);
  if (depth == DEPTH_MOST)
    return err_set(err, ERR_DATA, "%zu: nested more than %d deep", scan->line,
                   DEPTH_MOST);
  switch (found) {
    case JSON_OBJECT: return push_object(L, scan, depth + 1, err);
    case JSON_ARRAY: return push_array(L, scan, depth + 1, err);
    case JSON_STRING: lua_pushlstring(L, scan->text, scan->len); return 0;
    case JSON_NUMBER: return push_number(L, scan, err);
    case JSON_TRUE:
    case JSON_FALSE: lua_pushboolean(L, found == JSON_TRUE); return 0;
    case JSON_NULL: evl_push_na(L); return 0;
    default: return json_scan_wrong(scan, found, "a value", err);
  }
}

/* json.parse(name, bytes | nil): a document as Lua values (null is NA; numbers
   are integers, exact decimals, or floats where they have an exponent), from
   the file of that name without bytes; or nil, message, code. */
static int ljson_parse(lua_State *L) {
  const char *path = luaL_checkstring(L, 1);
  lua_settop(L, 2);
  Job *job = evl_new(L, sizeof *job, JOB);
  Err err;
  if (load_text(L, job, path, &err) != 0) return evl_fail(L, &err);
  json_scan_open(&job->scan, job->text.text, job->text.len);
  JsonToken found;
  int status = json_scan_next(&job->scan, &found, &err);
  if (status == 0) status = push_value(L, &job->scan, found, 0, &err);
  if (status == 0)
    status = json_scan_expect(&job->scan, JSON_END, "the end", &err);
  if (status == 0) return 1;
  if (err.code == ERR_DATA) err_at(&err, "%s:", path);
  return evl_fail(L, &err);
}

/* json.write(t): the table as an array of objects; or nil, message, code. */
static int ljson_write(lua_State *L) {
  const Table *table = evl_check_table(L, 1);
  Job *job = evl_new(L, sizeof *job, JOB);
  Err err;
  if (json_write(table, &job->bytes, &err) != 0) return evl_fail(L, &err);
  lua_pushlstring(L, job->bytes.data, job->bytes.len);
  clear_job(job);
  return 1;
}

static const luaL_Reg functions[] = {{"rows", ljson_rows},
                                     {"parse", ljson_parse},
                                     {"write", ljson_write},
                                     {NULL, NULL}};

static const luaL_Reg job_meta[] = {{"__gc", ljob_gc}, {NULL, NULL}};

int evl_open_json(lua_State *L) {
  evl_type(L, JOB, job_meta, NULL);
  lua_pop(L, 1);
  luaL_newlib(L, functions);
  return 1;
}
