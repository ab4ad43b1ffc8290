/* gnuplot: a script in, pictures out, and no file of ours on any disk. */
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

/* A script must `set output` to GNUPLOT_FOLDER and this number for its first
   picture, the next number for its second, and so on. */
#define GNUPLOT_FOLDER "/proc/self/fd/"

enum { GNUPLOT_OUTPUT = 6, GNUPLOT_DEADLINE_MS = 60000, GNUPLOT_PICTURES = 64 };

/* A gnuplot that has started and waits for a script. Its start takes longer
   than most charts; who has something to compute starts it before. */
typedef struct Gnuplot Gnuplot;

/* Start one for n pictures, 1 to GNUPLOT_PICTURES. NULL and ERR_CHILD (there is
   none: gnuplot_find.h), ERR_IO or ERR_MEM. It is confined (jail.h) unless it
   is a script. */
Gnuplot *gnuplot_start(size_t n, Err *err);

/* Draw `script` and append its n pictures, one of each format wanted, to
   `pictures`. Once for each gnuplot. 0; or -1 with ERR_CHILD (a bad script, too
   slow, killed, a picture that is not whole), ERR_IO or ERR_MEM. */
int gnuplot_draw(Gnuplot *gnuplot, const char *script, size_t len,
                 const GnuplotFormat *wanted, int deadline_ms, Buf *pictures,
                 Err *err);

/* End it, whatever it does; NULL is nothing. */
void gnuplot_free(Gnuplot *gnuplot);

/* Append the version as gnuplot prints it ("gnuplot 5.4 patchlevel 4"). */
int gnuplot_version(Buf *version, Err *err);

#endif
