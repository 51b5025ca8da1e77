/* Paragraphs of a DOCX: runs, fields, pictures, text boxes. */
#include "base/utf8.h"
#include "readers/docx_int.h"

struct para {
	struct buf *text;
	struct docx_flow after; /* pictures and boxes anchored here follow the paragraph */
	struct str style_id, num_id;
	int level;      /* outline level said here; -2: not said */
	int list_level; /* -1: not said */
	enum text_align align;
	bool mark_deleted, mark_hidden, style_hidden;
};

/* ---- characters ---- */

/* Adds text as the document model wants it: blanks for tabs and line ends of the XML, no control
 * characters, no soft hyphens (they show only where a line happens to break). */
static void add_text(struct buf *out, struct str s)
{
	size_t from = 0;

	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		unsigned char d = i + 1 < s.n ? (unsigned char)s.p[i + 1] : 0;

		if (c >= 0x20 && c != 0x7f && !(c == 0xc2 && (d < 0xa0 || d == 0xad)))
			continue;
		buf_add(out, str_sub(s, from, i - from));
		if (c == '\t' || c == '\n' || c == '\r')
			buf_ch(out, ' ');
		i += c == 0xc2;
		from = i + 1;
	}
	buf_add(out, str_from(s, from));
}

/* A character of a picture font: the few that forms use have a character of their own. */
static void add_symbol(struct docx *x, struct para *p)
{
	static const struct {
		uint32_t code;
		const char *as;
	} known[] = {{0x6c, "●"}, {0x6e, "■"}, {0x6f, "□"}, {0x52, "☑"}, {0x54, "☒"},
		     {0x75, "◆"}, {0xa3, "□"}, {0xa8, "□"}, {0xb7, "•"}, {0xd8, "➢"},
		     {0xfb, "×"}, {0xfc, "√"}, {0xfd, "☒"}, {0xfe, "☑"}};
	struct str hex = xml_attr(x->xml, "char");
	uint32_t cp = 0;

	for (size_t i = 0; i < hex.n && i < 6; i++) {
		char c = hex.p[i];
		uint32_t digit = c >= '0' && c <= '9' ? (uint32_t)(c - '0')
						      : (uint32_t)((c | 0x20) - 'a' + 10);

		if (digit > 15)
			return;
		cp = cp * 16 + digit;
	}
	if (cp < 0xf000 || cp > 0xf0ff) {
		if (cp >= 0x20)
			buf_cp(p->text, cp);
		return;
	}
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (known[i].code == (cp & 0xff))
			buf_c(p->text, known[i].as);
}

/* At <w:t>: its characters, unless the run is hidden or part of a field's instruction. */
static enum err take_text(struct docx *x, struct para *p, bool hidden)
{
	unsigned depth = xml_depth(x->xml);
	enum xml_event event;
	bool inside;
	enum err e;

	for (;;) {
		e = docx_step(x, depth, &event, &inside);
		if (e != ERR_OK || !inside)
			return e;
		if (event != XML_TEXT || x->in_code != 0)
			continue;
		if (hidden)
			x->hidden += !str_empty(str_trim_wide(xml_text_here(x->xml)));
		else
			add_text(p->text, xml_text_here(x->xml));
	}
}

static void field_char(struct docx *x)
{
	struct str type = xml_attr(x->xml, "fldCharType");
	uint64_t bit;

	if (str_eq(type, STR("begin")))
		x->fields++;
	if (x->fields == 0 || x->fields > 64)
		return;
	bit = UINT64_C(1) << (x->fields - 1);
	if (str_eq(type, STR("begin"))) {
		x->in_code |= bit;
	} else {
		x->in_code &= ~bit;
		if (str_eq(type, STR("end")))
			x->fields--;
	}
}

/* ---- pictures and boxes ---- */

static enum err box(struct docx *x, struct para *p)
{
	struct docx_flow *flow = x->flow;
	unsigned fields = x->fields;
	uint64_t in_code = x->in_code;
	struct buf carry = x->carry;
	bool boxed = x->boxed;
	enum err e;

	x->flow = &p->after;
	x->boxed = true;
	x->fields = 0;
	x->in_code = 0;
	buf_init(&x->carry, LIMIT_PARA_BYTES);
	e = docx_story(x);
	buf_done(&x->carry);
	x->carry = carry;
	x->boxed = boxed;
	x->fields = fields;
	x->in_code = in_code;
	x->flow = flow;
	return e;
}

static enum err put_after(struct docx *x, struct para *p, enum block_kind kind, struct str text)
{
	struct docx_flow *flow = x->flow;
	struct docx_item item = {.kind = kind, .at = {0, x->para_no}};
	AUTO_BUF(clean, LIMIT_PARA_BYTES);
	enum err e;

	add_text(&clean, text);
	e = buf_end(&clean);
	if (e != ERR_OK)
		return e;
	item.text = str_trim_wide(buf_str(&clean));
	item.from_box = kind == BLOCK_PARA;
	x->flow = &p->after;
	e = docx_put(x, item);
	x->flow = flow;
	return e;
}

struct drawing {
	bool picture;
	struct str alt;
};

static enum err drawing_part(struct docx *x, struct para *p, struct drawing *d)
{
	bool skipped;

	if (docx_w(x, "txbxContent"))
		return box(x, p);
	if (xml_is(x->xml, "blip") || xml_is(x->xml, "imagedata"))
		d->picture = true;
	if (xml_is(x->xml, "textpath"))
		return put_after(x, p, BLOCK_PARA, xml_attr(x->xml, "string"));
	if ((xml_is(x->xml, "docPr") || xml_is(x->xml, "shape")) && str_empty(d->alt)) {
		struct str alt = xml_attr(x->xml, xml_is(x->xml, "docPr") ? "descr" : "alt");

		return arena_str(x->mem, alt, &d->alt);
	}
	return docx_common(x, &skipped);
}

/* At a drawing, VML picture or embedded object. */
static enum err drawing(struct docx *x, struct para *p)
{
	struct drawing d = {false, STR_NONE};
	unsigned depth = xml_depth(x->xml);
	enum xml_event event;
	bool inside;
	enum err e;

	for (;;) {
		e = docx_step(x, depth, &event, &inside);
		if (e != ERR_OK || !inside)
			break;
		if (event == XML_OPEN)
			e = drawing_part(x, p, &d);
		if (e != ERR_OK)
			return e;
	}
	if (e == ERR_OK && d.picture)
		e = put_after(x, p, BLOCK_PICTURE, d.alt);
	return e;
}

/* ---- runs ---- */

static enum err run_props(struct docx *x, bool *ret_hidden)
{
	unsigned depth = xml_depth(x->xml);
	bool inside, said = false;
	enum xml_event event;
	enum err e;

	for (;;) {
		e = docx_step(x, depth, &event, &inside);
		if (e != ERR_OK || !inside)
			return e;
		if (event != XML_OPEN)
			continue;
		if (docx_w(x, "rPrChange")) {
			e = xml_skip(x->xml);
		} else if (docx_w(x, "vanish")) {
			*ret_hidden = opc_flag(xml_attr(x->xml, "val"), true);
			said = true;
		} else if (docx_w(x, "rStyle") && !said) {
			const struct docx_style *style =
				docx_style_find(&x->styles, xml_attr(x->xml, "val"));

			if (style != NULL && style->vanish_said)
				*ret_hidden = style->vanish;
		}
		if (e != ERR_OK)
			return e;
	}
}

/* Single characters that are elements; false when it is no such element. */
static bool run_character(struct docx *x, struct para *p)
{
	struct str as = STR_NONE;

	if (docx_w(x, "tab") || docx_w(x, "ptab"))
		as = STR(" ");
	else if (docx_w(x, "br") || docx_w(x, "cr"))
		as = STR("\n");
	else if (docx_w(x, "noBreakHyphen"))
		as = STR("-");
	else if (docx_w(x, "sym"))
		add_symbol(x, p);
	else
		return false;
	buf_add(p->text, as);
	return true;
}

static enum err run(struct docx *x, struct para *p);

static enum err run_part(struct docx *x, struct para *p, bool *hidden)
{
	bool skipped, shown = !*hidden && x->in_code == 0;

	if (xml_is(x->xml, "t"))
		return take_text(x, p, *hidden);
	if (docx_w(x, "rPr"))
		return run_props(x, hidden);
	if (docx_w(x, "r")) /* inside a ruby */
		return run(x, p);
	if (docx_w(x, "fldChar")) {
		field_char(x);
		return xml_skip(x->xml);
	}
	if (docx_w(x, "drawing") || docx_w(x, "pict") || docx_w(x, "object"))
		return drawing(x, p);
	if (docx_w(x, "commentReference"))
		x->comments++;
	if (shown && run_character(x, p))
		return ERR_OK;
	return docx_common(x, &skipped);
}

static enum err run(struct docx *x, struct para *p)
{
	unsigned depth = xml_depth(x->xml);
	bool inside, hidden = p->style_hidden;
	enum xml_event event;
	enum err e;

	for (;;) {
		e = docx_step(x, depth, &event, &inside);
		if (e != ERR_OK || !inside)
			return e;
		if (event == XML_OPEN)
			e = run_part(x, p, &hidden);
		if (e != ERR_OK)
			return e;
	}
}

/* ---- paragraphs ---- */

static enum text_align align_of(struct str jc)
{
	if (str_eq(jc, STR("center")))
		return ALIGN_CENTER;
	if (str_eq(jc, STR("right")) || str_eq(jc, STR("end")))
		return ALIGN_RIGHT;
	return str_eq(jc, STR("left")) || str_eq(jc, STR("start")) ? ALIGN_LEFT : ALIGN_AUTO;
}

static enum err para_prop(struct docx *x, struct para *p)
{
	struct str val = xml_attr(x->xml, "val");

	if (docx_w(x, "pPrChange") || docx_w(x, "rPrChange") || docx_w(x, "sectPr"))
		return xml_skip(x->xml);
	if (docx_w(x, "pStyle"))
		return arena_str(x->mem, val, &p->style_id);
	if (docx_w(x, "numId"))
		return arena_str(x->mem, val, &p->num_id);
	if (docx_w(x, "ilvl"))
		p->list_level = (int)opc_number(val, DOCX_LEVELS - 1, 0);
	else if (docx_w(x, "outlineLvl"))
		p->level = (int)opc_number(val, 9, 9) == 9 ? -1 : (int)opc_number(val, 9, 9);
	else if (docx_w(x, "jc"))
		p->align = align_of(val);
	else if (docx_w(x, "vanish"))
		p->mark_hidden = opc_flag(val, true);
	else if (docx_w(x, "del") || docx_w(x, "moveFrom"))
		p->mark_deleted = true;
	return ERR_OK;
}

static enum err para_props(struct docx *x, struct para *p)
{
	unsigned depth = xml_depth(x->xml);
	const struct docx_style *style;
	enum xml_event event;
	bool inside;
	enum err e;

	for (;;) {
		e = docx_step(x, depth, &event, &inside);
		if (e != ERR_OK || !inside)
			break;
		if (event == XML_OPEN)
			e = para_prop(x, p);
		if (e != ERR_OK)
			return e;
	}
	style = docx_style_find(&x->styles, p->style_id);
	p->style_hidden = style != NULL && style->vanish;
	return e;
}

static enum para_style style_of(const struct docx *x, const struct para *p)
{
	const struct docx_style *style = docx_style_find(&x->styles, p->style_id);
	int level = p->level;

	if (style != NULL && style->title)
		return STYLE_TITLE;
	if (level == -2 && style != NULL)
		level = style->level;
	if (level < 0)
		return STYLE_BODY;
	return level == 0 ? STYLE_HEAD_1 : STYLE_HEAD_2;
}

/* The automatic number in front, counted even when the paragraph is empty, as Word does. */
static void put_list_number(struct docx *x, const struct para *p, struct buf *out)
{
	const struct docx_style *style = docx_style_find(&x->styles, p->style_id);
	struct str num_id = p->num_id;
	int level = p->list_level;

	if (num_id.p == NULL && style != NULL) {
		num_id = style->num_id;
		if (level < 0)
			level = style->list_level;
	}
	if (str_empty(num_id) || str_eq(num_id, STR("0")))
		return;
	docx_number(&x->numbering, num_id, level, p->style_id, out);
}

static enum err para_end(struct docx *x, struct para *p)
{
	struct docx_item item = {.kind = BLOCK_PARA, .align = p->align, .at = {0, x->para_no}};
	AUTO_BUF(whole, LIMIT_PARA_BYTES);
	struct str text = str_trim_wide(buf_str(p->text));
	enum err e = buf_end(p->text);

	if (e != ERR_OK)
		return e;
	if (p->mark_deleted) {
		buf_add(&x->carry, buf_str(p->text));
		e = buf_end(&x->carry);
		return e == ERR_OK ? docx_put_all(x, &p->after) : e;
	}
	if (!(p->mark_hidden && str_empty(text)))
		put_list_number(x, p, &whole);
	if (whole.n > 0 || x->carry.n > 0) {
		buf_add(&whole, buf_str(&x->carry));
		buf_add(&whole, buf_str(p->text));
		buf_clear(&x->carry);
		text = str_trim_wide(buf_str(&whole));
		e = buf_end(&whole);
	}
	item.text = text;
	item.style = style_of(x, p);
	if (e == ERR_OK)
		e = docx_put(x, item);
	return e == ERR_OK ? docx_put_all(x, &p->after) : e;
}

static enum err para_part(struct docx *x, struct para *p)
{
	bool skipped;

	if (docx_w(x, "r"))
		return run(x, p);
	if (docx_w(x, "pPr"))
		return para_props(x, p);
	if (xml_is(x->xml, "t")) /* of a formula (m:t) */
		return take_text(x, p, false);
	return docx_common(x, &skipped);
}

enum err docx_para(struct docx *x)
{
	AUTO_BUF(text, LIMIT_PARA_BYTES);
	struct para p = {.text = &text, .level = -2, .list_level = -1};
	unsigned depth = xml_depth(x->xml);
	enum xml_event event;
	bool inside;
	enum err e;

	x->para_no++;
	for (;;) {
		e = docx_step(x, depth, &event, &inside);
		if (e != ERR_OK || !inside)
			break;
		if (event == XML_OPEN)
			e = para_part(x, &p);
		if (e != ERR_OK)
			return e;
	}
	x->in_code = 0; /* an instruction never goes on in the next paragraph: a field left open
			   must not swallow the rest of the document */
	return e == ERR_OK ? para_end(x, &p) : e;
}
