/* Private parts of the layout: fragments, lines, zones. */
#ifndef GONGKAI_READERS_BOXES_INT_H
#define GONGKAI_READERS_BOXES_INT_H

#include "readers/boxes.h"

/* Words that stand together, and the rectangle around them. */
struct frag {
	float x0, y0, x1, y1;
	uint32_t page, line; /* line: index into struct layout.lines */
	struct str text;     /* as printed */
	struct str fold;     /* han_fold of it */
	bool number;         /* a figure, or what stands in its place: / — 无 */
	bool used;           /* placed in a table */
	bool wide;           /* as wide as a line of prose */
	size_t word, words;  /* its words: b->words[word, word + words) */
};

/* What stands at one height of a page, left to right: frags [first, first + n). */
struct line {
	float y0, y1;
	uint32_t page;
	uint32_t no; /* within its page, from 1 */
	size_t first, n;
};

/* Where prose begins and ends on a page, from its long lines. */
struct edges {
	float left, right;
	unsigned lines;
};

struct layout {
	struct boxes *b;
	const struct read_env *env;
	struct arena *mem;
	struct doc *doc;
	struct frag *frags;
	size_t n_frags, cap_frags;
	struct line *lines;
	size_t n_lines, cap_lines;
	struct edges *edges; /* by page; [0] of all pages */
};

/* Lines [from, to) hold a statutory table. */
struct zone {
	int table;             /* 2, 3, 4; 0: none */
	size_t from, body, to; /* header lines are [from, body) */
};

static inline float mid_x(const struct frag *f)
{
	return (f->x0 + f->x1) / 2;
}
static inline float mid_y(const struct frag *f)
{
	return (f->y0 + f->y1) / 2;
}
/* Width of a Chinese character of that text, roughly. */
float frag_em(const struct frag *f);
/* Whether it, or each of its words (neighbouring heads flow together), is a part of one of
 * `whole`. */
bool frag_within(const struct layout *l, const struct frag *f, const char *const *whole, size_t n);
bool frag_over_x(const struct frag *a, const struct frag *b); /* share a stretch of x */

/* Joins words of a line into fragments appended to *frags (whose `word` counts from the first of
 * these words): gaps below `gap` em, figures only
 * when they touch. */
MUST_USE enum err frags_of_words(struct arena *mem, const struct box_word *words, size_t n,
				 uint32_t line, float gap, struct frag **frags, size_t *n_frags,
				 size_t *cap_frags);

/* Text tests; `fold` is folded text. */
bool text_is_number(struct str fold);
bool text_is_figure(struct str fold);  /* a number, with or without its unit */
bool text_is_ordinal(struct str fold); /* begins with 1. （一） 一、 */
struct str text_without_ordinal(struct str fold);
bool text_within(struct str fold, const char *const *whole, size_t n); /* a part of one of them */
/* A blank, or nothing, between neighbours `gap` apart. */
struct str text_space(struct str a, struct str b, float gap, float em);
MUST_USE enum err text_join(struct arena *mem, struct str a, struct str b, struct str *ret);

/* Fragments one above the other that make one label: 商业 over 企业. */
struct stack {
	float x0, x1, y0, y1;
	struct str text, fold;
};
/* Of the words of lines [from, to) that are a part of one of the `n` labels `known`; from left to
 * right.  Neighbours that only together are a part of a label (总 计) are one stack. */
MUST_USE enum err stacks_make(struct layout *l, size_t from, size_t to, const char *const *known,
			      size_t n, struct stack **ret, size_t *ret_n);

/* Fills a table by cells; remembers its first failure. */
struct grid {
	struct doc *doc;
	struct doc_table *table;
	enum err failed;
};
void grid_cell(struct grid *g, uint32_t row, uint32_t col, uint32_t rowspan, uint32_t colspan,
	       struct str text, struct place at, bool header);
/* Ends the table; when `doubt` is not NULL marks it untrusted and adds the note AR-R05. */
MUST_USE enum err grid_end(struct grid *g, const char *doubt, int table_no);

/* Whether a zone of that table begins at or near line `at`; fills *ret. */
bool zone3_find(struct layout *l, size_t at, struct zone *ret);
bool zone2_find(struct layout *l, size_t at, struct zone *ret);
bool zone4_find(struct layout *l, size_t at, struct zone *ret);

/* Lays out the table; fragments that it took are marked `used`. */
MUST_USE enum err table3_make(struct layout *l, struct zone *zone);
MUST_USE enum err table2_make(struct layout *l, struct zone *zone);
MUST_USE enum err table4_make(struct layout *l, struct zone *zone);

/* Fills l->edges; before any paragraph is made. */
MUST_USE enum err edges_make(struct layout *l);
/* Paragraphs out of the unused fragments of lines [from, to). */
MUST_USE enum err paras_make(struct layout *l, size_t from, size_t to);

/* A heading of one of the six sections, by its printed form. */
bool frag_is_heading(const struct frag *f);

#endif
