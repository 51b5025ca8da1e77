/* Numbers in the text: where they stand, what unit they carry, what their clause is. */
#include "report/claims_int.h"

#include <string.h>

#include "base/han.h"
#include "base/utf8.h"

#define LIMIT_CLAIMS 20000
/* A sentence is read this far to each side of a number, so that cost stays linear. */
#define SENTENCE_BYTES 1500

/* Longer units first. */
static const char *const units[] = {"万元", "人次", "件次", "件", "条", "宗", "份", "项",
				    "次",   "起",   "例",   "篇", "期", "元", "个", "场",
				    "类",   "批",   "人",   "家", "部", "则", "%",  NULL};

bool is_count_unit(struct str unit)
{
	static const char *const counts[] = {"件", "条", "宗", "份",   "项", "次",
					     "起", "例", "个", "件次", "",   NULL};

	for (size_t i = 0; counts[i]; i++) {
		if (str_eq(unit, str_c(counts[i])))
			return true;
	}
	return false;
}

struct str clause_before(const struct claim *k)
{
	return str_sub(k->p->folded, k->from, k->at - k->from);
}

struct str clause_after(const struct claim *k)
{
	return str_sub(k->p->folded, k->end, k->to - k->end);
}

struct str clause_of(const struct claim *k)
{
	return str_sub(k->p->folded, k->from, k->to - k->from);
}

static bool sentence_end(struct str s, size_t i, size_t *ret_n)
{
	if (s.p[i] == '!' || s.p[i] == '?') {
		*ret_n = 1;
		return true;
	}
	*ret_n = 3;
	return str_starts(str_from(s, i), STR("。"));
}

struct str claim_sentence(const struct claim *k, size_t *ret_from)
{
	struct str s = k->p->folded;
	size_t from = k->at, to = k->end, n;

	while (from > 0 && k->at - from < SENTENCE_BYTES &&
	       !(sentence_end(s, from - 1, &n) && n == 1) &&
	       !(from >= 3 && str_starts(str_from(s, from - 3), STR("。"))))
		from--;
	while (to < s.n && to - k->end < SENTENCE_BYTES && !sentence_end(s, to, &n))
		to++;
	*ret_from = from;
	return str_sub(s, from, to - from);
}

struct str claim_quote(const struct claim *k)
{
	return passage_sentence(k->p, k->at);
}

struct str claim_printed(struct check *c, const struct claim *k)
{
	(void)c;
	if (str_eq(k->unit, STR("%")))
		return str_sub(k->p->folded, k->at, k->end - k->at);
	/* the number alone, as a number */
	return check_num(c, k->value);
}

/* ---- finding numbers ----------------------------------------------------------------------- */

static struct str unit_at(struct str s)
{
	for (size_t i = 0; units[i]; i++) {
		if (str_starts(s, str_c(units[i])))
			return str_sub(s, 0, strlen(units[i]));
	}
	return STR("");
}

/* 一件事, 一次性 … are words, not counts. */
static bool is_idiom(struct str from_number)
{
	static const char *const idioms[] = {
		"一件事", "一次性", "一条龙",   "一次办", "一项项", "一条条",   "一件件", "一次次",
		"一个个", "一批批", "一期工程", "两个",   "一人一", "三项制度", "一家人", "一类事",
		"一份子", "万元",   "百个",     "千家",   "万人",   NULL};

	for (size_t i = 0; idioms[i]; i++) {
		if (str_starts(from_number, str_c(idioms[i])))
			return true;
	}
	return false;
}

/* The three bytes of a character as one number. */
static unsigned triple(struct str s, size_t i)
{
	const unsigned char *p = (const unsigned char *)s.p + i;

	return i + 3 <= s.n ? (unsigned)p[0] << 16 | (unsigned)p[1] << 8 | p[2] : 0;
}

#define STOP_TRIPLE 0xE38082u /* 。 */

static bool hard_break(struct str s, size_t i, size_t *ret_n)
{
	switch (s.p[i]) {
	case ',':
	case ';':
	case ':':
	case '(':
	case ')':
	case '!':
	case '?':
		*ret_n = 1;
		return true;
	default:
		*ret_n = 3;
		return triple(s, i) == STOP_TRIPLE;
	}
}

static bool is_number_front(struct str s, size_t i)
{
	if ((unsigned char)s.p[i] < 0x80)
		return s.p[i] >= '0' && s.p[i] <= '9';
	switch (triple(s, i)) {
	case 0xE38087u: /* 〇 */
	case 0xE99BB6u: /* 零 */
	case 0xE4B880u: /* 一 */
	case 0xE4BA8Cu: /* 二 */
	case 0xE4B8A4u: /* 两 */
	case 0xE4B889u: /* 三 */
	case 0xE59B9Bu: /* 四 */
	case 0xE4BA94u: /* 五 */
	case 0xE585ADu: /* 六 */
	case 0xE4B883u: /* 七 */
	case 0xE585ABu: /* 八 */
	case 0xE4B99Du: /* 九 */
	case 0xE58D81u: /* 十 */
	case 0xE799BEu: /* 百 */
		return true;
	default:
		return false;
	}
}

/* The bytes behind the first of a character belong to no other. */
static bool inside_character(char byte)
{
	return ((unsigned char)byte & 0xC0) == 0x80;
}

/* Number with decimals and unit at `i`; bytes taken, 0 for none that counts. */
static size_t number_at(struct str s, size_t i, struct claim *k)
{
	size_t took = han_number(str_from(s, i), &k->value);
	bool ascii = s.p[i] >= '0' && s.p[i] <= '9';
	int64_t unit_scale = 10000;

	if (took == 0)
		return 0;
	k->scaled = k->value > INT64_MAX / 10000 ? INT64_MAX : k->value * 10000;
	k->decimals = 0;
	if (ascii && i + took + 1 < s.n && s.p[i + took] == '.' && s.p[i + took + 1] >= '0' &&
	    s.p[i + took + 1] <= '9') {
		took++;
		while (i + took < s.n && s.p[i + took] >= '0' && s.p[i + took] <= '9') {
			unit_scale /= 10;
			k->scaled += unit_scale * (s.p[i + took] - '0');
			k->decimals++;
			took++;
		}
	}
	k->unit = unit_at(str_from(s, i + took));
	/* numerals in words count only with a unit: 一是, 十九大 */
	if (!ascii && (k->unit.n == 0 || is_idiom(str_from(s, i))))
		return 0;
	k->at = i;
	k->end = i + took + k->unit.n;
	return took + k->unit.n;
}

/* What stands before a number says that it is no count: 第3, A3, -3, 2024.3 */
static bool no_count(struct str s, size_t i)
{
	char before = i ? s.p[i - 1] : ' ';

	return (before >= 'a' && before <= 'z') || (before >= '0' && before <= '9') ||
	       before == '.' || before == '-' || before == '/' || before == '_' ||
	       (i >= 3 && str_starts(str_from(s, i - 3), STR("第")));
}

/* A number without a unit counts only at the end of its clause: 行政诉讼数为0, */
static bool unitless_ok(struct str s, size_t end)
{
	size_t n;

	return end >= s.n || hard_break(s, end, &n) || str_starts(str_from(s, end), STR("、"));
}

static enum err passage_claims(struct check *c, const struct passage *p, struct claims *all)
{
	struct str s = p->folded;
	size_t clause = 0, n = 0, first = all->n;

	for (size_t i = 0; i < s.n;) {
		struct claim k;
		struct claim *slot;

		if (inside_character(s.p[i])) {
			i++;
			continue;
		}
		if (is_number_front(s, i)) {
			size_t took;

			k = (struct claim){.p = p, .column = COLUMN_ALL};
			took = number_at(s, i, &k);

			if (took == 0 || no_count(s, i) ||
			    (k.unit.n == 0 && !unitless_ok(s, k.end))) {
				struct claim skip;
				size_t over = han_number(str_from(s, i), &skip.value);

				i += over ? over : 1;
				continue;
			}
			if (all->n >= LIMIT_CLAIMS)
				return ERR_OK;
			k.from = clause;
			slot = ARENA_PUSH(c->mem, &all->items, &all->n, &all->cap, LIMIT_CLAIMS);
			if (slot == NULL)
				return arena_err(c->mem);
			*slot = k;
			i = clause = k.end;
			continue;
		}
		if (hard_break(s, i, &n)) {
			i += n;
			clause = i;
			continue;
		}
		i++;
	}
	/* a clause ends at the next break or where the next number's clause begins */
	for (size_t j = first; j < all->n; j++) {
		struct claim *k = &all->items[j];
		size_t to = k->end;
		size_t stop = j + 1 < all->n ? all->items[j + 1].at : s.n;

		while (to < stop && !hard_break(s, to, &n) &&
		       !str_starts(str_from(s, to), STR("、")))
			to++;
		k->to = to;
	}
	return ERR_OK;
}

/* ---- what they mean ------------------------------------------------------------------------ */

/* Topic of the words before the claim in its sentence, the nearest clause first. */
static enum topic topic_before(const struct claim *k, size_t *ret_from)
{
	size_t start, from = k->from;
	struct str sentence = claim_sentence(k, &start);
	struct str head = str_sub(sentence, 0, from > start ? from - start : 0);

	*ret_from = start;
	while (head.n) {
		size_t at = head.n, n;
		enum topic t;

		while (at > 0 && !hard_break(head, at - 1, &n))
			at--;
		t = topic_of(str_from(head, at));
		if (t != TOPIC_NONE)
			return t;
		head = str_sub(head, 0, at ? at - 1 : 0);
	}
	return TOPIC_NONE;
}

/* 予以公开20件(自然人19件、商业企业1件): the column of a count just before. */
static void column_of_earlier(struct claims *all, size_t i)
{
	struct claim *k = &all->items[i];

	if (k->column == COLUMN_ALL || !k->by_head)
		return;
	for (size_t j = i; j-- > 0;) {
		const struct claim *b = &all->items[j];
		struct str gap;

		if (b->p != k->p || str_eq(b->unit, STR("%")))
			break;
		gap = str_sub(k->p->folded, b->end, k->at - b->end);
		if (str_has(gap, STR("。")) || str_has(gap, STR(")")))
			break;
		/* its own columns, one behind the other */
		if (b->column != COLUMN_ALL)
			continue;
		if (b->concept < SAYS_OPEN || b->concept > SAYS_ROW || b->skip ||
		    !(str_starts(gap, STR("(")) || str_starts(gap, STR(",其中")) ||
		      str_starts(gap, STR(":")) || str_starts(gap, STR(",包括"))) ||
		    j + 1 + 6 < i)
			break;
		k->concept = b->concept;
		k->group = b->group;
		k->row = b->row;
		k->skip = false;
		return;
	}
}

static void understand(struct check *c, struct claims *all)
{
	enum topic last = TOPIC_NONE;
	const struct passage *p = NULL;
	int64_t value[CLAIM_VALUES];

	for (size_t i = 0; i < all->n; i++) {
		struct claim *k = &all->items[i];
		enum topic own = topic_of(clause_of(k));
		enum scope scope;
		size_t start, n;

		if (k->p != p)
			last = TOPIC_NONE;
		p = k->p;
		k->topic = own != TOPIC_NONE ? own : topic_before(k, &start);
		concept_of(c, k, last);
		if (k->topic != TOPIC_NONE)
			last = k->topic;
		column_of_earlier(all, i);
		k->skip = k->skip || claim_other_time(c, k);
		scope = claim_other_scope(c, k);
		k->skip = k->skip || scope == SCOPE_ELSEWHERE;
		k->scope = scope == SCOPE_OTHER || scope == SCOPE_PART;
		if (k->concept == SAYS_NOTHING || k->skip || !is_count_unit(k->unit) || k->decimals)
			continue;
		n = claim_values(c, k, value);
		k->wrong = n > 0;
		for (size_t j = 0; j < n && k->wrong; j++)
			k->wrong = value[j] != k->value;
		if (scope == SCOPE_PART && k->wrong && k->value < value[0])
			k->wrong = false;
	}
}

enum err claims_make(struct check *c)
{
	struct claims *all;
	enum err e = ERR_OK;

	if (c->claims)
		return ERR_OK;
	all = ARENA_NEW(c->mem, struct claims);
	if (all == NULL)
		return arena_err(c->mem);
	for (size_t i = 0; e == ERR_OK && i < c->n_passages; i++)
		e = passage_claims(c, &c->passages[i], all);
	if (e != ERR_OK)
		return e;
	understand(c, all);
	c->claims = all;
	return c->failed;
}
