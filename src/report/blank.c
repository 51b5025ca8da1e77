/* The empty report in the form that a year demands. */
#include "report/report_int.h"

static enum err add_rows(struct report *report, const struct form_table *table)
{
	enum err e = ERR_OK;

	report_table_of(report, table->no)->present = true;
	for (size_t i = 0; e == ERR_OK && i < table->n_rows; i++) {
		struct report_row *row;

		e = report_row_add(report, table->no, &table->rows[i], &row);
	}
	return e;
}

static enum err add_sections(struct report *report)
{
	const struct form_heading *heading = law_headings(report->law);

	for (int i = 0; i < FORM_SECTIONS; i++) {
		struct report_section *s =
			ARENA_PUSH(report->mem, &report->sections, &report->n_sections,
				   &report->cap_sections, LIMIT_SECTIONS);
		enum err e;

		if (s == NULL)
			return arena_err(report->mem);
		s->no = heading[i].no;
		s->fit = FIT_EXACT;
		e = arena_fmt(report->mem, &s->heading, STR_FMT "、" STR_FMT,
			      STR_ARG(heading[i].ordinal), STR_ARG(heading[i].label));
		if (e != ERR_OK)
			return e;
	}
	return ERR_OK;
}

enum err report_blank(const struct law *law, struct str body, int year, struct arena *mem,
		      struct diag *diag, struct report **ret)
{
	const struct form *form = law_form_by_year(law, year);
	struct report *report;
	enum err e;

	if (form == NULL)
		return diag_set(diag, ERR_ABSENT, "no form is in force for the report of %d", year);
	e = report_new(law, mem, &report);
	if (e != ERR_OK)
		return e;
	report->form = form;
	report->form_kind = report_form_kind(form);
	report->year = year;
	report->period_from = (struct date){year, 1, 1};
	report->period_to = (struct date){year, 12, 31};
	e = arena_str(mem, body, &report->body);
	if (e == ERR_OK)
		e = arena_fmt(mem, &report->title, STR_FMT "%d年政府信息公开工作年度报告",
			      STR_ARG(body), year);
	if (e == ERR_OK)
		e = add_sections(report);
	if (e == ERR_OK)
		e = add_rows(report, &form->table2);
	if (e == ERR_OK)
		e = add_rows(report, &form->table3);
	if (e == ERR_OK)
		e = add_rows(report, &form->table4);
	if (e == ERR_OK)
		*ret = report;
	return e;
}
