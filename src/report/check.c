/* Runs the rule table over a report and collects findings. */
#include "report/check_int.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "screen/screen.h"

/* The first report year of the present form and of the articles that ask for it. */
#define FIRST_FORM_YEAR 2019

const char *severity_name(enum severity s)
{
	static const char *const name[] = {"info", "warning", "error"};

	return name[s];
}

const char *severity_name_zh(enum severity s)
{
	static const char *const name[] = {"提示", "警告", "错误"};

	return name[s];
}

static void fail(struct check *c, enum err e)
{
	if (c->failed == ERR_OK)
		c->failed = e;
}

struct str check_fmt(struct check *c, const char *fmt, ...)
{
	char text[512];
	struct str s = STR("");
	va_list ap;
	enum err e;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	if (n < 0)
		n = 0;
	if ((size_t)n >= sizeof(text))
		n = sizeof(text) - 1;
	e = arena_str(c->mem, utf8_whole(str_n(text, (size_t)n)), &s);
	if (e != ERR_OK)
		fail(c, e);
	return s;
}

struct str check_num(struct check *c, int64_t value)
{
	return check_fmt(c, "%lld", (long long)value);
}

struct str check_where(struct check *c, int table, struct str row, struct str col)
{
	if (col.n == 0)
		return check_fmt(c, "table%d." STR_FMT, table, STR_ARG(row));
	return check_fmt(c, "table%d." STR_FMT "." STR_FMT, table, STR_ARG(row), STR_ARG(col));
}

/* Masked, on one line, at most `max_chars` characters. */
static struct str clean(struct check *c, struct str s, size_t max_chars)
{
	struct str masked = s, copy = STR("");
	enum err e;

	e = screen_mask(str_trim_wide(s), c->mem, &masked);
	if (e == ERR_OK && utf8_count(masked) > max_chars)
		e = arena_fmt(c->mem, &copy, STR_FMT "…",
			      STR_ARG(str_sub(masked, 0, utf8_offset(masked, max_chars - 1))));
	else if (e == ERR_OK)
		e = arena_str(c->mem, masked, &copy);
	if (e != ERR_OK) {
		fail(c, e);
		return STR("");
	}
	for (size_t i = 0; i < copy.n; i++) {
		if (copy.p[i] == '\n')
			((char *)copy.p)[i] = ' ';
	}
	return copy;
}

/* Stable over runs and re-reading: what is said about what, never where in the file. */
static struct str make_key(struct check *c, const struct finding *f)
{
	uint64_t h = str_hash(f->rule, STR_HASH_SEED);

	h = str_hash(STR("|"), str_hash(f->where, h));
	h = str_hash(STR("|"), str_hash(f->printed, h));
	h = str_hash(f->has_printed ? f->expected : f->quote, h);
	return check_fmt(c, "%016llx", (unsigned long long)h);
}

static bool known(const struct findings *out, const struct finding *f)
{
	for (size_t i = out->n; i-- > 0 && str_eq(out->items[i].rule, f->rule);) {
		if (str_eq(out->items[i].key, f->key))
			return true;
	}
	return false;
}

#define ELLIPSIS_BYTES 3

/* Ends a text that was cut off after n bytes with a whole character and an ellipsis, for which
 * there is room; returns its length. */
static int cut_whole(char *text, size_t n)
{
	while (n > 0 && ((unsigned char)text[n - 1] & 0xC0) == 0x80)
		n--;
	if (n > 0 && (unsigned char)text[n - 1] >= 0xC0)
		n--;
	memcpy(text + n, "…", ELLIPSIS_BYTES);
	return (int)n + ELLIPSIS_BYTES;
}

void check_found(struct check *c, const struct found *f, const char *fmt, ...)
{
	struct finding one = {.severity = f->severity, .at = f->at};
	struct finding *slot;
	char text[1024];
	va_list ap;
	int n;

	if (c->failed != ERR_OK)
		return;
	va_start(ap, fmt);
	n = vsnprintf(text, sizeof(text) - ELLIPSIS_BYTES, fmt, ap);
	va_end(ap);
	n = n < 0 ? 0 : n;
	if ((size_t)n >= sizeof(text) - ELLIPSIS_BYTES)
		n = cut_whole(text, sizeof(text) - ELLIPSIS_BYTES - 1);
	one.rule = str_c(c->rule->id);
	one.where = f->where.n ? f->where : STR("text");
	one.message = clean(c, str_n(text, (size_t)n), LIMIT_MESSAGE_CHARS);
	one.has_printed = f->printed.p != NULL;
	one.has_expected = f->expected.p != NULL;
	one.printed = clean(c, f->printed, LIMIT_QUOTE_CHARS);
	one.expected = clean(c, f->expected, LIMIT_QUOTE_CHARS);
	one.quote = clean(c, f->quote, LIMIT_QUOTE_CHARS);
	one.basis = str_c(f->basis ? f->basis : c->rule->authority);
	one.key = make_key(c, &one);
	if (c->failed != ERR_OK || known(c->out, &one))
		return;
	/* a file that breaks every rule everywhere needs no longer list */
	if (c->out->n >= LIMIT_FINDINGS)
		return;
	slot = ARENA_PUSH(c->mem, &c->out->items, &c->out->n, &c->out->cap, LIMIT_FINDINGS);
	if (slot == NULL)
		fail(c, arena_err(c->mem));
	else
		*slot = one;
}

static bool applies(const struct check_rule *rule, const struct check_input *input)
{
	int year = input->report->year;

	if (rule->fn == NULL || ((rule->needs & NEED_PREVIOUS) && input->previous == NULL))
		return false;
	if (year == 0 && input->report->form_kind == REPORT_FORM_OLDER)
		year = FIRST_FORM_YEAR - 1;
	/* a report without a year is judged by the rules that hold under every form */
	if (rule->from_year && (year ? year < rule->from_year : rule->from_year > FIRST_FORM_YEAR))
		return false;
	return rule->to_year == 0 || (year && year <= rule->to_year);
}

enum err report_check(const struct check_input *input, struct arena *mem, struct findings *ret)
{
	struct findings found = {.mem = mem};
	struct check c = {.report = input->report, .previous = input->previous, .mem = mem};
	const struct check_rule *rules;
	size_t n;
	enum err e;

	c.out = &found;
	c.body = check_fold(&c, input->report->body);
	c.kind = body_kind(input->report->body);
	c.next_year = check_fmt(&c, "%d年", input->report->year + 1);
	c.past_year = check_fmt(&c, "%d年", input->report->year - 1);
	e = c.failed;
	if (e == ERR_OK)
		e = passages_make(&c);
	rules = check_rules(&n);
	for (size_t i = 0; e == ERR_OK && i < n; i++) {
		if (!applies(&rules[i], input))
			continue;
		c.rule = &rules[i];
		e = rules[i].fn(&c);
		if (e == ERR_OK)
			e = c.failed;
	}
	if (e == ERR_OK)
		*ret = found;
	return e;
}

size_t findings_count(const struct findings *f, enum severity s)
{
	size_t n = 0;

	for (size_t i = 0; i < f->n; i++)
		n += f->items[i].severity == s;
	return n;
}
