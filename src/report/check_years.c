/* This year's report against last year's of the same organ. */
#include "base/han.h"
#include "report/check_int.h"

#define LL(v) ((long long)(v))

/* A section is taken for a copy from this likeness on, when it is not just a line. */
#define COPY_PERMILLE 800
#define COPY_BYTES 120

static bool consecutive(const struct check *c)
{
	return c->report->year == 0 || c->previous->year == 0 ||
	       c->report->year == c->previous->year + 1;
}

enum err check_t305(struct check *c)
{
	const struct report_row *in = report_row(c->report, 3, STR("carry_in"));
	const struct report_row *out = report_row(c->previous, 3, STR("carry_out"));

	if (!in || !out || !consecutive(c) || !table_sure(c->report, 3) ||
	    !table_sure(c->previous, 3))
		return ERR_OK;
	for (size_t i = 0; i < in->form->n_cols; i++) {
		const struct form_col *col = &in->form->cols[i];
		int k = form_col(out->form, col->key);
		int64_t now = cell_count(&in->cells[i]), then;

		if (k < 0 || !cell_there(&in->cells[i]) || !cell_there(&out->cells[k]))
			continue;
		then = cell_count(&out->cells[k]);
		if (now == then)
			continue;
		check_found(c,
			    &(struct found){.severity = SEVERITY_ERROR,
					    .where = check_where(c, 3, STR("carry_in"), col->key),
					    .printed = cell_text(c, &in->cells[i]),
					    .expected = check_num(c, then),
					    .at = in->cells[i].at.line ? in->cells[i].at : in->at},
			    "表三“上年结转”的“" STR_FMT "”列填 %lld，上年报告“结转下年度继续办理”的"
			    "同一列为 %lld，两者应当相等。",
			    STR_ARG(col->label), LL(now), LL(then));
	}
	return ERR_OK;
}

static int64_t count_of(const struct report *r, int table, const char *row, const char *col)
{
	return cell_count(report_cell(r, table, str_c(row), str_c(col)));
}

static bool has_number(const struct report *r, const char *row, const char *col)
{
	return cell_is_number(report_cell(r, 2, str_c(row), str_c(col)));
}

static void t207_finding(struct check *c, const char *row, const char *col, int64_t expected,
			 const char *why)
{
	const struct cell *cell = report_cell(c->report, 2, str_c(row), str_c(col));

	if (cell_count(cell) == expected)
		return;
	check_found(c,
		    &(struct found){.severity = SEVERITY_WARNING,
				    .where = check_where(c, 2, str_c(row), str_c(col)),
				    .printed = cell_text(c, cell),
				    .expected = check_num(c, expected),
				    .at = cell->at},
		    "表二此格填 %lld，按%s应为 %lld；如因清理、机构调整等有出入，请在正文中说明。",
		    LL(cell_count(cell)), why, LL(expected));
}

enum err check_t207(struct check *c)
{
	static const char *const items[] = {"licence", "other_service", "penalty", "coercion",
					    "fee"};
	static const char *const made[] = {"rules", "normative"};

	if (!consecutive(c) || !c->report->form || c->report->form != c->previous->form ||
	    !table_sure(c->report, 2) || !table_sure(c->previous, 2))
		return ERR_OK;
	for (size_t i = 0; i < 5; i++) {
		if (has_number(c->report, items[i], "previous") &&
		    has_number(c->previous, items[i], "previous"))
			t207_finding(c, items[i], "previous",
				     count_of(c->previous, 2, items[i], "previous") +
					     count_of(c->previous, 2, items[i], "change"),
				     "上年报告的上一年项目数量加本年增/减");
	}
	for (size_t i = 0; i < 2; i++) {
		if (has_number(c->report, made[i], "in_force") &&
		    has_number(c->previous, made[i], "in_force"))
			t207_finding(c, made[i], "in_force",
				     count_of(c->previous, 2, made[i], "in_force") +
					     count_of(c->report, 2, made[i], "made") -
					     count_of(c->report, 2, made[i], "repealed"),
				     "上年现行有效件数加本年制发、减本年废止");
	}
	return ERR_OK;
}

enum err check_t403(struct check *c)
{
	for (size_t i = 0; consecutive(c) && i < c->report->table4.n_rows; i++) {
		const struct report_row *row = &c->report->table4.rows[i];
		const struct cell *pending =
			report_cell(c->previous, 4, row->form->key, STR("pending"));
		const struct cell *total = row_total(row);

		if (cell_count(pending) <= cell_count(total) || !cell_there(total) ||
		    !table_sure(c->report, 4) || !table_sure(c->previous, 4))
			continue;
		check_found(c,
			    &(struct found){.severity = SEVERITY_WARNING,
					    .where = check_where(c, 4, row->form->key, STR("")),
					    .printed = cell_text(c, total),
					    .expected = check_num(c, cell_count(pending)),
					    .at = row->at},
			    "表四“" STR_FMT "”总计 %lld 件，少于上年报告尚未审结的 %lld "
			    "件；上年未审结的案件本年应有结果或者仍未审结，请核对。",
			    STR_ARG(row_name(row)), LL(cell_count(total)), LL(cell_count(pending)));
	}
	return ERR_OK;
}

/* Paragraphs of a section, folded, in one string. */
static enum err section_text(const struct report_section *s, struct arena *mem, struct str *ret)
{
	AUTO_BUF(all, LIMIT_DOC_MEMORY_BYTES);
	struct str text;
	enum err e;

	for (size_t i = 0; i < s->n_paras; i++)
		buf_add(&all, s->paras[i].text);
	e = buf_end(&all);
	if (e == ERR_OK)
		e = arena_str(mem, buf_str(&all), &text);
	if (e == ERR_OK)
		e = han_fold(mem, text, ret);
	return e;
}

enum err check_f13(struct check *c)
{
	const struct report_section *now = report_section(c->report, 5);
	const struct report_section *then = report_section(c->previous, 5);
	struct str a, b;
	int likeness;
	enum err e;

	if (!now || !then || !consecutive(c))
		return ERR_OK;
	e = section_text(now, c->mem, &a);
	if (e == ERR_OK)
		e = section_text(then, c->mem, &b);
	if (e != ERR_OK)
		return e;
	if (a.n < COPY_BYTES || b.n < COPY_BYTES)
		return ERR_OK;
	likeness = han_likeness(a, b);
	if (likeness < COPY_PERMILLE)
		return ERR_OK;
	check_found(c,
		    &(struct found){.severity = SEVERITY_INFO,
				    .where = STR("section.5"),
				    .printed = check_fmt(c, "%d%%", likeness / 10),
				    .at = now->at},
		    "第五部分“存在的主要问题及改进情况”与上年报告相似度为 "
		    "%d%%，请写本年的问题和改进，避免照抄。",
		    likeness / 10);
	return ERR_OK;
}
