/* core.csv: CSV bytes to tables and back. The options point into Lua strings
   that the options table keeps alive; everything that a failing Lua call
   could leak lies in a userdata. */
#include <string.h>

#include "bind/bind_csv.h"

#include "io/csv_load.h"
#include "io/csv_write.h"

static const char JOB[] = "evalua.csv_job";

/* Allocations of one call; freed by the collector when Lua raises. */
typedef struct Job {
  Buf bytes;
  CsvReport report;
  CsvScan scan;
} Job;

static void clear_job(Job *job) {
  buf_free(&job->bytes);
  csv_report_free(&job->report);
  csv_scan_close(&job->scan);
}

static int ljob_gc(lua_State *L) {
  clear_job(luaL_checkudata(L, 1, JOB));
  return 0;
}

/* ---- options ---- */

/* An option that is a list of strings, or one string; pushes scratch. */
static const char **option_list(lua_State *L, int arg, const char *name,
                                size_t *n) {
  int type = evl_option(L, arg, name);
  *n = 0;
  if (type == LUA_TNIL) return NULL;
  if (type == LUA_TSTRING) {
    const char **one = evl_scratch(L, 1, sizeof *one);
    *one = lua_tostring(L, -2);
    *n = 1;
    return one;
  }
  if (type != LUA_TTABLE)
    luaL_error(L, "option '%s' must be a list of strings, not a %s", name,
               luaL_typename(L, -1));
  *n = lua_rawlen(L, -1);
  int list = lua_gettop(L);
  const char **texts = evl_scratch(L, *n, sizeof *texts);
  for (size_t i = 0; i < *n; i++) {
    /* A number would be converted on the stack only, and be collected. */
    if (lua_rawgeti(L, list, (lua_Integer)i + 1) != LUA_TSTRING)
      luaL_error(L, "option '%s' must be a list of strings", name);
    texts[i] = lua_tostring(L, -1);
    lua_pop(L, 1);
  }
  return texts;
}

static int parse_type(const char *column, const char *text, CsvForced *out,
                      Err *err) {
  out->column = column;
  if (csv_want_parse(text, &out->want) == 0) return 0;
  return err_set(err, ERR_DATA,
                 "'%s' is no type for column '%s'; there are: int decimal "
                 "decimal(2) real text bool period year quarter month day",
                 text, column);
}

/* types = { column = "decimal(2)", ... }; pushes scratch. */
static int option_types(lua_State *L, int arg, CsvOptions *out, Err *err) {
  int type = evl_option(L, arg, "types"), table = lua_gettop(L);
  if (type == LUA_TNIL) return 0;
  if (type != LUA_TTABLE)
    return luaL_error(L, "option 'types' must be a table, not a %s",
                      luaL_typename(L, -1));
  size_t n = 0;
  for (lua_pushnil(L); lua_next(L, table) != 0; lua_pop(L, 1)) n++;
  CsvForced *types = evl_scratch(L, n, sizeof *types);
  out->types = types;
  for (lua_pushnil(L); lua_next(L, table) != 0; lua_pop(L, 1)) {
    if (lua_type(L, -2) != LUA_TSTRING || lua_type(L, -1) != LUA_TSTRING)
      return luaL_error(L, "option 'types' takes {column = \"type\"}");
    const char *column = lua_tostring(L, -2), *text = lua_tostring(L, -1);
    if (parse_type(column, text, &types[out->ntypes++], err) != 0) return -1;
  }
  return 0;
}

static int parse_delimiter(const char *text, char *out, Err *err) {
  *out = text[0];
  if (strcmp(text, "tab") == 0 || strcmp(text, "\\t") == 0) *out = '\t';
  else if (strlen(text) != 1 || strchr("\"\r\n", text[0]) != NULL)
    return err_set(err, ERR_DATA,
                   "the delimiter must be one byte or 'tab', not '%s'", text);
  return 0;
}

static int option_marks(lua_State *L, int arg, CsvOptions *out, Err *err) {
  const char *point = evl_option_text(L, arg, "decimal", "");
  const char *thousands = evl_option_text(L, arg, "thousands", "");
  if (strlen(point) > 1 || strchr(".,", point[0]) == NULL)
    return err_set(err, ERR_DATA, "the decimal mark must be . or , not '%s'",
                   point);
  if (strlen(thousands) > 1 || strchr("., '", thousands[0]) == NULL)
    return err_set(err, ERR_DATA,
                   "the thousands separator must be . , ' or a blank, not '%s'",
                   thousands);
  if (point[0] != '\0' && point[0] == thousands[0])
    return err_set(err, ERR_DATA,
                   "the decimal mark and the thousands separator are the same");
  out->point = point[0];
  out->thousands = thousands[0];
  return 0;
}

int evl_csv_options(lua_State *L, int arg, CsvOptions *out, Err *err) {
  *out = (CsvOptions){0};
  out->encoding = evl_option_text(L, arg, "encoding", NULL);
  out->no_header = evl_option_bool(L, arg, "no_header", false);
  lua_Integer skip = evl_option_int(L, arg, "skip", 0);
  lua_Integer header_row = evl_option_int(L, arg, "header_row", 0);
  out->skip_bad = evl_option_bool(L, arg, "skip_bad", false);
  out->sheet = evl_option_bool(L, arg, "sheet_cells", false);
  out->whole = evl_option_bool(L, arg, "whole_text", false);
  lua_Integer records = evl_option_int(L, arg, "records", 0);
  out->records = records < 0 ? 0 : (size_t)records;
  out->columns = option_list(L, arg, "columns", &out->ncolumns);
  out->na = option_list(L, arg, "na", &out->nna);
  out->zero = option_list(L, arg, "zero", &out->nzero);
  const char *delimiter = evl_option_text(L, arg, "delimiter", NULL);
  if (skip < 0)
    return err_set(err, ERR_DATA, "the lines to skip cannot be less than 0");
  if (header_row < 0)
    return err_set(err, ERR_DATA, "the header's line cannot be less than 1");
  out->skip = (size_t)skip;
  out->header_row = (size_t)header_row;
  if (delimiter != NULL &&
      parse_delimiter(delimiter, &out->delimiter, err) != 0)
    return -1;
  if (option_marks(L, arg, out, err) != 0) return -1;
  return option_types(L, arg, out, err);
}

/* ---- the report ---- */

static void set_text(lua_State *L, const char *name, const char *text) {
  lua_pushstring(L, text);
  lua_setfield(L, -2, name);
}

static void set_count(lua_State *L, const char *name, size_t count) {
  lua_pushinteger(L, (lua_Integer)count);
  lua_setfield(L, -2, name);
}

/* {{line=, text=}}: the first lines that are no part of the table. */
static void push_junk(lua_State *L, const CsvReport *report) {
  const CsvLayout *layout = &report->layout;
  lua_createtable(L, (int)layout->nshown, 0);
  for (size_t i = 0; i < layout->nshown; i++) {
    lua_createtable(L, 0, 2);
    set_count(L, "line", layout->shown[i].line);
    set_text(L, "text", layout->shown[i].text);
    lua_seti(L, -2, (lua_Integer)i + 1);
  }
}

static void push_notes(lua_State *L, const CsvReport *report) {
  lua_createtable(L, (int)report->nnotes, 0);
  for (size_t i = 0; i < report->nnotes; i++) {
    lua_pushstring(L, report->notes[i]);
    lua_seti(L, -2, (lua_Integer)i + 1);
  }
}

static void add_line(lua_State *L) { lua_seti(L, -2, luaL_len(L, -2) + 1); }

/* The lines of --explain. */
static void push_explain(lua_State *L, const CsvReport *report,
                         const Table *table) {
  char name[24], reason[CSV_REASON_SIZE];
  lua_createtable(L, (int)report->ncols + 4, 0);
  lua_pushfstring(L, "encoding: %s (%s)", report->encoding,
                  report->encoding_reason);
  add_line(L);
  csv_delimiter_name(report->sniff.delimiter, name);
  lua_pushfstring(L, "delimiter: %s (%s)", name, report->sniff.reason);
  add_line(L);
  if (report->header)
    lua_pushfstring(L, "header: line %I (%s)",
                    (lua_Integer)report->layout.header_line,
                    report->layout.reason);
  else lua_pushfstring(L, "header: none (%s)", report->layout.reason);
  add_line(L);
  lua_pushfstring(L,
                  "lines: %I = skipped %I, header %I, data %I, blank %I, "
                  "junk %I, bad %I; rows: %I",
                  (lua_Integer)report->lines, (lua_Integer)report->skipped,
                  (lua_Integer)report->layout.header_lines,
                  (lua_Integer)report->data_lines, (lua_Integer)report->blank,
                  (lua_Integer)report->junk, (lua_Integer)report->bad,
                  (lua_Integer)report->rows);
  add_line(L);
  for (size_t i = 0; i < report->ncols; i++) {
    lua_pushfstring(L, "column '%s': %s (%s)", report->names[i],
                    column_type_name(table->columns[i], name),
                    csv_column_reason(&report->columns[i], reason));
    add_line(L);
  }
}

static void push_columns(lua_State *L, const CsvReport *report,
                         const Table *table) {
  lua_createtable(L, (int)report->ncols, 0);
  for (size_t i = 0; i < report->ncols; i++) {
    const CsvColumn *column = &report->columns[i];
    char text[CSV_REASON_SIZE];
    lua_createtable(L, 0, 4);
    set_text(L, "name", report->names[i]);
    set_text(L, "type", column_type_name(table->columns[i], text));
    set_text(L, "reason", csv_column_reason(column, text));
    if (column->currency != NULL && column_is_number(table->columns[i]))
      set_text(L, "currency", column->currency);
    set_count(L, "missing", column_count_na(table->columns[i]));
    lua_seti(L, -2, (lua_Integer)i + 1);
  }
}

/* units[name] of columns whose cells carry one; problems[name], the error for
   whoever takes a column that is not of numbers for an amount; no_figure[name]
   is true of those that could be amounts but for having none. */
static void push_by_name(lua_State *L, const CsvReport *report,
                         const Table *table, const char *path) {
  lua_newtable(L); /* units */
  lua_newtable(L); /* units problems */
  lua_newtable(L); /* units problems no_figure */
  for (size_t i = 0; i < report->ncols; i++) {
    const CsvColumn *column = &report->columns[i];
    if (column->unit != UNIT_NONE) {
      lua_pushstring(L, unit_text(column->unit));
      lua_setfield(L, -4, report->names[i]);
    }
    if (column_is_number(table->columns[i])) continue;
    Err err;
    csv_column_problem(column, report->names[i], &err);
    if (report->sheet) csv_place_cell(i, &err);
    lua_pushfstring(L, "%s:%s", path, err.text);
    lua_setfield(L, -3, report->names[i]);
    if (column->why != CSV_FITS || column->want.given) continue;
    lua_pushboolean(L, 1);
    lua_setfield(L, -2, report->names[i]);
  }
  lua_setfield(L, -4, "no_figure");
  lua_setfield(L, -3, "problems");
  lua_setfield(L, -2, "units");
}

void evl_csv_push_report(lua_State *L, const CsvReport *report,
                         const Table *table, const char *path) {
  char delimiter[2] = {report->sniff.delimiter, '\0'};
  lua_newtable(L);
  set_text(L, "delimiter", delimiter);
  set_text(L, "encoding", report->encoding);
  lua_pushboolean(L, report->mixed);
  lua_setfield(L, -2, "mixed");
  lua_pushboolean(L, report->header);
  lua_setfield(L, -2, "header");
  set_count(L, "lines", report->lines);
  set_count(L, "skipped", report->skipped);
  set_count(L, "header_line", report->layout.header_line);
  set_count(L, "header_lines", report->layout.header_lines);
  set_count(L, "data_lines", report->data_lines);
  set_count(L, "blank", report->blank);
  set_count(L, "junk", report->junk);
  set_count(L, "bad", report->bad);
  set_count(L, "rows", report->rows);
  push_columns(L, report, table);
  lua_setfield(L, -2, "columns");
  push_by_name(L, report, table, path);
  push_junk(L, report);
  lua_setfield(L, -2, "junk_lines");
  push_notes(L, report);
  lua_setfield(L, -2, "notes");
  push_explain(L, report, table);
  lua_setfield(L, -2, "explain");
}

/* ---- functions ---- */

enum { FILE_MOST = 0x7FFFFFFF }; /* times two: 4 GiB */

/* csv.read(path, bytes | nil, options | nil): the table and a report, or nil,
   message, code. Without bytes the file is read, "-" is standard input.
   Options: delimiter encoding no_header header_row skip skip_bad
   columns={names} na={texts} zero={texts} types={column="decimal(2)"} decimal
   thousands; records and sheet_cells as csv_load.h has them, for texts made of
   sheets and objects. The report: delimiter encoding mixed (lines in another
   encoding) header header_line lines (= skipped + header_lines + data_lines +
   blank + junk + bad) rows columns={{name= type= reason= missing=}}
   units={column="万元"} problems={column="path:17: column ..."}
   no_figure={column=true} notes={lines for people} explain={lines}. */
static int lcsv_read(lua_State *L) {
  const char *path = luaL_checkstring(L, 1);
  size_t len = 0;
  const char *bytes = luaL_optlstring(L, 2, NULL, &len);
  if (!lua_isnoneornil(L, 3)) luaL_checktype(L, 3, LUA_TTABLE);
  lua_settop(L, 3);
  luaL_checkstack(L, 20, NULL);
  CsvOptions options;
  Err err;
  if (evl_csv_options(L, 3, &options, &err) != 0) return evl_fail(L, &err);
  Job *job = evl_new(L, sizeof *job, JOB);
  Table **handle = evl_new_table(L);
  const char *shown = strcmp(path, "-") == 0 ? "stdin" : path;
  if (bytes == NULL) {
    if (buf_read_file(&job->bytes, path, (size_t)FILE_MOST * 2, &err) != 0)
      return evl_fail(L, &err);
    bytes = job->bytes.data;
    len = job->bytes.len;
  }
  *handle = csv_load(shown, bytes, len, &options, &job->report, &err);
  if (*handle == NULL) return evl_fail(L, &err);
  buf_free(&job->bytes);
  evl_csv_push_report(L, &job->report, *handle, shown);
  clear_job(job);
  return 2;
}

/* csv.lines(path, bytes, options): a column, the line of each row that
   csv.read of the same gives; or nil, message, code */
static int lcsv_lines(lua_State *L) {
  const char *path = luaL_checkstring(L, 1);
  size_t len;
  const char *bytes = luaL_checklstring(L, 2, &len);
  luaL_checktype(L, 3, LUA_TTABLE);
  lua_settop(L, 3);
  luaL_checkstack(L, 20, NULL);
  CsvOptions options;
  Err err;
  if (evl_csv_options(L, 3, &options, &err) != 0) return evl_fail(L, &err);
  Column **handle = evl_new_column(L);
  *handle = csv_load_lines(path, bytes, len, &options, &err);
  return *handle == NULL ? evl_fail(L, &err) : 1;
}

/* csv.write(table, options | nil): the bytes, or nil, message, code. Options:
   delimiter no_header. */
static int lcsv_write(lua_State *L) {
  const Table *table = evl_check_table(L, 1);
  if (!lua_isnoneornil(L, 2)) luaL_checktype(L, 2, LUA_TTABLE);
  CsvWriteOptions options = {0};
  Err err;
  options.no_header = evl_option_bool(L, 2, "no_header", false);
  const char *delimiter = evl_option_text(L, 2, "delimiter", ",");
  if (parse_delimiter(delimiter, &options.delimiter, &err) != 0)
    return evl_fail(L, &err);
  Job *job = evl_new(L, sizeof *job, JOB);
  if (csv_write(table, &options, &job->bytes, &err) != 0)
    return evl_fail(L, &err);
  lua_pushlstring(L, job->bytes.data, job->bytes.len);
  clear_job(job);
  return 1;
}

static void push_record(lua_State *L, const CsvScan *scan) {
  lua_createtable(L, (int)scan->nfields, 0);
  for (size_t i = 0; i < scan->nfields; i++) {
    lua_pushlstring(L, scan->fields[i].text, scan->fields[i].len);
    lua_seti(L, -2, (lua_Integer)i + 1);
  }
}

/* csv.records(bytes, delimiter | nil): all records as lists of strings, blank
   lines included: the tokenizer by itself; or nil, message, code. */
static int lcsv_records(lua_State *L) {
  size_t len;
  const char *bytes = luaL_checklstring(L, 1, &len);
  Err err;
  char delimiter;
  if (parse_delimiter(luaL_optstring(L, 2, ","), &delimiter, &err) != 0)
    return evl_fail(L, &err);
  Job *job = evl_new(L, sizeof *job, JOB);
  csv_scan_open(&job->scan, bytes, bytes + len, delimiter, 1);
  lua_newtable(L);
  int got;
  for (lua_Integer n = 1; (got = csv_scan_next(&job->scan, &err)) == 1; n++) {
    push_record(L, &job->scan);
    lua_seti(L, -2, n);
  }
  return got < 0 ? evl_fail(L, &err) : 1;
}

static const luaL_Reg functions[] = {{"read", lcsv_read},
                                     {"write", lcsv_write},
                                     {"records", lcsv_records},
                                     {"lines", lcsv_lines},
                                     {NULL, NULL}};

static const luaL_Reg job_meta[] = {{"__gc", ljob_gc}, {NULL, NULL}};

int evl_open_csv(lua_State *L) {
  evl_type(L, JOB, job_meta, NULL);
  lua_pop(L, 1);
  luaL_newlib(L, functions);
  return 1;
}
