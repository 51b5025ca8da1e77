/* CSV (RFC 4180): commas, quotes doubled, lines end in '\n' when written and in '\n' or "\r\n"
 * when read.  A cell that looks like a formula is data and is written as it is. */
#ifndef GONGKAI_FORMAT_CSV_H
#define GONGKAI_FORMAT_CSV_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/str.h"

/* ---- writing: struct csv c = csv_on(&out); csv_cell(&c, …); csv_row_end(&c); ---- */

struct csv {
	struct buf *out;
	bool more; /* a comma is due before the next cell */
};

static inline struct csv csv_on(struct buf *out)
{
	return (struct csv){out, false};
}

void csv_cell(struct csv *c, struct str s);
void csv_cell_int(struct csv *c, int64_t value);
void csv_row_end(struct csv *c);

/* ---- reading, strict ---- */

struct csv_reader {
	struct str rest;
	unsigned line; /* of the row read last, from 1 */
	unsigned next; /* line of what stands at `rest` */
	char comment;  /* rows that begin with it are stepped over; 0: none */
};

/* Refuses bytes that are no UTF-8; steps over a byte order mark. */
MUST_USE enum err csv_open(struct csv_reader *r, struct str bytes, char comment, struct diag *diag);
/* The next row: cells are views of the bytes, or copies in `mem` where quotes were doubled.
 * Empty lines are stepped over.  *ret_n is 0 at the end.  ERR_INPUT: a quote out of place or
 * never closed, a lone CR; ERR_LIMIT: more than `max` cells. */
MUST_USE enum err csv_next(struct csv_reader *r, struct arena *mem, struct diag *diag,
			   struct str *cells, size_t max, size_t *ret_n);

#endif
