/* csv_kind: what a cell looks like, before anything is known of its column. */
#ifndef CSV_KIND_H
#define CSV_KIND_H

#include "base/decimal.h"
#include "io/csv_scan.h"

typedef enum CsvKind {
  CSV_KIND_BLANK,
  CSV_KIND_NOTHING, /* a dash, n.a. */
  CSV_KIND_TEXT,
  CSV_KIND_YEAR, /* a year, a period: columns are named so, too */
  CSV_KIND_AMOUNT
} CsvKind;

/* The kind of a cell; an amount's value in *value, by the point when that
   makes a number of it. */
CsvKind csv_kind_of(const CsvField *field, Decimal *value);

#endif
