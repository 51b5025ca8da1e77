/* Any bytes as a container: every member is unpacked within the limits. */
#include "format/zip.h"
#include "base/limits.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO(arena) mem = arena_new(LIMIT_DOC_MEMORY_BYTES);
	AUTO(zipfile) zip = NULL;
	struct diag diag = DIAG_INIT;
	struct str bytes;

	if (mem == NULL || zipfile_open(str_n((const char *)data, size), &diag, &zip) != ERR_OK)
		return 0;
	for (size_t i = 0; i < zipfile_count(zip) && i < 16; i++) {
		(void)zipfile_find(zip, zipfile_name(zip, i));
		if (zipfile_read(zip, i, mem, &diag, &bytes) != ERR_OK)
			break;
	}
	return 0;
}
