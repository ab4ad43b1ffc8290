/* Lines are what LF ends; two passes, the second one only over a text that the
   first found to be mixed. */
#include "io/encode_mixed.h"

#include <string.h>

#include "base/text.h"
#include "io/encode_guess.h"

typedef struct Line {
  const char *begin, *end; /* its line end included */
  size_t good, bad;        /* characters beyond ASCII, and bytes of none */
  bool asian;              /* some of the good ones take three bytes */
} Line;

static Line look_at(const char *begin, const char *end) {
  const char *stop = memchr(begin, '\n', (size_t)(end - begin));
  Line line = {begin, stop == NULL ? end : stop + 1, 0, 0, false};
  for (const char *at = begin; at < line.end;) {
    int32_t point;
    size_t used = text_decode(at, (size_t)(line.end - at), &point);
    line.good += used > 1;
    line.bad += used == 0;
    line.asian = line.asian || used > 2;
    at += used == 0 ? 1 : used;
  }
  return line;
}

bool encode_is_mixed(const char *bytes, size_t len) {
  size_t good = 0, bad = 0;
  for (const char *at = bytes; at < bytes + len;) {
    Line line = look_at(at, bytes + len);
    /* pairs of other encodings look like a UTF-8 character now and then */
    good += line.good > line.bad;
    bad += line.bad > 0;
    at = line.end;
  }
  return bad * 3 <= good;
}

/* Bytes of the lines that are no UTF-8: what encoding do they look like? */
static int guess_lines(const char *bytes, size_t len, Utf8Text *out, Err *err) {
  Buf odd = {0};
  int status = 0;
  for (const char *at = bytes; status == 0 && at < bytes + len;) {
    Line line = look_at(at, bytes + len);
    if (line.bad > line.good)
      status = buf_add(&odd, line.begin, (size_t)(line.end - at), err);
    at = line.end;
  }
  EncodeGuess guess = encode_guess(odd.data == NULL ? "" : odd.data, odd.len);
  out->mixed = guess.encoding;
  buf_free(&odd);
  return status;
}

static int add_bytes(const Line *line, Utf8Text *out, Err *err) {
  static const char lost[] = "\xEF\xBF\xBD";
  for (const char *at = line->begin; at < line->end;) {
    int32_t point;
    size_t used = text_decode(at, (size_t)(line->end - at), &point);
    int status;
    if (used > 0) status = buf_add(&out->own, at, used, err);
    else if (line->asian) status = buf_add(&out->own, lost, 3, err);
    else status = encode_append(at, 1, "WINDOWS-1252", &out->own, err);
    if (status != 0 && used == 0 && err->code == ERR_DATA)
      status = buf_add(&out->own, lost, 3, err);
    if (status != 0) return -1;
    at += used == 0 ? 1 : used;
  }
  return 0;
}

static int add_line(const Line *line, size_t number, Utf8Text *out, Err *err) {
  size_t len = (size_t)(line->end - line->begin), before = out->own.len;
  if (line->bad == 0) return buf_add(&out->own, line->begin, len, err);
  if (out->mixed_lines < ENCODE_SHOWN)
    out->mixed_shown[out->mixed_lines] = number;
  out->mixed_lines++;
  if (line->good == 0 || line->bad > line->good) {
    int status = encode_append(line->begin, len, out->mixed, &out->own, err);
    if (status == 0 || err->code != ERR_DATA) return status;
    out->own.len = before;
  }
  return add_bytes(line, out, err);
}

int encode_mixed(const char *bytes, size_t len, Utf8Text *out, Err *err) {
  if (guess_lines(bytes, len, out, err) != 0) return -1;
  size_t number = 1;
  for (const char *at = bytes; at < bytes + len; number++) {
    Line line = look_at(at, bytes + len);
    if (add_line(&line, number, out, err) != 0) return -1;
    at = line.end;
  }
  out->text = out->own.data == NULL ? "" : out->own.data;
  out->len = out->own.len;
  return 0;
}
