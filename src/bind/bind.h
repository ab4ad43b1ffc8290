/* bind: what every binding file shares; C functions under Lua are named `l`
   plus the core's name, helpers are `evl_`. */
#ifndef BIND_H
#define BIND_H

#include <lauxlib.h>
#include <lua.h>
#include <stdbool.h>

#include "base/decimal.h"
#include "base/err.h"
#include "stats/numbers.h"
#include "table/table.h"

/* The world's failure: pushes nil, the text and the code; returns 3. */
int evl_fail(lua_State *L, const Err *err);

/* The caller's mistake found by the core: raises the text. */
int evl_raise(lua_State *L, const Err *err);

/* A new userdata of `size` zeroed bytes with the metatable `type` (made by
   evl_type). Put the resource in after this, never before. */
void *evl_new(lua_State *L, size_t size, const char *type);

/* Make the metatable `type` with `meta`; `methods` go into a table that is
   left on the stack top. With methods == NULL, __index is left to `meta`. */
void evl_type(lua_State *L, const char *type, const luaL_Reg *meta,
              const luaL_Reg *methods);

/* Scratch room of n * size bytes that Lua collects; raises when there is
   none. Pushes one value. */
void *evl_scratch(lua_State *L, size_t n, size_t size);

/* Field `name` of the options table at `arg` (which may be nil): pushes its
   value and returns its Lua type. */
int evl_option(lua_State *L, int arg, const char *name);

/* Option readers: the fallback where the field is nil; a wrong type raises
   with the field's name. The text stays valid while the options table does. */
const char *evl_option_text(lua_State *L, int arg, const char *name,
                            const char *fallback);
lua_Integer evl_option_int(lua_State *L, int arg, const char *name,
                           lua_Integer fallback);
bool evl_option_bool(lua_State *L, int arg, const char *name, bool fallback);

/* evalua.decimal: an exact number by value. evl_to_decimal accepts integers
   too and returns false for anything else. */
void evl_push_decimal(lua_State *L, Decimal value);
bool evl_to_decimal(lua_State *L, int arg, Decimal *out);

/* evalua.table: the handle owns one reference. Pushing takes over the
   caller's reference only when it succeeds in the userdata that
   evl_new_table made: push the empty handle first, then fill it. */
Table **evl_new_table(lua_State *L);
Table *evl_check_table(lua_State *L, int arg);

/* Index of the column of `table` named by the string on the stack top; raises
   where it is no string or there is no such column. */
size_t evl_need_column(lua_State *L, const Table *table);

/* The columns named in the array at `arg`; pushes the scratch they lie in. */
size_t *evl_check_columns(lua_State *L, int arg, const Table *table, size_t *n);

/* evalua.column, likewise. */
Column **evl_new_column(lua_State *L);
Column *evl_check_column(lua_State *L, int arg);

/* ev.NA, the value that stands for a missing cell where nil cannot. */
void evl_push_na(lua_State *L);
bool evl_is_na(lua_State *L, int arg);

/* Push cell `row` of a column as a Lua value: decimal userdata, integer,
   float, string, boolean, a period as its text; NA as nil. */
void evl_push_cell(lua_State *L, const Column *column, size_t row);

/* The numbers of the column at `arg`, borrowed while it lies there; raises for
   one of another type. evl_check_range: those of rows `arg + 1` to `arg + 2`,
   all where these are nil. */
Numbers evl_check_numbers(lua_State *L, int arg);
Numbers evl_check_range(lua_State *L, int arg);

/* table[name] = value in the table on the stack top; NaN leaves it nil. */
void evl_set_number(lua_State *L, const char *name, double value);

/* Openers: each pushes one table, which becomes core.<name>. */
int evl_open_decimal(lua_State *L);
int evl_open_table(lua_State *L);
int evl_open_column(lua_State *L);
int evl_open_text(lua_State *L);
int evl_open_csv(lua_State *L);
int evl_open_json(lua_State *L);
int evl_open_totals(lua_State *L);
int evl_open_expr(lua_State *L);
int evl_open_verbs(lua_State *L);
int evl_open_variance(lua_State *L);
int evl_open_join(lua_State *L);
int evl_open_pivot(lua_State *L);
int evl_open_points(lua_State *L);
int evl_open_window(lua_State *L);
int evl_open_stats(lua_State *L);
int evl_open_forecast(lua_State *L);
int evl_open_split(lua_State *L);
int evl_open_stl(lua_State *L);
int evl_open_scan(lua_State *L);
int evl_open_store(lua_State *L);
int evl_open_draw(lua_State *L);
int evl_open_file(lua_State *L);
int evl_open_system(lua_State *L);

#endif
