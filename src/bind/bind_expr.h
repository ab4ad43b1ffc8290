/* bind_expr: expressions that come from Lua, for the binding files that
   evaluate them. */
#ifndef BIND_EXPR_H
#define BIND_EXPR_H

#include "bind/bind.h"
#include "verbs/expr.h"

/* An empty pool that Lua collects; pushes its userdata. */
ExprPool *evl_new_pool(lua_State *L);

/* The tree of plain data at `arg` as nodes of `pool`; raises where it is
   none. The stack stays as it is. */
const Expr *evl_check_expr(lua_State *L, int arg, ExprPool *pool);

/* What evaluation needs of Lua; good while L is. */
ExprHost evl_host(lua_State *L);

/* ERR_USE raises, anything else is returned as nil, text, code. */
int evl_give_up(lua_State *L, const Err *err);

#endif
