/* Table 4: fifteen columns under three heads, one row of figures. */
#include <math.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "readers/boxes_int.h"

#define COLS 15
#define PER_GROUP 5
#define HEADER_LINES_MAX 40
#define HEADER_CHARS_MIN 40 /* of the 73 that the form has */
#define BODY_LINES_MAX 24
#define ROW_REACH 4.0f /* heights below the header or the last figure */

static const char *const leaf_words[PER_GROUP] = {"结果维持", "结果纠正", "其他结果", "尚未审结",
						  "总计"};
static const char *const head_words[] = {"行政复议",   "行政诉讼", "未经复议直接起诉",
					 "复议后起诉", "结果维持", "结果纠正",
					 "其他结果",   "尚未审结", "总计"};
#define N_HEAD_WORDS (sizeof(head_words) / sizeof(*head_words))

struct table4 {
	struct layout *l;
	struct zone *zone;
	float col[COLS];
	float pitch;
	struct str cell[COLS];
	const struct frag *last[COLS]; /* the piece put last into a cell */
	const char *doubt;
};

static bool is_header_line4(const struct layout *l, size_t i, size_t *ret_chars)
{
	const struct line *line = &l->lines[i];

	for (size_t k = 0; k < line->n; k++) {
		const struct frag *f = &l->frags[line->first + k];

		if (!frag_within(l, f, head_words, N_HEAD_WORDS))
			return false;
		*ret_chars += utf8_count(f->fold);
	}
	return true;
}

static bool all_figures(const struct layout *l, const struct line *line)
{
	for (size_t k = 0; k < line->n; k++) {
		if (!text_is_figure(l->frags[line->first + k].fold))
			return false;
	}
	return true;
}

/* Figures in the reach of the table: no prose, not far below. */
static size_t figures_end(const struct layout *l, size_t body)
{
	size_t i = body;
	float foot = l->lines[body - 1].y1;
	uint32_t page = l->lines[body - 1].page;

	for (; i < l->n_lines && i < body + BODY_LINES_MAX; i++) {
		const struct line *line = &l->lines[i];
		float h = line->y1 - line->y0;

		if (!all_figures(l, line))
			return i;
		if (line->page == page && line->y0 - foot > ROW_REACH * h)
			return i;
		foot = line->y1;
		page = line->page;
	}
	return i;
}

bool zone4_find(struct layout *l, size_t at, struct zone *ret)
{
	size_t chars = 0, i = at;

	while (i < l->n_lines && i < at + HEADER_LINES_MAX && is_header_line4(l, i, &chars))
		i++;
	if (chars < HEADER_CHARS_MIN)
		return false;
	*ret = (struct zone){4, at, i, figures_end(l, i)};
	return true;
}

static enum err header_columns(struct table4 *t, float ret[COLS], bool *ret_found)
{
	struct stack *stacks;
	size_t n = 0;
	enum err e =
		stacks_make(t->l, t->zone->from, t->zone->body, leaf_words, PER_GROUP, &stacks, &n);

	*ret_found = false;
	if (e != ERR_OK)
		return e;
	if (n != COLS)
		return ERR_OK;
	for (size_t i = 0; i < COLS; i++) {
		if (!str_eq(stacks[i].fold, str_c(leaf_words[i % PER_GROUP])))
			return ERR_OK;
		ret[i] = (stacks[i].x0 + stacks[i].x1) / 2;
	}
	*ret_found = true;
	return ERR_OK;
}

static int by_middle(const void *pa, const void *pb)
{
	const struct frag *a = *(const struct frag *const *)pa,
			  *b = *(const struct frag *const *)pb;
	float d = mid_x(a) - mid_x(b);

	if (d < 0 || d > 0)
		return d < 0 ? -1 : 1;
	return a->y0 < b->y0 ? -1 : a->y0 > b->y0;
}

/* With fifteen figures, each is a column; more are digits broken over lines. */
static enum err figure_columns(struct table4 *t, float ret[COLS], size_t *ret_n)
{
	struct layout *l = t->l;
	const struct frag **f;
	size_t n = 0, cols = 0, most = 1;

	for (size_t i = t->zone->body; i < t->zone->to; i++)
		most += l->lines[i].n;
	f = ARENA_ARRAY(l->mem, const struct frag *, most);
	if (f == NULL)
		return arena_err(l->mem);
	for (size_t i = t->zone->body; i < t->zone->to; i++) {
		for (size_t k = 0; k < l->lines[i].n; k++)
			f[n++] = &l->frags[l->lines[i].first + k];
	}
	qsort(f, n, sizeof(*f), by_middle);
	for (size_t i = 0; i < n; i++) {
		if (i > 0 && frag_over_x(f[i - 1], f[i]))
			continue;
		if (cols < COLS)
			ret[cols] = mid_x(f[i]);
		cols++;
	}
	*ret_n = cols;
	return ERR_OK;
}

static enum err find_columns4(struct table4 *t)
{
	float by_header[COLS], by_figures[COLS];
	bool header;
	size_t n = 0;
	enum err e = header_columns(t, by_header, &header);

	if (e == ERR_OK)
		e = figure_columns(t, by_figures, &n);
	if (e != ERR_OK)
		return e;
	if (!header && n != COLS)
		return ERR_ABSENT;
	for (size_t c = 0; c < COLS; c++)
		t->col[c] = header ? by_header[c] : by_figures[c];
	t->pitch = (t->col[COLS - 1] - t->col[0]) / (COLS - 1);
	for (size_t c = 0; c < COLS && header && n == COLS; c++) {
		/* A head may stand beside the middle of its column, but not over the next. */
		if (fabsf(by_header[c] - by_figures[c]) > 0.5f * t->pitch)
			t->doubt = "表头与数字没有对齐";
		t->col[c] = by_figures[c];
	}
	return ERR_OK;
}

static enum err place_figure4(struct table4 *t, struct frag *f)
{
	size_t best = 0, over = 0;
	float apart = 1e9f;

	for (size_t c = 0; c < COLS; c++) {
		float d = fabsf(mid_x(f) - t->col[c]);

		if (d < apart) {
			apart = d;
			best = c;
		}
		over += f->x0 < t->col[c] - 1 && f->x1 > t->col[c] + 1;
	}
	f->used = true;
	if (apart > 0.55f * t->pitch || over > 1)
		t->doubt = "有数字不在任何一列之下";
	if (t->last[best] != NULL) {
		const struct frag *o = t->last[best];

		/* Broken over lines inside a narrow cell: the table has one row, so it is one
		 * number. */
		if (f->page != o->page || f->y0 - o->y1 > 0.6f * (f->y1 - f->y0) ||
		    f->y0 < o->y0 + 0.5f * (o->y1 - o->y0))
			t->doubt = "同一格内有两个数字";
	}
	t->last[best] = f;
	return text_join(t->l->mem, t->cell[best], f->text, &t->cell[best]);
}

static void header4(struct grid *g, struct place at)
{
	grid_cell(g, 0, 0, 2, PER_GROUP, str_c(head_words[0]), at, true);
	grid_cell(g, 0, PER_GROUP, 1, 2 * PER_GROUP, str_c(head_words[1]), at, true);
	grid_cell(g, 1, PER_GROUP, 1, PER_GROUP, str_c(head_words[2]), at, true);
	grid_cell(g, 1, 2 * PER_GROUP, 1, PER_GROUP, str_c(head_words[3]), at, true);
	for (uint32_t c = 0; c < COLS; c++)
		grid_cell(g, 2, c, 1, 1, str_c(leaf_words[c % PER_GROUP]), at, true);
}

/* Whether the line below the table is half figures: a row of it with something else inside. */
static bool figures_follow(const struct layout *l, const struct zone *zone)
{
	const struct line *line = &l->lines[zone->to];
	size_t numbers = 0;

	if (zone->to >= l->n_lines)
		return false;
	for (size_t k = 0; k < line->n; k++)
		numbers += l->frags[line->first + k].number;
	return numbers >= PER_GROUP && 2 * numbers >= line->n;
}

enum err table4_make(struct layout *l, struct zone *zone)
{
	struct table4 t = {.l = l, .zone = zone};
	struct grid g = {.doc = l->doc};
	struct place at = {l->lines[zone->from].page, l->lines[zone->from].no};
	enum err e = find_columns4(&t);

	if (e == ERR_ABSENT)
		return doc_note_add(
			l->doc, STR("AR-R05"),
			STR("表四（复议诉讼）找不到数字列的位置，未能读出，请对照原件核对。"), at);
	if (figures_follow(l, zone))
		t.doubt = "有数字没有读入";
	for (size_t i = zone->from; i < zone->to && e == ERR_OK; i++) {
		for (size_t k = 0; k < l->lines[i].n && e == ERR_OK; k++) {
			struct frag *f = &l->frags[l->lines[i].first + k];

			if (i < zone->body)
				f->used = true;
			else
				e = place_figure4(&t, f);
		}
	}
	if (e == ERR_OK)
		e = doc_table_add(l->doc, TABLE_GRID, at, &g.table);
	if (e != ERR_OK)
		return e;
	header4(&g, at);
	g.table->header_rows = 3;
	for (uint32_t c = 0; c < COLS; c++) {
		struct place where = at;

		if (t.last[c] != NULL)
			where = (struct place){t.last[c]->page, l->lines[t.last[c]->line].no};
		grid_cell(&g, 3, c, 1, 1, t.cell[c], where, false);
	}
	return grid_end(&g, t.doubt, 4);
}
