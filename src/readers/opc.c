/* Parts and relationships of an OOXML package. */
#include "readers/opc.h"

#define LIMIT_OPC_RELS 20000

/* "word/document.xml" + "../media/a.png" -> "media/a.png"; an absolute target stands alone.
 * Steps above the root are dropped, as all consumers do. */
static enum err resolve(struct arena *mem, struct str base, struct str target, struct str *ret)
{
	size_t slash = str_rfind(base, STR("/"));
	struct str path, part;
	char *p;
	size_t n = 0;
	enum err e;

	if (target.n > LIMIT_OPC_PATH_BYTES) { /* no name of a member is that long */
		*ret = STR_NONE;
		return ERR_OK;
	}
	if (str_starts(target, STR("/")) || slash == STR_NPOS)
		e = arena_str(mem, target, &path);
	else
		e = arena_fmt(mem, &path, STR_FMT "/" STR_FMT, STR_ARG(str_sub(base, 0, slash)),
			      STR_ARG(target));
	if (e != ERR_OK)
		return e;
	p = arena_alloc(mem, path.n + 1);
	if (p == NULL)
		return arena_err(mem);
	while (str_split(&path, '/', &part)) {
		if (str_empty(part) || str_eq(part, STR(".")))
			continue;
		if (str_eq(part, STR(".."))) {
			size_t up = str_rfind(str_n(p, n), STR("/"));

			n = up == STR_NPOS ? 0 : up;
			continue;
		}
		if (n > 0)
			p[n++] = '/';
		for (size_t i = 0; i < part.n; i++)
			p[n++] = part.p[i];
	}
	*ret = (struct str){p, n};
	return ERR_OK;
}

static struct str last_step(struct str path)
{
	size_t slash = str_rfind(path, STR("/"));

	return slash == STR_NPOS ? path : str_from(path, slash + 1);
}

static enum err rel_add(const struct xml_reader *xml, struct str part, struct arena *mem,
			struct opc_rels *rels)
{
	struct opc_rel *rel = ARENA_PUSH(mem, &rels->items, &rels->n, &rels->cap, LIMIT_OPC_RELS);
	enum err e;

	if (rel == NULL)
		return arena_err(mem);
	e = arena_str(mem, xml_attr(xml, "Id"), &rel->id);
	if (e == ERR_OK)
		e = arena_str(mem, last_step(xml_attr(xml, "Type")), &rel->type);
	if (e == ERR_OK && !str_eq(xml_attr(xml, "TargetMode"), STR("External")))
		e = resolve(mem, part, xml_attr(xml, "Target"), &rel->target);
	return e;
}

enum err opc_rels_of(struct zipfile *zip, struct str part, struct arena *mem, struct diag *diag,
		     struct opc_rels *ret)
{
	AUTO(xml_reader) xml = NULL;
	struct opc_rels rels = {0};
	struct str name = last_step(part), path, bytes;
	enum xml_event event = XML_OPEN;
	enum err e;

	e = arena_fmt(mem, &path, STR_FMT "_rels/" STR_FMT ".rels",
		      STR_ARG(str_sub(part, 0, part.n - name.n)), STR_ARG(name));
	if (e == ERR_OK)
		e = zipfile_member(zip, path, mem, diag, &bytes);
	if (e == ERR_ABSENT) {
		*ret = rels;
		return ERR_OK;
	}
	if (e == ERR_OK)
		e = xml_open(bytes, diag, &xml);
	while (e == ERR_OK && event != XML_END) {
		e = xml_next(xml, &event);
		if (e == ERR_OK && event == XML_OPEN && xml_is(xml, "Relationship"))
			e = rel_add(xml, part, mem, &rels);
	}
	if (e == ERR_OK)
		*ret = rels;
	return e;
}

const struct opc_rel *opc_rel_type(const struct opc_rels *rels, struct str type)
{
	for (size_t i = 0; i < rels->n; i++)
		if (str_eq(rels->items[i].type, type) && !str_empty(rels->items[i].target))
			return &rels->items[i];
	return NULL;
}

const struct opc_rel *opc_rel_id(const struct opc_rels *rels, struct str id)
{
	for (size_t i = 0; i < rels->n; i++)
		if (str_eq(rels->items[i].id, id))
			return &rels->items[i];
	return NULL;
}

/* The part whose content type names the main part of the vocabulary. */
static enum err main_by_type(struct zipfile *zip, struct str content, struct arena *mem,
			     struct diag *diag, struct str *ret_part)
{
	AUTO(xml_reader) xml = NULL;
	enum xml_event event = XML_OPEN;
	struct str bytes;
	enum err e = zipfile_member(zip, STR("[Content_Types].xml"), mem, diag, &bytes);

	if (e == ERR_OK)
		e = xml_open(bytes, diag, &xml);
	while (e == ERR_OK && event != XML_END) {
		struct str type;

		e = xml_next(xml, &event);
		if (e != ERR_OK || event != XML_OPEN || !xml_is(xml, "Override"))
			continue;
		type = xml_attr(xml, "ContentType");
		if (str_has(type, content) && str_ends(type, STR("main+xml")))
			return resolve(mem, STR(""), xml_attr(xml, "PartName"), ret_part);
	}
	return e == ERR_OK ? ERR_ABSENT : e;
}

enum err opc_main(struct zipfile *zip, struct str usual, struct str content, struct arena *mem,
		  struct diag *diag, struct str *ret_part)
{
	struct opc_rels rels;
	const struct opc_rel *rel;
	enum err e = opc_rels_of(zip, STR(""), mem, diag, &rels);

	if (e != ERR_OK)
		return e;
	rel = opc_rel_type(&rels, STR("officeDocument"));
	if (rel != NULL && zipfile_find(zip, rel->target) != ZIP_NOWHERE) {
		*ret_part = rel->target;
		return ERR_OK;
	}
	if (zipfile_find(zip, usual) != ZIP_NOWHERE) {
		*ret_part = usual;
		return ERR_OK;
	}
	e = main_by_type(zip, content, mem, diag, ret_part);
	if (e == ERR_ABSENT || (e == ERR_OK && zipfile_find(zip, *ret_part) == ZIP_NOWHERE))
		return diag_set(diag, ERR_INPUT,
				"the container has no document inside; open it in Word or WPS and "
				"save it again");
	return e;
}

enum err opc_text(struct arena *mem, struct str s, struct str *ret)
{
	char *p;
	size_t n = 0;

	s = str_trim_wide(s);
	p = arena_alloc(mem, s.n + 1);
	if (p == NULL)
		return arena_err(mem);
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if (c == '\t')
			p[n++] = ' ';
		else if (c == 0xc2 && i + 1 < s.n && (unsigned char)s.p[i + 1] < 0xa0)
			i++; /* C1 control characters */
		else if ((c >= 0x20 && c != 0x7f) || c == '\n')
			p[n++] = (char)c;
	}
	*ret = (struct str){p, n};
	return ERR_OK;
}

enum err opc_title(struct zipfile *zip, struct arena *mem, struct str *ret)
{
	AUTO(xml_reader) xml = NULL;
	enum xml_event event = XML_OPEN;
	struct opc_rels rels;
	const struct opc_rel *rel;
	struct str bytes;
	enum err e = opc_rels_of(zip, STR(""), mem, NULL, &rels);

	*ret = STR_NONE;
	rel = e == ERR_OK ? opc_rel_type(&rels, STR("core-properties")) : NULL;
	if (rel == NULL)
		return e == ERR_NOMEM ? e : ERR_OK;
	e = zipfile_member(zip, rel->target, mem, NULL, &bytes);
	if (e == ERR_OK)
		e = xml_open(bytes, NULL, &xml);
	while (e == ERR_OK && event != XML_END) {
		e = xml_next(xml, &event);
		if (e != ERR_OK || event != XML_OPEN || !xml_is(xml, "title"))
			continue;
		e = xml_next(xml, &event);
		if (e == ERR_OK && event == XML_TEXT)
			e = opc_text(mem, xml_text_here(xml), ret);
		break;
	}
	return e == ERR_NOMEM ? e : ERR_OK; /* the title is an extra: a report does without it */
}

bool opc_in(const struct xml_reader *xml, struct str vocabulary)
{
	struct str space = xml_space(xml);

	if (!str_ends(space, STR("/main")))
		return false;
	space = str_sub(space, 0, space.n - STR("/main").n);
	if (str_ends(space, STR("/2006")))
		space = str_sub(space, 0, space.n - STR("/2006").n);
	return str_ends(space, vocabulary);
}

bool opc_flag(struct str value, bool absent)
{
	if (value.p == NULL)
		return absent;
	return !str_eq(value, STR("0")) && !str_eq(value, STR("false")) &&
	       !str_eq(value, STR("off")) && !str_eq(value, STR("none"));
}

uint32_t opc_number(struct str value, uint32_t max, uint32_t otherwise)
{
	int64_t n;
	enum err e = str_int(value, &n);

	if (e == ERR_LIMIT)
		return max;
	if (e != ERR_OK || n < 0)
		return otherwise;
	return n > max ? max : (uint32_t)n;
}
