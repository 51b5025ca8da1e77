/* Limits counted in working days (工作日).  Pure: no clock, no files.
 *
 * A working day is Monday to Friday, less the days off and plus the worked weekends that the
 * State Council published.  Only whole published years are known: whatever lies beyond them is
 * ERR_ABSENT, for we never guess.  A struct workdays is not changed after workdays_new and may
 * be shared by threads; it lives in the arena it was made in, and so do the names it gives. */
#ifndef GONGKAI_CALENDAR_WORKDAYS_H
#define GONGKAI_CALENDAR_WORKDAYS_H

#include "base/arena.h"
#include "base/diag.h"
#include "calendar/date.h"

struct workdays;

/* One published exception to Monday to Friday. */
struct day_exception {
	struct date day;
	bool off;          /* a weekday that is closed; else a Saturday or Sunday that is worked */
	struct str name;   /* 春节 */
	struct str source; /* 国办发明电〔2024〕12号 */
};

/* `list` ascends by day.  A year is published when it has a day off before December (the days
 * around New Year may stand in the notice of the next year).  ERR_INPUT: days out of order or
 * twice, an exception that is none (a Sunday off), no year at all, or a year left out. */
MUST_USE enum err workdays_new(struct arena *mem, const struct day_exception *list, size_t n,
			       struct diag *diag, const struct workdays **ret);

int workdays_first_year(const struct workdays *days);
int workdays_last_year(const struct workdays *days);
bool workdays_knows(const struct workdays *days, struct date d);

enum day_kind {
	DAY_WORK,    /* Monday to Friday */
	DAY_MAKEUP,  /* a worked weekend, 调休上班 */
	DAY_WEEKEND, /* Saturday or Sunday */
	DAY_HOLIDAY, /* a weekday that is closed */
};

struct workday {
	enum day_kind kind;
	bool open;       /* it counts */
	struct str name; /* of the holiday, for DAY_MAKEUP and DAY_HOLIDAY; else "" */
	struct str source;
};

MUST_USE enum err workdays_day(const struct workdays *days, struct date d, struct workday *ret);

/* Last day of a limit of `count` (>= 1) open days that starts the day after `from`. */
MUST_USE enum err workdays_limit(const struct workdays *days, struct date from, unsigned count,
				 struct date *ret_last);

/* Open days after `from` up to and including `to`; 0 when `to` is not later. */
MUST_USE enum err workdays_between(const struct workdays *days, struct date from, struct date to,
				   unsigned *ret_count);

#endif
