/* Personal data, damaged fixed terms, doubled words, the same thing under two names. */
#include <string.h>

#include "base/han.h"
#include "base/utf8.h"
#include "report/claims_int.h"
#include "screen/screen.h"

#define NAMES_MAX 300
#define NAME_CHARS_MIN 4
#define NAME_CHARS_MAX 20
#define SIGNER_LIKENESS 700

/* ---- personal data: P01, P02 ---------------------------------------------------------------- */

static bool of_contact(const struct check *c, const struct passage *p, const struct screen_hit *hit)
{
	struct str value = str_c(hit->value);

	if (str_has(check_fold(c ? (struct check *)c : NULL, c->report->contact_phone), value) ||
	    str_has(check_fold((struct check *)c, c->report->contact_text), value))
		return true;
	return p->section < 0 &&
	       (str_has(p->folded, STR("电话")) || str_has(p->folded, STR("联系")));
}

enum err check_p01(struct check *c)
{
	for (size_t i = 0; i < c->n_passages; i++) {
		const struct passage *p = &c->passages[i];
		struct screen_hit hit;
		size_t at = 0;

		while (screen_next(p->raw, &at, &hit)) {
			if (hit.kind == SCREEN_EMAIL ||
			    (hit.kind == SCREEN_MOBILE && of_contact(c, p, &hit)))
				continue;
			check_found(c,
				    &(struct found){.severity = SEVERITY_ERROR,
						    .where = p->where,
						    .printed = str_c(hit.masked),
						    .quote = str_sub(p->raw, hit.at, hit.n),
						    .at = p->at},
				    "文中有%s（%s），公开的报告不得含有个人信息，请删去或者遮盖。",
				    screen_kind_zh(hit.kind), hit.masked);
		}
	}
	return ERR_OK;
}

/* likun1990@: letters and a year are a person's, lzqtz@ is an office's. */
static bool personal_mail(struct str mail)
{
	size_t at = str_find(mail, STR("@"), 0), n = 0;
	struct str digits;
	int64_t year;

	if (at == STR_NPOS)
		return false;
	while (n < at &&
	       ((mail.p[n] >= 'a' && mail.p[n] <= 'z') || (mail.p[n] >= 'A' && mail.p[n] <= 'Z')))
		n++;
	digits = str_sub(mail, n, at - n);
	return n >= 3 && digits.n == 4 && str_int(digits, &year) == ERR_OK && year >= 1950 &&
	       year <= 2005;
}

enum err check_p02(struct check *c)
{
	struct str mail = c->report->contact_email;

	if (!personal_mail(mail))
		return ERR_OK;
	check_found(c,
		    &(struct found){.severity = SEVERITY_INFO,
				    .where = STR("contact"),
				    .printed = mail,
				    .at = c->report->contact_at},
		    "联系用的电子邮箱像是个人邮箱，建议改用单位公共邮箱。");
	return ERR_OK;
}

/* ---- names of the organ: P03 ----------------------------------------------------------------- */

/* Whether `part` can be had from `whole` by leaving characters out: 上海市科委. */
static bool shortened(struct str part, struct str whole)
{
	uint32_t a, b;

	if (!utf8_next(&part, &a))
		return true;
	while (utf8_next(&whole, &b)) {
		if (a == b && !utf8_next(&part, &a))
			return true;
	}
	return false;
}

enum err check_p03(struct check *c)
{
	struct str body = check_fold(c, c->report->body), signer = check_fold(c, c->report->signer);

	if (utf8_count(body) < 5 || utf8_count(signer) < 5 || shortened(body, signer) ||
	    shortened(signer, body) || han_likeness(body, signer) < SIGNER_LIKENESS)
		return ERR_OK;
	check_found(c,
		    &(struct found){.severity = SEVERITY_WARNING,
				    .where = STR("text"),
				    .printed = c->report->signer,
				    .expected = c->report->body,
				    .quote = c->report->signer,
				    .at = c->report->signed_at},
		    "落款“" STR_FMT "”与标题中的机关名称“" STR_FMT "”不一致，请核对。",
		    STR_ARG(c->report->signer), STR_ARG(c->report->body));
	return ERR_OK;
}

/* ---- damaged terms: S01 ---------------------------------------------------------------------- */

/* Fixed terms and, by position, which of their characters may be looked for as lost ('1') or
 * not ('0': what remains is a word of its own, 财政信息公开); `not_next`: what may follow the
 * damaged form lawfully. */
static const struct {
	const char *term, *lose, *not_next;
} terms[] = {
	{"政府信息公开", "001110", "放发展"},
	{"政府信息公开工作", "00111100", ""},
	{"政务公开工作", "001100", ""},
	{"信息公开工作", "001100", ""},
	{"依申请公开", "01110", "展始放"},
	{"主动公开政府信息", "00001110", "放发展"},
	{"行政规范性文件", "0110110", ""},
	{"行政事业性收费", "0110010", ""},
	{"政府信息公开指南", "00111110", ""},
	{"信息处理费", "01110", ""},
	{"国务院办公厅", "011110", ""},
	{"重大行政决策", "001100", ""},
	{"主动公开", "0000", ""},
	{"行政诉讼", "0000", ""},
	{"政府网站集约化", "0011110", ""},
};

static const struct {
	const char *wrong, *right;
} confusables[] = {
	{"制动公开", "主动公开"},
	{"主动工开", "主动公开"},
	{"主动公天", "主动公开"},
	{"政务工开", "政务公开"},
	{"政府信心公开", "政府信息公开"},
	{"信息工开", "信息公开"},
	{"政俯信息", "政府信息"},
	{"正府信息", "政府信息"},
	{"依申清", "依申请"},
	{"申清公开", "申请公开"},
	{"行政复义", "行政复议"},
	{"行政覆议", "行政复议"},
	{"行政复仪", "行政复议"},
	{"行政诉颂", "行政诉讼"},
	{"行政诉松", "行政诉讼"},
	{"行政起诉情况", "行政诉讼情况"},
	{"归范性文件", "规范性文件"},
	{"规犯性文件", "规范性文件"},
	{"行政处法", "行政处罚"},
	{"行政强置", "行政强制"},
	{"年渡报告", "年度报告"},
	{"公开指男", "公开指南"},
	{"公开木录", "公开目录"},
	{"集约划", "集约化"},
	{"重新涉及", "重新设计"},
	{"进一部", "进一步"},
	{"审查管,", "审查管理,"},
	{"审查管。", "审查管理。"},
	{"监督管,", "监督管理,"},
	{"信息管,", "信息管理,"},
	{"政务公开公作", "政务公开工作"},
	{"信息公开公作", "信息公开工作"},
	{"行政许客", "行政许可"},
	{"规范性文建", "规范性文件"},
	{"复议决订", "复议决定"},
	{"法定期线", "法定期限"},
	{"统计期线", "统计期限"},
	{"公开条列", "公开条例"},
	{"保密审察", "保密审查"},
	{"依法行证", "依法行政"},
};

static void term_found(struct check *c, const struct passage *p, size_t at,
		       const struct needle *needle)
{
	check_found(c,
		    &(struct found){.severity = SEVERITY_INFO,
				    .where = p->where,
				    .printed = needle->text,
				    .expected = needle->right,
				    .quote = passage_sentence(p, at),
				    .at = passage_place(p, at)},
		    "“" STR_FMT "”疑为“" STR_FMT "”之误。", STR_ARG(needle->text),
		    STR_ARG(needle->right));
}

/* Each damaged form of a term with one character lost or two inner neighbours swapped. */
static void term_forms(struct check *c, struct needles *set, struct str term, const char *lose,
		       struct str not_next)
{
	size_t n = term.n / 3;

	for (size_t i = 1; i + 1 < n; i++) {
		struct str front = str_sub(term, 0, 3 * i), here = str_sub(term, 3 * i, 3);
		struct str next = str_sub(term, 3 * i + 3, 3);
		struct needle lost = {.right = term, .not_next = not_next};
		struct needle swapped = {.right = term};

		if (lose[i] == '1') {
			lost.text = check_fmt(c, STR_FMT STR_FMT, STR_ARG(front),
					      STR_ARG(str_from(term, 3 * i + 3)));
			needle_add(c, set, lost);
		}
		if (str_eq(here, next))
			continue;
		swapped.text =
			check_fmt(c, STR_FMT STR_FMT STR_FMT STR_FMT, STR_ARG(front), STR_ARG(next),
				  STR_ARG(here), STR_ARG(str_from(term, 3 * i + 6)));
		needle_add(c, set, swapped);
	}
}

enum err check_s01(struct check *c)
{
	struct needles set = {0};

	for (size_t i = 0; i < sizeof(terms) / sizeof(terms[0]); i++)
		term_forms(c, &set, str_c(terms[i].term), terms[i].lose, str_c(terms[i].not_next));
	for (size_t i = 0; i < sizeof(confusables) / sizeof(confusables[0]); i++)
		needle_add(c, &set,
			   (struct needle){.text = str_c(confusables[i].wrong),
					   .right = str_c(confusables[i].right)});
	if (str_has(c->report->body, STR("中心")))
		needle_add(c, &set, (struct needle){.text = STR("我心中"), .right = STR("我中心")});
	needles_find(c, &set, term_found);
	return c->failed;
}

/* ---- doubled words: S02 ---------------------------------------------------------------------- */

/* Words that meet themselves lawfully: 区人民政府政府信息公开, 人大代表代表资格, 研究研究 … */
static const char *const may_double[] = {
	"政府", "公开", "代表", "中心", "机关", "部门", "单位", "委员", "公司", "工作", "管理",
	"服务", "网站", "平台", "事项", "行政", "研究", "讨论", "许多", "很多", "逐条", "逐项",
	"逐一", "一个", "一件", "一项", "一条", "一步", "一批", "一次", "一类", "非常", "十分",
	"点点", "年度", "日常", "考虑", "学习", "商量", "交流", "沟通", "哈哈", "人民", "中国",
	"工程", "项目", "建设", "业务", "财政", "审计", "教育", "司法", "法律", "企业", "主管",
	"社会", "会议", "监督", "技术", "申请", "建议", "提案", "社区", "街道", NULL};

static bool doubled_ok(struct str word, struct str rest)
{
	/* 信息信息化, 资金资金池: the second belongs to a longer word */
	static const char *const longer[] = {"化", "量", "员", "者", "人", "率", "性",
					     "系", "网", "库", "源", "技", "费", "厅",
					     "局", "科", "处", "室", NULL};

	for (size_t i = 0; may_double[i]; i++) {
		if (str_eq(word, str_c(may_double[i])))
			return true;
	}
	for (size_t i = 0; longer[i]; i++) {
		if (str_starts(rest, str_c(longer[i])))
			return true;
	}
	return false;
}

static void doubled_found(struct check *c, const struct passage *p, size_t at, struct str word)
{
	check_found(c,
		    &(struct found){
			    .severity = SEVERITY_INFO,
			    .where = p->where,
			    .printed = check_fmt(c, STR_FMT STR_FMT, STR_ARG(word), STR_ARG(word)),
			    .expected = word,
			    .quote = passage_sentence(p, at),
			    .at = passage_place(p, at)},
		    "“" STR_FMT "”重复，疑为多余。", STR_ARG(word));
}

static bool all_han(struct str s)
{
	uint32_t cp;

	while (utf8_next(&s, &cp)) {
		/* numerals repeat lawfully: 二〇二〇 */
		if (!utf8_is_han(cp) || cp == 0x3007 || cp == 0x4E00 || cp == 0x4E8C ||
		    cp == 0x5341)
			return false;
	}
	return true;
}

enum err check_s02(struct check *c)
{
	for (size_t i = 0; i < c->n_passages; i++) {
		const struct passage *p = &c->passages[i];
		struct str s = p->folded;

		for (size_t at = 0; at + 12 <= s.n; at++) {
			/* two to four characters of three bytes each */
			for (size_t n = 6; n <= 12; n += 3) {
				struct str word = str_sub(s, at, n);

				if (at + 2 * n > s.n || (unsigned char)s.p[at] < 0xE3 ||
				    memcmp(s.p + at, s.p + at + n, n) != 0 || !all_han(word) ||
				    utf8_count(word) != n / 3)
					continue;
				/* 3 of the same in a row, 年年年年 */
				if (memcmp(word.p, word.p + 3, 3) == 0 ||
				    (n == 6 && doubled_ok(word, str_from(s, at + 2 * n))))
					continue;
				doubled_found(c, p, at, word);
				at += 2 * n - 1;
				break;
			}
		}
	}
	return ERR_OK;
}

/* ---- same thing, same name: X06 ---------------------------------------------------------------
 */

struct names {
	struct str name[NAMES_MAX];
	const struct passage *p[NAMES_MAX];
	size_t at[NAMES_MAX];
	size_t n;
};

static void name_add(struct names *to, const struct passage *p, size_t from, size_t bytes)
{
	struct str name = str_sub(p->folded, from, bytes);
	size_t chars = utf8_count(name);

	if (to->n >= NAMES_MAX || chars < NAME_CHARS_MIN || chars > NAME_CHARS_MAX ||
	    !all_han(name))
		return;
	to->name[to->n] = name;
	to->p[to->n] = p;
	to->at[to->n++] = from;
}

/* 民生公益 / 民事公益: as long as each other, one character differs. */
static bool differs_by_one(struct str a, struct str b)
{
	/* pairs that are two things: 预算, 决算 */
	static const char *const two_things[] = {"预决", "上下", "主被", "内外", "前后",
						 "新旧", "市区", "县区", "市县", "省市",
						 "人政", "大协", NULL};
	uint32_t x, y, dx = 0, dy = 0;
	size_t n = 0;

	if (a.n != b.n)
		return false;
	while (utf8_next(&a, &x) && utf8_next(&b, &y)) {
		if (x == y)
			continue;
		n++;
		dx = x;
		dy = y;
	}
	for (size_t i = 0; two_things[i]; i++) {
		struct str pair = str_c(two_things[i]);

		utf8_next(&pair, &x);
		utf8_next(&pair, &y);
		if ((x == dx && y == dy) || (x == dy && y == dx))
			return false;
	}
	return n == 1;
}

/* Names of counted things: 业务工作112条 */
static void listed_names(const struct check *c, struct names *to)
{
	for (size_t i = 0; i < c->claims->n; i++) {
		const struct claim *k = &c->claims->items[i];
		struct str before = clause_before(k);
		size_t skip = 0;

		if (!is_count_unit(k->unit))
			continue;
		if (str_starts(before, STR("其中")))
			skip = 6;
		if (str_starts(before, STR("、")))
			skip = 3;
		name_add(to, k->p, k->from + skip, before.n > skip ? before.n - skip : 0);
	}
}

/* Names of columns: “民生公益” */
static void quoted_names(const struct check *c, struct names *to)
{
	for (size_t i = 0; i < c->n_passages; i++) {
		struct str s = c->passages[i].folded;
		size_t open = str_find(s, STR("\""), 0);

		while (open != STR_NPOS) {
			size_t close = str_find(s, STR("\""), open + 1);

			if (close == STR_NPOS)
				break;
			name_add(to, &c->passages[i], open + 1, close - open - 1);
			open = str_find(s, STR("\""), close + 1);
		}
	}
}

static bool known_name(const struct names *in, struct str name)
{
	for (size_t i = 0; i < in->n; i++) {
		if (str_eq(in->name[i], name))
			return true;
	}
	return false;
}

enum err check_x06(struct check *c)
{
	struct names *listed = ARENA_NEW(c->mem, struct names);
	struct names *quoted = ARENA_NEW(c->mem, struct names);
	enum err e = claims_make(c);

	if (listed == NULL || quoted == NULL)
		return arena_err(c->mem);
	if (e != ERR_OK)
		return e;
	listed_names(c, listed);
	quoted_names(c, quoted);
	for (size_t i = 0; i < listed->n; i++) {
		for (size_t k = 0; k < quoted->n; k++) {
			if (!differs_by_one(listed->name[i], quoted->name[k]) ||
			    known_name(quoted, listed->name[i]) ||
			    known_name(listed, quoted->name[k]))
				continue;
			check_found(c,
				    &(struct found){
					    .severity = SEVERITY_WARNING,
					    .where = listed->p[i]->where,
					    .printed = listed->name[i],
					    .expected = quoted->name[k],
					    .quote = passage_sentence(listed->p[i], listed->at[i]),
					    .at = listed->p[i]->at},
				    "文中既有“" STR_FMT "”又有“" STR_FMT
				    "”，疑为同一事物的两种写法，请统一。",
				    STR_ARG(listed->name[i]), STR_ARG(quoted->name[k]));
		}
	}
	return ERR_OK;
}
