/* XML, read as a stream (over libxml2) and written with escaping.
 *
 * Reading opens nothing but the bytes given: no network, no DTD (a document with a DOCTYPE is
 * ERR_INPUT, so there are no entities to explode), no more than LIMIT_XML_DEPTH levels,
 * LIMIT_MARKUP_ATTRS attributes of an element and LIMIT_MARKUP_NAMES names.  Names are given
 * without their prefix and namespaces as the address they stand for, so that any prefix works. */
#ifndef GONGKAI_FORMAT_XML_H
#define GONGKAI_FORMAT_XML_H

#include "base/buf.h"
#include "base/diag.h"
#include "base/str.h"

enum xml_event {
	XML_END,   /* the document is read to its end */
	XML_OPEN,  /* an element begins; xml_name, xml_space, xml_attr speak of it */
	XML_CLOSE, /* an element ends, also one written <empty/>; xml_name is its name */
	XML_TEXT,  /* characters between tags, blank ones too; xml_text_here has them */
};

struct xml_reader;

/* Keeps libxml2 from writing to standard error; for those who call it themselves. */
void xml_quiet(void);

/* `bytes` must outlive the reader.  `diag` (may be NULL) gets the words of later failures. */
MUST_USE enum err xml_open(struct str bytes, struct diag *diag, struct xml_reader **ret);
void xml_free(struct xml_reader *xml);
AUTO_TYPE(xml_reader, xml_free);

/* Comments and processing instructions are stepped over.  ERR_INPUT: not well-formed (a cut
 * document too), with the line in the diag.  ERR_LIMIT: too deep. */
MUST_USE enum err xml_next(struct xml_reader *xml, enum xml_event *ret);
/* After XML_OPEN: on to the XML_CLOSE of the same element. */
MUST_USE enum err xml_skip(struct xml_reader *xml);

/* Views, valid until the next xml_next. */
struct str xml_name(const struct xml_reader *xml);  /* local name */
struct str xml_space(const struct xml_reader *xml); /* namespace, empty when there is none */
struct str xml_text_here(const struct xml_reader *xml);
/* Value of the first attribute of that local name, in any namespace; STR_NONE when it is not
 * there, an empty view with p != NULL when it is there and empty. */
struct str xml_attr(const struct xml_reader *xml, const char *local);
/* The same, only in that namespace ("" for attributes without a prefix). */
struct str xml_attr_in(const struct xml_reader *xml, const char *space, const char *local);
bool xml_is(const struct xml_reader *xml, const char *local);

unsigned xml_depth(const struct xml_reader *xml); /* 1 at the root element's XML_OPEN */
unsigned xml_line(const struct xml_reader *xml);  /* from 1 */

/* Writing.  Characters that XML 1.0 forbids are left out. */
void xml_put_text(struct buf *out, struct str s); /* & < > escaped */
void xml_put_attr(struct buf *out, struct str s); /* also " and line breaks; the quotes are yours */
/* ` name="value"`, blank in front. */
void xml_put_named(struct buf *out, const char *name, struct str value);

#endif
