/* Loads the rules that are not forms: outcomes, limits, tariffs, documents, deadlines. */
#include "law/law_int.h"

static enum err each_line(struct loader *ld, const char *file, const char *header,
			  enum err (*line)(struct law_table *t),
			  enum err (*done)(struct law_table *t))
{
	struct law_table t;
	bool more = true;
	enum err e = table_open(ld, file, header, &t);

	while (e == ERR_OK && more) {
		e = table_next(&t, &more);
		if (e == ERR_OK && more)
			e = line(&t);
	}
	if (e == ERR_OK && done != NULL)
		e = done(&t);
	return e;
}

/* The row that a kind of reply counts in must be in table 3 of the form. */
static enum err row_cell(const struct law_table *t, int col, const char *form_id, struct str *ret)
{
	const struct form *form = law_form_by_id(t->ld->law, str_c(form_id));
	struct str key;
	enum err e = table_key(t, col, &key);

	if (e != ERR_OK)
		return e;
	if (form != NULL && form_row(form, 3, key) == NULL)
		return table_error(t, col, "\"" STR_FMT "\" is no row of table 3 of form %s",
				   STR_ARG(key), form_id);
	*ret = key;
	return ERR_OK;
}

static enum err outcome_line(struct law_table *t)
{
	struct law *law = t->ld->law;
	struct law_outcome o = {.remedy = REMEDY_CHOICE}, *put;
	int remedy = 0;
	enum err e = table_key(t, 0, &o.key);

	if (e == ERR_OK)
		e = table_text(t, 1, &o.name);
	if (e == ERR_OK)
		e = row_cell(t, 2, "2019", &o.row_2019);
	if (e == ERR_OK)
		e = row_cell(t, 3, "2021", &o.row_2021);
	if (e == ERR_OK)
		e = table_text(t, 4, &o.letter);
	if (e == ERR_OK)
		e = table_choice(t, 6, "A|B|AB", &remedy);
	if (e == ERR_OK)
		e = table_period(t, 7, &o.period);
	if (e == ERR_OK)
		e = table_text(t, 9, &o.authority);
	if (e != ERR_OK)
		return e;
	o.article = str_trim_wide(t->cells[5]);
	o.remedy = (enum law_remedy)remedy;
	for (size_t i = 0; i < law->n_outcomes; i++)
		if (str_eq(law->outcomes[i].key, o.key) &&
		    periods_overlap(law->outcomes[i].period, o.period))
			return table_error(t, 7,
					   "overlaps with another line of this kind of reply");
	put = ARENA_PUSH(t->ld->mem, &law->outcomes, &law->n_outcomes, &law->outcomes_cap,
			 LIMIT_LAW_ROWS);
	if (put == NULL)
		return arena_err(t->ld->mem);
	*put = o;
	return ERR_OK;
}

static enum err limit_line(struct law_table *t)
{
	struct law *law = t->ld->law;
	struct law_limit l = {.unit = UNIT_DAYS}, *put;
	int64_t count = 0;
	int unit = 0;
	enum err e = table_key(t, 0, &l.key);

	if (e == ERR_OK)
		e = table_text(t, 1, &l.name);
	if (e == ERR_OK)
		e = table_int(t, 2, 1, LIMIT_TERM_DAYS, &count);
	if (e == ERR_OK)
		e = table_choice(t, 3, "workdays|days|months", &unit);
	if (e == ERR_OK)
		e = table_period(t, 4, &l.period);
	if (e == ERR_OK)
		e = table_text(t, 6, &l.authority);
	if (e != ERR_OK)
		return e;
	l.count = (unsigned)count;
	l.unit = (enum law_unit)unit;
	for (size_t i = 0; i < law->n_limits; i++)
		if (str_eq(law->limits[i].key, l.key) &&
		    periods_overlap(law->limits[i].period, l.period))
			return table_error(t, 4, "overlaps with another line of this limit");
	put = ARENA_PUSH(t->ld->mem, &law->limits, &law->n_limits, &law->limits_cap,
			 LIMIT_LAW_ROWS);
	if (put == NULL)
		return arena_err(t->ld->mem);
	*put = l;
	return ERR_OK;
}

/* ---- tariffs: the bands of a kind and period follow each other without a gap ---- */

static bool same_tariff(const struct law_tariff *a, const struct law_tariff *b)
{
	return a->kind == b->kind && date_cmp(a->period.from, b->period.from) == 0;
}

static enum err tariff_fits(const struct law_table *t, const struct law_tariff *x)
{
	const struct law *law = t->ld->law;
	const struct law_tariff *last = law->n_tariffs ? &law->tariffs[law->n_tariffs - 1] : NULL;
	bool follows = last != NULL && same_tariff(last, x);

	if (last != NULL && !follows && last->last != 0)
		return table_error(t, 2, "the band above must be open: the tariff ends at %lld",
				   (long long)last->last);
	if (x->first != (follows ? last->last + 1 : 1) || (follows && last->last == 0))
		return table_error(t, 1, "bands must follow each other from 1 without a gap");
	for (size_t i = 0; i < law->n_tariffs; i++)
		if (law->tariffs[i].kind == x->kind && !same_tariff(&law->tariffs[i], x) &&
		    periods_overlap(law->tariffs[i].period, x->period))
			return table_error(t, 6, "overlaps with another tariff of this kind");
	return ERR_OK;
}

static enum err tariff_line(struct law_table *t)
{
	struct law *law = t->ld->law;
	struct law_tariff x = {.kind = FEE_ITEMS}, *put;
	int kind = 0;
	enum err e = table_choice(t, 0, "items|pages", &kind);

	if (e == ERR_OK)
		e = table_int(t, 1, 1, LIMIT_FEE_COUNT, &x.first);
	if (e == ERR_OK && !str_empty(t->cells[2]))
		e = table_int(t, 2, x.first, LIMIT_FEE_COUNT, &x.last);
	if (e == ERR_OK)
		e = table_int(t, 3, 0, LIMIT_FEE_FEN, &x.each_fen);
	if (e == ERR_OK && !str_empty(t->cells[4]))
		e = table_int(t, 4, 1, LIMIT_FEE_COUNT, &x.rise_every);
	if (e == ERR_OK && x.rise_every != 0)
		e = table_int(t, 5, 1, LIMIT_FEE_FEN, &x.rise_fen);
	if (e == ERR_OK)
		e = table_period(t, 6, &x.period);
	if (e == ERR_OK)
		e = table_text(t, 8, &x.authority);
	if (e != ERR_OK)
		return e;
	if (x.rise_every != 0 && x.last != 0)
		return table_error(t, 4, "only an open band rises");
	x.kind = (enum fee_kind)kind;
	e = tariff_fits(t, &x);
	if (e != ERR_OK)
		return e;
	put = ARENA_PUSH(t->ld->mem, &law->tariffs, &law->n_tariffs, &law->tariffs_cap,
			 LIMIT_LAW_ROWS);
	if (put == NULL)
		return arena_err(t->ld->mem);
	*put = x;
	return ERR_OK;
}

static enum err tariffs_done(struct law_table *t)
{
	const struct law *law = t->ld->law;

	if (law->n_tariffs > 0 && law->tariffs[law->n_tariffs - 1].last != 0)
		return table_error(t, 2, "the last band must be open");
	return ERR_OK;
}

static enum err document_line(struct law_table *t)
{
	struct law *law = t->ld->law;
	struct law_document d = {.number = STR_NONE}, *put;
	enum err e = table_text(t, 0, &d.number);

	if (e == ERR_OK)
		e = table_text(t, 1, &d.title);
	if (e == ERR_OK)
		e = table_key(t, 2, &d.role);
	if (e == ERR_OK)
		e = table_period(t, 3, &d.period);
	if (e != ERR_OK)
		return e;
	if (law_document(law, d.number) != NULL)
		return table_error(t, 0, "this document stands twice");
	put = ARENA_PUSH(t->ld->mem, &law->documents, &law->n_documents, &law->documents_cap,
			 LIMIT_LAW_ROWS);
	if (put == NULL)
		return arena_err(t->ld->mem);
	*put = d;
	return ERR_OK;
}

static enum err deadline_line(struct law_table *t)
{
	struct law *law = t->ld->law;
	struct deadline d = {.month = 0}, *put;
	int64_t month = 0, day = 0;
	enum err e = table_key(t, 0, &d.who);

	if (e == ERR_OK)
		e = table_int(t, 1, 1, 12, &month);
	if (e == ERR_OK)
		e = table_int(t, 2, 1, 31, &day);
	if (e == ERR_OK)
		e = table_period(t, 3, &d.period);
	if (e == ERR_OK)
		e = table_text(t, 5, &d.authority);
	if (e != ERR_OK)
		return e;
	d.month = (int)month;
	d.day = (int)day;
	if (!date_valid((struct date){2023, d.month, d.day}))
		return table_error(t, 2, "month %d has no day %d every year", d.month, d.day);
	for (size_t i = 0; i < law->n_deadlines; i++)
		if (str_eq(law->deadlines[i].who, d.who) &&
		    periods_overlap(law->deadlines[i].period, d.period))
			return table_error(t, 3,
					   "overlaps with another deadline of the same bodies");
	put = ARENA_PUSH(t->ld->mem, &law->deadlines, &law->n_deadlines, &law->deadlines_cap,
			 LIMIT_LAW_ROWS);
	if (put == NULL)
		return arena_err(t->ld->mem);
	*put = d;
	return ERR_OK;
}

enum err load_rules(struct loader *ld)
{
	enum err e =
		each_line(ld, "outcomes.csv",
			  "outcome,name,row_2019,row_2021,letter,article,remedy,from,to,authority",
			  outcome_line, NULL);

	if (e == ERR_OK)
		e = each_line(ld, "limits.csv", "limit,name,count,unit,from,to,authority",
			      limit_line, NULL);
	if (e == ERR_OK)
		e = each_line(ld, "tariffs.csv",
			      "kind,first,last,each_fen,rise_every,rise_fen,from,to,authority",
			      tariff_line, tariffs_done);
	if (e == ERR_OK)
		e = each_line(ld, "documents.csv", "number,title,role,from,to", document_line,
			      NULL);
	if (e == ERR_OK)
		e = each_line(ld, "deadlines.csv", "who,month,day,from,to,authority", deadline_line,
			      NULL);
	return e;
}
