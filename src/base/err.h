/* The one way a function says that it failed.
 *
 * The kind says what the caller may do about it; the words for a person go to a struct diag
 * (base/diag.h).  ERR_OK is zero, so `if (e)` reads as "if it failed". */
#ifndef GONGKAI_BASE_ERR_H
#define GONGKAI_BASE_ERR_H

enum err {
	ERR_OK = 0,
	ERR_INPUT,    /* the bytes or words given are wrong: tell the person what and where */
	ERR_LIMIT,    /* a named maximum of base/limits.h was passed */
	ERR_ABSENT,   /* what was asked for does not exist (a file, a year, an installed program) */
	ERR_CONFLICT, /* somebody else changed it meanwhile */
	ERR_DENIED,   /* no right to it */
	ERR_IO,       /* the system failed: disk, pipe, child process */
	ERR_NOMEM,    /* memory ran out */
};

#define MUST_USE __attribute__((warn_unused_result))

/* English name of a kind, for logs: "input", "limit" … Never NULL. */
const char *err_name(enum err e);

/* AUTO(arena) mem = arena_new(…); frees on every way out of the scope.
 * A type joins by AUTO_TYPE(arena, arena_free) in its header; the free function accepts NULL. */
#define AUTO_TYPE(type, free_fn)                                                                   \
	static inline void type##_auto_free(struct type **p)                                       \
	{                                                                                          \
		free_fn(*p);                                                                       \
	}                                                                                          \
	struct type
#define AUTO(type) __attribute__((cleanup(type##_auto_free))) struct type *

#endif
