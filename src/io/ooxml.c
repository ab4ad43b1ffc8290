/* libzip takes the archive apart, expat the XML; ours are the limits. The
   size that the archive declares is checked before the first byte, and the
   bytes that really come are counted, since a hostile archive lies. */
#include "io/ooxml.h"

#include <expat.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zip.h>

#include "base/mem.h"

enum { PARTS_MOST = 10000, CHUNK = 1 << 16, RATIO_MOST = 400 };

/* Repetitive sheets shrink to a hundredth; small parts may to less. */
static const zip_uint64_t size_most = 1u << 30, size_trusted = 8u << 20;

struct Ooxml {
  zip_t *zip;
};

/* ---- what else it may be ---- */

static bool starts_with(const char *bytes, size_t len, const char *start,
                        size_t n) {
  return len >= n && memcmp(bytes, start, n) == 0;
}

static bool is_text(const char *bytes, size_t len) {
  return memchr(bytes, 0, len < 4096 ? len : 4096) == NULL;
}

/* Office wraps an encrypted workbook into an old compound document; its
   directory names the stream in UTF-16. */
static int refuse_other(const char *bytes, size_t len, Err *err) {
  static const char encrypted[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a";
  if (len == 0) return err_set(err, ERR_DATA, "the file is empty");
  if (starts_with(bytes, len, "\xD0\xCF\x11\xE0", 4)) {
    if (memmem(bytes, len, encrypted, sizeof encrypted - 1) != NULL)
      return err_set(err, ERR_DATA,
                     "the workbook is encrypted: open it with its password "
                     "and save it without one");
    return err_set(err, ERR_DATA,
                   "this is an old Office document (.xls): open it and save "
                   "it as .xlsx");
  }
  if (is_text(bytes, len))
    return err_set(err, ERR_DATA,
                   "this is text and not an .xlsx workbook: give it the "
                   "suffix .csv");
  return err_set(err, ERR_DATA, "this is no .xlsx workbook");
}

/* ---- the archive ---- */

static int refuse_zip(zip_error_t *error, Err *err) {
  err_set(err, ERR_DATA, "the archive is damaged (%s)",
          zip_error_strerror(error));
  return -1;
}

Ooxml *ooxml_open(const char *bytes, size_t len, Err *err) {
  if (!starts_with(bytes, len, "PK", 2))
    return refuse_other(bytes, len, err), NULL;
  Ooxml *file = mem_array(1, sizeof *file);
  if (file == NULL) return err_memory(err), NULL;
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t *source = zip_source_buffer_create(bytes, len, 0, &error);
  if (source != NULL)
    file->zip = zip_open_from_source(source, ZIP_RDONLY, &error);
  if (file->zip == NULL) {
    refuse_zip(&error, err);
    zip_source_free(source);
  } else if (zip_get_num_entries(file->zip, 0) > PARTS_MOST) {
    err_set(err, ERR_DATA, "the archive holds more than %d parts", PARTS_MOST);
    zip_discard(file->zip);
    file->zip = NULL;
  }
  zip_error_fini(&error);
  if (file->zip != NULL) return file;
  free(file);
  return NULL;
}

void ooxml_close(Ooxml *file) {
  if (file == NULL) return;
  zip_discard(file->zip);
  free(file);
}

static int check_size(const zip_stat_t *stat, const char *part, Err *err) {
  if ((stat->valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 &&
      stat->encryption_method != ZIP_EM_NONE)
    return err_set(err, ERR_DATA,
                   "the workbook is encrypted: open it with its password and "
                   "save it without one");
  zip_uint64_t most = stat->comp_size * RATIO_MOST;
  if (stat->size > size_most ||
      (stat->size > size_trusted && stat->size > most))
    return err_set(err, ERR_DATA,
                   "%s: unpacks to %llu bytes out of %llu: refused as a zip "
                   "bomb",
                   part, (unsigned long long)stat->size,
                   (unsigned long long)stat->comp_size);
  return 0;
}

/* ---- XML ---- */

typedef struct Reading {
  XML_Parser parser;
  const OoxmlHandler *handler;
  void *user;
  Err *err;
  bool failed; /* *err is filled */
} Reading;

static const char *local_name(const char *name) {
  const char *colon = strchr(name, ':');
  return colon == NULL ? name : colon + 1;
}

const char *ooxml_attribute(const char **attributes, const char *name) {
  for (; *attributes != NULL; attributes += 2)
    if (strcmp(local_name(attributes[0]), name) == 0) return attributes[1];
  return NULL;
}

static void after(Reading *reading, int status) {
  if (status == 0) return;
  reading->failed = true;
  XML_StopParser(reading->parser, XML_FALSE);
}

static void on_start(void *data, const XML_Char *name,
                     const XML_Char **attributes) {
  Reading *reading = data;
  if (reading->failed || reading->handler->start == NULL) return;
  after(reading, reading->handler->start(reading->user, local_name(name),
                                         attributes, reading->err));
}

static void on_end(void *data, const XML_Char *name) {
  Reading *reading = data;
  if (reading->failed || reading->handler->end == NULL) return;
  after(reading,
        reading->handler->end(reading->user, local_name(name), reading->err));
}

static void on_text(void *data, const XML_Char *text, int len) {
  Reading *reading = data;
  if (reading->failed || reading->handler->text == NULL) return;
  after(reading,
        reading->handler->text(reading->user, text, (size_t)len, reading->err));
}

static void on_doctype(void *data, const XML_Char *name, const XML_Char *system,
                       const XML_Char *public, int subset) {
  Reading *reading = data;
  (void)name, (void)system, (void)public, (void)subset;
  after(reading, err_set(reading->err, ERR_DATA,
                         "it declares a DOCTYPE, which no Office file has: "
                         "refused"));
}

static int feed(Reading *reading, zip_file_t *entry) {
  zip_uint64_t total = 0;
  for (;;) {
    void *chunk = XML_GetBuffer(reading->parser, CHUNK);
    if (chunk == NULL) return err_memory(reading->err);
    zip_int64_t n = zip_fread(entry, chunk, CHUNK);
    if (n < 0) return refuse_zip(zip_file_get_error(entry), reading->err);
    total += (zip_uint64_t)n;
    if (total > size_most)
      return err_set(reading->err, ERR_DATA, "it is larger than declared");
    enum XML_Status status = XML_ParseBuffer(reading->parser, (int)n, n == 0);
    if (reading->failed) return -1;
    if (status != XML_STATUS_OK)
      return err_set(reading->err, ERR_DATA, "line %lu of its XML: %s",
                     XML_GetCurrentLineNumber(reading->parser),
                     XML_ErrorString(XML_GetErrorCode(reading->parser)));
    if (n == 0) return 0;
  }
}

static int parse(zip_file_t *entry, const OoxmlHandler *handler, void *user,
                 Err *err) {
  Reading reading = {XML_ParserCreate(NULL), handler, user, err, false};
  if (reading.parser == NULL) return err_memory(err);
  XML_SetUserData(reading.parser, &reading);
  XML_SetElementHandler(reading.parser, on_start, on_end);
  XML_SetCharacterDataHandler(reading.parser, on_text);
  XML_SetStartDoctypeDeclHandler(reading.parser, on_doctype);
  int status = feed(&reading, entry);
  XML_ParserFree(reading.parser);
  return status;
}

int ooxml_read(Ooxml *file, const char *part, const OoxmlHandler *handler,
               void *user, Err *err) {
  zip_int64_t index = zip_name_locate(file->zip, part, ZIP_FL_NOCASE);
  if (index < 0) return 0;
  zip_stat_t stat;
  zip_stat_init(&stat);
  if (zip_stat_index(file->zip, (zip_uint64_t)index, 0, &stat) != 0)
    return refuse_zip(zip_get_error(file->zip), err);
  if (check_size(&stat, part, err) != 0) return -1;
  zip_file_t *entry = zip_fopen_index(file->zip, (zip_uint64_t)index, 0);
  if (entry == NULL) return refuse_zip(zip_get_error(file->zip), err);
  int status = parse(entry, handler, user, err);
  zip_fclose(entry);
  return status == 0 ? 1 : err_at(err, "%s: ", part);
}
