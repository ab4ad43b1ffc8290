/* store_cell: one text of a folder's file as the value the schema wants. */
#ifndef STORE_CELL_H
#define STORE_CELL_H

#include "base/decimal.h"
#include "base/err.h"

/* All: 0, or -1 with what is wrong with the text (`"x" is not a number`). */

int store_cell_int(const char *text, size_t len, int64_t *out, Err *err);

/* The number with the digits it was written with; at most 6 decimals. */
int store_cell_number(const char *text, size_t len, Decimal *out, Err *err);

/* Thousandths. */
int store_cell_milli(const char *text, size_t len, int64_t *out, Err *err);

/* Whole fen. `unit` is what the file says beside the amount, or NULL; a unit
   behind the number itself must be the same one. */
int store_cell_fen(const char *text, size_t len, const char *unit, int64_t *out,
                   Err *err);

#endif
