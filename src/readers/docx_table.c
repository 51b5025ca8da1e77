/* Tables of a DOCX: the grid with its merged cells, and tables that only lay out others. */
#include "readers/docx_int.h"

enum merge { MERGE_NONE, MERGE_BEGIN, MERGE_ON };

struct cell {
	struct doc_cell grid; /* text is made when the table is emitted */
	struct docx_flow flow;
};

struct docx_grid {
	struct cell *cells;
	size_t n, cap;
	uint32_t rows, header_rows;
	uint32_t inner; /* cells of tables inside this one */
	uint16_t *widths;
	size_t n_widths, cap_widths;
	struct place at;
	/* index + 1 of the cell whose vertical merge is open and begins at the column */
	uint32_t open[LIMIT_TABLE_COLS];
};

struct row {
	uint32_t col;
	bool gone, header;
	bool any; /* it has cells: an empty row is none */
};

struct cell_props {
	uint32_t span;
	enum merge down, right;
	bool gone;
};

/* ---- reading ---- */

static enum merge merge_of(struct str val)
{
	return str_eq(val, STR("restart")) ? MERGE_BEGIN : MERGE_ON;
}

static enum err cell_props(struct docx *x, struct cell_props *props)
{
	unsigned depth = xml_depth(x->xml);
	enum xml_event event;
	bool inside;
	enum err e;

	for (;;) {
		struct str val;

		e = docx_step(x, depth, &event, &inside);
		if (e != ERR_OK || !inside)
			return e;
		if (event != XML_OPEN)
			continue;
		val = xml_attr(x->xml, "val");
		if (docx_w(x, "gridSpan"))
			props->span = opc_number(val, LIMIT_TABLE_COLS, 1);
		else if (docx_w(x, "vMerge"))
			props->down = merge_of(val);
		else if (docx_w(x, "hMerge"))
			props->right = merge_of(val);
		else if (docx_w(x, "cellDel"))
			props->gone = true;
		else if (docx_w(x, "tcPrChange"))
			e = xml_skip(x->xml);
		if (e != ERR_OK)
			return e;
	}
}

/* At w:tc: properties, and content into the cell's own flow. */
static enum err cell_content(struct docx *x, struct cell *cell, struct cell_props *props)
{
	unsigned depth = xml_depth(x->xml);
	struct docx_flow *flow = x->flow;
	enum xml_event event;
	bool inside;
	enum err e;

	x->flow = &cell->flow;
	for (;;) {
		bool skipped;

		e = docx_step(x, depth, &event, &inside);
		if (e != ERR_OK || !inside)
			break;
		if (event != XML_OPEN)
			continue;
		if (docx_w(x, "tcPr"))
			e = cell_props(x, props);
		else if (docx_w(x, "p"))
			e = docx_para(x);
		else if (docx_w(x, "tbl"))
			e = docx_table(x);
		else
			e = docx_common(x, &skipped);
		if (e != ERR_OK)
			break;
	}
	if (e == ERR_OK && x->carry.n > 0) {
		struct docx_item item = {.kind = BLOCK_PARA, .at = {0, x->para_no}};

		item.text = str_trim_wide(buf_str(&x->carry));
		e = docx_put(x, item);
		buf_clear(&x->carry);
	}
	x->flow = flow;
	return e;
}

/* The cell above that this one continues, or NULL: one that begins and ends at the same columns.
 * A continuation without such a cell is a cell of its own, as Word shows it. */
static struct cell *merged_into(struct docx_grid *t, const struct row *row, uint32_t span)
{
	uint32_t open = t->open[row->col];
	struct cell *above = open ? &t->cells[open - 1] : NULL;

	if (above == NULL || above->grid.colspan != span ||
	    above->grid.row + above->grid.rowspan != t->rows)
		return NULL;
	return above;
}

static enum err cell_place(struct docx *x, struct docx_grid *t, struct row *row, struct cell *cell,
			   const struct cell_props *props)
{
	uint32_t room, span = props->span ? props->span : 1;
	struct cell *above, *kept;

	if (row->col >= LIMIT_TABLE_COLS || t->rows >= LIMIT_TABLE_ROWS)
		return diag_set(x->diag, ERR_LIMIT, "a table has more than %d rows or %d columns",
				LIMIT_TABLE_ROWS, LIMIT_TABLE_COLS);
	room = LIMIT_TABLE_COLS - row->col;
	span = span > room ? room : span;
	row->any = true;
	if (props->right == MERGE_ON && row->col > 0 && t->n > 0 &&
	    t->cells[t->n - 1].grid.row == t->rows) {
		t->cells[t->n - 1].grid.colspan += span;
		row->col += span;
		return ERR_OK;
	}
	above = props->down == MERGE_ON ? merged_into(t, row, span) : NULL;
	if (above != NULL) {
		above->grid.rowspan++;
		row->col += span;
		return ERR_OK;
	}
	kept = ARENA_PUSH(x->mem, &t->cells, &t->n, &t->cap, LIMIT_TABLE_CELLS);
	if (kept == NULL)
		return arena_err(x->mem);
	cell->grid.row = t->rows;
	cell->grid.col = row->col;
	cell->grid.rowspan = 1;
	cell->grid.colspan = span;
	cell->grid.header = row->header;
	*kept = *cell;
	for (uint32_t i = 0; i < span; i++)
		t->open[row->col + i] = 0;
	if (props->down != MERGE_NONE)
		t->open[row->col] = (uint32_t)t->n;
	row->col += span;
	return ERR_OK;
}

static enum err cell_read(struct docx *x, struct docx_grid *t, struct row *row)
{
	struct cell_props props = {.span = 1};
	struct cell cell = {.grid = {.at = {0, x->para_no + 1}}};
	enum err e;

	if (row->gone)
		return xml_skip(x->xml);
	e = cell_content(x, &cell, &props);
	if (e != ERR_OK || props.gone) {
		x->changes += props.gone;
		return e;
	}
	return cell_place(x, t, row, &cell, &props);
}

static enum err row_props(struct docx *x, struct row *row)
{
	unsigned depth = xml_depth(x->xml);
	enum xml_event event;
	bool inside;
	enum err e;

	for (;;) {
		struct str val;

		e = docx_step(x, depth, &event, &inside);
		if (e != ERR_OK || !inside)
			return e;
		if (event != XML_OPEN)
			continue;
		val = xml_attr(x->xml, "val");
		if (docx_w(x, "gridBefore")) {
			row->col = opc_number(val, LIMIT_TABLE_COLS, 0);
		} else if (docx_w(x, "tblHeader")) {
			row->header = opc_flag(val, true);
		} else if (docx_w(x, "ins")) {
			x->changes++;
		} else if (docx_w(x, "del")) {
			x->changes++;
			row->gone = true;
		} else if (docx_w(x, "hidden") && opc_flag(val, true)) {
			x->hidden++;
			row->gone = true;
		} else if (docx_w(x, "trPrChange")) {
			e = xml_skip(x->xml);
		}
		if (e != ERR_OK)
			return e;
	}
}

static enum err row_read(struct docx *x, struct docx_grid *t)
{
	unsigned depth = xml_depth(x->xml);
	struct row row = {0};
	enum xml_event event;
	bool inside;
	enum err e;

	for (;;) {
		bool skipped;

		e = docx_step(x, depth, &event, &inside);
		if (e != ERR_OK || !inside)
			break;
		if (event != XML_OPEN)
			continue;
		if (docx_w(x, "trPr"))
			e = row_props(x, &row);
		else if (docx_w(x, "tc"))
			e = cell_read(x, t, &row);
		else
			e = docx_common(x, &skipped);
		if (e != ERR_OK)
			return e;
	}
	if (e != ERR_OK || !row.any)
		return e;
	if (row.header && t->header_rows == t->rows)
		t->header_rows++;
	t->rows++;
	return ERR_OK;
}

static enum err column_add(struct docx *x, struct docx_grid *t)
{
	uint16_t *width =
		ARENA_PUSH(x->mem, &t->widths, &t->n_widths, &t->cap_widths, LIMIT_TABLE_COLS);

	if (width == NULL)
		return arena_err(x->mem);
	*width = (uint16_t)opc_number(xml_attr(x->xml, "w"), UINT16_MAX, 0);
	return ERR_OK;
}

static enum err grid_read(struct docx *x, struct docx_grid *t)
{
	unsigned depth = xml_depth(x->xml);
	enum xml_event event;
	bool inside;
	enum err e;

	for (;;) {
		bool skipped;

		e = docx_step(x, depth, &event, &inside);
		if (e != ERR_OK || !inside)
			return e;
		if (event != XML_OPEN)
			continue;
		if (docx_w(x, "tr"))
			e = row_read(x, t);
		else if (docx_w(x, "gridCol"))
			e = column_add(x, t);
		else
			e = docx_common(x, &skipped);
		if (e != ERR_OK)
			return e;
	}
}

enum err docx_table(struct docx *x)
{
	struct docx_item item = {.kind = BLOCK_TABLE, .at = {0, x->para_no + 1}};
	struct docx_grid *t;
	enum err e;

	if (++x->tables > LIMIT_TABLES)
		return diag_set(x->diag, ERR_LIMIT, "more than %d tables", LIMIT_TABLES);
	t = ARENA_NEW(x->mem, struct docx_grid);
	if (t == NULL)
		return arena_err(x->mem);
	t->at = item.at;
	e = grid_read(x, t);
	if (e != ERR_OK || t->n == 0)
		return e;
	for (size_t i = 0; i < t->n; i++)
		for (const struct docx_item *in = t->cells[i].flow.first; in != NULL; in = in->next)
			if (in->kind == BLOCK_TABLE)
				t->inner += (uint32_t)in->grid->n + in->grid->inner;
	item.grid = t;
	return docx_put(x, item);
}

/* ---- into the document ---- */

static bool holds_table(const struct cell *cell)
{
	for (const struct docx_item *i = cell->flow.first; i != NULL; i = i->next)
		if (i->kind == BLOCK_TABLE)
			return true;
	return false;
}

/* A frame: one cell around several blocks, or a table whose cells mostly belong to tables inside
 * it.  A table of figures with a small table pasted into one cell is none. */
static bool only_layout(const struct docx_grid *t)
{
	size_t own = 0;

	if (t->n == 1 && t->cells[0].flow.first != t->cells[0].flow.last)
		return true;
	if (t->inner == 0)
		return false;
	for (size_t i = 0; i < t->n; i++)
		own += t->cells[i].flow.first != NULL && !holds_table(&t->cells[i]);
	return t->inner >= own;
}

/* Text of a cell, one line a paragraph.  A box in a cell with words of its own floats above it and
 * follows the table; pictures do too. */
static void cell_text(const struct docx_flow *flow, struct buf *out)
{
	bool words = false;

	for (const struct docx_item *i = flow->first; i != NULL; i = i->next)
		words |= i->kind == BLOCK_PARA && !i->from_box;
	for (const struct docx_item *i = flow->first; i != NULL; i = i->next) {
		if (i->kind == BLOCK_PICTURE || (i->from_box && words))
			continue;
		if (i->kind == BLOCK_PARA) {
			if (out->n > 0)
				buf_ch(out, '\n');
			buf_add(out, i->text);
		} else {
			for (size_t c = 0; c < i->grid->n; c++)
				cell_text(&i->grid->cells[c].flow, out);
		}
	}
}

static enum err floats_emit(struct docx *x, const struct docx_flow *flow)
{
	bool words = false;
	enum err e = ERR_OK;

	for (const struct docx_item *i = flow->first; i != NULL; i = i->next)
		words |= i->kind == BLOCK_PARA && !i->from_box;
	for (const struct docx_item *i = flow->first; i != NULL && e == ERR_OK; i = i->next)
		if (i->kind == BLOCK_PICTURE || (i->from_box && words))
			e = docx_put(x, *i);
	return e;
}

static enum err cell_emit(struct docx *x, struct doc_table *table, const struct cell *cell,
			  struct buf *text)
{
	struct doc_cell out = cell->grid;
	enum err e;

	buf_clear(text);
	cell_text(&cell->flow, text);
	e = buf_end(text);
	if (e != ERR_OK)
		return e;
	out.text = buf_str(text);
	if (cell->flow.first != NULL) {
		out.at = cell->flow.first->at;
		out.align = cell->flow.first->align;
	}
	return doc_cell_add(x->doc, table, out);
}

static enum err table_emit(struct docx *x, const struct docx_grid *t, bool from_box)
{
	AUTO_BUF(text, LIMIT_PARA_BYTES);
	struct doc_table *table;
	enum err e = doc_table_add(x->doc, TABLE_GRID, t->at, &table);

	if (e != ERR_OK)
		return e;
	x->doc->blocks[x->doc->n_blocks - 1].from_box = from_box;
	for (size_t i = 0; i < t->n && e == ERR_OK; i++)
		e = cell_emit(x, table, &t->cells[i], &text);
	if (e == ERR_OK)
		e = doc_table_done(x->doc, table);
	if (e != ERR_OK)
		return e;
	table->header_rows = t->header_rows;
	if (t->n_widths == table->cols)
		table->widths = t->widths;
	for (size_t i = 0; i < t->n && e == ERR_OK; i++)
		e = floats_emit(x, &t->cells[i].flow);
	return e;
}

enum err docx_grid_emit(struct docx *x, const struct docx_grid *t, bool from_box)
{
	enum err e = ERR_OK;

	if (!only_layout(t))
		return table_emit(x, t, from_box);
	for (size_t i = 0; i < t->n && e == ERR_OK; i++)
		e = docx_put_all(x, &t->cells[i].flow);
	return e;
}
