/* Inside the table part of the recogniser: recognise_table.c walks rows and lines,
 * recognise_table2.c, 3 and 4 read one table each, recognise_seen.c minds the rows whose label was
 * seen and whose figures were not. */
#ifndef GONGKAI_REPORT_RECOGNISE_TABLE_H
#define GONGKAI_REPORT_RECOGNISE_TABLE_H

#include "report/recognise_int.h"

#define T3_COLS 7
#define T4_COLS 15
#define T4_GROUPS 3
#define T4_PER_GROUP 5
#define SEEN_MAX 64
#define LABELS_IN_FRONT 3 /* 三、本年度办理结果 | （三）不予公开 | 1.… */
#define SEEN2_MAX 32
#define LABEL_BYTES_MAX 200
#define CELLS_MAX 40 /* cells of one row that matter; wider rows are no statutory table */
#define GONE UINT32_MAX

/* What one row or line says. */
struct view {
	struct str text[CELLS_MAX];
	uint32_t col[CELLS_MAX]; /* grid column; GONE for text lines */
	struct place at[CELLS_MAX];
	size_t n;
	bool grid;
};

/* An unplaced or placed row of table 3. */
struct entry {
	const struct form_row *form; /* NULL: orphan */
	enum label_fit fit;
	struct str label;
	struct str value[T3_COLS];
	bool there[T3_COLS];
	struct place at;
	size_t line;
};

struct tables {
	struct recogniser *rc;
	struct report *report;
	struct entry *entries;
	size_t n_entries, cap_entries;
	/* header columns of the table being read; GONE where not seen */
	uint32_t col3[T3_COLS];
	bool figures3; /* a row of table 3 was taken in it: what follows is no header */
	uint32_t col4[T4_COLS];
	size_t n_col4;
	size_t groups4[T4_GROUPS]; /* which of 复议, 直接起诉, 复议后起诉 its header names, in order
				    */
	size_t n_groups4;
	uint32_t col2[CELLS_MAX];
	struct str head2[CELLS_MAX];
	size_t n_head2;
	int words4;       /* 结果维持 … seen since the table began */
	int form2_votes;  /* above 0: the form of 2021, below: of 2019 */
	int section;      /* whose heading came last, 0: none */
	struct str above; /* the text that ends the row or line before; "" after figures */
	bool swapped3;    /* a header of table 3 has its columns in another order */
	bool lost2;       /* a row of table 2 whose values are fewer than its columns */
	bool lost3;       /* a row of figures in the reach of table 3 that was not taken */
	bool lone2;       /* a line of figures with a label that is none of table 2 */
	bool trace[5];    /* by table: a word of its header stands somewhere */
	const struct form_row *seen2[SEEN2_MAX]; /* rows of table 2 whose label stands somewhere */
	size_t n_seen2;
	size_t unread[5];     /* by section: values in lines of text, read or not */
	bool zone3, zone4;    /* after 一、本年新收…; after 结果维持… */
	bool torn;            /* labels and rows are apart, as PDF-to-text tools leave them */
	size_t torn4;         /* pieces of them in lines of text */
	size_t words4_all;    /* 结果维持 … in the whole report */
	bool seen3[SEEN_MAX]; /* labels of the newest form's table 3 that stand somewhere, by order
			       */
	/* loose lines: labels and single numbers one under the other */
	size_t run_from, run_n;
	struct str run[CELLS_MAX * 10];
	size_t n_run;
};

/* Nothing, or a mark that stands for it. */
bool blank_like(struct str s);
/* blank_like, or a number of any column. */
bool value_like(struct str s, struct arena *mem);
bool number_like(struct str s, struct arena *mem);
/* 1.属于国家秘密① -> without the mark of a note. */
struct str without_note_mark(struct str s);
/* Whether all columns were seen, each in a place of its own; *ret_rank is the order from left to
 * right. */
bool columns_known(const uint32_t *col, size_t n, size_t *ret_rank);
/* The text of the cell at a column of the grid; NULL: none. */
const struct str *cell_at_col(const struct view *v, uint32_t col);

/* Values of one row of table 2, kept until the form is known. */
struct row2 {
	struct str label;
	struct view view;
	int label_at;
	uint32_t col2[CELLS_MAX];
	struct str head2[CELLS_MAX];
	size_t n_head2;
	size_t line;
	struct row2 *next;
};

struct rows2 {
	struct row2 *first, **last;
};

/* Table 2: words that tell its form; a row that may be its; all rows into the report. */
void vote_form2(struct tables *t, struct str s);
MUST_USE enum err row_of_table2(struct tables *t, const struct view *v, size_t line,
				struct rows2 *rows, bool *ret_taken);
MUST_USE enum err finish_table2(struct tables *t, const struct rows2 *rows);

/* Table 3: a row that may be its; all rows into the report. */
MUST_USE enum err row_of_table3(struct tables *t, const struct view *v, size_t line,
				bool *ret_taken);
MUST_USE enum err finish_table3(struct tables *t);
/* In a torn text the headers of the tables lie about between the headings of 二 to 四. */
void use_torn_headers(struct tables *t, size_t from, size_t to);

/* Table 4: what a header cell (without blanks) says, and a row that may be its figures. */
void note_group4(struct tables *t, struct str flat);
MUST_USE enum err row_of_table4(struct tables *t, const struct view *v, bool *ret_taken);

/* Labels and header words that stand in the report; `taken`: of a row that was read. */
MUST_USE enum err see_label(struct tables *t, struct str line, bool taken);
/* The same for a label broken over two lines. */
MUST_USE enum err see_torn_label(struct tables *t, struct str above, struct str end);
/* A row that nothing took, and that may hold figures of table 2 or 3. */
void see_figures(struct tables *t, const struct view *v);
/* What was seen and not read makes its table untrusted. */
MUST_USE enum err mind_seen(struct tables *t);

#endif
