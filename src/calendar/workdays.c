/* Working days by prefix counts: each question is one or two look-ups. */
#include "calendar/workdays.h"

#include <string.h>

struct workdays {
	int first_year, last_year;
	int32_t first; /* serial of the first day known */
	uint32_t n;    /* days known */
	/* open[i]: open days among the first i; nth[k]: day number of open day k. */
	const uint32_t *open, *nth;
	/* exception[i]: 1 + index into list, 0 for an ordinary day. */
	const uint16_t *exception;
	const struct day_exception *list;
};

static bool weekend(struct date d)
{
	return date_weekday(d) >= 6;
}

static enum err check_list(const struct day_exception *list, size_t n, struct diag *diag)
{
	char text[DATE_TEXT_BYTES];

	if (n > UINT16_MAX - 1)
		return diag_set(diag, ERR_LIMIT, "more than %d exceptions to the working week",
				UINT16_MAX - 1);
	for (size_t i = 0; i < n; i++) {
		struct date d = list[i].day;

		date_text(d, text);
		if (!date_valid(d))
			return diag_set(diag, ERR_INPUT, "an exception without a real day");
		if (i > 0 && date_cmp(list[i - 1].day, d) >= 0)
			return diag_set(diag, ERR_INPUT, "%s stands twice or out of order", text);
		if (list[i].off == weekend(d))
			return diag_set(diag, ERR_INPUT, "%s is %s: no exception is needed", text,
					weekend(d) ? "a weekend day, off anyway"
						   : "a weekday, worked anyway");
	}
	return ERR_OK;
}

/* The span of published years, which must have no gap. */
static enum err find_years(struct workdays *w, const struct day_exception *list, size_t n,
			   struct diag *diag)
{
	for (size_t i = 0; i < n; i++) {
		int year = list[i].day.year;

		if (!list[i].off || list[i].day.month == 12 || year == w->last_year)
			continue;
		if (w->first_year == 0)
			w->first_year = year;
		else if (year != w->last_year + 1)
			return diag_set(diag, ERR_INPUT,
					"no days off for %d although %d has them: add that year",
					w->last_year + 1, year);
		w->last_year = year;
	}
	if (w->first_year == 0)
		return diag_set(diag, ERR_INPUT, "no year has a day off: the calendar is empty");
	return ERR_OK;
}

static void mark_exceptions(const struct workdays *w, uint16_t *exception, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		int32_t at = date_serial(w->list[i].day) - w->first;

		if (at >= 0 && (uint32_t)at < w->n)
			exception[at] = (uint16_t)(i + 1);
	}
}

enum err workdays_new(struct arena *mem, const struct day_exception *list, size_t n,
		      struct diag *diag, const struct workdays **ret)
{
	struct workdays *w = ARENA_NEW(mem, struct workdays);
	uint32_t *open, *nth;
	uint16_t *exception;
	enum err e;

	if (w == NULL)
		return arena_err(mem);
	e = check_list(list, n, diag);
	if (e == ERR_OK)
		e = find_years(w, list, n, diag);
	if (e != ERR_OK)
		return e;
	w->list = list;
	w->first = date_serial((struct date){w->first_year, 1, 1});
	w->n = (uint32_t)(date_serial((struct date){w->last_year, 12, 31}) - w->first + 1);
	exception = ARENA_ARRAY(mem, uint16_t, w->n);
	open = ARENA_ARRAY(mem, uint32_t, w->n + 1);
	nth = ARENA_ARRAY(mem, uint32_t, w->n);
	if (exception == NULL || open == NULL || nth == NULL)
		return arena_err(mem);
	mark_exceptions(w, exception, n);
	for (uint32_t i = 0; i < w->n; i++) {
		bool rest = exception[i] ? list[exception[i] - 1].off
					 : weekend(date_from_serial(w->first + (int32_t)i));

		if (!rest)
			nth[open[i]] = i;
		open[i + 1] = open[i] + !rest;
	}
	w->open = open;
	w->nth = nth;
	w->exception = exception;
	*ret = w;
	return ERR_OK;
}

int workdays_first_year(const struct workdays *days)
{
	return days->first_year;
}

int workdays_last_year(const struct workdays *days)
{
	return days->last_year;
}

bool workdays_knows(const struct workdays *days, struct date d)
{
	return date_valid(d) && d.year >= days->first_year && d.year <= days->last_year;
}

enum err workdays_day(const struct workdays *days, struct date d, struct workday *ret)
{
	struct workday day = {.kind = DAY_WORK};
	uint16_t x;

	if (!workdays_knows(days, d))
		return ERR_ABSENT;
	x = days->exception[date_serial(d) - days->first];
	if (x != 0) {
		day.kind = days->list[x - 1].off ? DAY_HOLIDAY : DAY_MAKEUP;
		day.name = days->list[x - 1].name;
		day.source = days->list[x - 1].source;
	} else if (weekend(d)) {
		day.kind = DAY_WEEKEND;
	}
	day.open = day.kind == DAY_WORK || day.kind == DAY_MAKEUP;
	*ret = day;
	return ERR_OK;
}

/* Open days up to and including `d`.  The eve of the first day known serves as a start too. */
static enum err open_up_to(const struct workdays *days, struct date d, uint32_t *ret)
{
	int32_t at;

	if (!date_valid(d))
		return ERR_ABSENT;
	at = date_serial(d) - days->first + 1;
	if (at < 0 || (uint32_t)at > days->n)
		return ERR_ABSENT;
	*ret = days->open[at];
	return ERR_OK;
}

enum err workdays_limit(const struct workdays *days, struct date from, unsigned count,
			struct date *ret_last)
{
	uint32_t before;
	enum err e = open_up_to(days, from, &before);

	if (e != ERR_OK)
		return e;
	if (count == 0)
		return ERR_INPUT;
	if (count > days->open[days->n] - before)
		return ERR_ABSENT;
	*ret_last = date_from_serial(days->first + (int32_t)days->nth[before + count - 1]);
	return ERR_OK;
}

enum err workdays_between(const struct workdays *days, struct date from, struct date to,
			  unsigned *ret_count)
{
	uint32_t a, b;
	enum err e = open_up_to(days, from, &a);

	if (e == ERR_OK)
		e = open_up_to(days, to, &b);
	if (e != ERR_OK)
		return e;
	*ret_count = b > a ? b - a : 0;
	return ERR_OK;
}
