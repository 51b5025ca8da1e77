/* Any bytes have a kind, and a kind has a name. */
#include <stdlib.h>

#include "readers/readers.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (file_kind_name(file_sniff(str_n((const char *)data, size))) == NULL)
		abort();
	return 0;
}
