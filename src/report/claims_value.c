/* The figures of the tables that a claim may mean. */
#include "report/claims_int.h"

#include <string.h>

struct values {
	int64_t *v;
	size_t n;
};

static void put(struct values *to, int64_t v)
{
	for (size_t i = 0; i < to->n; i++) {
		if (to->v[i] == v)
			return;
	}
	if (to->n < CLAIM_VALUES)
		to->v[to->n++] = v;
}

/* A row's figure in a column: as printed (for a blank total the sum of the parts), as the sum of
 * its parts, and with a blank as 0. */
struct pair {
	int64_t printed, parts, plain;
};

/* A table of which nothing could be read says nothing; one that is blank says 0. */
static bool unread(const struct report_table *t)
{
	if (!t->present || t->untrusted)
		return true;
	for (size_t i = 0; i < t->n_rows; i++) {
		for (size_t k = 0; k < t->rows[i].form->n_cols; k++) {
			if (t->rows[i].cells[k].kind != CELL_ABSENT)
				return false;
		}
	}
	return true;
}

static bool row_pair(const struct check *c, const char *key, int column, struct pair *ret)
{
	const struct report_row *row = report_row(c->report, 3, str_c(key));
	const struct cell *total;
	int64_t legal = 0;

	if (row == NULL)
		return false;
	if (column == COLUMN_LEGAL) {
		for (size_t i = 1; i + 1 < row->form->n_cols; i++)
			legal += cell_count(&row->cells[i]);
		*ret = (struct pair){legal, legal, legal};
		return true;
	}
	if (column >= 0) {
		int64_t v =
			(size_t)column < row->form->n_cols ? cell_count(&row->cells[column]) : 0;

		*ret = (struct pair){v, v, v};
		return true;
	}
	total = row_total(row);
	ret->parts = row_parts(row);
	ret->printed = cell_is_number(total) ? cell_count(total) : ret->parts;
	ret->plain = cell_count(total);
	return true;
}

static bool add_row(const struct check *c, const char *key, int column, struct pair *sum)
{
	struct pair one;

	if (!row_pair(c, key, column, &one))
		return false;
	sum->printed += one.printed;
	sum->parts += one.parts;
	sum->plain += one.plain;
	return true;
}

/* All rows of a group; false when one of the form's rows is missing in the report. */
static bool group_pair(const struct check *c, const char *group, int column, struct pair *ret)
{
	const struct form_table *t3 = form_table(c->report->form, 3);
	struct pair sum = {0, 0, 0};

	/* one row 其他处理 stands for the group in either form */
	if (strcmp(group, "other") == 0 && add_row(c, "other", column, &sum)) {
		*ret = sum;
		return true;
	}
	for (size_t i = 0; i < t3->n_rows; i++) {
		char key[32];

		if (!str_eq(t3->rows[i].group, str_c(group)) || t3->rows[i].key.n >= sizeof(key))
			continue;
		memcpy(key, t3->rows[i].key.p, t3->rows[i].key.n);
		key[t3->rows[i].key.n] = '\0';
		if (!add_row(c, key, column, &sum))
			return false;
	}
	*ret = sum;
	return true;
}

static void put_pair(struct values *to, struct pair p)
{
	put(to, p.printed);
	put(to, p.parts);
	put(to, p.plain);
}

static void table3_values(const struct check *c, const struct claim *k, struct values *to)
{
	struct pair a = {0, 0, 0}, b = {0, 0, 0};

	switch (k->concept) {
	case SAYS_NEW:
		if (!row_pair(c, "new", k->column, &a))
			return;
		put_pair(to, a);
		if (k->either && row_pair(c, "carry_in", k->column, &b)) {
			put(to, a.printed + b.printed);
			put(to, a.parts + b.parts);
		}
		if (k->handled && row_pair(c, "total", k->column, &a))
			put_pair(to, a);
		return;
	case SAYS_TOTAL:
		if (!row_pair(c, "total", k->column, &a))
			return;
		put_pair(to, a);
		if (k->handled && row_pair(c, "new", k->column, &a)) {
			put_pair(to, a);
			if (row_pair(c, "carry_in", k->column, &b))
				put(to, a.printed + b.printed);
		}
		return;
	case SAYS_OLD:
		if (row_pair(c, "carry_in", k->column, &a))
			put_pair(to, a);
		return;
	case SAYS_NEXT:
		if (row_pair(c, "carry_out", k->column, &a))
			put_pair(to, a);
		return;
	case SAYS_OPEN:
	case SAYS_PARTIAL:
		if (row_pair(c, k->concept == SAYS_OPEN ? "open" : "partial", k->column, &a))
			put_pair(to, a);
		return;
	case SAYS_OPEN_PARTIAL:
		if (add_row(c, "open", k->column, &a) && add_row(c, "partial", k->column, &a))
			put_pair(to, a);
		return;
	case SAYS_GROUP:
		if (group_pair(c, k->group, k->column, &a))
			put_pair(to, a);
		return;
	case SAYS_ROW:
		if (row_pair(c, k->row, k->column, &a))
			put_pair(to, a);
		return;
	default:
		return;
	}
}

/* One group of table 4; parts are what its columns add up to. */
static bool court_pair(const struct check *c, const char *group, const char *outcome,
		       struct pair *sum)
{
	const struct report_row *row = report_row(c->report, 4, str_c(group));
	const struct cell *total;
	int col;

	if (row == NULL)
		return false;
	if (outcome) {
		col = form_col(row->form, str_c(outcome));
		if (col < 0)
			return false;
		sum->printed += cell_count(&row->cells[col]);
		sum->parts += cell_count(&row->cells[col]);
		sum->plain += cell_count(&row->cells[col]);
		return true;
	}
	total = row_total(row);
	sum->parts += row_parts(row);
	sum->plain += cell_count(total);
	sum->printed += cell_is_number(total) ? cell_count(total) : row_parts(row);
	return true;
}

static void table4_values(const struct check *c, const struct claim *k, struct values *to)
{
	static const char *const closed[] = {"办结", "审结", "结案", NULL};
	bool review = k->concept == SAYS_REVIEW || k->concept == SAYS_BOTH;
	bool direct =
		k->concept == SAYS_COURT || k->concept == SAYS_BOTH || k->concept == SAYS_DIRECT;
	bool after =
		k->concept == SAYS_COURT || k->concept == SAYS_BOTH || k->concept == SAYS_AFTER;
	struct pair sum = {0, 0, 0}, pending = {0, 0, 0};

	if ((review && !court_pair(c, "review", k->outcome, &sum)) ||
	    (direct && !court_pair(c, "direct", k->outcome, &sum)) ||
	    (after && !court_pair(c, "after_review", k->outcome, &sum)))
		return;
	put_pair(to, sum);
	if (k->outcome || !str_has_any(clause_of(k), closed))
		return;
	if ((!review || court_pair(c, "review", "pending", &pending)) &&
	    (!direct || court_pair(c, "direct", "pending", &pending)) &&
	    (!after || court_pair(c, "after_review", "pending", &pending)))
		put(to, sum.printed - pending.printed);
}

size_t claim_values(const struct check *c, const struct claim *k, int64_t ret[CLAIM_VALUES])
{
	struct values to = {ret, 0};

	if (c->report->form == NULL)
		return 0;
	if (k->concept >= SAYS_REVIEW) {
		if (!unread(&c->report->table4))
			table4_values(c, k, &to);
	} else if (k->concept != SAYS_NOTHING && !unread(&c->report->table3)) {
		table3_values(c, k, &to);
	}
	return to.n;
}

const char *claim_name(const struct claim *k)
{
	static const char *const name[] = {
		[SAYS_NEW] = "本年新收申请",
		[SAYS_OLD] = "上年结转申请",
		[SAYS_TOTAL] = "本年度办理结果总计",
		[SAYS_NEXT] = "结转下年度继续办理",
		[SAYS_OPEN] = "予以公开",
		[SAYS_PARTIAL] = "部分公开",
		[SAYS_OPEN_PARTIAL] = "予以公开与部分公开之和",
		[SAYS_REVIEW] = "行政复议",
		[SAYS_COURT] = "行政诉讼",
		[SAYS_BOTH] = "行政复议与行政诉讼",
		[SAYS_DIRECT] = "未经复议直接起诉",
		[SAYS_AFTER] = "复议后起诉",
	};

	if (k->concept == SAYS_GROUP) {
		switch (k->group[0]) {
		case 'u':
			return "无法提供各项之和";
		case 'o':
			return "其他处理";
		default:
			return strcmp(k->group, "refuse") == 0 ? "不予公开各项之和"
							       : "不予处理各项之和";
		}
	}
	if (k->concept == SAYS_ROW)
		return "该情形";
	return name[k->concept] ? name[k->concept] : "";
}
