/* core.store: database files. Every call of the core starts and ends inside
   one C function, so that no statement and no C memory is alive when Lua may
   raise; only the handle lives on. */
#include <sqlite3.h>
#include <string.h>

#include "base/sha256.h"
#include "bind/bind_store.h"
#include "io/store_lines.h"
#include "io/store_read.h"
#include "io/store_rows.h"

static const char TYPE[] = "evalua.store";
static const char JOB_TYPE[] = "evalua.sha256";

static Store **check_handle(lua_State *L) {
  return luaL_checkudata(L, 1, TYPE);
}

Store *evl_check_store(lua_State *L) {
  Store **handle = check_handle(L);
  luaL_argcheck(L, *handle != NULL, 1, "the database was closed");
  return *handle;
}

const char *evl_check_plain(lua_State *L, int arg) {
  size_t len;
  const char *text = luaL_checklstring(L, arg, &len);
  luaL_argcheck(L, strlen(text) == len, arg, "a NUL byte cannot stand here");
  return text;
}

static int done(lua_State *L) {
  lua_pushboolean(L, 1);
  return 1;
}

/* ---- options ---- */

/* Text field `name` of the table on the top of the stack, which keeps it
   alive; NULL where it is nil (unless `needed`). */
static const char *field_text(lua_State *L, const char *name, bool needed) {
  int type = lua_getfield(L, -1, name);
  if (type != LUA_TSTRING && (needed || type != LUA_TNIL))
    luaL_error(L, "field '%s' must be a string, not a %s", name,
               luaL_typename(L, -1));
  const char *text = lua_tostring(L, -1);
  lua_pop(L, 1);
  return text;
}

static StoreSource check_source(lua_State *L, int arg) {
  Sha256Job **job = NULL;
  if (evl_option(L, arg, "sha256") == LUA_TUSERDATA)
    job = luaL_checkudata(L, -1, JOB_TYPE);
  lua_pop(L, 1); /* the options keep it alive */
  return (StoreSource){
      .job = job == NULL ? NULL : *job,
      .sha256 = job == NULL ? evl_option_text(L, arg, "sha256", NULL) : NULL,
      .path = evl_option_text(L, arg, "path", NULL),
      .title = evl_option_text(L, arg, "title", NULL),
      .date = evl_option_text(L, arg, "date", NULL)};
}

/* {id=, document=, sha256=, path=, title=, date=, lines=} */
static StoreFile check_file(lua_State *L, int arg) {
  luaL_checktype(L, arg, LUA_TTABLE);
  StoreFile file = {.source = check_source(L, arg)};
  lua_pushvalue(L, arg);
  file.id = field_text(L, "id", true);
  file.document = field_text(L, "document", true);
  if (lua_getfield(L, -1, "lines") != LUA_TNIL) {
    file.lines = evl_check_column(L, -1); /* kept alive by the options */
    luaL_argcheck(L, file.lines->type == COLUMN_INT, arg,
                  "lines must be an int column");
  }
  lua_pop(L, 2);
  return file;
}

static StoreField check_field(lua_State *L) {
  static const char *const kinds[] = {"text",   "int",   "fen",
                                      "number", "milli", "fixed"};
  StoreField field = {.name = field_text(L, "name", true),
                      .column = field_text(L, "column", true),
                      .other = field_text(L, "other", false)};
  const char *kind = field_text(L, "kind", true);
  int i = 0;
  while (i < 6 && strcmp(kinds[i], kind) != 0) i++;
  if (i == 6) luaL_error(L, "there is no kind of field '%s'", kind);
  field.kind = (StoreFieldKind)i;
  if (field.kind == STORE_FIELD_NUMBER && field.other == NULL)
    luaL_error(L, "field '%s' needs the column of its scale", field.name);
  lua_getfield(L, -1, "required");
  field.required = lua_toboolean(L, -1);
  lua_pop(L, 1);
  return field;
}

/* The array of fields at `arg`; pushes scratch. */
static StoreField *check_fields(lua_State *L, int arg, size_t *n) {
  luaL_checktype(L, arg, LUA_TTABLE);
  *n = lua_rawlen(L, arg);
  luaL_argcheck(L, *n > 0, arg, "at least one field");
  StoreField *fields = evl_scratch(L, *n, sizeof *fields);
  for (size_t i = 0; i < *n; i++) {
    lua_rawgeti(L, arg, (lua_Integer)i + 1);
    luaL_checktype(L, -1, LUA_TTABLE);
    fields[i] = check_field(L);
    lua_pop(L, 1);
  }
  return fields;
}

/* ---- functions ---- */

static StoreMode check_mode(lua_State *L, int arg) {
  if (evl_option_bool(L, arg, "memory", false)) return STORE_MEMORY;
  if (evl_option_bool(L, arg, "readonly", false)) return STORE_READ;
  if (evl_option_bool(L, arg, "if_free", false)) return STORE_FREE;
  return evl_option_bool(L, arg, "create", false) ? STORE_CREATE : STORE_WRITE;
}

/* store.open(path, {readonly=, if_free=, create=, memory=}): a handle, or nil,
   message, code; if_free: for writing, but not while another program is at it;
   in memory, `path` is only what messages call it */
static int lstore_open(lua_State *L) {
  const char *path = evl_check_plain(L, 1);
  StoreMode mode = check_mode(L, 2);
  Err err;
  Store **handle = evl_new(L, sizeof *handle, TYPE);
  *handle = store_open(path, mode, &err);
  return *handle == NULL ? evl_fail(L, &err) : 1;
}

/* store.sha256(bytes): 64 hexadecimal digits */
static int lstore_sha256(lua_State *L) {
  size_t len;
  const char *bytes = luaL_checklstring(L, 1, &len);
  char text[SHA256_TEXT_SIZE];
  Sha256 sha;
  sha256_init(&sha);
  sha256_add(&sha, bytes, len);
  sha256_finish(&sha, text);
  lua_pushstring(L, text);
  return 1;
}

/* store.sha256_file(path), or nil, message, code */
static int lstore_sha256_file(lua_State *L) {
  const char *path = evl_check_plain(L, 1);
  char text[SHA256_TEXT_SIZE];
  Err err;
  if (sha256_file(path, NULL, text, &err) != 0) return evl_fail(L, &err);
  lua_pushstring(L, text);
  return 1;
}

/* store.sha256_start(path): a handle that s:import takes for the digest */
static int lstore_sha256_start(lua_State *L) {
  const char *path = evl_check_plain(L, 1);
  Err err;
  Sha256Job **handle = evl_new(L, sizeof *handle, JOB_TYPE);
  *handle = sha256_start(path, &err);
  return *handle == NULL ? evl_fail(L, &err) : 1;
}

static int ljob_gc(lua_State *L) {
  Sha256Job **handle = luaL_checkudata(L, 1, JOB_TYPE);
  sha256_job_free(*handle);
  *handle = NULL;
  return 0;
}

/* store.lines(bytes, delimiter): a column, the line of each data row */
static int lstore_lines(lua_State *L) {
  size_t len, n;
  const char *bytes = luaL_checklstring(L, 1, &len);
  const char *delimiter = luaL_checklstring(L, 2, &n);
  luaL_argcheck(L, n == 1, 2, "a delimiter is one byte");
  Err err;
  Column **handle = evl_new_column(L);
  *handle = store_lines(bytes, len, delimiter[0], &err);
  return *handle == NULL ? evl_fail(L, &err) : 1;
}

/* ---- methods ---- */

static int lstore_close(lua_State *L) {
  Store **handle = check_handle(L);
  store_close(*handle);
  *handle = NULL;
  return 0;
}

/* s:discard(): as close; a file made for s is removed when nothing is in it */
static int lstore_discard(lua_State *L) {
  Store **handle = check_handle(L);
  store_discard(*handle);
  *handle = NULL;
  return 0;
}

static int lstore_path(lua_State *L) {
  lua_pushstring(L, store_path(evl_check_store(L)));
  return 1;
}

static int lstore_is_readonly(lua_State *L) {
  lua_pushboolean(L, store_is_readonly(evl_check_store(L)));
  return 1;
}

static int lstore_is_own(lua_State *L) {
  lua_pushboolean(L, store_is_own(evl_check_store(L)));
  return 1;
}

/* s:tables(): a table of name, kind, origin */
static int lstore_tables(lua_State *L) {
  Store *store = evl_check_store(L);
  Err err;
  Table **handle = evl_new_table(L);
  *handle = store_tables(store, &err);
  return *handle == NULL ? evl_fail(L, &err) : 1;
}

/* Names in the array at `arg`, which keeps them alive; pushes scratch. */
static const char **check_names(lua_State *L, int arg, size_t *n) {
  luaL_checktype(L, arg, LUA_TTABLE);
  *n = lua_rawlen(L, arg);
  const char **names = evl_scratch(L, *n, sizeof *names);
  for (size_t i = 0; i < *n; i++) {
    if (lua_rawgeti(L, arg, (lua_Integer)i + 1) != LUA_TSTRING)
      luaL_argerror(L, arg, "names of columns expected");
    names[i] = lua_tostring(L, -1);
    lua_pop(L, 1);
  }
  return names;
}

/* s:read(name, fields | nil, names | nil): a table and its notes (one text,
   lines), or nil, message, code */
static int lstore_read(lua_State *L) {
  Store *store = evl_check_store(L);
  const char *name = evl_check_plain(L, 2);
  StoreWanted wanted = {0};
  if (!lua_isnoneornil(L, 3)) wanted.fields = check_fields(L, 3, &wanted.n);
  else if (!lua_isnoneornil(L, 4)) wanted.names = check_names(L, 4, &wanted.n);
  StoreNotes notes;
  Err err;
  Table **handle = evl_new_table(L);
  *handle = store_read(store, name, &wanted, &notes, &err);
  if (*handle == NULL) return evl_fail(L, &err);
  lua_pushstring(L, notes.text);
  return 2;
}

/* s:outline(name): the columns as a table without rows; nil where their types
   are not known; or nil, message, code */
static int lstore_outline(lua_State *L) {
  Store *store = evl_check_store(L);
  const char *name = evl_check_plain(L, 2);
  bool known;
  Err err;
  Table **handle = evl_new_table(L);
  *handle = store_read_outline(store, name, &known, &err);
  if (!known) return 0;
  return *handle == NULL ? evl_fail(L, &err) : 1;
}

static int lstore_begin(lua_State *L) {
  Err err;
  return store_begin(evl_check_store(L), &err) != 0 ? evl_fail(L, &err)
                                                    : done(L);
}

static int lstore_commit(lua_State *L) {
  Err err;
  return store_commit(evl_check_store(L), &err) != 0 ? evl_fail(L, &err)
                                                     : done(L);
}

static int lstore_rollback(lua_State *L) {
  store_rollback(evl_check_store(L));
  return 0;
}

/* units[name] for each column of the table; pushes scratch. NULL: none said */
static const char **check_units(lua_State *L, int arg, const Table *table) {
  int type = evl_option(L, arg, "units");
  if (type == LUA_TNIL) return NULL;
  luaL_checktype(L, -1, LUA_TTABLE);
  const char **units = evl_scratch(L, table->ncols, sizeof *units);
  lua_insert(L, -2); /* scratch units */
  for (size_t i = 0; i < table->ncols; i++)
    units[i] = field_text(L, table->names[i], false);
  return units;
}

/* s:import(name, table, {sha256=, path=, title=, date=, replace=, units=,
   compact=}):
   "imported" or "already", or nil, message, code */
static int lstore_import(lua_State *L) {
  Store *store = evl_check_store(L);
  size_t len;
  const char *name = luaL_checklstring(L, 2, &len);
  const Table *table = evl_check_table(L, 3);
  StoreImportOptions options = {
      .replace = evl_option_bool(L, 4, "replace", false),
      .compact = evl_option_bool(L, 4, "compact", false)};
  StoreSource source = check_source(L, 4);
  options.units = check_units(L, 4, table);
  StoreImport result;
  Err err;
  if (store_check_name(name, len, &err) != 0 ||
      store_import(store, name, table, &options, &source, &result, &err))
    return evl_fail(L, &err);
  lua_pushstring(L, result == STORE_ALREADY ? "already" : "imported");
  return 1;
}

static int fail_at(lua_State *L, const Err *err, size_t line) {
  evl_fail(L, err);
  if (line == 0) return 3;
  lua_pushinteger(L, (lua_Integer)line);
  return 4;
}

/* s:insert(table, rows, fields, file): rows inserted and rows present, or
   nil, message, code, line */
static int lstore_insert(lua_State *L) {
  Store *store = evl_check_store(L);
  const char *name = evl_check_plain(L, 2);
  const Table *rows = evl_check_table(L, 3);
  StoreFile file = check_file(L, 5);
  size_t n;
  StoreField *fields = check_fields(L, 4, &n);
  StoreRows result;
  Err err;
  if (store_rows_insert(store, name, rows, fields, n, &file, &result, &err))
    return fail_at(L, &err, result.line);
  lua_pushinteger(L, result.inserted);
  lua_pushinteger(L, result.present);
  return 2;
}

/* s:refer(rows, column, parent, file, list): true, or nil, message, code,
   line */
static int lstore_refer(lua_State *L) {
  Store *store = evl_check_store(L);
  const Table *rows = evl_check_table(L, 2);
  const char *column = evl_check_plain(L, 3);
  const char *parent = evl_check_plain(L, 4);
  StoreFile file = check_file(L, 5);
  size_t line = 0;
  Err err;
  if (store_rows_refer(store, rows, column, lua_toboolean(L, 6), parent, &file,
                       &line, &err) != 0)
    return fail_at(L, &err, line);
  return done(L);
}

/* s:document(id, {title=, doc_date=, sha256=, path=}) */
static int lstore_document(lua_State *L) {
  Store *store = evl_check_store(L);
  const char *id = evl_check_plain(L, 2);
  StoreSource source = check_source(L, 3);
  const char *date = evl_option_text(L, 3, "doc_date", NULL);
  Err err;
  if (store_rows_document(store, id, date, &source, &err) != 0)
    return evl_fail(L, &err);
  return done(L);
}

/* s:remove(document) */
static int lstore_remove(lua_State *L) {
  Store *store = evl_check_store(L);
  const char *document = evl_check_plain(L, 2);
  Err err;
  if (store_rows_remove(store, document, &err) != 0) return evl_fail(L, &err);
  return done(L);
}

static int lstore_tostring(lua_State *L) {
  Store **handle = check_handle(L);
  lua_pushfstring(L, "database %s",
                  *handle == NULL ? "(closed)" : store_path(*handle));
  return 1;
}

/* store.version(): SQLite's own */
static int lstore_version(lua_State *L) {
  lua_pushstring(L, sqlite3_libversion());
  return 1;
}

static const luaL_Reg functions[] = {{"version", lstore_version},
                                     {"open", lstore_open},
                                     {"sha256", lstore_sha256},
                                     {"sha256_file", lstore_sha256_file},
                                     {"lines", lstore_lines},
                                     {"sha256_start", lstore_sha256_start},
                                     {NULL, NULL}};

static const luaL_Reg methods[] = {{"close", lstore_close},
                                   {"discard", lstore_discard},
                                   {"path", lstore_path},
                                   {"is_readonly", lstore_is_readonly},
                                   {"is_own", lstore_is_own},
                                   {"tables", lstore_tables},
                                   {"read", lstore_read},
                                   {"outline", lstore_outline},
                                   {"begin", lstore_begin},
                                   {"commit", lstore_commit},
                                   {"rollback", lstore_rollback},
                                   {"import", lstore_import},
                                   {"insert", lstore_insert},
                                   {"refer", lstore_refer},
                                   {"document", lstore_document},
                                   {"remove", lstore_remove},
                                   {NULL, NULL}};

static const luaL_Reg meta[] = {{"__gc", lstore_close},
                                {"__close", lstore_close},
                                {"__tostring", lstore_tostring},
                                {NULL, NULL}};

static const luaL_Reg job_meta[] = {{"__gc", ljob_gc}, {NULL, NULL}};

int evl_open_store(lua_State *L) {
  evl_type(L, JOB_TYPE, job_meta, NULL);
  lua_pop(L, 1);
  evl_type(L, TYPE, meta, methods);
  luaL_setfuncs(L, evl_segment_methods, 0);
  lua_pop(L, 1);
  luaL_newlib(L, functions);
  return 1;
}
