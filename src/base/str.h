/* A borrowed view of bytes.
 *
 * A struct str does not own what it points to and need not end in NUL; whoever made the view
 * keeps the bytes alive (mostly an arena).  An empty view may have p == NULL.  Text is UTF-8
 * unless a header says otherwise. */
#ifndef GONGKAI_BASE_STR_H
#define GONGKAI_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct str {
	const char *p;
	size_t n; /* bytes */
};

#define STR(literal) ((struct str){"" literal, sizeof(literal) - 1})
#define STR_NONE ((struct str){NULL, 0})
#define STR_FMT "%.*s"
#define STR_ARG(s) (int)(s).n, (s).p ? (s).p : ""

/* A view of a NUL-terminated string; NULL gives STR_NONE. */
struct str str_c(const char *c);
struct str str_n(const char *p, size_t n);

static inline bool str_empty(struct str s)
{
	return s.n == 0;
}

bool str_eq(struct str a, struct str b);
int str_cmp(struct str a, struct str b);        /* bytewise, shorter first; <0, 0, >0 */
bool str_eq_nocase(struct str a, struct str b); /* ASCII letters folded */
bool str_starts(struct str s, struct str prefix);
bool str_ends(struct str s, struct str suffix);
bool str_has(struct str s, struct str needle);

/* Byte offset of the first `needle` at or after `from`; STR_NPOS when there is none. */
#define STR_NPOS ((size_t)-1)
size_t str_find(struct str s, struct str needle, size_t from);
size_t str_rfind(struct str s, struct str needle);

/* Sub-view; `from` and `n` are clamped to the string. */
struct str str_sub(struct str s, size_t from, size_t n);
struct str str_from(struct str s, size_t from);

/* Without ASCII blanks (space, tab, CR, LF, VT, FF) at both ends. */
struct str str_trim(struct str s);
/* Without blanks of any script at both ends: also U+00A0, U+3000, U+2000…200B, U+FEFF. */
struct str str_trim_wide(struct str s);

/* Takes the part up to `sep` off the front of *rest; false when *rest is used up.
 * "a,,b" gives "a", "", "b"; "a," gives "a", ""; "" gives "" once; STR_NONE gives nothing. */
bool str_split(struct str *rest, char sep, struct str *ret_part);

/* Decimal integer, optional sign, the whole of `s`; ERR_INPUT otherwise, ERR_LIMIT out of
 * 64 bits. */
MUST_USE enum err str_int(struct str s, int64_t *ret_value);

/* 64-bit FNV-1a; stable over runs and machines.  `seed` chains several parts. */
uint64_t str_hash(struct str s, uint64_t seed);
#define STR_HASH_SEED UINT64_C(0xcbf29ce484222325)

#endif
