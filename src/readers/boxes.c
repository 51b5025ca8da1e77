/* From words to lines, and the order of the whole: which lines are tables, which are prose. */
#include "readers/boxes.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/han.h"
#include "base/utf8.h"
#include "readers/boxes_int.h"

#define OUTER_PART 0.1f      /* of a page's height: where page numbers and running heads stand */
#define PROSE_PART 0.5f      /* of a page's width: a fragment wider than that is prose */
#define SAME_PLACE 4.0f      /* points between repetitions of a running head */
#define LINE_GAP 0.62f       /* em between words of one fragment; cells stand further apart */
#define NUMBER_LINE_BYTES 40 /* of a line that holds a page number, folded */
#define RUNNING_MIN_PAGES 3
#define EDGE_PART 0.045f   /* of a page's height: where only what a printer adds may stand */
#define TALL_EM 1.7f       /* em: no letter is that tall; the font says so of itself */
#define TALL_NEAR 0.15f    /* how alike the heights of one font are */
#define TALL_MIXED 0.35f   /* the same with Latin letters, whose width is a guess */
#define TALL_CHARS 4       /* of a word that is surely set across */
#define LETTER_HALF 0.575f /* em above and below a letter's middle */

/* --- turned pages --- */

struct turn {
	unsigned tall, flat; /* fragments of several letters that run down, across */
	int down, up;        /* steps between words of one run */
};

static void turn_count(const struct boxes *b, size_t from, size_t to, struct turn *t)
{
	for (size_t i = from; i < to; i++) {
		const struct box_word *w = &b->words[i];
		float wide = w->x1 - w->x0, high = w->y1 - w->y0;

		if (utf8_count(w->text) < 3)
			continue;
		if (high > 1.5f * wide)
			t->tall++;
		else
			t->flat++;
		if (i + 1 < to && w[1].run == w->run && high > 1.5f * wide) {
			t->down += w[1].y0 > w->y0;
			t->up += w[1].y0 < w->y0;
		}
	}
}

/* A page whose text runs along its side is turned upright. */
static void turn_upright(struct boxes *b, size_t page, size_t from, size_t to)
{
	struct turn t = {0};
	struct box_page *p = &b->pages[page];
	float width = p->width, height = p->height;

	turn_count(b, from, to, &t);
	if (t.tall <= 2 * t.flat || t.tall < 4)
		return;
	for (size_t i = from; i < to; i++) {
		struct box_word *w = &b->words[i];
		struct box_word old = *w;

		if (t.up > t.down) { /* reads from the foot of the page upwards */
			w->x0 = height - old.y1;
			w->x1 = height - old.y0;
			w->y0 = old.x0;
			w->y1 = old.x1;
		} else {
			w->x0 = old.y0;
			w->x1 = old.y1;
			w->y0 = width - old.x1;
			w->y1 = width - old.x0;
		}
	}
	p->width = height;
	p->height = width;
}

/* --- fonts that claim more height than their letters have --- */

/* Height over em of a word set across, its Latin letters taken for a little over half an em; 0
 * when it has neither Chinese letters nor figures.  *ret_pure: it is Chinese throughout. */
static float word_tallness(const struct box_word *w, bool *ret_pure)
{
	struct str rest = w->text;
	bool sized = false;
	float ems = 0;
	uint32_t cp;

	*ret_pure = true;
	while (utf8_next(&rest, &cp)) {
		*ret_pure = *ret_pure && cp >= 0x2e80;
		sized = sized || cp >= 0x2e80 || (cp >= '0' && cp <= '9');
		ems += cp >= 0x2000 ? 1.0f : 0.55f;
	}
	return sized && w->x1 - w->x0 > 1 ? (w->y1 - w->y0) * ems / (w->x1 - w->x0) : 0;
}

static bool is_tall(const struct box_word *w, float tall)
{
	bool pure;
	float own = word_tallness(w, &pure);

	return fabsf(own - tall) <= (pure ? TALL_NEAR : TALL_MIXED) * tall;
}

static int by_size(const void *pa, const void *pb)
{
	float a = *(const float *)pa, b = *(const float *)pb;

	return a < b ? -1 : a > b;
}

static float median_of(float *v, size_t n)
{
	if (n == 0)
		return 0;
	qsort(v, n, sizeof(*v), by_size);
	return v[n / 2];
}

/* How far below the middle of a tall word its neighbours of another font stand: its letters
 * stand there too. */
static float tall_offset(const struct boxes *b, float tall, float *scratch)
{
	size_t n = 0;

	for (size_t i = 0; i + 1 < b->n_words; i++) {
		const struct box_word *w = &b->words[i], *t = w;
		float d;

		if (w[1].run != w->run || w[1].page != w->page ||
		    is_tall(w, tall) == is_tall(w + 1, tall))
			continue;
		w += is_tall(w, tall); /* w: the plain one, t: the tall one */
		t += !is_tall(t, tall);
		d = (w->y0 + w->y1 - t->y0 - t->y1) / 2;
		if (word_tallness(w, &(bool){false}) > 0 && fabsf(d) * tall < t->y1 - t->y0)
			scratch[n++] = d;
	}
	return median_of(scratch, n);
}

/* Some producers give a font two or three times the height of its letters, so that the boxes of
 * lines overlap.  What the long words agree on is taken from every word of that height. */
static enum err settle_heights(struct boxes *b)
{
	float *seen = ARENA_ARRAY(b->mem, float, b->n_words + 1);
	float tall, offset;
	size_t n = 0;

	if (seen == NULL)
		return arena_err(b->mem);
	for (size_t i = 0; i < b->n_words; i++) {
		const struct box_word *w = &b->words[i];
		bool pure;
		float own = word_tallness(w, &pure);

		if (pure && w->x1 - w->x0 > w->y1 - w->y0 && utf8_count(w->text) >= TALL_CHARS)
			seen[n++] = own;
	}
	tall = median_of(seen, n);
	if (tall <= TALL_EM)
		return ERR_OK;
	offset = tall_offset(b, tall, seen);
	for (size_t i = 0; i < b->n_words; i++) {
		struct box_word *w = &b->words[i];
		float mid = (w->y0 + w->y1) / 2 + offset;
		float half = LETTER_HALF * (w->y1 - w->y0) / tall;

		if (!is_tall(w, tall))
			continue;
		w->y0 = mid - half;
		w->y1 = mid + half;
	}
	return ERR_OK;
}

/* --- lines --- */

static int by_height(const void *pa, const void *pb)
{
	const struct box_word *a = pa, *b = pb;
	float ya = a->y0 + a->y1, yb = b->y0 + b->y1;

	if (a->page != b->page)
		return a->page < b->page ? -1 : 1;
	if (ya < yb || ya > yb)
		return ya < yb ? -1 : 1;
	if (a->x0 < b->x0 || a->x0 > b->x0)
		return a->x0 < b->x0 ? -1 : 1;
	return 0;
}

static int by_x(const void *pa, const void *pb)
{
	const struct box_word *a = pa, *b = pb;

	if (a->x0 < b->x0 || a->x0 > b->x0)
		return a->x0 < b->x0 ? -1 : 1;
	return by_height(pa, pb);
}

/* Whether a word stands on the line that `first` began: their middles are within half a letter
 * of each other. */
static bool same_line(const struct box_word *first, const struct box_word *w)
{
	float ha = first->y1 - first->y0, hb = w->y1 - w->y0;
	float small = ha < hb ? ha : hb;
	float apart = fabsf((first->y0 + first->y1) - (w->y0 + w->y1)) / 2;

	return w->page == first->page && apart < 0.35f * small;
}

static enum err add_line(struct layout *l, size_t from, size_t to)
{
	struct box_word *words = l->b->words;
	struct line *line =
		ARENA_PUSH(l->mem, &l->lines, &l->n_lines, &l->cap_lines, LIMIT_PDF_WORDS);
	enum err e;

	if (line == NULL)
		return arena_err(l->mem);
	qsort(words + from, to - from, sizeof(*words), by_x);
	*line = (struct line){.y0 = words[from].y0,
			      .y1 = words[from].y1,
			      .page = words[from].page,
			      .first = l->n_frags};
	for (size_t i = from; i < to; i++) {
		line->y0 = fminf(line->y0, words[i].y0);
		line->y1 = fmaxf(line->y1, words[i].y1);
	}
	line->no = l->n_lines > 1 && line[-1].page == line->page ? line[-1].no + 1 : 1;
	e = frags_of_words(l->mem, words + from, to - from, (uint32_t)(l->n_lines - 1), LINE_GAP,
			   &l->frags, &l->n_frags, &l->cap_frags);
	line->n = l->n_frags - line->first;
	for (size_t i = line->first; i < l->n_frags; i++) {
		struct frag *f = &l->frags[i];

		f->word += from;
		f->wide = !f->number && f->x1 - f->x0 > PROSE_PART * l->b->pages[f->page - 1].width;
	}
	return e;
}

static enum err make_lines(struct layout *l)
{
	struct boxes *b = l->b;
	enum err e = ERR_OK;
	size_t from = 0;

	for (size_t i = 1; i <= b->n_words && e == ERR_OK; i++) {
		if (i < b->n_words && same_line(&b->words[from], &b->words[i]))
			continue;
		e = add_line(l, from, i);
		from = i;
	}
	return e;
}

/* --- page numbers and running heads --- */

static bool in_margin(const struct layout *l, const struct line *line)
{
	float height = l->b->pages[line->page - 1].height;
	float mid = (line->y0 + line->y1) / 2;

	return mid < OUTER_PART * height || mid > (1 - OUTER_PART) * height;
}

/* "- 3 -", "第3页", "第 3 页 共 9 页", "3/9", or a bare 3; *ret_bare tells the last kind. */
static bool looks_numbered(struct str fold, int64_t *ret_value, bool *ret_bare)
{
	size_t digits = 0, dashes = 0, words = 0, slashes = 0;
	struct str rest = fold;
	uint32_t cp;
	int64_t value = 0;
	bool first = true;

	while (utf8_next(&rest, &cp)) {
		if (cp >= '0' && cp <= '9') {
			digits++;
			if (first && value < 100000)
				value = value * 10 + (int64_t)(cp - '0');
		} else {
			first = digits == 0;
			if (cp == '-' || cp == 0xb7)
				dashes++;
			else if (cp == 0x7b2c || cp == 0x9875 || cp == 0x5171) /* 第 页 共 */
				words++;
			else if (cp == '/')
				slashes++;
			else
				return false;
		}
	}
	*ret_value = value;
	*ret_bare = dashes + words + slashes == 0;
	/* -3 alone may be a figure: a dash stands on both sides. */
	return digits > 0 && digits <= 8 && fold.n < 40 && dashes != 1;
}

/* A bare figure is a page number only when other pages count on in the same way, and when it
 * stands clear of the text: it may be the last row of a table. */
static bool counts_on(const struct layout *l, size_t at, int64_t value)
{
	const struct line *line = &l->lines[at];
	const struct line *above = at > 0 ? line - 1 : NULL;
	float h = line->y1 - line->y0;
	size_t pages = 0;

	if (above != NULL && above->page == line->page && line->y0 - above->y1 < 0.8f * h)
		return false;
	for (size_t i = 0; i < l->n_lines; i++) {
		const struct line *o = &l->lines[i];
		int64_t other;
		bool bare;

		if (o->page != line->page && o->n == 1 && in_margin(l, o) &&
		    looks_numbered(l->frags[o->first].fold, &other, &bare) && bare &&
		    other - o->page == value - line->page)
			pages++;
	}
	return pages >= 1 && 2 * pages >= l->b->n_pages - 1;
}

/* What a line says, its fragments together: the dashes of "— 3 —" are words of their own.
 * Nothing when they stand further apart than that. */
static struct str line_fold(const struct layout *l, const struct line *line,
			    char ret[NUMBER_LINE_BYTES])
{
	const struct frag *first = &l->frags[line->first], *last = first + line->n - 1;
	size_t n = 0;

	if (line->n > 1 && last->x1 - first->x0 > 3 * (line->y1 - line->y0))
		return STR_NONE;
	for (const struct frag *f = first; f <= last; f++) {
		if (f->fold.n > NUMBER_LINE_BYTES - n)
			return STR_NONE;
		if (f->fold.n > 0)
			memcpy(ret + n, f->fold.p, f->fold.n);
		n += f->fold.n;
	}
	return str_n(ret, n);
}

/* A page number is alone on its line in the outer tenth of the page. */
static bool is_page_number(const struct layout *l, size_t at)
{
	const struct line *line = &l->lines[at];
	char fold[NUMBER_LINE_BYTES];
	bool bare;
	int64_t value;

	if (!in_margin(l, line) || !looks_numbered(line_fold(l, line, fold), &value, &bare))
		return false;
	return line->n == 1 && bare ? counts_on(l, at, value) : !bare;
}

/* Where a browser prints its own line: date and title, address and page. */
static bool at_edge(const struct layout *l, const struct line *line)
{
	float height = l->b->pages[line->page - 1].height;

	return line->y1 < EDGE_PART * height || line->y0 > (1 - EDGE_PART) * height;
}

static bool has_digit(struct str fold)
{
	for (size_t i = 0; i < fold.n; i++)
		if (fold.p[i] >= '0' && fold.p[i] <= '9')
			return true;
	return false;
}

/* The same words; a counter of pages (2/8) may count on. */
static bool same_words(const struct layout *l, const struct line *a, const struct line *b)
{
	bool words = false;

	if (a->n != b->n || fabsf(a->y0 - b->y0) >= SAME_PLACE)
		return false;
	for (size_t k = 0; k < a->n; k++) {
		const struct frag *fa = &l->frags[a->first + k], *fb = &l->frags[b->first + k];
		bool bare_a, bare_b;
		int64_t value;

		if (str_eq(fa->fold, fb->fold))
			words = words || !fa->number ||
				(at_edge(l, a) && !has_digit(fa->fold)); /* a dash of a title */
		else if (!looks_numbered(fa->fold, &value, &bare_a) || bare_a ||
			 !looks_numbered(fb->fold, &value, &bare_b) || bare_b)
			return false;
	}
	return words;
}

/* The same words in the same margin of another page. */
static bool repeats_on(const struct layout *l, const struct line *line, uint32_t page)
{
	size_t i = 0, end = l->n_lines;

	while (i < end) { /* to the first line of that page */
		size_t mid = i + (end - i) / 2;

		if (l->lines[mid].page < page)
			i = mid + 1;
		else
			end = mid;
	}
	for (; i < l->n_lines && l->lines[i].page == page; i++)
		if (same_words(l, line, &l->lines[i]))
			return true;
	return false;
}

/* On the pages before and after; of two pages, on both and at their very edge. */
static bool is_running_head(const struct layout *l, const struct line *line)
{
	uint32_t p = line->page;

	if (l->b->n_pages < RUNNING_MIN_PAGES)
		return l->b->n_pages == 2 && line->n > 1 && at_edge(l, line) &&
		       repeats_on(l, line, 3 - p);
	if (p == 1)
		return repeats_on(l, line, 2) && repeats_on(l, line, 3);
	if (p == l->b->n_pages)
		return repeats_on(l, line, p - 1) && repeats_on(l, line, p - 2);
	return repeats_on(l, line, p - 1) && repeats_on(l, line, p + 1);
}

static void drop_margins(struct layout *l)
{
	bool *drop = ARENA_ARRAY(l->mem, bool, l->n_lines);
	size_t kept = 0;

	if (drop == NULL)
		return; /* a page number in the text does less harm than none at all */
	for (size_t i = 0; i < l->n_lines; i++)
		drop[i] = is_page_number(l, i) ||
			  (in_margin(l, &l->lines[i]) && is_running_head(l, &l->lines[i]));
	for (size_t i = 0; i < l->n_lines; i++) {
		if (!drop[i])
			l->lines[kept++] = l->lines[i];
	}
	l->n_lines = kept;
	for (size_t i = 0; i < kept; i++) {
		for (size_t k = 0; k < l->lines[i].n; k++)
			l->frags[l->lines[i].first + k].line = (uint32_t)i;
	}
}

/* --- the whole --- */

static enum err make_table(struct layout *l, struct zone *zone)
{
	switch (zone->table) {
	case 2:
		return table2_make(l, zone);
	case 3:
		return table3_make(l, zone);
	default:
		return table4_make(l, zone);
	}
}

static enum err make_flow(struct layout *l)
{
	size_t done = 0;
	enum err e = ERR_OK;

	for (size_t i = 0; i < l->n_lines && e == ERR_OK; i++) {
		struct zone zone = {0};

		if (!zone2_find(l, i, &zone) && !zone3_find(l, i, &zone) &&
		    !zone4_find(l, i, &zone))
			continue;
		if (zone.from < done)
			zone.from = done;
		e = paras_make(l, done, zone.from);
		if (e == ERR_OK)
			e = make_table(l, &zone);
		if (e == ERR_OK) /* what the table did not take: a note under it */
			e = paras_make(l, zone.from, zone.to);
		done = zone.to;
		i = zone.to - 1;
	}
	return e == ERR_OK ? paras_make(l, done, l->n_lines) : e;
}

enum err boxes_layout(struct boxes *b, const struct read_env *env, struct doc *doc)
{
	struct layout l = {.b = b, .env = env, .mem = b->mem, .doc = doc};
	size_t from = 0;
	enum err e;

	for (size_t p = 0; p < b->n_pages; p++) {
		size_t to = from;

		while (to < b->n_words && b->words[to].page == p + 1)
			to++;
		turn_upright(b, p, from, to);
		from = to;
	}
	e = settle_heights(b);
	if (b->n_words > 0)
		qsort(b->words, b->n_words, sizeof(*b->words), by_height);
	if (e == ERR_OK)
		e = make_lines(&l);
	if (e != ERR_OK)
		return e;
	drop_margins(&l);
	doc->pages = (unsigned)b->n_pages;
	e = edges_make(&l);
	return e == ERR_OK ? make_flow(&l) : e;
}
