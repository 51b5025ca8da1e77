/* What the text says in numbers, told apart by subject.  Private to the checks. */
#ifndef GONGKAI_REPORT_CLAIMS_INT_H
#define GONGKAI_REPORT_CLAIMS_INT_H

#include "report/check_int.h"

/* What a sentence is about. */
enum topic {
	TOPIC_NONE,
	TOPIC_APPLICATION, /* 政府信息公开申请 */
	TOPIC_REVIEW,      /* 行政复议、行政诉讼 */
	TOPIC_PROPOSAL,    /* 建议提案 */
	TOPIC_FEE,
	TOPIC_ELSE, /* 热线、微信、解读 … */
};

/* Which figure of the tables is meant. */
enum concept {
	SAYS_NOTHING,
	SAYS_NEW,
	SAYS_OLD,
	SAYS_TOTAL, /* 办结 */
	SAYS_NEXT,
	SAYS_OPEN,
	SAYS_PARTIAL,
	SAYS_OPEN_PARTIAL,
	SAYS_GROUP,  /* 不予公开 … by `group` */
	SAYS_ROW,    /* one outcome row by `row` */
	SAYS_REVIEW, /* table 4 */
	SAYS_COURT,
	SAYS_BOTH,   /* 复议、诉讼共 N 件 */
	SAYS_DIRECT, /* 未经复议直接起诉 */
	SAYS_AFTER,  /* 复议后起诉 */
};

/* Whose figures a sentence tells. */
enum scope {
	SCOPE_OURS,
	SCOPE_OTHER,     /* perhaps another scope than the table's: softens */
	SCOPE_PART,      /* a part of ours: may be less, not more */
	SCOPE_ELSEWHERE, /* others' */
};

/* Which column. */
#define COLUMN_ALL (-1)
#define COLUMN_LEGAL 100 /* 法人或其他组织: five columns */

struct claim {
	const struct passage *p;
	size_t at, end;  /* the number with its unit in p->folded */
	size_t from, to; /* its clause */
	int64_t value;   /* whole part */
	int64_t scaled;  /* value * 10^4, with decimals */
	int decimals;
	struct str unit; /* 件 …, "%", "" */
	enum topic topic;
	enum concept concept;
	const char *group;   /* SAYS_GROUP */
	const char *row;     /* SAYS_ROW */
	const char *outcome; /* table 4: "upheld" …; NULL: all */
	int column;
	bool either;  /* 收到 may mean NEW or NEW + OLD */
	bool handled; /* 办理: RT, NEW or NEW + OLD */
	bool scope;   /* the sentence speaks of another scope than the table may */
	bool skip;    /* other year, comparison, part of a year … */
	bool by_head; /* what is counted was told before: 其中自然人3件 */
	bool wrong;   /* differs from the table; set by claims_parse */
};

struct claims {
	struct claim *items;
	size_t n, cap;
};

/* Parsed once for all rules; sticky in c->claims. */
MUST_USE enum err claims_make(struct check *c);

/* Figures of the tables that a claim may mean, the likeliest first; 0 when the tables do not
 * tell (row missing, table absent or wholly blank). */
#define CLAIM_VALUES 12
size_t claim_values(const struct check *c, const struct claim *k, int64_t ret[CLAIM_VALUES]);
/* Name of what is claimed, for messages: 本年新收 … */
const char *claim_name(const struct claim *k);
const char *column_zh(int column);

bool is_count_unit(struct str unit);
struct str clause_before(const struct claim *k);
struct str clause_after(const struct claim *k);
struct str clause_of(const struct claim *k);
/* Folded sentence around a claim (between 。! ?). */
struct str claim_sentence(const struct claim *k, size_t *ret_from);
struct str claim_quote(const struct claim *k);
struct str claim_printed(struct check *c, const struct claim *k);

/* Words that tell what is meant; claims_words.c. */
enum topic topic_of(struct str clause);
void concept_of(const struct check *c, struct claim *k, enum topic prior);
enum scope claim_other_scope(const struct check *c, const struct claim *k);
bool claim_other_time(const struct check *c, const struct claim *k);

#endif
