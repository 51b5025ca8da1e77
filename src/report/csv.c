/* A report's cells as CSV: table,row,column,value,printed. */
#include "format/csv.h"
#include "report/report.h"

static void put_row(struct csv *c, int table, const struct report_row *row)
{
	for (size_t i = 0; i < row->form->n_cols; i++) {
		const struct cell *cell = &row->cells[i];

		if (cell->kind == CELL_ABSENT)
			continue;
		csv_cell_int(c, table);
		csv_cell(c, row->form->key);
		csv_cell(c, row->form->cols[i].key);
		if (cell->kind == CELL_COUNT)
			csv_cell_int(c, cell->count);
		else
			csv_cell(c, cell->amount);
		csv_cell(c, cell->printed);
		csv_row_end(c);
	}
}

enum err report_csv_write(const struct report *report, struct buf *out)
{
	static const struct str head[] = {STR("table"), STR("row"), STR("column"), STR("value"),
					  STR("printed")};
	struct csv c = csv_on(out);

	for (size_t i = 0; i < sizeof(head) / sizeof(head[0]); i++)
		csv_cell(&c, head[i]);
	csv_row_end(&c);
	for (int table = 2; table <= 4; table++)
		for (size_t i = 0; i < report_table(report, table)->n_rows; i++)
			put_row(&c, table, &report_table(report, table)->rows[i]);
	return buf_end(out);
}
