/* Table 3 in the making: shared by its two halves, labels (boxes_table3.c) and figures
 * (boxes_figures.c). */
#ifndef GONGKAI_READERS_BOXES_TABLE3_H
#define GONGKAI_READERS_BOXES_TABLE3_H

#include "readers/boxes_int.h"

#define TABLE3_COLS 7
/* The heads that span columns, and the words in the corner. */
#define HEAD_ALL "申请人情况"
#define HEAD_ORGS "法人或其他组织"
#define CORNER "(本列数据的勾稽关系为:第一项加第二项之和,等于第三项加第四项之和)"
#define TABLE3_BLOCKS_MAX 160
#define PARENT_ALIKE 700

/* A label: its lines, and what it turned out to be. */
struct block {
	float x0, x1;
	float y0, y1; /* on the page where it begins */
	uint32_t page;
	float y1_next; /* its end on the next page, 0: it stays on one */
	float last_y1, last_h;
	uint32_t last_page;
	struct str text, fold;
	struct place at;
	const struct form_row *row; /* of the form, NULL: unknown */
	bool parent, group, took;
};

/* Figures at one height. */
struct figures {
	float y0, y1;
	uint32_t page;
	const struct frag *piece[TABLE3_COLS];
	struct str text[TABLE3_COLS];
	unsigned n;   /* pieces */
	size_t block; /* its row, or TABLE3_BLOCKS_MAX */
};

struct table3 {
	struct layout *l;
	struct zone *zone;
	const struct form_row *form_row; /* the row that tells the columns' labels */
	float col[TABLE3_COLS];
	struct str col_label[TABLE3_COLS];
	float pitch, label_edge;
	struct block *blocks;
	size_t n_blocks;
	struct figures *rows;
	size_t n_rows;
	size_t loose;      /* text pieces that fit nowhere */
	const char *doubt; /* why the table is not trusted; NULL: it is */
};

/* Why the table is not trusted; the first reason stays. */
void table3_doubt(struct table3 *t, const char *why);
bool table3_is_label(const struct table3 *t, const struct frag *f);
bool table3_same_column(const struct block *b, const struct frag *f);
bool table3_in_group_word(struct str fold);

/* Figures to columns and labels. */
MUST_USE enum err table3_figures(struct table3 *t);
/* Marks what was taken, ends the zone after it, writes the grid. */
MUST_USE enum err table3_grid(struct table3 *t);

#endif
