/* Inside of the HTML reader.
 *
 *   html.c        the page: charset, parser, what the page says about itself
 *   html_sax.c    the parser's events -> paragraphs, pictures and rows of cells
 *   html_table.c  rows of cells -> data tables on a grid, or layout taken apart
 *
 * Outside of tables, paragraphs go to the doc at once.  Whether a table holds data or only
 * lays out the page is known at its end, so what is inside one waits as items in a scratch
 * arena: a cell has a list of items, and an item may be a table piece of its own. */
#ifndef GONGKAI_READERS_HTML_INT_H
#define GONGKAI_READERS_HTML_INT_H

#include "base/arena.h"
#include "base/buf.h"
#include "doc/doc.h"

struct html_row;

enum html_item_kind { HTML_PARA, HTML_PICTURE, HTML_PIECE };

struct html_item {
	enum html_item_kind kind;
	enum para_style style;
	uint32_t line;
	struct str text;          /* paragraph (maybe with '\n'), picture's alternative */
	struct html_piece *piece; /* a data table */
	struct html_item *next;
};

struct html_items {
	struct html_item *first, *last;
	size_t n;
};

struct html_cell {
	uint32_t rowspan; /* 0: to the end of the row group, as HTML says */
	uint32_t colspan;
	uint32_t line;
	bool header;
	enum text_align align;
	struct html_items items;
	struct html_cell *next;
};

enum html_group { GROUP_HEAD, GROUP_BODY, GROUP_FOOT };

struct html_row {
	enum html_group group;
	unsigned group_no; /* rows of one <tbody> share it; spans end with the group */
	bool flat;         /* height 0: only there to give widths, dropped when blank */
	size_t n_cells;
	struct html_cell *first, *last;
	struct html_row *next;
};

/* Consecutive rows that are data. */
struct html_piece {
	struct html_row **rows;
	size_t n_rows;
	size_t n_cells;
	struct str caption;
	uint32_t line;
};

/* A table that is being read. */
struct html_table {
	struct html_table *parent;
	struct html_row *first, *last;
	struct html_cell *cell; /* open, or NULL */
	bool row_open, in_caption;
	enum html_group group;
	unsigned group_no;
	size_t n_rows;
	struct str caption;
	uint32_t line;
};

struct html_open; /* an open element */

enum html_space { SPACE_NONE, SPACE_BLANK, SPACE_BREAK };

struct html_reader {
	struct doc *doc;
	struct arena *scratch;
	struct diag *diag;
	enum err failed; /* sticky; the parser is stopped */
	void *parser;    /* htmlParserCtxtPtr */

	struct html_open *open; /* LIMIT_HTML_DEPTH of them */
	size_t depth;
	unsigned skip;   /* open elements whose content is dropped */
	unsigned hidden; /* those of them that only are not displayed */
	unsigned pre;
	bool in_title;
	enum para_style style;
	uint32_t line_base; /* lines before a fragment inside another file */

	struct buf para; /* the paragraph so far, with blanks collapsed */
	uint32_t para_line;
	enum html_space space; /* seen, not yet written */
	struct buf title;

	struct html_table *table; /* innermost open one */
	size_t n_cells;           /* of all tables, against LIMIT_TABLE_CELLS */
	size_t n_tables;

	bool keep_hidden;     /* second try: the report itself was hidden */
	size_t hidden_tables; /* dropped because their place was not displayed */
};

/* Feeds a whole page or fragment, already UTF-8. */
MUST_USE enum err html_parse(struct html_reader *r, struct str text);

/* Reads a fragment of HTML (a table inside Markdown) into an existing doc. */
MUST_USE enum err html_append(struct doc *doc, struct str text, uint32_t first_line,
			      struct diag *diag);

/* Where things go that come now: the open cell, or NULL for the doc itself. */
struct html_items *html_container(struct html_reader *r);
void html_put(struct html_reader *r, struct html_items *to, struct html_item item);
/* The table that was open is complete. */
void html_table_end(struct html_reader *r);

/* Records the first failure and stops the parser. */
void html_fail(struct html_reader *r, enum err e);

/* 发布日期 and 发布机构 as the page states them, from the doc's own blocks. */
MUST_USE enum err html_find_published(struct doc *doc);
/* The date at the front of `s`, as printed; empty when there is none. */
struct str html_date(struct str s);

#endif
