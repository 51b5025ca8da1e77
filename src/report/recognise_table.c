/* The three tables, found by their labels: every table row and every text line is looked at in
 * reading order, and offered to the readers of the three. */
#include "report/recognise_table.h"

#include "base/utf8.h"

/* ---- small questions ---- */

bool blank_like(struct str s)
{
	static const struct str word[] = {
		STR("/"),   STR("／"), STR("-"),  STR("－"),   STR("—"),     STR("——"),
		STR("–"),   STR("无"), STR("\\"), STR("--"),   STR("－－"),  STR("---"),
		STR("———"), STR("零"), STR("〇"), STR("暂无"), STR("不涉及")};

	if (s.n == 0)
		return true;
	for (size_t i = 0; i < sizeof(word) / sizeof(word[0]); i++)
		if (str_eq(s, word[i]))
			return true;
	return false;
}

bool number_like(struct str s, struct arena *mem)
{
	struct cell c;

	if (s.n == 0 || s.n > 120)
		return false;
	if (cell_set(&c, s, COL_SIGNED, (struct place){0, 0}, mem) == ERR_OK &&
	    c.kind == CELL_COUNT)
		return true;
	return cell_set(&c, s, COL_AMOUNT, (struct place){0, 0}, mem) == ERR_OK &&
	       c.kind == CELL_AMOUNT;
}

bool value_like(struct str s, struct arena *mem)
{
	return blank_like(s) || number_like(s, mem);
}

static const struct form_row *table3_row(const struct tables *t)
{
	size_t n;
	const struct form *forms = law_forms(t->report->law, &n);

	return n ? forms[n - 1].table3.rows : NULL;
}

struct str without_note_mark(struct str s)
{
	uint32_t cp;

	for (struct str rest = s; utf8_prev(&rest, &cp); s = rest)
		if (!((cp >= 0x2460 && cp <= 0x2473) || cp == '*' || cp == 0xFF0A))
			break;
	return s;
}

/* ---- headers ---- */

static void forget_headers(struct tables *t)
{
	for (size_t i = 0; i < T3_COLS; i++)
		t->col3[i] = GONE;
	for (size_t i = 0; i < T4_COLS; i++)
		t->col4[i] = GONE;
	t->n_col4 = 0;
	t->n_groups4 = 0;
	t->n_head2 = 0;
	t->figures3 = false;
	t->words4 = 0;
}

void vote_form2(struct tables *t, struct str s)
{
	static const struct {
		struct str word;
		int vote;
	} row[] = {
		{STR("新制作"), -1},     {STR("新公开"), -1},      {STR("对外公开总"), -1},
		{STR("上一年项目"), -1}, {STR("增/减"), -1},       {STR("其他对外管理"), -1},
		{STR("集中采购"), -1},   {STR("本年制发"), 1},     {STR("废止件数"), 1},
		{STR("现行有效"), 1},    {STR("本年收费金额"), 1}, {STR("本年处理决定数量"), 1},
	};

	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++)
		if (str_has(s, row[i].word))
			t->form2_votes += row[i].vote;
}

static bool result_word(struct str s)
{
	static const struct str word[] = {STR("结果维持"), STR("结果纠正"), STR("其他结果"),
					  STR("尚未审结")};

	for (size_t i = 0; i < sizeof(word) / sizeof(word[0]); i++)
		if (str_eq(s, word[i]))
			return true;
	return false;
}

/* Columns of table 3.  One alone may be a row's label (总计, 其他): among the figures only a whole
 * header counts. */
static void note_columns3(struct tables *t, const struct view *v, const struct str *flat)
{
	const struct form_row *row3 = table3_row(t);
	int col[CELLS_MAX];
	size_t found = 0;

	if (row3 == NULL || !v->grid || t->words4 > 0)
		return;
	for (size_t i = 0; i < v->n; i++) {
		col[i] = flat[i].n > 0 && flat[i].n <= 90 ? law_match_col(row3, flat[i]) : -1;
		found += col[i] >= 0 && col[i] < T3_COLS;
	}
	if (t->figures3 ? found < 3 : found == 0)
		return;
	for (size_t i = 0; i < v->n; i++)
		if (col[i] >= 0 && col[i] < T3_COLS)
			t->col3[col[i]] = v->col[i];
}

/* A header whose columns stand in another order than the form's.  Where its cells have no places
 * the figures below cannot be told apart. */
static void mind_order3(struct tables *t, const struct view *v, const struct str *flat)
{
	static const struct str label[] = {STR("自然人"),       STR("商业企业"),
					   STR("科研机构"),     STR("社会公益组织"),
					   STR("法律服务机构"), STR("总计")};
	size_t last = 0;

	if (t->words4 > 0)
		return;
	for (size_t c = 0; c < sizeof(label) / sizeof(label[0]); c++)
		for (size_t i = 0; i < v->n; i++) {
			size_t at = str_find(flat[i], label[c], 0);

			if (at == STR_NPOS || str_has(flat[i], STR("。")) ||
			    str_has(flat[i], STR("，")))
				continue;
			at += i * LIMIT_PARA_BYTES;
			t->swapped3 = t->swapped3 || at < last;
			last = at;
			break;
		}
}

static void note_units(struct report *report, struct str flat)
{
	if (str_has(flat, STR("收费金额")) && !str_has(flat, STR("万元")))
		report->fee_header_has_unit = false;
	if (str_has(flat, STR("采购总金额")) && str_has(flat, STR("万元")))
		report->procurement_unit = STR("万元");
	else if (str_has(flat, STR("采购总金额")) && str_has(flat, STR("元")))
		report->procurement_unit = STR("元");
}

/* Column labels of the three tables, as far as this row carries them. */
static enum err note_headers(struct tables *t, const struct view *v)
{
	struct str flat[CELLS_MAX];

	for (size_t i = 0; i < v->n; i++) {
		enum err e = ERR_OK;

		flat[i] = STR_NONE; /* most cells are figures, and no header begins with one */
		if (v->text[i].n > 0 && (v->text[i].p[0] < '0' || v->text[i].p[0] > '9'))
			e = squeeze(t->rc->mem, v->text[i], &flat[i]);
		if (e != ERR_OK)
			return e;
	}
	note_columns3(t, v, flat);
	mind_order3(t, v, flat);
	for (size_t i = 0; i < v->n; i++) {
		if (flat[i].n == 0 || flat[i].n > 90)
			continue;
		if (result_word(flat[i])) {
			t->words4++;
			t->words4_all++;
		}
		if (v->grid)
			note_group4(t, flat[i]);
		if (v->grid && t->words4 > 0 && t->n_col4 < T4_COLS &&
		    (result_word(flat[i]) || str_eq(flat[i], STR("总计"))))
			t->col4[t->n_col4++] = v->col[i];
		vote_form2(t, flat[i]);
		note_units(t->report, flat[i]);
	}
	if (v->n > 1 && str_eq(str_trim_wide(v->text[0]), STR("信息内容"))) {
		t->n_head2 = 0;
		for (size_t i = 1; i < v->n; i++) {
			t->col2[t->n_head2] = v->col[i];
			t->head2[t->n_head2++] = v->text[i];
		}
	}
	return ERR_OK;
}

bool columns_known(const uint32_t *col, size_t n, size_t *ret_rank)
{
	for (size_t i = 0; i < n; i++) {
		ret_rank[i] = 0;
		for (size_t k = 0; k < n; k++) {
			if (col[i] == GONE || (k != i && col[k] == col[i]))
				return false;
			ret_rank[i] += col[k] < col[i];
		}
	}
	return true;
}

const struct str *cell_at_col(const struct view *v, uint32_t col)
{
	for (size_t i = 0; i < v->n; i++)
		if (v->col[i] == col)
			return &v->text[i];
	return NULL;
}

/* ---- walking ---- */

static enum err try_row(struct tables *t, const struct view *v, size_t line, struct rows2 *rows)
{
	size_t rank[T3_COLS];
	bool taken = false, columns;
	enum err e = note_headers(t, v);

	if (t->words4 >= 3)
		t->zone4 = true;
	columns = v->grid && t->words4 == 0 && columns_known(t->col3, T3_COLS, rank);
	if (e == ERR_OK && v->n >= 5)
		e = row_of_table4(t, v, &taken);
	if (e == ERR_OK && !taken && (v->n >= 6 || columns))
		e = row_of_table3(t, v, line, &taken);
	if (e == ERR_OK && !taken && v->n >= 2)
		e = row_of_table2(t, v, line, rows, &taken);
	if (!taken)
		see_figures(t, v);
	t->above = taken || v->n == 0 || value_like(v->text[v->n - 1], t->rc->mem)
			   ? STR_NONE
			   : v->text[v->n - 1];
	for (size_t i = 0; e == ERR_OK && i < v->n; i++)
		e = see_label(t, v->text[i], taken);
	return e;
}

static bool columns3_seen(const struct tables *t)
{
	size_t n = 0;

	for (size_t c = 0; c < T3_COLS; c++)
		n += t->col3[c] != GONE;
	return n >= 3;
}

static enum err walk_table(struct tables *t, const struct doc_table *table, size_t line,
			   struct rows2 *rows)
{
	size_t i = 0;
	enum err e = ERR_OK;
	size_t had3 = t->n_entries;
	bool had4 = t->report->table4.present;

	forget_headers(t);
	while (e == ERR_OK && i < table->n_cells) {
		struct view v = {.grid = table->geometry == TABLE_GRID};
		uint32_t row = table->cells[i].row;

		for (; i < table->n_cells && table->cells[i].row == row; i++) {
			if (v.n == CELLS_MAX)
				continue;
			v.text[v.n] = str_trim_wide(table->cells[i].text);
			v.col[v.n] = table->cells[i].col;
			v.at[v.n++] = table->cells[i].at;
		}
		e = try_row(t, &v, line, rows);
	}
	if (e == ERR_OK && table->untrusted) {
		int which = t->n_entries > had3                  ? 3
			    : t->report->table4.present && !had4 ? 4
			    : t->words4 > 0                      ? 4
			    : columns3_seen(t)                   ? 3
								 : 2;

		report_table_of(t->report, which)->untrusted = true;
	}
	return e;
}

static size_t count_char(struct str s, char c)
{
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++)
		n += s.p[i] == c;
	return n;
}

/* What stands between the cells of a line: bars, or the commas of a row of at least a label
 * and seven; 0: nothing but blanks.  One bar counts when a figure stands behind it. */
static char bar_of(struct str s, struct arena *mem)
{
	size_t bars = count_char(s, '|');

	if (bars >= 2 ||
	    (bars == 1 &&
	     value_like(str_trim_wide(str_from(s, str_find(s, STR("|"), 0) + 1)), mem)))
		return '|';
	return count_char(s, ',') >= T3_COLS ? ',' : 0;
}

/* Cells between bars; empty ones count. */
static bool view_of_bars(const struct line *line, char bar, struct view *v)
{
	struct str rest = line->text, part;

	v->n = 0;
	if (rest.p[0] == bar && bar == '|')
		rest = str_from(rest, 1);
	if (rest.n > 0 && rest.p[rest.n - 1] == bar && bar == '|')
		rest.n--;
	while (v->n < CELLS_MAX && str_split(&rest, bar, &part)) {
		v->text[v->n] = str_trim_wide(part);
		v->col[v->n] = GONE;
		v->at[v->n++] = line->at;
	}
	return v->n > 1;
}

/* Splits a line of text into a label and the values behind it. */
static void view_of_line(const struct line *line, char bar, struct view *v)
{
	struct str rest = line->text, part;

	v->grid = false;
	if (bar != 0 && view_of_bars(line, bar, v))
		return;
	v->n = 0;
	while (rest.n > 0 && v->n < CELLS_MAX) {
		size_t at = 0;
		uint32_t cp;
		struct str ahead = rest;

		while (utf8_next(&ahead, &cp) && !utf8_is_blank(cp))
			at = rest.n - ahead.n;
		part = str_sub(rest, 0, at);
		rest = str_trim_wide(str_from(rest, at));
		v->text[v->n] = part;
		v->col[v->n] = GONE;
		v->at[v->n++] = line->at;
	}
}

/* Joins the words in front of the values into one label. */
static void join_label(struct view *v, struct arena *mem, struct str whole)
{
	size_t label = 0;

	while (label < v->n && !value_like(v->text[label], mem))
		label++;
	if (label <= 1 || label == v->n)
		return;
	v->text[0] = str_trim_wide(str_sub(whole, 0, (size_t)(v->text[label].p - whole.p)));
	for (size_t i = label; i < v->n; i++) {
		v->text[1 + i - label] = v->text[i];
		v->at[1 + i - label] = v->at[i];
	}
	v->n -= label - 1;
}

/* Numbers one under the other: k rows of seven, or the fifteen of table 4, or a row of 2. */
static enum err end_run(struct tables *t, struct rows2 *rows)
{
	struct view v = {.n = 0};
	size_t per_row = 0, n = t->n_run;
	const struct line *label = t->run_from > 0 ? &t->rc->lines.v[t->run_from - 1] : NULL;
	enum err e = ERR_OK;

	t->n_run = 0;
	if (n == 0)
		return ERR_OK;
	if (n == T4_COLS && t->zone4 && !t->report->table4.present)
		per_row = T4_COLS;
	else if (n % T3_COLS == 0)
		per_row = T3_COLS;
	else if (n <= 3 && label != NULL)
		per_row = n;
	for (size_t i = 0; e == ERR_OK && per_row > 0 && i < n; i += per_row) {
		v.n = 0;
		if (i == 0 && label != NULL && label->table == NULL && per_row != T4_COLS) {
			v.text[0] = label->text;
			v.at[0] = label->at;
			v.col[0] = GONE;
			v.n = 1;
		}
		for (size_t c = 0; c < per_row; c++) {
			v.text[v.n] = t->run[i + c];
			v.at[v.n] = t->rc->lines.v[t->run_from].at;
			v.col[v.n++] = GONE;
		}
		e = try_row(t, &v, t->run_from, rows);
	}
	return e;
}

/* Section 2, 3 or 4 that the walk is in; 0: another. */
static size_t section_at(const struct tables *t)
{
	return t->section >= 2 && t->section <= 4 ? (size_t)t->section : 0;
}

static enum err walk_line(struct tables *t, size_t i, struct rows2 *rows)
{
	struct line *line = &t->rc->lines.v[i];
	struct view v;
	struct str above = t->above;
	size_t values = 0;
	char bar;
	enum err e = ERR_OK;

	t->above = STR_NONE;
	if (line->text.n == 0 || line->text.n > 600 || line->heading.no) {
		e = end_run(t, rows);
		t->above = line->text; /* 四、结转下 may pass for a heading */
		return e;
	}
	e = see_label(t, line->text, false);
	if (e != ERR_OK)
		return e;
	if (value_like(line->text, t->rc->mem)) {
		if (t->n_run == 0)
			t->run_from = i;
		t->unread[section_at(t)]++;
		if (t->n_run < sizeof(t->run) / sizeof(t->run[0]))
			t->run[t->n_run++] = line->text;
		return ERR_OK;
	}
	t->above = above;
	e = end_run(t, rows);
	bar = bar_of(line->text, t->rc->mem);
	view_of_line(line, bar, &v);
	for (size_t k = 0; k < v.n; k++)
		values += value_like(v.text[k], t->rc->mem);
	if (e != ERR_OK)
		return e;
	if (values == 0) { /* maybe the torn header of a table */
		v.n = 1;
		v.text[0] = line->text;
		t->above = line->text;
		e = see_torn_label(t, above, line->text);
		if (e != ERR_OK)
			return e;
		return line->text.n <= 90 ? note_headers(t, &v) : ERR_OK;
	}
	if (bar == 0)
		join_label(&v, t->rc->mem, line->text);
	if (v.n <= values + (bar != 0 ? LABELS_IN_FRONT : 1)) {
		t->unread[section_at(t)] += values;
		e = try_row(t, &v, i, rows);
	}
	return e;
}

enum err tables_read(struct recogniser *rc, struct report *report, size_t from, size_t to)
{
	struct tables *t = ARENA_NEW(rc->mem, struct tables);
	struct rows2 rows = {NULL, NULL};
	enum err e = ERR_OK;

	rows.last = &rows.first;
	if (t == NULL)
		return arena_err(rc->mem);
	t->rc = rc;
	t->report = report;
	forget_headers(t);
	for (size_t i = from; e == ERR_OK && i < to; i++) {
		if (rc->lines.v[i].heading.no) /* its header may be torn beyond words */
			t->zone4 = rc->lines.v[i].heading.no == 4;
		if (rc->lines.v[i].heading.no)
			t->section = rc->lines.v[i].heading.no;
		if (rc->lines.v[i].table != NULL) {
			e = end_run(t, &rows);
			if (e == ERR_OK)
				e = walk_table(t, rc->lines.v[i].table, i, &rows);
		} else if (!rc->lines.v[i].picture) {
			e = walk_line(t, i, &rows);
		}
	}
	if (e == ERR_OK)
		e = end_run(t, &rows);
	if (e == ERR_OK)
		e = finish_table3(t);
	if (e == ERR_OK)
		e = finish_table2(t, &rows);
	if (e == ERR_OK)
		e = mind_seen(t);
	use_torn_headers(t, from, to);
	return e;
}
