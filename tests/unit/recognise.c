/* recognise: shapes in which reports come, and what is no report. */
#include <stdio.h>

#include "base/utf8.h"
#include "tests/unit/report_build.h"

static const char head[] =
	"青禾县水务局2023年政府信息公开工作年度报告\n"
	"本报告所列数据的统计期限自2023年1月1日起至12月31日止，"
	"依据国办公开办函〔2021〕30号编制。（地址：青禾县河西路1号；邮编：100000；"
	"电话：010-00000000）\n"
	"一、总体情况\n全年平稳。\n二、主动公开政府信息情况\n";

static void put_table3(struct buf *out, const struct form *form, const char *between,
		       const char *skip)
{
	for (size_t r = 0; r < form->table3.n_rows; r++) {
		const struct form_row *row = &form->table3.rows[r];

		if (!str_eq(row->key, str_c(skip)))
			buf_add(out, row->label);
		for (size_t c = 0; c < row->n_cols; c++)
			buf_fmt(out, "%s%d", between, test_value(r, c));
		buf_ch(out, '\n');
	}
}

static void assert_table3(const struct report *report, const struct form *form)
{
	ASSERT_INT(report->table3.n_rows, form->table3.n_rows);
	for (size_t r = 0; r < form->table3.n_rows; r++)
		for (size_t c = 0; c < 7; c++)
			ASSERT_INT(report->table3.rows[r].cells[c].count, test_value(r, c));
}

static const struct form *form_2021(const struct law *law)
{
	return law_form_by_id(law, STR("2021"));
}

/* Copied out of a viewer: rows on a line each, or every cell on a line of its own. */
TEST(tables_are_found_in_loose_lines)
{
	static const char *const between[] = {" ", "\t", "\n"};

	for (size_t i = 0; i < 3; i++) {
		AUTO(arena) mem = arena_new(64 * MIB);
		AUTO_BUF(text, MIB);
		const struct law *law = test_law(mem);
		const struct report *report;

		buf_c(&text, head);
		buf_c(&text, "三、收到和处理政府信息公开申请情况\n");
		put_table3(&text, form_2021(law), between[i], "-");
		buf_c(&text,
		      "四、政府信息公开行政复议、行政诉讼情况\n无。\n青禾县水务局\n2024年1月9日\n");
		report = test_report_of(mem, law, buf_str(&text));
		assert_table3(report, form_2021(law));
		ASSERT_INT(report->signed_on.day, 9);
		ASSERT_STR(report->signer, "青禾县水务局");
	}
}

TEST(a_row_that_lost_its_label_is_placed_by_its_neighbours)
{
	AUTO(arena) mem = arena_new(64 * MIB);
	AUTO_BUF(text, MIB);
	const struct law *law = test_law(mem);
	const struct report *report;

	buf_c(&text, head);
	buf_c(&text, "三、收到和处理政府信息公开申请情况\n");
	put_table3(&text, form_2021(law), " ", "refuse.4");
	report = test_report_of(mem, law, buf_str(&text));
	assert_table3(report, form_2021(law));
	ASSERT_TRUE(!report->table3.untrusted);
}

TEST(a_row_that_nobody_can_place_makes_the_table_untrusted)
{
	AUTO(arena) mem = arena_new(64 * MIB);
	AUTO_BUF(text, MIB);
	const struct law *law = test_law(mem);
	const struct report *report;

	buf_c(&text, head);
	buf_c(&text, "三、收到和处理政府信息公开申请情况\n");
	put_table3(&text, form_2021(law), " ", "-");
	buf_c(&text, "7 7 7 7 7 7 7\n"); /* behind the last row: no place is left */
	report = test_report_of(mem, law, buf_str(&text));
	ASSERT_TRUE(report->table3.untrusted);
	ASSERT_INT(report->n_notes, 1);
	ASSERT_STR(report->notes[0].rule, "AR-R13");
}

TEST(title_year_and_body_in_many_orders)
{
	static const struct {
		const char *title, *body;
		int year;
	} row[] = {
		{"青禾县水务局2023年政府信息公开工作年度报告", "青禾县水务局", 2023},
		{"2022年青禾县水务局政府信息公开工作年度报告", "青禾县水务局", 2022},
		{"青禾县人民政府信息公开工作年度报告（2021年）", "青禾县人民政府", 2021},
		{"关于青禾县水务局2023年度政府信息公开工作的年度报告", "青禾县水务局", 2023},
		{"青禾县水务局二〇二三年政府信息公开工作年度报告", "青禾县水务局", 2023},
		{"青禾县水务局\n2023年政府信息公开工作年度报告", "青禾县水务局", 2023},
		{"青禾县水务局2023年政府信息\n公开工作年度报告", "青禾县水务局", 2023},
		{"青禾县水务局２０２３年政务公开工作年度报告", "青禾县水务局", 2023},
	};

	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		AUTO(arena) mem = arena_new(64 * MIB);
		AUTO_BUF(text, MIB);
		const struct law *law = test_law(mem);
		const struct report *report;

		buf_fmt(&text, "首页\n政府信息公开年报\n%s\n根据规定编制本报告。\n", row[i].title);
		for (int no = 0; no < FORM_SECTIONS; no++)
			buf_fmt(&text, STR_FMT "、" STR_FMT "\n文字。\n",
				STR_ARG(law_headings(law)[no].ordinal),
				STR_ARG(law_headings(law)[no].label));
		report = test_report_of(mem, law, buf_str(&text));
		ASSERT_STR(report->body, row[i].body);
		ASSERT_INT(report->year, row[i].year);
	}
}

static struct report_list reports_in(struct arena *mem, const struct law *law, const char *text,
				     struct diag *diag)
{
	struct read_env env = {.law = law};
	struct report_list list;
	struct doc *doc;

	ASSERT_OK(text_read(str_c(text), &env, mem, diag, &doc));
	ASSERT_OK(report_recognise(doc, law, mem, diag, &list));
	return list;
}

TEST(what_holds_no_report_is_said_and_no_cell_is_invented)
{
	static const struct {
		const char *text;
		enum no_report why;
	} row[] = {
		{"今日天气\n晴。\n", NO_REPORT_NONE},
		{"青禾县水务局2021年政府信息公开工作年度报告\n青禾县水务局2022年政府信息公开工作年"
		 "度报告\n",
		 NO_REPORT_NONE},
		{"青禾县委网信办2023年政府信息公开工作年度报告\n一年来，工作平稳。\n一、总体情况\n"
		 "公开信息若干。\n"
		 "二、主动公开政府信息情况\n做得不少。\n",
		 NO_REPORT_TEXTONLY},
	};

	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		AUTO(arena) mem = arena_new(64 * MIB);
		struct diag diag = DIAG_INIT;
		struct report_list list = reports_in(mem, test_law(mem), row[i].text, &diag);

		ASSERT_INT(list.n, 0);
		ASSERT_INT(list.why, row[i].why);
		ASSERT_TRUE(diag.text[0] != '\0');
	}
}

TEST(a_report_before_2019_has_text_and_no_tables)
{
	AUTO(arena) mem = arena_new(64 * MIB);
	struct diag diag = DIAG_INIT;
	struct report_list list =
		reports_in(mem, test_law(mem),
			   "青禾县水务局2015年政府信息公开工作年度报告\n"
			   "根据《中华人民共和国政府信息公开条例》编制本报告。\n"
			   "一、概述\n全年公开政府信息35条。\n二、存在的问题\n尚有不足。\n",
			   &diag);

	ASSERT_INT(list.n, 1);
	ASSERT_INT(list.reports[0]->form_kind, REPORT_FORM_OLDER);
	ASSERT_TRUE(!list.reports[0]->table3.present);
	ASSERT_INT(list.reports[0]->n_sections, 2);
}

TEST(two_reports_in_one_file_are_two)
{
	AUTO(arena) mem = arena_new(64 * MIB);
	AUTO_BUF(text, MIB);
	const struct law *law = test_law(mem);
	struct diag diag = DIAG_INIT;
	struct report_list list;

	for (int year = 2022; year <= 2023; year++) {
		buf_fmt(&text, "青禾县水务局%d年政府信息公开工作年度报告\n本报告依规编制。\n",
			year);
		for (int no = 0; no < FORM_SECTIONS; no++) {
			buf_fmt(&text, STR_FMT "、" STR_FMT "\n文字。\n",
				STR_ARG(law_headings(law)[no].ordinal),
				STR_ARG(law_headings(law)[no].label));
			if (no == 2)
				put_table3(&text, form_2021(law), " ", "-");
		}
		buf_fmt(&text, "青禾县水务局\n%d年1月9日\n", year + 1);
	}
	buf_ch(&text, '\0');
	list = reports_in(mem, law, text.p, &diag);
	ASSERT_INT(list.n, 2);
	for (int i = 0; i < 2; i++) {
		ASSERT_INT(list.reports[i]->year, 2022 + i);
		ASSERT_STR(list.reports[i]->body, "青禾县水务局");
		ASSERT_INT(utf8_count(list.reports[i]->title), 23);
		ASSERT_INT(list.reports[i]->n_sections, 6);
		ASSERT_STR(list.reports[i]->notes[0].rule, "AR-R11");
		assert_table3(list.reports[i], form_2021(law));
	}
}

TEST(a_table_of_contents_is_not_the_text)
{
	AUTO(arena) mem = arena_new(64 * MIB);
	AUTO_BUF(text, MIB);
	const struct law *law = test_law(mem);
	const struct report *report;

	buf_c(&text, "青禾县水务局2023年政府信息公开工作年度报告\n目录\n");
	for (int round = 0; round < 2; round++)
		for (int no = 0; no < FORM_SECTIONS; no++)
			buf_fmt(&text, STR_FMT "、" STR_FMT "\n%s",
				STR_ARG(law_headings(law)[no].ordinal),
				STR_ARG(law_headings(law)[no].label),
				round ? "这里是文字。\n" : "");
	report = test_report_of(mem, law, buf_str(&text));
	ASSERT_INT(report->n_sections, 6);
	ASSERT_INT(report->sections[0].n_paras, 1);
}

TEST(lists_inside_a_section_stay_its_text)
{
	AUTO(arena) mem = arena_new(64 * MIB);
	AUTO_BUF(text, MIB);
	const struct law *law = test_law(mem);
	const struct report *report;

	buf_c(&text, head);
	buf_c(&text,
	      "三、收到和处理政府信息公开申请情况\n无。\n四、政府信息公开行政复议、行政诉讼情况\n无"
	      "。\n"
	      "五、存在的主要问题及改进情况\n一、人手不足\n二、更新不够及时\n下一步将改进。\n"
	      "六、其他需要报告的事项：无。\n");
	report = test_report_of(mem, law, buf_str(&text));
	ASSERT_INT(report->n_sections, 6);
	ASSERT_INT(report_section(report, 5)->n_paras, 3);
	ASSERT_STR(report_section(report, 6)->heading, "六、其他需要报告的事项");
	ASSERT_STR(report_section(report, 6)->paras[0].text, "无。");
	ASSERT_STR(report->basis[0], "国办公开办函〔2021〕30号");
	ASSERT_STR(report->contact_phone, "010-00000000");
	ASSERT_INT(report->period_to.month, 12);
}

TEST(cells_keep_what_is_printed)
{
	static const struct {
		const char *printed;
		enum col_kind kind;
		enum cell_kind want;
		int64_t count;
		const char *amount;
		bool plain;
	} row[] = {
		{"0", COL_COUNT, CELL_COUNT, 0, "", true},
		{" 12 ", COL_COUNT, CELL_COUNT, 12, "", true},
		{"", COL_COUNT, CELL_NULL, 0, "", false},
		{"/", COL_COUNT, CELL_NULL, 0, "", false},
		{"—", COL_COUNT, CELL_NULL, 0, "", false},
		{"无", COL_COUNT, CELL_NULL, 0, "", false},
		{"１，２３４", COL_COUNT, CELL_COUNT, 1234, "", false},
		{"1,234,567", COL_COUNT, CELL_COUNT, 1234567, "", false},
		{"12,34", COL_COUNT, CELL_NULL, 0, "", false},
		{"0 0", COL_COUNT, CELL_NULL, 0, "", false},
		{"22（其中修订16件）", COL_COUNT, CELL_COUNT, 22, "", false},
		{"35件", COL_COUNT, CELL_COUNT, 35, "", false},
		{"12.5", COL_COUNT, CELL_NULL, 0, "", false},
		{"12.0", COL_COUNT, CELL_COUNT, 12, "", false},
		{"+3", COL_SIGNED, CELL_COUNT, 3, "", false},
		{"-2", COL_SIGNED, CELL_COUNT, -2, "", true},
		{"增加3", COL_SIGNED, CELL_COUNT, 3, "", false},
		{"减少2", COL_SIGNED, CELL_COUNT, -2, "", false},
		{"294000.00", COL_AMOUNT, CELL_AMOUNT, 0, "294000.00", true},
		{"251000元", COL_AMOUNT, CELL_AMOUNT, 0, "251000", false},
		{"1,234.5万元", COL_AMOUNT, CELL_AMOUNT, 0, "1234.5", false},
		{"99999999999999999999", COL_COUNT, CELL_NULL, 0, "", false},
		{"属于国家秘密", COL_COUNT, CELL_NULL, 0, "", false},
	};
	AUTO(arena) mem = arena_new(MIB);

	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		struct cell c;

		ASSERT_OK(cell_set(&c, str_c(row[i].printed), row[i].kind, (struct place){0, 0},
				   mem));
		if (c.kind != row[i].want || c.count != row[i].count ||
		    !str_eq(c.amount, str_c(row[i].amount)) || c.has_printed == row[i].plain)
			fail_msg("%s: kind %d count %d", row[i].printed, c.kind, (int)c.count);
	}
}

static const char three[] = "三、收到和处理政府信息公开申请情况\n";
static const char four[] = "四、政府信息公开行政复议、行政诉讼情况\n";

static const struct report *report_with(struct arena *mem, const struct law *law, const char *front,
					const char *section, const struct buf *body)
{
	AUTO_BUF(text, MIB);

	buf_c(&text, head);
	buf_c(&text, front);
	buf_c(&text, section);
	buf_add(&text, buf_str(body));
	buf_c(&text, "五、存在的主要问题及改进情况\n文字。\n六、其他需要报告的事项\n文字。\n");
	return test_report_of(mem, law, buf_str(&text));
}

/* 总计 first: the header says which figure is whose. */
TEST(columns_in_another_order_follow_their_header)
{
	AUTO(arena) mem = arena_new(64 * MIB);
	AUTO_BUF(body, MIB);
	const struct law *law = test_law(mem);
	const struct form *form = form_2021(law);

	buf_c(&body, "项目\t总计\t自然人\t商业企业\t科研机构\t社会公益组织\t法律服务机构\t其他\n");
	for (size_t r = 0; r < form->table3.n_rows; r++) {
		buf_add(&body, form->table3.rows[r].label);
		buf_fmt(&body, "\t%d", test_value(r, 6));
		for (size_t c = 0; c < 6; c++)
			buf_fmt(&body, "\t%d", test_value(r, c));
		buf_ch(&body, '\n');
	}
	assert_table3(report_with(mem, law, "", three, &body), form);
}

/* A column of nothing behind the last, and blanks at both ends of rows. */
TEST(blanks_at_both_ends_do_not_shift_a_row)
{
	AUTO(arena) mem = arena_new(64 * MIB);
	AUTO_BUF(body, MIB);
	const struct law *law = test_law(mem);
	const struct form *form = form_2021(law);
	const struct report *report;

	buf_c(&body, "\t自然人\t商业企业\t科研机构\t社会公益组织\t法律服务机构\t其他\t总计\t\n");
	for (size_t r = 0; r < form->table3.n_rows; r++) {
		buf_add(&body, form->table3.rows[r].label);
		buf_c(&body, "\t\t4\t\t\t\t\t\t\n");
	}
	report = report_with(mem, law, "", three, &body);
	ASSERT_INT(report->table3.n_rows, form->table3.n_rows);
	for (size_t r = 0; r < form->table3.n_rows; r++)
		for (size_t c = 0; c < 7; c++)
			ASSERT_INT(report->table3.rows[r].cells[c].count, c == 1 ? 4 : 0);
}

TEST(labels_with_marks_of_notes_and_words_for_nothing)
{
	AUTO(arena) mem = arena_new(64 * MIB);
	AUTO_BUF(body, MIB);
	const struct law *law = test_law(mem);
	const struct form *form = form_2021(law);
	const struct report *report;

	for (size_t r = 0; r < form->table3.n_rows; r++) {
		buf_add(&body, form->table3.rows[r].label);
		buf_c(&body, "①\t零\t零\t零\t5\t－－\t－－\t5\n");
	}
	report = report_with(mem, law, "", three, &body);
	ASSERT_INT(report->table3.n_rows, form->table3.n_rows);
	ASSERT_INT(report->table3.rows[4].cells[3].count, 5);
	ASSERT_TRUE(report->table3.rows[4].cells[0].kind == CELL_NULL);
	ASSERT_STR(report->table3.rows[4].cells[0].printed, "零");
}

/* One group a row, a group with a header of its own, two groups side by side. */
TEST(table_4_in_pieces_is_one)
{
	static const char *const shape[] = {
		"类别\t结果维持\t结果纠正\t其他结果\t尚未审结\t总计\n"
		"行政复议\t1\t2\t3\t4\t10\n未经复议直接起诉\t2\t0\t0\t0\t2\n"
		"复议后起诉\t0\t0\t0\t7\t7\n",
		"行政复议\t\t\t\t\n结果维持\t结果纠正\t其他结果\t尚未审结\t总计\n"
		"1\t2\t3\t4\t10\n"
		"未经复议直接起诉\t\t\t\t\t复议后起诉\t\t\t\t\n"
		"结果维持\t结果纠正\t其他结果\t尚未审结\t总计\t"
		"结果维持\t结果纠正\t其他结果\t尚未审结\t总计\n"
		"2\t0\t0\t0\t2\t0\t0\t0\t7\t7\n",
	};

	for (size_t i = 0; i < sizeof(shape) / sizeof(shape[0]); i++) {
		AUTO(arena) mem = arena_new(64 * MIB);
		AUTO_BUF(body, MIB);
		const struct law *law = test_law(mem);
		const struct report *report;

		if (i == 1) { /* two grids: text with tabs keeps columns only when rows agree */
			struct str all = str_c(shape[1]);
			size_t cut = str_find(all, STR("未经"), 0);

			buf_add(&body, str_sub(all, 0, cut));
			buf_c(&body, "附：\n\n");
			buf_add(&body, str_from(all, cut));
		} else {
			buf_c(&body, shape[i]);
		}
		report = report_with(mem, law, "", four, &body);
		ASSERT_INT(report->table4.n_rows, 3);
		ASSERT_INT(report_cell(report, 4, STR("review"), STR("pending"))->count, 4);
		ASSERT_INT(report_cell(report, 4, STR("direct"), STR("upheld"))->count, 2);
		ASSERT_INT(report_cell(report, 4, STR("after_review"), STR("total"))->count, 7);
		ASSERT_TRUE(!report->table4.untrusted);
	}
}

/* Blanks that went with the layout: what is left is not shifted, the table is not trusted. */
TEST(figures_that_lost_their_blanks_are_not_guessed)
{
	static const struct {
		const char *front, *section, *body;
		int table;
	} row[] = {
		{"第二十条第（一）项\n信息内容\n规范性文件\n3\n4\n8\n规章\n9\n", "", "", 2},
		{"", three, "勾稽关系\n（一）予以公开\n3\n3\n（二）部分公开\n1\n1\n", 3},
		{"", four, "结果维持\n结果纠正\n1\n1\n", 4},
		{"", three,
		 "（一）予以公开 1 0 0 0 0 0 1\n属于什么都不是的 2 0 0 0 0 0 2\n"
		 "（七）总计 3 0 0 0 0 0 3\n",
		 3},
		{"", three, /* a row in two lines of half its figures each */
		 "（一）予以公开 1 0 0 0 0 0 1\n（二）部分公开 0 0 0 0\n情形 0 0 0\n"
		 "（七）总计 1 0 0 0 0 0 1\n",
		 3},
		{"", three, /* whose figures these are only the lost places of the header tell */
		 "项目\t总计\t自然人\t法人或其他组织\n商业企业\t科研机构\t社会公益组织\t法律服务机"
		 "构"
		 "\t其他\n（一）予以公开\t1\t1\t0\t0\t0\t0\t0\n（七）总计\t1\t1\t0\t0\t0\t0\t0\n",
		 3},
		{"", four, "结果 结果 其他 尚未\n维持 纠正 结果 审结\n1 1 2 1 3\n", 4},
	};

	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		AUTO(arena) mem = arena_new(64 * MIB);
		AUTO_BUF(body, MIB);
		const struct law *law = test_law(mem);
		const struct report *report;

		buf_c(&body, row[i].body);
		report = report_with(mem, law, row[i].front, row[i].section, &body);
		if (!report_table(report, row[i].table)->untrusted || report->n_notes == 0)
			fail_msg("case %d is trusted", (int)i);
		ASSERT_TRUE(report_row(report, 2, STR("rules")) == NULL);
	}
}

/* | between cells without any line of dashes: empty cells count. */
TEST(bars_without_an_alignment_row_are_cells)
{
	AUTO(arena) mem = arena_new(64 * MIB);
	AUTO_BUF(body, MIB);
	const struct law *law = test_law(mem);
	const struct report *report;

	buf_c(&body, "三、本年度办理结果|（一）予以公开|5||2||||7\n"
		     "（七）总计|5||2||||7\n四、结转下年度继续办理||||||1|1\n");
	report = report_with(mem, law, "", three, &body);
	ASSERT_INT(report_cell(report, 3, STR("open"), STR("research"))->count, 2);
	ASSERT_INT(report_cell(report, 3, STR("open"), STR("total"))->count, 7);
	ASSERT_INT(report_cell(report, 3, STR("carry_out"), STR("other_org"))->count, 1);
}

/* A label broken over two lines is that of the row its end stands in. */
TEST(labels_over_two_lines_are_whole)
{
	AUTO(arena) mem = arena_new(64 * MIB);
	AUTO_BUF(body, MIB);
	const struct law *law = test_law(mem);
	const struct report *report;

	buf_c(&body, "一、本年新收政府信\n息公开申请数量\t1\t2\t3\t4\t5\t6\t21\n"
		     "三、本年度办理结果\t（一）予以\n公开\t5\t0\t2\t0\t0\t0\t7\n"
		     "（七）总计\t5\t0\t2\t0\t0\t0\t7\n");
	report = report_with(mem, law, "第二十条第（五）项\n行政许可|12\n行政处罚|3\n", three,
			     &body);
	ASSERT_INT(report_cell(report, 3, STR("new"), STR("total"))->count, 21);
	ASSERT_INT(report_cell(report, 3, STR("open"), STR("research"))->count, 2);
	ASSERT_INT(report_cell(report, 2, STR("licence"), STR("decisions"))->count, 12);
}

/* What a browser prints at the head of each page is the title again, and no other report. */
TEST(a_running_title_begins_no_report)
{
	AUTO(arena) mem = arena_new(64 * MIB);
	AUTO_BUF(text, MIB);
	const struct law *law = test_law(mem);
	struct diag diag = DIAG_INIT;
	struct report_list list;

	buf_c(&text, head);
	buf_c(&text, three);
	put_table3(&text, form_2021(law), " ", "-");
	buf_c(&text, "青禾县水务局2023年政府信息公开工作年度报告\n");
	buf_c(&text, four);
	buf_c(&text,
	      "文字。\n五、存在的主要问题及改进情况\n文字。\n六、其他需要报告的事项\n文字。\n");
	buf_ch(&text, '\0');
	list = reports_in(mem, law, text.p, &diag);
	ASSERT_INT(list.n, 1);
	ASSERT_INT(list.reports[0]->n_sections, 6);
	assert_table3(list.reports[0], form_2021(law));
}

FAULT_TEST(recognise_survives_lost_memory, FAULT_ALLOC)
{
	AUTO(arena) mem = arena_new(64 * MIB);
	struct read_env env;
	struct report_list list = {NULL, 0, NO_REPORT_NONE};
	const struct law *law;
	struct doc *doc;

	if (mem == NULL || law_load(NULL, mem, NULL, &law) != ERR_OK)
		return;
	env = (struct read_env){.law = law};
	if (text_read(str_c(head), &env, mem, NULL, &doc) != ERR_OK)
		return;
	if (report_recognise(doc, law, mem, NULL, &list) != ERR_OK)
		ASSERT_INT(list.n, 0);
}
