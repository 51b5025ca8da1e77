/* Text in all its shapes -> blocks. */
#include "readers/readers.h"
#include "tests/test.h"
#include "tests/unit/doc_print.h"

static struct doc *text(struct arena *mem, struct str bytes)
{
	struct doc *doc = NULL;
	struct diag diag = DIAG_INIT;

	if (text_read(bytes, NULL, mem, &diag, &doc) != ERR_OK)
		fail_msg("%s", diag.text);
	return doc;
}

static void expect(const char *bytes, const char *want)
{
	AUTO(arena) mem = arena_new(LIMIT_DOC_MEMORY_BYTES);

	ASSERT_STR(doc_print(mem, text(mem, str_c(bytes))), want);
}

TEST(a_line_is_a_paragraph)
{
	expect("一、总体情况\r\n\r\n　　第一行\n第二 行  \n",
	       "1 一、总体情况\n3 第一行\n4 第二 行\n");
	expect("甲   乙   丙\n1    2    3\n", "1 甲   乙   丙\n2 1    2    3\n");
	expect("# 标题", "1 #标题\n");
	expect("", "");
}

TEST(flattened_tables_keep_blank_cells)
{
	expect("前\n\t项\n\n\t\n\t甲\n\t乙\n\n\t规章\n\t 3 \n\t\xC2\xA0\n\n\n后\n",
	       "1 前\n2 ragged 3x3\n项\n|甲|乙\n规章|3|\n13 后\n");
	/* two empty lines end a table, the next is another */
	expect("\ta\n\tb\n\n\tc\n\td\n\n\n\te\n\tf\n\n\tg\n\th\n",
	       "1 ragged 2x2\na|b\nc|d\n8 ragged 2x2\ne|f\ng|h\n");
}

TEST(lines_of_a_flattened_cell_join)
{
	expect("\t甲\n\t本年新\n制作数量\n\n\t规章\n\t0\n五、存在的问题\n",
	       "1 ragged 2x2\n甲|本年新⏎制作数量\n规章|0\n7 五、存在的问题\n");
}

TEST(prose_with_a_tab_in_front_is_prose)
{
	expect("\t一、总体情况\n\t全年工作平稳。\n\t全年公开信息五条。\n",
	       "1 一、总体情况\n2 全年工作平稳。\n3 全年公开信息五条。\n");
	expect("\t二、表\n\n\t项\n\t数\n\n\t甲\n\t1\n\n\t以上。\n",
	       "1 二、表\n3 ragged 2x2\n项|数\n甲|1\n9 以上。\n");
}

TEST(markdown_tables)
{
	expect("# 报告\n\n| a | b |\n|---|:-:|\n| 1 |  |\n\n| c | d |\n| --- | --- |\n| 2 | 3 "
	       "|\n**重**点\n",
	       "1 #报告\n3 grid 2x2\na|b\n1|\n7 grid 2x2\nc|d\n2|3\n10 重点\n");
	expect("x | y\n--- | ---\n1 | 2\n", "1 grid 2x2\nx|y\n1|2\n");
	/* - is a cell, not a row of dashes */
	expect("| - | - |\n|---|---|\n| - | - |\n", "1 grid 2x2\n-|-\n-|-\n");
}

TEST(debris_keeps_every_row)
{
	expect("| 1.甲 | 0 | 0 |\n|---|---|---|\n| 0 | 0 |\n|---|---|\n| 2.乙 | 3 | 3 "
	       "|\n|---|---|---|\n| 3.丙 | 1 | 1 |\n尾\n",
	       "1 grid 1x3\n1.甲|0|0\n3 grid 1x2\n0|0\n5 grid 2x3\n2.乙|3|3\n3.丙|1|1\n8 尾\n");
}

TEST(marks_inside_cells)
{
	expect("| a\\|b | c\\\\d | 一<br>二<BR/>三 |\n|---|---|---|\n| \\* | **粗** | &nbsp; |\n",
	       "1 grid 2x3\na|b|c\\d|一⏎二⏎三\n*|粗|\n");
	expect("| 3*4*5 | *注* | [页](http://a/b) | [2019](60号) |\n|---|---|---|---|\n",
	       "1 grid 1x4\n3*4*5|注|页|[2019](60号)\n");
	expect("a*b*c \\| **x**\n", "1 a*b*c \\| **x**\n"); /* no Markdown: as printed */
}

TEST(markdown_lines)
{
	expect("## 一、\n### （一） ###\n> 引\n- 条\n![图](a.png)\n---\n1\\. 数\n```\n| x |\n```\n",
	       "1 ##一、\n2 ###（一）\n3 引\n4 条\n5 <图>\n7 1. 数\n9 | x |\n");
}

TEST(rows_with_tabs)
{
	expect("项\t甲\t乙\n规章\t1\t\n\t2\t3\n尾\n",
	       "1 grid 3x3\n项|甲|乙\n规章|1|\n|2|3\n4 尾\n");
	/* merged cells are there once: only the order is sure */
	expect("表头\n说明\t申请人\n\t自然人\t企业\t总计\n新收\t1\t2\t3\n",
	       "1 表头\n2 ragged 3x4\n说明|申请人\n|自然人|企业|总计\n新收|1|2|3\n");
	expect("a\t\"x\ny \"\"z\"\"\"\t1\nb\t\"c\t2\n", "1 grid 2x3\na|x⏎y \"z\"|1\nb|\"c|2\n");
	expect("甲\t1\t2\n第二十条第（五）项\n乙\t3\t4\n",
	       "1 grid 3x3\n甲|1|2\n第二十条第（五）项\n乙|3|4\n");
	expect("联系人：\t某某\n地址：\t某路\n", "1 联系人： 某某\n2 地址： 某路\n");
}

TEST(html_tables_inside_text)
{
	expect("# 题\n\n<table><tr><td>a</td>\n<td "
	       "rowspan=2>b</td></tr><tr><td>c</td></tr></table>\n后\n<table 没有结束\n",
	       "1 #题\n3 grid 2x2\na|b(2x1)\nc\n5 后\n6 <table 没有结束\n");
}

TEST(gb18030_text_reads_alike)
{
	AUTO(arena) mem = arena_new(MIB);

	ASSERT_STR(doc_print(mem, text(mem, STR("\xD5\xFE\xB8\xAE\xD0\xC5\xCF\xA2\n\t\xB9\xAB\n\t1"
						"\n\n\t\xBF\xAA\n\t2\n"))),
		   "1 政府信息\n2 ragged 2x2\n公|1\n开|2\n");
}

TEST(a_row_too_wide_is_a_limit)
{
	AUTO(arena) mem = arena_new(LIMIT_DOC_MEMORY_BYTES);
	AUTO_BUF(wide, MIB);
	struct doc *doc = NULL;
	struct diag diag = DIAG_INIT;

	for (int i = 0; i <= LIMIT_TABLE_COLS; i++)
		buf_c(&wide, "| a ");
	buf_c(&wide, "|\n|---|\n");
	ASSERT_ERR(text_read(buf_str(&wide), NULL, mem, &diag, &doc), ERR_LIMIT);
	ASSERT_TRUE(doc == NULL && diag.text[0] != '\0');
}

TEST(reports_of_others_give_their_tables)
{
	AUTO(arena) mem = arena_new(LIMIT_DOC_MEMORY_BYTES);
	struct doc *doc;
	size_t tables = 0;

	if (test_corpus() == NULL) {
		test_skip("no corpus beside the checkout");
		return;
	}
	doc = text(mem, test_file(mem, "../shared/corpus/linzi-investment-2020.txt"));
	for (size_t i = 0; i < doc->n_blocks; i++) {
		const struct doc_table *t = doc->blocks[i].table;

		if (t == NULL)
			continue;
		tables++;
		ASSERT_INT(t->geometry, TABLE_RAGGED);
		ASSERT_INT(t->rows, tables == 1 ? 18 : tables == 2 ? 26 : 4);
	}
	ASSERT_INT(tables, 3);
}

FAULT_TEST(text_read_survives, FAULT_ALLOC)
{
	AUTO(arena) mem = arena_new(4 * MIB);
	struct doc *doc = NULL;
	enum err e;

	if (mem == NULL)
		return;
	e = text_read(STR("# 题\n\ta\n\tb\n\n\tc\n\td\n\n\n| a\\|b | **c** |\n|---|---|\n| 1 | 2 "
			  "|\n\nx\t\"1\n\"\"\"\nz\t2\n"
			  "<table><tr><td>1<td>2</table>\n文 *字*\n"),
		      NULL, mem, NULL, &doc);
	ASSERT_TRUE((e == ERR_OK) == (doc != NULL));
	ASSERT_TRUE(e == ERR_OK || e == ERR_NOMEM);
}
