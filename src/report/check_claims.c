/* Text against tables. */
#include <string.h>

#include "report/claims_int.h"

#define LL(v) ((long long)(v))

/* ---- counts: X01, X02, T402 ---------------------------------------------------------------- */

static void count_finding(struct check *c, const struct claim *k, enum severity severity)
{
	int64_t value[CLAIM_VALUES];
	size_t n = claim_values(c, k, value);
	struct str column = STR(""), also = STR(""), outcome = STR("");

	if (n == 0)
		return;
	if (k->column != COLUMN_ALL)
		column = check_fmt(c, "（%s）", column_zh(k->column));
	if (k->either && k->concept == SAYS_NEW && n > 1)
		also = check_fmt(c, "（连同上年结转为 %lld）", LL(value[n - 1]));
	if (k->outcome)
		outcome = strcmp(k->outcome, "upheld") == 0      ? STR("“结果维持”")
			  : strcmp(k->outcome, "corrected") == 0 ? STR("“结果纠正”")
			  : strcmp(k->outcome, "pending") == 0   ? STR("“尚未审结”")
								 : STR("“其他结果”");
	check_found(c,
		    &(struct found){.severity = k->scope && severity > SEVERITY_INFO
							? SEVERITY_WARNING
							: severity,
				    .where = k->p->where,
				    .printed = claim_printed(c, k),
				    .expected = check_num(c, value[0]),
				    .quote = claim_quote(k),
				    .at = passage_place(k->p, k->at)},
		    k->scope ? "文中写 %lld，%s“%s" STR_FMT "”" STR_FMT "为 %lld" STR_FMT
			       "；文中的统计范围与表格可能不同，请写明口径或者改成一致。"
			     : "文中写 %lld，%s“%s" STR_FMT "”" STR_FMT "为 %lld" STR_FMT
			       "，两处应当一致，请核对。",
		    LL(k->value), k->concept >= SAYS_REVIEW ? "表四" : "表三", claim_name(k),
		    STR_ARG(column), STR_ARG(outcome), LL(value[0]), STR_ARG(also));
}

static enum err each_wrong(struct check *c, bool (*wanted)(const struct claim *k),
			   enum severity severity)
{
	enum err e = claims_make(c);

	for (size_t i = 0; e == ERR_OK && i < c->claims->n; i++) {
		if (c->claims->items[i].wrong && wanted(&c->claims->items[i]))
			count_finding(c, &c->claims->items[i], severity);
	}
	return e;
}

static bool is_new(const struct claim *k)
{
	return k->concept == SAYS_NEW && k->column == COLUMN_ALL;
}

static bool is_other_count(const struct claim *k)
{
	return !is_new(k) && k->concept != SAYS_NOTHING && k->concept < SAYS_REVIEW;
}

static bool is_court(const struct claim *k)
{
	return k->concept >= SAYS_REVIEW;
}

enum err check_x01(struct check *c)
{
	return each_wrong(c, is_new, SEVERITY_ERROR);
}

enum err check_x02(struct check *c)
{
	return each_wrong(c, is_other_count, SEVERITY_ERROR);
}

/* ---- 未收到, 未发生 ------------------------------------------------------------------------- */

typedef void denial_fn(struct check *c, const struct passage *p, size_t from, struct str clause);

static const char *const denials[] = {
	"未收到", "没有收到", "未接到",         "没有接到",   "未受理",   "未发生", "没有发生",
	"未产生", "未出现",   "未涉及",         "未被",       "没有被",   "不存在", "未有",
	"没有",   "无因",     "无政府信息公开", "无行政复议", "无依申请", "均无",   NULL};

/* Clauses that deny something, 、 kept inside. */
static void each_denial(struct check *c, denial_fn *fn)
{
	/* one of these is in each denial */
	static const char *const hints[] = {"未", "没有", "无", "不存在", NULL};

	for (size_t i = 0; i < c->n_passages; i++) {
		const struct passage *p = &c->passages[i];
		size_t next = 0;

		if (!str_has_any(p->folded, hints))
			continue;
		for (size_t from = 0; from <= p->folded.n; from = next) {
			size_t at = clause_end(p->folded, from, &next);
			struct str clause = str_sub(p->folded, from, at - from);

			if (str_has_any(clause, hints) && str_has_any(clause, denials))
				fn(c, p, from, clause);
		}
	}
}

/* The clause from its denial on. */
static struct str denied_part(struct str clause)
{
	size_t best = STR_NPOS;

	for (size_t i = 0; denials[i]; i++) {
		size_t at = str_find(clause, str_c(denials[i]), 0);

		if (at != STR_NPOS && at < best)
			best = at;
	}
	return best == STR_NPOS ? STR("") : str_from(clause, best);
}

/* A denial of another year, of a part of the year, or of somebody else's. */
static bool denial_elsewhere(struct check *c, const struct passage *p, size_t from,
			     struct str clause)
{
	static const char *const words[] = {"上半年", "下半年",   "季度", "上年",
					    "去年",   "截至目前", NULL};
	struct claim k = {.p = p,
			  .from = from,
			  .at = from + clause.n,
			  .end = from + clause.n,
			  .to = from + clause.n};

	return str_has_any(clause, words) || claim_other_time(c, &k);
}

static void x03_denial(struct check *c, const struct passage *p, size_t from, struct str clause)
{
	static const char *const not_that[] = {
		"复议", "诉讼", "提案", "建议", "投诉", "举报", "收费", "补正", "逾期", "超期",
		"不予", "延期", "网络", "信函", "当面", "纠错", "涉及", "关于", "针对", "有关",
		"要求", "重复", "反复", "方面", "类的", "因",   "不符", "收取", "通过", NULL};
	static const char *const kinds[] = {"法人", "自然人", "企业", "机构", NULL};
	struct claim k = {.p = p,
			  .concept = SAYS_NEW,
			  .column = COLUMN_ALL,
			  .from = from,
			  .at = from + clause.n,
			  .end = from + clause.n,
			  .to = from + clause.n};
	struct str denied = denied_part(clause);
	int64_t value[CLAIM_VALUES];
	enum scope scope;

	if (!str_has(denied, STR("依申请")) && !str_has(denied, STR("公开申请")))
		return;
	if (str_has_any(denied, not_that) || denial_elsewhere(c, p, from, clause) ||
	    (str_has_any(denied, kinds) && !str_has(denied, STR("公民"))))
		return;
	scope = claim_other_scope(c, &k);
	if (claim_values(c, &k, value) == 0 || value[0] == 0 || scope > SCOPE_OTHER)
		return;
	check_found(c,
		    &(struct found){.severity = scope == SCOPE_OTHER ? SEVERITY_WARNING
								     : SEVERITY_ERROR,
				    .where = p->where,
				    .printed = STR("0"),
				    .expected = check_num(c, value[0]),
				    .quote = passage_sentence(p, from),
				    .at = passage_place(p, from)},
		    "文中说未收到申请，表三“本年新收”却为 %lld 件，请核对。", LL(value[0]));
}

enum err check_x03(struct check *c)
{
	each_denial(c, x03_denial);
	return ERR_OK;
}

static bool denial_of_others(struct check *c, const struct passage *p, size_t from,
			     struct str clause)
{
	struct claim k = {.p = p,
			  .from = from,
			  .at = from + clause.n,
			  .end = from + clause.n,
			  .to = from + clause.n};

	return claim_other_scope(c, &k) > SCOPE_OTHER;
}

static void t402_denial(struct check *c, const struct passage *p, size_t from, struct str clause)
{
	static const char *const result[] = {"纠错", "败诉", "纠正", "撤销", "违法", "逾期", "超期",
					     "不服", "责任", "维持", "不当", "出庭", NULL};
	struct str denied = denied_part(clause);
	bool review = str_has(denied, STR("复议"));
	bool court = str_has(denied, STR("诉讼")) || str_has(denied, STR("起诉"));
	bool ours = p->section == 4 || str_has(p->folded, STR("公开"));

	if ((!review && !court) || !ours || str_has_any(denied, result) ||
	    denial_elsewhere(c, p, from, clause) || denial_of_others(c, p, from, clause))
		return;
	for (int i = 0; i < 2; i++) {
		struct claim k = {.p = p,
				  .concept = i ? SAYS_COURT : SAYS_REVIEW,
				  .column = COLUMN_ALL,
				  .from = from,
				  .at = from + clause.n,
				  .end = from + clause.n,
				  .to = from + clause.n};
		int64_t value[CLAIM_VALUES];

		if (!(i ? court : review) || claim_values(c, &k, value) == 0 || value[0] == 0)
			continue;
		check_found(c,
			    &(struct found){.severity = SEVERITY_WARNING,
					    .where = p->where,
					    .printed = STR("0"),
					    .expected = check_num(c, value[0]),
					    .quote = passage_sentence(p, from),
					    .at = passage_place(p, from)},
			    "文中说没有%s，表四却有 %lld 件，请核对。", claim_name(&k),
			    LL(value[0]));
	}
}

enum err check_t402(struct check *c)
{
	enum err e = each_wrong(c, is_court, SEVERITY_WARNING);

	if (e == ERR_OK)
		each_denial(c, t402_denial);
	return e;
}

/* ---- percentages: X05 ---------------------------------------------------------------------- */

struct share {
	int64_t num[CLAIM_VALUES], den[3 * CLAIM_VALUES];
	size_t n_num, n_den;
	struct claim what, of;
};

static size_t concept_values(const struct check *c, enum concept concept, int64_t *to)
{
	struct claim k = {.concept = concept, .column = COLUMN_ALL};

	return claim_values(c, &k, to);
}

/* What the share is of. */
static void denominators(const struct check *c, const struct claim *k, struct share *s)
{
	static const char *const of_done[] = {"办结的",     "答复的",   "办结申请中",
					      "答复申请中", "办理结果", NULL};
	static const char *const of_new[] = {"占收到", "占受理",     "占新收",
					     "占申请", "占全部申请", NULL};
	static const char *const of_total[] = {"办结", "答复", "办理", "处理", NULL};
	int64_t in[CLAIM_VALUES], old[CLAIM_VALUES];
	size_t n_in = concept_values(c, SAYS_NEW, in), n_old = concept_values(c, SAYS_OLD, old);
	size_t start;
	struct str clause = clause_of(k), sentence = claim_sentence(k, &start);
	bool news = str_has_any(clause, of_new);
	bool done = str_has_any(clause, of_total) ||
		    (!news && str_has_any(str_sub(sentence, 0, k->at - start), of_done));

	if (!news)
		s->n_den = concept_values(c, SAYS_TOTAL, s->den);
	if (news || !done) {
		if (n_in)
			s->den[s->n_den++] = in[0];
		if (n_in && n_old)
			s->den[s->n_den++] = in[0] + old[0];
	}
}

/* Shares in 10^-4 percent; both rounded and cut figures pass. */
static bool share_fits(const struct claim *k, int64_t num, int64_t den)
{
	int64_t tolerance = k->decimals == 0 ? 9999 : 1000;
	int64_t real, diff;

	if (den <= 0 || num < 0 || num > INT64_MAX / 1000000)
		return false;
	real = (num * 1000000 + den / 2) / den;
	diff = real > k->scaled ? real - k->scaled : k->scaled - real;
	return diff <= tolerance;
}

static void share_check(struct check *c, const struct claim *k, struct share *s)
{
	int64_t real;

	for (size_t i = 0; i < s->n_num; i++) {
		for (size_t j = 0; j < s->n_den; j++) {
			if (share_fits(k, s->num[i], s->den[j]))
				return;
		}
	}
	if (s->n_num == 0 || s->n_den == 0 || s->den[0] <= 0 || s->num[0] > INT64_MAX / 1000000)
		return;
	real = (s->num[0] * 10000 + s->den[0] / 2) / s->den[0];
	check_found(c,
		    &(struct found){.severity = SEVERITY_WARNING,
				    .where = k->p->where,
				    .printed = claim_printed(c, k),
				    .expected = check_fmt(c, "%lld.%02lld%%", LL(real / 100),
							  LL(real % 100)),
				    .quote = claim_quote(k),
				    .at = passage_place(k->p, k->at)},
		    "文中写占 " STR_FMT "，按表三“%s”%lld 件、“%s”%lld 件计算为 "
		    "%lld.%02lld%%，请核对。",
		    STR_ARG(claim_printed(c, k)), claim_name(&s->what), LL(s->num[0]),
		    claim_name(&s->of), LL(s->den[0]), LL(real / 100), LL(real % 100));
}

/* The claim whose share this is: its own clause, or the count just before: 不予公开35件,占4.34% */
static const struct claim *share_of(const struct claims *all, size_t i)
{
	const struct claim *k = &all->items[i], *before;
	struct str gap;

	if (k->concept != SAYS_NOTHING)
		return k;
	if (i == 0)
		return NULL;
	before = &all->items[i - 1];
	if (before->p != k->p || before->concept == SAYS_NOTHING || str_eq(before->unit, STR("%")))
		return NULL;
	gap = str_sub(k->p->folded, before->end, k->at - before->end);
	if (gap.n > 60 || str_has(gap, STR("。")) || !str_has(gap, STR("占")))
		return NULL;
	return before;
}

enum err check_x05(struct check *c)
{
	enum err e = claims_make(c);

	for (size_t i = 0; e == ERR_OK && i < c->claims->n; i++) {
		const struct claim *k = &c->claims->items[i], *what;
		struct share s = {.of = {.concept = SAYS_TOTAL, .column = COLUMN_ALL}};

		if (!str_eq(k->unit, STR("%")) || !str_has(clause_of(k), STR("占")))
			continue;
		what = share_of(c->claims, i);
		if (what == NULL || k->skip || what->skip || what->scope || is_court(what) ||
		    ((what->concept == SAYS_TOTAL || what->concept == SAYS_NEW) &&
		     what->column == COLUMN_ALL))
			continue;
		s.what = *what;
		s.n_num = claim_values(c, what, s.num);
		denominators(c, k, &s);
		share_check(c, k, &s);
	}
	return e;
}

/* ---- contradictions: X09, X10, X11 --------------------------------------------------------- */

enum err check_x09(struct check *c)
{
	static const char *const all_upheld[] = {"均获维持",     "均维持",   "全部维持",
						 "均予维持",     "均被维持", "全部获得维持",
						 "结果均为维持", "均为维持", NULL};
	int64_t not_upheld = 0, pending = 0;
	const struct report_table *t = &c->report->table4;

	for (size_t i = 0; table_sure(c->report, 4) && i < t->n_rows; i++) {
		pending +=
			cell_count(report_cell(c->report, 4, t->rows[i].form->key, STR("pending")));
		not_upheld +=
			cell_count(
				report_cell(c->report, 4, t->rows[i].form->key, STR("corrected"))) +
			cell_count(report_cell(c->report, 4, t->rows[i].form->key, STR("other")));
	}
	for (size_t i = 0; pending + not_upheld > 0 && i < c->n_passages; i++) {
		const struct passage *p = &c->passages[i];
		size_t n = 0, at = str_last_of(p->folded, all_upheld, &n);
		struct str sentence;

		if (at == STR_NPOS)
			continue;
		sentence = check_fold(c, passage_sentence(p, at));
		if ((!str_has(sentence, STR("复议")) && !str_has(sentence, STR("诉讼"))) ||
		    str_has(sentence, STR("审结的")) || str_has(sentence, STR("已审结")) ||
		    str_has(sentence, STR("未审结")))
			continue;
		check_found(c,
			    &(struct found){.severity = SEVERITY_ERROR,
					    .where = p->where,
					    .printed = str_sub(p->folded, at, n),
					    .quote = passage_sentence(p, at),
					    .at = passage_place(p, at)},
			    "文中说复议、诉讼“" STR_FMT "”，表四却有尚未审结 %lld 件、结果纠正或者"
			    "其他结果 %lld 件，请改成与表四一致。",
			    STR_ARG(str_sub(p->folded, at, n)), LL(pending), LL(not_upheld));
	}
	return ERR_OK;
}

static bool says_all_done(struct str clause)
{
	static const char *const all[] = {
		"所有申请",   "全部申请",   "申请全部",   "申请均已",
		"申请已全部", "所有的申请", "所有依申请", "所有政府信息公开申请",
		"申请均按",   NULL};
	static const char *const done[] = {"办结",     "办理完成", "办理完毕", "处理完毕",
					   "答复完毕", "办理完",   "全部答复", NULL};
	static const char *const safe[] = {"法定期限内", "按期", "除", "未", NULL};

	return str_has(clause, STR("申请")) && str_has_any(clause, all) &&
	       str_has_any(clause, done) && !str_has_any(clause, safe);
}

enum err check_x10(struct check *c)
{
	struct claim next = {.concept = SAYS_NEXT, .column = COLUMN_ALL};
	int64_t value[CLAIM_VALUES];
	size_t n = claim_values(c, &next, value);

	if (n == 0 || value[0] == 0)
		return ERR_OK;
	for (size_t i = 0; i < c->n_passages; i++) {
		const struct passage *p = &c->passages[i];
		size_t begin = 0;

		for (size_t from = 0; from <= p->folded.n; from = begin) {
			size_t at = clause_end(p->folded, from, &begin);
			struct str clause = str_sub(p->folded, from, at - from);

			if (!says_all_done(clause))
				continue;
			check_found(c,
				    &(struct found){.severity = SEVERITY_ERROR,
						    .where = p->where,
						    .printed = clause,
						    .quote = passage_sentence(p, from),
						    .at = passage_place(p, from)},
				    "文中说“" STR_FMT "”，表三却有 %lld 件结转下年度继续办理，"
				    "前后矛盾，请改正。",
				    STR_ARG(clause), LL(value[0]));
		}
	}
	return ERR_OK;
}

/* The claims of one passage that should add up to its stated total. */
struct listing {
	const struct claim *open, *partial, *refuse, *unable, *reject, *other, *total;
};

static void listing_take(struct listing *l, const struct claim *k)
{
	if (k->skip || k->column != COLUMN_ALL || k->decimals || !is_count_unit(k->unit))
		return;
	switch (k->concept) {
	case SAYS_TOTAL:
		l->total = l->total ? l->total : k;
		break;
	case SAYS_OPEN:
	case SAYS_OPEN_PARTIAL:
		l->open = l->open ? l->open : k;
		break;
	case SAYS_PARTIAL:
		l->partial = l->partial ? l->partial : k;
		break;
	case SAYS_GROUP: {
		const struct claim **slot = k->group[0] == 'u'                ? &l->unable
					    : k->group[0] == 'o'              ? &l->other
					    : strcmp(k->group, "refuse") == 0 ? &l->refuse
									      : &l->reject;

		*slot = *slot ? *slot : k;
		break;
	}
	default:
		break;
	}
}

static int64_t gap_of(const struct check *c, const struct claim *k)
{
	int64_t value[CLAIM_VALUES];

	return k && k->wrong && claim_values(c, k, value) ? k->value - value[0] : 0;
}

static void listing_check(struct check *c, const struct listing *l)
{
	const struct claim *part[] = {l->open,   l->partial, l->refuse,
				      l->unable, l->reject,  l->other};
	int64_t sum = 0, gap = gap_of(c, l->total);
	size_t wrong = l->total && l->total->wrong;

	if (!l->total || !l->open || !l->refuse || !l->unable || !l->reject || !l->other)
		return;
	if (!l->partial && l->open->concept != SAYS_OPEN_PARTIAL)
		return;
	for (size_t i = 0; i < 6; i++) {
		if (part[i] == NULL)
			continue;
		sum += part[i]->value;
		wrong += part[i]->wrong;
		gap -= gap_of(c, part[i]);
	}
	/* where the text says what the table says, the table's own sums are at fault (T302); one
	 * wrong part that explains it is named already */
	if (sum == l->total->value || wrong == 0 || (wrong == 1 && l->total->value - sum == gap))
		return;
	check_found(
		c,
		&(struct found){.severity = SEVERITY_ERROR,
				.where = l->total->p->where,
				.printed = check_num(c, sum),
				.expected = check_num(c, l->total->value),
				.quote = claim_quote(l->open),
				.at = l->total->p->at},
		"文中各类办理结果相加为 %lld 件，与文中的办结（答复）总数 %lld 件不符，请核对。",
		LL(sum), LL(l->total->value));
}

enum err check_x11(struct check *c)
{
	enum err e = claims_make(c);
	struct listing l = {0};
	const struct passage *p = NULL;

	for (size_t i = 0; e == ERR_OK && i < c->claims->n; i++) {
		const struct claim *k = &c->claims->items[i];

		if (k->p != p)
			listing_check(c, &l);
		if (k->p != p)
			l = (struct listing){0};
		p = k->p;
		listing_take(&l, k);
	}
	if (e == ERR_OK)
		listing_check(c, &l);
	return e;
}

/* ---- T307 ---------------------------------------------------------------------------------- */

enum err check_t307(struct check *c)
{
	static const char *const deny[] = {"未发出收费通知",
					   "没有发出收费通知",
					   "未开具收费通知",
					   "未下达收费通知",
					   "未启动收费",
					   "未实施收费",
					   "未发生收费",
					   "没有发生收费",
					   "未产生收费",
					   "未发出信息处理费收费通知",
					   NULL};
	const struct report_row *row = report_row(c->report, 3, STR("other.2"));
	int64_t unpaid = row && table_sure(c->report, 3) ? cell_count(row_total(row)) : 0;

	for (size_t i = 0; unpaid > 0 && i < c->n_passages; i++) {
		const struct passage *p = &c->passages[i];
		size_t n = 0, at;

		if (p->section != 6)
			continue;
		at = str_last_of(p->folded, deny, &n);
		if (at == STR_NPOS)
			continue;
		check_found(c,
			    &(struct found){.severity = SEVERITY_WARNING,
					    .where = STR("section.6"),
					    .printed = str_sub(p->folded, at, n),
					    .quote = passage_sentence(p, at),
					    .at = passage_place(p, at)},
			    "表三（六）2 有 %lld "
			    "件因逾期未按收费通知缴费而不再处理，第六部分却说“" STR_FMT
			    "”，前后矛盾。",
			    LL(unpaid), STR_ARG(str_sub(p->folded, at, n)));
	}
	return ERR_OK;
}
