/* Words with boxes -> doc: how a page that is only ink becomes paragraphs and tables.
 *
 * PDF and OFD say where each word stands and nothing else.  Labels find the rows of the three
 * statutory tables, coordinates find their columns; what remains is joined into paragraphs as
 * a person would.  A table in which any piece stays unplaced is marked untrusted and told of in
 * a note: a wrong number is worse than none. */
#ifndef GONGKAI_READERS_BOXES_H
#define GONGKAI_READERS_BOXES_H

#include "readers/readers.h"

/* y grows downwards; `page` counts from 1; words of one `run` follow each other in reading
 * direction, which is all that tells a page turned left from one turned right. */
struct box_word {
	float x0, y0, x1, y1;
	uint32_t page, run;
	struct str text; /* never empty */
};

struct box_page {
	float width, height;
};

struct boxes {
	struct arena *mem;
	struct box_word *words;
	size_t n_words, cap_words;
	struct box_page *pages;
	size_t n_pages, cap_pages;
};

/* Adds a page (at most LIMIT_PDF_PAGES) or a word of the last page (at most LIMIT_PDF_WORDS);
 * ERR_LIMIT beyond.  A box that is no box (not a number, turned inside out) is put in order or,
 * with an empty text, passed over.  Text is not copied. */
MUST_USE enum err boxes_page(struct boxes *b, float width, float height, struct diag *diag);
MUST_USE enum err boxes_word(struct boxes *b, struct box_word word, struct diag *diag);

/* The XHTML of `pdftotext -bbox-layout`.  Tolerant of what stands around the words: its head may
 * hold bytes that no XML may.  ERR_INPUT when it is not such a file at all or is cut short. */
MUST_USE enum err boxes_parse(struct str xhtml, struct boxes *b, struct diag *diag);

/* Appends the content to `doc`.  Changes the words' order. */
MUST_USE enum err boxes_layout(struct boxes *b, const struct read_env *env, struct doc *doc);

#endif
