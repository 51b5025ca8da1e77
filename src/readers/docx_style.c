/* Styles and automatic numbers of a DOCX. */
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "readers/docx_int.h"

#define BASES_MAX 32 /* steps along basedOn; also ends a cycle */
#define LEVEL_NOT_SAID (-2)

/* ---- styles ---- */

static void style_of_name(struct docx_style *style, struct str name)
{
	struct str digits = STR_NONE;

	if (str_eq_nocase(name, STR("title"))) {
		style->title = true;
		return;
	}
	if (name.n > 8 && str_eq_nocase(str_sub(name, 0, 8), STR("heading ")))
		digits = str_from(name, 8);
	else if (str_starts(name, STR("标题")))
		digits = str_trim_wide(str_from(name, STR("标题").n));
	if (digits.n == 1 && digits.p[0] >= '1' && digits.p[0] <= '9')
		style->level = digits.p[0] - '1';
}

static enum err style_part(const struct xml_reader *xml, struct arena *mem,
			   struct docx_style *style)
{
	struct str val = xml_attr(xml, "val");

	if (xml_is(xml, "name")) {
		style_of_name(style, val);
	} else if (xml_is(xml, "basedOn")) {
		return arena_str(mem, val, &style->base);
	} else if (xml_is(xml, "outlineLvl")) {
		style->level = (int)opc_number(val, 9, 9);
		if (style->level == 9)
			style->level = -1;
	} else if (xml_is(xml, "numId")) {
		return arena_str(mem, val, &style->num_id);
	} else if (xml_is(xml, "ilvl")) {
		style->list_level = (int)opc_number(val, DOCX_LEVELS - 1, 0);
	} else if (xml_is(xml, "vanish")) {
		style->vanish = opc_flag(val, true);
		style->vanish_said = true;
	}
	return ERR_OK;
}

static enum err style_read(struct xml_reader *xml, struct arena *mem, struct docx_styles *styles)
{
	struct docx_style *style =
		ARENA_PUSH(mem, &styles->items, &styles->n, &styles->cap, LIMIT_DOCX_STYLES);
	unsigned depth = xml_depth(xml);
	enum xml_event event = XML_OPEN;
	enum err e;

	if (style == NULL)
		return arena_err(mem);
	style->level = LEVEL_NOT_SAID;
	style->list_level = -1;
	e = arena_str(mem, xml_attr(xml, "styleId"), &style->id);
	while (e == ERR_OK && !(event == XML_CLOSE && xml_depth(xml) < depth)) {
		e = xml_next(xml, &event);
		if (e == ERR_OK && event == XML_OPEN)
			e = xml_is(xml, "tblStylePr") ? xml_skip(xml) : style_part(xml, mem, style);
	}
	return e;
}

static int style_order(const void *a, const void *b)
{
	const struct docx_style *x = a, *y = b;

	return str_cmp(x->id, y->id);
}

const struct docx_style *docx_style_find(const struct docx_styles *styles, struct str id)
{
	struct docx_style key = {.id = id};

	if (styles->n == 0 || id.p == NULL)
		return NULL;
	return bsearch(&key, styles->items, styles->n, sizeof(key), style_order);
}

/* Fills what the style leaves to its bases. */
static void style_inherit(const struct docx_styles *styles, struct docx_style *style)
{
	const struct docx_style *base = docx_style_find(styles, style->base);

	for (int i = 0; base != NULL && i < BASES_MAX; i++) {
		if (style->level == LEVEL_NOT_SAID)
			style->level = base->level;
		if (style->num_id.p == NULL)
			style->num_id = base->num_id;
		if (style->list_level < 0)
			style->list_level = base->list_level;
		if (!style->vanish_said) {
			style->vanish = base->vanish;
			style->vanish_said = base->vanish_said;
		}
		base = docx_style_find(styles, base->base);
	}
}

enum err docx_styles_read(struct str bytes, struct arena *mem, struct diag *diag,
			  struct docx_styles *ret)
{
	AUTO(xml_reader) xml = NULL;
	struct docx_styles styles = {0};
	enum xml_event event = XML_OPEN;
	enum err e = xml_open(bytes, diag, &xml);

	while (e == ERR_OK && event != XML_END) {
		e = xml_next(xml, &event);
		if (e == ERR_OK && event == XML_OPEN && xml_is(xml, "style"))
			e = style_read(xml, mem, &styles);
	}
	if (e != ERR_OK)
		return e;
	if (styles.n > 0)
		qsort(styles.items, styles.n, sizeof(*styles.items), style_order);
	for (size_t i = 0; i < styles.n; i++)
		style_inherit(&styles, &styles.items[i]);
	*ret = styles;
	return ERR_OK;
}

/* ---- numbering.xml ---- */

static enum err level_read(struct xml_reader *xml, struct arena *mem, struct docx_level *level)
{
	unsigned depth = xml_depth(xml);
	enum xml_event event = XML_OPEN;
	enum err e = ERR_OK;

	while (e == ERR_OK && !(event == XML_CLOSE && xml_depth(xml) < depth)) {
		struct str val;

		e = xml_next(xml, &event);
		if (e != ERR_OK || event != XML_OPEN)
			continue;
		val = xml_attr(xml, "val");
		if (xml_is(xml, "start"))
			level->start = opc_number(val, UINT16_MAX, 0);
		else if (xml_is(xml, "numFmt"))
			e = arena_str(mem, val, &level->format);
		else if (xml_is(xml, "lvlText"))
			e = arena_str(mem, val, &level->text);
		else if (xml_is(xml, "pStyle"))
			e = arena_str(mem, val, &level->style);
		else if (xml_is(xml, "isLgl"))
			level->legal = opc_flag(val, true);
		else if (xml_is(xml, "suff"))
			level->space = !str_eq(val, STR("nothing"));
	}
	return e;
}

static enum err list_read(struct xml_reader *xml, struct arena *mem,
			  struct docx_numbering *numbering)
{
	struct docx_list *list = ARENA_PUSH(mem, &numbering->lists, &numbering->n_lists,
					    &numbering->cap_lists, LIMIT_DOCX_LISTS);
	unsigned depth = xml_depth(xml);
	enum xml_event event = XML_OPEN;
	enum err e;

	if (list == NULL)
		return arena_err(mem);
	for (int i = 0; i < DOCX_LEVELS; i++)
		list->levels[i] = (struct docx_level){.start = 0, .space = true};
	e = arena_str(mem, xml_attr(xml, "abstractNumId"), &list->id);
	while (e == ERR_OK && !(event == XML_CLOSE && xml_depth(xml) < depth)) {
		e = xml_next(xml, &event);
		if (e != ERR_OK || event != XML_OPEN)
			continue;
		if (xml_is(xml, "lvl")) {
			uint32_t i = opc_number(xml_attr(xml, "ilvl"), DOCX_LEVELS - 1, 0);

			e = level_read(xml, mem, &list->levels[i]);
		} else if (xml_is(xml, "styleLink")) {
			e = arena_str(mem, xml_attr(xml, "val"), &list->style_link);
		} else if (xml_is(xml, "numStyleLink")) {
			e = arena_str(mem, xml_attr(xml, "val"), &list->link);
		}
	}
	return e;
}

static enum err override_part(struct xml_reader *xml, struct arena *mem, struct docx_num *num,
			      uint32_t i)
{
	if (xml_is(xml, "startOverride")) {
		num->start[i] = opc_number(xml_attr(xml, "val"), UINT16_MAX, 0);
		return ERR_OK;
	}
	if (!xml_is(xml, "lvl"))
		return ERR_OK;
	num->level[i] = ARENA_NEW(mem, struct docx_level);
	if (num->level[i] == NULL)
		return arena_err(mem);
	num->level[i]->space = true;
	return level_read(xml, mem, num->level[i]);
}

static enum err num_read(struct xml_reader *xml, struct arena *mem,
			 struct docx_numbering *numbering)
{
	struct docx_num *num = ARENA_PUSH(mem, &numbering->nums, &numbering->n_nums,
					  &numbering->cap_nums, LIMIT_DOCX_LISTS);
	unsigned depth = xml_depth(xml);
	enum xml_event event = XML_OPEN;
	uint32_t level = 0;
	enum err e;

	if (num == NULL)
		return arena_err(mem);
	for (int i = 0; i < DOCX_LEVELS; i++)
		num->start[i] = -1;
	e = arena_str(mem, xml_attr(xml, "numId"), &num->id);
	while (e == ERR_OK && !(event == XML_CLOSE && xml_depth(xml) < depth)) {
		e = xml_next(xml, &event);
		if (e != ERR_OK || event != XML_OPEN)
			continue;
		if (xml_is(xml, "abstractNumId"))
			e = arena_str(mem, xml_attr(xml, "val"), &num->list);
		else if (xml_is(xml, "lvlOverride"))
			level = opc_number(xml_attr(xml, "ilvl"), DOCX_LEVELS - 1, 0);
		else
			e = override_part(xml, mem, num, level);
	}
	return e;
}

static struct docx_list *list_find(struct docx_numbering *numbering, struct str id)
{
	struct docx_list *list = NULL;

	for (size_t i = 0; i < numbering->n_lists && list == NULL; i++)
		if (str_eq(numbering->lists[i].id, id))
			list = &numbering->lists[i];
	if (list == NULL || str_empty(list->link))
		return list;
	for (size_t i = 0; i < numbering->n_lists; i++) /* defined by a list style elsewhere */
		if (str_eq(numbering->lists[i].style_link, list->link))
			return &numbering->lists[i];
	return list;
}

static int num_order(const void *a, const void *b)
{
	const struct docx_num *x = a, *y = b;
	int c = str_cmp(x->id, y->id);

	return c != 0 ? c : x->order < y->order ? -1 : x->order > y->order;
}

/* Sorts the numbers and finds the list of each, once for all paragraphs. */
static void nums_settle(struct docx_numbering *numbering)
{
	for (size_t i = 0; i < numbering->n_nums; i++) {
		numbering->nums[i].order = i;
		numbering->nums[i].of = list_find(numbering, numbering->nums[i].list);
	}
	if (numbering->n_nums > 0)
		qsort(numbering->nums, numbering->n_nums, sizeof(*numbering->nums), num_order);
}

enum err docx_numbering_read(struct str bytes, struct arena *mem, struct diag *diag,
			     struct docx_numbering *ret)
{
	AUTO(xml_reader) xml = NULL;
	struct docx_numbering numbering = {0};
	enum xml_event event = XML_OPEN;
	enum err e = xml_open(bytes, diag, &xml);

	while (e == ERR_OK && event != XML_END) {
		e = xml_next(xml, &event);
		if (e != ERR_OK || event != XML_OPEN)
			continue;
		if (xml_is(xml, "abstractNum"))
			e = list_read(xml, mem, &numbering);
		else if (xml_is(xml, "num"))
			e = num_read(xml, mem, &numbering);
	}
	if (e == ERR_OK) {
		nums_settle(&numbering);
		*ret = numbering;
	}
	return e;
}

/* ---- a number as it is printed ---- */

static void put_digit_wise(struct buf *out, uint32_t n, const char *const digit[10])
{
	char text[16];
	int len = 0;

	for (; n > 0 || len == 0; n /= 10)
		text[len++] = (char)(n % 10);
	while (len-- > 0)
		buf_c(out, digit[(int)text[len]]);
}

/* Counting with 十百千万: 11 is 十一, or 壹拾壹 where `full`. */
static void put_counting(struct buf *out, uint32_t n, const char *const digit[10],
			 const char *const unit[4], bool full)
{
	static const uint32_t power[4] = {1, 10, 100, 1000};
	bool begun = false, gap = false;

	if (n == 0 || n > 9999) {
		put_digit_wise(out, n, digit);
		return;
	}
	for (int i = 3; i >= 0; i--) {
		uint32_t d = n / power[i] % 10;

		if (d == 0) {
			gap = begun;
			continue;
		}
		if (gap)
			buf_c(out, digit[0]);
		if (!(i == 1 && d == 1 && !begun && !full))
			buf_c(out, digit[d]);
		buf_c(out, unit[i]);
		begun = true;
		gap = false;
	}
}

static void put_roman(struct buf *out, uint32_t n, bool upper)
{
	static const struct {
		uint32_t value;
		const char *lower, *upper;
	} rows[] = {{1000, "m", "M"}, {900, "cm", "CM"}, {500, "d", "D"}, {400, "cd", "CD"},
		    {100, "c", "C"},  {90, "xc", "XC"},  {50, "l", "L"},  {40, "xl", "XL"},
		    {10, "x", "X"},   {9, "ix", "IX"},   {5, "v", "V"},   {4, "iv", "IV"},
		    {1, "i", "I"}};

	if (n > 3999) {
		buf_fmt(out, "%u", n);
		return;
	}
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		for (; n >= rows[i].value; n -= rows[i].value)
			buf_c(out, upper ? rows[i].upper : rows[i].lower);
}

/* Word repeats the letter: z, aa, bb … */
static void put_letter(struct buf *out, uint32_t n, char first)
{
	if (n == 0 || n > 26 * 8) {
		buf_fmt(out, "%u", n);
		return;
	}
	for (uint32_t i = 0; i <= (n - 1) / 26; i++)
		buf_ch(out, (char)(first + (char)((n - 1) % 26)));
}

static const char *const han_digit[10] = {"〇", "一", "二", "三", "四",
					  "五", "六", "七", "八", "九"};
static const char *const han_zero_digit[10] = {"零", "一", "二", "三", "四",
					       "五", "六", "七", "八", "九"};
static const char *const han_unit[4] = {"", "十", "百", "千"};
static const char *const legal_digit[10] = {"零", "壹", "贰", "叁", "肆",
					    "伍", "陆", "柒", "捌", "玖"};
static const char *const legal_unit[4] = {"", "拾", "佰", "仟"};
static const char *const wide_digit[10] = {"０", "１", "２", "３", "４",
					   "５", "６", "７", "８", "９"};
static const char *const stems[10] = {"甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸"};
static const char *const branches[12] = {"子", "丑", "寅", "卯", "辰", "巳",
					 "午", "未", "申", "酉", "戌", "亥"};

static bool put_chinese(struct buf *out, uint32_t n, struct str format)
{
	if (str_eq(format, STR("chineseCountingThousand")) ||
	    str_eq(format, STR("chineseCounting")) ||
	    str_starts(format, STR("taiwaneseCounting")) || str_eq(format, STR("japaneseCounting")))
		put_counting(out, n, han_zero_digit, han_unit, false);
	else if (str_starts(format, STR("chineseLegal")) ||
		 str_eq(format, STR("ideographLegalTraditional")))
		put_counting(out, n, legal_digit, legal_unit, true);
	else if (str_eq(format, STR("ideographDigital")) ||
		 str_starts(format, STR("japaneseDigital")) ||
		 str_eq(format, STR("taiwaneseDigital")))
		put_digit_wise(out, n, han_digit);
	else if (str_eq(format, STR("ideographTraditional")) && n >= 1 && n <= 10)
		buf_c(out, stems[n - 1]);
	else if (str_eq(format, STR("ideographZodiac")) && n >= 1 && n <= 12)
		buf_c(out, branches[n - 1]);
	else
		return false;
	return true;
}

static void put_number(struct buf *out, uint32_t n, struct str format)
{
	if (put_chinese(out, n, format))
		return;
	if (str_eq(format, STR("upperRoman")) || str_eq(format, STR("lowerRoman")))
		put_roman(out, n, format.p[0] == 'u');
	else if (str_eq(format, STR("upperLetter")) || str_eq(format, STR("lowerLetter")))
		put_letter(out, n, format.p[0] == 'u' ? 'A' : 'a');
	else if (str_starts(format, STR("decimalFullWidth")))
		put_digit_wise(out, n, wide_digit);
	else if (str_starts(format, STR("decimalEnclosedCircle")) && n >= 1 && n <= 20)
		buf_cp(out, 0x2460 + n - 1);
	else if (str_eq(format, STR("decimalEnclosedParen")) && n >= 1 && n <= 20)
		buf_cp(out, 0x2474 + n - 1);
	else if (str_eq(format, STR("decimalEnclosedFullstop")) && n >= 1 && n <= 20)
		buf_cp(out, 0x2488 + n - 1);
	else if (str_eq(format, STR("ideographEnclosedCircle")) && n >= 1 && n <= 10)
		buf_cp(out, 0x3280 + n - 1);
	else
		buf_fmt(out, str_eq(format, STR("decimalZero")) ? "%02u" : "%u", n);
}

/* ---- counting ---- */

/* The first of that id: paragraphs are many, so the numbers stand sorted. */
static struct docx_num *num_find(struct docx_numbering *numbering, struct str id)
{
	size_t lo = 0, hi = numbering->n_nums;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (str_cmp(numbering->nums[mid].id, id) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < numbering->n_nums && str_eq(numbering->nums[lo].id, id) ? &numbering->nums[lo]
									    : NULL;
}

static const struct docx_level *level_of(const struct docx_list *list, const struct docx_num *num,
					 int i)
{
	return num->level[i] != NULL ? num->level[i] : &list->levels[i];
}

static uint32_t start_of(const struct docx_list *list, const struct docx_num *num, int i)
{
	return num->start[i] >= 0 ? (uint32_t)num->start[i] : level_of(list, num, i)->start;
}

static void count_on(struct docx_list *list, struct docx_num *num, int level)
{
	if (num->start[level] >= 0 && !num->used[level])
		list->started[level] = false;
	num->used[level] = true;
	if (list->started[level])
		list->reached[level]++;
	else
		list->reached[level] = start_of(list, num, level);
	list->started[level] = true;
	for (int i = level + 1; i < DOCX_LEVELS; i++)
		list->started[i] = false;
}

/* A blank stands between "1." and its text; none is needed behind 、 or ）. */
static bool ends_wide(const struct buf *out)
{
	struct str s = buf_str(out);
	uint32_t cp;

	return utf8_prev(&s, &cp) && cp >= 0x3000;
}

void docx_number(struct docx_numbering *numbering, struct str num_id, int level,
		 struct str style_id, struct buf *out)
{
	struct docx_num *num = num_find(numbering, num_id);
	struct docx_list *list = num != NULL ? num->of : NULL;
	const struct docx_level *at;
	size_t before = out->n;

	if (list == NULL)
		return;
	for (int i = 0; level < 0 && !str_empty(style_id) && i < DOCX_LEVELS; i++)
		if (str_eq(level_of(list, num, i)->style, style_id))
			level = i;
	if (level < 0)
		level = 0;
	count_on(list, num, level);
	at = level_of(list, num, level);
	if (str_eq(at->format, STR("bullet")) || str_eq(at->format, STR("none")))
		return;
	for (size_t i = 0; i < at->text.n; i++) {
		int k = i + 1 < at->text.n && at->text.p[i] == '%' ? at->text.p[i + 1] - '1' : -1;
		uint32_t n;

		if (k < 0 || k >= DOCX_LEVELS) {
			buf_ch(out, at->text.p[i]);
			continue;
		}
		n = list->started[k] ? list->reached[k] : start_of(list, num, k);
		put_number(out, n, at->legal ? STR("decimal") : level_of(list, num, k)->format);
		i++;
	}
	if (at->space && out->n > before && !ends_wide(out))
		buf_ch(out, ' ');
}
