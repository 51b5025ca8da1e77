/* The law as data: forms, kinds of reply, limits, tariffs, holidays, deadlines.
 *
 * The tables of data/law are built into the program; a folder may override them file by file.
 * A struct law is never changed after law_load, may be shared by threads, and lives with all it
 * gives in the arena that law_load was handed.  Every row carries its authority and the days
 * between which it is in force (to: DATE_NONE while it still is). */
#ifndef GONGKAI_LAW_LAW_H
#define GONGKAI_LAW_LAW_H

#include "base/diag.h"
#include "calendar/workdays.h"
#include "law/form.h"

/* override_dir: NULL, or a folder whose NAME.csv takes the place of the table of that name.
 * holidays.csv is kinder: published years that it does not give stay as they were built in, so
 * that a new year is a file of that year's rows alone.
 * ERR_INPUT (diag names file, line and column, and what to do): a broken table, a .csv file
 * that is no table of the law, or no such folder; ERR_IO, ERR_DENIED, ERR_LIMIT as io_read. */
MUST_USE enum err law_load(const char *override_dir, struct arena *mem, struct diag *diag,
			   const struct law **ret);

const struct workdays *law_workdays(const struct law *law);

struct law_period {
	struct date from, to; /* both in force; to: DATE_NONE: no end yet */
};
bool law_in_force(struct law_period p, struct date on);

enum law_remedy {
	REMEDY_CHOICE, /* reconsideration or lawsuit, at choice */
	REMEDY_REVIEW, /* reconsideration first (复议前置) */
	REMEDY_BOTH,   /* a partial refusal: both are printed */
};

/* A kind of reply to an application. */
struct law_outcome {
	struct str key;                /* "not_found" */
	struct str name;               /* 信息不存在 */
	struct str row_2019, row_2021; /* row of table 3 in which it counts */
	struct str letter;             /* 信息不存在告知书 */
	struct str article;            /* of the 条例; may be "" */
	enum law_remedy remedy;
	struct law_period period;
	struct str authority;
};
const struct law_outcome *law_outcomes(const struct law *law, size_t *ret_n);
/* NULL: none of that name on that day. */
const struct law_outcome *law_outcome(const struct law *law, struct str key, struct date on);

enum law_unit {
	UNIT_WORKDAYS,
	UNIT_DAYS,
	UNIT_MONTHS,
};

struct law_limit {
	struct str key;  /* "reply", "extension", "third_party" … of limits.csv */
	struct str name; /* 答复期限 */
	unsigned count;
	enum law_unit unit;
	struct law_period period;
	struct str authority;
};
const struct law_limit *law_limit(const struct law *law, struct str key, struct date on);

/* A document that is cited: 国办公开办函〔2021〕30号. */
struct law_document {
	struct str number, title, role;
	struct law_period period;
};
const struct law_document *law_documents(const struct law *law, size_t *ret_n);
const struct law_document *law_document(const struct law *law, struct str number);

/* Last day for publishing the report of `year` by "department" or "government" (article 49);
 * DATE_NONE when none is known. */
struct date law_deadline(const struct law *law, struct str who, int year);

/* ---- 信息处理费 ---- */

enum fee_kind {
	FEE_ITEMS, /* 按件: applications of one applicant in one month */
	FEE_PAGES, /* 按量: pages of one application */
};

struct fee_step {
	int64_t from, to; /* numbers of items or pages, both included */
	int64_t each_fen, amount_fen;
};

struct fee {
	int64_t total_fen;
	const struct fee_step *steps; /* bands that cost something, in order */
	size_t n_steps;
	struct str authority;
};

/* ERR_INPUT: a count below 0; ERR_LIMIT: above LIMIT_FEE_COUNT; ERR_ABSENT: no tariff on that day.
 */
MUST_USE enum err law_fee(const struct law *law, enum fee_kind kind, int64_t count, struct date on,
			  struct arena *mem, struct diag *diag, struct fee *ret);

#endif
