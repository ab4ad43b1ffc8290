/* expr: any tree over a small table. Nothing may crash; the same tree gives
   the same column twice; + and * do not care for the order of their operands;
   a tree that can be built can be printed. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "io/csv_load.h"
#include "verbs/expr.h"

static void require(int holds) {
  if (!holds) abort();
}

static const char data_text[] =
    "i,d,r,t,p,b\n1,1.50,1e3,x,2023-01,true\n-7,,2e-3,\"\",2023-02,false\n"
    ",99999999999999.99,,abc,2023-03,\n922337203685477580,0.01,-1e9,预算,,"
    "true\n";

static Table *make_table(void) {
  CsvOptions options = {.header_row = 1};
  CsvReport report;
  Err err;
  Table *table =
      csv_load("t", data_text, sizeof data_text - 1, &options, &report, &err);
  csv_report_free(&report);
  require(table != NULL);
  return table;
}

static int no_match(void *data, const char *text, size_t len,
                    const char *pattern, size_t pattern_len, Err *err) {
  (void)data, (void)text, (void)pattern, (void)err;
  return len > pattern_len;
}

static const ExprHost host = {NULL, no_match};

static void same(const Column *a, const Column *b) {
  require((a == NULL) == (b == NULL));
  if (a == NULL) return;
  require(a->type == b->type && a->nrows == b->nrows && a->nrows == 4);
  for (size_t row = 0; row < a->nrows; row++) {
    char one[DECIMAL_TEXT_SIZE], two[DECIMAL_TEXT_SIZE];
    size_t n, m;
    require(column_is_na(a, row) == column_is_na(b, row));
    if (column_is_na(a, row)) continue;
    const char *s = column_print(a, row, one, &n);
    const char *t = column_print(b, row, two, &m);
    require(n == m && memcmp(s, t, n) == 0);
  }
}

static void check(const Expr *a, const Expr *b, const Table *table) {
  Err err;
  Column *x = expr_eval(a, table, &host, &err);
  Column *y = expr_eval(b, table, &host, &err);
  same(x, y);
  column_unref(x);
  column_unref(y);
}

typedef struct Machine {
  ExprPool *pool;
  const Expr *stack[64];
  size_t depth;
} Machine;

static const Expr *leaf(Machine *m, uint8_t kind, uint8_t value, Err *err) {
  static const char *const names[] = {"i", "d", "r", "t", "p", "b", "none"};
  static const char *const texts[] = {"", "x", "2023-01", "预", "%", "abc"};
  switch (kind % 6) {
    case 0: return expr_na(m->pool, err);
    case 1: return expr_int(m->pool, (int64_t)value - 128, err);
    case 2:
      return expr_decimal(m->pool, (Decimal){(int64_t)value * 997, value % 5},
                          err);
    case 3:
      return expr_text(m->pool, texts[value % 6], strlen(texts[value % 6]),
                       err);
    case 4: return expr_bool(m->pool, value % 2 != 0, err);
    default: return expr_column(m->pool, names[value % 7], err);
  }
}

static const Expr *call(Machine *m, uint8_t value, Err *err) {
  static const char *const names[] = {"abs",  "round",   "floor", "min",
                                      "max",  "lower",   "upper", "len",
                                      "sub",  "match",   "is_na", "coalesce",
                                      "year", "quarter", "month", "percent"};
  size_t n = 1 + (value >> 4) % 3;
  if (n > m->depth) return NULL;
  return expr_call(m->pool, names[value % 16], m->stack + m->depth - n, n, err);
}

/* One node on top of those that it takes. */
static void step(Machine *m, uint8_t op, uint8_t value, const Table *table) {
  Err err;
  const Expr *made = NULL;
  size_t used = 0;
  if (op % 4 == 0 || m->depth == 0) {
    made = leaf(m, op / 4, value, &err);
  } else if (op % 4 == 1) {
    made = call(m, value, &err);
    used = 1 + (value >> 4) % 3;
  } else {
    ExprOp kind = (ExprOp)(EXPR_NEGATE + value % (EXPR_OR - EXPR_NEGATE + 1));
    used = kind == EXPR_NEGATE || kind == EXPR_NOT ? 1 : 2;
    if (used > m->depth) return;
    const Expr *a = m->stack[m->depth - used], *b = m->stack[m->depth - 1];
    made = expr_operator(m->pool, kind, a, used == 2 ? b : NULL, &err);
    if (made != NULL && (kind == EXPR_ADD || kind == EXPR_MULTIPLY)) {
      const Expr *turned = expr_operator(m->pool, kind, b, a, &err);
      if (turned != NULL) check(made, turned, table);
    }
  }
  if (made == NULL) return;
  m->depth -= used < m->depth ? used : m->depth;
  if (m->depth < 64) m->stack[m->depth++] = made;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len) {
  Err err;
  Machine machine = {.pool = expr_pool_new(&err)};
  Table *table = make_table();
  require(machine.pool != NULL);
  for (size_t at = 0; at + 1 < len && at < 400; at += 2)
    step(&machine, data[at], data[at + 1], table);
  for (size_t i = 0; i < machine.depth; i++) {
    Buf text = {0};
    require(expr_print(machine.stack[i], &text, &err) == 0 && text.len > 0);
    require(memchr(text.data, 0, text.len) == NULL);
    buf_free(&text);
    check(machine.stack[i], machine.stack[i], table);
  }
  expr_pool_free(machine.pool);
  table_unref(table);
  return 0;
}
