/* Borrowed views of bytes: comparing, finding, cutting. */
#include "base/str.h"

#include <string.h>

#include "base/utf8.h"

struct str str_c(const char *c)
{
	return c ? (struct str){c, strlen(c)} : STR_NONE;
}

struct str str_n(const char *p, size_t n)
{
	return (struct str){p, n};
}

bool str_eq(struct str a, struct str b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

int str_cmp(struct str a, struct str b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int c = n ? memcmp(a.p, b.p, n) : 0;

	if (c != 0)
		return c;
	return a.n < b.n ? -1 : a.n > b.n;
}

static char ascii_lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

bool str_eq_nocase(struct str a, struct str b)
{
	if (a.n != b.n)
		return false;
	for (size_t i = 0; i < a.n; i++)
		if (ascii_lower(a.p[i]) != ascii_lower(b.p[i]))
			return false;
	return true;
}

bool str_starts(struct str s, struct str prefix)
{
	return s.n >= prefix.n && str_eq(str_sub(s, 0, prefix.n), prefix);
}

bool str_ends(struct str s, struct str suffix)
{
	return s.n >= suffix.n && str_eq(str_from(s, s.n - suffix.n), suffix);
}

bool str_has(struct str s, struct str needle)
{
	return str_find(s, needle, 0) != STR_NPOS;
}

size_t str_find(struct str s, struct str needle, size_t from)
{
	const char *hit;

	if (from > s.n)
		return STR_NPOS;
	if (needle.n == 0)
		return from;
	if (s.n - from < needle.n)
		return STR_NPOS;
	hit = memmem(s.p + from, s.n - from, needle.p, needle.n);
	return hit ? (size_t)(hit - s.p) : STR_NPOS;
}

size_t str_rfind(struct str s, struct str needle)
{
	size_t last = STR_NPOS;
	size_t at = str_find(s, needle, 0);

	while (at != STR_NPOS) {
		last = at;
		at = str_find(s, needle, at + 1);
	}
	return last;
}

struct str str_sub(struct str s, size_t from, size_t n)
{
	if (from > s.n)
		from = s.n;
	if (n > s.n - from)
		n = s.n - from;
	return (struct str){n ? s.p + from : s.p, n};
}

struct str str_from(struct str s, size_t from)
{
	return str_sub(s, from, s.n);
}

static bool ascii_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

struct str str_trim(struct str s)
{
	while (s.n > 0 && ascii_blank(s.p[0]))
		s = str_from(s, 1);
	while (s.n > 0 && ascii_blank(s.p[s.n - 1]))
		s.n--;
	return s;
}

struct str str_trim_wide(struct str s)
{
	for (;;) {
		struct str rest = s;
		uint32_t cp;

		if (!utf8_next(&rest, &cp) || !utf8_is_blank(cp))
			break;
		s = rest;
	}
	for (;;) {
		struct str rest = s;
		uint32_t cp;

		if (!utf8_prev(&rest, &cp) || !utf8_is_blank(cp))
			break;
		s = rest;
	}
	return s;
}

bool str_split(struct str *rest, char sep, struct str *ret_part)
{
	const char *hit;

	if (rest->p == NULL)
		return false;
	hit = rest->n ? memchr(rest->p, sep, rest->n) : NULL;
	if (hit == NULL) {
		*ret_part = *rest;
		*rest = STR_NONE;
		return true;
	}
	*ret_part = (struct str){rest->p, (size_t)(hit - rest->p)};
	*rest = (struct str){hit + 1, rest->n - ret_part->n - 1};
	return true;
}

enum err str_int(struct str s, int64_t *ret_value)
{
	bool minus = false;
	int64_t v = 0;

	if (s.n > 0 && (s.p[0] == '-' || s.p[0] == '+')) {
		minus = s.p[0] == '-';
		s = str_from(s, 1);
	}
	if (s.n == 0)
		return ERR_INPUT;
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return ERR_INPUT;
		if (__builtin_mul_overflow(v, (int64_t)10, &v) ||
		    __builtin_add_overflow(v, (int64_t)(s.p[i] - '0'), &v))
			return ERR_LIMIT;
	}
	*ret_value = minus ? -v : v;
	return ERR_OK;
}

uint64_t str_hash(struct str s, uint64_t seed)
{
	uint64_t h = seed;

	for (size_t i = 0; i < s.n; i++) {
		h ^= (unsigned char)s.p[i];
		h *= UINT64_C(0x100000001b3);
	}
	return h;
}
