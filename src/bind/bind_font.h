/* bind_font: the opener of the font userdata, for the draw namespace. */
#ifndef BIND_FONT_H
#define BIND_FONT_H

#include <lua.h>

/* Makes the type evalua.font and pushes the function `font{family=}` that
   opens one. */
int evl_push_font(lua_State *L);

#endif
