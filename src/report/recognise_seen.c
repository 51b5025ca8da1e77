/* Rows whose label stands in the report and whose figures were not read: their table is marked
 * untrusted, so that what our reading lost is never said to be lacking in the report. */
#include "report/recognise_table.h"

#define TRACE_BYTES_MAX 480
#define LABELS_MIN 5 /* fewer are words of a text, not a table */
#define TORN3_MIN 3  /* values in a line that is no whole row of table 3 */
#define TORN4_MIN 6
#define WORDS4_MIN 10 /* of the twelve 结果维持 … of a header */
/* So many values in the lines of a section are a table, though none was recognised. */
#define VALUES2_MIN 4
#define VALUES3_MIN 14
#define VALUES4_MIN 10

static const struct form *newest(const struct tables *t)
{
	size_t n;
	const struct form *forms = law_forms(t->report->law, &n);

	return n ? &forms[n - 1] : NULL;
}

/* A word that stands in the header of one of the tables alone. */
static void see_trace(struct tables *t, struct str text)
{
	static const struct {
		struct str word;
		int table;
	} known[] = {
		{STR("第二十条第"), 2}, {STR("信息内容"), 2},   {STR("申请人情况"), 3},
		{STR("勾稽关系"), 3},   {STR("结果维持"), 4},   {STR("尚未审结"), 4},
		{STR("直接起诉"), 4},   {STR("复议后起诉"), 4},
	};

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (t->section == known[i].table && text.n <= TRACE_BYTES_MAX &&
		    str_has(text, known[i].word) && !str_has(text, STR("。")))
			t->trace[known[i].table] = true;
}

/* The same torn to pieces, as text taken from a page has it: 结果 结果 其他 尚未. */
static void see_torn4(struct tables *t, struct str text)
{
	static const struct str piece[] = {STR("结果"), STR("维持"), STR("纠正"), STR("尚未"),
					   STR("审结")};

	if (t->section != 4 || text.n > TRACE_BYTES_MAX || str_has(text, STR("。")) ||
	    str_has(text, STR("，")))
		return;
	for (size_t i = 0; i < sizeof(piece) / sizeof(piece[0]); i++)
		for (size_t at = 0; (at = str_find(text, piece[i], at)) != STR_NPOS;
		     at += piece[i].n)
			t->torn4++;
	if (t->torn4 >= TORN4_MIN)
		t->trace[4] = true;
}

static void see_row2(struct tables *t, const struct form_row *row)
{
	for (size_t i = 0; i < t->n_seen2; i++)
		if (str_eq(t->seen2[i]->key, row->key))
			return;
	if (t->n_seen2 < SEEN2_MAX)
		t->seen2[t->n_seen2++] = row;
}

enum err see_label(struct tables *t, struct str line, bool taken)
{
	const struct form *form = newest(t);
	struct label_match m = {.row = NULL};
	enum err e = ERR_OK;

	see_trace(t, line);
	see_torn4(t, line);
	if (form == NULL || taken || line.n < 6 || line.n > LABEL_BYTES_MAX)
		return ERR_OK;
	if (t->section == 2) {
		e = report_match_row(t->report->law, 2, line, t->rc->mem, &m);
		if (e == ERR_OK && m.row != NULL && m.fit >= FIT_VARIANT)
			see_row2(t, m.row);
	} else if (line.n >= 12 && (t->zone3 || t->section == 3)) {
		e = law_match_row(t->report->law, form, 3, line, t->rc->mem, &m);
		if (e == ERR_OK && m.row != NULL && m.fit >= FIT_VARIANT && m.row->order < SEEN_MAX)
			t->seen3[m.row->order] = true;
	}
	return e;
}

enum err see_torn_label(struct tables *t, struct str above, struct str end)
{
	struct str whole;
	enum err e;

	if (above.n == 0 || above.n + end.n > LABEL_BYTES_MAX)
		return ERR_OK;
	e = arena_fmt(t->rc->mem, &whole, STR_FMT STR_FMT, STR_ARG(above), STR_ARG(end));
	return e == ERR_OK ? see_label(t, whole, false) : e;
}

void see_figures(struct tables *t, const struct view *v)
{
	size_t values = 0, numbers = 0;

	for (size_t i = 0; i < v->n; i++) {
		bool value = value_like(v->text[i], t->rc->mem);

		values += value;
		numbers += value && !blank_like(v->text[i]);
	}
	if (t->section == 3 && t->words4 == 0 && !v->grid && values >= TORN3_MIN &&
	    values < T3_COLS && v->n <= values + LABELS_IN_FRONT)
		t->lost3 = true; /* half a row, or one whose blanks have gone */
	if (t->section == 3 && t->words4 == 0 && values >= T3_COLS && numbers >= T3_COLS - 2 &&
	    v->n <= values + LABELS_IN_FRONT)
		t->lost3 = true;
	if (t->section == 2 && !v->grid && numbers > 0 && values <= 3 && v->n == values + 1)
		t->lone2 = true;
}

static bool row2_missing(const struct tables *t)
{
	for (size_t i = 0; i < t->n_seen2; i++)
		if (report_row(t->report, 2, t->seen2[i]->key) == NULL)
			return true;
	return false;
}

/* Figures of a table that was not found at all, or the words of its header. */
static bool unread(const struct tables *t, int table, size_t values)
{
	return !report_table(t->report, table)->present &&
	       (t->unread[table] >= values || t->trace[table]);
}

static enum err doubt(struct tables *t, int table, const char *text)
{
	static const struct str where[] = {
		[2] = STR("table2"), [3] = STR("table3"), [4] = STR("table4")};
	struct report_table *to = report_table_of(t->report, table);

	if (to->untrusted)
		return ERR_OK; /* a note says why already */
	to->untrusted = true;
	return report_note_add(t->report, STR("AR-R13"), where[table], to->at, "%s", text);
}

enum err mind_seen(struct tables *t)
{
	const struct form *form = newest(t);
	size_t lost = 0, seen = 0;
	enum err e = ERR_OK;

	for (size_t i = 0; form != NULL && i < form->table3.n_rows && i < SEEN_MAX; i++) {
		seen += t->seen3[i];
		lost += t->seen3[i] && report_row(t->report, 3, form->table3.rows[i].key) == NULL;
	}
	if (t->lost2 || unread(t, 2, VALUES2_MIN) ||
	    (t->report->table2.present && (t->lone2 || row2_missing(t))))
		e = doubt(t, 2, "表二有的行数字未能读出，请对照原文核实");
	if (e == ERR_OK && (t->lost3 || unread(t, 3, VALUES3_MIN) ||
			    (lost > 0 && (seen >= LABELS_MIN || t->report->table3.present))))
		e = doubt(t, 3, "表三有的行数字未能读出，请对照原文核实");
	if (e == ERR_OK && t->report->table4.n_rows < T4_GROUPS &&
	    (t->words4_all >= WORDS4_MIN || unread(t, 4, VALUES4_MIN)))
		e = doubt(t, 4, "表四的数字未能全部读出，请对照原文核实");
	return e;
}
