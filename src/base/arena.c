/* Chunked bump allocation with a limit. */
#include "base/arena.h"

#include <assert.h>
#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/fault.h"

#define CHUNK_FIRST 4096
#define CHUNK_LARGEST ((size_t)1024 * 1024)

struct chunk {
	struct chunk *next;
	size_t used, size;
	alignas(max_align_t) unsigned char bytes[];
};

struct arena {
	struct chunk *chunks; /* the newest first; only it has room */
	size_t limit, taken;
	enum err failed;
};

struct arena *arena_new(size_t limit_bytes)
{
	struct arena *mem = fault_point(FAULT_ALLOC) ? NULL : calloc(1, sizeof(*mem));

	if (mem != NULL)
		mem->limit = limit_bytes;
	return mem;
}

void arena_free(struct arena *mem)
{
	if (mem == NULL)
		return;
	for (struct chunk *c = mem->chunks; c != NULL;) {
		struct chunk *next = c->next;

		free(c);
		c = next;
	}
	free(mem);
}

static void *fail(struct arena *mem, enum err e)
{
	if (mem->failed == ERR_OK)
		mem->failed = e;
	return NULL;
}

static struct chunk *chunk_add(struct arena *mem, size_t need)
{
	size_t size = mem->chunks ? mem->chunks->size * 2 : CHUNK_FIRST;
	struct chunk *c;

	if (size > CHUNK_LARGEST)
		size = CHUNK_LARGEST;
	if (size < need)
		size = need;
	if (size > mem->limit - mem->taken)
		size = need; /* close to the limit: take no more than is asked for */
	if (size > mem->limit - mem->taken)
		return fail(mem, ERR_LIMIT);
	c = fault_point(FAULT_ALLOC) ? NULL : calloc(1, sizeof(*c) + size);
	if (c == NULL)
		return fail(mem, ERR_NOMEM);
	c->size = size;
	c->next = mem->chunks;
	mem->chunks = c;
	mem->taken += size;
	return c;
}

void *arena_alloc(struct arena *mem, size_t size_bytes)
{
	const size_t align = alignof(max_align_t);
	struct chunk *c = mem->chunks;
	void *p;

	if (size_bytes > SIZE_MAX - 2 * align - sizeof(*c))
		return fail(mem, ERR_LIMIT);
	size_bytes = (size_bytes + align - 1) / align * align;
	if (c == NULL || c->size - c->used < size_bytes)
		c = chunk_add(mem, size_bytes);
	if (c == NULL)
		return NULL;
	p = c->bytes + c->used;
	c->used += size_bytes;
	return p;
}

void *arena_calloc(struct arena *mem, size_t n, size_t size_bytes)
{
	size_t total;

	if (__builtin_mul_overflow(n, size_bytes, &total))
		return fail(mem, ERR_LIMIT);
	return arena_alloc(mem, total);
}

enum err arena_err(const struct arena *mem)
{
	return mem->failed != ERR_OK ? mem->failed : ERR_NOMEM;
}

size_t arena_used(const struct arena *mem)
{
	return mem->taken;
}

enum err arena_str(struct arena *mem, struct str s, struct str *ret)
{
	char *p = arena_alloc(mem, s.n + 1);

	if (p == NULL)
		return arena_err(mem);
	if (s.n)
		memcpy(p, s.p, s.n);
	*ret = (struct str){p, s.n};
	return ERR_OK;
}

enum err arena_fmt(struct arena *mem, struct str *ret, const char *fmt, ...)
{
	va_list ap;
	int n;
	char *p;

	va_start(ap, fmt);
	n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	assert(n >= 0); /* only a bad format or encoding fails, and formats are literals */
	p = arena_alloc(mem, (size_t)n + 1);
	if (p == NULL)
		return arena_err(mem);
	va_start(ap, fmt);
	(void)vsnprintf(p, (size_t)n + 1, fmt, ap);
	va_end(ap);
	*ret = (struct str){p, (size_t)n};
	return ERR_OK;
}

void *arena_push(struct arena *mem, void **items, size_t *n, size_t *cap, size_t size_bytes,
		 size_t max)
{
	if (*n >= max)
		return fail(mem, ERR_LIMIT);
	if (*n == *cap) {
		size_t more = *cap ? *cap * 2 : 8;
		void *bigger = arena_calloc(mem, more, size_bytes);

		if (bigger == NULL)
			return NULL;
		if (*n)
			memcpy(bigger, *items, *n * size_bytes);
		*items = bigger;
		*cap = more;
	}
	return (char *)*items + (*n)++ * size_bytes;
}
