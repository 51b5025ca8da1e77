/* Title, organ, year, preamble, period, basis, contact, signature. */
#include "report/recognise_int.h"

#include "base/han.h"
#include "base/utf8.h"

#define TITLE_LINES_MAX 3
#define TITLE_CHARS_MAX 70
#define TITLE_LINE_CHARS_MAX 50

/* ---- words -------------------------------------------------------------------------------- */

static bool any_in(struct str s, const struct str *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_has(s, words[i]))
			return true;
	return false;
}
#define ANY_IN(s, words) any_in((s), (words), sizeof(words) / sizeof((words)[0]))

/* How names of public bodies end. */
bool looks_like_organ(struct str s)
{
	static const struct str end[] = {
		STR("政府"),   STR("办公室"), STR("办公厅"), STR("局"), STR("厅"),   STR("委"),
		STR("委员会"), STR("中心"),   STR("处"),     STR("院"), STR("所"),   STR("办"),
		STR("办事处"), STR("队"),     STR("街道"),   STR("镇"), STR("乡"),   STR("区"),
		STR("县"),     STR("市"),     STR("部"),     STR("站"), STR("集团"), STR("公司"),
		STR("大学"),   STR("学校"),   STR("社"),     STR("会"), STR("馆"),   STR("署"),
	};
	static const struct str never[] = {STR("，"), STR("。"), STR("、"),  STR("："),
					   STR(":"),  STR("；"), STR("《"),  STR("？"),
					   STR("|"),  STR(">"),  STR("http")};

	s = str_trim_wide(s);
	if (s.n < 6 || utf8_count(s) > 40 || ANY_IN(s, never))
		return false;
	for (size_t i = 0; i < sizeof(end) / sizeof(end[0]); i++)
		if (str_ends(s, end[i]))
			return true;
	return false;
}

/* ---- title ----------------------------------------------------------------------------------- */

static bool title_subject(struct str s, size_t *ret_at)
{
	static const struct str subject[] = {STR("政府信息公开"), STR("政务公开"), STR("信息公开"),
					     STR("政务信息公开")};

	for (size_t i = 0; i < sizeof(subject) / sizeof(subject[0]); i++) {
		size_t at = str_rfind(s, subject[i]);

		if (at != STR_NPOS) {
			*ret_at = at;
			return true;
		}
	}
	return false;
}

/* Without a bracketed note at the end: “…年度报告（2020年度）”. */
static struct str without_note(struct str s)
{
	static const struct str close[] = {STR("）"), STR(")")};
	static const struct str open[] = {STR("（"), STR("(")};

	for (int i = 0; i < 2; i++) {
		size_t at = str_rfind(s, open[i]);

		if (str_ends(s, close[i]) && at != STR_NPOS && at > 0)
			return str_sub(s, 0, at);
	}
	return s;
}

static bool title_end(struct str s)
{
	static const struct str end[] = {STR("报告"),     STR("年报"),     STR("报告模板"),
					 STR("格式模板"), STR("报告格式"), STR("格式（试行）")};

	for (size_t i = 0; i < sizeof(end) / sizeof(end[0]); i++)
		if (str_ends(s, end[i]) || str_ends(without_note(s), end[i]))
			return true;
	return false;
}

/* The year in a title: 2020年, 二〇二〇年; *ret_from and *ret_to delimit it with 年(度). */
static int find_year(struct str s, size_t *ret_from, size_t *ret_to)
{
	for (size_t i = 0; i < s.n; i++) {
		struct str rest = str_from(s, i);
		int64_t v;
		size_t took;

		if (((unsigned char)s.p[i] & 0xC0) == 0x80)
			continue; /* inside a character */
		took = han_number(rest, &v);
		if (took == 0)
			continue;
		if (v >= 1990 && v <= 2199 && str_starts(str_from(rest, took), STR("年"))) {
			took += 3;
			if (str_starts(str_from(rest, took), STR("度")))
				took += 3;
			*ret_from = i;
			*ret_to = i + took;
			return (int)v;
		}
		i += took - 1;
	}
	return 0;
}

static struct str strip_words(struct str s)
{
	static const struct str word[] = {STR("关于"), STR("《"), STR("》"), STR("附件"), STR("的"),
					  STR("："),   STR(":"),  STR("-"),  STR("—")};
	bool again = true;

	while (again) {
		again = false;
		for (size_t i = 0; i < sizeof(word) / sizeof(word[0]); i++) {
			if (str_starts(s, word[i])) {
				s = str_from(s, word[i].n);
				again = true;
			}
			if (s.n > word[i].n && str_ends(s, word[i])) {
				s = str_sub(s, 0, s.n - word[i].n);
				again = true;
			}
		}
	}
	return s;
}

/* Organ and year of a joined title. */
static void take_apart(struct title *t, size_t subject_at)
{
	struct str head = str_sub(t->text, 0, subject_at);
	size_t from = 0, to = 0;

	t->year = find_year(t->text, &from, &to);
	if (t->year && to <= subject_at) {
		struct str before = strip_words(str_sub(head, 0, from));
		struct str after = strip_words(str_sub(head, to, subject_at - to));

		t->body = before.n >= 6 ? before : after;
	} else {
		t->body = strip_words(head);
	}
	/* “XX县人民政府信息公开…” says 政府 once for two */
	if (str_ends(t->body, STR("人民")))
		t->body = str_sub(t->text, (size_t)(t->body.p - t->text.p),
				  t->body.n + STR("政府").n);
	if (t->body.n < 6 || !str_has(t->text, t->body))
		t->body = STR_NONE;
}

static int title_score(const struct title *t)
{
	int score = 1;

	if (t->year)
		score += 4;
	if (t->body.n)
		score += 2;
	if (str_has(t->text, STR("年度报告")))
		score += 2;
	if (str_has(t->text, STR("政府信息公开工作年度报告")))
		score += 1;
	return score;
}

static bool title_line(const struct line *l)
{
	static const struct str never[] = {STR("。"),   STR("，"),   STR("："),   STR("；"),
					   STR("http"), STR("》"),   STR("›"),    STR(">"),
					   STR("|"),    STR("通知"), STR("勾稽"), STR("下载")};

	return l->table == NULL && !l->picture && l->heading.no == 0 && l->text.n > 0 &&
	       l->text.n <= 4 * TITLE_LINE_CHARS_MAX && !ANY_IN(l->text, never);
}

static enum err try_title(struct recogniser *rc, size_t first, size_t n, struct title *ret)
{
	struct title t = {.first = first, .n = n};
	size_t subject_at;
	enum err e;
	AUTO_BUF(joined, 4 * TITLE_LINE_CHARS_MAX * TITLE_LINES_MAX);

	*ret = (struct title){.score = 0};
	for (size_t i = 0; i < n; i++)
		buf_add(&joined, rc->lines.v[first + i].text);
	if (buf_end(&joined) != ERR_OK)
		return buf_end(&joined) == ERR_LIMIT ? ERR_OK : buf_end(&joined);
	e = squeeze(rc->mem, buf_str(&joined), &t.text);
	if (e != ERR_OK)
		return e;
	if (!title_end(t.text) || !title_subject(t.text, &subject_at) ||
	    utf8_count(t.text) > TITLE_CHARS_MAX)
		return ERR_OK;
	take_apart(&t, subject_at);
	t.score = title_score(&t);
	*ret = t;
	return ERR_OK;
}

/* Whether the later lines may belong to the title that line `first` begins. */
static bool may_join(const struct recogniser *rc, size_t first, size_t n)
{
	const struct line *a = &rc->lines.v[first], *b = &rc->lines.v[first + n - 1];

	if (!title_line(b))
		return false;
	/* a first line that is no organ and says nothing of disclosure is chrome above the title */
	return looks_like_organ(a->text) || str_has(a->text, STR("公开")) ||
	       str_has(a->text, STR("政府信息")) || str_has(a->text, STR("年"));
}

enum err title_at(struct recogniser *rc, size_t i, struct title *ret)
{
	struct title best = {.score = 0};

	*ret = best;
	if (!title_line(&rc->lines.v[i]))
		return ERR_OK;
	for (size_t n = 1; n <= TITLE_LINES_MAX && i + n <= rc->lines.n; n++) {
		struct title t, alone = {.score = 0};
		enum err e = ERR_OK;

		if (n > 1 && !may_join(rc, i, n))
			break;
		if (n > 1)
			e = try_title(rc, i + n - 1, 1, &alone);
		if (e != ERR_OK)
			return e;
		if (alone.year && alone.body.n)
			break; /* whole without what stands above it: a signature, say */
		e = try_title(rc, i, n, &t);
		if (e != ERR_OK)
			return e;
		if (t.score > best.score)
			best = t;
		if (best.score > 0 && ((best.year && best.body.n) || n == 1))
			break; /* a line that is a title by itself needs no other */
	}
	*ret = best;
	return ERR_OK;
}

/* ---- preamble: period, basis, contact ---------------------------------------------------------
 */

static bool is_chrome(struct str s)
{
	static const struct str word[] = {
		STR("发布日期"), STR("发布时间"), STR("公开日期"), STR("信息来源"),
		STR("来源："),   STR("浏览"),     STR("访问量"),   STR("点击"),
		STR("字号"),     STR("字体"),     STR("打印"),     STR("索引号"),
		STR("发布机构"), STR("分享"),     STR("关闭"),     STR("网站标识码"),
		STR("ICP备"),    STR("版权所有"), STR("主办单位"), STR("主办："),
		STR("承办："),   STR("上一篇"),   STR("下一篇"),   STR("当前位置"),
		STR("网站地图"), STR("公网安备"), STR("下载附件"), STR("扫一扫"),
		STR("责任编辑"), STR("返回顶部"),
	};

	return utf8_count(str_sub(s, 0, 400)) <= 60 && !str_has(s, STR("。")) && ANY_IN(s, word);
}

/* 12月31日, the year taken over from the first date when it is left out. */
static size_t month_day(struct str s, int year, struct date *ret)
{
	int64_t month, day;
	size_t a = han_number(s, &month), b;

	if (a == 0 || month < 1 || month > 12 || !str_starts(str_from(s, a), STR("月")))
		return 0;
	b = han_number(str_from(s, a + 3), &day);
	if (b == 0 || day < 1 || day > 31)
		return 0;
	*ret = (struct date){year, (int)month, (int)day};
	a += 3 + b;
	return a + (str_starts(str_from(s, a), STR("日")) ? 3 : 0);
}

/* …年1月1日(起)至(…年)12月31日(止), in text without blanks. */
static bool find_period(struct str s, struct date *ret_from, struct date *ret_to)
{
	static const struct str to_word[] = {STR("至"), STR("到"), STR("-"),  STR("—"), STR("－"),
					     STR("–"),  STR("~"),  STR("～"), STR("——")};

	for (size_t i = 0; i < s.n; i++) {
		struct date from, to;
		struct str rest;
		size_t took;

		if (((unsigned char)s.p[i] & 0xC0) == 0x80)
			continue;
		took = date_parse_zh(str_from(s, i), &from);
		if (took == 0)
			continue;
		rest = str_from(s, i + took);
		if (str_starts(rest, STR("起")))
			rest = str_from(rest, 3);
		if (str_starts(rest, STR("，")))
			rest = str_from(rest, 3);
		for (size_t w = 0; w < sizeof(to_word) / sizeof(to_word[0]); w++) {
			struct str behind = str_from(rest, to_word[w].n);

			if (!str_starts(rest, to_word[w]))
				continue;
			if (date_parse_zh(behind, &to) || month_day(behind, from.year, &to)) {
				*ret_from = from;
				*ret_to = to;
				return true;
			}
		}
		i += took - 1;
	}
	return false;
}

static bool is_open_bracket(uint32_t cp)
{
	return cp == 0x3014 || cp == '[' || cp == 0xFF3B || cp == '(' || cp == 0xFF08 ||
	       cp == 0x3010 || cp == 0xFE5D || cp == 0x2018;
}

static bool is_close_bracket(uint32_t cp)
{
	return cp == 0x3015 || cp == ']' || cp == 0xFF3D || cp == ')' || cp == 0xFF09 ||
	       cp == 0x3011 || cp == 0xFE5E || cp == 0x2019;
}

/* 〔2019〕60号 at `s`; bytes taken. */
static size_t number_part(struct str s)
{
	struct str rest = s;
	int64_t year, no;
	uint32_t cp;
	size_t took;

	if (!utf8_next(&rest, &cp) || !is_open_bracket(cp))
		return 0;
	took = han_number(rest, &year);
	if (took == 0 || year < 1949 || year > 2199)
		return 0;
	rest = str_from(rest, took);
	if (!utf8_next(&rest, &cp) || !is_close_bracket(cp))
		return 0;
	if (str_starts(rest, STR("第")))
		rest = str_from(rest, 3);
	took = han_number(rest, &no);
	if (took == 0 || !str_starts(str_from(rest, took), STR("号")))
		return 0;
	return s.n - rest.n + took + 3;
}

/* Without the words that lead up to a 代字: 依据国办公开办函 → 国办公开办函. */
static size_t skip_lead(struct str s, size_t from, size_t to)
{
	static const struct str lead[] = {STR("依据"), STR("根据"), STR("按照"), STR("以及"),
					  STR("遵照"), STR("落实"), STR("执行"), STR("依照")};

	for (size_t i = 0; i < sizeof(lead) / sizeof(lead[0]); i++) {
		size_t at = str_rfind(str_sub(s, from, to - from), lead[i]);

		if (at != STR_NPOS)
			from += at + lead[i].n;
	}
	return from;
}

/* Document numbers (文号) in a text without blanks: 国办公开办函〔2019〕60号. */
static enum err find_basis(struct report *report, struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		size_t from = i, took = number_part(str_from(s, i));
		struct str *to;
		enum err e;

		if (((unsigned char)s.p[i] & 0xC0) == 0x80 || took == 0)
			continue;
		for (struct str front = str_sub(s, 0, i); from > 0;) { /* 代字 in front */
			uint32_t cp;

			if (!utf8_prev(&front, &cp) || !utf8_is_han(cp) || i - front.n > 36)
				break;
			from = front.n;
		}
		from = skip_lead(s, from, i);
		to = ARENA_PUSH(report->mem, &report->basis, &report->n_basis, &report->cap_basis,
				64);
		if (to == NULL)
			return arena_err(report->mem) == ERR_LIMIT ? ERR_OK
								   : arena_err(report->mem);
		e = arena_str(report->mem, str_sub(s, from, i + took - from), to);
		if (e != ERR_OK)
			return e;
		i += took - 1;
	}
	return ERR_OK;
}

static bool is_field_stop(uint32_t cp)
{
	return cp == 0xFF1B || cp == ';' || cp == 0xFF0C || cp == ',' || cp == 0x3002 ||
	       cp == 0xFF09 || cp == ')' || cp == 0x3001 || cp == '\n' || cp == 0xFF08 || cp == '(';
}

/* What stands behind “邮编：”. */
static struct str field_after(struct str text, const struct str *keys, size_t n_keys)
{
	for (size_t k = 0; k < n_keys; k++) {
		size_t at = str_find(text, keys[k], 0);
		struct str value;
		size_t n = 0;

		if (at == STR_NPOS)
			continue;
		value = str_trim_wide(str_from(text, at + keys[k].n));
		if (str_starts(value, STR("：")))
			value = str_from(value, 3);
		else if (str_starts(value, STR(":")))
			value = str_from(value, 1);
		else if (str_starts(value, STR("为")))
			value = str_from(value, 3);
		else
			continue;
		value = str_trim_wide(value);
		for (struct str rest = value;;) {
			uint32_t cp;

			n = value.n - rest.n;
			if (!utf8_next(&rest, &cp) || is_field_stop(cp))
				break;
		}
		return str_trim_wide(str_sub(value, 0, n));
	}
	return STR_NONE;
}
#define FIELD_AFTER(text, keys) field_after((text), (keys), sizeof(keys) / sizeof((keys)[0]))

enum err contact_read(struct report *report, struct str text, struct place at)
{
	static const struct str address[] = {STR("联系地址"), STR("通讯地址"), STR("办公地址"),
					     STR("地址")};
	static const struct str postcode[] = {STR("邮政编码"), STR("邮编")};
	static const struct str phone[] = {STR("联系电话"), STR("咨询电话"), STR("办公电话"),
					   STR("电话")};
	static const struct str email[] = {STR("电子邮箱"), STR("电子邮件"), STR("邮箱"),
					   STR("E-mail"),   STR("Email"),    STR("email")};
	const struct {
		struct str *to;
		struct str value;
	} field[] = {
		{&report->contact_address, FIELD_AFTER(text, address)},
		{&report->contact_postcode, FIELD_AFTER(text, postcode)},
		{&report->contact_phone, FIELD_AFTER(text, phone)},
		{&report->contact_email, FIELD_AFTER(text, email)},
	};
	bool found = false;

	if (report->contact_phone.n && report->contact_address.n)
		return ERR_OK; /* the first that gives a whole contact is the contact */
	for (size_t i = 0; i < sizeof(field) / sizeof(field[0]); i++) {
		if (field[i].value.n == 0 || field[i].to->n)
			continue;
		*field[i].to = field[i].value;
		found = true;
	}
	if (found && report->contact_text.n == 0) {
		report->contact_text = text;
		report->contact_at = at;
	}
	return ERR_OK;
}

static enum err preamble_read(struct recogniser *rc, struct report *report, size_t from, size_t to)
{
	AUTO_BUF(all, LIMIT_PARA_BYTES);

	for (size_t i = from; i < to; i++) {
		struct line *l = &rc->lines.v[i];
		struct report_para *p;

		if (l->table != NULL || l->picture || l->used || is_chrome(l->text))
			continue;
		p = ARENA_PUSH(report->mem, &report->preamble_paras, &report->n_preamble,
			       &report->cap_preamble, LIMIT_DOC_BLOCKS);
		if (p == NULL)
			return arena_err(report->mem);
		*p = (struct report_para){l->text, l->at};
		if (all.n)
			buf_ch(&all, '\n');
		buf_add(&all, l->text);
	}
	if (buf_end(&all) != ERR_OK)
		return buf_end(&all);
	return arena_str(report->mem, buf_str(&all), &report->preamble);
}

/* Over the preamble as a whole: a line may break inside a date or a number of a document. */
static enum err period_and_basis(struct report *report)
{
	struct str flat;
	enum err e = squeeze(report->mem, report->preamble, &flat);

	if (e != ERR_OK)
		return e;
	if (find_period(flat, &report->period_from, &report->period_to) && report->n_preamble)
		report->period_at = report->preamble_paras[0].at;
	for (size_t i = 0; i < report->n_preamble; i++)
		if (str_has(report->preamble_paras[i].text, STR("月")))
			report->period_at = report->preamble_paras[i].at;
	e = find_basis(report, flat);
	for (size_t i = 0; e == ERR_OK && i < report->n_preamble; i++)
		e = contact_read(report, report->preamble_paras[i].text,
				 report->preamble_paras[i].at);
	return e;
}

/* ---- the date of publication -------------------------------------------------------------------
 */

static void find_published(struct report *report, struct str text)
{
	static const struct str key[] = {STR("发布日期"), STR("发布时间"), STR("公开日期"),
					 STR("发文日期"), STR("发布于")};
	struct str value = text;

	if (!date_none(report->published))
		return;
	for (size_t i = 0; i < sizeof(key) / sizeof(key[0]); i++) {
		size_t at = str_find(text, key[i], 0);

		if (at == STR_NPOS)
			continue;
		value = str_trim_wide(str_from(text, at + key[i].n));
		if (str_starts(value, STR("：")))
			value = str_from(value, 3);
		else if (str_starts(value, STR(":")))
			value = str_from(value, 1);
		(void)date_parse_zh(str_trim_wide(value), &report->published);
		return;
	}
}

/* A year that the preamble names when the title does not: 2020年度, of the period first. */
static int guess_year(const struct report *report)
{
	size_t from, to;

	if (!date_none(report->period_from))
		return report->period_from.year;
	return find_year(report->preamble, &from, &to);
}

enum err head_read(struct recogniser *rc, struct report *report, const struct title *title,
		   size_t from, size_t first_heading)
{
	enum err e = ERR_OK;

	report->title = title->text;
	report->body = title->body;
	report->year = title->year;
	if (title->score > 0)
		report->title_at = rc->lines.v[title->first].at;
	(void)date_parse_zh(str_trim_wide(rc->doc->published), &report->published);
	for (size_t i = 0; i < first_heading && i < rc->lines.n; i++)
		if (rc->lines.v[i].table == NULL && rc->lines.v[i].text.n < 400)
			find_published(report, rc->lines.v[i].text);
	e = preamble_read(rc, report, from, first_heading);
	if (e == ERR_OK)
		e = period_and_basis(report);
	if (e == ERR_OK && report->year == 0)
		report->year = guess_year(report);
	return e;
}

/* ---- 署名 and 成文日期 -------------------------------------------------------------------------
 */

/* A line that is a date alone, or organ and date: *ret_organ is what stands before it. */
static bool date_line(struct str s, struct date *ret, struct str *ret_organ)
{
	if (s.n > 200)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		size_t took;

		if (((unsigned char)s.p[i] & 0xC0) == 0x80)
			continue;
		took = date_parse_zh(str_from(s, i), ret);
		if (took == 0)
			continue;
		*ret_organ = str_trim_wide(str_sub(s, 0, i));
		return str_trim_wide(str_from(s, i + took)).n == 0 &&
		       (ret_organ->n == 0 || looks_like_organ(*ret_organ));
	}
	return false;
}

static bool is_signer(const struct report *report, const struct line *l)
{
	struct str s = l->text;

	if (l->table != NULL || l->picture || l->heading.no || s.n == 0 || s.n > 160)
		return false;
	return str_eq(s, report->body) || looks_like_organ(s);
}

enum err signature_read(struct recogniser *rc, struct report *report, size_t from, size_t to,
			size_t *ret_end)
{
	size_t last_heading = from, end = to;

	for (size_t i = from; i < to; i++)
		if (rc->lines.v[i].heading.no)
			last_heading = i;
	for (size_t i = last_heading + 1; i < to; i++) {
		struct line *l = &rc->lines.v[i];
		struct date date;
		struct str organ = STR_NONE;

		if (l->table != NULL || l->picture)
			continue;
		if (is_chrome(l->text)) {
			end = i; /* what follows the text of the report is the page's own */
			break;
		}
		if (!date_line(l->text, &date, &organ))
			continue;
		report->signed_on = date;
		report->signed_at = l->at;
		l->used = true;
		end = i + 1;
		if (organ.n == 0 && i > last_heading + 1 && is_signer(report, l - 1)) {
			organ = l[-1].text;
			l[-1].used = true;
		} else if (organ.n == 0 && i + 1 < to && is_signer(report, l + 1)) {
			organ = l[1].text;
			end++;
		}
		report->signer = organ;
		break;
	}
	if (report->body.n == 0)
		report->body = report->signer;
	*ret_end = end;
	return ERR_OK;
}
