/* Rows of cells -> data tables on a grid, or layout taken apart.
 *
 * A table of a page may hold figures, lay out the page, or do both (a whole report pasted into
 * one table).  So rows are judged, not tables: rows with long text or with another table in
 * them are layout and their content flows out in order; runs of the other rows are data. */
#include "readers/html_int.h"

/* A cell with this much text, or these many paragraphs of some length, is prose: the longest
 * label of the statutory tables has less than 40 characters. */
#define PROSE_BYTES 600
#define PROSE_PARAS 3
#define PROSE_PARAS_BYTES 240
#define PROSE_SINGLE_BYTES 180 /* in a table of one column */

/* Beyond this a colspan only says "all the rest". */
#define COLSPAN_SANE 64
#define ROWSPAN_MAX 65534

/* A grid this large that holds a few small tables is data, and they are its cells' text. */
#define FIRM_ROWS 6
#define FIRM_COLS 4

struct shape {
	size_t rows, cells, most; /* `most`: cells of the widest row */
	size_t inner_cells;       /* of tables inside */
	bool prose;               /* some cell is */
};

static size_t text_bytes(const struct html_cell *c, size_t *ret_paras)
{
	size_t bytes = 0, paras = 0;

	for (const struct html_item *i = c->items.first; i != NULL; i = i->next) {
		bytes += i->kind == HTML_PARA ? i->text.n : 0;
		paras += i->kind == HTML_PARA;
	}
	*ret_paras = paras;
	return bytes;
}

static size_t inner_cells(const struct html_cell *c)
{
	size_t n = 0;

	for (const struct html_item *i = c->items.first; i != NULL; i = i->next)
		if (i->kind == HTML_PIECE)
			n += i->piece->n_cells;
	return n;
}

static bool cell_blank(const struct html_cell *c)
{
	return c->items.first == NULL;
}

static bool cell_prose(const struct html_cell *c, bool firm)
{
	size_t paras, bytes = text_bytes(c, &paras);

	if (!firm && inner_cells(c) > 0)
		return true;
	return bytes > PROSE_BYTES || (paras >= PROSE_PARAS && bytes > PROSE_PARAS_BYTES);
}

static bool row_prose(const struct html_row *row, bool firm)
{
	for (const struct html_cell *c = row->first; c != NULL; c = c->next)
		if (cell_prose(c, firm))
			return true;
	return false;
}

/* A row of Word's that only gives widths: no height, nothing in it. */
static bool row_spacer(const struct html_row *row)
{
	if (!row->flat)
		return false;
	for (const struct html_cell *c = row->first; c != NULL; c = c->next)
		if (!cell_blank(c) || c->rowspan != 1)
			return false;
	return true;
}

/* The rows as they are shown: feet last, spacers gone. */
static struct html_row **rows_in_order(struct html_reader *r, const struct html_table *t,
				       size_t *ret_n)
{
	struct html_row **rows = ARENA_ARRAY(r->scratch, struct html_row *, t->n_rows);
	size_t n = 0;

	if (rows == NULL)
		return NULL;
	for (int feet = 0; feet <= 1; feet++)
		for (struct html_row *row = t->first; row != NULL; row = row->next)
			if ((row->group == GROUP_FOOT) == feet && !row_spacer(row))
				rows[n++] = row;
	*ret_n = n;
	return rows;
}

static struct shape shape_of(struct html_row *const *rows, size_t n)
{
	struct shape s = {.rows = n};

	for (size_t i = 0; i < n; i++) {
		s.cells += rows[i]->n_cells;
		if (rows[i]->n_cells > s.most)
			s.most = rows[i]->n_cells;
		for (const struct html_cell *c = rows[i]->first; c != NULL; c = c->next) {
			s.inner_cells += inner_cells(c);
			s.prose = s.prose || cell_prose(c, false);
		}
	}
	return s;
}

/* --- data: cells on the grid --- */

/* What a cell of a data table says: its paragraphs, one a line; tables in it likewise. */
static void cell_text(struct buf *out, const struct html_cell *c)
{
	for (const struct html_item *i = c->items.first; i != NULL; i = i->next) {
		if (i->kind == HTML_PICTURE)
			continue;
		if (i->kind == HTML_PARA) {
			if (out->n > 0)
				buf_ch(out, '\n');
			buf_add(out, i->text);
			continue;
		}
		for (size_t k = 0; k < i->piece->n_rows; k++) /* pieces in here hold no more */
			for (const struct html_cell *in = i->piece->rows[k]->first; in != NULL;
			     in = in->next)
				for (const struct html_item *p = in->items.first; p != NULL;
				     p = p->next)
					if (p->kind == HTML_PARA) {
						if (out->n > 0)
							buf_ch(out, '\n');
						buf_add(out, p->text);
					}
	}
}

/* Columns of the widest row, where an absurd colspan counts as one. */
static uint32_t width_of(const struct html_piece *p)
{
	uint32_t width = 1;

	for (size_t i = 0; i < p->n_rows; i++) {
		uint32_t n = 0;

		for (const struct html_cell *c = p->rows[i]->first; c != NULL; c = c->next) {
			n += c->colspan == 0 || c->colspan > COLSPAN_SANE ? 1 : c->colspan;
			if (n > LIMIT_TABLE_COLS)
				return LIMIT_TABLE_COLS;
		}
		if (n > width)
			width = n;
	}
	return width;
}

struct grid {
	struct html_reader *r;
	struct doc_table *table;
	uint32_t width;
	uint32_t down[LIMIT_TABLE_COLS]; /* first row below what covers a column from above */
	struct buf text;
};

/* How many columns a cell at (row, col) takes: as asked, but not over a cell from above. */
static uint32_t fit_colspan(const struct grid *g, const struct html_cell *c, size_t cells_behind,
			    uint32_t row, uint32_t col)
{
	uint32_t want = c->colspan ? c->colspan : 1, n = 1;

	if (want > COLSPAN_SANE) {
		uint32_t taken = col + (uint32_t)cells_behind;

		want = g->width > taken ? g->width - taken : 1;
	}
	while (n < want && col + n < LIMIT_TABLE_COLS && g->down[col + n] <= row)
		n++;
	return n;
}

static enum err place_cell(struct grid *g, const struct html_row *row, const struct html_cell *c,
			   struct doc_cell at)
{
	at.text = str_trim_wide(buf_str(&g->text));
	at.at = (struct place){0, c->line};
	at.header = c->header || row->group == GROUP_HEAD;
	at.align = c->align;
	return doc_cell_add(g->r->doc, g->table, at);
}

static enum err place_row(struct grid *g, const struct html_row *row, uint32_t at,
			  uint32_t group_end)
{
	uint32_t col = 0;
	size_t behind = row->n_cells;

	for (const struct html_cell *c = row->first; c != NULL; c = c->next) {
		uint32_t rows_left = group_end - at;
		struct doc_cell cell = {.row = at};
		enum err e;

		behind--;
		while (col < LIMIT_TABLE_COLS && g->down[col] > at)
			col++;
		if (col == LIMIT_TABLE_COLS)
			return ERR_LIMIT;
		cell.col = col;
		cell.colspan = fit_colspan(g, c, behind, at, col);
		cell.rowspan = c->rowspan == 0 || c->rowspan > rows_left ? rows_left : c->rowspan;
		for (uint32_t i = 0; i < cell.colspan; i++)
			g->down[col + i] = at + cell.rowspan;
		buf_clear(&g->text);
		cell_text(&g->text, c);
		e = buf_end(&g->text);
		if (e == ERR_OK)
			e = place_cell(g, row, c, cell);
		if (e != ERR_OK)
			return e;
		col += cell.colspan;
	}
	return ERR_OK;
}

/* Leading rows that repeat on each page: <thead>, or rows of <th> only. */
static uint32_t header_rows(const struct html_piece *p)
{
	uint32_t n = 0;

	for (; n < p->n_rows; n++) {
		const struct html_row *row = p->rows[n];

		if (row->group == GROUP_HEAD)
			continue;
		for (const struct html_cell *c = row->first; c != NULL; c = c->next)
			if (!c->header)
				return n;
		if (row->first == NULL)
			return n;
	}
	return n < p->n_rows ? n : 0;
}

static enum err fill(struct grid *g, const struct html_piece *p)
{
	size_t group_end = 0;
	enum err e = ERR_OK;

	for (size_t i = 0; i < p->n_rows && e == ERR_OK; i++) {
		if (i >= group_end)
			for (group_end = i + 1; group_end < p->n_rows; group_end++)
				if (p->rows[group_end]->group_no != p->rows[i]->group_no)
					break;
		if (i >= LIMIT_TABLE_ROWS)
			return ERR_LIMIT;
		e = place_row(g, p->rows[i], (uint32_t)i, (uint32_t)group_end);
	}
	return e;
}

static enum err emit_pictures(struct html_reader *r, const struct html_piece *p)
{
	for (size_t i = 0; i < p->n_rows; i++)
		for (const struct html_cell *c = p->rows[i]->first; c != NULL; c = c->next)
			for (const struct html_item *x = c->items.first; x != NULL; x = x->next) {
				struct place at = {0, x->line};
				enum err e;

				if (x->kind != HTML_PICTURE)
					continue;
				e = doc_picture(r->doc, x->text, at);
				if (e != ERR_OK)
					return e;
			}
	return ERR_OK;
}

/* To the doc; pictures in cells follow the table. */
static enum err emit_piece(struct html_reader *r, const struct html_piece *p)
{
	struct grid *g;
	enum err e;

	if (++r->n_tables > LIMIT_TABLES)
		return ERR_LIMIT;
	g = ARENA_NEW(r->scratch, struct grid);
	if (g == NULL)
		return arena_err(r->scratch);
	g->r = r;
	g->width = width_of(p);
	buf_init(&g->text, LIMIT_HTML_BYTES);
	e = doc_table_add(r->doc, TABLE_GRID, (struct place){0, p->line}, &g->table);
	if (e == ERR_OK)
		e = fill(g, p);
	buf_done(&g->text);
	if (e == ERR_OK)
		e = arena_str(r->doc->mem, p->caption, &g->table->caption);
	if (e == ERR_OK)
		e = doc_table_done(r->doc, g->table);
	if (e != ERR_OK)
		return e;
	g->table->header_rows = header_rows(p);
	return emit_pictures(r, p);
}

/* --- layout: content in order --- */

static void put_piece(struct html_reader *r, struct html_items *to, struct html_piece *p)
{
	struct html_item item = {.kind = HTML_PIECE, .line = p->line, .piece = p};
	enum err e;

	if (r->failed != ERR_OK)
		return;
	if (to != NULL) {
		html_put(r, to, item);
		return;
	}
	e = emit_piece(r, p);
	if (e != ERR_OK)
		html_fail(r, e);
}

static void splice_rows(struct html_reader *r, struct html_items *to, struct html_row *const *rows,
			size_t n)
{
	for (size_t i = 0; i < n; i++)
		for (const struct html_cell *c = rows[i]->first; c != NULL; c = c->next)
			for (struct html_item *x = c->items.first; x != NULL; x = x->next) {
				if (x->kind == HTML_PIECE)
					put_piece(r, to, x->piece);
				else
					html_put(r, to, *x);
			}
}

static void put_rows(struct html_reader *r, struct html_items *to, struct str caption,
		     uint32_t line, struct html_row **rows, size_t n)
{
	struct html_piece *p = ARENA_NEW(r->scratch, struct html_piece);

	if (p == NULL) {
		html_fail(r, arena_err(r->scratch));
		return;
	}
	p->rows = rows;
	p->n_rows = n;
	p->n_cells = shape_of(rows, n).cells;
	p->caption = caption;
	p->line = rows[0]->first != NULL ? rows[0]->first->line : line;
	put_piece(r, to, p);
}

/* Whether a run of rows without prose, inside a table that has some, is data. */
static bool run_is_data(const struct shape *s)
{
	return (s->rows >= 2 && s->most >= 3) || (s->rows >= 3 && s->most >= 2);
}

/* Rows with prose flow out; runs of others between them stay tables. */
static void take_apart(struct html_reader *r, struct html_items *to, const struct html_table *t,
		       struct html_row **rows, size_t n, bool firm)
{
	for (size_t i = 0; i < n;) {
		size_t end = i;
		struct shape s;

		while (end < n && !row_prose(rows[end], firm))
			end++;
		s = shape_of(rows + i, end - i);
		if (run_is_data(&s))
			put_rows(r, to, STR_NONE, t->line, rows + i, end - i);
		else
			splice_rows(r, to, rows + i, end - i);
		if (end < n)
			splice_rows(r, to, rows + end, 1);
		i = end + 1;
	}
}

static bool one_column_prose(struct html_row *const *rows, size_t n)
{
	for (size_t i = 0; i < n; i++)
		for (const struct html_cell *c = rows[i]->first; c != NULL; c = c->next) {
			size_t paras;

			if (text_bytes(c, &paras) > PROSE_SINGLE_BYTES || inner_cells(c) > 0)
				return true;
		}
	return false;
}

static void put_caption(struct html_reader *r, struct html_items *to, const struct html_table *t)
{
	struct html_item item = {
		.kind = HTML_PARA, .style = STYLE_CAPTION, .line = t->line, .text = t->caption};

	if (t->caption.n > 0)
		html_put(r, to, item);
}

void html_table_end(struct html_reader *r)
{
	struct html_table *t = r->table;
	struct html_items *to;
	struct html_row **rows;
	struct shape s;
	size_t n = 0;
	bool firm, data;

	r->table = t->parent;
	to = html_container(r);
	rows = rows_in_order(r, t, &n);
	if (rows == NULL) {
		html_fail(r, arena_err(r->scratch));
		return;
	}
	s = shape_of(rows, n);
	firm = s.rows >= FIRM_ROWS && s.most >= FIRM_COLS && s.inner_cells * 4 < s.cells;
	data = s.cells > 1 && (s.most > 1 || !one_column_prose(rows, n));
	for (size_t i = 0; i < n && data; i++)
		data = !row_prose(rows[i], firm);
	if (data) {
		put_rows(r, to, t->caption, t->line, rows, n);
		return;
	}
	put_caption(r, to, t);
	if (s.most <= 1)
		splice_rows(r, to, rows, n);
	else
		take_apart(r, to, t, rows, n, firm);
}
