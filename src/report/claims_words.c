/* From words to figures: which cell or sum of the tables a clause speaks of. */
#include "report/claims_int.h"

#include <string.h>

#include "base/utf8.h"

/* A heading is looked for at most this many passages above. */
#define HEADING_REACH 12

/* ---- topics -------------------------------------------------------------------------------- */

enum topic topic_of(struct str clause)
{
	static const char *const court[] = {"复议", "诉讼", "应诉", "起诉", NULL};
	static const char *const proposal[] = {"建议", "提案", "议案", NULL};
	static const char *const fee[] = {"处理费", "收费", "收取", NULL};
	static const char *const other_application[] = {
		"许可申请", "登记申请", "救助申请", "补贴申请", "入学申请",
		"项目申请", "专利申请", "认定申请", "申请认定", "申请执行",
		"贷款",     "资格申请", "补助申请", "权力申请", NULL};
	static const char *const application[] = {"申请", NULL};
	static const char *const other[] = {
		"网络问政", "信访",   "来信", "来电", "热线",     "咨询",     "留言",     "投诉",
		"举报",     "微信",   "微博", "文章", "稿件",     "新闻",     "解读",     "会议",
		"培训",     "公报",   "舆情", "问卷", "短信",     "视频",     "直播",     "检查",
		"双公示",   "短消息", "阅读", "粉丝", "发布信息", "公开信息", "主动公开", "办件",
		"政务服务", "栏目",   "发布", NULL};

	if (str_has_any(clause, court))
		return TOPIC_REVIEW;
	if (str_has_any(clause, other_application))
		return TOPIC_ELSE;
	if (str_has_any(clause, application) || str_has(clause, STR("依申请公开")))
		return TOPIC_APPLICATION;
	if (str_has_any(clause, proposal))
		return TOPIC_PROPOSAL;
	if (str_has_any(clause, fee))
		return TOPIC_FEE;
	if (str_has_any(clause, other))
		return TOPIC_ELSE;
	return TOPIC_NONE;
}

/* ---- concepts of table 3 ------------------------------------------------------------------- */

struct phrase {
	const char *words;
	enum concept concept;
	const char *group, *row;
};

/* Results; the last one in front of the number is meant. */
static const struct phrase results[] = {
	{"予以公开", SAYS_OPEN, NULL, NULL},
	{"同意公开", SAYS_OPEN, NULL, NULL},
	{"全部公开", SAYS_OPEN, NULL, NULL},
	{"部分公开", SAYS_PARTIAL, NULL, NULL},
	{"不予公开", SAYS_GROUP, "refuse", NULL},
	{"不同意公开", SAYS_GROUP, "refuse", NULL},
	{"不予以公开", SAYS_GROUP, "refuse", NULL},
	{"无法提供", SAYS_GROUP, "unable", NULL},
	{"不予处理", SAYS_GROUP, "reject", NULL},
	{"其他处理", SAYS_GROUP, "other", NULL},
	{"办理结果总计", SAYS_TOTAL, NULL, NULL},
	{"属于国家秘密", SAYS_ROW, NULL, "refuse.1"},
	{"法律行政法规禁止公开", SAYS_ROW, NULL, "refuse.2"},
	{"三安全一稳定", SAYS_ROW, NULL, "refuse.3"},
	{"保护第三方合法权益", SAYS_ROW, NULL, "refuse.4"},
	{"三类内部事务信息", SAYS_ROW, NULL, "refuse.5"},
	{"四类过程性信息", SAYS_ROW, NULL, "refuse.6"},
	{"属于行政执法案卷", SAYS_ROW, NULL, "refuse.7"},
	{"属于行政查询事项", SAYS_ROW, NULL, "refuse.8"},
	{"不掌握相关政府信息", SAYS_ROW, NULL, "unable.1"},
	{"没有现成信息", SAYS_ROW, NULL, "unable.2"},
	{"另行制作", SAYS_ROW, NULL, "unable.2"},
	{"补正后申请内容仍不明确", SAYS_ROW, NULL, "unable.3"},
	{"信访举报投诉类申请", SAYS_ROW, NULL, "reject.1"},
	{"重复申请", SAYS_ROW, NULL, "reject.2"},
	{"要求提供公开出版物", SAYS_ROW, NULL, "reject.3"},
	{"大量反复申请", SAYS_ROW, NULL, "reject.4"},
	{"确认或重新出具", SAYS_ROW, NULL, "reject.5"},
	{"逾期不补正", SAYS_ROW, NULL, "other.1"},
	{"未按收费通知要求缴纳费用", SAYS_ROW, NULL, "other.2"},
};
#define N_RESULTS (sizeof(results) / sizeof(results[0]))

static const char *const verbs_new[] = {"新收", "收到", "受理", "新增", "接收",
					"接到", "收件", "接受", NULL};
static const char *const verbs_total[] = {"办结", "答复", "回复", "办理", "处理", "反馈", NULL};
static const char *const verbs_loose[] = {"办理", "处理", NULL};
static const char *const joined[] = {"收到并",   "受理并", "接收并", "受理办结",
				     "收到办结", "受理、", "收到、", NULL};
static const char *const carried[] = {"结转", "结存", "遗留", "转结", "转入", "顺延",
				      "转至", "转到", "延至", "转下", NULL};
static const char *const last_year[] = {"上年", "上一年", "去年", "往年", "年初", "上期", NULL};
static const char *const next_year[] = {"下年", "下一年", "次年", "明年", "下期", NULL};

/* The short names of rows, told inside their group: 不予公开3件(国家秘密1件) */
static const struct phrase short_rows[] = {
	{"国家秘密", SAYS_ROW, "不予公开", "refuse.1"},
	{"第三方合法权益", SAYS_ROW, "不予公开", "refuse.4"},
	{"内部事务信息", SAYS_ROW, "不予公开", "refuse.5"},
	{"过程性信息", SAYS_ROW, "不予公开", "refuse.6"},
	{"行政执法案卷", SAYS_ROW, "不予公开", "refuse.7"},
	{"行政执法案卷信息", SAYS_ROW, "不予公开", "refuse.7"},
	{"行政查询事项", SAYS_ROW, "不予公开", "refuse.8"},
	{"本机关不掌握", SAYS_ROW, "无法提供", "unable.1"},
	{"重复申请", SAYS_ROW, "不予处理", "reject.2"},
	{"信访举报投诉", SAYS_ROW, "不予处理", "reject.1"},
};

static void short_row(struct claim *k, struct str before)
{
	size_t start;
	struct str sentence = claim_sentence(k, &start);
	struct str head = str_sub(sentence, 0, k->from - start);

	while (before.n && (str_starts(before, STR("、")) || str_starts(before, STR("属于"))))
		before = str_from(before, str_starts(before, STR("、")) ? 3 : 6);
	for (size_t i = 0; i < sizeof(short_rows) / sizeof(short_rows[0]); i++) {
		if (!str_eq(before, str_c(short_rows[i].words)) ||
		    !str_has(head, str_c(short_rows[i].group)))
			continue;
		k->concept = SAYS_ROW;
		k->row = short_rows[i].row;
	}
}

static bool ends_in_any(struct str s, const char *const *ends)
{
	for (; *ends; ends++) {
		if (str_ends(s, str_c(*ends)))
			return true;
	}
	return false;
}

static void result_of(struct claim *k, struct str before)
{
	size_t best = 0;
	bool open = false, partial = false, groups = false;

	for (size_t i = 0; i < N_RESULTS; i++) {
		size_t at = str_rfind(before, str_c(results[i].words));
		size_t end;

		if (at == STR_NPOS)
			continue;
		/* 不予以公开 is no 予以公开 */
		if (results[i].concept == SAYS_OPEN && at >= 3 &&
		    str_starts(str_from(before, at - 3), STR("不")))
			continue;
		end = at + strlen(results[i].words);
		open = open || results[i].concept == SAYS_OPEN;
		partial = partial || results[i].concept == SAYS_PARTIAL;
		/* 不予公开、无法提供共 N 件: several groups in one number */
		groups = groups || (k->group && results[i].group && k->group != results[i].group);
		if (end < best)
			continue;
		best = end;
		k->concept = results[i].concept;
		k->group = results[i].group;
		k->row = results[i].row;
	}
	if (open && partial)
	k->concept = SAYS_OPEN_PARTIAL;
	k->skip = k->skip || groups || ((open || partial) && (k->concept == SAYS_GROUP));
}

/* Words that add nothing to a verb: 全年共…, 本年度已… */
static bool plain(struct str s)
{
	static const char *const neutral[] = {
		"本年度", "本年", "全年", "当年",   "年度", "年内", "今年", "截至", "共",   "已",
		"均",     "全部", "累计", "合计",   "总计", "其中", "并",   "且",   "依法", "依规",
		"按时",   "及时", "按期", "按规定", "我",   "本",   "局",   "市",   "区",   "县",
		"镇",     "乡",   "省",   "州",     "委",   "办",   "厅",   "院",   "中心", "机关",
		"单位",   "部门", "政府", "街道",   "实际", "年底", "年末", "年",   "度",   "月",
		"日",     "的",   "在",   "法定",   "期限", "内",   "和",   "、",   "\"",   NULL};

	while (s.n) {
		size_t took = 0;

		for (size_t i = 0; neutral[i] && took == 0; i++)
			took = str_starts(s, str_c(neutral[i])) ? strlen(neutral[i]) : 0;
		if (took == 0 && s.p[0] >= '0' && s.p[0] <= '9')
			took = 1;
		if (took == 0)
			return false;
		s = str_from(s, took);
	}
	return true;
}

static void new_or_total(struct claim *k, struct str before)
{
	size_t n_new = 0, n_total = 0;
	size_t in = str_last_of(before, verbs_new, &n_new);
	size_t out = str_last_of(before, verbs_total, &n_total);

	if (in == STR_NPOS && out == STR_NPOS)
		return;
	if (str_has_any(before, joined) && out != STR_NPOS) {
		k->concept = SAYS_TOTAL;
		k->handled = true;
		return;
	}
	/* 受理 holds 理; a later verb wins: 收到的申请中已办结 */
	if (out != STR_NPOS && (in == STR_NPOS || out > in)) {
		k->handled = str_has_any(str_from(before, out), verbs_loose);
		/* 其他方式处理8件 tells a part */
		if (k->handled && !str_has(before, STR("申请")) && !plain(str_sub(before, 0, out)))
			return;
		k->concept = SAYS_TOTAL;
		/* 当年办结34件: of those received in the year */
		k->skip = k->skip || str_has(before, STR("当年"));
		return;
	}
	k->concept = SAYS_NEW;
	k->either = !str_starts(str_from(before, in), STR("新收")) &&
		    !str_has(before, STR("新增")) && !str_has(before, STR("本年新"));
}

static const struct {
	const char *words;
	int column;
} columns[] = {
	{"自然人", 0},
	{"商业企业", 1},
	{"科研机构", 2},
	{"社会公益组织", 3},
	{"法律服务机构", 4},
	{"法人或其他组织", COLUMN_LEGAL},
	{"法人和其他组织", COLUMN_LEGAL},
	{"法人及其他组织", COLUMN_LEGAL},
	{"法人或者其他组织", COLUMN_LEGAL},
};

const char *column_zh(int column)
{
	for (size_t i = 0; i < sizeof(columns) / sizeof(columns[0]); i++) {
		if (columns[i].column == column)
			return columns[i].words;
	}
	return "";
}

/* Kind of applicant; several in one clause mean all of them. */
static void column_of(struct claim *k, struct str clause)
{
	int found = COLUMN_ALL, n = 0;

	for (size_t i = 0; i < sizeof(columns) / sizeof(columns[0]); i++) {
		if (str_has(clause, str_c(columns[i].words))) {
			found = columns[i].column;
			n++;
		}
	}
	if (n == 1 && !str_has(clause, STR("公民")))
		k->column = found;
}

/* What the sentence said before: 新收95件,其中自然人90件 belongs to 新收. */
static void column_base(const struct check *c, struct claim *k)
{
	size_t start;
	struct str sentence = claim_sentence(k, &start);
	struct str head = str_sub(sentence, 0, k->from > start ? k->from - start : 0);
	size_t n_new = 0, n_total = 0;
	size_t in = str_last_of(head, verbs_new, &n_new);
	size_t out = str_last_of(head, verbs_total, &n_total);

	(void)c;
	for (size_t i = 0; i < N_RESULTS; i++) {
		/* 不予公开10件,其中自然人3件: of which row is not told surely enough */
		k->by_head = true;
		if (str_has(head, str_c(results[i].words)) &&
		    str_rfind(head, str_c(results[i].words)) > (in == STR_NPOS ? 0 : in)) {
			k->skip = true;
			return;
		}
	}
	k->concept = SAYS_NEW;
	k->either = true;
	if (out != STR_NPOS && (in == STR_NPOS || out > in)) {
		k->concept = SAYS_TOTAL;
		k->handled = true;
	}
}

/* Words that narrow what is counted. */
static bool narrowed(struct str before)
{
	static const char *const narrow[] = {
		"涉及", "类申请", "电子", "电话", "口头", "平均", "超期", "逾期", "延期", "延长",
		"补正", "撤回",   "撤销", "重复", "收费", "告知", "转办", "转送", "移送", "咨询",
		"要求", "引导",   "超过", "指导", "协助", "督促", "配合", "针对", "关于", "来自",
		"转来", "抽查",   "审查", "审核", "邀请", "聘请", "疑难", "复杂", "联系", "协调",
		"转交", "单月",   "单日", "居前", "最多", "一审", "重大", "征求", "会办", "抄送",
		"代为", "会商",   "个人", "牵头", "未办", "不合", "不符", NULL};
	static const char *const channels[] = {
		"网上", "网络", "在线", "互联网", "信函", "邮寄", "邮政", "快递", "当面",
		"现场", "窗口", "传真", "邮件",   "线上", "线下", "书面", "通过", "方式",
		"渠道", "平台", "系统", "网站",   "途径", "信箱", NULL};
	static const char *const all[] = {"共收", "共受", "共接", "共办", "合计",
					  "总",   "共答", "共新", NULL};
	static const char *const many[] = {"等", "、", "渠道", "各", NULL};

	if (str_has_any(before, narrow))
		return true;
	return str_has_any(before, channels) &&
	       !(str_has_any(before, all) && str_has_any(before, many));
}

/* Words of the form itself: where two of them stand together, applications are spoken of. */
static bool in_words_of_form(struct str s)
{
	static const char *const words[] = {"予以公开", "部分公开", "不予公开",
					    "无法提供", "不予处理", NULL};
	size_t n = 0;

	for (size_t i = 0; words[i]; i++)
		n += str_has(s, str_c(words[i]));
	return n >= 2;
}

static bool names_disclosure(struct str s)
{
	return str_has(s, STR("依申请")) || str_has(s, STR("公开申请")) ||
	       str_has(s, STR("信息公开"));
}

/* The heading or item under which a passage stands: （二）依申请公开情况 */
static const struct passage *heading_above(const struct check *c, const struct passage *p)
{
	size_t i = (size_t)(p - c->passages);

	for (size_t n = 0; i > 0 && n < HEADING_REACH; n++) {
		const struct passage *q = &c->passages[--i];

		if (q->section != p->section)
			return NULL;
		if (passage_is_heading(q))
			return q;
	}
	return NULL;
}

static bool speaks_of_disclosure(const struct check *c, const struct claim *k)
{
	const struct passage *above;

	if (k->p->section == 3 || k->p->section == 4 || names_disclosure(k->p->folded) ||
	    in_words_of_form(k->p->folded))
		return true;
	above = passage_is_heading(k->p) ? NULL : heading_above(c, k->p);
	return above && names_disclosure(above->folded);
}

/* 已办结36件, 本年新收35件 behind a sentence on applications. */
static void count_alone(struct claim *k, struct str before)
{
	static const char *const verbs[] = {"办结", "答复", "办理结果", "新收", NULL};
	size_t n = 0, at = str_last_of(before, verbs, &n);
	struct str rest = at == STR_NPOS ? STR("") : str_from(before, at + n);

	if (at == STR_NPOS || !plain(str_sub(before, 0, at)) || !plain(rest))
		return;
	k->concept = str_starts(str_from(before, at), STR("新收")) ? SAYS_NEW : SAYS_TOTAL;
	k->skip = k->skip || (k->concept == SAYS_TOTAL && str_has(before, STR("当年")));
}

static void application_concept(const struct check *c, struct claim *k, enum topic prior)
{
	struct str before = clause_before(k), after = clause_after(k), clause = clause_of(k);
	static const char *const amounts[] = {"申请总量", "申请数量",     "申请量",
					      "申请总数", "申请件数",     "申请共计",
					      "申请共",   "申请公开总数", NULL};
	bool inherited =
		k->topic == TOPIC_NONE && (prior == TOPIC_APPLICATION || prior == TOPIC_NONE);

	if (!is_count_unit(k->unit) && !str_eq(k->unit, STR("%")))
		return;
	if (k->topic == TOPIC_APPLICATION || inherited) {
		bool carry = str_has_any(clause, carried) || str_has(before, STR("转"));

		if (carry && (str_has_any(clause, next_year) ||
			      (c->report->year && str_has(clause, c->next_year)))) {
			k->concept = SAYS_NEXT;
			return;
		}
		if (carry && (str_has_any(clause, last_year) ||
			      (c->report->year && str_has(clause, c->past_year)))) {
			k->concept = SAYS_OLD;
			return;
		}
		result_of(k, before);
		if (k->concept == SAYS_NOTHING)
			short_row(k, before);
		if (k->concept != SAYS_NOTHING)
			return;
	}
	if (inherited && !str_eq(k->unit, STR("%")) &&
	    (prior == TOPIC_APPLICATION || k->p->section == 3))
		count_alone(k, before);
	if (k->topic != TOPIC_APPLICATION) {
		if (inherited && !str_eq(k->unit, STR("%")))
			column_of(k, before);
		k->by_head = k->column != COLUMN_ALL;
		return;
	}
	column_of(k, before);
	new_or_total(k, before);
	/* 26件申请全部办结: the words behind the number */
	if (k->concept == SAYS_NOTHING && k->column == COLUMN_ALL && str_has(after, STR("申请")))
		new_or_total(k, str_has_any(before, verbs_new) ? before : STR(""));
	if (k->concept == SAYS_NOTHING && k->column == COLUMN_ALL && ends_in_any(before, amounts)) {
		k->concept = SAYS_NEW;
		k->either = k->handled = true;
	}
	if (k->concept == SAYS_NOTHING && k->column != COLUMN_ALL)
		column_base(c, k);
	if (narrowed(clause))
		k->skip = true;
}

/* ---- concepts of table 4 ------------------------------------------------------------------- */

static const struct {
	const char *words, *outcome;
} outcomes[] = {
	{"尚未审结", "pending"}, {"未审结", "pending"},      {"正在审理", "pending"},
	{"审理中", "pending"},   {"尚在审理", "pending"},    {"结果维持", "upheld"},
	{"维持", "upheld"},      {"驳回诉讼请求", "upheld"}, {"结果纠正", "corrected"},
	{"纠正", "corrected"},   {"其他结果", "other"},
};

static void outcome_of(struct claim *k, struct str before)
{
	size_t best = 0;

	for (size_t i = 0; i < sizeof(outcomes) / sizeof(outcomes[0]); i++) {
		size_t at = str_rfind(before, str_c(outcomes[i].words));
		size_t end = at == STR_NPOS ? 0 : at + strlen(outcomes[i].words);

		if (end > best) {
			best = end;
			k->outcome = outcomes[i].outcome;
		}
	}
}

/* The last of 复议, 诉讼 in the words before; both when they are joined. */
static enum concept court_of(struct str words)
{
	static const char *const review[] = {"复议", NULL};
	static const char *const court[] = {"诉讼", "应诉", "起诉", NULL};
	static const char *const direct[] = {"直接起诉", "未经复议", NULL};
	static const char *const after[] = {"复议后起诉", "复议后提起", "经复议后", NULL};
	size_t n;
	size_t r = str_last_of(words, review, &n), s = str_last_of(words, court, &n);

	if (str_has_any(words, direct))
		return SAYS_DIRECT;
	if (str_has_any(words, after))
		return SAYS_AFTER;
	if (r != STR_NPOS && s != STR_NPOS)
		return SAYS_BOTH;
	return r != STR_NPOS ? SAYS_REVIEW : s != STR_NPOS ? SAYS_COURT : SAYS_NOTHING;
}

/* 行政应诉案件25件,其中涉及政府信息公开的3件: the first number is of all kinds. */
static bool part_is_ours(const struct claim *k)
{
	size_t start;
	struct str sentence = claim_sentence(k, &start);
	struct str head = str_sub(sentence, 0, k->at - start);
	struct str rest = str_from(sentence, k->end - start);
	size_t at = str_find(rest, STR("其中"), 0);

	return at != STR_NPOS && !names_disclosure(head) && names_disclosure(str_from(rest, at));
}

static void review_concept(const struct check *c, struct claim *k)
{
	/* 201号: the suit against the organ that only reviewed is counted elsewhere */
	static const char *const not_ours[] = {
		"共同被告",     "复议机关", "作为复议", "办理行政复议", "审理",
		"受理行政复议", "第三人",   "败诉",     "纠错率",       "出庭",
		"非诉",         "听证",     "撤销",     "违法",         "驳回",
		"终止",         "撤回",     "一审",     "二审",         "再审",
		"新收",         "新增",     "上年",     "结转",         NULL};
	struct str before = clause_before(k), clause = clause_of(k);
	size_t start;
	struct str sentence = claim_sentence(k, &start);
	struct str head = str_sub(sentence, 0, k->from > start ? k->from - start : 0);

	if (!is_count_unit(k->unit) || !speaks_of_disclosure(c, k) || part_is_ours(k))
		return;
	k->concept = court_of(before);
	if (k->concept == SAYS_NOTHING)
	k->concept = court_of(clause_after(k));
	if (k->concept == SAYS_NOTHING) {
		static const char *const review[] = {"复议", NULL};
		static const char *const court[] = {"诉讼", "应诉", "起诉", NULL};
		size_t n;
		size_t r = str_last_of(head, review, &n), s = str_last_of(head, court, &n);

		size_t last = str_rfind(head, STR(";"));
		enum concept kind = court_of(str_from(head, last == STR_NPOS ? 0 : last));

		if (kind == SAYS_DIRECT || kind == SAYS_AFTER)
		k->concept = kind;
		else if (r != STR_NPOS && (s == STR_NPOS || r > s)) k->concept = SAYS_REVIEW;
		else if (s != STR_NPOS) k->concept = SAYS_COURT;
		/* without a result of its own the number may be of anything */
		outcome_of(k, before);
		if (k->outcome == NULL &&
		    !(str_has(before, STR("其中")) && names_disclosure(before)))
		k->concept = SAYS_NOTHING;
	} else {
		outcome_of(k, before);
	}
	if (str_has_any(clause, not_ours) && k->outcome == NULL)
		k->skip = true;
	if (k->concept == SAYS_BOTH && str_has(clause, STR("各")))
		k->skip = k->value != 0;
}

void concept_of(const struct check *c, struct claim *k, enum topic prior)
{
	if (k->topic == TOPIC_REVIEW)
		review_concept(c, k);
	else if (k->topic == TOPIC_APPLICATION || k->topic == TOPIC_NONE)
		application_concept(c, k, prior);
	if (k->concept != SAYS_NOTHING && !speaks_of_disclosure(c, k))
	k->concept = SAYS_NOTHING;
}

/* ---- other years, other scopes ------------------------------------------------------------- */

/* The last year named before the number in its sentence; 0 none, or this year.  What stands in
 * brackets, and the year from which something was carried over, is no time of the number. */
static int year_before(struct str head)
{
	size_t closed = 0, clause = head.n;

	for (size_t i = head.n; i-- > 0;) {
		int64_t v;

		if (head.p[i] == ')')
			closed++;
		if (head.p[i] == '(' && closed)
			closed--;
		if (strchr(",;:()", head.p[i]) && head.p[i])
			clause = i;
		if (closed || i < 4 || !str_starts(str_from(head, i), STR("年")))
			continue;
		if (str_starts(str_from(head, i - 3), STR("本年")) ||
		    str_starts(str_from(head, i - 3), STR("今年")))
			return 0;
		if (str_int(str_sub(head, i - 4, 4), &v) != ERR_OK || v < 2000 || v >= 2100)
			continue;
		if (clause < head.n && str_has(str_sub(head, i, clause - i), STR("结转")))
			continue;
		if (i >= 10 && clause < head.n && str_starts(str_from(head, i - 10), STR("结转")))
			continue;
		return (int)v;
	}
	return 0;
}

/* 2022年、2023年分别收到…, A和B分别为…: which number is whose is not told surely enough. */
static bool respectively(struct str head)
{
	size_t at = str_rfind(head, STR("分别"));
	struct str before = str_sub(head, 0, at == STR_NPOS ? 0 : at);
	size_t n = str_rfind(before, STR(","));

	if (at == STR_NPOS)
		return false;
	before = str_from(before, n == STR_NPOS ? 0 : n);
	return str_has(before, STR("、")) || str_has(before, STR("和")) ||
	       str_has(before, STR("与")) || str_has(before, STR("及"));
}

bool claim_other_time(const struct check *c, const struct claim *k)
{
	static const char *const words[] = {
		"同比", "比上", "较上", "较去", "比去", "相比", "增加", "减少",   "增长",   "下降",
		"上升", "回落", "提高", "降低", "平均", "月均", "季度", "上半年", "下半年", "累计",
		"历年", "以来", "每年", "每月", "超过", "约",   "接近", "近三年", "近五年", NULL};
	static const char *const after[] = {"左右", "余", "以上", "多", NULL};
	size_t start;
	struct str sentence = claim_sentence(k, &start);
	struct str head = str_sub(sentence, 0, k->at > start ? k->at - start : 0);
	struct str rest = str_sub(k->p->folded, k->end, 6);
	int year = year_before(head);

	if (str_has_any(clause_before(k), words) || respectively(head))
		return true;
	for (size_t i = 0; after[i]; i++) {
		if (str_starts(rest, str_c(after[i])))
			return true;
	}
	if (k->concept != SAYS_OLD && k->concept != SAYS_NEXT &&
	    (str_has(clause_before(k), STR("上年")) || str_has(clause_before(k), STR("去年"))))
		return true;
	/* the year after it may be named for what is carried over */
	return year && c->report->year && year != c->report->year &&
	       !(k->concept == SAYS_NEXT && year == c->report->year + 1) &&
	       !(k->concept == SAYS_OLD && year == c->report->year - 1);
}

/* The organ itself is named behind the wider scope: 全市877件,其中我局35件 */
static bool back_to_ourselves(struct str head, size_t scope)
{
	static const char *const own[] = {"我局",   "我委", "我厅",   "我办",   "我院",
					  "我中心", "本局", "本委",   "本机关", "本单位",
					  "本厅",   "本办", "本部门", "我单位", NULL};
	size_t n, at = str_last_of(head, own, &n);

	return at != STR_NPOS && at > scope;
}

enum scope claim_other_scope(const struct check *c, const struct claim *k)
{
	static const char *const agent[] = {"代表市", "代表区", "代表县", "代表省",
					    "代表本", "代表州", "代表镇", NULL};
	static const char *const whole[] = {"全市", "全区",   "全县", "全省",   "全州",
					    "全镇", "全系统", "各级", "系统全", NULL};
	static const char *const part[] = {"本级",     "各部门", "各单位", "各镇", "各乡",
					   "各街道",   "市直",   "区直",   "县直", "所属",
					   "下属",     "辖区",   "局属",   "直属", "镇街",
					   "部门收到", "系统",   "属单位", "基层", NULL};
	static const char *const offices[] = {"区政府办",   "市政府办", "县政府办", "政府办公室",
					      "政府办公厅", "镇政府",   "街道办",   NULL};
	enum body_kind kind = c->kind;
	bool small = kind == BODY_DEPARTMENT || kind == BODY_TOWNSHIP;
	size_t start, n, at;
	struct str sentence = claim_sentence(k, &start);
	struct str head = str_sub(sentence, 0, k->at > start ? k->at - start : 0);

	if (str_has_any(head, agent))
		return SCOPE_OTHER;
	at = str_last_of(head, whole, &n);
	if (at != STR_NPOS && !back_to_ourselves(head, at))
		return small ? SCOPE_ELSEWHERE : SCOPE_OTHER;
	at = str_last_of(head, part, &n);
	if (at != STR_NPOS && !back_to_ourselves(head, at))
		return small ? SCOPE_ELSEWHERE : SCOPE_PART;
	for (size_t i = 0; offices[i]; i++) {
		if (str_has(head, str_c(offices[i])) && !str_has(c->body, str_c(offices[i])) &&
		    !str_has(head, c->body))
			return small ? SCOPE_ELSEWHERE : SCOPE_PART;
	}
	return SCOPE_OURS;
}
