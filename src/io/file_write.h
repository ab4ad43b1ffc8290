/* file_write: the one way in which output reaches a path. */
#ifndef FILE_WRITE_H
#define FILE_WRITE_H

#include <stddef.h>

#include "base/err.h"

/* Put `bytes` at `path`: 0, or -1 (ERR_IO) with path and reason; on failure
   what was there before is unchanged.

   New names and regular files: a file without a name in the same directory
   is filled, synced, linked under a name of ours and renamed over `path`. So
   a reader sees the old or the new bytes, never a part; and a process that is
   killed while it writes leaves nothing behind. Where the file system knows
   no nameless files, the file has a temporary name from the start, which is
   removed on every failure; a caller that handles signals should let the call
   finish. The mode of an existing file is kept, a new one gets 0666 less the
   umask. A link to a regular file is followed and its target is replaced so.

   Devices, pipes, links that lead nowhere and everything under /dev and /proc
   are opened and written through: the node stays what it is. */
int file_write(const char *path, const char *bytes, size_t len, Err *err);

#endif
