/* core.totals: rows that are sums of other rows. */
#include "bind/bind.h"
#include "verbs/totals.h"

static const char JOB[] = "evalua.totals_job";

static int ljob_gc(lua_State *L) {
  totals_free(luaL_checkudata(L, 1, JOB));
  return 0;
}

static const char *const kinds[] = {"", "labelled", "hidden"};

static void push_rows(lua_State *L, const Table *table,
                      const TotalsFound *found) {
  lua_newtable(L);
  lua_Integer n = 0;
  for (size_t row = 0; row < table->nrows; row++) {
    if (found->kinds[row] == TOTAL_NONE) continue;
    lua_createtable(L, 0, 2);
    lua_pushinteger(L, (lua_Integer)row + 1);
    lua_setfield(L, -2, "row");
    lua_pushstring(L, kinds[found->kinds[row]]);
    lua_setfield(L, -2, "kind");
    lua_seti(L, -2, ++n);
  }
}

/* totals.find(t, {amount columns}): {{row=, kind="labelled"|"hidden"}}, the
   number of rows that only say so, and t without those that were found (t
   itself when there are none); or nil, message, code. */
static int ltotals_find(lua_State *L) {
  Table *table = evl_check_table(L, 1);
  size_t n;
  size_t *amounts = evl_check_columns(L, 2, table, &n);
  for (size_t i = 0; i < n; i++) {
    ColumnType type = table->columns[amounts[i]]->type;
    if (type != COLUMN_INT && type != COLUMN_DECIMAL)
      return luaL_error(L, "column '%s' holds no exact numbers",
                        table->names[amounts[i]]);
  }
  TotalsFound *found = evl_new(L, sizeof *found, JOB);
  Table **left = evl_new_table(L);
  Err err;
  if (totals_find(table, amounts, n, found, &err) != 0)
    return evl_fail(L, &err);
  *left = found->labelled + found->hidden == 0
              ? table_ref(table)
              : totals_drop(table, found, &err);
  if (*left == NULL) return evl_fail(L, &err);
  push_rows(L, table, found);
  lua_pushinteger(L, (lua_Integer)found->unproved);
  lua_pushvalue(L, -3); /* found left rows unproved left */
  totals_free(found);
  return 3;
}

/* totals.is_label(text) */
static int ltotals_is_label(lua_State *L) {
  size_t len;
  const char *text = luaL_checklstring(L, 1, &len);
  lua_pushboolean(L, totals_is_label(text, len));
  return 1;
}

static const luaL_Reg functions[] = {
    {"find", ltotals_find}, {"is_label", ltotals_is_label}, {NULL, NULL}};

static const luaL_Reg job_meta[] = {{"__gc", ljob_gc}, {NULL, NULL}};

int evl_open_totals(lua_State *L) {
  evl_type(L, JOB, job_meta, NULL);
  lua_pop(L, 1);
  luaL_newlib(L, functions);
  return 1;
}
