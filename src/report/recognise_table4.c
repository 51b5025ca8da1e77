/* Table 4 (行政复议、行政诉讼): fifteen figures in one row, or in rows of one or two of its three
 * groups with the group's name in the header or in front. */
#include "report/recognise_table.h"

static const struct form_row *table4_rows(const struct tables *t)
{
	size_t n;
	const struct form *forms = law_forms(t->report->law, &n);

	return n ? forms[n - 1].table4.rows : NULL;
}

/* 行政复议, 未经复议直接起诉, 复议后起诉; T4_GROUPS for anything else. */
static size_t group_of(struct str flat)
{
	if (flat.n == 0 || flat.n > 90)
		return T4_GROUPS;
	if (str_has(flat, STR("直接起诉")) || str_has(flat, STR("未经复议")))
		return 1;
	if (str_has(flat, STR("复议后")) || str_has(flat, STR("经复议")))
		return 2;
	return str_has(flat, STR("行政复议")) && !str_has(flat, STR("诉讼")) ? 0 : T4_GROUPS;
}

void note_group4(struct tables *t, struct str flat)
{
	size_t group = group_of(flat);

	if (group == T4_GROUPS)
		return;
	for (size_t i = 0; i < t->n_groups4; i++)
		if (t->groups4[i] == group)
			return;
	t->groups4[t->n_groups4++] = group;
}

/* The two header rows of table 4 interleave: sorted by column they are the fifteen. */
static void sort_columns(uint32_t *col, size_t n)
{
	for (size_t i = 1; i < n; i++)
		for (size_t k = i; k > 0 && col[k] < col[k - 1]; k--) {
			uint32_t c = col[k];

			col[k] = col[k - 1];
			col[k - 1] = c;
		}
}

static enum err put_group(struct tables *t, size_t group, const struct str *value,
			  const bool *there, struct place at)
{
	const struct form_row *form = &table4_rows(t)[group];
	struct report_table *table = &t->report->table4;
	struct report_row *row;
	enum err e;

	if (report_row(t->report, 4, form->key) != NULL)
		return ERR_OK;
	if (!table->present)
		table->at = at;
	table->present = true;
	e = report_row_add(t->report, 4, form, &row);
	if (e != ERR_OK)
		return e;
	row->at = at;
	for (size_t c = 0; e == ERR_OK && c < form->n_cols && c < T4_PER_GROUP; c++)
		if (there[c])
			e = cell_set(&row->cells[c], value[c], form->cols[c].kind, at,
				     t->report->mem);
	return e;
}

/* The fifteen in the order of the form. */
static bool take_fifteen(struct tables *t, const struct view *v, struct str *value, bool *there)
{
	if (v->n != T4_COLS && v->grid && t->n_col4 == T4_COLS) {
		sort_columns(t->col4, T4_COLS);
		for (size_t c = 0; c < T4_COLS; c++) {
			const struct str *s = cell_at_col(v, t->col4[c]);

			there[c] = s != NULL;
			value[c] = s ? *s : STR_NONE;
		}
		return true;
	}
	if (v->n < T4_COLS)
		return false;
	for (size_t c = 0; c < T4_COLS; c++) { /* 件数 in front */
		there[c] = true;
		value[c] = v->text[v->n - T4_COLS + c];
	}
	return true;
}

/* A row of five figures a group: behind the group's name, or under it. */
static enum err take_groups(struct tables *t, const struct view *v, size_t values, bool *ret_taken)
{
	bool there[T4_COLS];
	size_t named = T4_GROUPS, last = 0;
	enum err e = ERR_OK;

	if (!v->grid || t->words4 < 4 || values == 0)
		return ERR_OK;
	while (last < v->n && !value_like(v->text[last], t->rc->mem)) {
		struct str flat;

		e = squeeze(t->rc->mem, v->text[last++], &flat);
		if (e != ERR_OK)
			return e;
		if (group_of(flat) < T4_GROUPS)
			named = group_of(flat);
	}
	values = v->n - last;
	for (size_t c = 0; c < T4_COLS; c++)
		there[c] = true;
	for (size_t i = last; i < v->n; i++)
		if (!value_like(v->text[i], t->rc->mem))
			return ERR_OK;
	if (values == T4_PER_GROUP && named < T4_GROUPS) {
		*ret_taken = true;
		return put_group(t, named, &v->text[last], there, v->at[0]);
	}
	if (last > 1 || t->n_groups4 == 0 || values != t->n_groups4 * T4_PER_GROUP)
		return ERR_OK;
	*ret_taken = true;
	for (size_t g = 0; e == ERR_OK && g < t->n_groups4; g++)
		e = put_group(t, t->groups4[g], &v->text[last + g * T4_PER_GROUP], there, v->at[0]);
	t->n_groups4 = 0;
	return e;
}

static bool has_number(const struct tables *t, const struct view *v)
{
	for (size_t i = 0; i < v->n; i++)
		if (value_like(v->text[i], t->rc->mem) && !blank_like(v->text[i]))
			return true;
	return false;
}

enum err row_of_table4(struct tables *t, const struct view *v, bool *ret_taken)
{
	struct str value[T4_COLS];
	bool there[T4_COLS] = {false};
	size_t values = 0;
	enum err e = ERR_OK;

	*ret_taken = false;
	if (!t->zone4 || t->report->table4.n_rows >= T4_GROUPS || table4_rows(t) == NULL)
		return ERR_OK;
	for (size_t i = 0; i < v->n; i++)
		values += value_like(v->text[i], t->rc->mem);
	if (values < 10 || values + 1 < v->n || t->report->table4.present ||
	    !(has_number(t, v) || t->words4 >= T4_PER_GROUP) || !take_fifteen(t, v, value, there))
		return take_groups(t, v, values, ret_taken);
	*ret_taken = true;
	for (size_t g = 0; e == ERR_OK && g < T4_GROUPS; g++)
		e = put_group(t, g, value + g * T4_PER_GROUP, there + g * T4_PER_GROUP, v->at[0]);
	return e;
}
