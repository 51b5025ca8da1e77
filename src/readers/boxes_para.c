/* Lines of prose -> paragraphs, as a person sees them: an indent, a short last line or a wide
 * gap ends one; everything else is a wrapped line. */
#include <math.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "readers/boxes_int.h"

#define INDENT 1.2f     /* em beyond the left edge that begin a paragraph */
#define SHORT_LINE 2.6f /* em before the right edge that end one */
#define WIDE_STEP 1.9f  /* of the usual step between lines */
#define FULL_LINES 3    /* long lines that a page needs to speak for itself */

/* One line of prose: the fragments of a line that no table took. */
struct row {
	float x0, x1, y0, y1, em;
	uint32_t page, no;
	struct str text;
	bool alone; /* a heading */
};

static struct str space_between(const struct frag *a, const struct frag *b)
{
	return text_space(a->text, b->text, b->x0 - a->x1, fminf(frag_em(a), frag_em(b)));
}

/* False when nothing of the line is left for prose. */
static enum err row_make(struct layout *l, size_t i, struct row *ret, bool *ret_any)
{
	const struct line *line = &l->lines[i];
	const struct frag *before = NULL;
	struct row row = {.page = line->page, .no = line->no};
	enum err e = ERR_OK;

	for (size_t k = 0; k < line->n && e == ERR_OK; k++) {
		struct frag *f = &l->frags[line->first + k];

		if (f->used)
			continue;
		if (before == NULL) {
			row.x0 = f->x0;
			row.y0 = f->y0;
			row.y1 = f->y1;
		} else {
			e = text_join(l->mem, row.text, space_between(before, f), &row.text);
		}
		if (e == ERR_OK)
			e = text_join(l->mem, row.text, f->text, &row.text);
		row.x1 = f->x1;
		row.y0 = fminf(row.y0, f->y0);
		row.y1 = fmaxf(row.y1, f->y1);
		row.em = fmaxf(row.em, frag_em(f));
		row.alone = row.alone || (before == NULL && frag_is_heading(f));
		f->used = true;
		before = f;
	}
	*ret = row;
	*ret_any = before != NULL;
	return e;
}

/* The edges of the text of one page, or of all pages where it has too few long lines. */
static struct edges edges_of(const struct layout *l, uint32_t page)
{
	const struct edges *e = &l->edges[page];

	return e->lines >= FULL_LINES ? *e : l->edges[0];
}

static void widen(struct edges *e, const struct frag *first, const struct frag *last)
{
	if (e->lines == 0 || first->x0 < e->left)
		e->left = first->x0;
	if (e->lines == 0 || last->x1 > e->right)
		e->right = last->x1;
	e->lines++;
}

enum err edges_make(struct layout *l)
{
	l->edges = ARENA_ARRAY(l->mem, struct edges, l->b->n_pages + 1);
	if (l->edges == NULL)
		return arena_err(l->mem);
	for (size_t i = 0; i < l->n_lines; i++) {
		const struct line *line = &l->lines[i];
		const struct frag *first = &l->frags[line->first], *last = first + line->n - 1;
		bool wide = false;

		for (const struct frag *f = first; f <= last; f++)
			wide = wide || f->wide;
		if (!wide)
			continue;
		widen(&l->edges[line->page], first, last);
		widen(&l->edges[0], first, last);
	}
	return ERR_OK;
}

static bool goes_on(const struct row *a, const struct row *b, const struct edges *page_a,
		    const struct edges *page_b, float step)
{
	float em = fminf(a->em, b->em);

	if (a->alone || b->alone)
		return false;
	if (fabsf(a->em - b->em) > 0.25f * em)
		return false; /* another size of type */
	if (b->x0 > page_b->left + INDENT * em || a->x1 < page_a->right - SHORT_LINE * em)
		return false;
	return a->page != b->page || b->y0 - a->y0 < WIDE_STEP * step;
}

/* The usual distance from line to line: the smallest that is not a mere shift. */
static float usual_step(const struct row *rows, size_t n)
{
	float step = 1e9f;

	for (size_t i = 1; i < n; i++) {
		float d = rows[i].y0 - rows[i - 1].y0;

		if (rows[i].page == rows[i - 1].page && d > 0.8f * rows[i].em)
			step = fminf(step, d);
	}
	return step;
}

static enum err emit(struct layout *l, struct str text, const struct row *first)
{
	struct place at = {first->page, first->no};

	while (text.n > LIMIT_PARA_BYTES) {
		size_t cut = LIMIT_PARA_BYTES;
		enum err e;

		while (cut > 0 && ((unsigned char)text.p[cut] & 0xc0) == 0x80)
			cut--;
		e = doc_para(l->doc, STYLE_BODY, str_sub(text, 0, cut), at);
		if (e != ERR_OK)
			return e;
		text = str_from(text, cut);
	}
	return doc_para(l->doc, STYLE_BODY, text, at);
}

static struct str seam(const struct row *a, const struct row *b)
{
	struct str at = a->text, bt = b->text;
	uint32_t ca = 0, cb = 0;

	utf8_prev(&at, &ca);
	utf8_next(&bt, &cb);
	/* Words of a Latin sentence; a figure or address cut at the edge goes on without. */
	if (((ca | 32) >= 'a' && (ca | 32) <= 'z') && ((cb | 32) >= 'a' && (cb | 32) <= 'z'))
		return STR(" ");
	return STR_NONE;
}

static enum err join_rows(struct layout *l, const struct row *rows, size_t n)
{
	float step = usual_step(rows, n);
	size_t from = 0;

	for (size_t i = 1; i <= n; i++) {
		size_t bytes = 0;
		AUTO_BUF(text, LIMIT_HTML_BYTES);
		enum err e;

		if (i < n) {
			struct edges a = edges_of(l, rows[i - 1].page);
			struct edges b = edges_of(l, rows[i].page);

			if (goes_on(&rows[i - 1], &rows[i], &a, &b, step))
				continue;
		}
		for (size_t k = from; k < i; k++) {
			if (k > from)
				buf_add(&text, seam(&rows[k - 1], &rows[k]));
			buf_add(&text, rows[k].text);
			bytes += rows[k].text.n;
		}
		e = buf_end(&text);
		if (e == ERR_OK && bytes > 0)
			e = emit(l, buf_str(&text), &rows[from]);
		if (e != ERR_OK)
			return e;
		from = i;
	}
	return ERR_OK;
}

enum err paras_make(struct layout *l, size_t from, size_t to)
{
	struct row *rows = NULL;
	size_t n = 0;

	if (from >= to)
		return ERR_OK;
	rows = ARENA_ARRAY(l->mem, struct row, to - from);
	if (rows == NULL)
		return arena_err(l->mem);
	for (size_t i = from; i < to; i++) {
		bool any = false;
		enum err e = row_make(l, i, &rows[n], &any);

		if (e != ERR_OK)
			return e;
		n += any;
	}
	return join_rows(l, rows, n);
}
