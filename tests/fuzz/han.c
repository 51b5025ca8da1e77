/* Folding, numerals and likeness of any bytes. */
#include "base/han.h"
#include "base/limits.h"
#include "base/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str s = str_n((const char *)data, size), folded, twice;
	struct arena *mem = arena_new(64 * MIB);
	int64_t value = 0;
	int like;

	if (mem != NULL && han_fold(mem, s, &folded) == ERR_OK) {
		if (!utf8_valid(folded))
			__builtin_trap();
		if (han_fold(mem, folded, &twice) == ERR_OK && !str_eq(folded, twice))
			__builtin_trap();
		like = han_likeness(str_sub(folded, 0, size / 2), str_from(folded, size / 2));
		if (like < 0 || like > 1000)
			__builtin_trap();
	}
	if (han_number(s, &value) > size || value < 0 || value > INT64_C(1) << 53)
		__builtin_trap();
	arena_free(mem);
	return 0;
}
