/* HTML pages, written on top of a struct buf.
 *
 * Escaping is the short way to write; raw markup enters only through HTML(h, "literal"), which
 * does not compile for a variable.  The first failure of the page stays in the buffer and is
 * asked for once, at the end. */
#ifndef GONGKAI_FORMAT_HTML_H
#define GONGKAI_FORMAT_HTML_H

#include "base/buf.h"
#include "base/str.h"

struct html {
	struct buf *out;
};

static inline struct html html_on(struct buf *out)
{
	return (struct html){out};
}

/* HTML(h, "<p class=\"note\">"): "" before and behind it makes anything but a literal a syntax
 * error. */
#define HTML(h, literal) html_literal((h), "" literal "", sizeof(literal) - 1)
void html_literal(struct html *h, const char *literal, size_t n);

/* Text between tags.  Control characters other than \n and \t are left out. */
void html_text(struct html *h, struct str s);
/* The same, with <br> for each line break. */
void html_text_br(struct html *h, struct str s);
/* ` name="value"`, blank in front; `name` comes from the program, never from input. */
void html_attr(struct html *h, const char *name, struct str value);
void html_attr_int(struct html *h, const char *name, int64_t value);
void html_int(struct html *h, int64_t value);

MUST_USE enum err html_end(const struct html *h);

#endif
