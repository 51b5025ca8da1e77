/* HTML -> doc: the page as a whole.
 *
 * The charset is looked for in the first 4 KB, the bytes become UTF-8, and libxml2's push
 * parser sends its events to html_sax.c; no tree is built and nothing is fetched.  When the
 * tables of a page all stand in parts that its own style hides (some sites show the text by
 * script), the page is read a second time with them. */
#include <string.h>

#include "base/utf8.h"
#include "readers/html_int.h"
#include "readers/limit.h"
#include "readers/readers.h"

#define DECLARED_WITHIN 4096

/* --- the declared charset --- */

static size_t find_nocase(struct str s, struct str needle, size_t from)
{
	for (; from + needle.n <= s.n; from++)
		if (str_eq_nocase(str_sub(s, from, needle.n), needle))
			return from;
	return STR_NPOS;
}

/* The value behind `name` and '=' in a tag, without quotes. */
static struct str value_of(struct str tag, struct str name)
{
	size_t at = find_nocase(tag, name, 0), n = 0;
	struct str v;

	if (at == STR_NPOS)
		return STR_NONE;
	v = str_trim(str_from(tag, at + name.n));
	if (v.n == 0 || v.p[0] != '=')
		return STR_NONE;
	v = str_trim(str_from(v, 1));
	while (v.n > 0 && (v.p[0] == '"' || v.p[0] == '\''))
		v = str_from(v, 1);
	while (n < v.n && (v.p[n] == '-' || v.p[n] == '_' || v.p[n] == ':' || v.p[n] == '.' ||
			   (v.p[n] >= '0' && v.p[n] <= '9') ||
			   ((v.p[n] | 0x20) >= 'a' && (v.p[n] | 0x20) <= 'z')))
		n++;
	return str_sub(v, 0, n);
}

static struct str declared_charset(struct str bytes)
{
	struct str head = str_sub(bytes, 0, DECLARED_WITHIN);
	size_t at = find_nocase(head, STR("<?xml"), 0);
	struct str found = STR_NONE;

	if (at != STR_NPOS)
		found = value_of(str_sub(head, at, 200), STR("encoding"));
	for (at = find_nocase(head, STR("<meta"), 0); at != STR_NPOS && found.n == 0;
	     at = find_nocase(head, STR("<meta"), at + 1)) {
		struct str tag = str_from(head, at);

		tag = str_sub(tag, 0, str_find(tag, STR(">"), 0));
		found = value_of(tag, STR("charset"));
	}
	return found;
}

/* --- what the page says about its publication --- */

static bool digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Digits at s[*at…], at most `most`; false when there are none. */
static bool digits(struct str s, size_t *at, size_t least, size_t most)
{
	size_t n = 0;

	while (*at + n < s.n && n < most && digit(s.p[*at + n]))
		n++;
	*at += n;
	return n >= least;
}

static bool separator(struct str s, size_t *at, struct str han)
{
	if (*at < s.n && (s.p[*at] == '-' || s.p[*at] == '/' || s.p[*at] == '.')) {
		(*at)++;
		return true;
	}
	if (!str_starts(str_from(s, *at), han))
		return false;
	*at += han.n;
	return true;
}

struct str html_date(struct str s)
{
	size_t at = 0;

	if (!digits(s, &at, 4, 4) || !separator(s, &at, STR("年")) || !digits(s, &at, 1, 2) ||
	    !separator(s, &at, STR("月")) || !digits(s, &at, 1, 2))
		return STR_NONE;
	if (str_starts(str_from(s, at), STR("日")))
		at += 3;
	return str_sub(s, 0, at);
}

static const char *const date_labels[] = {"发布日期", "发布时间", "公开日期", "公开时间",
					  "发表时间", "时间",     "日期"};
static const char *const body_labels[] = {"发布机构", "公开主体", "发布单位"};

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))
/* A line this long is prose, where “发布日期：” would be about something else. */
#define BOX_LINE_BYTES 600
/* Paragraphs and cells that are looked at, from the front. */
#define BOX_BLOCKS 400
#define BOX_CELLS 60

/* Without blanks and colons at both ends. */
static struct str strip_colon(struct str s)
{
	static const char *const colons[] = {":", "：", "】", "】：", "【"};

	for (bool again = true; again;) {
		again = false;
		s = str_trim_wide(s);
		for (size_t i = 0; i < COUNT(colons); i++) {
			struct str c = str_c(colons[i]);

			if (s.n > 0 && str_ends(s, c)) {
				s.n -= c.n;
				again = true;
			} else if (str_starts(s, c)) {
				s = str_from(s, c.n);
				again = true;
			}
		}
	}
	return s;
}

/* Whether a label at byte `at` begins a word of the line. */
static bool at_word(struct str line, size_t at)
{
	struct str before = str_sub(line, 0, at);
	uint32_t cp;

	if (!utf8_prev(&before, &cp))
		return true;
	return utf8_is_blank(cp) || cp == '[' || cp == 0x3010 || cp == '|' || cp == '(' ||
	       cp == 0xFF08;
}

/* “发布日期：2020-01-31” somewhere in a short line. */
static struct str date_in_line(struct str line)
{
	if (line.n > BOX_LINE_BYTES)
		return STR_NONE;
	for (size_t i = 0; i < COUNT(date_labels); i++) {
		struct str label = str_c(date_labels[i]);
		size_t at = str_find(line, label, 0);

		for (; at != STR_NPOS; at = str_find(line, label, at + label.n)) {
			struct str date = html_date(strip_colon(str_from(line, at + label.n)));

			if (at_word(line, at) && date.n > 0)
				return date;
		}
	}
	return STR_NONE;
}

static bool is_label(struct str text, const char *const *labels, size_t n)
{
	text = strip_colon(text);
	for (size_t i = 0; i < n; i++)
		if (str_eq(text, str_c(labels[i])))
			return true;
	return false;
}

static void look_in_table(const struct doc_table *t, struct str *date, struct str *body)
{
	if (t->n_cells > BOX_CELLS)
		return;
	for (size_t i = 0; i < t->n_cells; i++) {
		struct str text = t->cells[i].text;

		if (date->n == 0)
			*date = date_in_line(text);
		if (i + 1 == t->n_cells || t->cells[i + 1].row != t->cells[i].row)
			continue;
		if (date->n == 0 && is_label(text, date_labels, COUNT(date_labels)))
			*date = html_date(t->cells[i + 1].text);
		if (body->n == 0 && is_label(text, body_labels, COUNT(body_labels)))
			*body = t->cells[i + 1].text;
	}
}

enum err html_find_published(struct doc *doc)
{
	struct str date = doc->published, body = doc->site;
	enum err e = ERR_OK;

	for (size_t i = 0; i < doc->n_blocks && i < BOX_BLOCKS && date.n == 0; i++) {
		const struct doc_block *b = &doc->blocks[i];

		if (b->kind == BLOCK_TABLE)
			look_in_table(b->table, &date, &body);
		else if (b->kind == BLOCK_PARA)
			date = date_in_line(b->text);
	}
	for (size_t i = 0; i < doc->n_blocks && i < BOX_BLOCKS && body.n == 0; i++)
		if (doc->blocks[i].kind == BLOCK_TABLE)
			look_in_table(doc->blocks[i].table, &date, &body);
	if (date.n > 0 && doc->published.n == 0)
		e = arena_str(doc->mem, date, &doc->published);
	if (e == ERR_OK && body.n > 0 && doc->site.n == 0)
		e = arena_str(doc->mem, body, &doc->site);
	return e;
}

/* --- reading --- */

/* Once through the text.  `*ret_hidden` counts tables that were left out as not displayed. */
static enum err read_once(struct doc *doc, struct str text, uint32_t lines_before, bool keep_hidden,
			  struct diag *diag, size_t *ret_hidden)
{
	AUTO(arena) scratch = arena_new(LIMIT_DOC_MEMORY_BYTES);
	struct html_reader r = {.doc = doc, .scratch = scratch, .diag = diag};
	enum err e;

	if (scratch == NULL)
		return ERR_NOMEM;
	r.keep_hidden = keep_hidden;
	r.line_base = lines_before;
	e = html_parse(&r, text);
	*ret_hidden = r.hidden_tables;
	if (e == ERR_LIMIT)
		return reader_limit(doc, "the page", diag);
	return e;
}

static bool has_table(const struct doc *doc)
{
	for (size_t i = 0; i < doc->n_blocks; i++)
		if (doc->blocks[i].kind == BLOCK_TABLE)
			return true;
	return false;
}

enum err html_append(struct doc *doc, struct str text, uint32_t first_line, struct diag *diag)
{
	size_t hidden;

	return read_once(doc, text, first_line > 0 ? first_line - 1 : 0, false, diag, &hidden);
}

enum err html_read(struct str bytes, const struct read_env *env, struct arena *mem,
		   struct diag *diag, struct doc **ret)
{
	struct str text, note;
	struct doc *doc;
	size_t hidden;
	enum err e;

	(void)env; /* pages need no law and no foreign program */
	e = charset_decode(bytes, declared_charset(bytes), mem, diag, &text, &note);
	if (e == ERR_OK)
		e = doc_new(mem, DOC_SOURCE_HTML, &doc);
	if (e == ERR_OK)
		e = read_once(doc, text, 0, false, diag, &hidden);
	if (e == ERR_OK && hidden > 0 && !has_table(doc)) {
		e = doc_new(mem, DOC_SOURCE_HTML, &doc);
		if (e == ERR_OK)
			e = read_once(doc, text, 0, true, diag, &hidden);
		if (e == ERR_OK)
			e = doc_note_add(doc, STR("AR-R02"),
					 STR("网页默认不显示其中的表格，已按源代码读取。"),
					 (struct place){0, 0});
	}
	if (e == ERR_OK && note.n > 0)
		e = doc_note_add(doc, STR("AR-R01"), note, (struct place){0, 0});
	if (e == ERR_OK)
		e = html_find_published(doc);
	if (e != ERR_OK)
		return e;
	*ret = doc;
	return ERR_OK;
}
