/* Lines are what LF ends; two passes, the second one only over a text that the
   first found to be mixed. */
#include "io/encode_mixed.h"

#include <string.h>

#include "base/text.h"
#include "io/encode_guess.h"

typedef struct Line {
  const char *begin, *end; /* its line end included */
  size_t good, bad;        /* characters beyond ASCII, and bytes of none */
  size_t asian;            /* those of the good ones that take three bytes */
} Line;

static Line look_at(const char *begin, const char *end) {
  const char *stop = memchr(begin, '\n', (size_t)(end - begin));
  Line line = {begin, stop == NULL ? end : stop + 1, 0, 0, 0};
  for (const char *at = begin; at < line.end;) {
    int32_t point;
    size_t used = text_decode(at, (size_t)(line.end - at), &point);
    line.good += used > 1;
    line.bad += used == 0;
    line.asian += used > 2;
    at += used == 0 ? 1 : used;
  }
  return line;
}

/* Whether all beyond ASCII is pairs of bytes such as those of GB2312; among
   Latin letters a byte that is not UTF-8 stands alone. */
static bool is_paired(const Line *line) {
  size_t run = 0;
  for (const char *at = line->begin; at < line->end; at++) {
    unsigned char byte = (unsigned char)*at;
    bool high = byte >= 0x80;
    if ((high && byte < 0xA1) || (!high && run % 2 != 0)) return false;
    run = high ? run + 1 : 0;
  }
  return run % 2 == 0;
}

/* Whether a whole line is not UTF-8: more of it is not than is. Where lines
   without an error have characters of three bytes and this one has not, a draw
   counts, and so do pairs throughout: those of GBK are characters of two bytes
   now and then. */
static bool is_odd(const Line *line, bool asian) {
  if (line->bad > line->good) return true;
  if (!asian || line->bad == 0 || line->asian > 0) return false;
  return line->bad == line->good || is_paired(line);
}

/* Whether a line without an error has characters of three bytes. */
static bool has_asian(const char *bytes, size_t len) {
  for (const char *at = bytes; at < bytes + len;) {
    Line line = look_at(at, bytes + len);
    if (line.bad == 0 && line.asian > 0) return true;
    at = line.end;
  }
  return false;
}

static int collect_odd(const char *bytes, size_t len, bool asian, Buf *odd,
                       Err *err) {
  int status = 0;
  for (const char *at = bytes; status == 0 && at < bytes + len;) {
    Line line = look_at(at, bytes + len);
    if (is_odd(&line, asian))
      status = buf_add(odd, line.begin, (size_t)(line.end - at), err);
    at = line.end;
  }
  return status;
}

static const char *guess_odd(const char *bytes, size_t len, Err *err) {
  Buf odd = {0};
  EncodeGuess guess = {NULL, NULL};
  if (collect_odd(bytes, len, has_asian(bytes, len), &odd, err) == 0)
    guess = encode_guess(odd.data == NULL ? "" : odd.data, odd.len);
  buf_free(&odd);
  return guess.encoding;
}

static bool has_single_bytes(const char *encoding) {
  return strcmp(encoding, "WINDOWS-1252") == 0 ||
         strcmp(encoding, "CP850") == 0;
}

bool encode_is_mixed(const char *bytes, size_t len) {
  size_t good = 0, bad = 0, clean = 0, asian = 0, sure = 0;
  for (const char *at = bytes; at < bytes + len;) {
    Line line = look_at(at, bytes + len);
    /* pairs of other encodings look like a UTF-8 character now and then */
    good += line.good > line.bad;
    bad += line.bad > 0;
    clean += line.good > 0 && line.bad == 0;
    asian += line.asian > 0;
    /* but hardly like two of three bytes and nothing else */
    sure += line.asian > 1 && line.bad == 0;
    at = line.end;
  }
  if (bad * 3 <= good) return true;
  Err err;
  const char *others = clean > 0 ? guess_odd(bytes, len, &err) : NULL;
  if (others == NULL) return false;
  return has_single_bytes(others) ? asian == 0 : sure > 0 && sure * 10 >= bad;
}

static int add_bytes(const Line *line, Utf8Text *out, Err *err) {
  static const char lost[] = "\xEF\xBF\xBD";
  for (const char *at = line->begin; at < line->end;) {
    int32_t point;
    size_t used = text_decode(at, (size_t)(line->end - at), &point);
    int status;
    if (used > 0) status = buf_add(&out->own, at, used, err);
    else if (line->asian > 0) status = buf_add(&out->own, lost, 3, err);
    else status = encode_append(at, 1, "WINDOWS-1252", &out->own, err);
    if (status != 0 && used == 0 && err->code == ERR_DATA)
      status = buf_add(&out->own, lost, 3, err);
    if (status != 0) return -1;
    at += used == 0 ? 1 : used;
  }
  return 0;
}

static int add_line(const Line *line, bool asian, size_t number, Utf8Text *out,
                    Err *err) {
  size_t len = (size_t)(line->end - line->begin), before = out->own.len;
  if (line->bad == 0) return buf_add(&out->own, line->begin, len, err);
  if (out->mixed_lines < ENCODE_SHOWN)
    out->mixed_shown[out->mixed_lines] = number;
  out->mixed_lines++;
  if (is_odd(line, asian)) {
    int status = encode_append(line->begin, len, out->mixed, &out->own, err);
    if (status == 0 || err->code != ERR_DATA) return status;
    out->own.len = before;
  }
  return add_bytes(line, out, err);
}

int encode_mixed(const char *bytes, size_t len, Utf8Text *out, Err *err) {
  out->mixed = guess_odd(bytes, len, err);
  if (out->mixed == NULL) return -1;
  size_t number = 1;
  bool asian = has_asian(bytes, len);
  for (const char *at = bytes; at < bytes + len; number++) {
    Line line = look_at(at, bytes + len);
    if (add_line(&line, asian, number, out, err) != 0) return -1;
    at = line.end;
  }
  out->text = out->own.data == NULL ? "" : out->own.data;
  out->len = out->own.len;
  return 0;
}
