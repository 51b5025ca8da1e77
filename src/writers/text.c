/* doc -> plain text: a paragraph a line, tables as Markdown with the grid spread out, so that
 * reading the text again gives the same cells. */
#include "writers/writers_int.h"

/* Inside a table cell, | and \ are escaped and a line break is <br>; at the front of a
 * paragraph a | would begin a table. */
static void put(struct buf *out, struct str s, bool cell)
{
	for (size_t i = 0; i < s.n; i++) {
		if (cell && s.p[i] == '\n') {
			buf_c(out, "<br>");
			continue;
		}
		if ((s.p[i] == '|' && (cell || i == 0 || s.p[i - 1] == '\n')) ||
		    (cell && s.p[i] == '\\'))
			buf_ch(out, '\\');
		buf_ch(out, s.p[i]);
	}
}

static enum err table_write(const struct doc_table *t, struct buf *out)
{
	AUTO(arena) mem = arena_new(LIMIT_DOC_MEMORY_BYTES);
	struct grid g;
	enum err e;

	if (mem == NULL)
		return ERR_NOMEM;
	e = grid_open(&g, t, mem);
	if (e != ERR_OK)
		return e;
	if (!str_empty(t->caption)) {
		put(out, t->caption, false);
		buf_c(out, "\n\n");
	}
	while (grid_next(&g)) {
		buf_ch(out, '|');
		for (uint32_t c = 0; c < t->cols; c++) {
			const struct doc_cell *cell = g.over[c];

			buf_ch(out, ' ');
			if (cell != NULL && cell->row == g.row && cell->col == c &&
			    cell->text.n > 0) {
				put(out, cell->text, true);
				buf_ch(out, ' ');
			}
			buf_ch(out, '|');
		}
		buf_ch(out, '\n');
		if (g.row > 0)
			continue;
		buf_ch(out, '|'); /* Markdown has exactly one header row */
		for (uint32_t c = 0; c < t->cols; c++)
			buf_c(out, " --- |");
		buf_ch(out, '\n');
	}
	return ERR_OK;
}

enum err text_write(const struct doc *doc, const struct write_env *env, struct diag *diag,
		    struct buf *out)
{
	(void)env;
	(void)diag;
	for (size_t i = 0; i < doc->n_blocks; i++) {
		const struct doc_block *b = &doc->blocks[i];

		if (i > 0)
			buf_ch(out, '\n');
		if (b->kind == BLOCK_TABLE) {
			enum err e = table_write(b->table, out);

			if (e != ERR_OK)
				return e;
			continue;
		}
		if (b->kind == BLOCK_PICTURE)
			buf_c(out, str_empty(b->text) ? "［图片" : "［图片：");
		put(out, b->text, false);
		buf_c(out, b->kind == BLOCK_PICTURE ? "］\n" : "\n");
	}
	return buf_end(out);
}
