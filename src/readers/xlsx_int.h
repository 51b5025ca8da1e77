/* Parts of the XLSX reader: the workbook (xlsx.c) and its sheets (xlsx_sheet.c). */
#ifndef GONGKAI_READERS_XLSX_INT_H
#define GONGKAI_READERS_XLSX_INT_H

#include "doc/doc.h"
#include "format/xml.h"
#include "readers/opc.h"

#define XLSX_ROWS 1048576 /* of the format itself */
#define XLSX_COLS 16384
#define LIMIT_XLSX_STRINGS 4000000
#define LIMIT_XLSX_FORMATS 65536

/* How a number of a cell style is shown, as far as it changes what is read. */
enum xlsx_show { XLSX_PLAIN, XLSX_PERCENT, XLSX_DATE };

struct xlsx_format {
	uint32_t id;
	enum xlsx_show show;
	uint32_t decimals;
};

struct xlsx {
	struct arena *mem;
	struct diag *diag;
	struct doc *doc;
	struct str *strings; /* shared strings */
	size_t n_strings, cap_strings;
	struct xlsx_format *formats; /* custom number formats */
	size_t n_formats, cap_formats;
	struct xlsx_format *styles; /* by number of the cell style */
	size_t n_styles, cap_styles;
	unsigned hidden_sheets, hidden_lines, uncalculated;
};

/* Reads text of <si> or <is>, runs joined, phonetic hints left out, up to the element's end. */
MUST_USE enum err xlsx_rich_text(struct xml_reader *xml, struct buf *out);

/* One sheet into the document: a table, or paragraphs when it is one column of text. */
MUST_USE enum err xlsx_sheet_read(struct xlsx *x, struct str bytes, uint32_t sheet);

#endif
