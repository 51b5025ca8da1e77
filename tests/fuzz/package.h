/* For the DOCX and XLSX targets: the bytes as a whole container, or (a first byte below 32) as the
 * text of parts in a container that is sound, parted by NUL, so that mutation meets the reader and
 * not the checksums. */
#ifndef GONGKAI_TESTS_FUZZ_PACKAGE_H
#define GONGKAI_TESTS_FUZZ_PACKAGE_H

#include <stdlib.h>

#include "base/limits.h"
#include "base/utf8.h"
#include "format/zip.h"
#include "readers/readers.h"

static inline struct str fuzz_package(struct str bytes, const char *const *names, struct buf *out)
{
	AUTO(zipout) zip = NULL;
	struct str part;

	if (bytes.n == 0 || (unsigned char)bytes.p[0] >= 32)
		return bytes;
	bytes = str_from(bytes, 1);
	if (zipout_new(&zip) != ERR_OK)
		return STR_NONE;
	for (; *names != NULL && str_split(&bytes, '\0', &part); names++)
		zipout_add(zip, *names, part);
	return zipout_end(zip, out) == ERR_OK ? buf_str(out) : STR_NONE;
}

static inline void fuzz_text(struct str s)
{
	if (!utf8_valid(s))
		abort();
	for (size_t i = 0; i < s.n; i++)
		if (((unsigned char)s.p[i] < 0x20 && s.p[i] != '\n') || s.p[i] == 0x7f)
			abort();
}

/* What every reader owes to a doc: clean text, no two cells on one place, nothing outside of the
 * table. */
static inline void fuzz_doc(const struct doc *doc)
{
	fuzz_text(doc->title);
	for (size_t i = 0; i < doc->n_blocks; i++) {
		const struct doc_table *t = doc->blocks[i].table;

		fuzz_text(doc->blocks[i].text);
		for (size_t c = 0; t != NULL && c < t->n_cells; c++) {
			const struct doc_cell *cell = &t->cells[c];

			fuzz_text(cell->text);
			if (cell->rowspan == 0 || cell->colspan == 0 ||
			    cell->row + cell->rowspan > t->rows ||
			    cell->col + cell->colspan > t->cols ||
			    (t->n_cells < 2000 && doc_cell_at(t, cell->row, cell->col) != cell))
				abort();
		}
	}
}

#endif
