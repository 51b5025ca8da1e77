/* A doc as short text, so that a test says what a reader should make of its input in one
 * string: a paragraph a line ("1 text", the line number first), tables as
 *     3 grid 2x3
 *     a(2x1)|b(1x2)
 *     c|
 * with \n in cells shown as ⏎, style as #, ##, ### in front of text, pictures as <text>. */
#ifndef GONGKAI_TESTS_UNIT_DOC_PRINT_H
#define GONGKAI_TESTS_UNIT_DOC_PRINT_H

#include "base/buf.h"
#include "doc/doc.h"

static inline void print_cell_text(struct buf *out, struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '\n')
			buf_c(out, "⏎");
		else
			buf_ch(out, s.p[i]);
	}
}

static inline void print_table(struct buf *out, const struct doc_table *t)
{
	buf_fmt(out, "%s %ux%u", t->geometry == TABLE_GRID ? "grid" : "ragged", t->rows, t->cols);
	if (t->caption.n > 0)
		buf_fmt(out, " " STR_FMT, STR_ARG(t->caption));
	for (size_t i = 0; i < t->n_cells; i++) {
		const struct doc_cell *c = &t->cells[i];

		buf_c(out, i > 0 && c->row == t->cells[i - 1].row ? "|" : "\n");
		print_cell_text(out, c->text);
		if (c->rowspan > 1 || c->colspan > 1)
			buf_fmt(out, "(%ux%u)", c->rowspan, c->colspan);
	}
	buf_ch(out, '\n');
}

static inline struct str doc_print(struct arena *mem, const struct doc *doc)
{
	AUTO_BUF(out, 16 * MIB);
	struct str ret = STR_NONE;

	for (size_t i = 0; i < doc->n_blocks; i++) {
		const struct doc_block *b = &doc->blocks[i];

		buf_fmt(&out, "%u ", b->at.line);
		if (b->kind == BLOCK_TABLE) {
			print_table(&out, b->table);
			continue;
		}
		if (b->style == STYLE_TITLE || b->style == STYLE_HEAD_1 || b->style == STYLE_HEAD_2)
			buf_c(&out, &"###"[STYLE_HEAD_2 - b->style]);
		buf_c(&out, b->kind == BLOCK_PICTURE ? "<" : "");
		print_cell_text(&out, b->text);
		buf_c(&out, b->kind == BLOCK_PICTURE ? ">\n" : "\n");
	}
	if (buf_end(&out) != ERR_OK || arena_str(mem, buf_str(&out), &ret) != ERR_OK)
		return STR_NONE;
	return ret;
}

#endif
