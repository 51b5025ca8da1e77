/* Inside the recogniser: a document as a list of lines, and the parts that find each piece.
 *
 * Labels find everything, position alone finds nothing.  What cannot be placed surely becomes
 * a note and makes its table untrusted; it is never guessed. */
#ifndef GONGKAI_REPORT_RECOGNISE_INT_H
#define GONGKAI_REPORT_RECOGNISE_INT_H

#include "report/report_int.h"

/* A paragraph line or a table, in reading order. */
struct line {
	struct str text;               /* trimmed; "" for tables */
	const struct doc_table *table; /* NULL for text */
	enum para_style style;
	struct place at;
	struct heading_match heading; /* no == 0: none */
	struct str heading_text;      /* the part of `text` that is the heading */
	bool ordinal;                 /* begins with 一、 or the like */
	int ordinal_no;               /* 1 for 一、 … 0 none */
	bool picture;
	bool used; /* belongs to a table, the title, the signature */
};

struct lines {
	struct line *v;
	size_t n, cap;
};

/* Title of a report over one to three lines. */
struct title {
	struct str text; /* joined, without blanks */
	struct str body; /* organ, "" when it names none */
	int year;        /* 0 when it states none */
	size_t first, n; /* lines */
	int score;
};

struct recogniser {
	const struct doc *doc;
	const struct law *law;
	struct arena *mem;
	struct lines lines;
};

/* recognise_head.c */
MUST_USE enum err title_at(struct recogniser *rc, size_t i, struct title *ret);
MUST_USE enum err head_read(struct recogniser *rc, struct report *report, const struct title *title,
			    size_t from, size_t first_heading);
/* Finds 署名 and 成文日期 behind the last heading; *ret_end is the line behind the report. */
MUST_USE enum err signature_read(struct recogniser *rc, struct report *report, size_t from,
				 size_t to, size_t *ret_end);
MUST_USE enum err contact_read(struct report *report, struct str text, struct place at);
bool looks_like_organ(struct str s);

/* recognise_table.c: fills the three tables from lines [from, to). */
MUST_USE enum err tables_read(struct recogniser *rc, struct report *report, size_t from, size_t to);

/* Text without any blanks, in rc->mem. */
MUST_USE enum err squeeze(struct arena *mem, struct str s, struct str *ret);

MUST_USE enum err report_note_add(struct report *report, struct str rule, struct str where,
				  struct place at, const char *fmt, ...)
	__attribute__((format(printf, 5, 6)));

#endif
