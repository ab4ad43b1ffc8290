/* evalua.column: one immutable column; and ev.NA. */
#include <stdlib.h>
#include <string.h>

#include "bind/bind.h"

static const char TYPE[] = "evalua.column";
static const char NA_KEY[] = "evalua.NA";

void evl_push_na(lua_State *L) { lua_getfield(L, LUA_REGISTRYINDEX, NA_KEY); }

bool evl_is_na(lua_State *L, int arg) {
  arg = lua_absindex(L, arg);
  evl_push_na(L);
  bool same = lua_rawequal(L, arg, -1);
  lua_pop(L, 1);
  return same;
}

Column **evl_new_column(lua_State *L) {
  return evl_new(L, sizeof(Column *), TYPE);
}

Column *evl_check_column(lua_State *L, int arg) {
  Column **handle = luaL_checkudata(L, arg, TYPE);
  luaL_argcheck(L, *handle != NULL, arg, "the column was closed");
  return *handle;
}

void evl_push_cell(lua_State *L, const Column *column, size_t row) {
  if (column_is_na(column, row)) {
    lua_pushnil(L);
    return;
  }
  char scratch[DECIMAL_TEXT_SIZE];
  size_t len;
  const char *text;
  switch (column->type) {
    case COLUMN_DECIMAL:
      evl_push_decimal(L, (Decimal){column->ints[row], column->scale});
      return;
    case COLUMN_INT: lua_pushinteger(L, column->ints[row]); return;
    case COLUMN_REAL: lua_pushnumber(L, column->reals[row]); return;
    case COLUMN_BOOL: lua_pushboolean(L, column->bools[row]); return;
    default:
      text = column_print(column, row, scratch, &len);
      lua_pushlstring(L, text, len);
  }
}

/* ---- a column from a Lua array ---- */

/* The type that holds every value seen so far. */
typedef struct Guess {
  bool any;
  ColumnType type;
  int scale;
  PeriodUnit period;
} Guess;

static bool value_type(lua_State *L, int at, ColumnType *type, int *scale) {
  Decimal decimal;
  *scale = 0;
  switch (lua_type(L, at)) {
    case LUA_TSTRING: *type = COLUMN_TEXT; return true;
    case LUA_TBOOLEAN: *type = COLUMN_BOOL; return true;
    case LUA_TNUMBER:
      *type = lua_isinteger(L, at) ? COLUMN_INT : COLUMN_REAL;
      return true;
    default:
      if (!evl_to_decimal(L, at, &decimal)) return false;
      *type = COLUMN_DECIMAL;
      *scale = decimal.scale;
      return true;
  }
}

static void guess_value(lua_State *L, Guess *guess, lua_Integer i) {
  ColumnType type = COLUMN_TEXT;
  int scale;
  if (!value_type(L, -1, &type, &scale))
    luaL_error(L, "value %I: a %s cannot stand in a column", i,
               luaL_typename(L, -1));
  if (scale > guess->scale) guess->scale = scale;
  bool is_period = guess->type == COLUMN_PERIOD && type == COLUMN_TEXT;
  if (guess->any && is_period) return;
  if (!guess->any || guess->type == type) {
    guess->type = type;
    guess->any = true;
    return;
  }
  bool int_first = guess->type == COLUMN_INT || type == COLUMN_INT;
  ColumnType other = guess->type == COLUMN_INT ? type : guess->type;
  if (int_first && (other == COLUMN_DECIMAL || other == COLUMN_REAL)) {
    guess->type = other;
    return;
  }
  luaL_error(L, "value %I: a %s does not fit among the values before it", i,
             luaL_typename(L, -1));
}

static int fill_period(lua_State *L, Column *column, size_t row, Err *err) {
  size_t len;
  const char *text = lua_tolstring(L, -1, &len);
  PeriodUnit unit;
  if (period_parse(text, len, &unit, &column->ints[row]) == 0 &&
      unit == column->period)
    return 0;
  return err_set(err, ERR_DATA, "row %zu: '%.40s' is not a %s", row + 1, text,
                 period_unit_name(column->period));
}

static int fill_value(lua_State *L, Column *column, size_t row, Err *err) {
  Decimal value;
  size_t len;
  const char *text;
  switch (column->type) {
    case COLUMN_TEXT:
      text = lua_tolstring(L, -1, &len);
      column->codes[row] = dict_add(column->dict, text, len, err);
      return column->codes[row] == DICT_NONE ? -1 : 0;
    case COLUMN_PERIOD: return fill_period(L, column, row, err);
    case COLUMN_BOOL: column->bools[row] = (uint8_t)lua_toboolean(L, -1); break;
    case COLUMN_REAL: column->reals[row] = lua_tonumber(L, -1); break;
    default:
      evl_to_decimal(L, -1, &value);
      if (decimal_rescale(value, column->scale, ROUND_HALF_EVEN, &value) != 0)
        return err_set(err, ERR_DATA,
                       "row %zu: the amount does not fit in 64 bits", row + 1);
      column->ints[row] = value.num;
  }
  return 0;
}

/* Value i of the array at 1; false when it is missing. Pushes it. Read raw:
   both passes over the array must see the same values. */
static bool get_value(lua_State *L, lua_Integer i) {
  return lua_rawgeti(L, 1, i) != LUA_TNIL && !evl_is_na(L, -1);
}

/* The digits of "decimal(2)"; -1 when the name is not of that form. */
static int named_scale(const char *name) {
  static const char start[] = "decimal(";
  if (strncmp(name, start, sizeof start - 1) != 0) return -1;
  char *end;
  long scale = strtol(name + sizeof start - 1, &end, 10);
  bool whole = strcmp(end, ")") == 0 && scale >= 0;
  return whole && scale <= DECIMAL_MAX_SCALE ? (int)scale : -1;
}

/* The type named at `arg` ("int", "decimal(2)", "month" ...); none named: a
   guess. */
static Guess check_type(lua_State *L, int arg) {
  static const char *const names[] = {"decimal", "int", "real",
                                      "text",    NULL,  "bool"};
  const char *name = luaL_optstring(L, arg, "text");
  Guess guess = {!lua_isnoneornil(L, arg), COLUMN_TEXT, 0, PERIOD_YEAR};
  int scale = named_scale(name);
  if (scale >= 0) {
    guess.scale = scale;
    name = "decimal";
  }
  for (int i = 0; i < (int)(sizeof names / sizeof *names); i++)
    if (names[i] != NULL && strcmp(name, names[i]) == 0) {
      guess.type = (ColumnType)i;
      return guess;
    }
  guess.type = COLUMN_PERIOD;
  for (PeriodUnit unit = PERIOD_YEAR; unit <= PERIOD_DAY; unit++)
    if (strcmp(name, period_unit_name(unit)) == 0) {
      guess.period = unit;
      return guess;
    }
  luaL_error(L,
             "'%s' is no type; there are: int decimal(2) real text bool year "
             "quarter month day",
             name);
  return guess;
}

/* column.new(array, n [, type]): nil and NA are missing; one type must hold
   all values. */
static int lcolumn_new(lua_State *L) {
  luaL_checktype(L, 1, LUA_TTABLE);
  lua_Integer n = luaL_checkinteger(L, 2);
  luaL_argcheck(L, n >= 0, 2, "a length is not negative");
  Guess guess = check_type(L, 3);
  for (lua_Integer i = 1; i <= n; i++) {
    if (get_value(L, i)) guess_value(L, &guess, i);
    lua_pop(L, 1);
  }
  Err err;
  Column **handle = evl_new_column(L);
  *handle = column_new(guess.type, (size_t)n, &err);
  if (*handle == NULL) return evl_fail(L, &err);
  (*handle)->scale = guess.type == COLUMN_DECIMAL ? guess.scale : 0;
  (*handle)->period = guess.period;
  for (lua_Integer i = 1; i <= n; i++) {
    size_t row = (size_t)i - 1;
    int status = get_value(L, i) ? fill_value(L, *handle, row, &err)
                                 : column_set_na(*handle, row, &err);
    if (status != 0) return evl_fail(L, &err);
    lua_pop(L, 1);
  }
  return 1;
}

/* ---- methods ---- */

static int lcolumn_type(lua_State *L) {
  char name[24];
  lua_pushstring(L, column_type_name(evl_check_column(L, 1), name));
  return 1;
}

static int lcolumn_len(lua_State *L) {
  lua_pushinteger(L, (lua_Integer)evl_check_column(L, 1)->nrows);
  return 1;
}

static int lcolumn_missing(lua_State *L) {
  lua_pushinteger(L, (lua_Integer)column_count_na(evl_check_column(L, 1)));
  return 1;
}

static int lcolumn_is_number(lua_State *L) {
  lua_pushboolean(L, column_is_number(evl_check_column(L, 1)));
  return 1;
}

/* All values as an array; `na` (default nil) stands where one is missing. */
static int lcolumn_values(lua_State *L) {
  const Column *column = evl_check_column(L, 1);
  lua_settop(L, 2);
  lua_createtable(L, column->nrows > INT32_MAX ? 0 : (int)column->nrows, 0);
  for (size_t row = 0; row < column->nrows; row++) {
    if (column_is_na(column, row)) lua_pushvalue(L, 2);
    else evl_push_cell(L, column, row);
    lua_seti(L, 3, (lua_Integer)row + 1);
  }
  return 1;
}

/* col[i] or a method */
static int lcolumn_index(lua_State *L) {
  const Column *column = evl_check_column(L, 1);
  int ok;
  lua_Integer i = lua_tointegerx(L, 2, &ok);
  if (!ok) {
    lua_pushvalue(L, 2);
    lua_gettable(L, lua_upvalueindex(1));
    return 1;
  }
  if (i < 1 || (lua_Unsigned)i > column->nrows) lua_pushnil(L);
  else evl_push_cell(L, column, (size_t)i - 1);
  return 1;
}

static int lcolumn_free(lua_State *L) {
  Column **handle = luaL_checkudata(L, 1, TYPE);
  column_unref(*handle);
  *handle = NULL;
  return 0;
}

static int lcolumn_tostring(lua_State *L) {
  const Column *column = evl_check_column(L, 1);
  char name[24];
  lua_pushfstring(L, "column of %I values, %s", (lua_Integer)column->nrows,
                  column_type_name(column, name));
  return 1;
}

/* column:labels(most): the texts that a text column is made of, some of which
   no row may have any more; nil when there are more than `most`, or when it is
   no text. */
static int lcolumn_labels(lua_State *L) {
  const Column *column = evl_check_column(L, 1);
  lua_Integer most = luaL_checkinteger(L, 2);
  if (column->type != COLUMN_TEXT) return 0;
  uint32_t n = dict_count(column->dict);
  if (most < 0 || n > (lua_Unsigned)most) return 0;
  lua_createtable(L, (int)n, 0);
  for (uint32_t code = 0; code < n; code++) {
    size_t len;
    const char *text = dict_text(column->dict, code, &len);
    lua_pushlstring(L, text, len);
    lua_seti(L, -2, (lua_Integer)code + 1);
  }
  return 1;
}

static const luaL_Reg functions[] = {{"new", lcolumn_new}, {NULL, NULL}};

static const luaL_Reg methods[] = {
    {"type", lcolumn_type},           {"missing", lcolumn_missing},
    {"is_number", lcolumn_is_number}, {"values", lcolumn_values},
    {"labels", lcolumn_labels},       {NULL, NULL}};

static const luaL_Reg meta[] = {{"__gc", lcolumn_free},
                                {"__close", lcolumn_free},
                                {"__len", lcolumn_len},
                                {"__tostring", lcolumn_tostring},
                                {NULL, NULL}};

static int lna_tostring(lua_State *L) {
  lua_pushliteral(L, "NA");
  return 1;
}

/* Leaves core.column with .new and .NA. */
int evl_open_column(lua_State *L) {
  evl_type(L, TYPE, meta, NULL);
  luaL_setfuncs(L, methods, 0);
  luaL_getmetatable(L, TYPE);
  lua_insert(L, -2); /* metatable methods */
  lua_pushcclosure(L, lcolumn_index, 1);
  lua_setfield(L, -2, "__index");
  lua_pop(L, 1);
  luaL_newlib(L, functions);
  lua_newtable(L); /* NA */
  lua_newtable(L); /* its metatable */
  lua_pushcfunction(L, lna_tostring);
  lua_setfield(L, -2, "__tostring");
  lua_setmetatable(L, -2);
  lua_pushvalue(L, -1);
  lua_setfield(L, LUA_REGISTRYINDEX, NA_KEY);
  lua_setfield(L, -2, "NA");
  return 1;
}
