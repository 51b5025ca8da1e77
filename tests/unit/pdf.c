/* The layout of words with boxes, on pages made here; pdftotext itself on a small PDF and on the
 * corpus. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/io.h"
#include "readers/boxes.h"
#include "sandbox/sandbox.h"
#include "tests/unit/boxes_form.h"

static struct arena *mem;
static const struct law *law;
static float taller; /* times that the font claims its letters to be */

static struct read_env env(const struct sandbox *sandbox)
{
	arena_free(mem);
	mem = arena_new(256 * MIB);
	ASSERT_TRUE(mem != NULL);
	ASSERT_OK(law_load(NULL, mem, NULL, &law));
	return (struct read_env){.law = law, .sandbox = sandbox};
}

static struct form_page *new_page(void)
{
	struct form_page *p = ARENA_NEW(mem, struct form_page);

	p->mem = mem;
	p->page = 1;
	p->y = 80;
	return p;
}

static void word_xhtml(struct buf *out, const struct form_word *w, bool turned)
{
	float x0 = w->x, y0 = w->y, x1 = w->x + w->width, y1 = w->y + TYPE_SIZE * 1.2f;

	if (taller > 0 && (unsigned char)w->text.p[0] >= 0xE0) { /* Chinese letters alone */
		y0 -= TYPE_SIZE * (taller - 1) / 2 + 2;
		y1 += TYPE_SIZE * (taller - 1) / 2 - 2;
	}
	if (turned) { /* reads downwards along the right side */
		float tx0 = PAGE_HEIGHT - y1, tx1 = PAGE_HEIGHT - y0;

		y0 = x0;
		y1 = x1;
		x0 = tx0;
		x1 = tx1;
	}
	buf_fmt(out, "<line xMin=\"0\"><word xMin=\"%f\" yMin=\"%f\" xMax=\"%f\" yMax=\"%f\">",
		(double)x0, (double)y0, (double)x1, (double)y1);
	buf_add(out, w->text);
	buf_c(out, "</word></line>\n");
}

/* As pdftotext writes it, words in the order in which they were put; a title of raw bytes. */
static struct str as_xhtml(const struct form_page *p, bool turned)
{
	AUTO_BUF(out, 8 * MIB);
	struct str ret;
	unsigned pages = 1;

	for (size_t i = 0; i < p->n; i++)
		pages = p->words[i].page > pages ? p->words[i].page : pages;
	buf_c(&out,
	      "<!DOCTYPE html><html><head><title>\xfe\xff\x01 & <x></title></head><body>\n<doc>\n");
	for (unsigned page = 1; page <= pages; page++) {
		buf_fmt(&out, "<page width=\"%f\" height=\"%f\">\n<flow>\n",
			(double)(turned ? PAGE_HEIGHT : PAGE_WIDTH),
			(double)(turned ? PAGE_WIDTH : PAGE_HEIGHT));
		for (size_t i = 0; i < p->n; i++) {
			if (p->words[i].page == page)
				word_xhtml(&out, &p->words[i], turned);
		}
		buf_c(&out, "</flow></page>\n");
	}
	buf_c(&out, "</doc>\n</body></html>\n");
	ASSERT_OK(buf_end(&out));
	ASSERT_OK(arena_str(mem, buf_str(&out), &ret));
	return ret;
}

static struct doc *lay_out(const struct form_page *p, const struct read_env *e, bool turned)
{
	struct boxes b = {.mem = mem};
	struct doc *doc = NULL;

	ASSERT_OK(boxes_parse(as_xhtml(p, turned), &b, NULL));
	ASSERT_OK(doc_new(mem, DOC_SOURCE_PDF, &doc));
	ASSERT_OK(boxes_layout(&b, e, doc));
	return doc;
}

static void form_is_read(const char *id, bool turned)
{
	struct read_env e = env(NULL);
	const struct form *form = law_form_by_id(law, str_c(id));
	struct form_page *p = new_page();
	struct doc *doc;

	put_heading(p, "三、收到和处理政府信息公开申请情况");
	put_table3(p, form, mixed_cell);
	put_heading(p, "四、政府信息公开行政复议、行政诉讼情况");
	put_table4(p, mixed_cell);
	put_heading(p, "五、存在的主要问题及改进情况");
	ASSERT_TRUE(p->page >= 2);
	doc = lay_out(p, &e, turned);
	check_table3(nth_table(doc, 0), form, mixed_cell, mem);
	check_table4(nth_table(doc, 1), mixed_cell, mem);
	ASSERT_STR(doc->blocks[0].text, "三、收到和处理政府信息公开申请情况");
	ASSERT_STR(doc->blocks[doc->n_blocks - 1].text, "五、存在的主要问题及改进情况");
	ASSERT_INT(doc->n_notes, 0);
	ASSERT_INT(doc->n_blocks, 5);
}

TEST(table_3_over_pages_both_forms)
{
	form_is_read("2019", false);
	form_is_read("2021", false);
}

TEST(turned_pages_are_turned_back)
{
	form_is_read("2021", true);
}

static struct str blank_cell(struct arena *unused, size_t row, size_t col)
{
	(void)unused;
	(void)row;
	(void)col;
	return STR_NONE;
}

/* Boxes of lines that overlap, as browsers print some fonts. */
TEST(a_font_that_claims_more_height_changes_nothing)
{
	taller = 2.4f;
	form_is_read("2021", false);
	form_is_read("2019", false);
	taller = 0;
}

/* What a browser prints at the edge of each page: date and title, address and page. */
TEST(lines_of_a_browser_at_the_edges_go)
{
	struct read_env e = env(NULL);
	struct form_page *p = new_page();
	struct doc *doc;

	for (p->page = 1; p->page <= 2; p->page++) {
		put_at(p, 20, 12, STR("11/23/26"));
		put_at(p, 200, 12, STR("青禾县水务局公开年报"));
		put_at(p, 20, PAGE_HEIGHT - 24, STR("http://localhost/nb.html"));
		put_at(p, 560, PAGE_HEIGHT - 24, p->page == 1 ? STR("1/2") : STR("2/2"));
		put_at(p, 100, 300, STR("文字留在原处。"));
	}
	doc = lay_out(p, &e, false);
	ASSERT_INT(doc->n_blocks, 2);
	ASSERT_STR(doc->blocks[0].text, "文字留在原处。");
}

TEST(a_bare_form_has_blank_cells)
{
	struct read_env e = env(NULL);
	const struct form *form = law_form_by_id(law, STR("2021"));
	struct form_page *p = new_page();
	struct doc *doc;

	put_table3(p, form, blank_cell);
	put_heading(p, "四、政府信息公开行政复议、行政诉讼情况");
	put_table4(p, blank_cell);
	doc = lay_out(p, &e, false);
	check_table3(nth_table(doc, 0), form, blank_cell, mem);
	check_table4(nth_table(doc, 1), blank_cell, mem);
}

/* Figures broken over two lines inside their cell: nobody can tell them from two figures. */
TEST(broken_figures_make_a_table_doubtful)
{
	struct read_env e = env(NULL);
	const struct form *form = law_form_by_id(law, STR("2019"));
	struct form_page *p = new_page();
	struct doc *doc;

	put_table3(p, form, mixed_cell);
	for (size_t i = 0; i < p->n; i++) {
		p->page = p->words[i].page;
		if (str_has(p->words[i].text, STR("予以公开")))
			put_middle(p, FORM_COL_X + FORM_PITCH, p->words[i].y + 9, STR("5"));
	}
	doc = lay_out(p, &e, false);
	ASSERT_TRUE(nth_table(doc, 0)->untrusted);
	ASSERT_INT(doc->n_notes, 1);
	ASSERT_STR(doc->notes[0].rule, "AR-R05");
}

TEST(a_figure_without_a_column_makes_a_table_doubtful)
{
	struct read_env e = env(NULL);
	const struct form *form = law_form_by_id(law, STR("2019"));
	struct form_page *p = new_page();

	put_table3(p, form, blank_cell);
	put_middle(p, FORM_COL_X + FORM_PITCH * 1.5f, p->y - 17, STR("5"));
	ASSERT_TRUE(nth_table(lay_out(p, &e, false), 0)->untrusted);
}

TEST(a_missing_row_is_missing_and_others_stay)
{
	struct read_env e = env(NULL);
	const struct form *form = law_form_by_id(law, STR("2019"));
	struct form_page *p = new_page();
	const struct doc_table *t;
	const struct form_word *gone = NULL;

	put_table3(p, form, mixed_cell);
	for (size_t i = 0; i < p->n; i++) {
		if (str_has(p->words[i].text, STR("重复申请")))
			gone = &p->words[i];
	}
	ASSERT_TRUE(gone != NULL);
	for (size_t i = 0; i < p->n; i++) {
		if (p->words[i].page == gone->page && fabsf(p->words[i].y - gone->y) < 1)
			p->words[i].text = STR_NONE;
	}
	t = nth_table(lay_out(p, &e, false), 0);
	ASSERT_TRUE(!t->untrusted);
	ASSERT_INT(t->rows, 3 + form->table3.n_rows - 1);
	for (size_t c = 0; c < 7; c++)
		ASSERT_STR_EQ(
			doc_cell_at(t, row_of(t, STR("3.要求提供公开出版物")), 3 + (uint32_t)c)
				->text,
			mixed_cell(mem, 17, c));
}

TEST(digits_broken_in_table_4_are_one_number)
{
	struct read_env e = env(NULL);
	struct form_page *p = new_page();
	const struct doc_table *t;

	put_table4(p, blank_cell);
	put_middle(p, 80, p->y - 35, STR("17"));
	put_middle(p, 80, p->y - 22, STR("8"));
	t = nth_table(lay_out(p, &e, false), 0);
	ASSERT_STR(doc_cell_at(t, 3, 0)->text, "178");
	ASSERT_STR(doc_cell_at(t, 3, 1)->text, "");
	ASSERT_TRUE(!t->untrusted);
}

TEST(table_2_keeps_what_is_printed)
{
	struct read_env e = env(NULL);
	struct form_page *p = new_page();
	const struct doc_table *t;

	put_at(p, 240, 100, STR("第二十条第（一）项"));
	put_at(p, 90, 120, STR("信息内容"));
	put_at(p, 200, 120, STR("本年制发件数"));
	put_at(p, 300, 120, STR("本年废止件数"));
	put_at(p, 400, 120, STR("现行有效件数"));
	put_at(p, 90, 140, STR("规章"));
	put_at(p, 430, 140, STR("0"));
	put_at(p, 90, 160, STR("行政规范性"));
	put_at(p, 90, 173, STR("文件"));
	put_at(p, 190, 166, STR("22（其中修订16件）"));
	put_at(p, 325, 166, STR("3"));
	put_at(p, 240, 200, STR("第二十条第（五）项"));
	put_at(p, 90, 220, STR("信息内容"));
	put_at(p, 300, 220, STR("本年处理决定数量"));
	put_at(p, 90, 240, STR("行政许可"));
	put_at(p, 320, 240, STR("11,398"));
	t = nth_table(lay_out(p, &e, false), 0);
	ASSERT_TRUE(!t->untrusted);
	ASSERT_STR(doc_cell_at(t, 2, 1)->text, "");
	ASSERT_STR(doc_cell_at(t, 2, 3)->text, "0");
	ASSERT_STR(doc_cell_at(t, 3, 0)->text, "行政规范性文件");
	ASSERT_STR(doc_cell_at(t, 3, 1)->text, "22（其中修订16件）");
	ASSERT_STR(doc_cell_at(t, 3, 2)->text, "3");
	ASSERT_STR(doc_cell_at(t, 3, 3)->text, "");
	ASSERT_STR(doc_cell_at(t, 6, 1)->text, "11,398");
	ASSERT_INT(doc_cell_at(t, 6, 1)->colspan, 3);
}

TEST(lines_become_paragraphs_and_page_numbers_go)
{
	struct read_env e = env(NULL);
	struct form_page *p = new_page();
	struct doc *doc;

	put_at(p, 120, 100, STR("一、总体情况"));
	put_at(p, 110, 120, STR("本街道严格落实公开条例的各项要求，全年主动公开各类信息，内容准"));
	put_at(p, 90, 138, STR("确完整，渠道通畅，群众查阅方便。今后还将继续加强培训与指导工作"));
	put_at(p, 90, 156, STR("，做到应公开尽公开。"));
	put_at(p, 110, 174, STR("收到申请"));
	put_at(p, 153, 174, STR("17"));
	put_at(p, 166, 174, STR("件。"));
	put_at(p, 290, 800, STR("-1-"));
	p->page = 2;
	put_at(p, 110, 100, STR("第二段。"));
	put_at(p, 290, 800, STR("31"));
	doc = lay_out(p, &e, false);
	ASSERT_INT(doc->n_blocks, 5);
	ASSERT_STR(doc->blocks[0].text, "一、总体情况");
	ASSERT_STR(
		doc->blocks[1].text,
		"本街道严格落实公开条例的各项要求，全年主动公开各类信息，内容准确完整，渠道通畅，"
		"群众查阅方便。今后还将继续加强培训与指导工作，做到应公开尽公开。");
	ASSERT_STR(doc->blocks[2].text, "收到申请17件。");
	ASSERT_STR(doc->blocks[3].text, "第二段。");
	ASSERT_STR(doc->blocks[4].text, "31"); /* no page 31: it may be a figure */
	ASSERT_INT(doc->blocks[3].at.page, 2);
}

TEST(a_cut_layout_is_refused)
{
	struct read_env e = env(NULL);
	struct form_page *p = new_page();
	struct str whole;
	struct boxes b = {.mem = mem};
	struct diag diag = DIAG_INIT;

	(void)e;
	put_at(p, 100, 100, STR("文字"));
	whole = as_xhtml(p, false);
	ASSERT_ERR(boxes_parse(str_sub(whole, 0, whole.n - 30), &b, &diag), ERR_INPUT);
	ASSERT_ERR(boxes_parse(STR("<html>"), &b, &diag), ERR_INPUT);
}

TEST(references_and_bad_bytes_in_words)
{
	struct read_env e = env(NULL);
	struct form_page *p = new_page();
	struct doc *doc;

	put_at(p, 100, 100, STR("甲&amp;乙&lt;&#x4e19;&#19969;\x01\xff"));
	doc = lay_out(p, &e, false);
	ASSERT_STR(doc->blocks[0].text, "甲&乙<丙丁\xef\xbf\xbd");
}

/* A PDF of one page whose content is `stream`, in Helvetica. */
static struct str small_pdf(const char *stream)
{
	struct str s;

	ASSERT_OK(arena_fmt(mem, &s,
			    "%%PDF-1.4\n"
			    "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
			    "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
			    "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
			    "/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>"
			    ">>>>endobj\n"
			    "4 0 obj<</Length %zu>>stream\n%s\nendstream endobj\n"
			    "trailer<</Root 1 0 R>>\n",
			    strlen(stream), stream));
	return s;
}

static enum err read_pdf(struct str bytes, struct diag *diag, struct doc **ret)
{
	AUTO(sandbox) sandbox = NULL;
	struct read_env e;

	ASSERT_OK(sandbox_new(&sandbox));
	e = (struct read_env){.law = law, .sandbox = sandbox};
	return pdf_read(bytes, &e, mem, diag, ret);
}

static bool has_pdftotext(void)
{
	FILE *f = fopen("/usr/bin/pdftotext", "r");

	if (f != NULL)
		fclose(f);
	return f != NULL;
}

TEST(a_pdf_goes_through_pdftotext)
{
	struct read_env e = env(NULL);
	struct diag diag = DIAG_INIT;
	struct doc *doc = NULL;

	ASSERT_ERR(pdf_read(small_pdf(""), &e, mem, &diag, &doc), ERR_ABSENT);
	ASSERT_TRUE(str_has(str_c(diag.text), STR("sandbox")));
	if (!has_pdftotext()) {
		test_skip("pdftotext is not installed");
		return;
	}
	diag = DIAG_INIT;
	ASSERT_OK(read_pdf(small_pdf("BT /F 12 Tf 90 700 Td (one two three four five) Tj ET"),
			   &diag, &doc));
	ASSERT_STR(doc->blocks[0].text, "one two three four five");
	ASSERT_INT(doc->pages, 1);
}

TEST(scans_and_ruins_are_named)
{
	struct diag diag = DIAG_INIT;
	struct doc *doc = NULL;

	env(NULL);
	if (!has_pdftotext()) {
		test_skip("pdftotext is not installed");
		return;
	}
	ASSERT_ERR(read_pdf(small_pdf("0 0 1 rg 50 50 400 600 re f"), &diag, &doc), ERR_INPUT);
	ASSERT_TRUE(str_has(str_c(diag.text), STR("scan without a text layer")));
	diag = DIAG_INIT;
	ASSERT_ERR(read_pdf(STR("%PDF-1.7 and nothing more"), &diag, &doc), ERR_INPUT);
	ASSERT_TRUE(str_has(str_c(diag.text), STR("damaged")));
	diag = DIAG_INIT;
	ASSERT_ERR(read_pdf(STR("%PDF-1.7\ntrailer<</Encrypt 5 0 R>>"), &diag, &doc), ERR_INPUT);
	ASSERT_TRUE(str_has(str_c(diag.text), STR("encrypted")));
}

TEST(corpus_pdf_is_read_whole)
{
	const char *corpus = test_corpus();
	struct diag diag = DIAG_INIT;
	struct doc *doc = NULL;
	const struct doc_table *t;
	struct str path, bytes;
	static const char *const new_row[] = {"95", "0", "0", "0", "0", "0", "95"};
	static const char *const table4[] = {"1", "1", "0", "0", "2", "1", "0", "0",
					     "0", "1", "2", "0", "1", "0", "3"};

	env(NULL);
	if (corpus == NULL || !has_pdftotext()) {
		test_skip("no corpus folder, or no pdftotext");
		return;
	}
	ASSERT_OK(arena_fmt(mem, &path, "%s/hongze-2024.pdf", corpus));
	ASSERT_OK(io_read(path.p, LIMIT_FILE_BYTES, mem, NULL, &bytes));
	ASSERT_OK(read_pdf(bytes, &diag, &doc));
	ASSERT_INT(doc->n_notes, 0);
	t = nth_table(doc, 1);
	ASSERT_INT(t->rows, 3 + 23);
	for (uint32_t c = 0; c < 7; c++)
		ASSERT_STR_EQ(doc_cell_at(t, 3, 3 + c)->text, str_c(new_row[c]));
	ASSERT_STR(doc_cell_at(t, 15, 3)->text, "31");
	for (uint32_t c = 0; c < 15; c++)
		ASSERT_STR_EQ(doc_cell_at(nth_table(doc, 2), 3, c)->text, str_c(table4[c]));
	t = nth_table(doc, 0);
	ASSERT_STR(doc_cell_at(t, 3, 3)->text, "8");
	ASSERT_STR(doc_cell_at(t, 6, 1)->text, "9487");
	ASSERT_STR(doc_cell_at(t, t->rows - 1, 1)->text, "7545");
}

FAULT_TEST(layout_survives, FAULT_ALLOC)
{
	AUTO(arena) own = arena_new(64 * MIB);
	struct boxes b = {.mem = own};
	struct doc *doc = NULL;
	struct read_env e = {.law = law};
	static struct form_page *p;
	static struct str xhtml;

	if (law == NULL)
		return;
	if (p == NULL) {
		p = new_page();
		put_table3(p, law_form_by_id(law, STR("2019")), mixed_cell);
		put_table4(p, blank_cell);
		xhtml = as_xhtml(p, false);
	}
	if (own == NULL || boxes_parse(xhtml, &b, NULL) != ERR_OK ||
	    doc_new(own, DOC_SOURCE_PDF, &doc) != ERR_OK)
		return;
	(void)!boxes_layout(&b, &e, doc);
}
