/* XLSX -> doc: the workbook, its shared strings and number formats; sheets in their order. */
#include "readers/xlsx_int.h"

#include "readers/limit.h"
#include "readers/readers.h"

enum err xlsx_rich_text(struct xml_reader *xml, struct buf *out)
{
	unsigned depth = xml_depth(xml), text_depth = 0;
	enum xml_event event = XML_OPEN;
	enum err e = ERR_OK;

	while (e == ERR_OK) {
		e = xml_next(xml, &event);
		if (e != ERR_OK)
			break;
		if (event == XML_CLOSE && xml_depth(xml) < depth)
			break;
		if (event == XML_OPEN && xml_is(xml, "rPh"))
			e = xml_skip(xml);
		else if (event == XML_OPEN && xml_is(xml, "t"))
			text_depth = xml_depth(xml);
		else if (event == XML_CLOSE && xml_depth(xml) < text_depth)
			text_depth = 0;
		else if (event == XML_TEXT && text_depth > 0)
			buf_add(out, xml_text_here(xml));
	}
	return e == ERR_OK ? buf_end(out) : e;
}

static enum err strings_read(struct xlsx *x, struct str bytes)
{
	AUTO(xml_reader) xml = NULL;
	AUTO_BUF(text, LIMIT_PARA_BYTES);
	enum xml_event event = XML_OPEN;
	enum err e = xml_open(bytes, x->diag, &xml);

	while (e == ERR_OK && event != XML_END) {
		struct str *s;

		e = xml_next(xml, &event);
		if (e != ERR_OK || event != XML_OPEN || !xml_is(xml, "si"))
			continue;
		buf_clear(&text);
		e = xlsx_rich_text(xml, &text);
		if (e != ERR_OK)
			break;
		s = ARENA_PUSH(x->mem, &x->strings, &x->n_strings, &x->cap_strings,
			       LIMIT_XLSX_STRINGS);
		e = s == NULL ? arena_err(x->mem) : arena_str(x->mem, buf_str(&text), s);
	}
	return e;
}

/* ---- number formats ---- */

/* Outside of quotes, brackets and escapes: the letters that tell percentages and dates. */
static struct xlsx_format format_of_code(struct str code)
{
	struct xlsx_format f = {0, XLSX_PLAIN, 0};
	bool decimals = false;

	for (size_t i = 0; i < code.n && code.p[i] != ';'; i++) {
		char c = code.p[i];
		size_t end = STR_NPOS;

		if (c == '"')
			end = str_find(code, STR("\""), i + 1);
		else if (c == '[')
			end = str_find(code, STR("]"), i + 1);
		else if (c == '\\' || c == '_' || c == '*')
			end = i + 1;
		if (end != STR_NPOS) {
			i = end;
			continue;
		}
		if (c == '%')
			f.show = XLSX_PERCENT;
		else if ((c == 'y' || c == 'Y' || c == 'd' || c == 'D') && f.show == XLSX_PLAIN)
			f.show = XLSX_DATE;
		if (c == '.')
			decimals = true;
		else if (decimals && (c == '0' || c == '#'))
			f.decimals++;
		else if (c != '%')
			decimals = false;
	}
	return f;
}

static struct xlsx_format format_find(const struct xlsx *x, uint32_t id)
{
	for (size_t i = 0; i < x->n_formats; i++)
		if (x->formats[i].id == id)
			return x->formats[i];
	if (id == 9 || id == 10)
		return (struct xlsx_format){id, XLSX_PERCENT, id == 9 ? 0 : 2};
	if ((id >= 14 && id <= 17) || id == 22 || (id >= 27 && id <= 31) || (id >= 50 && id <= 58))
		return (struct xlsx_format){id, XLSX_DATE, 0};
	return (struct xlsx_format){id, XLSX_PLAIN, 0};
}

static enum err style_part(struct xlsx *x, const struct xml_reader *xml, bool in_cells)
{
	uint32_t id = opc_number(xml_attr(xml, "numFmtId"), UINT16_MAX, 0);
	struct xlsx_format *f;

	if (xml_is(xml, "numFmt")) {
		f = ARENA_PUSH(x->mem, &x->formats, &x->n_formats, &x->cap_formats,
			       LIMIT_XLSX_FORMATS);
		if (f == NULL)
			return arena_err(x->mem);
		*f = format_of_code(xml_attr(xml, "formatCode"));
		f->id = id;
	} else if (xml_is(xml, "xf") && in_cells) {
		f = ARENA_PUSH(x->mem, &x->styles, &x->n_styles, &x->cap_styles,
			       LIMIT_XLSX_FORMATS);
		if (f == NULL)
			return arena_err(x->mem);
		*f = format_find(x, id);
	}
	return ERR_OK;
}

static enum err styles_read(struct xlsx *x, struct str bytes)
{
	AUTO(xml_reader) xml = NULL;
	enum xml_event event = XML_OPEN;
	bool in_cells = false;
	enum err e = xml_open(bytes, x->diag, &xml);

	while (e == ERR_OK && event != XML_END) {
		e = xml_next(xml, &event);
		if (e != ERR_OK || event == XML_TEXT || event == XML_END)
			continue;
		if (xml_is(xml, "cellXfs"))
			in_cells = event == XML_OPEN;
		else if (event == XML_OPEN)
			e = style_part(x, xml, in_cells);
	}
	return e;
}

/* ---- the workbook ---- */

static enum err part_load(struct xlsx *x, struct zipfile *zip, const struct opc_rel *rel,
			  struct str *ret)
{
	enum err e;

	*ret = STR_NONE;
	if (rel == NULL || str_empty(rel->target))
		return ERR_OK;
	e = zipfile_member(zip, rel->target, x->mem, x->diag, ret);
	return e == ERR_ABSENT ? ERR_OK : e;
}

static enum err aids_read(struct xlsx *x, struct zipfile *zip, const struct opc_rels *rels)
{
	struct str bytes;
	enum err e = part_load(x, zip, opc_rel_type(rels, STR("sharedStrings")), &bytes);

	if (e == ERR_OK && bytes.n > 0)
		e = strings_read(x, bytes);
	if (e == ERR_OK)
		e = part_load(x, zip, opc_rel_type(rels, STR("styles")), &bytes);
	if (e == ERR_OK && bytes.n > 0)
		e = styles_read(x, bytes);
	return e;
}

static enum err sheet_read(struct xlsx *x, struct zipfile *zip, const struct opc_rel *rel,
			   uint32_t sheet)
{
	struct str bytes;
	enum err e;

	if (rel == NULL || !str_eq(rel->type, STR("worksheet")))
		return ERR_OK; /* a chart or a macro sheet holds no cells */
	e = zipfile_member(zip, rel->target, x->mem, x->diag, &bytes);
	if (e == ERR_ABSENT)
		return diag_set(
			x->diag, ERR_INPUT,
			"a sheet of the workbook is missing; open it in Excel or WPS and save "
			"it again");
	return e == ERR_OK ? xlsx_sheet_read(x, bytes, sheet) : e;
}

static enum err sheets_read(struct xlsx *x, struct zipfile *zip, struct str part,
			    const struct opc_rels *rels)
{
	AUTO(xml_reader) xml = NULL;
	enum xml_event event = XML_OPEN;
	struct str bytes;
	uint32_t sheet = 0;
	enum err e = zipfile_member(zip, part, x->mem, x->diag, &bytes);

	if (e == ERR_OK)
		e = xml_open(bytes, x->diag, &xml);
	while (e == ERR_OK && event != XML_END) {
		struct str state;

		e = xml_next(xml, &event);
		if (e != ERR_OK || event != XML_OPEN || !xml_is(xml, "sheet"))
			continue;
		if (!opc_in(xml, STR("spreadsheetml")))
			continue;
		sheet++;
		state = xml_attr(xml, "state");
		if (str_eq(state, STR("hidden")) || str_eq(state, STR("veryHidden")))
			x->hidden_sheets++;
		else
			e = sheet_read(x, zip, opc_rel_id(rels, xml_attr(xml, "id")), sheet);
	}
	if (e == ERR_OK && sheet == 0)
		return diag_set(x->diag, ERR_INPUT,
				"the workbook has no sheets; save the file again as XLSX");
	return e;
}

static enum err say_all(struct xlsx *x)
{
	struct place nowhere = {0, 0};
	struct str text;
	enum err e = ERR_OK;

	if (x->hidden_sheets + x->hidden_lines > 0) {
		e = arena_fmt(x->mem, &text,
			      "文件中有%u个隐藏的工作表、%u个隐藏的行或列，读取时未计入。",
			      x->hidden_sheets, x->hidden_lines);
		if (e == ERR_OK)
			e = doc_note_add(x->doc, STR("AR-R22"), text, nowhere);
	}
	if (e == ERR_OK && x->uncalculated > 0) {
		e = arena_fmt(x->mem, &text,
			      "文件中有%u个公式没有保存计算结果，请用表格软件打开并保存后再读取。",
			      x->uncalculated);
		if (e == ERR_OK)
			e = doc_note_add(x->doc, STR("AR-R25"), text, nowhere);
	}
	return e;
}

static enum err workbook_read(struct xlsx *x, struct zipfile *zip)
{
	struct opc_rels rels;
	struct str part;
	enum err e;

	e = opc_main(zip, STR("xl/workbook.xml"), STR("spreadsheetml"), x->mem, x->diag, &part);
	if (e == ERR_OK)
		e = opc_rels_of(zip, part, x->mem, x->diag, &rels);
	if (e == ERR_OK)
		e = opc_title(zip, x->mem, &x->doc->title);
	if (e == ERR_OK)
		e = aids_read(x, zip, &rels);
	if (e == ERR_OK)
		e = sheets_read(x, zip, part, &rels);
	return e == ERR_OK ? say_all(x) : e;
}

enum err xlsx_read(struct str bytes, const struct read_env *env, struct arena *mem,
		   struct diag *diag, struct doc **ret)
{
	AUTO(zipfile) zip = NULL;
	struct xlsx x = {.mem = mem, .diag = diag};
	enum err e;

	(void)env; /* nothing of the law is needed to read a grid that the file spells out */
	e = doc_new(mem, DOC_SOURCE_XLSX, &x.doc);
	if (e == ERR_OK)
		e = zipfile_open(bytes, diag, &zip);
	if (e == ERR_OK)
		e = workbook_read(&x, zip);
	if (e == ERR_LIMIT)
		return reader_limit(x.doc, "the workbook", diag);
	if (e == ERR_NOMEM)
		return diag_set(diag, e, "out of memory");
	if (e == ERR_OK)
		*ret = x.doc;
	return e;
}
