/* Loads the forms: forms.csv, tables.csv, columns.csv, rows.csv and the headings. */
#include <string.h>

#include "base/han.h"
#include "law/law_int.h"

#define FORM_TABLES 3

/* Growing rows of one form's table, while loading. */
struct growing {
	struct form_row *rows;
	size_t n, cap;
};

static struct form_table *table_of(struct form *form, int no)
{
	return no == 2 ? &form->table2 : no == 3 ? &form->table3 : no == 4 ? &form->table4 : NULL;
}

static struct form *form_of(struct law *law, struct str id)
{
	for (size_t i = 0; i < law->n_forms; i++)
		if (str_eq(law->forms[i].id, id))
			return &law->forms[i];
	return NULL;
}

static enum err form_cell(const struct law_table *t, int col, struct form **ret)
{
	struct form *form = form_of(t->ld->law, str_trim_wide(t->cells[col]));

	if (form == NULL)
		return table_error(t, col, "no such form in forms.csv");
	*ret = form;
	return ERR_OK;
}

/* ---- forms.csv ---- */

static enum err form_line(struct law_table *t)
{
	struct loader *ld = t->ld;
	struct law *law = ld->law;
	struct form f = {.table2 = {.no = 2}, .table3 = {.no = 3}, .table4 = {.no = 4}};
	struct form *put;
	int64_t from = 0, to = 0;
	enum err e = table_key(t, 0, &f.id);

	if (e == ERR_OK)
		e = table_int(t, 1, 1900, 2199, &from);
	if (e == ERR_OK && !str_empty(t->cells[2]))
		e = table_int(t, 2, from, 2199, &to);
	if (e == ERR_OK)
		e = table_text(t, 3, &f.basis);
	if (e != ERR_OK)
		return e;
	f.from_year = (int)from;
	f.to_year = (int)to;
	if (form_of(law, f.id) != NULL)
		return table_error(t, 0, "this form stands twice");
	if (law->n_forms > 0) {
		const struct form *last = &law->forms[law->n_forms - 1];

		if (last->to_year == 0 || last->to_year >= f.from_year)
			return table_error(t, 1, "years overlap with the form above; oldest first");
	}
	put = ARENA_PUSH(ld->mem, &law->forms, &law->n_forms, &law->forms_cap, LIMIT_LAW_ROWS);
	if (put == NULL)
		return arena_err(ld->mem);
	*put = f;
	return ERR_OK;
}

/* ---- tables.csv ---- */

static enum err table_line(struct law_table *t)
{
	struct form_table *table;
	struct form *form = NULL;
	int64_t no = 0;
	struct str folded;
	enum err e = form_cell(t, 0, &form);

	if (e == ERR_OK)
		e = table_int(t, 1, 2, 4, &no);
	if (e != ERR_OK)
		return e;
	table = table_of(form, (int)no);
	if (!str_empty(table->caption))
		return table_error(t, 1, "this table stands twice");
	table->corner = str_trim_wide(t->cells[3]);
	table->stem = str_trim_wide(t->cells[4]);
	e = han_fold(t->ld->mem, table->stem, &folded);
	if (e != ERR_OK)
		return e;
	label_ordinal(&folded);
	e = label_core(t->ld->mem, folded, &table->stem_core);
	return e == ERR_OK ? table_text(t, 2, &table->caption) : e;
}

/* ---- columns.csv ---- */

static struct col_set *set_of(struct law *law, struct str name)
{
	for (size_t i = 0; i < law->n_sets; i++)
		if (str_eq(law->sets[i].name, name))
			return &law->sets[i];
	return NULL;
}

static enum err column_line(struct law_table *t)
{
	struct loader *ld = t->ld;
	struct form_col col = {.kind = COL_COUNT}, *put;
	struct str name, folded;
	struct col_set *set;
	int kind = 0;
	enum err e = table_key(t, 0, &name);

	if (e == ERR_OK)
		e = table_key(t, 1, &col.key);
	if (e == ERR_OK)
		e = table_text(t, 2, &col.label);
	if (e == ERR_OK)
		e = table_choice(t, 4, "count|signed|amount|total", &kind);
	if (e == ERR_OK)
		e = han_fold(ld->mem, col.label, &folded);
	if (e == ERR_OK)
		e = label_core(ld->mem, folded, &col.core);
	if (e != ERR_OK)
		return e;
	col.parent = str_trim_wide(t->cells[3]);
	col.kind = (enum col_kind)kind;
	set = set_of(ld->law, name);
	if (set == NULL) {
		set = ARENA_PUSH(ld->mem, &ld->law->sets, &ld->law->n_sets, &ld->law->sets_cap,
				 LIMIT_LAW_ROWS);
		if (set == NULL)
			return arena_err(ld->mem);
		set->name = name;
	}
	for (size_t i = 0; i < set->n; i++)
		if (str_eq(set->cols[i].key, col.key))
			return table_error(t, 1, "this column stands twice in its set");
	if (set->n == LIMIT_FORM_COLS)
		return table_error(t, 0, "a set has at most %d columns", LIMIT_FORM_COLS);
	put = ARENA_PUSH(ld->mem, &set->cols, &set->n, &set->cap, LIMIT_FORM_COLS);
	if (put == NULL)
		return arena_err(ld->mem);
	*put = col;
	return ERR_OK;
}

/* ---- rows.csv ---- */

/* The list a|b|c as folded texts and as cores, both with ordinals dropped. */
static enum err split_variants(struct loader *ld, struct str list, const struct str **ret_folded,
			       const struct str **ret_cores, size_t *ret_n)
{
	struct str rest = list, one;
	struct str *folded, *cores;
	size_t max = 1, n = 0;
	enum err e = ERR_OK;

	for (size_t i = 0; i < list.n; i++)
		max += list.p[i] == '|';
	folded = ARENA_ARRAY(ld->mem, struct str, max);
	cores = ARENA_ARRAY(ld->mem, struct str, max);
	if (folded == NULL || cores == NULL)
		return arena_err(ld->mem);
	while (e == ERR_OK && str_split(&rest, '|', &one)) {
		if (str_empty(str_trim_wide(one)))
			continue;
		e = han_fold(ld->mem, one, &folded[n]);
		if (e == ERR_OK) {
			label_ordinal(&folded[n]);
			e = label_core(ld->mem, folded[n], &cores[n]);
		}
		n++;
	}
	if (e != ERR_OK)
		return e;
	*ret_folded = folded;
	*ret_cores = cores;
	*ret_n = n;
	return ERR_OK;
}

static enum err row_texts(struct law_table *t, struct form_row *row)
{
	struct loader *ld = t->ld;
	struct str parent;
	enum err e = han_fold(ld->mem, row->label, &row->folded);

	if (e == ERR_OK) {
		row->ordinal = label_ordinal(&row->folded).value;
		e = label_core(ld->mem, row->folded, &row->core);
	}
	if (e == ERR_OK && str_empty(row->core))
		e = table_error(t, 3, "a label needs words beside its number");
	if (e == ERR_OK)
		e = han_fold(ld->mem, row->parent, &parent);
	if (e == ERR_OK) {
		label_ordinal(&parent);
		e = label_core(ld->mem, parent, &row->parent_core);
	}
	if (e != ERR_OK)
		return e;
	return split_variants(ld, t->cells[9], &row->variants, &row->variant_cores,
			      &row->n_variants);
}

static enum err row_parse(struct law_table *t, struct form_row *row)
{
	struct col_set *set;
	size_t dot;
	int role = 0;
	enum err e = table_key(t, 2, &row->key);

	if (e == ERR_OK)
		e = table_text(t, 3, &row->label);
	if (e == ERR_OK)
		e = table_choice(t, 7, "plain|inflow|outcome|total|outflow", &role);
	if (e != ERR_OK)
		return e;
	row->parent = str_trim_wide(t->cells[4]);
	row->block = str_trim_wide(t->cells[5]);
	row->article = str_trim_wide(t->cells[6]);
	row->role = (enum row_role)role;
	dot = str_find(row->key, STR("."), 0);
	row->group = dot == STR_NPOS ? row->key : str_sub(row->key, 0, dot);
	set = set_of(t->ld->law, str_trim_wide(t->cells[8]));
	if (set == NULL)
		return table_error(t, 8, "no such set in columns.csv");
	row->cols = set->cols;
	row->n_cols = set->n;
	return row_texts(t, row);
}

static enum err row_line(struct law_table *t, struct growing (*grow)[FORM_TABLES])
{
	struct form *form = NULL;
	struct form_row row = {.role = ROW_PLAIN}, *put;
	struct growing *g;
	int64_t no = 0;
	enum err e = form_cell(t, 0, &form);

	if (e == ERR_OK)
		e = table_int(t, 1, 2, 4, &no);
	if (e == ERR_OK)
		e = row_parse(t, &row);
	if (e != ERR_OK)
		return e;
	g = &grow[form - t->ld->law->forms][no - 2];
	for (size_t i = 0; i < g->n; i++) {
		if (str_eq(g->rows[i].key, row.key))
			return table_error(t, 2, "this row stands twice in its table");
		if (no != 2 && g->rows[i].cols != row.cols)
			return table_error(t, 8, "all rows of table %d have the same columns",
					   (int)no);
	}
	row.order = g->n;
	put = ARENA_PUSH(t->ld->mem, &g->rows, &g->n, &g->cap, LIMIT_LAW_ROWS);
	if (put == NULL)
		return arena_err(t->ld->mem);
	*put = row;
	return ERR_OK;
}

static size_t roles(const struct growing *g, enum row_role role)
{
	size_t n = 0;

	for (size_t i = 0; i < g->n; i++)
		n += g->rows[i].role == role;
	return n;
}

/* Hands the rows to their forms, once all are there; the arithmetic needs each role. */
static enum err rows_done(struct law_table *t, struct growing (*grow)[FORM_TABLES])
{
	struct law *law = t->ld->law;

	for (size_t f = 0; f < law->n_forms; f++) {
		for (int no = 2; no <= 4; no++) {
			const struct growing *g = &grow[f][no - 2];
			struct form_table *table = table_of(&law->forms[f], no);

			if (g->n == 0 || str_empty(table->caption))
				return table_error(t, -1, "form " STR_FMT " has no table %d",
						   STR_ARG(law->forms[f].id), no);
			if (no == 3 && (roles(g, ROW_TOTAL) != 1 || roles(g, ROW_OUTFLOW) != 1 ||
					roles(g, ROW_INFLOW) == 0 || roles(g, ROW_OUTCOME) == 0))
				return table_error(t, -1,
						   "table 3 of form " STR_FMT " needs one total, "
						   "one outflow, inflows and outcomes",
						   STR_ARG(law->forms[f].id));
			table->rows = g->rows;
			table->n_rows = g->n;
		}
	}
	return ERR_OK;
}

static enum err each_line(struct loader *ld, const char *file, const char *header,
			  enum err (*line)(struct law_table *t))
{
	struct law_table t;
	bool more = true;
	enum err e = table_open(ld, file, header, &t);

	while (e == ERR_OK && more) {
		e = table_next(&t, &more);
		if (e == ERR_OK && more)
			e = line(&t);
	}
	if (e == ERR_OK && t.rows == 0)
		e = table_error(&t, -1, "the table is empty");
	return e;
}

static enum err load_rows(struct loader *ld)
{
	struct growing(*grow)[FORM_TABLES];
	struct law_table t;
	bool more = true;
	enum err e;

	grow = arena_calloc(ld->mem, ld->law->n_forms, sizeof(*grow));
	if (grow == NULL)
		return arena_err(ld->mem);
	e = table_open(ld, "rows.csv",
		       "form,table,key,label,parent,block,article,role,columns,variants", &t);
	while (e == ERR_OK && more) {
		e = table_next(&t, &more);
		if (e == ERR_OK && more)
			e = row_line(&t, grow);
	}
	return e == ERR_OK ? rows_done(&t, grow) : e;
}

enum err load_forms(struct loader *ld)
{
	enum err e = each_line(ld, "forms.csv", "form,from_year,to_year,basis,dated", form_line);

	if (e == ERR_OK)
		e = each_line(ld, "tables.csv", "form,table,caption,corner,stem", table_line);
	if (e == ERR_OK)
		e = each_line(ld, "columns.csv", "set,key,label,parent,kind", column_line);
	return e == ERR_OK ? load_rows(ld) : e;
}

/* ---- headings ---- */

static enum err heading_line(struct law_table *t)
{
	struct form_heading *h;
	int64_t no = 0;
	enum err e = table_int(t, 0, 1, FORM_SECTIONS, &no);

	if (e != ERR_OK)
		return e;
	h = &t->ld->law->headings[no - 1];
	if (h->no != 0)
		return table_error(t, 0, "this heading stands twice");
	h->no = (int)no;
	e = table_text(t, 1, &h->ordinal);
	if (e == ERR_OK)
		e = table_text(t, 2, &h->label);
	if (e == ERR_OK)
		e = han_fold(t->ld->mem, h->label, &h->folded);
	return e == ERR_OK ? label_core(t->ld->mem, h->folded, &h->core) : e;
}

struct variants {
	struct str *folded, *core;
	bool *ok;
	size_t n, folded_cap, core_cap, ok_cap;
};

static enum err variant_line(struct law_table *t, struct variants *all)
{
	struct arena *mem = t->ld->mem;
	struct variants *v;
	struct str label, *folded, *core;
	int64_t no = 0;
	int no_yes = 0;
	size_t n;
	bool *ok;
	enum err e = table_int(t, 0, 1, FORM_SECTIONS, &no);

	if (e == ERR_OK)
		e = table_text(t, 1, &label);
	if (e == ERR_OK)
		e = table_choice(t, 2, "no|yes", &no_yes);
	if (e != ERR_OK)
		return e;
	v = &all[no - 1];
	n = v->n;
	folded = ARENA_PUSH(mem, &v->folded, &n, &v->folded_cap, LIMIT_LAW_ROWS);
	n = v->n;
	core = ARENA_PUSH(mem, &v->core, &n, &v->core_cap, LIMIT_LAW_ROWS);
	n = v->n;
	ok = ARENA_PUSH(mem, &v->ok, &n, &v->ok_cap, LIMIT_LAW_ROWS);
	if (folded == NULL || core == NULL || ok == NULL)
		return arena_err(mem);
	v->n = n;
	*ok = no_yes == 1;
	e = han_fold(mem, label, folded);
	return e == ERR_OK ? label_core(mem, *folded, core) : e;
}

enum err load_headings(struct loader *ld)
{
	struct variants all[FORM_SECTIONS] = {{NULL}};
	struct law_table t;
	bool more = true;
	enum err e = each_line(ld, "headings.csv", "no,ordinal,label", heading_line);

	if (e == ERR_OK)
		e = table_open(ld, "heading_variants.csv", "no,label,accepted", &t);
	while (e == ERR_OK && more) {
		e = table_next(&t, &more);
		if (e == ERR_OK && more)
			e = variant_line(&t, all);
	}
	if (e != ERR_OK)
		return e;
	for (int i = 0; i < FORM_SECTIONS; i++) {
		struct form_heading *h = &ld->law->headings[i];

		if (h->no == 0)
			return diag_set(ld->diag, ERR_INPUT, "headings.csv: heading %d is missing",
					i + 1);
		h->variants = all[i].folded;
		h->variant_cores = all[i].core;
		h->variant_ok = all[i].ok;
		h->n_variants = all[i].n;
	}
	return ERR_OK;
}
