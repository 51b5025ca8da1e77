/* The XHTML of `pdftotext -bbox-layout`, read in one pass.
 *
 * Its shape is fixed (page, flow, block, line, word; four coordinates each), its head is not: a
 * title may hold raw bytes of any kind, so an XML parser would refuse files that read well.  Only
 * the tags that matter are looked at. */
#include <math.h>
#include <string.h>

#include "base/utf8.h"
#include "readers/boxes.h"

enum { SIDE_X0, SIDE_Y0, SIDE_X1, SIDE_Y1, SIDES };

#define LARGEST_COORDINATE 1e6f

enum err boxes_page(struct boxes *b, float width, float height, struct diag *diag)
{
	struct box_page *page =
		ARENA_PUSH(b->mem, &b->pages, &b->n_pages, &b->cap_pages, LIMIT_PDF_PAGES);

	if (page == NULL && arena_err(b->mem) == ERR_LIMIT)
		return diag_set(diag, ERR_LIMIT, "more than %d pages", LIMIT_PDF_PAGES);
	if (page == NULL)
		return arena_err(b->mem);
	page->width = isfinite(width) && width > 0 ? fminf(width, LARGEST_COORDINATE) : 595;
	page->height = isfinite(height) && height > 0 ? fminf(height, LARGEST_COORDINATE) : 842;
	return ERR_OK;
}

static float tame(float v)
{
	if (!isfinite(v))
		return 0;
	return fmaxf(-LARGEST_COORDINATE, fminf(v, LARGEST_COORDINATE));
}

enum err boxes_word(struct boxes *b, struct box_word word, struct diag *diag)
{
	struct box_word *w;

	if (str_empty(str_trim_wide(word.text)) || b->n_pages == 0)
		return ERR_OK;
	w = ARENA_PUSH(b->mem, &b->words, &b->n_words, &b->cap_words, LIMIT_PDF_WORDS);
	if (w == NULL && arena_err(b->mem) == ERR_LIMIT)
		return diag_set(diag, ERR_LIMIT, "more than %d words", LIMIT_PDF_WORDS);
	if (w == NULL)
		return arena_err(b->mem);
	*w = word;
	w->text = str_trim_wide(word.text);
	w->page = (uint32_t)b->n_pages;
	w->x0 = fminf(tame(word.x0), tame(word.x1));
	w->x1 = fmaxf(tame(word.x0), tame(word.x1));
	w->y0 = fminf(tame(word.y0), tame(word.y1));
	w->y1 = fmaxf(tame(word.y0), tame(word.y1));
	return ERR_OK;
}

/* A plain decimal; what is none counts as 0. */
static float number_at(struct str s)
{
	float v = 0, unit = 1;
	bool minus = s.n > 0 && s.p[0] == '-';
	bool point = false;

	for (size_t i = minus; i < s.n; i++) {
		if (s.p[i] == '.' && !point) {
			point = true;
		} else if (s.p[i] >= '0' && s.p[i] <= '9') {
			v = v * 10 + (float)(s.p[i] - '0');
			unit = point ? unit * 10 : 1;
			if (v > 1e9f)
				break;
		} else {
			break;
		}
	}
	v /= unit;
	return minus ? -v : v;
}

static float attr_number(struct str tag, struct str name)
{
	size_t at = str_find(tag, name, 0);
	struct str rest;

	if (at == STR_NPOS)
		return 0;
	rest = str_from(tag, at + name.n);
	return str_starts(rest, STR("=\"")) ? number_at(str_from(rest, 2)) : 0;
}

/* One reference such as &amp; or &#21; at the front of `s`; 0 when it is none. */
static size_t entity(struct str s, uint32_t *ret_cp)
{
	static const struct {
		const char *name;
		char ch;
	} known[] = {
		{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&apos;", '\''}};
	uint32_t cp = 0;
	size_t i = 2;
	bool hex = s.n > 3 && s.p[2] == 'x';

	for (size_t k = 0; k < sizeof(known) / sizeof(*known); k++) {
		if (str_starts(s, str_c(known[k].name))) {
			*ret_cp = (uint32_t)known[k].ch;
			return strlen(known[k].name);
		}
	}
	if (s.n < 4 || s.p[1] != '#')
		return 0;
	for (i += hex; i < s.n && i < 10; i++) {
		char c = (char)(s.p[i] >= 'A' && s.p[i] <= 'F' ? s.p[i] + 32 : s.p[i]);

		if (c >= '0' && c <= '9')
			cp = cp * (hex ? 16 : 10) + (uint32_t)(c - '0');
		else if (hex && c >= 'a' && c <= 'f')
			cp = cp * 16 + (uint32_t)(c - 'a' + 10);
		else
			break;
	}
	if (i >= s.n || s.p[i] != ';')
		return 0;
	*ret_cp = cp;
	return i + 1;
}

/* Text of a word with references resolved, valid UTF-8 and without control characters. */
static enum err plain_text(struct arena *mem, struct str raw, struct str *ret)
{
	/* A reference is never shorter than what it stands for; a bad byte becomes three. */
	char *out = arena_alloc(mem, raw.n * 3 + 1);
	size_t n = 0;

	if (out == NULL)
		return arena_err(mem);
	while (raw.n > 0) {
		uint32_t cp = 0;
		size_t used = raw.p[0] == '&' ? entity(raw, &cp) : 0;

		if (used > 0)
			raw = str_from(raw, used);
		else
			utf8_next(&raw, &cp);
		if (cp >= 0x20 && cp != 0x7f && !(cp >= 0x80 && cp < 0xa0))
			n += utf8_put(cp, out + n);
	}
	*ret = str_n(out, n);
	return ERR_OK;
}

static bool needs_work(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '&' || (unsigned char)s.p[i] < 0x20 || s.p[i] == 0x7f)
			return true;
	}
	return !utf8_valid(s);
}

static enum err add_word(struct boxes *b, struct str tag, struct str raw, uint32_t run,
			 struct diag *diag)
{
	struct box_word word = {
		.x0 = attr_number(tag, STR("xMin")),
		.y0 = attr_number(tag, STR("yMin")),
		.x1 = attr_number(tag, STR("xMax")),
		.y1 = attr_number(tag, STR("yMax")),
		.run = run,
		.text = raw,
	};

	if (needs_work(raw)) {
		enum err e = plain_text(b->mem, raw, &word.text);

		if (e != ERR_OK)
			return e;
	}
	return boxes_word(b, word, diag);
}

enum err boxes_parse(struct str xhtml, struct boxes *b, struct diag *diag)
{
	size_t at = str_find(xhtml, STR("<doc>"), 0);
	uint32_t run = 0;
	bool closed = false;

	if (at == STR_NPOS)
		return diag_set(diag, ERR_INPUT, "pdftotext gave no layout");
	while (!closed && (at = str_find(xhtml, STR("<"), at)) != STR_NPOS) {
		size_t end = str_find(xhtml, STR(">"), at);
		struct str tag;
		enum err e = ERR_OK;

		if (end == STR_NPOS)
			break;
		tag = str_sub(xhtml, at, end - at);
		at = end + 1;
		if (str_starts(tag, STR("<word "))) {
			size_t stop = str_find(xhtml, STR("</word>"), at);

			if (stop == STR_NPOS)
				break;
			e = add_word(b, tag, str_sub(xhtml, at, stop - at), run, diag);
			at = stop;
		} else if (str_starts(tag, STR("<line "))) {
			run++;
		} else if (str_starts(tag, STR("<page "))) {
			e = boxes_page(b, attr_number(tag, STR("width")),
				       attr_number(tag, STR("height")), diag);
		} else if (str_eq(tag, STR("</doc"))) {
			closed = true;
		}
		if (e != ERR_OK)
			return e;
	}
	if (!closed)
		return diag_set(diag, ERR_INPUT, "the layout from pdftotext is cut short");
	return ERR_OK;
}
