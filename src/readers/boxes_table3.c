/* Table 3: labels find the rows, coordinates find the columns.
 *
 * The steps are those of the algorithm described in the README of this folder: columns from the
 * rows with seven figures or from the header's stacks, label blocks opened by ordinals, a
 * monotone alignment of blocks to the rows of the form, and figures to the block whose height
 * they stand at.  Whatever stays unplaced makes the table doubtful. */
#include <math.h>
#include <stdlib.h>

#include "base/han.h"
#include "base/utf8.h"
#include "readers/boxes_int.h"

#define COLS 7
#define LABEL_COLS 3
#define BLOCKS_MAX 160
#define ROWS_MAX 160
#define ALIKE 550 /* permille: a label is taken for a row of the form */
#define PARENT_ALIKE 700
#define SNAP 12.0f     /* points between a header's middle and its figures */
#define REACH 1.7f     /* heights of a figure that it may stand beside its label */
#define NEAR_TIE 0.35f /* heights: two labels are equally near */
#define WRAP_GAP 0.9f  /* heights between the lines of one label */
#define HEADER_LINES_MAX 24
#define BODY_LINES_MAX 600

static const char *const header_words[] = {
	"申请人情况",
	"法人或其他组织",
	"自然人",
	"商业企业",
	"科研机构",
	"社会公益组织",
	"法律服务机构",
	"其他",
	"总计",
	"合计",
	"(本列数据的勾稽关系为:第一项加第二项之和,等于第三项加第四项之和)",
	"(本列数据的勾稽关系为:第一项加第二项之和;等于第三项加第四项之和)",
};
#define N_HEADER_WORDS (sizeof(header_words) / sizeof(*header_words))
/* They span others and tell no column. */
static const char *const over_words[] = {"申请人情况", "法人或其他组织"};
static const char *const column_words[] = {"自然人",       "商业企业", "科研机构", "社会公益组织",
					   "法律服务机构", "其他",     "总计",     "合计"};

/* A label: its lines, and what it turned out to be. */
struct block {
	float x0, x1;
	float y0, y1; /* on the page where it begins */
	uint32_t page;
	float y1_next; /* its end on the next page, 0: it stays on one */
	float last_y1, last_h;
	uint32_t last_page;
	struct str text, fold;
	struct place at;
	const struct form_row *row; /* of the form, NULL: unknown */
	bool parent, group, took;
};

/* Figures at one height. */
struct figures {
	float y0, y1;
	uint32_t page;
	const struct frag *piece[COLS];
	struct str text[COLS];
	unsigned n;   /* pieces */
	size_t block; /* its row, or BLOCKS_MAX */
};

struct table3 {
	struct layout *l;
	struct zone *zone;
	const struct form_row *form_row; /* the row that tells the columns' labels */
	float col[COLS];
	struct str col_label[COLS];
	float pitch, label_edge;
	struct block *blocks;
	size_t n_blocks;
	struct figures *rows;
	size_t n_rows;
	size_t loose;      /* text pieces that fit nowhere */
	const char *doubt; /* why the table is not trusted; NULL: it is */
};

static void doubt(struct table3 *t, const char *why)
{
	if (t->doubt == NULL)
		t->doubt = why;
}

static struct frag *line_frags(struct layout *l, size_t i, size_t *ret_n)
{
	*ret_n = l->lines[i].n;
	return &l->frags[l->lines[i].first];
}

static bool is_header_piece(const struct layout *l, const struct frag *f)
{
	return frag_within(l, f, header_words, N_HEADER_WORDS);
}

static bool is_header_line(struct layout *l, size_t i, size_t *ret_chars)
{
	size_t n;
	struct frag *f = line_frags(l, i, &n);

	for (size_t k = 0; k < n; k++) {
		if (!is_header_piece(l, &f[k]))
			return false;
		*ret_chars += utf8_count(f[k].fold);
	}
	return true;
}

static bool is_figure_line(struct layout *l, size_t i)
{
	size_t n;
	struct frag *f = line_frags(l, i, &n);

	for (size_t k = 0; k < n; k++) {
		if (!f[k].number)
			return false;
	}
	return true;
}

static bool begins_row_new(const struct frag *f)
{
	struct str rest = text_without_ordinal(f->fold);

	return !f->wide && rest.n < 60 &&
	       (str_starts(rest, STR("本年新收")) ||
		(str_starts(f->fold, STR("一、本年")) && rest.n < 30));
}

static bool ends_zone(const struct frag *f)
{
	return f->wide || frag_is_heading(f) ||
	       (str_has(f->fold, STR("行政复议")) && !text_is_ordinal(f->fold)) ||
	       str_has(f->fold, STR("行政诉讼"));
}

/* Whether a fragment stands clearly below the last label: no wrapped part of it, no figure of
 * its row. */
static bool is_below(const struct frag *last, const struct frag *f)
{
	float h = last->y1 - last->y0;

	if (f->page != last->page)
		return f->page > last->page + 1 || !f->number;
	return f->y0 > last->y1 + (f->number ? 2.0f : 1.0f) * h;
}

/* From the first label down to a heading, table 4, or prose. */
static size_t body_end(struct layout *l, size_t body)
{
	size_t end = l->n_lines < body + BODY_LINES_MAX ? l->n_lines : body + BODY_LINES_MAX;

	const struct frag *last = NULL; /* the label of the last row of every form */

	for (size_t i = body; i < end; i++) {
		size_t n;
		struct frag *f = line_frags(l, i, &n);

		for (size_t k = 0; k < n; k++) {
			if (ends_zone(&f[k]) && !(i == body && f[k].wide))
				return i;
			if (last != NULL && is_below(last, &f[k]))
				return i;
		}
		for (size_t k = 0; k < n; k++) {
			if (str_has(f[k].fold, STR("结转下年")))
				last = &f[k];
		}
	}
	return end;
}

bool zone3_find(struct layout *l, size_t at, struct zone *ret)
{
	size_t n, from = at, chars = 0, body = at;
	struct frag *f;

	/* The zone is entered at its first header line, so look ahead for the first label. */
	if (!is_header_line(l, at, &chars))
		return false;
	for (body = at + 1; body < l->n_lines && body < at + HEADER_LINES_MAX; body++) {
		if (!is_header_line(l, body, &chars))
			break;
	}
	while (body < l->n_lines && body < at + HEADER_LINES_MAX && is_figure_line(l, body))
		body++;
	if (body >= l->n_lines || chars < 12)
		return false;
	f = line_frags(l, body, &n);
	for (size_t k = 0; k < n; k++) {
		if (begins_row_new(&f[k])) {
			while (body > from && is_figure_line(l, body - 1))
				body--; /* figures set higher than the first label */
			*ret = (struct zone){3, from, body, body_end(l, body)};
			return true;
		}
	}
	return false;
}

/* --- columns --- */

static int by_value(const void *a, const void *b)
{
	float d = *(const float *)a - *(const float *)b;

	return d < 0 ? -1 : d > 0;
}

static float median(float *v, size_t n)
{
	qsort(v, n, sizeof(*v), by_value);
	return v[n / 2];
}

/* Middles of the figures of every line that has exactly seven. */
static size_t columns_from_figures(struct table3 *t, float ret[COLS])
{
	float *seen = ARENA_ARRAY(t->l->mem, float, COLS *(t->zone->to - t->zone->body) + 1);
	size_t rows = 0, lines = t->zone->to - t->zone->body;

	for (size_t i = t->zone->body; seen != NULL && i < t->zone->to; i++) {
		size_t n, figures = 0;
		struct frag *f = line_frags(t->l, i, &n);

		for (size_t k = 0; k < n; k++)
			figures += f[k].number;
		if (figures != COLS)
			continue;
		for (size_t k = 0, c = 0; k < n; k++) {
			if (f[k].number)
				seen[c++ * lines + rows] = mid_x(&f[k]);
		}
		rows++;
	}
	for (size_t c = 0; c < COLS && rows > 0; c++)
		ret[c] = median(seen + c * lines, rows);
	return rows;
}

/* The line below the heads that span columns: their parts (其他, 组织) would pass for columns. */
static size_t columns_top(const struct table3 *t)
{
	size_t top = t->zone->from;

	for (size_t i = t->zone->from; i < t->zone->body; i++) {
		for (size_t k = 0; k < t->l->lines[i].n; k++) {
			struct str fold = t->l->frags[t->l->lines[i].first + k].fold;

			if (str_starts(fold, STR("申请人")) || str_starts(fold, STR("法人")))
				top = t->l->lines[i].n == 1 ? i + 1 : i;
		}
	}
	return top;
}

/* Columns as the header has them; the number of those found. */
static enum err columns_from_header(struct table3 *t, float ret[COLS], size_t *ret_found)
{
	struct stack *stacks;
	size_t n = 0, found = 0;
	bool have[COLS] = {false};
	enum err e = stacks_make(t->l, columns_top(t), t->zone->body, column_words,
				 sizeof(column_words) / sizeof(*column_words), &stacks, &n);

	for (size_t i = 0; e == ERR_OK && i < n; i++) {
		for (size_t c = 0; c < COLS; c++) {
			struct str want;

			e = han_fold(t->l->mem, t->form_row->cols[c].label, &want);
			if (e != ERR_OK)
				return e;
			if (have[c] || !(str_eq(stacks[i].fold, want) ||
					 (c == COLS - 1 && str_eq(stacks[i].fold, STR("合计")))))
				continue;
			have[c] = true;
			found++;
			ret[c] = (stacks[i].x0 + stacks[i].x1) / 2;
			t->col_label[c] = stacks[i].text;
			break;
		}
	}
	*ret_found = found;
	return e;
}

/* Moves a column to the middle of the figures near it. */
static void snap_columns(struct table3 *t)
{
	struct layout *l = t->l;
	float *near = ARENA_ARRAY(l->mem, float, l->n_frags + 1);

	for (size_t c = 0; c < COLS && near != NULL; c++) {
		size_t n = 0;

		for (size_t i = t->zone->body; i < t->zone->to; i++) {
			for (size_t k = 0; k < l->lines[i].n; k++) {
				const struct frag *f = &l->frags[l->lines[i].first + k];

				if (f->number && fabsf(mid_x(f) - t->col[c]) < SNAP)
					near[n++] = mid_x(f);
			}
		}
		if (n > 0)
			t->col[c] = median(near, n);
	}
}

static enum err find_columns(struct table3 *t)
{
	float by_figures[COLS], by_header[COLS];
	size_t found = 0, full = columns_from_figures(t, by_figures);
	enum err e = columns_from_header(t, by_header, &found);

	if (e != ERR_OK)
		return e;
	for (size_t c = 0; c < COLS; c++)
		t->col[c] = full >= 2 ? by_figures[c] : by_header[c];
	if (full < 2 && found < COLS) {
		doubt(t, "找不到七个数字列的位置");
		return ERR_ABSENT;
	}
	if (full < 2)
		snap_columns(t);
	t->pitch = (t->col[COLS - 1] - t->col[0]) / (COLS - 1);
	for (size_t c = 1; c < COLS; c++) {
		if (t->col[c] - t->col[c - 1] < 0.3f * t->pitch || t->pitch < 4)
			doubt(t, "数字列的间隔不一致");
	}
	for (size_t c = 0; c < COLS && found == COLS; c++) {
		if (fabsf(by_header[c] - t->col[c]) > 0.5f * t->pitch)
			doubt(t, "表头与数字没有对齐");
	}
	t->label_edge = t->col[0] - 0.5f * (t->col[1] - t->col[0]);
	return ERR_OK;
}

/* --- labels --- */

static bool is_label(const struct table3 *t, const struct frag *f)
{
	/* 无 may be the middle of （四）无法提供. */
	return (!f->number || str_eq(f->fold, STR("无"))) && mid_x(f) < t->label_edge &&
	       f->x1 < t->col[0] + 2;
}

static bool same_column(const struct block *b, const struct frag *f)
{
	return f->x0 < b->x1 - 1 && b->x0 < f->x1 - 1;
}

/* Whether a line goes on with a label close above it. */
static bool continues(const struct block *b, const struct frag *f)
{
	float h = f->y1 - f->y0;

	return !b->group && f->page == b->last_page && same_column(b, f) &&
	       !text_is_ordinal(f->fold) && f->y0 > b->last_y1 - 0.6f * h &&
	       f->y0 - b->last_y1 < WRAP_GAP * h;
}

/* The same over the edge of a page: the lowest label of its column at the foot of the page
 * before, and nothing of that column yet on this one. */
static bool continues_over(const struct table3 *t, const struct block *b, const struct frag *f)
{
	return !b->group && f->page == b->last_page + 1 && same_column(b, f) &&
	       !text_is_ordinal(f->fold) && f->y0 < 0.25f * t->l->b->pages[f->page - 1].height &&
	       b->last_y1 > 0.75f * t->l->b->pages[b->last_page - 1].height;
}

static struct block *label_above(struct table3 *t, const struct frag *f)
{
	struct block *best = NULL, *over = NULL;
	float most = 0;

	for (size_t i = t->n_blocks; i > 0; i--) {
		struct block *b = &t->blocks[i - 1];
		float shared = fminf(b->x1, f->x1) - fmaxf(b->x0, f->x0);

		if (continues(b, f) && shared > most) {
			most = shared;
			best = b;
		}
		if (continues_over(t, b, f) && (over == NULL || b->last_y1 > over->last_y1))
			over = b;
	}
	for (size_t i = 0; i < t->n_blocks && over != NULL; i++) {
		const struct block *b = &t->blocks[i];

		if (!b->group && b->last_page == f->page && same_column(b, f))
			over = NULL;
	}
	return best != NULL ? best : over;
}

static enum err extend(struct table3 *t, struct block *b, const struct frag *f)
{
	enum err e = text_join(t->l->mem, b->text, f->text, &b->text);

	if (e == ERR_OK)
		e = text_join(t->l->mem, b->fold, f->fold, &b->fold);
	b->x0 = fminf(b->x0, f->x0);
	b->x1 = fmaxf(b->x1, f->x1);
	if (f->page == b->page)
		b->y1 = fmaxf(b->y1, f->y1);
	else
		b->y1_next = f->y1;
	b->last_y1 = f->y1;
	b->last_page = f->page;
	return e;
}

static bool in_group_word(struct str fold)
{
	static const char *const whole[] = {"三、本年度办理结果", "三、本年度办理结果,"};

	return text_within(fold, whole, 2);
}

/* The upright words 三、本年度办理结果 beside the rows; `right` is where the next column begins. */
static bool is_group_piece(const struct table3 *t, const struct frag *f, float right)
{
	return f->x1 < right + 2 && in_group_word(f->fold) && t->n_blocks >= 1 &&
	       (utf8_count(f->fold) <= 3 || str_starts(f->fold, STR("三、")) ||
		f->y1 - f->y0 > f->x1 - f->x0);
}

/* Left edge of （一）予以公开 and its like: the column right of 三、本年度办理结果. */
static float second_column(const struct table3 *t)
{
	float x = 1e9f;

	for (size_t i = t->zone->body; i < t->zone->to; i++) {
		for (size_t k = 0; k < t->l->lines[i].n; k++) {
			const struct frag *f = &t->l->frags[t->l->lines[i].first + k];

			if (f->fold.n > 0 && f->fold.p[0] == '(' && text_is_ordinal(f->fold))
				x = fminf(x, f->x0);
		}
	}
	return x;
}

static enum err add_block(struct table3 *t, const struct frag *f)
{
	struct block *b;

	if (t->n_blocks == BLOCKS_MAX) {
		t->loose++;
		return ERR_OK;
	}
	b = &t->blocks[t->n_blocks++];
	*b = (struct block){.x0 = f->x0,
			    .x1 = f->x1,
			    .y0 = f->y0,
			    .y1 = f->y1,
			    .page = f->page,
			    .last_y1 = f->y1,
			    .last_page = f->page,
			    .text = f->text,
			    .fold = f->fold,
			    .at = {f->page, t->l->lines[f->line].no}};
	return ERR_OK;
}

static enum err place_label(struct table3 *t, const struct frag *f, struct block **group,
			    float second)
{
	struct block *above;

	if (is_group_piece(t, f, second)) {
		if (*group == NULL) {
			enum err e = add_block(t, f);

			*group = &t->blocks[t->n_blocks - 1];
			(*group)->group = true;
			return e;
		}
		return extend(t, *group, f);
	}
	above = label_above(t, f);
	return above != NULL ? extend(t, above, f) : add_block(t, f);
}

/* Header lines repeated at the head of a later page. */
static size_t skip_header(struct table3 *t, size_t i)
{
	size_t chars = 0, k = i;

	if (i == t->zone->body || t->l->lines[i].page == t->l->lines[i - 1].page)
		return i;
	while (k < t->zone->to && k < i + HEADER_LINES_MAX && is_header_line(t->l, k, &chars))
		k++;
	if (chars < 12)
		return i;
	for (size_t j = i; j < k; j++) {
		for (size_t f = 0; f < t->l->lines[j].n; f++)
			t->l->frags[t->l->lines[j].first + f].used = true;
	}
	return k;
}

static enum err find_blocks(struct table3 *t)
{
	struct block *group = NULL;
	float second = second_column(t);

	t->blocks = ARENA_ARRAY(t->l->mem, struct block, BLOCKS_MAX);
	if (t->blocks == NULL)
		return arena_err(t->l->mem);
	for (size_t i = t->zone->body; i < t->zone->to; i++) {
		i = skip_header(t, i);
		for (size_t k = 0; i < t->zone->to && k < t->l->lines[i].n; k++) {
			struct frag *f = &t->l->frags[t->l->lines[i].first + k];
			enum err e = ERR_OK;

			if (is_label(t, f))
				e = place_label(t, f, &group, second);
			if (e != ERR_OK)
				return e;
		}
	}
	return ERR_OK;
}

/* --- labels to rows of the form --- */

static int likeness(const struct block *b, const struct form_row *row)
{
	struct str rest = text_without_ordinal(b->fold);
	int best;

	if (b->group || str_empty(rest))
		return 0;
	best = han_likeness(rest, row->folded);
	for (size_t i = 0; i < row->n_variants && best < 1000; i++) {
		int v = han_likeness(rest, text_without_ordinal(row->variants[i]));

		best = v > best ? v : best;
	}
	return best;
}

/* Best monotone assignment of blocks to the rows of one form; the sum of likenesses. */
static enum err align(struct table3 *t, const struct form_table *form,
		      const struct form_row **ret_rows, long *ret_score)
{
	size_t n = t->n_blocks, m = form->n_rows;
	int *like = ARENA_ARRAY(t->l->mem, int, n *m + 1);
	long *best = ARENA_ARRAY(t->l->mem, long, (n + 1) * (m + 1));

	if (like == NULL || best == NULL)
		return arena_err(t->l->mem);
	for (size_t i = n; i-- > 0;) {
		for (size_t j = m; j-- > 0;) {
			long *b = &best[i * (m + 1) + j];
			long skip = best[(i + 1) * (m + 1) + j], pass = best[i * (m + 1) + j + 1];

			like[i * m + j] = likeness(&t->blocks[i], &form->rows[j]);
			*b = skip > pass ? skip : pass;
			if (like[i * m + j] >= ALIKE) {
				long take = best[(i + 1) * (m + 1) + j + 1] + like[i * m + j];

				*b = take > *b ? take : *b;
			}
		}
	}
	for (size_t i = 0, j = 0; i < n; i++) {
		ret_rows[i] = NULL;
		while (j < m && best[i * (m + 1) + j] == best[i * (m + 1) + j + 1])
			j++; /* that row is not there */
		if (j < m && like[i * m + j] >= ALIKE &&
		    best[i * (m + 1) + j] == best[(i + 1) * (m + 1) + j + 1] + like[i * m + j])
			ret_rows[i] = &form->rows[j++];
	}
	*ret_score = best[0];
	return ERR_OK;
}

static int by_place(const void *pa, const void *pb)
{
	const struct block *a = pa, *b = pb;
	float ya = a->y0 + a->y1, yb = b->y0 + b->y1;

	if (a->page != b->page)
		return a->page < b->page ? -1 : 1;
	return ya < yb ? -1 : ya > yb;
}

static bool is_parent_of(const struct block *b, const struct form_table *form)
{
	struct str rest = text_without_ordinal(b->fold);

	for (size_t i = 0; i < form->n_rows && rest.n > 0; i++) {
		struct str parent = text_without_ordinal(form->rows[i].parent);
		size_t skip = str_find(parent, STR("）"), 0); /* the form's own, not folded */

		if (skip != STR_NPOS)
			parent = str_from(parent, skip + 3);
		if (parent.n > 0 && han_likeness(rest, parent) >= PARENT_ALIKE)
			return true;
	}
	return false;
}

/* A label much longer than that of its row, or with another row's in it, has swallowed one. */
static bool is_swollen(const struct block *b, const struct form_table *form)
{
	struct str rest = text_without_ordinal(b->fold);

	if (b->row == NULL || likeness(b, b->row) == 1000)
		return false;
	for (size_t i = 0; i < form->n_rows; i++) {
		struct str other = form->rows[i].folded;

		if (&form->rows[i] != b->row && utf8_count(other) >= 4 && str_has(rest, other) &&
		    !str_has(b->row->folded, other))
			return true;
	}
	return utf8_count(rest) > utf8_count(b->row->folded) * 4 / 3 + 3;
}

static enum err match_blocks(struct table3 *t)
{
	size_t n_forms, top = 0;
	const struct form *forms = law_forms(t->l->env->law, &n_forms);
	const struct form_row **rows = ARENA_ARRAY(t->l->mem, const struct form_row *, BLOCKS_MAX);
	long best = -1;

	if (rows == NULL)
		return arena_err(t->l->mem);
	qsort(t->blocks, t->n_blocks, sizeof(*t->blocks), by_place);
	for (size_t i = 0; i < n_forms; i++) {
		long score;
		enum err e = align(t, &forms[i].table3, rows, &score);

		if (e != ERR_OK)
			return e;
		if (score <= best)
			continue;
		best = score;
		top = i;
		for (size_t k = 0; k < t->n_blocks; k++)
			t->blocks[k].row = rows[k];
	}
	for (size_t k = 0; k < t->n_blocks; k++) {
		struct block *b = &t->blocks[k];

		if (is_swollen(b, &forms[top].table3))
			doubt(t, "有两个行标题连在一起");
		b->parent = b->row == NULL && !b->group && is_parent_of(b, &forms[top].table3);
	}
	return ERR_OK;
}

/* --- figures --- */

static size_t nearest_column(const struct table3 *t, const struct frag *f, bool *ret_sure)
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
	if (t->n_rows == ROWS_MAX)
		return NULL;
	r = &t->rows[t->n_rows++];
	*r = (struct figures){.y0 = f->y0, .y1 = f->y1, .page = f->page, .block = BLOCKS_MAX};
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
		doubt(t, "有数字不在任何一列之下");
		if (r == NULL)
			return;
	}
	if (r->piece[c] != NULL) {
		doubt(t, "同一格内有两个数字");
		return;
	}
	r->piece[c] = f;
	r->text[c] = f->text;
	r->n++;
}

static enum err find_figures(struct table3 *t)
{
	struct layout *l = t->l;

	t->rows = ARENA_ARRAY(l->mem, struct figures, ROWS_MAX);
	if (t->rows == NULL)
		return arena_err(l->mem);
	for (size_t i = t->zone->body; i < t->zone->to; i++) {
		for (size_t k = 0; k < l->lines[i].n; k++) {
			struct frag *f = &l->frags[l->lines[i].first + k];

			if (f->used || is_label(t, f))
				continue;
			if (f->number && mid_x(f) < t->label_edge)
				doubt(t, "有数字落在行标题一栏");
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
	size_t best = BLOCKS_MAX;
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
		return BLOCKS_MAX;
	if (first > 0 && second - first < NEAR_TIE * h)
		doubt(t, "有一行数字介于两个行标题之间");
	return best;
}

/* Two rows of figures at one label: a cell set higher than its row, or digits broken over
 * lines, which nobody can put together. */
static void merge_figures(struct table3 *t, struct figures *into, struct figures *from)
{
	for (size_t c = 0; c < COLS; c++) {
		if (from->piece[c] == NULL)
			continue;
		if (into->piece[c] != NULL) {
			doubt(t, "同一格内有两个数字");
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
		if (r->block == BLOCKS_MAX)
			r->block = nearest_block(t, r, false);
		if (r->block == BLOCKS_MAX)
			doubt(t, "有一行数字没有行标题");
		for (size_t k = 0; k < i && r->block != BLOCKS_MAX; k++) {
			if (t->rows[k].block == r->block && t->rows[k].n > 0) {
				merge_figures(t, &t->rows[k], r);
				break;
			}
		}
		if (r->block != BLOCKS_MAX)
			t->blocks[r->block].took = true;
	}
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

		if (r->block == BLOCKS_MAX && r->n > 0)
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
	uint32_t top = header_has(t, over_words[0]), mid = header_has(t, over_words[1]);
	uint32_t rows = top + mid + 1;

	grid_cell(g, 0, 0, rows, LABEL_COLS, printed_header(t, header_words[10]), at, true);
	if (top)
		grid_cell(g, 0, LABEL_COLS, 1, COLS, str_c(over_words[0]), at, true);
	if (mid)
		grid_cell(g, top, LABEL_COLS + 1, 1, COLS - 2, str_c(over_words[1]), at, true);
	for (uint32_t c = 0; c < COLS; c++) {
		bool inner = c > 0 && c < COLS - 1;
		struct str label = t->col_label[c];

		if (str_empty(label)) {
			label = t->form_row->cols[c].label;
			doubt(t, "表头不完整");
		}
		grid_cell(g, inner ? top + mid : top, LABEL_COLS + c, inner ? 1 : 1 + mid, 1, label,
			  at, true);
	}
	return rows;
}

static void grid_figures(struct grid *g, uint32_t row, const struct grid_row *r, struct place at)
{
	for (uint32_t c = 0; c < COLS; c++) {
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

				f->used = here && is_label(t, f) && same_column(o, f) &&
					  ((f->page == o->page && f->y0 >= o->y0 - 1 &&
					    (f->y1 <= o->y1 + 1 || o->y1_next > 0)) ||
					   (o->group && f->page >= o->page &&
					    in_group_word(f->fold)) ||
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

static enum err emit(struct table3 *t)
{
	struct layout *l = t->l;
	struct grid g = {.doc = l->doc};
	struct grid_row *rows = ARENA_ARRAY(l->mem, struct grid_row, BLOCKS_MAX + ROWS_MAX);
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

enum err table3_make(struct layout *l, struct zone *zone)
{
	size_t n_forms, known = 0;
	const struct form *forms = law_forms(l->env->law, &n_forms);
	struct table3 t = {.l = l, .zone = zone, .form_row = &forms[0].table3.rows[0]};
	enum err e = find_columns(&t);

	if (e == ERR_ABSENT) /* no columns: the lines stay prose, and nothing is invented */
		return doc_note_add(
			l->doc, STR("AR-R05"),
			STR("表三（依申请公开）找不到数字列的位置，未能读出，请对照原件核对。"),
			(struct place){l->lines[zone->from].page, 0});
	if (e == ERR_OK)
		e = find_blocks(&t);
	if (e == ERR_OK)
		e = match_blocks(&t);
	if (e == ERR_OK)
		e = find_figures(&t);
	if (e != ERR_OK)
		return e;
	attach_figures(&t);
	mark_used(&t);
	shrink_zone(&t);
	for (size_t i = 0; i < t.n_blocks; i++)
		known += t.blocks[i].row != NULL;
	if (t.loose > 0)
		doubt(&t, "有文字不属于任何一行");
	if (known * 10 < t.n_rows * 6)
		doubt(&t, "多数行标题无法辨认");
	return emit(&t);
}
