/* core.stats.fit and core.stats.anova: models of one column by others. */
#include <gsl/gsl_cdf.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "bind/bind_stats.h"
#include "stats/anova.h"
#include "stats/regress.h"
#include "verbs/group.h"

static const char TYPE[] = "evalua.fit";

/* ---- terms: {column=, power=}, {column=, level=}, or {} for 1 ---- */

/* x^power, or 1 where a text column has the level, else 0. */
typedef struct Term {
  Numbers x;
  const Column *text; /* NULL: a power */
  uint32_t level;     /* DICT_NONE: no row has it */
  int power;          /* 0: the intercept */
} Term;

typedef struct Terms {
  Term *terms;
  size_t n;
  size_t nrows; /* SIZE_MAX: no column says it */
  bool is_exact;
} Terms;

/* The term on the stack top, which stays; its column lives in the table that
   the caller holds. */
static Term check_term(lua_State *L, Terms *terms) {
  Term term = {.power = 0};
  int at = lua_gettop(L);
  luaL_checktype(L, at, LUA_TTABLE);
  if (lua_getfield(L, at, "column") != LUA_TNIL) {
    const Column *column = evl_check_column(L, -1);
    if (terms->nrows == SIZE_MAX) terms->nrows = column->nrows;
    if (terms->nrows != column->nrows) luaL_error(L, "columns of two lengths");
    if (lua_getfield(L, at, "level") == LUA_TSTRING) {
      size_t len;
      const char *level = lua_tolstring(L, -1, &len);
      if (column->type != COLUMN_TEXT) luaL_error(L, "a level of no text");
      term.text = column;
      term.level = dict_find(column->dict, level, len);
    } else {
      term.x = evl_check_numbers(L, at + 1);
      term.power = (int)evl_option_int(L, at, "power", 1);
      if (column->type == COLUMN_REAL) terms->is_exact = false;
    }
  }
  lua_settop(L, at);
  return term;
}

/* The terms in the array at `arg`; pushes scratch that must stay. */
static Terms check_terms(lua_State *L, int arg) {
  luaL_checktype(L, arg, LUA_TTABLE);
  Terms terms = {.n = lua_rawlen(L, arg), .nrows = SIZE_MAX, .is_exact = true};
  terms.terms = evl_scratch(L, terms.n, sizeof *terms.terms);
  for (size_t i = 0; i < terms.n; i++) {
    lua_rawgeti(L, arg, (lua_Integer)i + 1);
    terms.terms[i] = check_term(L, &terms);
    lua_pop(L, 1);
  }
  return terms;
}

static bool row_has(const Terms *terms, size_t row) {
  for (size_t i = 0; i < terms->n; i++) {
    const Term *term = &terms->terms[i];
    if (term->text != NULL && column_is_na(term->text, row)) return false;
    if (term->power > 0 && !numbers_has(&term->x, row)) return false;
  }
  return true;
}

static Dd cell(const Term *term, size_t row) {
  if (term->text != NULL)
    return dd_of(term->text->codes[row] == term->level ? 1 : 0);
  Dd value = dd_of(1);
  if (term->power == 0) return value;
  Dd x = numbers_dd(&term->x, row);
  for (int i = 0; i < term->power; i++) value = dd_multiply(value, x);
  return value;
}

/* ---- fit ---- */

typedef struct FitHandle {
  Fit *fit;
  size_t *rows; /* which rows were used: n, owned */
  size_t nrows; /* of the data */
} FitHandle;

static FitHandle *check_fit(lua_State *L) {
  FitHandle *handle = luaL_checkudata(L, 1, TYPE);
  luaL_argcheck(L, handle->fit != NULL, 1, "no fit");
  return handle;
}

static int lfit_free(lua_State *L) {
  FitHandle *handle = luaL_checkudata(L, 1, TYPE);
  fit_free(handle->fit);
  free(handle->rows);
  handle->fit = NULL;
  handle->rows = NULL;
  return 0;
}

/* The rows that have all values and a weight above 0, into handle->rows;
   returns how many, or -1. */
static ptrdiff_t find_rows(FitHandle *handle, const Numbers *y,
                           const Terms *terms, const Numbers *weights,
                           Err *err) {
  size_t n = 0;
  handle->nrows = y->n;
  handle->rows = mem_array(y->n, sizeof *handle->rows);
  if (handle->rows == NULL) return err_memory(err);
  for (size_t row = 0; row < y->n; row++) {
    if (!numbers_has(y, row) || !row_has(terms, row)) continue;
    if (weights != NULL) {
      if (!numbers_has(weights, row)) continue;
      double weight = numbers_at(weights, row);
      if (weight < 0)
        return err_set(err, ERR_DATA, "row %zu: a weight is below zero",
                       row + 1);
      if (weight == 0) continue;
    }
    handle->rows[n++] = row;
  }
  return (ptrdiff_t)n;
}

/* stats.fit(y, terms, has_intercept, weights or nil): an evalua.fit */
static int lstats_fit(lua_State *L) {
  Numbers y = evl_check_numbers(L, 1), weights = {0};
  bool has_weights = !lua_isnoneornil(L, 4);
  if (has_weights) weights = evl_check_numbers(L, 4);
  bool has_intercept = lua_toboolean(L, 3);
  bool is_exact = evl_check_column(L, 1)->type != COLUMN_REAL;
  lua_settop(L, 4);
  Err err;
  FitHandle *handle = evl_new(L, sizeof *handle, TYPE);
  int at = lua_gettop(L);
  Terms terms = check_terms(L, 2);
  if (terms.nrows != SIZE_MAX && terms.nrows != y.n)
    return luaL_error(L, "columns of two lengths");
  luaL_argcheck(L, !has_weights || weights.n == y.n, 4,
                "columns of two lengths");
  ptrdiff_t n =
      find_rows(handle, &y, &terms, has_weights ? &weights : NULL, &err);
  if (n < 0) return evl_fail(L, &err);
  Design design = {.n = (size_t)n, .p = terms.n};
  if (design.n < design.p || design.n == 0) {
    err_set(&err, ERR_DATA,
            "%zu rows with all values cannot give %zu "
            "coefficients",
            design.n, design.p);
    return evl_fail(L, &err);
  }
  design.has_intercept = has_intercept;
  design.is_exact = terms.is_exact && is_exact;
  design.x = evl_scratch(L, design.n * design.p, sizeof(Dd));
  design.y = evl_scratch(L, design.n, sizeof(Dd));
  if (has_weights) design.weights = evl_scratch(L, design.n, sizeof(Dd));
  for (size_t i = 0; i < design.n; i++) {
    size_t row = handle->rows[i];
    design.y[i] = numbers_dd(&y, row);
    if (has_weights) design.weights[i] = numbers_dd(&weights, row);
    for (size_t j = 0; j < design.p; j++)
      design.x[j * design.n + i] = cell(&terms.terms[j], row);
  }
  handle->fit = fit_new(&design, &err);
  if (handle->fit == NULL) return evl_fail(L, &err);
  lua_pushvalue(L, at);
  return 1;
}

static void set_array(lua_State *L, const char *name, const double *values,
                      size_t n) {
  lua_createtable(L, (int)n, 0);
  for (size_t i = 0; i < n; i++) {
    if (isnan(values[i])) continue;
    lua_pushnumber(L, values[i]);
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
  lua_setfield(L, -2, name);
}

static double t_chance(double t, double df) {
  if (isinf(t)) return 0;
  return 2 * gsl_cdf_tdist_Q(fabs(t), df);
}

/* coef, se, t, p, vif of the columns by number; nil where aliased. */
static void set_coefficients(lua_State *L, const Fit *fit) {
  size_t p = fit->p;
  double *block = evl_scratch(L, 3 * p, sizeof *block);
  double *coef = block, *t = block + p, *chance = block + 2 * p;
  for (size_t j = 0; j < p; j++) {
    coef[j] = fit->coef[j].hi;
    t[j] = fit->se[j] > 0 || coef[j] != 0 ? coef[j] / fit->se[j] : NAN;
    chance[j] =
        fit->df > 0 && !isnan(t[j]) ? t_chance(t[j], (double)fit->df) : NAN;
  }
  lua_insert(L, -2); /* block figures */
  set_array(L, "coef", coef, p);
  set_array(L, "se", fit->se, p);
  set_array(L, "t", t, p);
  set_array(L, "p_values", chance, p);
  set_array(L, "vif", fit->vif, p);
}

/* fit:figures() */
static int lfit_figures(lua_State *L) {
  const FitHandle *handle = check_fit(L);
  const Fit *fit = handle->fit;
  lua_createtable(L, 0, 20);
  set_coefficients(L, fit);
  lua_pushinteger(L, (lua_Integer)fit->n);
  lua_setfield(L, -2, "n");
  lua_pushinteger(L, (lua_Integer)(handle->nrows - fit->n));
  lua_setfield(L, -2, "missing");
  lua_pushinteger(L, (lua_Integer)fit->df);
  lua_setfield(L, -2, "df");
  lua_pushinteger(L, (lua_Integer)fit->rank);
  lua_setfield(L, -2, "rank");
  evl_set_number(L, "rss", fit->rss);
  evl_set_number(L, "tss", fit->tss);
  evl_set_number(L, "r2", fit->r2);
  evl_set_number(L, "sigma", fit->sigma);
  evl_set_number(L, "f", fit->f);
  evl_set_number(L, "durbin_watson", fit->durbin_watson);
  return 1;
}

static void set_rows(lua_State *L, const FitHandle *handle, const char *name,
                     const double *values) {
  lua_createtable(L, (int)handle->nrows, 0);
  for (size_t i = 0; i < handle->fit->n; i++) {
    lua_pushnumber(L, values[i]);
    lua_rawseti(L, -2, (lua_Integer)handle->rows[i] + 1);
  }
  lua_pushinteger(L, (lua_Integer)handle->nrows);
  lua_setfield(L, -2, "n");
  lua_setfield(L, -2, name);
}

/* fit:rows(): fitted, residuals, leverage by row of the data; nil where a row
   was not used */
static int lfit_rows(lua_State *L) {
  const FitHandle *handle = check_fit(L);
  lua_createtable(L, 0, 3);
  set_rows(L, handle, "fitted", handle->fit->fitted);
  set_rows(L, handle, "residuals", handle->fit->residuals);
  set_rows(L, handle, "leverage", handle->fit->leverage);
  return 1;
}

/* fit:predict(terms, nrows): values and their standard errors over sigma, nil
   where a row lacks a value */
static int lfit_predict(lua_State *L) {
  const FitHandle *handle = check_fit(L);
  lua_Integer nrows = luaL_checkinteger(L, 3);
  lua_settop(L, 3);
  Terms terms = check_terms(L, 2);
  luaL_argcheck(L, terms.n == handle->fit->p, 2, "not the terms of the fit");
  if (terms.nrows != SIZE_MAX) nrows = (lua_Integer)terms.nrows;
  Dd *x0 = evl_scratch(L, terms.n, sizeof *x0);
  lua_newtable(L); /* values */
  lua_newtable(L); /* spreads */
  for (lua_Integer row = 1; row <= nrows; row++) {
    if (!row_has(&terms, (size_t)row - 1)) continue;
    for (size_t j = 0; j < terms.n; j++)
      x0[j] = cell(&terms.terms[j], (size_t)row - 1);
    double spread;
    lua_pushnumber(L, fit_predict(handle->fit, x0, &spread));
    lua_rawseti(L, -3, row);
    lua_pushnumber(L, spread);
    lua_rawseti(L, -2, row);
  }
  return 2;
}

/* ---- anova ---- */

/* The group of each row, ANOVA_NONE where its key is missing; pushes it. */
static int64_t *group_rows(lua_State *L, const Table *table, size_t key,
                           size_t *ngroups, Err *err) {
  int64_t *of_row = evl_scratch(L, table->nrows, sizeof *of_row);
  Groups groups;
  if (groups_find(table, &key, 1, &groups, err) != 0) {
    groups_free(&groups);
    return NULL;
  }
  for (size_t row = 0; row < table->nrows; row++)
    of_row[row] = column_is_na(table->columns[key], row)
                      ? ANOVA_NONE
                      : (int64_t)groups.of_row[row];
  *ngroups = groups.ngroups;
  groups_free(&groups);
  return of_row;
}

/* stats.anova(y, t, name of the group column) */
static int lstats_anova(lua_State *L) {
  Numbers y = evl_check_numbers(L, 1);
  const Table *table = evl_check_table(L, 2);
  luaL_checkstring(L, 3);
  lua_settop(L, 3);
  size_t key = evl_need_column(L, table), ngroups;
  luaL_argcheck(L, y.n == table->nrows, 1, "columns of two lengths");
  Err err;
  Anova a;
  const int64_t *of_row = group_rows(L, table, key, &ngroups, &err);
  if (of_row == NULL || anova_find(&y, of_row, ngroups, &a, &err) != 0)
    return evl_fail(L, &err);
  lua_createtable(L, 0, 14);
  lua_pushinteger(L, (lua_Integer)a.n);
  lua_setfield(L, -2, "n");
  lua_pushinteger(L, (lua_Integer)a.missing);
  lua_setfield(L, -2, "missing");
  lua_pushinteger(L, (lua_Integer)a.ngroups);
  lua_setfield(L, -2, "groups");
  lua_pushinteger(L, (lua_Integer)a.dfb);
  lua_setfield(L, -2, "dfb");
  lua_pushinteger(L, (lua_Integer)a.dfw);
  lua_setfield(L, -2, "dfw");
  evl_set_number(L, "ssb", a.ssb);
  evl_set_number(L, "ssw", a.ssw);
  evl_set_number(L, "msb", a.msb);
  evl_set_number(L, "msw", a.msw);
  evl_set_number(L, "f", a.f);
  evl_set_number(L, "p", a.p);
  evl_set_number(L, "r2", a.r2);
  evl_set_number(L, "sigma", a.sigma);
  return 1;
}

static const luaL_Reg meta[] = {{"__gc", lfit_free}, {NULL, NULL}};

static const luaL_Reg methods[] = {{"figures", lfit_figures},
                                   {"rows", lfit_rows},
                                   {"predict", lfit_predict},
                                   {NULL, NULL}};

static const luaL_Reg functions[] = {
    {"fit", lstats_fit}, {"anova", lstats_anova}, {NULL, NULL}};

void evl_add_regress(lua_State *L) {
  evl_type(L, TYPE, meta, methods);
  lua_pop(L, 1);
  luaL_setfuncs(L, functions, 0);
}
