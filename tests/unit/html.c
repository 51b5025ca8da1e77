/* Pages -> blocks: what a browser shows, in order, with tables on their true grid. */
#include <stdio.h>

#include "readers/readers.h"
#include "tests/test.h"
#include "tests/unit/doc_print.h"

static struct doc *page(struct arena *mem, struct str html)
{
	struct doc *doc = NULL;
	struct diag diag = DIAG_INIT;

	if (html_read(html, NULL, mem, &diag, &doc) != ERR_OK)
		fail_msg("%s", diag.text);
	return doc;
}

static void expect(const char *html, const char *want)
{
	AUTO(arena) mem = arena_new(LIMIT_DOC_MEMORY_BYTES);

	ASSERT_STR(doc_print(mem, page(mem, str_c(html))), want);
}

TEST(numbers_split_over_elements_join)
{
	expect("<p><span>20</span><font>23</font>年<b>1</b>2月</p>", "1 2023年12月\n");
	expect("<p>收到 <i>5</i>\n 件</p>", "1 收到 5 件\n");
	expect("<p>政府\n   信息\n公开 工作</p>", "1 政府信息公开 工作\n");
	expect("<p>a\nb&nbsp;&nbsp;c</p>", "1 a b\xC2\xA0\xC2\xA0"
					   "c\n");
}

TEST(blocks_and_breaks_end_paragraphs)
{
	expect("一<div>二</div>三<br>四<ul><li>五<li>六</ul>\n<p>七",
	       "1 一\n1 二\n1 三\n1 四\n1 五\n1 六\n2 七\n");
	expect("<pre>a\n  b\n\nc</pre>", "1 a\n2 b\n4 c\n");
	expect("<h1>题</h1><h2>一、</h2><h4>（一）</h4><p>文",
	       "1 #题\n1 ##一、\n1 ###（一）\n1 文\n");
	expect("<p>前<img alt=' 图 '>后", "1 <图>\n1 前后\n");
}

TEST(what_is_not_shown_is_not_read)
{
	expect("<head><title>标 "
	       "题</title><style>p{}</style></head><body><script>if(1<2){document.write('<p>x')}</"
	       "script>"
	       "<noscript>n</noscript><!--[if mso]><p>w</p><![endif]--><p style='color:red;DISPLAY "
	       ": none'>h</p>"
	       "<div "
	       "hidden><p>h</div><select><option>o</select><textarea>t</textarea><button>b</button>"
	       "<p>看<o:p></o:p></p>",
	       "1 看\n");
	expect("<p style='display:block'>一", "1 一\n");
}

TEST(text_behind_the_end_of_the_page_is_read)
{
	expect("<html><body><p>一</p></body></html>\n<p>二</p><html><p>三", "1 一\n2 二\n2 三\n");
	expect("<p>一</p></div></td></table></p><p>二 <5 &lt;&#150;&#65;&#x0;",
	       "1 一\n1 二 <5 <–A\n");
}

TEST(a_field_of_a_form_shows_its_value_in_a_cell)
{
	expect("<table><tr><td>甲<td>乙<tr><td>1<td><input value=7><tr><td>2<td>"
	       "<input type=hidden value=9><input type=text value=8></table>",
	       "1 grid 3x2\n甲|乙\n1|7\n2|8\n");
	expect("<p>查<input value=词>找", "1 查找\n");
}

TEST(spans_lie_on_a_true_grid)
{
	expect("<table><tr><td rowspan=2>a<td colspan=2>b<tr><td>c<td>d</table>",
	       "1 grid 2x3\na(2x1)|b(1x2)\nc|d\n");
	expect("<table><tr><td rowspan=0>a<td>b<tr><td>c<tr><td>d</table>",
	       "1 grid 3x2\na(3x1)|b\nc\nd\n");
	expect("<table><tr><td rowspan=1000000000>a<td colspan=1000000000>b<tr><td>c<td>d</table>",
	       "1 grid 2x3\na(2x1)|b\nc|d\n");
	expect("<table><tr><td colspan=1000000000>a<tr><td>b<td>c</table>",
	       "1 grid 2x2\na(1x2)\nb|c\n");
	/* a span over a cell from above stops before it */
	expect("<table><tr><td>a<td rowspan=2>b<tr><td colspan=3>c<td>d</table>",
	       "1 grid 2x3\na|b(2x1)\nc|d\n");
	expect("<table><tr><td>a<td>b<td>c<tr><td>d<tr></tr><tr><td>e<td>f<td>g<td>h</table>",
	       "1 grid 4x4\na|b|c\nd\ne|f|g|h\n");
	expect("<table><tr><td rowspan='-3' colspan=x>a<td>b</table>", "1 grid 1x2\na|b\n");
}

TEST(groups_headers_and_captions)
{
	AUTO(arena) mem = arena_new(MIB);
	struct doc *doc = page(
		mem, STR("<table><caption>表 一</caption><tfoot><tr><td>z<td>y</tfoot>"
			 "<thead><tr><th rowspan=5>h<th>i</thead><tbody><tr><td>a<td align=right>b"
			 "</tbody></table>"));
	const struct doc_table *t = doc->blocks[0].table;

	ASSERT_STR(doc_print(mem, doc), "1 grid 3x2 表 一\nh|i\na|b\nz|y\n");
	ASSERT_INT(t->header_rows, 1);
	ASSERT_TRUE(t->cells[0].header && !t->cells[2].header);
	ASSERT_INT(t->cells[3].align, ALIGN_RIGHT);
}

TEST(cells_keep_their_lines_and_lose_blanks_around)
{
	expect("<table><tr><td> &nbsp; <td>&nbsp;5\n <td>结果<br "
	       "/>维持<td><p>一</p><p>二</p><td>　</table>",
	       "1 grid 1x5\n|5|结果⏎维持|一⏎二|\n");
}

TEST(layout_tables_are_taken_apart)
{
	expect("<table><tr><td>左栏<td><p>文</p><table><tr><td>1<td>2<tr><td>3<td>4</table>尾</"
	       "table>",
	       "1 左栏\n1 文\n1 grid 2x2\n1|2\n3|4\n1 尾\n");
	expect("<table><tr><td>只有一格<br>两行</table>", "1 只有一格\n1 两行\n");
	expect("<table><tr><td><table><tr><td>内</table></table>", "1 内\n");
	/* one-cell tables inside the cells of a grid are their text */
	expect("<table><tr><td><table><tr><td>1</table><td>2<tr><td>3<td>4</table>",
	       "1 grid 2x2\n1|2\n3|4\n");
}

TEST(a_report_pasted_into_one_table_keeps_its_tables)
{
	AUTO(arena) mem = arena_new(LIMIT_DOC_MEMORY_BYTES);
	AUTO_BUF(html, MIB);
	struct doc *doc;

	buf_c(&html, "<table><tr><td colspan=3>");
	for (int i = 0; i < 50; i++)
		buf_c(&html, "本单位按照要求做好公开工作。");
	buf_c(&html, "<tr><td>项目<td>甲<td>乙<tr><td>规章<td>1<td>2<tr><td colspan=3><h3>三</h3>");
	for (int i = 0; i < 50; i++)
		buf_c(&html, "本单位按照要求做好公开工作。");
	buf_c(&html, "</table>");
	doc = page(mem, buf_str(&html));
	ASSERT_INT(doc->n_blocks, 4);
	ASSERT_INT(doc->blocks[1].kind, BLOCK_TABLE);
	ASSERT_INT(doc->blocks[1].table->n_cells, 6);
	ASSERT_STR(doc->blocks[2].text, "三");
}

TEST(rows_of_word_that_only_give_widths_go)
{
	expect("<table><tr><td>a<td>b</tr><tr><td>c<td>d</tr>\n<![if !supportMisalignedColumns]>\n"
	       "<tr height=0>\n<td width=9 style='border:none'></td><td "
	       "width=8></td></tr>\n<![endif]></table>",
	       "1 grid 2x2\na|b\nc|d\n");
	expect("<table><tr style='height:0.5cm'><td>a<td>b<tr height=0><td>c<td>d</table>",
	       "1 grid 2x2\na|b\nc|d\n");
}

TEST(what_the_page_says_about_itself)
{
	AUTO(arena) mem = arena_new(MIB);
	struct doc *doc;

	doc = page(mem, STR("<meta name=SiteName content='丁市人民政府'><meta name='PubDate' "
			    "content='2024-01-17 10:00'>"
			    "<title>年报</title><title>另一</title>"));
	ASSERT_STR(doc->title, "年报");
	ASSERT_STR(doc->site, "丁市人民政府");
	ASSERT_STR(doc->published, "2024-01-17");
	doc = page(mem, STR("<p>采集时间：2025-12-30</"
			    "p><table><tr><td>索引号<td>1<td>公开日期：<td> 2024年1月7日\n10时"
			    "<tr><td>发布机构<td>丁局<td>文号<td></table>"));
	ASSERT_STR(doc->published, "2024年1月7日");
	ASSERT_STR(doc->site, "丁局");
	doc = page(mem, STR("<p>来源：丁局&nbsp;&nbsp;发布日期：2020-01-31</p>"));
	ASSERT_STR(doc->published, "2020-01-31");
}

TEST(the_declared_charset_may_lie)
{
	AUTO(arena) mem = arena_new(MIB);
	struct doc *doc =
		page(mem, STR("<meta http-equiv=Content-Type content=\"text/html; charset=gb2312\">"
			      "<p>编码其实是另一种</p>"));

	ASSERT_STR(doc->blocks[0].text, "编码其实是另一种");
	ASSERT_INT(doc->n_notes, 1);
	ASSERT_STR(doc->notes[0].rule, "AR-R01");
	doc = page(mem, STR("<meta charset='utf-8'><p>\xD5\xFE\xB8\xAE\xD0\xC5\xCF\xA2</p>"));
	ASSERT_STR(doc->blocks[0].text, "政府信息");
}

TEST(a_report_that_is_hidden_is_read_and_said)
{
	AUTO(arena) mem = arena_new(MIB);
	struct doc *doc = page(
		mem,
		STR("<p>首页<div style='display:none'><p>文<table><tr><td>a<td>b</table></div>"));

	ASSERT_INT(doc->n_blocks, 3);
	ASSERT_STR(doc->notes[0].rule, "AR-R02");
	expect("<table><tr><td>a<td>b</table><div hidden><table><tr><td>x<td>y</table></div>",
	       "1 grid 1x2\na|b\n");
}

TEST(nesting_has_a_limit)
{
	AUTO(arena) mem = arena_new(LIMIT_DOC_MEMORY_BYTES);
	AUTO_BUF(html, MIB);
	struct doc *doc = NULL;
	struct diag diag = DIAG_INIT;

	for (int i = 0; i < 400; i++)
		buf_c(&html, i % 4 ? "<div>" : "<table><tr><td>");
	buf_c(&html, "深");
	ASSERT_ERR(html_read(buf_str(&html), NULL, mem, &diag, &doc), ERR_LIMIT);
	ASSERT_TRUE(doc == NULL && diag.text[0] != '\0');
	buf_clear(&html);
	for (int i = 0; i < 100; i++)
		buf_c(&html, "<table><tr><td>");
	buf_c(&html, "深");
	expect(html.p ? "" : "", "");
	ASSERT_STR(doc_print(mem, page(mem, buf_str(&html))), "1 深\n");
}

static enum err read_attributes(unsigned n, unsigned padding, struct diag *diag)
{
	AUTO(arena) mem = arena_new(LIMIT_DOC_MEMORY_BYTES);
	AUTO_BUF(html, 16 * MIB);
	struct doc *doc = NULL;

	buf_add(&html, STR("<p title='> <b a b c'"));
	for (unsigned i = 0; i < n; i++) {
		buf_fmt(&html, i % 2 ? " a%u" : " a%u=\">", i);
		for (unsigned k = 0; k < padding && i % 2 == 0; k++)
			buf_add(&html, STR(" x=y <b '"));
		if (i % 2 == 0)
			buf_ch(&html, '"');
	}
	buf_add(&html, STR(">1</p>"));
	return html_read(buf_str(&html), NULL, mem, diag, &doc);
}

/* In one piece, over several pieces of what the parser is fed, and never for what stands in quotes;
 * a myriad of them must not be compared with each other. */
TEST(attributes_have_a_limit)
{
	struct diag diag = DIAG_INIT;

	ASSERT_OK(read_attributes(LIMIT_MARKUP_ATTRS - 1, 0, NULL));
	ASSERT_OK(read_attributes(LIMIT_MARKUP_ATTRS - 1, 900, NULL));
	ASSERT_ERR(read_attributes(LIMIT_MARKUP_ATTRS, 0, &diag), ERR_LIMIT);
	ASSERT_ERR(read_attributes(LIMIT_MARKUP_ATTRS, 900, NULL), ERR_LIMIT);
	ASSERT_ERR(read_attributes(200000, 0, NULL), ERR_LIMIT);
	ASSERT_TRUE(str_has(str_c(diag.text), STR("more than 128 attributes")));
}

TEST(names_have_a_limit)
{
	AUTO(arena) mem = arena_new(LIMIT_DOC_MEMORY_BYTES);
	AUTO_BUF(html, 4 * MIB);
	struct diag diag = DIAG_INIT;
	struct doc *doc = NULL;

	for (unsigned i = 0; i < 2 * LIMIT_MARKUP_NAMES; i++)
		buf_fmt(&html, "<x%u></x%u>", i, i);
	ASSERT_ERR(html_read(buf_str(&html), NULL, mem, &diag, &doc), ERR_LIMIT);
	ASSERT_TRUE(str_has(str_c(diag.text), STR("60000 different names")));
}

/* Whatever passes a limit of the document is told with the limit. */
TEST(a_limit_is_named_with_its_value)
{
	AUTO(arena) mem = arena_new(LIMIT_DOC_MEMORY_BYTES);
	AUTO_BUF(html, 8 * MIB);
	struct diag diag = DIAG_INIT;
	struct doc *doc = NULL;

	for (unsigned i = 0; i <= LIMIT_DOC_BLOCKS; i++)
		buf_add(&html, STR("<p>x"));
	ASSERT_ERR(html_read(buf_str(&html), NULL, mem, &diag, &doc), ERR_LIMIT);
	ASSERT_TRUE(str_has(str_c(diag.text), STR("more than 200000 paragraphs")));
}

TEST(pages_of_others_give_their_tables)
{
	const char *corpus = test_corpus();
	AUTO(arena) mem = arena_new(LIMIT_DOC_MEMORY_BYTES);
	struct doc *doc;
	size_t tables = 0;

	if (corpus == NULL) {
		test_skip("no corpus beside the checkout");
		return;
	}
	doc = page(mem, test_file(mem, "../shared/corpus/shuyang-fgj-2023.html"));
	for (size_t i = 0; i < doc->n_blocks; i++) {
		const struct doc_table *t = doc->blocks[i].table;

		tables += t != NULL;
		if (t != NULL && t->rows == 28) { /* table 3 */
			ASSERT_INT(t->cols, 10);
			ASSERT_STR(doc_cell_at(t, 26, 9)->text, "26");
			ASSERT_STR(doc_cell_at(t, 27, 4)->text, "");
		}
	}
	ASSERT_INT(tables, 4); /* the box above and the three of the form */
	ASSERT_STR(doc->published, "2024-01-17");
}

FAULT_TEST(html_read_survives, FAULT_ALLOC)
{
	AUTO(arena) mem = arena_new(4 * MIB);
	struct doc *doc = NULL;
	enum err e;

	if (mem == NULL)
		return;
	e = html_read(
		STR("<meta "
		    "charset=gbk><title>题</title><p>文字一二三四</p><table><caption>表</caption>"
		    "<tr><td rowspan=2>a<td>b<tr><td><table><tr><td>1<td>2</table><tr><td>c<img "
		    "alt=x><td>d"
		    "</table>发布日期：2020-01-31"),
		NULL, mem, NULL, &doc);
	ASSERT_TRUE((e == ERR_OK) == (doc != NULL));
	ASSERT_TRUE(e == ERR_OK || e == ERR_NOMEM);
}
