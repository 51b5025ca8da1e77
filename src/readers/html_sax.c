/* The HTML parser's events -> paragraphs, pictures and rows of cells.
 *
 * Blanks collapse as in a browser, with one difference: a line break of the source between two
 * Chinese characters is nothing (browsers show a gap there that nobody wrote).  Elements are
 * kept on a stack of our own, so that whatever order the parser closes things in, tables,
 * skipped parts and heading styles stay balanced. */
#include <libxml/HTMLparser.h>
#include <string.h>

#include "base/utf8.h"
#include "format/xml.h"
#include "readers/html_int.h"

enum tag_kind {
	TAG_INLINE,
	TAG_BLOCK,
	TAG_SKIP, /* with all that is inside */
	TAG_H1,
	TAG_H2,
	TAG_H3,
	TAG_PRE,
	TAG_BR,
	TAG_IMG,
	TAG_META,
	TAG_TITLE,
	TAG_TABLE,
	TAG_CAPTION,
	TAG_GROUP,
	TAG_TR,
	TAG_CELL,
};

struct tag {
	const char *name;
	enum tag_kind kind;
};

/* Sorted by name; an element that is not here is inline. */
static const struct tag tags[] = {
	{"address", TAG_BLOCK},
	{"article", TAG_BLOCK},
	{"aside", TAG_BLOCK},
	{"blockquote", TAG_BLOCK},
	{"body", TAG_BLOCK},
	{"br", TAG_BR},
	{"button", TAG_SKIP},
	{"canvas", TAG_SKIP},
	{"caption", TAG_CAPTION},
	{"center", TAG_BLOCK},
	{"dd", TAG_BLOCK},
	{"del", TAG_SKIP},
	{"details", TAG_BLOCK},
	{"dir", TAG_BLOCK},
	{"div", TAG_BLOCK},
	{"dl", TAG_BLOCK},
	{"dt", TAG_BLOCK},
	{"fieldset", TAG_BLOCK},
	{"figcaption", TAG_BLOCK},
	{"figure", TAG_BLOCK},
	{"footer", TAG_BLOCK},
	{"form", TAG_BLOCK},
	{"h1", TAG_H1},
	{"h2", TAG_H2},
	{"h3", TAG_H3},
	{"h4", TAG_H3},
	{"h5", TAG_H3},
	{"h6", TAG_H3},
	{"head", TAG_BLOCK},
	{"header", TAG_BLOCK},
	{"hr", TAG_BLOCK},
	{"html", TAG_BLOCK},
	{"iframe", TAG_SKIP},
	{"img", TAG_IMG},
	{"legend", TAG_BLOCK},
	{"li", TAG_BLOCK},
	{"main", TAG_BLOCK},
	{"menu", TAG_BLOCK},
	{"meta", TAG_META},
	{"nav", TAG_BLOCK},
	{"noscript", TAG_SKIP},
	{"ol", TAG_BLOCK},
	{"option", TAG_SKIP},
	{"p", TAG_BLOCK},
	{"pre", TAG_PRE},
	{"rp", TAG_SKIP},
	{"rt", TAG_SKIP},
	{"script", TAG_SKIP},
	{"section", TAG_BLOCK},
	{"select", TAG_SKIP},
	{"style", TAG_SKIP},
	{"svg", TAG_SKIP},
	{"table", TAG_TABLE},
	{"tbody", TAG_GROUP},
	{"td", TAG_CELL},
	{"template", TAG_SKIP},
	{"textarea", TAG_SKIP},
	{"tfoot", TAG_GROUP},
	{"th", TAG_CELL},
	{"thead", TAG_GROUP},
	{"title", TAG_TITLE},
	{"tr", TAG_TR},
	{"ul", TAG_BLOCK},
	{"xml", TAG_SKIP},
	{"xmp", TAG_PRE},
};

struct html_open {
	const char *name; /* of the parser's dictionary, alive as long as the parser */
	enum tag_kind kind;
	bool skipping, hidden;
	bool own_frame; /* a cell, row, group or caption that belongs to the open table */
	enum para_style style_before;
};

static enum tag_kind tag_kind(const char *name)
{
	size_t lo = 0, hi = sizeof(tags) / sizeof(tags[0]);

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		int c = strcmp(name, tags[mid].name);

		if (c == 0)
			return tags[mid].kind;
		if (c < 0)
			hi = mid;
		else
			lo = mid + 1;
	}
	return TAG_INLINE;
}

void html_fail(struct html_reader *r, enum err e)
{
	if (r->failed == ERR_OK) {
		r->failed = e;
		xmlStopParser(r->parser);
	}
}

static uint32_t line_now(const struct html_reader *r)
{
	const htmlParserCtxt *parser = r->parser;
	int line = parser->input != NULL ? parser->input->line : 0;

	return r->line_base + (uint32_t)(line > 0 ? line : 0);
}

static struct str attr(const xmlChar **atts, const char *name)
{
	for (; atts != NULL && atts[0] != NULL; atts += 2)
		if (strcmp((const char *)atts[0], name) == 0)
			return atts[1] ? str_c((const char *)atts[1]) : STR("");
	return STR_NONE;
}

/* --- paragraphs --- */

struct html_items *html_container(struct html_reader *r)
{
	for (struct html_table *t = r->table; t != NULL; t = t->parent)
		if (t->cell != NULL)
			return &t->cell->items;
	return NULL;
}

/* To the doc: a paragraph a line, and none longer than the limit. */
static enum err doc_lines(struct doc *doc, const struct html_item *item)
{
	struct str rest = item->text, line;
	struct place at = {0, item->line};

	while (str_split(&rest, '\n', &line)) {
		line = str_trim_wide(line);
		while (line.n > 0) {
			size_t n = line.n;
			enum err e;

			if (n > LIMIT_PARA_BYTES) { /* cut between characters */
				n = LIMIT_PARA_BYTES;
				while (n > 1 && ((unsigned char)line.p[n] & 0xC0) == 0x80)
					n--;
			}
			e = doc_para(doc, item->style, str_sub(line, 0, n), at);
			if (e != ERR_OK)
				return e;
			line = str_from(line, n);
		}
	}
	return ERR_OK;
}

static enum err doc_item(struct doc *doc, const struct html_item *item)
{
	if (item->kind == HTML_PICTURE)
		return doc_picture(doc, item->text, (struct place){0, item->line});
	return doc_lines(doc, item);
}

void html_put(struct html_reader *r, struct html_items *to, struct html_item item)
{
	struct html_item *kept;
	enum err e = ERR_OK;

	if (r->failed != ERR_OK)
		return;
	if (to == NULL) {
		e = doc_item(r->doc, &item);
		if (e != ERR_OK)
			html_fail(r, e);
		return;
	}
	kept = ARENA_NEW(r->scratch, struct html_item);
	if (kept == NULL) {
		html_fail(r, arena_err(r->scratch));
		return;
	}
	*kept = item;
	kept->next = NULL;
	if (to->last != NULL)
		to->last->next = kept;
	else
		to->first = kept;
	to->last = kept;
	to->n++;
}

static void keep_caption(struct html_reader *r, struct str text)
{
	enum err e;

	if (str_empty(r->table->caption))
		e = arena_str(r->scratch, text, &r->table->caption);
	else
		e = arena_fmt(r->scratch, &r->table->caption, STR_FMT " " STR_FMT,
			      STR_ARG(r->table->caption), STR_ARG(text));
	if (e != ERR_OK)
		html_fail(r, e);
}

/* Ends the paragraph, if there is one. */
static void flush(struct html_reader *r)
{
	struct html_items *to;
	struct html_item item = {.kind = HTML_PARA, .style = r->style, .line = r->para_line};

	r->space = SPACE_NONE;
	if (r->para.n == 0 && r->para.failed == ERR_OK)
		return;
	if (buf_end(&r->para) != ERR_OK) {
		html_fail(r, buf_end(&r->para));
		return;
	}
	item.text = str_trim_wide(buf_str(&r->para));
	to = html_container(r);
	if (item.text.n > 0 && r->table != NULL && r->table->in_caption) {
		keep_caption(r, item.text);
	} else if (item.text.n > 0) {
		enum err e = to ? arena_str(r->scratch, item.text, &item.text) : ERR_OK;

		if (e != ERR_OK)
			html_fail(r, e);
		html_put(r, to, item);
	}
	buf_clear(&r->para);
}

static bool is_wide(uint32_t cp)
{
	return utf8_is_han(cp) || (cp >= 0x3000 && cp <= 0x30FF) ||
	       (cp >= 0xFF00 && cp <= 0xFF60) || (cp >= 0x2014 && cp <= 0x2026);
}

/* Writes the blank that was seen before `next`, if it counts. */
static void write_space(struct html_reader *r, struct str next)
{
	struct str before = buf_str(&r->para);
	uint32_t a, b;
	bool counts = before.n > 0 && before.p[before.n - 1] != '\n';

	if (counts && r->space == SPACE_BREAK && utf8_prev(&before, &a) && utf8_next(&next, &b))
		counts = !(is_wide(a) && is_wide(b));
	if (counts)
		buf_ch(&r->para, ' ');
	r->space = SPACE_NONE;
}

static void line_break(struct html_reader *r)
{
	if (html_container(r) == NULL) {
		flush(r);
		return;
	}
	r->space = SPACE_NONE;
	if (r->para.n > 0)
		buf_ch(&r->para, '\n');
}

/* References &#128; to &#159; name no control characters but what Windows-1252 has there. */
static uint32_t windows_1252(unsigned char c)
{
	static const uint16_t map[32] = {
		0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
		0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017D, 0,
		0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
		0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178,
	};

	return map[c - 0x80];
}

static void add_word(struct html_reader *r, struct str word, uint32_t line)
{
	size_t from = 0;

	if (r->space != SPACE_NONE)
		write_space(r, word);
	if (r->para.n == 0)
		r->para_line = line;
	for (size_t i = 0; i < word.n; i++) {
		const unsigned char *p = (const unsigned char *)word.p + i;
		bool c1 = p[0] == 0xC2 && i + 1 < word.n && p[1] < 0xA0;

		if (!c1 && p[0] >= 0x20 && p[0] != 0x7F)
			continue;
		buf_add(&r->para, str_sub(word, from, i - from));
		if (c1 && windows_1252(p[1]))
			buf_cp(&r->para, windows_1252(p[1]));
		i += c1;
		from = i + 1;
	}
	buf_add(&r->para, str_from(word, from));
}

static bool html_blank(char c)
{
	return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

static void add_blank(struct html_reader *r, char c)
{
	if (r->pre == 0) {
		if (c == '\n')
			r->space = SPACE_BREAK;
		else if (r->space == SPACE_NONE)
			r->space = SPACE_BLANK;
	} else if (c == '\n') {
		line_break(r);
	} else if (r->para.n > 0) {
		buf_ch(&r->para, ' ');
	}
}

static void on_text(void *user, const xmlChar *chars, int len)
{
	struct html_reader *r = user;
	struct str s = str_n((const char *)chars, len > 0 ? (size_t)len : 0);
	uint32_t line;

	if (r->failed != ERR_OK || r->skip > 0)
		return;
	if (r->in_title) {
		buf_add(&r->title, s);
		return;
	}
	line = line_now(r); /* that of the end of this piece: go back by its line breaks */
	for (size_t i = 0; i < s.n; i++)
		line -= s.p[i] == '\n' && line > 0;
	for (size_t i = 0; i < s.n;) {
		size_t from = i;

		if (html_blank(s.p[i])) {
			add_blank(r, s.p[i]);
			line += s.p[i++] == '\n';
			continue;
		}
		while (i < s.n && !html_blank(s.p[i]))
			i++;
		add_word(r, str_sub(s, from, i - from), line);
	}
	if (r->para.failed != ERR_OK)
		html_fail(r, r->para.failed);
}

/* --- elements --- */

/* Whether a word may stand in an inline style, in one of the ways that people write it: most
 * styles of a page are about fonts and need no closer look. */
static bool style_may_have(struct str style, struct str lower, struct str upper)
{
	return style.n > 0 && (str_has(style, lower) || str_has(style, upper));
}

/* Whether inline style has `property:value` (blanks and case do not matter), the value taken
 * up to its length. */
static bool style_has(struct str style, const char *property, const char *value)
{
	struct str part;

	while (str_split(&style, ';', &part)) {
		struct str name;

		if (!str_split(&part, ':', &name) || part.p == NULL)
			continue;
		part = str_sub(str_trim(part), 0, strlen(value));
		if (str_eq_nocase(str_trim(name), str_c(property)) &&
		    str_eq_nocase(part, str_c(value)))
			return true;
	}
	return false;
}

static bool is_hidden(const xmlChar **atts)
{
	struct str style = attr(atts, "style");

	if (atts == NULL)
		return false;
	for (const xmlChar **a = atts; a[0] != NULL; a += 2)
		if (strcmp((const char *)a[0], "hidden") == 0)
			return true;
	if (style_may_have(style, STR("isplay"), STR("ISPLAY")) &&
	    style_has(style, "display", "none"))
		return true;
	return style_may_have(style, STR("hide"), STR("HIDE")) &&
	       style_has(style, "mso-hide", "all");
}

/* Span attribute: digits at the front; `other` when there are none. */
static uint32_t span(struct str s, uint32_t other)
{
	uint32_t n = 0;
	size_t i = 0;

	s = str_trim(s);
	for (; i < s.n && s.p[i] >= '0' && s.p[i] <= '9'; i++)
		if (n < 100000)
			n = n * 10 + (uint32_t)(s.p[i] - '0');
	return i ? n : other;
}

static enum text_align cell_align(const xmlChar **atts)
{
	struct str how = attr(atts, "align"), style = attr(atts, "style");

	if (!style_may_have(style, STR("ext-align"), STR("EXT-ALIGN")))
		style = STR_NONE;
	if (str_eq_nocase(how, STR("center")) || style_has(style, "text-align", "center"))
		return ALIGN_CENTER;
	if (str_eq_nocase(how, STR("right")) || style_has(style, "text-align", "right"))
		return ALIGN_RIGHT;
	if (str_eq_nocase(how, STR("left")) || style_has(style, "text-align", "left"))
		return ALIGN_LEFT;
	return ALIGN_AUTO;
}

static void start_table(struct html_reader *r)
{
	struct html_table *t = ARENA_NEW(r->scratch, struct html_table);

	if (t == NULL) {
		html_fail(r, arena_err(r->scratch));
		return;
	}
	t->parent = r->table;
	t->group = GROUP_BODY;
	t->line = line_now(r);
	r->table = t;
}

static void start_row(struct html_reader *r, const xmlChar **atts)
{
	struct html_table *t = r->table;
	struct html_row *row = ARENA_NEW(r->scratch, struct html_row);
	struct str height = attr(atts, "height"), style = attr(atts, "style");

	if (row == NULL) {
		html_fail(r, arena_err(r->scratch));
		return;
	}
	row->group = t->group;
	row->group_no = t->group_no;
	row->flat = str_eq(str_trim(height), STR("0")) ||
		    (style_has(style, "height", "0") && !style_has(style, "height", "0."));
	if (t->last != NULL)
		t->last->next = row;
	else
		t->first = row;
	t->last = row;
	t->n_rows++;
	t->cell = NULL;
	t->row_open = true;
}

static void start_cell(struct html_reader *r, const char *name, const xmlChar **atts)
{
	struct html_table *t = r->table;
	struct html_cell *c;

	if (!t->row_open)
		start_row(r, NULL);
	if (r->failed != ERR_OK)
		return;
	c = ARENA_NEW(r->scratch, struct html_cell);
	if (c == NULL || ++r->n_cells > LIMIT_TABLE_CELLS) {
		html_fail(r, c == NULL ? arena_err(r->scratch) : ERR_LIMIT);
		return;
	}
	c->rowspan = span(attr(atts, "rowspan"), 1);
	c->colspan = span(attr(atts, "colspan"), 1);
	c->header = strcmp(name, "th") == 0;
	c->align = cell_align(atts);
	c->line = line_now(r);
	if (t->last->last != NULL)
		t->last->last->next = c;
	else
		t->last->first = c;
	t->last->last = c;
	t->last->n_cells++;
	t->cell = c;
}

static void start_group(struct html_table *t, const char *name)
{
	t->cell = NULL;
	t->row_open = false;
	t->group_no++;
	t->group = GROUP_BODY;
	if (strcmp(name, "thead") == 0)
		t->group = GROUP_HEAD;
	else if (strcmp(name, "tfoot") == 0)
		t->group = GROUP_FOOT;
}

static void take_meta(struct html_reader *r, const xmlChar **atts)
{
	static const char *const sites[] = {"sitename", "og:site_name"};
	static const char *const dates[] = {"pubdate", "publishdate", "article:published_time"};
	struct str name = attr(atts, "name"), content = str_trim_wide(attr(atts, "content"));
	struct str date = html_date(content);
	enum err e = ERR_OK;

	if (name.n == 0)
		name = attr(atts, "property");
	for (size_t i = 0; i < 2 && str_empty(r->doc->site); i++)
		if (content.n > 0 && str_eq_nocase(name, str_c(sites[i])))
			e = arena_str(r->doc->mem, content, &r->doc->site);
	for (size_t i = 0; i < 3 && str_empty(r->doc->published); i++)
		if (e == ERR_OK && date.n > 0 && str_eq_nocase(name, str_c(dates[i])))
			e = arena_str(r->doc->mem, date, &r->doc->published);
	if (e != ERR_OK)
		html_fail(r, e);
}

static void take_picture(struct html_reader *r, const xmlChar **atts)
{
	struct html_items *to = html_container(r);
	struct html_item item = {.kind = HTML_PICTURE, .line = line_now(r)};
	enum err e = ERR_OK;

	item.text = str_trim_wide(attr(atts, "alt"));
	for (size_t i = 0; i < item.text.n; i++)
		if ((unsigned char)item.text.p[i] < 0x20)
			item.text = STR(""); /* no one reads control characters aloud */
	if (to != NULL)
		e = arena_str(r->scratch, item.text, &item.text);
	if (e != ERR_OK)
		html_fail(r, e);
	html_put(r, to, item);
}

/* What an element that is not skipped begins. */
static void enter(struct html_reader *r, struct html_open *o, const xmlChar **atts)
{
	if (o->kind != TAG_INLINE && o->kind != TAG_BR && o->kind != TAG_IMG && o->kind != TAG_META)
		flush(r);
	o->own_frame = r->table != NULL;
	if (o->kind == TAG_BR)
		line_break(r);
	else if (o->kind == TAG_IMG)
		take_picture(r, atts);
	else if (o->kind == TAG_META)
		take_meta(r, atts);
	else if (o->kind == TAG_TITLE)
		r->in_title = str_empty(r->doc->title);
	else if (o->kind == TAG_PRE)
		r->pre++;
	else if (o->kind >= TAG_H1 && o->kind <= TAG_H3)
		r->style = o->kind == TAG_H1   ? STYLE_TITLE
			   : o->kind == TAG_H2 ? STYLE_HEAD_1
					       : STYLE_HEAD_2;
	else if (o->kind == TAG_TABLE)
		start_table(r);
	else if (r->table == NULL)
		; /* table parts outside of any table are plain blocks */
	else if (o->kind == TAG_CAPTION)
		r->table->in_caption = true;
	else if (o->kind == TAG_GROUP)
		start_group(r->table, o->name);
	else if (o->kind == TAG_TR)
		start_row(r, atts);
	else if (o->kind == TAG_CELL)
		start_cell(r, o->name, atts);
}

#define TEXT(x) TEXT_OF(x)
#define TEXT_OF(x) #x
#define ADVICE "; copy its text into a DOCX and give that"
static const char too_deep[] =
	"elements are nested more than " TEXT(LIMIT_HTML_DEPTH) " deep" ADVICE;
static const char too_many_attrs[] =
	"an element of the page has more than " TEXT(LIMIT_MARKUP_ATTRS) " attributes" ADVICE;
static const char too_many_names[] =
	"the page uses more than " TEXT(LIMIT_MARKUP_NAMES) " different names of elements" ADVICE;

static void fail_limit(struct html_reader *r, const char *which)
{
	(void)diag_set(r->diag, ERR_LIMIT, "%s", which);
	diag_at(r->diag, 0, line_now(r));
	html_fail(r, ERR_LIMIT);
}

/* What a form shows in a cell is what the cell shows. */
static void show_field(struct html_reader *r, const char *name, const xmlChar **atts)
{
	struct str type, value;

	if (strcmp(name, "input") != 0 || r->table == NULL || r->skip > 0)
		return;
	type = attr(atts, "type");
	value = attr(atts, "value");
	if (value.n > 0 && value.n < INT32_MAX &&
	    (type.n == 0 || str_eq(type, STR("text")) || str_eq(type, STR("number"))))
		on_text(r, (const xmlChar *)value.p, (int)value.n);
}

static void on_start(void *user, const xmlChar *xml_name, const xmlChar **atts)
{
	struct html_reader *r = user;
	struct html_open o = {.name = (const char *)xml_name, .style_before = r->style};
	bool hidden;

	if (r->failed != ERR_OK)
		return;
	if (r->depth == LIMIT_HTML_DEPTH) {
		fail_limit(r, too_deep);
		return;
	}
	for (size_t n = 0; atts != NULL && atts[n] != NULL; n += 2)
		if (n >= 2 * LIMIT_MARKUP_ATTRS) {
			fail_limit(r, too_many_attrs);
			return;
		}
	o.kind = tag_kind(o.name);
	hidden = r->skip == 0 && !r->keep_hidden && is_hidden(atts);
	o.hidden = hidden;
	r->hidden += hidden;
	if (o.kind == TAG_TABLE && r->hidden > 0)
		r->hidden_tables++;
	o.skipping = o.kind == TAG_SKIP || hidden;
	if (o.skipping || r->skip > 0)
		r->skip += o.skipping;
	else
		enter(r, &o, atts);
	show_field(r, o.name, atts);
	r->open[r->depth++] = o;
}

static void end_title(struct html_reader *r)
{
	struct str title = str_trim_wide(buf_str(&r->title));
	enum err e = buf_end(&r->title);

	r->in_title = false;
	for (size_t i = 0; i < r->title.n; i++)
		if ((unsigned char)r->title.p[i] < 0x20 || r->title.p[i] == 0x7F)
			r->title.p[i] = ' ';
	if (e == ERR_OK && title.n > 0)
		e = arena_str(r->doc->mem, title, &r->doc->title);
	buf_clear(&r->title);
	if (e != ERR_OK)
		html_fail(r, e);
}

static void leave(struct html_reader *r, const struct html_open *o)
{
	if (o->kind == TAG_TITLE) {
		if (r->in_title)
			end_title(r);
		return;
	}
	if (o->kind == TAG_INLINE || o->kind == TAG_BR || o->kind == TAG_IMG || o->kind == TAG_META)
		return;
	flush(r);
	r->style = o->style_before;
	if (o->kind == TAG_PRE)
		r->pre--;
	else if (o->kind == TAG_TABLE)
		html_table_end(r);
	else if (!o->own_frame || r->table == NULL)
		return;
	else if (o->kind == TAG_CAPTION)
		r->table->in_caption = false;
	else if (o->kind == TAG_GROUP)
		start_group(r->table, "");
	else if (o->kind == TAG_TR)
		r->table->row_open = false;
	if (o->kind == TAG_TR || o->kind == TAG_CELL)
		r->table->cell = NULL;
}

static void pop(struct html_reader *r)
{
	struct html_open *o = &r->open[--r->depth];

	r->hidden -= o->hidden;
	if (o->skipping)
		r->skip--;
	else if (r->skip == 0 && r->failed == ERR_OK)
		leave(r, o);
}

static void on_end(void *user, const xmlChar *xml_name)
{
	struct html_reader *r = user;
	size_t at = r->depth;

	if (r->failed != ERR_OK)
		return;
	while (at > 0 && strcmp(r->open[at - 1].name, (const char *)xml_name) != 0)
		at--;
	while (at > 0 && r->depth >= at)
		pop(r);
}

static void on_cdata(void *user, const xmlChar *chars, int len)
{
	on_text(user, chars, len); /* inside <script> and <style>, which are skipped */
}

/* --- the parser --- */

/* Pieces small enough that the parser's own buffers stay small. */
#define FEED_BYTES 65536
#define CONDITION_BYTES 120

/* A start tag that the parser has not seen the end of.  It waits for the '>' and then compares
 * each attribute with all before, so they are counted here while they come in: as the parser
 * takes them, one character after the other. */
enum tag_part {
	IN_NAME,
	IN_GAP,
	IN_ATTR,
	BEHIND_ATTR,
	BEHIND_EQUALS,
	IN_QUOTES,
	IN_BARE,
	IN_JUNK,
	BEHIND
};

struct tag_scan {
	size_t start, at; /* bytes fed before the tag; bytes of it that were counted */
	unsigned attrs;
	enum tag_part part;
	char quote;
};

static bool begins_name(char c)
{
	return ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c == '_' || c == ':' || c == '.';
}

static void tag_step(struct tag_scan *t, char c)
{
	bool name = begins_name(c), blank = html_blank(c);

	if (t->part == BEHIND)
		return;
	if (t->part == IN_QUOTES) {
		t->part = c == t->quote ? IN_GAP : IN_QUOTES;
	} else if (c == '>') {
		t->part = BEHIND;
	} else if (t->part == BEHIND_EQUALS) {
		t->quote = c;
		if (!blank)
			t->part = c == '"' || c == '\'' ? IN_QUOTES : IN_BARE;
	} else if (t->part == IN_ATTR && (name || c == '-' || (c >= '0' && c <= '9'))) {
		return;
	} else if ((t->part == IN_ATTR || t->part == BEHIND_ATTR) && (blank || c == '=')) {
		t->part = c == '=' ? BEHIND_EQUALS : BEHIND_ATTR;
	} else if (t->part == IN_NAME || t->part == IN_BARE || t->part == IN_JUNK) {
		t->part = blank ? IN_GAP : t->part;
	} else if (!blank) {
		t->attrs += name;
		t->part = name ? IN_ATTR : IN_JUNK;
	}
}

/* What the parser keeps back of `fed` bytes, when that is a tag. */
static void count_waiting(struct html_reader *r, struct tag_scan *t, size_t fed)
{
	const xmlParserInput *input = ((htmlParserCtxtPtr)r->parser)->input;
	struct str left;

	if (input == NULL || input->end <= input->cur)
		return;
	left = str_n((const char *)input->cur, (size_t)(input->end - input->cur));
	if (left.n < 2 || left.p[0] != '<' || !begins_name(left.p[1]))
		return;
	if (t->start != fed - left.n)
		*t = (struct tag_scan){.start = fed - left.n, .at = 1};
	while (t->at < left.n && t->attrs <= LIMIT_MARKUP_ATTRS)
		tag_step(t, left.p[t->at++]);
	if (t->attrs > LIMIT_MARKUP_ATTRS)
		fail_limit(r, too_many_attrs);
}

static void feed(struct html_reader *r, struct str text)
{
	htmlParserCtxtPtr parser = r->parser;
	struct tag_scan tag = {.start = SIZE_MAX};
	size_t fed = 0;

	while (text.n > 0 && r->failed == ERR_OK) {
		struct str part = str_sub(text, 0, FEED_BYTES);

		(void)htmlParseChunk(parser, part.p, (int)part.n, 0); /* errors of form: read on */
		fed += part.n;
		if (parser->errNo == XML_ERR_NO_MEMORY)
			html_fail(r, ERR_NOMEM);
		else if (r->failed == ERR_OK && xmlDictSize(parser->dict) > LIMIT_MARKUP_NAMES)
			fail_limit(r, too_many_names);
		else if (r->failed == ERR_OK)
			count_waiting(r, &tag, fed);
		text = str_from(text, part.n);
	}
}

/* Length of Word's <![if …]> or <![endif]> at the front, 0 when it is none.  The parser would
 * take these for text.  (“<![endif]-->” ends a comment and is not one of them.) */
static size_t word_condition(struct str s)
{
	size_t end;

	if (!str_starts(s, STR("<![if")) && !str_starts(s, STR("<![endif")))
		return 0;
	end = str_find(str_sub(s, 0, CONDITION_BYTES), STR("]>"), 0);
	return end == STR_NPOS || memchr(s.p, '\n', end) != NULL ? 0 : end + 2;
}

/* The parser ends a document with its outermost element, but pages go on behind </html>, and
 * pasted fragments have no single element at all.  Inside an element that nobody else closes,
 * a later <html> and </html> are only noise to it. */
static enum err feed_page(struct html_reader *r, struct str text)
{
	size_t at = 0;

	feed(r, STR("<gongkai-root>"));
	while ((at = str_find(text, STR("<!["), at)) != STR_NPOS) {
		size_t n = word_condition(str_from(text, at));

		if (n == 0) {
			at += 3;
			continue;
		}
		feed(r, str_sub(text, 0, at));
		text = str_from(text, at + n);
		at = 0;
	}
	feed(r, text);
	if (r->failed == ERR_OK)
		(void)htmlParseChunk(r->parser, NULL, 0, 1);
	while (r->depth > 0)
		pop(r);
	flush(r);
	return r->failed;
}

enum err html_parse(struct html_reader *r, struct str text)
{
	htmlSAXHandler sax = {
		.startElement = on_start,
		.endElement = on_end,
		.characters = on_text,
		.ignorableWhitespace = on_text,
		.cdataBlock = on_cdata,
	};
	htmlParserCtxtPtr parser;
	enum err e;

	xml_quiet();
	parser = htmlCreatePushParserCtxt(&sax, r, NULL, 0, NULL, XML_CHAR_ENCODING_UTF8);
	if (parser == NULL)
		return ERR_NOMEM;
	(void)htmlCtxtUseOptions(parser, HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
						 HTML_PARSE_NONET | HTML_PARSE_NOIMPLIED |
						 HTML_PARSE_IGNORE_ENC);
	r->parser = parser;
	r->open = ARENA_ARRAY(r->scratch, struct html_open, LIMIT_HTML_DEPTH);
	buf_init(&r->para, LIMIT_HTML_BYTES);
	buf_init(&r->title, LIMIT_HTML_BYTES);
	e = r->open != NULL ? feed_page(r, text) : arena_err(r->scratch);
	buf_done(&r->para);
	buf_done(&r->title);
	if (parser->myDoc != NULL)
		xmlFreeDoc(parser->myDoc);
	htmlFreeParserCtxt(parser);
	r->parser = NULL;
	return e;
}
