/* Inside the checks: what rule functions share. */
#ifndef GONGKAI_REPORT_CHECK_INT_H
#define GONGKAI_REPORT_CHECK_INT_H

#include "report/check.h"

/* Text that belongs together: a paragraph, or several where the source broke a line inside a
 * sentence.  `folded` compares (han_fold_cp, but 。 stays apart from .); map leads from each
 * of its bytes back to `raw`, and from its end to the end. */
struct passage {
	int section; /* 0: outside the six; -1: preamble */
	struct str where;
	struct str raw, folded;
	uint32_t *map;
	struct place at;
	const struct report_para *paras; /* what was joined; NULL: one line */
	size_t n_paras;
};

/* What the name of an organ says about it; guessed, so rules that use it only warn. */
enum body_kind {
	BODY_UNKNOWN,
	BODY_GOVERNMENT, /* …人民政府 and its office: report by 31 March */
	BODY_TOWNSHIP,   /* 镇乡街道: local rules */
	BODY_DEPARTMENT, /* report by 31 January */
	BODY_CENTRAL,    /* 国务院部门 */
};

struct check {
	const struct report *report;
	const struct report *previous;
	struct arena *mem;
	struct findings *out;
	const struct check_rule *rule; /* the one that runs */
	struct passage *passages;
	size_t n_passages, cap_passages;
	struct str body; /* the organ's name, folded */
	enum body_kind kind;
	struct str next_year, past_year; /* "2024年", "2022年" */
	struct claims *claims;           /* what the text says, parsed once (claims_int.h) */
	enum err failed;                 /* sticky: the first failure of check_found and friends */
};

/* What a finding says, beside its message.  printed and expected are absent when p is NULL. */
struct found {
	enum severity severity;
	struct str where, printed, expected, quote;
	struct place at;
	const char *basis; /* NULL: the authority of the rule */
};

/* Adds a finding of the running rule, unless the same is there; masks personal data. */
void check_found(struct check *c, const struct found *f, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
/* Text in the arena; "" and a recorded failure when memory ran out. */
struct str check_fmt(struct check *c, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
struct str check_num(struct check *c, int64_t value);
struct str check_where(struct check *c, int table, struct str row, struct str col);

/* ---- passages.c ---- */

MUST_USE enum err passages_make(struct check *c);
/* Folds one text: full map, 。 kept. */
MUST_USE enum err fold_mapped(struct arena *mem, struct str raw, struct str *ret_folded,
			      uint32_t **ret_map);
/* The part of raw behind folded[from, to). */
struct str passage_raw(const struct passage *p, size_t from, size_t to);
/* han_fold without failure: "" and a recorded failure when memory ran out. */
struct str check_fold(struct check *c, struct str s);
/* The sentence around folded byte `at`, as printed, for quoting. */
struct str passage_sentence(const struct passage *p, size_t at);
/* Whether it is a heading or opens an item: （二）依申请公开情况 */
bool passage_is_heading(const struct passage *p);
/* Where folded byte `at` stands. */
struct place passage_place(const struct passage *p, size_t at);
/* Whether any passage of a section (or, for 0, any passage at all) holds the folded needle. */
bool text_has(const struct check *c, int section, const char *needle);
/* Many spellings looked for in one pass.  Each begins with a character of three bytes. */
struct needle {
	struct str text, right;
	struct str not_next; /* what must not follow: characters, or with `whole` these together */
	bool whole;
	uint16_t chain; /* the next with the same bucket, 1-based */
};

#define NEEDLE_BUCKETS 256

struct needles {
	struct needle *items;
	size_t n, cap;
	uint16_t bucket[NEEDLE_BUCKETS];
};

typedef void needle_fn(struct check *c, const struct passage *p, size_t at,
		       const struct needle *needle);

void needle_add(struct check *c, struct needles *set, struct needle needle);
/* Each needle at most once a passage. */
void needles_find(struct check *c, const struct needles *set, needle_fn *fn);
/* Where the clause that begins at `from` ends, 、 kept inside; *ret_next: where the next begins. */
size_t clause_end(struct str s, size_t from, size_t *ret_next);
bool str_has_any(struct str s, const char *const *needles); /* NULL-terminated */
/* Offset of the last needle in s, and its length; STR_NPOS when none is there. */
size_t str_last_of(struct str s, const char *const *needles, size_t *ret_n);

/* ---- values of the tables ---- */

/* Sum of the parts of a row (columns before the total), blanks as 0. */
int64_t row_parts(const struct report_row *row);
const struct cell *row_total(const struct report_row *row); /* NULL: the form has none */
bool cell_is_number(const struct cell *cell);
struct str cell_text(struct check *c, const struct cell *cell);
/* Whether what the report prints there is known: the table is there and was read whole. */
bool table_sure(const struct report *r, int table);
/* Whether a table may be there though we have none: a picture, rows that found no place. */
bool table_unread(const struct report *r, int table);
bool cell_there(const struct cell *cell); /* not CELL_ABSENT */
bool row_whole(const struct report_row *row);
/* Words without the form (State bureaus under Party departments): no table and fewer than the
 * three sections that hold one. */
bool text_only(const struct report *r);
/* How a place is called in a message: （一）予以公开 … */
struct str row_name(const struct report_row *row);
struct str form_row_name(const struct form_row *row);
bool table_blank(const struct report_table *t); /* no number in it at all */

enum body_kind body_kind(struct str body);

/* ---- rule functions, by file ---- */

/* check_tables.c */
enum err check_t201(struct check *c);
enum err check_t202(struct check *c);
enum err check_t203(struct check *c);
enum err check_t204(struct check *c);
enum err check_t205(struct check *c);
enum err check_t301(struct check *c);
enum err check_t302(struct check *c);
enum err check_t303(struct check *c);
enum err check_t304(struct check *c);
enum err check_t306(struct check *c);
enum err check_t308(struct check *c);
enum err check_t309(struct check *c);
enum err check_t311(struct check *c);
enum err check_t401(struct check *c);
enum err check_t404(struct check *c);
enum err check_f01(struct check *c);
enum err check_notes(struct check *c);

/* check_years.c */
enum err check_f13(struct check *c);
enum err check_t207(struct check *c);
enum err check_t305(struct check *c);
enum err check_t403(struct check *c);

/* check_form.c */
enum err check_f02(struct check *c);
enum err check_f03(struct check *c);
enum err check_f04(struct check *c);
enum err check_f05(struct check *c);
enum err check_f06(struct check *c);
enum err check_f07(struct check *c);
enum err check_f08(struct check *c);
enum err check_f09(struct check *c);
enum err check_f11(struct check *c);
enum err check_f12(struct check *c);
enum err check_f14(struct check *c);
enum err check_f15(struct check *c);
enum err check_f16(struct check *c);
enum err check_d01(struct check *c);
enum err check_d02(struct check *c);

/* check_words.c */
enum err check_p01(struct check *c);
enum err check_p02(struct check *c);
enum err check_p03(struct check *c);
enum err check_s01(struct check *c);
enum err check_s02(struct check *c);
enum err check_x06(struct check *c);

/* check_claims.c */
enum err check_t307(struct check *c);
enum err check_t402(struct check *c);
enum err check_x01(struct check *c);
enum err check_x02(struct check *c);
enum err check_x03(struct check *c);
enum err check_x04(struct check *c);
enum err check_x05(struct check *c);
enum err check_x07(struct check *c);
enum err check_x08(struct check *c);
enum err check_x09(struct check *c);
enum err check_x10(struct check *c);
enum err check_x11(struct check *c);

#endif
