/* Checks: a rule table run over a report (regulation.md §6 as data in docs/rules.md).
 *
 * Findings are about the report, never about our reading of it; what could not be read surely
 * is a note AR-R… of severity info. */
#ifndef GONGKAI_REPORT_CHECK_H
#define GONGKAI_REPORT_CHECK_H

#include "report/report.h"

enum severity { SEVERITY_INFO, SEVERITY_WARNING, SEVERITY_ERROR };
const char *severity_name(enum severity s);    /* "error" … */
const char *severity_name_zh(enum severity s); /* 错误 警告 提示 */

/* What a rule needs besides the report. */
enum check_need {
	NEED_NOTHING = 0,
	NEED_TEXT = 1,
	NEED_PREVIOUS = 2,
	NEED_PAGE = 4,   /* the page or site it was published on */
	NEED_LEDGER = 8, /* our own records: not run here */
	NEED_UNITS = 16, /* the units' reports (merge) */
};

struct finding {
	struct str rule; /* "AR-T301" */
	enum severity severity;
	struct str where;   /* address of contracts.md §2 */
	struct str message; /* one Chinese sentence: what is printed, what it should be, why */
	struct str printed, expected;
	bool has_printed, has_expected;
	struct place at;
	struct str quote; /* masked, at most LIMIT_QUOTE_CHARS characters */
	struct str basis; /* 条例第…条, 国办公开办函…, 勾稽关系 */
	struct str key;   /* 16 hex digits, stable over runs and re-reading */
};

struct findings {
	struct arena *mem;
	struct finding *items; /* in order of the rule table, then of the report */
	size_t n, cap;
};

struct check;
typedef enum err check_fn(struct check *check);

struct check_rule {
	const char *id;
	enum severity severity; /* the most severe it gives */
	int from_year, to_year; /* report years; 0: open */
	unsigned needs;         /* enum check_need */
	const char *authority;  /* Chinese, shown as the basis */
	const char *summary;    /* Chinese, one line, for docs/rules.md */
	const char *example;    /* Chinese, a violation */
	check_fn *fn;           /* NULL: produced elsewhere (merge, ledger, readers) */
};

/* The whole table, in order of id. */
const struct check_rule *check_rules(size_t *ret_n);

struct check_input {
	const struct report *report;
	const struct report *previous; /* last year's report of the same organ, or NULL */
};

MUST_USE enum err report_check(const struct check_input *input, struct arena *mem,
			       struct findings *ret);

/* Counts by severity. */
size_t findings_count(const struct findings *f, enum severity s);

#endif
