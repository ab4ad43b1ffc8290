/* The face comes from fontconfig by file and index (a .ttc holds the SC, TC,
   JP and KR faces; the index makes the difference). Advances are cached in
   pages of 256 code points, filled when first asked for. No hinting: em
   fractions. Reading fontconfig's configuration is what costs (5 ms): a face
   that lies where Debian's fonts-noto-cjk puts it is opened without it, and
   else both come from one. */
#include "draw/font.h"

#include <fontconfig/fontconfig.h>
#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_ADVANCES_H
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"

enum { PAGE = 256, NPAGES = 0x110000 / PAGE };

/* A replacement face may draw wider than an em: emoji take 1.25. */
static const float missing_advance = 1.35f;

typedef struct Face {
  FT_Face face;
  char *family;         /* found, in its first language */
  bool is_exact;        /* found is what was asked for */
  float *pages[NPAGES]; /* advances in em; NAN: not looked up yet */
} Face;

struct Font {
  FT_Library library;
  FcConfig *config; /* our own, not the host's global one; NULL until asked */
  Face faces[2];    /* regular, bold */
};

static bool has_family(FcPattern *found, const char *family) {
  FcChar8 *name;
  for (int i = 0;
       FcPatternGetString(found, FC_FAMILY, i, &name) == FcResultMatch; i++)
    if (FcStrCmpIgnoreCase(name, (const FcChar8 *)family) == 0) return true;
  return false;
}

static bool has_weight(FcPattern *found, bool bold) {
  int weight;
  if (FcPatternGetInteger(found, FC_WEIGHT, 0, &weight) != FcResultMatch)
    return true;
  return bold ? weight >= FC_WEIGHT_DEMIBOLD : weight < FC_WEIGHT_DEMIBOLD;
}

/* Take file, index and family out of what fontconfig found. */
static int take_match(FT_Library library, Face *face, FcPattern *found,
                      Err *err) {
  FcChar8 *file, *name;
  int index = 0;
  if (FcPatternGetString(found, FC_FILE, 0, &file) != FcResultMatch ||
      FcPatternGetString(found, FC_FAMILY, 0, &name) != FcResultMatch)
    return err_set(err, ERR_IO, "fontconfig knows no font");
  FcPatternGetInteger(found, FC_INDEX, 0, &index);
  face->family = mem_text((const char *)name, strlen((const char *)name));
  if (face->family == NULL) return err_memory(err);
  if (FT_New_Face(library, (const char *)file, index, &face->face) == 0 &&
      FT_IS_SCALABLE(face->face))
    return 0;
  return err_set(err, ERR_IO, "cannot read font '%s'", (const char *)file);
}

static FcPattern *match(FcConfig *config, const char *family, bool bold) {
  FcResult result;
  FcPattern *found = NULL, *asked = FcPatternCreate();
  if (asked != NULL &&
      FcPatternAddString(asked, FC_FAMILY, (const FcChar8 *)family) &&
      FcPatternAddInteger(asked, FC_WEIGHT,
                          bold ? FC_WEIGHT_BOLD : FC_WEIGHT_REGULAR) &&
      FcConfigSubstitute(config, asked, FcMatchPattern)) {
    FcDefaultSubstitute(asked);
    found = FcFontMatch(config, asked, &result);
  }
  if (asked != NULL) FcPatternDestroy(asked);
  return found;
}

static int find_face(Font *font, const char *family, bool bold, Err *err) {
  Face *face = &font->faces[bold];
  FcPattern *found = match(font->config, family, bold);
  if (found == NULL) return err_set(err, ERR_IO, "fontconfig knows no font");
  int result = take_match(font->library, face, found, err);
  face->is_exact = has_family(found, family) && has_weight(found, bold);
  FcPatternDestroy(found);
  return result;
}

static const FcConfig *get_config(Font *font) {
  if (font->config == NULL) font->config = FcInitLoadConfigAndFonts();
  return font->config;
}

static int ask_fontconfig(Font *font, const char *family, Err *err) {
  if (get_config(font) == NULL)
    return err_set(err, ERR_IO, "fontconfig does not start");
  if (find_face(font, family, false, err) != 0) return -1;
  return find_face(font, family, true, err);
}

/* ---- where Debian's package puts the usual family ---- */

static const char *const usual_files[2] = {
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc"};

/* Of a collection. Opening a face takes half a millisecond: the SC face is
   looked for where it is first. */
enum { USUAL_FACE = 2, MOST_FACES = 32 };

/* The face of that family and weight in a file, or NULL. */
static FT_Face face_in(FT_Library library, const char *file, const char *family,
                       bool bold) {
  FT_Face face;
  for (FT_Long i = -1, n = 1; i < n && i < MOST_FACES; i++) {
    if (FT_New_Face(library, file, i < 0 ? USUAL_FACE : i, &face) != 0) {
      if (i < 0) continue; /* not so large a collection */
      return NULL;
    }
    n = face->num_faces;
    bool is_bold = (face->style_flags & FT_STYLE_FLAG_BOLD) != 0;
    if (face->family_name != NULL && strcmp(face->family_name, family) == 0 &&
        is_bold == bold && FT_IS_SCALABLE(face))
      return face;
    FT_Done_Face(face);
  }
  return NULL;
}

/* 1 where both faces lie there, 0 where they do not, -1 on failure. */
static int take_usual(Font *font, const char *family, Err *err) {
  FT_Face regular = face_in(font->library, usual_files[0], family, false);
  FT_Face bold =
      regular ? face_in(font->library, usual_files[1], family, true) : NULL;
  if (bold == NULL) {
    if (regular != NULL) FT_Done_Face(regular);
    return 0;
  }
  font->faces[0].face = regular;
  font->faces[1].face = bold;
  for (int i = 0; i < 2; i++) {
    font->faces[i].family = mem_text(family, strlen(family));
    if (font->faces[i].family == NULL) return err_memory(err);
    font->faces[i].is_exact = true;
  }
  return 1;
}

static int find_faces(Font *font, const char *family, Err *err) {
  if (FT_Init_FreeType(&font->library) != 0) return err_memory(err);
  int found = take_usual(font, family, err);
  if (found != 0) return found < 0 ? -1 : 0;
  return ask_fontconfig(font, family, err);
}

Font *font_open(const char *family, Err *err) {
  Font *font = mem_array(1, sizeof *font);
  if (font == NULL) {
    err_memory(err);
    return NULL;
  }
  if (find_faces(font, family, err) == 0) return font;
  font_free(font);
  return NULL;
}

void font_free(Font *font) {
  if (font == NULL) return;
  for (int i = 0; i < 2; i++) {
    Face *face = &font->faces[i];
    if (face->face != NULL) FT_Done_Face(face->face);
    for (int page = 0; page < NPAGES; page++) free(face->pages[page]);
    free(face->family);
  }
  if (font->library != NULL) FT_Done_FreeType(font->library);
  if (font->config != NULL) FcConfigDestroy(font->config);
  free(font);
}

/* ---- measuring ---- */

/* Does it take no place: control, combining, joiner, variation selector? The
   vowel signs of India's scripts combine and take place. */
static bool is_weightless(int32_t point) {
  char bytes[4];
  if (point < 0x20 || point == 0x200D) return true;
  if (text_is_spacing_mark(point)) return false;
  return text_width(bytes, text_encode(point, bytes)) == 0;
}

static float look_up(const Face *face, int32_t point) {
  if (is_weightless(point)) return 0.0f;
  FT_UInt glyph = FT_Get_Char_Index(face->face, (FT_ULong)point);
  FT_Fixed advance = 0;
  if (glyph == 0 ||
      FT_Get_Advance(face->face, glyph, FT_LOAD_NO_SCALE, &advance) != 0)
    return missing_advance;
  return (float)advance / (float)face->face->units_per_EM;
}

/* The advance of `point` in em, or -1 without memory. */
static float get_advance(Face *face, int32_t point, Err *err) {
  float **page = &face->pages[point / PAGE];
  if (*page == NULL) {
    *page = mem_array(PAGE, sizeof **page);
    if (*page == NULL) return (float)err_memory(err);
    for (int i = 0; i < PAGE; i++) (*page)[i] = NAN;
  }
  float *cell = *page + point % PAGE;
  if (isnan(*cell)) *cell = look_up(face, point);
  return *cell;
}

double font_advance(Font *font, bool bold, const char *text, size_t len,
                    Err *err) {
  double sum = 0.0;
  for (size_t i = 0; i < len;) {
    int32_t point;
    size_t used = text_decode(text + i, len - i, &point);
    if (used == 0) {
      point = 0xFFFD;
      used = 1;
    }
    float advance = get_advance(&font->faces[bold], point, err);
    if (advance < 0.0f) return -1.0;
    sum += (double)advance;
    i += used;
  }
  return sum;
}

bool font_has(const Font *font, bool bold, int32_t point) {
  return (point >= 0x7F && point < 0xA0) || is_weightless(point) ||
         FT_Get_Char_Index(font->faces[bold].face, (FT_ULong)point) != 0;
}

bool font_is_drawable(Font *font, int32_t point) {
  if (FT_Get_Char_Index(font->faces[0].face, (FT_ULong)point) != 0) return true;
  if (get_config(font) == NULL) return false;
  const FcFontSet *all = FcConfigGetFonts(font->config, FcSetSystem);
  for (int i = 0; all != NULL && i < all->nfont; i++) {
    FcCharSet *chars;
    if (FcPatternGetCharSet(all->fonts[i], FC_CHARSET, 0, &chars) ==
            FcResultMatch &&
        FcCharSetHasChar(chars, (FcChar32)point))
      return true;
  }
  return false;
}

const char *font_family(const Font *font, bool bold) {
  return font->faces[bold].family;
}

bool font_is_exact(const Font *font, bool bold) {
  return font->faces[bold].is_exact;
}
