/* doc -> files.
 *
 * Each writer appends the whole file to `out` or leaves a failure.  Output is the same for the
 * same doc (no time, no random ids), so golden tests can compare bytes; `struct write_env`
 * carries what the outside may set. */
#ifndef GONGKAI_WRITERS_WRITERS_H
#define GONGKAI_WRITERS_WRITERS_H

#include "base/buf.h"
#include "base/diag.h"
#include "doc/doc.h"

struct write_env {
	struct str title;  /* document title in metadata; "" takes the first STYLE_TITLE */
	struct str author; /* organ; may be empty */
	struct str lang;   /* "zh-CN" when empty */
};

MUST_USE enum err html_write(const struct doc *doc, const struct write_env *env, struct diag *diag,
			     struct buf *out);
/* The parts of such a page, for one that says more than a document (findings): a mark in the
 * document links to #ID, and its first place carries id="at-ID" to link back to.  The page's
 * <main> is open between begin and end; failures of `out` stay in it. */
void html_page_begin(struct buf *out, struct str title, struct str lang);
/* part: "" where the page holds one document, else what tells this one apart ("1", "2-1"). */
MUST_USE enum err html_page_doc(struct buf *out, const struct doc *doc, struct str part);
void html_page_end(struct buf *out);
MUST_USE enum err docx_write(const struct doc *doc, const struct write_env *env, struct diag *diag,
			     struct buf *out);
/* GB/T 9704 page.  ERR_ABSENT when Pango or a Chinese font is not installed. */
MUST_USE enum err pdf_write(const struct doc *doc, const struct write_env *env, struct diag *diag,
			    struct buf *out);
/* One sheet a table: table cell (r, c) at sheet row r+1, column c+1; `beside` begins two
 * columns right of the table at row 1.  Cells whose text is a plain integer or decimal become
 * numbers, others stay text; paragraphs go to a first sheet 正文, one a row. */
MUST_USE enum err xlsx_write(const struct doc *doc, const struct write_env *env, struct diag *diag,
			     struct buf *out);
/* Plain text: paragraphs, headings, and tables as Markdown tables. */
MUST_USE enum err text_write(const struct doc *doc, const struct write_env *env, struct diag *diag,
			     struct buf *out);

#endif
