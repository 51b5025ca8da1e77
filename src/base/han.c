/* Chinese text: folding for comparison, numerals, likeness. */
#include "base/han.h"

#include <string.h>

#include "base/utf8.h"

struct pair {
	uint16_t from, to;
};

static const struct pair traditional[] = {
#include "base/han_traditional.inc"
};

static const struct pair radicals[] = {
#include "base/han_radicals.inc"
};

/* What is neither ASCII in another width nor a Han character; sorted. */
static const struct pair marks[] = {
	{0x00A0, 0},      {0x00AD, 0},      {0x2010, '-'}, {0x2011, '-'},    {0x2012, '-'},
	{0x2013, '-'},    {0x2014, '-'},    {0x2015, '-'}, {0x2018, '"'},    {0x2019, '"'},
	{0x201A, '"'},    {0x201B, '"'},    {0x201C, '"'}, {0x201D, '"'},    {0x201E, '"'},
	{0x201F, '"'},    {0x2212, '-'},    {0x2236, ':'}, {0x25CB, 0x3007}, {0x25EF, 0x3007},
	{0x3002, '.'},    {0x300C, '"'},    {0x300D, '"'}, {0x300E, '"'},    {0x300F, '"'},
	{0x3010, '('},    {0x3011, ')'},    {0x3014, '('}, {0x3015, ')'},    {0x3016, '('},
	{0x3017, ')'},    {0x301C, '-'},    {0x301D, '"'}, {0x301E, '"'},    {0x301F, '"'},
	{0x30FB, 0x00B7}, {0xFE30, ':'},    {0xFE50, ','}, {0xFE51, 0x3001}, {0xFE52, '.'},
	{0xFE54, ';'},    {0xFE55, ':'},    {0xFE59, '('}, {0xFE5A, ')'},    {0xFE5D, '('},
	{0xFE5E, ')'},    {0xFE63, '-'},    {0xFF61, '.'}, {0xFF62, '"'},    {0xFF63, '"'},
	{0xFF64, 0x3001}, {0xFF65, 0x00B7},
};

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

static uint32_t look_up(const struct pair *table, size_t n, uint32_t cp)
{
	size_t lo = 0, hi = n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (table[mid].from < cp)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < n && table[lo].from == cp ? table[lo].to : cp;
}

static uint32_t fold_ascii(uint32_t cp)
{
	switch (cp) {
	case '[':
	case '{':
		return '(';
	case ']':
	case '}':
		return ')';
	case '~':
		return '-';
	case '\'':
		return '"';
	default:
		break;
	}
	if (cp <= ' ' || cp == 0x7F)
		return 0; /* blanks and controls: Word ends a cell with U+0007 */
	return cp >= 'A' && cp <= 'Z' ? cp + 32 : cp;
}

static bool invisible(uint32_t cp)
{
	return utf8_is_blank(cp) || (cp >= 0x80 && cp < 0xA0) || (cp >= 0x202A && cp <= 0x202E) ||
	       (cp >= 0x2060 && cp <= 0x206F) || (cp >= 0xFE00 && cp <= 0xFE0F) ||
	       (cp >= 0xE0100 && cp <= 0xE01EF);
}

uint32_t han_fold_cp(uint32_t cp)
{
	if (cp < 0x80)
		return fold_ascii(cp);
	if (cp >= 0x4E00 && cp <= 0x9FFF)
		return look_up(traditional, COUNT(traditional), cp);
	if (cp >= 0xFF01 && cp <= 0xFF5E)
		return fold_ascii(cp - 0xFEE0);
	if (invisible(cp))
		return 0;
	if (cp >= 0x2E80 && cp <= 0x2FD5)
		return look_up(radicals, COUNT(radicals), cp);
	return look_up(marks, COUNT(marks), cp);
}

enum err han_fold(struct arena *mem, struct str s, struct str *ret)
{
	char *out;
	size_t n = 0;
	uint32_t cp;

	/* A broken byte becomes U+FFFD, three bytes; nothing else grows. */
	out = arena_calloc(mem, s.n + 1, 3);
	if (out == NULL)
		return arena_err(mem);
	while (utf8_next(&s, &cp)) {
		cp = han_fold_cp(cp);
		if (cp != 0)
			n += utf8_put(cp, out + n);
	}
	out[n] = '\0';
	*ret = str_n(out, n);
	return ERR_OK;
}

/* ---- numbers ---- */

#define NUMBER_MAX (INT64_C(1) << 53)
#define NUMBER_CHARS 64 /* characters of a Chinese numeral that are looked at */

static int ascii_digit(uint32_t cp)
{
	if (cp >= 0xFF10 && cp <= 0xFF19)
		cp -= 0xFEE0;
	return cp >= '0' && cp <= '9' ? (int)(cp - '0') : -1;
}

/* Up to `max` digits at the front; *value is -1 once it passes the maximum. */
static size_t digits(struct str s, size_t max, int64_t *value, size_t *bytes)
{
	size_t n = 0;
	struct str rest = s;
	uint32_t cp;

	*bytes = 0;
	while (n < max && utf8_next(&rest, &cp) && ascii_digit(cp) >= 0) {
		if (*value >= 0)
			*value = *value * 10 + ascii_digit(cp);
		if (*value > NUMBER_MAX)
			*value = -1;
		n++;
		*bytes = s.n - rest.n;
	}
	return n;
}

/* ",345" at the front: a group of exactly three digits.  Bytes taken, else 0. */
static size_t group_of_three(struct str s, int64_t *value)
{
	struct str rest = s;
	int64_t v = *value;
	size_t bytes;
	uint32_t cp;

	if (!utf8_next(&rest, &cp) || (cp != ',' && cp != 0xFF0C))
		return 0;
	if (digits(rest, 4, &v, &bytes) != 3)
		return 0;
	*value = v;
	return s.n - rest.n + bytes;
}

static size_t arabic_number(struct str s, int64_t *ret_value)
{
	int64_t v = 0;
	size_t used, more;
	size_t n = digits(s, s.n, &v, &used);

	if (n == 0)
		return 0;
	if (n <= 3 && v > 0) { /* "0，123" is a nought and then something else */
		while ((more = group_of_three(str_from(s, used), &v)) != 0)
			used += more;
	}
	if (v < 0)
		return 0;
	*ret_value = v;
	return used;
}

/* Value of a Chinese digit 0..9, or of a unit (10, 100, 1000, 10^4, 10^8); -1 for neither. */
static int64_t numeral(uint32_t cp)
{
	static const uint16_t digit[] = {0x3007, 0x4E00, 0x4E8C, 0x4E09, 0x56DB,
					 0x4E94, 0x516D, 0x4E03, 0x516B, 0x4E5D};

	cp = han_fold_cp(cp);
	for (size_t i = 0; i < COUNT(digit); i++)
		if (digit[i] == cp)
			return (int64_t)i;
	switch (cp) {
	case 0x96F6: /* 零 */
		return 0;
	case 0x4E24: /* 两 */
		return 2;
	case 0x5341: /* 十 */
		return 10;
	case 0x767E: /* 百 */
		return 100;
	case 0x5343: /* 千 */
		return 1000;
	case 0x4E07: /* 万 */
		return 10000;
	case 0x4EBF: /* 亿 */
		return 100000000;
	default:
		return -1;
	}
}

/* A numeral with units, read from the left.  `section` is below 10^4, `high` the sum of what is
 * closed by 万 or 亿; `least` is the last unit taken, so that units only fall. */
struct reading {
	int64_t high, section, digit, least, big;
	bool zero;
	bool yi; /* 亿 was taken: once in a numeral */
};

/* Takes one more character; false when the numeral cannot go on with it. */
static bool reading_take(struct reading *r, int64_t v)
{
	if (v < 10) {
		if (r->digit >= 0)
			return false; /* 两三百: about, not a number that we know */
		if (v == 0) {
			r->zero = true;
			return true;
		}
		r->digit = v;
		return true;
	}
	if (v < 10000) {
		if (v >= r->least || (r->digit < 0 && v != 10))
			return false;
		r->section += (r->digit < 0 ? 1 : r->digit) * v;
		r->least = v;
		r->digit = -1;
		r->zero = false;
		return true;
	}
	if (r->yi && v == 100000000)
		return false;
	r->section += r->digit > 0 ? r->digit : 0;
	if (v == 100000000 && r->big == 10000 && r->section == 0) {
		r->high *= v; /* 一万亿 */
	} else {
		if (r->section == 0 || v >= r->big)
			return false;
		r->high += r->section * v;
	}
	r->big = v;
	r->yi |= v == 100000000;
	r->section = 0;
	r->digit = -1;
	r->least = v;
	r->zero = false;
	return true;
}

static int64_t reading_value(const struct reading *r)
{
	int64_t last = r->digit > 0 ? r->digit : 0;

	if (!r->zero && r->least >= 100 && r->least < INT64_MAX)
		last *= r->least / 10; /* 三百五 is 350, 一万二 is 12000 */
	return r->high + r->section + last;
}

/* 一九八四: digits only. */
static size_t plain_digits(const int64_t *v, size_t n, int64_t *ret_value)
{
	int64_t value = 0;

	for (size_t i = 0; i < n; i++) {
		value = value * 10 + v[i];
		if (value > NUMBER_MAX)
			return 0;
	}
	*ret_value = value;
	return n;
}

static size_t chinese_number(struct str s, int64_t *ret_value)
{
	struct reading r = {.digit = -1, .least = INT64_MAX, .big = INT64_MAX};
	int64_t v[NUMBER_CHARS];
	size_t end[NUMBER_CHARS], n = 0, run = 0, taken = 0;
	struct str rest = s;
	uint32_t cp;

	while (n < NUMBER_CHARS && utf8_next(&rest, &cp) && (v[n] = numeral(cp)) >= 0)
		end[n++] = s.n - rest.n;
	while (run < n && v[run] < 10)
		run++;
	if (run == n || run > 1) {
		if (n == 0 || run < n || n == NUMBER_CHARS)
			return 0; /* none, or 两三百 */
		taken = plain_digits(v, run, ret_value);
		return taken ? end[taken - 1] : 0;
	}
	while (taken < n) {
		struct reading before = r;

		if (!reading_take(&r, v[taken])) {
			r = before;
			break;
		}
		taken++;
	}
	if (taken == 0 || reading_value(&r) > NUMBER_MAX)
		return 0;
	*ret_value = reading_value(&r);
	return end[taken - 1];
}

size_t han_number(struct str s, int64_t *ret_value)
{
	size_t n = arabic_number(s, ret_value);

	return n ? n : chinese_number(s, ret_value);
}

/* ---- likeness ---- */

#define LCS_CHARS 2000
#define LCS_WORDS ((LCS_CHARS + 63) / 64)
#define LCS_HEADS 1024
#define BIGRAM_BUCKETS (1 << 17)

static size_t code_points(struct str s, uint32_t *out, size_t max)
{
	size_t n = 0;

	while (n < max && utf8_next(&s, &out[n]))
		n++;
	return n;
}

/* Where each character stands in the first text: chains of positions by hash. */
struct places {
	uint16_t head[LCS_HEADS], next[LCS_CHARS]; /* position + 1; 0 ends */
};

static size_t place_hash(uint32_t cp)
{
	return (cp ^ cp >> 10) % LCS_HEADS;
}

/* Length of the longest common subsequence, 64 places of `a` at a time (Crochemore and others,
 * 2001): a bit of `v` falls to 0 where the subsequence grows. */
static size_t lcs(const uint32_t *a, size_t na, const uint32_t *b, size_t nb)
{
	struct places at = {.head = {0}};
	uint64_t v[LCS_WORDS], hit[LCS_WORDS];
	size_t words = (na + 63) / 64, length = 0;

	for (size_t i = 0; i < na; i++) {
		at.next[i] = at.head[place_hash(a[i])];
		at.head[place_hash(a[i])] = (uint16_t)(i + 1);
	}
	memset(v, 0xFF, sizeof(v));
	for (size_t j = 0; j < nb; j++) {
		uint64_t carry = 0;

		memset(hit, 0, words * sizeof(hit[0]));
		for (size_t i = at.head[place_hash(b[j])]; i != 0; i = at.next[i - 1])
			if (a[i - 1] == b[j])
				hit[(i - 1) / 64] |= UINT64_C(1) << (i - 1) % 64;
		for (size_t w = 0; w < words; w++) {
			uint64_t u = v[w] & hit[w], sum;
			bool over = __builtin_add_overflow(v[w], u, &sum);

			over |= __builtin_add_overflow(sum, carry, &sum);
			v[w] = sum | (v[w] & ~hit[w]);
			carry = over;
		}
	}
	for (size_t i = 0; i < na; i++)
		length += !(v[i / 64] >> i % 64 & 1);
	return length;
}

static size_t count_bigrams(struct str s, int step, int16_t *count)
{
	uint32_t last = 0, cp;
	size_t n = 0;

	while (utf8_next(&s, &cp)) {
		if (last != 0) {
			uint32_t h = (last * 0x9E3779B1u ^ cp * 0x85EBCA6Bu) >> 7;
			int16_t *c = &count[h % BIGRAM_BUCKETS];

			if (*c > -INT16_MAX && *c < INT16_MAX)
				*c = (int16_t)(*c + step);
			n++;
		}
		last = cp;
	}
	return n;
}

/* Bigrams are counted by hash in a table of fixed size: what falls together by chance lifts the
 * result by a few permille only for texts of this program's sizes, and nothing is allocated. */
static int bigram_likeness(struct str a, struct str b)
{
	int16_t count[BIGRAM_BUCKETS];
	size_t total, apart = 0;

	memset(count, 0, sizeof(count));
	total = count_bigrams(a, 1, count) + count_bigrams(b, -1, count);
	for (size_t i = 0; i < BIGRAM_BUCKETS; i++)
		apart += (size_t)(count[i] < 0 ? -count[i] : count[i]);
	if (total == 0 || apart > total)
		return 0;
	return (int)(1000 * (total - apart) / total);
}

int han_likeness(struct str a, struct str b)
{
	uint32_t pa[LCS_CHARS + 1], pb[LCS_CHARS + 1];
	size_t na, nb, front = 0, back = 0;

	if (str_eq(a, b))
		return 1000;
	na = code_points(a, pa, LCS_CHARS + 1);
	nb = code_points(b, pb, LCS_CHARS + 1);
	if (na > LCS_CHARS || nb > LCS_CHARS)
		return bigram_likeness(a, b);
	if (na == 0 || nb == 0)
		return 0;
	while (front < na && front < nb && pa[front] == pb[front])
		front++;
	while (back < na - front && back < nb - front && pa[na - 1 - back] == pb[nb - 1 - back])
		back++;
	return (int)(2000 *
		     (front + back +
		      lcs(pa + front, na - front - back, pb + front, nb - front - back)) /
		     (na + nb));
}
