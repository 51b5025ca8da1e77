/* Header stacks and the cells of a laid-out table. */
#include "base/han.h"
#include "readers/boxes_int.h"

#define STACKS_MAX 64
#define HEADER_PIECES_MAX 4096
#define STACK_GAP 0.0f /* em: in a header, neighbouring words are other columns */

static enum err add_to_stack(struct layout *l, struct stack *s, const struct frag *f)
{
	enum err e = text_join(l->mem, s->text, f->text, &s->text);

	if (e == ERR_OK)
		e = text_join(l->mem, s->fold, f->fold, &s->fold);
	if (f->x0 < s->x0)
		s->x0 = f->x0;
	if (f->x1 > s->x1)
		s->x1 = f->x1;
	if (f->y1 > s->y1)
		s->y1 = f->y1;
	return e;
}

/* The words of a line again, joined only where they nearly touch: in a header, neighbours are
 * other columns. */
static enum err close_frags(struct layout *l, size_t from, size_t to, struct frag **ret,
			    size_t *ret_n)
{
	size_t cap = 0;

	*ret = NULL;
	*ret_n = 0;
	for (size_t i = from; i < to; i++) {
		const struct line *line = &l->lines[i];
		size_t w0 = l->frags[line->first].word;
		const struct frag *last = &l->frags[line->first + line->n - 1];
		enum err e = frags_of_words(l->mem, l->b->words + w0, last->word + last->words - w0,
					    (uint32_t)i, STACK_GAP, ret, ret_n, &cap);

		if (e != ERR_OK)
			return e;
		if (*ret_n > HEADER_PIECES_MAX)
			break;
	}
	return ERR_OK;
}

static void sort_stacks(struct stack *stacks, size_t n)
{
	for (size_t i = 1; i < n; i++) { /* left to right */
		struct stack s = stacks[i];
		size_t k = i;

		for (; k > 0 && stacks[k - 1].x0 > s.x0; k--)
			stacks[k] = stacks[k - 1];
		stacks[k] = s;
	}
}

static bool is_whole(struct str fold, const char *const *known, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (str_eq(fold, str_c(known[i])))
			return true;
	}
	return false;
}

/* 总 | 计 -> 总计. */
static enum err merge_neighbours(struct layout *l, struct stack *s, size_t *n,
				 const char *const *known, size_t n_known)
{
	size_t kept = 0;

	for (size_t i = 0; i < *n; i++) {
		struct stack *last = kept > 0 ? &s[kept - 1] : NULL;
		struct stack both;
		enum err e;

		if (last == NULL || is_whole(last->fold, known, n_known) ||
		    is_whole(s[i].fold, known, n_known)) {
			s[kept++] = s[i];
			continue;
		}
		both = *last;
		e = text_join(l->mem, last->text, s[i].text, &both.text);
		if (e == ERR_OK)
			e = text_join(l->mem, last->fold, s[i].fold, &both.fold);
		if (e != ERR_OK)
			return e;
		both.x1 = s[i].x1;
		if (text_within(both.fold, known, n_known))
			*last = both;
		else
			s[kept++] = s[i];
	}
	*n = kept;
	return ERR_OK;
}

enum err stacks_make(struct layout *l, size_t from, size_t to, const char *const *known,
		     size_t n_known, struct stack **ret, size_t *ret_n)
{
	struct frag *frags;
	struct stack *stacks = ARENA_ARRAY(l->mem, struct stack, STACKS_MAX);
	size_t n_frags, n = 0;
	enum err e = close_frags(l, from, to, &frags, &n_frags);

	if (stacks == NULL)
		return arena_err(l->mem);
	for (size_t i = 0; e == ERR_OK && i < n_frags; i++) {
		const struct frag *f = &frags[i];
		size_t k = 0;

		if (!text_within(f->fold, known, n_known))
			continue;
		while (k < n && !(f->x0 < stacks[k].x1 - 1 && stacks[k].x0 < f->x1 - 1))
			k++;
		if (k == STACKS_MAX)
			break;
		if (k == n) {
			stacks[n] = (struct stack){f->x0, f->x1, f->y0, f->y1, f->text, f->fold};
			n++;
		} else {
			e = add_to_stack(l, &stacks[k], f);
		}
	}
	sort_stacks(stacks, n);
	if (e == ERR_OK)
		e = merge_neighbours(l, stacks, &n, known, n_known);
	*ret = stacks;
	*ret_n = n;
	return e;
}

void grid_cell(struct grid *g, uint32_t row, uint32_t col, uint32_t rowspan, uint32_t colspan,
	       struct str text, struct place at, bool header)
{
	struct doc_cell cell = {.row = row,
				.col = col,
				.rowspan = rowspan,
				.colspan = colspan,
				.text = text,
				.at = at,
				.header = header};

	if (g->failed == ERR_OK)
		g->failed = doc_cell_add(g->doc, g->table, cell);
}

enum err grid_end(struct grid *g, const char *doubt, int table_no)
{
	static const char *const names[] = {"表二（主动公开）", "表三（依申请公开）",
					    "表四（复议诉讼）"};
	struct doc_cell *first;
	struct str text;
	enum err e = g->failed;

	if (e == ERR_OK)
		e = doc_table_done(g->doc, g->table);
	if (e != ERR_OK || doubt == NULL)
		return e;
	g->table->untrusted = true;
	first = g->table->n_cells > 0 ? &g->table->cells[0] : NULL;
	e = arena_fmt(g->doc->mem, &text, "%s的版面无法完全确定：%s，表中数字请对照原件核对。",
		      names[table_no - 2], doubt);
	if (e != ERR_OK)
		return e;
	return doc_note_add(g->doc, STR("AR-R05"), text, first ? first->at : (struct place){0, 0});
}
