/* Columns of the view's table are made once; each batch only changes where
   they point. Their block is taken away again before they are freed. */
#include "verbs/batch_view.h"

#include <stdlib.h>

#include "base/mem.h"

Table *view_outline(const BatchSource *source, Err *err) {
  size_t n = source->ncols, made = 0;
  const char **names = mem_array(n, sizeof *names);
  Column **columns = mem_array(n, sizeof *columns);
  Table *table = NULL;
  if (names == NULL || columns == NULL) err_memory(err);
  else
    for (; made < n; made++) {
      names[made] = source->columns[made].name;
      columns[made] = column_new(source->columns[made].type, 0, err);
      if (columns[made] == NULL) break;
      columns[made]->scale = source->columns[made].scale;
      columns[made]->period = source->columns[made].period;
    }
  if (names != NULL && columns != NULL && made == n)
    table = table_new(0, n, names, columns, err);
  for (size_t i = 0; i < made; i++) column_unref(columns[i]);
  free(columns);
  free(names);
  return table;
}

int view_open(BatchView *view, const BatchSource *source, Err *err) {
  size_t n = source->ncols;
  *view = (BatchView){.source = source};
  view->vectors = mem_array(n, sizeof *view->vectors);
  view->loaded = mem_array(n, sizeof *view->loaded);
  view->wrapped = mem_array(n, sizeof *view->wrapped);
  view->decoded = mem_array(n, sizeof *view->decoded);
  view->room = mem_array(n, sizeof *view->room);
  if (!view->vectors || !view->loaded || !view->wrapped || !view->decoded ||
      !view->room)
    return err_memory(err);
  view->table = view_outline(source, err);
  if (view->table == NULL) return -1;
  for (size_t i = 0; i < n; i++) {
    Column *column = view->table->columns[i];
    free(column->data);
    column->data = NULL;
  }
  view->worker = source->open(source->state, err);
  return view->worker == NULL ? -1 : 0;
}

void view_close(BatchView *view) {
  if (view->source == NULL) return;
  for (size_t i = 0; i < view->source->ncols; i++) {
    if (view->decoded != NULL) free(view->decoded[i]);
    if (view->table == NULL) continue;
    view->table->columns[i]->data = NULL;
    view->table->columns[i]->valid = NULL;
  }
  table_unref(view->table);
  if (view->worker != NULL) view->source->close(view->worker);
  free(view->vectors);
  free(view->loaded);
  free(view->wrapped);
  free(view->decoded);
  free(view->room);
  *view = (BatchView){0};
}

int view_next(BatchView *view, Err *err) {
  for (size_t i = 0; i < view->source->ncols; i++)
    view->loaded[i] = view->wrapped[i] = false;
  int got = view->source->next(view->worker, &view->nrows, &view->order, err);
  view->table->nrows = view->nrows;
  return got;
}

const BatchVector *view_get(BatchView *view, size_t column, Err *err) {
  BatchVector *vector = &view->vectors[column];
  if (view->loaded[column]) return vector;
  *vector = (BatchVector){0};
  if (view->source->get(view->worker, column, vector, err) != 0) return NULL;
  view->loaded[column] = true;
  return vector;
}

/* Numbers that came as codes, written out. */
static const int64_t *decode(BatchView *view, size_t column,
                             const BatchVector *vector, Err *err) {
  if (view->room[column] < view->nrows) {
    int64_t *cells =
        mem_resize(view->decoded[column], view->nrows, sizeof *cells);
    if (cells == NULL) return err_memory(err), NULL;
    view->decoded[column] = cells;
    view->room[column] = view->nrows;
  }
  int64_t *cells = view->decoded[column];
  for (size_t i = 0; i < view->nrows; i++)
    cells[i] = vector_is_na(vector, i) ? 0 : vector->values[vector->codes[i]];
  return cells;
}

static int wrap(BatchView *view, size_t at, Err *err) {
  const BatchVector *vector = view_get(view, at, err);
  if (vector == NULL) return -1;
  Column *column = view->table->columns[at];
  const void *data = vector->data;
  if (vector->values != NULL) data = decode(view, at, vector, err);
  if (data == NULL && view->nrows > 0) return -1;
  column->data = (void *)data; /* read only, as all of a column is */
  column->valid = (uint64_t *)vector->valid;
  column->nrows = view->nrows;
  if (column->type == COLUMN_TEXT && column->dict != vector->dict) {
    dict_unref(column->dict);
    column->dict = dict_ref((Dict *)vector->dict);
  }
  view->wrapped[at] = true;
  return 0;
}

const Table *view_table(BatchView *view, const size_t *columns, size_t n,
                        Err *err) {
  for (size_t i = 0; i < n; i++)
    if (!view->wrapped[columns[i]] && wrap(view, columns[i], err) != 0)
      return NULL;
  return view->table;
}

Table *view_probe(const BatchSource *source, Err *err) {
  Table *table = view_outline(source, err), *probe = NULL;
  const size_t missing[] = {SIZE_MAX};
  int status = table == NULL ? -1 : 0;
  for (size_t i = 0; status == 0 && i < source->ncols; i++)
    if (table->columns[i]->type == COLUMN_TEXT &&
        dict_add(table->columns[i]->dict, "x", 1, err) == DICT_NONE)
      status = -1;
  if (status == 0) probe = table_gather(table, missing, 1, err);
  table_unref(table);
  return probe;
}

static int match_nothing(void *data, const char *text, size_t len,
                         const char *pattern, size_t pattern_len, Err *err) {
  (void)data, (void)text, (void)len, (void)pattern, (void)pattern_len,
      (void)err;
  return 0;
}

ExprHost view_probe_host(void) { return (ExprHost){NULL, match_nothing}; }
