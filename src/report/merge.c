/* Adding units' reports up, exactly. */
#include "report/merge.h"

#include <inttypes.h>

#include "base/han.h"
#include "report/diff.h"
#include "report/report_int.h"

#define SUM_MAX (INT64_C(1) << 53)
#define SCALE 1000000 /* amounts are kept in millionths of their unit */
#define SCALE_DIGITS 6
#define UNITS_MAX LIMIT_PATHS
#define TOLERANCE (SCALE / 100) /* 0.01 a unit */

const char *merge_fate_zh(enum merge_fate fate)
{
	static const char *const words[] = {
		[MERGE_ADDED] = "已汇总",
		[MERGE_OTHER_YEAR] = "年度不符，未汇总",
		[MERGE_OTHER_FORM] = "格式不符，未汇总",
		[MERGE_TWICE] = "重复，未再汇总",
		[MERGE_UNTRUSTED] = "表格未能准确读出，未汇总",
		[MERGE_NO_TABLES] = "没有表格，未汇总",
		[MERGE_UNREADABLE] = "无法读取",
		[MERGE_MISSING] = "缺报",
		[MERGE_UNLISTED] = "已汇总，但不在名单内",
	};

	return words[fate];
}

/* ---- amounts ------------------------------------------------------------------------------------
 */

/* "7545.5" to millionths.  ERR_LIMIT beyond six decimals or 2^62. */
static enum err amount_parse(struct str s, int64_t *ret)
{
	size_t point = str_find(s, STR("."), 0);
	struct str whole = point == STR_NPOS ? s : str_sub(s, 0, point);
	struct str part = point == STR_NPOS ? STR_NONE : str_from(s, point + 1);
	int64_t v = 0, fraction = 0;
	bool minus = str_starts(s, STR("-"));

	if (part.n > SCALE_DIGITS)
		return ERR_LIMIT;
	if (str_int(whole, &v) != ERR_OK || (part.n && str_int(part, &fraction) != ERR_OK))
		return ERR_LIMIT;
	for (size_t i = part.n; i < SCALE_DIGITS; i++)
		fraction *= 10;
	if (__builtin_mul_overflow(v, (int64_t)SCALE, &v) ||
	    __builtin_add_overflow(v, minus ? -fraction : fraction, &v))
		return ERR_LIMIT;
	*ret = v;
	return ERR_OK;
}

/* Millionths to text with exactly `decimals` decimals: as many as the most precise part has. */
static enum err amount_text(int64_t v, size_t decimals, struct arena *mem, struct str *ret)
{
	int64_t fraction = v % SCALE < 0 ? -(v % SCALE) : v % SCALE;
	AUTO_BUF(text, 64);

	buf_fmt(&text, "%s%" PRId64 ".%06" PRId64, v < 0 && v > -SCALE ? "-" : "", v / SCALE,
		fraction);
	if (buf_end(&text) != ERR_OK)
		return buf_end(&text);
	return arena_str(
		mem, str_sub(buf_str(&text), 0, text.n - SCALE_DIGITS + decimals - (decimals == 0)),
		ret);
}

static size_t decimals_of(struct str s)
{
	size_t point = str_find(s, STR("."), 0);

	return point == STR_NPOS ? 0 : s.n - point - 1;
}

/* ---- beginning, naming
 * ---------------------------------------------------------------------------- */

enum err merge_begin(const struct law *law, struct str body, int year, struct arena *mem,
		     struct diag *diag, struct merge *ret)
{
	struct merge m = {.n_units = 0};
	enum err e = report_blank(law, body, year, mem, diag, &m.sum);

	if (e == ERR_OK)
		*ret = m;
	return e;
}

static enum err name_unit(struct merge *merge, struct str name, enum merge_fate fate,
			  struct str note)
{
	struct merge_unit *u = ARENA_PUSH(merge->sum->mem, &merge->units, &merge->n_units,
					  &merge->cap_units, UNITS_MAX);
	enum err e;

	if (u == NULL)
		return arena_err(merge->sum->mem);
	u->fate = fate;
	e = arena_str(merge->sum->mem, name, &u->name);
	if (e == ERR_OK)
		e = arena_str(merge->sum->mem, note, &u->note);
	return e;
}

enum err merge_unread(struct merge *merge, struct str name, struct str why)
{
	return name_unit(merge, name, MERGE_UNREADABLE, why);
}

static enum err same_name(struct merge *merge, struct str a, struct str b, bool *ret)
{
	struct str x, y;
	enum err e = han_fold(merge->sum->mem, a, &x);

	if (e == ERR_OK)
		e = han_fold(merge->sum->mem, b, &y);
	if (e == ERR_OK)
		*ret = str_eq(x, y);
	return e;
}

static enum err find_unit(struct merge *merge, struct str name, struct merge_unit **ret)
{
	*ret = NULL;
	for (size_t i = 0; i < merge->n_units; i++) {
		bool same;
		enum err e = same_name(merge, merge->units[i].name, name, &same);

		if (e != ERR_OK)
			return e;
		if (same) {
			*ret = &merge->units[i];
			return ERR_OK;
		}
	}
	return ERR_OK;
}

/* ---- adding
 * ------------------------------------------------------------------------------------------ */

/* 元 and 万元 to the unit of the sum. */
static enum err convert(int64_t *v, struct str from, struct str to)
{
	if (str_eq(from, STR("万元")) && str_eq(to, STR("元")))
		return __builtin_mul_overflow(*v, (int64_t)10000, v) ? ERR_LIMIT : ERR_OK;
	if (str_eq(from, STR("元")) && str_eq(to, STR("万元"))) {
		if (*v % 10000 != 0)
			return ERR_LIMIT; /* more than six decimals */
		*v /= 10000;
	}
	return ERR_OK;
}

static enum err add_amount(struct merge *merge, struct cell *sum, const struct cell *unit,
			   struct str money)
{
	int64_t a = 0, b = 0;
	size_t decimals = decimals_of(unit->amount);
	enum err e = amount_parse(unit->amount, &b);

	if (e == ERR_OK && !str_eq(money, merge->sum->procurement_unit)) {
		e = convert(&b, money, merge->sum->procurement_unit);
		decimals = str_eq(money, STR("元")) ? SCALE_DIGITS : decimals;
	}

	if (e == ERR_OK && sum->kind == CELL_AMOUNT) {
		e = amount_parse(sum->amount, &a);
		if (decimals_of(sum->amount) > decimals)
			decimals = decimals_of(sum->amount);
	}
	if (e != ERR_OK || __builtin_add_overflow(a, b, &a))
		return ERR_LIMIT;
	sum->kind = CELL_AMOUNT;
	return amount_text(a, decimals, merge->sum->mem, &sum->amount);
}

static enum err add_cell(struct merge *merge, struct cell *sum, const struct cell *unit,
			 struct str money)
{
	if (unit->kind == CELL_AMOUNT)
		return add_amount(merge, sum, unit, money);
	if (unit->kind != CELL_COUNT)
		return ERR_OK; /* a blank counts as 0 */
	if (__builtin_add_overflow(sum->count, unit->count, &sum->count) || sum->count > SUM_MAX ||
	    sum->count < -SUM_MAX)
		return ERR_LIMIT;
	sum->kind = CELL_COUNT;
	return ERR_OK;
}

/* Without `money_too` the amount of 政府集中采购 stays out: its unit is not that of the sum. */
static enum err add_table(struct merge *merge, const struct report *unit, int table, bool money_too)
{
	struct report_table *t = report_table_of(merge->sum, table);
	enum err e = ERR_OK;

	for (size_t i = 0; e == ERR_OK && i < t->n_rows; i++) {
		const struct report_row *from = report_row(unit, table, t->rows[i].form->key);
		bool procurement = str_eq(t->rows[i].form->key, STR("procurement"));

		for (size_t c = 0; e == ERR_OK && from != NULL && c < t->rows[i].form->n_cols; c++)
			if (!procurement || money_too || from->cells[c].kind != CELL_AMOUNT)
				e = add_cell(merge, &t->rows[i].cells[c], &from->cells[c],
					     procurement ? unit->procurement_unit
							 : merge->sum->procurement_unit);
	}
	return e;
}

/* Whether every row of the unit is one of the sum's form. */
static bool same_form(const struct report *sum, const struct report *unit)
{
	for (int table = 2; table <= 4; table++) {
		const struct report_table *t = report_table(unit, table);

		for (size_t i = 0; i < t->n_rows; i++) {
			const struct form_row *row =
				form_row(sum->form, table, t->rows[i].form->key);

			if (row == NULL || row->n_cols != t->rows[i].form->n_cols)
				return false;
		}
	}
	return true;
}

static enum merge_fate fate_of(const struct merge *merge, const struct report *unit)
{
	if (unit->year != merge->sum->year)
		return MERGE_OTHER_YEAR;
	if (!unit->table2.present && !unit->table3.present && !unit->table4.present)
		return MERGE_NO_TABLES;
	if (!same_form(merge->sum, unit))
		return MERGE_OTHER_FORM;
	if (unit->table2.untrusted || unit->table3.untrusted || unit->table4.untrusted)
		return MERGE_UNTRUSTED;
	return MERGE_ADDED;
}

/* Whether the unit's 采购总金额 can be added: 元 and 万元 are converted; what states no unit is
 * added only where no unit states one.  The first amount decides the unit of the sum. */
static bool money_fits(struct merge *merge, const struct report *unit)
{
	struct report *sum = merge->sum;
	const struct cell *have = report_cell(unit, 2, STR("procurement"), STR("amount"));
	const struct cell *total = report_cell(sum, 2, STR("procurement"), STR("amount"));

	if (have == NULL || have->kind != CELL_AMOUNT || total == NULL)
		return true;
	if (total->kind == CELL_ABSENT)
		sum->procurement_unit = unit->procurement_unit;
	return (sum->procurement_unit.n == 0) == (unit->procurement_unit.n == 0);
}

enum err merge_add(struct merge *merge, const struct report *unit, struct diag *diag)
{
	enum merge_fate fate = fate_of(merge, unit);
	struct str note = STR_NONE, name = unit->body.n ? unit->body : unit->title;
	struct merge_unit *before;
	bool money = true;
	enum err e = find_unit(merge, name, &before);

	if (e != ERR_OK)
		return e;
	if (fate == MERGE_ADDED && before != NULL && before->fate == MERGE_ADDED)
		fate = MERGE_TWICE;
	if (fate == MERGE_OTHER_YEAR)
		e = unit->year ? arena_fmt(merge->sum->mem, &note, "报告年度为%d年", unit->year)
			       : arena_str(merge->sum->mem, STR("未写明年度"), &note);
	if (fate == MERGE_ADDED)
		money = money_fits(merge, unit);
	if (!money)
		note = STR("采购总金额未注明单位，或其他单位未注明，该金额未计入合计");
	if (e == ERR_OK)
		e = name_unit(merge, name, fate, note);
	for (int table = 2; e == ERR_OK && fate == MERGE_ADDED && table <= 4; table++)
		e = add_table(merge, unit, table, money);
	if (e == ERR_LIMIT)
		return diag_set(diag, e, "a sum or an amount is larger than can be added exactly");
	if (e == ERR_OK && fate == MERGE_ADDED)
		merge->n_added++;
	return e;
}

/* ---- the list, the text
 * ------------------------------------------------------------------------------ */

static enum err on_list(struct merge *merge, struct str list, struct str name, bool *ret)
{
	struct str line;

	*ret = false;
	while (!*ret && str_split(&list, '\n', &line)) {
		enum err e = same_name(merge, str_trim_wide(line), name, ret);

		if (e != ERR_OK)
			return e;
	}
	return ERR_OK;
}

enum err merge_list(struct merge *merge, struct str list)
{
	size_t given = merge->n_units;
	struct str rest = list, line;
	enum err e = ERR_OK;

	if (str_starts(list, STR("\xEF\xBB\xBF")))
		rest = list = str_from(list, 3);
	for (size_t i = 0; e == ERR_OK && i < given; i++) {
		bool listed;

		e = on_list(merge, list, merge->units[i].name, &listed);
		if (e == ERR_OK && !listed && merge->units[i].fate == MERGE_ADDED)
			merge->units[i].fate = MERGE_UNLISTED;
	}
	while (e == ERR_OK && str_split(&rest, '\n', &line)) {
		struct merge_unit *unit;

		line = str_trim_wide(line);
		if (line.n == 0 || line.p[0] == '#')
			continue;
		e = find_unit(merge, line, &unit);
		if (e == ERR_OK && unit == NULL)
			e = name_unit(merge, line, MERGE_MISSING, STR_NONE);
	}
	return e;
}

enum err merge_end(struct merge *merge)
{
	struct report *r = merge->sum;
	struct report_section *s = &r->sections[0];
	struct report_para *p;
	enum err e = arena_fmt(r->mem, &r->preamble,
			       "本报告根据《中华人民共和国政府信息公开条例》和" STR_FMT
			       "的要求，由%zu个单位的年度报告汇总编制。所列数据的统计期限自%"
			       "d年1月1日起至%d年12月31日止。",
			       STR_ARG(r->form->basis), merge->n_added, r->year, r->year);
	struct str *basis = e == ERR_OK ? ARENA_PUSH(r->mem, &r->basis, &r->n_basis, &r->cap_basis,
						     LIMIT_SECTIONS)
					: NULL;

	if (basis == NULL)
		return e != ERR_OK ? e : arena_err(r->mem);
	*basis = r->form->basis;
	e = report_split_paras(r->preamble, r->mem, &r->preamble_paras, &r->n_preamble,
			       &r->cap_preamble);
	p = e == ERR_OK
		    ? ARENA_PUSH(r->mem, &s->paras, &s->n_paras, &s->cap_paras, LIMIT_DOC_BLOCKS)
		    : NULL;
	if (p == NULL)
		return e != ERR_OK ? e : arena_err(r->mem);
	return arena_fmt(r->mem, &p->text, "表二、表三、表四由%zu个单位的年度报告逐项相加得出。",
			 merge->n_added);
}

/* ---- against a stated aggregate
 * ------------------------------------------------------------------------ */

static bool agree(const struct merge *merge, const struct cell *sum, const struct cell *stated)
{
	int64_t a = 0, b = 0, slack;

	if (sum->kind == CELL_AMOUNT || stated->kind == CELL_AMOUNT) {
		if ((sum->kind == CELL_AMOUNT && amount_parse(sum->amount, &a) != ERR_OK) ||
		    (stated->kind == CELL_AMOUNT && amount_parse(stated->amount, &b) != ERR_OK))
			return false;
		slack = (int64_t)merge->n_added * TOLERANCE;
		return a - b <= slack && b - a <= slack;
	}
	return cell_count(sum) == cell_count(stated);
}

static enum err add_finding(const struct merge *merge, int table, const struct report_row *row,
			    size_t c, const struct cell *stated, struct arena *mem,
			    struct findings *f)
{
	struct finding *item = ARENA_PUSH(mem, &f->items, &f->n, &f->cap, LIMIT_FINDINGS);
	enum err e;

	if (item == NULL)
		return arena_err(mem) == ERR_LIMIT ? ERR_OK : arena_err(mem);
	item->rule = STR("AR-G01");
	item->severity = SEVERITY_ERROR;
	item->basis = STR("汇总数应等于所属各单位之和");
	item->has_printed = item->has_expected = true;
	item->at = stated ? stated->at : (struct place){0, 0};
	e = report_address(table, row->form->key, row->form->cols[c].key, mem, &item->where);
	if (e == ERR_OK)
		e = diff_cell_text(stated, mem, &item->printed);
	if (e == ERR_OK)
		e = diff_cell_text(&row->cells[c], mem, &item->expected);
	if (e == ERR_OK && item->expected.n == 0)
		item->expected = STR("0");
	if (e == ERR_OK)
		e = arena_fmt(mem, &item->message,
			      "表%s“" STR_FMT "”的“" STR_FMT "”汇总报告写“" STR_FMT
			      "”，%zu个单位相加应为" STR_FMT "。",
			      table == 2   ? "二"
			      : table == 3 ? "三"
					   : "四",
			      STR_ARG(row->form->label), STR_ARG(row->form->cols[c].label),
			      STR_ARG(item->printed), merge->n_added, STR_ARG(item->expected));
	if (e == ERR_OK)
		e = arena_fmt(mem, &item->key, "%016" PRIx64,
			      str_hash(item->expected,
				       str_hash(item->printed,
						str_hash(item->where,
							 str_hash(item->rule, STR_HASH_SEED)))));
	return e;
}

enum err merge_against(const struct merge *merge, const struct report *stated, struct arena *mem,
		       struct findings *ret)
{
	static const struct cell none = {.kind = CELL_ABSENT};
	struct findings f = {.mem = mem};
	enum err e = ERR_OK;

	for (int table = 2; e == ERR_OK && table <= 4; table++) {
		const struct report_table *t = report_table(merge->sum, table);

		for (size_t i = 0; e == ERR_OK && i < t->n_rows; i++)
			for (size_t c = 0; e == ERR_OK && c < t->rows[i].form->n_cols; c++) {
				const struct cell *other =
					report_cell(stated, table, t->rows[i].form->key,
						    t->rows[i].form->cols[c].key);

				if (!agree(merge, &t->rows[i].cells[c], other ? other : &none))
					e = add_finding(merge, table, &t->rows[i], c, other, mem,
							&f);
			}
	}
	if (e == ERR_OK)
		*ret = f;
	return e;
}
