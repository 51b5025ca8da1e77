/* Loads holidays.csv.  A folder's file is laid over the built-in one year by year: what it
 * publishes replaces that year, other years stay, so a new year is a file of its own rows. */
#include <stdlib.h>

#include "law/law_int.h"

#define HOLIDAYS "holidays.csv"
#define HEADER "date,kind,name,source"

struct days {
	struct day_exception *list;
	size_t n, cap;
};

static int by_day(const void *a, const void *b)
{
	const struct day_exception *x = a, *y = b;

	return date_cmp(x->day, y->day);
}

static const struct day_exception *find(const struct days *d, struct date day)
{
	for (size_t lo = 0, hi = d->n; lo < hi;) {
		size_t mid = lo + (hi - lo) / 2;
		int c = date_cmp(d->list[mid].day, day);

		if (c == 0)
			return &d->list[mid];
		if (c < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return NULL;
}

static enum err day_line(const struct law_table *t, struct days *d)
{
	struct day_exception x = {.off = false}, *put;
	int work = 0;
	enum err e = table_date(t, 0, &x.day);

	if (e == ERR_OK)
		e = table_choice(t, 1, "off|work", &work);
	if (e == ERR_OK)
		e = table_text(t, 2, &x.name);
	if (e != ERR_OK)
		return e;
	x.off = work == 0;
	x.source = str_trim_wide(t->cells[3]);
	if (x.off == (date_weekday(x.day) >= 6))
		return table_error(t, 1, "%s; only exceptions to Monday to Friday are listed",
				   x.off ? "a Saturday or Sunday is off anyway"
					 : "a weekday is worked anyway");
	if (d->n > 0 && date_cmp(d->list[d->n - 1].day, x.day) >= 0)
		return table_error(t, 0, "days must ascend, each once");
	put = ARENA_PUSH(t->ld->mem, &d->list, &d->n, &d->cap, LIMIT_LAW_ROWS);
	if (put == NULL)
		return arena_err(t->ld->mem);
	*put = x;
	return ERR_OK;
}

static enum err read_days(struct law_table *t, struct days *d)
{
	bool more = true;
	enum err e = ERR_OK;

	while (e == ERR_OK && more) {
		e = table_next(t, &more);
		if (e == ERR_OK && more)
			e = day_line(t, d);
	}
	return e;
}

/* Whether the list publishes that year (calendar/workdays.h says what that means). */
static bool publishes(const struct days *d, int year)
{
	for (size_t i = 0; i < d->n; i++)
		if (d->list[i].day.year == year && d->list[i].off && d->list[i].day.month < 12)
			return true;
	return false;
}

static enum err lay_over(struct loader *ld, const struct days *built_in, struct days *own)
{
	size_t n = own->n;
	int year = 0;
	bool keep = false;

	for (size_t i = 0; i < built_in->n; i++) {
		const struct day_exception *x = &built_in->list[i];
		struct day_exception *put;

		if (x->day.year != year) {
			year = x->day.year;
			keep = !publishes(&(struct days){own->list, n, 0}, year);
		}
		if (!keep || find(&(struct days){own->list, n, 0}, x->day) != NULL)
			continue;
		put = ARENA_PUSH(ld->mem, &own->list, &own->n, &own->cap, LIMIT_LAW_ROWS);
		if (put == NULL)
			return arena_err(ld->mem);
		*put = *x;
	}
	if (own->n > 0)
		qsort(own->list, own->n, sizeof(*own->list), by_day);
	return ERR_OK;
}

enum err load_days(struct loader *ld)
{
	struct days own = {NULL, 0, 0}, built_in = {NULL, 0, 0};
	struct diag said = DIAG_INIT;
	struct law_table t, base;
	enum err e = table_open(ld, HOLIDAYS, HEADER, &t);

	if (e == ERR_OK)
		e = read_days(&t, &own);
	if (e == ERR_OK && t.overridden) {
		e = table_open_embedded(ld, HOLIDAYS, HEADER, &base);
		if (e == ERR_OK)
			e = read_days(&base, &built_in);
		if (e == ERR_OK)
			e = lay_over(ld, &built_in, &own);
	}
	if (e != ERR_OK)
		return e;
	e = workdays_new(ld->mem, own.list, own.n, &said, &ld->law->days);
	return e == ERR_INPUT ? diag_set(ld->diag, e, "%s: %s", t.where, said.text) : e;
}
