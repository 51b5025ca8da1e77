/* Arbitrary bytes as a report in JSON: what is accepted is written and read again unchanged. */
#include <stdlib.h>

#include "law/law.h"
#include "report/report.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct law *the_law(void)
{
	static struct arena *mem; /* reachable for ever: no leak */
	static const struct law *law;

	if (mem == NULL) {
		mem = arena_new(16 * MIB);
		if (mem == NULL || law_load(NULL, mem, NULL, &law) != ERR_OK)
			abort();
	}
	return law;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO(arena) mem = arena_new(64 * MIB);
	AUTO_BUF(first, 16 * MIB);
	AUTO_BUF(second, 16 * MIB);
	struct report *report;

	if (mem == NULL || report_json_read(str_n((const char *)data, size), the_law(), mem, NULL,
					    &report) != ERR_OK)
		return 0;
	if (report_json_write(report, &first) != ERR_OK)
		return 0;
	if (report_json_read(buf_str(&first), the_law(), mem, NULL, &report) != ERR_OK ||
	    report_json_write(report, &second) != ERR_OK ||
	    !str_eq(buf_str(&first), buf_str(&second)))
		abort();
	return 0;
}
