/* A report as JSON, the shape of contracts.md §2, lossless both ways.
 *
 * Beside the fixed members a few are written only when they say something: "signer",
 * "labels" (row labels that are not those of the form), "fee_unit" (null when the header of
 * 2021 lacks 万元), "untrusted" (tables with pieces that could not be placed) and "notes". */
#include "report/report_int.h"

#include <stdio.h>
#include <string.h>

#include "format/json.h"

static const char *const table_name[] = {NULL, NULL, "table2", "table3", "table4"};

/* ---- writing ----------------------------------------------------------------------------- */

static void put_date(struct json *j, const char *key, struct date d)
{
	char text[DATE_TEXT_BYTES];

	if (date_none(d))
		json_member_null(j, key);
	else
		json_member_str(j, key, str_c(date_text(d, text)));
}

static void put_text(struct json *j, const char *key, struct str s)
{
	if (s.n == 0)
		json_member_null(j, key);
	else
		json_member_str(j, key, s);
}

static void put_head(struct json *j, const struct report *r)
{
	static const char *const form[] = {NULL, "2019", "2021", "older"};

	json_member_str(j, "schema", STR("gongkai-report/1"));
	put_text(j, "body", r->body);
	if (r->year)
		json_member_int(j, "year", r->year);
	else
		json_member_null(j, "year");
	put_text(j, "form", str_c(form[r->form_kind]));
	put_text(j, "title", r->title);
	put_text(j, "preamble", r->preamble);
	json_key(j, STR("period"));
	json_object(j);
	put_date(j, "from", r->period_from);
	put_date(j, "to", r->period_to);
	json_object_end(j);
	json_key(j, STR("basis"));
	json_array(j);
	for (size_t i = 0; i < r->n_basis; i++)
		json_put_str(j, r->basis[i]);
	json_array_end(j);
	json_key(j, STR("contact"));
	json_object(j);
	put_text(j, "address", r->contact_address);
	put_text(j, "postcode", r->contact_postcode);
	put_text(j, "phone", r->contact_phone);
	put_text(j, "email", r->contact_email);
	json_object_end(j);
	if (r->signer.n)
		json_member_str(j, "signer", r->signer);
	put_date(j, "signed", r->signed_on);
	put_date(j, "published", r->published);
}

static void put_sections(struct json *j, const struct report *r, struct buf *text)
{
	json_key(j, STR("sections"));
	json_array(j);
	for (size_t i = 0; i < r->n_sections; i++) {
		const struct report_section *s = &r->sections[i];

		json_object(j);
		if (s->no)
			json_member_int(j, "no", s->no);
		else
			json_member_null(j, "no");
		json_member_str(j, "heading", s->heading);
		buf_clear(text);
		for (size_t k = 0; k < s->n_paras; k++) {
			if (k)
				buf_ch(text, '\n');
			buf_add(text, s->paras[k].text);
		}
		if (buf_end(text) != ERR_OK)
			buf_fail(j->out, buf_end(text));
		json_member_str(j, "text", buf_str(text));
		json_object_end(j);
	}
	json_array_end(j);
}

static void put_cells(struct json *j, const struct report_row *row)
{
	json_array(j);
	for (size_t c = 0; c < row->form->n_cols; c++) {
		const struct cell *cell = &row->cells[c];

		if (cell->kind == CELL_COUNT)
			json_put_int(j, cell->count);
		else if (cell->kind == CELL_AMOUNT)
			json_put_str(j, cell->amount);
		else
			json_put_null(j);
	}
	json_array_end(j);
}

static void put_rows(struct json *j, const struct report_table *t)
{
	for (size_t i = 0; i < t->n_rows; i++) {
		json_key(j, t->rows[i].form->key);
		put_cells(j, &t->rows[i]);
	}
}

static void put_tables(struct json *j, const struct report *r)
{
	const struct report_table *t3 = &r->table3;

	json_key(j, STR("table2"));
	if (r->table2.present) {
		json_object(j);
		put_rows(j, &r->table2);
		if (report_row(r, 2, STR("procurement")) != NULL)
			put_text(j, "procurement_unit", r->procurement_unit);
		json_object_end(j);
	} else {
		json_put_null(j);
	}
	json_key(j, STR("table3"));
	if (t3->present) {
		json_object(j);
		json_key(j, STR("columns"));
		json_array(j);
		for (size_t c = 0; t3->n_rows > 0 && c < t3->rows[0].form->n_cols; c++)
			json_put_str(j, t3->rows[0].form->cols[c].key);
		json_array_end(j);
		json_key(j, STR("rows"));
		json_object(j);
		put_rows(j, t3);
		json_object_end(j);
		json_object_end(j);
	} else {
		json_put_null(j);
	}
	json_key(j, STR("table4"));
	if (r->table4.present) {
		json_object(j);
		put_rows(j, &r->table4);
		json_object_end(j);
	} else {
		json_put_null(j);
	}
}

static void put_printed(struct json *j, const struct report *r, int table, struct arena *mem)
{
	const struct report_table *t = report_table(r, table);

	for (size_t i = 0; i < t->n_rows; i++) {
		for (size_t c = 0; c < t->rows[i].form->n_cols; c++) {
			const struct cell *cell = &t->rows[i].cells[c];
			struct str where = STR_NONE;

			if (!cell->has_printed)
				continue;
			if (report_address(table, t->rows[i].form->key,
					   t->rows[i].form->cols[c].key, mem, &where) != ERR_OK)
				buf_fail(j->out, arena_err(mem));
			json_key(j, where);
			json_put_str(j, cell->printed);
		}
	}
}

static void put_corrected(struct json *j, const struct report *r)
{
	json_key(j, STR("corrected"));
	json_object(j);
	for (size_t i = 0; i < r->n_corrections; i++) {
		const struct report_correction *c = &r->corrections[i];

		json_key(j, c->where);
		json_object(j);
		json_key(j, STR("value"));
		if (c->is_null)
			json_put_null(j);
		else if (c->is_text)
			json_put_str(j, c->text);
		else
			json_put_int(j, c->count);
		json_member_str(j, "by", c->by);
		json_member_str(j, "why", c->why);
		json_object_end(j);
	}
	json_object_end(j);
}

static void put_labels(struct json *j, const struct report *r, struct arena *mem)
{
	bool any = false;

	for (int table = 2; table <= 4; table++) {
		const struct report_table *t = report_table(r, table);

		for (size_t i = 0; i < t->n_rows; i++) {
			struct str where = STR_NONE;

			if (t->rows[i].label.n == 0 || t->rows[i].fit == FIT_EXACT)
				continue;
			if (!any) {
				json_key(j, STR("labels"));
				json_object(j);
				any = true;
			}
			if (report_address(table, t->rows[i].form->key, STR_NONE, mem, &where) !=
			    ERR_OK)
				buf_fail(j->out, arena_err(mem));
			json_key(j, where);
			json_put_str(j, t->rows[i].label);
		}
	}
	if (any)
		json_object_end(j);
}

static void put_doubts(struct json *j, const struct report *r)
{
	bool any = false;

	for (int table = 2; table <= 4; table++) {
		if (!report_table(r, table)->untrusted)
			continue;
		if (!any) {
			json_key(j, STR("untrusted"));
			json_array(j);
			any = true;
		}
		json_put_str(j, str_c(table_name[table]));
	}
	if (any)
		json_array_end(j);
	if (r->n_notes == 0)
		return;
	json_key(j, STR("notes"));
	json_array(j);
	for (size_t i = 0; i < r->n_notes; i++) {
		json_object(j);
		json_member_str(j, "rule", r->notes[i].rule);
		json_member_str(j, "text", r->notes[i].text);
		json_member_str(j, "where", r->notes[i].where);
		json_object_end(j);
	}
	json_array_end(j);
}

enum err report_json_write(const struct report *report, struct buf *out)
{
	struct json j = json_on(out);
	AUTO(arena) mem = arena_new(LIMIT_JSON_BYTES);
	AUTO_BUF(text, LIMIT_JSON_BYTES);

	if (mem == NULL)
		return ERR_NOMEM;
	json_object(&j);
	put_head(&j, report);
	put_sections(&j, report, &text);
	put_tables(&j, report);
	if (report->table2.present && !report->fee_header_has_unit)
		json_member_null(&j, "fee_unit");
	json_key(&j, STR("printed"));
	json_object(&j);
	for (int table = 2; table <= 4; table++)
		put_printed(&j, report, table, mem);
	json_object_end(&j);
	put_corrected(&j, report);
	put_labels(&j, report, mem);
	put_doubts(&j, report);
	json_object_end(&j);
	return json_end(&j);
}

/* ---- reading ----------------------------------------------------------------------------- */

struct reading {
	struct report *report;
	struct arena *mem;
	struct diag *diag;
};

static enum err wrong(struct reading *rd, const char *what, struct str which, const char *want)
{
	return diag_set(rd->diag, ERR_INPUT, "%s" STR_FMT ": %s", what, STR_ARG(which), want);
}

/* A string or null; absent counts as null. */
static enum err get_text(struct reading *rd, const struct json_value *obj, const char *key,
			 struct str *ret)
{
	const struct json_value *v = json_get(obj, key);
	struct str s;

	if (v == NULL || json_is(v, JSON_NULL))
		return ERR_OK;
	if (!json_str(v, &s))
		return wrong(rd, key, STR_NONE, "a string or null is wanted");
	return arena_str(rd->mem, s, ret);
}

static enum err get_date(struct reading *rd, const struct json_value *obj, const char *key,
			 struct date *ret)
{
	struct str s = STR_NONE;
	enum err e = get_text(rd, obj, key, &s);

	if (e != ERR_OK || s.n == 0)
		return e;
	if (date_parse(s, ret) != ERR_OK)
		return wrong(rd, key, STR_NONE, "a date YYYY-MM-DD or null is wanted");
	return ERR_OK;
}

static enum err check_keys(struct reading *rd, const struct json_value *root)
{
	static const char *const known[] = {
		"schema",    "body",   "year",      "form",   "title",    "preamble",
		"period",    "basis",  "contact",   "signer", "signed",   "published",
		"sections",  "table2", "table3",    "table4", "fee_unit", "printed",
		"corrected", "labels", "untrusted", "notes",
	};

	for (const struct json_value *m = json_first(root); m != NULL; m = json_next(m)) {
		size_t i = 0;

		while (i < sizeof(known) / sizeof(known[0]) &&
		       !str_eq(json_key_of(m), str_c(known[i])))
			i++;
		if (i == sizeof(known) / sizeof(known[0]))
			return wrong(rd, "member ", json_key_of(m),
				     "not part of gongkai-report/1 and would be lost");
	}
	return ERR_OK;
}

static enum err read_form(struct reading *rd, const struct json_value *root)
{
	struct report *r = rd->report;
	struct str form = STR_NONE;
	int64_t year = 0;
	enum err e = get_text(rd, root, "form", &form);
	const struct json_value *y = json_get(root, "year");

	if (e != ERR_OK)
		return e;
	if (y != NULL && !json_is(y, JSON_NULL) &&
	    (!json_int(y, &year) || year < 1990 || year > 2199))
		return wrong(rd, "year", STR_NONE, "a year or null is wanted");
	r->year = (int)year;
	r->form = form.n ? law_form_by_id(r->law, form) : NULL;
	if (form.n == 0)
		r->form_kind = REPORT_FORM_NONE;
	else if (str_eq(form, STR("older")))
		r->form_kind = REPORT_FORM_OLDER;
	else if (r->form == NULL)
		return wrong(rd, "form", STR_NONE,
			     "\"2019\", \"2021\", \"older\" or null is wanted");
	else
		r->form_kind = report_form_kind(r->form);
	return ERR_OK;
}

static enum err read_head(struct reading *rd, const struct json_value *root)
{
	struct report *r = rd->report;
	const struct json_value *period = json_get(root, "period");
	const struct json_value *contact = json_get(root, "contact");
	const struct {
		const struct json_value *obj;
		const char *key;
		struct str *to;
	} text[] = {
		{root, "body", &r->body},
		{root, "title", &r->title},
		{root, "preamble", &r->preamble},
		{root, "signer", &r->signer},
		{contact, "address", &r->contact_address},
		{contact, "postcode", &r->contact_postcode},
		{contact, "phone", &r->contact_phone},
		{contact, "email", &r->contact_email},
	};
	enum err e = read_form(rd, root);

	for (size_t i = 0; e == ERR_OK && i < sizeof(text) / sizeof(text[0]); i++)
		e = get_text(rd, text[i].obj, text[i].key, text[i].to);
	if (e == ERR_OK)
		e = get_date(rd, period, "from", &r->period_from);
	if (e == ERR_OK)
		e = get_date(rd, period, "to", &r->period_to);
	if (e == ERR_OK)
		e = get_date(rd, root, "signed", &r->signed_on);
	if (e == ERR_OK)
		e = get_date(rd, root, "published", &r->published);
	if (e == ERR_OK)
		e = report_split_paras(r->preamble, r->mem, &r->preamble_paras, &r->n_preamble,
				       &r->cap_preamble);
	for (const struct json_value *b = json_first(json_get(root, "basis"));
	     e == ERR_OK && b != NULL; b = json_next(b)) {
		struct str s, *to;

		if (!json_str(b, &s))
			return wrong(rd, "basis", STR_NONE, "strings are wanted");
		to = ARENA_PUSH(rd->mem, &r->basis, &r->n_basis, &r->cap_basis, LIMIT_SECTIONS);
		e = to ? arena_str(rd->mem, s, to) : arena_err(rd->mem);
	}
	return e;
}

static enum err read_section(struct reading *rd, const struct json_value *v)
{
	struct report *r = rd->report;
	struct report_section *s;
	struct heading_match match;
	struct str text = STR_NONE;
	int64_t no = 0;
	enum err e;

	s = ARENA_PUSH(rd->mem, &r->sections, &r->n_sections, &r->cap_sections, LIMIT_SECTIONS);
	if (s == NULL)
		return arena_err(rd->mem);
	if (!json_is(json_get(v, "no"), JSON_NULL) &&
	    (!json_int(json_get(v, "no"), &no) || no < 1 || no > FORM_SECTIONS))
		return wrong(rd, "sections", STR_NONE, "no is 1 to 6 or null");
	s->no = (int)no;
	e = get_text(rd, v, "heading", &s->heading);
	if (e == ERR_OK)
		e = get_text(rd, v, "text", &text);
	if (e == ERR_OK)
		e = report_split_paras(text, r->mem, &s->paras, &s->n_paras, &s->cap_paras);
	if (e == ERR_OK && s->no)
		e = law_match_heading(r->law, s->heading, rd->mem, &match);
	if (e == ERR_OK && s->no)
		s->fit = match.no == s->no ? match.fit : FIT_DAMAGED;
	return e;
}

static enum err read_cell(struct reading *rd, struct report_row *row, size_t c,
			  const struct json_value *v)
{
	bool amount = row->form->cols[c].kind == COL_AMOUNT;
	struct str s;

	if (v == NULL)
		return wrong(rd, "row ", row->form->key, "too few cells");
	if (json_is(v, JSON_NULL))
		return ERR_OK; /* absent, unless "printed" says what stands there */
	if (amount && json_str(v, &s)) {
		enum err e = cell_set(&row->cells[c], s, COL_AMOUNT, (struct place){0, 0}, rd->mem);

		if (e == ERR_OK && (row->cells[c].kind != CELL_AMOUNT || row->cells[c].has_printed))
			return wrong(rd, "row ", row->form->key, "an amount is digits and a point");
		return e;
	}
	if (amount || !json_int(v, &row->cells[c].count))
		return wrong(rd, "row ", row->form->key,
			     amount ? "an amount is a string or null"
				    : "a cell is an integer or null");
	row->cells[c].kind = CELL_COUNT;
	return ERR_OK;
}

static enum err read_row(struct reading *rd, int table, const struct form_row *form,
			 const struct json_value *v)
{
	struct report_row *row;
	size_t c = 0;
	enum err e;

	if (!json_is(v, JSON_ARRAY) || json_len(v) != form->n_cols)
		return diag_set(rd->diag, ERR_INPUT,
				"table%d." STR_FMT ": an array of %zu is wanted", table,
				STR_ARG(form->key), form->n_cols);
	e = report_row_add(rd->report, table, form, &row);
	for (const struct json_value *cell = json_first(v); e == ERR_OK && cell != NULL;
	     cell = json_next(cell))
		e = read_cell(rd, row, c++, cell);
	return e;
}

/* The form of table 2 shows in how many cells its rows have. */
static const struct form *form_of_table2(const struct report *r, const struct json_value *t)
{
	size_t n_forms;
	const struct form *forms = law_forms(r->law, &n_forms);
	const struct form *best = r->form;
	size_t best_fit = 0;

	for (size_t f = 0; f < n_forms; f++) {
		size_t fit = 0;

		for (size_t i = 0; i < forms[f].table2.n_rows; i++) {
			const struct form_row *row = &forms[f].table2.rows[i];
			char key[64];

			(void)snprintf(key, sizeof(key), STR_FMT, STR_ARG(row->key));
			if (json_len(json_get(t, key)) == row->n_cols)
				fit += 2;
		}
		if (&forms[f] == r->form)
			fit++; /* the stated form wins a tie */
		if (fit > best_fit) {
			best_fit = fit;
			best = &forms[f];
		}
	}
	return best;
}

/* The row of a key: of table 2 the one with as many cells, the table's own form first; a row of
 * the other form may stand among them (AR-F01). */
static const struct form_row *row_of_key(const struct report *r, int table, struct str key,
					 const struct form *form2, size_t n_cells)
{
	size_t n;
	const struct form *forms = law_forms(r->law, &n);
	const struct form_row *row = form2 ? form_row(form2, 2, key) : NULL;

	if (table != 2)
		return report_form_row(r, table, key);
	while (n-- > 0 && (row == NULL || row->n_cols != n_cells)) {
		const struct form_row *other = form_row(&forms[n], 2, key);

		if (other != NULL && (row == NULL || other->n_cols == n_cells))
			row = other;
	}
	return row;
}

static enum err read_table(struct reading *rd, int table, const struct json_value *t)
{
	struct report *r = rd->report;
	const struct json_value *rows = table == 3 ? json_get(t, "rows") : t;
	const struct form *form2 = form_of_table2(r, t);
	enum err e = ERR_OK;

	if (t == NULL || json_is(t, JSON_NULL))
		return ERR_OK;
	if (!json_is(t, JSON_OBJECT) || !json_is(rows, JSON_OBJECT))
		return wrong(rd, table_name[table], STR_NONE, "an object or null is wanted");
	report_table_of(r, table)->present = true;
	for (const struct json_value *m = json_first(rows); e == ERR_OK && m != NULL;
	     m = json_next(m)) {
		struct str key = json_key_of(m);
		const struct form_row *form;

		if (table == 2 && str_eq(key, STR("procurement_unit"))) {
			e = get_text(rd, t, "procurement_unit", &r->procurement_unit);
			continue;
		}
		form = row_of_key(r, table, key, form2, json_len(m));
		if (form == NULL)
			return wrong(rd, "row ", key, "not a row of the form");
		if (report_row(r, table, key) != NULL)
			return wrong(rd, "row ", key, "given twice");
		e = read_row(rd, table, form, m);
	}
	return e;
}

/* Splits "table3.open.total"; the row's key may itself hold a point. */
static enum err find_cell(struct reading *rd, struct str where, struct cell **ret,
			  const struct form_col **ret_col, struct report_row **ret_row)
{
	size_t last = str_rfind(where, STR(".")), table = 0;

	for (size_t t = 2; t <= 4; t++)
		if (str_starts(where, str_c(table_name[t])) && where.n > 7 && where.p[6] == '.')
			table = t;
	*ret = NULL;
	*ret_row = NULL;
	if (table == 0)
		return wrong(rd, "address ", where, "no such place");
	for (size_t i = 0; i < report_table(rd->report, (int)table)->n_rows; i++) {
		struct report_row *row = &report_table_of(rd->report, (int)table)->rows[i];
		int c;

		if (str_eq(str_from(where, 7), row->form->key))
			*ret_row = row;
		if (last <= 6 || !str_eq(str_sub(where, 7, last - 7), row->form->key))
			continue;
		c = form_col(row->form, str_from(where, last + 1));
		if (c < 0)
			continue;
		*ret = &row->cells[c];
		*ret_col = &row->form->cols[c];
		*ret_row = row;
	}
	return *ret_row == NULL ? wrong(rd, "address ", where, "no such place") : ERR_OK;
}

static enum err read_printed(struct reading *rd, const struct json_value *obj)
{
	for (const struct json_value *m = json_first(obj); m != NULL; m = json_next(m)) {
		const struct form_col *col = NULL;
		struct report_row *row;
		struct cell *cell, as_read = {.kind = CELL_NULL};
		struct str s;
		enum err e;

		if (!json_str(m, &s))
			return wrong(rd, "printed ", json_key_of(m), "a string is wanted");
		e = find_cell(rd, json_key_of(m), &cell, &col, &row);
		if (e == ERR_OK && cell == NULL)
			return wrong(rd, "printed ", json_key_of(m), "no such cell");
		if (e == ERR_OK)
			e = arena_str(rd->mem, s, &cell->printed);
		if (e != ERR_OK)
			return e;
		cell->has_printed = true;
		if (cell->kind == CELL_ABSENT)
			cell->kind = CELL_NULL;
		/* what is printed and its value must agree, or a correction was smuggled in */
		e = cell_set(&as_read, s, col->kind, cell->at, rd->mem);
		if (e != ERR_OK)
			return e;
		if (as_read.kind != cell->kind || as_read.count != cell->count ||
		    !str_eq(as_read.amount, cell->amount))
			return wrong(rd, "printed ", json_key_of(m),
				     "does not say the value of its cell");
	}
	return ERR_OK;
}

static enum err read_corrected(struct reading *rd, const struct json_value *obj)
{
	struct report *r = rd->report;

	for (const struct json_value *m = json_first(obj); m != NULL; m = json_next(m)) {
		const struct json_value *value = json_get(m, "value");
		struct report_correction *c;
		const struct form_col *col = NULL;
		struct report_row *row;
		struct cell *cell;
		struct str text = STR_NONE;
		enum err e = find_cell(rd, json_key_of(m), &cell, &col, &row);

		if (e != ERR_OK)
			return e;
		c = ARENA_PUSH(rd->mem, &r->corrections, &r->n_corrections, &r->cap_corrections,
			       LIMIT_FINDINGS);
		if (c == NULL)
			return arena_err(rd->mem);
		c->is_null = value == NULL || json_is(value, JSON_NULL);
		c->is_text = json_str(value, &text);
		if (!c->is_null && !c->is_text && !json_int(value, &c->count))
			return wrong(rd, "corrected ", json_key_of(m),
				     "value is a number, string or null");
		e = arena_str(rd->mem, text, &c->text);
		if (e == ERR_OK)
			e = arena_str(rd->mem, json_key_of(m), &c->where);
		if (e == ERR_OK)
			e = get_text(rd, m, "by", &c->by);
		if (e == ERR_OK)
			e = get_text(rd, m, "why", &c->why);
		if (e != ERR_OK)
			return e;
		if (c->by.n == 0 || c->why.n == 0)
			return wrong(rd, "corrected ", json_key_of(m), "by and why must be said");
	}
	return ERR_OK;
}

static enum err read_labels(struct reading *rd, const struct json_value *obj)
{
	struct report *r = rd->report;

	for (const struct json_value *m = json_first(obj); m != NULL; m = json_next(m)) {
		const struct form_col *col = NULL;
		struct report_row *row;
		struct label_match match;
		struct cell *cell;
		struct str s;
		enum err e = find_cell(rd, json_key_of(m), &cell, &col, &row);
		int table;

		if (e != ERR_OK)
			return e;
		if (cell != NULL || !json_str(m, &s))
			return wrong(rd, "labels ", json_key_of(m), "the label of a row is wanted");
		table = json_key_of(m).p[5] - '0';
		e = arena_str(rd->mem, s, &row->label);
		if (e == ERR_OK)
			e = report_match_row(r->law, table, s, rd->mem, &match);
		if (e != ERR_OK)
			return e;
		row->fit = match.row && str_eq(match.row->key, row->form->key) ? match.fit
									       : FIT_DAMAGED;
	}
	return ERR_OK;
}

static enum err read_doubts(struct reading *rd, const struct json_value *root)
{
	struct report *r = rd->report;
	enum err e = ERR_OK;

	for (const struct json_value *v = json_first(json_get(root, "untrusted")); v != NULL;
	     v = json_next(v)) {
		struct str s = STR_NONE;
		int table = 2;

		(void)json_str(v, &s);
		while (table <= 4 && !str_eq(s, str_c(table_name[table])))
			table++;
		if (table > 4)
			return wrong(rd, "untrusted", STR_NONE,
				     "table2, table3, table4 are wanted");
		report_table_of(r, table)->untrusted = true;
	}
	for (const struct json_value *v = json_first(json_get(root, "notes"));
	     e == ERR_OK && v != NULL; v = json_next(v)) {
		struct report_note *n =
			ARENA_PUSH(rd->mem, &r->notes, &r->n_notes, &r->cap_notes, LIMIT_DOC_NOTES);

		if (n == NULL)
			return arena_err(rd->mem);
		e = get_text(rd, v, "rule", &n->rule);
		if (e == ERR_OK)
			e = get_text(rd, v, "text", &n->text);
		if (e == ERR_OK)
			e = get_text(rd, v, "where", &n->where);
	}
	return e;
}

static enum err read_root(struct reading *rd, const struct json_value *root)
{
	struct str schema = STR_NONE;
	enum err e;

	if (!json_is(root, JSON_OBJECT) || !json_str(json_get(root, "schema"), &schema) ||
	    !str_eq(schema, STR("gongkai-report/1")))
		return diag_set(rd->diag, ERR_INPUT,
				"JSON, but no report: its \"schema\" must be \"gongkai-report/1\"");
	e = check_keys(rd, root);
	if (e == ERR_OK)
		e = read_head(rd, root);
	for (const struct json_value *s = json_first(json_get(root, "sections"));
	     e == ERR_OK && s != NULL; s = json_next(s))
		e = read_section(rd, s);
	for (int table = 2; e == ERR_OK && table <= 4; table++)
		e = read_table(rd, table, json_get(root, table_name[table]));
	rd->report->fee_header_has_unit = json_get(root, "fee_unit") == NULL;
	if (e == ERR_OK)
		e = read_printed(rd, json_get(root, "printed"));
	if (e == ERR_OK)
		e = read_corrected(rd, json_get(root, "corrected"));
	if (e == ERR_OK)
		e = read_labels(rd, json_get(root, "labels"));
	if (e == ERR_OK)
		e = read_doubts(rd, root);
	return e;
}

enum err report_json_read(struct str bytes, const struct law *law, struct arena *mem,
			  struct diag *diag, struct report **ret)
{
	__attribute__((cleanup(json_tree_auto_free))) struct json_tree *tree = NULL;
	struct reading rd = {.mem = mem, .diag = diag};
	enum err e = report_new(law, mem, &rd.report);

	if (e == ERR_OK)
		e = json_parse(bytes, diag, &tree);
	if (e == ERR_OK)
		e = read_root(&rd, json_root(tree));
	if (e == ERR_OK)
		*ret = rd.report;
	return e;
}
