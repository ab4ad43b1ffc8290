/* bind_store: what the binding files of databases share. */
#ifndef BIND_STORE_H
#define BIND_STORE_H

#include "bind/bind.h"
#include "io/store.h"

/* The open store at argument 1; raises when it was closed. */
Store *evl_check_store(lua_State *L);

/* A string that C may take to its NUL. */
const char *evl_check_plain(lua_State *L, int arg);

/* Methods of a store that have to do with column segments. */
extern const luaL_Reg evl_segment_methods[];

#endif
