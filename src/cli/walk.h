/* The inputs of a call: files as named, and every file below a folder, sorted by name. */
#ifndef GONGKAI_CLI_WALK_H
#define GONGKAI_CLI_WALK_H

#include "base/arena.h"
#include "base/diag.h"

struct walk_item {
	const char *path;
	bool named;         /* by the caller, not found in a folder */
	const char *reason; /* a folder that could not be read: why; else NULL */
};

struct walk {
	struct walk_item *items;
	size_t n, cap;
};

/* Names are never split or re-encoded.  Links to folders are not followed.  ERR_LIMIT beyond
 * LIMIT_PATHS; LIMIT_WALK_DEPTH folders deep becomes an item with a reason. */
MUST_USE enum err walk_paths(const char *const *paths, size_t n, struct arena *mem,
			     struct walk *ret);

#endif
