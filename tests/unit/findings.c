/* Findings for people and programs. */
#include "report/findings.h"

#include "base/utf8.h"
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

TEST(why_a_file_was_not_read_is_said_in_chinese)
{
	AUTO(arena) mem = arena_new(MIB);
	struct str said;

	ASSERT_OK(reason_zh(STR("holds no annual report on government information disclosure"), mem,
			    &said));
	ASSERT_STR(said, "文件中没有政府信息公开工作年度报告（holds no annual report on government "
			 "information disclosure）");
	ASSERT_OK(reason_zh(STR("something new"), mem, &said));
	ASSERT_STR(said, "文件无法读取（something new）");
	ASSERT_OK(reason_zh(STR(""), mem, &said));
	ASSERT_STR(said, "文件无法读取");
}

/* Characters of four bytes fill the room of a message before its number of characters does. */
TEST(a_message_cut_off_ends_in_a_whole_character)
{
	for (size_t shift = 0; shift < 4; shift++) {
		char title[2048];
		size_t n = shift;
		struct sample s;

		memset(title, 'a', shift);
		while (n + 4 < sizeof(title)) {
			memcpy(title + n, "𠀀", 4);
			n += 4;
		}
		title[n] = '\0';
		sample_begin(&s);
		sample_edit(&s, "\"title\":\"青禾县统计局2023年政府信息公开", "\"title\":\"@");
		sample_edit(&s, "@", title);
		sample_check(&s);
		assert_non_null(sample_finding(&s, "AR-F04"));
		for (size_t i = 0; i < s.found.n; i++)
			ASSERT_TRUE(utf8_valid(s.found.items[i].message));
		sample_end(&s);
	}
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

/* The block of the composed report that holds `text`. */
static const struct doc_block *block_with(const struct doc *doc, struct str text)
{
	for (size_t i = 0; i < doc->n_blocks; i++)
		if (doc->blocks[i].kind == BLOCK_PARA && doc->blocks[i].style == STYLE_BODY &&
		    str_has(doc->blocks[i].text, text))
			return &doc->blocks[i];
	return NULL;
}

/* A lost character in the contact, whose words also begin the title, and a total whose digits
 * stand earlier in the same paragraph: both are marked where they are. */
TEST(marks_cover_what_is_meant_in_its_own_place)
{
	struct sample s;
	struct report *report;
	struct doc *doc = NULL;
	const struct doc_mark *name = NULL, *total = NULL;
	const struct doc_block *preamble, *first;
	struct str lost = STR("青禾县统计");

	sample_begin(&s);
	sample_edit(&s, "要求，", "要求，编号58-1，");
	sample_edit(&s, "（一）主动公开情况。全年",
		    "（一）主动公开情况。统计局第58号文印发，158处落实，全年");
	sample_edit(&s, "现编制青禾县统计局2023年政府信息公开工作年度报告。",
		    "如有疑问，请与青禾县统计信息公开办公室联系（电话：0500-1234567）。");
	report = sample_read(&s);
	s.found = (struct findings){.mem = s.mem};
	s.found.n = s.found.cap = 2;
	s.found.items = ARENA_ARRAY(s.mem, struct finding, 2);
	assert_non_null(s.found.items);
	s.found.items[0] =
		(struct finding){.rule = STR("AR-F09"),
				 .where = STR("contact"),
				 .printed = lost,
				 .expected = STR("青禾县统计局"),
				 .quote = STR("如有疑问，请与青禾县统计信息公开办公室联系")};
	s.found.items[1] =
		(struct finding){.rule = STR("AR-X04"),
				 .where = STR("section.1"),
				 .printed = STR("58"),
				 .expected = STR("59"),
				 .quote = STR("全年主动公开政府信息58条，其中工作动态30条")};
	ASSERT_OK(report_marked_doc(report, &s.found, SEVERITY_INFO, s.mem, &doc));
	preamble = block_with(doc, STR("如有疑问"));
	first = block_with(doc, STR("第58号文"));
	assert_non_null(preamble);
	assert_non_null(first);
	name = preamble->marks;
	total = first->marks;
	assert_non_null(name);
	assert_non_null(total);
	ASSERT_STR(name->quote, "青禾县统计");
	ASSERT_INT(name->quote.p - preamble->text.p,
		   str_find(preamble->text, STR("青禾县统计信"), 0));
	ASSERT_STR(total->quote, "58条");
	ASSERT_INT(total->quote.p - first->text.p, str_find(first->text, STR("58条"), 0));
	sample_end(&s);
}

TEST(a_mark_that_is_a_slice_of_the_text_stands_at_that_slice)
{
	struct sample s;
	struct doc *doc = NULL;
	struct doc_mark mark = {.id = STR("f1"), .label = STR("1"), .level = STR("error")};
	struct write_env env = {.title = STR("核对意见")};
	AUTO_BUF(out, MIB);

	sample_begin(&s);
	ASSERT_OK(doc_new(s.mem, DOC_SOURCE_NONE, &doc));
	ASSERT_OK(doc_para(doc, STYLE_BODY, STR("5件在前，5件在后"), (struct place){0, 0}));
	mark.quote = str_sub(doc->blocks[0].text, str_rfind(doc->blocks[0].text, STR("5件")), 4);
	doc->blocks[0].marks = &mark;
	ASSERT_OK(html_write(doc, &env, NULL, &out));
	ASSERT_TRUE(str_has(buf_str(&out), STR("5件在前，<mark")));
	sample_end(&s);
}
