/* csv_infer: the type of a column out of all its cells, with the reason. */
#ifndef CSV_INFER_H
#define CSV_INFER_H

#include "base/err.h"
#include "io/csv_cell.h"
#include "io/csv_scan.h"
#include "table/column.h"

/* The rules. An empty cell without quotes, and a text the caller lists, is
   missing. A column of which every other cell is
     a number (base/decimal.h)          is int, or decimal(most decimals seen);
     a number, some with an exponent    is real;
     a period, all of one unit          is a period column; years are int;
     true or false                      is bool;
   and any other column is text. In columns that are not text a lone dash, a
   word for "no figure" (csv_cell_is_na_word) and a cell of blanks are missing
   too; a text that the caller lists as zero is 0. Amounts in different units
   of money are made 元, where each of them names its unit. These make a column
   text: a number that starts with a zero (007), one of more than 18 digits (or
   a column that would need more), a unit beside a bare number other than 0, two
   different currencies, an empty text `""` - unless every cell of the column is
   quoted, where quotes say nothing and `""` is missing. The decimal mark is
   what the cells that leave no choice say, else the point. Where they
   contradict each other every cell is read by its own marks, if each of them
   leaves no choice; one that does (1,234) makes the column text. A column of
   dashes only is int; one without any cell is text.

   What a fast reader needs: a plain cell is -?digits[.digits] with at most 18
   digits and no zero before another digit: under the point it is that number,
   and it never asks for the rest of these rules unless exactly three digits
   stand behind the point (csv_cell_is_doubtful), which matters only when
   another cell of the column has an evident decimal comma. */

/* A type that the user asks for. */
typedef struct CsvWant {
  bool given;
  ColumnType type;
  int scale;  /* COLUMN_DECIMAL: -1 is "as many as seen" */
  int period; /* COLUMN_PERIOD: a PeriodUnit, -1 is "as seen" */
} CsvWant;

/* csv_want.c: "decimal(2)", "decimal", "int", "real", "text", "bool", "period",
   "year", "quarter", "month", "day": 0, or -1 when it is none of these. */
int csv_want_parse(const char *text, CsvWant *out);

/* What holds for all columns of a file. */
typedef struct CsvRules {
  char point;            /* '.' or ','; 0: by column */
  const char *const *na; /* texts that are missing values */
  size_t nna;
  const char *const *zero; /* texts that are the number 0 */
  size_t nzero;
  bool inexact; /* the numbers were binary doubles: see csv_column_decide */
} CsvRules;

/* A cell, for messages. */
typedef struct CsvPlace {
  size_t line; /* physical line; 0: no such cell */
  char text[CSV_PREVIEW_SIZE];
} CsvPlace;

/* Why a column is not of numbers, or not of the type asked for. */
typedef enum CsvWhy {
  CSV_FITS,
  CSV_WHY_TEXT,     /* not a number */
  CSV_WHY_CODE,     /* starts with a zero */
  CSV_WHY_DIGITS,   /* more than 18 digits */
  CSV_WHY_WIDTH,    /* more than 18 digits at the column's scale */
  CSV_WHY_HUGE,     /* an exponent out of range */
  CSV_WHY_UNIT,     /* another unit than `other` */
  CSV_WHY_MARKS,    /* another decimal mark than `other` */
  CSV_WHY_DOUBT,    /* two numbers at choice, where `other` settles nothing */
  CSV_WHY_EMPTY,    /* "" beside cells without quotes */
  CSV_WHY_EXPONENT, /* an exponent where an exact amount was asked for */
  CSV_WHY_SCALE,    /* more decimals than asked for */
  CSV_WHY_FRACTION, /* not a whole number */
  CSV_WHY_PERIOD,   /* not a period, or of another unit */
  CSV_WHY_BOOL      /* neither true nor false */
} CsvWhy;

/* What the numbers seen need under one decimal mark. */
typedef struct CsvView {
  int scale;      /* most decimals */
  uint64_t whole; /* largest whole part, without sign */
} CsvView;

typedef struct CsvColumn {
  /* The verdict, after csv_column_decide. */
  ColumnType type;
  int scale;
  PeriodUnit period;
  char point;           /* the decimal mark of its numbers */
  AmountUnit unit;      /* behind its numbers */
  const char *currency; /* static: beside numbers; not all need show it */
  bool years;           /* COLUMN_INT written like 2023年 */
  bool own_marks; /* each cell shows its decimal mark: csv_cell_own_mark */
  bool inexact;   /* ... of doubles, with more decimals than the scale */
  bool in_yuan;   /* cells are made 元 by the unit that each one names */
  /* Counts over the cells seen while the type was open. */
  size_t cells;  /* not missing */
  size_t bare;   /* without quotes, the missing ones included */
  size_t dashes; /* lone dashes */
  size_t words;  /* words for "no figure" */
  size_t zeros;  /* texts listed as zero */
  size_t empty_texts;
  /* Working state. */
  unsigned open; /* readings that are still possible */
  bool has_first, has_exponent, has_period;
  bool has_bare;    /* a number other than 0 without unit */
  CsvView views[2]; /* by point, by comma */
  CsvView yuan;     /* of the numbers with a unit of money, in 元 */
  CsvWant want;
  CsvWhy half_why;    /* why one decimal mark was closed, at `other` */
  CsvWhy why;         /* why no numbers (or not as asked), with ... */
  CsvPlace bad;       /* ... the first such cell */
  CsvPlace other;     /* the cell that it contradicts */
  CsvPlace first;     /* first number that is not a bare zero */
  CsvPlace exponent;  /* first number with an exponent */
  CsvPlace ambiguous; /* first number that the two marks read differently */
  CsvPlace doubt;     /* first that they might, the mark being known */
  CsvPlace word;      /* first word for "no figure" */
  CsvPlace empty;     /* first "" */
  CsvPlace money;     /* first with a currency */
} CsvColumn;

/* `column` must be all zero. */
void csv_column_start(CsvColumn *column, const CsvWant *want, char point);

/* Look at one cell: 0, or -1 when the type asked for cannot hold it. */
int csv_column_look(CsvColumn *column, const CsvField *field,
                    const CsvRules *rules);

/* After the last cell: 0, or -1 when the type asked for is impossible. Numbers
   that were doubles are results of formulas when they have many decimals: the
   column keeps 9 of them, 6 where a number reaches 10, and says so; the rest
   is rounded half to even. */
int csv_column_decide(CsvColumn *column);

/* The number of a cell that fits a decided int or decimal column, its unit
   and marks minded, not yet at the column's scale: 0, or -1. */
int csv_column_number(const CsvColumn *column, const CsvField *field,
                      const CsvRules *rules, Decimal *out);

/* Is the field one of the texts that are listed as zero? */
bool csv_column_is_zero(const CsvField *field, const CsvRules *rules);

/* Is this cell missing in a column of the decided type? */
bool csv_column_is_na(const CsvColumn *column, const CsvField *field,
                      const CsvRules *rules);

/* Could the numbers be read with the other decimal mark, and differently? */
bool csv_column_is_ambiguous(const CsvColumn *column);

/* Is there a number that must have a decimal point? */
bool csv_column_has_point(const CsvColumn *column);

/* ---- csv_words.c ---- */

/* Why the column has its type, for --explain. Returns `out`. */
enum { CSV_REASON_SIZE = 320 };
const char *csv_column_reason(const CsvColumn *column, char *out);

/* Fill `err` with the first cell that is no number (or not as asked), "17:
   column "amount": "1,23O.00" is not a number (letter O?)"; returns -1. */
int csv_column_problem(const CsvColumn *column, const char *name, Err *err);

#endif
