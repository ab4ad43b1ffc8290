/* The careful path looks at the file's head and tail, put together as if they
   were the file: whatever it finds there that is not a plain table (titles,
   notes, another encoding, ragged rows) leaves the file to it. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "io/csv_fast_state.h"
#include "io/csv_rows.h"

enum {
  CHUNK = 256 << 10,
  SAMPLE = 96 << 10,   /* more than csv_load looks back for notes */
  HEAD = (1 << 20) + 1 /* more than csv_sniff looks at */
};

/* Head and tail. */
typedef struct Sample {
  Buf bytes;   /* the head's records, then the tail's */
  Buf head;    /* as read */
  size_t mark; /* bytes of a byte order mark */
} Sample;

static int read_part(const CsvBytes *bytes, uint64_t at, size_t n, Buf *out,
                     Err *err) {
  if (buf_reserve(out, n + 1, err) != 0) return -1;
  int64_t got = csv_bytes_read(bytes, at, out->data + out->len, n, err);
  if (got < 0) return -1;
  out->len += (size_t)got;
  return 0;
}

/* ---- what no careful path can read either ---- */

/* NUL bytes in the head: say what the careful path says. */
static int check_binary(const CsvFast *fast, const Sample *sample, Err *err) {
  if (memchr(sample->head.data, 0, sample->head.len) == NULL) return 0;
  CsvReport report;
  Table *table = csv_load(fast->name, sample->head.data, sample->head.len,
                          fast->options, &report, err);
  csv_report_free(&report);
  table_unref(table);
  bool binary = table == NULL && strstr(err->text, "binary file") != NULL;
  return binary || (table == NULL && err->code == ERR_MEM) ? -1 : 0;
}

/* ---- the sample ---- */

static const char *behind_mark(const Sample *sample) {
  return sample->head.data + sample->mark;
}

/* Does the head look like text that needs no decoding and no skipping? */
static bool is_usual(const CsvFast *fast, Sample *sample) {
  const CsvOptions *options = fast->options;
  const Buf *head = &sample->head;
  if (options->skip > 0 || options->header_row > 0 || options->skip_bad ||
      options->nzero > 0 || head->len < 2)
    return false;
  if (options->encoding != NULL && strcasecmp(options->encoding, "UTF-8") != 0)
    return false;
  if (memchr(head->data, 0, head->len) != NULL) return false;
  if (memcmp(head->data, "\xFF\xFE", 2) == 0 ||
      memcmp(head->data, "\xFE\xFF", 2) == 0)
    return false;
  if (head->len > 3 && memcmp(head->data, "\xEF\xBB\xBF", 3) == 0)
    sample->mark = 3;
  return true;
}

/* The end of the last record that ends within `most` bytes of the head (and
   not with it, unless it is the whole file); 0 where there is none. */
static size_t cut_head(const Sample *sample, char delimiter, size_t most,
                       bool whole) {
  CsvScan scan;
  Err ignored;
  const char *text = sample->head.data;
  if (most > sample->head.len) most = sample->head.len;
  if (whole && most == sample->head.len) return most;
  size_t cut = 0;
  csv_scan_open(&scan, behind_mark(sample), text + sample->head.len, delimiter,
                1);
  while (csv_scan_next(&scan, &ignored) == 1 && scan.at < scan.end) {
    size_t at = (size_t)(scan.at - text);
    if (at > most && cut > 0) break;
    cut = at;
  }
  csv_scan_close(&scan);
  return cut;
}

static int take_head(CsvFast *fast, Sample *sample, Err *err) {
  bool whole = sample->head.len == fast->bytes->len;
  size_t cut = cut_head(sample, fast->sample.sniff.delimiter,
                        fast->tuning.sample, whole);
  fast->head_lines = csv_count_lines(sample->head.data, cut);
  return buf_add(&sample->bytes, sample->head.data, cut, err);
}

/* The records of the tail that the head does not have. */
static int take_tail(const CsvFast *fast, Sample *sample, Err *err) {
  uint64_t from = sample->bytes.len, len = fast->bytes->len;
  if (len - from > fast->tuning.sample) from = len - fast->tuning.sample;
  if (from == sample->bytes.len)
    return read_part(fast->bytes, from, (size_t)(len - from), &sample->bytes,
                     err);
  Buf tail = {0};
  int status = read_part(fast->bytes, from, (size_t)(len - from), &tail, err);
  const char *lf = status != 0 ? NULL : memchr(tail.data, '\n', tail.len);
  if (lf != NULL)
    status = buf_add(&sample->bytes, lf + 1,
                     tail.len - (size_t)(lf + 1 - tail.data), err);
  buf_free(&tail);
  return status;
}

/* ---- what the careful path makes of it ---- */

static int load(const CsvFast *fast, const char *bytes, size_t len,
                CsvReport *report, Err *err) {
  CsvOptions options = *fast->options;
  options.delimiter = fast->sample.sniff.delimiter;
  Table *table = csv_load(fast->name, bytes, len, &options, report, err);
  table_unref(table);
  return table == NULL ? -1 : 0;
}

/* Does every record of the sample count as a row, but for one header? Sets
   where the data start; -1 when not. */
static int find_data(CsvFast *fast, const Sample *sample) {
  CsvScan scan;
  Err ignored;
  const char *text = sample->bytes.data;
  size_t records = 0, header = fast->sample.header ? 1 : 0;
  int got;
  csv_scan_open(&scan, text + sample->mark, text + sample->bytes.len,
                fast->sample.sniff.delimiter, 1);
  fast->data = sample->mark;
  while ((got = csv_scan_next(&scan, &ignored)) == 1) {
    if (!csv_record_is_blank(&scan) && ++records == header)
      fast->data = (uint64_t)(scan.at - text);
  }
  csv_scan_close(&scan);
  if (got != 0 || records != fast->sample.rows + header) return -1;
  return fast->sample.ncols > 1 ? 0 : -1;
}

static int load_sample(CsvFast *fast, Sample *sample, Err *err) {
  CsvSniff sniff = fast->sample.sniff;
  if (sample->bytes.len == 0) return -1;
  if (load(fast, sample->bytes.data, sample->bytes.len, &fast->sample, err) !=
      0)
    return -1;
  fast->sample.sniff = sniff;
  if (strcasecmp(fast->sample.encoding, "UTF-8") != 0) return -1;
  if (fast->sample.rows == 0 || find_data(fast, sample) != 0) return -1;
  size_t head = (size_t)fast->data;
  if (!fast->sample.header) return 0;
  return load(fast, sample->bytes.data, head, &fast->header, err);
}

/* 0, or -1; the error counts only where `err` has a code. */
static int look(CsvFast *fast, Sample *sample, Err *err) {
  size_t most = fast->bytes->len < HEAD ? (size_t)fast->bytes->len : HEAD;
  if (read_part(fast->bytes, 0, most, &sample->head, err) != 0) return -1;
  if (sample->head.len > 0 && check_binary(fast, sample, err) != 0) return -1;
  if (csv_bytes_check_lines(fast->bytes, 1, err) != 0) {
    if (err->code == ERR_DATA) err_at(err, "%s:", fast->name);
    return -1;
  }
  err->code = ERR_NONE; /* from here on everything is for the careful path */
  if (!is_usual(fast, sample)) return -1;
  CsvSniff *sniff = &fast->sample.sniff;
  sniff->delimiter = fast->options->delimiter;
  strcpy(sniff->reason, "as asked");
  size_t len = sample->head.len - sample->mark;
  Err unread;
  if (sniff->delimiter == 0 &&
      csv_sniff(behind_mark(sample), len, sniff, &unread) != 0)
    return -1;
  if (take_head(fast, sample, &unread) != 0) return -1;
  if (take_tail(fast, sample, &unread) != 0) return -1;
  return load_sample(fast, sample, &unread);
}

static char point_of(const CsvOptions *options) {
  if (options->point != 0) return options->point;
  if (options->thousands == ',') return '.';
  return options->thousands == '.' ? ',' : 0;
}

CsvFast *csv_fast_open(const char *name, const CsvBytes *bytes,
                       const CsvOptions *options, const CsvTuning *tuning,
                       Err *err) {
  CsvFast *fast = mem_array(1, sizeof *fast);
  if (fast == NULL) return err_memory(err), NULL;
  *fast = (CsvFast){.name = name, .bytes = bytes, .options = options};
  fast->rules = (CsvRules){
      .point = point_of(options), .na = options->na, .nna = options->nna};
  if (tuning != NULL) fast->tuning = *tuning;
  if (fast->tuning.chunk == 0) fast->tuning.chunk = CHUNK;
  if (fast->tuning.sample == 0) fast->tuning.sample = SAMPLE;
  Sample sample = {0};
  int status = look(fast, &sample, err);
  buf_free(&sample.bytes);
  buf_free(&sample.head);
  if (status == 0) return fast;
  csv_fast_close(fast);
  return NULL;
}

void csv_fast_close(CsvFast *fast) {
  if (fast == NULL) return;
  csv_report_free(&fast->sample);
  csv_report_free(&fast->header);
  free(fast->columns);
  free(fast->outline);
  free(fast->dashes);
  free(fast);
}

/* A column without rows. One of texts has had a text, so that it does not
   count as a column of no type. */
static Column *outline_of(const CsvColumn *verdict, Err *err) {
  Column *column = column_new(verdict->type, 0, err);
  if (column == NULL) return NULL;
  column->scale = verdict->scale;
  column->period = verdict->period;
  bool had_text = verdict->type == COLUMN_TEXT && verdict->open == 0;
  if (!had_text || dict_add(column->dict, "x", 1, err) != DICT_NONE)
    return column;
  column_unref(column);
  return NULL;
}

Table *csv_fast_schema(const CsvFast *fast, Err *err) {
  size_t n = fast->sample.ncols, made = 0;
  Table *table = NULL;
  Column **columns = mem_array(n, sizeof *columns);
  if (columns == NULL) return err_memory(err), NULL;
  for (; made < n; made++) {
    columns[made] = outline_of(&fast->sample.columns[made], err);
    if (columns[made] == NULL) break;
  }
  if (made == n)
    table =
        table_new(0, n, (const char *const *)fast->sample.names, columns, err);
  for (size_t i = 0; i < made; i++) column_unref(columns[i]);
  free(columns);
  return table;
}

/* ---- the report ---- */

static int copy_columns(const CsvFast *fast, CsvReport *out, Err *err) {
  size_t n = fast->source.ncols;
  out->columns = mem_array(n, sizeof *out->columns);
  out->names = mem_array(n, sizeof *out->names);
  if (out->columns == NULL || out->names == NULL) return err_memory(err);
  out->ncols = n;
  for (size_t i = 0; i < n; i++) {
    const FastColumn *from = &fast->columns[i];
    out->columns[i] = *from->verdict;
    if (from->verdict->type != COLUMN_TEXT)
      out->columns[i].dashes = fast->dashes[i];
    out->names[i] = mem_text(from->name, strlen(from->name));
    if (out->names[i] == NULL) return err_memory(err);
  }
  return 0;
}

int csv_fast_report(const CsvFast *fast, CsvReport *out, Err *err) {
  *out = fast->sample;
  out->notes = NULL;
  out->nnotes = out->notes_room = 0;
  out->columns = NULL;
  out->names = NULL;
  out->ncols = 0;
  out->rows = fast->rows;
  out->blank = fast->blank + fast->header.blank;
  out->lines = fast->lines + fast->header.lines;
  out->data_lines = fast->lines - fast->blank;
  if (fast->wide && strcmp(out->encoding_reason, "ASCII only") == 0)
    out->encoding_reason = "valid UTF-8";
  if (copy_columns(fast, out, err) != 0) return -1;
  for (size_t i = 0; i < fast->header.nnotes; i++)
    if (csv_report_note(out, err, "%s", fast->header.notes[i]) != 0) return -1;
  return csv_report_columns(out, err);
}
