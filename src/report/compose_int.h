/* Inside compose: the parts of a report as blocks of a document. */
#ifndef GONGKAI_REPORT_COMPOSE_INT_H
#define GONGKAI_REPORT_COMPOSE_INT_H

#include "report/report.h"

/* Adds table 2, 3 or 4 with the rows that the report has, in the layout of the form. */
MUST_USE enum err compose_table(const struct report *report, int table, struct doc *doc);

/* Attaches the block 核算 (formulas, for spreadsheets) to table 3 or 4; `value_col` is the grid
 * column of the first figure, `first_row` the grid row of the first row of figures. */
MUST_USE enum err compose_beside(const struct report *report, int table, struct doc *doc,
				 struct doc_table *out, uint32_t value_col, uint32_t first_row);

/* Puts one cell; the sticky error of a table being composed is *e. */
struct cell_spec {
	uint32_t row, col, rowspan, colspan;
	struct str text, formula;
	bool header;
	enum text_align align;
	struct place at;
};
void compose_cell(struct doc *doc, struct doc_table *table, enum err *e, struct cell_spec spec);

#endif
