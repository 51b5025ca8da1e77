/* Walks a limit day by day. */
#include "calendar/term.h"

#include "base/limits.h"

static enum err check_spec(const struct term_spec *spec, struct diag *diag)
{
	char a[DATE_TEXT_BYTES], b[DATE_TEXT_BYTES];

	if (!date_valid(spec->received))
		return diag_set(diag, ERR_INPUT, "no day of receipt");
	if (spec->days == 0)
		return diag_set(diag, ERR_INPUT, "a limit has at least one day");
	if (spec->days > LIMIT_TERM_DAYS || spec->extend > LIMIT_TERM_DAYS)
		return diag_set(diag, ERR_LIMIT, "a limit has at most %d days", LIMIT_TERM_DAYS);
	for (size_t i = 0; i < spec->n_stops; i++) {
		if (!date_valid(spec->stops[i].from) || !date_valid(spec->stops[i].to))
			return diag_set(diag, ERR_INPUT, "a stop without real days");
		if (date_cmp(spec->stops[i].from, spec->stops[i].to) > 0)
			return diag_set(diag, ERR_INPUT, "the stop %s..%s ends before it begins",
					date_text(spec->stops[i].from, a),
					date_text(spec->stops[i].to, b));
		if (date_cmp(spec->stops[i].from, spec->received) < 0)
			return diag_set(
				diag, ERR_INPUT, "the stop of %s begins before receipt on %s",
				date_text(spec->stops[i].from, a), date_text(spec->received, b));
	}
	if (!date_none(spec->restart) &&
	    (!date_valid(spec->restart) || date_cmp(spec->restart, spec->received) < 0))
		return diag_set(diag, ERR_INPUT, "the restart on %s is before receipt on %s",
				date_text(spec->restart, a), date_text(spec->received, b));
	return ERR_OK;
}

static bool stopped(const struct term_spec *spec, struct date d)
{
	for (size_t i = 0; i < spec->n_stops; i++)
		if (date_cmp(d, spec->stops[i].from) > 0 && date_cmp(d, spec->stops[i].to) <= 0)
			return true;
	return false;
}

static enum term_why judge(const struct term_spec *spec, const struct term_day *day)
{
	if (!date_none(spec->restart) && date_cmp(day->date, spec->restart) <= 0)
		return TERM_VOID;
	if (!day->day.open)
		return TERM_CLOSED;
	return stopped(spec, day->date) ? TERM_STOPPED : TERM_COUNTED;
}

static enum err beyond(const struct workdays *days, struct date d, struct diag *diag)
{
	char text[DATE_TEXT_BYTES];

	if (d.year < workdays_first_year(days))
		return diag_set(diag, ERR_ABSENT,
				"the calendar begins with %d: no answer for %s without "
				"the days off of that year",
				workdays_first_year(days), date_text(d, text));
	return diag_set(
		diag, ERR_ABSENT,
		"the answer lies beyond %d, the last year whose days off are published here: "
		"add the rows of %d to holidays.csv in a folder and name it with --law DIR",
		workdays_last_year(days), workdays_last_year(days) + 1);
}

enum err term_lay(const struct workdays *days, const struct term_spec *spec, struct arena *mem,
		  struct diag *diag, struct term *ret)
{
	struct term term = {.total = spec->days + spec->extend};
	struct term_day *list = NULL;
	struct date d = spec->received;
	size_t cap = 0;
	unsigned used = 0;
	enum err e = check_spec(spec, diag);

	if (e != ERR_OK)
		return e;
	while (used < term.total) {
		struct term_day *day;

		d = date_add_days(d, 1);
		if (!workdays_knows(days, d))
			return beyond(days, d, diag);
		day = term.n < LIMIT_TERM_DAYS
			      ? ARENA_PUSH(mem, &list, &term.n, &cap, LIMIT_TERM_DAYS)
			      : NULL;
		if (day == NULL && term.n >= LIMIT_TERM_DAYS)
			return diag_set(diag, ERR_LIMIT, "the limit runs over more than %d days",
					LIMIT_TERM_DAYS);
		if (day == NULL)
			return arena_err(mem);
		day->date = d;
		e = workdays_day(days, d, &day->day);
		if (e != ERR_OK)
			return e;
		day->why = judge(spec, day);
		used += day->why == TERM_COUNTED;
		term.stopped += day->why == TERM_STOPPED;
		day->n = used;
	}
	term.due = d;
	term.list = list;
	*ret = term;
	return ERR_OK;
}
