/* Markdown: pipe tables, headings, and the marks inside a line.
 *
 * A row of dashes makes the row above it the first of a table.  Converters from PDF give each
 * fragment of a broken table its own row of dashes, with a row of figures above it; all rows
 * stay, in order, and each fragment is a table. */
#include <string.h>

#include "readers/text_int.h"

/* --- inline marks --- */

static bool punctuation(char c)
{
	return (c >= '!' && c <= '/') || (c >= ':' && c <= '@') || (c >= '[' && c <= '`') ||
	       (c >= '{' && c <= '~');
}

static bool alnum(char c)
{
	return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

/* Length of <br>, <br/>, <br /> at the front. */
static size_t br_tag(struct str s)
{
	size_t n = 3;

	if (s.n < 4 || !str_eq_nocase(str_sub(s, 0, 3), STR("<br")))
		return 0;
	while (n < s.n && (s.p[n] == ' ' || s.p[n] == '/'))
		n++;
	return n < s.n && s.p[n] == '>' ? n + 1 : 0;
}

struct inline_marks {
	bool strong, emphasis;       /* open */
	bool no_strong, no_emphasis; /* no closing mark in the rest: stop looking */
};

/* Whether ** at the front of `s` is a mark. */
static bool strong_mark(struct inline_marks *m, struct str s)
{
	if (!str_starts(s, STR("**")))
		return false;
	if (m->strong) {
		m->strong = false;
		return true;
	}
	if (m->no_strong || s.n < 5 || s.p[2] == ' ')
		return false;
	m->no_strong = str_find(s, STR("**"), 3) == STR_NPOS;
	m->strong = !m->no_strong;
	return m->strong;
}

/* Whether a single * at s[i] is a mark: 3*4*5 is none. */
static bool emphasis_mark(struct inline_marks *m, struct str s, size_t i)
{
	char before = i > 0 ? s.p[i - 1] : ' ', behind = i + 1 < s.n ? s.p[i + 1] : ' ';

	if (s.p[i] != '*' || before == '*' || behind == '*')
		return false;
	if (m->emphasis) {
		if (before == ' ' || alnum(behind))
			return false;
		m->emphasis = false;
		return true;
	}
	if (m->no_emphasis || behind == ' ' || alnum(before))
		return false;
	for (size_t k = i + 2; k < s.n; k++)
		if (s.p[k] == '*' && s.p[k - 1] != ' ' && s.p[k - 1] != '*' && s.p[k - 1] != '\\' &&
		    (k + 1 == s.n || (s.p[k + 1] != '*' && !alnum(s.p[k + 1])))) {
			m->emphasis = true;
			return true;
		}
	m->no_emphasis = true;
	return false;
}

/* [text](address) at the front: its length, and what is shown. */
static size_t link_mark(struct str s, struct str *ret_text)
{
	bool picture = str_starts(s, STR("!["));
	size_t from = picture ? 2 : 1, mid, end;

	if (s.n == 0 || (s.p[0] != '[' && !picture))
		return 0;
	s = str_sub(s, 0, 2000); /* no longer than any real link, so that a line of [ is cheap */
	mid = str_find(s, STR("]"), from);
	if (mid == STR_NPOS || !str_starts(str_from(s, mid), STR("](")))
		return 0;
	end = str_find(s, STR(")"), mid);
	if (end == STR_NPOS || memchr(s.p + from, '[', mid - from) != NULL)
		return 0;
	*ret_text = str_sub(s, mid + 2, end - mid - 2);
	if (!picture && !str_has(*ret_text, STR("/")) && !str_has(*ret_text, STR(":")) &&
	    !str_starts(*ret_text, STR("#")))
		return 0; /* [2019](60号) is no link */
	*ret_text = str_sub(s, from, mid - from);
	return end + 1;
}

static size_t one_mark(struct inline_marks *m, struct str s, size_t i, struct buf *out)
{
	struct str rest = str_from(s, i), text;
	size_t n;

	if (rest.p[0] == '\\' && rest.n > 1 && punctuation(rest.p[1])) {
		buf_ch(out, rest.p[1]);
		return 2;
	}
	n = br_tag(rest);
	if (n > 0) {
		buf_ch(out, '\n');
		return n;
	}
	if (strong_mark(m, rest))
		return 2;
	if (emphasis_mark(m, s, i))
		return 1;
	n = link_mark(rest, &text);
	if (n > 0) {
		buf_add(out, text);
		return n;
	}
	if (str_starts(rest, STR("&nbsp;"))) {
		buf_cp(out, 0xA0);
		return 6;
	}
	buf_ch(out, rest.p[0]);
	return 1;
}

/* Text without marks, in the scratch arena; `s` itself when it has none. */
static struct str inline_text(struct text_reader *r, struct str s)
{
	AUTO_BUF(out, LIMIT_HTML_BYTES);
	struct inline_marks m = {0};
	struct str plain = s;
	size_t i = 0;
	enum err e;

	while (i < s.n && strchr("\\<*![&", s.p[i]) == NULL)
		i++;
	if (i == s.n)
		return s;
	buf_add(&out, str_sub(s, 0, i));
	while (i < s.n && out.failed == ERR_OK)
		i += one_mark(&m, s, i, &out);
	e = buf_end(&out);
	if (e == ERR_OK)
		e = arena_str(r->scratch, buf_str(&out), &plain);
	text_fail(r, e);
	return plain;
}

/* --- tables --- */

/* Takes the next cell of a row: up to a | that is not escaped. */
static bool next_cell(struct str *row, struct str *ret_cell)
{
	size_t i = 0;

	if (row->n == 0)
		return false;
	while (i < row->n && row->p[i] != '|')
		i += row->p[i] == '\\' ? 2 : 1;
	if (i > row->n)
		i = row->n;
	*ret_cell = str_sub(*row, 0, i);
	*row = str_from(*row, i + 1);
	return true;
}

/* The row without the | at its front. */
static struct str row_body(struct str line)
{
	line = str_trim_wide(line);
	return line.n > 0 && line.p[0] == '|' ? str_from(line, 1) : line;
}

static size_t pipes(struct str line)
{
	size_t n = 0;

	for (size_t i = 0; i < line.n; i++) {
		n += line.p[i] == '|';
		i += line.p[i] == '\\';
	}
	return n;
}

/* |---|:-:| … */
static bool dashes(struct str line)
{
	struct str row = row_body(line), cell;
	size_t cells = 0;

	if (memchr(line.p ? line.p : "", '|', line.n) == NULL)
		return false;
	while (next_cell(&row, &cell)) {
		size_t n = 0, colons = 0;

		cell = str_trim(cell);
		for (size_t i = 0; i < cell.n; i++) {
			bool end = i == 0 || i + 1 == cell.n;

			if (cell.p[i] != '-' && !(cell.p[i] == ':' && end))
				return false;
			n += cell.p[i] == '-';
			colons += cell.p[i] == ':';
		}
		if (n < 3 && (n == 0 || colons == 0)) /* a lone - is a cell of figures: none */
			return false;
		cells++;
	}
	return cells > 0;
}

static bool starts_row(struct str line)
{
	line = str_trim_wide(line);
	return line.n > 0 && line.p[0] == '|';
}

static void take_cells(struct text_reader *r, struct str line, uint32_t row, uint32_t number)
{
	struct str body = row_body(line), cell;

	if (body.n == 0) /* a | alone */
		text_cell(r, STR_NONE, row, number);
	while (r->failed == ERR_OK && next_cell(&body, &cell))
		text_cell(r, inline_text(r, str_trim_wide(cell)), row, number);
}

/* Whether a table begins at the cursor. */
static bool table_here(struct cursor at)
{
	struct str line;

	if (!text_line(&at, &line) || line.n == 0 || memchr(line.p, '|', line.n) == NULL)
		return false;
	if (starts_row(line))
		return pipes(line) >= 2 || dashes(text_peek(at));
	return pipes(line) > 0 && dashes(text_peek(at));
}

bool text_md_table(struct text_reader *r)
{
	uint32_t row = 0;
	bool headed = false; /* the table at hand has its row of dashes */
	struct str line;

	if (!table_here(r->at))
		return false;
	r->n_cells = 0;
	while (r->failed == ERR_OK) {
		struct cursor here = r->at;

		if (!text_line(&r->at, &line))
			break;
		if (text_blank(line) || (!starts_row(line) && pipes(line) == 0)) {
			r->at = here;
			break;
		}
		if (dashes(line)) {
			headed = true;
			continue;
		}
		if (headed && dashes(text_peek(r->at))) { /* this row begins another table */
			text_table(r, TABLE_GRID, 0, r->n_cells);
			r->n_cells = 0;
			headed = false;
		}
		take_cells(r, line, row++, here.line);
	}
	text_table(r, TABLE_GRID, 0, r->n_cells);
	return true;
}

/* --- lines --- */

/* Number of # of a heading, 0 when it is none. */
static size_t heading_level(struct str line)
{
	size_t n = 0;

	while (n < line.n && line.p[n] == '#')
		n++;
	return n >= 1 && n <= 6 && n < line.n && (line.p[n] == ' ' || line.p[n] == '\t') ? n : 0;
}

bool text_md_file(struct str text)
{
	struct cursor at = {text, 1};
	struct str line;

	while (text_line(&at, &line)) {
		if (heading_level(line) > 0)
			return true;
		if (line.n > 0 && memchr(line.p, '|', line.n) != NULL && dashes(text_peek(at)))
			return true;
	}
	return false;
}

/* A line of three or more of the same mark. */
static bool rule_line(struct str line)
{
	line = str_trim(line);
	if (line.n < 3 ||
	    (line.p[0] != '-' && line.p[0] != '*' && line.p[0] != '_' && line.p[0] != '='))
		return false;
	for (size_t i = 1; i < line.n; i++)
		if (line.p[i] != line.p[0])
			return false;
	return true;
}

static struct str without_bullet(struct str line)
{
	line = str_trim_wide(line);
	while (str_starts(line, STR("> ")))
		line = str_trim_wide(str_from(line, 2));
	if (str_starts(line, STR("- ")) || str_starts(line, STR("* ")) ||
	    str_starts(line, STR("+ ")))
		line = str_trim_wide(str_from(line, 2));
	return line;
}

static void heading(struct text_reader *r, struct str line, size_t level, uint32_t number)
{
	enum para_style style = level == 1 ? STYLE_TITLE : level == 2 ? STYLE_HEAD_1 : STYLE_HEAD_2;
	struct str text = str_trim_wide(str_from(line, level)), bare = text;

	while (bare.n > 0 && bare.p[bare.n - 1] == '#')
		bare.n--;
	if (bare.n == 0 || bare.p[bare.n - 1] == ' ') /* a closing row of # */
		text = bare;
	text_para(r, style, inline_text(r, str_trim_wide(text)), number);
}

void text_md_line(struct text_reader *r, struct str line, uint32_t number)
{
	size_t level = heading_level(line), n;
	struct str alt;

	if (str_starts(str_trim(line), STR("```"))) {
		r->fenced = !r->fenced;
		return;
	}
	if (r->fenced) {
		text_para(r, STYLE_BODY, line, number);
		return;
	}
	if (level > 0) {
		heading(r, line, level, number);
		return;
	}
	if (rule_line(line))
		return;
	line = without_bullet(line);
	if (str_ends(line, STR("\\"))) /* a hard line break */
		line.n--;
	n = str_starts(line, STR("![")) ? link_mark(line, &alt) : 0;
	if (n > 0 && n == line.n)
		text_fail(r, doc_picture(r->doc, str_trim_wide(alt), (struct place){0, number}));
	else
		text_para(r, STYLE_BODY, inline_text(r, line), number);
}
