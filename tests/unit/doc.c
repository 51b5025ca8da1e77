/* doc: tables with spans that lie. */
#include "doc/doc.h"
#include "tests/test.h"

static void put(struct doc *doc, struct doc_table *t, uint32_t r, uint32_t c, uint32_t rs,
		uint32_t cs, const char *text)
{
	ASSERT_OK(doc_cell_add(
		doc, t,
		(struct doc_cell){
			.row = r, .col = c, .rowspan = rs, .colspan = cs, .text = str_c(text)}));
}

TEST(cells_are_found_by_place_under_spans)
{
	AUTO(arena) mem = arena_new(MIB);
	struct doc_table *t;
	struct doc *doc;

	ASSERT_OK(doc_new(mem, DOC_SOURCE_NONE, &doc));
	ASSERT_OK(doc_table_add(doc, TABLE_GRID, (struct place){0, 0}, &t));
	put(doc, t, 0, 0, 2, 1, "tall");
	put(doc, t, 0, 1, 1, 2, "wide");
	put(doc, t, 1, 1, 1, 1, "a");
	put(doc, t, 1, 2, 1, 1, "b");
	ASSERT_OK(doc_table_done(doc, t));
	ASSERT_STR(doc_cell_at(t, 1, 0)->text, "tall");
	ASSERT_STR(doc_cell_at(t, 0, 2)->text, "wide");
	ASSERT_STR(doc_cell_at(t, 1, 2)->text, "b");
	ASSERT_TRUE(doc_cell_at(t, 2, 0) == NULL);
}

TEST(absurd_and_overlapping_spans_are_cut)
{
	AUTO(arena) mem = arena_new(MIB);
	struct doc_table *t;
	struct doc *doc;

	ASSERT_OK(doc_new(mem, DOC_SOURCE_NONE, &doc));
	ASSERT_OK(doc_table_add(doc, TABLE_GRID, (struct place){0, 0}, &t));
	put(doc, t, 0, 0, 1000000000, 1, "deep");
	put(doc, t, 1, 0, 1, 1, "below");
	put(doc, t, 1, 1, 1, 1000000000, "broad");
	ASSERT_OK(doc_table_done(doc, t));
	ASSERT_INT(t->rows, 2);
	ASSERT_TRUE(t->cols <= LIMIT_TABLE_COLS);
	ASSERT_INT(t->cells[0].rowspan, 1);
	ASSERT_STR(doc_cell_at(t, 1, 0)->text, "below");
	ASSERT_ERR(doc_cell_add(doc, t, (struct doc_cell){.row = LIMIT_TABLE_ROWS}), ERR_LIMIT);
}
