/* xlsx_sheet: the cells of a sheet as the text of a CSV file. */
#ifndef XLSX_SHEET_H
#define XLSX_SHEET_H

#include "io/xlsx_book.h"
#include "io/xlsx_strings.h"
#include "io/xlsx_styles.h"

typedef struct XlsxSheetText {
  Buf text;      /* comma, LF; row n of the sheet is record n */
  size_t nrows;  /* up to the last one with a value */
  size_t ncols;  /* likewise; records of fewer cells are padded */
  size_t cells;  /* with a value */
  size_t filled; /* cells under merged ones that got their text */
} XlsxSheetText;

/* Read a sheet of the book. A row without a value is an empty line. Numbers
   are rounded as xlsx_number has it; where the cell's style is a date they
   become one; true and false stay words; errors stay as they are (#DIV/0!).
   Of cells merged downwards all get the first one's text, but never its
   number, which would be counted twice. Text that was typed is not told from
   numbers: "1,234" as text reads like a CSV cell.
   0, or -1 with an error that names the cell; refused are more than 1 GiB of
   text, 1,048,576 rows and 16,384 columns. Free the text either way. */
int xlsx_sheet_read(Ooxml *file, const XlsxBook *book, const XlsxSheet *sheet,
                    const XlsxStrings *strings, const XlsxStyles *styles,
                    XlsxSheetText *out, Err *err);

#endif
