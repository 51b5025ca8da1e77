/* The package that DOCX and XLSX share (Open Packaging Conventions): a zip whose parts are found
 * by following relationships, never by fixed names.  Private to the readers. */
#ifndef GONGKAI_READERS_OPC_H
#define GONGKAI_READERS_OPC_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/str.h"
#include "format/xml.h"
#include "format/zip.h"

struct opc_rel {
	struct str id;
	struct str type;   /* last step of the type's address: "styles", "worksheet" … */
	struct str target; /* path in the package, without a leading slash; empty when external */
};

struct opc_rels {
	struct opc_rel *items;
	size_t n, cap;
};

/* Relationships of a part ("" for the package itself).  A part without any has none: that is
 * no failure. */
MUST_USE enum err opc_rels_of(struct zipfile *zip, struct str part, struct arena *mem,
			      struct diag *diag, struct opc_rels *ret);
/* First of that type, or with that id; NULL when there is none. */
const struct opc_rel *opc_rel_type(const struct opc_rels *rels, struct str type);
const struct opc_rel *opc_rel_id(const struct opc_rels *rels, struct str id);

/* The part that the package is about: by relationship, else by its usual name, else by the
 * content types (the part whose type contains `content`, e.g. "wordprocessingml").  ERR_INPUT
 * when there is none. */
MUST_USE enum err opc_main(struct zipfile *zip, struct str usual, struct str content,
			   struct arena *mem, struct diag *diag, struct str *ret_part);

/* A copy as the document model wants text: no control characters but line breaks, no blanks at the
 * ends. */
MUST_USE enum err opc_text(struct arena *mem, struct str s, struct str *ret);

/* Title in the core properties, empty when there is none.  Damage there is no failure. */
MUST_USE enum err opc_title(struct zipfile *zip, struct arena *mem, struct str *ret);

/* Whether the element, or attribute's namespace, is of that vocabulary, be it transitional
 * (…/wordprocessingml/2006/main) or strict (…/wordprocessingml/main). */
bool opc_in(const struct xml_reader *xml, struct str vocabulary);
/* xsd:boolean and Word's on/off; `absent` when p == NULL, true for an empty value. */
bool opc_flag(struct str value, bool absent);
/* Decimal number, clipped to 0 … max; `otherwise` when it is none. */
uint32_t opc_number(struct str value, uint32_t max, uint32_t otherwise);

#endif
