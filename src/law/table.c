/* A table file of the law: built in or from the override folder, read strictly. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/io.h"
#include "base/utf8.h"
#include "law/law_int.h"

#define SHOWN_BYTES 60

static enum err embedded(struct loader *ld, const char *file, struct str *ret)
{
	for (size_t i = 0; i < law_files_n; i++) {
		if (strcmp(law_files[i].name, file) == 0) {
			*ret = law_files[i].bytes;
			return ERR_OK;
		}
	}
	return diag_set(ld->diag, ERR_ABSENT, "%s is not built in", file);
}

static size_t column_count(const char *header)
{
	size_t n = 1;

	for (; *header != '\0'; header++)
		n += *header == ',';
	return n;
}

static struct str column_name(const char *header, int col)
{
	struct str rest = str_c(header), name = STR_NONE;

	while (col-- >= 0 && str_split(&rest, ',', &name))
		;
	return name;
}

enum err table_error(const struct law_table *t, int col, const char *fmt, ...)
{
	char what[LIMIT_DIAG_BYTES / 2];
	struct str name;
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(what, sizeof(what), fmt, ap);
	va_end(ap);
	for (char *c = what; *c != '\0'; c++)
		if ((unsigned char)*c < ' ')
			*c = '?'; /* a cell may hold a line break; a message does not */
	diag_at(t->ld->diag, 0, t->csv.line);
	if (col < 0)
		return diag_set(t->ld->diag, ERR_INPUT, "%s:%u: %s", t->where, t->csv.line, what);
	name = column_name(t->header, col);
	return diag_set(t->ld->diag, ERR_INPUT, "%s:%u, column %d (" STR_FMT "): %s", t->where,
			t->csv.line, col + 1, STR_ARG(name), what);
}

/* Adds the file to what the CSV reader said. */
static enum err csv_error(const struct law_table *t, enum err e, const struct diag *said)
{
	if (e == ERR_NOMEM || (e == ERR_LIMIT && arena_err(t->ld->mem) == ERR_LIMIT))
		return e;
	if (e == ERR_LIMIT)
		return table_error(t, -1, "more than %zu cells; the header is %s",
				   column_count(t->header), t->header);
	diag_at(t->ld->diag, 0, said->line);
	return diag_set(t->ld->diag, e, "%s:%u: %s", t->where,
			said->line ? said->line : t->csv.next,
			said->text[0] ? said->text : "not a CSV file in UTF-8");
}

static enum err start(struct law_table *t, struct str bytes)
{
	struct diag said = DIAG_INIT;
	struct str line;
	bool more;
	enum err e = csv_open(&t->csv, bytes, '#', &said);

	if (e != ERR_OK)
		return csv_error(t, e, &said);
	e = table_next(t, &more);
	if (e != ERR_OK)
		return e;
	if (!more)
		return table_error(t, -1, "no header line; it should be %s", t->header);
	for (size_t i = 0; i < t->n_cells; i++) {
		line = column_name(t->header, (int)i);
		if (!str_eq(str_trim_wide(t->cells[i]), line))
			return table_error(t, (int)i, "the header line should be %s", t->header);
	}
	t->rows = 0;
	return ERR_OK;
}

enum err table_open_embedded(struct loader *ld, const char *file, const char *header,
			     struct law_table *ret)
{
	struct law_table t = {.ld = ld, .file = file, .header = header, .where = file};
	struct str bytes;
	enum err e = embedded(ld, file, &bytes);

	if (e == ERR_OK)
		e = start(&t, bytes);
	if (e == ERR_OK)
		*ret = t;
	return e;
}

enum err table_open(struct loader *ld, const char *file, const char *header, struct law_table *ret)
{
	struct law_table t = {.ld = ld, .file = file, .header = header, .overridden = true};
	struct diag said = DIAG_INIT;
	struct str path, bytes;
	enum err e;

	if (ld->given != NULL && strcmp(ld->given->name, file) == 0) {
		t.where = file;
		e = start(&t, ld->given->bytes);
		if (e == ERR_OK)
			*ret = t;
		return e;
	}
	if (ld->dir == NULL)
		return table_open_embedded(ld, file, header, ret);
	e = arena_fmt(ld->mem, &path, "%s/%s", ld->dir, file);
	if (e != ERR_OK)
		return e;
	e = io_read(path.p, LIMIT_LAW_FILE_BYTES, ld->mem, &said, &bytes);
	if (e == ERR_ABSENT)
		return table_open_embedded(ld, file, header, ret);
	if (e != ERR_OK)
		return diag_set(ld->diag, e, "%s: %s", path.p, said.text);
	t.where = path.p;
	e = start(&t, bytes);
	if (e == ERR_OK)
		*ret = t;
	return e;
}

enum err table_next(struct law_table *t, bool *ret_more)
{
	struct diag said = DIAG_INIT;
	size_t want = column_count(t->header);
	enum err e = csv_next(&t->csv, t->ld->mem, &said, t->cells, want, &t->n_cells);

	if (e != ERR_OK)
		return csv_error(t, e, &said);
	*ret_more = t->n_cells > 0;
	if (!*ret_more)
		return ERR_OK;
	if (t->n_cells != want)
		return table_error(t, -1, "%zu cells where the header has %zu (%s)", t->n_cells,
				   want, t->header);
	if (++t->rows > LIMIT_LAW_ROWS)
		return table_error(t, -1, "more than %d rows", LIMIT_LAW_ROWS);
	return ERR_OK;
}

/* ---- cells ---- */

static struct str shown(struct str s)
{
	if (s.n <= SHOWN_BYTES)
		return s;
	s.n = SHOWN_BYTES;
	while (s.n > 0 && ((unsigned char)s.p[s.n] & 0xC0) == 0x80)
		s.n--;
	return s;
}

static struct str cell(const struct law_table *t, int col)
{
	return str_trim_wide(t->cells[col]);
}

enum err table_text(const struct law_table *t, int col, struct str *ret)
{
	if (str_empty(cell(t, col)))
		return table_error(t, col, "must not be empty");
	*ret = cell(t, col);
	return ERR_OK;
}

enum err table_key(const struct law_table *t, int col, struct str *ret)
{
	struct str s = cell(t, col);

	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '_' && c != '.')
			return table_error(t, col, "\"" STR_FMT "\" should be of a-z, 0-9, _ and .",
					   STR_ARG(shown(s)));
	}
	return table_text(t, col, ret);
}

enum err table_int(const struct law_table *t, int col, int64_t least, int64_t most, int64_t *ret)
{
	struct str s = cell(t, col);
	int64_t v;

	if (str_int(s, &v) != ERR_OK || v < least || v > most)
		return table_error(t, col,
				   "\"" STR_FMT "\" should be a whole number from %lld to %lld",
				   STR_ARG(shown(s)), (long long)least, (long long)most);
	*ret = v;
	return ERR_OK;
}

enum err table_date(const struct law_table *t, int col, struct date *ret)
{
	struct str s = cell(t, col);
	struct date d;

	if (date_parse(s, &d) != ERR_OK)
		return table_error(t, col, "\"" STR_FMT "\" is no day of the calendar (YYYY-MM-DD)",
				   STR_ARG(shown(s)));
	*ret = d;
	return ERR_OK;
}

enum err table_choice(const struct law_table *t, int col, const char *choices, int *ret)
{
	struct str rest = str_c(choices), one;

	for (int i = 0; str_split(&rest, '|', &one); i++) {
		if (str_eq(cell(t, col), one)) {
			*ret = i;
			return ERR_OK;
		}
	}
	return table_error(t, col, "\"" STR_FMT "\" should be one of %s",
			   STR_ARG(shown(cell(t, col))), choices);
}

enum err table_period(const struct law_table *t, int col, struct law_period *ret)
{
	struct law_period p = {DATE_NONE, DATE_NONE};
	enum err e = table_date(t, col, &p.from);

	if (e == ERR_OK && !str_empty(cell(t, col + 1)))
		e = table_date(t, col + 1, &p.to);
	if (e != ERR_OK)
		return e;
	if (!date_none(p.to) && date_cmp(p.to, p.from) < 0)
		return table_error(t, col + 1, "ends before it begins");
	*ret = p;
	return ERR_OK;
}

bool periods_overlap(struct law_period a, struct law_period b)
{
	bool a_first = !date_none(a.to) && date_cmp(a.to, b.from) < 0;
	bool b_first = !date_none(b.to) && date_cmp(b.to, a.from) < 0;

	return !a_first && !b_first;
}
