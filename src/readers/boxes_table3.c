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
#include "readers/boxes_table3.h"

#define ALIKE 550     /* permille: a label is taken for a row of the form */
#define SNAP 12.0f    /* points between a header's middle and its figures */
#define WRAP_GAP 0.9f /* heights between the lines of one label */
#define HEADER_LINES_MAX 24
#define BODY_LINES_MAX 600
#define LABEL_CHARS_MIN 4 /* of a row's label: fewer are any words */

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
static const char *const column_words[] = {"自然人",       "商业企业", "科研机构", "社会公益组织",
					   "法律服务机构", "其他",     "总计",     "合计"};

void table3_doubt(struct table3 *t, const char *why)
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

/* The first line of a label of any row: under a whole header the first row may be lacking. */
static bool begins_row(const struct layout *l, const struct frag *f)
{
	struct str rest = text_without_ordinal(f->fold);
	size_t n_forms;
	const struct form *forms = law_forms(l->env->law, &n_forms);

	if (begins_row_new(f))
		return true;
	if (f->wide || rest.n == f->fold.n || utf8_count(rest) < LABEL_CHARS_MIN)
		return false;
	for (size_t i = 0; i < n_forms; i++) {
		const struct form_table *form = &forms[i].table3;

		for (size_t k = 0; k < form->n_rows; k++) {
			if (str_starts(form->rows[k].folded, rest))
				return true;
		}
	}
	return false;
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
		if (begins_row(l, &f[k])) {
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
static size_t columns_from_figures(struct table3 *t, float ret[TABLE3_COLS])
{
	float *seen = ARENA_ARRAY(t->l->mem, float, TABLE3_COLS *(t->zone->to - t->zone->body) + 1);
	size_t rows = 0, lines = t->zone->to - t->zone->body;

	for (size_t i = t->zone->body; seen != NULL && i < t->zone->to; i++) {
		size_t n, figures = 0;
		struct frag *f = line_frags(t->l, i, &n);

		for (size_t k = 0; k < n; k++)
			figures += f[k].number;
		if (figures != TABLE3_COLS)
			continue;
		for (size_t k = 0, c = 0; k < n; k++) {
			if (f[k].number)
				seen[c++ * lines + rows] = mid_x(&f[k]);
		}
		rows++;
	}
	for (size_t c = 0; c < TABLE3_COLS && rows > 0; c++)
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
static enum err columns_from_header(struct table3 *t, float ret[TABLE3_COLS], size_t *ret_found)
{
	struct stack *stacks;
	size_t n = 0, found = 0;
	bool have[TABLE3_COLS] = {false};
	enum err e = stacks_make(t->l, columns_top(t), t->zone->body, column_words,
				 sizeof(column_words) / sizeof(*column_words), &stacks, &n);

	for (size_t i = 0; e == ERR_OK && i < n; i++) {
		for (size_t c = 0; c < TABLE3_COLS; c++) {
			struct str want;

			e = han_fold(t->l->mem, t->form_row->cols[c].label, &want);
			if (e != ERR_OK)
				return e;
			if (have[c] ||
			    !(str_eq(stacks[i].fold, want) ||
			      (c == TABLE3_COLS - 1 && str_eq(stacks[i].fold, STR("合计")))))
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

	for (size_t c = 0; c < TABLE3_COLS && near != NULL; c++) {
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
	float by_figures[TABLE3_COLS], by_header[TABLE3_COLS];
	size_t found = 0, full = columns_from_figures(t, by_figures);
	enum err e = columns_from_header(t, by_header, &found);

	if (e != ERR_OK)
		return e;
	for (size_t c = 0; c < TABLE3_COLS; c++)
		t->col[c] = full >= 2 ? by_figures[c] : by_header[c];
	if (full < 2 && found < TABLE3_COLS) {
		table3_doubt(t, "找不到七个数字列的位置");
		return ERR_ABSENT;
	}
	if (full < 2)
		snap_columns(t);
	t->pitch = (t->col[TABLE3_COLS - 1] - t->col[0]) / (TABLE3_COLS - 1);
	for (size_t c = 1; c < TABLE3_COLS; c++) {
		if (t->col[c] - t->col[c - 1] < 0.3f * t->pitch || t->pitch < 4)
			table3_doubt(t, "数字列的间隔不一致");
	}
	for (size_t c = 0; c < TABLE3_COLS && found == TABLE3_COLS; c++) {
		if (fabsf(by_header[c] - t->col[c]) > 0.5f * t->pitch)
			table3_doubt(t, "表头与数字没有对齐");
	}
	t->label_edge = t->col[0] - 0.5f * (t->col[1] - t->col[0]);
	return ERR_OK;
}

/* --- labels --- */

bool table3_is_label(const struct table3 *t, const struct frag *f)
{
	/* 无 may be the middle of （四）无法提供. */
	return (!f->number || str_eq(f->fold, STR("无"))) && mid_x(f) < t->label_edge &&
	       f->x1 < t->col[0] + 2;
}

bool table3_same_column(const struct block *b, const struct frag *f)
{
	return f->x0 < b->x1 - 1 && b->x0 < f->x1 - 1;
}

/* Whether a line goes on with a label close above it. */
static bool continues(const struct block *b, const struct frag *f)
{
	float h = f->y1 - f->y0;

	return !b->group && f->page == b->last_page && table3_same_column(b, f) &&
	       !text_is_ordinal(f->fold) && f->y0 > b->last_y1 - 0.6f * h &&
	       f->y0 - b->last_y1 < WRAP_GAP * h;
}

/* The same over the edge of a page: the lowest label of its column at the foot of the page
 * before, and nothing of that column yet on this one. */
static bool continues_over(const struct table3 *t, const struct block *b, const struct frag *f)
{
	return !b->group && f->page == b->last_page + 1 && table3_same_column(b, f) &&
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

		if (!b->group && b->last_page == f->page && table3_same_column(b, f))
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

bool table3_in_group_word(struct str fold)
{
	static const char *const whole[] = {"三、本年度办理结果", "三、本年度办理结果,"};

	return text_within(fold, whole, 2);
}

/* The upright words 三、本年度办理结果 beside the rows; `right` is where the next column begins. */
static bool is_group_piece(const struct table3 *t, const struct frag *f, float right)
{
	return f->x1 < right + 2 && table3_in_group_word(f->fold) && t->n_blocks >= 1 &&
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

	if (t->n_blocks == TABLE3_BLOCKS_MAX) {
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

	t->blocks = ARENA_ARRAY(t->l->mem, struct block, TABLE3_BLOCKS_MAX);
	if (t->blocks == NULL)
		return arena_err(t->l->mem);
	for (size_t i = t->zone->body; i < t->zone->to; i++) {
		i = skip_header(t, i);
		for (size_t k = 0; i < t->zone->to && k < t->l->lines[i].n; k++) {
			struct frag *f = &t->l->frags[t->l->lines[i].first + k];
			enum err e = ERR_OK;

			if (table3_is_label(t, f))
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
	const struct form_row **rows =
		ARENA_ARRAY(t->l->mem, const struct form_row *, TABLE3_BLOCKS_MAX);
	long best = -1;

	if (rows == NULL)
		return arena_err(t->l->mem);
	qsort(t->blocks, t->n_blocks, sizeof(*t->blocks), by_place);
	for (size_t i = 0; i < n_forms; i++) {
		long score = 0;
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
			table3_doubt(t, "有两个行标题连在一起");
		b->parent = b->row == NULL && !b->group && is_parent_of(b, &forms[top].table3);
	}
	return ERR_OK;
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
		e = table3_figures(&t);
	if (e != ERR_OK)
		return e;
	for (size_t i = 0; i < t.n_blocks; i++) {
		const struct block *b = &t.blocks[i];

		known += b->row != NULL;
		if (b->row == NULL && !b->parent && !b->group && !b->took &&
		    text_is_ordinal(b->fold))
			table3_doubt(&t, "有行标题无法辨认");
	}
	if (known * 10 < t.n_rows * 6)
		table3_doubt(&t, "多数行标题无法辨认");
	return table3_grid(&t);
}
