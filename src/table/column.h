/* column: typed, immutable values with missing ones marked in a bitmap. */
#ifndef COLUMN_H
#define COLUMN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/decimal.h"
#include "base/err.h"
#include "base/period.h"
#include "table/dict.h"

typedef enum ColumnType {
  COLUMN_DECIMAL, /* ints: value * 10^scale */
  COLUMN_INT,     /* ints */
  COLUMN_REAL,    /* reals; NaN is a result, not a missing value */
  COLUMN_TEXT,    /* codes into dict */
  COLUMN_PERIOD,  /* ints, counted in `period` */
  COLUMN_BOOL     /* bools: 0 or 1 */
} ColumnType;

/* Open for reading because every verb iterates it; written only by this
   module's builder and by the code that made it, until it is shared. */
typedef struct Column {
  size_t refs;
  ColumnType type;
  int scale;         /* COLUMN_DECIMAL: digits after the point, else 0 */
  PeriodUnit period; /* COLUMN_PERIOD */
  size_t nrows;
  uint64_t *valid; /* bit row is 1 where there is a value; NULL: no NA */
  union {
    int64_t *ints;
    double *reals;
    uint32_t *codes;
    uint8_t *bools;
    void *data;
  };
  Dict *dict; /* COLUMN_TEXT */
} Column;

size_t column_cell_size(ColumnType type); /* bytes of one cell */

/* A column of nrows zero values, none missing: for code that fills it in
   place before sharing it. `like` gives type, scale, period (and dict, which
   is shared). One reference, or NULL. */
Column *column_new(ColumnType type, size_t nrows, Err *err);
Column *column_new_like(const Column *like, size_t nrows, Err *err);

Column *column_ref(Column *column);
void column_unref(Column *column); /* accepts NULL */

static inline bool column_is_na(const Column *column, size_t row) {
  return column->valid != NULL &&
         (column->valid[row / 64] >> (row % 64) & 1) == 0;
}

/* Mark a row missing (while the column is still the caller's alone): 0, or
   -1 without memory for the bitmap. */
int column_set_na(Column *column, size_t row, Err *err);

size_t column_count_na(const Column *column);

/* The text at a row of a COLUMN_TEXT (not NA). */
static inline const char *column_text(const Column *column, size_t row,
                                      size_t *len) {
  return dict_text(column->dict, column->codes[row], len);
}

/* "decimal(2)", "int", "real", "text", "month" ...: how people see the type.
   `out` holds 24 bytes; returns it. */
const char *column_type_name(const Column *column, char *out);

/* Write the cell as text, machine form (no grouping): returns its bytes, in
   `scratch` (DECIMAL_TEXT_SIZE) or in the dict. Not for NA. */
const char *column_print(const Column *column, size_t row, char *scratch,
                         size_t *len);

bool column_is_number(const Column *column); /* decimal, int or real */

/* Rows in the given order (SIZE_MAX gives NA): a new column. */
Column *column_gather(const Column *column, const size_t *rows, size_t nrows,
                      Err *err);

/* Order of two cells of one column, or of two columns of the same type and
   scale: -1, 0, 1; texts by bytes, false < true, NaN last, NA after all. */
int column_compare(const Column *a, size_t row_a, const Column *b,
                   size_t row_b);

/* The same values as another type: int to decimal, any number to real,
   decimal to a larger scale, anything to text. Overflow names the row. */
Column *column_cast(const Column *column, ColumnType type, int scale, Err *err);

/* ---- building row by row ---- */

typedef struct ColumnBuilder ColumnBuilder;

ColumnBuilder *column_builder_new(ColumnType type, int scale, PeriodUnit period,
                                  Err *err);
void column_builder_free(ColumnBuilder *builder); /* accepts NULL */

/* Append one value; the one that fits the type must be used. 0 or -1. */
int column_add_na(ColumnBuilder *builder, Err *err);
int column_add_int(ColumnBuilder *builder, int64_t value, Err *err);
int column_add_real(ColumnBuilder *builder, double value, Err *err);
int column_add_text(ColumnBuilder *builder, const char *text, size_t len,
                    Err *err);
int column_add_bool(ColumnBuilder *builder, bool value, Err *err);

/* The finished column (one reference); the builder is freed. */
Column *column_build(ColumnBuilder *builder);

#endif
