/* gnuplot: a script in, a picture out, nothing left behind. */
#ifndef GNUPLOT_H
#define GNUPLOT_H

#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"

typedef enum GnuplotFormat {
  GNUPLOT_SVG,
  GNUPLOT_PNG,
  GNUPLOT_PDF
} GnuplotFormat;

/* The file name that a script must `set output` to; of several pictures the
   second goes to "chart-2.out", and so on. */
#define GNUPLOT_OUTPUT "chart.out"

enum { GNUPLOT_DEADLINE_MS = 20000, GNUPLOT_PICTURES = 64 };

/* Draw `script` and append its pictures, one of each format wanted, to
   `pictures`; n is 1 to GNUPLOT_PICTURES. The script runs in a private folder
   that is gone afterwards, whatever happened. 0; or -1 with ERR_CHILD (no
   gnuplot, a bad script, too slow, killed, a picture that is not whole), ERR_IO
   (no room for the folder) or ERR_MEM. The program is the first that exists of
   a fixed list, or the absolute path in the environment variable
   EVALUA_GNUPLOT. It is confined (jail.h) unless that is a script. */
int gnuplot_draw(const char *script, size_t len, const GnuplotFormat *wanted,
                 size_t n, int deadline_ms, Buf *pictures, Err *err);

/* Append the version as gnuplot prints it ("gnuplot 5.4 patchlevel 4"). */
int gnuplot_version(Buf *version, Err *err);

#endif
