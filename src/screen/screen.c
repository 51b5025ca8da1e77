/* Personal data in text; see screen.h.
 *
 * A run of digits is cut into groups at single blanks and hyphens, so that 138 0000 0000 and
 * a telephone beside a postcode are both read right: a number begins and ends where a group
 * does. */
#include "screen/screen.h"

#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"

#define RUN_DIGITS 64

/* Digits in a row, with groups. */
struct run {
	char digit[RUN_DIGITS];
	size_t from[RUN_DIGITS], to[RUN_DIGITS]; /* bytes of each digit in the text */
	bool opens[RUN_DIGITS + 1];              /* a group begins here */
	size_t n;
	size_t end; /* byte behind the run */
};

const char *screen_kind_zh(enum screen_kind kind)
{
	static const char *const name[] = {"公民身份号码", "手机号码", "银行卡号", "电子邮箱"};

	return name[kind];
}

/* '0'…'9', 'X', 'x' of either width; 0 for anything else. */
static char digit_of(uint32_t cp)
{
	if (cp >= 0xFF10 && cp <= 0xFF19)
		return (char)('0' + (cp - 0xFF10));
	if (cp == 0xFF38 || cp == 0xFF58)
		return 'X';
	if (cp >= '0' && cp <= '9')
		return (char)cp;
	return cp == 'X' || cp == 'x' ? 'X' : 0;
}

static bool ascii_word(uint32_t cp)
{
	return (cp >= '0' && cp <= '9') || (cp >= 'a' && cp <= 'z') || (cp >= 'A' && cp <= 'Z') ||
	       cp == '_';
}

static bool all_digits(const char *p, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (p[i] < '0' || p[i] > '9')
			return false;
	}
	return true;
}

static int number_of(const char *p, size_t n)
{
	int v = 0;

	for (size_t i = 0; i < n; i++)
		v = v * 10 + (p[i] - '0');
	return v;
}

static bool province(int code)
{
	return (code >= 11 && code <= 15) || (code >= 21 && code <= 23) ||
	       (code >= 31 && code <= 37) || (code >= 41 && code <= 46) ||
	       (code >= 50 && code <= 54) || (code >= 61 && code <= 65) || code == 71 ||
	       (code >= 81 && code <= 83);
}

static bool real_date(int year, int month, int day)
{
	static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	/* the upper bound is no clock: nobody born later stands in a report we can read */
	if (year < 1900 || year > 2199 || month < 1 || month > 12 || day < 1)
		return false;
	return day <= days[month - 1] + (month == 2 && leap);
}

bool screen_id_valid(struct str s)
{
	static const int weight[17] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
	int sum = 0;
	char last;

	if (s.n != 18 || !all_digits(s.p, 17))
		return false;
	if (!province(number_of(s.p, 2)) ||
	    !real_date(number_of(s.p + 6, 4), number_of(s.p + 10, 2), number_of(s.p + 12, 2)))
		return false;
	for (size_t i = 0; i < 17; i++)
		sum += (s.p[i] - '0') * weight[i];
	last = s.p[17] == 'x' ? 'X' : s.p[17];
	return last == "10X98765432"[sum % 11];
}

/* Beginnings that card organisations use, with the lengths they use them for. */
static bool card_prefix(const char *p, size_t n)
{
	int two = number_of(p, 2);
	int four = number_of(p, 4);

	if (two == 62)
		return n >= 16 && n <= 19;
	if (four == 9558 || four == 6013 || four == 6011)
		return n == 16 || n == 19;
	if (two == 34 || two == 37)
		return n == 15;
	if (n != 16)
		return false;
	return p[0] == '4' || (two >= 51 && two <= 55) || two == 35 ||
	       (four >= 2221 && four <= 2720);
}

bool screen_card_valid(struct str digits)
{
	int sum = 0;

	if (digits.n < 15 || digits.n > 19 || !all_digits(digits.p, digits.n) ||
	    !card_prefix(digits.p, digits.n))
		return false;
	for (size_t i = 0; i < digits.n; i++) {
		int d = digits.p[digits.n - 1 - i] - '0';

		if (i % 2) {
			d *= 2;
			d = d > 9 ? d - 9 : d;
		}
		sum += d;
	}
	return sum % 10 == 0;
}

static bool mobile_valid(const char *p, size_t n)
{
	return n == 11 && all_digits(p, 11) && p[0] == '1' && p[1] >= '3';
}

/* Collects the run of digits at `at`. */
static void run_read(struct str text, size_t at, struct run *run)
{
	struct str rest = str_from(text, at);
	bool gap = false;
	uint32_t cp;

	run->n = 0;
	run->opens[0] = true;
	run->end = at;
	while (rest.n && run->n < RUN_DIGITS) {
		size_t here = text.n - rest.n;
		char d;

		utf8_next(&rest, &cp);
		d = digit_of(cp);
		if (d == 'X' && run->n == 0)
			d = 0;
		if (d) {
			run->opens[run->n] = run->n == 0 || gap;
			run->from[run->n] = here;
			run->to[run->n] = text.n - rest.n;
			run->digit[run->n++] = d;
			run->end = text.n - rest.n;
			gap = false;
			if (d == 'X')
				break;
			continue;
		}
		if (gap || run->n == 0 ||
		    !(cp == ' ' || cp == '-' || cp == 0x3000 || cp == 0xA0 || cp == 0x2009))
			break;
		gap = true;
	}
	run->opens[run->n] = true;
}

/* What stands around a number says whether it can be one: not inside a word, an address of a
 * page or a decimal. */
static bool stands_alone(struct str text, size_t from, size_t to)
{
	struct str before = str_sub(text, 0, from);
	struct str after = str_from(text, to);
	uint32_t cp;

	if (utf8_prev(&before, &cp) &&
	    (ascii_word(cp) || (cp < 0x80 && strchr("/=&?%#.@", (int)cp))))
		return false;
	if (!utf8_next(&after, &cp))
		return true;
	if (ascii_word(cp) || cp == '@')
		return false;
	if (cp == '.' && utf8_next(&after, &cp) && ascii_word(cp))
		return false;
	/* an amount or a count */
	return cp != 0x5143 && cp != 0x4EF6 && cp != 0x6761 && cp != 0x4E07 && cp != 0x6B21 &&
	       cp != '%';
}

static void mask_digits(struct screen_hit *hit, size_t front, size_t back)
{
	size_t n = strlen(hit->value);

	memcpy(hit->masked, hit->value, n + 1);
	for (size_t i = front; i + back < n; i++)
		hit->masked[i] = '*';
}

/* Whether digits i … i+n of the run are a number of a kind that we know. */
static bool classify(const struct run *run, size_t i, size_t n, struct screen_hit *hit)
{
	const char *p = run->digit + i;
	size_t skip = 0;

	if (n == 18 && screen_id_valid(str_n(p, 18))) {
		hit->kind = SCREEN_ID;
	} else if (screen_card_valid(str_n(p, n))) {
		hit->kind = SCREEN_CARD;
	} else if (mobile_valid(p, n) ||
		   (n == 13 && p[0] == '8' && p[1] == '6' && mobile_valid(p + 2, 11))) {
		hit->kind = SCREEN_MOBILE;
		skip = n - 11;
	} else {
		return false;
	}
	memcpy(hit->value, p + skip, n - skip);
	hit->value[n - skip] = '\0';
	if (hit->kind == SCREEN_ID)
		mask_digits(hit, 3, 2);
	else if (hit->kind == SCREEN_CARD)
		mask_digits(hit, 4, 4);
	else
		mask_digits(hit, 3, 4);
	hit->at = run->from[i + skip];
	hit->n = run->to[i + n - 1] - hit->at;
	return true;
}

static bool run_find(struct str text, const struct run *run, struct screen_hit *hit)
{
	for (size_t i = 0; i < run->n; i++) {
		if (!run->opens[i])
			continue;
		for (size_t n = run->n - i < 19 ? run->n - i : 19; n >= 11; n--) {
			if (!run->opens[i + n] ||
			    !stands_alone(text, run->from[i], run->to[i + n - 1]))
				continue;
			if (classify(run, i, n, hit))
				return true;
		}
	}
	return false;
}

static bool mail_char(uint32_t cp)
{
	return ascii_word(cp) || cp == '.' || cp == '-' || cp == '+';
}

/* An address around the @ at `at`. */
static bool mail_find(struct str text, size_t from, size_t at, struct screen_hit *hit)
{
	struct str before = str_sub(text, from, at - from);
	struct str after = str_from(text, at + 1);
	size_t left = at, right = at + 1, dot = 0;

	while (left > from && mail_char((unsigned char)before.p[left - from - 1]))
		left--;
	while (right < text.n && mail_char((unsigned char)text.p[right])) {
		if (text.p[right] == '.' && right > at + 1)
			dot = right;
		right++;
	}
	while (right > at + 1 && (text.p[right - 1] == '.' || text.p[right - 1] == '-'))
		right--;
	if (left == at || dot == 0 || dot + 2 > right || after.n == 0 ||
	    right - left >= SCREEN_VALUE_BYTES - 4)
		return false;
	hit->kind = SCREEN_EMAIL;
	hit->at = left;
	hit->n = right - left;
	memcpy(hit->value, text.p + left, hit->n);
	hit->value[hit->n] = '\0';
	hit->masked[0] = text.p[left];
	memcpy(hit->masked + 1, "***", 3);
	memcpy(hit->masked + 4, text.p + at, right - at);
	hit->masked[4 + right - at] = '\0';
	return true;
}

bool screen_next(struct str text, size_t *at, struct screen_hit *ret)
{
	size_t i = *at;

	while (i < text.n) {
		unsigned char c = (unsigned char)text.p[i];
		struct run run;

		if (c == '@' && mail_find(text, *at, i, ret)) {
			*at = ret->at + ret->n;
			return true;
		}
		if ((c >= '0' && c <= '9') || c == 0xEF) {
			run_read(text, i, &run);
			if (run.n >= 11 && run_find(text, &run, ret)) {
				*at = ret->at + ret->n;
				return true;
			}
			if (run.n) {
				/* a run may be the front of an address; @ is looked for anyway */
				i = run.end > i ? run.end : i + 1;
				continue;
			}
		}
		i++;
	}
	*at = text.n;
	return false;
}

enum err screen_mask(struct str text, struct arena *mem, struct str *ret)
{
	AUTO_BUF(out, text.n * 2 + SCREEN_VALUE_BYTES);
	struct screen_hit hit;
	size_t at = 0, done = 0;
	enum err e;

	while (screen_next(text, &at, &hit)) {
		buf_add(&out, str_sub(text, done, hit.at - done));
		buf_c(&out, hit.masked);
		done = hit.at + hit.n;
	}
	if (done == 0) {
		*ret = text;
		return ERR_OK;
	}
	buf_add(&out, str_from(text, done));
	e = buf_end(&out);
	if (e != ERR_OK)
		return e;
	return arena_str(mem, buf_str(&out), ret);
}
