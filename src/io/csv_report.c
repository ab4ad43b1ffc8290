/* Names and notes. All names that stand in the header are known before the
   first number is handed out, and each name remembers its last number, so
   10,000 equal names are as quick as different ones. */
#include "io/csv_report.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "table/dict.h"

enum { NOTES_MOST = 10 }; /* of one kind; the rest is counted */

void csv_report_free(CsvReport *report) {
  for (size_t i = 0; report->names != NULL && i < report->ncols; i++)
    free(report->names[i]);
  for (size_t i = 0; i < report->nnotes; i++) free(report->notes[i]);
  free(report->names);
  free(report->notes);
  free(report->columns);
  *report = (CsvReport){0};
}

int csv_report_note(CsvReport *report, Err *err, const char *format, ...) {
  if (report->nnotes == report->notes_room) {
    size_t room = report->notes_room == 0 ? 8 : report->notes_room * 2;
    char **notes = mem_resize(report->notes, room, sizeof *notes);
    if (notes == NULL) return err_memory(err);
    report->notes = notes;
    report->notes_room = room;
  }
  Err text; /* its buffer cuts long texts at whole characters */
  va_list args;
  va_start(args, format);
  vsnprintf(text.text, sizeof text.text, format, args);
  va_end(args);
  char *note = mem_text(text.text, strlen(text.text));
  if (note == NULL) return err_memory(err);
  report->notes[report->nnotes++] = note;
  return 0;
}

/* ---- names ---- */

static char *number_name(size_t i) {
  char name[40];
  int len = snprintf(name, sizeof name, "column%zu", i + 1);
  return mem_text(name, (size_t)len);
}

/* A name as it stands: blanks around it do not count unless quoted. */
static char *plain_name(const CsvField *field) {
  const char *text = field->text;
  size_t len = field->len;
  while (!field->quoted && len > 0 && strchr(" \t", text[0])) text++, len--;
  while (!field->quoted && len > 0 && strchr(" \t", text[len - 1])) len--;
  return mem_text(text, len);
}

static char *wish_name(size_t i, const char *const *given,
                       const CsvField *header) {
  if (given != NULL) return mem_text(given[i], strlen(given[i]));
  return header != NULL ? plain_name(&header[i]) : number_name(i);
}

typedef struct Naming {
  CsvReport *report;
  Dict *taken;     /* every name that is in use */
  uint32_t *last;  /* by code: the last number tried behind that name */
  size_t doubled;  /* columns that needed a number so far */
  size_t nameless; /* columns without a name so far */
} Naming;

/* Fill names[i] with the wish and mark in `again` whether it was there. */
static int take_wish(Naming *naming, size_t i, char *wish, bool *again,
                     Err *err) {
  CsvReport *report = naming->report;
  if (wish == NULL) return err_memory(err);
  report->names[i] = wish;
  if (wish[0] == '\0') {
    free(wish);
    report->names[i] = number_name(i);
    if (report->names[i] == NULL) return err_memory(err);
    if (naming->nameless++ < NOTES_MOST &&
        csv_report_note(report, err, "column %zu has no name: called '%s'",
                        i + 1, report->names[i]) != 0)
      return -1;
  }
  const char *name = report->names[i];
  *again = dict_find(naming->taken, name, strlen(name)) != DICT_NONE;
  return dict_add(naming->taken, name, strlen(name), err) == DICT_NONE ? -1 : 0;
}

static int note_double(Naming *naming, const char *name, size_t i,
                       const char *called, Err *err) {
  if (naming->doubled++ >= NOTES_MOST) return 0;
  return csv_report_note(naming->report, err,
                         "duplicate column name '%s': column %zu is called "
                         "'%s'",
                         name, i + 1, called);
}

/* Put the next free number behind names[i]. */
static int number_double(Naming *naming, size_t i, Err *err) {
  char *name = naming->report->names[i];
  size_t len = strlen(name), room = len + 24;
  uint32_t code = dict_find(naming->taken, name, len);
  char *called = mem_array(room, 1);
  if (called == NULL) return err_memory(err);
  uint32_t number = naming->last[code] == 0 ? 2 : naming->last[code] + 1;
  for (;; number++) {
    snprintf(called, room, "%s_%u", name, number);
    if (dict_find(naming->taken, called, strlen(called)) == DICT_NONE) break;
  }
  naming->last[code] = number;
  int status = note_double(naming, name, i, called, err);
  if (dict_add(naming->taken, called, strlen(called), err) == DICT_NONE)
    status = -1;
  naming->report->names[i] = called;
  free(name);
  return status;
}

static int name_all(Naming *naming, bool *again, const char *const *given,
                    const CsvField *header, Err *err) {
  size_t n = naming->report->ncols;
  for (size_t i = 0; i < n; i++) {
    char *wish = wish_name(i, given, header);
    if (take_wish(naming, i, wish, &again[i], err) != 0) return -1;
  }
  for (size_t i = 0; i < n; i++)
    if (again[i] && number_double(naming, i, err) != 0) return -1;
  int status = 0;
  if (naming->nameless > NOTES_MOST)
    status |=
        csv_report_note(naming->report, err, "%zu more columns without a name",
                        naming->nameless - NOTES_MOST);
  if (naming->doubled > NOTES_MOST)
    status |= csv_report_note(naming->report, err,
                              "%zu more duplicate column names were numbered",
                              naming->doubled - NOTES_MOST);
  return status;
}

int csv_report_name(CsvReport *report, const char *const *given,
                    const CsvField *header, Err *err) {
  Naming naming = {.report = report};
  int status = -1;
  bool *again = mem_array(report->ncols, sizeof *again);
  report->names = mem_array(report->ncols, sizeof *report->names);
  naming.last = mem_array(report->ncols, sizeof *naming.last);
  naming.taken = dict_new(err);
  if (naming.taken == NULL) goto done;
  if (again == NULL || report->names == NULL || naming.last == NULL) {
    err_memory(err);
    goto done;
  }
  status = name_all(&naming, again, given, header, err);
done:
  free(again);
  free(naming.last);
  dict_unref(naming.taken);
  return status;
}

/* ---- notes about columns ---- */

static int note_no_figure(CsvReport *report, const CsvColumn *column,
                          const char *name, Err *err) {
  if (column->words == 0)
    return csv_report_note(report, err, "column '%s': every cell is empty",
                           name);
  return csv_report_note(report, err,
                         "column '%s': no figure, only words for missing (line "
                         "%zu: '%s')",
                         name, column->word.line, column->word.text);
}

/* `doubtful`: no column of the file shows how it writes decimals. */
static int note_column(CsvReport *report, const CsvColumn *column,
                       const char *name, bool doubtful, Err *err) {
  int status = 0;
  bool typed = column->type != COLUMN_TEXT;
  if (typed && column->dashes > 0)
    status |= csv_report_note(report, err,
                              "column '%s': a lone '-' is read as missing "
                              "(cells: %zu)",
                              name, column->dashes);
  if (typed && column->words > 0)
    status |= csv_report_note(
        report, err,
        "column '%s': words like '%s' (line %zu) are read "
        "as missing (cells: %zu)",
        name, column->word.text, column->word.line, column->words);
  if (typed && column->zeros > 0)
    status |= csv_report_note(report, err,
                              "column '%s': texts are read as zero, as asked "
                              "(cells: %zu)",
                              name, column->zeros);
  if (typed && column->own_marks)
    status |= csv_report_note(
        report, err,
        "column '%s': decimal marks are mixed ('%s' in line %zu): each cell is "
        "read by its own",
        name, column->ambiguous.text, column->ambiguous.line);
  if (column->type == COLUMN_DECIMAL && column->inexact)
    status |= csv_report_note(report, err,
                              "column '%s': results of formulas are rounded to "
                              "%d decimals",
                              name, column->scale);
  if (typed && column->in_yuan)
    status |= csv_report_note(
        report, err,
        "column '%s': amounts in different units were multiplied out%s%s", name,
        column->unit == UNIT_NONE ? "" : ": all are ", unit_text(column->unit));
  if (typed && column->empty_texts > 0)
    status |= csv_report_note(
        report, err,
        "column '%s': \"\" is read as missing, as every cell is quoted (cells: "
        "%zu)",
        name, column->empty_texts);
  if (typed && doubtful && csv_column_is_ambiguous(column))
    status |= csv_report_note(
        report, err,
        "column '%s': '%s' (line %zu) could mean two numbers; read with a "
        "decimal point (--decimal , for the other)",
        name, column->ambiguous.text, column->ambiguous.line);
  if (!typed && !column->want.given && column->why == CSV_FITS &&
      report->rows > 0)
    status |= note_no_figure(report, column, name, err);
  return status;
}

int csv_report_columns(CsvReport *report, Err *err) {
  bool doubtful = true;
  for (size_t i = 0; i < report->ncols; i++)
    if (csv_column_has_point(&report->columns[i])) doubtful = false;
  for (size_t i = 0; i < report->ncols; i++) {
    char shown[CSV_PREVIEW_SIZE];
    csv_preview(report->names[i], strlen(report->names[i]), shown);
    if (note_column(report, &report->columns[i], shown, doubtful, err) != 0)
      return -1;
  }
  return 0;
}

int csv_place_cell(size_t i, Err *err) {
  char letters[16];
  size_t at = sizeof letters - 1;
  letters[at] = '\0';
  for (size_t left = i + 1; left > 0 && at > 0; left = (left - 1) / 26)
    letters[--at] = (char)('A' + (left - 1) % 26);
  return err_at(err, "%s", letters + at);
}
