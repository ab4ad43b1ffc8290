/* iconv does the work; what is ours is the order of the questions and the
   place of the first byte that does not fit. */
#include "io/encode.h"

#include <errno.h>
#include <iconv.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "io/csv_scan.h"
#include "io/encode_guess.h"
#include "io/encode_mixed.h"

static const struct {
  const char *mark;
  size_t len;
  const char *encoding;
} marks[] = {/* the mark of UTF-32LE begins with that of UTF-16LE */
             {"\xEF\xBB\xBF", 3, "UTF-8"},
             {"\xFF\xFE\0\0", 4, "UTF-32LE"},
             {"\0\0\xFE\xFF", 4, "UTF-32BE"},
             {"\xFF\xFE", 2, "UTF-16LE"},
             {"\xFE\xFF", 2, "UTF-16BE"}};

static const struct {
  const char *start;
  size_t len;
  const char *what;
} formats[] = {{"PK\3\4", 4, "a zip archive; .xlsx files are such"},
               {"\xD0\xCF\x11\xE0", 4, "an old Office document (.xls, .doc)"},
               {"%PDF", 4, "a PDF document"},
               {"SQLite format 3", 16, "an SQLite database"},
               {"\x1F\x8B", 2, "a gzip archive"}};

void encode_free(Utf8Text *text) {
  buf_free(&text->own);
  *text = (Utf8Text){0};
}

/* Valid and bad characters beyond ASCII. */
typedef struct Tally {
  size_t good, bad;
  size_t first; /* offset of the first bad byte, or len */
} Tally;

static bool is_ascii8(const char *text) {
  uint64_t word;
  memcpy(&word, text, sizeof word);
  return (word & 0x8080808080808080u) == 0;
}

static Tally tally_utf8(const char *text, size_t len) {
  Tally tally = {0, 0, len};
  for (size_t at = 0; at < len;) {
    if (len - at >= 8 && is_ascii8(text + at)) {
      at += 8;
      continue;
    }
    int32_t point;
    size_t used = text_decode(text + at, len - at, &point);
    if (used == 0 && tally.bad++ == 0) tally.first = at;
    if (used > 1) tally.good++;
    at += used == 0 ? 1 : used;
  }
  return tally;
}

static int bad_byte(const char *bytes, size_t at, size_t line,
                    const char *encoding, Err *err) {
  return err_set(err, ERR_DATA,
                 "%zu: byte %zu of the file (0x%02X) is not %s; name the "
                 "encoding with --encoding",
                 line, at + 1, (unsigned char)bytes[at], encoding);
}

static int not_utf8(const char *bytes, size_t at, Err *err) {
  return bad_byte(bytes, at, csv_count_lines(bytes, at) + 1, "UTF-8", err);
}

static void set_name(Utf8Text *out, const char *name, const char *reason) {
  snprintf(out->encoding, sizeof out->encoding, "%s", name);
  out->reason = reason;
}

/* All of [from, from + left) through the open converter. */
static int convert_all(iconv_t converter, const char *bytes, size_t len,
                       const char *encoding, Buf *own, Err *err) {
  char *from = (char *)bytes;
  size_t left = len;
  while (left > 0) {
    if (buf_reserve(own, left + left / 2 + 16, err) != 0) return -1;
    char *to = own->data + own->len;
    size_t room = own->cap - own->len;
    size_t done = iconv(converter, &from, &left, &to, &room);
    own->len = (size_t)(to - own->data);
    if (done != (size_t)-1 || errno == E2BIG) continue;
    size_t at = (size_t)(from - bytes);
    size_t line = csv_count_lines(own->data, own->len) + 1;
    if (errno == EILSEQ) return bad_byte(bytes, at, line, encoding, err);
    return err_set(err, ERR_DATA,
                   "%zu: the file ends in the middle of a character of %s",
                   line, encoding);
  }
  return 0;
}

int encode_append(const char *bytes, size_t len, const char *encoding, Buf *own,
                  Err *err) {
  /* A slash would add iconv's options, and //IGNORE drops bytes silently. */
  bool named = encoding[0] != '\0' && strchr(encoding, '/') == NULL;
  iconv_t converter = named ? iconv_open("UTF-8", encoding) : (iconv_t)-1;
  if (converter == (iconv_t)-1)
    return err_set(err, ERR_DATA, "1: the encoding '%s' is not known",
                   encoding);
  int status = convert_all(converter, bytes, len, encoding, own, err);
  iconv_close(converter);
  return status;
}

static int convert(const char *bytes, size_t len, const char *encoding,
                   Utf8Text *out, Err *err) {
  out->own.len = 0;
  int status = encode_append(bytes, len, encoding, &out->own, err);
  out->text = out->own.data == NULL ? "" : out->own.data;
  out->len = out->own.len;
  return status;
}

/* GB18030 has no single byte 0x80; CP936 has the euro there. */
static int convert_gb(const char *bytes, size_t len, const char *reason,
                      Utf8Text *out, Err *err) {
  set_name(out, "GB18030", reason);
  if (convert(bytes, len, "GB18030", out, err) == 0) return 0;
  Err second;
  if (memchr(bytes, 0x80, len) == NULL ||
      convert(bytes, len, "CP936", out, &second) != 0)
    return -1;
  set_name(out, "CP936", reason);
  return 0;
}

static bool is_one_of(const char *name, const char *const *names) {
  for (; *names != NULL; names++)
    if (strcasecmp(name, *names) == 0) return true;
  return false;
}

static int take_named(const char *bytes, size_t len, const char *encoding,
                      Utf8Text *out, Err *err) {
  static const char *const gb[] = {"GBK",   "GB2312", "GB18030",
                                   "CP936", "EUC-CN", NULL};
  static const char *const utf8[] = {"UTF-8", "UTF8", NULL};
  if (is_one_of(encoding, gb))
    return convert_gb(bytes, len, "as asked", out, err);
  set_name(out, encoding, "as asked");
  if (!is_one_of(encoding, utf8))
    return convert(bytes, len, encoding, out, err);
  Tally tally = tally_utf8(bytes, len);
  return tally.bad > 0 ? not_utf8(bytes, tally.first, err) : 0;
}

/* Does the text end within a character, and is nothing else amiss? Where no
   other character tells that it is UTF-8, one byte may be a letter of another
   encoding; two that fit together are hardly. */
static bool is_cut_off(const char *bytes, size_t len, const Tally *tally) {
  size_t rest = len - tally->first;
  unsigned char lead = (unsigned char)bytes[tally->first];
  size_t needs = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || rest >= needs || tally->bad != rest)
    return false;
  return tally->good > 0 ||
         (rest > 1 && ((unsigned char)bytes[tally->first + 1] & 0xC0) == 0x80);
}

static int read_guess(const char *bytes, size_t len, Utf8Text *out, Err *err) {
  EncodeGuess guess = encode_guess(bytes, len);
  if (strcmp(guess.encoding, "GB18030") == 0)
    return convert_gb(bytes, len, guess.reason, out, err);
  set_name(out, guess.encoding, guess.reason);
  out->guessed = true;
  return convert(bytes, len, guess.encoding, out, err);
}

static int detect(const char *bytes, size_t len, Utf8Text *out, Err *err) {
  Tally tally = tally_utf8(bytes, len);
  set_name(out, "UTF-8", tally.good > 0 ? "valid UTF-8" : "ASCII only");
  if (tally.bad == 0) return 0;
  if (is_cut_off(bytes, len, &tally))
    return err_set(err, ERR_DATA,
                   "%zu: the file ends in the middle of a character of %s",
                   csv_count_lines(bytes, len) + 1, "UTF-8");
  if (encode_is_mixed(bytes, len)) {
    set_name(out, "UTF-8", "UTF-8 but for some lines");
    return encode_mixed(bytes, len, out, err);
  }
  if (read_guess(bytes, len, out, err) == 0) return 0;
  if (err->code != ERR_DATA || tally.good < tally.bad) return -1;
  return not_utf8(bytes, tally.first, err); /* more UTF-8 than anything else */
}

/* Cut the byte order mark off; the encoding it names, or NULL. */
static const char *take_mark(const char **bytes, size_t *len) {
  for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
    size_t n = marks[i].len;
    if (*len < n || memcmp(*bytes, marks[i].mark, n) != 0) continue;
    *bytes += n;
    *len -= n;
    return marks[i].encoding;
  }
  return NULL;
}

/* What a binary file is, by its first bytes; NULL when nothing is known. */
static const char *format_of(const char *bytes, size_t len) {
  for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
    if (len >= formats[i].len &&
        memcmp(bytes, formats[i].start, formats[i].len) == 0)
      return formats[i].what;
  return NULL;
}

static int refuse_binary(size_t line, const char *what, Err *err) {
  return err_set(err, ERR_DATA, "%zu: this is a binary file, not text (%s)",
                 line, what);
}

static int refuse_nul(const char *text, size_t len, Err *err) {
  const char *nul = len == 0 ? NULL : memchr(text, 0, len);
  if (nul == NULL) return 0;
  size_t line = csv_count_lines(text, (size_t)(nul - text)) + 1;
  return refuse_binary(line, "NUL byte", err);
}

int encode_to_utf8(const char *bytes, size_t len, const char *encoding,
                   Utf8Text *out, Err *err) {
  *out = (Utf8Text){0};
  const char *format = encoding == NULL ? format_of(bytes, len) : NULL;
  if (format != NULL) return refuse_binary(1, format, err);
  const char *marked = take_mark(&bytes, &len);
  const char *reason = "byte order mark";
  bool wide = marked != NULL && strcmp(marked, "UTF-8") != 0;
  if (marked == NULL && encoding == NULL && len > 0 &&
      memchr(bytes, 0, len) != NULL) {
    marked = encode_guess_wide(bytes, len);
    wide = marked != NULL;
    reason = "NUL bytes as in UTF-16";
  }
  /* Before decoding, which fails on binary files in misleading ways. */
  if (!wide && encoding == NULL && refuse_nul(bytes, len, err) != 0) return -1;
  out->text = bytes;
  out->len = len;
  int status;
  if (wide) {
    set_name(out, marked, reason);
    status = convert(bytes, len, marked, out, err);
  } else if (encoding != NULL) {
    status = take_named(bytes, len, encoding, out, err);
  } else if (marked != NULL) {
    status = take_named(bytes, len, marked, out, err);
    out->reason = "byte order mark";
  } else {
    status = detect(bytes, len, out, err);
  }
  return status != 0 ? -1 : refuse_nul(out->text, out->len, err);
}
