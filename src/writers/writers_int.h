/* What the writers share. */
#ifndef GONGKAI_WRITERS_WRITERS_INT_H
#define GONGKAI_WRITERS_WRITERS_INT_H

#include "writers/writers.h"

/* Title for metadata: env's, else the first STYLE_TITLE, else the doc's own. */
struct str writer_title(const struct doc *doc, const struct write_env *env);
struct str writer_lang(const struct write_env *env);

/* "［图片：…］", what stands for a picture. */
MUST_USE enum err writer_picture(const struct doc_block *b, struct arena *mem, struct str *ret);

/* A number, half or full width, with its unit or a sign such as "/" or "—"; no blanks. */
bool writer_is_figure(struct str s);
/* Alignment of a cell with ALIGN_AUTO resolved: figures, headers and short words centred. */
enum text_align writer_align(const struct doc_cell *c);

/* Width of a text in characters of its size: Han 1, others a half. */
double writer_em(struct str s);

/* Where a title of two lines breaks by meaning: before the year or the fixed name of the
 * document, whichever leaves the lines most alike with both below `max_em`.  0: nowhere. */
size_t writer_title_break(struct str text, double max_em);

/* Relative width of a column, 1 when the table does not say. */
unsigned writer_width(const struct doc_table *t, uint32_t col);

/* 7.3.5 of GB/T 9704 without a seal: where the name and the date of a signature end, counted
 * from the right edge in characters, given their widths.  day 0: there is no date. */
void writer_signature(double name, double day, double *ret_name_right, double *ret_day_right);

/* Walks a table row by row: over[c] is the cell that covers column c, NULL where none does. */
struct grid {
	const struct doc_table *table;
	const struct doc_cell **over;
	uint32_t row; /* the row that over[] shows */
	uint32_t rows_seen;
	size_t next;
};
MUST_USE enum err grid_open(struct grid *g, const struct doc_table *table, struct arena *mem);
bool grid_next(struct grid *g);
/* How many columns the piece at column c takes, at least 1. */
uint32_t grid_span(const struct grid *g, uint32_t c);

#endif
