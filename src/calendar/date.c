/* Days of the Gregorian calendar: arithmetic, and the ways in which documents write them. */
#include "calendar/date.h"

#include <assert.h>
#include <stdio.h>

#include "base/han.h"
#include "base/utf8.h"

#define YEAR_FIRST 1900
#define YEAR_LAST 2199

static bool leap(int year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int month_days(int year, int month)
{
	static const int8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

	return month == 2 && leap(year) ? 29 : days[month - 1];
}

bool date_valid(struct date d)
{
	return d.year >= YEAR_FIRST && d.year <= YEAR_LAST && d.month >= 1 && d.month <= 12 &&
	       d.day >= 1 && d.day <= month_days(d.year, d.month);
}

/* Days before 1 March of a year counted from 1 March of year 0: leap days then come last. */
int32_t date_serial(struct date d)
{
	int32_t y = d.month <= 2 ? d.year - 1 : d.year;
	int32_t m = d.month <= 2 ? d.month + 9 : d.month - 3;

	return 365 * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + d.day - 1 - 719468;
}

struct date date_from_serial(int32_t days)
{
	int32_t z = days + 719468;
	int32_t era = z / 146097;
	int32_t doe = z - era * 146097;
	int32_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int32_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	int32_t mp = (5 * doy + 2) / 153;
	int month = mp < 10 ? mp + 3 : mp - 9;

	return (struct date){yoe + era * 400 + (month <= 2), month, doy - (153 * mp + 2) / 5 + 1};
}

int date_weekday(struct date d)
{
	int32_t r = (date_serial(d) + 3) % 7; /* 1970-01-01 was a Thursday */

	return (r < 0 ? r + 7 : r) + 1;
}

int date_cmp(struct date a, struct date b)
{
	if (a.year != b.year)
		return a.year < b.year ? -1 : 1;
	if (a.month != b.month)
		return a.month < b.month ? -1 : 1;
	return a.day < b.day ? -1 : a.day > b.day;
}

struct date date_add_days(struct date d, int days)
{
	return date_from_serial(date_serial(d) + days);
}

static int number_at(struct str s, size_t from, size_t n)
{
	int v = 0;

	for (size_t i = from; i < from + n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return -1;
		v = v * 10 + (s.p[i] - '0');
	}
	return v;
}

enum err date_parse(struct str s, struct date *ret)
{
	struct date d;

	if (s.n != 10 || s.p[4] != '-' || s.p[7] != '-')
		return ERR_INPUT;
	d = (struct date){number_at(s, 0, 4), number_at(s, 5, 2), number_at(s, 8, 2)};
	if (!date_valid(d))
		return ERR_INPUT;
	*ret = d;
	return ERR_OK;
}

const char *date_text(struct date d, char ret[DATE_TEXT_BYTES])
{
	ret[0] = '\0';
	if (date_valid(d))
		snprintf(ret, DATE_TEXT_BYTES, "%04u-%02u-%02u", (unsigned)d.year % 10000,
			 (unsigned)d.month % 100, (unsigned)d.day % 100);
	return ret;
}

/* ---- dates in prose ---- */

static void skip_blanks(struct str *s)
{
	struct str rest = *s;
	uint32_t cp;

	while (utf8_next(&rest, &cp) && utf8_is_blank(cp))
		*s = rest;
}

static int digit_value(uint32_t cp)
{
	cp = han_fold_cp(cp);
	return cp >= '0' && cp <= '9' ? (int)cp - '0' : -1;
}

/* Arabic digits or a Chinese numeral, blanks before it stepped over.  With `torn`, blanks between
 * the digits too (PDF text tears numbers apart): only where a mark closes the number.  False
 * when there is none or it has more than `most` digits. */
static bool take_number(struct str *s, int most, bool torn, int *ret_value)
{
	struct str rest = *s, next;
	int digits = 0, value = 0;
	int64_t zh;
	uint32_t cp;
	size_t n;

	for (;;) {
		if (torn || digits == 0)
			skip_blanks(&rest);
		next = rest;
		if (!utf8_next(&next, &cp) || digit_value(cp) < 0)
			break;
		if (++digits > most)
			return false;
		value = value * 10 + digit_value(cp);
		rest = next;
		*s = rest;
	}
	if (digits == 0) {
		n = han_number(rest, &zh);
		if (n == 0 || zh > 9999)
			return false;
		value = (int)zh;
		*s = str_from(rest, n);
	}
	*ret_value = value;
	return true;
}

/* The mark after a number: 年 月 日 (号), or one of - / . ; 0 when another thing follows. */
static uint32_t take_mark(struct str *s)
{
	struct str rest = *s;
	uint32_t cp;

	skip_blanks(&rest);
	if (!utf8_next(&rest, &cp) || cp == 0x3002)
		return 0; /* 。 ends a sentence, although it folds to a stop */
	cp = han_fold_cp(cp);
	switch (cp) {
	case 0x5E74: /* 年 */
	case 0x6708: /* 月 */
	case 0x65E5: /* 日 */
	case '-':
	case '/':
	case '.':
		break;
	case 0x53F7: /* 号 */
		cp = 0x65E5;
		break;
	default:
		return 0;
	}
	*s = rest;
	return cp;
}

size_t date_parse_zh(struct str s, struct date *ret)
{
	struct str rest = s, next;
	struct date d;
	uint32_t mark, cp;

	if (!utf8_next(&(struct str){s.p, s.n}, &cp) || utf8_is_blank(cp))
		return 0; /* the date itself is at the front */
	if (!take_number(&rest, 4, true, &d.year) || d.year < YEAR_FIRST)
		return 0;
	mark = take_mark(&rest);
	if (mark == 0x5E74) {
		if (!take_number(&rest, 2, true, &d.month) || take_mark(&rest) != 0x6708 ||
		    !take_number(&rest, 2, true, &d.day) || take_mark(&rest) != 0x65E5)
			return 0;
	} else if (mark == '-' || mark == '/' || mark == '.') {
		if (!take_number(&rest, 2, false, &d.month) || take_mark(&rest) != mark ||
		    !take_number(&rest, 2, false, &d.day))
			return 0;
		next = rest; /* 2021.1.29.1 is no date */
		if (take_mark(&next) == mark && utf8_next(&next, &cp) && digit_value(cp) >= 0)
			return 0;
	} else {
		return 0;
	}
	if (!date_valid(d))
		return 0;
	*ret = d;
	return s.n - rest.n;
}
