/* What a piece of text may be, and how pieces join: the small judgements of the layout. */
#include <string.h>

#include "base/han.h"
#include "base/utf8.h"
#include "readers/boxes_int.h"

#define WORD_SPACE 0.18f  /* em between Latin words */
#define WIDE_SPACE 1.2f   /* em: a gap that is printed as a blank even between Chinese */
#define LONGEST_NUMBER 32 /* bytes; beyond that it is prose */

float frag_em(const struct frag *f)
{
	size_t chars = utf8_count(f->text);
	float h = f->y1 - f->y0;

	/* A turned or vertical fragment is taller than its letters. */
	if (chars > 1 && h > 1.8f * (f->x1 - f->x0))
		return f->x1 - f->x0;
	return h * 0.85f > 1 ? h * 0.85f : 1;
}

bool frag_over_x(const struct frag *a, const struct frag *b)
{
	return a->x0 < b->x1 - 0.5f && b->x0 < a->x1 - 0.5f;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Digits with signs, separators and points; or one of the marks for nothing. */
bool text_is_number(struct str fold)
{
	size_t digits = 0;

	if (str_eq(fold, STR("无")) || str_eq(fold, STR("/")) || str_eq(fold, STR("-")) ||
	    str_eq(fold, STR("--")) || str_eq(fold, STR("---")) || str_eq(fold, STR("\\")))
		return true;
	if (fold.n == 0 || fold.n > LONGEST_NUMBER)
		return false;
	for (size_t i = 0; i < fold.n; i++) {
		char c = fold.p[i];

		if (is_digit(c))
			digits++;
		else if (c != ',' && c != '.' && c != '%' && !((c == '+' || c == '-') && i == 0))
			return false;
	}
	return digits > 0 && fold.p[fold.n - 1] != '.' && fold.p[fold.n - 1] != ',';
}

/* The same, or with its unit: 35件. */
bool text_is_figure(struct str fold)
{
	static const char *const unit[] = {"件", "个", "次", "条", "宗", "项", "起", "份"};

	for (size_t i = 0; i < sizeof(unit) / sizeof(*unit); i++) {
		if (fold.n > 3 && fold.p[0] >= '0' && fold.p[0] <= '9' &&
		    str_ends(fold, str_c(unit[i])))
			return text_is_number(str_sub(fold, 0, fold.n - 3));
	}
	return text_is_number(fold);
}

/* Bytes of the ordinal in front: "1." "(一)" "(1)" "一、" "1、" "十二、"; 0 when there is none. */
static size_t ordinal_bytes(struct str fold)
{
	static const char han[] = "一二三四五六七八九十";
	bool bracket = fold.n > 0 && fold.p[0] == '(';
	size_t i = bracket, n = 0;
	bool digits = i < fold.n && is_digit(fold.p[i]);

	while (i < fold.n && n < 3) {
		if (digits && is_digit(fold.p[i]))
			i++;
		else if (!digits && i + 3 <= fold.n && memmem(han, sizeof(han) - 1, fold.p + i, 3))
			i += 3;
		else
			break;
		n++;
	}
	if (n == 0)
		return 0;
	if (bracket && i == fold.n && !digits)
		return i; /* "(四", cut off by the edge of a narrow cell */
	if (bracket)
		return i < fold.n && fold.p[i] == ')' ? i + 1 : 0;
	if (i < fold.n && (fold.p[i] == '.' && !(i + 1 < fold.n && is_digit(fold.p[i + 1]))))
		return i + 1;
	if (str_starts(str_from(fold, i), STR("、")))
		return i + 3;
	return 0;
}

bool text_is_ordinal(struct str fold)
{
	return ordinal_bytes(fold) > 0;
}

struct str text_without_ordinal(struct str fold)
{
	return str_from(fold, ordinal_bytes(fold));
}

bool text_within(struct str fold, const char *const *whole, size_t n)
{
	for (size_t i = 0; i < n && fold.n > 0; i++) {
		if (str_has(str_c(whole[i]), fold))
			return true;
	}
	return false;
}

bool frag_within(const struct layout *l, const struct frag *f, const char *const *whole, size_t n)
{
	if (f->number || f->wide)
		return false;
	if (text_within(f->fold, whole, n))
		return true;
	for (size_t i = 0; i < f->words && f->words > 1; i++) {
		struct str fold;

		if (han_fold(l->mem, l->b->words[f->word + i].text, &fold) != ERR_OK ||
		    !text_within(fold, whole, n))
			return false;
	}
	return f->words > 1;
}

enum err text_join(struct arena *mem, struct str a, struct str b, struct str *ret)
{
	char *p = arena_alloc(mem, a.n + b.n + 1);

	if (p == NULL)
		return arena_err(mem);
	if (a.n > 0)
		memcpy(p, a.p, a.n);
	if (b.n > 0)
		memcpy(p + a.n, b.p, b.n);
	*ret = str_n(p, a.n + b.n);
	return ERR_OK;
}

static float word_em(const struct box_word *w)
{
	size_t chars = utf8_count(w->text);
	float h = w->y1 - w->y0;

	if (w->text.p[0] & 0x80) /* Chinese: as wide as its letters */
		return chars > 0 ? (w->x1 - w->x0) / (float)chars : h;
	return h * 0.85f;
}

/* Whether `b`, to the right of `a` on its line, goes on with the same piece. */
static bool joins(const struct frag *a, const struct box_word *last, const struct box_word *b,
		  struct str b_fold, bool b_number, float gap)
{
	float ea = word_em(last), eb = word_em(b);
	float em = ea < eb ? ea : eb;
	float space = b->x0 - last->x1;

	if (em < 1)
		em = 1;
	if (space < -em) /* printed over each other: two cells */
		return false;
	if (text_is_figure(a->fold) && text_is_figure(b_fold)) /* neighbours: 35件 | 35件 */
		return space < 0.18f * em;
	if (text_is_ordinal(b_fold) && !text_is_number(b_fold))
		return false;
	if (a->number || b_number)
		return space < 0.36f * em;
	return space < gap * em;
}

struct str text_space(struct str a, struct str b, float gap, float em)
{
	uint32_t ca = 0, cb = 0;

	utf8_prev(&a, &ca);
	utf8_next(&b, &cb);
	if (gap > WIDE_SPACE * em || (gap > WORD_SPACE * em && ca < 0x250 && cb < 0x250))
		return STR(" ");
	return STR_NONE;
}

static void start_frag(struct frag *f, const struct box_word *w, uint32_t line, struct str fold)
{
	*f = (struct frag){.x0 = w->x0,
			   .y0 = w->y0,
			   .x1 = w->x1,
			   .y1 = w->y1,
			   .page = w->page,
			   .line = line,
			   .text = w->text,
			   .fold = fold,
			   .words = 1};
	f->number = text_is_number(fold);
}

enum err frags_of_words(struct arena *mem, const struct box_word *words, size_t n, uint32_t line,
			float gap, struct frag **frags, size_t *n_frags, size_t *cap_frags)
{
	struct frag *f = NULL;

	for (size_t i = 0; i < n; i++) {
		const struct box_word *w = &words[i];
		struct str fold;
		enum err e = han_fold(mem, w->text, &fold);

		if (e != ERR_OK)
			return e;
		if (f != NULL && joins(f, w - 1, w, fold, text_is_number(fold), gap)) {
			e = text_join(mem, f->text,
				      text_space(f->text, w->text, w->x0 - f->x1, word_em(w)),
				      &f->text);
			if (e == ERR_OK)
				e = text_join(mem, f->text, w->text, &f->text);
			if (e == ERR_OK)
				e = text_join(mem, f->fold, fold, &f->fold);
			if (e != ERR_OK)
				return e;
			f->x1 = w->x1 > f->x1 ? w->x1 : f->x1;
			f->y0 = w->y0 < f->y0 ? w->y0 : f->y0;
			f->y1 = w->y1 > f->y1 ? w->y1 : f->y1;
			f->number = text_is_number(f->fold);
			f->words++;
			continue;
		}
		f = ARENA_PUSH(mem, frags, n_frags, cap_frags, LIMIT_PDF_WORDS);
		if (f == NULL)
			return arena_err(mem);
		start_frag(f, w, line, fold);
		f->word = i;
	}
	return ERR_OK;
}

bool frag_is_heading(const struct frag *f)
{
	static const char *const known[] = {
		"总体情况",
		"主动公开政府信息情况",
		"收到和处理政府信息公开申请情况",
		"政府信息公开行政复议、行政诉讼情况",
		"因政府信息公开",
		"存在的主要问题及改进情况",
		"主要问题及改进",
		"其他需要报告的事项",
		"需要报告的其他事项",
	};
	struct str rest = text_without_ordinal(f->fold);

	if (rest.n == f->fold.n && !str_starts(f->fold, STR("第")))
		return false;
	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++) {
		if (str_has(rest, str_c(known[i])) && rest.n < 90)
			return true;
	}
	return false;
}
