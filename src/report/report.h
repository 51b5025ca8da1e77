/* The annual report (政府信息公开工作年度报告) as a value.
 *
 * Every cell is held as printed; what it should be is computed when asked (report/check.h);
 * what somebody corrected is kept beside it with who and why.  Reading never repairs: blank,
 * "/", "0" and 无 stay different.  A report and all it points to live in one arena. */
#ifndef GONGKAI_REPORT_REPORT_H
#define GONGKAI_REPORT_REPORT_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "calendar/date.h"
#include "doc/doc.h"
#include "law/form.h"

enum cell_kind {
	CELL_ABSENT, /* the source has no such cell */
	CELL_NULL,   /* the cell is there and holds no number */
	CELL_COUNT,
	CELL_AMOUNT,
};

struct cell {
	enum cell_kind kind;
	int64_t count;     /* CELL_COUNT */
	struct str amount; /* CELL_AMOUNT: digits and one point, as printed without commas */
	bool has_printed;  /* the source text is not the plain number */
	struct str printed;
	struct place at;
};

struct report_row {
	const struct form_row *form;
	struct str label;   /* as printed; "" from JSON */
	enum label_fit fit; /* FIT_EXACT from JSON */
	struct cell *cells; /* form->n_cols of them */
	struct place at;
};

/* Table 2, 3 or 4.  Rows in the order of the form; a row that the source lacks is not there. */
struct report_table {
	struct report_row *rows;
	size_t n_rows, cap_rows;
	bool present;
	bool untrusted; /* some pieces could not be placed surely (AR-R) */
	struct place at;
};

struct report_para {
	struct str text;
	struct place at;
};

struct report_section {
	int no;             /* 1..6 by meaning, 0 for one that is none of them */
	struct str heading; /* as printed, with its ordinal */
	enum label_fit fit;
	struct report_para *paras;
	size_t n_paras, cap_paras;
	struct place at;
};

struct report_correction {
	struct str where; /* address, "table3.open.total" */
	bool is_null;
	bool is_text; /* amount or words in `text`, else `count` */
	int64_t count;
	struct str text;
	struct str by, why;
};

struct report_note {
	struct str rule; /* AR-R… */
	struct str text;
	struct str where; /* address, may be empty */
	struct place at;
};

enum report_form {
	REPORT_FORM_NONE,
	REPORT_FORM_2019,
	REPORT_FORM_2021,
	REPORT_FORM_OLDER, /* before 2019: no tables */
};

struct report {
	struct arena *mem;
	const struct law *law;
	struct str body; /* organ named by the title; "" unknown */
	int year;        /* report year; 0 not stated */
	enum report_form form_kind;
	const struct form *form; /* NULL for OLDER and NONE */
	struct str title;
	struct place title_at;
	struct str preamble; /* paragraphs before section 一, joined by '\n' */
	struct report_para *preamble_paras;
	size_t n_preamble, cap_preamble;
	struct date period_from, period_to; /* year 0: not stated */
	struct place period_at;
	struct str *basis; /* document numbers cited in the preamble, as printed */
	size_t n_basis, cap_basis;
	struct str contact_address, contact_postcode, contact_phone, contact_email;
	struct str contact_text; /* the sentence(s) that hold the contact, for quoting */
	struct place contact_at;
	struct str signer;     /* 署名 as printed */
	struct date signed_on; /* year 0: none */
	struct place signed_at;
	struct date published; /* year 0: none */
	struct report_section *sections;
	size_t n_sections, cap_sections;
	struct report_table table2, table3, table4;
	struct str procurement_unit; /* 元, 万元, or "" (null) */
	bool fee_header_has_unit; /* 2021: the header says （单位：万元）; true from JSON */
	struct report_correction *corrections;
	size_t n_corrections, cap_corrections;
	struct report_note *notes;
	size_t n_notes, cap_notes;
};

/* table: 2, 3 or 4. */
const struct report_table *report_table(const struct report *report, int table);
/* NULL when the report lacks the row. */
const struct report_row *report_row(const struct report *report, int table, struct str key);
/* NULL when the report lacks the row or the form the column. */
const struct cell *report_cell(const struct report *report, int table, struct str row,
			       struct str col);
/* The whole number of a cell, 0 for blank or absent (contracts.md §3: a blank counts as 0). */
int64_t cell_count(const struct cell *cell);
/* Section by meaning, NULL when missing. */
const struct report_section *report_section(const struct report *report, int no);

/* Sets a cell from its source text by the rules of contracts.md §2: value, printed. */
MUST_USE enum err cell_set(struct cell *cell, struct str printed, enum col_kind kind,
			   struct place at, struct arena *mem);

/* "table3.open.total" in `mem`. */
MUST_USE enum err report_address(int table, struct str row, struct str col, struct arena *mem,
				 struct str *ret);

/* ---- recognise.c: doc -> reports ------------------------------------------------------- */

/* Why a document holds no report. */
enum no_report {
	NO_REPORT_OK,
	NO_REPORT_NONE,     /* nothing of an annual report in it */
	NO_REPORT_TEXTONLY, /* a report in words without the form (Party bureaus, 2.1) */
	NO_REPORT_PICTURES, /* tables are pictures */
};

struct report_list {
	struct report **reports;
	size_t n;
	enum no_report why; /* when n == 0 */
};

/* Finds the reports in a document, in order (mostly one).  n == 0 is no error: `why` and diag
 * tell.  ERR_NOMEM, ERR_LIMIT otherwise. */
MUST_USE enum err report_recognise(const struct doc *doc, const struct law *law, struct arena *mem,
				   struct diag *diag, struct report_list *ret);

/* An empty report of the form that `year` demands, all cells absent (report new). */
MUST_USE enum err report_blank(const struct law *law, struct str body, int year, struct arena *mem,
			       struct diag *diag, struct report **ret);

/* ---- json.c, csv.c: the contract's shapes ------------------------------------------------ */

MUST_USE enum err report_json_read(struct str bytes, const struct law *law, struct arena *mem,
				   struct diag *diag, struct report **ret);
MUST_USE enum err report_json_write(const struct report *report, struct buf *out);
/* table,row,column,value,printed: one line a cell. */
MUST_USE enum err report_csv_write(const struct report *report, struct buf *out);

/* ---- compose.c: report -> doc in the official form of its year --------------------------- */

/* Rows that the report has, in the order of the form, with every merged cell of the form;
 * sections with their headings as printed; tables at their statutory places (2 in section 二, 3 in
 * 三, 4 in 四).  A cell is written as printed.  */
MUST_USE enum err report_compose(const struct report *report, struct arena *mem, struct doc **ret);

#endif
