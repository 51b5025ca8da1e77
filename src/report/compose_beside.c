/* 核算: what the sums of tables 3 and 4 should be, as formulas beside the figures.  A person who
 * corrects a figure in the spreadsheet sees at once whether the table balances; the figures
 * themselves are never formulas. */
#include <inttypes.h>

#include "report/compose_int.h"

#define FORMULA_BYTES 8192

struct beside {
	struct doc *doc;
	struct doc_table *out;
	enum err e;
	uint32_t value_col, first_row; /* of the table itself, in its grid */
};

/* "D4": the sheet holds grid (row, col) at row + 1, column + 1. */
static void put_ref(struct buf *out, uint32_t row, uint32_t col)
{
	char letters[4];
	size_t n = 0;

	for (uint32_t c = col + 1; c > 0 && n < sizeof(letters); c = (c - 1) / 26)
		letters[n++] = (char)('A' + (c - 1) % 26);
	while (n > 0)
		buf_ch(out, letters[--n]);
	buf_fmt(out, "%" PRIu32, row + 1);
}

static void word(struct beside *b, uint32_t row, uint32_t col, uint32_t span, bool header,
		 struct str text)
{
	compose_cell(b->doc, b->out, &b->e,
		     (struct cell_spec){
			     row, col, 1, span, text, STR_NONE, header, ALIGN_CENTER, {0, 0}});
}

static void sum(struct beside *b, uint32_t row, uint32_t col, const struct buf *formula,
		int64_t value)
{
	struct str copy = STR_NONE, text = STR_NONE;

	if (b->e == ERR_OK)
		b->e = buf_end(formula);
	if (b->e == ERR_OK)
		b->e = arena_str(b->doc->mem, buf_str(formula), &copy);
	if (b->e == ERR_OK)
		b->e = arena_fmt(b->doc->mem, &text, "%" PRId64, value);
	compose_cell(b->doc, b->out, &b->e,
		     (struct cell_spec){row, col, 1, 1, text, copy, false, ALIGN_CENTER, {0, 0}});
}

/* Sum of the figures before a total, and how far the total is from it, in grid row `r`, whose
 * first figure stands in grid column `c0`; written at (at, 1) and (at, 2) of the block. */
static void across(struct beside *b, uint32_t at, uint32_t r, uint32_t c0,
		   const struct report_row *row)
{
	AUTO_BUF(f, FORMULA_BYTES);
	uint32_t n = (uint32_t)row->form->n_cols;
	int64_t parts = 0;

	if (n < 2)
		return;
	for (uint32_t c = 0; c + 1 < n; c++)
		parts += cell_count(&row->cells[c]);
	buf_c(&f, "SUM(");
	put_ref(&f, r, c0);
	buf_ch(&f, ':');
	put_ref(&f, r, c0 + n - 2);
	buf_ch(&f, ')');
	sum(b, at, 1, &f, parts);
	buf_c(&f, "-N("); /* N: a blank or a dash counts as 0 */
	put_ref(&f, r, c0 + n - 1);
	buf_ch(&f, ')');
	sum(b, at, 2, &f, parts - cell_count(&row->cells[n - 1]));
}

/* Adds `sign`N(ref) for each row of a role in one column, and what it comes to. */
static void down(const struct beside *b, const struct report_table *t, struct buf *f,
		 enum row_role role, const char *sign, uint32_t c, int64_t *value)
{
	for (size_t i = 0; i < t->n_rows; i++) {
		int64_t v;

		if (t->rows[i].form->role != role || c >= t->rows[i].form->n_cols)
			continue;
		v = cell_count(&t->rows[i].cells[c]);
		*value += sign[0] == '-' ? -v : v;
		buf_c(f, sign);
		buf_c(f, "N(");
		put_ref(f, b->first_row + (uint32_t)i, b->value_col + c);
		buf_ch(f, ')');
	}
}

static void table3(struct beside *b, const struct report_table *t)
{
	const struct form_row *form = t->rows[0].form;
	uint32_t r = b->first_row + (uint32_t)t->n_rows + 1;

	for (size_t i = 0; i < t->n_rows; i++) {
		const struct report_row *row = &t->rows[i];
		uint32_t at = b->first_row + (uint32_t)i;

		word(b, at, 0, 1, false, str_empty(row->label) ? row->form->label : row->label);
		across(b, at, at, b->value_col, row);
	}
	word(b, r, 0, 1, true, STR("申请人"));
	word(b, r, 1, 1, true, STR("一＋二－（七）－四"));
	word(b, r, 2, 1, true, STR("办理结果之和－（七）"));
	for (uint32_t c = 0; c < form->n_cols; c++) {
		AUTO_BUF(balance, FORMULA_BYTES);
		AUTO_BUF(results, FORMULA_BYTES);
		int64_t left = 0, over = 0;

		r++;
		word(b, r, 0, 1, false, form->cols[c].label);
		down(b, t, &balance, ROW_INFLOW, "+", c, &left);
		down(b, t, &balance, ROW_TOTAL, "-", c, &left);
		down(b, t, &balance, ROW_OUTFLOW, "-", c, &left);
		down(b, t, &results, ROW_OUTCOME, "+", c, &over);
		down(b, t, &results, ROW_TOTAL, "-", c, &over);
		sum(b, r, 1, &balance, left);
		sum(b, r, 2, &results, over);
	}
}

static void table4(struct beside *b, const struct report_table *t)
{
	uint32_t col = 0;

	for (size_t i = 0; i < t->n_rows; i++) {
		const struct report_row *row = &t->rows[i];
		uint32_t at = b->first_row + (uint32_t)i;

		word(b, at, 0, 1, false, str_empty(row->label) ? row->form->label : row->label);
		across(b, at, b->first_row, col, row);
		col += (uint32_t)row->form->n_cols;
	}
}

enum err compose_beside(const struct report *report, int table, struct doc *doc,
			struct doc_table *out, uint32_t value_col, uint32_t first_row)
{
	struct doc_table *block = ARENA_NEW(doc->mem, struct doc_table);
	struct beside b = {doc, block, ERR_OK, value_col, first_row};

	if (block == NULL)
		return arena_err(doc->mem);
	word(&b, 0, 0, 3, true, STR("核算"));
	word(&b, first_row - 1, 0, 1, true, STR("项目"));
	word(&b, first_row - 1, 1, 1, true, STR("各项之和"));
	word(&b, first_row - 1, 2, 1, true, STR("各项之和－总计"));
	if (table == 3)
		table3(&b, &report->table3);
	else
		table4(&b, &report->table4);
	if (b.e == ERR_OK)
		b.e = doc_table_done(doc, block);
	if (b.e == ERR_OK)
		out->beside = block;
	return b.e;
}
