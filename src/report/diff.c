/* Comparing two reports. */
#include "report/diff.h"

#include <inttypes.h>
#include <string.h>

#include "base/utf8.h"

#define TABLE_CELLS_MAX ((size_t)16 * 1024 * 1024) /* of the alignment of two texts */

enum err diff_cell_text(const struct cell *cell, struct arena *mem, struct str *ret)
{
	*ret = STR_NONE;
	if (cell == NULL)
		return ERR_OK;
	if (cell->has_printed)
		*ret = cell->printed;
	else if (cell->kind == CELL_AMOUNT)
		*ret = cell->amount;
	else if (cell->kind == CELL_COUNT)
		return arena_fmt(mem, ret, "%" PRId64, cell->count);
	return ERR_OK;
}

/* ---- cells ------------------------------------------------------------------------------------
 */

struct differ {
	struct arena *mem;
	struct report_diff *diff;
	size_t chars, same_chars; /* for the likeness of the whole */
};

static enum err add_cell(struct differ *d, int table, const struct form_row *row,
			 const struct form_col *col, const struct cell *old, const struct cell *new)
{
	struct diff_cell *c;
	struct str a, b;
	bool old_there = old != NULL && old->kind != CELL_ABSENT;
	bool new_there = new != NULL &&new->kind != CELL_ABSENT;
	enum err e = diff_cell_text(old, d->mem, &a);

	if (e == ERR_OK)
		e = diff_cell_text(new, d->mem, &b);
	if (e != ERR_OK || (old_there == new_there && str_eq(a, b)))
		return e;
	c = ARENA_PUSH(d->mem, &d->diff->cells, &d->diff->n_cells, &d->diff->cap_cells,
		       LIMIT_FINDINGS);
	if (c == NULL)
		return arena_err(d->mem);
	c->old_there = old_there;
	c->new_there = new_there;
	c->old_text = a;
	c->new_text = b;
	return report_address(table, row->key, col->key, d->mem, &c->where);
}

static enum err diff_row(struct differ *d, int table, const struct report_row *old,
			 const struct report_row *new)
{
	const struct report_row *one = old ? old : new;
	enum err e = ERR_OK;

	for (size_t c = 0; e == ERR_OK && c < one->form->n_cols; c++) {
		const struct form_col *col = &one->form->cols[c];
		int other = new &&old ? form_col(new->form, col->key) : -1;

		e = add_cell(d, table, one->form, col, old ? &old->cells[c] : NULL,
			     old == NULL  ? &new->cells[c]
			     : other >= 0 ? &new->cells[other]
					  : NULL);
	}
	/* columns that only the newer form has */
	for (size_t c = 0; e == ERR_OK && old && new &&c < new->form->n_cols; c++)
		if (form_col(old->form, new->form->cols[c].key) < 0)
			e = add_cell(d, table, new->form, &new->form->cols[c], NULL,
				     &new->cells[c]);
	return e;
}

static enum err diff_table(struct differ *d, int table, const struct report *old,
			   const struct report *new)
{
	const struct report_table *a = report_table(old, table), *b = report_table(new, table);
	enum err e = ERR_OK;

	for (size_t i = 0; e == ERR_OK && i < a->n_rows; i++)
		e = diff_row(d, table, &a->rows[i], report_row(new, table, a->rows[i].form->key));
	for (size_t i = 0; e == ERR_OK && i < b->n_rows; i++)
		if (report_row(old, table, b->rows[i].form->key) == NULL)
			e = diff_row(d, table, NULL, &b->rows[i]);
	return e;
}

/* ---- text ---------------------------------------------------------------------------------------
 */

struct sentences {
	struct str *v;
	size_t n, cap;
};

static bool ends_sentence(uint32_t cp)
{
	return cp == 0x3002 || cp == 0xFF1B || cp == 0xFF01 || cp == 0xFF1F || cp == '\n' ||
	       cp == ';';
}

static enum err cut_sentences(struct str text, struct arena *mem, struct sentences *ret)
{
	struct str rest = text;
	const char *from = text.p;
	uint32_t cp;

	*ret = (struct sentences){NULL, 0, 0};
	while (rest.n > 0) {
		struct str one, *to;

		(void)utf8_next(&rest, &cp);
		if (rest.n > 0 && !ends_sentence(cp))
			continue;
		one = str_trim_wide(str_n(from, (size_t)(rest.p - from)));
		from = rest.p;
		if (one.n == 0)
			continue;
		to = ARENA_PUSH(mem, &ret->v, &ret->n, &ret->cap, LIMIT_DOC_BLOCKS);
		if (to == NULL)
			return arena_err(mem);
		*to = one;
	}
	return ERR_OK;
}

static enum err add_sentence(struct differ *d, struct diff_part *part, bool removed,
			     struct str text)
{
	struct diff_sentence *s =
		ARENA_PUSH(d->mem, &part->sentences, &part->n, &part->cap, LIMIT_DOC_BLOCKS);

	if (s == NULL)
		return arena_err(d->mem);
	*s = (struct diff_sentence){removed, text};
	return ERR_OK;
}

/* Longest common subsequence of whole sentences, walked from the front. */
static enum err align(struct differ *d, struct diff_part *part, const struct sentences *a,
		      const struct sentences *b, size_t *ret_same)
{
	size_t from = 0, ae = a->n, be = b->n, i, k;
	uint16_t *best;
	enum err e = ERR_OK;

	while (from < ae && from < be && str_eq(a->v[from], b->v[from]))
		*ret_same += utf8_count(a->v[from++]);
	while (ae > from && be > from && str_eq(a->v[ae - 1], b->v[be - 1])) {
		*ret_same += utf8_count(a->v[--ae]);
		be--;
	}
	size_t w = be - from + 1, h = ae - from + 1;
	if (w > LIMIT_DIFF_PARAS || h > LIMIT_DIFF_PARAS || w * h > TABLE_CELLS_MAX)
		w = h = 1; /* beyond: the middle is shown as replaced */
	best = ARENA_ARRAY(d->mem, uint16_t, w * h);
	if (best == NULL)
		return arena_err(d->mem);
	for (i = h - 1; i-- > 0;)
		for (k = w - 1; k-- > 0;) {
			uint16_t down = best[(i + 1) * w + k], right = best[i * w + k + 1];

			if (str_eq(a->v[from + i], b->v[from + k]))
				best[i * w + k] = (uint16_t)(best[(i + 1) * w + k + 1] + 1);
			else
				best[i * w + k] = down > right ? down : right;
		}
	i = k = 0;
	while (e == ERR_OK && (from + i < ae || from + k < be)) {
		bool both = i + 1 < h && k + 1 < w;

		if (both && str_eq(a->v[from + i], b->v[from + k])) {
			*ret_same += utf8_count(a->v[from + i]);
			i++;
			k++;
		} else if (from + i < ae && (from + k >= be || !both ||
					     best[(i + 1) * w + k] >= best[i * w + k + 1])) {
			e = add_sentence(d, part, true, a->v[from + i++]);
		} else {
			e = add_sentence(d, part, false, b->v[from + k++]);
		}
	}
	return e;
}

static enum err diff_text(struct differ *d, struct str where, struct str old, struct str new)
{
	struct diff_part part = {.where = where}, *to;
	struct sentences a, b;
	size_t chars = utf8_count(old) + utf8_count(new), same = 0;
	enum err e = cut_sentences(old, d->mem, &a);

	if (e == ERR_OK)
		e = cut_sentences(new, d->mem, &b);
	if (e == ERR_OK)
		e = align(d, &part, &a, &b, &same);
	if (e != ERR_OK)
		return e;
	d->chars += chars;
	d->same_chars += part.n == 0 ? chars : 2 * same;
	if (part.n == 0)
		return ERR_OK;
	part.likeness = chars ? (int)(same * 2000 / chars) : 0;
	to = ARENA_PUSH(d->mem, &d->diff->parts, &d->diff->n_parts, &d->diff->cap_parts,
			LIMIT_FINDINGS);
	if (to == NULL)
		return arena_err(d->mem);
	*to = part;
	return ERR_OK;
}

static enum err section_text(const struct report_section *s, struct arena *mem, struct str *ret)
{
	AUTO_BUF(all, LIMIT_FILE_BYTES);

	*ret = STR_NONE;
	if (s == NULL)
		return ERR_OK;
	buf_add(&all, s->heading);
	for (size_t i = 0; i < s->n_paras; i++) {
		buf_ch(&all, '\n');
		buf_add(&all, s->paras[i].text);
	}
	if (buf_end(&all) != ERR_OK)
		return buf_end(&all);
	return arena_str(mem, buf_str(&all), ret);
}

/* The nth section that is none of the six. */
static const struct report_section *other_section(const struct report *r, size_t nth)
{
	for (size_t i = 0; i < r->n_sections; i++)
		if (r->sections[i].no == 0 && nth-- == 0)
			return &r->sections[i];
	return NULL;
}

static enum err diff_section(struct differ *d, struct str where, const struct report_section *old,
			     const struct report_section *new)
{
	struct str a, b;
	enum err e = section_text(old, d->mem, &a);

	if (e == ERR_OK)
		e = section_text(new, d->mem, &b);
	return e == ERR_OK ? diff_text(d, where, a, b) : e;
}

static enum err diff_sections(struct differ *d, const struct report *old, const struct report *new)
{
	enum err e = ERR_OK;
	struct str where;

	for (int no = 1; e == ERR_OK && no <= FORM_SECTIONS; no++) {
		e = arena_fmt(d->mem, &where, "section.%d", no);
		if (e == ERR_OK)
			e = diff_section(d, where, report_section(old, no),
					 report_section(new, no));
	}
	for (size_t i = 0; e == ERR_OK; i++) {
		const struct report_section *a = other_section(old, i), *b = other_section(new, i);

		if (a == NULL && b == NULL)
			break;
		e = diff_section(d, STR("text"), a, b);
	}
	return e;
}

static enum err date_words(struct date a, struct date b, struct arena *mem, struct str *ret)
{
	char x[DATE_TEXT_BYTES], y[DATE_TEXT_BYTES];

	return arena_fmt(mem, ret, "%s%s%s", date_text(a, x), date_none(b) ? "" : " ",
			 date_text(b, y));
}

static enum err diff_head(struct differ *d, const struct report *old, const struct report *new)
{
	struct str a, b;
	enum err e = diff_text(d, STR("title"), old->title, new->title);

	if (e == ERR_OK)
		e = diff_text(d, STR("preamble"), old->preamble, new->preamble);
	if (e == ERR_OK)
		e = date_words(old->signed_on, old->published, d->mem, &a);
	if (e == ERR_OK)
		e = date_words(new->signed_on, new->published, d->mem, &b);
	if (e == ERR_OK)
		e = diff_text(d, STR("text"), a, b);
	if (e == ERR_OK)
		e = diff_text(d, STR("text"), old->signer, new->signer);
	return e;
}

enum err report_diff(const struct report *old, const struct report *new, struct arena *mem,
		     struct report_diff *ret)
{
	struct report_diff diff = {.likeness = 1000};
	struct differ d = {.mem = mem, .diff = &diff};
	enum err e = diff_head(&d, old, new);

	if (e == ERR_OK)
		e = diff_sections(&d, old, new);
	for (int table = 2; e == ERR_OK && table <= 4; table++)
		e = diff_table(&d, table, old, new);
	if (e != ERR_OK)
		return e;
	if (d.chars > 0)
		diff.likeness = (int)(d.same_chars * 1000 / d.chars);
	*ret = diff;
	return ERR_OK;
}
