/* bind_csv: how options of delimited files come from Lua, and what was found
   out about one goes back. */
#ifndef BIND_CSV_H
#define BIND_CSV_H

#include "bind/bind.h"
#include "io/csv_load.h"

/* All options of the table at `arg` (which may be nil); leaves scratch on the
   stack, which must live as long as `out`, and so must the table. 0, or -1
   when a value makes no sense; a wrong Lua type raises. */
int evl_csv_options(lua_State *L, int arg, CsvOptions *out, Err *err);

/* Push the report as a table; `table` has its columns. */
void evl_csv_push_report(lua_State *L, const CsvReport *report,
                         const Table *table, const char *path);

#endif
