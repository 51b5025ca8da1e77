/* Arbitrary text through the text reader and the recogniser; what it finds can be written as
 * JSON and composed. */
#include <stdlib.h>

#include "law/law.h"
#include "readers/readers.h"
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
	struct read_env env = {.law = the_law()};
	struct report_list list;
	struct doc *doc;

	if (mem == NULL ||
	    text_read(str_n((const char *)data, size), &env, mem, NULL, &doc) != ERR_OK ||
	    report_recognise(doc, env.law, mem, NULL, &list) != ERR_OK)
		return 0;
	for (size_t i = 0; i < list.n; i++) {
		AUTO_BUF(out, 16 * MIB);
		struct report *again;
		struct doc *composed;

		if (report_json_write(list.reports[i], &out) == ERR_OK &&
		    report_json_read(buf_str(&out), env.law, mem, NULL, &again) != ERR_OK)
			abort(); /* what we write we must read */
		(void)!report_compose(list.reports[i], mem, &composed);
	}
	return 0;
}
