/* Any bytes as a XLSX, whole or as the texts of its parts. */
#include <stdlib.h>

#include "tests/fuzz/package.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const names[] = {
		"xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels",
		"xl/sharedStrings.xml",     "xl/styles.xml",   NULL,
	};
	AUTO(arena) mem = arena_new(LIMIT_DOC_MEMORY_BYTES);
	AUTO_BUF(out, LIMIT_FILE_BYTES);
	struct read_env env = {NULL, NULL};
	struct diag diag = DIAG_INIT;
	struct doc *doc = NULL;
	struct str bytes = fuzz_package(str_n((const char *)data, size), names, &out);

	if (mem != NULL && xlsx_read(bytes, &env, mem, &diag, &doc) == ERR_OK)
		fuzz_doc(doc);
	return 0;
}
