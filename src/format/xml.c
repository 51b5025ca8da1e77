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
	const char *too; /* which limit, when that failed */
	unsigned failed_line;
	unsigned names_due; /* elements until the names are counted again */
	char failed_text[160];
};

#define NAMES_EVERY 256
#define TEXT(x) TEXT_OF(x)
#define TEXT_OF(x) #x
static const char too_deep[] = "the XML is nested deeper than " TEXT(LIMIT_XML_DEPTH) " levels";
static const char too_long[] = "one text or comment of the XML is longer than 10 MB";
static const char too_many[] =
	"the XML uses more than " TEXT(LIMIT_MARKUP_NAMES) " different names";

/* The first error of the parser is the one to tell; later ones follow from it. */
static void on_error(void *arg, xmlErrorPtr error)
{
	struct xml_reader *xml = arg;
	const char *text = error->message ? error->message : "not well-formed";
	size_t n = strcspn(text, "\n");

	if (xml->failed != ERR_OK || error->level < XML_ERR_ERROR)
		return;
	xml->failed = ERR_INPUT;
	xml->too = "";
	if (strstr(text, "depth") != NULL)
		xml->too = too_deep;
	else if (strcasestr(text, "huge") != NULL) /* also told as a failed allocation */
		xml->too = too_long;
	if (xml->too[0] != '\0')
		xml->failed = ERR_LIMIT;
	else if (error->code == XML_ERR_NO_MEMORY)
		xml->failed = ERR_NOMEM;
	xml->failed_line = error->line > 0 ? (unsigned)error->line : 0;
	if (n >= sizeof(xml->failed_text))
		n = sizeof(xml->failed_text) - 1;
	memcpy(xml->failed_text, text, n);
	xml->failed_text[n] = '\0';
}

/* ---- what is refused before any parser sees it ----
 *
 * Well-formed XML is cut into its pieces without doubt, so a DOCTYPE and an element with a
 * myriad of attributes are found in the bytes; at what is not well-formed libxml2 stops. */

/* The characters of the bytes: UTF-16 by its two-byte units, all else by bytes.  What is no ASCII
 * is DEL: markup is ASCII. */
struct units {
	const unsigned char *p;
	size_t n;
	unsigned width, low; /* bytes of a unit; which of them is the low one */
};

static char unit(const struct units *u, size_t i)
{
	unsigned char c;

	if (i >= u->n)
		return '\0';
	c = u->p[i * u->width + u->low];
	if (c >= 0x80 || (u->width == 2 && u->p[i * 2 + 1 - u->low] != 0))
		return 0x7f;
	return (char)c;
}

static struct units units_of(struct str s)
{
	bool little = str_starts(s, STR("\xff\xfe")) || str_starts(s, (struct str){"<\0", 2});
	bool big = str_starts(s, STR("\xfe\xff")) || str_starts(s, (struct str){"\0<", 2});

	if (little || big)
		return (struct units){(const unsigned char *)s.p, s.n / 2, 2, big};
	return (struct units){(const unsigned char *)s.p, s.n, 1, 0};
}

static bool units_start(const struct units *u, size_t at, const char *word)
{
	for (size_t i = 0; word[i] != '\0'; i++)
		if (unit(u, at + i) != word[i])
			return false;
	return true;
}

/* Index of `c` at or behind `at`; the end when there is none. */
static size_t units_find(const struct units *u, size_t at, char c)
{
	if (u->width == 1 && at < u->n) {
		const unsigned char *hit = memchr(u->p + at, c, u->n - at);

		return hit != NULL ? (size_t)(hit - u->p) : u->n;
	}
	while (at < u->n && unit(u, at) != c)
		at++;
	return at;
}

/* Behind the next `word`, the end when there is none. */
static size_t units_behind(const struct units *u, size_t at, const char *word)
{
	for (at = units_find(u, at, word[0]); at < u->n; at = units_find(u, at + 1, word[0]))
		if (units_start(u, at, word))
			return at + strlen(word);
	return u->n;
}

/* Charsets in which markup stands as ASCII bytes, or UTF-16. */
static bool charset_known(const struct units *u)
{
	static const char *const known[] = {"utf-8", "utf8",     "utf-16", "gb",         "us-ascii",
					    "ascii", "iso-8859", "big5",   "windows-125"};
	size_t end, at = 0;
	char name[16] = "";

	if (!units_start(u, 0, "<?xml"))
		return true;
	end = units_behind(u, 0, "?>");
	at = units_behind(u, 0, "encoding");
	while (at < end && unit(u, at) != '"' && unit(u, at) != '\'')
		at++;
	if (at >= end)
		return true;
	for (size_t i = 0; i + 1 < sizeof(name); i++)
		name[i] = unit(u, at + 1 + i);
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (str_eq_nocase(str_n(name, strlen(known[i])), str_c(known[i])))
			return true;
	return false;
}

/* Attributes of the tag whose name begins at `at`; as many values in quotes stand in it. */
static size_t attributes(const struct units *u, size_t at, size_t *ret_end)
{
	size_t n = 0;

	for (; at < u->n && unit(u, at) != '>' && unit(u, at) != '<'; at++)
		if (unit(u, at) == '"' || unit(u, at) == '\'') {
			at = units_find(u, at + 1, unit(u, at));
			n++;
		}
	*ret_end = at;
	return n;
}

static enum err judge(struct str bytes, struct diag *diag)
{
	struct units u = units_of(bytes);
	size_t remarks = 0;
	size_t at =
		str_starts(bytes, STR("\xef\xbb\xbf")) ? 3 : u.width == 2 && unit(&u, 0) == 0x7f;

	u.p += at * u.width;
	u.n -= at;
	if (!charset_known(&u))
		return diag_set(diag, ERR_INPUT,
				"the XML is damaged: it is in an unusual charset, not UTF-8");
	while (unit(&u, 0) == ' ' || unit(&u, 0) == '\n' || unit(&u, 0) == '\r' ||
	       unit(&u, 0) == '\t') {
		u.p += u.width;
		u.n--;
	}
	if (unit(&u, 0) != '<')
		return diag_set(diag, ERR_INPUT, "the XML is damaged: it does not begin with '<'");
	for (at = 0; (at = units_find(&u, at, '<')) < u.n;) {
		if (unit(&u, at + 1) == '?' || units_start(&u, at, "<!--"))
			remarks++;
		if (remarks > LIMIT_XML_REMARKS)
			return diag_set(diag, ERR_LIMIT,
					"the XML has more than %d comments and instructions",
					LIMIT_XML_REMARKS);
		if (units_start(&u, at, "<!DOCTYPE"))
			return diag_set(diag, ERR_INPUT, "the XML has a DOCTYPE, which is refused");
		if (units_start(&u, at, "<!--"))
			at = units_behind(&u, at + 4, "-->");
		else if (units_start(&u, at, "<![CDATA["))
			at = units_behind(&u, at + 9, "]]>");
		else if (units_start(&u, at, "<?"))
			at = units_behind(&u, at + 2, "?>");
		else if (attributes(&u, at + 1, &at) > LIMIT_MARKUP_ATTRS)
			return diag_set(diag, ERR_LIMIT,
					"an element of the XML has more than %d attributes",
					LIMIT_MARKUP_ATTRS);
	}
	return ERR_OK;
}

/* libxml2 tells standard error when memory ran out; it is the caller's to tell. */
static void say_nothing(void *arg, const char *format, ...)
{
	(void)arg;
	(void)format;
}

void xml_quiet(void)
{
	xmlSetGenericErrorFunc(NULL, say_nothing);
}

enum err xml_open(struct str bytes, struct diag *diag, struct xml_reader **ret)
{
	struct xml_reader *xml;

	enum err e;

	if (bytes.n == 0)
		return diag_set(diag, ERR_INPUT, "the XML is empty");
	if (bytes.n > LIMIT_ZIP_ENTRY_BYTES)
		return diag_set(diag, ERR_LIMIT, "the XML is longer than %zu MiB",
				LIMIT_ZIP_ENTRY_BYTES / MIB);
	e = judge(bytes, diag);
	if (e != ERR_OK)
		return e;
	xml_quiet();
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
		return diag_set(xml->diag, ERR_LIMIT, "%s", xml->too);
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
	case XML_READER_TYPE_DOCUMENT_TYPE: /* in a charset where it was not seen before */
		xml->failed = ERR_INPUT;
		memcpy(xml->failed_text, "DOCTYPE", sizeof("DOCTYPE"));
		return true;
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

/* Names, and texts of up to three bytes, are kept once each in a table that stops growing. */
static bool too_many_names(struct xml_reader *xml)
{
	const xmlNode *node = xml->node;

	if (node == NULL || xml->names_due-- > 0)
		return false;
	xml->names_due = NAMES_EVERY;
	return node->doc != NULL && node->doc->dict != NULL &&
	       xmlDictSize(node->doc->dict) > LIMIT_MARKUP_NAMES;
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
		xml->too = too_deep;
	} else if (too_many_names(xml)) {
		xml->failed = ERR_LIMIT;
		xml->too = too_many;
	}
	if (xml->failed != ERR_OK)
		return fail(xml);
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
