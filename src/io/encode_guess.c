#include "io/encode_guess.h"

#include <stdbool.h>
#include <stdint.h>

enum { LOOK_MOST = 4 << 20 };

/* ---- pairs ---- */

typedef struct Pairs {
  size_t all, common, beside; /* beside another pair */
  size_t broken;
} Pairs;

typedef struct PairRule {
  unsigned char lead[2];   /* of all pairs */
  unsigned char common[2]; /* leads of the common ones ... */
  unsigned char trail;     /* ... whose trail is not below this */
} PairRule;

static const PairRule gbk = {{0x81, 0xFE}, {0xA1, 0xD7}, 0xA1};
static const PairRule big5 = {{0xA1, 0xF9}, {0xA1, 0xC6}, 0x40};

static bool is_trail(unsigned char c) {
  return (c >= 0x40 && c <= 0x7E) || (c >= 0x80 && c <= 0xFE);
}

/* GB18030 has characters of four bytes, lead digit lead digit. */
static bool is_four(const unsigned char *at, size_t left) {
  return left >= 4 && at[0] >= 0x81 && at[0] <= 0xFE && at[1] >= '0' &&
         at[1] <= '9' && at[2] >= 0x81 && at[2] <= 0xFE && at[3] >= '0' &&
         at[3] <= '9';
}

static Pairs count_pairs(const unsigned char *bytes, size_t len,
                         const PairRule *rule) {
  Pairs pairs = {0, 0, 0, 0};
  bool before = false; /* a pair ends here */
  for (size_t at = 0; at < len;) {
    unsigned char c = bytes[at];
    if (rule->lead[0] == 0x81 && is_four(bytes + at, len - at)) {
      pairs.all++;
      pairs.common++;
      pairs.beside++;
      at += 4;
      continue;
    }
    bool high = c > 0x80; /* 0x80 is the euro of CP936 */
    bool pair = high && c >= rule->lead[0] && c <= rule->lead[1] &&
                at + 1 < len && is_trail(bytes[at + 1]);
    if (pair) {
      pairs.all++;
      pairs.beside += before;
      pairs.common += c >= rule->common[0] && c <= rule->common[1] &&
                      bytes[at + 1] >= rule->trail;
    }
    pairs.broken += high && !pair;
    before = pair;
    at += pair ? 2 : 1;
  }
  return pairs;
}

/* In thousands: how much do the bytes look like this encoding? */
static size_t score_pairs(Pairs pairs) {
  if (pairs.all == 0 || pairs.broken * 20 > pairs.all) return 0;
  if (pairs.all > 4 && pairs.beside * 3 < pairs.all) return 0;
  return pairs.common * 1000 / pairs.all;
}

/* ---- single bytes ---- */

static bool is_letter(unsigned char c) {
  return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

static bool is_1252_letter(unsigned char c) {
  return c >= 0xC0 && c != 0xD7 && c != 0xF7;
}

/* The letters of western Europe there. */
static bool is_850_letter(unsigned char c) {
  return (c >= 0x80 && c <= 0x90) || (c >= 0x93 && c <= 0x9A) ||
         (c >= 0xA0 && c <= 0xA5) || c == 0xE1 || c == 0xB5 || c == 0xD6 ||
         c == 0xE0 || c == 0xE9;
}

static EncodeGuess guess_single(const unsigned char *bytes, size_t len) {
  size_t ansi = 0, dos = 0;
  for (size_t at = 0; at < len; at++) {
    if (bytes[at] < 0x80) continue;
    unsigned char before = at > 0 ? bytes[at - 1] : ' ';
    unsigned char after = at + 1 < len ? bytes[at + 1] : ' ';
    bool in_word = is_letter(before) || is_letter(after);
    ansi += in_word && is_1252_letter(bytes[at]);
    dos += in_word && is_850_letter(bytes[at]);
    /* pounds before figures */
    ansi += bytes[at] == 0xA3 && after >= '0' && after <= '9';
    dos += bytes[at] == 0x9C && after >= '0' && after <= '9';
  }
  if (dos > ansi)
    return (EncodeGuess){"CP850", "not UTF-8; its letters are those of CP850"};
  return (EncodeGuess){"WINDOWS-1252",
                       "not UTF-8; its letters are those of Windows-1252"};
}

EncodeGuess encode_guess(const char *text, size_t len) {
  const unsigned char *bytes = (const unsigned char *)text;
  if (len > LOOK_MOST) len = LOOK_MOST;
  size_t china = score_pairs(count_pairs(bytes, len, &gbk));
  size_t taiwan = score_pairs(count_pairs(bytes, len, &big5));
  if (china >= 600 && china >= taiwan)
    return (EncodeGuess){"GB18030", "not UTF-8, valid GB18030"};
  if (taiwan >= 600)
    return (EncodeGuess){"BIG5-HKSCS",
                         "not UTF-8; its pairs are those of Big5"};
  return guess_single(bytes, len);
}

static bool is_printable(unsigned char c) {
  return (c >= 0x20 && c < 0x7F) || c == '\n' || c == '\r' || c == '\t';
}

const char *encode_guess_wide(const char *text, size_t len) {
  const unsigned char *bytes = (const unsigned char *)text;
  size_t nuls[2] = {0, 0}, ascii = 0;
  size_t most = len < 4096 ? len : 4096;
  if (len % 2 != 0) return NULL;
  for (size_t i = 0; i < most; i += 2) {
    nuls[0] += bytes[i] == 0;
    nuls[1] += bytes[i + 1] == 0;
    ascii += is_printable(bytes[i]) && is_printable(bytes[i + 1]);
  }
  /* two letters of ASCII side by side are rare as one character of UTF-16 */
  size_t all = nuls[0] + nuls[1];
  if (all < 2 || all * 10 < most || ascii * 5 > most / 2 * 2) return NULL;
  if (nuls[0] == 0) return "UTF-16LE";
  return nuls[1] == 0 ? "UTF-16BE" : NULL;
}
