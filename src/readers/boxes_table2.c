/* Table 2: blocks under 第二十条第（…）项, each with a header line of its own. */
#include <math.h>

#include "base/han.h"
#include "base/utf8.h"
#include "readers/boxes_int.h"

#define COLS_MAX 8    /* of one block, the label column among them */
#define LABELS_MAX 12 /* rows of one block */
#define BLOCK_LINES_MAX 80
#define WRAP_GAP 0.9f /* heights between the lines of one label */
#define ALIKE 550     /* permille */
#define REACH 2.2f    /* heights that a value may stand from its label */

static const char *const head_words[] = {
	"信息内容",       "本年制发件数",     "本年废止件数",
	"现行有效件数",   "本年处理决定数量", "本年收费金额(单位:万元)",
	"本年新制作数量", "本年新公开数量",   "对外公开总数量",
	"上一年项目数量", "本年增/减",        "处理决定数量",
	"采购项目数量",   "采购总金额",       "(单位:万元)",
	"本年制发数",     "本年废止数",       "现行有效数",
};
#define N_HEAD_WORDS (sizeof(head_words) / sizeof(*head_words))

struct label {
	float x0, x1, y0, y1;
	uint32_t page;
	struct str text, fold;
	struct place at;
	struct str cell[COLS_MAX];
	const struct frag *last[COLS_MAX];
};

struct table2 {
	struct layout *l;
	struct grid g;
	uint32_t row; /* next row of the grid */
	struct stack *heads;
	size_t n_heads;
	struct label labels[LABELS_MAX];
	size_t n_labels;
	const char *doubt;
};

/* 第二十条第（一）项, alone, perhaps over two lines: how many lines it takes, 0 when it is none.
 * *ret_text, when not NULL, is the whole. */
static size_t block_head(const struct layout *l, size_t i, size_t end, struct str *ret_text)
{
	struct str fold = STR_NONE, text = STR_NONE;

	for (size_t n = 0; n < 3 && i + n < end; n++) {
		const struct frag *f = &l->frags[l->lines[i + n].first];

		if (l->lines[i + n].n != 1 || (n == 0 && !str_starts(f->fold, STR("第二十"))) ||
		    f->fold.n > 48 || text_join(l->mem, fold, f->fold, &fold) != ERR_OK ||
		    text_join(l->mem, text, f->text, &text) != ERR_OK)
			return 0;
		if (str_starts(fold, STR("第二十条第")) && str_ends(fold, STR("项")) &&
		    utf8_count(fold) <= 14) {
			if (ret_text != NULL)
				*ret_text = text;
			return n + 1;
		}
	}
	return 0;
}

static bool begins_head(const struct layout *l, size_t i)
{
	for (size_t k = 0; k < l->lines[i].n; k++) {
		struct str fold = l->frags[l->lines[i].first + k].fold;

		if (str_starts(fold, STR("信息内容")) || str_starts(STR("信息内容"), fold))
			return true;
	}
	return false;
}

static bool line_ends_zone(const struct layout *l, size_t i)
{
	for (size_t k = 0; k < l->lines[i].n; k++) {
		const struct frag *f = &l->frags[l->lines[i].first + k];

		if (f->wide || frag_is_heading(f) || str_eq(f->fold, STR("申请人情况")))
			return true;
	}
	return false;
}

bool zone2_find(struct layout *l, size_t at, struct zone *ret)
{
	size_t to = at + 1, last = at;

	if (block_head(l, at, l->n_lines, NULL) == 0)
		return false;
	/* The next lines begin 信息内容 (upright in a narrow cell), or it is a mere mention. */
	while (to < l->n_lines && to < at + 6 && !begins_head(l, to))
		to++;
	if (to >= l->n_lines || to >= at + 6)
		return false;
	for (to = at; to < l->n_lines && to < last + BLOCK_LINES_MAX; to++) {
		if (block_head(l, to, l->n_lines, NULL) > 0)
			last = to;
		else if (line_ends_zone(l, to))
			break;
	}
	*ret = (struct zone){2, at, at, to};
	return true;
}

/* How much of 信息内容 was seen, and where it stands: the column of labels. */
struct head_column {
	size_t got;
	float x0, x1;
};

static bool is_head_piece(const struct layout *l, const struct frag *f, struct head_column *c)
{
	const struct str whole = STR("信息内容");

	if (f->number)
		return false;
	if (c->got < whole.n && str_starts(str_from(whole, c->got), f->fold)) {
		c->x0 = c->got == 0 ? f->x0 : fminf(c->x0, f->x0);
		c->x1 = c->got == 0 ? f->x1 : fmaxf(c->x1, f->x1);
		c->got += f->fold.n;
		return true;
	}
	/* Below the whole of 信息内容 stand the labels of rows. */
	if (c->got == whole.n && f->x0 < c->x1 && c->x0 < f->x1)
		return false;
	return frag_within(l, f, head_words, N_HEAD_WORDS) || str_has(f->fold, STR("数量")) ||
	       str_has(f->fold, STR("金额"));
}

/* The line after a block's header. */
static size_t header_end(const struct layout *l, size_t i, size_t to)
{
	struct head_column column = {0};

	for (; i < to; i++) {
		const struct line *line = &l->lines[i];

		for (size_t k = 0; k < line->n; k++) {
			if (!is_head_piece(l, &l->frags[line->first + k], &column))
				return i;
		}
	}
	return i;
}

static bool is_label2(const struct table2 *t, const struct frag *f)
{
	float edge = t->n_heads > 1 ? t->heads[1].x0 : 1e9f;
	float mid = t->n_heads > 1 ? (t->heads[0].x1 + t->heads[1].x0) / 2 : 1e9f;

	return !f->number && (f->x1 < edge || mid_x(f) < mid) && f->x0 < mid;
}

/* Whether a piece alone is the whole label of a row in some form. */
static bool is_whole_label(const struct layout *l, struct str fold)
{
	size_t n_forms;
	const struct form *forms = law_forms(l->env->law, &n_forms);

	for (size_t i = 0; i < n_forms; i++) {
		for (size_t k = 0; k < forms[i].table2.n_rows; k++) {
			if (str_eq(forms[i].table2.rows[k].folded, fold))
				return true;
		}
	}
	return false;
}

/* Whether a label is that of some row, however damaged: what is like none may be two. */
static bool is_like_some(const struct layout *l, struct str fold)
{
	size_t n_forms;
	const struct form *forms = law_forms(l->env->law, &n_forms);
	int best = 0;

	for (size_t i = 0; i < n_forms; i++) {
		for (size_t k = 0; k < forms[i].table2.n_rows; k++) {
			int like = han_likeness(text_without_ordinal(fold),
						forms[i].table2.rows[k].folded);

			best = like > best ? like : best;
		}
	}
	return best >= ALIKE;
}

static enum err add_label(struct table2 *t, const struct frag *f)
{
	struct label *last = t->n_labels > 0 ? &t->labels[t->n_labels - 1] : NULL;
	float h = f->y1 - f->y0;

	if (last != NULL && last->page == f->page && f->y0 - last->y1 < WRAP_GAP * h * 0.6f &&
	    !is_whole_label(t->l, last->fold) && !is_whole_label(t->l, f->fold)) {
		enum err e = text_join(t->l->mem, last->text, f->text, &last->text);

		last->y1 = f->y1;
		last->x0 = fminf(last->x0, f->x0);
		return e == ERR_OK ? text_join(t->l->mem, last->fold, f->fold, &last->fold) : e;
	}
	if (t->n_labels == LABELS_MAX) {
		t->doubt = "有文字不属于任何一行";
		return ERR_OK;
	}
	t->labels[t->n_labels++] = (struct label){.x0 = f->x0,
						  .x1 = f->x1,
						  .y0 = f->y0,
						  .y1 = f->y1,
						  .page = f->page,
						  .text = f->text,
						  .fold = f->fold,
						  .at = {f->page, t->l->lines[f->line].no}};
	return ERR_OK;
}

static float label_apart(const struct label *b, const struct frag *f)
{
	float y = mid_y(f);

	if (b->page != f->page)
		return 1e9f;
	if (y < b->y0)
		return b->y0 - y;
	return y > b->y1 ? y - b->y1 : 0;
}

static enum err place_value(struct table2 *t, struct frag *f)
{
	struct label *label = NULL;
	size_t col = 0;
	float near = 1e9f, apart = 1e9f;

	for (size_t i = 0; i < t->n_labels; i++) {
		float d = label_apart(&t->labels[i], f);

		if (d < near) {
			near = d;
			label = &t->labels[i];
		}
	}
	for (size_t c = 1; c < t->n_heads; c++) {
		float d = fabsf(mid_x(f) - (t->heads[c].x0 + t->heads[c].x1) / 2);

		if (d < apart) {
			apart = d;
			col = c;
		}
	}
	f->used = true;
	if (label == NULL || col == 0 || near > REACH * (f->y1 - f->y0)) {
		t->doubt = "有数字没有对应的行或列";
		f->used = false;
		return ERR_OK;
	}
	if (label->last[col] != NULL) {
		const struct frag *o = label->last[col];

		if (f->number && o->number) {
			t->doubt = "同一格内有两个数字";
			if (text_join(t->l->mem, label->cell[col], STR("\n"), &label->cell[col]) !=
			    ERR_OK)
				return arena_err(t->l->mem);
		}
	}
	label->last[col] = f;
	return text_join(t->l->mem, label->cell[col], f->text, &label->cell[col]);
}

/* Labels first, then what stands beside them. */
static enum err read_rows(struct table2 *t, size_t from, size_t to)
{
	struct layout *l = t->l;
	enum err e = ERR_OK;

	t->n_labels = 0;
	for (size_t pass = 0; pass < 2; pass++) {
		for (size_t i = from; i < to; i++) {
			for (size_t k = 0; k < l->lines[i].n && e == ERR_OK; k++) {
				struct frag *f = &l->frags[l->lines[i].first + k];
				bool label = is_label2(t, f);

				if (pass == 0 && label)
					e = add_label(t, f);
				else if (pass == 1 && !label)
					e = place_value(t, f);
				f->used = f->used || label;
			}
		}
	}
	return e;
}

/* The grid is four columns wide, as in the form; a single column of figures spans three. */
#define GRID_COLS 4

static void emit_row(struct table2 *t, const struct label *b)
{
	size_t n = t->n_heads > 1 ? t->n_heads : 2;
	uint32_t wide = n == 2 ? GRID_COLS - 1 : 1;

	for (uint32_t c = 0; c < n; c++) {
		bool last = c + 1 == n;
		uint32_t span = n == 2 && c == 1 ? wide : 1;

		if (n == 3 && last)
			span = 2;
		if (b == NULL)
			grid_cell(&t->g, t->row, c, 1, span,
				  c < t->n_heads ? t->heads[c].text : STR_NONE,
				  (struct place){0, 0}, true);
		else
			grid_cell(&t->g, t->row, c, 1, span, c == 0 ? b->text : b->cell[c], b->at,
				  c == 0);
	}
	t->row++;
}

/* One block: its head at line `from`, up to the next one. */
static enum err read_block(struct table2 *t, size_t from, size_t to)
{
	struct layout *l = t->l;
	struct str head = STR_NONE;
	size_t heads = from + block_head(l, from, to, &head);
	size_t body = header_end(l, heads, to);
	enum err e = stacks_make(l, heads, body, head_words, N_HEAD_WORDS, &t->heads, &t->n_heads);

	if (e != ERR_OK)
		return e;
	if (t->n_heads < 2 || t->n_heads > COLS_MAX) {
		t->doubt = "表头不完整";
		t->n_heads = t->n_heads > COLS_MAX ? COLS_MAX : t->n_heads;
	}
	for (size_t i = from; i < body; i++) {
		for (size_t k = 0; k < l->lines[i].n; k++)
			l->frags[l->lines[i].first + k].used = true;
	}
	grid_cell(&t->g, t->row++, 0, 1, GRID_COLS, head,
		  (struct place){l->lines[from].page, l->lines[from].no}, true);
	emit_row(t, NULL);
	e = read_rows(t, body, to);
	for (size_t i = 0; i < t->n_labels; i++) {
		if (!is_like_some(l, t->labels[i].fold))
			t->doubt = "有的行标题无法辨认";
		emit_row(t, &t->labels[i]);
	}
	return e;
}

enum err table2_make(struct layout *l, struct zone *zone)
{
	struct table2 *t = ARENA_NEW(l->mem, struct table2);
	struct place at = {l->lines[zone->from].page, l->lines[zone->from].no};
	size_t from = zone->from;
	enum err e;

	if (t == NULL)
		return arena_err(l->mem);
	*t = (struct table2){.l = l, .g = {.doc = l->doc}};
	e = doc_table_add(l->doc, TABLE_GRID, at, &t->g.table);
	for (size_t i = zone->from + 1; i <= zone->to && e == ERR_OK; i++) {
		if (i < zone->to && block_head(l, i, zone->to, NULL) == 0)
			continue;
		e = read_block(t, from, i);
		from = i;
	}
	return e == ERR_OK ? grid_end(&t->g, t->doubt, 2) : e;
}
