/* DOCX -> doc: the package, the notes behind the text, and the flow of blocks.
 *
 * One pass over the XML, no tree.  Paragraphs go straight into the document; what stands in a
 * table or a text box waits in a flow until its place is known. */
#include "readers/docx_int.h"

#include "readers/limit.h"
#include "readers/readers.h"

bool docx_w(const struct docx *x, const char *local)
{
	return xml_is(x->xml, local) && opc_in(x->xml, STR("wordprocessingml"));
}

enum err docx_step(struct docx *x, unsigned depth, enum xml_event *ret_event, bool *ret_inside)
{
	enum err e = xml_next(x->xml, ret_event);

	*ret_inside = e == ERR_OK && *ret_event != XML_END &&
		      !(*ret_event == XML_CLOSE && xml_depth(x->xml) < depth);
	return e;
}

/* ---- alternatives, changes ---- */

static bool says_nothing(const struct xml_reader *xml)
{
	static const char *const names[] = {
		"sectPr",      "sdtPr",      "sdtEndPr",   "pPrChange",     "rPrChange",
		"tblPrChange", "trPrChange", "tcPrChange", "tblGridChange", "sectPrChange",
		"tblPrEx",     "delText",    "instrText",  "delInstrText",  "rt",
		"customXmlPr", "smartTagPr", "tblPr",      "numPicBullet",
	};
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (xml_is(xml, names[i]))
			return true;
	return false;
}

enum err docx_common(struct docx *x, bool *ret_skipped)
{
	unsigned depth = xml_depth(x->xml);
	bool skip = false;

	if (xml_is(x->xml, "AlternateContent")) {
		x->choice_taken[depth] = false;
	} else if (xml_is(x->xml, "Choice") || xml_is(x->xml, "Fallback")) {
		skip = x->choice_taken[depth - 1];
		x->choice_taken[depth - 1] = true;
	} else if (xml_is(x->xml, "ins") || xml_is(x->xml, "moveTo")) {
		x->changes++;
	} else if (xml_is(x->xml, "del")) {
		x->changes++;
		skip = true;
	} else if (xml_is(x->xml, "altChunk") || xml_is(x->xml, "subDoc")) {
		x->embedded++;
	} else {
		skip = xml_is(x->xml, "moveFrom") || says_nothing(x->xml);
	}
	*ret_skipped = skip;
	return skip ? xml_skip(x->xml) : ERR_OK;
}

/* ---- the flow of blocks ---- */

static enum err emit(struct docx *x, const struct docx_item *item)
{
	struct doc *doc = x->doc;
	enum err e;

	if (item->kind == BLOCK_TABLE)
		return docx_grid_emit(x, item->grid, item->from_box);
	if (item->kind == BLOCK_PICTURE)
		e = doc_picture(doc, item->text, item->at);
	else
		e = doc_para(doc, item->style, item->text, item->at);
	if (e == ERR_OK) {
		doc->blocks[doc->n_blocks - 1].from_box = item->from_box;
		doc->blocks[doc->n_blocks - 1].align = item->align;
	}
	return e;
}

enum err docx_put(struct docx *x, struct docx_item item)
{
	struct docx_item *kept;

	item.from_box |= x->boxed;
	item.next = NULL;
	if (item.kind == BLOCK_PARA && str_empty(item.text))
		return ERR_OK;
	if (x->flow == NULL)
		return emit(x, &item);
	kept = ARENA_NEW(x->mem, struct docx_item);
	if (kept == NULL)
		return arena_err(x->mem);
	*kept = item;
	if (x->flow->last != NULL)
		x->flow->last->next = kept;
	else
		x->flow->first = kept;
	x->flow->last = kept;
	return arena_str(x->mem, item.text, &kept->text);
}

enum err docx_put_all(struct docx *x, const struct docx_flow *flow)
{
	enum err e = ERR_OK;

	for (const struct docx_item *i = flow->first; i != NULL && e == ERR_OK; i = i->next)
		e = docx_put(x, *i);
	return e;
}

/* A deleted paragraph mark joins a paragraph to the next; at the end of a story there is none. */
static enum err carry_end(struct docx *x)
{
	struct docx_item item = {.kind = BLOCK_PARA, .at = {0, x->para_no}};
	enum err e;

	item.text = str_trim_wide(buf_str(&x->carry));
	e = docx_put(x, item);
	buf_clear(&x->carry);
	return e;
}

enum err docx_story(struct docx *x)
{
	unsigned depth = xml_depth(x->xml);
	enum xml_event event;
	bool inside;
	enum err e;

	for (;;) {
		bool skipped;

		e = docx_step(x, depth, &event, &inside);
		if (e != ERR_OK || !inside)
			break;
		if (event != XML_OPEN)
			continue;
		if (docx_w(x, "p"))
			e = docx_para(x);
		else if (docx_w(x, "tbl"))
			e = docx_table(x);
		else
			e = docx_common(x, &skipped);
		if (e != ERR_OK)
			break;
	}
	if (e == ERR_OK && x->carry.n > 0)
		e = carry_end(x);
	return e;
}

/* ---- parts ---- */

/* The element that holds the story: w:body, or each w:footnote. */
static enum err body_read(struct docx *x)
{
	enum xml_event event = XML_OPEN;
	bool found = false;
	enum err e = ERR_OK;

	while (e == ERR_OK && event != XML_END) {
		e = xml_next(x->xml, &event);
		if (e != ERR_OK || event != XML_OPEN)
			continue;
		if (docx_w(x, "body")) {
			found = true;
			e = docx_story(x);
		} else if (xml_depth(x->xml) > 1) {
			e = xml_skip(x->xml);
		}
	}
	if (e == ERR_OK && !found)
		return diag_set(
			x->diag, ERR_INPUT,
			"the document part holds no Word document; save the file again as DOCX");
	return e;
}

static enum err notes_read(struct docx *x, const char *element)
{
	enum xml_event event = XML_OPEN;
	enum err e = ERR_OK;

	x->boxed = true;
	while (e == ERR_OK && event != XML_END) {
		struct str type;

		e = xml_next(x->xml, &event);
		if (e != ERR_OK || event != XML_OPEN || !docx_w(x, element))
			continue;
		type = xml_attr(x->xml, "type"); /* separators carry one */
		if (str_empty(type) || str_eq(type, STR("normal")))
			e = docx_story(x);
	}
	x->boxed = false;
	return e;
}

/* The part that `rels` names for the type, or STR_NONE when there is none. */
static enum err part_load(struct docx *x, struct zipfile *zip, const struct opc_rels *rels,
			  struct str type, struct str *ret)
{
	const struct opc_rel *rel = opc_rel_type(rels, type);
	enum err e;

	*ret = STR_NONE;
	if (rel == NULL)
		return ERR_OK;
	e = zipfile_member(zip, rel->target, x->mem, x->diag, ret);
	return e == ERR_ABSENT ? ERR_OK : e; /* WPS names parts that it does not write */
}

static enum err aids_read(struct docx *x, struct zipfile *zip, const struct opc_rels *rels)
{
	struct str bytes;
	enum err e = part_load(x, zip, rels, STR("styles"), &bytes);

	if (e == ERR_OK && bytes.n > 0)
		e = docx_styles_read(bytes, x->mem, x->diag, &x->styles);
	if (e == ERR_OK)
		e = part_load(x, zip, rels, STR("numbering"), &bytes);
	if (e == ERR_OK && bytes.n > 0)
		e = docx_numbering_read(bytes, x->mem, x->diag, &x->numbering);
	return e;
}

static enum err part_read(struct docx *x, struct zipfile *zip, const struct opc_rels *rels,
			  struct str type, const char *element)
{
	AUTO(xml_reader) xml = NULL;
	struct str bytes;
	enum err e = part_load(x, zip, rels, type, &bytes);

	if (e != ERR_OK || bytes.n == 0)
		return e;
	e = xml_open(bytes, x->diag, &xml);
	if (e != ERR_OK)
		return e;
	x->xml = xml;
	x->fields = 0;
	x->in_code = 0;
	e = notes_read(x, element);
	x->xml = NULL;
	return e;
}

static enum err main_read(struct docx *x, struct zipfile *zip, struct str part)
{
	AUTO(xml_reader) xml = NULL;
	struct str bytes;
	enum err e = zipfile_member(zip, part, x->mem, x->diag, &bytes);

	if (e == ERR_OK)
		e = xml_open(bytes, x->diag, &xml);
	if (e != ERR_OK)
		return e;
	x->xml = xml;
	e = body_read(x);
	x->xml = NULL;
	return e;
}

static enum err say(struct docx *x, struct str rule, unsigned n, const char *format)
{
	struct str text;
	enum err e;

	if (n == 0)
		return ERR_OK;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	e = arena_fmt(x->mem, &text, format, n); /* one of the four literals below */
#pragma GCC diagnostic pop
	return e == ERR_OK ? doc_note_add(x->doc, rule, text, (struct place){0, 0}) : e;
}

static enum err say_all(struct docx *x)
{
	enum err e;

	e = say(x, STR("AR-R21"), x->changes,
		"文件中有%u处未接受的修订，已按全部接受修订后的内容读取。");
	if (e == ERR_OK)
		e = say(x, STR("AR-R22"), x->hidden, "文件中有%u处隐藏内容，读取时未计入。");
	if (e == ERR_OK)
		e = say(x, STR("AR-R23"), x->comments, "文件中有%u处批注，读取时未计入。");
	if (e == ERR_OK)
		e = say(x, STR("AR-R24"), x->embedded,
			"文件中嵌入了%u个其他文档，其内容未读取，请另行打开核对。");
	return e;
}

static enum err docx_parts(struct docx *x, struct zipfile *zip)
{
	struct opc_rels rels;
	struct str part;
	enum err e;

	e = opc_main(zip, STR("word/document.xml"), STR("wordprocessingml"), x->mem, x->diag,
		     &part);
	if (e == ERR_OK)
		e = opc_rels_of(zip, part, x->mem, x->diag, &rels);
	if (e == ERR_OK)
		e = opc_title(zip, x->mem, &x->doc->title);
	if (e == ERR_OK)
		e = aids_read(x, zip, &rels);
	if (e == ERR_OK)
		e = main_read(x, zip, part);
	if (e == ERR_OK)
		e = part_read(x, zip, &rels, STR("footnotes"), "footnote");
	if (e == ERR_OK)
		e = part_read(x, zip, &rels, STR("endnotes"), "endnote");
	if (e == ERR_OK)
		e = say_all(x);
	return e;
}

enum err docx_read(struct str bytes, const struct read_env *env, struct arena *mem,
		   struct diag *diag, struct doc **ret)
{
	AUTO(zipfile) zip = NULL;
	struct docx x = {.mem = mem, .diag = diag};
	enum err e;

	(void)env; /* nothing of the law is needed to read a grid that the file spells out */
	buf_init(&x.carry, LIMIT_PARA_BYTES);
	e = doc_new(mem, DOC_SOURCE_DOCX, &x.doc);
	if (e == ERR_OK)
		e = zipfile_open(bytes, diag, &zip);
	if (e == ERR_OK)
		e = docx_parts(&x, zip);
	buf_done(&x.carry);
	if (e == ERR_LIMIT)
		return reader_limit(x.doc, "the document", diag);
	if (e == ERR_NOMEM)
		return diag_set(diag, e, "out of memory");
	if (e == ERR_OK)
		*ret = x.doc;
	return e;
}
