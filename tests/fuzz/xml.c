/* Any bytes as XML: what opens closes, and what we write of it is well-formed again. */
#include <stdlib.h>

#include "base/limits.h"
#include "format/xml.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static enum err pass(struct str bytes, struct buf *out)
{
	AUTO(xml_reader) xml = NULL;
	enum xml_event event = XML_OPEN;
	unsigned open = 0;
	enum err e = xml_open(bytes, NULL, &xml);

	while (e == ERR_OK && event != XML_END) {
		e = xml_next(xml, &event);
		if (e != ERR_OK)
			return e;
		if (event == XML_OPEN) {
			open++;
			buf_add(out, STR("<a"));
			xml_put_named(out, "v", xml_attr(xml, "v"));
			buf_ch(out, '>');
		} else if (event == XML_CLOSE) {
			open--;
			buf_add(out, STR("</a>"));
		} else if (event == XML_TEXT) {
			xml_put_text(out, xml_text_here(xml));
		}
		if (open != xml_depth(xml))
			abort();
	}
	if (e == ERR_OK && open != 0)
		abort();
	return e;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO_BUF(out, LIMIT_ZIP_ENTRY_BYTES);
	AUTO_BUF(again, LIMIT_ZIP_ENTRY_BYTES);

	if (pass(str_n((const char *)data, size), &out) != ERR_OK || buf_end(&out) != ERR_OK)
		return 0;
	if (pass(buf_str(&out), &again) != ERR_OK || !str_eq(buf_str(&out), buf_str(&again)))
		abort();
	return 0;
}
