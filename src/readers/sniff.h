/* What file_sniff and office_read share.  Private to the readers. */
#ifndef GONGKAI_READERS_SNIFF_H
#define GONGKAI_READERS_SNIFF_H

#include "base/str.h"

/* Whether the directory of a compound file has an entry of that name (ASCII, at most 31
 * characters).  False for bytes that are no compound file. */
bool ole_has(struct str bytes, const char *name);

#endif
