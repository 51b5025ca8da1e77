/* OFD files: any bytes end in a document or an error.  Input that is no zip is taken for the
 * content of the only page of one, so that the inner parser is reached too. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "format/zip.h"
#include "law/law.h"
#include "readers/readers.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define NS "xmlns:ofd=\"http://www.ofdspec.org/2016\""

static struct str wrap(struct str page, struct buf *out)
{
	AUTO(zipout) zip = NULL;

	if (zipout_new(&zip) != ERR_OK)
		return STR_NONE;
	zipout_add(zip, "OFD.xml",
		   STR("<ofd:OFD " NS "><ofd:DocRoot>D/Document.xml</ofd:DocRoot></ofd:OFD>"));
	zipout_add(zip, "D/Document.xml",
		   STR("<ofd:Document " NS "><ofd:Page ID=\"1\" BaseLoc=\"P.xml\"/>"
		       "<ofd:TemplatePage ID=\"2\" BaseLoc=\"P.xml\"/></ofd:Document>"));
	zipout_add(zip, "D/P.xml", page);
	return zipout_end(zip, out) == ERR_OK ? buf_str(out) : STR_NONE;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct arena *volatile law_mem; /* kept in sight of the leak checker */
	static const struct law *law;
	AUTO(arena) mem = arena_new(LIMIT_DOC_MEMORY_BYTES);
	AUTO_BUF(out, 16 * MIB);
	struct str bytes = str_n((const char *)data, size);
	struct doc *doc = NULL;
	struct read_env env;

	if (law == NULL) {
		law_mem = arena_new(LIMIT_DOC_MEMORY_BYTES);
		if (law_mem == NULL || law_load(NULL, law_mem, NULL, &law) != ERR_OK)
			abort();
	}
	env = (struct read_env){.law = law};
	if (mem == NULL)
		return 0;
	if (!str_starts(bytes, STR("PK")))
		bytes = wrap(bytes, &out);
	if (ofd_read(bytes, &env, mem, NULL, &doc) != ERR_OK)
		return 0;
	for (size_t i = 0; i < doc->n_blocks; i++) {
		if (!utf8_valid(doc->blocks[i].text))
			abort();
	}
	return 0;
}
