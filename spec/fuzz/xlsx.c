/* xlsx: hostile parts of a workbook. The archive is made here, of the bytes
   cut at 0x1D into the sheet, the shared texts and the styles, for libzip's own
   parser is not ours to test; bytes above 0x7F stand for pieces of XML, so that
   tags close often enough. Nothing may crash or take for ever, and what a sheet
   gives must load, each row of it a line. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <zip.h>

#include "io/csv_load.h"
#include "io/xlsx_sheet.h"

static void require(int holds) {
  if (!holds) abort();
}

static const char rels[] =
    "<Relationships><Relationship Id='r1' Type='x/officeDocument' "
    "Target='xl/workbook.xml'/></Relationships>";
static const char book[] = "<workbook><sheets><sheet name='S' r:id='r1' "
                           "xmlns:r='r'/></sheets></workbook>";
static const char links[] =
    "<Relationships><Relationship Id='r1' Type='x/worksheet' "
    "Target='s.xml'/><Relationship Id='r2' Type='x/sharedStrings' "
    "Target='t.xml'/><Relationship Id='r3' Type='x/styles' "
    "Target='y.xml'/></Relationships>";

static const char *const pieces[] = {"<sheetData>",
                                     "</sheetData>",
                                     "<row>",
                                     "<row r='",
                                     "</row>",
                                     "'>",
                                     "'/>",
                                     "<c>",
                                     "<c r='",
                                     "<c s='1' r='",
                                     "<c t='s' r='",
                                     "<c t='b'>",
                                     "<c t='e'>",
                                     "<c t='inlineStr'>",
                                     "<c t='str'>",
                                     "</c>",
                                     "<v>",
                                     "</v>",
                                     "<is>",
                                     "</is>",
                                     "<t>",
                                     "</t>",
                                     "<f>",
                                     "</f>",
                                     "<r>",
                                     "</r>",
                                     "<rPh>",
                                     "</rPh>",
                                     "<si>",
                                     "</si>",
                                     "<sst>",
                                     "</sst>",
                                     "<mergeCells>",
                                     "</mergeCells>",
                                     "<mergeCell ref='A1:A",
                                     "<styleSheet>",
                                     "</styleSheet>",
                                     "<cellXfs>",
                                     "</cellXfs>",
                                     "<xf numFmtId='14'/>",
                                     "<xf numFmtId='",
                                     "<numFmt numFmtId='9",
                                     "' formatCode='",
                                     "yyyy\"m\"",
                                     "A1",
                                     "B2",
                                     "C7",
                                     "1E",
                                     "0.1000000001",
                                     "44957",
                                     "&amp;",
                                     "\xE9\xA2\x84",
                                     "<worksheet>",
                                     "</worksheet>"};

/* The bytes with their pieces put in; to be freed. */
static char *expand(const uint8_t *data, size_t len, size_t *size) {
  char *text = malloc(len * 24 + 1), *to = text;
  require(text != NULL);
  for (size_t i = 0; i < len; i++) {
    if (data[i] < 0x80) {
      *to++ = (char)data[i];
      continue;
    }
    const char *piece = pieces[data[i] % (sizeof pieces / sizeof *pieces)];
    size_t n = strlen(piece);
    memcpy(to, piece, n);
    to += n;
  }
  *size = (size_t)(to - text);
  return text;
}

static void add(zip_t *zip, const char *name, const void *bytes, size_t len) {
  zip_source_t *source = zip_source_buffer(zip, bytes, len, 0);
  zip_int64_t index = zip_file_add(zip, name, source, 0);
  require(index >= 0);
  zip_set_file_compression(zip, (zip_uint64_t)index, ZIP_CM_STORE, 0);
}

/* The archive's bytes, to be freed. */
static char *archive(const char *data, size_t len, size_t *size) {
  static const char *const names[] = {"xl/s.xml", "xl/t.xml", "xl/y.xml"};
  zip_error_t error;
  zip_source_t *source = zip_source_buffer_create(NULL, 0, 0, &error);
  zip_t *zip = zip_open_from_source(source, ZIP_TRUNCATE, &error);
  require(zip != NULL);
  zip_source_keep(source);
  add(zip, "_rels/.rels", rels, sizeof rels - 1);
  add(zip, "xl/workbook.xml", book, sizeof book - 1);
  add(zip, "xl/_rels/workbook.xml.rels", links, sizeof links - 1);
  for (int i = 0; i < 3; i++) {
    const char *cut = len == 0 ? NULL : memchr(data, 0x1D, len);
    size_t n = cut == NULL ? len : (size_t)(cut - data);
    add(zip, names[i], data, n);
    if (cut == NULL) break;
    data += n + 1;
    len -= n + 1;
  }
  require(zip_close(zip) == 0);
  zip_stat_t stat;
  require(zip_source_stat(source, &stat) == 0);
  char *bytes = malloc(stat.size);
  require(bytes != NULL && zip_source_open(source) == 0);
  require(zip_source_read(source, bytes, stat.size) == (zip_int64_t)stat.size);
  zip_source_close(source);
  zip_source_free(source);
  *size = stat.size;
  return bytes;
}

static void check_text(const XlsxSheetText *sheet) {
  if (sheet->cells == 0) return;
  CsvOptions options = {.delimiter = ',',
                        .encoding = "UTF-8",
                        .no_header = true,
                        .records = sheet->nrows,
                        .whole = true,
                        .sheet = true};
  CsvReport report;
  Err err;
  Table *table =
      csv_load("S", sheet->text.data, sheet->text.len, &options, &report, &err);
  require(table != NULL && table->ncols == sheet->ncols);
  require(report.data_lines + report.blank == sheet->nrows);
  table_unref(table);
  csv_report_free(&report);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len) {
  size_t size, n;
  char *text = expand(data, len, &n), *bytes = archive(text, n, &size);
  Err err;
  XlsxBook parts = {0};
  XlsxStrings strings = {0};
  XlsxStyles styles = {0};
  XlsxSheetText sheet = {0};
  Ooxml *file = ooxml_open(bytes, size, &err);
  if (file != NULL && xlsx_book_read(file, &parts, &err) == 0 &&
      xlsx_strings_read(file, parts.strings, &strings, &err) == 0 &&
      xlsx_styles_read(file, parts.styles, &styles, &err) == 0 &&
      xlsx_sheet_read(file, &parts, &parts.sheets[0], &strings, &styles, &sheet,
                      &err) == 0)
    check_text(&sheet);
  buf_free(&sheet.text);
  xlsx_styles_free(&styles);
  xlsx_strings_free(&strings);
  xlsx_book_free(&parts);
  ooxml_close(file);
  free(bytes);
  free(text);
  return 0;
}
