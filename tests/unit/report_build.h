/* Report texts for tests, built with figures that differ in every cell, so that a value read
 * from a wrong place shows. */
#ifndef GONGKAI_TESTS_UNIT_REPORT_BUILD_H
#define GONGKAI_TESTS_UNIT_REPORT_BUILD_H

#include "base/buf.h"
#include "law/law.h"
#include "readers/readers.h"
#include "report/report_int.h"
#include "tests/test.h"

static inline const struct law *test_law(struct arena *mem)
{
	const struct law *law = NULL;
	struct diag diag = DIAG_INIT;

	if (law_load(NULL, mem, &diag, &law) != ERR_OK)
		fail_msg("%s", diag.text);
	return law;
}

/* Value of cell c in row r of table 3: adds up in no way, differs everywhere. */
static inline int test_value(size_t r, size_t c)
{
	return (int)(100 * (r + 1) + c);
}

/* The one report in a text; fails the test when there is none or several. */
static inline struct report *test_report_of(struct arena *mem, const struct law *law,
					    struct str text)
{
	struct read_env env = {.law = law};
	struct diag diag = DIAG_INIT;
	struct report_list list = {NULL, 0, NO_REPORT_NONE};
	struct doc *doc;

	ASSERT_OK(text_read(text, &env, mem, &diag, &doc));
	ASSERT_OK(report_recognise(doc, law, mem, &diag, &list));
	if (list.n != 1)
		fail_msg("%zu reports: %s", list.n, diag.text);
	return list.reports[0];
}

static inline int64_t test_cell(const struct report *r, int table, const char *row, const char *col)
{
	const struct cell *c = report_cell(r, table, str_c(row), str_c(col));

	return c != NULL && c->kind == CELL_COUNT ? c->count : -1;
}

#endif
