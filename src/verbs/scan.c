/* First by partial results; when those cannot be had, or when an expression
   failed on a batch, over a table of the columns, where the verbs find the
   answer or the words for what is wrong. */
#include "verbs/scan.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/parallel.h"
#include "verbs/expr_tree.h"
#include "verbs/group_partial.h"
#include "verbs/pick.h"
#include "verbs/scan_collect.h"

typedef struct Worker {
  BatchView view;
  BatchFilter filter;
  GroupPartial partial;
  Err err;
  int status;
  bool source_failed;
} Worker;

typedef struct Scan {
  Worker *workers;
  size_t n;
  bool stop; /* atomic */
} Scan;

/* How a scan by partial results ended. */
typedef enum Ending {
  ENDED_WELL,
  ENDED_BY_SOURCE, /* or without memory */
  ENDED_BY_PLAN    /* something in the plan did not work on a batch */
} Ending;

static int feed_batch(Worker *worker) {
  const uint32_t *rows;
  size_t n = filter_rows(&worker->filter, &worker->view, &rows, &worker->err);
  if (n == SIZE_MAX) return -1;
  return partial_feed(&worker->partial, &worker->view, rows, n, &worker->err);
}

static void scan_part(void *data, size_t i) {
  Scan *scan = data;
  Worker *worker = &scan->workers[i];
  while (!__atomic_load_n(&scan->stop, __ATOMIC_RELAXED)) {
    int got = view_next(&worker->view, &worker->err);
    if (got == 0) return;
    worker->source_failed = got < 0;
    worker->status = got < 0 ? -1 : feed_batch(worker);
    if (worker->status != 0)
      __atomic_store_n(&scan->stop, true, __ATOMIC_RELAXED);
  }
}

static int open_workers(Scan *scan, const BatchSource *source,
                        const ScanPlan *plan, const ExprHost *host, Err *err) {
  for (size_t i = 0; i < scan->n; i++) {
    Worker *worker = &scan->workers[i];
    if (view_open(&worker->view, source, err) != 0) return -1;
    if (filter_open(&worker->filter, plan->where, source, host, err) != 0)
      return -1;
    if (partial_open(&worker->partial, source, plan, host, err) != 0) return -1;
  }
  return 0;
}

static void close_workers(Scan *scan) {
  for (size_t i = 0; scan->workers != NULL && i < scan->n; i++) {
    filter_close(&scan->workers[i].filter);
    partial_close(&scan->workers[i].partial);
    view_close(&scan->workers[i].view);
  }
  free(scan->workers);
}

/* Merge into an empty partial, so that no worker's codes are taken for
   another's. */
static Table *merge_all(const Scan *scan, const BatchSource *source,
                        const ScanPlan *plan, const ExprHost *host, Err *err) {
  GroupPartial all;
  int status = partial_open(&all, source, plan, host, err);
  for (size_t i = 0; status == 0 && i < scan->n; i++)
    status = partial_merge(&all, &scan->workers[i].partial, err);
  Table *table = status == 0 ? partial_finish(&all, err) : NULL;
  partial_close(&all);
  return table;
}

static Ending ending_of(const Scan *scan, Err *err) {
  Ending ending = ENDED_WELL;
  for (size_t i = 0; i < scan->n; i++) {
    const Worker *worker = &scan->workers[i];
    if (worker->status == 0) continue;
    *err = worker->err;
    if (worker->source_failed || err->code == ERR_MEM) return ENDED_BY_SOURCE;
    ending = ENDED_BY_PLAN;
  }
  return ending;
}

static Ending run_partial(const BatchSource *source, const ScanPlan *plan,
                          size_t threads, const ExprHost *host, Table **out,
                          Err *err) {
  Scan scan = {.n = threads};
  Ending ending = ENDED_BY_SOURCE;
  *out = NULL;
  scan.workers = mem_array(threads, sizeof *scan.workers);
  if (scan.workers == NULL) err_memory(err);
  else if (open_workers(&scan, source, plan, host, err) != 0)
    ending = err->code == ERR_USE ? ENDED_BY_PLAN : ENDED_BY_SOURCE;
  else {
    parallel_run(threads, scan_part, &scan);
    ending = ending_of(&scan, err);
  }
  if (ending == ENDED_WELL) {
    *out = merge_all(&scan, source, plan, host, err);
    if (*out == NULL)
      ending = err->code == ERR_MEM ? ENDED_BY_SOURCE : ENDED_BY_PLAN;
  }
  close_workers(&scan);
  return ending;
}

/* The rows that pass, as a table. A condition that fails is tried again on
   the whole table, which knows the number of the row. */
static Table *gather(const BatchSource *source, const ScanPlan *plan,
                     size_t threads, const ExprHost *host, Err *err) {
  bool filtering;
  Table *table =
      scan_collect(source, plan->where, threads, host, &filtering, err);
  if (table != NULL || !filtering || err->code == ERR_MEM) return table;
  if (source->bound != NULL) source->bound(source->state, NULL, 0);
  Table *whole = scan_collect(source, NULL, threads, host, &filtering, err);
  if (whole == NULL) return NULL;
  Column *keep = expr_eval_condition(plan->where, whole, host, err);
  if (keep != NULL) table = pick_where(whole, keep, err);
  column_unref(keep);
  table_unref(whole);
  return table;
}

static Table *run_table(const BatchSource *source, const ScanPlan *plan,
                        size_t threads, const ExprHost *host, Err *err) {
  Table *rows = gather(source, plan, threads, host, err);
  if (rows == NULL) return NULL;
  Table *out = plan->groups
                   ? summarise(rows, plan->keys, plan->nkeys, plan->items,
                               plan->nitems, host, err)
                   : table_select(rows, plan->keys, plan->nkeys, NULL, err);
  table_unref(rows);
  return out;
}

/* Whether scan_run gets by without a table of the rows. */
static bool is_partial(const BatchSource *source, const ScanPlan *plan) {
  return plan->groups && partial_can(source, plan);
}

/* Does the expression ask the host, which lives in the calling thread? */
static bool asks_host(const Expr *expr) {
  if (expr == NULL) return false;
  if (expr->op == EXPR_CALL && expr->function->run == expr_match) return true;
  for (size_t i = 0; i < expr->nargs; i++)
    if (asks_host(expr->args[i])) return true;
  return false;
}

static size_t threads_for(const ScanPlan *plan, size_t threads) {
  bool one = asks_host(plan->where);
  for (size_t i = 0; i < plan->nitems; i++)
    one = one || asks_host(plan->items[i].of);
  if (one) return 1;
  return threads == 0 ? parallel_cores() : threads;
}

Table *scan_run(const BatchSource *source, const ScanPlan *plan, size_t threads,
                const ExprHost *host, Err *err) {
  enum { BOUNDS_MOST = 16 };
  BatchBound bounds[BOUNDS_MOST];
  threads = threads_for(plan, threads);
  if (source->bound != NULL) {
    size_t n = filter_bounds(plan->where, source, bounds, BOUNDS_MOST);
    source->bound(source->state, bounds, n);
  }
  Table *out = NULL;
  Ending ending = ENDED_BY_PLAN;
  if (is_partial(source, plan))
    ending = run_partial(source, plan, threads, host, &out, err);
  if (ending == ENDED_BY_PLAN)
    out = run_table(source, plan, threads, host, err);
  if (source->bound != NULL) source->bound(source->state, NULL, 0);
  return out;
}

Table *scan_outline(const BatchSource *source, Err *err) {
  return view_outline(source, err);
}
