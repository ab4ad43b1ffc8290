/* core.points: columns as positions, and as many points as a picture can
   show. */
#include <math.h>
#include <stdio.h>

#include "bind/bind.h"
#include "draw/decimate.h"

/* Seconds since 1970 at the beginning of a period. */
static double seconds(int64_t value, PeriodUnit unit) {
  int year, month, day;
  char text[32];
  int64_t days;
  PeriodUnit is_day;
  period_parts(value, unit, &year, &month, &day);
  int len = snprintf(text, sizeof text, "%04d-%02d-%02d", year, month, day);
  if (period_parse(text, (size_t)len, &is_day, &days) != 0) return NAN;
  return (double)days * 86400;
}

static double position(const Column *column, size_t row) {
  if (column_is_na(column, row)) return NAN;
  switch (column->type) {
    case COLUMN_REAL: return column->reals[row];
    case COLUMN_PERIOD: return seconds(column->ints[row], column->period);
    case COLUMN_BOOL: return column->bools[row];
    default:
      return decimal_to_double((Decimal){column->ints[row], column->scale});
  }
}

/* points.position(column): a column of reals: numbers as they are, periods in
   seconds since 1970; missing and infinite ones are missing. A text column
   raises. */
static int lpoints_position(lua_State *L) {
  const Column *column = evl_check_column(L, 1);
  luaL_argcheck(L, column->type != COLUMN_TEXT, 1, "texts have no position");
  Err err;
  Column **handle = evl_new_column(L);
  *handle = column_new(COLUMN_REAL, column->nrows, &err);
  if (*handle == NULL) return evl_fail(L, &err);
  for (size_t i = 0; i < column->nrows; i++) {
    double at = position(column, i);
    (*handle)->reals[i] = at;
    if (!isfinite(at) && column_set_na(*handle, i, &err) != 0)
      return evl_fail(L, &err);
  }
  return 1;
}

static const Column *check_reals(lua_State *L, int arg) {
  const Column *column = evl_check_column(L, arg);
  luaL_argcheck(L, column->type == COLUMN_REAL, arg, "reals expected");
  return column;
}

/* The values with NaN where one is missing, or where a log axis has no place;
   logarithms for such an axis. Pushes the scratch. */
static double *values_of(lua_State *L, const Column *column, bool is_log) {
  double *values = evl_scratch(L, column->nrows, sizeof *values);
  for (size_t i = 0; i < column->nrows; i++) {
    double value = column_is_na(column, i) ? NAN : column->reals[i];
    if (is_log) value = value > 0 ? log10(value) : NAN;
    values[i] = value;
  }
  return values;
}

/* points.thin(x, y, {cloud=, width=, height=, log_x=, log_y=}): {x}, {y}; nan
   where a line is broken */
static int lpoints_thin(lua_State *L) {
  const Column *x = check_reals(L, 1), *y = check_reals(L, 2);
  luaL_argcheck(L, x->nrows == y->nrows, 2, "as long as x");
  size_t width = (size_t)evl_option_int(L, 3, "width", 1600);
  size_t height = (size_t)evl_option_int(L, 3, "height", 800);
  luaL_argcheck(L,
                width >= 1 && width <= 20000 && height >= 1 && height <= 20000,
                3, "a size out of range");
  const double *xs = values_of(L, x, evl_option_bool(L, 3, "log_x", false));
  const double *ys = values_of(L, y, evl_option_bool(L, 3, "log_y", false));
  size_t *keep = evl_scratch(L, x->nrows, sizeof *keep);
  size_t n = evl_option_bool(L, 3, "cloud", false)
                 ? decimate_cloud(xs, ys, x->nrows, width, height, keep)
                 : decimate_line(xs, ys, x->nrows, width, keep);
  if (n == SIZE_MAX) return luaL_error(L, "not enough memory");
  lua_createtable(L, (int)n, 0);
  lua_createtable(L, (int)n, 0);
  for (size_t i = 0; i < n; i++) {
    bool has_place = !isnan(xs[keep[i]]) && !isnan(ys[keep[i]]);
    lua_pushnumber(L, has_place ? x->reals[keep[i]] : NAN);
    lua_rawseti(L, -3, (lua_Integer)i + 1);
    lua_pushnumber(L, has_place ? y->reals[keep[i]] : NAN);
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
  return 2;
}

/* points.count(column, from, width, nbins): {counts} */
static int lpoints_count(lua_State *L) {
  const Column *column = check_reals(L, 1);
  double from = luaL_checknumber(L, 2), width = luaL_checknumber(L, 3);
  lua_Integer nbins = luaL_checkinteger(L, 4);
  luaL_argcheck(L, width > 0 && nbins >= 1 && nbins <= 100000, 4,
                "bins out of range");
  const double *values = values_of(L, column, false);
  size_t *counts = evl_scratch(L, (size_t)nbins, sizeof *counts);
  decimate_count(values, column->nrows, from, width, (size_t)nbins, counts);
  lua_createtable(L, (int)nbins, 0);
  for (lua_Integer i = 1; i <= nbins; i++) {
    lua_pushinteger(L, (lua_Integer)counts[i - 1]);
    lua_rawseti(L, -2, i);
  }
  return 1;
}

static const luaL_Reg functions[] = {{"position", lpoints_position},
                                     {"thin", lpoints_thin},
                                     {"count", lpoints_count},
                                     {NULL, NULL}};

int evl_open_points(lua_State *L) {
  luaL_newlib(L, functions);
  return 1;
}
