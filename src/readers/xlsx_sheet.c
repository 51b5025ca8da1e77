/* One sheet of an XLSX: cells with their shown values, merged areas, hidden rows and columns. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "readers/xlsx_int.h"

#define GAP_MAX 16 /* of a run of blank rows or columns, no more than these are kept */

struct cell {
	uint32_t row, col; /* of the sheet, from 0 */
	struct str text, formula;
};

struct merge {
	uint32_t top, left, bottom, right;
};

/* Rows or columns of the sheet and where they come to stand in the table. */
struct axis {
	uint8_t *state;
	uint32_t *to;   /* the last line of the table at or before it */
	uint32_t n;     /* of the sheet, up to the last that is used */
	uint32_t shown; /* of the table */
};

#define LINE_USED 1
#define LINE_HIDDEN 2
#define BLANK_ROW_CELLS 10 /* so many drawn cells make an empty row one of a table */

struct span_list {
	struct merge *items; /* hidden columns, as left … right */
	size_t n, cap;
};

struct sheet {
	struct xlsx *x;
	struct arena *mem; /* of this sheet alone */
	struct xml_reader *xml;
	struct cell *cells;
	size_t n, cap;
	struct merge *merges;
	size_t n_merges, cap_merges;
	struct span_list hidden_cols, hidden_rows;
	uint32_t row, col; /* of the cell being read */
	/* Rows that have drawn but empty cells, and how many: the one row of figures of a table may
	 * be all blank, and is not to be trimmed away. */
	struct blank_row {
		uint32_t row, n;
	} * blank_rows;
	size_t n_blank_rows, cap_blank_rows;
	struct axis rows, cols;
};

/* ---- references ---- */

/* "AB12" to row 11, column 27; false when it is none. */
static bool reference(struct str s, uint32_t *ret_row, uint32_t *ret_col)
{
	uint32_t row = 0, col = 0;
	size_t i = 0;

	for (; i < s.n && ((s.p[i] >= 'A' && s.p[i] <= 'Z') || s.p[i] == '$') && col <= XLSX_COLS;
	     i++)
		if (s.p[i] != '$')
			col = col * 26 + (uint32_t)(s.p[i] - 'A' + 1);
	for (; i < s.n && ((s.p[i] >= '0' && s.p[i] <= '9') || s.p[i] == '$') && row <= XLSX_ROWS;
	     i++)
		if (s.p[i] != '$')
			row = row * 10 + (uint32_t)(s.p[i] - '0');
	if (i != s.n || row == 0 || col == 0 || row > XLSX_ROWS || col > XLSX_COLS)
		return false;
	*ret_row = row - 1;
	*ret_col = col - 1;
	return true;
}

static enum err merge_read(struct sheet *s)
{
	struct str ref = xml_attr(s->xml, "ref"), from;
	struct merge m, *kept;

	if (!str_split(&ref, ':', &from) || !reference(from, &m.top, &m.left) ||
	    !reference(ref, &m.bottom, &m.right) || m.bottom < m.top || m.right < m.left)
		return ERR_OK; /* no area: nothing is merged */
	kept = ARENA_PUSH(s->mem, &s->merges, &s->n_merges, &s->cap_merges, LIMIT_TABLE_CELLS);
	if (kept == NULL)
		return arena_err(s->mem);
	*kept = m;
	return ERR_OK;
}

static enum err hide(struct sheet *s, struct span_list *list, size_t max, uint32_t first,
		     uint32_t last)
{
	struct merge *m = ARENA_PUSH(s->mem, &list->items, &list->n, &list->cap, max);

	if (m == NULL)
		return arena_err(s->mem);
	m->left = first;
	m->right = last;
	return ERR_OK;
}

/* ---- values ---- */

static bool plain_integer(struct str s)
{
	size_t i = s.n > 0 && s.p[0] == '-';

	if (i == s.n || s.n - i > 18)
		return false;
	for (; i < s.n; i++)
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
	return true;
}

/* Days since 1899-12-30 as YYYY-MM-DD (civil-from-days, era of 400 years). */
static enum err date_text(struct arena *mem, double serial, struct str *ret)
{
	int64_t z = (int64_t)serial - 25569 + 719468; /* from 1970, then from 0000-03-01 */
	int64_t era = z / 146097, doe = z - era * 146097;
	int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100), mp = (5 * doy + 2) / 153;
	int64_t day = doy - (153 * mp + 2) / 5 + 1, month = mp < 10 ? mp + 3 : mp - 9;
	int64_t year = yoe + era * 400 + (month <= 2);

	return arena_fmt(mem, ret, "%04d-%02d-%02d", (int)year, (int)month, (int)day);
}

/* A number as the sheet shows it, as far as that matters: 12 for 12.0, 62.11% for .6211. */
static enum err number_text(struct sheet *s, struct str value, uint32_t style, struct str *ret)
{
	const struct xlsx *x = s->x;
	struct xlsx_format f = {0, XLSX_PLAIN, 0};
	char text[64], *end;
	double d;

	if (style < x->n_styles)
		f = x->styles[style];
	if (value.n == 0 || value.n >= sizeof(text) ||
	    (f.show == XLSX_PLAIN && plain_integer(value)))
		return arena_str(s->mem, value, ret);
	memcpy(text, value.p, value.n);
	text[value.n] = '\0';
	d = strtod(text, &end); /* the program keeps LC_NUMERIC at "C" */
	if (*end != '\0' || !isfinite(d))
		return arena_str(s->mem, value, ret);
	if (f.show == XLSX_PERCENT && fabs(d) < 1e9)
		return arena_fmt(s->mem, ret, "%.*f%%", (int)(f.decimals > 9 ? 9 : f.decimals),
				 d * 100);
	if (f.show == XLSX_DATE && d >= 1 && d < 2958466)
		return date_text(s->mem, d, ret);
	if (d == trunc(d) && fabs(d) < 1e15)
		return arena_fmt(s->mem, ret, "%.0f", d);
	return arena_fmt(s->mem, ret, "%.15g", d);
}

struct raw {
	struct str type;
	uint32_t style;
	struct buf *value; /* of <v>, or of <is> */
	struct buf *formula;
	bool has_formula;
};

static enum err value_text(struct sheet *s, const struct raw *raw, struct str *ret)
{
	struct str v = buf_str(raw->value);
	struct str text = v;

	if (str_eq(raw->type, STR("s"))) {
		uint32_t i = opc_number(str_trim(v), UINT32_MAX, UINT32_MAX);

		text = i < s->x->n_strings ? s->x->strings[i] : STR_NONE;
	} else if (str_eq(raw->type, STR("b"))) {
		text = str_eq(str_trim(v), STR("1")) ? STR("TRUE") : STR("FALSE");
	} else if (raw->type.n == 0 || str_eq(raw->type, STR("n"))) {
		return number_text(s, str_trim(v), raw->style, ret);
	}
	return opc_text(s->mem, text, ret);
}

/* ---- reading ---- */

static enum err blank_count(struct sheet *s)
{
	struct blank_row *last = s->n_blank_rows ? &s->blank_rows[s->n_blank_rows - 1] : NULL;

	if (last != NULL && last->row == s->row) {
		last->n++;
		return ERR_OK;
	}
	if (s->n_blank_rows == LIMIT_TABLE_ROWS)
		return ERR_OK; /* no table of ours lies so far down */
	last = ARENA_PUSH(s->mem, &s->blank_rows, &s->n_blank_rows, &s->cap_blank_rows,
			  LIMIT_TABLE_ROWS);
	if (last == NULL)
		return arena_err(s->mem);
	*last = (struct blank_row){s->row, 1};
	return ERR_OK;
}

static bool drawn_blank(const struct sheet *s, uint32_t row)
{
	for (size_t i = 0; i < s->n_blank_rows; i++)
		if (s->blank_rows[i].row == row)
			return s->blank_rows[i].n >= BLANK_ROW_CELLS;
	return false;
}

static enum err cell_add(struct sheet *s, const struct raw *raw)
{
	struct cell cell = {.row = s->row, .col = s->col}, *kept;
	enum err e = value_text(s, raw, &cell.text);

	if (e == ERR_OK && raw->has_formula)
		e = arena_str(s->mem, buf_str(raw->formula), &cell.formula);
	if (e != ERR_OK)
		return e;
	s->x->uncalculated += raw->has_formula && raw->value->n == 0;
	if (str_empty(cell.text) && !raw->has_formula)
		return blank_count(s);
	kept = ARENA_PUSH(s->mem, &s->cells, &s->n, &s->cap, LIMIT_TABLE_CELLS);
	if (kept == NULL)
		return arena_err(s->mem);
	*kept = cell;
	return ERR_OK;
}

static enum err cell_part(struct sheet *s, struct raw *raw, struct buf **into)
{
	*into = NULL;
	if (xml_is(s->xml, "v")) {
		*into = raw->value;
	} else if (xml_is(s->xml, "f")) {
		raw->has_formula = true;
		*into = raw->formula;
	} else if (xml_is(s->xml, "is")) {
		raw->type = STR("str");
		return xlsx_rich_text(s->xml, raw->value);
	}
	return ERR_OK;
}

/* At <c>.  A cell without a reference stands right of the one before. */
static enum err cell_read(struct sheet *s, struct buf *value, struct buf *formula)
{
	char type[16] = "";
	struct str t = str_sub(xml_attr(s->xml, "t"), 0, sizeof(type));
	struct raw raw = {{type, t.n}, 0, value, formula, false};
	unsigned depth = xml_depth(s->xml);
	enum xml_event event = XML_OPEN;
	struct buf *into = NULL;
	enum err e = ERR_OK;

	if (t.n > 0)
		memcpy(type, t.p, t.n);
	raw.style = opc_number(xml_attr(s->xml, "s"), UINT32_MAX, 0);
	(void)reference(xml_attr(s->xml, "r"), &s->row, &s->col);
	buf_clear(value);
	buf_clear(formula);
	while (e == ERR_OK && !(event == XML_CLOSE && xml_depth(s->xml) < depth)) {
		e = xml_next(s->xml, &event);
		if (e == ERR_OK && event == XML_OPEN)
			e = cell_part(s, &raw, &into);
		else if (e == ERR_OK && event == XML_CLOSE)
			into = NULL;
		else if (e == ERR_OK && event == XML_TEXT && into != NULL)
			buf_add(into, xml_text_here(s->xml));
	}
	if (e == ERR_OK)
		e = buf_end(value);
	if (e == ERR_OK)
		e = buf_end(formula);
	if (e == ERR_OK && s->row < XLSX_ROWS && s->col < XLSX_COLS)
		e = cell_add(s, &raw);
	s->col++;
	return e;
}

static enum err row_open(struct sheet *s, uint32_t *next_row)
{
	struct str r = xml_attr(s->xml, "r");

	s->row = opc_number(r, XLSX_ROWS, 0) > 0 ? opc_number(r, XLSX_ROWS, 0) - 1 : *next_row;
	s->col = 0;
	*next_row = s->row + 1;
	if (!opc_flag(xml_attr(s->xml, "hidden"), false))
		return ERR_OK;
	return hide(s, &s->hidden_rows, XLSX_ROWS, s->row, s->row);
}

static enum err cols_open(struct sheet *s)
{
	uint32_t min = opc_number(xml_attr(s->xml, "min"), XLSX_COLS, 0);
	uint32_t max = opc_number(xml_attr(s->xml, "max"), XLSX_COLS, 0);

	if (!opc_flag(xml_attr(s->xml, "hidden"), false) || min == 0 || max < min)
		return ERR_OK;
	return hide(s, &s->hidden_cols, XLSX_COLS, min - 1, max - 1);
}

static enum err parts_read(struct sheet *s)
{
	AUTO_BUF(value, LIMIT_PARA_BYTES);
	AUTO_BUF(formula, LIMIT_PARA_BYTES);
	enum xml_event event = XML_OPEN;
	uint32_t next_row = 0;
	enum err e = ERR_OK;

	while (e == ERR_OK && event != XML_END) {
		e = xml_next(s->xml, &event);
		if (e != ERR_OK || event != XML_OPEN)
			continue;
		if (xml_is(s->xml, "c"))
			e = cell_read(s, &value, &formula);
		else if (xml_is(s->xml, "row"))
			e = row_open(s, &next_row);
		else if (xml_is(s->xml, "col"))
			e = cols_open(s);
		else if (xml_is(s->xml, "mergeCell"))
			e = merge_read(s);
		else if (xml_is(s->xml, "extLst") || xml_is(s->xml, "AlternateContent"))
			e = xml_skip(s->xml);
	}
	return e;
}

/* ---- where each row and column goes ---- */

static enum err axis_make(struct sheet *s, struct axis *axis, uint32_t n,
			  const struct span_list *hidden)
{
	axis->n = n;
	axis->state = ARENA_ARRAY(s->mem, uint8_t, n);
	axis->to = ARENA_ARRAY(s->mem, uint32_t, n);
	if (axis->state == NULL || axis->to == NULL)
		return arena_err(s->mem);
	for (size_t i = 0; i < hidden->n; i++)
		for (uint32_t k = hidden->items[i].left; k <= hidden->items[i].right && k < n; k++)
			axis->state[k] |= LINE_HIDDEN;
	return ERR_OK;
}

/* Hidden lines, blank ones at the edges, and those beyond GAP_MAX of a run have no place. */
static void axis_number(struct axis *axis, unsigned *hidden)
{
	uint32_t last = 0, k = 0; /* the last line that was given a place, plus one */

	for (; k < axis->n; k++) {
		uint32_t blank = 0;

		if (axis->state[k] & LINE_HIDDEN)
			*hidden += axis->state[k] & LINE_USED;
		if (axis->state[k] != LINE_USED)
			continue;
		for (uint32_t i = last; i < k; i++)
			blank += axis->state[i] == 0;
		for (uint32_t i = last; i < k; i++) {
			axis->shown += last > 0 && axis->state[i] == 0 && blank-- <= GAP_MAX;
			axis->to[i] = axis->shown > 0 ? axis->shown - 1 : 0;
		}
		axis->to[k] = axis->shown++;
		last = k + 1;
	}
	for (k = last; k < axis->n; k++)
		axis->to[k] = axis->shown > 0 ? axis->shown - 1 : 0;
}

/* The column at which a block 核算 begins: its first cell says so, the column before it is blank.
 * It and all right of it are ours, not the report's. */
static enum err own_block(struct sheet *s, uint32_t *ret_col)
{
	uint32_t *first = ARENA_ARRAY(s->mem, uint32_t, XLSX_COLS + 1); /* row + 1; 0: blank */
	int32_t *merged = ARENA_ARRAY(s->mem, int32_t, XLSX_COLS + 1);  /* steps up and down */

	if (first == NULL || merged == NULL)
		return arena_err(s->mem);
	for (size_t i = 0; i < s->n; i++)
		if (first[s->cells[i].col] == 0) /* cells come sorted by row */
			first[s->cells[i].col] = s->cells[i].row + 1;
	for (size_t i = 0; i < s->n_merges; i++) {
		merged[s->merges[i].left]++;
		merged[s->merges[i].right + 1]--;
	}
	for (uint32_t k = 1; k <= XLSX_COLS; k++)
		merged[k] += merged[k - 1];
	*ret_col = XLSX_COLS;
	for (size_t i = 0; i < s->n; i++) {
		const struct cell *c = &s->cells[i];

		if (c->col > 0 && c->col < *ret_col && first[c->col] == c->row + 1 &&
		    first[c->col - 1] == 0 && merged[c->col - 1] == 0 &&
		    str_eq(c->text, STR("核算")))
			*ret_col = c->col;
	}
	return ERR_OK;
}

static void cells_cut(struct sheet *s, uint32_t col)
{
	size_t kept = 0;

	for (size_t i = 0; i < s->n; i++)
		if (s->cells[i].col < col)
			s->cells[kept++] = s->cells[i];
	s->n = kept;
}

static enum err axes_make(struct sheet *s)
{
	uint32_t rows = 0, cols = 0;
	bool blank_row;
	enum err e;

	for (size_t i = 0; i < s->n; i++) {
		rows = s->cells[i].row + 1 > rows ? s->cells[i].row + 1 : rows;
		cols = s->cells[i].col + 1 > cols ? s->cells[i].col + 1 : cols;
	}
	blank_row = drawn_blank(s, rows);
	e = axis_make(s, &s->rows, rows + blank_row, &s->hidden_rows);
	if (e == ERR_OK)
		e = axis_make(s, &s->cols, cols, &s->hidden_cols);
	if (e != ERR_OK)
		return e;
	for (size_t i = 0; i < s->n; i++) {
		s->rows.state[s->cells[i].row] |= LINE_USED;
		s->cols.state[s->cells[i].col] |= LINE_USED;
	}
	if (blank_row)
		s->rows.state[rows] |= LINE_USED;
	axis_number(&s->rows, &s->x->hidden_lines);
	axis_number(&s->cols, &s->x->hidden_lines);
	return ERR_OK;
}

/* ---- into the document ---- */

static int cell_order(const void *a, const void *b)
{
	const struct cell *x = a, *y = b;

	if (x->row != y->row)
		return x->row < y->row ? -1 : 1;
	return x->col < y->col ? -1 : x->col > y->col;
}

static bool shown(const struct sheet *s, const struct cell *c)
{
	return s->rows.state[c->row] == LINE_USED && s->cols.state[c->col] == LINE_USED;
}

/* All shown cells in one column, none of them a plain number alone: prose. */
static bool is_prose(const struct sheet *s)
{
	bool words = false;
	uint32_t col = 0;
	size_t n = 0;

	for (size_t i = 0; i < s->n; i++) {
		if (!shown(s, &s->cells[i]))
			continue;
		if (n++ > 0 && s->cells[i].col != col)
			return false;
		col = s->cells[i].col;
		words |= !plain_integer(s->cells[i].text);
	}
	return words;
}

static enum err paras_add(struct sheet *s, uint32_t sheet)
{
	enum err e = ERR_OK;

	for (size_t i = 0; i < s->n && e == ERR_OK; i++)
		if (shown(s, &s->cells[i]))
			e = doc_para(s->x->doc, STYLE_BODY, s->cells[i].text,
				     (struct place){sheet, s->cells[i].row + 1});
	return e;
}

/* Area of the table that is taken by a cell already; one bit a place. */
struct taken {
	uint8_t *bits;
	uint32_t rows, cols;
};

static bool is_taken(const struct taken *t, uint32_t row, uint32_t col)
{
	size_t at = (size_t)row * t->cols + col;

	return t->bits[at / 8] & (1u << at % 8);
}

/* Areas that overlap end where they meet: doc_table_done cuts them. */
static void take(struct taken *t, const struct doc_cell *c)
{
	for (uint32_t r = c->row; r < c->row + c->rowspan && r < t->rows; r++)
		for (uint32_t k = c->col; k < c->col + c->colspan && k < t->cols; k++) {
			size_t at = (size_t)r * t->cols + k;

			if (is_taken(t, r, k))
				return;
			t->bits[at / 8] = (uint8_t)(t->bits[at / 8] | 1u << at % 8);
		}
}

static int merge_order(const void *a, const void *b)
{
	const struct merge *x = a, *y = b;

	if (x->top != y->top)
		return x->top < y->top ? -1 : 1;
	return x->left < y->left ? -1 : x->left > y->left;
}

static const struct merge *merge_at(const struct sheet *s, const struct cell *c)
{
	struct merge key = {.top = c->row, .left = c->col};

	if (s->n_merges == 0)
		return NULL;
	return bsearch(&key, s->merges, s->n_merges, sizeof(key), merge_order);
}

static uint32_t axis_last(const struct axis *axis, uint32_t k)
{
	return axis->to[k < axis->n ? k : axis->n - 1];
}

/* A cell of the sheet as a cell of the table. */
static struct doc_cell place_cell(const struct sheet *s, const struct cell *c, uint32_t sheet)
{
	const struct merge *m = merge_at(s, c);
	struct doc_cell out = {.row = s->rows.to[c->row],
			       .col = s->cols.to[c->col],
			       .rowspan = 1,
			       .colspan = 1,
			       .text = c->text,
			       .formula = c->formula,
			       .at = {sheet, c->row + 1}};

	if (m != NULL) {
		out.rowspan = axis_last(&s->rows, m->bottom) - out.row + 1;
		out.colspan = axis_last(&s->cols, m->right) - out.col + 1;
	}
	return out;
}

/* Places that no cell takes are blank cells: the grid of a sheet has no holes. */
static enum err blanks_add(struct sheet *s, struct doc_table *table, struct taken *t)
{
	enum err e = ERR_OK;

	for (uint32_t r = 0; r < t->rows && e == ERR_OK; r++)
		for (uint32_t k = 0; k < t->cols && e == ERR_OK; k++) {
			struct doc_cell blank = {.row = r, .col = k, .rowspan = 1, .colspan = 1};

			if (!is_taken(t, r, k))
				e = doc_cell_add(s->x->doc, table, blank);
		}
	return e;
}

static enum err formula_keep(struct sheet *s, struct doc_cell *cell)
{
	return str_empty(cell->formula) ? ERR_OK
					: arena_str(s->x->mem, cell->formula, &cell->formula);
}

static enum err table_add(struct sheet *s, uint32_t sheet)
{
	struct taken t = {NULL, s->rows.shown, s->cols.shown};
	struct doc_table *table;
	enum err e;

	if (t.rows > LIMIT_TABLE_ROWS || t.cols > LIMIT_TABLE_COLS)
		return diag_set(s->x->diag, ERR_LIMIT,
				"a sheet has more than %d rows or %d columns", LIMIT_TABLE_ROWS,
				LIMIT_TABLE_COLS);
	t.bits = ARENA_ARRAY(s->mem, uint8_t, (size_t)t.rows * t.cols / 8 + 1);
	if (t.bits == NULL)
		return arena_err(s->mem);
	e = doc_table_add(s->x->doc, TABLE_GRID, (struct place){sheet, s->cells[0].row + 1},
			  &table);
	for (size_t i = 0; i < s->n && e == ERR_OK; i++) {
		struct doc_cell cell;

		if (!shown(s, &s->cells[i]))
			continue;
		cell = place_cell(s, &s->cells[i], sheet);
		if (is_taken(&t, cell.row, cell.col))
			continue; /* under a merged cell: the sheet does not show it */
		take(&t, &cell);
		e = formula_keep(s, &cell);
		if (e == ERR_OK)
			e = doc_cell_add(s->x->doc, table, cell);
	}
	if (e == ERR_OK && (size_t)t.rows * t.cols <= LIMIT_TABLE_CELLS)
		e = blanks_add(s, table, &t);
	return e == ERR_OK ? doc_table_done(s->x->doc, table) : e;
}

/* A merged area whose first cell is blank is one blank cell. */
static enum err blank_merges_add(struct sheet *s)
{
	size_t filled = s->n;

	for (size_t i = 0; i < s->n_merges; i++) {
		struct cell cell = {.row = s->merges[i].top, .col = s->merges[i].left}, *kept;

		if (cell.row >= s->rows.n || cell.col >= s->cols.n ||
		    (filled > 0 && bsearch(&cell, s->cells, filled, sizeof(cell), cell_order)))
			continue;
		kept = ARENA_PUSH(s->mem, &s->cells, &s->n, &s->cap, 2 * LIMIT_TABLE_CELLS);
		if (kept == NULL)
			return arena_err(s->mem);
		*kept = cell;
	}
	qsort(s->cells, s->n, sizeof(*s->cells), cell_order);
	return ERR_OK;
}

static enum err sheet_build(struct sheet *s, uint32_t sheet)
{
	uint32_t own = XLSX_COLS;
	enum err e;

	if (s->n == 0)
		return ERR_OK;
	qsort(s->cells, s->n, sizeof(*s->cells), cell_order);
	if (s->n_merges > 0)
		qsort(s->merges, s->n_merges, sizeof(*s->merges), merge_order);
	e = own_block(s, &own);
	if (e != ERR_OK)
		return e;
	cells_cut(s, own);
	e = s->n > 0 ? axes_make(s) : ERR_OK;
	if (e != ERR_OK || s->rows.shown == 0 || s->cols.shown == 0)
		return e;
	if (is_prose(s))
		return paras_add(s, sheet);
	e = blank_merges_add(s);
	return e == ERR_OK ? table_add(s, sheet) : e;
}

enum err xlsx_sheet_read(struct xlsx *x, struct str bytes, uint32_t sheet)
{
	AUTO(arena) mem = arena_new(LIMIT_DOC_MEMORY_BYTES / 2);
	AUTO(xml_reader) xml = NULL;
	struct sheet s = {.x = x, .mem = mem};
	enum err e;

	if (mem == NULL)
		return ERR_NOMEM;
	e = xml_open(bytes, x->diag, &xml);
	if (e != ERR_OK)
		return e;
	s.xml = xml;
	e = parts_read(&s);
	return e == ERR_OK ? sheet_build(&s, sheet) : e;
}
