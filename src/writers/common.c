/* What the writers share: words of metadata, the walk over a table's grid, signatures. */
#include "base/utf8.h"
#include "writers/writers_int.h"

struct str writer_title(const struct doc *doc, const struct write_env *env)
{
	if (!str_empty(env->title))
		return env->title;
	for (size_t i = 0; i < doc->n_blocks; i++)
		if (doc->blocks[i].kind == BLOCK_PARA && doc->blocks[i].style == STYLE_TITLE)
			return doc->blocks[i].text;
	return doc->title;
}

struct str writer_lang(const struct write_env *env)
{
	return str_empty(env->lang) ? STR("zh-CN") : env->lang;
}

enum err writer_picture(const struct doc_block *b, struct arena *mem, struct str *ret)
{
	if (str_empty(b->text)) {
		*ret = STR("［图片］");
		return ERR_OK;
	}
	return arena_fmt(mem, ret, "［图片：" STR_FMT "］", STR_ARG(b->text));
}

/* Units that stand behind a number without making it words. */
static bool is_unit(uint32_t cp)
{
	static const uint32_t unit[] = {0x4EF6 /* 件 */, 0x5143 /* 元 */, 0x4E07 /* 万 */,
					0x4EBF /* 亿 */, 0x6761 /* 条 */, 0x9879 /* 项 */,
					0x5B97 /* 宗 */, 0x4EFD /* 份 */, 0x6B21 /* 次 */};

	for (size_t i = 0; i < sizeof(unit) / sizeof(unit[0]); i++)
		if (cp == unit[i])
			return true;
	return false;
}

bool writer_is_figure(struct str s)
{
	uint32_t cp;

	while (utf8_next(&s, &cp)) {
		bool ascii = cp > ' ' && cp < 0x7F;
		bool wide = cp > 0xFF00 && cp < 0xFF20; /* full-width digits and signs */

		if (!ascii && !wide && cp != 0x2014 && !is_unit(cp))
			return false;
	}
	return true;
}

enum text_align writer_align(const struct doc_cell *c)
{
	if (c->align != ALIGN_AUTO)
		return c->align;
	if (c->header || c->colspan > 3 || writer_is_figure(c->text) || writer_em(c->text) <= 8)
		return ALIGN_CENTER;
	return ALIGN_LEFT;
}

double writer_em(struct str s)
{
	double em = 0;
	uint32_t cp;

	while (utf8_next(&s, &cp))
		em += cp < 0x2E80 && cp != 0x2014 && cp != 0x201C && cp != 0x201D ? 0.5 : 1;
	return em;
}

unsigned writer_width(const struct doc_table *t, uint32_t col)
{
	return t->widths != NULL ? t->widths[col] : 1;
}

size_t writer_title_break(struct str text, double max_em)
{
	size_t best = 0;
	double best_gap = max_em, all = writer_em(text), before = 0;
	bool was_digit = true;

	if (all > 2 * max_em)
		return 0;
	for (struct str rest = text; rest.n > 0;) {
		struct str at = rest;
		bool named = str_starts(rest, STR("政府信息公开")) || str_starts(rest, STR("关于"));
		uint32_t cp;
		bool digit;

		if (!utf8_next(&rest, &cp) || cp == '\n')
			break;
		digit = cp >= '0' && cp <= '9';
		if (before > 0 && ((digit && !was_digit) || named)) {
			double gap = all - 2 * before;

			gap = gap < 0 ? -gap : gap;
			if (before < max_em - 0.5 && all - before < max_em - 0.5 &&
			    gap < best_gap) {
				best = text.n - at.n;
				best_gap = gap;
			}
		}
		before += writer_em(str_sub(at, 0, at.n - rest.n));
		was_digit = digit;
	}
	return best;
}

void writer_signature(double name, double day, double *ret_name_right, double *ret_day_right)
{
	double name_right = 2, day_right = name_right + name - 2 - day;

	if (day > 0 && day_right < 2) { /* the date is the longer one: it sets the edge */
		day_right = 2;
		name_right = day_right + day + 2 - name;
	}
	*ret_name_right = name_right;
	*ret_day_right = day_right;
}

enum err grid_open(struct grid *g, const struct doc_table *table, struct arena *mem)
{
	const struct doc_cell **over = ARENA_ARRAY(mem, const struct doc_cell *, table->cols);

	if (over == NULL)
		return arena_err(mem);
	*g = (struct grid){.table = table, .over = over};
	return ERR_OK;
}

bool grid_next(struct grid *g)
{
	const struct doc_table *t = g->table;

	if (g->rows_seen >= t->rows)
		return false;
	g->row = g->rows_seen++;
	for (uint32_t c = 0; c < t->cols; c++)
		if (g->over[c] != NULL && g->over[c]->row + g->over[c]->rowspan <= g->row)
			g->over[c] = NULL;
	for (; g->next < t->n_cells && t->cells[g->next].row == g->row; g->next++) {
		const struct doc_cell *cell = &t->cells[g->next];

		for (uint32_t c = cell->col; c < cell->col + cell->colspan && c < t->cols; c++)
			g->over[c] = cell;
	}
	return true;
}

uint32_t grid_span(const struct grid *g, uint32_t c)
{
	const struct doc_cell *cell = g->over[c];
	uint32_t span = 1;

	if (cell == NULL || cell->col != c)
		return 1;
	while (span < cell->colspan && c + span < g->table->cols && g->over[c + span] == cell)
		span++;
	return span;
}
