/* Looks things up in the loaded forms. */
#include "law/form.h"

#include "law/law_int.h"

const struct form *law_form_by_id(const struct law *law, struct str id)
{
	for (size_t i = 0; i < law->n_forms; i++)
		if (str_eq(law->forms[i].id, id))
			return &law->forms[i];
	return NULL;
}

const struct form *law_form_by_year(const struct law *law, int year)
{
	for (size_t i = 0; i < law->n_forms; i++) {
		const struct form *f = &law->forms[i];

		if (year >= f->from_year && (f->to_year == 0 || year <= f->to_year))
			return f;
	}
	return NULL;
}

const struct form *law_forms(const struct law *law, size_t *ret_n)
{
	*ret_n = law->n_forms;
	return law->forms;
}

const struct form_heading *law_headings(const struct law *law)
{
	return law->headings;
}

const struct form_table *form_table(const struct form *form, int table)
{
	switch (table) {
	case 2:
		return &form->table2;
	case 3:
		return &form->table3;
	case 4:
		return &form->table4;
	default:
		return NULL;
	}
}

const struct form_row *form_row(const struct form *form, int table, struct str key)
{
	const struct form_table *t = form_table(form, table);

	for (size_t i = 0; t != NULL && i < t->n_rows; i++)
		if (str_eq(t->rows[i].key, key))
			return &t->rows[i];
	return NULL;
}

int form_col(const struct form_row *row, struct str key)
{
	for (size_t i = 0; i < row->n_cols; i++)
		if (str_eq(row->cols[i].key, key))
			return (int)i;
	return -1;
}
