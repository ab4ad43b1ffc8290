/* bind_office: what the bindings of evalua/office.so share. They are linked
   into a library of their own, with copies of the core functions they use;
   handles (evalua.table) are common, since their metatables lie in Lua's
   registry: `require "evalua.core"` comes first. */
#ifndef BIND_OFFICE_H
#define BIND_OFFICE_H

#include "bind/bind.h"

int evl_open_xlsx(lua_State *L);
int evl_open_xlsx_write(lua_State *L);
int evl_open_zip(lua_State *L);

#endif
