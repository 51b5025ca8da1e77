/* Growing bytes with a maximum and a sticky failure. */
#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/fault.h"
#include "base/utf8.h"

void buf_init(struct buf *b, size_t max_bytes)
{
	*b = (struct buf){.max = max_bytes};
}

void buf_done(struct buf *b)
{
	free(b->p);
	*b = (struct buf){.max = b->max};
}

void buf_fail(struct buf *b, enum err e)
{
	if (b->failed == ERR_OK)
		b->failed = e;
}

void buf_clear(struct buf *b)
{
	b->n = 0;
	b->failed = ERR_OK;
}

/* Room for `more` bytes and one NUL behind them. */
static bool room(struct buf *b, size_t more)
{
	size_t cap = b->cap ? b->cap : 256;
	char *p;

	if (b->failed != ERR_OK)
		return false;
	if (more > b->max || b->n > b->max - more) {
		buf_fail(b, ERR_LIMIT);
		return false;
	}
	if (b->n + more + 1 <= b->cap)
		return true;
	while (cap < b->n + more + 1)
		cap += cap / 2 + 64;
	p = fault_point(FAULT_ALLOC) ? NULL : realloc(b->p, cap);
	if (p == NULL) {
		buf_fail(b, ERR_NOMEM);
		return false;
	}
	b->p = p;
	b->cap = cap;
	return true;
}

void buf_add(struct buf *b, struct str s)
{
	if (s.n == 0 || !room(b, s.n))
		return;
	memcpy(b->p + b->n, s.p, s.n);
	b->n += s.n;
}

void buf_c(struct buf *b, const char *c)
{
	buf_add(b, str_c(c));
}

void buf_ch(struct buf *b, char c)
{
	buf_add(b, (struct str){&c, 1});
}

void buf_cp(struct buf *b, uint32_t codepoint)
{
	char bytes[4];

	buf_add(b, (struct str){bytes, utf8_put(codepoint, bytes)});
}

void buf_fmt(struct buf *b, const char *fmt, ...)
{
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	if (n < 0) {
		buf_fail(b, ERR_INPUT);
		return;
	}
	if (!room(b, (size_t)n))
		return;
	va_start(ap, fmt);
	(void)vsnprintf(b->p + b->n, (size_t)n + 1, fmt, ap);
	va_end(ap);
	b->n += (size_t)n;
}

struct str buf_str(const struct buf *b)
{
	return (struct str){b->p, b->n};
}

enum err buf_end(const struct buf *b)
{
	return b->failed;
}
