/* Bytes that grow, with a maximum given at creation (as curl's dynbuf).
 *
 * The first failure is remembered and later additions do nothing, so a writer adds freely and
 * asks once, with buf_end, at the end. */
#ifndef GONGKAI_BASE_BUF_H
#define GONGKAI_BASE_BUF_H

#include "base/err.h"
#include "base/str.h"

struct buf {
	char *p;
	size_t n, cap, max;
	enum err failed;
};

void buf_init(struct buf *b, size_t max_bytes);
void buf_done(struct buf *b); /* frees; the buf may be used again after buf_init */
static inline void buf_auto_done(struct buf *b)
{
	buf_done(b);
}
/* AUTO_BUF(out, LIMIT_OUTPUT_BYTES); declares, initialises, frees on every way out. */
#define AUTO_BUF(name, max_bytes)                                                                  \
	__attribute__((cleanup(buf_auto_done))) struct buf name = {                                \
		.p = NULL, .n = 0, .cap = 0, .max = (max_bytes), .failed = ERR_OK}

void buf_add(struct buf *b, struct str s);
void buf_c(struct buf *b, const char *c); /* NUL-terminated */
void buf_ch(struct buf *b, char c);
void buf_cp(struct buf *b, uint32_t codepoint); /* as UTF-8; U+FFFD when it is none */
void buf_fmt(struct buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void buf_fail(struct buf *b, enum err e); /* records a failure of the writer's own */
void buf_clear(struct buf *b);            /* empties, keeps memory and forgets a failure */

/* What was written; valid until the next addition.  Never ends in NUL by promise. */
struct str buf_str(const struct buf *b);
/* The first failure of all additions, or ERR_OK. */
MUST_USE enum err buf_end(const struct buf *b);

#endif
