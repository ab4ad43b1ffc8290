/* Expressions from Lua: trees of plain tables,
     {op="column", name=} {op="literal", value=} {op="add", left, right}
     {op="negate", operand} {op="call", name=, args...},
   turned into nodes of a pool that a userdata owns, so that every check may
   raise. Fields are read raw: a tree's metatable has methods of its own. */
#include "bind/bind_expr.h"

#include <math.h>
#include <string.h>

#include "base/mem.h"

static const char TYPE[] = "evalua.expr_pool";
static const char FIND_KEY[] = "evalua.find"; /* string.find */

ExprPool *evl_new_pool(lua_State *L) {
  Err err;
  ExprPool **handle = evl_new(L, sizeof *handle, TYPE);
  *handle = expr_pool_new(&err);
  if (*handle == NULL) evl_raise(L, &err);
  return *handle;
}

int evl_give_up(lua_State *L, const Err *err) {
  return err->code == ERR_USE ? evl_raise(L, err) : evl_fail(L, err);
}

/* ---- from tables to nodes ---- */

static const Expr *check_node(lua_State *L, const Expr *node, const Err *err) {
  if (node == NULL) evl_raise(L, err);
  return node;
}

/* Field `name` of the node at `at`, a string; stays alive in the node. */
static const char *check_field(lua_State *L, int at, const char *name) {
  lua_pushstring(L, name);
  if (lua_rawget(L, at) != LUA_TSTRING)
    luaL_error(L, "a node of an expression lacks its %s", name);
  size_t len;
  const char *text = lua_tolstring(L, -1, &len);
  if (strlen(text) != len) luaL_error(L, "a name holds a zero byte");
  lua_pop(L, 1);
  return text;
}

static const Expr *number_literal(lua_State *L, ExprPool *pool, Err *err) {
  if (lua_isinteger(L, -1)) return expr_int(pool, lua_tointeger(L, -1), err);
  double value = lua_tonumber(L, -1);
  if (!isfinite(value))
    luaL_error(L, "%f is not a number to compute with", value);
  return expr_real(pool, value, err);
}

/* The value on the stack top. */
static const Expr *literal_value(lua_State *L, ExprPool *pool, Err *err) {
  Decimal number;
  size_t len;
  const char *text;
  switch (lua_type(L, -1)) {
    case LUA_TNUMBER: return number_literal(L, pool, err);
    case LUA_TBOOLEAN: return expr_bool(pool, lua_toboolean(L, -1), err);
    case LUA_TSTRING:
      text = lua_tolstring(L, -1, &len);
      return expr_text(pool, text, len, err);
    default:
      if (evl_is_na(L, -1)) return expr_na(pool, err);
      if (evl_to_decimal(L, -1, &number))
        return expr_decimal(pool, number, err);
      luaL_error(L, "a %s cannot stand in an expression", luaL_typename(L, -1));
      return NULL;
  }
}

static const Expr *convert_literal(lua_State *L, int at, ExprPool *pool,
                                   Err *err) {
  lua_pushliteral(L, "value");
  lua_rawget(L, at);
  const Expr *node = literal_value(L, pool, err);
  lua_pop(L, 1);
  return node;
}

static const Expr *convert(lua_State *L, int at, ExprPool *pool, int depth);

static const Expr *convert_child(lua_State *L, int at, lua_Integer i,
                                 ExprPool *pool, int depth) {
  lua_rawgeti(L, at, i);
  const Expr *node = convert(L, lua_gettop(L), pool, depth + 1);
  lua_pop(L, 1);
  return node;
}

enum { MOST_ARGUMENTS = 100 };

static const Expr *convert_call(lua_State *L, int at, ExprPool *pool, int depth,
                                Err *err) {
  const char *name = check_field(L, at, "name");
  size_t n = lua_rawlen(L, at);
  if (n > MOST_ARGUMENTS)
    luaL_error(L, "%s() with more than %d arguments", name, MOST_ARGUMENTS);
  const Expr **args = evl_scratch(L, n, sizeof *args);
  for (size_t i = 0; i < n; i++)
    args[i] = convert_child(L, at, (lua_Integer)i + 1, pool, depth);
  const Expr *node = expr_call(pool, name, args, n, err);
  lua_pop(L, 1); /* args */
  return node;
}

static const Expr *convert_operator(lua_State *L, int at, const char *name,
                                    ExprPool *pool, int depth, Err *err) {
  int op = expr_find_operator(name);
  if (op < 0) luaL_error(L, "there is no operator '%s'", name);
  const Expr *a = convert_child(L, at, 1, pool, depth), *b = NULL;
  if (!expr_is_unary((ExprOp)op)) b = convert_child(L, at, 2, pool, depth);
  return expr_operator(pool, (ExprOp)op, a, b, err);
}

/* The node at the absolute index `at`. */
static const Expr *convert(lua_State *L, int at, ExprPool *pool, int depth) {
  Err err;
  if (!lua_istable(L, at))
    luaL_error(L, "an expression was expected, not a %s", luaL_typename(L, at));
  if (depth > EXPR_MAX_DEPTH)
    luaL_error(L, "the expression is nested more than %d deep", EXPR_MAX_DEPTH);
  luaL_checkstack(L, 10, "expression");
  const char *op = check_field(L, at, "op");
  const Expr *node;
  if (strcmp(op, "column") == 0)
    node = expr_column(pool, check_field(L, at, "name"), &err);
  else if (strcmp(op, "literal") == 0)
    node = convert_literal(L, at, pool, &err);
  else if (strcmp(op, "call") == 0)
    node = convert_call(L, at, pool, depth, &err);
  else node = convert_operator(L, at, op, pool, depth, &err);
  return check_node(L, node, &err);
}

const Expr *evl_check_expr(lua_State *L, int arg, ExprPool *pool) {
  return convert(L, lua_absindex(L, arg), pool, 1);
}

/* ---- match: a call into Lua that must not leave by longjmp ---- */

typedef struct Search {
  const char *text, *pattern;
  size_t len, pattern_len;
} Search;

/* Runs protected: everything here may raise. */
static int search(lua_State *L) {
  const Search *what = lua_touserdata(L, 1);
  lua_getfield(L, LUA_REGISTRYINDEX, FIND_KEY);
  lua_pushlstring(L, what->text, what->len);
  lua_pushlstring(L, what->pattern, what->pattern_len);
  lua_call(L, 2, 1);
  lua_pushboolean(L, lua_toboolean(L, -1));
  return 1;
}

/* "bad argument #2 to 'find' (malformed ...)" without what Lua puts around:
   only the sentence in the last parentheses concerns the user. */
static int search_failed(lua_State *L, int status, Err *err) {
  const char *text = lua_type(L, -1) == LUA_TSTRING ? lua_tostring(L, -1)
                                                    : "the search failed";
  if (status == LUA_ERRMEM) return err_memory(err);
  const char *inner = strstr(text, "malformed pattern");
  return err_set(err, ERR_USE, "%s", inner == NULL ? text : inner);
}

static int match_text(void *data, const char *text, size_t len,
                      const char *pattern, size_t pattern_len, Err *err) {
  lua_State *L = data;
  Search what = {text, pattern, len, pattern_len};
  if (!lua_checkstack(L, 4)) return err_memory(err);
  lua_pushcfunction(L, search);
  lua_pushlightuserdata(L, &what);
  int status = lua_pcall(L, 1, 1, 0);
  int found =
      status == LUA_OK ? lua_toboolean(L, -1) : search_failed(L, status, err);
  lua_pop(L, 1);
  return found;
}

ExprHost evl_host(lua_State *L) { return (ExprHost){L, match_text}; }

/* ---- core.expr ---- */

/* Text on its way to Lua, owned by a userdata. */
static int lscratch_free(lua_State *L) {
  buf_free(lua_touserdata(L, 1));
  return 0;
}

static const char SCRATCH[] = "evalua.expr_text";

/* expr.print(tree): the canonical text */
static int lexpr_print(lua_State *L) {
  Err err;
  const Expr *expr = evl_check_expr(L, 1, evl_new_pool(L));
  Buf *text = evl_new(L, sizeof *text, SCRATCH);
  if (expr_print(expr, text, &err) != 0) return evl_raise(L, &err);
  lua_pushlstring(L, text->data, text->len);
  return 1;
}

static const char NAMES[] = "evalua.expr_names";

static int lnames_free(lua_State *L) {
  Dict **handle = luaL_checkudata(L, 1, NAMES);
  dict_unref(*handle);
  *handle = NULL;
  return 0;
}

/* expr.columns(tree): the names of the columns it needs */
static int lexpr_columns(lua_State *L) {
  Err err;
  const Expr *expr = evl_check_expr(L, 1, evl_new_pool(L));
  Dict **names = evl_new(L, sizeof *names, NAMES);
  *names = dict_new(&err);
  if (*names == NULL || expr_columns(expr, *names, &err) != 0)
    return evl_raise(L, &err);
  lua_newtable(L);
  for (uint32_t i = 0; i < dict_count(*names); i++) {
    lua_pushstring(L, dict_text(*names, i, NULL));
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
  return 1;
}

/* expr.check(tree): raises where it is no expression */
static int lexpr_check(lua_State *L) {
  evl_check_expr(L, 1, evl_new_pool(L));
  return 0;
}

static int lpool_free(lua_State *L) {
  ExprPool **handle = luaL_checkudata(L, 1, TYPE);
  expr_pool_free(*handle);
  *handle = NULL;
  return 0;
}

static const luaL_Reg functions[] = {{"print", lexpr_print},
                                     {"columns", lexpr_columns},
                                     {"check", lexpr_check},
                                     {NULL, NULL}};

static const luaL_Reg meta[] = {{"__gc", lpool_free}, {NULL, NULL}};
static const luaL_Reg scratch_meta[] = {{"__gc", lscratch_free}, {NULL, NULL}};
static const luaL_Reg names_meta[] = {{"__gc", lnames_free}, {NULL, NULL}};

int evl_open_expr(lua_State *L) {
  evl_type(L, TYPE, meta, NULL);
  evl_type(L, SCRATCH, scratch_meta, NULL);
  evl_type(L, NAMES, names_meta, NULL);
  lua_pop(L, 3);
  luaL_getsubtable(L, LUA_REGISTRYINDEX, LUA_LOADED_TABLE);
  if (lua_getfield(L, -1, "string") != LUA_TTABLE)
    return luaL_error(L, "the library 'string' is not there");
  lua_getfield(L, -1, "find");
  lua_setfield(L, LUA_REGISTRYINDEX, FIND_KEY);
  lua_pop(L, 2);
  luaL_newlib(L, functions);
  return 1;
}
