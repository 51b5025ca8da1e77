/* Tells which row, column or heading of the form a printed label is.
 *
 * A label is folded (base/han.h), cut at its ordinals, and reduced to its core: letters, digits
 * and Han characters, without notes in brackets.  Equal cores decide; only what looks like a
 * label is then compared for likeness, and parents and columns take part in that comparison so
 * that a damaged parent is not taken for a row. */
#include <string.h>

#include "base/han.h"
#include "base/utf8.h"
#include "law/law_int.h"

#define LIKE_ROW 550
#define LIKE_HEADING 600
#define LIKE_BARE 100   /* more is asked of a text without an ordinal */
#define LIKE_PARENT 800 /* 予以公开 is 750 like 不予公开 */
#define LIKE_SHORT 750  /* up to four characters: one may differ */
#define SHORT_CHARS 4
#define SEGMENTS 6

struct text {
	char p[LIMIT_LABEL_CHARS * 4];
	size_t n, chars;
};

static struct str view(const struct text *t)
{
	return str_n(t->p, t->n);
}

static bool text_put(struct text *t, uint32_t cp)
{
	if (t->chars == LIMIT_LABEL_CHARS)
		return false;
	t->n += utf8_put(cp, t->p + t->n);
	t->chars++;
	return true;
}

/* han_fold without an arena; false when it is too long for a label. */
static bool fold_into(struct str s, struct text *ret)
{
	uint32_t cp;

	ret->n = ret->chars = 0;
	if (s.n > sizeof(ret->p) * 4)
		return false; /* mostly blanks at best */
	while (utf8_next(&s, &cp)) {
		cp = han_fold_cp(cp);
		if (cp != 0 && !text_put(ret, cp))
			return false;
	}
	return true;
}

static bool core_char(uint32_t cp)
{
	return (cp >= '0' && cp <= '9') || (cp >= 'a' && cp <= 'z') || utf8_is_han(cp) ||
	       cp == 0xFFFD || (cp >= 0xE000 && cp <= 0xF8FF);
}

/* The core of a folded text.  *ret_sentence: a full stop stands between its words. */
static void core_into(struct str folded, struct text *ret, bool *ret_sentence)
{
	unsigned depth = 0;
	bool stop = false;
	uint32_t cp;

	ret->n = ret->chars = 0;
	*ret_sentence = false;
	while (utf8_next(&folded, &cp)) {
		if (cp == '(')
			depth++;
		else if (cp == ')' && depth > 0)
			depth--;
		else if (depth == 0 && core_char(cp)) {
			*ret_sentence |= stop && ret->n > 0;
			if (!text_put(ret, cp))
				return;
		} else if (depth == 0 && (cp == '.' || cp == ';'))
			stop = true;
	}
}

enum err label_core(struct arena *mem, struct str folded, struct str *ret)
{
	struct text core;
	bool sentence;

	core_into(folded, &core, &sentence);
	return arena_str(mem, view(&core), ret);
}

/* ---- ordinals ---- */

static bool is_digit(uint32_t cp)
{
	return cp >= '0' && cp <= '9';
}

static uint32_t first(struct str s)
{
	uint32_t cp = 0;

	return utf8_next(&s, &cp) ? cp : 0;
}

/* A numeral from 1 to 99, Arabic (at most two digits) or Chinese; bytes taken. */
static size_t small_numeral(struct str s, bool *ret_arabic, int *ret_value)
{
	int64_t v;
	size_t n = han_number(s, &v);

	if (n == 0 || v < 1 || v > 99)
		return 0;
	*ret_arabic = is_digit(first(s));
	if (*ret_arabic && n > 2)
		return 0;
	*ret_value = (int)v;
	return n;
}

static bool ordinal_mark(uint32_t cp)
{
	return cp == '.' || cp == 0x3001 || cp == ',' || cp == ':';
}

/* Characters that are an ordinal by themselves: ① ⑴ ⒈ ㈠. */
static bool enclosed(uint32_t cp, struct ordinal *ret)
{
	static const struct {
		uint32_t first, n;
		enum ordinal_style style;
	} ranges[] = {
		{0x2460, 20, ORDINAL_ARABIC},
		{0x2474, 20, ORDINAL_BRACKET},
		{0x2488, 20, ORDINAL_ARABIC},
		{0x3220, 10, ORDINAL_BRACKET},
	};

	for (size_t i = 0; i < sizeof(ranges) / sizeof(ranges[0]); i++) {
		if (cp >= ranges[i].first && cp < ranges[i].first + ranges[i].n) {
			*ret = (struct ordinal){ranges[i].style, (int)(cp - ranges[i].first) + 1};
			return true;
		}
	}
	return false;
}

/* 第一部分, 第一章. */
static size_t part_at(struct str s, struct ordinal *ret)
{
	static const struct str kinds[] = {{"部分", 6}, {"章", 3}, {"节", 3}, {"篇", 3}};
	size_t di = sizeof("第") - 1, n;
	bool arabic;
	int value;

	if (!str_starts(s, STR("第")))
		return 0;
	n = small_numeral(str_from(s, di), &arabic, &value);
	for (size_t i = 0; n != 0 && i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		if (str_starts(str_from(s, di + n), kinds[i])) {
			*ret = (struct ordinal){ORDINAL_PART, value};
			return di + n + kinds[i].n;
		}
	}
	return 0;
}

/* Counter words: “2件” begins with an amount, not with an ordinal. */
static bool counter(uint32_t cp)
{
	static const uint32_t words[] = {0x5E74, 0x6708, 0x65E5, 0x4EF6, 0x6761, 0x9879, 0x4E2A,
					 0x6B21, 0x4EFD, 0x5143, 0x4E07, 0x5B97, 0x53F7};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (words[i] == cp)
			return true;
	return false;
}

/* An ordinal at the front of a folded text; bytes taken with the mark behind it.  A bare digit
 * without a mark (1属于国家秘密) is one only with `bare`. */
static size_t ordinal_at(struct str s, bool bare, struct ordinal *ret)
{
	bool bracket = first(s) == '(', arabic;
	size_t n, used = bracket;
	uint32_t next;
	int value;

	if (enclosed(first(s), ret)) {
		used = utf8_offset(s, 1);
	} else if ((n = part_at(s, ret)) != 0) {
		used = n;
	} else {
		n = small_numeral(str_from(s, used), &arabic, &value);
		if (n == 0)
			return 0;
		used += n;
		next = first(str_from(s, used));
		if (bracket || (arabic && next == ')')) {
			if (next != ')')
				return 0;
			used++;
		} else if (!ordinal_mark(next)) {
			if (!bare || !arabic || !utf8_is_han(next) || counter(next))
				return 0;
		}
		*ret = (struct ordinal){bracket  ? ORDINAL_BRACKET
					: arabic ? ORDINAL_ARABIC
						 : ORDINAL_HAN,
					value};
	}
	if (ordinal_mark(first(str_from(s, used))))
		used += utf8_offset(str_from(s, used), 1);
	return used;
}

struct ordinal label_ordinal(struct str *folded)
{
	struct ordinal o = {ORDINAL_NONE, 0};

	*folded = str_from(*folded, ordinal_at(*folded, true, &o));
	return o;
}

/* ---- likeness, with a cheap bound first ---- */

static uint64_t char_bit(uint32_t cp)
{
	return UINT64_C(1) << (cp * 0x9E3779B1u >> 26);
}

static uint64_t char_bits(struct str s)
{
	uint64_t bits = 0;
	uint32_t cp;

	while (utf8_next(&s, &cp))
		bits |= char_bit(cp);
	return bits;
}

/* A text with what the bound needs; `bits` may say too much. */
struct sample {
	struct str text;
	size_t chars;
	uint64_t bits;
};

/* Characters of a valid text: the bytes that begin one. */
static size_t count(struct str s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++)
		n += ((unsigned char)s.p[i] & 0xC0) != 0x80;
	return n;
}

/* The next character of a valid text; nearly all of a label is Han, three bytes each. */
static uint32_t next_char(struct str *s)
{
	const unsigned char *p = (const unsigned char *)s->p;
	uint32_t cp = 0;

	if (s->n >= 3 && (p[0] & 0xF0) == 0xE0) {
		cp = (p[0] & 0x0Fu) << 12 | (p[1] & 0x3Fu) << 6 | (p[2] & 0x3Fu);
		*s = (struct str){s->p + 3, s->n - 3};
		return cp;
	}
	return utf8_next(s, &cp) ? cp : 0;
}

/* Likeness of `a` to `b`, or 0 when it is below `least`.  Most pairs are told apart by their
 * lengths or by too few characters in common. */
static int likeness(struct sample a, struct str b, int least)
{
	size_t n = count(b), fewer = a.chars < n ? a.chars : n, shared = 0;
	struct str rest = b;
	int like;

	if (n == 0 || 2000 * fewer < (size_t)least * (a.chars + n))
		return 0;
	if (least >= 1000)
		return str_eq(a.text, b) ? 1000 : 0;
	while (rest.n > 0)
		shared += (a.bits & char_bit(next_char(&rest))) != 0;
	if (2000 * shared < (size_t)least * (a.chars + n))
		return 0;
	like = han_likeness(a.text, b);
	return like >= least ? like : 0;
}

static int least_for(struct str core, int least)
{
	return count(core) <= SHORT_CHARS ? LIKE_SHORT : least;
}

/* ---- rows ---- */

struct candidate {
	struct text core;
	struct ordinal ordinal;
	uint64_t bits;
	bool sentence, digits;
};

static struct sample sample_of(const struct candidate *c)
{
	return (struct sample){view(&c->core), c->core.chars, c->bits};
}

static void candidate_set(struct candidate *c, struct str folded, struct ordinal o)
{
	struct str rest;
	uint32_t cp;

	core_into(folded, &c->core, &c->sentence);
	c->ordinal = o;
	c->bits = char_bits(view(&c->core));
	c->digits = false;
	rest = view(&c->core);
	while (utf8_next(&rest, &cp))
		c->digits |= is_digit(cp);
}

/* Whether a core is the stem or a parent of the table (likeness >= least; 1000: equal). */
static bool is_parent(const struct form_table *t, const struct candidate *c, int least)
{
	if (likeness(sample_of(c), t->stem_core, least) >= least)
		return true;
	for (size_t i = 0; i < t->n_rows; i++) {
		if (i > 0 && str_eq(t->rows[i].parent, t->rows[i - 1].parent))
			continue;
		if (likeness(sample_of(c), t->rows[i].parent_core, least) >= least)
			return true;
	}
	return false;
}

/* Cuts the folded label at its ordinals and leaves the last part in *ret: the parts before it
 * must be parents.  False when nothing is left that may be a row. */
static bool own_part(const struct form_table *t, struct str folded, struct candidate *ret)
{
	struct ordinal o = {ORDINAL_NONE, 0}, next;
	size_t begin = 0, at, segments = 0;
	uint32_t before = 0;

	at = begin = ordinal_at(folded, true, &o);
	while (at < folded.n) {
		size_t n = is_digit(before) ? 0 : ordinal_at(str_from(folded, at), false, &next);

		if (n == 0) {
			before = first(str_from(folded, at));
			at += utf8_offset(str_from(folded, at), 1);
			continue;
		}
		candidate_set(ret, str_sub(folded, begin, at - begin), o);
		if (ret->core.n > 0 && (++segments > SEGMENTS || !is_parent(t, ret, LIKE_PARENT)))
			return false;
		at = begin = at + n;
		before = 0;
		o = next;
	}
	candidate_set(ret, str_from(folded, begin), o);
	return ret->core.n > 0 && !is_parent(t, ret, 1000);
}

/* A core that is a column label too, so that only its ordinal makes it a row: 其他, 总计. */
static bool needs_ordinal(const struct form_row *row)
{
	if (row->ordinal == 0)
		return false;
	for (size_t i = 0; i < row->n_cols; i++)
		if (str_eq(row->cols[i].core, row->core))
			return true;
	return false;
}

/* The core without a stem or parent glued to its front. */
static struct str unglued(const struct form_table *t, const struct form_row *row, struct str core)
{
	if (t->stem_core.n > 0 && str_starts(core, t->stem_core))
		core = str_from(core, t->stem_core.n);
	if (row->parent_core.n > 0 && str_starts(core, row->parent_core) &&
	    core.n > row->parent_core.n)
		core = str_from(core, row->parent_core.n);
	return core;
}

static enum label_fit listed_fit(const struct form_table *t, const struct form_row *row,
				 const struct candidate *c)
{
	struct str core = unglued(t, row, view(&c->core));

	if (needs_ordinal(row) && c->ordinal.value != row->ordinal)
		return FIT_NONE;
	if (str_eq(core, row->core))
		return c->ordinal.value == row->ordinal ? FIT_EXACT : FIT_VARIANT;
	for (size_t i = 0; i < row->n_variants; i++)
		if (str_eq(core, row->variant_cores[i]))
			return FIT_VARIANT;
	return FIT_NONE;
}

static bool match_listed(const struct form_table *t, const struct candidate *c,
			 struct label_match *ret)
{
	for (size_t i = 0; i < t->n_rows; i++) {
		enum label_fit fit = listed_fit(t, &t->rows[i], c);

		if (fit > ret->fit)
			*ret = (struct label_match){&t->rows[i], fit, 1000};
	}
	return ret->fit != FIT_NONE;
}

static int row_likeness(const struct form_table *t, const struct form_row *row,
			const struct candidate *c)
{
	size_t n = count(row->core), most = n + (n / 2 > 2 ? n / 2 : 2);
	int least = least_for(row->core, LIKE_ROW), best, like;
	struct sample own = sample_of(c);

	if (needs_ordinal(row)) {
		if (c->ordinal.value != row->ordinal || c->core.chars != n)
			return 0;
		least = LIKE_ROW - 50; /* （七）总汁: one of two characters, and its own number */
	}
	own.text = unglued(t, row, own.text);
	if (own.text.n < c->core.n)
		own.chars = count(own.text);
	if (own.chars > most)
		return 0;
	best = likeness(own, row->core, least);
	for (size_t i = 0; i < row->n_variants; i++) {
		like = likeness(own, row->variant_cores[i], least);
		best = like > best ? like : best;
	}
	return best;
}

static bool is_heading(const struct law *law, const struct candidate *c, int least)
{
	for (int i = 0; i < FORM_SECTIONS; i++)
		if (likeness(sample_of(c), law->headings[i].core, least) != 0)
			return true;
	return false;
}

/* A column of any table: 本年新公开数量 is like 本年新收…数量 too. */
static bool is_column(const struct law *law, const struct candidate *c, int least)
{
	for (size_t k = 0; k < law->n_sets; k++)
		for (size_t i = 0; i < law->sets[k].n; i++)
			if (likeness(sample_of(c), law->sets[k].cols[i].core, least) != 0)
				return true;
	return false;
}

/* The nearest row by likeness; an ordinal of its own breaks near ties. */
static void match_alike(const struct law *law, const struct form_table *t,
			const struct candidate *c, struct label_match *ret)
{
	int best = 0;

	if (c->sentence || c->digits || c->core.chars < 2)
		return;
	for (size_t i = 0; i < t->n_rows; i++) {
		int like = row_likeness(t, &t->rows[i], c);
		int score = like + (like && c->ordinal.value == t->rows[i].ordinal ? 30 : 0);

		if (score > best) {
			best = score;
			*ret = (struct label_match){&t->rows[i], FIT_DAMAGED, like};
		}
	}
	if (ret->row == NULL)
		return;
	if (c->ordinal.style == ORDINAL_NONE && t->no == 3 && ret->likeness < LIKE_ROW + LIKE_BARE)
		*ret = (struct label_match){NULL, FIT_NONE, 0};
	else if (is_parent(t, c, ret->likeness) || is_heading(law, c, ret->likeness))
		*ret = (struct label_match){NULL, FIT_NONE, 0};
	if (ret->row != NULL && !needs_ordinal(ret->row) && is_column(law, c, ret->likeness))
		*ret = (struct label_match){NULL, FIT_NONE, 0};
}

enum err law_match_row(const struct law *law, const struct form *form, int table, struct str label,
		       struct arena *mem, struct label_match *ret)
{
	const struct form_table *t = form_table(form, table);
	struct label_match match = {NULL, FIT_NONE, 0};
	struct candidate own;
	struct text folded;

	(void)mem; /* labels are short: they are worked on without memory */
	if (t == NULL)
		return ERR_ABSENT;
	if (fold_into(label, &folded) && own_part(t, view(&folded), &own) &&
	    !match_listed(t, &own, &match))
		match_alike(law, t, &own, &match);
	*ret = match;
	return ERR_OK;
}

/* ---- columns ---- */

int law_match_col(const struct form_row *row, struct str label)
{
	struct text folded, core;
	struct str s;
	bool sentence;
	int hit = -1, hits = 0;

	if (!fold_into(label, &folded))
		return -1;
	core_into(view(&folded), &core, &sentence);
	s = view(&core);
	if (core.chars < 2 || sentence)
		return -1;
	for (size_t i = 0; i < row->n_cols; i++)
		if (str_eq(row->cols[i].core, s) ||
		    (row->cols[i].kind == COL_TOTAL && str_eq(s, STR("合计"))))
			return (int)i;
	for (size_t i = 0; i < row->n_cols; i++) {
		struct str c = row->cols[i].core;

		if (str_starts(c, s) || str_ends(c, s) ||
		    (utf8_count(c) >= SHORT_CHARS && core.chars <= utf8_count(c) + 2 &&
		     (str_starts(s, c) || han_likeness(s, c) >= LIKE_SHORT))) {
			hit = (int)i;
			hits++;
		}
	}
	return hits == 1 ? hit : -1;
}

/* ---- headings ---- */

static void heading_listed(const struct form_heading *h, const struct candidate *c,
			   struct heading_match *m)
{
	struct str core = view(&c->core);

	if (str_eq(core, h->core)) {
		bool own = c->ordinal.style == ORDINAL_HAN && c->ordinal.value == h->no;

		m->no = h->no;
		m->fit = own ? FIT_EXACT : FIT_VARIANT;
		m->likeness = 1000;
		return;
	}
	for (size_t i = 0; i < h->n_variants; i++) {
		if (str_eq(core, h->variant_cores[i])) {
			m->no = h->no;
			m->fit = h->variant_ok[i] ? FIT_VARIANT : FIT_DAMAGED;
			m->likeness = 1000;
			return;
		}
	}
}

static int heading_likeness(const struct form_heading *h, const struct candidate *c)
{
	int best = likeness(sample_of(c), h->core, least_for(h->core, LIKE_HEADING));

	for (size_t i = 0; i < h->n_variants; i++) {
		int least = least_for(h->variant_cores[i], LIKE_HEADING);
		int like = likeness(sample_of(c), h->variant_cores[i], least);

		best = like > best ? like : best;
	}
	return best;
}

/* Whether a line is rather a row of table 3: 一、本年新收政府信息公开申请数量. */
static bool is_row(const struct law *law, const struct candidate *c, int least)
{
	for (size_t f = 0; f < law->n_forms; f++) {
		const struct form_table *t = &law->forms[f].table3;

		for (size_t i = 0; i < t->n_rows; i++)
			if (likeness(sample_of(c), t->rows[i].core, least) != 0)
				return true;
	}
	return false;
}

static void heading_alike(const struct law *law, const struct candidate *c, struct heading_match *m)
{
	bool numbered = c->ordinal.style == ORDINAL_HAN || c->ordinal.style == ORDINAL_PART;
	int best = 0;

	if (c->sentence || c->core.chars < 2 || (c->digits && !numbered))
		return;
	for (int i = 0; i < FORM_SECTIONS; i++) {
		const struct form_heading *h = &law->headings[i];
		int like = heading_likeness(h, c);
		int score = like + (like && c->ordinal.value == h->no ? 20 : 0);

		if (score > best) {
			best = score;
			m->no = h->no;
			m->fit = FIT_DAMAGED;
			m->likeness = like;
		}
	}
	if (m->no != 0 &&
	    (is_row(law, c, m->likeness) ||
	     (c->ordinal.style == ORDINAL_NONE && m->likeness < LIKE_HEADING + LIKE_BARE))) {
		m->no = 0;
		m->fit = FIT_NONE;
		m->likeness = 0;
	}
}

enum err law_match_heading(const struct law *law, struct str label, struct arena *mem,
			   struct heading_match *ret)
{
	struct heading_match m = {.fit = FIT_NONE};
	struct ordinal o = {ORDINAL_NONE, 0}, more;
	struct candidate c;
	struct text folded;
	struct str rest;
	size_t n;

	(void)mem;
	*ret = m;
	if (!fold_into(label, &folded))
		return ERR_OK;
	rest = view(&folded);
	rest = str_from(rest, ordinal_at(rest, true, &o));
	while ((n = ordinal_at(rest, false, &more)) != 0)
		rest = str_from(rest, n); /* 第一部分 一、 */
	candidate_set(&c, rest, o);
	m.style = o.style;
	m.ordinal = o.value;
	for (int i = 0; i < FORM_SECTIONS && m.no == 0 && c.core.n > 0 && !c.sentence; i++)
		heading_listed(&law->headings[i], &c, &m);
	if (m.no == 0)
		heading_alike(law, &c, &m);
	*ret = m;
	return ERR_OK;
}
