/* core.verbs: verbs on tables, with expressions as trees of plain data. What
   the caller wrote wrongly raises; what the data cannot give (a sum that does
   not fit) is nil, message, code. */
#include "bind/bind_plan.h"
#include "verbs/pick.h"
#include "verbs/rollup.h"
#include "verbs/summarise.h"

/* The tree at `arg`; pushes its pool. */
static const Expr *check_tree(lua_State *L, int arg) {
  return evl_check_expr(L, arg, evl_new_pool(L));
}

/* Empty the handle of a column now: a table that holds the column is then its
   only owner, which counts it (see evl_new_table). */
static void give_away(Column **handle) {
  column_unref(*handle);
  *handle = NULL;
}

/* verbs.eval(t, tree): a column */
static int lverbs_eval(lua_State *L) {
  const Table *table = evl_check_table(L, 1);
  const Expr *expr = check_tree(L, 2);
  ExprHost host = evl_host(L);
  Err err;
  Column **handle = evl_new_column(L);
  *handle = expr_eval(expr, table, &host, &err);
  return *handle == NULL ? evl_give_up(L, &err) : 1;
}

/* verbs.where(t, tree): the rows for which it is true */
static int lverbs_where(lua_State *L) {
  const Table *table = evl_check_table(L, 1);
  const Expr *expr = check_tree(L, 2);
  ExprHost host = evl_host(L);
  Err err;
  Column **keep = evl_new_column(L);
  Table **handle = evl_new_table(L);
  *keep = expr_eval_condition(expr, table, &host, &err);
  if (*keep == NULL) return evl_give_up(L, &err);
  *handle = pick_where(table, *keep, &err);
  give_away(keep);
  return *handle == NULL ? evl_give_up(L, &err) : 1;
}

/* verbs.mutate(t, name, tree): t with that column, replaced or added */
static int lverbs_mutate(lua_State *L) {
  const Table *table = evl_check_table(L, 1);
  const char *name = luaL_checkstring(L, 2);
  const Expr *expr = check_tree(L, 3);
  ExprHost host = evl_host(L);
  Err err;
  Column **column = evl_new_column(L);
  Table **handle = evl_new_table(L);
  *column = expr_eval(expr, table, &host, &err);
  if (*column == NULL) return evl_give_up(L, &err);
  *handle = table_with(table, name, *column, &err);
  give_away(column);
  return *handle == NULL ? evl_give_up(L, &err) : 1;
}

/* verbs.arrange(t, {"name", "-name"}): a minus sorts downwards, unless a
   column is called so with it */
static int lverbs_arrange(lua_State *L) {
  const Table *table = evl_check_table(L, 1);
  luaL_checktype(L, 2, LUA_TTABLE);
  size_t n = lua_rawlen(L, 2);
  SortKey *keys = evl_scratch(L, n, sizeof *keys);
  for (size_t i = 0; i < n; i++) {
    lua_rawgeti(L, 2, (lua_Integer)i + 1);
    const char *name =
        lua_type(L, -1) == LUA_TSTRING ? lua_tostring(L, -1) : "";
    if (name[0] == '-' && table_find(table, name) < 0) {
      keys[i].descending = true;
      lua_pushstring(L, name + 1);
      lua_replace(L, -2);
    }
    keys[i].column = evl_need_column(L, table);
    lua_pop(L, 1);
  }
  Err err;
  Table **handle = evl_new_table(L);
  *handle = pick_arrange(table, keys, n, &err);
  return *handle == NULL ? evl_give_up(L, &err) : 1;
}

/* verbs.distinct(t, {names}): those columns, each combination once */
static int lverbs_distinct(lua_State *L) {
  const Table *table = evl_check_table(L, 1);
  size_t n;
  const size_t *columns = evl_check_columns(L, 2, table, &n);
  Err err;
  Table **handle = evl_new_table(L);
  *handle = pick_distinct(table, columns, n, &err);
  return *handle == NULL ? evl_give_up(L, &err) : 1;
}

/* ---- group ---- */

/* verbs.group(t, {keys}, {{name=, fn=, tree=}, ...}) */
static int lverbs_group(lua_State *L) {
  const Table *table = evl_check_table(L, 1);
  size_t nkeys, n;
  const size_t *keys = evl_check_columns(L, 2, table, &nkeys);
  const Summary *items = evl_check_summaries(L, 3, &n);
  ExprHost host = evl_host(L);
  Err err;
  Table **handle = evl_new_table(L);
  *handle = summarise(table, keys, nkeys, items, n, &host, &err);
  return *handle == NULL ? evl_give_up(L, &err) : 1;
}

/* verbs.rollup(t, {keys}, {items}, nfixed, ragged) */
static int lverbs_rollup(lua_State *L) {
  const Table *table = evl_check_table(L, 1);
  Rollup spec = {.ragged = lua_toboolean(L, 5)};
  lua_Integer nfixed = luaL_checkinteger(L, 4);
  spec.keys = evl_check_columns(L, 2, table, &spec.nkeys);
  luaL_argcheck(L, nfixed >= 0 && (size_t)nfixed <= spec.nkeys, 4,
                "more fixed keys than keys");
  spec.nfixed = (size_t)nfixed;
  size_t n;
  const Summary *items = evl_check_summaries(L, 3, &n);
  ExprHost host = evl_host(L);
  Err err;
  Table **handle = evl_new_table(L);
  *handle = rollup(table, &spec, items, n, &host, &err);
  return *handle == NULL ? evl_give_up(L, &err) : 1;
}

static const luaL_Reg functions[] = {
    {"eval", lverbs_eval},         {"where", lverbs_where},
    {"mutate", lverbs_mutate},     {"arrange", lverbs_arrange},
    {"distinct", lverbs_distinct}, {"group", lverbs_group},
    {"rollup", lverbs_rollup},     {NULL, NULL}};

int evl_open_verbs(lua_State *L) {
  luaL_newlib(L, functions);
  return 1;
}
