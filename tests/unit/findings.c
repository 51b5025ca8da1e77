/* Findings for people and programs. */
#include "report/findings.h"

#include "check_sample.h"
#include "format/json.h"
#include "writers/writers.h"

static struct findings_of broken(struct sample *s)
{
	struct findings_of of = {.file = STR("年报 1.docx")};
	struct report *report;

	sample_begin(s);
	sample_edit(s, "\"carry_out\":[2,0,0,0,0,0,2]", "\"carry_out\":[3,0,0,0,0,0,3]");
	sample_edit(s, "无法提供2件", "无法提供5件");
	sample_edit(s, "二、主动公开政府信息情况", "二、制动公开政府信息情况");
	report = sample_read(s);
	ASSERT_OK(report_check(&(struct check_input){report, NULL}, s->mem, &s->found));
	of.report = report;
	of.findings = &s->found;
	return of;
}

TEST(json_has_the_shape_of_the_contract)
{
	struct sample s;
	struct findings_of of = broken(&s);
	struct findings_summary sum = {.files = 1, .errors = 3};
	AUTO_BUF(out, MIB);
	AUTO(json_tree) tree = NULL;
	const struct json_value *report, *first;
	struct str text;
	bool readable;

	ASSERT_OK(findings_json_begin(&out));
	ASSERT_OK(findings_json(&of, SEVERITY_INFO, &out));
	ASSERT_OK(findings_json_end(&sum, &out));
	ASSERT_OK(json_parse(buf_str(&out), NULL, &tree));
	ASSERT_TRUE(json_str(json_get(json_root(tree), "schema"), &text));
	ASSERT_STR(text, "gongkai-findings/1");
	report = json_at(json_get(json_root(tree), "reports"), 0);
	ASSERT_TRUE(json_bool(json_get(report, "readable"), &readable) && readable);
	ASSERT_INT(json_len(json_get(report, "findings")), s.found.n);
	first = json_first(json_get(report, "findings"));
	ASSERT_TRUE(json_str(json_get(first, "rule"), &text));
	ASSERT_STR(text, "AR-F03");
	ASSERT_INT(json_len(first), 9);
	sample_end(&s);
}

TEST(min_leaves_out_and_unreadable_is_said)
{
	struct sample s;
	struct findings_of of = broken(&s);
	struct findings_of lost = {.file = STR("坏.pdf"), .reason = STR("encrypted")};
	AUTO_BUF(out, MIB);

	ASSERT_OK(findings_text(&of, SEVERITY_ERROR, false, &out));
	ASSERT_TRUE(!str_has(buf_str(&out), STR("AR-F03")));
	ASSERT_TRUE(str_has(buf_str(&out), STR("AR-T301")));
	ASSERT_TRUE(!str_has(buf_str(&out), STR("\033")));
	buf_clear(&out);
	ASSERT_OK(findings_text(&lost, SEVERITY_INFO, true, &out));
	ASSERT_TRUE(str_has(buf_str(&out), STR("未能读取：encrypted")));
	buf_clear(&out);
	ASSERT_OK(findings_csv(&of, SEVERITY_INFO, &out));
	ASSERT_TRUE(str_has(buf_str(&out), STR("AR-T301,error,table3.*.natural,")));
	sample_end(&s);
}

TEST(blank_cells_are_listed_by_table)
{
	struct sample s;
	struct findings_of of = {.file = STR("x")};
	struct report *report;
	AUTO_BUF(out, MIB);

	sample_begin(&s);
	sample_edit(&s, "\"refuse.2\":[0,0,0,0,0,0,0]", "\"refuse.2\":[null,null,null,0,0,0,0]");
	sample_edit(&s, "\"printed\":{}",
		    "\"printed\":{\"table3.refuse.2.natural\":\"\","
		    "\"table3.refuse.2.business\":\"\",\"table3.refuse.2.research\":\"/\"}");
	report = sample_read(&s);
	ASSERT_OK(report_check(&(struct check_input){report, NULL}, s.mem, &s.found));
	of.report = report;
	of.findings = &s.found;
	ASSERT_INT(s.found.n, 3);
	ASSERT_OK(findings_text(&of, SEVERITY_INFO, false, &out));
	ASSERT_TRUE(str_has(buf_str(&out), STR("有 3 格没有填数字")));
	sample_end(&s);
}

TEST(marked_page_links_both_ways)
{
	struct sample s;
	struct findings_of of = broken(&s);
	struct write_env env = {.title = STR("核对意见")};
	struct doc *doc = NULL;
	AUTO_BUF(out, MIB);

	ASSERT_OK(report_marked_doc(of.report, of.findings, SEVERITY_INFO, s.mem, &doc));
	ASSERT_OK(html_write(doc, &env, NULL, &out));
	for (size_t i = 1; i <= s.found.n; i++) {
		struct str id;

		ASSERT_OK(arena_fmt(s.mem, &id, "id=\"f%zu\"", i));
		ASSERT_TRUE(str_has(buf_str(&out), id));
		ASSERT_OK(arena_fmt(s.mem, &id, "id=\"at-f%zu\"", i));
		if (!str_has(buf_str(&out), id))
			fail_msg(STR_FMT " " STR_FMT " is marked nowhere", STR_ARG(id),
				 STR_ARG(s.found.items[i - 1].where));
	}
	sample_end(&s);
}
