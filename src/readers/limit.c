/* Which limit a document has passed: told from how far it came. */
#include "readers/limit.h"

enum err reader_limit(const struct doc *doc, const char *what, struct diag *diag)
{
	static const char advice[] = "give the report alone";
	size_t tables = 0;

	for (size_t i = 0; i < doc->n_blocks; i++)
		tables += doc->blocks[i].kind == BLOCK_TABLE;
	if (doc->n_blocks >= LIMIT_DOC_BLOCKS)
		return diag_set(diag, ERR_LIMIT, "%s has more than %d paragraphs; %s", what,
				LIMIT_DOC_BLOCKS, advice);
	if (tables >= LIMIT_TABLES)
		return diag_set(diag, ERR_LIMIT, "%s has more than %d tables; %s", what,
				LIMIT_TABLES, advice);
	if (arena_used(doc->mem) > LIMIT_DOC_MEMORY_BYTES * 7 / 8)
		return diag_set(diag, ERR_LIMIT, "%s needs more than %zu MiB of memory; %s", what,
				LIMIT_DOC_MEMORY_BYTES / MIB, advice);
	return diag_set(diag, ERR_LIMIT,
			"%s has a table of more than %d rows, %d columns or %d cells, a paragraph "
			"of more than %zu MiB, or needs more than %zu MiB of memory; %s",
			what, LIMIT_TABLE_ROWS, LIMIT_TABLE_COLS, LIMIT_TABLE_CELLS,
			LIMIT_PARA_BYTES / MIB, LIMIT_DOC_MEMORY_BYTES / MIB, advice);
}
