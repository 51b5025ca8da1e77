/* Building and asking the neutral document. */
#include "doc/doc.h"

#include <stdlib.h>

enum err doc_new(struct arena *mem, enum doc_source source, struct doc **ret)
{
	struct doc *doc = ARENA_NEW(mem, struct doc);

	if (doc == NULL)
		return arena_err(mem);
	doc->mem = mem;
	doc->source = source;
	*ret = doc;
	return ERR_OK;
}

/* Copies text; control characters that a reader let through become blanks, so that the promise
 * of doc.h is kept in one place. */
static enum err text_copy(struct doc *doc, struct str text, struct str *ret)
{
	char *p = arena_alloc(doc->mem, text.n + 1);

	if (p == NULL)
		return arena_err(doc->mem);
	for (size_t i = 0; i < text.n; i++) {
		unsigned char c = (unsigned char)text.p[i];

		p[i] = (c < 0x20 && c != '\n') || c == 0x7F ? ' ' : text.p[i];
	}
	*ret = str_n(p, text.n);
	return ERR_OK;
}

static enum err block_add(struct doc *doc, enum block_kind kind, struct str text, struct place at,
			  struct doc_block **ret)
{
	struct doc_block *b;

	b = ARENA_PUSH(doc->mem, &doc->blocks, &doc->n_blocks, &doc->cap_blocks, LIMIT_DOC_BLOCKS);
	if (b == NULL)
		return arena_err(doc->mem);
	b->kind = kind;
	b->at = at;
	*ret = b;
	return text_copy(doc, text, &b->text);
}

enum err doc_para(struct doc *doc, enum para_style style, struct str text, struct place at)
{
	struct doc_block *b = NULL;
	enum err e = block_add(doc, BLOCK_PARA, text, at, &b);

	if (e == ERR_OK)
		b->style = style;
	return e;
}

enum err doc_picture(struct doc *doc, struct str alt, struct place at)
{
	struct doc_block *b;

	return block_add(doc, BLOCK_PICTURE, alt, at, &b);
}

enum err doc_table_add(struct doc *doc, enum table_geometry geometry, struct place at,
		       struct doc_table **ret)
{
	struct doc_table *table = ARENA_NEW(doc->mem, struct doc_table);
	struct doc_block *b = NULL;
	enum err e;

	if (table == NULL)
		return arena_err(doc->mem);
	table->geometry = geometry;
	e = block_add(doc, BLOCK_TABLE, STR_NONE, at, &b);
	if (e != ERR_OK)
		return e;
	b->table = table;
	*ret = table;
	return ERR_OK;
}

static uint32_t clip_span(uint32_t span, uint32_t from, uint32_t max)
{
	if (span == 0)
		return 1;
	return span > max - from ? max - from : span;
}

enum err doc_cell_add(struct doc *doc, struct doc_table *table, struct doc_cell cell)
{
	struct doc_cell *c;

	if (cell.row >= LIMIT_TABLE_ROWS || cell.col >= LIMIT_TABLE_COLS)
		return ERR_LIMIT;
	cell.rowspan = clip_span(cell.rowspan, cell.row, LIMIT_TABLE_ROWS);
	cell.colspan = clip_span(cell.colspan, cell.col, LIMIT_TABLE_COLS);
	c = ARENA_PUSH(doc->mem, &table->cells, &table->n_cells, &table->cap_cells,
		       LIMIT_TABLE_CELLS);
	if (c == NULL)
		return arena_err(doc->mem);
	*c = cell;
	if (table->rows <= cell.row)
		table->rows = cell.row + 1;
	if (table->cols < cell.col + cell.colspan)
		table->cols = cell.col + cell.colspan;
	return text_copy(doc, cell.text, &c->text);
}

static int cell_order(const void *a, const void *b)
{
	const struct doc_cell *x = a, *y = b;

	if (x->row != y->row)
		return x->row < y->row ? -1 : 1;
	return x->col < y->col ? -1 : x->col > y->col;
}

/* Walks the rows once, remembering for each column which cell still reaches down into the row;
 * a cell that begins where another reaches cuts that one off. */
static void cut_overlaps(struct doc_table *table, uint32_t *owner)
{
	for (uint32_t c = 0; c < table->cols; c++)
		owner[c] = UINT32_MAX;
	for (uint32_t i = 0; i < table->n_cells; i++) {
		struct doc_cell *cell = &table->cells[i];

		for (uint32_t c = cell->col; c < cell->col + cell->colspan; c++) {
			struct doc_cell *o =
				owner[c] == UINT32_MAX ? NULL : &table->cells[owner[c]];

			if (o != NULL && o->row == cell->row)
				o->colspan = cell->col - o->col;
			else if (o != NULL && o->row + o->rowspan > cell->row)
				o->rowspan = cell->row - o->row;
			owner[c] = i;
		}
	}
}

enum err doc_table_done(struct doc *doc, struct doc_table *table)
{
	uint32_t *owner = ARENA_ARRAY(doc->mem, uint32_t, table->cols);
	size_t kept = 0;

	if (owner == NULL)
		return arena_err(doc->mem);
	if (table->n_cells == 0)
		return ERR_OK;
	qsort(table->cells, table->n_cells, sizeof(*table->cells), cell_order);
	for (size_t i = 0; i < table->n_cells; i++) { /* the same place twice: the later wins */
		if (kept > 0 && cell_order(&table->cells[kept - 1], &table->cells[i]) == 0)
			kept--;
		table->cells[kept++] = table->cells[i];
	}
	table->n_cells = kept;
	for (size_t i = 0; i < kept; i++) { /* a span may not reach below the last row */
		struct doc_cell *c = &table->cells[i];

		if (c->rowspan > table->rows - c->row)
			c->rowspan = table->rows - c->row;
	}
	cut_overlaps(table, owner);
	return ERR_OK;
}

/* Index of the first cell at or behind (row, col). */
static size_t lower_bound(const struct doc_table *table, uint32_t row, uint32_t col)
{
	struct doc_cell key = {.row = row, .col = col};
	size_t lo = 0, hi = table->n_cells;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (cell_order(&table->cells[mid], &key) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

const struct doc_cell *doc_cell_at(const struct doc_table *table, uint32_t row, uint32_t col)
{
	for (uint32_t r = row;; r--) { /* look upwards: a taller cell may reach down to here */
		size_t i = lower_bound(table, r, col + 1);

		if (i > 0 && table->cells[i - 1].row == r) {
			const struct doc_cell *c = &table->cells[i - 1];

			if (c->col + c->colspan > col && c->row + c->rowspan > row)
				return c;
		}
		if (r == 0)
			return NULL;
	}
}

enum err doc_note_add(struct doc *doc, struct str rule, struct str text, struct place at)
{
	struct doc_note *note;
	enum err e;

	if (doc->n_notes >= LIMIT_DOC_NOTES)
		return ERR_OK; /* a thousand notes say no more than nine hundred */
	note = ARENA_PUSH(doc->mem, &doc->notes, &doc->n_notes, &doc->cap_notes, LIMIT_DOC_NOTES);
	if (note == NULL)
		return arena_err(doc->mem);
	note->at = at;
	e = arena_str(doc->mem, rule, &note->rule);
	if (e == ERR_OK)
		e = arena_str(doc->mem, text, &note->text);
	return e;
}
