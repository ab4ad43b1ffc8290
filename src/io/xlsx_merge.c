#include "io/xlsx_merge.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"

enum { MERGES_MOST = 1 << 20, MERGED_MOST = 1 << 22 };

typedef struct XlsxRange {
  XlsxPlace from, to;
} XlsxRange;

const char *xlsx_place_parse(const char *text, XlsxPlace *out) {
  uint32_t col = 0, row = 0;
  for (; *text >= 'A' && *text <= 'Z'; text++) {
    if (col > 1u << 20) return NULL;
    col = col * 26 + (uint32_t)(*text - 'A' + 1);
  }
  for (; *text >= '0' && *text <= '9'; text++) {
    if (row > 1u << 24) return NULL;
    row = row * 10 + (uint32_t)(*text - '0');
  }
  if (col == 0 || row == 0) return NULL;
  *out = (XlsxPlace){row, col};
  return text;
}

const char *xlsx_place_name(XlsxPlace place, char out[XLSX_PLACE_SIZE]) {
  char letters[8];
  int n = 0;
  for (uint32_t col = place.col; col > 0 && n < 8; col = (col - 1) / 26)
    letters[n++] = (char)('A' + (col - 1) % 26);
  int at = 0;
  while (n > 0) out[at++] = letters[--n];
  snprintf(out + at, (size_t)(XLSX_PLACE_SIZE - at), "%u", place.row);
  return out;
}

void xlsx_grid_free(XlsxGrid *grid) {
  free(grid->cells);
  free(grid->merges);
  buf_free(&grid->texts);
  *grid = (XlsxGrid){0};
}

static int add_cell(XlsxGrid *grid, XlsxCell cell, Err *err) {
  if (grid->ncells == grid->room) {
    size_t room = grid->room == 0 ? 1024 : grid->room * 2;
    XlsxCell *cells = mem_resize(grid->cells, room, sizeof *cells);
    if (cells == NULL) return err_memory(err);
    grid->cells = cells;
    grid->room = room;
  }
  grid->cells[grid->ncells++] = cell;
  return 0;
}

int xlsx_grid_add(XlsxGrid *grid, XlsxPlace place, const char *text, size_t len,
                  bool number, Err *err) {
  XlsxCell cell = {place, grid->texts.len, (uint32_t)len, number};
  if (buf_add(&grid->texts, text, len, err) != 0) return -1;
  return add_cell(grid, cell, err);
}

int xlsx_grid_merge(XlsxGrid *grid, const char *range, Err *err) {
  XlsxRange merge;
  const char *rest = xlsx_place_parse(range, &merge.from);
  if (rest == NULL || *rest != ':' ||
      xlsx_place_parse(rest + 1, &merge.to) == NULL)
    return 0;
  if (merge.from.col != merge.to.col || merge.to.row <= merge.from.row)
    return 0;
  if (grid->nmerges == MERGES_MOST)
    return err_set(err, ERR_DATA, "more than %d merged ranges", MERGES_MOST);
  if (grid->nmerges == grid->merges_room) {
    size_t room = grid->merges_room == 0 ? 64 : grid->merges_room * 2;
    XlsxRange *merges = mem_resize(grid->merges, room, sizeof *merges);
    if (merges == NULL) return err_memory(err);
    grid->merges = merges;
    grid->merges_room = room;
  }
  grid->merges[grid->nmerges++] = merge;
  return 0;
}

/* By row, then column, then order in the file. */
static int compare_cells(const void *left, const void *right) {
  const XlsxCell *a = left, *b = right;
  if (a->place.row != b->place.row) return a->place.row < b->place.row ? -1 : 1;
  if (a->place.col != b->place.col) return a->place.col < b->place.col ? -1 : 1;
  return (a->at > b->at) - (a->at < b->at);
}

static void sort_cells(XlsxGrid *grid) {
  for (size_t i = 1; i < grid->ncells; i++) {
    if (compare_cells(&grid->cells[i - 1], &grid->cells[i]) <= 0) continue;
    qsort(grid->cells, grid->ncells, sizeof *grid->cells, compare_cells);
    return;
  }
}

static const XlsxCell *find_cell(const XlsxGrid *grid, size_t n,
                                 XlsxPlace place) {
  size_t low = 0, high = n;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    XlsxPlace at = grid->cells[middle].place;
    bool before =
        at.row < place.row || (at.row == place.row && at.col < place.col);
    if (before) low = middle + 1;
    else high = middle;
  }
  if (low == n || grid->cells[low].place.row != place.row ||
      grid->cells[low].place.col != place.col)
    return NULL;
  return &grid->cells[low];
}

/* `left` bounds the rows that all merges together may cover. */
static int fill_merge(XlsxGrid *grid, size_t n, XlsxRange merge, size_t *filled,
                      size_t *left, Err *err) {
  const XlsxCell *first = find_cell(grid, n, merge.from);
  if (first == NULL || first->number) return 0;
  XlsxCell cell = *first;
  XlsxPlace at = merge.from;
  for (at.row++; at.row <= merge.to.row; at.row++) {
    if ((*left)-- == 0)
      return err_set(err, ERR_DATA, "more than %d merged cells", MERGED_MOST);
    if (find_cell(grid, n, at) != NULL) continue;
    cell.place = at;
    if (add_cell(grid, cell, err) != 0) return -1;
    (*filled)++;
  }
  return 0;
}

/* Rows below the last one of the sheet do not come into being. */
int xlsx_grid_finish(XlsxGrid *grid, size_t *filled, Err *err) {
  *filled = 0;
  sort_cells(grid);
  size_t n = grid->ncells;
  if (n == 0) return 0;
  uint32_t last = grid->cells[n - 1].place.row;
  size_t left = MERGED_MOST;
  for (size_t i = 0; i < grid->nmerges; i++) {
    XlsxRange merge = grid->merges[i];
    if (merge.to.row > last) merge.to.row = last;
    if (fill_merge(grid, n, merge, filled, &left, err) != 0) return -1;
  }
  if (*filled > 0) sort_cells(grid);
  return 0;
}
