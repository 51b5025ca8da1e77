/* Rules of form and arithmetic: each once violated, and silent on a clean report. */
#include "check_sample.h"

TEST(clean_report_gives_nothing)
{
	struct sample s;

	sample_begin(&s);
	sample_check(&s);
	for (size_t i = 0; i < s.found.n; i++)
		print_error(STR_FMT " " STR_FMT "\n", STR_ARG(s.found.items[i].rule),
			    STR_ARG(s.found.items[i].message));
	ASSERT_INT(s.found.n, 0);
	sample_end(&s);
}

TEST(arithmetic_of_table_3_points_at_columns_and_rows)
{
	expect_at("\"carry_out\":[2,0", "\"carry_out\":[3,0", "AR-T301", "table3.*.natural", "20");
	expect_at("\"open\":[9,1,0,0,0,0,10]", "\"open\":[9,2,0,0,0,0,11]", "AR-T302",
		  "table3.*.business", "3");
	expect_at("\"open\":[9,1,0,0,0,0,10]", "\"open\":[9,1,0,0,0,0,12]", "AR-T303",
		  "table3.open", "10");
}

TEST(blank_total_beside_parts_counts_as_zero)
{
	struct sample s;
	const struct finding *f;

	sample_begin(&s);
	sample_edit(&s, "\"open\":[9,1,0,0,0,0,10]", "\"open\":[9,1,0,0,0,0,null]");
	sample_edit(&s, "\"printed\":{}", "\"printed\":{\"table3.open.total\":\"\"}");
	sample_check(&s);
	f = sample_finding(&s, "AR-T303");
	assert_non_null(f);
	ASSERT_TRUE(f->has_printed && f->printed.n == 0);
	ASSERT_STR(f->expected, "10");
	ASSERT_STR(sample_finding(&s, "AR-T302")->where, "table3.*.total");
	ASSERT_STR(sample_finding(&s, "AR-T306")->where, "table3.open.total");
	sample_end(&s);
}

TEST(missing_row_is_named)
{
	expect_at("\"refuse.5\":[0,0,0,0,0,0,0],", "", "AR-T304", "table3.refuse.5", NULL);
	expect_at("\"penalty\":[5],", "", "AR-T201", "table2.penalty", NULL);
	expect_at(",\"after_review\":[0,0,0,0,0]", "", "AR-T404", "table4.after_review", NULL);
}

TEST(one_row_for_three_is_the_form_of_2019)
{
	struct sample s;

	sample_begin(&s);
	sample_edit(&s,
		    "\"other.1\":[0,0,0,0,0,0,0],\"other.2\":[1,0,0,0,0,0,1],"
		    "\"other.3\":[0,0,0,0,0,0,0],",
		    "\"other\":[1,0,0,0,0,0,1],");
	sample_check(&s);
	ASSERT_STR(sample_finding(&s, "AR-F01")->where, "table3.other");
	ASSERT_STR(sample_finding(&s, "AR-T304")->where, "table3.other.1");
	ASSERT_INT(s.found.n, 2);
	sample_end(&s);
}

TEST(table_4_and_table_2_are_checked)
{
	expect_at("\"review\":[1,0,0,1,2]", "\"review\":[1,0,0,2,2]", "AR-T401", "table4.review",
		  "3");
	expect_at("\"rules\":[0,0,0]", "\"rules\":[0,0,6]", "AR-T203", "table2.rules.in_force",
		  "0");
	expect_at("\"fee\":[\"0\"]", "\"fee\":[\"294000.00\"]", "AR-T204", "table2.fee.amount",
		  NULL);
}

TEST(what_is_no_number_is_told_from_blank)
{
	struct sample s;

	sample_begin(&s);
	sample_edit(&s, "\"coercion\":[0]", "\"coercion\":[null]");
	sample_edit(&s, "\"printed\":{}", "\"printed\":{\"table2.coercion.decisions\":\"12.5件\"}");
	sample_check(&s);
	ASSERT_STR(sample_finding(&s, "AR-T202")->where, "table2.coercion.decisions");
	ASSERT_TRUE(sample_finding(&s, "AR-T306") == NULL);
	sample_end(&s);
	sample_begin(&s);
	sample_edit(&s, "\"coercion\":[0]", "\"coercion\":[null]");
	sample_edit(&s, "\"printed\":{}", "\"printed\":{\"table2.coercion.decisions\":\"/\"}");
	sample_check(&s);
	ASSERT_STR(sample_finding(&s, "AR-T306")->where, "table2.coercion.decisions");
	ASSERT_INT(s.found.n, 1);
	sample_end(&s);
}

TEST(headings_and_sections)
{
	expect_at("二、主动公开政府信息情况", "二、制动公开政府信息情况", "AR-F03", "section.2",
		  "二、主动公开政府信息情况");
	expect_at("六、其他需要报告的事项", "六、其他需要报告的事项。", "AR-F03", "section.6",
		  NULL);
	expect_at("{\"no\":5,\"heading\":\"五、存在的主要问题及改进情况\","
		  "\"text\":\"存在的主要问题：解读形式较单一。\\n改进情况：增加图文解读。\"},",
		  "", "AR-F02", "section.5", "五、存在的主要问题及改进情况");
	expect_at("五、存在的主要问题及改进情况", "二、存在的主要问题及改进情况", "AR-F16",
		  "section.5", NULL);
}

TEST(title_period_and_basis)
{
	expect_at("2023年政府信息公开工作年度报告", "2023年政府信息公开工作报告", "AR-F04", "title",
		  "青禾县统计局2023年政府信息公开工作年度报告");
	expect_at("现编制青禾县统计局2023年", "现编制青禾县统计局2022年", "AR-F05", "preamble",
		  "2023");
	expect_at("\"to\":\"2023-12-31\"", "\"to\":\"2023-12-30\"", "AR-F06", "preamble", NULL);
	expect_at("\"basis\":[\"国办公开办函〔2021〕30号\"]",
		  "\"basis\":[\"国办公开办函〔2019〕60号\"]", "AR-F07", "preamble",
		  "国办公开办函〔2021〕30号");
	expect_at("\"basis\":[\"国办公开办函〔2021〕30号\"]",
		  "\"basis\":[\"国办公开办函[2021]30号\"]", "AR-F07", "preamble", NULL);
	expect_at("政府信息公开条例》", "政府信息公开条列》", "AR-F08", "preamble", NULL);
}

TEST(contact_and_name)
{
	expect_at("\"postcode\":\"223000\"", "\"postcode\":\"22300\"", "AR-F09", "contact", NULL);
	expect_at("\"phone\":\"0500-1234567\"", "\"phone\":null", "AR-F09", "contact", NULL);
	expect_at("现编制青禾县统计局", "现编制青禾县计统局", "AR-F09", "preamble", "青禾县统计局");
}

TEST(content_of_sections)
{
	expect_at("（四）平台建设情况。按月检查栏目更新。", "", "AR-F11", "section.1",
		  "政府信息公开平台建设");
	expect_at("\\n改进情况：增加图文解读。", "", "AR-F14", "section.5", NULL);
	expect_at("2023年未收取信息处理费。", "无。", "AR-F15", "section.6", NULL);
}

TEST(dates_against_the_limit)
{
	expect_at("\"published\":\"2024-01-25\"", "\"published\":\"2024-02-03\"", "AR-D01", "text",
		  "2024-01-31");
	expect_at("\"signed\":\"2024-01-19\"", "\"signed\":\"2023-12-28\"", "AR-D02", "text", NULL);
	expect_at("\"signed\":\"2024-01-19\"", "\"signed\":\"2024-01-30\"", "AR-D02", "text", NULL);
}

TEST(personal_data_is_found_and_masked)
{
	struct sample s;
	const struct finding *f;

	sample_begin(&s);
	sample_edit(&s, "严格执行先审后发。",
		    "公示张某，电话13912345678，身份证11010519491231002X。");
	sample_check(&s);
	f = sample_finding(&s, "AR-P01");
	assert_non_null(f);
	for (size_t i = 0; i < s.found.n; i++) {
		ASSERT_TRUE(!str_has(s.found.items[i].quote, STR("13912345678")));
		ASSERT_TRUE(!str_has(s.found.items[i].message, STR("11010519491231002X")));
		ASSERT_TRUE(!str_has(s.found.items[i].printed, STR("13912345678")));
	}
	ASSERT_INT(findings_count(&s.found, SEVERITY_ERROR), 2);
	sample_end(&s);
	expect_at("\"email\":null", "\"email\":\"lisi1988@example.cn\"", "AR-P02", "contact", NULL);
}

TEST(damaged_and_doubled_words)
{
	expect_at("严格执行先审后发。", "强化政务公工作考核。", "AR-S01", "section.1",
		  "政务公开工作");
	expect_at("严格执行先审后发。", "做好依申公开办理。", "AR-S01", "section.1", "依申请公开");
	expect_at("严格执行先审后发。", "公开计划资金资金分配结果。", "AR-S02", "section.1",
		  "资金");
	expect_silence("严格执行先审后发。",
		       "财政信息公开，县人民政府政府信息公开专栏，政府信息开放。");
}

TEST(previous_year_is_compared_by_column)
{
	struct sample s;
	struct check_input in;

	sample_begin(&s);
	in.report = sample_read(&s);
	/* last year: the same total, moved to another column */
	sample_edit(&s, "\"year\":2023", "\"year\":2022");
	sample_edit(&s, "\"carry_out\":[2,0,0,0,0,0,2]", "\"carry_out\":[0,1,0,0,0,0,1]");
	sample_edit(&s, "\"normative\":[3,1,12]", "\"normative\":[0,0,11]");
	sample_edit(&s, "\"review\":[1,0,0,1,2]", "\"review\":[0,0,0,3,3]");
	in.previous = sample_read(&s);
	ASSERT_OK(report_check(&in, s.mem, &s.found));
	ASSERT_STR(sample_finding(&s, "AR-T305")->where, "table3.carry_in.natural");
	ASSERT_STR(sample_finding(&s, "AR-T207")->expected, "13");
	ASSERT_STR(sample_finding(&s, "AR-T403")->where, "table4.review");
	sample_end(&s);
}

TEST(keys_are_stable_and_tell_findings_apart)
{
	struct sample a, b;

	sample_begin(&a);
	sample_edit(&a, "\"carry_out\":[2,0,0,0,0,0,2]", "\"carry_out\":[3,0,0,0,0,0,3]");
	sample_check(&a);
	sample_begin(&b);
	sample_edit(&b, "\"carry_out\":[2,0,0,0,0,0,2]", "\"carry_out\":[3,0,0,0,0,0,3]");
	sample_check(&b);
	ASSERT_INT(a.found.n, b.found.n);
	ASSERT_TRUE(a.found.n >= 2);
	for (size_t i = 0; i < a.found.n; i++) {
		ASSERT_STR_EQ(a.found.items[i].key, b.found.items[i].key);
		for (size_t k = 0; k < i; k++)
			ASSERT_TRUE(!str_eq(a.found.items[i].key, a.found.items[k].key));
	}
	sample_end(&a);
	sample_end(&b);
}

TEST(rule_table_is_in_order_and_cited)
{
	size_t n;
	const struct check_rule *rules = check_rules(&n);

	for (size_t i = 0; i < n; i++) {
		ASSERT_TRUE(rules[i].authority[0] && rules[i].summary[0]);
		ASSERT_TRUE(i == 0 || strcmp(rules[i - 1].id, rules[i].id) < 0);
	}
}

FAULT_TEST(check_survives_lost_memory, FAULT_ALLOC)
{
	AUTO(arena) mem = arena_new(64 * MIB);
	struct diag diag = DIAG_INIT;
	const struct law *law;
	struct report *report = NULL;
	struct findings found = {.n = 99};
	enum err e = mem ? law_load(NULL, mem, &diag, &law) : ERR_NOMEM;

	if (e == ERR_OK)
		e = report_json_read(str_c(sample_2021), law, mem, &diag, &report);
	if (e == ERR_OK)
		e = report_check(&(struct check_input){report, NULL}, mem, &found);
	ASSERT_TRUE((e == ERR_OK) == (found.n != 99));
}
