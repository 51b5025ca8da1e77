/* Rows with tabs between the cells -> tables.
 *
 * Excel gives every row the same number of cells: a grid.  Word gives a cell merged over
 * columns once, so rows differ and only the order of cells is sure: ragged.  Excel quotes a
 * cell that has line breaks inside. */
#include <string.h>

#include "readers/text_int.h"

/* How far a quoted cell may reach. */
#define QUOTED_BYTES 2000
/* A line without tabs between two rows is a row of one cell only when it is short. */
#define LONE_BYTES 120

/* Length of a quoted cell with its quotes, 0 when the quote is just a quote. */
static size_t quoted(struct text_reader *r, struct str s)
{
	size_t max = s.n < QUOTED_BYTES ? s.n : QUOTED_BYTES;
	size_t i = 1;

	if (s.n < 2 || s.p[0] != '"')
		return 0;
	if (r->no_quote_before != NULL && s.p + 1 < r->no_quote_before)
		i = (size_t)(r->no_quote_before - s.p);
	for (; i < max; i++) {
		if (s.p[i] != '"')
			continue;
		if (i + 1 == s.n || s.p[i + 1] == '\t' || s.p[i + 1] == '\n')
			return i + 1;
		if (s.p[i + 1] == '"')
			i++;
	}
	if (i > max)
		i = max;
	r->no_quote_before = s.p + i;
	return 0;
}

/* Takes one row off the cursor, into r->cells when they are to be kept.  Returns the number of
 * tabs between cells. */
static size_t take_row(struct text_reader *r, struct cursor *at, bool keep, uint32_t row)
{
	uint32_t line = at->line;
	struct str s = at->rest;
	size_t tabs = 0;

	for (;;) {
		size_t n = quoted(r, s);
		struct str text = str_sub(s, n > 0, n > 0 ? n - 2 : 0);
		uint32_t first = line;
		bool is_quoted = n > 0;

		for (size_t i = 0; i < n; i++)
			line += s.p[i] == '\n';
		if (n == 0) {
			while (n < s.n && s.p[n] != '\t' && s.p[n] != '\n')
				n++;
			text = str_sub(s, 0, n);
		}
		if (keep)
			text_cell(r, text, row, first);
		if (keep && r->failed == ERR_OK)
			r->cells[r->n_cells - 1].quoted = is_quoted;
		s = str_from(s, n);
		if (s.n == 0 || s.p[0] == '\n')
			break;
		s = str_from(s, 1);
		tabs++;
	}
	at->rest = s.n > 0 ? str_from(s, 1) : STR_NONE;
	at->line = line + 1;
	return tabs;
}

/* Tabs between cells of the row at the cursor; a tab that only indents does not count. */
static size_t inner_tabs(struct text_reader *r, struct cursor at)
{
	struct str line = text_peek(at);
	size_t tabs;

	if (line.n == 0)
		return 0;
	if (line.p[0] != '"' && memchr(line.p, '\t', line.n) == NULL)
		return 0;
	tabs = take_row(r, &at, false, 0);
	return line.p[0] == '\t' && tabs == 1 ? 0 : tabs;
}

/* “第二十条第（五）项” between rows: a row of one cell. */
static bool lone_row(struct text_reader *r, struct cursor at)
{
	struct str line;

	if (!text_line(&at, &line) || text_blank(line) || line.n > LONE_BYTES ||
	    text_heading(line) || text_prose(line) || line.p[0] == '|' || line.p[0] == '#')
		return false;
	return inner_tabs(r, at) > 0;
}

static bool starts_like_figure(struct str s)
{
	s = str_trim_wide(s);
	return s.n == 0 || (s.p[0] >= '0' && s.p[0] <= '9') || s.p[0] == '-' || s.p[0] == '/';
}

struct tsv_shape {
	size_t rows, least, most; /* rows of more than one cell, and their tabs */
};

/* Two columns may also be “电话：<tab>…” in prose: then one figure must stand in the second. */
static bool is_table(const struct text_reader *r, const struct tsv_shape *s)
{
	size_t prose = 0;
	bool figure = false;

	for (size_t i = 0; i < r->n_cells; i++) {
		prose += text_prose(r->cells[i].text);
		figure = figure || (i > 0 && r->cells[i].row == r->cells[i - 1].row &&
				    starts_like_figure(r->cells[i].text));
	}
	return s->rows >= 2 && prose * 4 <= r->n_cells && (s->most > 1 || figure);
}

/* Doubled quotes of a cell that Excel quoted. */
static void unquote(struct text_reader *r)
{
	for (size_t i = 0; i < r->n_cells; i++) {
		struct text_cell *c = &r->cells[i];
		struct str copy;
		size_t n = 0;

		if (!c->quoted || !str_has(c->text, STR("\"\"")))
			continue;
		if (arena_str(r->scratch, c->text, &copy) != ERR_OK) {
			text_fail(r, arena_err(r->scratch));
			return;
		}
		for (size_t k = 0; k < copy.n; k++) {
			((char *)(uintptr_t)copy.p)[n++] = copy.p[k]; /* our own copy */
			k += copy.p[k] == '"' && k + 1 < copy.n && copy.p[k + 1] == '"';
		}
		c->text = str_sub(copy, 0, n);
	}
}

/* The lines up to the cursor as paragraphs. */
static void prose_lines(struct text_reader *r, struct cursor from)
{
	while (r->failed == ERR_OK && from.line < r->at.line) {
		uint32_t number = from.line;
		struct str line;

		if (!text_line(&from, &line))
			return;
		if (r->markdown)
			text_md_line(r, line, number);
		else
			text_para(r, STYLE_BODY, line, number);
	}
}

/* A tab behind the last cell of every row makes no cell. */
static void drop_trailing(struct text_reader *r)
{
	size_t kept = 0, rows = 0;

	for (size_t i = 0; i < r->n_cells; i++) {
		bool last = i + 1 == r->n_cells || r->cells[i + 1].row != r->cells[i].row;
		bool alone = i == 0 || r->cells[i - 1].row != r->cells[i].row;

		rows += last && !alone;
		if (last && !alone && str_trim_wide(r->cells[i].text).n > 0)
			return;
	}
	for (size_t i = 0; i < r->n_cells && rows > 0; i++) {
		bool last = i + 1 == r->n_cells || r->cells[i + 1].row != r->cells[i].row;
		bool alone = kept == 0 || r->cells[kept - 1].row != r->cells[i].row;

		if (!last || alone)
			r->cells[kept++] = r->cells[i];
	}
	r->n_cells = rows > 0 ? kept : r->n_cells;
}

/* Whether the line at the cursor is empty and a row with tabs follows it. */
static bool gap_between_rows(struct text_reader *r, struct cursor at)
{
	struct str line;

	return text_line(&at, &line) && text_blank(line) && inner_tabs(r, at) > 0;
}

bool text_tsv(struct text_reader *r)
{
	struct tsv_shape s = {0, (size_t)-1, 0};
	const struct cursor start = r->at;
	uint32_t row = 0;

	if (inner_tabs(r, r->at) == 0)
		return false;
	r->n_cells = 0;
	while (r->failed == ERR_OK) {
		struct str line = text_peek(r->at);
		bool has_tab = line.n > 0 && memchr(line.p, '\t', line.n) != NULL;
		size_t tabs;

		if (r->n_cells > 0 && gap_between_rows(r, r->at)) {
			(void)text_line(&r->at, &line);
			continue;
		}
		if (line.p == NULL ||
		    (!has_tab && inner_tabs(r, r->at) == 0 && !lone_row(r, r->at)))
			break;
		tabs = take_row(r, &r->at, true, row++);
		if (tabs == 0)
			continue;
		s.rows++;
		s.least = tabs < s.least ? tabs : s.least;
		s.most = tabs > s.most ? tabs : s.most;
	}
	if (!is_table(r, &s)) {
		prose_lines(r, start);
		return true;
	}
	unquote(r);
	drop_trailing(r);
	text_table(r, s.most - s.least <= 1 ? TABLE_GRID : TABLE_RAGGED, 0, r->n_cells);
	return true;
}
