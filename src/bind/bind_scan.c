/* core.scan: delimited files as sources of plans. The handle keeps the file
   open between looking at it and reading it, and keeps what the options point
   into (a list of Lua values, its user value). */
#include <string.h>

#include "bind/bind_csv.h"
#include "bind/bind_plan.h"
#include "io/csv_fast.h"

static const char TYPE[] = "evalua.scan";

typedef struct Scan {
  CsvBytes bytes;
  CsvOptions options;
  CsvFast *fast;            /* NULL: for the careful path */
  const char *path, *shown; /* kept alive by the user value */
  CsvReport report;         /* of one call */
  Buf whole;                /* likewise */
  bool open;
} Scan;

static Scan *check_scan(lua_State *L) {
  Scan *scan = luaL_checkudata(L, 1, TYPE);
  if (!scan->open) luaL_error(L, "the source was closed");
  return scan;
}

static int lscan_close(lua_State *L) {
  Scan *scan = luaL_checkudata(L, 1, TYPE);
  if (!scan->open) return 0;
  scan->open = false;
  csv_fast_close(scan->fast);
  csv_bytes_close(&scan->bytes);
  csv_report_free(&scan->report);
  buf_free(&scan->whole);
  scan->fast = NULL;
  return 0;
}

enum { FILE_MOST = 0x7FFFFFFF }; /* times two: 4 GiB */

static size_t tuning_of(lua_State *L, const char *name) {
  lua_Integer value = evl_option_int(L, 3, name, 0);
  return value < 0 ? 0 : (size_t)value;
}

/* scan.open(path, options | nil, tuning | nil): a handle, or nil, message,
   code. The options are those of csv.read; "-" is standard input. `tuning`:
   least (bytes; a smaller file is for the careful path); for tests chunk and
   sample (bytes), portable. */
static int lscan_open(lua_State *L) {
  luaL_checkstring(L, 1);
  lua_settop(L, 3);
  luaL_checkstack(L, 20, NULL);
  Err err;
  Scan *scan = evl_new(L, sizeof *scan, TYPE); /* at 4 */
  scan->bytes.fd = -1;
  scan->open = true;
  scan->path = lua_tostring(L, 1);
  scan->shown = strcmp(scan->path, "-") == 0 ? "stdin" : scan->path;
  if (evl_csv_options(L, 2, &scan->options, &err) != 0)
    return evl_fail(L, &err);
  CsvTuning tuning = {tuning_of(L, "chunk"), tuning_of(L, "sample"),
                      evl_option_bool(L, 3, "portable", false)};
  int top = lua_gettop(L);
  lua_createtable(L, top, 0);
  for (int i = 1; i <= top; i++) {
    if (i == 4) continue;
    lua_pushvalue(L, i);
    lua_rawseti(L, -2, i);
  }
  lua_setiuservalue(L, 4, 1);
  uint64_t most = (uint64_t)FILE_MOST * 2;
  if (csv_bytes_open(&scan->bytes, scan->path, scan->options.encoding, most,
                     &err) != 0) {
    if (err.code == ERR_DATA) err_at(&err, "%s:", scan->shown);
    return evl_fail(L, &err);
  }
  if (scan->bytes.len >= tuning_of(L, "least")) {
    scan->fast =
        csv_fast_open(scan->shown, &scan->bytes, &scan->options, &tuning, &err);
    if (scan->fast == NULL && err.code != ERR_NONE) return evl_fail(L, &err);
  }
  lua_settop(L, 4);
  return 1;
}

/* scan:schema(): a table without rows that has the columns, of the types that
   they seem to have; nil when the file is for the careful path. */
static int lscan_schema(lua_State *L) {
  Scan *scan = check_scan(L);
  if (scan->fast == NULL) return 0;
  Err err;
  Table **handle = evl_new_table(L);
  *handle = csv_fast_schema(scan->fast, &err);
  return *handle == NULL ? evl_fail(L, &err) : 1;
}

/* scan:size(): bytes */
static int lscan_size(lua_State *L) {
  lua_pushinteger(L, (lua_Integer)check_scan(L)->bytes.len);
  return 1;
}

/* Choose the plan's columns: 1; 0 when one is for the careful path. */
static int choose(lua_State *L, Scan *scan, const EvlPlan *plan) {
  Err err;
  Table **handle = evl_new_table(L);
  size_t *columns = evl_scratch(L, plan->ncolumns, sizeof *columns);
  *handle = csv_fast_schema(scan->fast, &err);
  if (*handle == NULL) evl_raise(L, &err);
  for (size_t i = 0; i < plan->ncolumns; i++) {
    ptrdiff_t at = table_need(*handle, plan->columns[i], &err);
    if (at < 0) evl_raise(L, &err);
    columns[i] = (size_t)at;
  }
  int status = csv_fast_choose(scan->fast, columns, plan->ncolumns, &err);
  if (status != 0 && err.code != ERR_NONE) evl_raise(L, &err);
  return status == 0;
}

static int changed(lua_State *L, const Scan *scan) {
  Err err;
  err_set(&err, ERR_DATA, "1: the file changed while it was read");
  err_at(&err, "%s:", scan->shown);
  return evl_fail(L, &err);
}

/* Run a plan; once more when that shows how the file has to be read. */
static Table *run_again(CsvFast *fast, const ScanPlan *plan, size_t threads,
                        const ExprHost *host, Err *err) {
  enum { TRIES = 8 };
  const BatchSource *source = csv_fast_source(fast);
  for (int i = 0;; i++) {
    Table *rows = scan_run(source, plan, threads, host, err);
    if (rows != NULL || i == TRIES) return rows;
    CsvEnding ending = csv_fast_ending(fast);
    if (ending == CSV_ENDED_WIDER) {
      csv_fast_widen(fast);
    } else if (ending == CSV_ENDED_STRADDLING) {
      csv_fast_in_order(fast);
      threads = 1;
    } else {
      return NULL;
    }
  }
}

/* Below this a thread costs more than it brings. */
enum { SMALL_FILE = 256 << 10 };

/* scan:run(plan, threads | nil): the plan's table and a report of the columns
   it needs (as csv.read has it); nothing when the careful path must read the
   file; or nil, message, code. Threads: 0 or nil is one for each processor, or
   one for a small file. */
static int lscan_run(lua_State *L) {
  Scan *scan = check_scan(L);
  EvlPlan plan;
  Err err;
  size_t threads = (size_t)luaL_optinteger(L, 3, 0);
  if (threads == 0 && scan->bytes.len < SMALL_FILE) threads = 1;
  evl_check_plan(L, 2, &plan);
  if (scan->fast == NULL || !choose(L, scan, &plan)) return 0;
  const BatchSource *source = csv_fast_source(scan->fast);
  ExprHost host = evl_host(L);
  Table **rows = evl_new_table(L), **outline = evl_new_table(L);
  *rows = run_again(scan->fast, &plan.scan, threads, &host, &err);
  if (csv_bytes_changed(&scan->bytes)) return changed(L, scan);
  CsvEnding ending = csv_fast_ending(scan->fast);
  if (*rows == NULL && ending != CSV_ENDED_WELL && ending != CSV_ENDED_BADLY)
    return 0;
  if (*rows == NULL) return evl_give_up(L, &err);
  *outline = scan_outline(source, &err);
  if (*outline == NULL) return evl_fail(L, &err);
  csv_report_free(&scan->report);
  if (csv_fast_report(scan->fast, &scan->report, &err) != 0)
    return evl_fail(L, &err);
  bool is_all = !plan.scan.groups && plan.scan.where == NULL &&
                plan.scan.nkeys == plan.ncolumns;
  lua_pushvalue(L, -2);
  evl_csv_push_report(L, &scan->report, is_all ? *rows : *outline, scan->shown);
  csv_report_free(&scan->report);
  return 2;
}

/* scan:load(): the whole file by the careful path, as csv.read. */
static int lscan_load(lua_State *L) {
  Scan *scan = check_scan(L);
  Err err;
  const char *bytes = scan->bytes.memory;
  size_t len = (size_t)scan->bytes.len;
  Table **handle = evl_new_table(L);
  if (scan->bytes.fd >= 0) {
    size_t most = (size_t)FILE_MOST * 2;
    if (csv_bytes_check_lines(&scan->bytes, SIZE_MAX, &err) != 0) {
      if (err.code == ERR_DATA) err_at(&err, "%s:", scan->shown);
      return evl_fail(L, &err);
    }
    const char *path = scan->path;
    if (strcmp(path, "-") == 0) path = "/dev/stdin"; /* from its start */
    if (buf_read_file(&scan->whole, path, most, &err) != 0)
      return evl_fail(L, &err);
    bytes = scan->whole.data;
    len = scan->whole.len;
  }
  csv_report_free(&scan->report);
  *handle = csv_load(scan->shown, bytes == NULL ? "" : bytes, len,
                     &scan->options, &scan->report, &err);
  buf_free(&scan->whole);
  if (csv_bytes_changed(&scan->bytes)) return changed(L, scan);
  if (*handle == NULL) return evl_fail(L, &err);
  evl_csv_push_report(L, &scan->report, *handle, scan->shown);
  csv_report_free(&scan->report);
  return 2;
}

static const luaL_Reg functions[] = {{"open", lscan_open}, {NULL, NULL}};

static const luaL_Reg methods[] = {
    {"schema", lscan_schema}, {"size", lscan_size},   {"run", lscan_run},
    {"load", lscan_load},     {"close", lscan_close}, {NULL, NULL}};

static const luaL_Reg meta[] = {
    {"__gc", lscan_close}, {"__close", lscan_close}, {NULL, NULL}};

int evl_open_scan(lua_State *L) {
  evl_type(L, TYPE, meta, methods);
  lua_pop(L, 1);
  evl_open_plan(L);
  luaL_newlib(L, functions);
  return 1;
}
