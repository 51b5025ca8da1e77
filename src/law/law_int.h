/* Inside of src/law: the loaded tables, and how a table file is read. */
#ifndef GONGKAI_LAW_LAW_INT_H
#define GONGKAI_LAW_LAW_INT_H

#include "base/embed.h"
#include "base/limits.h"
#include "format/csv.h"
#include "law/law.h"

/* data/law, built in; sorted by name. */
extern const struct embed_file law_files[];
extern const size_t law_files_n;

struct col_set {
	struct str name;
	struct form_col *cols;
	size_t n, cap;
};

struct law_tariff {
	enum fee_kind kind;
	int64_t first, last; /* last 0: open */
	int64_t each_fen, rise_every, rise_fen;
	struct law_period period;
	struct str authority;
};

struct deadline {
	struct str who;
	int month, day;
	struct law_period period;
	struct str authority;
};

struct law {
	struct form *forms;
	size_t n_forms, forms_cap;
	struct col_set *sets;
	size_t n_sets, sets_cap;
	struct form_heading headings[FORM_SECTIONS];
	const struct workdays *days;
	struct law_outcome *outcomes;
	size_t n_outcomes, outcomes_cap;
	struct law_limit *limits;
	size_t n_limits, limits_cap;
	struct law_tariff *tariffs;
	size_t n_tariffs, tariffs_cap;
	struct law_document *documents;
	size_t n_documents, documents_cap;
	struct deadline *deadlines;
	size_t n_deadlines, deadlines_cap;
};

struct loader {
	struct law *law;
	const char *dir;                /* NULL: built-in tables only */
	const struct embed_file *given; /* NULL, or one table at hand that overrides */
	struct arena *mem;
	struct diag *diag;
};

/* ---- one table file (table.c) ---- */

struct law_table {
	struct loader *ld;
	const char *file, *header; /* "a,b,c" */
	const char *where;         /* file, with its folder when it overrides */
	bool overridden;
	struct csv_reader csv;
	struct str cells[LIMIT_LAW_CELLS];
	size_t n_cells, rows;
};

/* Opens the override if there is one, else the built-in file, and checks the header line. */
MUST_USE enum err table_open(struct loader *ld, const char *file, const char *header,
			     struct law_table *ret);
/* The same of the built-in file, whatever the folder holds. */
MUST_USE enum err table_open_embedded(struct loader *ld, const char *file, const char *header,
				      struct law_table *ret);
/* Next row into cells; *ret_more false at the end.  Every row has as many cells as the header. */
MUST_USE enum err table_next(struct law_table *t, bool *ret_more);
/* ERR_INPUT with "FILE:LINE, column NAME: WHAT".  col -1: the whole row. */
MUST_USE enum err table_error(const struct law_table *t, int col, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* Cells by column number, checked; the error names the column. */
MUST_USE enum err table_text(const struct law_table *t, int col, struct str *ret); /* not empty */
MUST_USE enum err table_key(const struct law_table *t, int col, struct str *ret);  /* a-z 0-9 _ . */
MUST_USE enum err table_int(const struct law_table *t, int col, int64_t least, int64_t most,
			    int64_t *ret);
MUST_USE enum err table_date(const struct law_table *t, int col, struct date *ret);
/* One of "a|b|c": its number from 0. */
MUST_USE enum err table_choice(const struct law_table *t, int col, const char *choices, int *ret);
/* Columns `col` (from) and `col` + 1 (to, may be empty). */
MUST_USE enum err table_period(const struct law_table *t, int col, struct law_period *ret);
bool periods_overlap(struct law_period a, struct law_period b);

/* ---- the parts of law_load ---- */

/* law_load with one table at hand in place of a folder: what the fuzzer calls. */
MUST_USE enum err law_load_given(const struct embed_file *given, struct arena *mem,
				 struct diag *diag, const struct law **ret);

MUST_USE enum err load_forms(struct loader *ld);    /* form_load.c */
MUST_USE enum err load_headings(struct loader *ld); /* form_load.c */
MUST_USE enum err load_rules(struct loader *ld);    /* rules.c: outcomes, limits, tariffs … */
MUST_USE enum err load_days(struct loader *ld);     /* days.c */

/* ---- labels (labels.c) ---- */

/* Takes ordinals off the front of a folded text. */
struct ordinal {
	enum ordinal_style style;
	int value;
};
struct ordinal label_ordinal(struct str *folded);
/* Without notes in brackets and without punctuation. */
MUST_USE enum err label_core(struct arena *mem, struct str folded, struct str *ret);

#endif
