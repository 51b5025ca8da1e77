/* The text of a report as passages that can be searched, with a way back to what is printed. */
#include <string.h>

#include "base/han.h"
#include "base/utf8.h"
#include "report/check_int.h"

/* A sentence that runs on over this much text is no longer read as one. */
#define PASSAGE_BYTES (64 * 1024)
/* A line of at least this many characters without a full stop is a line that was broken by
 * its layout; a shorter one may be a heading. */
#define WRAPPED_CHARS 16

/* More than all terms with all their damaged forms. */
#define LIMIT_NEEDLES 4000

#define STOP_ZH 0x3002

enum err fold_mapped(struct arena *mem, struct str raw, struct str *ret_folded, uint32_t **ret_map)
{
	/* 。 may take 3 bytes where folding gives 1; no character grows */
	char *p = arena_alloc(mem, raw.n + 1);
	uint32_t *map = ARENA_ARRAY(mem, uint32_t, raw.n + 2);
	struct str rest = raw;
	size_t n = 0;
	uint32_t cp;

	if (p == NULL || map == NULL)
		return arena_err(mem);
	while (rest.n) {
		size_t from = raw.n - rest.n;
		char bytes[4];
		size_t took;

		utf8_next(&rest, &cp);
		if (cp != STOP_ZH)
			cp = han_fold_cp(cp);
		if (cp == 0)
			continue;
		took = utf8_put(cp, bytes);
		if (n + took > raw.n)
			break;
		for (size_t i = 0; i < took; i++) {
			p[n] = bytes[i];
			map[n++] = (uint32_t)from;
		}
	}
	map[n] = (uint32_t)raw.n;
	*ret_folded = str_n(p, n);
	*ret_map = map;
	return ERR_OK;
}

struct str check_fold(struct check *c, struct str s)
{
	struct str folded = STR("");
	uint32_t *map;
	enum err e = fold_mapped(c->mem, s, &folded, &map);

	if (e != ERR_OK && c->failed == ERR_OK)
		c->failed = e;
	return folded;
}

struct str passage_raw(const struct passage *p, size_t from, size_t to)
{
	return str_sub(p->raw, p->map[from], p->map[to] - p->map[from]);
}

struct place passage_place(const struct passage *p, size_t at)
{
	size_t raw = p->map[at], end = 0;

	for (size_t i = 0; i < p->n_paras; i++) {
		end += p->paras[i].text.n;
		if (raw < end)
			return p->paras[i].at;
	}
	return p->at;
}

static size_t sentence_edge(struct str s, size_t at, bool forward)
{
	static const char *const stops[] = {"。", "!", "?", ";"};
	size_t best = forward ? s.n : 0;

	for (size_t i = 0; i < sizeof(stops) / sizeof(stops[0]); i++) {
		struct str stop = str_c(stops[i]);
		size_t hit = forward ? str_find(s, stop, at) : str_rfind(str_sub(s, 0, at), stop);

		if (hit == STR_NPOS)
			continue;
		if (forward && hit + stop.n < best)
			best = hit + stop.n;
		if (!forward && hit + stop.n > best)
			best = hit + stop.n;
	}
	return best;
}

struct str passage_sentence(const struct passage *p, size_t at)
{
	size_t from = sentence_edge(p->folded, at, false);
	size_t to = sentence_edge(p->folded, at, true);
	struct str whole = passage_raw(p, from, to);
	struct str before = str_sub(p->folded, from, at - from);

	/* a long sentence is quoted around the place that is meant */
	if (utf8_count(whole) > LIMIT_QUOTE_CHARS && utf8_count(before) > 24)
		from += utf8_offset(before, utf8_count(before) - 24);
	return passage_raw(p, from, to);
}

static bool ends_sentence(struct str s)
{
	static const uint32_t stops[] = {STOP_ZH, 0xFF01, 0xFF1F, 0xFF1B, ';', '!', '?', 0x201D};
	struct str rest = str_trim_wide(s);
	uint32_t cp;

	if (!utf8_prev(&rest, &cp))
		return true;
	for (size_t i = 0; i < sizeof(stops) / sizeof(stops[0]); i++) {
		if (cp == stops[i])
			return true;
	}
	return false;
}

static bool ends_in_colon(struct str s)
{
	s = str_trim_wide(s);
	return str_ends(s, STR("：")) || str_ends(s, STR(":"));
}

/* （一） 一、 1. 1、 一是: a new item, whatever the line before ends in. */
static bool begins_item(struct str s)
{
	static const char *const numerals[] = {"一", "二", "三", "四", "五",
					       "六", "七", "八", "九", "十"};
	size_t i = 0;
	bool open;

	s = str_trim_wide(s);
	open = str_starts(s, STR("（")) || str_starts(s, STR("("));
	if (open)
		i = s.p[0] == '(' ? 1 : 3;
	for (size_t k = 0; k < sizeof(numerals) / sizeof(numerals[0]); k++) {
		struct str rest = str_from(s, i);

		if (!str_starts(rest, str_c(numerals[k])))
			continue;
		rest = str_from(rest, 3);
		return open || str_starts(rest, STR("、")) || str_starts(rest, STR("是"));
	}
	while (i < s.n && s.p[i] >= '0' && s.p[i] <= '9')
		i++;
	if (i == 0 || (open && i == 1))
		return false;
	return open || str_starts(str_from(s, i), STR("、")) ||
	       str_starts(str_from(s, i), STR("．")) ||
	       (str_starts(str_from(s, i), STR(".")) &&
		!(i + 1 < s.n && s.p[i + 1] >= '0' && s.p[i + 1] <= '9'));
}

bool passage_is_heading(const struct passage *p)
{
	return begins_item(p->raw) ||
	       (utf8_count(p->folded) <= WRAPPED_CHARS && !str_has(p->folded, STR("。")));
}

/* Whether the next line goes on with what this one says. */
static bool goes_on(struct str line, struct str next)
{
	if (str_trim_wide(next).n == 0)
		return false;
	if (ends_in_colon(line))
		return true;
	return !ends_sentence(line) && !begins_item(next) && utf8_count(line) >= WRAPPED_CHARS;
}

static enum err passage_add(struct check *c, int section, struct str raw, struct place at)
{
	struct passage *p;

	if (str_trim_wide(raw).n == 0)
		return ERR_OK;
	p = ARENA_PUSH(c->mem, &c->passages, &c->n_passages, &c->cap_passages, LIMIT_DOC_BLOCKS);
	if (p == NULL)
		return arena_err(c->mem);
	p->section = section;
	p->raw = raw;
	p->at = at;
	p->where = section < 0   ? STR("preamble")
		   : section > 0 ? check_fmt(c, "section.%d", section)
				 : STR("text");
	return fold_mapped(c->mem, raw, &p->folded, &p->map);
}

static enum err paras_add(struct check *c, int section, const struct report_para *paras, size_t n)
{
	enum err e = ERR_OK;

	for (size_t i = 0; e == ERR_OK && i < n;) {
		size_t last = i, bytes = paras[i].text.n;
		char *joined;
		size_t k = 0;

		while (last + 1 < n && bytes < PASSAGE_BYTES &&
		       goes_on(paras[last].text, paras[last + 1].text))
			bytes += paras[++last].text.n;
		if (last == i) {
			e = passage_add(c, section, paras[i].text, paras[i].at);
			i++;
			continue;
		}
		joined = arena_alloc(c->mem, bytes + 1);
		if (joined == NULL)
			return arena_err(c->mem);
		for (size_t j = i; j <= last; j++) {
			memcpy(joined + k, paras[j].text.p, paras[j].text.n);
			k += paras[j].text.n;
		}
		e = passage_add(c, section, str_n(joined, bytes), paras[i].at);
		if (e == ERR_OK && c->n_passages) {
			c->passages[c->n_passages - 1].paras = &paras[i];
			c->passages[c->n_passages - 1].n_paras = last + 1 - i;
		}
		i = last + 1;
	}
	return e;
}

enum err passages_make(struct check *c)
{
	const struct report *r = c->report;
	enum err e;

	if (r->n_preamble) {
		e = paras_add(c, -1, r->preamble_paras, r->n_preamble);
	} else {
		struct str rest = r->preamble, line;

		e = ERR_OK;
		while (e == ERR_OK && str_split(&rest, '\n', &line))
			e = passage_add(c, -1, line, (struct place){0, 0});
	}
	for (size_t i = 0; e == ERR_OK && i < r->n_sections; i++)
		e = paras_add(c, r->sections[i].no, r->sections[i].paras, r->sections[i].n_paras);
	return e == ERR_OK ? c->failed : e;
}

bool text_has(const struct check *c, int section, const char *needle)
{
	for (size_t i = 0; i < c->n_passages; i++) {
		if ((section == 0 || c->passages[i].section == section) &&
		    str_has(c->passages[i].folded, str_c(needle)))
			return true;
	}
	return false;
}

bool str_has_any(struct str s, const char *const *needles)
{
	for (; *needles; needles++) {
		if (str_has(s, str_c(*needles)))
			return true;
	}
	return false;
}

size_t str_last_of(struct str s, const char *const *needles, size_t *ret_n)
{
	size_t best = STR_NPOS;

	for (; *needles; needles++) {
		size_t hit = str_rfind(s, str_c(*needles));

		if (hit == STR_NPOS)
			continue;
		if (best == STR_NPOS || hit + strlen(*needles) > best + *ret_n) {
			best = hit;
			*ret_n = strlen(*needles);
		}
	}
	return best;
}

static size_t bucket_of(const char *p)
{
	return ((unsigned char)p[1] * 31u + (unsigned char)p[2]) % NEEDLE_BUCKETS;
}

void needle_add(struct check *c, struct needles *set, struct needle needle)
{
	struct needle *slot;
	size_t b;

	if (needle.text.n < 3 || c->failed != ERR_OK)
		return;
	slot = ARENA_PUSH(c->mem, &set->items, &set->n, &set->cap, LIMIT_NEEDLES);
	if (slot == NULL) {
		c->failed = arena_err(c->mem);
		return;
	}
	b = bucket_of(needle.text.p);
	*slot = needle;
	slot->chain = set->bucket[b];
	set->bucket[b] = (uint16_t)set->n;
}

static bool needle_at(const struct needle *needle, struct str rest)
{
	struct str after = str_from(rest, needle->text.n), bad = needle->not_next;
	uint32_t next, one;

	if (!str_starts(rest, needle->text))
		return false;
	if (needle->whole)
		return bad.n == 0 || !str_starts(after, bad);
	if (bad.n == 0 || !utf8_next(&after, &next))
		return true;
	while (utf8_next(&bad, &one)) {
		if (one == next)
			return false;
	}
	return true;
}

void needles_find(struct check *c, const struct needles *set, needle_fn *fn)
{
	for (size_t i = 0; i < c->n_passages && set->n; i++) {
		struct str s = c->passages[i].folded;

		for (size_t at = 0; at + 3 <= s.n; at++) {
			if ((unsigned char)s.p[at] < 0xE0)
				continue;
			for (size_t k = set->bucket[bucket_of(s.p + at)]; k;
			     k = set->items[k - 1].chain) {
				if (needle_at(&set->items[k - 1], str_from(s, at)))
					fn(c, &c->passages[i], at, &set->items[k - 1]);
			}
		}
	}
}

size_t clause_end(struct str s, size_t from, size_t *ret_next)
{
	size_t at = from;

	for (; at < s.n; at++) {
		unsigned char byte = (unsigned char)s.p[at];

		if (byte == ',' || byte == ';' || byte == ':' || byte == '!' || byte == '?' ||
		    byte == '(' || byte == ')') {
			*ret_next = at + 1;
			return at;
		}
		if (byte == 0xE3 && str_starts(str_from(s, at), STR("。"))) {
			*ret_next = at + 3;
			return at;
		}
	}
	*ret_next = s.n + 1;
	return s.n;
}
