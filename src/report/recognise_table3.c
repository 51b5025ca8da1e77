/* Table 3 (依申请公开).
 *
 * Every row becomes an entry: a row with a label of the form (an anchor), a row of numbers without
 * one (an orphan), or nothing.  An orphan is placed only when the anchors around it leave exactly
 * one place for it; otherwise the table is marked untrusted and a note says so. */
#include "report/recognise_table.h"

#include "base/han.h"
#include "base/utf8.h"

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
	t->lost3 = t->lost3 || (t->swapped3 && !known);
	for (size_t c = 0; c < T3_COLS; c++) { /* columns may stand in another order */
		e->value[c] = v->text[from + (known ? rank[c] : c)];
		e->there[c] = true;
	}
	return true;
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

/* A label broken over two lines: its end with what stands above it. */
static enum err match_torn(struct tables *t, struct str end, struct label_match *ret,
			   struct str *ret_label)
{
	struct label_match m = {.row = NULL};
	struct str whole;
	enum err e;

	if (t->above.n == 0 || t->above.n + end.n > LABEL_BYTES_MAX)
		return ERR_OK;
	e = arena_fmt(t->report->mem, &whole, STR_FMT STR_FMT, STR_ARG(t->above), STR_ARG(end));
	if (e == ERR_OK)
		e = report_match_row(t->report->law, 3, without_note_mark(whole), t->rc->mem, &m);
	if (e != ERR_OK || m.row == NULL || m.fit < FIT_VARIANT)
		return e;
	*ret = m;
	*ret_label = whole;
	return ERR_OK;
}

/* 9.其他, （八）其他: the label of a row, though none of the form's; no header begins so. */
static bool is_numbered(struct str s)
{
	int64_t no;

	if (str_starts(s, STR("（")) && han_number(str_from(s, 3), &no) > 0)
		return true;
	return s.n > 0 && s.p[0] >= '0' && s.p[0] <= '9';
}

enum err row_of_table3(struct tables *t, const struct view *v, size_t line, bool *ret_taken)
{
	struct entry entry = {.line = line, .at = v->n ? v->at[0] : (struct place){0, 0}};
	struct label_match best = {.row = NULL};
	size_t numbers = 0, values, there = 0;
	struct str text = STR_NONE;
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
			text = v->text[i];
		}
		if (best.fit >= FIT_VARIANT)
			break;
	}
	if (best.fit < FIT_VARIANT && last_label >= 0) {
		label = best.row == NULL ? last_label : label;
		e = match_torn(t, v->text[last_label], &best, &text);
		if (e != ERR_OK)
			return e;
	}
	if (best.row != NULL) {
		if (!take_seven(t, v, last_label > label ? last_label : label, &entry))
			return ERR_OK;
		entry.form = best.row;
		entry.fit = best.fit;
		entry.label = text;
		entry.at = v->at[label];
	} else {
		if (!t->zone3 || !take_seven(t, v, last_label, &entry))
			return ERR_OK;
		entry.label = last_label >= 0 ? v->text[last_label] : STR_NONE;
	}
	values = count_values(t, &entry, &numbers);
	for (size_t c = 0; c < T3_COLS; c++)
		there += entry.there[c];
	if (values < (there < 5 ? there : 5) ||
	    (best.row == NULL && numbers == 0 && !(t->figures3 && is_numbered(entry.label))))
		return ERR_OK;
	if (there < 5 && best.fit < FIT_VARIANT)
		return ERR_OK;
	*ret_taken = true;
	t->figures3 = true;
	return keep_entry(t, &entry);
}

/* ---- placing orphans ---- */

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

void use_torn_headers(struct tables *t, size_t from, size_t to)
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

enum err finish_table3(struct tables *t)
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
