/* The second half of table 3: figures to columns and to labels, and the grid that comes of it. */
#include <math.h>
#include <stdlib.h>

#include "base/han.h"
#include "base/utf8.h"
#include "readers/boxes_table3.h"

#define LABEL_COLS 3
#define TABLE3_ROWS_MAX 160
#define REACH 1.7f     /* heights of a figure that it may stand beside its label */
#define NEAR_TIE 0.35f /* heights: two labels are equally near */

/* --- figures --- */

static size_t nearest_column(const struct table3 *t, const struct frag *f, bool *ret_sure)
{
	size_t best = 0, over = 0;
	float apart = 1e9f;

	for (size_t c = 0; c < TABLE3_COLS; c++) {
		float d = fabsf(mid_x(f) - t->col[c]);

		if (d < apart) {
			apart = d;
			best = c;
		}
		over += f->x0 < t->col[c] - 1 && f->x1 > t->col[c] + 1;
	}
	/* A figure that covers two columns is two figures run together. */
	*ret_sure = apart < 0.45f * t->pitch + (f->x1 - f->x0) * 0.1f && over <= 1;
	return best;
}

static struct figures *figures_at(struct table3 *t, const struct frag *f)
{
	struct figures *r;

	for (size_t i = t->n_rows; i > 0 && i + 3 > t->n_rows; i--) {
		float h;

		r = &t->rows[i - 1];
		h = fminf(r->y1 - r->y0, f->y1 - f->y0);
		if (r->page == f->page && fabsf((r->y0 + r->y1) / 2 - mid_y(f)) < 0.4f * h)
			return r;
	}
	if (t->n_rows == TABLE3_ROWS_MAX)
		return NULL;
	r = &t->rows[t->n_rows++];
	*r = (struct figures){
		.y0 = f->y0, .y1 = f->y1, .page = f->page, .block = TABLE3_BLOCKS_MAX};
	return r;
}

/* What else may stand in a number cell: 3件, 251000元, a stray sign. */
static bool is_cell_text(const struct table3 *t, const struct frag *f)
{
	return !f->used && mid_x(f) > t->label_edge && utf8_count(f->fold) <= 8;
}

static void place_figure(struct table3 *t, struct frag *f)
{
	bool sure;
	size_t c = nearest_column(t, f, &sure);
	struct figures *r = figures_at(t, f);

	f->used = true;
	if (r == NULL || !sure) {
		table3_doubt(t, "有数字不在任何一列之下");
		if (r == NULL)
			return;
	}
	if (r->piece[c] != NULL) {
		table3_doubt(t, "同一格内有两个数字");
		return;
	}
	r->piece[c] = f;
	r->text[c] = f->text;
	r->n++;
}

static enum err find_figures(struct table3 *t)
{
	struct layout *l = t->l;

	t->rows = ARENA_ARRAY(l->mem, struct figures, TABLE3_ROWS_MAX);
	if (t->rows == NULL)
		return arena_err(l->mem);
	for (size_t i = t->zone->body; i < t->zone->to; i++) {
		for (size_t k = 0; k < l->lines[i].n; k++) {
			struct frag *f = &l->frags[l->lines[i].first + k];

			if (f->used || table3_is_label(t, f))
				continue;
			if (f->number && mid_x(f) < t->label_edge)
				table3_doubt(t, "有数字落在行标题一栏");
			if (f->number || is_cell_text(t, f))
				place_figure(t, f);
		}
	}
	return ERR_OK;
}

/* How far figures stand from a label's height, 0 beside it. */
static float apart(const struct block *b, const struct figures *r)
{
	float y = (r->y0 + r->y1) / 2;
	float top = b->y0, foot = b->y1;

	if (r->page == b->page + 1 && b->y1_next > 0) {
		top = 0;
		foot = b->y1_next;
	} else if (r->page != b->page) {
		return 1e9f;
	} else if (b->y1_next > 0) {
		foot = 1e6f;
	}
	if (y < top)
		return top - y;
	return y > foot ? y - foot : 0;
}

static size_t nearest_block(struct table3 *t, const struct figures *r, bool known)
{
	size_t best = TABLE3_BLOCKS_MAX;
	float h = r->y1 - r->y0, first = 1e9f, second = 1e9f;

	for (size_t i = 0; i < t->n_blocks; i++) {
		const struct block *b = &t->blocks[i];
		float d = apart(b, r);

		if (b->parent || b->group || (b->row != NULL) != known)
			continue;
		if (d < first) {
			second = first;
			first = d;
			best = i;
		} else if (d < second) {
			second = d;
		}
	}
	if (first > REACH * h)
		return TABLE3_BLOCKS_MAX;
	if (first > 0 && second - first < NEAR_TIE * h)
		table3_doubt(t, "有一行数字介于两个行标题之间");
	return best;
}

/* Two rows of figures at one label: a cell set higher than its row, or digits broken over
 * lines, which nobody can put together. */
static void merge_figures(struct table3 *t, struct figures *into, struct figures *from)
{
	for (size_t c = 0; c < TABLE3_COLS; c++) {
		if (from->piece[c] == NULL)
			continue;
		if (into->piece[c] != NULL) {
			table3_doubt(t, "同一格内有两个数字");
			if (text_join(t->l->mem, into->text[c], STR("\n"), &into->text[c]) !=
				    ERR_OK ||
			    text_join(t->l->mem, into->text[c], from->text[c], &into->text[c]) !=
				    ERR_OK)
				return; /* the table is doubtful already */
			continue;
		}
		into->piece[c] = from->piece[c];
		into->text[c] = from->text[c];
		into->n++;
	}
	from->n = 0;
}

static void attach_figures(struct table3 *t)
{
	for (size_t i = 0; i < t->n_rows; i++) {
		struct figures *r = &t->rows[i];

		r->block = nearest_block(t, r, true);
		if (r->block == TABLE3_BLOCKS_MAX)
			r->block = nearest_block(t, r, false);
		if (r->block == TABLE3_BLOCKS_MAX)
			table3_doubt(t, "有一行数字没有行标题");
		for (size_t k = 0; k < i && r->block != TABLE3_BLOCKS_MAX; k++) {
			if (t->rows[k].block == r->block && t->rows[k].n > 0) {
				merge_figures(t, &t->rows[k], r);
				break;
			}
		}
		if (r->block != TABLE3_BLOCKS_MAX)
			t->blocks[r->block].took = true;
	}
}

enum err table3_figures(struct table3 *t)
{
	enum err e = find_figures(t);

	if (e == ERR_OK)
		attach_figures(t);
	return e;
}

/* --- the grid --- */

static const struct block *parent_block(const struct table3 *t, const struct form_row *row)
{
	const struct block *best = NULL;
	int most = PARENT_ALIKE - 1;

	for (size_t i = 0; i < t->n_blocks; i++) {
		const struct block *b = &t->blocks[i];
		struct str want;
		int like;

		if (!b->parent || han_fold(t->l->mem, row->parent, &want) != ERR_OK)
			continue;
		like = han_likeness(text_without_ordinal(b->fold), text_without_ordinal(want));
		if (like > most) {
			most = like;
			best = b;
		}
	}
	return best;
}

/* What a row of the grid stands for: a label, or figures that have none. */
struct grid_row {
	const struct block *block;
	const struct figures *figures;
	const struct block *parent;
	uint32_t page;
	float y;
	int depth; /* 0: 一、; 1: （一）; 2: 1. */
};

static int by_row_place(const void *pa, const void *pb)
{
	const struct grid_row *a = pa, *b = pb;

	if (a->page != b->page)
		return a->page < b->page ? -1 : 1;
	return a->y < b->y ? -1 : a->y > b->y;
}

static int depth_of(const struct block *b)
{
	if (b == NULL)
		return 0;
	if (b->row != NULL && (b->row->role == ROW_INFLOW || b->row->role == ROW_OUTFLOW))
		return 0;
	if (b->row != NULL)
		return b->row->parent.n > 0 ? 2 : 1;
	return b->fold.n > 0 && b->fold.p[0] >= '0' && b->fold.p[0] <= '9' ? 2 : 1;
}

static size_t grid_rows(struct table3 *t, struct grid_row *rows)
{
	size_t n = 0;

	for (size_t i = 0; i < t->n_blocks; i++) {
		const struct block *b = &t->blocks[i];

		if (b->parent || b->group || (b->row == NULL && !b->took))
			continue;
		rows[n] = (struct grid_row){.block = b, .page = b->page, .y = (b->y0 + b->y1) / 2};
		rows[n].depth = depth_of(b);
		if (b->row != NULL && b->row->parent.n > 0)
			rows[n].parent = parent_block(t, b->row);
		for (size_t k = 0; k < t->n_rows; k++) {
			if (t->rows[k].block == i && t->rows[k].n > 0)
				rows[n].figures = &t->rows[k];
		}
		n++;
	}
	for (size_t k = 0; k < t->n_rows; k++) {
		const struct figures *r = &t->rows[k];

		if (r->block == TABLE3_BLOCKS_MAX && r->n > 0)
			rows[n++] = (struct grid_row){
				.figures = r, .page = r->page, .y = (r->y0 + r->y1) / 2};
	}
	qsort(rows, n, sizeof(*rows), by_row_place);
	return n;
}

static struct str printed_header(struct table3 *t, const char *whole)
{
	struct str text = STR_NONE;

	for (size_t i = t->zone->from; i < t->zone->body; i++) {
		for (size_t k = 0; k < t->l->lines[i].n; k++) {
			struct frag *f = &t->l->frags[t->l->lines[i].first + k];

			if (f->fold.n < 2 || !str_has(str_c(whole), f->fold) ||
			    f->x0 > t->label_edge)
				continue;
			if (text_join(t->l->mem, text, f->text, &text) != ERR_OK)
				return text; /* the corner is ornament */
		}
	}
	return text;
}

static bool header_has(const struct table3 *t, const char *word)
{
	for (size_t i = t->zone->from; i < t->zone->body; i++) {
		for (size_t k = 0; k < t->l->lines[i].n; k++) {
			if (str_eq(t->l->frags[t->l->lines[i].first + k].fold, str_c(word)))
				return true;
		}
	}
	return false;
}

/* Three header rows as in the form; the number of rows. */
static uint32_t grid_header(struct table3 *t, struct grid *g)
{
	struct place at = {t->l->lines[t->zone->from].page, t->l->lines[t->zone->from].no};
	uint32_t top = header_has(t, HEAD_ALL), mid = header_has(t, HEAD_ORGS);
	uint32_t rows = top + mid + 1;

	grid_cell(g, 0, 0, rows, LABEL_COLS, printed_header(t, CORNER), at, true);
	if (top)
		grid_cell(g, 0, LABEL_COLS, 1, TABLE3_COLS, STR(HEAD_ALL), at, true);
	if (mid)
		grid_cell(g, top, LABEL_COLS + 1, 1, TABLE3_COLS - 2, STR(HEAD_ORGS), at, true);
	for (uint32_t c = 0; c < TABLE3_COLS; c++) {
		bool inner = c > 0 && c < TABLE3_COLS - 1;
		struct str label = t->col_label[c];

		if (str_empty(label)) {
			label = t->form_row->cols[c].label;
			table3_doubt(t, "表头不完整");
		}
		grid_cell(g, inner ? top + mid : top, LABEL_COLS + c, inner ? 1 : 1 + mid, 1, label,
			  at, true);
	}
	return rows;
}

static void grid_figures(struct grid *g, uint32_t row, const struct grid_row *r, struct place at)
{
	for (uint32_t c = 0; c < TABLE3_COLS; c++) {
		struct str text = r->figures ? r->figures->text[c] : STR_NONE;

		grid_cell(g, row, LABEL_COLS + c, 1, 1, text, at, false);
	}
}

/* Labels of a row; parents and 三、 are put once, over all their rows. */
static void grid_labels(struct grid *g, uint32_t base, const struct grid_row *rows, size_t n,
			size_t i, const struct block *group)
{
	const struct grid_row *r = &rows[i];
	struct place at = r->block ? r->block->at : (struct place){r->page, 0};
	struct str label = r->block ? r->block->text : STR_NONE;
	uint32_t row = base + (uint32_t)i, span = 1;

	if (r->depth == 0) {
		grid_cell(g, row, 0, 1, LABEL_COLS, label, at, true);
		return;
	}
	if (i == 0 || rows[i - 1].depth == 0) {
		while (i + span < n && rows[i + span].depth > 0)
			span++;
		grid_cell(g, row, 0, span, 1, group ? group->text : STR_NONE,
			  group ? group->at : at, true);
	}
	if (r->depth == 1) {
		grid_cell(g, row, 1, 1, 2, label, at, true);
		return;
	}
	if (i == 0 || rows[i - 1].depth != 2 || rows[i - 1].parent != r->parent) {
		for (span = 1; i + span < n && rows[i + span].depth == 2 &&
			       rows[i + span].parent == r->parent;)
			span++;
		grid_cell(g, row, 1, span, 1, r->parent ? r->parent->text : STR_NONE,
			  r->parent ? r->parent->at : at, true);
	}
	grid_cell(g, row, 2, 1, 1, label, at, true);
}

/* Marks what the table took. */
static void mark_used(struct table3 *t)
{
	struct layout *l = t->l;

	for (size_t i = t->zone->from; i < t->zone->to; i++) {
		for (size_t k = 0; k < l->lines[i].n; k++) {
			struct frag *f = &l->frags[l->lines[i].first + k];

			if (i < t->zone->body)
				f->used = true;
			for (size_t b = 0; b < t->n_blocks && !f->used; b++) {
				const struct block *o = &t->blocks[b];
				bool here = o->row != NULL || o->parent || o->group || o->took;

				f->used = here && table3_is_label(t, f) &&
					  table3_same_column(o, f) &&
					  ((f->page == o->page && f->y0 >= o->y0 - 1 &&
					    (f->y1 <= o->y1 + 1 || o->y1_next > 0)) ||
					   (o->group && f->page >= o->page &&
					    table3_in_group_word(f->fold)) ||
					   (f->page == o->page + 1 && f->y1 <= o->y1_next + 1));
			}
		}
	}
}

/* The zone reaches to the last label or figure; what follows is prose.  Inside it, what was not
 * taken is counted. */
static void shrink_zone(struct table3 *t)
{
	size_t end = t->zone->body;

	for (size_t i = t->zone->body; i < t->zone->to; i++) {
		const struct line *line = &t->l->lines[i];
		size_t unused = 0;

		for (size_t k = 0; k < line->n; k++)
			unused += !t->l->frags[line->first + k].used;
		if (unused < line->n)
			end = i + 1;
	}
	t->zone->to = end;
	for (size_t i = t->zone->body; i < end; i++) {
		for (size_t k = 0; k < t->l->lines[i].n; k++)
			t->loose += !t->l->frags[t->l->lines[i].first + k].used;
	}
}

static enum err write_grid(struct table3 *t)
{
	struct layout *l = t->l;
	struct grid g = {.doc = l->doc};
	struct grid_row *rows =
		ARENA_ARRAY(l->mem, struct grid_row, TABLE3_BLOCKS_MAX + TABLE3_ROWS_MAX);
	const struct block *group = NULL;
	struct place at = {l->lines[t->zone->from].page, l->lines[t->zone->from].no};
	size_t n;
	enum err e;

	if (rows == NULL)
		return arena_err(l->mem);
	e = doc_table_add(l->doc, TABLE_GRID, at, &g.table);
	if (e != ERR_OK)
		return e;
	g.table->header_rows = grid_header(t, &g);
	for (size_t i = 0; i < t->n_blocks; i++) {
		if (t->blocks[i].group)
			group = &t->blocks[i];
	}
	n = grid_rows(t, rows);
	for (size_t i = 0; i < n; i++) {
		grid_labels(&g, g.table->header_rows, rows, n, i, group);
		grid_figures(&g, g.table->header_rows + (uint32_t)i, &rows[i],
			     rows[i].block ? rows[i].block->at : (struct place){rows[i].page, 0});
	}
	return grid_end(&g, t->doubt, 3);
}

enum err table3_grid(struct table3 *t)
{
	mark_used(t);
	shrink_zone(t);
	if (t->loose > 0)
		table3_doubt(t, "有文字不属于任何一行");
	return write_grid(t);
}
