/* report as JSON: what is refused, what is kept. */
#include "report/report.h"
#include "tests/unit/report_build.h"

#define MINIMAL                                                                                    \
	"{\"schema\":\"gongkai-report/"                                                            \
	"1\",\"body\":\"青禾县水务局\",\"year\":2023,\"form\":\"2021\","                     \
	"\"title\":\"t\",\"preamble\":\"p\\nq\",\"period\":{\"from\":\"2023-01-01\",\"to\":null}," \
	"\"basis\":[],\"contact\":{},\"signed\":null,\"published\":null,\"sections\":[]"

static enum err read_json(struct arena *mem, const char *text, struct diag *diag,
			  struct report **ret)
{
	return report_json_read(str_c(text), test_law(mem), mem, diag, ret);
}

TEST(cells_absent_blank_and_numbers_stay_different)
{
	AUTO(arena) mem = arena_new(16 * MIB);
	AUTO_BUF(out, MIB);
	struct diag diag = DIAG_INIT;
	struct report *r;
	const struct cell *cells;

	ASSERT_OK(read_json(
		mem,
		MINIMAL ",\"table3\":{\"columns\":[],\"rows\":{\"new\":[1,null,null,0,null,2,3]}},"
			"\"printed\":{\"table3.new.business\":\"\",\"table3.new.research\":\"/\","
			"\"table3.new.other_org\":\"２\"},"
			"\"corrected\":{\"table3.new.total\":{\"value\":4,\"by\":\"甲\",\"why\":"
			"\"漏加\"}}}",
		&diag, &r));
	cells = report_row(r, 3, STR("new"))->cells;
	ASSERT_INT(cells[0].kind, CELL_COUNT);
	ASSERT_INT(cells[1].kind, CELL_NULL);
	ASSERT_STR(cells[2].printed, "/");
	ASSERT_INT(cells[3].kind, CELL_COUNT);
	ASSERT_INT(cells[4].kind, CELL_ABSENT);
	ASSERT_TRUE(cells[5].has_printed && cells[5].count == 2);
	ASSERT_INT(r->corrections[0].count, 4);
	ASSERT_INT(r->n_preamble, 2);
	ASSERT_OK(report_json_write(r, &out));
	ASSERT_TRUE(str_has(buf_str(&out), STR("\"new\":[1,null,null,0,null,2,3]")));
	ASSERT_TRUE(str_has(buf_str(&out), STR("\"table3.new.total\":{\"value\":4")));
}

TEST(what_would_be_lost_or_cannot_be_is_refused)
{
	static const struct {
		const char *text, *word; /* a word of the message */
	} row[] = {
		{"[]", "schema"},
		{"{\"schema\":\"other/1\"}", "schema"},
		{MINIMAL ",\"colour\":1}", "colour"},
		{MINIMAL ",\"table3\":{\"columns\":[],\"rows\":{\"new\":[1]}}}", "7"},
		{MINIMAL ",\"table3\":{\"columns\":[],\"rows\":{\"news\":[1,1,1,1,1,1,1]}}}",
		 "news"},
		{MINIMAL ",\"table3\":{\"columns\":[],\"rows\":{\"new\":[1.5,1,1,1,1,1,1]}}}", ""},
		{MINIMAL ",\"table2\":{\"fee\":[12]}}", "amount"},
		{MINIMAL ",\"printed\":{\"table3.new.natural\":\"1\"}}", "table3.new.natural"},
		{MINIMAL ",\"table3\":{\"columns\":[],\"rows\":{\"new\":[5,0,0,0,0,0,5]}},"
			 "\"printed\":{\"table3.new.natural\":\"6件\"}}",
		 "natural"},
		{MINIMAL ",\"table3\":{\"columns\":[],\"rows\":{\"new\":[5,0,0,0,0,0,5]}},"
			 "\"corrected\":{\"table3.new.natural\":{\"value\":6}}}",
		 "why"},
		{"{\"schema\":\"gongkai-report/1\",\"year\":\"2023\"}", "year"},
		{"{\"schema\":\"gongkai-report/1\",\"year\":2023,\"form\":\"2022\"}", "form"},
		{"{\"schema\":\"gongkai-report/1\",\"signed\":\"2023-02-30\"}", "signed"},
		{"{\"schema\":\"gongkai-report/"
		 "1\",\"sections\":[{\"no\":7,\"heading\":\"\",\"text\":\"\"}]}",
		 "no"},
	};

	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		AUTO(arena) mem = arena_new(16 * MIB);
		struct diag diag = DIAG_INIT;
		struct report *r = NULL;

		if (read_json(mem, row[i].text, &diag, &r) != ERR_INPUT ||
		    strstr(diag.text, row[i].word) == NULL)
			fail_msg("%s gave \"%s\"", row[i].text, diag.text);
		ASSERT_TRUE(r == NULL);
	}
}

TEST(a_report_of_one_form_may_hold_rows_of_the_other)
{
	AUTO(arena) mem = arena_new(16 * MIB);
	AUTO_BUF(out, MIB);
	struct diag diag = DIAG_INIT;
	struct report *r;

	ASSERT_OK(read_json(
		mem,
		MINIMAL
		",\"table2\":{\"licence\":[7],\"fee\":[\"1.5\"]},\"table3\":{\"columns\":[],"
		"\"rows\":{\"total\":[1,1,1,1,1,1,1],\"other\":[0,0,0,0,0,0,0],"
		"\"carry_out\":[0,0,0,0,0,0,0],\"new\":[0,0,0,0,0,0,0]}}}",
		&diag, &r));
	ASSERT_STR(r->table3.rows[0].form->key, "new"); /* in the order of the form */
	ASSERT_STR(r->table3.rows[1].form->key, "other");
	ASSERT_STR(r->table3.rows[2].form->key, "total");
	ASSERT_OK(report_json_write(r, &out));
	ASSERT_TRUE(str_has(buf_str(&out), STR("\"table2\":{\"licence\":[7],\"fee\":[\"1.5\"]}")));
}

FAULT_TEST(json_survives_lost_memory, FAULT_ALLOC)
{
	AUTO(arena) mem = arena_new(16 * MIB);
	AUTO_BUF(out, MIB);
	struct report *r = NULL;
	const struct law *law;

	if (mem == NULL || law_load(NULL, mem, NULL, &law) != ERR_OK)
		return;
	if (report_json_read(STR(MINIMAL "}"), law, mem, NULL, &r) != ERR_OK)
		ASSERT_TRUE(r == NULL);
	else
		(void)!report_json_write(r, &out);
}
