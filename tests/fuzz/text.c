/* Any bytes as text: an answer, never a crash, and a doc that keeps doc.h's promises. */
#include <stdlib.h>

#include "base/utf8.h"
#include "readers/readers.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_text(struct str s)
{
	if (!utf8_valid(s))
		abort();
	for (size_t i = 0; i < s.n; i++)
		if (((unsigned char)s.p[i] < 0x20 && s.p[i] != '\n') || s.p[i] == 0x7F)
			abort();
}

static void check_table(const struct doc_table *t)
{
	for (size_t i = 0; i < t->n_cells; i++) {
		const struct doc_cell *c = &t->cells[i];

		check_text(c->text);
		if (c->rowspan == 0 || c->colspan == 0 || c->row + c->rowspan > t->rows ||
		    c->col + c->colspan > t->cols || doc_cell_at(t, c->row, c->col) != c)
			abort();
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO(arena) mem = arena_new(LIMIT_DOC_MEMORY_BYTES);
	struct diag diag = DIAG_INIT;
	struct doc *doc;

	if (mem == NULL ||
	    text_read(str_n((const char *)data, size), NULL, mem, &diag, &doc) != ERR_OK)
		return 0;
	check_text(doc->title);
	check_text(doc->site);
	check_text(doc->published);
	for (size_t i = 0; i < doc->n_blocks; i++) {
		check_text(doc->blocks[i].text);
		if (doc->blocks[i].table != NULL)
			check_table(doc->blocks[i].table);
	}
	return 0;
}
