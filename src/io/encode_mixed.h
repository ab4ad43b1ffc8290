/* encode_mixed: a text of UTF-8 in which some lines are something else. */
#ifndef ENCODE_MIXED_H
#define ENCODE_MIXED_H

#include "io/encode.h"

/* Is this UTF-8 in which some lines are something else? Where others are fewer
   than a third of those that show it; or where others are in an encoding of
   single bytes, in which UTF-8 of Europe makes no words; or in one of pairs,
   and one line in ten beside them has nothing but UTF-8 of Asia, which pairs
   do not look like. */
bool encode_is_mixed(const char *bytes, size_t len);

/* Read it: lines of UTF-8 as they are, the others in the encoding that they
   look like (out->mixed). Where a line holds both, only the bytes that are
   not UTF-8 are read so; beside characters of Asia they become U+FFFD, since
   they are what is left of such. 0 or -1. */
int encode_mixed(const char *bytes, size_t len, Utf8Text *out, Err *err);

#endif
