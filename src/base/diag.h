/* Words for a person about what went wrong, beside the enum err.
 *
 * The first (innermost) text stays: it knows most.  A caller adds only what it alone knows,
 * with diag_at.  One line, English, no trailing stop; the file's name is added by the command. */
#ifndef GONGKAI_BASE_DIAG_H
#define GONGKAI_BASE_DIAG_H

#include "base/err.h"
#include "base/limits.h"

struct diag {
	char text[LIMIT_DIAG_BYTES]; /* NUL-terminated, "" when nothing was said */
	unsigned page;               /* where in the input, counted from 1; 0 unknown */
	unsigned line;
};

#define DIAG_INIT ((struct diag){.text = ""})

/* Sets the text unless one is there already, and returns `e`, so that
 * `return diag_set(diag, ERR_INPUT, …)` reads as one act.  `diag` may be NULL. */
enum err diag_set(struct diag *diag, enum err e, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* Says where, unless that is known already. */
void diag_at(struct diag *diag, unsigned page, unsigned line);

#endif
