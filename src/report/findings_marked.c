/* The report in its form, its findings in front and marked in place: the page that a
 * supervising office sends back. */
#include "base/han.h"
#include "base/utf8.h"
#include "report/findings.h"

/* Beyond this many, blank cells are marked but no longer listed one by one. */
#define LISTED_MAX 300

struct marking {
	struct doc *doc;
	const struct report *report;
	struct doc_table *table[3]; /* tables 2, 3, 4 of the composed report */
	enum err failed;
};

/* ---- places -------------------------------------------------------------------------------- */

/* "table3.open.total" → 3, "open", "total"; the row may hold a dot: refuse.1. */
static bool split_address(struct str where, int *table, struct str *row, struct str *col)
{
	size_t dot;

	if (!str_starts(where, STR("table")) || where.n < 8 || where.p[6] != '.')
		return false;
	*table = where.p[5] - '0';
	*row = str_from(where, 7);
	*col = STR("");
	dot = str_rfind(*row, STR("."));
	if (dot != STR_NPOS &&
	    !(dot + 2 == row->n && row->p[dot + 1] >= '0' && row->p[dot + 1] <= '9')) {
		*col = str_from(*row, dot + 1);
		*row = str_sub(*row, 0, dot);
	}
	return *table >= 2 && *table <= 4;
}

static void attach(struct marking *m, struct doc_mark **marks, const struct finding *f, size_t no,
		   struct str quote)
{
	struct doc_mark *mark = ARENA_NEW(m->doc->mem, struct doc_mark);
	enum err e = mark ? ERR_OK : arena_err(m->doc->mem);

	if (e == ERR_OK)
		e = arena_fmt(m->doc->mem, &mark->id, "f%zu", no);
	if (e == ERR_OK)
		e = arena_fmt(m->doc->mem, &mark->label, "%zu", no);
	if (e != ERR_OK) {
		m->failed = e;
		return;
	}
	mark->level = str_c(severity_name(f->severity));
	mark->quote = quote;
	mark->next = *marks;
	*marks = mark;
}

/* Grid row of a row of the report: where its label stands. */
static bool grid_row(struct marking *m, const struct doc_table *t, struct str label, uint32_t *ret)
{
	struct str want, have;

	if (han_fold(m->doc->mem, label, &want) != ERR_OK)
		return false;
	for (size_t i = 0; i < t->n_cells; i++) {
		if (han_fold(m->doc->mem, t->cells[i].text, &have) != ERR_OK)
			return false;
		if (have.n && (str_eq(have, want) || (str_ends(have, want) && want.n >= 6))) {
			*ret = t->cells[i].row;
			return true;
		}
	}
	return false;
}

/* The n-th of the last n_cols cells of a grid row. */
static struct doc_cell *value_cell(struct doc_table *t, uint32_t row, size_t col, size_t n_cols)
{
	size_t first = t->n_cells, n = 0;

	for (size_t i = 0; i < t->n_cells; i++) {
		if (t->cells[i].row != row)
			continue;
		first = first == t->n_cells ? i : first;
		n++;
	}
	return n >= n_cols ? &t->cells[first + n - n_cols + col] : NULL;
}

static struct doc_cell *cell_of(struct marking *m, int table, struct str row, struct str col)
{
	static const char *const groups[] = {"review", "direct", "after_review"};
	struct doc_table *t = m->table[table - 2];
	const struct report_row *r =
		report_row(m->report, table, str_eq(row, STR("*")) ? STR("new") : row);
	uint32_t grid = 0;
	int k;

	if (t == NULL || r == NULL)
		return NULL;
	k = col.n ? form_col(r->form, col) : (int)r->form->n_cols - 1;
	if (k < 0)
		return NULL;
	if (table == 4) {
		for (size_t g = 0; g < 3; g++) {
			if (str_eq(row, str_c(groups[g])))
				return value_cell(t, t->rows - 1, g * 5 + (size_t)k, 15);
		}
		return NULL;
	}
	if (!grid_row(m, t, r->label.n ? r->label : r->form->label, &grid) &&
	    !grid_row(m, t, r->form->label, &grid))
		return NULL;
	return value_cell(t, grid, (size_t)k, r->form->n_cols);
}

/* Enough of a quote to know it by; the rest may run over into the next paragraph. */
#define QUOTE_FRONT_CHARS 16
/* Shorter words are looked for only where the finding stands. */
#define SURE_BYTES 6

/* How surely a paragraph is the one that is meant; the sum decides. */
enum fit {
	FIT_PRINTED = 1,
	FIT_QUOTE = 2,
	FIT_PART = 4,  /* in the part of the report that the address names */
	FIT_PLACE = 8, /* page and line of the source */
};

static bool is_digit(struct str s, size_t at)
{
	return at < s.n && s.p[at] >= '0' && s.p[at] <= '9';
}

/* Where the quote stands and how far it runs on; what is masked or cut off ends it. */
static struct str find_quote(struct str text, struct str quote)
{
	struct str front = str_sub(quote, 0, utf8_offset(quote, QUOTE_FRONT_CHARS));
	size_t stop = str_find(front, STR("*"), 0), at, n;

	front = stop == STR_NPOS ? front : str_sub(front, 0, stop);
	stop = str_find(front, STR("…"), 0);
	front = stop == STR_NPOS ? front : str_sub(front, 0, stop);
	at = front.n ? str_find(text, front, 0) : STR_NPOS;
	if (at == STR_NPOS)
		return STR_NONE;
	for (n = front.n; n < quote.n && at + n < text.n && text.p[at + n] == quote.p[n];)
		n++;
	while (at + n < text.n && ((unsigned char)text.p[at + n] & 0xC0) == 0x80)
		n--;
	return str_sub(text, at, n);
}

/* The printed words themselves, not a piece of a longer number nor of the right words; a number
 * with the unit behind it. */
static struct str find_printed(struct str text, const struct finding *f)
{
	struct str p = f->printed, unit;
	bool begins = is_digit(p, 0), ends = p.n && is_digit(p, p.n - 1);
	uint32_t cp;

	for (size_t at = 0; p.n && (at = str_find(text, p, at)) != STR_NPOS; at += p.n) {
		size_t end = at + p.n;

		if (begins && at > 0 && (is_digit(text, at - 1) || text.p[at - 1] == '.'))
			continue;
		if (ends && (is_digit(text, end) ||
			     (end < text.n && text.p[end] == '.' && is_digit(text, end + 1))))
			continue;
		if (f->expected.n > p.n && str_starts(str_from(text, at), f->expected))
			continue;
		unit = str_from(text, end);
		if (ends && utf8_next(&unit, &cp) && utf8_is_han(cp))
			end = text.n - unit.n;
		return str_sub(text, at, end - at);
	}
	return STR_NONE;
}

/* The part of a paragraph that the finding is about, and how surely; 0: not this paragraph. */
static unsigned fit_of(const struct doc_block *b, const struct finding *f, bool in_part,
		       struct str *ret_part)
{
	bool here = f->at.line && b->at.line == f->at.line && b->at.page == f->at.page;
	struct str quote = find_quote(b->text, f->quote);
	struct str printed = find_printed(quote.n ? quote : b->text, f);
	bool sure = f->printed.n >= SURE_BYTES || quote.n || (here && in_part);

	if (!quote.n && !(printed.n && sure))
		return 0;
	*ret_part = printed.n ? printed : quote;
	return (printed.n ? FIT_PRINTED : 0u) | (quote.n ? FIT_QUOTE : 0u) |
	       (in_part ? FIT_PART : 0u) | (here ? FIT_PLACE : 0u);
}

/* Which part of the report a block opens: "title", "preamble", "section.3"; else the part before
 * goes on. */
static struct str part_at(struct marking *m, const struct doc_block *b, struct str part)
{
	if (b->style == STYLE_TITLE)
		return STR("title");
	for (size_t i = 0; b->style == STYLE_HEAD_1 && i < m->report->n_sections; i++) {
		const struct report_section *s = &m->report->sections[i];
		struct str name = STR("");

		if (!str_eq(s->heading, b->text))
			continue;
		if (arena_fmt(m->doc->mem, &name, "section.%d", s->no) != ERR_OK)
			m->failed = arena_err(m->doc->mem);
		return name;
	}
	return str_eq(part, STR("title")) ? STR("preamble") : part;
}

static bool mark_text(struct marking *m, const struct finding *f, size_t no)
{
	struct str where = str_eq(f->where, STR("contact")) ? STR("preamble") : f->where;
	struct str part = STR("preamble"), best_part = STR_NONE;
	struct doc_block *best = NULL;
	unsigned best_fit = 0;

	for (size_t i = 0; i < m->doc->n_blocks; i++) {
		struct doc_block *b = &m->doc->blocks[i];
		struct str found = STR_NONE;
		unsigned fit;

		if (b->kind != BLOCK_PARA)
			continue;
		part = part_at(m, b, part);
		fit = fit_of(b, f, str_eq(part, where), &found);
		if (fit > best_fit) {
			best_fit = fit;
			best_part = found;
			best = b;
		}
	}
	if (best)
		attach(m, &best->marks, f, no, best_part);
	return best != NULL;
}

static bool mark_section(struct marking *m, const struct finding *f, size_t no)
{
	const struct report_section *s = NULL;

	if (str_starts(f->where, STR("section.")) && f->where.n == 9)
		s = report_section(m->report, f->where.p[8] - '0');
	for (size_t i = 0; i < m->doc->n_blocks; i++) {
		struct doc_block *b = &m->doc->blocks[i];

		if (b->kind != BLOCK_PARA)
			continue;
		if (s ? str_eq(b->text, s->heading)
		      : b->style == STYLE_TITLE && str_eq(f->where, STR("title"))) {
			attach(m, &b->marks, f, no, STR(""));
			return true;
		}
	}
	return false;
}

/* What has no place of its own stands at the contact, else at the head of the report, so that
 * each entry of the list leads somewhere. */
static void mark_anywhere(struct marking *m, const struct finding *f, size_t no)
{
	size_t best = 0;

	for (size_t i = 0; i < m->doc->n_blocks && str_eq(f->where, STR("contact")); i++) {
		const struct doc_block *b = &m->doc->blocks[i];

		if (b->kind == BLOCK_PARA &&
		    (str_has(b->text, STR("电话")) || str_has(b->text, STR("邮编")))) {
			best = i;
			break;
		}
	}
	if (m->doc->n_blocks)
		attach(m, &m->doc->blocks[best].marks, f, no, STR(""));
}

static void mark_one(struct marking *m, const struct finding *f, size_t no)
{
	struct str row, col;
	struct doc_cell *cell;
	int table;

	if (split_address(f->where, &table, &row, &col)) {
		cell = cell_of(m, table, row, col);
		if (cell)
			attach(m, &cell->marks, f, no, STR(""));
		else
			mark_anywhere(m, f, no);
		return;
	}
	if (!mark_text(m, f, no) && !mark_section(m, f, no))
		mark_anywhere(m, f, no);
}

/* Which of the composed tables is which: in order, and only those that the report has. */
static void find_tables(struct marking *m)
{
	int table = 2;

	for (size_t i = 0; i < m->doc->n_blocks; i++) {
		if (m->doc->blocks[i].kind != BLOCK_TABLE)
			continue;
		while (table <= 4 && !report_table(m->report, table)->present)
			table++;
		if (table > 4)
			return;
		m->table[table - 2] = m->doc->blocks[i].table;
		table++;
	}
}

/* ---- the list in front --------------------------------------------------------------------- */

static enum err list_line(struct doc *doc, const struct finding *f, size_t no)
{
	struct str line;
	struct doc_mark *mark;
	enum err e;

	e = arena_fmt(doc->mem, &line, "%zu. 〔%s〕" STR_FMT "　" STR_FMT "（" STR_FMT "）", no,
		      severity_name_zh(f->severity), STR_ARG(f->rule), STR_ARG(f->message),
		      STR_ARG(f->basis));
	if (e == ERR_OK)
		e = doc_para(doc, STYLE_BODY, line, f->at);
	if (e != ERR_OK)
		return e;
	/* "at-f3" leads to the place; the place's own mark leads back to "f3" */
	mark = ARENA_NEW(doc->mem, struct doc_mark);
	if (mark == NULL)
		return arena_err(doc->mem);
	e = arena_fmt(doc->mem, &mark->label, "%zu", no);
	if (e == ERR_OK)
		e = arena_fmt(doc->mem, &mark->id, "at-f%zu", no);
	mark->level = str_c(severity_name(f->severity));
	doc->blocks[doc->n_blocks - 1].marks = mark;
	return e;
}

static enum err list_head(const struct report *report, const struct findings *findings,
			  struct doc *doc)
{
	struct str line;
	enum err e;

	e = arena_fmt(doc->mem, &line, STR_FMT "%s核对意见", STR_ARG(report->body),
		      report->year ? "年度报告" : "");
	if (e == ERR_OK)
		e = doc_para(doc, STYLE_TITLE, line, (struct place){0, 0});
	if (e == ERR_OK)
		e = arena_fmt(doc->mem, &line, "错误 %zu 处，警告 %zu 处，提示 %zu 处。",
			      findings_count(findings, SEVERITY_ERROR),
			      findings_count(findings, SEVERITY_WARNING),
			      findings_count(findings, SEVERITY_INFO));
	return e == ERR_OK ? doc_para(doc, STYLE_BODY, line, (struct place){0, 0}) : e;
}

/* Blocks of the composed report behind the list. */
static enum err append(struct doc *to, const struct doc *from)
{
	for (size_t i = 0; i < from->n_blocks; i++) {
		struct doc_block *b = ARENA_PUSH(to->mem, &to->blocks, &to->n_blocks,
						 &to->cap_blocks, LIMIT_DOC_BLOCKS);

		if (b == NULL)
			return arena_err(to->mem);
		*b = from->blocks[i];
	}
	return ERR_OK;
}

enum err report_marked_doc(const struct report *report, const struct findings *findings,
			   enum severity min, struct arena *mem, struct doc **ret)
{
	struct doc *doc = NULL, *body = NULL;
	struct marking m = {.report = report};
	size_t no = 0;
	enum err e;

	e = doc_new(mem, DOC_SOURCE_NONE, &doc);
	if (e == ERR_OK)
		e = report_compose(report, mem, &body);
	if (e == ERR_OK)
		e = list_head(report, findings, doc);
	if (e != ERR_OK)
		return e;
	m.doc = body;
	find_tables(&m);
	for (size_t i = 0; e == ERR_OK && i < findings->n; i++) {
		if (findings->items[i].severity < min)
			continue;
		no++;
		mark_one(&m, &findings->items[i], no);
		e = m.failed;
		if (e == ERR_OK && no <= LISTED_MAX)
			e = list_line(doc, &findings->items[i], no);
	}
	if (e == ERR_OK)
		e = append(doc, body);
	if (e == ERR_OK)
		*ret = doc;
	return e;
}
