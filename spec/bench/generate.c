/* generate: the delimited file that the bench reads; the same bytes on every
   machine. `generate ROWS FILE` writes the columns
   unit,year,month,function,economic,kind,budget,adjusted,actual. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint64_t state = 20221123;

/* splitmix64: Steele, Lea & Flood 2014, OOPSLA, figure 17. */
static uint32_t below(uint32_t n) {
  uint64_t z = (state += 0x9E3779B97F4A7C15u);
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
  return (uint32_t)(((z ^ (z >> 31)) >> 32) * n >> 32);
}

static const char *const functions[] = {
    "general services", "foreign affairs", "defence",     "public safety",
    "education",        "science",         "culture",     "social security",
    "health",           "environment",     "communities", "agriculture",
    "transport",        "industry",        "commerce",    "finance",
    "housing",          "emergency",       "reserves",    "debt service"};

static char *put(char *out, const char *text) {
  size_t len = strlen(text);
  memcpy(out, text, len);
  return out + len;
}

static char *put_number(char *out, uint32_t value, int least) {
  char digits[12];
  int n = 0;
  for (; value > 0 || n < least; value /= 10)
    digits[n++] = (char)('0' + value % 10);
  while (n > 0) *out++ = digits[--n];
  return out;
}

static char *put_amount(char *out) {
  uint32_t size = below(5);
  static const uint32_t most[] = {10000, 100000, 1000000, 1000000, 1000000};
  if (below(50) == 0) *out++ = '-';
  out = put_number(out, below(most[size]), 1);
  *out++ = '.';
  return put_number(out, below(100), 2);
}

static char *put_row(char *out) {
  out = put_number(put(out, "unit-"), below(500), 3);
  *out++ = ',';
  out = put_number(out, 2015 + below(10), 4);
  *out++ = ',';
  out = put_number(out, 1 + below(12), 1);
  *out++ = ',';
  out = put(out, functions[below(sizeof functions / sizeof *functions)]);
  *out++ = ',';
  out = put_number(out, 30100 + below(40), 5);
  *out++ = ',';
  out = put(out, below(2) == 0 ? "basic" : "project");
  for (int i = 0; i < 3; i++) {
    *out++ = ',';
    if (i != 1 || below(50) != 0) out = put_amount(out);
  }
  *out++ = '\n';
  return out;
}

int main(int argc, char **argv) {
  enum { ROOM = 1 << 20, ROW_MOST = 256 };
  long rows = argc == 3 ? strtol(argv[1], NULL, 10) : 0;
  FILE *file = rows > 0 ? fopen(argv[2], "wb") : NULL;
  char *buffer = malloc(ROOM + ROW_MOST), *at = buffer;
  if (file == NULL || buffer == NULL) {
    fputs("usage: generate ROWS FILE\n", stderr);
    return 2;
  }
  at = put(at,
           "unit,year,month,function,economic,kind,budget,adjusted,actual\n");
  for (long i = 0; i < rows; i++) {
    at = put_row(at);
    if (at - buffer < ROOM && i + 1 < rows) continue;
    if (fwrite(buffer, 1, (size_t)(at - buffer), file) == 0) return 2;
    at = buffer;
  }
  free(buffer);
  return fclose(file) == 0 ? 0 : 2;
}
