/* csv_notes: notes below a table. */
#ifndef CSV_NOTES_H
#define CSV_NOTES_H

#include "io/csv_layout.h"

/* Move out->end up over the notes at the end of the data (csv_layout.h has
   the rule), and count them. */
void csv_notes_cut(CsvLayout *out, char delimiter);

#endif
