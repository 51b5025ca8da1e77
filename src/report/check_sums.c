/* Numbers of the text among themselves, and against table 2. */
#include <string.h>

#include "base/utf8.h"
#include "report/claims_int.h"

#define LL(v) ((long long)(v))
#define LIST_PARTS 200

/* ---- enumerated parts and their total: X04 -------------------------------------------------- */

struct list {
	const struct claim *total;
	const struct claim *first, *last;
	int64_t sum;
	size_t parts;
	bool closed;  /* one part is 其他 */
	bool open;    /* the list says that it is not whole: 等, 主要, items without numbers */
	bool reached; /* the parts so far gave the total: what follows counts some of them again */
};

static bool list_intro(struct str gap)
{
	static const char *const intro[] = {"其中", "包括",   "分别为", "分别是",
					    "如下", "具体为", NULL};
	static const char *const not_list[] = {"含", "同比", "较上", "比上", NULL};

	return str_has_any(gap, intro) && !str_has_any(gap, not_list);
}

static size_t breaks_in(struct str s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++)
		n += s.p[i] == ',' || s.p[i] == ';';
	return n;
}

static bool is_rest(struct str label)
{
	static const char *const rest[] = {"其他", "其它", "其余", NULL};

	return str_has_any(label, rest);
}

/* A second count begins: ,共制发…, not 公共资源配置. */
static bool begins_sum(struct str gap)
{
	static const char *const words[] = {"共",   "合计", "总计", "总共", "全年",
					    "累计", "同时", "此外", "另",   NULL};

	while (gap.n && strchr(",;:)", gap.p[0]))
		gap = str_from(gap, 1);
	for (size_t i = 0; words[i]; i++) {
		if (str_starts(gap, str_c(words[i])))
			return true;
	}
	return false;
}

/* 比上年增加20件 is no total. */
static bool is_change(const struct claim *k)
{
	static const char *const words[] = {"增加", "减少", "增长", "下降", "同比",
					    "比上", "较上", "较去", "平均", NULL};

	return str_has_any(clause_before(k), words);
}

/* Brackets opened less brackets closed. */
static int depth_of(struct str gap)
{
	int depth = 0;

	for (size_t i = 0; i < gap.n; i++)
		depth += gap.p[i] == '(' ? 1 : gap.p[i] == ')' ? -1 : 0;
	return depth;
}

/* A、B、C,D: behind the comma something else is told. */
static bool leaves_list(struct str gap, const bool *commas)
{
	return !*commas && breaks_in(gap) > 0 && !str_starts(gap, STR("、"));
}

/* 人大建议12件,含重点建议2件 */
static bool counted_again(struct str gap)
{
	while (gap.n && strchr(",;(", gap.p[0]))
		gap = str_from(gap, 1);
	return (str_starts(gap, STR("含")) || str_starts(gap, STR("包含"))) &&
	       !str_has(gap, STR(")"));
}

/* Takes parts behind items[i] as long as they go on; false when the list cannot be trusted. */
static bool list_read(const struct claims *all, size_t i, struct list *l)
{
	static const char *const partly[] = {"主要", "重点", "等", NULL};
	const struct claim *total = &all->items[i];
	size_t done = total->end;
	bool commas = false;
	int depth = 0, inside = 0;

	*l = (struct list){.total = total};
	for (size_t j = i + 1; j < all->n && l->parts < LIST_PARTS; j++) {
		const struct claim *k = &all->items[j];
		struct str gap;

		if (k->p != total->p)
			break;
		gap = str_sub(k->p->folded, done, k->at - done);
		depth += depth_of(gap);
		if (l->parts && (str_has(gap, STR("。")) || depth < inside))
			break;
		/* 37件(含上年结转2件),其中… */
		if (l->parts == 0 && depth > 0 && !list_intro(gap)) {
			done = k->end;
			continue;
		}
		if (l->parts == 0) {
			size_t stop = str_rfind(gap, STR("。"));

			/* 共191条。其中…, 共191条,具体如下:(一)…内容。其中… */
			if (!list_intro(gap) || gap.n > 240 ||
			    (stop != STR_NPOS && !str_has(gap, STR(":")) &&
			     !str_starts(str_from(gap, stop + 3), STR("其中"))) ||
			    depth < 0)
				return false;
			inside = depth;
		} else if (str_has(gap, STR("其中"))) {
			return false; /* a list inside the list */
		} else if (begins_sum(gap) || (l->parts >= 2 && leaves_list(gap, &commas))) {
			break;
		}
		if (l->parts == 1)
			commas = breaks_in(gap) > 0;
		if (l->parts && counted_again(gap))
			continue;
		if (str_eq(k->unit, STR("%")))
			continue;
		if (!str_eq(k->unit, total->unit) || k->decimals != 0 || k->unit.n == 0) {
			l->open = true;
			continue;
		}
		if (l->parts && (breaks_in(gap) > 1))
			l->open = true;
		l->open = l->open || str_has_any(gap, partly);
		l->closed = l->closed || is_rest(clause_before(k));
		l->first = l->first ? l->first : k;
		l->last = k;
		l->sum += k->value;
		l->parts++;
		l->reached = l->reached || (l->parts > 1 && l->sum == total->value);
		done = k->end;
	}
	return l->parts >= 2;
}

/* 新收95件,上年结转2件,其中… may add up to an earlier number, or to two of them. */
static bool other_total(const struct claims *all, size_t i, int64_t sum)
{
	int64_t before = 0;

	for (size_t j = i + 1; j-- > 0 && i - j < 4;) {
		const struct claim *k = &all->items[j];

		if (k->p != all->items[i].p || !str_eq(k->unit, all->items[i].unit))
			break;
		before += k->value;
		if (sum == k->value || sum == before)
			return true;
	}
	return false;
}

/* …其他处理1件,结转下年度1件: one or two more numbers behind the list fill it up. */
static bool filled_behind(const struct claims *all, const struct list *l)
{
	int64_t sum = l->sum;
	size_t i = (size_t)(l->last - all->items);

	for (size_t n = 0; n < 2 && i + 1 < all->n; n++) {
		const struct claim *k = &all->items[++i];

		if (k->p != l->total->p || !str_eq(k->unit, l->total->unit))
			return false;
		sum += k->value;
		if (sum == l->total->value)
			return true;
	}
	return false;
}

static bool list_bad(const struct claims *all, size_t i, const struct list *l, enum severity *ret)
{
	struct str after = str_from(l->last->p->folded, l->last->end);

	if (l->sum == l->total->value || is_change(l->total) || other_total(all, i, l->sum) ||
	    (l->reached && !l->closed) || filled_behind(all, l))
		return false;
	*ret = SEVERITY_ERROR;
	if (l->sum - l->total->value > l->total->value / 4 && !l->closed) {
		/* so much too much may be two ways of counting the same */
		*ret = SEVERITY_WARNING;
		return true;
	}
	if (l->sum > l->total->value || (l->closed && !l->open))
		return true;
	*ret = SEVERITY_WARNING;
	return !l->open && l->parts >= 3 && !str_starts(after, STR("等")) &&
	       l->sum >= l->total->value - l->total->value / 20;
}

enum err check_x04(struct check *c)
{
	enum err e = claims_make(c);

	for (size_t i = 0; e == ERR_OK && i < c->claims->n; i++) {
		const struct claim *k = &c->claims->items[i];
		enum severity severity;
		struct list l;

		if (k->decimals || k->unit.n == 0 || str_eq(k->unit, STR("%")) ||
		    !list_read(c->claims, i, &l) || !list_bad(c->claims, i, &l, &severity))
			continue;
		check_found(c,
			    &(struct found){.severity = severity,
					    .where = k->p->where,
					    .printed = check_num(c, k->value),
					    .expected = check_num(c, l.sum),
					    .quote = claim_quote(k),
					    .at = passage_place(k->p, k->at)},
			    "文中写总数 %lld" STR_FMT "，所列 %zu 项相加为 %lld" STR_FMT
			    "，%s请核对。",
			    LL(k->value), STR_ARG(k->unit), l.parts, LL(l.sum), STR_ARG(k->unit),
			    severity == SEVERITY_ERROR ? "两者应当相等，" : "如未列全，请注明，");
	}
	return e;
}

/* ---- table 2 in words: X08 ------------------------------------------------------------------ */

static bool any_cell_is(const struct report_row *row, int64_t value)
{
	for (size_t i = 0; i < row->form->n_cols; i++) {
		if (cell_count(&row->cells[i]) == value)
			return true;
	}
	return false;
}

static void x08_finding(struct check *c, const struct claim *k, const struct report_row *row,
			const struct cell *cell)
{
	check_found(c,
		    &(struct found){.severity = SEVERITY_WARNING,
				    .where = k->p->where,
				    .printed = check_num(c, k->value),
				    .expected = cell_text(c, cell),
				    .quote = claim_quote(k),
				    .at = passage_place(k->p, k->at)},
		    "文中写“" STR_FMT "”%lld 件，与表二该行（" STR_FMT "）不符，请核对。",
		    STR_ARG(row_name(row)), LL(k->value), STR_ARG(cell_text(c, cell)));
}

/* 制发行政规范性文件3件,废止1件,现行有效12件: the columns of 2021. */
static bool x08_column(struct check *c, const struct claim *k, struct str sentence, size_t start)
{
	static const struct {
		const char *words, *column;
	} verbs[] = {{"制发", "made"}, {"废止", "repealed"}, {"现行有效", "in_force"}};
	static const char *const not_that[] = {"清理", "修改", "修订", "失效", "宣布",
					       "审查", "审核", "备案", "评估", "条款",
					       "继续", "建议", "拟",   "等",   NULL};
	struct str before = clause_before(k), head = str_sub(sentence, 0, k->at - start);
	const struct report_row *row = report_row(c->report, 2, STR("normative"));

	if (row == NULL || !str_has(head, STR("行政规范性文件")) || str_has(head, STR("规章")) ||
	    str_has_any(sentence, not_that))
		return false;
	while (str_starts(before, STR("、")))
		before = str_from(before, 3);
	for (size_t i = 0; i < 3; i++) {
		struct str rest, verb = str_c(verbs[i].words);
		const struct cell *cell =
			report_cell(c->report, 2, STR("normative"), str_c(verbs[i].column));
		size_t at = str_find(before, verb, 0);

		if (at == STR_NPOS || cell == NULL)
			continue;
		rest = str_from(before, at + verb.n);
		if (rest.n && !str_eq(rest, STR("行政规范性文件")) && !str_eq(rest, STR("件数")) &&
		    !str_eq(rest, STR("数量")))
			continue;
		if (cell_count(cell) != k->value)
			x08_finding(c, k, row, cell);
		return true;
	}
	return false;
}

/* 制发行政规范性文件2件 */
static void x08_documents(struct check *c, const struct claim *k)
{
	static const char *const made[] = {"制发",     "制定", "制作", "出台", "印发",
					   "主动公开", "发布", "公开", NULL};
	static const char *const not_that[] = {"审查",           "审核",     "清理", "备案", "解读",
					       "部门规范性文件", "刊登",     "等",   "征求", "修订",
					       "废止",           "有效",     "评估", "草案", "征集",
					       "涉及",           "其他文件", NULL};
	struct str before = clause_before(k);
	bool normative = str_ends(before, STR("规范性文件")), rules = str_ends(before, STR("规章"));
	const struct report_row *row;
	size_t start;
	struct str sentence = claim_sentence(k, &start);

	if (x08_column(c, k, sentence, start))
		return;
	if ((!normative && !rules) || str_has_any(before, not_that) ||
	    (rules && str_has(before, STR("规范性文件"))) ||
	    !str_has_any(str_sub(sentence, 0, k->at - start), made))
		return;
	if (normative && str_has(before, STR("规章")))
		return;
	row = report_row(c->report, 2, normative ? STR("normative") : STR("rules"));
	if (row == NULL || any_cell_is(row, k->value))
		return;
	x08_finding(c, k, row, &row->cells[0]);
}

/* 作出行政处罚决定3件 */
static void x08_decisions(struct check *c, const struct claim *k)
{
	static const struct {
		const char *words, *row;
	} kinds[] = {{"行政许可", "licence"}, {"行政处罚", "penalty"}, {"行政强制", "coercion"}};
	static const char *const decided[] = {"处理决定", "决定数量", "作出", "做出", NULL};
	static const char *const not_that[] = {"公示",   "公开", "公布", "发布",
					       "双公示", "信息", NULL};
	struct str before = clause_before(k);
	size_t start;
	struct str sentence = claim_sentence(k, &start);
	struct str head = str_sub(sentence, 0, k->at - start);

	if (str_has_any(head, not_that) ||
	    !(str_has_any(before, decided) ||
	      (str_ends(before, STR("决定")) && str_has_any(head, decided))))
		return;
	for (size_t i = 0; i < 3; i++) {
		const struct report_row *row = report_row(c->report, 2, str_c(kinds[i].row));
		const struct cell *cell =
			report_cell(c->report, 2, str_c(kinds[i].row), STR("decisions"));
		size_t others = 0;

		for (size_t j = 0; j < 3; j++)
			others += j != i && str_has(before, str_c(kinds[j].words));
		if (!row || !cell || others || !str_has(before, str_c(kinds[i].words)) ||
		    cell_count(cell) == k->value)
			continue;
		x08_finding(c, k, row, cell);
	}
}

enum err check_x08(struct check *c)
{
	enum err e = claims_make(c);

	for (size_t i = 0; e == ERR_OK && i < c->claims->n; i++) {
		const struct claim *k = &c->claims->items[i];

		if (k->skip || k->scope || k->decimals || !is_count_unit(k->unit) ||
		    (k->p->section != 1 && k->p->section != 2) || claim_other_time(c, k) ||
		    !table_sure(c->report, 2) || table_blank(&c->report->table2))
			continue;
		x08_documents(c, k);
		x08_decisions(c, k);
	}
	return e;
}

/* ---- proposals: X07 ------------------------------------------------------------------------- */

static bool is_rate(struct str clause)
{
	static const char *const rates[] = {"办结率", "满意率", "满意度", "办复率", "答复率",
					    "面商率", "见面率", "按时率", "及时率", NULL};

	return str_has_any(clause, rates);
}

static void rate_finding(struct check *c, const struct claim *k, const char *why)
{
	check_found(c,
		    &(struct found){.severity = SEVERITY_WARNING,
				    .where = k->p->where,
				    .printed = claim_printed(c, k),
				    .quote = claim_quote(k),
				    .at = passage_place(k->p, k->at)},
		    "文中写 " STR_FMT "，%s，请核对。", STR_ARG(claim_printed(c, k)), why);
}

/* Whether k out of n, for some k, gives this rate. */
static bool rate_possible(const struct claim *rate, int64_t n)
{
	int64_t unit = rate->decimals == 0 ? 10000 : rate->decimals == 1 ? 1000 : 100;

	for (int64_t k = 0; k <= n; k++) {
		int64_t real = k * 1000000 / n, diff = real - rate->scaled;

		if (diff < unit && diff > -unit)
			return true;
	}
	return false;
}

enum err check_x07(struct check *c)
{
	enum err e = claims_make(c);
	const struct passage *p = NULL;
	int64_t items = 0;
	size_t kinds = 0;

	for (size_t i = 0; e == ERR_OK && i < c->claims->n; i++) {
		const struct claim *k = &c->claims->items[i];

		if (k->p != p) {
			items = 0;
			kinds = 0;
		}
		p = k->p;
		if (is_count_unit(k->unit) && k->topic == TOPIC_PROPOSAL && !k->skip) {
			items += k->value;
			kinds++;
			continue;
		}
		if (!str_eq(k->unit, STR("%")) || !is_rate(clause_of(k)))
			continue;
		if (k->scaled > 1000000)
			rate_finding(c, k, "比率不会超过 100%");
		else if (kinds == 1 && items > 0 && items <= 20 && k->topic != TOPIC_APPLICATION &&
			 (str_has(p->folded, STR("建议")) || str_has(p->folded, STR("提案"))) &&
			 !str_has(p->folded, STR("申请")) && !rate_possible(k, items))
			rate_finding(c, k,
				     check_fmt(c, "而所办建议、提案共 %lld 件，得不出这个比率",
					       LL(items))
					     .p);
	}
	return e;
}
