/* diff and merge of reports. */
#include <stdio.h>

#include "report/diff.h"
#include "report/merge.h"
#include "tests/unit/report_build.h"

/* A report of one unit: `natural` in the first cell of table 3, text as given. */
static struct report *unit(struct arena *mem, const struct law *law, const char *body, int year,
			   int natural, const char *money, const char *text)
{
	AUTO_BUF(json, MIB);
	struct diag diag = DIAG_INIT;
	struct report *r;

	buf_fmt(&json,
		"{\"schema\":\"gongkai-report/"
		"1\",\"body\":\"%s\",\"year\":%d,\"form\":\"%d\",\"title\":\"%s\","
		"\"sections\":[{\"no\":1,\"heading\":\"一、总体情况\",\"text\":\"%s\"}],"
		"\"table2\":{%s},"
		"\"table3\":{\"columns\":[],\"rows\":{\"new\":[%d,0,0,0,0,null,%d]}},"
		"\"printed\":{\"table3.new.other_org\":\"\"}}",
		body, year, year < 2021 ? 2019 : 2021, body, text, money, natural, natural);
	if (report_json_read(buf_str(&json), law, mem, &diag, &r) != ERR_OK)
		fail_msg("%s", diag.text);
	return r;
}

TEST(a_report_does_not_differ_from_itself)
{
	AUTO(arena) mem = arena_new(16 * MIB);
	const struct report *a = unit(mem, test_law(mem), "甲局", 2023, 5, "", "一句。两句。");
	struct report_diff d;

	ASSERT_OK(report_diff(a, a, mem, &d));
	ASSERT_INT(d.n_cells, 0);
	ASSERT_INT(d.n_parts, 0);
	ASSERT_INT(d.likeness, 1000);
}

TEST(cells_and_sentences_that_differ_are_named)
{
	AUTO(arena) mem = arena_new(16 * MIB);
	const struct law *law = test_law(mem);
	const struct report *a = unit(mem, law, "甲局", 2022, 5, "", "第一句。第二句。第三句。");
	const struct report *b = unit(mem, law, "甲局", 2022, 6, "", "第一句。新的一句。第三句。");
	struct report_diff d;

	ASSERT_OK(report_diff(a, b, mem, &d));
	ASSERT_INT(d.n_cells, 2);
	ASSERT_STR(d.cells[0].where, "table3.new.natural");
	ASSERT_STR(d.cells[0].old_text, "5");
	ASSERT_STR(d.cells[0].new_text, "6");
	ASSERT_INT(d.n_parts, 1);
	ASSERT_STR(d.parts[0].where, "section.1");
	ASSERT_INT(d.parts[0].n, 2);
	ASSERT_TRUE(d.parts[0].sentences[0].removed);
	ASSERT_STR(d.parts[0].sentences[0].text, "第二句。");
	ASSERT_STR(d.parts[0].sentences[1].text, "新的一句。");
	ASSERT_TRUE(d.likeness > 500 && d.likeness < 1000);
}

/* Taking out what was removed and putting in what was added gives the new text. */
TEST(applying_a_diff_gives_the_target)
{
	static const char *const words[] = {"甲。", "乙。", "丙。", "丁。"};
	AUTO(arena) mem = arena_new(64 * MIB);
	const struct law *law = test_law(mem);

	for (unsigned seed = 0; seed < 200; seed++) {
		AUTO_BUF(from, 1000);
		AUTO_BUF(to, 1000);
		struct report_diff d;
		size_t removed = 0, added = 0, n_from = 1 + seed % 5, n_to = 1 + seed / 5 % 6;

		for (size_t i = 0; i < n_from; i++)
			buf_c(&from, words[(seed * 7 + i * i) % 4]);
		for (size_t i = 0; i < n_to; i++)
			buf_c(&to, words[(seed * 5 + i * 3) % 4]);
		buf_ch(&from, '\0');
		buf_ch(&to, '\0');
		ASSERT_OK(report_diff(unit(mem, law, "甲局", 2022, 1, "", from.p),
				      unit(mem, law, "甲局", 2022, 1, "", to.p), mem, &d));
		for (size_t i = 0; d.n_parts > 0 && i < d.parts[0].n; i++) {
			removed += d.parts[0].sentences[i].removed;
			added += !d.parts[0].sentences[i].removed;
		}
		ASSERT_INT((int)n_from - (int)removed + (int)added, (int)n_to);
	}
}

static struct merge_unit *named(struct merge *m, const char *name)
{
	for (size_t i = 0; i < m->n_units; i++)
		if (str_eq(m->units[i].name, str_c(name)))
			return &m->units[i];
	fail_msg("no unit %s", name);
	return NULL;
}

TEST(units_are_added_exactly_and_the_others_named)
{
	AUTO(arena) mem = arena_new(16 * MIB);
	const struct law *law = test_law(mem);
	struct diag diag = DIAG_INIT;
	struct merge m;

	ASSERT_OK(merge_begin(law, STR("青禾县人民政府"), 2023, mem, &diag, &m));
	ASSERT_OK(merge_add(&m, unit(mem, law, "甲局", 2023, 5, "\"fee\":[\"1.5\"]", ""), &diag));
	ASSERT_OK(merge_add(&m, unit(mem, law, "乙局", 2023, 7, "\"fee\":[\"0.25\"]", ""), &diag));
	ASSERT_OK(merge_add(&m, unit(mem, law, "乙局", 2023, 7, "", ""), &diag));
	ASSERT_OK(merge_add(&m, unit(mem, law, "丙局", 2022, 9, "", ""), &diag));
	ASSERT_OK(merge_unread(&m, STR("x.pdf"), STR("a scan")));
	ASSERT_OK(merge_list(&m, STR("\xEF\xBB\xBF甲局\r\n# 注\n\n丁局\n乙局")));
	ASSERT_OK(merge_end(&m));
	ASSERT_INT(test_cell(m.sum, 3, "new", "natural"), 12);
	ASSERT_INT(test_cell(m.sum, 3, "new", "total"), 12);
	ASSERT_STR(report_cell(m.sum, 2, STR("fee"), STR("amount"))->amount, "1.75");
	ASSERT_INT(report_cell(m.sum, 3, STR("new"), STR("other_org"))->kind, CELL_ABSENT);
	ASSERT_INT(m.n_added, 2);
	ASSERT_INT(named(&m, "丙局")->fate, MERGE_OTHER_YEAR);
	ASSERT_INT(named(&m, "丁局")->fate, MERGE_MISSING);
	ASSERT_INT(m.units[2].fate, MERGE_TWICE);
	ASSERT_INT(named(&m, "x.pdf")->fate, MERGE_UNREADABLE);
}

TEST(money_is_added_only_where_its_unit_is_known)
{
	AUTO(arena) mem = arena_new(16 * MIB);
	const struct law *law = test_law(mem);
	struct diag diag = DIAG_INIT;
	struct merge m;

	ASSERT_OK(merge_begin(law, STR("青禾县人民政府"), 2020, mem, &diag, &m));
	ASSERT_OK(merge_add(&m,
			    unit(mem, law, "甲局", 2020, 1,
				 "\"procurement\":[1,\"2500.50\"],\"procurement_unit\":\"元\"", ""),
			    &diag));
	ASSERT_OK(merge_add(&m,
			    unit(mem, law, "乙局", 2020, 1,
				 "\"procurement\":[2,\"1.5\"],\"procurement_unit\":\"万元\"", ""),
			    &diag));
	ASSERT_OK(merge_add(&m,
			    unit(mem, law, "丙局", 2020, 1,
				 "\"procurement\":[4,\"300\"],\"procurement_unit\":null", ""),
			    &diag));
	ASSERT_STR(report_cell(m.sum, 2, STR("procurement"), STR("amount"))->amount, "17500.50");
	ASSERT_INT(test_cell(m.sum, 2, "procurement", "items"), 7);
	ASSERT_TRUE(named(&m, "丙局")->note.n > 0);
}

TEST(a_stated_total_that_differs_is_found_cell_by_cell)
{
	AUTO(arena) mem = arena_new(16 * MIB);
	const struct law *law = test_law(mem);
	struct diag diag = DIAG_INIT;
	struct findings f;
	struct merge m;

	ASSERT_OK(merge_begin(law, STR("青禾县人民政府"), 2023, mem, &diag, &m));
	ASSERT_OK(merge_add(&m, unit(mem, law, "甲局", 2023, 5, "\"fee\":[\"1.50\"]", ""), &diag));
	ASSERT_OK(merge_against(&m, unit(mem, law, "青禾县", 2023, 5, "\"fee\":[\"1.51\"]", ""),
				mem, &f));
	ASSERT_INT(f.n, 0);
	ASSERT_OK(merge_against(&m, unit(mem, law, "青禾县", 2023, 6, "\"fee\":[\"1.53\"]", ""),
				mem, &f));
	ASSERT_INT(f.n, 3);
	ASSERT_STR(f.items[0].rule, "AR-G01");
	ASSERT_STR(f.items[0].where, "table2.fee.amount");
	ASSERT_STR(f.items[1].where, "table3.new.natural");
	ASSERT_STR(f.items[1].printed, "6");
	ASSERT_STR(f.items[1].expected, "5");
}

TEST(a_sum_beyond_exact_numbers_is_refused)
{
	AUTO(arena) mem = arena_new(16 * MIB);
	const struct law *law = test_law(mem);
	struct diag diag = DIAG_INIT;
	struct merge m;

	ASSERT_OK(merge_begin(law, STR("青禾县人民政府"), 2023, mem, &diag, &m));
	ASSERT_ERR(merge_add(&m,
			     unit(mem, law, "甲局", 2023, 1, "\"fee\":[\"9999999999999999\"]", ""),
			     &diag),
		   ERR_LIMIT);
	ASSERT_ERR(merge_begin(law, STR("青禾县人民政府"), 2015, mem, &diag, &m), ERR_ABSENT);
}
