/* Any bytes in any declared charset (the first line): valid UTF-8 without control characters. */
#include <stdlib.h>

#include "base/utf8.h"
#include "readers/readers.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO(arena) mem = arena_new(LIMIT_DOC_MEMORY_BYTES);
	struct str rest = str_n((const char *)data, size), declared, text, note;

	if (mem == NULL || !str_split(&rest, '\n', &declared) ||
	    charset_decode(rest, declared, mem, NULL, &text, &note) != ERR_OK)
		return 0;
	if (!utf8_valid(text) || !utf8_valid(note))
		abort();
	for (size_t i = 0; i < text.n; i++)
		if (((unsigned char)text.p[i] < 0x20 && text.p[i] != '\n' && text.p[i] != '\t') ||
		    text.p[i] == 0x7F)
			abort();
	return 0;
}
