/* xlsx_merge: cells by place, and merged ranges. */
#ifndef XLSX_MERGE_H
#define XLSX_MERGE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

typedef struct XlsxPlace {
  uint32_t row, col; /* from 1; 0: none yet */
} XlsxPlace;

enum { XLSX_PLACE_SIZE = 32 };

/* "C17": the place, and where the text goes on; NULL when it is none. */
const char *xlsx_place_parse(const char *text, XlsxPlace *out);
const char *xlsx_place_name(XlsxPlace place, char out[XLSX_PLACE_SIZE]);

typedef struct XlsxCell {
  XlsxPlace place;
  size_t at; /* in the grid's texts */
  uint32_t len;
  bool number;
} XlsxCell;

typedef struct XlsxGrid {
  XlsxCell *cells; /* in the order of the file, until xlsx_grid_finish */
  size_t ncells, room;
  Buf texts;
  struct XlsxRange *merges; /* of one column, more than one row */
  size_t nmerges, merges_room;
} XlsxGrid;

void xlsx_grid_free(XlsxGrid *grid);
int xlsx_grid_add(XlsxGrid *grid, XlsxPlace place, const char *text, size_t len,
                  bool number, Err *err);

/* Note a merged range ("A3:A7"); one that is none is passed over. */
int xlsx_grid_merge(XlsxGrid *grid, const char *range, Err *err);

/* Sort the cells by row and column, and give texts merged downwards to all
   their rows; *filled counts the cells that got one. 0 or -1. */
int xlsx_grid_finish(XlsxGrid *grid, size_t *filled, Err *err);

#endif
