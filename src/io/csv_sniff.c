/* Quotes are honoured while counting, so a comma inside a quoted field says
   nothing. Only the head of the text is looked at. */
#include "io/csv_sniff.h"

#include <stdio.h>
#include <string.h>

#include "io/csv_scan.h"

enum { RECORDS_MOST = 200, HEAD_MOST = 1 << 20 };

/* How the first records look under one delimiter. */
typedef struct Trial {
  char delimiter;
  bool broken;     /* the quotes make no sense */
  size_t nrecords; /* blank ones left out */
  size_t counts[RECORDS_MOST];
  size_t width; /* fields that most of the evidence speaks for */
  size_t agree; /* records with so many */
} Trial;

static bool is_blank(const CsvScan *scan) {
  return scan->nfields == 1 && scan->fields[0].len == 0;
}

/* Records with `width` fields. */
static size_t count_width(const Trial *trial, size_t width) {
  size_t count = 0;
  for (size_t i = 0; i < trial->nrecords; i++)
    count += trial->counts[i] == width;
  return count;
}

/* The first record's width; where that is one field (a title above the
   table) the commonest other width. */
static void choose_width(Trial *trial) {
  if (trial->nrecords == 0) return;
  trial->width = trial->counts[0];
  trial->agree = count_width(trial, trial->width);
  if (trial->width > 1) return;
  size_t most = 0;
  for (size_t i = 1; i < trial->nrecords; i++) {
    size_t count = count_width(trial, trial->counts[i]);
    if (trial->counts[i] < 2 || count <= most) continue;
    most = count;
    trial->width = trial->counts[i];
    trial->agree = count;
  }
}

/* Count fields; `whole` says that the text does not go on behind `len`. */
static int try_delimiter(Trial *trial, const char *text, size_t len, bool whole,
                         Err *err) {
  CsvScan scan;
  csv_scan_open(&scan, text, text + len, trial->delimiter, 1);
  int got = 0;
  while (trial->nrecords < RECORDS_MOST &&
         (got = csv_scan_next(&scan, err)) == 1) {
    if (scan.at == scan.end && !whole && trial->nrecords > 0) break;
    if (is_blank(&scan)) continue;
    trial->counts[trial->nrecords++] = scan.nfields;
  }
  csv_scan_close(&scan);
  if (got < 0 && err->code == ERR_MEM) return -1;
  trial->broken = got < 0 && whole;
  choose_width(trial);
  return 0;
}

static bool splits_first(const Trial *trial) {
  return trial->nrecords > 0 && trial->counts[0] > 1;
}

/* Is a better than b? In this order: quotes that make sense, a first record
   that is split, agreement of the records, more fields. */
static bool is_better(const Trial *a, const Trial *b) {
  if (a->width < 2 || b->width < 2) return a->width > b->width;
  if (a->broken != b->broken) return b->broken;
  if (splits_first(a) != splits_first(b)) return splits_first(a);
  size_t left = a->agree * b->nrecords, right = b->agree * a->nrecords;
  if (left != right) return left > right;
  return a->width > b->width;
}

const char *csv_delimiter_name(char delimiter, char out[8]) {
  if (delimiter == '\t') return strcpy(out, "tab");
  snprintf(out, 8, "'%c'", delimiter);
  return out;
}

static void explain(const Trial *best, CsvSniff *out) {
  if (best->width < 2)
    snprintf(out->reason, sizeof out->reason,
             "no delimiter splits the first records: one column");
  else
    snprintf(out->reason, sizeof out->reason,
             "%zu fields in %zu of the first %zu records", best->width,
             best->agree, best->nrecords);
}

int csv_sniff(const char *text, size_t len, CsvSniff *out, Err *err) {
  static const char candidates[] = {',', ';', '\t', '|'};
  size_t head = len < HEAD_MOST ? len : HEAD_MOST;
  Trial best = {0};
  for (size_t i = 0; i < sizeof candidates; i++) {
    Trial trial = {.delimiter = candidates[i]};
    if (try_delimiter(&trial, text, head, head == len, err) != 0) return -1;
    if (i == 0 || is_better(&trial, &best)) best = trial;
  }
  out->delimiter = best.delimiter;
  explain(&best, out);
  return 0;
}
