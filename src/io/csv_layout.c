/* The head is read once into a grid of cell kinds, and all questions are asked
   of that grid: some hundred records cost nothing beside the file. */
#include "io/csv_layout.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "io/csv_kind.h"
#include "io/csv_notes.h"
#include "io/csv_rows.h"

enum { HEAD_MOST = 100, COLUMNS_MOST = 1 << 14 };

typedef struct Row {
  const char *begin;
  size_t line;
  const char *stop;       /* behind its line end ... */
  size_t stop_line;       /* ... and that line */
  size_t lines;           /* physical ones that it takes */
  size_t nfields, filled; /* cells; those not blank */
  bool counted;           /* its numbers are 1, 2, 3, ... */
  bool rising;            /* three whole numbers or more, each larger */
  bool labelled;          /* its first cell says that they number columns */
  unsigned char *kinds;   /* nfields of them */
} Row;

typedef struct Head {
  Row rows[HEAD_MOST];
  size_t nrows;            /* blank ones left out */
  size_t blank[HEAD_MOST]; /* blank lines before row i */
  size_t width;            /* the commonest number of fields */
  bool *amounts;           /* by column: holds amounts */
} Head;

/* ---- the grid ---- */

/* Official forms number their columns below the header: 栏次,1,2,3. */
static bool is_count_label(const CsvField *field) {
  static const char *const labels[] = {"栏次",   "行次", "欄次", "列次", "栏目",
                                       "column", "col.", "no.",  "nr."};
  for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
    if (strlen(labels[i]) == field->len &&
        strncasecmp(labels[i], field->text, field->len) == 0)
      return true;
  return false;
}

/* Numbers that count 1, 2, 3 and so on from left to right are names. */
static void uncount(Row *row, size_t numbers, bool counted) {
  row->counted = counted && numbers >= 3;
  for (size_t i = 0; row->counted && i < row->nfields; i++)
    if (row->kinds[i] == CSV_KIND_AMOUNT) row->kinds[i] = CSV_KIND_YEAR;
}

static int add_row(Head *head, const CsvScan *scan, Err *err) {
  Row *row = &head->rows[head->nrows];
  *row = (Row){.begin = scan->record,
               .line = scan->record_line,
               .stop = scan->at,
               .stop_line = scan->line,
               .lines = csv_record_lines(scan),
               .nfields = scan->nfields,
               .kinds = mem_array(scan->nfields, 1)};
  if (row->kinds == NULL) return err_memory(err);
  head->nrows++;
  size_t numbers = 0;
  bool counted = true, rising = true;
  int64_t before = 0;
  row->labelled = is_count_label(&scan->fields[0]);
  for (size_t i = 0; i < scan->nfields; i++) {
    Decimal value = {0, 0};
    row->kinds[i] = (unsigned char)csv_kind_of(&scan->fields[i], &value);
    row->filled += row->kinds[i] != CSV_KIND_BLANK;
    if (row->kinds[i] != CSV_KIND_AMOUNT) continue;
    numbers++;
    if (value.scale != 0 || value.num != (int64_t)numbers) counted = false;
    if (value.scale != 0 || value.num <= before) rising = false;
    before = value.num;
  }
  row->rising = rising && numbers >= 3;
  uncount(row, numbers, counted);
  return 0;
}

static int read_head(Head *head, CsvScan *scan, Err *err) {
  int got = 1;
  size_t blank = 0;
  while (head->nrows < HEAD_MOST && (got = csv_scan_next(scan, err)) == 1) {
    if (scan->nfields > COLUMNS_MOST) break;
    if (csv_record_is_empty(scan)) {
      blank++;
      continue;
    }
    head->blank[head->nrows] = blank;
    if (add_row(head, scan, err) != 0) return -1;
    blank = 0;
  }
  if (got < 0 && (err->code == ERR_MEM || head->nrows == 0)) return -1;
  if (head->nrows > 0) return 0;
  if (scan->nfields > COLUMNS_MOST)
    return err_set(err, ERR_DATA,
                   "%zu: a record of %zu cells, and a table has at most %d "
                   "columns (another --delimiter?)",
                   scan->record_line, scan->nfields, COLUMNS_MOST);
  return err_set(err, ERR_DATA, "1: the file is empty");
}

/* The commonest width of rows with two cells or more; the larger of equals. */
static void find_width(Head *head) {
  size_t most = 0;
  for (size_t i = 0; i < head->nrows; i++) {
    size_t width = head->rows[i].nfields, count = 0;
    if (head->rows[i].filled < 2 && width > 1) continue;
    for (size_t j = 0; j < head->nrows; j++)
      count += head->rows[j].nfields == width && head->rows[j].filled > 0;
    if (count < most || (count == most && width < head->width)) continue;
    most = count;
    head->width = width;
  }
  if (head->width == 0) head->width = head->rows[0].nfields;
}

static int find_amounts(Head *head, Err *err) {
  head->amounts = mem_array(head->width, sizeof *head->amounts);
  if (head->amounts == NULL) return err_memory(err);
  for (size_t c = 0; c < head->width; c++) {
    size_t amounts = 0, texts = 0;
    for (size_t r = 0; r < head->nrows; r++) {
      const Row *row = &head->rows[r];
      if (row->nfields != head->width) continue;
      amounts += row->kinds[c] == CSV_KIND_AMOUNT;
      texts += row->kinds[c] == CSV_KIND_TEXT;
    }
    head->amounts[c] = amounts > 0 && amounts >= texts;
  }
  return 0;
}

/* ---- the header ---- */

static bool has_over_amounts(const Head *head, const Row *row, CsvKind a,
                             CsvKind b) {
  if (row->nfields != head->width) return false;
  for (size_t c = 0; c < head->width; c++)
    if (head->amounts[c] && (row->kinds[c] == a || row->kinds[c] == b))
      return true;
  return false;
}

static bool is_plain(const Head *head) {
  const Row *first = &head->rows[0];
  if (first->nfields != head->width || first->filled != first->nfields)
    return false;
  for (size_t c = 0; c < first->nfields; c++)
    if (first->kinds[c] == CSV_KIND_AMOUNT) return false;
  return true;
}

static bool has_amounts(const Head *head) {
  for (size_t c = 0; c < head->width; c++)
    if (head->amounts[c]) return true;
  return false;
}

/* The first of the rows at the top that is wide and full; the first of all
   unless that is half empty. */
static size_t first_full(const Head *head) {
  size_t best = 0;
  for (size_t i = 1; i < head->nrows && i < 20; i++) {
    const Row *row = &head->rows[i], *now = &head->rows[best];
    if (row->nfields == head->width && now->filled * 2 <= head->width &&
        row->filled > now->filled)
      best = i;
  }
  return best;
}

enum { NONE = HEAD_MOST + 1 };

static size_t first_amounts(const Head *head) {
  size_t i = 0;
  while (i < head->nrows && !has_over_amounts(head, &head->rows[i],
                                              CSV_KIND_AMOUNT, CSV_KIND_AMOUNT))
    i++;
  return i;
}

/* Does the row name columns of amounts that the one above leaves out? */
static bool fills_holes(const Head *head, size_t lower) {
  const Row *up = &head->rows[lower - 1], *low = &head->rows[lower];
  if (low->nfields != head->width) return false;
  for (size_t c = 0; c < head->width; c++)
    if (head->amounts[c] && up->kinds[c] == CSV_KIND_BLANK &&
        low->kinds[c] != CSV_KIND_BLANK)
      return true;
  return false;
}

/* Two cells or more, and a text over half of the columns of amounts? */
static bool looks_like_names(const Head *head, const Row *row) {
  size_t texts = 0, amounts = 0;
  if (row->nfields != head->width || row->filled < 2) return false;
  for (size_t c = 0; c < head->width; c++) {
    amounts += head->amounts[c];
    texts += head->amounts[c] && row->kinds[c] == CSV_KIND_TEXT;
  }
  return texts * 2 >= amounts;
}

/* Does the row speak of the amounts only, as one of units does? */
static bool is_of_units(const Head *head, size_t lower) {
  const Row *row = &head->rows[lower];
  if (!looks_like_names(head, row)) return false;
  for (size_t c = 0; c < head->width; c++)
    if (!head->amounts[c] && row->kinds[c] != CSV_KIND_BLANK) return false;
  return true;
}

/* The header's last row: `row`, or the one below that belongs to it. */
static size_t with_second(const Head *head, size_t row, size_t first) {
  bool second = row + 1 < first &&
                (fills_holes(head, row + 1) || is_of_units(head, row + 1));
  return second ? row + 1 : row;
}

/* Above the first amounts: the topmost row that looks like names, and the one
   below it where that names what it leaves out; else the nearest one with any
   text over amounts, else the topmost one of years. */
static size_t find_names(const Head *head, size_t first) {
  for (size_t i = 0; i < first; i++)
    if (looks_like_names(head, &head->rows[i]))
      return with_second(head, i, first);
  for (size_t i = first; i > 0; i--)
    if (has_over_amounts(head, &head->rows[i - 1], CSV_KIND_TEXT,
                         CSV_KIND_TEXT))
      return with_second(head, i - 1, first);
  for (size_t i = 0; i < first; i++)
    if (has_over_amounts(head, &head->rows[i], CSV_KIND_YEAR, CSV_KIND_YEAR))
      return i;
  /* names of another number than the cells: the rows' own error */
  return first > 0 && head->rows[first - 1].filled > 1 ? first - 1 : NONE;
}

/* Index of the header row, or NONE; *data is the first data row then. */
static size_t find_header(const Head *head, size_t *data, CsvLayout *out) {
  const char *reason = "the first record";
  size_t found = 0;
  *data = 0;
  if (!is_plain(head) && has_amounts(head)) {
    *data = first_amounts(head);
    found = find_names(head, *data);
    if (found > 0) reason = "the record of texts above the first amounts";
    if (found == NONE && *data == 0 && head->rows[0].rising) {
      found = 0; /* codes as names: dept,101,102,205 */
      reason = "the first record, of rising whole numbers";
    }
    if (found == NONE) reason = "amounts begin without names above";
  } else if (!is_plain(head)) {
    found = first_full(head);
    if (found > 0) reason = "the first record with most cells filled";
  }
  snprintf(out->reason, sizeof out->reason, "%s", reason);
  return found;
}

/* ---- two records that make the names ---- */

typedef struct Two {
  bool holes; /* the lower one lacks a name that the upper one has */
  bool again; /* it says something twice */
} Two;

static Two compare_two(CsvScan *scan, const Head *head, size_t lower,
                       Err *err) {
  Two two = {false, false};
  const Row *up = &head->rows[lower - 1], *low = &head->rows[lower];
  for (size_t c = 0; c < head->width; c++)
    if (low->kinds[c] == CSV_KIND_BLANK && up->kinds[c] != CSV_KIND_BLANK)
      two.holes = true;
  CsvScan one;
  csv_scan_open(&one, low->begin, scan->end, scan->delimiter, low->line);
  if (csv_scan_next(&one, err) == 1 && one.nfields <= 200)
    for (size_t i = 0; i < one.nfields && !two.again; i++)
      for (size_t j = 0; j < i && one.fields[i].len > 0; j++)
        if (one.fields[i].len == one.fields[j].len &&
            memcmp(one.fields[i].text, one.fields[j].text, one.fields[i].len) ==
                0)
          two.again = true;
  csv_scan_close(&one);
  return two;
}

static bool is_double(CsvScan *scan, const Head *head, size_t header,
                      Err *err) {
  if (header == 0 || header >= head->nrows || head->blank[header] > 0)
    return false;
  const Row *up = &head->rows[header - 1], *low = &head->rows[header];
  if (up->nfields != head->width || low->nfields != head->width ||
      up->filled < 2)
    return false;
  for (size_t c = 0; c < head->width; c++)
    if (up->kinds[c] == CSV_KIND_AMOUNT) return false;
  Two two = compare_two(scan, head, header, err);
  return two.holes || two.again;
}

/* ---- junk ---- */

void csv_layout_show(CsvLayout *out, size_t line, const char *begin,
                     const char *end) {
  if (out->nshown == CSV_JUNK_SHOWN) return;
  CsvJunk *junk = &out->shown[out->nshown++];
  const char *stop = begin;
  while (stop < end && *stop != '\n' && *stop != '\r') stop++;
  junk->line = line;
  csv_preview(begin, (size_t)(stop - begin), junk->text);
}

/* Rows [0, until) are junk; blank lines before them, and before `until`, are
   outside the data. */
static void count_above(const Head *head, size_t until, CsvLayout *out) {
  for (size_t i = 0; i < until; i++) {
    const Row *row = &head->rows[i];
    out->blank += head->blank[i];
    out->junk += row->lines;
    csv_layout_show(out, row->line, row->begin, row->stop);
  }
  if (until < head->nrows) out->blank += head->blank[until];
}

/* ---- all of it ---- */

static void set_header(const Head *head, size_t row, size_t records,
                       CsvLayout *out) {
  const Row *first = &head->rows[row + 1 - records], *last = &head->rows[row];
  out->header = first->begin;
  out->header_end = last->stop;
  out->header_line = first->line;
  out->header_records = records;
  out->header_lines = last->lines + last->line - first->line;
  out->data = last->stop;
  out->data_line = last->stop_line;
  out->ncols = last->nfields;
  count_above(head, row + 1 - records, out);
  const Row *below = last + 1;
  if (row + 1 >= head->nrows || !below->counted || !below->labelled) return;
  out->blank += head->blank[row + 1];
  out->junk += below->lines;
  csv_layout_show(out, below->line, below->begin, below->stop);
  out->data = below->stop;
  out->data_line = below->stop_line;
}

/* Without junk above, blank lines at the start are the rows' to judge. */
static void set_no_header(const Head *head, size_t data, const CsvScan *scan,
                          size_t line, CsvLayout *out) {
  out->data = data == 0 ? scan->begin : head->rows[data].begin;
  out->data_line = data == 0 ? line : head->rows[data].line;
  out->ncols = head->rows[data].nfields;
  if (data > 0) count_above(head, data, out);
}

/* The header on a line that the user names. */
static int set_asked(const Head *head, size_t line, CsvLayout *out, Err *err) {
  for (size_t i = 0; i < head->nrows; i++) {
    const Row *row = &head->rows[i];
    if (line < row->line || line >= row->line + row->lines) continue;
    set_header(head, i, 1, out);
    snprintf(out->reason, sizeof out->reason, "as asked");
    return 0;
  }
  return err_set(err, ERR_DATA,
                 "%zu: the header is asked for here, but there is no record "
                 "among the first ones",
                 line);
}

static int lay_out(Head *head, CsvScan *scan, size_t line,
                   const CsvLayoutOptions *options, CsvLayout *out, Err *err) {
  if (options->header_row > 0)
    return set_asked(head, options->header_row, out, err);
  snprintf(out->reason, sizeof out->reason, "as asked");
  if (options->no_header) return set_no_header(head, 0, scan, line, out), 0;
  snprintf(out->reason, sizeof out->reason, "the first record left");
  if (options->exact) return set_header(head, 0, 1, out), 0;
  find_width(head);
  if (find_amounts(head, err) != 0) return -1;
  size_t data = 0, row = find_header(head, &data, out);
  if (row == NONE) return set_no_header(head, data, scan, line, out), 0;
  bool two = is_double(scan, head, row, err);
  if (two) snprintf(out->reason, sizeof out->reason, "two records together");
  set_header(head, row, two ? 2 : 1, out);
  return 0;
}

int csv_layout_find(const char *begin, const char *end, char delimiter,
                    size_t line, const CsvLayoutOptions *options,
                    CsvLayout *out, Err *err) {
  *out = (CsvLayout){.end = end, .by_record = options->by_record};
  int status = -1;
  CsvScan scan;
  csv_scan_open(&scan, begin, end, delimiter, line);
  scan.by_record = options->by_record;
  Head *head = mem_array(1, sizeof *head);
  if (head == NULL) err_memory(err);
  else status = read_head(head, &scan, err);
  if (status == 0) status = lay_out(head, &scan, line, options, out, err);
  if (status == 0 && out->ncols > 1 && !options->whole)
    csv_notes_cut(out, delimiter);
  for (size_t i = 0; head != NULL && i < head->nrows; i++)
    free(head->rows[i].kinds);
  if (head != NULL) free(head->amounts);
  free(head);
  csv_scan_close(&scan);
  return status;
}
