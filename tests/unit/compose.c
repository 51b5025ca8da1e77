/* Composing: the official form of each year cell by cell, tables at their places, nothing said
 * twice, and the formulas of 核算 that balance. */
#include "law/law.h"
#include "report/report_int.h"
#include "tests/test.h"

#define TEST_BYTES (64 * MIB)

static const struct law *the_law(struct arena *mem)
{
	const struct law *law;

	ASSERT_OK(law_load(NULL, mem, NULL, &law));
	return law;
}

static const struct doc *blank(struct arena *mem, int year)
{
	struct report *report;
	struct doc *doc;

	ASSERT_OK(report_blank(the_law(mem), STR("云岭市青石县数据局"), year, mem, NULL, &report));
	ASSERT_OK(report_compose(report, mem, &doc));
	return doc;
}

/* Table 2, 3 or 4 of a document that has all three. */
static const struct doc_table *table_of(const struct doc *doc, int no)
{
	for (size_t i = 0; i < doc->n_blocks; i++)
		if (doc->blocks[i].kind == BLOCK_TABLE && no-- == 2)
			return doc->blocks[i].table;
	fail_msg("no such table");
	return NULL;
}

static void cell_is(const struct doc_table *t, uint32_t row, uint32_t col, uint32_t rowspan,
		    uint32_t colspan, const char *text)
{
	const struct doc_cell *c = doc_cell_at(t, row, col);

	ASSERT_TRUE(c != NULL);
	ASSERT_STR(c->text, text);
	ASSERT_INT(c->row, row);
	ASSERT_INT(c->col, col);
	ASSERT_INT(c->rowspan, rowspan);
	ASSERT_INT(c->colspan, colspan);
}

TEST(the_blank_form_is_six_headings_and_three_tables)
{
	static const struct {
		enum block_kind kind;
		const char *text;
	} want[] = {
		{BLOCK_PARA, "云岭市青石县数据局2025年政府信息公开工作年度报告"},
		{BLOCK_PARA, "一、总体情况"},
		{BLOCK_PARA, "二、主动公开政府信息情况"},
		{BLOCK_TABLE, ""},
		{BLOCK_PARA, "三、收到和处理政府信息公开申请情况"},
		{BLOCK_TABLE, ""},
		{BLOCK_PARA, "四、政府信息公开行政复议、行政诉讼情况"},
		{BLOCK_TABLE, ""},
		{BLOCK_PARA, "五、存在的主要问题及改进情况"},
		{BLOCK_PARA, "六、其他需要报告的事项"},
	};
	AUTO(arena) mem = arena_new(TEST_BYTES);
	const struct doc *doc = blank(mem, 2025);

	ASSERT_INT(doc->n_blocks, sizeof(want) / sizeof(*want));
	for (size_t i = 0; i < doc->n_blocks; i++) {
		ASSERT_INT(doc->blocks[i].kind, want[i].kind);
		ASSERT_STR(doc->blocks[i].text, want[i].text);
	}
}

TEST(table_2_of_2021)
{
	AUTO(arena) mem = arena_new(TEST_BYTES);
	const struct doc_table *t = table_of(blank(mem, 2025), 2);

	ASSERT_INT(t->cols, 4);
	ASSERT_INT(t->rows, 14);
	cell_is(t, 0, 0, 1, 4, "第二十条第（一）项");
	cell_is(t, 1, 0, 1, 1, "信息内容");
	cell_is(t, 1, 3, 1, 1, "现行有效件数");
	cell_is(t, 3, 0, 1, 1, "行政规范性文件");
	cell_is(t, 4, 0, 1, 4, "第二十条第（五）项");
	cell_is(t, 5, 1, 1, 3, "本年处理决定数量");
	cell_is(t, 6, 1, 1, 3, "");
	cell_is(t, 7, 0, 1, 4, "第二十条第（六）项");
	cell_is(t, 10, 0, 1, 1, "行政强制");
	cell_is(t, 12, 1, 1, 3, "本年收费金额（单位：万元）");
	cell_is(t, 13, 0, 1, 1, "行政事业性收费");
}

TEST(table_2_of_2019_halves_the_middle_column)
{
	AUTO(arena) mem = arena_new(TEST_BYTES);
	const struct doc_table *t = table_of(blank(mem, 2020), 2);

	ASSERT_INT(t->cols, 5);
	ASSERT_INT(t->rows, 18);
	cell_is(t, 1, 1, 1, 1, "本年新制作数量");
	cell_is(t, 1, 2, 1, 2, "本年新公开数量");
	cell_is(t, 1, 4, 1, 1, "对外公开总数量");
	cell_is(t, 7, 0, 1, 1, "其他对外管理服务事项");
	cell_is(t, 13, 1, 1, 2, "上一年项目数量");
	cell_is(t, 13, 3, 1, 2, "本年增/减");
	cell_is(t, 15, 0, 1, 5, "第二十条第（九）项");
	cell_is(t, 16, 3, 1, 2, "采购总金额");
	cell_is(t, 17, 3, 1, 2, "");
}

TEST(table_3_has_every_merged_cell_of_the_form)
{
	AUTO(arena) mem = arena_new(TEST_BYTES);
	const struct doc_table *t = table_of(blank(mem, 2025), 3);

	ASSERT_INT(t->cols, 10);
	ASSERT_INT(t->rows, 28);
	ASSERT_INT(t->header_rows, 3);
	cell_is(t, 0, 0, 3, 3,
		"（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）");
	cell_is(t, 0, 3, 1, 7, "申请人情况");
	cell_is(t, 1, 3, 2, 1, "自然人");
	cell_is(t, 1, 4, 1, 5, "法人或其他组织");
	cell_is(t, 1, 9, 2, 1, "总计");
	cell_is(t, 2, 8, 1, 1, "其他");
	cell_is(t, 3, 0, 1, 3, "一、本年新收政府信息公开申请数量");
	cell_is(t, 5, 0, 22, 1, "三、本年度办理结果");
	cell_is(t, 5, 1, 1, 2, "（一）予以公开");
	cell_is(t, 7, 1, 8, 1, "（三）不予公开");
	cell_is(t, 7, 2, 1, 1, "1.属于国家秘密");
	cell_is(t, 15, 1, 3, 1, "（四）无法提供");
	cell_is(t, 18, 1, 5, 1, "（五）不予处理");
	cell_is(t, 23, 1, 3, 1, "（六）其他处理");
	cell_is(t, 26, 1, 1, 2, "（七）总计");
	cell_is(t, 27, 0, 1, 3, "四、结转下年度继续办理");
	cell_is(t, 27, 9, 1, 1, "");
	t = table_of(blank(mem, 2019), 3);
	ASSERT_INT(t->rows, 26);
	cell_is(t, 5, 0, 20, 1, "三、本年度办理结果");
	cell_is(t, 23, 1, 1, 2, "（六）其他处理");
}

TEST(table_4_has_three_levels)
{
	AUTO(arena) mem = arena_new(TEST_BYTES);
	const struct doc_table *t = table_of(blank(mem, 2025), 4);

	ASSERT_INT(t->cols, 15);
	ASSERT_INT(t->rows, 4);
	cell_is(t, 0, 0, 1, 5, "行政复议");
	cell_is(t, 0, 5, 1, 10, "行政诉讼");
	cell_is(t, 1, 0, 2, 1, "结果维持");
	cell_is(t, 1, 5, 1, 5, "未经复议直接起诉");
	cell_is(t, 1, 10, 1, 5, "复议后起诉");
	cell_is(t, 2, 14, 1, 1, "总计");
	cell_is(t, 3, 14, 1, 1, "");
}

/* ---- a report with words and figures --------------------------------------------------- */

static const char sample[] =
	"{\"schema\":\"gongkai-report/1\",\"body\":\"云岭市青石县数据局\",\"year\":2025,"
	"\"form\":\"2021\",\"title\":\"\",\"preamble\":\"\","
	"\"period\":{\"from\":\"2025-01-01\",\"to\":\"2025-12-31\"},"
	"\"basis\":[\"国办公开办函〔2021〕30号\"],"
	"\"contact\":{\"address\":null,\"postcode\":null,\"phone\":\"0000-1234567\","
	"\"email\":null},\"signed\":\"2026-01-09\",\"published\":null,"
	"\"sections\":[{\"no\":1,\"heading\":\"一、总体情况\",\"text\":\"（一）主动公开\\n"
	"（二）依申请公开。本年收到3件。\"},"
	"{\"no\":4,\"heading\":\"四、复议情况\",\"text\":\"\"},"
	"{\"no\":6,\"heading\":\"六、其他\",\"text\":\"无。\"}],"
	"\"table2\":{\"fee\":[\"1.50\"]},"
	"\"table3\":{\"columns\":[\"natural\",\"business\",\"research\",\"public_welfare\","
	"\"legal_service\",\"other_org\",\"total\"],\"rows\":{"
	"\"new\":[3,0,0,0,0,0,3],\"carry_in\":[1,0,0,0,0,0,1],\"refuse.2\":[2,0,0,0,0,0,2],"
	"\"other\":[1,null,0,0,0,0,1],\"total\":[3,0,0,0,0,0,3],\"carry_out\":[1,0,0,0,0,0,1]}},"
	"\"table4\":{\"review\":[1,0,0,0,2]},"
	"\"printed\":{\"table3.other.business\":\"/\"},\"corrected\":{}}";

static struct report *from_json(struct arena *mem)
{
	struct report *report;

	ASSERT_OK(report_json_read(str_n(sample, sizeof(sample) - 1), the_law(mem), mem, NULL,
				   &report));
	return report;
}

TEST(rows_are_those_the_report_has_and_cells_as_printed)
{
	AUTO(arena) mem = arena_new(TEST_BYTES);
	struct report *report = from_json(mem);
	const struct doc_table *t;
	struct doc *doc;

	ASSERT_OK(report_compose(report, mem, &doc));
	t = table_of(doc, 2);
	ASSERT_INT(t->rows, 3);
	cell_is(t, 2, 1, 1, t->cols - 1, "1.50");
	t = table_of(doc, 3);
	ASSERT_INT(t->rows, 3 + 6);
	cell_is(t, 5, 0, 3, 1, "三、本年度办理结果");
	cell_is(t, 5, 1, 1, 1, "（三）不予公开");
	cell_is(t, 5, 2, 1, 1, "2.其他法律行政法规禁止公开");
	cell_is(t, 6, 1, 1, 2, "（六）其他处理"); /* the single row of 2019 in a report of 2021 */
	cell_is(t, 6, 4, 1, 1, "/");
	t = table_of(doc, 4);
	ASSERT_INT(t->cols, 5);
	ASSERT_INT(t->rows, 3);
	cell_is(t, 2, 4, 1, 1, "2");
}

TEST(tables_without_their_section_follow_the_last_earlier_one)
{
	static const struct {
		enum block_kind kind;
		enum para_style style;
		const char *text;
	} want[] = {
		{BLOCK_PARA, STYLE_TITLE, "云岭市青石县数据局2025年政府信息公开工作年度报告"},
		{BLOCK_PARA, STYLE_BODY,
		 "本报告根据《中华人民共和国政府信息公开条例》和国办公开办函〔2021〕30号编制。"
		 "本报告所列数据的统计期限自2025年1月1日起至2025年12月31日止。"
		 "如对本报告有疑问，请与本机关联系（电话：0000-1234567）。"},
		{BLOCK_PARA, STYLE_HEAD_1, "一、总体情况"},
		{BLOCK_PARA, STYLE_HEAD_2, "（一）主动公开"},
		{BLOCK_PARA, STYLE_BODY, "（二）依申请公开。本年收到3件。"},
		{BLOCK_TABLE, STYLE_BODY, ""},
		{BLOCK_TABLE, STYLE_BODY, ""},
		{BLOCK_PARA, STYLE_HEAD_1, "四、复议情况"},
		{BLOCK_TABLE, STYLE_BODY, ""},
		{BLOCK_PARA, STYLE_HEAD_1, "六、其他"},
		{BLOCK_PARA, STYLE_BODY, "无。"},
		{BLOCK_PARA, STYLE_DATE, "2026年1月9日"},
	};
	AUTO(arena) mem = arena_new(TEST_BYTES);
	struct doc *doc;

	ASSERT_OK(report_compose(from_json(mem), mem, &doc));
	ASSERT_INT(doc->n_blocks, sizeof(want) / sizeof(*want));
	for (size_t i = 0; i < doc->n_blocks; i++) {
		ASSERT_INT(doc->blocks[i].kind, want[i].kind);
		ASSERT_INT(doc->blocks[i].style, want[i].style);
		ASSERT_STR(doc->blocks[i].text, want[i].text);
	}
}

static void formula_is(const struct doc_table *t, uint32_t row, uint32_t col, const char *formula,
		       const char *value)
{
	const struct doc_cell *c = doc_cell_at(t, row, col);

	ASSERT_TRUE(c != NULL);
	ASSERT_STR(c->formula, formula);
	ASSERT_STR(c->text, value);
}

TEST(formulas_stand_only_beside_and_balance)
{
	AUTO(arena) mem = arena_new(TEST_BYTES);
	const struct doc_table *t, *side;
	struct doc *doc;

	ASSERT_OK(report_compose(from_json(mem), mem, &doc));
	t = table_of(doc, 3);
	for (size_t i = 0; i < t->n_cells; i++)
		ASSERT_TRUE(str_empty(t->cells[i].formula));
	side = t->beside;
	ASSERT_STR(doc_cell_at(side, 0, 0)->text, "核算");
	formula_is(side, 3, 1, "SUM(D4:I4)", "3");
	formula_is(side, 3, 2, "SUM(D4:I4)-N(J4)", "0");
	/* 自然人: 一＋二－（七）－四, and the results against （七） */
	formula_is(side, 11, 1, "+N(D4)+N(D5)-N(D8)-N(D9)", "0");
	formula_is(side, 11, 2, "+N(D6)+N(D7)-N(D8)", "0");
	/* 1 + 0 + 0 + 0 is not the printed 2 */
	formula_is(table_of(doc, 4)->beside, 2, 2, "SUM(A3:D3)-N(E3)", "-1");
}

FAULT_TEST(compose_survives, FAULT_ALLOC)
{
	AUTO(arena) mem = arena_new(TEST_BYTES);
	const struct law *law;
	struct report *report;
	struct doc *doc = NULL;

	if (mem == NULL || law_load(NULL, mem, NULL, &law) != ERR_OK)
		return;
	if (report_blank(law, STR("数据局"), 2025, mem, NULL, &report) != ERR_OK)
		return;
	ASSERT_TRUE((report_compose(report, mem, &doc) == ERR_OK) == (doc != NULL));
}
