/* One arena per document, request or job: many small allocations, freed at once.
 *
 * Memory from an arena is zeroed, aligned for any type, and lives until arena_free.  An arena
 * has a limit; beyond it, or when the system has no memory, allocation gives NULL and
 * arena_err tells which (ERR_LIMIT, ERR_NOMEM), so that a function may write
 * `if (p == NULL) return arena_err(mem);`.  The first failure stays on record.  One thread
 * at a time. */
#ifndef GONGKAI_BASE_ARENA_H
#define GONGKAI_BASE_ARENA_H

#include <stdarg.h>
#include <stddef.h>

#include "base/err.h"
#include "base/str.h"

struct arena;

/* NULL when memory ran out. */
struct arena *arena_new(size_t limit_bytes);
void arena_free(struct arena *mem);
AUTO_TYPE(arena, arena_free);

void *arena_alloc(struct arena *mem, size_t size_bytes);
#define ARENA_NEW(mem, type) ((type *)arena_alloc((mem), sizeof(type)))
/* NULL also when n * sizeof overflows; n == 0 gives a valid pointer. */
#define ARENA_ARRAY(mem, type, n) ((type *)arena_calloc((mem), (n), sizeof(type)))
void *arena_calloc(struct arena *mem, size_t n, size_t size_bytes);

enum err arena_err(const struct arena *mem); /* ERR_NOMEM when nothing was recorded */
size_t arena_used(const struct arena *mem);  /* bytes taken from the system */

/* Copies that end in NUL, so that ret->p serves as a C string too. */
MUST_USE enum err arena_str(struct arena *mem, struct str s, struct str *ret);
MUST_USE enum err arena_fmt(struct arena *mem, struct str *ret, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* Growing array inside an arena: room for one more item, or NULL.
 *     struct block *b = ARENA_PUSH(mem, &doc->blocks, &doc->n_blocks, &doc->cap, LIMIT);
 * The item is zeroed and counted.  `max` passed gives NULL with ERR_LIMIT on record. */
#define ARENA_PUSH(mem, items, n, cap, max)                                                        \
	((__typeof__(*(items)))arena_push((mem), (void **)(items), (n), (cap), sizeof(**(items)),  \
					  (max)))
void *arena_push(struct arena *mem, void **items, size_t *n, size_t *cap, size_t size_bytes,
		 size_t max);

#endif
