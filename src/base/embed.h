/* Files built into the program by tools/embed.py. */
#ifndef GONGKAI_BASE_EMBED_H
#define GONGKAI_BASE_EMBED_H

#include "base/str.h"

struct embed_file {
	const char *name; /* without folders */
	struct str bytes;
};

#endif
