/* Inside of the text reader.
 *
 *   text.c       lines and regions; text flattened from Word, one cell a line
 *   text_tsv.c   rows with tabs between the cells, as copied from Excel or Word
 *   text_md.c    Markdown: pipe tables, headings, inline marks
 *
 * A region recogniser looks at the cursor and either takes lines (returns true, the cursor is
 * behind them) or leaves the cursor alone.  A region that turns out to be prose is taken too,
 * as paragraphs, so that no line is looked at more than a few times. */
#ifndef GONGKAI_READERS_TEXT_INT_H
#define GONGKAI_READERS_TEXT_INT_H

#include "base/arena.h"
#include "base/buf.h"
#include "doc/doc.h"

struct cursor {
	struct str rest; /* p == NULL at the end */
	uint32_t line;   /* number of the next line */
};

struct text_cell {
	struct str text; /* as it stands; '\n' where lines of a cell were joined */
	uint32_t row, line;
	bool quoted; /* stood in quotes, so that "" in it means " */
};

struct text_reader {
	struct doc *doc;
	struct diag *diag;
	struct arena *scratch;
	struct cursor at;
	bool markdown;
	bool fenced;     /* inside ``` */
	enum err failed; /* sticky */

	struct text_cell *cells; /* of the region at hand */
	size_t n_cells, cap_cells;
	size_t n_tables;
	const char *no_quote_before; /* no closing quote stands before this place */
	bool no_table_end;           /* no </table> in what is left */
};

/* Next line without its end; false at the end of the text. */
bool text_line(struct cursor *at, struct str *ret_line);
/* The line that text_line would give, or STR_NONE. */
struct str text_peek(struct cursor at);
bool text_blank(struct str line); /* blanks only, and no tab */

void text_fail(struct text_reader *r, enum err e);
/* One paragraph a line of `text`, without blanks around, tabs inside as blanks. */
void text_para(struct text_reader *r, enum para_style style, struct str text, uint32_t line);
void text_cell(struct text_reader *r, struct str text, uint32_t row, uint32_t line);
/* cells[from…to) as a table; rows count from that of the first. */
void text_table(struct text_reader *r, enum table_geometry geometry, size_t from, size_t to);
/* The same cells as paragraphs. */
void text_paras(struct text_reader *r, size_t from, size_t to);

/* “一、…”: a heading of a section, in a line of its own. */
bool text_heading(struct str line);
/* Long, or a whole sentence: no cell of a table of figures. */
bool text_prose(struct str cell);

bool text_tsv(struct text_reader *r);

bool text_md_file(struct str text); /* whether the file as a whole is Markdown */
bool text_md_table(struct text_reader *r);
/* A line outside of tables in a Markdown file. */
void text_md_line(struct text_reader *r, struct str line, uint32_t number);

#endif
