/* Escaping for HTML pages. */
#include "format/html.h"

#include <inttypes.h>

void html_literal(struct html *h, const char *literal, size_t n)
{
	buf_add(h->out, (struct str){literal, n});
}

enum where { IN_TEXT, IN_TEXT_BR, IN_ATTR };

static struct str instead_of(unsigned char c, enum where where, bool *ret_plain)
{
	*ret_plain = false;
	switch (c) {
	case '&':
		return STR("&amp;");
	case '<':
		return STR("&lt;");
	case '>':
		return STR("&gt;");
	case '"':
		return STR("&quot;");
	case '\'':
		return STR("&#39;");
	case '\n':
		if (where == IN_TEXT_BR)
			return STR("<br>");
		break;
	case '\t':
		break;
	default:
		if (c < 0x20 || c == 0x7f)
			return STR("");
		break;
	}
	*ret_plain = true;
	return STR_NONE;
}

static void put(struct buf *out, struct str s, enum where where)
{
	size_t from = 0;

	for (size_t i = 0; i < s.n; i++) {
		bool plain;
		struct str instead = instead_of((unsigned char)s.p[i], where, &plain);

		if (plain)
			continue;
		buf_add(out, str_sub(s, from, i - from));
		buf_add(out, instead);
		from = i + 1;
	}
	buf_add(out, str_from(s, from));
}

void html_text(struct html *h, struct str s)
{
	put(h->out, s, IN_TEXT);
}

void html_text_br(struct html *h, struct str s)
{
	put(h->out, s, IN_TEXT_BR);
}

void html_attr(struct html *h, const char *name, struct str value)
{
	buf_ch(h->out, ' ');
	buf_c(h->out, name);
	buf_add(h->out, STR("=\""));
	put(h->out, value, IN_ATTR);
	buf_ch(h->out, '"');
}

void html_attr_int(struct html *h, const char *name, int64_t value)
{
	buf_fmt(h->out, " %s=\"%" PRId64 "\"", name, value);
}

void html_int(struct html *h, int64_t value)
{
	buf_fmt(h->out, "%" PRId64, value);
}

enum err html_end(const struct html *h)
{
	return buf_end(h->out);
}
