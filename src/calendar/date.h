/* A day of the Gregorian calendar.  Pure: no clock, no time zone. */
#ifndef GONGKAI_CALENDAR_DATE_H
#define GONGKAI_CALENDAR_DATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"

struct date {
	int year; /* 0: no date */
	int month, day;
};

#define DATE_NONE ((struct date){0, 0, 0})

static inline bool date_none(struct date d)
{
	return d.year == 0;
}
bool date_valid(struct date d);     /* 1900-01-01 … 2199-12-31 */
int32_t date_serial(struct date d); /* days since 1970-01-01 */
struct date date_from_serial(int32_t days);
int date_weekday(struct date d); /* 1 Monday … 7 Sunday */
int date_cmp(struct date a, struct date b);
struct date date_add_days(struct date d, int days);

/* "2025-03-03", nothing else.  ERR_INPUT. */
MUST_USE enum err date_parse(struct str s, struct date *ret);
/* A date inside Chinese text at the front of `s`: 2021年1月29日, 2021-01-29, 2021/1/29, 2021.1.29,
 * 二〇二一年一月二十九日, blanks and full-width digits allowed.  Returns bytes taken, 0 when there
 * is none. */
size_t date_parse_zh(struct str s, struct date *ret);

#define DATE_TEXT_BYTES 16
/* "2025-03-03", NUL-terminated; "" for DATE_NONE. */
const char *date_text(struct date d, char ret[DATE_TEXT_BYTES]);

#endif
