/* evalua.decimal: exact numbers as Lua values. */
#include <math.h>
#include <string.h>

#include "bind/bind.h"

static const char TYPE[] = "evalua.decimal";

void evl_push_decimal(lua_State *L, Decimal value) {
  Decimal *slot = evl_new(L, sizeof *slot, TYPE);
  *slot = value;
}

bool evl_to_decimal(lua_State *L, int arg, Decimal *out) {
  const Decimal *value = luaL_testudata(L, arg, TYPE);
  if (value != NULL) {
    *out = *value;
    return true;
  }
  if (!lua_isinteger(L, arg)) return false;
  *out = (Decimal){lua_tointeger(L, arg), 0};
  return true;
}

/* An operand, or an error that says what to write instead. */
static Decimal check_operand(lua_State *L, int arg) {
  Decimal value = {0, 0};
  if (evl_to_decimal(L, arg, &value)) return value;
  if (lua_type(L, arg) == LUA_TNUMBER)
    luaL_error(L,
               "a decimal and the float %f do not mix: write "
               "ev.decimal\"...\" for an exact number",
               lua_tonumber(L, arg));
  luaL_error(L, "a decimal and a %s do not mix", luaL_typename(L, arg));
  return value;
}

static int push_result(lua_State *L, int status, Decimal value) {
  if (status == -2) return luaL_error(L, "division of a decimal by zero");
  if (status != 0)
    return luaL_error(L, "the result does not fit in a decimal of 18 digits");
  evl_push_decimal(L, value);
  return 1;
}

/* Where the other operand is a table with arithmetic of its own (a column
   expression), that decides: calls its metamethod and returns true. */
static bool defers(lua_State *L, const char *event) {
  for (int arg = 1; arg <= 2; arg++) {
    if (lua_type(L, arg) != LUA_TTABLE) continue;
    if (luaL_getmetafield(L, arg, event) == LUA_TNIL) continue;
    lua_pushvalue(L, 1);
    lua_pushvalue(L, 2);
    lua_call(L, 2, 1);
    return true;
  }
  return false;
}

static int ldecimal_add(lua_State *L) {
  if (defers(L, "__add")) return 1;
  Decimal a = check_operand(L, 1), b = check_operand(L, 2), out = a;
  return push_result(L, decimal_add(a, b, &out), out);
}

static int ldecimal_subtract(lua_State *L) {
  if (defers(L, "__sub")) return 1;
  Decimal a = check_operand(L, 1), b = check_operand(L, 2), out = a;
  return push_result(L, decimal_subtract(a, b, &out), out);
}

static int ldecimal_multiply(lua_State *L) {
  if (defers(L, "__mul")) return 1;
  Decimal a = check_operand(L, 1), b = check_operand(L, 2), out = a;
  return push_result(L, decimal_multiply(a, b, &out), out);
}

static int ldecimal_negate(lua_State *L) {
  Decimal a = check_operand(L, 1), out = a;
  return push_result(L, decimal_subtract((Decimal){0, a.scale}, a, &out), out);
}

static int ldecimal_slash(lua_State *L) {
  if (defers(L, "__div")) return 1;
  return luaL_error(L, "a decimal is divided by a:divide(b, places), which "
                       "says how to round");
}

static Rounding check_rounding(lua_State *L, int arg) {
  static const char *const names[] = {"half-even", "half-up", NULL};
  return luaL_checkoption(L, arg, "half-even", names) == 0 ? ROUND_HALF_EVEN
                                                           : ROUND_HALF_UP;
}

static int check_places(lua_State *L, int arg) {
  lua_Integer places = luaL_checkinteger(L, arg);
  luaL_argcheck(L, places >= 0 && places <= DECIMAL_MAX_SCALE, arg,
                "places must be 0 to 18");
  return (int)places;
}

/* a:divide(b, places [, rounding]) */
static int ldecimal_divide(lua_State *L) {
  Decimal a = check_operand(L, 1), b = check_operand(L, 2), out = a;
  int places = check_places(L, 3);
  Rounding rounding = check_rounding(L, 4);
  return push_result(L, decimal_divide(a, b, places, rounding, &out), out);
}

/* a:round(places [, rounding]) */
static int ldecimal_round(lua_State *L) {
  Decimal a = check_operand(L, 1), out = a;
  int places = check_places(L, 2);
  Rounding rounding = check_rounding(L, 3);
  return push_result(L, decimal_rescale(a, places, rounding, &out), out);
}

static int ldecimal_eq(lua_State *L) {
  Decimal a, b;
  bool both = evl_to_decimal(L, 1, &a) && evl_to_decimal(L, 2, &b);
  lua_pushboolean(L, both && decimal_compare(a, b) == 0);
  return 1;
}

static int ldecimal_lt(lua_State *L) {
  Decimal a = check_operand(L, 1), b = check_operand(L, 2);
  lua_pushboolean(L, decimal_compare(a, b) < 0);
  return 1;
}

static int ldecimal_le(lua_State *L) {
  Decimal a = check_operand(L, 1), b = check_operand(L, 2);
  lua_pushboolean(L, decimal_compare(a, b) <= 0);
  return 1;
}

static int ldecimal_tostring(lua_State *L) {
  char text[DECIMAL_TEXT_SIZE];
  lua_pushlstring(L, text, decimal_print(check_operand(L, 1), text));
  return 1;
}

/* A separator of at most four bytes, or NULL. */
static const char *option_mark(lua_State *L, const char *name,
                               const char *fallback) {
  const char *mark = evl_option_text(L, 2, name, fallback);
  if (mark != NULL && strlen(mark) > 4)
    luaL_error(L, "option '%s' is too long", name);
  return mark;
}

/* a:format{places=, group=, minus=, plus=, rounding=} */
static int ldecimal_format(lua_State *L) {
  Decimal a = check_operand(L, 1);
  const char *rounding = evl_option_text(L, 2, "rounding", "half-even");
  lua_Integer places = evl_option_int(L, 2, "places", -1);
  luaL_argcheck(L, places >= -1 && places <= DECIMAL_MAX_SCALE, 2,
                "places must be 0 to 18");
  DecimalFormat format = {.places = (int)places,
                          .rounding = strcmp(rounding, "half-up") == 0
                                          ? ROUND_HALF_UP
                                          : ROUND_HALF_EVEN,
                          .group = option_mark(L, "group", NULL),
                          .minus = option_mark(L, "minus", "-"),
                          .plus = evl_option_bool(L, 2, "plus", false)};
  char text[DECIMAL_TEXT_SIZE];
  lua_pushlstring(L, text, decimal_format(a, &format, text));
  return 1;
}

static int ldecimal_number(lua_State *L) {
  lua_pushnumber(L, decimal_to_double(check_operand(L, 1)));
  return 1;
}

static int ldecimal_scale(lua_State *L) {
  lua_pushinteger(L, check_operand(L, 1).scale);
  return 1;
}

/* -1, 0 or 1 */
static int ldecimal_sign(lua_State *L) {
  int64_t num = check_operand(L, 1).num;
  lua_pushinteger(L, (num > 0) - (num < 0));
  return 1;
}

/* a:percent(whole): 100 * a / whole with 6 decimals, half-even; nil where
   whole is zero or the share has no room in 64 bits */
static int ldecimal_percent(lua_State *L) {
  Decimal part = check_operand(L, 1), whole = check_operand(L, 2), out;
  /* 100 * part / whole has 6 decimals where part / whole has 8 */
  if (decimal_divide(part, whole, 8, ROUND_HALF_EVEN, &out) != 0) return 0;
  evl_push_decimal(L, (Decimal){out.num, 6});
  return 1;
}

/* The integer num of num / 10^scale. */
static int ldecimal_units(lua_State *L) {
  lua_pushinteger(L, check_operand(L, 1).num);
  return 1;
}

static int ldecimal_trim(lua_State *L) {
  evl_push_decimal(L, decimal_trim(check_operand(L, 1)));
  return 1;
}

static const char *parse_problem(DecimalParse status) {
  switch (status) {
    case DECIMAL_BLANK: return "there is no number";
    case DECIMAL_DASH: return "a lone dash is no number";
    case DECIMAL_EXPONENT: return "an exponent makes it a real, not a decimal";
    case DECIMAL_RANGE: return "a decimal holds at most 18 digits";
    default: return "it is not a number";
  }
}

/* decimal.parse(text [, {point=}]) -> decimal, unit | nil, message, code */
static int ldecimal_parse(lua_State *L) {
  size_t len;
  const char *text = luaL_checklstring(L, 1, &len);
  const char *point = evl_option_text(L, 2, "point", ".");
  luaL_argcheck(L, strcmp(point, ".") == 0 || strcmp(point, ",") == 0, 2,
                "point must be \".\" or \",\"");
  Decimal value = {0, 0};
  AmountUnit unit = UNIT_NONE;
  DecimalParse status =
      decimal_parse(text, len, (DecimalStyle){*point}, &value, &unit);
  /* 5 million is not 5: only columns know how to multiply counts out */
  if (status == DECIMAL_OK && unit_is_count(unit)) status = DECIMAL_BAD;
  if (status != DECIMAL_OK) {
    Err err;
    err_set(&err, ERR_DATA, "'%.60s': %s", text, parse_problem(status));
    return evl_fail(L, &err);
  }
  evl_push_decimal(L, value);
  if (unit == UNIT_NONE) return 1;
  lua_pushstring(L, unit_text(unit));
  return 2;
}

/* decimal.unit(text) -> its name ("万元", "million"), its power of ten, and
   whether it only counts (thousands of whatever money); nil for no unit */
static int ldecimal_unit(lua_State *L) {
  size_t len;
  const char *text = luaL_checklstring(L, 1, &len);
  AmountUnit unit = unit_parse(text, len);
  if (unit == UNIT_NONE) return 0;
  lua_pushstring(L, unit_text(unit));
  lua_pushinteger(L, unit_exponent(unit));
  lua_pushboolean(L, unit_is_count(unit));
  return 3;
}

/* decimal.new(num, scale): num / 10^scale */
static int ldecimal_new(lua_State *L) {
  lua_Integer num = luaL_checkinteger(L, 1);
  evl_push_decimal(L, (Decimal){num, check_places(L, 2)});
  return 1;
}

/* A sum in 128 bits on its way. */
typedef struct Sum {
  Int128 num;
  int scale;
} Sum;

/* Add `sign` times a value; false when even 128 bits are too few. */
static bool add_to_sum(Sum *sum, Decimal value, int sign) {
  int scale = value.scale > sum->scale ? value.scale : sum->scale;
  Int128 more = (Int128)value.num * pow10_int64(scale - value.scale) * sign;
  Int128 shift = pow10_int64(scale - sum->scale);
  sum->scale = scale;
  return !__builtin_mul_overflow(sum->num, shift, &sum->num) &&
         !__builtin_add_overflow(sum->num, more, &sum->num);
}

static bool add_list(lua_State *L, int arg, int sign, Sum *sum) {
  lua_Integer n = (lua_Integer)lua_rawlen(L, arg);
  for (lua_Integer i = 1; i <= n; i++) {
    lua_rawgeti(L, arg, i);
    Decimal value = check_operand(L, lua_gettop(L));
    lua_pop(L, 1);
    if (!add_to_sum(sum, value, sign)) return false;
  }
  return true;
}

/* decimal.sum({plus} [, {minus}]): the sum of the first less that of the
   second, in 128 bits and checked once at the end, whatever the order; nil
   when it does not fit */
static int ldecimal_sum(lua_State *L) {
  luaL_checktype(L, 1, LUA_TTABLE);
  if (!lua_isnoneornil(L, 2)) luaL_checktype(L, 2, LUA_TTABLE);
  bool has_minus = lua_istable(L, 2);
  Sum sum = {0, 0};
  Decimal out;
  if (!add_list(L, 1, 1, &sum)) return 0;
  if (has_minus && !add_list(L, 2, -1, &sum)) return 0;
  if (decimal_from_int128(sum.num, sum.scale, &out) != 0) return 0;
  evl_push_decimal(L, out);
  return 1;
}

static int ldecimal_is(lua_State *L) {
  lua_pushboolean(L, luaL_testudata(L, 1, TYPE) != NULL);
  return 1;
}

static const luaL_Reg functions[] = {
    {"parse", ldecimal_parse}, {"unit", ldecimal_unit}, {"new", ldecimal_new},
    {"sum", ldecimal_sum},     {"is", ldecimal_is},     {NULL, NULL}};

static const luaL_Reg methods[] = {{"add", ldecimal_add},
                                   {"subtract", ldecimal_subtract},
                                   {"divide", ldecimal_divide},
                                   {"round", ldecimal_round},
                                   {"eq", ldecimal_eq},
                                   {"format", ldecimal_format},
                                   {"number", ldecimal_number},
                                   {"scale", ldecimal_scale},
                                   {"units", ldecimal_units},
                                   {"trim", ldecimal_trim},
                                   {"sign", ldecimal_sign},
                                   {"percent", ldecimal_percent},
                                   {NULL, NULL}};

static const luaL_Reg meta[] = {{"__add", ldecimal_add},
                                {"__sub", ldecimal_subtract},
                                {"__mul", ldecimal_multiply},
                                {"__unm", ldecimal_negate},
                                {"__div", ldecimal_slash},
                                {"__eq", ldecimal_eq},
                                {"__lt", ldecimal_lt},
                                {"__le", ldecimal_le},
                                {"__tostring", ldecimal_tostring},
                                {NULL, NULL}};

int evl_open_decimal(lua_State *L) {
  evl_type(L, TYPE, meta, methods);
  lua_pop(L, 1);
  luaL_newlib(L, functions);
  return 1;
}
