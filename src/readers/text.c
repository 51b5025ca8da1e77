/* Plain text -> doc: flattened Word text, Markdown, rows with tabs, and prose.
 *
 * A file is a row of regions, each recognised by its own shape; what is no table stays one
 * paragraph a line, since only the recogniser of the report knows which lines belong together.
 *
 * Flattened from Word or WPS: each cell is a line that begins with one tab, an empty line ends
 * a row, two end the table.  A cell merged over columns is there once; one merged over rows is
 * there once and then as a line with a tab alone.  Columns are lost: such a table is ragged. */
#include <string.h>

#include "base/utf8.h"
#include "readers/html_int.h"
#include "readers/limit.h"
#include "readers/readers.h"
#include "readers/text_int.h"

#define PROSE_BYTES 200
/* A line without tab below a cell belongs to it only when it is short. */
#define CONTINUATION_BYTES 240
#define CONTINUATION_LINES 6

bool text_line(struct cursor *at, struct str *ret_line)
{
	if (at->rest.n == 0 || !str_split(&at->rest, '\n', ret_line))
		return false;
	at->line++;
	return true;
}

struct str text_peek(struct cursor at)
{
	struct str line;

	return text_line(&at, &line) ? line : STR_NONE;
}

bool text_blank(struct str line)
{
	return str_trim_wide(line).n == 0 && (line.n == 0 || memchr(line.p, '\t', line.n) == NULL);
}

void text_fail(struct text_reader *r, enum err e)
{
	if (r->failed == ERR_OK)
		r->failed = e;
}

/* Tabs are control characters to a doc. */
static struct str without_tabs(struct text_reader *r, struct str s)
{
	struct str copy;
	enum err e;

	if (s.n == 0 || memchr(s.p, '\t', s.n) == NULL)
		return s;
	e = arena_str(r->scratch, s, &copy);
	if (e != ERR_OK) {
		text_fail(r, e);
		return STR_NONE;
	}
	for (size_t i = 0; i < copy.n; i++)
		if (copy.p[i] == '\t')
			((char *)(uintptr_t)copy.p)[i] = ' '; /* our own copy, a moment old */
	return copy;
}

void text_para(struct text_reader *r, enum para_style style, struct str text, uint32_t line)
{
	struct str part;

	while (r->failed == ERR_OK && str_split(&text, '\n', &part)) {
		part = without_tabs(r, str_trim_wide(part));
		while (part.n > 0 && r->failed == ERR_OK) {
			size_t n = part.n;

			if (n > LIMIT_PARA_BYTES) { /* cut between characters */
				n = LIMIT_PARA_BYTES;
				while (n > 1 && ((unsigned char)part.p[n] & 0xC0) == 0x80)
					n--;
			}
			text_fail(r, doc_para(r->doc, style, str_sub(part, 0, n),
					      (struct place){0, line}));
			part = str_from(part, n);
		}
		line++;
	}
}

void text_cell(struct text_reader *r, struct str text, uint32_t row, uint32_t line)
{
	struct text_cell *c;

	if (r->failed != ERR_OK)
		return;
	c = ARENA_PUSH(r->scratch, &r->cells, &r->n_cells, &r->cap_cells, LIMIT_TABLE_CELLS);
	if (c == NULL)
		text_fail(r, arena_err(r->scratch));
	else
		*c = (struct text_cell){.text = text, .row = row, .line = line};
}

void text_paras(struct text_reader *r, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		text_para(r, STYLE_BODY, r->cells[i].text, r->cells[i].line);
}

void text_table(struct text_reader *r, enum table_geometry geometry, size_t from, size_t to)
{
	struct doc_table *t;
	uint32_t row = UINT32_MAX, col = 0;
	enum err e = ++r->n_tables > LIMIT_TABLES ? ERR_LIMIT : ERR_OK;

	if (from == to || r->failed != ERR_OK)
		return;
	if (e == ERR_OK)
		e = doc_table_add(r->doc, geometry, (struct place){0, r->cells[from].line}, &t);
	for (size_t i = from; i < to && e == ERR_OK; i++) {
		const struct text_cell *c = &r->cells[i];
		struct doc_cell cell = {.rowspan = 1, .colspan = 1, .at = {0, c->line}};

		col = c->row == row ? col + 1 : 0;
		row = c->row;
		cell.row = row - r->cells[from].row;
		cell.col = col;
		cell.text = without_tabs(r, str_trim_wide(c->text));
		e = r->failed != ERR_OK ? r->failed : doc_cell_add(r->doc, t, cell);
	}
	if (e == ERR_OK)
		e = doc_table_done(r->doc, t);
	text_fail(r, e);
}

bool text_heading(struct str line)
{
	static const char digits[] = "一二三四五六七八九十";
	struct str s = str_trim_wide(line);
	size_t n = 0;

	for (; s.n >= 3; s = str_from(s, 3), n++) {
		size_t at = str_find(str_c(digits), str_sub(s, 0, 3), 0);

		if (at == STR_NPOS || at % 3 != 0)
			break;
	}
	return n > 0 && n <= 2 && str_starts(s, STR("、"));
}

bool text_prose(struct str cell)
{
	cell = str_trim_wide(cell);
	return cell.n > PROSE_BYTES || str_ends(cell, STR("。"));
}

/* --- flattened tables --- */

static bool flat_cell(struct str line)
{
	return line.n > 0 && line.p[0] == '\t' && memchr(line.p + 1, '\t', line.n - 1) == NULL;
}

/* Whether the line at the cursor, below a cell, is the next line of that cell: the table must
 * go on behind it. */
static bool continues_cell(struct cursor at)
{
	struct str line;

	for (int i = 0; i < CONTINUATION_LINES && text_line(&at, &line); i++) {
		if (flat_cell(line))
			return i > 0;
		if (text_blank(line))
			return i > 0 && flat_cell(text_peek(at));
		if (line.n > CONTINUATION_BYTES || text_heading(line) || text_prose(line) ||
		    memchr(line.p, '\t', line.n) != NULL || line.p[0] == '|' || line.p[0] == '#')
			return false;
	}
	return false;
}

/* Takes the lines of a region into r->cells. */
static void flat_gather(struct text_reader *r)
{
	uint32_t row = 0;
	unsigned blanks = 0;

	while (r->failed == ERR_OK) {
		struct cursor here = r->at;
		struct text_cell *last = r->n_cells ? &r->cells[r->n_cells - 1] : NULL;
		struct str line;

		if (!text_line(&r->at, &line))
			return;
		if (text_blank(line) && ++blanks < 2)
			continue;
		if (flat_cell(line)) {
			row += blanks && last != NULL;
			blanks = 0;
			text_cell(r, str_from(line, 1), row, here.line);
		} else if (blanks == 0 && last != NULL && continues_cell(here)) {
			/* the lines stand one behind the other in the source */
			last->text = str_n(last->text.p, (size_t)(line.p + line.n - last->text.p));
		} else {
			r->at = here;
			return;
		}
	}
}

/* Rows from `from` on up to a row that is a heading or a paragraph by itself; that row alone
 * when it stands first. */
static size_t flat_group(const struct text_reader *r, size_t from)
{
	size_t i = from;

	while (i < r->n_cells) {
		size_t end = i + 1;

		while (end < r->n_cells && r->cells[end].row == r->cells[i].row)
			end++;
		if (end == i + 1 &&
		    (text_heading(r->cells[i].text) || text_prose(r->cells[i].text)))
			return i > from ? i : end;
		i = end;
	}
	return i;
}

static bool group_is_table(const struct text_reader *r, size_t from, size_t to)
{
	size_t rows = r->cells[to - 1].row - r->cells[from].row + 1;
	size_t prose = 0, headings = 0, said = 0, in_row = 0, most = 0;

	for (size_t i = from; i < to; i++) {
		in_row = i > from && r->cells[i].row == r->cells[i - 1].row ? in_row + 1 : 1;
		most = in_row > most ? in_row : most;
		said += str_trim_wide(r->cells[i].text).n > 0;
		prose += text_prose(r->cells[i].text);
		headings += text_heading(r->cells[i].text);
	}
	if (prose * 4 > said || most < 2)
		return false;
	return rows >= 2 || (most >= 3 && headings == 0);
}

static bool flat_region(struct text_reader *r)
{
	if (!flat_cell(text_peek(r->at)))
		return false;
	r->n_cells = 0;
	flat_gather(r);
	for (size_t i = 0; i < r->n_cells && r->failed == ERR_OK;) {
		size_t end = flat_group(r, i);

		if (group_is_table(r, i, end))
			text_table(r, TABLE_RAGGED, i, end);
		else
			text_paras(r, i, end);
		i = end;
	}
	return true;
}

/* --- HTML tables inside text (some converters to Markdown keep them) --- */

static bool html_region(struct text_reader *r)
{
	struct str line = str_trim(text_peek(r->at)), whole = r->at.rest;
	size_t depth = 0, at = 0;

	if (line.n == 0 || line.p[0] != '<' || r->no_table_end || !str_has(line, STR("<table")))
		return false;
	do {
		size_t open = str_find(whole, STR("<table"), at);
		size_t close = str_find(whole, STR("</table>"), at);

		if (close == STR_NPOS) {
			r->no_table_end = true;
			return false;
		}
		depth += open < close ? 1 : (size_t)-1;
		at = open < close ? open + 6 : close + 8;
	} while (depth > 0);
	while (at < whole.n && whole.p[at] != '\n')
		at++;
	text_fail(r, html_append(r->doc, str_sub(whole, 0, at), r->at.line, r->diag));
	while (text_line(&r->at, &line) && line.p + line.n < whole.p + at)
		;
	return true;
}

/* --- the file --- */

static void read_region(struct text_reader *r)
{
	struct str line;
	uint32_t number = r->at.line;

	if (!r->fenced && (flat_region(r) || text_md_table(r) || text_tsv(r) || html_region(r)))
		return;
	if (!text_line(&r->at, &line))
		return;
	if (r->markdown)
		text_md_line(r, line, number);
	else
		text_para(r, STYLE_BODY, line, number);
}

static enum err read_all(struct text_reader *r, struct str text)
{
	r->at = (struct cursor){text, 1};
	r->markdown = text_md_file(text);
	while (r->at.rest.n > 0 && r->failed == ERR_OK) {
		struct cursor here = r->at;
		struct str line;

		if (text_line(&here, &line) && text_blank(line))
			r->at = here;
		else
			read_region(r);
	}
	if (r->failed == ERR_LIMIT)
		return reader_limit(r->doc, "the text", r->diag);
	return r->failed;
}

enum err text_read(struct str bytes, const struct read_env *env, struct arena *mem,
		   struct diag *diag, struct doc **ret)
{
	AUTO(arena) scratch = arena_new(LIMIT_DOC_MEMORY_BYTES);
	struct text_reader r = {.diag = diag, .scratch = scratch};
	struct str text, note;
	enum err e;

	(void)env; /* text needs no law and no foreign program */
	if (scratch == NULL)
		return ERR_NOMEM;
	e = charset_decode(bytes, STR_NONE, mem, diag, &text, &note);
	if (e == ERR_OK)
		e = doc_new(mem, DOC_SOURCE_TEXT, &r.doc);
	if (e == ERR_OK)
		e = read_all(&r, text);
	if (e != ERR_OK)
		return e;
	*ret = r.doc;
	return ERR_OK;
}
