/* The statutory tables with every merged cell of the form, for the rows that the report has. */
#include "report/compose_int.h"

#define LABEL_COLS 3 /* of table 3 */
#define MAX_GRID 64  /* columns of a form's table; a form that wants more is broken */

void compose_cell(struct doc *doc, struct doc_table *table, enum err *e, struct cell_spec spec)
{
	if (*e != ERR_OK)
		return;
	*e = doc_cell_add(doc, table,
			  (struct doc_cell){.row = spec.row,
					    .col = spec.col,
					    .rowspan = spec.rowspan,
					    .colspan = spec.colspan,
					    .text = spec.text,
					    .formula = spec.formula,
					    .header = spec.header,
					    .align = spec.align,
					    .at = spec.at});
}

static void head(struct doc *doc, struct doc_table *t, enum err *e, uint32_t row, uint32_t col,
		 uint32_t rowspan, uint32_t colspan, struct str text)
{
	compose_cell(
		doc, t, e,
		(struct cell_spec){
			row, col, rowspan, colspan, text, STR_NONE, true, ALIGN_CENTER, {0, 0}});
}

/* The form whose corner and stem are written: the report's own, else the newest. */
static const struct form *form_of(const struct report *report)
{
	size_t n;
	const struct form *forms = law_forms(report->law, &n);

	return report->form != NULL ? report->form : &forms[n - 1];
}

static struct str row_label(const struct report_row *row)
{
	return str_empty(row->label) ? row->form->label : row->label;
}

static void label(struct doc *doc, struct doc_table *t, enum err *e, uint32_t r, uint32_t col,
		  uint32_t colspan, const struct report_row *row, enum text_align align)
{
	compose_cell(doc, t, e,
		     (struct cell_spec){r, col, 1, colspan, row_label(row), STR_NONE, true, align,
					row->at});
}

/* A figure as printed. */
static void figure(struct doc *doc, struct doc_table *t, enum err *e, uint32_t r, uint32_t col,
		   uint32_t colspan, const struct cell *cell)
{
	struct str text = STR_NONE;

	if (*e != ERR_OK)
		return;
	if (cell->kind != CELL_ABSENT && cell->has_printed)
		text = cell->printed;
	else if (cell->kind == CELL_AMOUNT)
		text = cell->amount;
	else if (cell->kind == CELL_COUNT)
		*e = arena_fmt(doc->mem, &text, "%lld", (long long)cell->count);
	compose_cell(doc, t, e,
		     (struct cell_spec){r, col, 1, colspan, text, STR_NONE, false, ALIGN_CENTER,
					cell->at});
}

static enum err set_widths(struct doc *doc, struct doc_table *t, const uint16_t *from, size_t n,
			   uint16_t rest)
{
	uint16_t *w = ARENA_ARRAY(doc->mem, uint16_t, t->cols);

	if (w == NULL)
		return arena_err(doc->mem);
	for (size_t i = 0; i < t->cols; i++)
		w[i] = i < n ? from[i] : rest;
	t->widths = w;
	return ERR_OK;
}

/* ---- table 2 --------------------------------------------------------------------------- */

/* Grid columns under the figures, so that rows of one, two and three figures share edges: three
 * and two together need the middle one halved. */
static uint32_t figure_units(const struct report_table *table)
{
	uint32_t most = 1;

	for (size_t i = 0; i < table->n_rows; i++)
		if (most < table->rows[i].form->n_cols)
			most = (uint32_t)table->rows[i].form->n_cols;
	for (size_t i = 0; i < table->n_rows; i++)
		if (table->rows[i].form->n_cols > 0 && most % table->rows[i].form->n_cols != 0)
			return most + 1;
	return most;
}

/* Left edge of figure i of n among the units. */
static uint32_t unit_edge(uint32_t units, size_t n, size_t i)
{
	return (uint32_t)((2 * i * units + n) / (2 * n));
}

/* The header of a column; units that the report knows and its cells do not say stand here. */
static enum err col_head(const struct report *report, const struct report_row *row, size_t c,
			 struct doc *doc, struct str *ret)
{
	const struct form_col *col = &row->form->cols[c];
	const struct cell *cell = &row->cells[c];
	size_t note = str_find(col->label, STR("（单位"), 0);
	struct str unit = report->procurement_unit;

	*ret = col->label;
	if (col->kind != COL_AMOUNT)
		return ERR_OK;
	if (note != STR_NPOS) {
		if (!report->fee_header_has_unit)
			*ret = str_sub(col->label, 0, note);
		return ERR_OK;
	}
	if (str_empty(unit) || (cell->has_printed && str_has(cell->printed, unit)))
		return ERR_OK;
	return arena_fmt(doc->mem, ret, STR_FMT "（单位：" STR_FMT "）", STR_ARG(col->label),
			 STR_ARG(unit));
}

static void row2_head(const struct report *report, const struct report_row *row, struct doc *doc,
		      struct doc_table *out, enum err *e, uint32_t r, uint32_t units)
{
	size_t n = row->form->n_cols;

	head(doc, out, e, r, 0, 1, 1, form_of(report)->table2.corner);
	for (size_t c = 0; c < n && *e == ERR_OK; c++) {
		uint32_t from = unit_edge(units, n, c), to = unit_edge(units, n, c + 1);
		struct str text;

		*e = col_head(report, row, c, doc, &text);
		if (*e == ERR_OK)
			head(doc, out, e, r, 1 + from, 1, to - from, text);
	}
}

static enum err table2(const struct report *report, struct doc *doc, struct doc_table *out)
{
	static const uint16_t halved[] = {100, 100, 50, 50, 100};
	const struct report_table *table = &report->table2;
	uint32_t units = figure_units(table), r = 0;
	const struct form_row *last = NULL;
	enum err e = ERR_OK;

	if (units >= MAX_GRID)
		return ERR_LIMIT;
	for (size_t i = 0; i < table->n_rows; i++) {
		const struct report_row *row = &table->rows[i];
		size_t n = row->form->n_cols;

		if (last == NULL || !str_eq(last->block, row->form->block))
			head(doc, out, &e, r++, 0, 1, units + 1, row->form->block);
		if (last == NULL || last->cols != row->form->cols ||
		    !str_eq(last->block, row->form->block))
			row2_head(report, row, doc, out, &e, r++, units);
		label(doc, out, &e, r, 0, 1, row, ALIGN_CENTER);
		for (size_t c = 0; c < n; c++) {
			uint32_t from = unit_edge(units, n, c), to = unit_edge(units, n, c + 1);

			figure(doc, out, &e, r, 1 + from, to - from, &row->cells[c]);
		}
		r++;
		last = row->form;
	}
	if (e == ERR_OK && units == 4)
		e = set_widths(doc, out, halved, 5, 100);
	return e;
}

/* ---- table 3 --------------------------------------------------------------------------- */

/* Three levels: 申请人情况 over all, 法人或其他组织 over its five, the kinds themselves. */
static void table3_head(const struct form_table *form, const struct form_row *row, struct doc *doc,
			struct doc_table *out, enum err *e)
{
	uint32_t n = (uint32_t)row->n_cols;

	head(doc, out, e, 0, 0, 3, LABEL_COLS, form->corner);
	head(doc, out, e, 0, LABEL_COLS, 1, n, STR("申请人情况"));
	for (uint32_t c = 0; c < n;) {
		uint32_t end = c + 1;

		if (str_empty(row->cols[c].parent)) {
			head(doc, out, e, 1, LABEL_COLS + c, 2, 1, row->cols[c].label);
			c = end;
			continue;
		}
		while (end < n && str_eq(row->cols[end].parent, row->cols[c].parent))
			end++;
		head(doc, out, e, 1, LABEL_COLS + c, 1, end - c, row->cols[c].parent);
		for (; c < end; c++)
			head(doc, out, e, 2, LABEL_COLS + c, 1, 1, row->cols[c].label);
	}
}

static bool is_result(const struct report_row *row)
{
	return row->form->role == ROW_OUTCOME || row->form->role == ROW_TOTAL;
}

/* How many rows from i on stand under the same group label. */
static uint32_t group_rows(const struct report_table *table, size_t i)
{
	size_t end = i + 1;

	while (end < table->n_rows && is_result(&table->rows[end]) &&
	       str_eq(table->rows[end].form->parent, table->rows[i].form->parent))
		end++;
	return (uint32_t)(end - i);
}

static uint32_t result_rows(const struct report_table *table, size_t i)
{
	size_t end = i + 1;

	while (end < table->n_rows && is_result(&table->rows[end]))
		end++;
	return (uint32_t)(end - i);
}

static enum err table3(const struct report *report, struct doc *doc, struct doc_table *out)
{
	static const uint16_t labels[] = {36, 44, 146};
	const struct report_table *table = &report->table3;
	const struct form_table *form = &form_of(report)->table3;
	enum err e = ERR_OK;

	table3_head(form, table->rows[0].form, doc, out, &e);
	out->header_rows = 3;
	for (size_t i = 0; i < table->n_rows; i++) {
		const struct report_row *row = &table->rows[i], *above = i > 0 ? row - 1 : NULL;
		struct str parent = row->form->parent;
		uint32_t r = (uint32_t)i + out->header_rows;
		bool first = above == NULL || !is_result(above);

		if (!is_result(row)) {
			label(doc, out, &e, r, 0, 3, row, ALIGN_LEFT);
		} else {
			if (first)
				head(doc, out, &e, r, 0, result_rows(table, i), 1, form->stem);
			if (str_empty(parent))
				label(doc, out, &e, r, 1, 2, row, ALIGN_LEFT);
			else
				label(doc, out, &e, r, 2, 1, row, ALIGN_LEFT);
			if (!str_empty(parent) && (first || !str_eq(above->form->parent, parent)))
				head(doc, out, &e, r, 1, group_rows(table, i), 1, parent);
		}
		for (size_t c = 0; c < row->form->n_cols; c++)
			figure(doc, out, &e, r, LABEL_COLS + (uint32_t)c, 1, &row->cells[c]);
	}
	if (e == ERR_OK)
		e = compose_beside(report, 3, doc, out, LABEL_COLS, out->header_rows);
	return e == ERR_OK ? set_widths(doc, out, labels, LABEL_COLS, 31) : e;
}

/* ---- table 4 --------------------------------------------------------------------------- */

static enum err table4(const struct report *report, struct doc *doc, struct doc_table *out)
{
	const struct report_table *table = &report->table4;
	uint32_t depth = 2, col = 0;
	enum err e = ERR_OK;

	for (size_t i = 0; i < table->n_rows; i++)
		if (!str_empty(table->rows[i].form->parent))
			depth = 3;
	out->header_rows = depth;
	for (size_t i = 0; i < table->n_rows; i++) {
		const struct report_row *row = &table->rows[i], *above = i > 0 ? row - 1 : NULL;
		uint32_t n = (uint32_t)row->form->n_cols, over = n, level;
		struct str parent = row->form->parent;

		if (col + n > LIMIT_TABLE_COLS)
			return ERR_LIMIT;
		for (size_t k = i + 1; k < table->n_rows && !str_empty(parent) &&
				       str_eq(table->rows[k].form->parent, parent);
		     k++)
			over += (uint32_t)table->rows[k].form->n_cols;
		if (!str_empty(parent) && (above == NULL || !str_eq(above->form->parent, parent)))
			head(doc, out, &e, 0, col, 1, over, parent);
		level = str_empty(parent) ? 0 : 1;
		label(doc, out, &e, level, col, n, row, ALIGN_CENTER);
		for (uint32_t c = 0; c < n; c++) {
			head(doc, out, &e, level + 1, col + c, depth - level - 1, 1,
			     row->form->cols[c].label);
			figure(doc, out, &e, depth, col + c, 1, &row->cells[c]);
		}
		col += n;
	}
	return e == ERR_OK ? compose_beside(report, 4, doc, out, 0, depth) : e;
}

enum err compose_table(const struct report *report, int table, struct doc *doc)
{
	const struct report_table *t = report_table(report, table);
	struct doc_table *out;
	enum err e;

	if (!t->present || t->n_rows == 0)
		return ERR_OK;
	e = doc_table_add(doc, TABLE_GRID, t->at, &out);
	if (e == ERR_OK)
		e = table == 2   ? table2(report, doc, out)
		    : table == 3 ? table3(report, doc, out)
				 : table4(report, doc, out);
	return e == ERR_OK ? doc_table_done(doc, out) : e;
}
