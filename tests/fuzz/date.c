/* Dates in any text. */
#include "calendar/date.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str s = str_n((const char *)data, size);
	char text[DATE_TEXT_BYTES];
	struct date d, again;
	size_t n = date_parse_zh(s, &d);

	if (n > size || (n > 0 && !date_valid(d)))
		__builtin_trap();
	if (n > 0 &&
	    (date_parse(str_c(date_text(d, text)), &again) != ERR_OK || date_cmp(d, again) != 0))
		__builtin_trap();
	if (date_parse(s, &again) == ERR_OK && !date_valid(again))
		__builtin_trap();
	return 0;
}
