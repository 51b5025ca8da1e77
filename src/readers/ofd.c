/* OFD (GB/T 33190): a zip of XML in which every character has a place.  Only the text objects
 * matter; they become words with boxes, and boxes.c makes a document of them as of a PDF. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "format/xml.h"
#include "format/zip.h"
#include "readers/boxes.h"

#define POINTS_PER_MM (72.0f / 25.4f)
#define A4_WIDTH_MM 210.0f
#define A4_HEIGHT_MM 297.0f
#define ASCENT 0.88f /* of the size, above the baseline */
#define DESCENT 0.12f
#define NARROW 0.5f /* width of a Latin letter, of the size */
#define APART                                                                                      \
	0.6f /* of the size: a wider gap ends a word, a letter may be set as wide as a character   \
	      */
#define TEMPLATES_MAX 64
#define WORDS_PER_PAGE_MIN 4
#define TEXTCODE_CHARS_MAX 65536
#define PATH_BYTES_MAX 1024

struct rect {
	float x, y, w, h;
};

struct template
{
	struct str id, path;
};

struct ofd {
	struct zipfile *zip;
	struct arena *mem;
	struct diag *diag;
	struct boxes *boxes;
	struct str document; /* path of Document.xml */
	struct rect area;    /* of pages that state none */
	struct template templates[TEMPLATES_MAX];
	size_t n_templates;
	struct str *pages;
	size_t n_pages, cap_pages;
	uint32_t run;
};

/* One text object: what places its characters. */
struct text_object {
	struct rect boundary;
	float ctm[6];
	float size;
};

/* --- small things --- */

/* The next number of a blank-separated list; false at its end. */
static bool next_number(struct str *list, float *ret)
{
	char text[48];
	size_t n = 0;
	struct str s = str_trim(*list);

	if (str_empty(s))
		return false;
	while (n < s.n && s.p[n] != ' ' && s.p[n] != '\t' && s.p[n] != '\n' && s.p[n] != '\r')
		n++;
	if (n < sizeof(text)) {
		memcpy(text, s.p, n);
		text[n] = '\0';
		*ret = strtof(text, NULL);
	} else {
		*ret = 0;
	}
	if (!isfinite(*ret))
		*ret = 0;
	*list = str_from(s, n);
	return true;
}

static size_t numbers(struct str list, float *ret, size_t max)
{
	size_t n = 0;

	while (n < max && next_number(&list, &ret[n]))
		n++;
	return n;
}

static bool rect_of(struct str list, struct rect *ret)
{
	float v[4];

	if (numbers(list, v, 4) != 4)
		return false;
	*ret = (struct rect){v[0], v[1], v[2], v[3]};
	return true;
}

/* `path` as seen from the member `from`; "." and ".." resolved, never above the root. */
static enum err resolve(struct arena *mem, struct str from, struct str path, struct str *ret)
{
	size_t cut = str_rfind(from, STR("/"));
	struct str base =
		cut == STR_NPOS || str_starts(path, STR("/")) ? STR_NONE : str_sub(from, 0, cut);
	struct str rest, part;
	char *out = arena_alloc(mem, base.n + path.n + 2);
	size_t n = 0;

	if (out == NULL)
		return arena_err(mem);
	if (base.n + path.n > PATH_BYTES_MAX)
		return ERR_LIMIT;
	for (int k = 0; k < 2; k++) {
		rest = k == 0 ? base : path;
		while (str_split(&rest, '/', &part)) {
			if (str_empty(part) || str_eq(part, STR(".")))
				continue;
			if (str_eq(part, STR(".."))) {
				while (n > 0 && out[n - 1] != '/')
					n--;
				n -= n > 0;
				continue;
			}
			if (n > 0)
				out[n++] = '/';
			memcpy(out + n, part.p, part.n);
			n += part.n;
		}
	}
	*ret = str_n(out, n);
	return ERR_OK;
}

static enum err member(struct ofd *o, struct str path, struct str *ret)
{
	enum err e = zipfile_member(o->zip, path, o->mem, o->diag, ret);

	if (e == ERR_ABSENT)
		return diag_set(o->diag, ERR_INPUT, "the OFD lacks its part " STR_FMT,
				STR_ARG(path));
	return e;
}

/* --- characters to words --- */

struct pen {
	struct ofd *o;
	const struct text_object *obj;
	char *text; /* of the word being made */
	size_t n;
	float x0, x1, y; /* of the word, before the matrix */
};

static void corner(const struct text_object *t, float x, float y, float *rx, float *ry)
{
	*rx = (t->ctm[0] * x + t->ctm[2] * y + t->ctm[4] + t->boundary.x) * POINTS_PER_MM;
	*ry = (t->ctm[1] * x + t->ctm[3] * y + t->ctm[5] + t->boundary.y) * POINTS_PER_MM;
}

static enum err pen_flush(struct pen *pen)
{
	const struct text_object *t = pen->obj;
	struct box_word w = {.run = pen->o->run};
	enum err e;

	if (pen->n == 0)
		return ERR_OK;
	e = arena_str(pen->o->mem, str_n(pen->text, pen->n), &w.text);
	if (e != ERR_OK)
		return e;
	corner(t, pen->x0, pen->y - ASCENT * t->size, &w.x0, &w.y0);
	corner(t, pen->x1, pen->y + DESCENT * t->size, &w.x1, &w.y1);
	pen->n = 0;
	return boxes_word(pen->o->boxes, w, pen->o->diag);
}

static enum err pen_char(struct pen *pen, uint32_t cp, float x, float y)
{
	float size = pen->obj->size;
	float width = cp < 0x2000 ? NARROW * size : size;
	enum err e = ERR_OK;

	if (utf8_is_blank(cp))
		return pen_flush(pen);
	if (cp < 0x20 || cp == 0x7f)
		return ERR_OK;
	if (pen->n > 0 && (fabsf(y - pen->y) > 0.01f * size || x - pen->x1 > APART * size ||
			   x < pen->x1 - 1.2f * size))
		e = pen_flush(pen);
	if (pen->n == 0) {
		pen->x0 = x;
		pen->y = y;
	}
	pen->x1 = x + width;
	pen->n += utf8_put(cp, pen->text + pen->n);
	return e;
}

/* Steps from character to character: "3.5 g 4 3.5 2": g n d is d, n times. */
struct steps {
	struct str list;
	float again;
	size_t left;
};

static bool next_step(struct steps *s, float *ret)
{
	float count = 0;

	if (s->left > 0) {
		s->left--;
		*ret = s->again;
		return true;
	}
	s->list = str_trim(s->list);
	if (s->list.n > 1 && s->list.p[0] == 'g') {
		s->list = str_from(s->list, 1);
		if (!next_number(&s->list, &count) || !next_number(&s->list, &s->again) ||
		    count < 1)
			return false;
		s->left = count > TEXTCODE_CHARS_MAX ? TEXTCODE_CHARS_MAX : (size_t)count - 1;
		*ret = s->again;
		return true;
	}
	return next_number(&s->list, ret);
}

static enum err text_code(struct ofd *o, const struct text_object *obj, float x, float y,
			  struct str dx, struct str dy, struct str text)
{
	struct steps sx = {.list = dx}, sy = {.list = dy};
	struct pen pen = {.o = o, .obj = obj, .text = arena_alloc(o->mem, text.n * 3 + 1)};
	enum err e = ERR_OK;
	uint32_t cp;

	if (pen.text == NULL)
		return arena_err(o->mem);
	if (text.n > (size_t)4 * TEXTCODE_CHARS_MAX)
		return diag_set(o->diag, ERR_LIMIT, "a text object of the OFD is too long");
	o->run++;
	while (e == ERR_OK && utf8_next(&text, &cp)) {
		float step = 0, down = 0;

		e = pen_char(&pen, cp, x, y);
		if (!next_step(&sx, &step) && str_empty(str_trim(dy)))
			step = cp < 0x2000 ? NARROW * obj->size : obj->size;
		if (!next_step(&sy, &down))
			down = 0;
		x += step;
		y += down;
	}
	return e == ERR_OK ? pen_flush(&pen) : e;
}

/* --- pages --- */

static float attr_float(struct xml_reader *xml, const char *name, float otherwise)
{
	struct str s = xml_attr(xml, name);
	float v;

	return next_number(&s, &v) ? v : otherwise;
}

/* Text up to the end of the element just opened. */
static enum err element_text(struct xml_reader *xml, struct arena *mem, struct str *ret)
{
	unsigned depth = xml_depth(xml);
	AUTO_BUF(text, LIMIT_PARA_BYTES);
	enum xml_event ev;
	enum err e;

	while ((e = xml_next(xml, &ev)) == ERR_OK && ev != XML_END) {
		if (ev == XML_TEXT)
			buf_add(&text, xml_text_here(xml));
		if (ev == XML_CLOSE && xml_depth(xml) <= depth)
			break;
	}
	if (e == ERR_OK)
		e = buf_end(&text);
	return e == ERR_OK ? arena_str(mem, buf_str(&text), ret) : e;
}

static enum err one_text_code(struct ofd *o, struct xml_reader *xml, const struct text_object *obj,
			      float *x, float *y)
{
	struct str dx, dy, text;
	enum err e = arena_str(o->mem, xml_attr(xml, "DeltaX"), &dx);

	if (e == ERR_OK)
		e = arena_str(o->mem, xml_attr(xml, "DeltaY"), &dy);
	*x = attr_float(xml, "X", *x); /* left out: as the one before */
	*y = attr_float(xml, "Y", *y);
	if (e == ERR_OK)
		e = element_text(xml, o->mem, &text);
	return e == ERR_OK ? text_code(o, obj, *x, *y, dx, dy, str_trim(text)) : e;
}

static void text_object(struct xml_reader *xml, struct text_object *ret)
{
	struct str ctm = xml_attr(xml, "CTM");

	*ret = (struct text_object){.ctm = {1, 0, 0, 1, 0, 0}};
	if (!rect_of(xml_attr(xml, "Boundary"), &ret->boundary))
		ret->boundary = (struct rect){0};
	if (numbers(ctm, ret->ctm, 6) != 6)
		memcpy(ret->ctm, (float[6]){1, 0, 0, 1, 0, 0}, sizeof(ret->ctm));
	ret->size = attr_float(xml, "Size", 4);
	if (!(ret->size > 0.1f && ret->size < 1000))
		ret->size = 4;
}

/* The text of a page or of a template; *ret_template, when not NULL, is the id of the template
 * that the page names first. */
static enum err read_content(struct ofd *o, struct str xml_bytes, struct str *ret_template)
{
	AUTO(xml_reader) xml = NULL;
	struct text_object obj = {.size = 4, .ctm = {1, 0, 0, 1, 0, 0}};
	enum err e = xml_open(xml_bytes, o->diag, &xml);
	float x = 0, y = 0;
	enum xml_event ev;

	while (e == ERR_OK && (e = xml_next(xml, &ev)) == ERR_OK && ev != XML_END) {
		if (ev != XML_OPEN)
			continue;
		if (xml_is(xml, "TextObject")) {
			text_object(xml, &obj);
			x = y = 0;
		} else if (xml_is(xml, "TextCode")) {
			e = one_text_code(o, xml, &obj, &x, &y);
		} else if (xml_is(xml, "Template") && ret_template != NULL &&
			   str_empty(*ret_template)) {
			e = arena_str(o->mem, xml_attr(xml, "TemplateID"), ret_template);
		}
	}
	return e;
}

static enum err page_area(struct ofd *o, struct str xml_bytes, struct rect *ret)
{
	AUTO(xml_reader) xml = NULL;
	enum err e = xml_open(xml_bytes, o->diag, &xml);
	enum xml_event ev;
	struct str text;

	while (e == ERR_OK && (e = xml_next(xml, &ev)) == ERR_OK && ev != XML_END) {
		if (ev == XML_OPEN && xml_is(xml, "Content"))
			break; /* the area stands before it */
		if (ev != XML_OPEN || !xml_is(xml, "PhysicalBox"))
			continue;
		e = element_text(xml, o->mem, &text);
		if (e == ERR_OK)
			rect_of(text, ret);
	}
	return e;
}

static enum err read_page(struct ofd *o, struct str path)
{
	struct rect area = o->area;
	struct str bytes, template = STR_NONE;
	enum err e = member(o, path, &bytes);

	if (e == ERR_OK)
		e = page_area(o, bytes, &area);
	if (e == ERR_OK)
		e = boxes_page(o->boxes, area.w * POINTS_PER_MM, area.h * POINTS_PER_MM, o->diag);
	if (e == ERR_OK)
		e = read_content(o, bytes, &template);
	for (size_t i = 0; e == ERR_OK && i<o->n_templates &&template.n> 0; i++) {
		if (!str_eq(o->templates[i].id, template))
			continue;
		e = member(o, o->templates[i].path, &bytes);
		if (e == ERR_OK) /* a template names no further one */
			e = read_content(o, bytes, NULL);
		break;
	}
	return e;
}

/* --- the parts --- */

static enum err add_page(struct ofd *o, struct xml_reader *xml)
{
	struct str *page =
		ARENA_PUSH(o->mem, &o->pages, &o->n_pages, &o->cap_pages, LIMIT_PDF_PAGES);

	if (page == NULL && arena_err(o->mem) == ERR_LIMIT)
		return diag_set(o->diag, ERR_LIMIT, "more than %d pages", LIMIT_PDF_PAGES);
	if (page == NULL)
		return arena_err(o->mem);
	return resolve(o->mem, o->document, xml_attr(xml, "BaseLoc"), page);
}

static enum err add_template(struct ofd *o, struct xml_reader *xml)
{
	struct template *t;
	enum err e;

	if (o->n_templates == TEMPLATES_MAX)
		return diag_set(o->diag, ERR_LIMIT, "more than %d page templates", TEMPLATES_MAX);
	t = &o->templates[o->n_templates++];
	e = arena_str(o->mem, xml_attr(xml, "ID"), &t->id);
	return e == ERR_OK ? resolve(o->mem, o->document, xml_attr(xml, "BaseLoc"), &t->path) : e;
}

static enum err read_document(struct ofd *o)
{
	AUTO(xml_reader) xml = NULL;
	struct str bytes, text;
	enum err e = member(o, o->document, &bytes);
	enum xml_event ev;

	if (e == ERR_OK)
		e = xml_open(bytes, o->diag, &xml);
	while (e == ERR_OK && (e = xml_next(xml, &ev)) == ERR_OK && ev != XML_END) {
		if (ev != XML_OPEN)
			continue;
		if (xml_is(xml, "TemplatePage"))
			e = add_template(o, xml);
		else if (xml_is(xml, "Page"))
			e = add_page(o, xml);
		else if (xml_is(xml, "PhysicalBox") &&
			 (e = element_text(xml, o->mem, &text)) == ERR_OK)
			rect_of(text, &o->area);
	}
	return e;
}

static enum err find_document(struct ofd *o)
{
	AUTO(xml_reader) xml = NULL;
	struct str bytes, text = STR_NONE;
	enum err e = member(o, STR("OFD.xml"), &bytes);
	enum xml_event ev;

	if (e == ERR_OK)
		e = xml_open(bytes, o->diag, &xml);
	while (e == ERR_OK && str_empty(text) && (e = xml_next(xml, &ev)) == ERR_OK &&
	       ev != XML_END) {
		if (ev == XML_OPEN && xml_is(xml, "DocRoot"))
			e = element_text(xml, o->mem, &text);
	}
	if (e == ERR_OK && str_empty(str_trim(text)))
		return diag_set(o->diag, ERR_INPUT, "the OFD names no document");
	return e == ERR_OK ? resolve(o->mem, STR("OFD.xml"), str_trim(text), &o->document) : e;
}

static enum err read_all(struct ofd *o)
{
	enum err e = find_document(o);

	if (e == ERR_OK)
		e = read_document(o);
	for (size_t i = 0; e == ERR_OK && i < o->n_pages; i++)
		e = read_page(o, o->pages[i]);
	if (e != ERR_OK)
		return e;
	if (o->n_pages == 0)
		return diag_set(o->diag, ERR_INPUT, "the OFD has no pages");
	if (o->boxes->n_words < WORDS_PER_PAGE_MIN * o->n_pages)
		return diag_set(o->diag, ERR_INPUT,
				"a scan without a text layer: run OCR on it, or ask for the DOCX");
	return ERR_OK;
}

enum err ofd_read(struct str bytes, const struct read_env *env, struct arena *mem,
		  struct diag *diag, struct doc **ret)
{
	AUTO(arena) scratch = arena_new(LIMIT_DOC_MEMORY_BYTES);
	AUTO(zipfile) zip = NULL;
	struct boxes boxes = {.mem = scratch};
	struct ofd o = {.mem = scratch,
			.diag = diag,
			.boxes = &boxes,
			.area = {0, 0, A4_WIDTH_MM, A4_HEIGHT_MM}};
	struct doc *doc;
	enum err e;

	if (scratch == NULL)
		return ERR_NOMEM;
	e = zipfile_open(bytes, diag, &zip);
	o.zip = zip;
	if (e == ERR_OK)
		e = read_all(&o);
	if (e == ERR_OK)
		e = doc_new(mem, DOC_SOURCE_OFD, &doc);
	if (e == ERR_OK)
		e = boxes_layout(&boxes, env, doc);
	if (e != ERR_OK)
		return diag_set(diag, e, "the OFD cannot be read");
	*ret = doc;
	return ERR_OK;
}
