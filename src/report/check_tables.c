/* Arithmetic and completeness of tables 2 to 4.  In sums a blank counts as 0 (contracts §3). */
#include <string.h>

#include "base/utf8.h"
#include "report/check_int.h"

#define LL(v) ((long long)(v))

/* ---- values ------------------------------------------------------------------------------ */

bool cell_is_number(const struct cell *cell)
{
	return cell != NULL && (cell->kind == CELL_COUNT || cell->kind == CELL_AMOUNT);
}

struct str cell_text(struct check *c, const struct cell *cell)
{
	if (cell == NULL || cell->kind == CELL_ABSENT)
		return STR("");
	if (cell->has_printed)
		return cell->printed.p ? cell->printed : STR("");
	if (cell->kind == CELL_AMOUNT)
		return cell->amount;
	return cell->kind == CELL_COUNT ? check_num(c, cell->count) : STR("");
}

int64_t row_parts(const struct report_row *row)
{
	int64_t sum = 0;

	for (size_t i = 0; i < row->form->n_cols; i++) {
		if (row->form->cols[i].kind == COL_COUNT)
			sum += cell_count(&row->cells[i]);
	}
	return sum;
}

const struct cell *row_total(const struct report_row *row)
{
	for (size_t i = 0; i < row->form->n_cols; i++) {
		if (row->form->cols[i].kind == COL_TOTAL)
			return &row->cells[i];
	}
	return NULL;
}

struct str form_row_name(const struct form_row *row)
{
	return row->label;
}

struct str row_name(const struct report_row *row)
{
	return form_row_name(row->form);
}

bool table_blank(const struct report_table *t)
{
	for (size_t i = 0; i < t->n_rows; i++) {
		for (size_t k = 0; k < t->rows[i].form->n_cols; k++) {
			if (cell_is_number(&t->rows[i].cells[k]))
				return false;
		}
	}
	return true;
}

bool table_sure(const struct report *r, int table)
{
	const struct report_table *t = report_table(r, table);

	return t->present && !t->untrusted;
}

bool table_unread(const struct report *r, int table)
{
	static const char *const lost[] = {"AR-R02", "AR-R03", "AR-R05", "AR-R12", "AR-R13", NULL};
	char name[] = "table0";

	name[5] = (char)('0' + table);
	for (size_t i = 0; i < r->n_notes; i++) {
		/* a note on one table says nothing of the others */
		if (str_has_any(r->notes[i].rule, lost) &&
		    (!str_starts(r->notes[i].where, STR("table")) ||
		     str_starts(r->notes[i].where, str_c(name))))
			return true;
	}
	return report_table(r, table)->untrusted;
}

bool cell_there(const struct cell *cell)
{
	return cell != NULL && cell->kind != CELL_ABSENT;
}

bool row_whole(const struct report_row *row)
{
	for (size_t i = 0; i < row->form->n_cols; i++) {
		if (!cell_there(&row->cells[i]))
			return false;
	}
	return true;
}

bool text_only(const struct report *r)
{
	size_t sections = 0;

	for (int table = 2; table <= 4; table++) {
		if (report_table(r, table)->present)
			return false;
		sections += report_section(r, table) != NULL;
	}
	return sections < 3;
}

static struct place best_place(struct place a, struct place b)
{
	return a.line || a.page ? a : b;
}

/* ---- table 3: K1, K2, K3 ------------------------------------------------------------------ */

static const struct report_row *t3(const struct check *c, const char *key)
{
	return report_row(c->report, 3, str_c(key));
}

enum err check_t301(struct check *c)
{
	const struct report_row *in = t3(c, "new"), *old = t3(c, "carry_in");
	const struct report_row *out = t3(c, "total"), *next = t3(c, "carry_out");

	if (!in || !old || !out || !next || !table_sure(c->report, 3))
		return ERR_OK;
	for (size_t i = 0; i < in->form->n_cols; i++) {
		int64_t left = cell_count(&in->cells[i]) + cell_count(&old->cells[i]);
		int64_t right = cell_count(&out->cells[i]) + cell_count(&next->cells[i]);
		const struct form_col *col = &in->form->cols[i];

		if (left == right || !cell_there(&in->cells[i]) || !cell_there(&old->cells[i]) ||
		    !cell_there(&out->cells[i]) || !cell_there(&next->cells[i]))
			continue;
		check_found(c,
			    &(struct found){.severity = SEVERITY_ERROR,
					    .where = check_where(c, 3, STR("*"), col->key),
					    .printed = check_num(c, left),
					    .expected = check_num(c, right),
					    .at = best_place(in->cells[i].at, in->at)},
			    "表三“" STR_FMT "”列不平：新收 %lld 加上年结转 %lld 为 %lld，总计 %lld "
			    "加结转下年度 %lld 为 %lld，两者应当相等，请核对这四格。",
			    STR_ARG(col->label), LL(cell_count(&in->cells[i])),
			    LL(cell_count(&old->cells[i])), LL(left),
			    LL(cell_count(&out->cells[i])), LL(cell_count(&next->cells[i])),
			    LL(right));
	}
	return ERR_OK;
}

/* Sum of the outcome rows in one column; a head row 其他处理 beside its three rows is not
 * counted twice. */
static int64_t outcome_sum(const struct check *c, size_t col, size_t *ret_blank, bool *ret_whole)
{
	const struct report_table *t = &c->report->table3;
	bool split = t3(c, "other.1") || t3(c, "other.2") || t3(c, "other.3");
	int64_t sum = 0;

	*ret_blank = 0;
	*ret_whole = true;
	for (size_t i = 0; i < t->n_rows; i++) {
		const struct report_row *row = &t->rows[i];

		if (row->form->role != ROW_OUTCOME || col >= row->form->n_cols ||
		    (split && str_eq(row->form->key, STR("other"))))
			continue;
		sum += cell_count(&row->cells[col]);
		*ret_whole = *ret_whole && cell_there(&row->cells[col]);
		if (!cell_is_number(&row->cells[col]) && row_parts(row) != 0)
			++*ret_blank;
	}
	return sum;
}

enum err check_t302(struct check *c)
{
	const struct report_row *total = t3(c, "total");

	if (!total || !table_sure(c->report, 3))
		return ERR_OK;
	for (size_t i = 0; i < total->form->n_cols; i++) {
		const struct form_col *col = &total->form->cols[i];
		size_t blank = 0;
		bool whole;
		int64_t sum = outcome_sum(c, i, &blank, &whole);
		struct str hint = STR("请核对该列。");

		if (sum == cell_count(&total->cells[i]) || !whole || !cell_there(&total->cells[i]))
			continue;
		if (blank)
			hint = check_fmt(c, "其中 %zu 行的这一格为空，请先补填。", blank);
		check_found(c,
			    &(struct found){.severity = SEVERITY_ERROR,
					    .where = check_where(c, 3, STR("*"), col->key),
					    .printed = cell_text(c, &total->cells[i]),
					    .expected = check_num(c, sum),
					    .at = best_place(total->cells[i].at, total->at)},
			    "表三“" STR_FMT
			    "”列：（七）总计填 %lld，（一）至（六）各行相加为 %lld，"
			    "两者应当相等；" STR_FMT,
			    STR_ARG(col->label), LL(cell_count(&total->cells[i])), LL(sum),
			    STR_ARG(hint));
	}
	return ERR_OK;
}

enum err check_t303(struct check *c)
{
	const struct report_table *t = &c->report->table3;

	for (size_t i = 0; table_sure(c->report, 3) && i < t->n_rows; i++) {
		const struct report_row *row = &t->rows[i];
		const struct cell *total = row_total(row);
		int64_t sum = row_parts(row);

		if (total == NULL || cell_count(total) == sum || !row_whole(row))
			continue;
		check_found(c,
			    &(struct found){.severity = SEVERITY_ERROR,
					    .where = check_where(c, 3, row->form->key, STR("")),
					    .printed = cell_text(c, total),
					    .expected = check_num(c, sum),
					    .at = best_place(total->at, row->at)},
			    cell_is_number(total) ? "表三“" STR_FMT "”行：总计填 " STR_FMT
						    "，前六列相加为 %lld，两者应当相等。"
						  : "表三“" STR_FMT "”行：总计为空（“" STR_FMT
						    "”），前六列相加为 %lld，应当填写。",
			    STR_ARG(row_name(row)), STR_ARG(cell_text(c, total)), LL(sum));
	}
	return ERR_OK;
}

/* ---- completeness ------------------------------------------------------------------------- */

static bool row_of_other_form(const struct check *c, int table, const struct report_row *row)
{
	return form_row(c->report->form, table, row->form->key) == NULL;
}

/* 2021 has three rows where 2019 has one; said once, at the first. */
static bool other_collapsed(const struct check *c, const struct form_row *row)
{
	return str_eq(row->group, STR("other")) && row->key.n > 5 && t3(c, "other") != NULL;
}

static void column_gaps(struct check *c)
{
	const struct report_table *t = &c->report->table3;

	if (t->n_rows == 0 || table_blank(t) || table_unread(c->report, 3))
		return;
	for (size_t k = 0; k < t->rows[0].form->n_cols; k++) {
		const struct form_col *col = &t->rows[0].form->cols[k];
		bool there = false;

		for (size_t i = 0; i < t->n_rows && !there; i++)
			there = k < t->rows[i].form->n_cols &&
				t->rows[i].cells[k].kind != CELL_ABSENT;
		if (there)
			continue;
		check_found(c,
			    &(struct found){.severity = SEVERITY_ERROR,
					    .where = check_where(c, 3, STR("*"), col->key),
					    .expected = col->label,
					    .at = t->at},
			    "表三缺少“" STR_FMT "”一列，请按格式补齐七列。", STR_ARG(col->label));
	}
}

static void rows_missing(struct check *c, int table)
{
	const struct report_table *t = report_table(c->report, table);
	const struct form_table *want = form_table(c->report->form, table);
	bool said_other = false;

	for (size_t i = 0; !table_unread(c->report, table) && i < want->n_rows; i++) {
		const struct form_row *row = &want->rows[i];

		if (report_row(c->report, table, row->key) ||
		    (said_other && other_collapsed(c, row)))
			continue;
		said_other = said_other || (table == 3 && other_collapsed(c, row));
		check_found(c,
			    &(struct found){.severity = SEVERITY_ERROR,
					    .where = check_where(c, table, row->key, STR("")),
					    .expected = row->label,
					    .at = t->at},
			    "表%s缺少“" STR_FMT STR_FMT "”%s，请按" STR_FMT "规定的格式补齐。",
			    table == 2   ? "二"
			    : table == 3 ? "三"
					 : "四",
			    STR_ARG(row->parent), STR_ARG(row->label),
			    table == 3 && other_collapsed(c, row) ? "等三行"
			    : table == 4                          ? "一组"
								  : "一行",
			    STR_ARG(c->report->form->basis));
	}
}

static void table_missing(struct check *c, int table, const char *name)
{
	if (table_unread(c->report, table) || text_only(c->report))
		return;
	check_found(c,
		    &(struct found){.severity = SEVERITY_ERROR,
				    .where = check_fmt(c, "table%d", table)},
		    "没有找到%s，请按格式补上（没有数据的填 0）。", name);
}

enum err check_t201(struct check *c)
{
	if (c->report->form == NULL)
		return ERR_OK;
	if (!c->report->table2.present)
		table_missing(c, 2, "表二（主动公开政府信息情况）");
	else
		rows_missing(c, 2);
	return ERR_OK;
}

enum err check_t304(struct check *c)
{
	if (c->report->form == NULL)
		return ERR_OK;
	if (!c->report->table3.present) {
		table_missing(c, 3, "表三（收到和处理政府信息公开申请情况）");
		return ERR_OK;
	}
	rows_missing(c, 3);
	column_gaps(c);
	return ERR_OK;
}

enum err check_t404(struct check *c)
{
	if (c->report->form == NULL)
		return ERR_OK;
	if (!c->report->table4.present)
		table_missing(c, 4, "表四（政府信息公开行政复议、行政诉讼情况）");
	else
		rows_missing(c, 4);
	return ERR_OK;
}

enum err check_f01(struct check *c)
{
	const struct report *r = c->report;
	const struct form *want = r->year ? law_form_by_year(r->law, r->year) : NULL;

	if (want && r->form && want != r->form) {
		check_found(c,
			    &(struct found){.severity = SEVERITY_ERROR,
					    .where = STR("table2"),
					    .printed = r->form->id,
					    .expected = want->id},
			    "%d 年度报告应当使用" STR_FMT "规定的格式，本报告用的是" STR_FMT
			    "的格式。",
			    r->year, STR_ARG(want->basis), STR_ARG(r->form->basis));
		return ERR_OK;
	}
	for (int table = 2; r->form && table <= 4; table++) {
		const struct report_table *t = report_table(r, table);

		for (size_t i = 0; table_sure(r, table) && i < t->n_rows; i++) {
			const struct report_row *row = &t->rows[i];

			if (!row_of_other_form(c, table, row))
				continue;
			check_found(c,
				    &(struct found){
					    .severity = SEVERITY_ERROR,
					    .where = check_where(c, table, row->form->key, STR("")),
					    .printed = row->label.n ? row->label : row->form->label,
					    .at = row->at},
				    "“" STR_FMT "”是另一种格式的行，%d 年度报告应当使用" STR_FMT
				    "规定的格式，请改用该格式的行。",
				    STR_ARG(row->form->label), r->year, STR_ARG(r->form->basis));
		}
	}
	return ERR_OK;
}

/* ---- cells -------------------------------------------------------------------------------- */

typedef void cell_fn(struct check *c, int table, const struct report_row *row, size_t col);

static void each_cell(struct check *c, int first, int last, cell_fn *fn)
{
	for (int table = first; table <= last; table++) {
		const struct report_table *t = report_table(c->report, table);

		for (size_t i = 0; table_sure(c->report, table) && i < t->n_rows; i++) {
			for (size_t k = 0; k < t->rows[i].form->n_cols; k++)
				fn(c, table, &t->rows[i], k);
		}
	}
}

/* Blank, or a sign that stands for nothing. */
static bool is_blank_mark(struct str s)
{
	static const char *const marks[] = {"",   "-",  "/",   "\\", "—", "——", "－", "–",   "无",
					    "／", "--", "---", "一", "*", "●",  "•",  "N/A", NULL};

	s = str_trim_wide(s);
	for (size_t i = 0; marks[i]; i++) {
		if (str_eq(s, str_c(marks[i])))
			return true;
	}
	return false;
}

static const char *table_zh(int table)
{
	return table == 2 ? "二" : table == 3 ? "三" : "四";
}

static void number_cell(struct check *c, int table, const struct report_row *row, size_t k)
{
	const struct cell *cell = &row->cells[k];
	const struct form_col *col = &row->form->cols[k];
	bool wrong = cell->kind == CELL_NULL && cell->has_printed && !is_blank_mark(cell->printed);

	if (cell->kind == CELL_COUNT && cell->count < 0 && col->kind != COL_SIGNED)
		wrong = true;
	if (!wrong)
		return;
	check_found(c,
		    &(struct found){.severity = SEVERITY_ERROR,
				    .where = check_where(c, table, row->form->key, col->key),
				    .printed = cell_text(c, cell),
				    .at = best_place(cell->at, row->at)},
		    "表%s“" STR_FMT "”行“" STR_FMT "”列填的是“" STR_FMT
		    "”，应当填写不小于 0 的%s。",
		    table_zh(table), STR_ARG(row_name(row)), STR_ARG(col->label),
		    STR_ARG(cell_text(c, cell)), col->kind == COL_AMOUNT ? "金额" : "整数");
}

enum err check_t202(struct check *c)
{
	each_cell(c, 2, 4, number_cell);
	return ERR_OK;
}

static void blank_cell(struct check *c, int table, const struct report_row *row, size_t k)
{
	const struct cell *cell = &row->cells[k];
	const struct form_col *col = &row->form->cols[k];
	bool sum = col->kind == COL_TOTAL && row_parts(row) != 0;
	struct str text = cell_text(c, cell);

	if (cell_is_number(cell) || !cell_there(cell) ||
	    (cell->kind == CELL_NULL && cell->has_printed && !is_blank_mark(cell->printed)))
		return;
	check_found(c,
		    &(struct found){.severity = SEVERITY_WARNING,
				    .where = check_where(c, table, row->form->key, col->key),
				    .printed = text,
				    .at = best_place(cell->at, row->at)},
		    "表%s“" STR_FMT "”行“" STR_FMT "”列%s，%s。", table_zh(table),
		    STR_ARG(row_name(row)), STR_ARG(col->label),
		    str_trim_wide(text).n ? "没有填数字" : "为空",
		    sum ? "应当填写前几列之和" : "没有数据的应当填 0（核算时按 0 计）");
}

enum err check_t306(struct check *c)
{
	each_cell(c, 2, 4, blank_cell);
	return ERR_OK;
}

enum err check_t311(struct check *c)
{
	for (int table = 2; table <= 4; table++) {
		const struct report_table *t = report_table(c->report, table);

		for (size_t i = 0; table_sure(c->report, table) && i < t->n_rows; i++) {
			const struct report_row *row = &t->rows[i];

			if (row->fit != FIT_DAMAGED || row->label.n == 0)
				continue;
			check_found(c,
				    &(struct found){
					    .severity = SEVERITY_WARNING,
					    .where = check_where(c, table, row->form->key, STR("")),
					    .printed = row->label,
					    .expected = row->form->label,
					    .at = row->at},
				    "表%s的行名“" STR_FMT "”与格式不符，应为“" STR_FMT "”。",
				    table_zh(table), STR_ARG(row->label),
				    STR_ARG(row->form->label));
		}
	}
	return ERR_OK;
}

enum err check_t308(struct check *c)
{
	static const char *const keys[] = {"other", "other.3"};
	const struct report_row *total = t3(c, "total");
	int64_t all = total ? cell_count(row_total(total)) : 0;

	if (total && row_parts(total) > all)
		all = row_parts(total);
	for (size_t i = 0; table_sure(c->report, 3) && i < 2; i++) {
		const struct report_row *row = t3(c, keys[i]);
		int64_t n = row ? cell_count(row_total(row)) : 0;

		if (n <= 5 || n * 5 <= all)
			continue;
		check_found(
			c,
			&(struct found){.severity = SEVERITY_WARNING,
					.where = check_where(c, 3, row->form->key, STR("total")),
					.printed = check_num(c, n),
					.at = row->at},
			"表三“" STR_FMT "”填 %lld 件，超过办结总数 %lld 件的两成，"
			"请核对是否有应归入其他各行的申请，并在正文中说明。",
			STR_ARG(row_name(row)), LL(n), LL(all));
	}
	return ERR_OK;
}

enum err check_t309(struct check *c)
{
	const struct report_row *total = t3(c, "total"), *open = t3(c, "open");
	const struct report_row *partial = t3(c, "partial");
	int64_t all = total ? cell_count(row_total(total)) : 0;

	if (!open || !partial || all < 10 || !table_sure(c->report, 3) || !row_whole(open) ||
	    !row_whole(partial) || row_parts(open) || row_parts(partial) ||
	    cell_count(row_total(open)) || cell_count(row_total(partial)))
		return ERR_OK;
	check_found(c,
		    &(struct found){.severity = SEVERITY_INFO,
				    .where = STR("table3.open"),
				    .printed = STR("0"),
				    .at = open->at},
		    "全年办结 %lld 件申请，没有一件予以公开或者部分公开，请核对。", LL(all));
	return ERR_OK;
}

/* ---- table 4 ------------------------------------------------------------------------------ */

enum err check_t401(struct check *c)
{
	const struct report_table *t = &c->report->table4;

	for (size_t i = 0; table_sure(c->report, 4) && i < t->n_rows; i++) {
		const struct report_row *row = &t->rows[i];
		const struct cell *total = row_total(row);
		int64_t sum = row_parts(row);

		if (total == NULL || cell_count(total) == sum || !row_whole(row))
			continue;
		check_found(c,
			    &(struct found){.severity = SEVERITY_ERROR,
					    .where = check_where(c, 4, row->form->key, STR("")),
					    .printed = cell_text(c, total),
					    .expected = check_num(c, sum),
					    .at = best_place(total->at, row->at)},
			    "表四“" STR_FMT "”：总计填“" STR_FMT
			    "”，结果维持、结果纠正、其他结果、尚未审结相加为 %lld，两者应当相等。",
			    STR_ARG(row_name(row)), STR_ARG(cell_text(c, total)), LL(sum));
	}
	return ERR_OK;
}

/* ---- table 2 ------------------------------------------------------------------------------ */

enum err check_t203(struct check *c)
{
	const struct report_row *row = report_row(c->report, 2, STR("rules"));
	enum body_kind kind = body_kind(c->report->body);

	if (!row || !table_sure(c->report, 2))
		return ERR_OK;
	/* a city's own government may make rules; from the name alone a county-level city cannot
	 * be told from one that may */
	if (kind == BODY_UNKNOWN || kind == BODY_CENTRAL ||
	    (kind == BODY_GOVERNMENT && !str_has(c->report->body, STR("县")) &&
	     !str_has(c->report->body, STR("区人民"))))
		return ERR_OK;
	for (size_t k = 0; k < row->form->n_cols; k++) {
		if (cell_count(&row->cells[k]) == 0)
			continue;
		check_found(c,
			    &(struct found){.severity = SEVERITY_WARNING,
					    .where = check_where(c, 2, STR("rules"),
								 row->form->cols[k].key),
					    .printed = cell_text(c, &row->cells[k]),
					    .expected = STR("0"),
					    .at = best_place(row->cells[k].at, row->at)},
			    "表二“规章”填 %lld，而从名称看本机关没有规章制定权，规章各格应当为 0；"
			    "请核对是否应填在“行政规范性文件”。",
			    LL(cell_count(&row->cells[k])));
	}
	return ERR_OK;
}

static bool amount_nonzero(const struct cell *cell)
{
	if (cell == NULL || cell->kind != CELL_AMOUNT)
		return cell != NULL && cell->kind == CELL_COUNT && cell->count != 0;
	for (size_t i = 0; i < cell->amount.n; i++) {
		if (cell->amount.p[i] >= '1' && cell->amount.p[i] <= '9')
			return true;
	}
	return false;
}

/* Whole part, capped; 0 for blank. */
static int64_t amount_whole(const struct cell *cell)
{
	int64_t v = 0;

	if (cell == NULL || cell->kind != CELL_AMOUNT)
		return cell_count(cell);
	for (size_t i = 0; i < cell->amount.n && v < INT64_MAX / 100; i++) {
		char d = cell->amount.p[i];

		if (d < '0' || d > '9')
			break;
		v = v * 10 + (d - '0');
	}
	return v;
}

static void fee_finding(struct check *c, const struct cell *cell, const char *message)
{
	check_found(c,
		    &(struct found){.severity = SEVERITY_WARNING,
				    .where = STR("table2.fee.amount"),
				    .printed = cell_text(c, cell),
				    .at = cell->at},
		    "%s", message);
}

enum err check_t204(struct check *c)
{
	const struct cell *fee = report_cell(c->report, 2, STR("fee"), STR("amount"));
	const struct cell *before = NULL;
	struct str text;

	if (fee == NULL || c->report->form == NULL || !table_sure(c->report, 2))
		return ERR_OK;
	text = cell_text(c, fee);
	if (!c->report->fee_header_has_unit)
		fee_finding(
			c, fee,
			"表二“本年收费金额”的表头没有写明单位，应为“本年收费金额（单位：万元）”。");
	if (str_has(text, STR("元")) && !str_has(text, STR("万元")))
		fee_finding(c, fee, "表二“本年收费金额”以元填写，格式规定以万元为单位，请换算。");
	else if (str_ends(text, STR(".00")) && amount_whole(fee) >= 10000)
		fee_finding(c, fee,
			    "表二“本年收费金额”像是以元填写的（带两位小数的大数），格式规定以万元为"
			    "单位，"
			    "请核对。");
	if (c->previous)
		before = report_cell(c->previous, 2, STR("fee"), STR("amount"));
	if (before && amount_whole(before) > 0 && amount_whole(fee) / 1000 > amount_whole(before))
		fee_finding(c, fee, "表二“本年收费金额”是上年的一千倍以上，请核对单位是否为万元。");
	return ERR_OK;
}

enum err check_t205(struct check *c)
{
	const struct cell *items = report_cell(c->report, 2, STR("procurement"), STR("items"));
	const struct cell *amount = report_cell(c->report, 2, STR("procurement"), STR("amount"));
	struct found f = {.severity = SEVERITY_WARNING, .where = STR("table2.procurement.amount")};

	if (!items || !amount || !table_sure(c->report, 2) || !cell_there(items) ||
	    !cell_there(amount))
		return ERR_OK;
	f.printed = cell_text(c, amount);
	f.at = amount->at;
	if (amount_nonzero(amount) && c->report->procurement_unit.n == 0)
		check_found(c, &f,
			    "表二“采购总金额”填“" STR_FMT "”，没有写明单位，应当注明元或者万元。",
			    STR_ARG(f.printed));
	if (cell_count(items) > 0 && !amount_nonzero(amount))
		check_found(c, &f,
			    "表二政府集中采购项目数量为 %lld，采购总金额却为“" STR_FMT
			    "”，请核对。",
			    LL(cell_count(items)), STR_ARG(f.printed));
	if (cell_count(items) == 0 && amount_nonzero(amount)) {
		f.where = STR("table2.procurement.items");
		f.printed = cell_text(c, items);
		check_found(c, &f, "表二采购总金额为“" STR_FMT "”，采购项目数量却为 0，请核对。",
			    STR_ARG(cell_text(c, amount)));
	}
	return ERR_OK;
}

/* ---- what the reading itself has to say --------------------------------------------------- */

enum err check_notes(struct check *c)
{
	size_t n_rules;
	const struct check_rule *rules = check_rules(&n_rules), *other = c->rule;

	for (size_t i = 0; i < c->report->n_notes; i++) {
		const struct report_note *note = &c->report->notes[i];

		c->rule = other;
		for (size_t k = 0; k < n_rules; k++) {
			if (str_eq(str_c(rules[k].id), note->rule))
				c->rule = &rules[k];
		}
		check_found(c,
			    &(struct found){.severity = SEVERITY_INFO,
					    .where = note->where,
					    .quote = note->text,
					    .at = note->at},
			    STR_FMT, STR_ARG(note->text));
	}
	return ERR_OK;
}
