#include "io/ooxml_write.h"

#include <stdint.h>
#include <zip.h>

static int failed(zip_error_t *error, Err *err) {
  return err_set(err, ERR_IO, "cannot write the archive: %s",
                 zip_error_strerror(error));
}

/* Every part with one date, so that no clock is in the bytes. */
static int add_parts(zip_t *zip, const OoxmlPart *parts, size_t nparts,
                     Err *err) {
  for (size_t i = 0; i < nparts; i++) {
    zip_source_t *source =
        zip_source_buffer(zip, parts[i].bytes, parts[i].len, 0);
    zip_int64_t at = source == NULL ? -1
                                    : zip_file_add(zip, parts[i].name, source,
                                                   ZIP_FL_ENC_UTF_8);
    if (at < 0) {
      zip_source_free(source);
      return failed(zip_get_error(zip), err);
    }
    zip_file_set_dostime(zip, (zip_uint64_t)at, 0, 0x21, 0); /* 1980-01-01 */
  }
  return 0;
}

/* All bytes of a source that was written. */
static int read_all(zip_source_t *source, Buf *out, Err *err) {
  zip_stat_t stat;
  if (zip_source_open(source) != 0)
    return failed(zip_source_error(source), err);
  int status = 0;
  if (zip_source_stat(source, &stat) != 0)
    status = failed(zip_source_error(source), err);
  if (status == 0) status = buf_reserve(out, stat.size, err);
  if (status == 0 && zip_source_read(source, out->data + out->len, stat.size) !=
                         (zip_int64_t)stat.size)
    status = failed(zip_source_error(source), err);
  if (status == 0) out->len += stat.size;
  zip_source_close(source);
  return status;
}

int ooxml_write(const OoxmlPart *parts, size_t nparts, Buf *out, Err *err) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t *source = zip_source_buffer_create(NULL, 0, 0, &error);
  if (source == NULL) return failed(&error, err);
  zip_source_keep(source); /* zip_close drops one of the two references */
  zip_t *zip = zip_open_from_source(source, ZIP_CREATE | ZIP_TRUNCATE, &error);
  int status = -1;
  if (zip == NULL) {
    failed(&error, err);
    zip_source_free(source);
  } else if (add_parts(zip, parts, nparts, err) != 0) {
    zip_discard(zip);
  } else if (zip_close(zip) != 0) {
    failed(zip_get_error(zip), err);
    zip_discard(zip);
  } else {
    status = read_all(source, out, err);
  }
  zip_source_free(source);
  zip_error_fini(&error);
  return status;
}
