/* Structure, title, headings, basis, contact and dates. */
#include <string.h>

#include "base/han.h"
#include "base/utf8.h"
#include "report/check_int.h"

/* 30号: 篇幅原则上不超过一千字 */
#define OVERVIEW_CHARS 1000

#define NAME_CHARS_MIN 5
#define NAME_CHARS_MAX 40

static const char *const numerals[] = {"一", "二", "三", "四", "五", "六", "七", "八", "九", "十"};

/* A form that nobody has filled in: no organ, no year, no number. */
static bool unfilled(const struct check *c)
{
	return c->report->body.n == 0 && c->report->year == 0;
}

/* ---- what kind of organ -------------------------------------------------------------------- */

enum body_kind body_kind(struct str body)
{
	static const char *const township[] = {"镇人民政府", "乡人民政府", "街道办事处", "镇政府",
					       "乡政府",     "管委会",     "管理委员会", NULL};
	static const char *const government[] = {"人民政府", "行政公署", "市政府",
						 "县政府",   "区政府",   NULL};
	static const char *const unit[] = {"局",   "委员会", "委", "厅",     "中心", "支队", "大队",
					   "总队", "处",     "院", "办公室", "办",   "所",   NULL};
	if (body.n == 0)
		return BODY_UNKNOWN;
	if (str_starts(body, STR("国家")) || str_starts(body, STR("中华人民共和国")) ||
	    str_starts(body, STR("国务院")) || str_starts(body, STR("中国")) ||
	    str_ends(body, STR("部")) || str_ends(body, STR("总局")) || str_ends(body, STR("署")))
		return BODY_CENTRAL;
	if (str_has_any(body, township))
		return BODY_TOWNSHIP;
	if (str_has_any(body, government)) {
		/* the government and its office, not 人民政府外事办公室 */
		for (size_t i = 0; government[i]; i++) {
			struct str name = str_c(government[i]);
			size_t at = str_rfind(body, name);
			struct str rest;

			if (at == STR_NPOS)
				continue;
			rest = str_from(body, at + name.n);
			if (rest.n == 0 || str_eq(rest, STR("办公室")) ||
			    str_eq(rest, STR("办公厅")))
				return BODY_GOVERNMENT;
		}
		return BODY_DEPARTMENT;
	}
	for (size_t i = 0; unit[i]; i++) {
		if (str_ends(body, str_c(unit[i])))
			return BODY_DEPARTMENT;
	}
	return BODY_UNKNOWN;
}

/* ---- headings ------------------------------------------------------------------------------ */

/* Ordinal in front of a heading, 1 for 一、; 0 when there is none.  *rest is what follows. */
static int heading_ordinal(struct str folded, struct str *rest)
{
	struct str s = folded;
	bool open = str_starts(s, STR("("));
	int value = 0;

	if (open)
		s = str_from(s, 1);
	else if (str_starts(s, STR("第")))
		s = str_from(s, 3);
	for (bool more = true; more;) {
		more = false;
		for (int k = 0; k < 10 && !more; k++) {
			if (!str_starts(s, str_c(numerals[k])))
				continue;
			value = k == 9        ? (value ? value * 10 : 10)
				: value >= 10 ? value + k + 1
					      : k + 1;
			s = str_from(s, 3);
			more = value < 100;
		}
	}
	while (value == 0 && s.n && s.p[0] >= '0' && s.p[0] <= '9' && value < 100) {
		value = s.p[0] - '0';
		s = str_from(s, 1);
	}
	*rest = folded;
	if (value == 0)
		return 0;
	if (str_starts(s, STR("部分")))
		s = str_from(s, 6);
	if (str_starts(s, STR("、")) || str_starts(s, STR("。")))
		s = str_from(s, 3);
	else if (s.n && strchr(".,:)", s.p[0]))
		s = str_from(s, 1);
	else if (!str_starts(folded, STR("第")))
		return 0;
	*rest = s;
	return open ? 0 : value;
}

enum err check_f02(struct check *c)
{
	const struct form_heading *want = law_headings(c->report->law);
	const struct report_section *last = NULL;

	if (text_only(c->report))
		return ERR_OK;
	for (int no = 1; no <= FORM_SECTIONS; no++) {
		const struct report_section *s = report_section(c->report, no);
		const struct form_heading *h = &want[no - 1];
		struct str where = check_fmt(c, "section.%d", no);

		if (s == NULL) {
			check_found(c,
				    &(struct found){.severity = SEVERITY_ERROR,
						    .where = where,
						    .expected = check_fmt(c, STR_FMT "、" STR_FMT,
									  STR_ARG(h->ordinal),
									  STR_ARG(h->label))},
				    "缺少第%s部分“" STR_FMT "、" STR_FMT "”，六个部分应当齐全。",
				    numerals[no - 1], STR_ARG(h->ordinal), STR_ARG(h->label));
			continue;
		}
		if (last && s < last)
			check_found(c,
				    &(struct found){.severity = SEVERITY_ERROR,
						    .where = where,
						    .printed = s->heading,
						    .at = s->at},
				    "“" STR_FMT "”的位置不对，六个部分应当按格式规定的顺序排列。",
				    STR_ARG(s->heading));
		else
			last = s;
	}
	return ERR_OK;
}

static bool heading_accepted(const struct form_heading *h, struct str bare)
{
	if (str_eq(bare, h->folded))
		return true;
	for (size_t i = 0; i < h->n_variants; i++) {
		if (h->variant_ok[i] && str_eq(bare, h->variants[i]))
			return true;
	}
	return false;
}

enum err check_f03(struct check *c)
{
	const struct form_heading *want = law_headings(c->report->law);

	for (size_t i = 0; i < c->report->n_sections; i++) {
		const struct report_section *s = &c->report->sections[i];
		const struct form_heading *h;
		struct str bare, expected;

		if (s->no < 1 || s->no > FORM_SECTIONS || s->heading.n == 0)
			continue;
		h = &want[s->no - 1];
		heading_ordinal(check_fold(c, s->heading), &bare);
		if (heading_accepted(h, bare))
			continue;
		expected =
			check_fmt(c, STR_FMT "、" STR_FMT, STR_ARG(h->ordinal), STR_ARG(h->label));
		check_found(c,
			    &(struct found){.severity = SEVERITY_WARNING,
					    .where = check_fmt(c, "section.%d", s->no),
					    .printed = s->heading,
					    .expected = expected,
					    .quote = s->heading,
					    .at = s->at},
			    "标题“" STR_FMT "”与格式规定的“" STR_FMT "”不一致，请改正。",
			    STR_ARG(s->heading), STR_ARG(expected));
	}
	return ERR_OK;
}

enum err check_f16(struct check *c)
{
	int last = 0;

	for (size_t i = 0; i < c->report->n_sections; i++) {
		const struct report_section *s = &c->report->sections[i];
		struct str rest;
		int no = heading_ordinal(check_fold(c, s->heading), &rest);

		if (no == 0)
			continue;
		if (no <= last) {
			check_found(
				c,
				&(struct found){.severity = SEVERITY_WARNING,
						.where = s->no ? check_fmt(c, "section.%d", s->no)
							       : STR("text"),
						.printed = s->heading,
						.quote = s->heading,
						.at = s->at},
				"“" STR_FMT "”的序号重复或者倒退（前面已经排到“%s、”），"
				"全文应当从一到六连续编号。",
				STR_ARG(s->heading), numerals[(last - 1) % 10]);
			return ERR_OK;
		}
		last = no;
	}
	return ERR_OK;
}

/* ---- title and years ----------------------------------------------------------------------- */

/* A year 20xx at the front of folded text. */
static int year_at(struct str s)
{
	int64_t v;

	if (s.n < 4 || s.p[0] != '2' || s.p[1] != '0')
		return 0;
	if (str_int(str_sub(s, 0, 4), &v) != ERR_OK || (s.n > 4 && s.p[4] >= '0' && s.p[4] <= '9'))
		return 0;
	return (int)v;
}

static bool title_has_year(struct str folded)
{
	for (size_t i = 0; i + 4 <= folded.n; i++) {
		if (year_at(str_from(folded, i)))
			return true;
	}
	return str_has(folded, STR("二〇")) || str_has(folded, STR("二零"));
}

enum err check_f04(struct check *c)
{
	const struct report *r = c->report;
	struct str folded = check_fold(c, r->title), lacks = STR("");
	struct found f = {.severity = SEVERITY_ERROR,
			  .where = STR("title"),
			  .printed = r->title.p ? r->title : STR(""),
			  .quote = r->title,
			  .at = r->title_at};

	if (r->body.n == 0)
		lacks = STR("机关名称、");
	if (!title_has_year(folded))
		lacks = check_fmt(c, STR_FMT "年份、", STR_ARG(lacks));
	if (!str_has(folded, STR("政府信息公开工作年度报告")))
		lacks = check_fmt(c, STR_FMT "“政府信息公开工作年度报告”的完整名称、",
				  STR_ARG(lacks));
	if (lacks.n == 0)
		return ERR_OK;
	lacks = str_sub(lacks, 0, lacks.n - 3);
	if (r->body.n && r->year)
		f.expected = check_fmt(c, STR_FMT "%d年政府信息公开工作年度报告", STR_ARG(r->body),
				       r->year);
	check_found(c, &f,
		    "标题“" STR_FMT "”缺少" STR_FMT
		    "，应为“机关名称＋年份＋政府信息公开工作年度报告”。",
		    STR_ARG(r->title), STR_ARG(lacks));
	return ERR_OK;
}

static bool inside_book_title(struct str before)
{
	size_t open = str_rfind(before, STR("《")), close = str_rfind(before, STR("》"));

	if (open == STR_NPOS) {
		open = str_rfind(before, STR("<"));
		close = str_rfind(before, STR(">"));
	}
	return open != STR_NPOS && (close == STR_NPOS || close < open);
}

/* “…现编制某局2021年政府信息公开工作年度报告”: the year said here is the report's. */
static void f05_preamble(struct check *c, const struct passage *p)
{
	for (size_t i = 0; i + 4 < p->folded.n; i++) {
		struct str rest = str_from(p->folded, i);
		int year = year_at(rest);
		size_t hit;

		if (year == 0 || (i && p->folded.p[i - 1] >= '0' && p->folded.p[i - 1] <= '9'))
			continue;
		rest = str_from(rest, 4);
		if (!str_starts(rest, STR("年政府信息公开")) &&
		    !str_starts(rest, STR("年度政府信息公开")))
			continue;
		hit = str_find(rest, STR("年度报告"), 3);
		if (hit == STR_NPOS || hit > 48 || year == c->report->year ||
		    inside_book_title(str_sub(p->folded, 0, i)))
			continue;
		check_found(c,
			    &(struct found){.severity = SEVERITY_ERROR,
					    .where = STR("preamble"),
					    .printed = check_num(c, year),
					    .expected = check_num(c, c->report->year),
					    .quote = passage_sentence(p, i),
					    .at = passage_place(p, i)},
			    "导语称本报告是 %d 年的报告，标题是 %d 年，年份应当一致。", year,
			    c->report->year);
	}
}

enum err check_f05(struct check *c)
{
	const struct report *r = c->report;

	if (r->year == 0)
		return ERR_OK;
	if (!date_none(r->period_from) && r->period_from.year != r->year)
		check_found(c,
			    &(struct found){.severity = SEVERITY_ERROR,
					    .where = STR("preamble"),
					    .printed = check_num(c, r->period_from.year),
					    .expected = check_num(c, r->year),
					    .at = r->period_at},
			    "标题是 %d 年，统计期限却从 %d 年开始，年份应当一致。", r->year,
			    r->period_from.year);
	for (size_t i = 0; i < c->n_passages; i++) {
		if (c->passages[i].section < 0)
			f05_preamble(c, &c->passages[i]);
	}
	return ERR_OK;
}

enum err check_f06(struct check *c)
{
	const struct report *r = c->report;
	struct date from = r->period_from, to = r->period_to;
	char text[2][DATE_TEXT_BYTES];
	int year = from.year ? from.year : r->year;

	if (date_none(from) || date_none(to))
		return ERR_OK;
	if (from.month == 1 && from.day == 1 && to.month == 12 && to.day == 31 && to.year == year)
		return ERR_OK;
	check_found(c,
		    &(struct found){.severity = SEVERITY_ERROR,
				    .where = STR("preamble"),
				    .printed = check_fmt(c, "%s至%s", date_text(from, text[0]),
							 date_text(to, text[1])),
				    .expected = check_fmt(c, "%d-01-01至%d-12-31", year, year),
				    .at = r->period_at},
		    "统计期限写的是 %s 至 %s，应为 %d 年 1 月 1 日至 12 月 31 日。",
		    date_text(from, text[0]), date_text(to, text[1]), year);
	return ERR_OK;
}

/* ---- basis --------------------------------------------------------------------------------- */

/* Other notices of the same office that a report may cite. */
static const char *const known_notices[] = {
	"(2014)67号", "(2015)207号", "(2016)201号", "(2016)206号", "(2016)235号", "(2017)19号",
	"(2019)14号", "(2019)60号",  "(2019)61号",  "(2021)30号",  "(2021)33号",  NULL};

static struct str notice_number(struct str folded)
{
	struct str office = STR("国办公开办函");
	size_t at = str_find(folded, office, 0);

	return at == STR_NPOS ? STR("") : str_from(folded, at + office.n);
}

static void basis_brackets(struct check *c, struct str basis)
{
	if ((str_has(basis, STR("〔")) && str_has(basis, STR("〕"))) || str_has(basis, STR("﹝")))
		return;
	check_found(c,
		    &(struct found){.severity = SEVERITY_WARNING,
				    .where = STR("preamble"),
				    .printed = basis,
				    .quote = basis},
		    "文号“" STR_FMT "”的年份应当用六角括号〔〕括起。", STR_ARG(basis));
}

enum err check_f07(struct check *c)
{
	const struct report *r = c->report;
	const struct form *form = r->year ? law_form_by_year(r->law, r->year) : NULL;
	struct str want, wrong = STR("");
	bool right = false;

	if (form == NULL)
		return ERR_OK;
	want = notice_number(check_fold(c, form->basis));
	for (size_t i = 0; i < r->n_basis; i++) {
		struct str folded = check_fold(c, r->basis[i]), number = notice_number(folded);
		bool form_basis =
			str_eq(number, STR("(2019)60号")) || str_eq(number, STR("(2021)30号"));

		if (number.n == 0)
			continue;
		basis_brackets(c, r->basis[i]);
		/* brackets of any kind compare equal here */
		if (str_eq(number, want))
			right = true;
		else if (form_basis || !str_has_any(number, known_notices))
			wrong = r->basis[i];
	}
	if (right || wrong.n == 0)
		return ERR_OK;
	check_found(c,
		    &(struct found){.severity = SEVERITY_WARNING,
				    .where = STR("preamble"),
				    .printed = wrong,
				    .expected = form->basis,
				    .quote = wrong},
		    "编制依据写的是“" STR_FMT "”，%d 年度报告的格式依据是“" STR_FMT "”。",
		    STR_ARG(wrong), r->year, STR_ARG(form->basis));
	return ERR_OK;
}

struct citation {
	const char *wrong, *right, *why;
};

static const struct citation citations[] = {
	{"中华人民共和国政府信息公开条列", "中华人民共和国政府信息公开条例", "法规名称有错字"},
	{"中华人民共和国信息公开条例", "中华人民共和国政府信息公开条例", "法规名称缺“政府”二字"},
	{"中华人民共和国政务公开条例", "中华人民共和国政府信息公开条例",
	 "没有名为“政务公开条例”的法规"},
	{"中华人民共和国政务信息公开条例", "中华人民共和国政府信息公开条例", "法规名称有误"},
	{"中华人名共和国", "中华人民共和国", "法规名称有错字"},
	{"国务院令第492号", "国务院令第711号", "2007年的文本已被2019年修订的条例取代"},
	{"国令第492号", "国令第711号", "2007年的文本已被2019年修订的条例取代"},
	{"山东省政府信息公开规定", "山东省政府信息公开办法", "规章名称有误"},
};

static void citation_found(struct check *c, const struct passage *p, size_t at,
			   const struct citation *x)
{
	check_found(c,
		    &(struct found){.severity = SEVERITY_WARNING,
				    .where = p->where,
				    .printed = str_c(x->wrong),
				    .expected = str_c(x->right),
				    .quote = passage_sentence(p, at),
				    .at = passage_place(p, at)},
		    "“%s”应为“%s”：%s。", x->wrong, x->right, x->why);
}

/* Old article numbers: 31 and 32 of the text of 2007 spoke of the annual report. */
static void old_articles(struct check *c, const struct passage *p)
{
	static const char *const reports[] = {"年度报告", "年报", NULL};
	static const struct citation old[] = {
		{"条例》第三十一条", "条例》第四十九条", "年度报告的期限现由第四十九条规定"},
		{"条例》第三十二条", "条例》第五十条", "年度报告的内容现由第五十条规定"},
	};

	for (size_t i = 0; i < 2; i++) {
		size_t at = str_find(p->folded, str_c(old[i].wrong), 0);
		struct str near;

		if (at == STR_NPOS)
			continue;
		near = str_sub(p->folded, at, strlen(old[i].wrong) + 90);
		if (str_has_any(near, reports))
			citation_found(c, p, at, &old[i]);
	}
}

enum err check_f08(struct check *c)
{
	for (size_t i = 0; i < c->n_passages; i++) {
		const struct passage *p = &c->passages[i];

		for (size_t k = 0; k < sizeof(citations) / sizeof(citations[0]); k++) {
			size_t at = str_find(p->folded, str_c(citations[k].wrong), 0);

			if (at != STR_NPOS)
				citation_found(c, p, at, &citations[k]);
		}
		old_articles(c, p);
	}
	return ERR_OK;
}

/* ---- contact and the organ's name ---------------------------------------------------------- */

static size_t digits_in(struct str s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++)
		n += s.p[i] >= '0' && s.p[i] <= '9';
	return n;
}

static void contact_finding(struct check *c, struct str printed, const char *what)
{
	check_found(c,
		    &(struct found){.severity = SEVERITY_WARNING,
				    .where = STR("contact"),
				    .printed = printed,
				    .quote = c->report->contact_text,
				    .at = c->report->contact_at},
		    "联系方式%s，应当写明地址、六位邮政编码和电话。", what);
}

static void contact_complete(struct check *c)
{
	const struct report *r = c->report;
	struct str phone = check_fold(c, r->contact_phone),
		   code = check_fold(c, r->contact_postcode);

	/* no contact at all: the form does not ask for it */
	if (r->contact_address.n == 0 && phone.n == 0 && code.n == 0)
		return;
	if (r->contact_address.n == 0)
		contact_finding(c, STR(""), "没有写地址");
	if (code.n == 0)
		contact_finding(c, STR(""), "没有写邮政编码");
	else if (digits_in(code) != 6)
		contact_finding(c, r->contact_postcode, "中的邮政编码不是六位");
	if (phone.n == 0)
		contact_finding(c, STR(""), "没有写电话");
	else if (digits_in(phone) < 5)
		contact_finding(c, r->contact_phone, "中的电话不完整");
}

/* Characters that people leave out of a name on purpose: 发展改革局 for 发展和改革局,
 * 临淄 for 临淄区. */
static bool left_out_on_purpose(struct str ch)
{
	static const char *const chars[] = {"省", "市", "县", "区", "镇", "乡", "州",
					    "盟", "旗", "和", "与", "及", "人", "民",
					    "族", "村", "街", "道", NULL};

	for (size_t i = 0; chars[i]; i++) {
		if (str_eq(ch, str_c(chars[i])))
			return true;
	}
	return false;
}

static bool suffix_of_two(struct str name)
{
	return str_ends(name, STR("中心")) || str_ends(name, STR("政府")) ||
	       str_ends(name, STR("办公室")) || str_ends(name, STR("办公厅"));
}

static void name_damaged(struct check *c, const struct passage *p, size_t at,
			 const struct needle *needle)
{
	bool contact = p->section < 0 &&
		       (str_has(p->folded, STR("联系")) || str_has(p->folded, STR("电话")));

	check_found(c,
		    &(struct found){.severity = SEVERITY_WARNING,
				    .where = contact ? STR("contact") : p->where,
				    .printed = needle->text,
				    .expected = needle->right,
				    .quote = passage_sentence(p, at),
				    .at = passage_place(p, at)},
		    "机关名称写成了“" STR_FMT "”，应为“" STR_FMT "”（与标题一致）。",
		    STR_ARG(needle->text), STR_ARG(needle->right));
}

/* Each spelling with one character lost or two neighbours swapped. */
static void name_spelling(struct check *c)
{
	struct str name = c->body;
	size_t n = utf8_count(name);
	struct needles set = {0};

	if (n < NAME_CHARS_MIN || n > NAME_CHARS_MAX || (unsigned char)name.p[0] < 0xE0)
		return;
	for (size_t i = 1; i < n; i++) {
		size_t a = utf8_offset(name, i), b = utf8_offset(name, i + 1);
		size_t z = utf8_offset(name, i + 2);
		struct str front = str_sub(name, 0, a), here = str_sub(name, a, b - a);
		struct str next = str_sub(name, b, z - b);
		struct needle form = {.right = name, .whole = true};

		if (!left_out_on_purpose(here) && (i + 1 < n || suffix_of_two(name)) &&
		    !str_eq(here, next)) {
			form.text = check_fmt(c, STR_FMT STR_FMT, STR_ARG(front),
					      STR_ARG(str_from(name, b)));
			form.not_next = i + 1 == n ? here : STR("");
			needle_add(c, &set, form);
		}
		if (next.n == 0 || str_eq(here, next))
			continue;
		form.text = check_fmt(c, STR_FMT STR_FMT STR_FMT STR_FMT, STR_ARG(front),
				      STR_ARG(next), STR_ARG(here), STR_ARG(str_from(name, z)));
		form.not_next = STR("");
		needle_add(c, &set, form);
	}
	needles_find(c, &set, name_damaged);
}

enum err check_f09(struct check *c)
{
	contact_complete(c);
	name_spelling(c);
	return ERR_OK;
}

/* ---- what the sections must say ------------------------------------------------------------ */

/* Section 一, and whatever stands between the six under headings of its own. */
static bool overview_has(const struct check *c, const char *const *words)
{
	for (size_t i = 0; i < c->n_passages; i++) {
		int s = c->passages[i].section;

		if ((s == 0 || s == 1) && str_has_any(c->passages[i].folded, words))
			return true;
	}
	return false;
}

static size_t overview_chars(const struct check *c)
{
	size_t n = 0;

	for (size_t i = 0; i < c->n_passages; i++) {
		if (c->passages[i].section == 1)
			n += utf8_count(c->passages[i].folded);
	}
	return n;
}

enum err check_f11(struct check *c)
{
	static const char *const words[5][6] = {
		{"主动公开", "发布", NULL},
		{"依申请", "公开申请", NULL},
		{"信息管理", "管理", "审查", NULL},
		{"平台", "网站", "专栏", NULL},
		{"监督", "保障", "考核", "培训", NULL},
	};
	static const char *const topic[5] = {"主动公开", "依申请公开", "政府信息管理",
					     "政府信息公开平台建设", "监督保障"};
	const struct report_section *s = report_section(c->report, 1);
	struct found f = {.severity = SEVERITY_WARNING, .where = STR("section.1")};
	size_t chars = overview_chars(c);
	struct str lacks = STR("");

	if (s == NULL || unfilled(c))
		return ERR_OK;
	f.at = s->at;
	for (size_t i = 0; i < 5; i++) {
		if (!overview_has(c, words[i]))
			lacks = check_fmt(c, STR_FMT "%s、", STR_ARG(lacks), topic[i]);
	}
	if (lacks.n) {
		lacks = str_sub(lacks, 0, lacks.n - 3);
		f.expected = lacks;
		check_found(c, &f, "第一部分“总体情况”没有写到" STR_FMT "，五个方面应当都有。",
			    STR_ARG(lacks));
	}
	if (chars > OVERVIEW_CHARS) {
		f.printed = check_fmt(c, "%zu字", chars);
		f.expected = STR("1000字以内");
		check_found(c, &f, "第一部分“总体情况”约 %zu 字，篇幅原则上不超过一千字，请精简。",
			    chars);
	}
	return ERR_OK;
}

enum err check_f12(struct check *c)
{
	static const char *const words[3][3] = {
		{"考核", NULL}, {"评议", "评估", NULL}, {"责任追究", "追责", NULL}};
	static const char *const topic[3] = {"工作考核", "社会评议", "责任追究"};
	/* who speaks for the whole place writes the government's report; the name alone may be
	 * that of a single unit */
	static const char *const whole[] = {
		"全市", "全区", "全县",   "全省",   "全州",   "我市",   "我区",   "我县", "各部门",
		"各镇", "各乡", "各街道", "各区县", "市政府", "区政府", "县政府", NULL};
	struct str lacks = STR("");

	if (body_kind(c->report->body) != BODY_GOVERNMENT ||
	    !str_ends(c->report->body, STR("政府")) || !overview_has(c, whole))
		return ERR_OK;
	for (size_t i = 0; i < 3; i++) {
		if (!overview_has(c, words[i]))
			lacks = check_fmt(c, STR_FMT "%s、", STR_ARG(lacks), topic[i]);
	}
	if (lacks.n == 0)
		return ERR_OK;
	lacks = str_sub(lacks, 0, lacks.n - 3);
	check_found(
		c,
		&(struct found){
			.severity = SEVERITY_WARNING, .where = STR("section.1"), .expected = lacks},
		"政府的年度报告应当包括工作考核、社会评议和责任追究结果情况，没有找到" STR_FMT "。",
		STR_ARG(lacks));
	return ERR_OK;
}

enum err check_f14(struct check *c)
{
	static const char *const problem[] = {"问题", "不足", "薄弱", "短板", "差距",
					      "欠缺", "有待", "不够", NULL};
	static const char *const better[] = {"改进", "整改", "下一步", "措施", "提升",
					     "加强", "完善", "加大",   "强化", NULL};
	const struct report_section *s = report_section(c->report, 5);
	bool has_problem = false, has_better = false, any = false;

	if (s == NULL || unfilled(c))
		return ERR_OK;
	for (size_t i = 0; i < c->n_passages; i++) {
		if (c->passages[i].section != 5)
			continue;
		any = true;
		has_problem = has_problem || str_has_any(c->passages[i].folded, problem);
		has_better = has_better || str_has_any(c->passages[i].folded, better);
	}
	if (has_problem && has_better)
		return ERR_OK;
	check_found(c,
		    &(struct found){
			    .severity = SEVERITY_WARNING, .where = STR("section.5"), .at = s->at},
		    "第五部分%s，应当写明存在的主要问题和改进情况。",
		    !any          ? "没有内容"
		    : has_problem ? "只写了问题，没有写改进情况"
				  : "没有写存在的问题");
	return ERR_OK;
}

enum err check_f15(struct check *c)
{
	static const char *const words[] = {"信息处理费", "处理费", "收费", "收取", "费用", NULL};
	const struct report_section *s = report_section(c->report, 6);

	if (s == NULL || unfilled(c))
		return ERR_OK;
	for (size_t i = 0; i < c->n_passages; i++) {
		if (c->passages[i].section == 6 && str_has_any(c->passages[i].folded, words))
			return ERR_OK;
	}
	check_found(
		c,
		&(struct found){
			.severity = SEVERITY_WARNING, .where = STR("section.6"), .at = s->at},
		"第六部分没有报告收取信息处理费的情况；没有收取的，也应当写明“未收取”或者“0 元”。");
	return ERR_OK;
}

/* ---- dates --------------------------------------------------------------------------------- */

enum err check_d01(struct check *c)
{
	const struct report *r = c->report;
	struct date date = date_none(r->published) ? r->signed_on : r->published;
	enum body_kind kind = body_kind(r->body);
	struct date limit = {r->year + 1, 1, 31};
	char text[2][DATE_TEXT_BYTES];

	if (r->year == 0 || date_none(date) || kind == BODY_UNKNOWN)
		return ERR_OK;
	if (kind == BODY_GOVERNMENT || kind == BODY_TOWNSHIP)
		limit = (struct date){r->year + 1, 3, 31};
	if (date_cmp(date, limit) <= 0)
		return ERR_OK;
	check_found(c,
		    &(struct found){.severity = SEVERITY_ERROR,
				    .where = STR("text"),
				    .printed = check_fmt(c, "%s", date_text(date, text[0])),
				    .expected = check_fmt(c, "%s", date_text(limit, text[1])),
				    .at = r->signed_at},
		    "%s是 %s，超过了 %s 的法定期限。",
		    date_none(r->published) ? "落款日期" : "公布日期", date_text(date, text[0]),
		    date_text(limit, text[1]));
	return ERR_OK;
}

enum err check_d02(struct check *c)
{
	const struct report *r = c->report;
	struct found f = {.severity = SEVERITY_WARNING, .where = STR("text"), .at = r->signed_at};
	char text[2][DATE_TEXT_BYTES];

	if (r->year == 0)
		return ERR_OK;
	if (!date_none(r->signed_on)) {
		f.printed = check_fmt(c, "%s", date_text(r->signed_on, text[0]));
		if (r->signed_on.year <= r->year)
			check_found(c, &f,
				    "落款日期 %s 早于 %d 年度结束，数据应当统计到 12 月 31 "
				    "日，请核对。",
				    text[0], r->year);
		else if (!date_none(r->published) && date_cmp(r->signed_on, r->published) > 0)
			check_found(c, &f, "落款日期 %s 晚于公布日期 %s，请核对。", text[0],
				    date_text(r->published, text[1]));
	}
	if (!date_none(r->published) && r->published.year <= r->year) {
		f.printed = check_fmt(c, "%s", date_text(r->published, text[1]));
		check_found(c, &f, "公布日期 %s 早于 %d 年度结束，请核对。", text[1], r->year);
	}
	return ERR_OK;
}
