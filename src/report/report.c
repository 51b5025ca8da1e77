/* The report as a value: finding its parts, and turning a cell's source text into a value. */
#include "report/report_int.h"

#include <inttypes.h>

#include "base/utf8.h"

const struct report_table *report_table(const struct report *report, int table)
{
	return table == 2 ? &report->table2 : table == 3 ? &report->table3 : &report->table4;
}

const struct report_row *report_row(const struct report *report, int table, struct str key)
{
	const struct report_table *t = report_table(report, table);

	for (size_t i = 0; i < t->n_rows; i++)
		if (str_eq(t->rows[i].form->key, key))
			return &t->rows[i];
	return NULL;
}

const struct cell *report_cell(const struct report *report, int table, struct str row,
			       struct str col)
{
	const struct report_row *r = report_row(report, table, row);
	int c = r ? form_col(r->form, col) : -1;

	return c < 0 ? NULL : &r->cells[c];
}

int64_t cell_count(const struct cell *cell)
{
	return cell != NULL && cell->kind == CELL_COUNT ? cell->count : 0;
}

const struct report_section *report_section(const struct report *report, int no)
{
	for (size_t i = 0; i < report->n_sections; i++)
		if (report->sections[i].no == no)
			return &report->sections[i];
	return NULL;
}

enum err report_address(int table, struct str row, struct str col, struct arena *mem,
			struct str *ret)
{
	return arena_fmt(mem, ret, "table%d." STR_FMT "%s" STR_FMT, table, STR_ARG(row),
			 col.n ? "." : "", STR_ARG(col));
}

/* ---- a cell from its source text --------------------------------------------------------- */

#define NUMBER_BYTES_MAX 40 /* longer is no number of a report */

/* The number at the front of a cell, in ASCII: sign, digits without commas, point. */
struct plain {
	char text[NUMBER_BYTES_MAX + 1];
	size_t n;
	bool sign, point;
	struct str rest; /* what stands behind it, blanks trimmed */
};

static uint32_t narrow(uint32_t cp)
{
	if (cp >= 0xFF01 && cp <= 0xFF5E)
		return cp - 0xFEE0; /* full-width forms */
	if (cp == 0x2212 || cp == 0x2013 || cp == 0x2010 || cp == 0x2011)
		return '-';
	return cp;
}

static bool is_digit(uint32_t cp)
{
	return cp >= '0' && cp <= '9';
}

/* Words in front of a signed number: 增加3, 减2. */
static bool take_sign_word(struct str *s, char *ret_sign)
{
	static const struct {
		struct str word;
		char sign;
	} row[] = {
		{STR("增加"), '+'}, {STR("新增"), '+'}, {STR("增"), '+'},
		{STR("减少"), '-'}, {STR("减"), '-'},
	};

	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		if (!str_starts(*s, row[i].word))
			continue;
		*s = str_trim_wide(str_from(*s, row[i].word.n));
		*ret_sign = row[i].sign;
		return true;
	}
	return false;
}

/* Reads digits with commas every three; "800 801" is two numbers and so none. */
static bool take_digits(struct str *s, struct plain *p)
{
	size_t before = p->n, since_comma = 0;
	bool comma = false;

	while (s->n > 0) {
		struct str ahead = *s, look;
		uint32_t cp, next = 0;

		(void)utf8_next(&ahead, &cp);
		cp = narrow(cp);
		look = ahead;
		if (!utf8_next(&look, &next))
			next = 0;
		next = narrow(next);
		if (is_digit(cp) && p->n < NUMBER_BYTES_MAX) {
			p->text[p->n++] = (char)cp;
			since_comma++;
		} else if (cp == ',' && is_digit(next) && p->n > before &&
			   (comma ? since_comma == 3 : since_comma <= 3)) {
			comma = true;
			since_comma = 0;
		} else {
			break;
		}
		*s = ahead;
	}
	return p->n > before && !(comma && since_comma != 3);
}

static bool take_number(struct str s, struct plain *p)
{
	struct str ahead;
	uint32_t cp;
	char sign = 0;

	*p = (struct plain){.n = 0};
	if (!take_sign_word(&s, &sign)) {
		ahead = s;
		if (utf8_next(&ahead, &cp) && (narrow(cp) == '+' || narrow(cp) == '-')) {
			sign = (char)narrow(cp);
			s = str_trim_wide(ahead);
		}
	}
	if (sign == '-')
		p->text[p->n++] = '-';
	p->sign = sign != 0;
	if (!take_digits(&s, p))
		return false;
	ahead = s;
	if (utf8_next(&ahead, &cp) && narrow(cp) == '.' && p->n < NUMBER_BYTES_MAX) {
		p->text[p->n++] = '.';
		p->point = true;
		s = ahead;
		if (!take_digits(&s, p))
			return false;
	}
	p->text[p->n] = '\0';
	p->rest = str_trim_wide(s);
	return true;
}

/* A unit or a note in brackets behind the number does not make it another number. */
static bool rest_is_harmless(struct str rest)
{
	static const struct str unit[] = {STR("件"), STR("条"), STR("项"), STR("宗"), STR("份"),
					  STR("个"), STR("次"), STR("起"), STR("例")};
	static const struct str open[] = {STR("（"), STR("("), STR("〔"), STR("["), STR("【")};

	for (size_t i = 0; i < sizeof(unit) / sizeof(unit[0]); i++)
		if (str_starts(rest, unit[i])) {
			rest = str_trim_wide(str_from(rest, unit[i].n));
			break;
		}
	if (rest.n == 0)
		return true;
	for (size_t i = 0; i < sizeof(open) / sizeof(open[0]); i++)
		if (str_starts(rest, open[i]))
			return true;
	return false;
}

static bool rest_is_money(struct str rest)
{
	static const struct str unit[] = {STR("元"),   STR("万元"), STR("亿元"), STR("人民币元"),
					  STR("元整"), STR("万"),   STR("余元"), STR("余万元")};

	if (rest_is_harmless(rest))
		return true;
	for (size_t i = 0; i < sizeof(unit) / sizeof(unit[0]); i++) {
		if (str_eq(rest, unit[i]))
			return true;
		if (str_starts(rest, unit[i]) && rest_is_harmless(str_from(rest, unit[i].n)))
			return true;
	}
	return false;
}

/* 12.0 is the count 12, 12.5 is none. */
static bool whole(struct plain *p)
{
	char *point = __builtin_strchr(p->text, '.');

	if (point == NULL)
		return true;
	for (char *c = point + 1; *c; c++)
		if (*c != '0')
			return false;
	*point = '\0';
	p->n = (size_t)(point - p->text);
	return true;
}

#define COUNT_MAX (INT64_C(1) << 53) /* exact in every JSON reader */

/* Most cells are a few plain digits: "0", "35". */
static bool plain_count(struct str s, int64_t *ret)
{
	int64_t v = 0;

	if (s.n == 0 || s.n > 15 || (s.p[0] == '0' && s.n > 1))
		return false;
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
		v = v * 10 + (s.p[i] - '0');
	}
	*ret = v;
	return true;
}

enum err cell_set(struct cell *cell, struct str printed, enum col_kind kind, struct place at,
		  struct arena *mem)
{
	struct cell c = {.kind = CELL_NULL, .at = at};
	struct str text = str_trim_wide(printed);
	struct str plain_text = STR_NONE;
	struct plain p;
	enum err e = ERR_OK;
	AUTO_BUF(digits, NUMBER_BYTES_MAX + 8);

	if (kind != COL_AMOUNT && plain_count(text, &c.count)) {
		c.kind = CELL_COUNT;
		*cell = c;
		return ERR_OK;
	}
	if (take_number(text, &p)) {
		if (kind == COL_AMOUNT && rest_is_money(p.rest)) {
			c.kind = CELL_AMOUNT;
			e = arena_str(mem, str_n(p.text, p.n), &c.amount);
			plain_text = c.amount;
		} else if (kind != COL_AMOUNT && rest_is_harmless(p.rest) && whole(&p) &&
			   str_int(str_n(p.text, p.n), &c.count) == ERR_OK &&
			   c.count <= COUNT_MAX && c.count >= -COUNT_MAX) {
			c.kind = CELL_COUNT;
			buf_fmt(&digits, "%" PRId64, c.count);
			plain_text = buf_str(&digits);
		}
	}
	if (e == ERR_OK && (c.kind == CELL_NULL || !str_eq(plain_text, text))) {
		c.has_printed = true;
		e = arena_str(mem, text, &c.printed);
	}
	if (e == ERR_OK)
		e = buf_end(&digits);
	if (e == ERR_OK)
		*cell = c;
	return e;
}

/* ---- building a report -------------------------------------------------------------------- */

enum err report_new(const struct law *law, struct arena *mem, struct report **ret)
{
	struct report *report = ARENA_NEW(mem, struct report);

	if (report == NULL)
		return arena_err(mem);
	report->mem = mem;
	report->law = law;
	report->fee_header_has_unit = true;
	*ret = report;
	return ERR_OK;
}

struct report_table *report_table_of(struct report *report, int table)
{
	return table == 2 ? &report->table2 : table == 3 ? &report->table3 : &report->table4;
}

enum report_form report_form_kind(const struct form *form)
{
	if (form == NULL)
		return REPORT_FORM_NONE;
	return str_eq(form->id, STR("2019")) ? REPORT_FORM_2019 : REPORT_FORM_2021;
}

const struct form_row *report_form_row(const struct report *report, int table, struct str key)
{
	const struct form_row *row = report->form ? form_row(report->form, table, key) : NULL;
	size_t n;
	const struct form *forms = law_forms(report->law, &n);

	while (row == NULL && n-- > 0)
		row = form_row(&forms[n], table, key);
	return row;
}

/* The place of a row among those of both forms: `other` stands where other.1 would. */
static size_t row_rank(const struct form_row *row)
{
	return row->order * 2 + (row->role == ROW_TOTAL || row->role == ROW_OUTFLOW ? 1000 : 0);
}

enum err report_row_add(struct report *report, int table, const struct form_row *form,
			struct report_row **ret)
{
	struct report_table *t = report_table_of(report, table);
	struct report_row *row = ARENA_PUSH(report->mem, &t->rows, &t->n_rows, &t->cap_rows, 64);
	struct cell *cells = ARENA_ARRAY(report->mem, struct cell, form->n_cols);
	size_t i = t->n_rows - 1;

	if (row == NULL || cells == NULL)
		return arena_err(report->mem);
	while (i > 0 && row_rank(t->rows[i - 1].form) > row_rank(form)) {
		t->rows[i] = t->rows[i - 1];
		i--;
	}
	t->rows[i] = (struct report_row){.form = form, .fit = FIT_EXACT, .cells = cells};
	*ret = &t->rows[i];
	return ERR_OK;
}

enum err report_match_row(const struct law *law, int table, struct str label, struct arena *mem,
			  struct label_match *ret)
{
	struct label_match best = {.row = NULL}, match;
	size_t n;
	const struct form *forms = law_forms(law, &n);
	enum err e = ERR_OK;

	while (e == ERR_OK && n-- > 0) {
		e = law_match_row(law, &forms[n], table, label, mem, &match);
		if (e == ERR_OK && (match.fit > best.fit ||
				    (match.fit == best.fit && match.likeness > best.likeness)))
			best = match;
		if (best.fit == FIT_EXACT)
			break;
	}
	if (e == ERR_OK)
		*ret = best;
	return e;
}

enum err report_split_paras(struct str text, struct arena *mem, struct report_para **paras,
			    size_t *n, size_t *cap)
{
	struct str line;

	if (text.n == 0)
		return ERR_OK;
	while (str_split(&text, '\n', &line)) {
		struct report_para *p = ARENA_PUSH(mem, paras, n, cap, LIMIT_DOC_BLOCKS);

		if (p == NULL)
			return arena_err(mem);
		p->text = line;
	}
	return ERR_OK;
}
