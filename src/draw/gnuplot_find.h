/* gnuplot_find: which gnuplot draws. */
#ifndef GNUPLOT_FIND_H
#define GNUPLOT_FIND_H

#include <limits.h>
#include <stdbool.h>

#include "base/err.h"

/* The path of the program: what the environment variable EVALUA_GNUPLOT names
   in full, or the first gnuplot in PATH that the jail can run. 0; or -1 with
   ERR_CHILD. */
int gnuplot_find(char found[PATH_MAX], Err *err);

/* Whether it begins with "#!". Such a wrapper has other programs to run, so
   only limits hold it. */
bool gnuplot_is_script(const char *program);

#endif
