/* The three tables, found by their labels.
 *
 * Every table row and every text line is looked at in reading order and becomes an entry: a
 * row with a label of the form (an anchor), a row of numbers without one (an orphan), or
 * nothing.  An orphan is placed only when the anchors around it leave exactly one place for
 * it; otherwise its table is marked untrusted and a note says so. */
#include "report/recognise_table.h"

#include <string.h>

#include "base/han.h"
#include "base/utf8.h"

/* ---- small questions ----------------------------------------------------------------------- */

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

static bool number_like(struct str s, struct arena *mem)
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

/* ---- headers ----------------------------------------------------------------------------------
 */

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

/* Words that tell which form table 2 has. */
static void vote_form2(struct tables *t, struct str s)
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
		enum err e = squeeze(t->rc->mem, v->text[i], &flat[i]);

		if (e != ERR_OK)
			return e;
	}
	note_columns3(t, v, flat);
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

/* All seven seen, each in a place of its own; *ret_rank is the order from left to right. */
static bool columns_known(const uint32_t *col, size_t n, size_t *ret_rank)
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

/* ---- table 3
 * -------------------------------------------------------------------------------------- */

const struct str *cell_at_col(const struct view *v, uint32_t col)
{
	for (size_t i = 0; i < v->n; i++)
		if (v->col[i] == col)
			return &v->text[i];
	return NULL;
}

/* Values by the columns of the header.  A row whose last cells the source leaves out is known by
 * the figures that begin where the header's do. */
static bool take_by_columns(struct tables *t, const struct view *v, int label, struct entry *e)
{
	size_t found = 0, from = (size_t)(label + 1), first = 0;

	for (size_t c = 0; c < T3_COLS; c++) {
		const struct str *s = cell_at_col(v, t->col3[c]);

		first = t->col3[c] < t->col3[first] ? c : first;
		e->there[c] = s != NULL && (label < 0 || s > &v->text[label]);
		if (e->there[c])
			e->value[c] = *s;
		found += e->there[c];
	}
	if (found >= 5)
		return true;
	return label >= 0 && found == v->n - from && (found == 0 || v->col[from] == t->col3[first]);
}

/* The seven values behind the label at `label` (or all, label == -1).  False when the row does
 * not have seven. */
static bool take_seven(struct tables *t, const struct view *v, int label, struct entry *e)
{
	size_t from = (size_t)(label + 1), n = v->n - from;
	size_t rank[T3_COLS] = {0, 1, 2, 3, 4, 5, 6};
	bool known = v->grid && columns_known(t->col3, T3_COLS, rank);

	if (n != T3_COLS && known)
		return take_by_columns(t, v, label, e);
	if (n > T3_COLS && v->text[from].n == 0 && v->text[v->n - 1].n == 0)
		return false; /* blanks on both sides: which are cells, nobody knows */
	while (n > T3_COLS && v->text[from + n - 1].n == 0 && v->text[from].n != 0)
		n--; /* padding behind, as PDF-to-Markdown tools leave it */
	while (n > T3_COLS && v->text[from].n == 0) {
		from++; /* merged label columns */
		n--;
	}
	if (n != T3_COLS)
		return false;
	for (size_t c = 0; c < T3_COLS; c++) { /* columns may stand in another order */
		e->value[c] = v->text[from + (known ? rank[c] : c)];
		e->there[c] = true;
	}
	return true;
}

/* 1.属于国家秘密① -> without the mark of a note. */
static struct str without_note_mark(struct str s)
{
	uint32_t cp;

	for (struct str rest = s; utf8_prev(&rest, &cp); s = rest)
		if (!((cp >= 0x2460 && cp <= 0x2473) || cp == '*' || cp == 0xFF0A))
			break;
	return s;
}

static size_t count_values(const struct tables *t, const struct entry *e, size_t *ret_numbers)
{
	size_t values = 0;

	*ret_numbers = 0;
	for (size_t c = 0; c < T3_COLS; c++) {
		if (e->there[c] && value_like(e->value[c], t->rc->mem))
			values++;
		if (e->there[c] && number_like(e->value[c], t->rc->mem))
			++*ret_numbers;
	}
	return values;
}

static enum err keep_entry(struct tables *t, const struct entry *e)
{
	struct entry *to = ARENA_PUSH(t->rc->mem, &t->entries, &t->n_entries, &t->cap_entries,
				      LIMIT_TABLE_ROWS);

	if (to == NULL)
		return arena_err(t->rc->mem);
	*to = *e;
	if (e->form != NULL)
		t->zone3 = true;
	return ERR_OK;
}

/* Tries a row as one of table 3. */
static enum err row_of_table3(struct tables *t, const struct view *v, size_t line, bool *ret_taken)
{
	struct entry entry = {.line = line, .at = v->n ? v->at[0] : (struct place){0, 0}};
	struct label_match best = {.row = NULL};
	size_t numbers = 0, values, there = 0;
	int label = -1, last_label = -1;
	enum err e = ERR_OK;

	*ret_taken = false;
	for (int i = (int)v->n - 1; i >= 0; i--) {
		struct label_match m;

		if (value_like(v->text[i], t->rc->mem))
			continue;
		if (last_label < 0)
			last_label = i;
		e = report_match_row(t->report->law, 3, without_note_mark(v->text[i]), t->rc->mem,
				     &m);
		if (e != ERR_OK)
			return e;
		if (m.row != NULL && m.fit > best.fit) {
			best = m;
			label = i;
		}
		if (best.fit >= FIT_VARIANT)
			break;
	}
	if (best.row != NULL) {
		if (!take_seven(t, v, last_label > label ? last_label : label, &entry))
			return ERR_OK;
		entry.form = best.row;
		entry.fit = best.fit;
		entry.label = v->text[label];
		entry.at = v->at[label];
	} else {
		if (!t->zone3 || !take_seven(t, v, last_label, &entry))
			return ERR_OK;
		entry.label = last_label >= 0 ? v->text[last_label] : STR_NONE;
	}
	values = count_values(t, &entry, &numbers);
	for (size_t c = 0; c < T3_COLS; c++)
		there += entry.there[c];
	if (values < (there < 5 ? there : 5) || (best.row == NULL && numbers == 0))
		return ERR_OK;
	if (there < 5 && best.fit < FIT_VARIANT)
		return ERR_OK;
	*ret_taken = true;
	t->figures3 = true;
	return keep_entry(t, &entry);
}

/* ---- placing orphans --------------------------------------------------------------------------
 */

static bool have_row(const struct tables *t, const struct form_row *form)
{
	for (size_t i = 0; i < t->n_entries; i++)
		if (t->entries[i].form != NULL && str_eq(t->entries[i].form->key, form->key))
			return true;
	return false;
}

/* The form whose rows the anchors are. */
static const struct form *form_of_entries(const struct tables *t)
{
	size_t n;
	const struct form *forms = law_forms(t->report->law, &n), *best = n ? &forms[n - 1] : NULL;
	size_t best_fit = 0;

	for (size_t f = n; f-- > 0;) {
		size_t fit = 0;

		for (size_t i = 0; i < t->n_entries; i++)
			if (t->entries[i].form != NULL &&
			    form_row(&forms[f], 3, t->entries[i].form->key) != NULL)
				fit++;
		if (law_form_by_year(t->report->law, t->report->year) == &forms[f])
			fit++; /* the year decides a tie */
		if (fit > best_fit) {
			best_fit = fit;
			best = &forms[f];
		}
	}
	return best;
}

/* Order of an entry's row among the rows of `form`; SIZE_MAX when the form lacks it. */
static size_t rank_in(const struct form *form, const struct form_row *row)
{
	const struct form_row *same = form_row(form, 3, row->key);

	return same ? same->order : SIZE_MAX;
}

/* A second row with the same label, or one out of order whose label was only similar, is an
 * orphan: its neighbours know better. */
static void unseat_doubtful(struct tables *t, const struct form *form)
{
	for (size_t i = 0; i < t->n_entries; i++) {
		struct entry *e = &t->entries[i];
		size_t rank = e->form ? rank_in(form, e->form) : SIZE_MAX;

		for (size_t k = 0; k < i && e->form != NULL; k++)
			if (t->entries[k].form == e->form) {
				if (e->fit > t->entries[k].fit)
					t->entries[k].form = NULL;
				else
					e->form = NULL;
			}
		if (e->form == NULL || e->fit != FIT_DAMAGED || rank == SIZE_MAX)
			continue;
		for (size_t k = 0; k < t->n_entries; k++) {
			const struct entry *o = &t->entries[k];
			size_t other;

			if (o->form == NULL || o->fit == FIT_DAMAGED)
				continue;
			other = rank_in(form, o->form);
			if (other != SIZE_MAX &&
			    ((k < i && other > rank) || (k > i && other < rank))) {
				e->form = NULL;
				break;
			}
		}
	}
}

/* Whether the torn pieces of a label lie between two lines of text. */
static enum err label_lies_between(struct tables *t, const struct form_row *row, size_t from,
				   size_t to, bool *ret)
{
	AUTO_BUF(all, LIMIT_PARA_BYTES);
	struct str folded, need = row->folded;
	size_t hit = 0, chars = 0;
	enum err e;

	for (size_t i = from; i < to && i < t->rc->lines.n; i++)
		buf_add(&all, t->rc->lines.v[i].text);
	if (buf_end(&all) != ERR_OK)
		return buf_end(&all);
	e = han_fold(t->rc->mem, buf_str(&all), &folded);
	if (e != ERR_OK)
		return e;
	for (uint32_t cp, before = 0; utf8_next(&need, &cp); before = cp) { /* by pairs */
		char pair[8];
		size_t n;

		if (before == 0)
			continue;
		n = utf8_put(before, pair);
		n += utf8_put(cp, pair + n);
		chars++;
		hit += str_has(folded, str_n(pair, n));
	}
	*ret = chars > 0 && hit * 10 >= chars * 7;
	return ERR_OK;
}

static void seat(struct entry *e, const struct form_row *row)
{
	e->form = row;
	/* a torn label is our reading's trouble; a label that stands there and differs is the
	 * report's */
	e->fit = e->label.n ? FIT_DAMAGED : FIT_EXACT;
}

/* Orphans between entries a and b (exclusive), rows of `form` between the ranks lo and hi. */
static enum err place_gap(struct tables *t, const struct form *form, size_t a, size_t b, size_t lo,
			  size_t hi, size_t *ret_left)
{
	const struct form_row *missing[64];
	size_t n_missing = 0, n_orphans = 0, filtered = 0;
	size_t from = a > 0 ? t->entries[a - 1].line : 0;
	size_t to = b < t->n_entries ? t->entries[b].line + 1 : t->rc->lines.n;

	for (size_t i = a; i < b; i++)
		n_orphans += t->entries[i].form == NULL;
	if (n_orphans == 0)
		return ERR_OK;
	for (size_t r = lo; r < hi && r < form->table3.n_rows && n_missing < 64; r++)
		if (!have_row(t, &form->table3.rows[r]))
			missing[n_missing++] = &form->table3.rows[r];
	if (n_orphans < n_missing) {
		for (size_t m = 0; m < n_missing; m++) {
			bool there = false;
			enum err e = label_lies_between(t, missing[m], from, to, &there);

			if (e != ERR_OK)
				return e;
			if (there)
				missing[filtered++] = missing[m];
		}
		n_missing = filtered;
	}
	if (n_orphans != n_missing) {
		*ret_left += n_orphans;
		return ERR_OK;
	}
	for (size_t i = a, m = 0; i < b; i++)
		if (t->entries[i].form == NULL)
			seat(&t->entries[i], missing[m++]);
	t->torn = true;
	return ERR_OK;
}

static enum err place_orphans(struct tables *t, const struct form *form, size_t *ret_left)
{
	size_t lo = 0, a = 0;
	enum err e = ERR_OK;

	for (size_t i = 0; e == ERR_OK && i <= t->n_entries; i++) {
		size_t rank = form->table3.n_rows;

		if (i < t->n_entries) {
			if (t->entries[i].form == NULL)
				continue;
			rank = rank_in(form, t->entries[i].form);
			if (rank == SIZE_MAX)
				continue; /* a row of the other form holds no place in this one */
		}
		e = place_gap(t, form, a, i, lo, rank, ret_left);
		a = i + 1;
		lo = rank + 1;
	}
	return e;
}

static enum err put_entry(struct tables *t, const struct entry *en)
{
	const struct form_row *form = en->form;
	struct report_row *row;
	enum err e;

	if (report_row(t->report, 3, form->key) != NULL)
		return ERR_OK;
	e = report_row_add(t->report, 3, form, &row);
	if (e != ERR_OK)
		return e;
	row->at = en->at;
	row->label = en->label;
	row->fit = en->fit;
	for (size_t c = 0; e == ERR_OK && c < form->n_cols && c < T3_COLS; c++)
		if (en->there[c])
			e = cell_set(&row->cells[c], en->value[c], form->cols[c].kind, en->at,
				     t->report->mem);
	return e;
}

/* Scraps of labels between rows are no text of the report. */
static void use_scraps(struct tables *t, size_t from, size_t to)
{
	for (size_t i = from; i < to && i < t->rc->lines.n; i++) {
		struct line *l = &t->rc->lines.v[i];

		if (l->heading.no == 0 && !str_has(l->text, STR("。")) && l->text.n < 120)
			l->used = true;
	}
}

/* In a torn text the headers of the tables lie about between the headings of 二 to 四. */
static void use_torn_headers(struct tables *t, size_t from, size_t to)
{
	size_t first = to, last = from;

	for (size_t i = from; i < to; i++) {
		if (t->rc->lines.v[i].heading.no == 2 && first == to)
			first = i;
		if (t->rc->lines.v[i].table != NULL)
			last = i;
	}
	if (t->torn && first < last)
		use_scraps(t, first, last);
}

static enum err finish_table3(struct tables *t)
{
	const struct form *form = form_of_entries(t);
	size_t anchors = 0, left = 0, first = 0, last = 0;
	enum err e;

	if (form == NULL)
		return ERR_OK;
	unseat_doubtful(t, form);
	e = place_orphans(t, form, &left);
	for (size_t i = 0; e == ERR_OK && i < t->n_entries; i++) {
		if (t->entries[i].form == NULL)
			continue;
		if (anchors++ == 0)
			first = t->entries[i].line;
		last = t->entries[i].line;
		e = put_entry(t, &t->entries[i]);
	}
	if (e != ERR_OK || anchors == 0)
		return e;
	t->report->table3.present = true;
	t->report->table3.at = t->entries[0].at;
	if (left > 0) {
		t->report->table3.untrusted = true;
		e = report_note_add(t->report, STR("AR-R13"), STR("table3"), t->report->table3.at,
				    "表三有%zu行数字无法确定属于哪一行，未读入，请对照原文核实",
				    left);
	}
	use_scraps(t, first, last + 1);
	return e;
}

/* ---- table 2
 * -------------------------------------------------------------------------------------- */

/* Values of one row of table 2, kept until the form is known. */
struct row2 {
	struct str label;
	struct view view;
	int label_at;
	uint32_t col2[CELLS_MAX];
	struct str head2[CELLS_MAX];
	size_t n_head2;
	size_t line;
	struct row2 *next;
};

struct rows2 {
	struct row2 *first, **last;
};

static enum err row_of_table2(struct tables *t, const struct view *v, size_t line,
			      struct rows2 *rows, bool *ret_taken)
{
	struct label_match m;
	struct row2 *r;
	size_t values = 0;
	int label = -1;
	enum err e;

	*ret_taken = false;
	for (size_t i = 0; i < v->n; i++) {
		if (value_like(v->text[i], t->rc->mem))
			values += label >= 0;
		else if (label < 0 || values == 0)
			label = (int)i;
	}
	if (label < 0 || values == 0)
		return ERR_OK;
	e = report_match_row(t->report->law, 2, without_note_mark(v->text[label]), t->rc->mem, &m);
	if (e != ERR_OK || m.row == NULL || (!v->grid && m.fit < FIT_VARIANT))
		return e;
	r = ARENA_NEW(t->rc->mem, struct row2);
	if (r == NULL)
		return arena_err(t->rc->mem);
	r->label = without_note_mark(v->text[label]);
	r->view = *v;
	r->label_at = label;
	r->line = line;
	memcpy(r->col2, t->col2, sizeof(r->col2));
	memcpy(r->head2, t->head2, sizeof(r->head2));
	r->n_head2 = t->n_head2;
	*rows->last = r;
	rows->last = &r->next;
	*ret_taken = true;
	vote_form2(t, v->text[label]);
	return ERR_OK;
}

/* In a row without columns only the full number of values is sure; blanks may have gone. */
static bool sure_values(const struct row2 *r, const struct form_row *form)
{
	size_t n = r->view.n - (size_t)r->label_at - 1;

	while (n > form->n_cols && r->view.text[r->label_at + (int)n].n == 0)
		n--;
	return r->view.grid || n == form->n_cols;
}

/* Which value of the row stands in column c of the form: by order when the counts agree, by
 * header otherwise. */
static const struct str *value_for(const struct row2 *r, const struct form_row *form, size_t c)
{
	const struct view *v = &r->view;
	size_t from = (size_t)r->label_at + 1, n = v->n - from;

	if (n == form->n_cols)
		return &v->text[from + c];
	if (v->grid)
		for (size_t h = 0; h < r->n_head2; h++)
			if (law_match_col(form, r->head2[h]) == (int)c) {
				const struct str *s = cell_at_col(v, r->col2[h]);

				return s != NULL && s > &v->text[r->label_at] ? s : NULL;
			}
	if (n > form->n_cols) /* padding behind */
		return &v->text[from + c];
	return c < n ? &v->text[from + c] : NULL;
}

static enum err put_row2(struct tables *t, const struct form *form, const struct row2 *r)
{
	struct label_match m;
	struct report_row *row;
	enum err e = law_match_row(t->report->law, form, 2, r->label, t->rc->mem, &m);

	if (e == ERR_OK && m.row == NULL) /* a row of the other form stays one: AR-F01 */
		e = report_match_row(t->report->law, 2, r->label, t->rc->mem, &m);
	if (e != ERR_OK || m.row == NULL || report_row(t->report, 2, m.row->key) != NULL)
		return e;
	if (!sure_values(r, m.row)) {
		t->lost2 = true;
		return ERR_OK;
	}
	e = report_row_add(t->report, 2, m.row, &row);
	if (e != ERR_OK)
		return e;
	row->label = r->label;
	row->fit = m.fit;
	row->at = r->view.at[r->label_at];
	for (size_t c = 0; e == ERR_OK && c < m.row->n_cols; c++) {
		const struct str *s = value_for(r, m.row, c);

		if (s != NULL)
			e = cell_set(&row->cells[c], *s, m.row->cols[c].kind, row->at,
				     t->report->mem);
	}
	t->rc->lines.v[r->line].used = true;
	return e;
}

static void procurement_unit(struct report *report)
{
	const struct cell *c = report_cell(report, 2, STR("procurement"), STR("amount"));

	if (c == NULL || !c->has_printed || report->procurement_unit.n)
		return;
	if (str_has(c->printed, STR("万元")))
		report->procurement_unit = STR("万元");
	else if (str_has(c->printed, STR("元")))
		report->procurement_unit = STR("元");
}

static enum err finish_table2(struct tables *t, const struct rows2 *rows)
{
	size_t n;
	const struct form *forms = law_forms(t->report->law, &n);
	const struct form *form = law_form_by_year(t->report->law, t->report->year);
	size_t count = 0;
	enum err e = ERR_OK;

	if (n == 0)
		return ERR_OK;
	if (t->form2_votes != 0 || form == NULL)
		form = t->form2_votes < 0 ? &forms[0] : &forms[n - 1];
	for (const struct row2 *r = rows->first; r != NULL; r = r->next)
		count++;
	if (count < 2) /* one line with a word of the form is no table */
		return ERR_OK;
	t->report->table2.present = true;
	t->report->table2.at = rows->first->view.at[0];
	for (const struct row2 *r = rows->first; e == ERR_OK && r != NULL; r = r->next)
		e = put_row2(t, form, r);
	procurement_unit(t->report);
	return e;
}

/* ---- walking
 * ---------------------------------------------------------------------------------------- */

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

/* Cells between bars, or between the commas of a row of at least a label and seven; empty ones
 * count. */
static bool view_of_bars(const struct line *line, struct view *v)
{
	char bar = count_char(line->text, '|') >= 2 ? '|' : ',';
	struct str rest = line->text, part;

	v->n = 0;
	if (bar == ',' && count_char(rest, ',') < T3_COLS)
		return false;
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
static void view_of_line(const struct line *line, struct view *v)
{
	struct str rest = line->text, part;

	v->grid = false;
	if (view_of_bars(line, v))
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
	size_t values = 0;
	bool bars;
	enum err e = ERR_OK;

	if (line->text.n == 0 || line->text.n > 600 || line->heading.no)
		return end_run(t, rows);
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
	e = end_run(t, rows);
	view_of_line(line, &v);
	for (size_t k = 0; k < v.n; k++)
		values += value_like(v.text[k], t->rc->mem);
	if (e != ERR_OK)
		return e;
	if (values == 0) { /* maybe the torn header of a table */
		v.n = 1;
		v.text[0] = line->text;
		return line->text.n <= 90 ? note_headers(t, &v) : ERR_OK;
	}
	bars = count_char(line->text, '|') >= 2 || count_char(line->text, ',') >= T3_COLS;
	if (!bars)
		join_label(&v, t->rc->mem, line->text);
	if (v.n <= values + (bars ? LABELS_IN_FRONT : 1)) {
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
