/* XML over libxml2's text reader, and escaping for what we write. */
#include "format/xml.h"

#include <libxml/xmlreader.h>
#include <stdlib.h>
#include <string.h>

#include "base/fault.h"
#include "base/limits.h"
#include "base/utf8.h"

/* How libxml2 is to behave: nothing from outside, no messages on standard error, CDATA as text.
 * XML_PARSE_HUGE stays off, so its own limits on depth and text hold as well. */
#define XML_OPTIONS                                                                                \
	(XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NOCDATA |           \
	 XML_PARSE_COMPACT)

struct xml_reader {
	xmlTextReaderPtr reader;
	struct diag *diag;
	const xmlNode *node; /* what the last event speaks of */
	enum xml_event event;
	unsigned depth;
	bool close_due; /* the element just opened is <empty/> */
	enum err failed;
	unsigned failed_line;
	char failed_text[160];
};

/* The first error of the parser is the one to tell; later ones follow from it. */
static void on_error(void *arg, xmlErrorPtr error)
{
	struct xml_reader *xml = arg;
	const char *text = error->message ? error->message : "not well-formed";
	size_t n = strcspn(text, "\n");

	if (xml->failed != ERR_OK || error->level < XML_ERR_ERROR)
		return;
	xml->failed = ERR_INPUT;
	if (error->code == XML_ERR_NO_MEMORY)
		xml->failed = ERR_NOMEM;
	else if (strstr(text, "depth") != NULL)
		xml->failed = ERR_LIMIT;
	xml->failed_line = error->line > 0 ? (unsigned)error->line : 0;
	if (n >= sizeof(xml->failed_text))
		n = sizeof(xml->failed_text) - 1;
	memcpy(xml->failed_text, text, n);
	xml->failed_text[n] = '\0';
}

/* Whether a DOCTYPE stands before the root element.  Looked for in the bytes, before any parser
 * sees them; NUL bytes are passed over, so UTF-16 is searched as well. */
static bool has_doctype(struct str s)
{
	static const char word[] = "<!DOCTYPE";
	size_t hit = 0;

	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (c == '\0')
			continue;
		if (hit == 1 && ((c | 0x20) >= 'a' && (c | 0x20) <= 'z'))
			return false; /* the root element */
		hit = c == word[hit] ? hit + 1 : (c == '<');
		if (hit == sizeof(word) - 1)
			return true;
	}
	return false;
}

enum err xml_open(struct str bytes, struct diag *diag, struct xml_reader **ret)
{
	struct xml_reader *xml;

	if (bytes.n == 0 || bytes.n > LIMIT_ZIP_ENTRY_BYTES)
		return diag_set(diag, bytes.n ? ERR_LIMIT : ERR_INPUT,
				bytes.n ? "the XML is too long" : "the XML is empty");
	if (has_doctype(bytes))
		return diag_set(diag, ERR_INPUT, "the XML has a DOCTYPE, which is refused");
	xml = fault_point(FAULT_ALLOC) ? NULL : calloc(1, sizeof(*xml));
	if (xml == NULL)
		return diag_set(diag, ERR_NOMEM, "out of memory");
	xml->diag = diag;
	xml->reader = fault_point(FAULT_ALLOC)
			      ? NULL
			      : xmlReaderForMemory(bytes.p, (int)bytes.n, NULL, NULL, XML_OPTIONS);
	if (xml->reader == NULL) {
		free(xml);
		return diag_set(diag, ERR_NOMEM, "out of memory");
	}
	xmlTextReaderSetStructuredErrorHandler(xml->reader, on_error, xml);
	*ret = xml;
	return ERR_OK;
}

void xml_free(struct xml_reader *xml)
{
	if (xml == NULL)
		return;
	xmlFreeTextReader(xml->reader);
	free(xml);
}

static enum err fail(struct xml_reader *xml)
{
	xml->event = XML_END;
	xml->node = NULL;
	if (xml->failed == ERR_OK) {
		xml->failed = ERR_INPUT;
		(void)memcpy(xml->failed_text, "cut short", sizeof("cut short"));
	}
	diag_at(xml->diag, 0, xml->failed_line);
	if (xml->failed == ERR_NOMEM)
		return diag_set(xml->diag, ERR_NOMEM, "out of memory");
	if (xml->failed == ERR_LIMIT)
		return diag_set(xml->diag, ERR_LIMIT, "the XML is nested deeper than %d levels",
				LIMIT_XML_DEPTH);
	return diag_set(xml->diag, ERR_INPUT, "the XML is damaged: %s", xml->failed_text);
}

static struct str of_xml(const xmlChar *s)
{
	return str_c((const char *)s);
}

/* Makes an event of the reader's node; false when it is one to step over. */
static bool take_node(struct xml_reader *xml)
{
	switch (xmlTextReaderNodeType(xml->reader)) {
	case XML_READER_TYPE_ELEMENT:
		xml->event = XML_OPEN;
		xml->depth++;
		xml->close_due = xmlTextReaderIsEmptyElement(xml->reader) == 1;
		break;
	case XML_READER_TYPE_END_ELEMENT:
		xml->event = XML_CLOSE;
		xml->depth--;
		break;
	case XML_READER_TYPE_TEXT:
	case XML_READER_TYPE_CDATA:
	case XML_READER_TYPE_WHITESPACE:
	case XML_READER_TYPE_SIGNIFICANT_WHITESPACE:
		xml->event = XML_TEXT;
		break;
	default:
		return false;
	}
	xml->node = xmlTextReaderCurrentNode(xml->reader);
	if (xml->event == XML_TEXT && !utf8_valid(of_xml(xml->node->content))) {
		static const char why[] =
			"not UTF-8"; /* libxml2 lets overlong forms pass in CDATA */

		xml->failed = ERR_INPUT;
		memcpy(xml->failed_text, why, sizeof(why));
	}
	return true;
}

enum err xml_next(struct xml_reader *xml, enum xml_event *ret)
{
	if (xml->failed != ERR_OK)
		return xml->failed;
	if (xml->close_due) {
		xml->close_due = false;
		xml->event = XML_CLOSE;
		xml->depth--;
		*ret = XML_CLOSE;
		return ERR_OK;
	}
	for (;;) {
		int got = xmlTextReaderRead(xml->reader);

		if (got < 0 || xml->failed != ERR_OK)
			return fail(xml);
		if (got == 0) {
			xml->event = XML_END;
			xml->node = NULL;
			break;
		}
		if (!take_node(xml))
			continue;
		if (xml->failed != ERR_OK)
			return fail(xml);
		break;
	}
	if (xml->depth > LIMIT_XML_DEPTH) {
		xml->failed = ERR_LIMIT;
		return fail(xml);
	}
	*ret = xml->event;
	return ERR_OK;
}

enum err xml_skip(struct xml_reader *xml)
{
	unsigned depth = xml->depth;
	enum xml_event event = XML_OPEN;

	while (!(event == XML_CLOSE && xml->depth < depth)) {
		enum err e = xml_next(xml, &event);

		if (e != ERR_OK)
			return e;
		if (event == XML_END)
			return fail(xml);
	}
	return ERR_OK;
}

struct str xml_name(const struct xml_reader *xml)
{
	return xml->node != NULL ? of_xml(xml->node->name) : STR_NONE;
}

struct str xml_space(const struct xml_reader *xml)
{
	if (xml->node == NULL || xml->event == XML_TEXT || xml->node->ns == NULL)
		return STR_NONE;
	return of_xml(xml->node->ns->href);
}

struct str xml_text_here(const struct xml_reader *xml)
{
	return xml->event == XML_TEXT && xml->node != NULL ? of_xml(xml->node->content) : STR_NONE;
}

static struct str attr_value(const xmlAttr *a)
{
	struct str s;

	/* without entities the value is one text node, or none when it is empty */
	if (a->children == NULL || a->children->content == NULL)
		return STR("");
	s = of_xml(a->children->content);
	return utf8_valid(s) ? s : STR("");
}

static const xmlAttr *first_attr(const struct xml_reader *xml)
{
	return xml->event == XML_OPEN && xml->node != NULL ? xml->node->properties : NULL;
}

struct str xml_attr(const struct xml_reader *xml, const char *local)
{
	for (const xmlAttr *a = first_attr(xml); a != NULL; a = a->next)
		if (strcmp((const char *)a->name, local) == 0)
			return attr_value(a);
	return STR_NONE;
}

struct str xml_attr_in(const struct xml_reader *xml, const char *space, const char *local)
{
	for (const xmlAttr *a = first_attr(xml); a != NULL; a = a->next) {
		const char *in = a->ns != NULL ? (const char *)a->ns->href : "";

		if (strcmp((const char *)a->name, local) == 0 && strcmp(in, space) == 0)
			return attr_value(a);
	}
	return STR_NONE;
}

bool xml_is(const struct xml_reader *xml, const char *local)
{
	return xml->event != XML_TEXT && xml->node != NULL &&
	       strcmp((const char *)xml->node->name, local) == 0;
}

unsigned xml_depth(const struct xml_reader *xml)
{
	return xml->depth;
}

unsigned xml_line(const struct xml_reader *xml)
{
	int line = xmlTextReaderGetParserLineNumber(xml->reader);

	return line > 0 ? (unsigned)line : 0;
}

/* Copies runs of plain bytes at once and stops only for the few that need something. */
static void put(struct buf *out, struct str s, bool attr)
{
	size_t from = 0;

	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		struct str instead;

		if (c == '&')
			instead = STR("&amp;");
		else if (c == '<')
			instead = STR("&lt;");
		else if (c == '>')
			instead = STR("&gt;");
		else if (c == '"' && attr)
			instead = STR("&quot;");
		else if ((c == '\n' || c == '\t') && attr)
			instead = c == '\n' ? STR("&#10;") : STR("&#9;");
		else if (c == '\r')
			instead = STR("&#13;");
		else if (c < 0x20 && c != '\n' && c != '\t')
			instead = STR("");
		else if (c == 0xef && s.n - i >= 3 && (unsigned char)s.p[i + 1] == 0xbf &&
			 (unsigned char)s.p[i + 2] >= 0xbe)
			instead = STR("\xef\xbf\xbd"); /* U+FFFE and U+FFFF are no characters */
		else
			continue;
		buf_add(out, str_sub(s, from, i - from));
		buf_add(out, instead);
		if (c == 0xef)
			i += 2;
		from = i + 1;
	}
	buf_add(out, str_from(s, from));
}

void xml_put_text(struct buf *out, struct str s)
{
	put(out, s, false);
}

void xml_put_attr(struct buf *out, struct str s)
{
	put(out, s, true);
}

void xml_put_named(struct buf *out, const char *name, struct str value)
{
	buf_ch(out, ' ');
	buf_c(out, name);
	buf_add(out, STR("=\""));
	put(out, value, true);
	buf_ch(out, '"');
}
