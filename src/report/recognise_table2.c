/* Table 2 (主动公开): rows of a label and one to three figures, kept until the form is known. */
#include "report/recognise_table.h"

#include <string.h>

enum err row_of_table2(struct tables *t, const struct view *v, size_t line, struct rows2 *rows,
		       bool *ret_taken)
{
	struct label_match m;
	struct row2 *r;
	size_t values = 0;
	int label = -1;
	enum err e;

	*ret_taken = false;
	for (size_t i = 0; i < v->n; i++) {
		if (value_like(v->text[i], t->rc->mem))
			values += label >= 0;
		else if (label < 0 || values == 0)
			label = (int)i;
	}
	if (label < 0 || values == 0)
		return ERR_OK;
	e = report_match_row(t->report->law, 2, without_note_mark(v->text[label]), t->rc->mem, &m);
	if (e != ERR_OK || m.row == NULL || (!v->grid && m.fit < FIT_VARIANT))
		return e;
	r = ARENA_NEW(t->rc->mem, struct row2);
	if (r == NULL)
		return arena_err(t->rc->mem);
	r->label = without_note_mark(v->text[label]);
	r->view = *v;
	r->label_at = label;
	r->line = line;
	memcpy(r->col2, t->col2, sizeof(r->col2));
	memcpy(r->head2, t->head2, sizeof(r->head2));
	r->n_head2 = t->n_head2;
	*rows->last = r;
	rows->last = &r->next;
	*ret_taken = true;
	vote_form2(t, v->text[label]);
	return ERR_OK;
}

/* In a row without columns only the full number of values is sure; blanks may have gone. */
static bool sure_values(const struct row2 *r, const struct form_row *form)
{
	size_t n = r->view.n - (size_t)r->label_at - 1;

	while (n > form->n_cols && r->view.text[r->label_at + (int)n].n == 0)
		n--;
	return r->view.grid || n == form->n_cols;
}

/* Which value of the row stands in column c of the form: by order when the counts agree, by
 * header otherwise. */
static const struct str *value_for(const struct row2 *r, const struct form_row *form, size_t c)
{
	const struct view *v = &r->view;
	size_t from = (size_t)r->label_at + 1, n = v->n - from;

	if (n == form->n_cols)
		return &v->text[from + c];
	if (v->grid)
		for (size_t h = 0; h < r->n_head2; h++)
			if (law_match_col(form, r->head2[h]) == (int)c) {
				const struct str *s = cell_at_col(v, r->col2[h]);

				return s != NULL && s > &v->text[r->label_at] ? s : NULL;
			}
	if (n > form->n_cols) /* padding behind */
		return &v->text[from + c];
	return c < n ? &v->text[from + c] : NULL;
}

static enum err put_row2(struct tables *t, const struct form *form, const struct row2 *r)
{
	struct label_match m;
	struct report_row *row;
	enum err e = law_match_row(t->report->law, form, 2, r->label, t->rc->mem, &m);

	if (e == ERR_OK && m.row == NULL) /* a row of the other form stays one: AR-F01 */
		e = report_match_row(t->report->law, 2, r->label, t->rc->mem, &m);
	if (e != ERR_OK || m.row == NULL || report_row(t->report, 2, m.row->key) != NULL)
		return e;
	if (!sure_values(r, m.row)) {
		t->lost2 = true;
		return ERR_OK;
	}
	e = report_row_add(t->report, 2, m.row, &row);
	if (e != ERR_OK)
		return e;
	row->label = r->label;
	row->fit = m.fit;
	row->at = r->view.at[r->label_at];
	for (size_t c = 0; e == ERR_OK && c < m.row->n_cols; c++) {
		const struct str *s = value_for(r, m.row, c);

		if (s != NULL)
			e = cell_set(&row->cells[c], *s, m.row->cols[c].kind, row->at,
				     t->report->mem);
	}
	t->rc->lines.v[r->line].used = true;
	return e;
}

static void procurement_unit(struct report *report)
{
	const struct cell *c = report_cell(report, 2, STR("procurement"), STR("amount"));

	if (c == NULL || !c->has_printed || report->procurement_unit.n)
		return;
	if (str_has(c->printed, STR("万元")))
		report->procurement_unit = STR("万元");
	else if (str_has(c->printed, STR("元")))
		report->procurement_unit = STR("元");
}

enum err finish_table2(struct tables *t, const struct rows2 *rows)
{
	size_t n;
	const struct form *forms = law_forms(t->report->law, &n);
	const struct form *form = law_form_by_year(t->report->law, t->report->year);
	size_t count = 0;
	enum err e = ERR_OK;

	if (n == 0)
		return ERR_OK;
	if (t->form2_votes != 0 || form == NULL)
		form = t->form2_votes < 0 ? &forms[0] : &forms[n - 1];
	for (const struct row2 *r = rows->first; r != NULL; r = r->next)
		count++;
	if (count < 2) /* one line with a word of the form is no table */
		return ERR_OK;
	t->report->table2.present = true;
	t->report->table2.at = rows->first->view.at[0];
	for (const struct row2 *r = rows->first; e == ERR_OK && r != NULL; r = r->next)
		e = put_row2(t, form, r);
	procurement_unit(t->report);
	return e;
}
