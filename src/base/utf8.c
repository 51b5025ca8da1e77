/* Strict UTF-8. */
#include "base/utf8.h"

#define BAD 0xFFFD

/* Length of the valid character at the front, 0 when there is none. */
static size_t decode(struct str s, uint32_t *cp)
{
	const unsigned char *p = (const unsigned char *)s.p;
	static const uint32_t least[5] = {0, 0, 0x80, 0x800, 0x10000};
	size_t n;
	uint32_t c;

	if (s.n == 0)
		return 0;
	if (p[0] < 0x80) {
		*cp = p[0];
		return 1;
	}
	n = p[0] >= 0xF0 ? 4 : p[0] >= 0xE0 ? 3 : 2;
	if (p[0] < 0xC2 || p[0] > 0xF4 || s.n < n)
		return 0;
	c = p[0] & (0x7Fu >> n);
	for (size_t i = 1; i < n; i++) {
		if ((p[i] & 0xC0) != 0x80)
			return 0;
		c = c << 6 | (p[i] & 0x3F);
	}
	if (c < least[n] || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF))
		return 0;
	*cp = c;
	return n;
}

bool utf8_next(struct str *s, uint32_t *ret_cp)
{
	size_t n;

	if (s->n == 0)
		return false;
	n = decode(*s, ret_cp);
	if (n == 0) {
		*ret_cp = BAD;
		n = 1;
	}
	s->p += n;
	s->n -= n;
	return true;
}

bool utf8_prev(struct str *s, uint32_t *ret_cp)
{
	for (size_t n = 1; n <= 4 && n <= s->n; n++) {
		struct str last = {s->p + s->n - n, n};

		if (decode(last, ret_cp) == n) {
			s->n -= n;
			return true;
		}
	}
	if (s->n == 0)
		return false;
	*ret_cp = BAD;
	s->n--;
	return true;
}

bool utf8_valid(struct str s)
{
	while (s.n > 0) {
		uint32_t cp;
		size_t n = decode(s, &cp);

		if (n == 0)
			return false;
		s.p += n;
		s.n -= n;
	}
	return true;
}

struct str utf8_whole(struct str s)
{
	for (size_t back = 1; back <= 3 && back <= s.n; back++) {
		unsigned char c = (unsigned char)s.p[s.n - back];

		if ((c & 0xC0) == 0x80)
			continue; /* inside a character: look for its first byte */
		if (c >= 0xC0 && (size_t)(c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : 2) > back)
			s.n -= back;
		break;
	}
	return s;
}

size_t utf8_count(struct str s)
{
	size_t n = 0;
	uint32_t cp;

	while (utf8_next(&s, &cp))
		n++;
	return n;
}

size_t utf8_offset(struct str s, size_t chars)
{
	struct str rest = s;
	uint32_t cp;

	while (chars > 0 && utf8_next(&rest, &cp))
		chars--;
	return s.n - rest.n;
}

size_t utf8_put(uint32_t cp, char ret_bytes[4])
{
	if (cp > 0x10FFFF || (cp >= 0xD800 && cp <= 0xDFFF))
		cp = BAD;
	if (cp < 0x80) {
		ret_bytes[0] = (char)cp;
		return 1;
	}
	if (cp < 0x800) {
		ret_bytes[0] = (char)(0xC0 | cp >> 6);
		ret_bytes[1] = (char)(0x80 | (cp & 0x3F));
		return 2;
	}
	if (cp < 0x10000) {
		ret_bytes[0] = (char)(0xE0 | cp >> 12);
		ret_bytes[1] = (char)(0x80 | (cp >> 6 & 0x3F));
		ret_bytes[2] = (char)(0x80 | (cp & 0x3F));
		return 3;
	}
	ret_bytes[0] = (char)(0xF0 | cp >> 18);
	ret_bytes[1] = (char)(0x80 | (cp >> 12 & 0x3F));
	ret_bytes[2] = (char)(0x80 | (cp >> 6 & 0x3F));
	ret_bytes[3] = (char)(0x80 | (cp & 0x3F));
	return 4;
}

bool utf8_is_blank(uint32_t cp)
{
	return cp == ' ' || (cp >= '\t' && cp <= '\r') || cp == 0x85 || cp == 0xA0 ||
	       cp == 0x1680 || (cp >= 0x2000 && cp <= 0x200F) || cp == 0x2028 || cp == 0x2029 ||
	       cp == 0x202F || cp == 0x205F || cp == 0x2060 || cp == 0x3000 || cp == 0xFEFF;
}

bool utf8_is_han(uint32_t cp)
{
	return (cp >= 0x4E00 && cp <= 0x9FFF) || (cp >= 0x3400 && cp <= 0x4DBF) ||
	       (cp >= 0xF900 && cp <= 0xFAFF) || (cp >= 0x20000 && cp <= 0x3FFFF) || cp == 0x3007;
}
