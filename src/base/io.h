/* Files: read whole with a limit, written whole or not at all. */
#ifndef GONGKAI_BASE_IO_H
#define GONGKAI_BASE_IO_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/str.h"

/* Reads a regular file ("-": standard input) into `mem`.  A device, socket, pipe by name or a
 * folder is ERR_INPUT; more than `limit_bytes` is ERR_LIMIT; not there ERR_ABSENT; no right
 * ERR_DENIED.  Never blocks on a FIFO. */
MUST_USE enum err io_read(const char *path, size_t limit_bytes, struct arena *mem,
			  struct diag *diag, struct str *ret_bytes);

/* Writes beside the target, fsyncs, renames over it, fsyncs the folder: after any failure the
 * target is as it was and nothing is left beside it.  "-" writes to standard output.  An
 * existing target that is no regular file (/dev/null, a FIFO) is written to directly. */
MUST_USE enum err io_write(const char *path, struct str bytes, struct diag *diag);

#endif
