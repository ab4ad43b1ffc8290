/* core.variance: actual against base, rows and what to say beside them. */
#include <string.h>

#include "bind/bind.h"
#include "verbs/variance.h"

/* The columns of `table` that field `name` of the options at 2 says. */
static size_t column_option(lua_State *L, const Table *table,
                            const char *name) {
  evl_option(L, 2, name);
  size_t at = evl_need_column(L, table);
  lua_pop(L, 1);
  return at;
}

/* A column of this type and as many rows that is no column of the table;
   NULL where the field is nil. It stays alive in the options. */
static const Column *outside_option(lua_State *L, const Table *table,
                                    const char *name, ColumnType type) {
  const Column *column = NULL;
  if (evl_option(L, 2, name) != LUA_TNIL) {
    column = evl_check_column(L, -1);
    if (column->type != type || column->nrows != table->nrows ||
        column->valid != NULL)
      luaL_error(L, "'%s' does not fit the table", name);
  }
  lua_pop(L, 1);
  return column;
}

static VarianceLimit limit_option(lua_State *L, const char *name) {
  VarianceLimit limit = {0};
  limit.is_given = evl_option(L, 2, name) != LUA_TNIL;
  if (limit.is_given && !evl_to_decimal(L, -1, &limit.value))
    luaL_error(L, "'%s' is no exact number", name);
  lua_pop(L, 1);
  return limit;
}

static void need_amounts(lua_State *L, const Table *table, size_t at) {
  if (!column_is_number(table->columns[at]))
    luaL_error(L, "column '%s' holds no numbers", table->names[at]);
}

static size_t count_option(lua_State *L, const char *name, size_t most) {
  lua_Integer n = evl_option_int(L, 2, name, -1);
  return n < 0 || (lua_Unsigned)n > most ? most : (size_t)n;
}

static void sort_option(lua_State *L, VarianceSpec *spec) {
  spec->by = evl_option_text(L, 2, "sort", NULL);
  spec->descending = evl_option_bool(L, 2, "descending", false);
  spec->sort = spec->by != NULL        ? VARIANCE_BY_COLUMN
               : spec->top != SIZE_MAX ? VARIANCE_BY_SIZE
                                       : VARIANCE_AS_FOUND;
}

/* Reads the options and pushes the scratch of its keys. */
static VarianceSpec check_spec(lua_State *L, const Table *table) {
  luaL_checktype(L, 2, LUA_TTABLE);
  VarianceSpec spec = {.base = column_option(L, table, "base"),
                       .actual = column_option(L, table, "actual"),
                       .flip = evl_option_bool(L, 2, "flip", false),
                       .net = evl_option_bool(L, 2, "net", false),
                       .total = evl_option_bool(L, 2, "total", false),
                       .rollup = evl_option_bool(L, 2, "rollup", false),
                       .with_level = evl_option_bool(L, 2, "level", false),
                       .is_revenue = evl_option_bool(L, 2, "is_revenue", false),
                       .amount = limit_option(L, "material_amount"),
                       .percent = limit_option(L, "material_pct")};
  spec.names[0] = evl_option_text(L, 2, "base_name", "base");
  spec.names[1] = evl_option_text(L, 2, "actual_name", "actual");
  spec.side = outside_option(L, table, "side", COLUMN_INT);
  spec.revenue = outside_option(L, table, "revenue", COLUMN_BOOL);
  need_amounts(L, table, spec.base);
  need_amounts(L, table, spec.actual);
  evl_option(L, 2, "by");
  spec.keys = evl_check_columns(L, lua_gettop(L), table, &spec.nkeys);
  spec.depth = count_option(L, "depth", spec.nkeys);
  spec.top = count_option(L, "top", SIZE_MAX);
  sort_option(L, &spec);
  return spec;
}

static void set_flag(lua_State *L, const char *name, bool value) {
  lua_pushboolean(L, value);
  lua_setfield(L, -2, name);
}

/* {mixed=, no_share=, hidden= how many, left_out= how many rows,
   vary_by= decimal or number} */
static void push_notes(lua_State *L, const VarianceNotes *notes, size_t top) {
  lua_newtable(L);
  set_flag(L, "mixed", notes->mixed);
  set_flag(L, "no_share", notes->no_share);
  if (notes->hidden == 0) return;
  lua_pushinteger(L, (lua_Integer)(notes->nodes - top));
  lua_setfield(L, -2, "left_out");
  if (!notes->hidden_fits) return;
  if (notes->is_real) lua_pushnumber(L, notes->hidden_real);
  else evl_push_decimal(L, notes->hidden_exact);
  lua_setfield(L, -2, "vary_by");
}

/* variance.rows(t, {by= names, base=, actual=, ...}): the rows and the notes;
   or nil, message, code. The options are those of VarianceSpec. */
static int lvariance_rows(lua_State *L) {
  const Table *table = evl_check_table(L, 1);
  lua_settop(L, 2);
  VarianceSpec spec = check_spec(L, table);
  VarianceNotes notes;
  Err err;
  Table **handle = evl_new_table(L);
  *handle = variance(table, &spec, &notes, &err);
  if (*handle == NULL) return evl_fail(L, &err);
  push_notes(L, &notes, spec.top);
  return 2;
}

static const luaL_Reg functions[] = {{"rows", lvariance_rows}, {NULL, NULL}};

int evl_open_variance(lua_State *L) {
  luaL_newlib(L, functions);
  return 1;
}
