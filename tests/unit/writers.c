/* Writers: the same bytes for the same document, every word escaped, tables as they are, marks
 * in words, pages that end, and no half-written file after a failure. */
#include "writers/writers.h"

#include <stdlib.h>

#include "base/io.h"
#include "format/xml.h"
#include "format/zip.h"
#include "writers_sample.h"

#define TEST_BYTES (64 * MIB)

typedef enum err write_fn(const struct doc *, const struct write_env *, struct diag *,
			  struct buf *);

static const struct write_env no_env;

#define WRITE(fn, doc, out) ASSERT_OK(fn((doc), &no_env, NULL, (out)))

/* ---- golden files ---------------------------------------------------------------------- */

/* Compares with tests/golden/writers/NAME; GONGKAI_ACCEPT=1 takes what is as what should be. */
static void golden(const char *name, struct str got)
{
	AUTO(arena) mem = arena_new(TEST_BYTES);
	struct str path;

	ASSERT_OK(arena_fmt(mem, &path, "tests/golden/writers/%s", name));
	if (getenv("GONGKAI_ACCEPT") != NULL) {
		struct str full;

		ASSERT_OK(arena_fmt(mem, &full, "%s/%s", test_root(), path.p));
		ASSERT_OK(io_write(full.p, got, NULL));
	}
	ASSERT_STR_EQ(got, test_file(mem, path.p));
}

static struct str member(struct str zip_bytes, const char *name, struct arena *mem)
{
	AUTO(zipfile) zip = NULL;
	struct str got = STR_NONE;

	ASSERT_OK(zipfile_open(zip_bytes, NULL, &zip));
	ASSERT_OK(zipfile_member(zip, str_c(name), mem, NULL, &got));
	return got;
}

TEST(html_text_and_docx_are_as_accepted)
{
	AUTO(arena) mem = arena_new(TEST_BYTES);
	AUTO_BUF(html, MIB);
	AUTO_BUF(text, MIB);
	AUTO_BUF(docx, MIB);
	struct doc *doc;

	ASSERT_OK(sample_doc(mem, &doc));
	WRITE(html_write, doc, &html);
	golden("sample.html", buf_str(&html));
	WRITE(text_write, doc, &text);
	golden("sample.txt", buf_str(&text));
	WRITE(docx_write, doc, &docx);
	golden("sample.document.xml", member(buf_str(&docx), "word/document.xml", mem));
}

static void same_twice(write_fn *fn)
{
	AUTO(arena) mem = arena_new(TEST_BYTES);
	AUTO_BUF(a, 8 * MIB);
	AUTO_BUF(b, 8 * MIB);
	struct doc *doc;

	ASSERT_OK(sample_doc(mem, &doc));
	ASSERT_OK(fn(doc, &no_env, NULL, &a));
	ASSERT_OK(fn(doc, &no_env, NULL, &b));
	ASSERT_TRUE(a.n > 0);
	ASSERT_TRUE(str_eq(buf_str(&a), buf_str(&b)));
}

TEST(every_writer_gives_the_same_bytes_twice)
{
	same_twice(html_write);
	same_twice(text_write);
	same_twice(docx_write);
	same_twice(xlsx_write);
	same_twice(pdf_write);
}

TEST(an_empty_document_is_a_file_too)
{
	static write_fn *const all[] = {html_write, docx_write, pdf_write, xlsx_write};
	AUTO(arena) mem = arena_new(TEST_BYTES);
	struct doc *doc;

	ASSERT_OK(doc_new(mem, DOC_SOURCE_NONE, &doc));
	for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++) {
		AUTO_BUF(out, 8 * MIB);

		WRITE(all[i], doc, &out);
		ASSERT_TRUE(out.n > 0);
	}
}

TEST(a_full_buffer_is_said_and_not_lost)
{
	static write_fn *const all[] = {html_write, text_write, docx_write, pdf_write, xlsx_write};
	AUTO(arena) mem = arena_new(TEST_BYTES);
	struct doc *doc;

	ASSERT_OK(sample_doc(mem, &doc));
	for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++) {
		AUTO_BUF(out, 100);

		ASSERT_ERR(all[i](doc, &no_env, NULL, &out), ERR_LIMIT);
	}
}

/* ---- HTML ------------------------------------------------------------------------------ */

TEST(html_figures_name_their_headers)
{
	AUTO(arena) mem = arena_new(TEST_BYTES);
	AUTO_BUF(out, MIB);
	struct doc *doc;

	ASSERT_OK(sample_doc(mem, &doc));
	WRITE(html_write, doc, &out);
	/* "/" under 乙业: the group, the row, and the three levels above */
	ASSERT_TRUE(str_has(buf_str(&out),
			    STR("<td headers=\"t1r5c1 t1r5c2 t1r1c3 t1r2c3 t1r3c4\">/</td>")));
	ASSERT_TRUE(
		str_has(buf_str(&out), STR("<th id=\"t1r2c3\" scope=\"colgroup\" colspan=\"2\">")));
	ASSERT_TRUE(str_has(buf_str(&out), STR("scope=\"rowgroup\" rowspan=\"2\">（三）不予公开")));
}

TEST(html_marks_say_their_level_in_words_and_anchor_once)
{
	AUTO(arena) mem = arena_new(TEST_BYTES);
	AUTO_BUF(out, MIB);
	struct doc_mark whole = {STR_NONE, STR("f3"), STR("3"), STR("error"), NULL};
	struct doc_mark inside = {STR("112"), STR("f1\"><"), STR("1"), STR("warning"), &whole};
	struct doc_mark quote = {STR(" 112 条"), STR("f2"), STR("2"), STR("info"), &inside};
	struct doc *doc;
	struct str s;

	ASSERT_OK(sample_doc(mem, &doc));
	doc->blocks[4].marks = &quote;
	doc->blocks[6].table->cells[7].marks = &whole;
	WRITE(html_write, doc, &out);
	s = buf_str(&out);
	ASSERT_TRUE(str_has(s, STR("<mark class=\"info\" id=\"at-f2\"> 112 条</mark>")));
	ASSERT_TRUE(str_has(s, STR("href=\"#f2\"><span aria-hidden=\"true\">● </span>提示 2</a>")));
	/* inside another quote: at the end of the paragraph; never markup from an id */
	ASSERT_TRUE(str_has(s, STR("</span>警告 1</a>")));
	ASSERT_TRUE(!str_has(s, STR("#f1\">")));
	ASSERT_TRUE(str_has(s, STR("</span>错误 3</a>")));
	ASSERT_TRUE(str_find(s, STR("id=\"at-f3\""), 0) != STR_NPOS);
	ASSERT_TRUE(str_find(s, STR("id=\"at-f3\""), str_find(s, STR("id=\"at-f3\""), 0) + 1) ==
		    STR_NPOS);
}

TEST(html_never_skips_a_heading_level)
{
	AUTO(arena) mem = arena_new(TEST_BYTES);
	AUTO_BUF(out, MIB);
	const struct write_env env = {.title = STR("题 <1>")};
	struct doc *doc;

	ASSERT_OK(doc_new(mem, DOC_SOURCE_NONE, &doc));
	ASSERT_OK(doc_para(doc, STYLE_HEAD_2, STR("（一）甲"), AT));
	ASSERT_OK(doc_para(doc, STYLE_HEAD_2, STR("（二）乙"), AT));
	ASSERT_OK(html_write(doc, &env, NULL, &out));
	ASSERT_TRUE(str_has(buf_str(&out), STR("<h1>题 &lt;1&gt;</h1>")));
	ASSERT_TRUE(str_has(buf_str(&out), STR("<h2>（一）甲</h2>\n<h3>（二）乙</h3>")));
}

/* ---- DOCX ------------------------------------------------------------------------------ */

static void well_formed(struct str bytes)
{
	AUTO(xml_reader) xml = NULL;
	enum xml_event ev = XML_TEXT;

	ASSERT_OK(xml_open(bytes, NULL, &xml));
	while (ev != XML_END)
		ASSERT_OK(xml_next(xml, &ev));
}

TEST(docx_parts_are_well_formed)
{
	static const char *const parts[] = {
		"[Content_Types].xml", "_rels/.rels",
		"word/document.xml",   "word/_rels/document.xml.rels",
		"word/styles.xml",     "word/settings.xml",
		"word/fontTable.xml",  "word/footer1.xml",
		"word/footer2.xml",    "docProps/core.xml",
	};
	AUTO(arena) mem = arena_new(TEST_BYTES);
	AUTO_BUF(out, MIB);
	struct doc *doc;

	ASSERT_OK(sample_doc(mem, &doc));
	WRITE(docx_write, doc, &out);
	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++)
		well_formed(member(buf_str(&out), parts[i], mem));
}

/* ---- XLSX ------------------------------------------------------------------------------ */

TEST(xlsx_numbers_only_where_the_text_comes_back)
{
	AUTO(arena) mem = arena_new(TEST_BYTES);
	AUTO_BUF(out, MIB);
	struct doc *doc;
	struct str sheet, strings;

	ASSERT_OK(sample_doc(mem, &doc));
	WRITE(xlsx_write, doc, &out);
	sheet = member(buf_str(&out), "xl/worksheets/sheet2.xml", mem);
	strings = member(buf_str(&out), "xl/sharedStrings.xml", mem);
	ASSERT_TRUE(str_has(sheet, STR("<v>12.5</v>")));
	ASSERT_TRUE(str_has(strings, STR("<t>294000.00</t>")));
	ASSERT_TRUE(str_has(sheet, STR("<mergeCell ref=\"A1:B3\"/>")));
	ASSERT_TRUE(!str_has(sheet, STR("<f>")));
	ASSERT_TRUE(str_has(member(buf_str(&out), "xl/workbook.xml", mem),
			    STR("name=\"三、收到和处理政府信息公开申请情况\"")));
}

TEST(xlsx_formulas_stand_beside_the_table)
{
	AUTO(arena) mem = arena_new(TEST_BYTES);
	AUTO_BUF(out, MIB);
	struct doc_cell cell = {
		.rowspan = 1, .colspan = 1, .text = STR("3"), .formula = STR("SUM(C4:D4)")};
	struct doc_table beside = {.cells = &cell, .n_cells = 1, .rows = 1, .cols = 1};
	struct doc *doc;
	struct str sheet;

	ASSERT_OK(sample_doc(mem, &doc));
	doc->blocks[6].table->beside = &beside;
	WRITE(xlsx_write, doc, &out);
	sheet = member(buf_str(&out), "xl/worksheets/sheet2.xml", mem);
	/* five columns, one left free, then the block */
	ASSERT_TRUE(str_has(sheet, STR("<c r=\"G1\"")));
	ASSERT_TRUE(str_has(sheet, STR("<f>SUM(C4:D4)</f><v>3</v>")));
}

TEST(xlsx_sheet_names_are_made_legal_and_single)
{
	AUTO(arena) mem = arena_new(TEST_BYTES);
	AUTO_BUF(out, MIB);
	struct doc *doc;
	struct str book;

	ASSERT_OK(doc_new(mem, DOC_SOURCE_NONE, &doc));
	for (int i = 0; i < 2; i++) {
		ASSERT_OK(doc_para(
			doc, STYLE_HEAD_1,
			STR("[甲/乙]一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十"),
			AT));
		ASSERT_OK(sample_table(doc));
	}
	WRITE(xlsx_write, doc, &out);
	book = member(buf_str(&out), "xl/workbook.xml", mem);
	ASSERT_TRUE(str_has(
		book,
		STR("name=\"甲乙一二三四五六七八九十一二三四五六七八九十一二三四五六七八九\"")));
	ASSERT_TRUE(str_has(book, STR("name=\"表2\"")));
}

/* ---- PDF ------------------------------------------------------------------------------- */

static size_t count(struct str s, struct str what)
{
	size_t n = 0;

	for (size_t at = 0; (at = str_find(s, what, at)) != STR_NPOS; at += what.n)
		n++;
	return n;
}

static size_t pdf_pages(const struct doc *doc)
{
	AUTO_BUF(out, 32 * MIB);

	WRITE(pdf_write, doc, &out);
	ASSERT_TRUE(str_starts(buf_str(&out), STR("%PDF-")));
	return count(buf_str(&out), STR("/Type /Page\n")) +
	       count(buf_str(&out), STR("/Type /Page "));
}

/* A mark over a letter needs tables that cut fonts lack: that document gets whole fonts. */
TEST(pdf_fonts_are_cut_where_that_shows_nothing)
{
	AUTO(arena) mem = arena_new(TEST_BYTES);
	AUTO_BUF(cut, 8 * MIB);
	AUTO_BUF(whole, 8 * MIB);
	AUTO_BUF(again, 8 * MIB);
	struct doc *doc, *other;

	ASSERT_OK(sample_doc(mem, &doc));
	WRITE(pdf_write, doc, &cut);
	ASSERT_OK(sample_doc(mem, &other));
	ASSERT_OK(doc_para(other, STYLE_BODY, STR("e\u0301"), AT));
	WRITE(pdf_write, other, &whole);
	ASSERT_TRUE(cut.n * 2 < whole.n);
	WRITE(pdf_write, doc, &again); /* neither way leaves anything to the next document */
	ASSERT_TRUE(str_eq(buf_str(&cut), buf_str(&again)));
}

TEST(pdf_pages_hold_22_lines)
{
	AUTO(arena) mem = arena_new(TEST_BYTES);
	struct doc *doc;

	ASSERT_OK(doc_new(mem, DOC_SOURCE_NONE, &doc));
	for (int i = 0; i < 22; i++)
		ASSERT_OK(doc_para(doc, STYLE_BODY, STR("一行"), AT));
	ASSERT_INT(pdf_pages(doc), 1);
	ASSERT_OK(doc_para(doc, STYLE_BODY, STR("再一行"), AT));
	ASSERT_INT(pdf_pages(doc), 2);
}

TEST(pdf_tables_break_between_rows)
{
	AUTO(arena) mem = arena_new(TEST_BYTES);
	struct doc *doc;
	struct doc_table *t;

	ASSERT_OK(doc_new(mem, DOC_SOURCE_NONE, &doc));
	ASSERT_OK(doc_table_add(doc, TABLE_GRID, AT, &t));
	for (uint32_t r = 0; r < 100; r++) {
		if (r == 0)
			ASSERT_OK(sample_cell(doc, t, r, 0, 100, 1, "跨越全表的标签", true));
		ASSERT_OK(sample_cell(doc, t, r, 1, 1, 1, "7", r == 0));
	}
	t->header_rows = 1;
	ASSERT_OK(doc_table_done(doc, t));
	ASSERT_INT(pdf_pages(doc), 4);
}

/* Pages of a table of `rows` rows, of which one, from 1, heads the others below it; 0: none. */
static size_t pages_of_rows(uint32_t rows, uint32_t head)
{
	AUTO(arena) mem = arena_new(TEST_BYTES);
	struct doc *doc;
	struct doc_table *t;

	ASSERT_OK(doc_new(mem, DOC_SOURCE_NONE, &doc));
	ASSERT_OK(doc_table_add(doc, TABLE_GRID, AT, &t));
	for (uint32_t r = 0; r < rows; r++) {
		ASSERT_OK(sample_cell(doc, t, r, 0, 1, 1, "信息内容", true));
		ASSERT_OK(sample_cell(doc, t, r, 1, 1, 1, "7", r + 1 == head));
	}
	ASSERT_OK(doc_table_done(doc, t));
	return pdf_pages(doc);
}

/* It goes over to the next page, which then holds one row too many. */
TEST(pdf_no_row_that_heads_others_stays_behind_at_the_foot)
{
	uint32_t fit = 2;

	while (fit < 60 && pages_of_rows(fit + 1, 0) == 1)
		fit++;
	ASSERT_INT(pages_of_rows(2 * fit, 0), 2);
	ASSERT_INT(pages_of_rows(2 * fit, fit), 3);
	ASSERT_INT(pages_of_rows(2 * fit, fit - 1), 2);
}

TEST(pdf_a_row_higher_than_a_page_goes_on)
{
	AUTO(arena) mem = arena_new(TEST_BYTES);
	AUTO_BUF(text, MIB);
	struct doc *doc;
	struct doc_table *t;

	for (int i = 0; i < 3000; i++)
		buf_c(&text, "长");
	buf_ch(&text, '\0');
	ASSERT_OK(doc_new(mem, DOC_SOURCE_NONE, &doc));
	ASSERT_OK(doc_table_add(doc, TABLE_GRID, AT, &t));
	ASSERT_OK(sample_cell(doc, t, 0, 0, 1, 1, "头", true));
	ASSERT_OK(sample_cell(doc, t, 1, 0, 1, 1, text.p, false));
	t->header_rows = 1;
	ASSERT_OK(doc_table_done(doc, t));
	/* 36 characters a line, 41 lines a page */
	ASSERT_TRUE(pdf_pages(doc) >= 2 && pdf_pages(doc) <= 4);
}

TEST(pdf_bears_hostile_geometry)
{
	AUTO(arena) mem = arena_new(TEST_BYTES);
	struct doc *doc;
	struct doc_table *t;

	ASSERT_OK(doc_new(mem, DOC_SOURCE_NONE, &doc));
	ASSERT_OK(doc_para(doc, STYLE_TITLE, STR(""), AT));
	ASSERT_OK(doc_para(doc, STYLE_HEAD_1, STR("一、标题在末"), AT));
	ASSERT_OK(doc_table_add(doc, TABLE_GRID, AT, &t)); /* no cells at all */
	ASSERT_OK(doc_table_done(doc, t));
	ASSERT_OK(doc_table_add(doc, TABLE_GRID, AT, &t)); /* columns of less than a point */
	ASSERT_OK(sample_cell(doc, t, 0, 511, 1, 1, "12345678901234567890", false));
	ASSERT_OK(sample_cell(doc, t, 0, 3, 1, 1, "字字字", false));
	t->header_rows = 7; /* more than there are */
	ASSERT_OK(doc_table_done(doc, t));
	ASSERT_OK(doc_para(doc, STYLE_DATE, STR("2026年1月9日"), AT));
	ASSERT_TRUE(pdf_pages(doc) >= 1);
}

/* ---- faults ---------------------------------------------------------------------------- */

static void survives(write_fn *fn)
{
	AUTO(arena) mem = arena_new(TEST_BYTES);
	AUTO_BUF(out, 8 * MIB);
	struct doc *doc;

	if (mem == NULL || sample_doc(mem, &doc) != ERR_OK)
		return;
	if (fn(doc, &no_env, NULL, &out) == ERR_OK)
		ASSERT_OK(buf_end(&out));
}

FAULT_TEST(html_survives, FAULT_ALLOC)
{
	survives(html_write);
}

FAULT_TEST(text_survives, FAULT_ALLOC)
{
	survives(text_write);
}

FAULT_TEST(docx_survives, FAULT_ALLOC | FAULT_IO)
{
	survives(docx_write);
}

FAULT_TEST(xlsx_survives, FAULT_ALLOC | FAULT_IO)
{
	survives(xlsx_write);
}

FAULT_TEST(pdf_survives, FAULT_ALLOC)
{
	survives(pdf_write);
}
