/* A statutory limit laid out day by day, with its stops, restart and extension.
 *
 * Rules (regulation 33, 30, 32; domain notes §1.6): the day of receipt does not count, day 1 is
 * the next working day.  While an opinion is asked for, the working days after the letter went
 * out up to and including the day the answer came do not count; stops that overlap leave a day
 * out once.  A corrected request or a payment starts the full term anew on the next working day.
 * An extension adds working days at the end.  Pure, like the rest of this folder. */
#ifndef GONGKAI_CALENDAR_TERM_H
#define GONGKAI_CALENDAR_TERM_H

#include "calendar/workdays.h"

struct term_stop {
	struct date from, to; /* the letter went out; the answer came (not earlier) */
};

struct term_spec {
	struct date received;
	unsigned days; /* working days of the term, >= 1 */
	const struct term_stop *stops;
	size_t n_stops;
	struct date restart; /* DATE_NONE, or the day the correction or payment came */
	unsigned extend;     /* working days added; 0: none */
};

enum term_why {
	TERM_COUNTED,
	TERM_CLOSED,  /* weekend or holiday */
	TERM_STOPPED, /* an opinion was asked for */
	TERM_VOID,    /* before the restart */
};

struct term_day {
	struct date date;
	enum term_why why;
	unsigned n; /* how many days are used up; of a day that does not count too */
	struct workday day;
};

struct term {
	struct date due;
	const struct term_day *list; /* from the day after receipt to the due day */
	size_t n;
	unsigned stopped; /* working days left out by stops, after the restart */
	unsigned total;   /* days + extend */
};

/* ERR_INPUT: a term of no days, a stop that ends before it begins, a restart before receipt;
 * ERR_LIMIT: more than LIMIT_TERM_DAYS days to lay out; ERR_ABSENT: the answer lies beyond the
 * published years.  diag says which, in English, and names the last year. */
MUST_USE enum err term_lay(const struct workdays *days, const struct term_spec *spec,
			   struct arena *mem, struct diag *diag, struct term *ret);

#endif
