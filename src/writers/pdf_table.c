/* Tables of the PDF writer: measured once, then drawn row by row.  A table breaks between rows;
 * its header rows stand again on each page, and a cell that reaches over the break is closed
 * and goes on below it.  Text that is extracted again must show each number apart, so a number
 * never touches the next column: it is set smaller instead. */
#include "writers/pdf_int.h"
#include "writers/writers_int.h"

#define LINE_W 0.5 /* fine rules */
#define PAD_X 3.0  /* also keeps the numbers of two columns apart */
#define PAD_Y 2.0
#define LEADING 1.26 /* line height of cells, in sizes */
#define SIZE_MIN 4.0 /* a number is never set smaller, it breaks instead */
#define GAP 6.0      /* above and below a table */
#define KEEP_ROWS 2  /* rows that begin a table on a page beside its header */
#define KEEP_PART                                                                                  \
	0.5 /* a whole table moves on rather than break, if no more than this                      \
	       part of a page stays empty */

struct pdf_grid {
	const struct doc_table *table;
	double *x;    /* cols + 1 edges */
	double *h;    /* rows */
	double *size; /* of each cell's text */
	double base;
	double height, head; /* of all rows, of the header rows */
	size_t live;         /* cells before this one end above the rows still to be drawn */
};

static double cell_width(const struct pdf_grid *g, const struct doc_cell *c)
{
	double w = g->x[c->col + c->colspan] - g->x[c->col] - 2 * PAD_X;

	return w > 1 ? w : 1;
}

/* Sets the text of a cell; returns its height. */
static double cell_set(struct pdf *pdf, const struct pdf_grid *g, const struct doc_cell *c,
		       double size)
{
	int lines = pdf_set(pdf, FONT_FANG, size, c->text, cell_width(g, c), 0);

	return (double)lines * size * LEADING;
}

static double cell_measure(struct pdf *pdf, struct pdf_grid *g, size_t i)
{
	const struct doc_cell *c = &g->table->cells[i];
	double size = g->base, w = cell_width(g, c);

	if (str_empty(c->text)) {
		g->size[i] = size;
		return 0;
	}
	if (writer_is_figure(c->text)) {
		double full;

		pdf_set(pdf, FONT_FANG, size, c->text, 0, 0);
		full = pdf_line_width(pdf, pdf_lines(pdf)->data);
		if (full > w)
			size = size * w / full * 0.995;
		if (size < SIZE_MIN)
			size = SIZE_MIN;
	}
	g->size[i] = size;
	return cell_set(pdf, g, c, size);
}

static void columns(struct pdf_grid *g)
{
	const struct doc_table *t = g->table;
	double sum = 0, x = 0;

	for (uint32_t c = 0; c < t->cols; c++)
		sum += writer_width(t, c);
	if (!(sum > 0))
		sum = 1;
	for (uint32_t c = 0; c < t->cols; c++) {
		g->x[c] = x;
		x += writer_width(t, c) / sum * PDF_TEXT_W;
	}
	g->x[t->cols] = PDF_TEXT_W;
}

/* Row heights: first what cells of one row need, then what is still wanting under cells of
 * several rows, shared among them evenly. */
static void rows(struct pdf *pdf, struct pdf_grid *g)
{
	const struct doc_table *t = g->table;
	double least = g->base * LEADING + 2 * PAD_Y + (t->cols <= 6 ? 5 : 0);

	for (uint32_t r = 0; r < t->rows; r++)
		g->h[r] = least;
	for (size_t i = 0; i < t->n_cells; i++) {
		double need = cell_measure(pdf, g, i) + 2 * PAD_Y;

		if (t->cells[i].rowspan == 1 && g->h[t->cells[i].row] < need)
			g->h[t->cells[i].row] = need;
	}
	for (size_t i = 0; i < t->n_cells; i++) {
		const struct doc_cell *c = &t->cells[i];
		double have = 0, need;

		if (c->rowspan == 1 || str_empty(c->text))
			continue;
		for (uint32_t r = c->row; r < c->row + c->rowspan; r++)
			have += g->h[r];
		need = cell_set(pdf, g, c, g->size[i]) + 2 * PAD_Y;
		for (uint32_t r = c->row; need > have && r < c->row + c->rowspan; r++)
			g->h[r] += (need - have) / c->rowspan;
	}
}

static struct pdf_grid *measure(struct pdf *pdf, const struct doc_table *t)
{
	struct pdf_grid *g;

	if (pdf->measured == t)
		return pdf->grid;
	g = ARENA_NEW(pdf->mem, struct pdf_grid);
	if (g != NULL) {
		g->table = t;
		g->x = ARENA_ARRAY(pdf->mem, double, (size_t)t->cols + 1);
		g->h = ARENA_ARRAY(pdf->mem, double, t->rows);
		g->size = ARENA_ARRAY(pdf->mem, double, t->n_cells);
	}
	if (g == NULL || g->x == NULL || g->h == NULL || g->size == NULL) {
		pdf->failed = arena_err(pdf->mem);
		return NULL;
	}
	g->base = t->cols <= 6 ? 12.0 : 10.5; /* 小四, 五号 */
	columns(g);
	rows(pdf, g);
	for (uint32_t r = 0; r < t->rows; r++) {
		g->height += g->h[r];
		if (r < t->header_rows)
			g->head += g->h[r];
	}
	/* a header that fills the page leaves no room for what it heads: it is not repeated */
	if (g->head > PDF_TEXT_H / 2 || t->header_rows >= t->rows)
		g->head = 0;
	pdf->measured = t;
	pdf->grid = g;
	return g;
}

double pdf_table_first(struct pdf *pdf, const struct doc_table *t)
{
	struct pdf_grid *g = measure(pdf, t);
	double whole, need = GAP;
	uint32_t r;

	if (g == NULL || t->rows == 0)
		return 0;
	whole = g->height + 2 * GAP + (str_empty(t->caption) ? 0 : PDF_PITCH);
	if (whole <= PDF_TEXT_H - PDF_PITCH && pdf_left(pdf) <= PDF_TEXT_H * KEEP_PART)
		return whole;
	for (r = 0; r < t->rows && r < t->header_rows + KEEP_ROWS; r++)
		need += g->h[r];
	return need < PDF_TEXT_H - PDF_PITCH ? need : PDF_TEXT_H - PDF_PITCH;
}

static void rule(struct pdf *pdf, double x0, double y0, double x1, double y1)
{
	const struct pdf_calls *lib = pdf->lib;

	lib->cairo_move_to(pdf->cr, PDF_LEFT + x0, PDF_TOP + y0);
	lib->cairo_line_to(pdf->cr, PDF_LEFT + x1, PDF_TOP + y1);
}

/* One part of a cell: lines whose top lies in [from, to) of the cell's own text, in a box that
 * begins at (x, y).  A cell that fits is one part, centred in its box. */
static void cell_text(struct pdf *pdf, const struct pdf_grid *g, size_t i, double y, double h,
		      double from, bool sliced)
{
	const struct doc_cell *c = &g->table->cells[i];
	double size = g->size[i], lead = size * LEADING, w = cell_width(g, c);
	double x = g->x[c->col] + PAD_X, all = cell_set(pdf, g, c, size), top, at = 0;
	enum text_align align = writer_align(c);

	top = sliced ? y + PAD_Y - from : y + (h - all) / 2;
	for (GSList *l = pdf_lines(pdf); l != NULL; l = l->next, at += lead) {
		double slack = w - pdf_line_width(pdf, l->data), dx = 0;

		if (sliced && (at < from || at + lead > from + h))
			continue;
		if (align == ALIGN_CENTER)
			dx = slack / 2;
		else if (align == ALIGN_RIGHT)
			dx = slack;
		pdf_line(pdf, l->data, x + dx, top + at, lead, size);
	}
}

/* Draws rows [first, last) at the pen, and moves the pen below them.  Cells that began above
 * or end below are drawn as far as these rows go; their text stands in each part that has room
 * for it, and at least in the first. */
static void draw_rows(struct pdf *pdf, const struct pdf_grid *g, size_t from_cell, uint32_t first,
		      uint32_t last)
{
	const struct doc_table *t = g->table;
	double y0 = pdf->y;

	pdf->lib->cairo_set_line_width(pdf->cr, LINE_W);
	for (size_t i = from_cell; i < t->n_cells; i++) {
		const struct doc_cell *c = &t->cells[i];
		uint32_t top = c->row > first ? c->row : first;
		uint32_t end = c->row + c->rowspan < last ? c->row + c->rowspan : last;
		double y = y0, h = 0, x0 = g->x[c->col], x1 = g->x[c->col + c->colspan];

		if (c->row >= last)
			break; /* cells are sorted by row */
		if (top >= end)
			continue;
		for (uint32_t r = first; r < end; r++)
			*(r < top ? &y : &h) += g->h[r];
		pdf->lib->cairo_rectangle(pdf->cr, PDF_LEFT + x0, PDF_TOP + y, x1 - x0, h);
		if (str_empty(c->text))
			continue;
		if (c->row == top || cell_set(pdf, g, c, g->size[i]) + 2 * PAD_Y <= h)
			cell_text(pdf, g, i, y, h, 0, false);
	}
	for (uint32_t r = first; r < last; r++)
		pdf->y += g->h[r];
	rule(pdf, 0, y0, 0, pdf->y); /* the frame, also where a row lacks cells */
	rule(pdf, PDF_TEXT_W, y0, PDF_TEXT_W, pdf->y);
	rule(pdf, 0, y0, PDF_TEXT_W, y0);
	rule(pdf, 0, pdf->y, PDF_TEXT_W, pdf->y);
	pdf->lib->cairo_stroke(pdf->cr);
}

/* A row higher than a page: its text goes on line by line. */
static void draw_tall(struct pdf *pdf, const struct pdf_grid *g, uint32_t row)
{
	const struct doc_table *t = g->table;
	double lead = g->base * LEADING, done = 0;

	while (done + 2 * PAD_Y < g->h[row] && pdf->failed == ERR_OK) {
		double room = pdf_left(pdf) - 2 * PAD_Y, left = g->h[row] - 2 * PAD_Y - done, h;
		double lines = (double)(int)(room / lead);

		h = left < room ? left : lines * lead;
		if (lines < 1) {
			pdf_new_page(pdf);
			continue;
		}
		for (size_t i = g->live; i < t->n_cells && t->cells[i].row <= row; i++)
			if (t->cells[i].row + t->cells[i].rowspan > row) {
				const struct doc_cell *c = &t->cells[i];

				pdf->lib->cairo_rectangle(
					pdf->cr, PDF_LEFT + g->x[c->col], PDF_TOP + pdf->y,
					g->x[c->col + c->colspan] - g->x[c->col], h + 2 * PAD_Y);
				cell_text(pdf, g, i, pdf->y, h + 0.01, done, true);
			}
		pdf->lib->cairo_set_line_width(pdf->cr, LINE_W);
		pdf->lib->cairo_stroke(pdf->cr);
		pdf->y += h + 2 * PAD_Y;
		done += h;
	}
}

/* Whether a row only heads those below it. */
static bool heads_only(const struct pdf_grid *g, uint32_t row)
{
	const struct doc_table *t = g->table;
	bool any = false;

	for (size_t i = g->live; i < t->n_cells && t->cells[i].row <= row; i++) {
		if (t->cells[i].row + t->cells[i].rowspan <= row)
			continue;
		if (!t->cells[i].header)
			return false;
		any = true;
	}
	return any;
}

/* Where to break so that no header row stays behind at the foot of a page without what it
 * heads; `to` itself if that leaves nothing above. */
static uint32_t break_at(const struct pdf_grid *g, uint32_t from, uint32_t to)
{
	uint32_t cut = to;

	while (cut > from && cut < g->table->rows && heads_only(g, cut - 1))
		cut--;
	return cut > from ? cut : to;
}

void pdf_table(struct pdf *pdf, const struct doc_table *t)
{
	struct pdf_grid *g;
	uint32_t from = 0;

	if (t->rows == 0 || t->cols == 0)
		return;
	pdf_room(pdf, pdf_table_first(pdf, t));
	g = measure(pdf, t);
	if (g == NULL)
		return;
	if (!str_empty(t->caption)) {
		pdf_set(pdf, FONT_HEI, g->base, t->caption, PDF_TEXT_W, 0);
		for (GSList *l = pdf_lines(pdf); l != NULL; l = l->next, pdf->y += PDF_PITCH)
			pdf_line(pdf, l->data, (PDF_TEXT_W - pdf_line_width(pdf, l->data)) / 2,
				 pdf->y, PDF_PITCH, g->base);
	}
	pdf->y += pdf->y > 0 ? GAP : LINE_W;
	while (from < t->rows && pdf->failed == ERR_OK) {
		double h = 0;
		uint32_t to = from;

		while (g->live < t->n_cells &&
		       t->cells[g->live].row + t->cells[g->live].rowspan <= from)
			g->live++;
		while (to < t->rows && h + g->h[to] <= pdf_left(pdf) + 0.01)
			h += g->h[to++];
		to = break_at(g, from, to);
		if (to > from) {
			draw_rows(pdf, g, g->live, from, to);
			from = to;
		} else if (g->h[from] + g->head > PDF_TEXT_H - LINE_W) {
			draw_tall(pdf, g, from++);
			continue;
		}
		if (from < t->rows) {
			pdf_new_page(pdf);
			pdf->y = LINE_W;
			if (g->head > 0 && from >= t->header_rows)
				draw_rows(pdf, g, 0, 0, t->header_rows);
		}
	}
	pdf->y += GAP;
}
