/* csv_build: the second pass: cells of known types into columns. */
#ifndef CSV_BUILD_H
#define CSV_BUILD_H

#include "io/csv_report.h"
#include "io/csv_rows.h"
#include "table/table.h"

/* A table of report->rows rows out of `rows`, which stands at the first data
   record; types and names are the report's. NULL on failure. */
Table *csv_build(CsvRows *rows, const CsvReport *report, const CsvRules *rules,
                 Err *err);

#endif
