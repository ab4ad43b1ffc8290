/* font: how wide text is in a font that fontconfig names. */
#ifndef FONT_H
#define FONT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

typedef struct Font Font; /* a family: its regular and its bold face */

/* The faces that fontconfig gives for `family`. They may be of another
   family: fontconfig never refuses; see font_is_exact. NULL where no font can
   be read at all (ERR_IO). The caller owns it. */
Font *font_open(const char *family, Err *err);
void font_free(Font *font); /* accepts NULL */

/* Sum of the advances in em: an upper bound of the ink, since kerning only
   draws together. A character that the face lacks counts as wide as any
   replacement may be; a combining mark counts nothing. Bytes that are not
   UTF-8 count as U+FFFD each. -1 without memory. */
double font_advance(Font *font, bool bold, const char *text, size_t len,
                    Err *err);

/* Is there a glyph for `point`? (Control and format characters need none.) */
bool font_has(const Font *font, bool bold, int32_t point);

/* Can any installed font draw `point`? Where none can, cairo draws a box of
   hexadecimal digits, at a size of its own. */
bool font_is_drawable(Font *font, int32_t point);

/* The family that was found; borrowed, lives as long as the font. */
const char *font_family(const Font *font, bool bold);

/* Does the face have the family and the weight asked for? */
bool font_is_exact(const Font *font, bool bold);

#endif
