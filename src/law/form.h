/* The statutory forms of the annual report (政府信息公开工作年度报告格式), as loaded data.
 *
 * Two forms: "2019" (国办公开办函〔2019〕60号, report years 2019 and 2020) and "2021"
 * (国办公开办函〔2021〕30号, 2021 and later).  Rows and columns come from data/law/forms.csv
 * and friends; nothing here is written in code.  Pointers live as long as the struct law. */
#ifndef GONGKAI_LAW_FORM_H
#define GONGKAI_LAW_FORM_H

#include "base/arena.h"
#include "base/str.h"

enum row_role {
	ROW_PLAIN,   /* tables 2 and 4 */
	ROW_INFLOW,  /* 新收, 上年结转 */
	ROW_OUTCOME, /* one result row; sums to ROW_TOTAL */
	ROW_TOTAL,   /* （七）总计 */
	ROW_OUTFLOW, /* 结转下年度 */
};

enum col_kind {
	COL_COUNT,  /* integer >= 0 */
	COL_SIGNED, /* 本年增/减 */
	COL_AMOUNT, /* money, decimal as printed */
	COL_TOTAL,  /* sum of the COL_COUNT columns before it in the same row */
};

struct form_col {
	struct str key;   /* "natural", "made", "upheld" … of contracts.md §2 */
	struct str label; /* 自然人 … exactly as in the form */
	struct str parent; /* label that spans it and its neighbours, 法人或其他组织; else "" */
	enum col_kind kind;
	struct str core; /* for matching: folded, without notes and punctuation */
};

struct form_row {
	struct str key;     /* "refuse.1", "licence", "review" */
	struct str label;   /* own label, "1.属于国家秘密"; with its ordinal */
	struct str parent;  /* label of the group above, "（三）不予公开"; "" when none */
	struct str block;   /* table 2: 第二十条第（一）项; else "" */
	struct str group;   /* "refuse" of "refuse.1"; equals key for single rows */
	struct str article; /* 条例 article, "36(1)(2)" */
	enum row_role role;
	const struct form_col *cols;
	size_t n_cols;
	size_t order;               /* place in its form's table */
	const struct str *variants; /* accepted other labels, already folded (han_fold) */
	size_t n_variants;
	struct str folded; /* han_fold of the label, ordinal dropped */
	int ordinal;       /* the number in front of the label; 0 none */
	struct str core;   /* for matching: folded, without ordinal, notes and punctuation */
	struct str parent_core;
	const struct str *variant_cores; /* beside variants */
};

struct form_table {
	int no; /* 2, 3, 4 */
	struct str caption;
	struct str corner; /* text of the corner cell; may be "" */
	struct str stem; /* table 3: 三、本年度办理结果, over all ROW_OUTCOME and ROW_TOTAL rows */
	struct str stem_core;
	const struct form_row *rows;
	size_t n_rows;
};

struct form {
	struct str id;          /* "2019", "2021" */
	int from_year, to_year; /* report years; to_year 0: still in force */
	struct str basis;       /* 国办公开办函〔2019〕60号 */
	struct form_table table2, table3, table4;
};

#define FORM_SECTIONS 6

struct form_heading {
	int no;                     /* 1..6 */
	struct str label;           /* 总体情况 …, without 一、 */
	struct str ordinal;         /* 一 */
	const struct str *variants; /* folded; recognised, with or without a warning */
	const bool *variant_ok;     /* true: accepted without a finding */
	size_t n_variants;
	struct str folded;
	struct str core; /* for matching */
	const struct str *variant_cores;
};

struct law;

const struct form *law_form_by_id(const struct law *law, struct str id); /* NULL: none */
const struct form *law_form_by_year(const struct law *law, int year);    /* NULL: none */
const struct form *law_forms(const struct law *law, size_t *ret_n);      /* oldest first */
const struct form_heading *law_headings(const struct law *law);          /* FORM_SECTIONS */

/* table: 2, 3 or 4. */
const struct form_table *form_table(const struct form *form, int table);
/* NULL when the form has no such row. */
const struct form_row *form_row(const struct form *form, int table, struct str key);
/* Index of a column, or -1. */
int form_col(const struct form_row *row, struct str key);

/* How surely a printed label is a row of the form. */
enum label_fit {
	FIT_NONE,
	FIT_DAMAGED, /* similar enough, not accepted: AR-T311 (>= 550 permille; 650 when table 3
			 has no ordinal to hold on to) */
	FIT_VARIANT, /* a listed variant: no finding */
	FIT_EXACT,   /* equal after folding */
};

struct label_match {
	const struct form_row *row;
	enum label_fit fit;
	int likeness; /* permille */
};

/* Best row of a form's table for a printed label.  The label is folded here; an ordinal
 * (1. （一） 一、) in front is used to tell rows apart but may be missing or wrong (FIT_VARIANT).
 * A label that holds its parent too (“（三）不予公开1.属于国家秘密”) matches its own row; a parent
 * alone matches none, so in form 2021 （六）其他处理 alone is none: ask form 2019 for it.
 * 其他 and 总计 are columns unless their own ordinal is there (3.其他, （七）总计).
 * Never matches a bare number, a column label, a text that holds digits beside its ordinal, a
 * sentence, or a text longer than 3 times the label.
 * match->fit == FIT_NONE and row NULL when nothing fits. */
MUST_USE enum err law_match_row(const struct law *law, const struct form *form, int table,
				struct str label, struct arena *mem, struct label_match *ret);

/* Best column label among the columns of `row`; index or -1.  Notes in brackets
 * (（单位：万元）) and line breaks are ignored; 商业 for 商业企业 and the like match by prefix. */
int law_match_col(const struct form_row *row, struct str label);

/* Which of the six headings a line is by meaning.  `label` may carry any ordinal (一、 第一部分
 * 1. （一）) or none, and trailing punctuation.  no 0 when none fits (>= 600 permille,
 * 700 without any ordinal).
 *
 * FIT_EXACT: the words and the ordinal (一、) of the form.  FIT_VARIANT: the words with another
 * ordinal or none, or other words that are accepted.  FIT_DAMAGED: other words, listed as not
 * accepted or only alike; `likeness` says how near they are to the form.
 * A sub-heading such as （一）主动公开情况 is alike too: it is returned with its likeness, and
 * `style` and `ordinal` let the caller, who knows the page, decide. */
enum ordinal_style {
	ORDINAL_NONE,
	ORDINAL_HAN,     /* 一、 */
	ORDINAL_BRACKET, /* （一） (1) ⑴ ㈠ */
	ORDINAL_ARABIC,  /* 1. 1、 ⒈ ① */
	ORDINAL_PART,    /* 第一部分 第一章 */
};

struct heading_match {
	int no;
	enum label_fit fit;
	int likeness; /* permille, to the heading or the listed variant that is nearest */
	enum ordinal_style style; /* of what is printed in front, also when no is 0 */
	int ordinal;
};
MUST_USE enum err law_match_heading(const struct law *law, struct str label, struct arena *mem,
				    struct heading_match *ret);

#endif
