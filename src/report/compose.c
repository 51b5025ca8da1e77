/* Report -> document in the official form: title, preamble, sections with their headings as
 * printed, tables at their statutory places, signature and date.  An empty report gives the bare
 * form of its year. */
#include "base/utf8.h"
#include "report/compose_int.h"

#define SHORT_HEADING_CHARS 20

/* Whether a paragraph is a heading of the second level: （一）and a few words, no sentence. */
static bool is_heading(struct str text)
{
	struct str s = str_trim_wide(text), in;
	size_t close;
	uint32_t cp;

	if (!str_starts(s, STR("（")) || utf8_count(s) > SHORT_HEADING_CHARS)
		return false;
	close = str_find(s, STR("）"), 0);
	if (close == STR_NPOS || close + 3 == s.n)
		return false;
	in = str_sub(s, 3, close - 3);
	while (utf8_next(&in, &cp)) {
		char one[4];

		if (!str_has(STR("一二三四五六七八九十"), str_n(one, utf8_put(cp, one))))
			return false;
	}
	for (s = str_from(s, close + 3); utf8_next(&s, &cp);)
		if (cp == 0x3002 || cp == 0xFF0C || cp == 0xFF1B || cp == 0xFF1A || cp == '\n')
			return false;
	return true;
}

static bool is_blank(const struct report *report)
{
	for (size_t i = 0; i < report->n_sections; i++)
		if (report->sections[i].n_paras > 0)
			return false;
	for (int table = 2; table <= 4; table++) {
		const struct report_table *t = report_table(report, table);

		for (size_t r = 0; r < t->n_rows; r++)
			for (size_t c = 0; c < t->rows[r].form->n_cols; c++)
				if (t->rows[r].cells[c].kind != CELL_ABSENT)
					return false;
	}
	return report->n_basis == 0;
}

static enum err title(const struct report *report, struct doc *doc)
{
	struct str text = report->title;

	if (str_empty(text) && !str_empty(report->body) && report->year != 0) {
		enum err e = arena_fmt(doc->mem, &text, STR_FMT "%d年政府信息公开工作年度报告",
				       STR_ARG(report->body), report->year);

		if (e != ERR_OK)
			return e;
	}
	doc->title = text;
	return str_empty(text) ? ERR_OK : doc_para(doc, STYLE_TITLE, text, report->title_at);
}

/* ---- preamble -------------------------------------------------------------------------- */

static void put_date(struct buf *out, struct date d)
{
	buf_fmt(out, "%d年%d月%d日", d.year, d.month, d.day);
}

/* A text that says the contact already makes our own sentence a repetition. */
static bool said(const struct report *report, struct str what)
{
	for (size_t i = 0; i < report->n_sections; i++)
		for (size_t k = 0; k < report->sections[i].n_paras; k++)
			if (str_has(report->sections[i].paras[k].text, what))
				return true;
	return false;
}

static void put_contact(const struct report *report, struct buf *out)
{
	const struct {
		const char *name;
		struct str value;
	} parts[] = {
		{"地址：", report->contact_address},
		{"邮编：", report->contact_postcode},
		{"电话：", report->contact_phone},
		{"电子邮箱：", report->contact_email},
	};
	bool any = false;

	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++) {
		if (str_empty(parts[i].value) || said(report, parts[i].value))
			continue;
		buf_c(out, any ? "，" : "如对本报告有疑问，请与本机关联系（");
		buf_c(out, parts[i].name);
		buf_add(out, parts[i].value);
		any = true;
	}
	if (any)
		buf_c(out, "）。");
}

/* A report without a preamble (from JSON, merged) says in one paragraph what it rests on. */
static enum err sentence(const struct report *report, struct doc *doc)
{
	AUTO_BUF(out, LIMIT_PARA_BYTES);

	if (report->n_basis > 0) {
		buf_c(&out, "本报告根据《中华人民共和国政府信息公开条例》和");
		for (size_t i = 0; i < report->n_basis; i++) {
			if (i > 0)
				buf_c(&out, "、");
			buf_add(&out, report->basis[i]);
		}
		buf_c(&out, "编制。");
	}
	if (!date_none(report->period_from) && !date_none(report->period_to)) {
		buf_c(&out, "本报告所列数据的统计期限自");
		put_date(&out, report->period_from);
		buf_c(&out, "起至");
		put_date(&out, report->period_to);
		buf_c(&out, "止。");
	}
	put_contact(report, &out);
	if (buf_end(&out) != ERR_OK)
		return buf_end(&out);
	return str_empty(buf_str(&out))
		       ? ERR_OK
		       : doc_para(doc, STYLE_BODY, buf_str(&out), report->period_at);
}

static enum err preamble(const struct report *report, struct doc *doc)
{
	struct str rest = report->preamble, line;
	enum err e = ERR_OK;

	for (size_t i = 0; i < report->n_preamble && e == ERR_OK; i++)
		e = doc_para(doc, STYLE_BODY, report->preamble_paras[i].text,
			     report->preamble_paras[i].at);
	if (report->n_preamble > 0)
		return e;
	if (str_empty(rest))
		return is_blank(report) ? ERR_OK : sentence(report, doc);
	while (e == ERR_OK && str_split(&rest, '\n', &line))
		if (!str_empty(line))
			e = doc_para(doc, STYLE_BODY, line, report->title_at);
	return e;
}

/* ---- sections and tables --------------------------------------------------------------- */

static enum err section(const struct report_section *s, struct doc *doc)
{
	enum err e = ERR_OK;

	if (!str_empty(s->heading))
		e = doc_para(doc, STYLE_HEAD_1, s->heading, s->at);
	for (size_t i = 0; i < s->n_paras && e == ERR_OK; i++) {
		struct str text = s->paras[i].text;

		if (!str_empty(str_trim_wide(text)))
			e = doc_para(doc, is_heading(text) ? STYLE_HEAD_2 : STYLE_BODY, text,
				     s->paras[i].at);
	}
	return e;
}

/* Whether a section of that number comes at or after position i. */
static bool comes(const struct report *report, size_t i, int no)
{
	for (; i < report->n_sections; i++)
		if (report->sections[i].no == no)
			return true;
	return false;
}

/* Writes those tables below `limit` whose own section is past or missing. */
static enum err tables(const struct report *report, struct doc *doc, size_t next_section, int limit,
		       bool *done)
{
	enum err e = ERR_OK;

	for (int t = 2; t <= 4 && t < limit && e == ERR_OK; t++) {
		if (done[t] || comes(report, next_section, t))
			continue;
		done[t] = true;
		e = compose_table(report, t, doc);
	}
	return e;
}

static enum err sections(const struct report *report, struct doc *doc)
{
	bool done[5] = {false};
	enum err e = ERR_OK;

	for (size_t i = 0; i < report->n_sections && e == ERR_OK; i++) {
		const struct report_section *s = &report->sections[i];

		if (s->no > 0)
			e = tables(report, doc, i, s->no, done);
		if (e == ERR_OK)
			e = section(s, doc);
		if (e == ERR_OK && s->no > 0)
			e = tables(report, doc, i + 1, s->no + 1, done);
	}
	return e == ERR_OK ? tables(report, doc, report->n_sections, 5, done) : e;
}

static enum err signature(const struct report *report, struct doc *doc)
{
	enum err e = ERR_OK;
	struct str day;

	if (!str_empty(report->signer))
		e = doc_para(doc, STYLE_SIGN, report->signer, report->signed_at);
	if (e != ERR_OK || date_none(report->signed_on))
		return e;
	e = arena_fmt(doc->mem, &day, "%d年%d月%d日", report->signed_on.year,
		      report->signed_on.month, report->signed_on.day);
	return e == ERR_OK ? doc_para(doc, STYLE_DATE, day, report->signed_at) : e;
}

enum err report_compose(const struct report *report, struct arena *mem, struct doc **ret)
{
	struct doc *doc;
	enum err e = doc_new(mem, DOC_SOURCE_NONE, &doc);

	if (e == ERR_OK)
		e = title(report, doc);
	if (e == ERR_OK)
		e = preamble(report, doc);
	if (e == ERR_OK)
		e = sections(report, doc);
	if (e == ERR_OK)
		e = signature(report, doc);
	if (e == ERR_OK)
		*ret = doc;
	return e;
}
