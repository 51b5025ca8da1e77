/* The neutral document: what every reader ends in and every writer begins with.
 *
 * A document is a flat list of blocks in reading order.  Text is valid UTF-8 without control
 * characters other than '\n' (a line break inside a cell or paragraph).  Everything lives in
 * the arena that the document was made in.  A reader keeps what is printed: it never repairs
 * a number, drops a cell or joins two paragraphs that the source has apart. */
#ifndef GONGKAI_DOC_DOC_H
#define GONGKAI_DOC_DOC_H

#include <stdint.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/limits.h"
#include "base/str.h"

/* Where a piece came from, counted from 1; 0 where the source has no such thing.  `line` is
 * the line of a text or HTML source, the paragraph number of a DOCX, the row of a sheet. */
struct place {
	uint32_t page;
	uint32_t line;
};

enum doc_source {
	DOC_SOURCE_NONE, /* composed by us */
	DOC_SOURCE_TEXT,
	DOC_SOURCE_HTML,
	DOC_SOURCE_DOCX,
	DOC_SOURCE_XLSX,
	DOC_SOURCE_PDF,
	DOC_SOURCE_OFD,
};

enum block_kind {
	BLOCK_PARA,
	BLOCK_TABLE,
	BLOCK_PICTURE, /* text: the alternative text, maybe empty */
};

/* How a paragraph is set.  Readers give STYLE_BODY, or STYLE_TITLE / STYLE_HEAD_1… when the source
 * marks it so (<h1>, a heading style); recognition never relies on it. */
enum para_style {
	STYLE_BODY,
	STYLE_TITLE,
	STYLE_HEAD_1,  /* 一、 黑体 */
	STYLE_HEAD_2,  /* （一） 楷体 */
	STYLE_SIGN,    /* 署名, right */
	STYLE_DATE,    /* 成文日期, right */
	STYLE_CAPTION, /* centred, small */
	STYLE_NOTE,    /* small print */
};

enum text_align { ALIGN_AUTO, ALIGN_LEFT, ALIGN_CENTER, ALIGN_RIGHT };

/* Points from a piece of the document to something said about it (a finding). */
struct doc_mark {
	struct str quote; /* the part that is meant: a slice of the piece's text means that very
			   * place, other memory the first place like it; empty: the whole piece */
	struct str id;    /* fragment identifier of what is said, e.g. "f3" */
	struct str label; /* short text shown beside, e.g. "3" */
	struct str level; /* "error", "warning", "info": a CSS class and a word, not a colour */
	struct doc_mark *next;
};

struct doc_cell {
	uint32_t row, col;         /* grid position, from 0 */
	uint32_t rowspan, colspan; /* at least 1; clipped to the table */
	struct str text;
	struct str formula; /* XLSX only, without '='; text is then its last value */
	struct place at;
	bool header;
	enum text_align align;
	struct doc_mark *marks;
};

/* What `col` of a cell means. */
enum table_geometry {
	TABLE_GRID,   /* true columns (HTML, DOCX, XLSX, PDF by coordinates, Markdown) */
	TABLE_RAGGED, /* only the order of cells in a row is known (flattened text) */
};

struct doc_table {
	struct doc_cell *cells; /* sorted by row, then col; no two cover the same place */
	size_t n_cells, cap_cells;
	uint32_t rows, cols;
	enum table_geometry geometry;
	bool untrusted;         /* a reader could not place every piece: figures must be doubted */
	struct str caption;     /* 表名; shown above by writers when not empty */
	uint32_t header_rows;   /* repeated on each page by writers */
	const uint16_t *widths; /* relative column widths, `cols` of them, or NULL */
	struct doc_table
		*beside; /* XLSX: a block two columns to the right (核算); others ignore it */
};

struct doc_block {
	enum block_kind kind;
	enum para_style style;
	enum text_align align;
	struct str text;         /* paragraph text, picture alternative */
	struct doc_table *table; /* BLOCK_TABLE */
	struct place at;
	struct doc_mark *marks;
	bool from_box; /* a text box, footnote or comment rather than the main flow */
};

/* Something about the reading itself that a person should know; becomes an AR-R… note. */
struct doc_note {
	struct str rule; /* "AR-R01" … see docs/rules.md */
	struct str text; /* one Chinese sentence */
	struct place at;
};

struct doc {
	struct arena *mem;
	enum doc_source source;
	struct str title;     /* <title>, core properties; not the report's own title */
	struct str site;      /* <meta name=SiteName>, 发布机构 of a metadata box */
	struct str published; /* date of publication that the page states, as printed */
	struct doc_block *blocks;
	size_t n_blocks, cap_blocks;
	struct doc_note *notes;
	size_t n_notes, cap_notes;
	unsigned pages; /* 0 when the source has no pages */
};

MUST_USE enum err doc_new(struct arena *mem, enum doc_source source, struct doc **ret);

/* Appends a paragraph; text is copied.  ERR_LIMIT beyond LIMIT_DOC_BLOCKS. */
MUST_USE enum err doc_para(struct doc *doc, enum para_style style, struct str text,
			   struct place at);
MUST_USE enum err doc_picture(struct doc *doc, struct str alt, struct place at);
/* Appends an empty table, to be filled by doc_cell_add. */
MUST_USE enum err doc_table_add(struct doc *doc, enum table_geometry geometry, struct place at,
				struct doc_table **ret);

/* Puts a cell; text is copied, spans of 0 count as 1 and are clipped to the limits, and `rows`,
 * `cols` grow. Cells may come in any order; call doc_table_done after the last one. */
MUST_USE enum err doc_cell_add(struct doc *doc, struct doc_table *table, struct doc_cell cell);
/* Sorts, and shrinks spans that overlap a later cell (the later cell wins its place). */
MUST_USE enum err doc_table_done(struct doc *doc, struct doc_table *table);

/* The cell that covers a place, NULL when none does.  O(log n + row). */
const struct doc_cell *doc_cell_at(const struct doc_table *table, uint32_t row, uint32_t col);

MUST_USE enum err doc_note_add(struct doc *doc, struct str rule, struct str text, struct place at);

#endif
