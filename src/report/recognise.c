/* doc -> reports: lines, headings, where a report begins and ends, its sections. */
#include "report/recognise_int.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/utf8.h"

#define HEADING_CHARS_MAX 40
#define TOC_RUN 4 /* so many headings without text between them are a table of contents */

enum err squeeze(struct arena *mem, struct str s, struct str *ret)
{
	char *p = arena_alloc(mem, s.n + 1);
	size_t n = 0;
	uint32_t cp;

	if (p == NULL)
		return arena_err(mem);
	while (utf8_next(&s, &cp))
		if (!utf8_is_blank(cp))
			n += utf8_put(cp, p + n);
	*ret = str_n(p, n);
	return ERR_OK;
}

enum err report_note_add(struct report *report, struct str rule, struct str where, struct place at,
			 const char *fmt, ...)
{
	struct report_note *note;
	char text[LIMIT_DIAG_BYTES];
	va_list ap;
	enum err e;

	if (report->n_notes >= LIMIT_DOC_NOTES)
		return ERR_OK;
	note = ARENA_PUSH(report->mem, &report->notes, &report->n_notes, &report->cap_notes,
			  LIMIT_DOC_NOTES);
	if (note == NULL)
		return arena_err(report->mem);
	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	note->at = at;
	e = arena_str(report->mem, rule, &note->rule);
	if (e == ERR_OK)
		e = arena_str(report->mem, where, &note->where);
	if (e == ERR_OK)
		e = arena_str(report->mem, utf8_whole(str_c(text)), &note->text);
	return e;
}

/* ---- lines and headings -------------------------------------------------------------------- */

/* 一、 二． 第三部分 … at the front of a line; bytes taken, 0 when there is none. */
static size_t take_ordinal(struct str s, int *ret_no)
{
	static const struct str digit[] = {STR("一"), STR("二"), STR("三"), STR("四"), STR("五"),
					   STR("六"), STR("七"), STR("八"), STR("九"), STR("十")};
	static const struct str stop[] = {STR("、"), STR("．"), STR("."),  STR("，"), STR(","),
					  STR(" "),  STR("　"), STR("："), STR(":"),  STR("部分")};
	size_t at = str_starts(s, STR("第")) ? STR("第").n : 0;
	int no = 0;

	for (int d = 0; d < 10; d++)
		if (str_starts(str_from(s, at), digit[d]))
			no = d + 1;
	if (no == 0)
		return 0;
	for (size_t i = 0; i < sizeof(stop) / sizeof(stop[0]); i++)
		if (str_starts(str_from(s, at + 3), stop[i])) {
			*ret_no = no;
			return at + 3 + stop[i].n;
		}
	return 0;
}

/* A heading and its text may share a line: “六、其他需要报告的事项：无。” */
static struct str heading_part(struct str text)
{
	static const struct str stop[] = {STR("。"), STR("："), STR(":"), STR("\u3000"), STR("  ")};
	size_t cut = text.n;

	for (size_t i = 0; i < sizeof(stop) / sizeof(stop[0]); i++) {
		size_t at = str_find(text, stop[i], 9); /* behind the ordinal */

		if (at != STR_NPOS && at < cut)
			cut = at + (i == 0 ? stop[i].n : 0);
	}
	return str_sub(text, 0, cut);
}

static bool has_sentence_inside(struct str text)
{
	size_t at = str_find(text, STR("。"), 0);

	return at != STR_NPOS && at + 3 < text.n;
}

static enum err find_heading(struct recogniser *rc, struct line *line)
{
	struct str text = line->text;
	struct heading_match match;
	bool bracket = str_starts(text, STR("（")) || str_starts(text, STR("("));
	size_t chars = utf8_count(text.n > 400 ? str_sub(text, 0, 400) : text);
	enum err e;

	if (text.n < 9 || bracket)
		return ERR_OK;
	line->ordinal = take_ordinal(text, &line->ordinal_no) > 0;
	if (!line->ordinal && chars > HEADING_CHARS_MAX)
		return ERR_OK;
	line->heading_text = text;
	if (line->ordinal && heading_part(text).n < text.n) {
		e = law_match_heading(rc->law, heading_part(text), rc->mem, &match);
		if (e != ERR_OK)
			return e;
		if (match.fit >= FIT_VARIANT || chars > HEADING_CHARS_MAX ||
		    has_sentence_inside(text))
			line->heading_text = heading_part(text);
	}
	if (utf8_count(str_sub(line->heading_text, 0, 200)) > HEADING_CHARS_MAX) {
		line->ordinal = false; /* a sentence that begins with 一、 is an enumeration */
		return ERR_OK;
	}
	e = law_match_heading(rc->law, line->heading_text, rc->mem, &match);
	if (e != ERR_OK)
		return e;
	/* without its ordinal, or with text behind it, only the very words are a heading */
	if ((!line->ordinal || line->heading_text.n != text.n) && match.likeness < 1000 &&
	    match.fit < FIT_VARIANT)
		return ERR_OK;
	line->heading = match;
	return ERR_OK;
}

static enum err add_text(struct recogniser *rc, const struct doc_block *block)
{
	struct str rest = block->text, part;

	while (str_split(&rest, '\n', &part)) {
		struct line *line;
		struct str text = str_trim_wide(part);

		if (text.n == 0)
			continue;
		line = ARENA_PUSH(rc->mem, &rc->lines.v, &rc->lines.n, &rc->lines.cap,
				  LIMIT_DOC_BLOCKS);
		if (line == NULL)
			return arena_err(rc->mem);
		line->text = text;
		line->style = block->style;
		line->at = block->at;
		enum err e = find_heading(rc, line);
		if (e != ERR_OK)
			return e;
	}
	return ERR_OK;
}

static enum err make_lines(struct recogniser *rc)
{
	for (size_t i = 0; i < rc->doc->n_blocks; i++) {
		const struct doc_block *block = &rc->doc->blocks[i];
		struct line *line;
		enum err e = ERR_OK;

		if (block->kind == BLOCK_PARA) {
			e = add_text(rc, block);
		} else {
			line = ARENA_PUSH(rc->mem, &rc->lines.v, &rc->lines.n, &rc->lines.cap,
					  LIMIT_DOC_BLOCKS);
			if (line == NULL)
				return arena_err(rc->mem);
			line->at = block->at;
			line->table = block->table;
			line->picture = block->kind == BLOCK_PICTURE;
		}
		if (e != ERR_OK)
			return e;
	}
	return ERR_OK;
}

/* Headings that follow each other without text, and come again later, are a table of contents.
 * (Without coming again they are a report whose text is tables elsewhere, as in a workbook.) */
static void drop_contents(struct lines *lines)
{
	size_t last[FORM_SECTIONS + 1] = {0}; /* where each heading comes for the last time */

	for (size_t i = 0; i < lines->n; i++)
		last[lines->v[i].heading.no] = i;
	for (size_t i = 0; i < lines->n; i++) {
		size_t run = 0, again = 0;

		while (i + run < lines->n && lines->v[i + run].heading.no &&
		       (run == 0 ||
			lines->v[i + run].heading.no > lines->v[i + run - 1].heading.no))
			run++;
		for (size_t k = 0; run >= TOC_RUN && k < run; k++)
			again += last[lines->v[i + k].heading.no] >= i + run;
		for (size_t k = 0; run >= TOC_RUN && again == run && k < run; k++) {
			lines->v[i + k].heading.no = 0;
			lines->v[i + k].ordinal = false;
			lines->v[i + k].used = true;
		}
		i += run ? run - 1 : 0;
	}
}

/* Of several lines with one meaning the best stays; the others are plain ordinal lines. */
static void keep_best_headings(struct lines *lines, size_t from, size_t to)
{
	for (int no = 1; no <= FORM_SECTIONS; no++) {
		struct line *best = NULL;

		for (size_t i = from; i < to; i++) {
			struct line *l = &lines->v[i];

			if (l->heading.no != no)
				continue;
			if (best == NULL || l->heading.fit > best->heading.fit ||
			    (l->heading.fit == best->heading.fit &&
			     l->heading.likeness >= best->heading.likeness)) {
				if (best != NULL)
					best->heading.no = 0;
				best = l;
			} else {
				l->heading.no = 0;
			}
		}
	}
}

/* ---- where reports begin and end ------------------------------------------------------------ */

struct span {
	struct title title;
	size_t from, to; /* lines; `from` is behind the title */
	bool opens;      /* nothing but the page's own stands in front */
	size_t headings, tables, pictures;
	size_t first_heading; /* == to when there is none */
};

/* The headings around the lines: before[i] stand in front of line i; next[i] is the number of the
 * first at or behind it, 0: none. */
struct heading_count {
	uint32_t *before;
	int *next;
};

static enum err count_headings(const struct recogniser *rc, struct heading_count *ret)
{
	const struct lines *lines = &rc->lines;

	ret->before = ARENA_ARRAY(rc->mem, uint32_t, lines->n + 1);
	ret->next = ARENA_ARRAY(rc->mem, int, lines->n + 1);
	if (ret->before == NULL || ret->next == NULL)
		return arena_err(rc->mem);
	for (size_t i = 0; i < lines->n; i++)
		ret->before[i + 1] = ret->before[i] + (lines->v[i].heading.no != 0);
	for (size_t i = lines->n; i-- > 0;)
		ret->next[i] = lines->v[i].heading.no ? lines->v[i].heading.no : ret->next[i + 1];
	return ERR_OK;
}

/* Which of two title candidates in front of the same text is the report's own. */
static bool better_title(const struct recogniser *rc, const struct title *a, const struct title *b)
{
	enum para_style sa = rc->lines.v[a->first].style, sb = rc->lines.v[b->first].style;

	if (a->score != b->score)
		return a->score > b->score;
	if ((sa == STYLE_TITLE) != (sb == STYLE_TITLE))
		return sa == STYLE_TITLE;
	return true; /* the later one stands closer to the text */
}

/* Splits the lines at full titles that follow a report's text. */
static enum err find_spans(struct recogniser *rc, struct span *spans, size_t max, size_t *ret_n)
{
	struct lines *lines = &rc->lines;
	struct span cur = {.from = 0, .opens = true};
	struct heading_count count = {NULL, NULL};
	const uint32_t *before;
	size_t n = 0;
	int last = 0; /* heading */
	enum err e = count_headings(rc, &count);

	if (e != ERR_OK)
		return e;
	before = count.before;
	for (size_t i = 0; i < lines->n; i++) {
		struct title t;
		uint32_t so_far;

		last = lines->v[i].heading.no ? lines->v[i].heading.no : last;
		e = title_at(rc, i, &t);
		if (e != ERR_OK)
			return e;
		if (t.score == 0)
			continue;
		so_far = i > cur.from ? before[i] - before[cur.from] : 0;
		if (so_far == 0) {
			if (cur.title.score == 0 || better_title(rc, &t, &cur.title)) {
				cur.title = t;
				cur.from = t.first + t.n;
			}
		} else if (so_far >= 3 && t.year && n + 1 < max &&
			   before[lines->n] - before[t.first + t.n] >= 3 &&
			   count.next[t.first + t.n] <= last) { /* else a page's running title */
			cur.to = i;
			spans[n++] = cur;
			cur = (struct span){.title = t, .from = t.first + t.n};
		}
		i = t.first + t.n - 1;
	}
	cur.to = lines->n;
	spans[n++] = cur;
	*ret_n = n;
	return ERR_OK;
}

static void survey(const struct lines *lines, struct span *span)
{
	span->first_heading = span->to;
	for (size_t i = span->from; i < span->to; i++) {
		if (lines->v[i].heading.no)
			span->headings++;
		if (span->first_heading == span->to &&
		    (lines->v[i].heading.no ||
		     (lines->v[i].ordinal && lines->v[i].ordinal_no == 1)))
			span->first_heading = i;
		if (lines->v[i].picture)
			span->pictures++;
	}
}

/* ---- sections ---------------------------------------------------------------------------------
 */

static enum err open_section(struct report *report, struct line *line, int no)
{
	struct report_section *s = ARENA_PUSH(report->mem, &report->sections, &report->n_sections,
					      &report->cap_sections, LIMIT_SECTIONS);
	struct str behind = STR_NONE;
	struct report_para *p;

	if (s == NULL)
		return arena_err(report->mem) == ERR_LIMIT ? ERR_OK : arena_err(report->mem);
	s->no = no;
	s->fit = no ? line->heading.fit : FIT_NONE;
	s->at = line->at;
	s->heading = line->heading_text;
	behind = str_trim_wide(str_from(line->text, line->heading_text.n));
	if (str_starts(behind, STR("：")))
		behind = str_trim_wide(str_from(behind, 3));
	if (behind.n == 0)
		return ERR_OK;
	p = ARENA_PUSH(report->mem, &s->paras, &s->n_paras, &s->cap_paras, LIMIT_DOC_BLOCKS);
	if (p == NULL)
		return arena_err(report->mem);
	*p = (struct report_para){behind, line->at};
	return ERR_OK;
}

static enum err sections_read(struct recogniser *rc, struct report *report, size_t from, size_t to)
{
	int last_ordinal = 0;
	enum err e = ERR_OK;

	for (size_t i = from; e == ERR_OK && i < to; i++) {
		struct line *line = &rc->lines.v[i];
		struct report_section *s;
		struct report_para *p;

		if (line->table != NULL || line->picture || line->used)
			continue;
		/* an ordinal line that is none of the six but goes on counting is a section too */
		if (line->heading.no || (line->ordinal && line->ordinal_no == last_ordinal + 1)) {
			last_ordinal = line->ordinal ? line->ordinal_no : line->heading.no;
			e = open_section(report, line, line->heading.no);
			continue;
		}
		if (report->n_sections == 0)
			continue;
		s = &report->sections[report->n_sections - 1];
		p = ARENA_PUSH(report->mem, &s->paras, &s->n_paras, &s->cap_paras,
			       LIMIT_DOC_BLOCKS);
		if (p == NULL)
			return arena_err(report->mem);
		*p = (struct report_para){line->text, line->at};
	}
	return e;
}

/* ---- a report -----------------------------------------------------------------------------------
 */

static const struct form *form_by_tables(const struct report *report)
{
	size_t n;
	const struct form *forms = law_forms(report->law, &n);

	if (report->table2.n_rows > 0)
		for (size_t f = 0; f < n; f++)
			if (form_row(&forms[f], 2, report->table2.rows[0].form->key) ==
			    report->table2.rows[0].form)
				return &forms[f];
	for (size_t f = n; f-- > 0;)
		for (size_t i = 0; i < report->table3.n_rows; i++)
			if (form_row(&forms[f], 3, report->table3.rows[i].form->key) != NULL &&
			    form_row(&forms[f ? 0 : n - 1], 3, report->table3.rows[i].form->key) ==
				    NULL)
				return &forms[f];
	return report->table3.n_rows ? &forms[n - 1] : NULL;
}

/* Rows of tables 3 and 4 that both forms have are those of the report's own. */
static void own_rows(struct report *report, int table)
{
	struct report_table *t = report_table_of(report, table);

	for (size_t i = 0; report->form != NULL && i < t->n_rows; i++) {
		const struct form_row *own = form_row(report->form, table, t->rows[i].form->key);

		if (own != NULL)
			t->rows[i].form = own;
	}
}

static void settle_form(struct report *report)
{
	size_t n;
	const struct form *forms = law_forms(report->law, &n);

	report->form =
		report->year ? law_form_by_year(report->law, report->year) : form_by_tables(report);
	report->form_kind = report_form_kind(report->form);
	if (report->year && report->form == NULL && n > 0 && report->year < forms[0].from_year)
		report->form_kind = REPORT_FORM_OLDER;
	own_rows(report, 3);
	own_rows(report, 4);
}

static enum err copy_notes(struct recogniser *rc, struct report *report)
{
	enum err e = ERR_OK;

	for (size_t i = 0; e == ERR_OK && i < rc->doc->n_notes; i++) {
		const struct doc_note *n = &rc->doc->notes[i];

		e = report_note_add(report, n->rule, STR("text"), n->at, STR_FMT, STR_ARG(n->text));
	}
	return e;
}

static enum err read_span(struct recogniser *rc, struct span *span, struct report **ret)
{
	struct report *report;
	size_t end = span->to;
	enum err e = report_new(rc->law, rc->mem, &report);

	if (e != ERR_OK)
		return e;
	keep_best_headings(&rc->lines, span->from, span->to);
	survey(&rc->lines, span);
	e = head_read(rc, report, &span->title, span->from, span->first_heading);
	if (e == ERR_OK)
		e = signature_read(rc, report,
				   span->first_heading < span->to ? span->first_heading
								  : span->from,
				   span->to, &end);
	if (e == ERR_OK)
		e = tables_read(rc, report, span->from, span->to); /* a workbook has them behind */
	if (e == ERR_OK && span->opens && !report->table2.present && !report->table3.present &&
	    !report->table4.present) /* some pages set them in front of the title */
		e = tables_read(rc, report, 0, span->from);
	if (e == ERR_OK)
		e = sections_read(rc, report, span->first_heading, end);
	for (size_t i = 0; e == ERR_OK && i < report->n_sections; i++)
		for (size_t k = 0; e == ERR_OK && k < report->sections[i].n_paras; k++)
			e = contact_read(report, report->sections[i].paras[k].text,
					 report->sections[i].paras[k].at);
	if (e == ERR_OK)
		e = copy_notes(rc, report);
	settle_form(report);
	if (e == ERR_OK)
		*ret = report;
	return e;
}

/* Whether what was read is a report at all. */
static enum no_report judge(const struct report *r, const struct span *span)
{
	bool tables = r->table2.present || r->table3.present || r->table4.present;

	if (tables && (r->table3.n_rows >= 3 || span->title.score > 0 || span->headings >= 3))
		return NO_REPORT_OK;
	if (span->title.score == 0 && span->headings < 4)
		return NO_REPORT_NONE;
	if (r->form_kind == REPORT_FORM_OLDER)
		return r->n_preamble + r->n_sections > 0 ? NO_REPORT_OK : NO_REPORT_NONE;
	if (span->headings >= 4)
		return NO_REPORT_OK;
	if (span->pictures > 0)
		return NO_REPORT_PICTURES;
	return span->headings > 0 || r->n_preamble > 1 ? NO_REPORT_TEXTONLY : NO_REPORT_NONE;
}

#define SPANS_MAX 64

static void say_why(struct diag *diag, enum no_report why)
{
	static const char *const words[] = {
		[NO_REPORT_OK] = "",
		[NO_REPORT_NONE] = "holds no annual report on government information disclosure",
		[NO_REPORT_TEXTONLY] = "an annual report in words, without the statutory tables",
		[NO_REPORT_PICTURES] =
			"an annual report whose tables are pictures: ask for the text version",
	};

	(void)diag_set(diag, ERR_INPUT, "%s", words[why]);
}

enum err report_recognise(const struct doc *doc, const struct law *law, struct arena *mem,
			  struct diag *diag, struct report_list *ret)
{
	struct recogniser rc = {.doc = doc, .law = law, .mem = mem};
	struct report_list list = {.n = 0, .why = NO_REPORT_NONE};
	struct span *spans = ARENA_ARRAY(mem, struct span, SPANS_MAX);
	size_t n_spans = 0;
	enum err e;

	list.reports = ARENA_ARRAY(mem, struct report *, SPANS_MAX);
	if (spans == NULL || list.reports == NULL)
		return arena_err(mem);
	e = make_lines(&rc);
	if (e != ERR_OK)
		return e;
	drop_contents(&rc.lines);
	e = find_spans(&rc, spans, SPANS_MAX, &n_spans);
	for (size_t i = 0; e == ERR_OK && i < n_spans; i++) {
		struct report *report;
		enum no_report why;

		e = read_span(&rc, &spans[i], &report);
		if (e != ERR_OK)
			return e;
		why = judge(report, &spans[i]);
		if (why == NO_REPORT_OK) {
			if (!report->table2.present && !report->table3.present &&
			    spans[i].pictures > 0 && report->form_kind != REPORT_FORM_OLDER)
				e = report_note_add(
					report, STR("AR-R12"), STR("text"), (struct place){0, 0},
					"文中有%"
					"zu幅图片而没有表格，表格可能以图片给出，未读取其中数据",
					spans[i].pictures);
			list.reports[list.n++] = report;
		} else if (why > list.why || list.why == NO_REPORT_NONE) {
			list.why = why;
		}
	}
	if (e != ERR_OK)
		return e;
	if (list.n > 0)
		list.why = NO_REPORT_OK;
	else
		say_why(diag, list.why);
	for (size_t i = 0; e == ERR_OK && list.n > 1 && i < list.n; i++)
		e = report_note_add(list.reports[i], STR("AR-R11"), STR("title"),
				    list.reports[i]->title_at, "本文件含%zu份年度报告，这是第%zu份",
				    list.n, i + 1);
	if (e == ERR_OK)
		*ret = list;
	return e;
}
