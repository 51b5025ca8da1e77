/* The layout that pdftotext gives, and all that is made of it: any bytes end in a document or an
 * error, within the limits, and every table of the document holds together. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "law/law.h"
#include "readers/boxes.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_table(const struct doc_table *t)
{
	for (size_t i = 0; i < t->n_cells; i++) {
		const struct doc_cell *c = &t->cells[i];

		if (!utf8_valid(c->text) || doc_cell_at(t, c->row, c->col) != c)
			abort();
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct arena *volatile law_mem; /* kept in sight of the leak checker */
	static const struct law *law;
	AUTO(arena) mem = arena_new(LIMIT_DOC_MEMORY_BYTES);
	struct boxes boxes = {.mem = mem};
	struct doc *doc = NULL;
	struct read_env env;

	if (law == NULL) {
		law_mem = arena_new(LIMIT_DOC_MEMORY_BYTES);
		if (law_mem == NULL || law_load(NULL, law_mem, NULL, &law) != ERR_OK)
			abort();
	}
	env = (struct read_env){.law = law};
	if (mem == NULL || boxes_parse(str_n((const char *)data, size), &boxes, NULL) != ERR_OK ||
	    doc_new(mem, DOC_SOURCE_PDF, &doc) != ERR_OK ||
	    boxes_layout(&boxes, &env, doc) != ERR_OK)
		return 0;
	for (size_t i = 0; i < doc->n_blocks; i++) {
		if (doc->blocks[i].kind == BLOCK_TABLE)
			check_table(doc->blocks[i].table);
		else if (!utf8_valid(doc->blocks[i].text))
			abort();
	}
	return 0;
}
