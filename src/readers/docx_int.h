/* Parts of the DOCX reader: styles and automatic numbers (docx_style.c), paragraphs and tables
 * (docx_body.c), and what holds them together (docx.c). */
#ifndef GONGKAI_READERS_DOCX_INT_H
#define GONGKAI_READERS_DOCX_INT_H

#include "doc/doc.h"
#include "format/xml.h"
#include "format/zip.h"
#include "readers/opc.h"

#define DOCX_LEVELS 9
#define LIMIT_DOCX_STYLES 5000
#define LIMIT_DOCX_LISTS 5000

/* What a paragraph or character style says about reading, its bases followed. */
struct docx_style {
	struct str id, base, num_id;
	int level;      /* outline level from 0; -1: body; -2: not said here */
	int list_level; /* -1: not said */
	bool title;
	bool vanish, vanish_said;
};

struct docx_styles {
	struct docx_style *items; /* sorted by id */
	size_t n, cap;
};

MUST_USE enum err docx_styles_read(struct str bytes, struct arena *mem, struct diag *diag,
				   struct docx_styles *ret);
/* NULL when there is no such style. */
const struct docx_style *docx_style_find(const struct docx_styles *styles, struct str id);

struct docx_level {
	uint32_t start;
	struct str format, text, style;
	bool legal, space;
};

/* One list definition (abstractNum) with the numbers that it has reached. */
struct docx_list {
	struct str id, style_link, link;
	struct docx_level levels[DOCX_LEVELS];
	uint32_t reached[DOCX_LEVELS];
	bool started[DOCX_LEVELS];
};

/* One use of a list (num), which may start it anew. */
struct docx_num {
	struct str id, list;
	size_t order;               /* in the file */
	struct docx_list *of;       /* NULL: none of that name */
	int64_t start[DOCX_LEVELS]; /* -1: not overridden */
	struct docx_level *level[DOCX_LEVELS];
	bool used[DOCX_LEVELS];
};

struct docx_numbering {
	struct docx_list *lists;
	size_t n_lists, cap_lists;
	struct docx_num *nums;
	size_t n_nums, cap_nums;
};

MUST_USE enum err docx_numbering_read(struct str bytes, struct arena *mem, struct diag *diag,
				      struct docx_numbering *ret);
/* Counts a paragraph of the list on and adds its number to `out` as Word would print it; bullets
 * and unknown lists add nothing.  `level` -1: the level that names the paragraph's style, else
 * the first. */
void docx_number(struct docx_numbering *numbering, struct str num_id, int level,
		 struct str style_id, struct buf *out);

/* The state of one reading. */
struct docx_flow; /* where blocks go while a cell or box is read */
struct docx_grid; /* a table being read */

struct docx {
	struct arena *mem;
	struct diag *diag;
	struct doc *doc;
	struct xml_reader *xml;
	struct docx_styles styles;
	struct docx_numbering numbering;
	struct docx_flow *flow; /* NULL: straight into the document */
	bool boxed;             /* inside a text box or footnote */
	uint32_t para_no;
	uint32_t tables;
	unsigned changes, hidden, comments, embedded;
	struct buf carry; /* text of paragraphs whose end mark a tracked change deletes */
	unsigned fields;  /* how deep in fields */
	uint64_t in_code; /* bit n: field n is still at its instruction */
	bool choice_taken[LIMIT_XML_DEPTH + 2]; /* by depth of mc:AlternateContent */
};

/* A block that waits in a cell, or behind its paragraph, for its place in the document. */
struct docx_item {
	enum block_kind kind;
	enum para_style style;
	enum text_align align;
	struct str text;
	struct docx_grid *grid; /* BLOCK_TABLE */
	struct place at;
	bool from_box;
	struct docx_item *next;
};

struct docx_flow {
	struct docx_item *first, *last;
};

/* To the flow of the moment, or straight into the document. */
MUST_USE enum err docx_put(struct docx *x, struct docx_item item);
MUST_USE enum err docx_put_all(struct docx *x, const struct docx_flow *flow);

/* What may stand anywhere: alternatives (one is taken), tracked deletions, properties that say
 * nothing about content.  *ret_skipped: the element was read to its end. */
MUST_USE enum err docx_common(struct docx *x, bool *ret_skipped);
/* Next event; *ret_inside is false at the end of the element that `depth` levels are open in. */
MUST_USE enum err docx_step(struct docx *x, unsigned depth, enum xml_event *ret_event,
			    bool *ret_inside);
bool docx_w(const struct docx *x, const char *local); /* an element of WordprocessingML */

/* Each begins at the XML_OPEN of its element and ends at its XML_CLOSE. */
MUST_USE enum err docx_story(struct docx *x); /* blocks of a body, cell, box or note */
MUST_USE enum err docx_para(struct docx *x);
MUST_USE enum err docx_table(struct docx *x);

/* Table (docx_table.c) into the document: as a table, or, when it only lays out other tables, as
 * the blocks in its cells. */
MUST_USE enum err docx_grid_emit(struct docx *x, const struct docx_grid *grid, bool from_box);

#endif
