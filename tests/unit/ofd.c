/* OFD files made here: the same forms as in the tests of PDF, written as text objects. */
#include <stdio.h>

#include "base/buf.h"
#include "format/xml.h"
#include "format/zip.h"
#include "tests/unit/boxes_form.h"

#define MM (25.4 / 72.0)
#define NS "xmlns:ofd=\"http://www.ofdspec.org/2016\""

static struct arena *mem;
static const struct law *law;

static struct read_env env(void)
{
	arena_free(mem);
	mem = arena_new(256 * MIB);
	ASSERT_TRUE(mem != NULL);
	ASSERT_OK(law_load(NULL, mem, NULL, &law));
	return (struct read_env){.law = law};
}

/* A text object: its place by the boundary, its letters by DeltaX, runs in the repeat form. */
static void put_object(struct buf *out, const struct form_word *w)
{
	struct str rest = w->text;
	uint32_t cp;

	buf_fmt(out,
		"<ofd:TextObject ID=\"1\" Boundary=\"%.3f %.3f %.3f %.3f\" Size=\"%.3f\">"
		"<ofd:TextCode X=\"0\" Y=\"%.3f\" DeltaX=\"",
		(double)w->x * MM, (double)w->y * MM, (double)w->width * MM, 12 * MM,
		(double)TYPE_SIZE * MM, (double)TYPE_SIZE * 0.88 * MM);
	while (utf8_next(&rest, &cp))
		buf_fmt(out, "g 1 %.4f ", (double)TYPE_SIZE * MM / (cp < 0x2000 ? 2 : 1));
	buf_c(out, "\">");
	xml_put_text(out, w->text);
	buf_c(out, "</ofd:TextCode></ofd:TextObject>\n");
}

static struct str content(const struct form_page *p, unsigned page, const char *before)
{
	AUTO_BUF(out, 8 * MIB);
	struct str ret;

	buf_fmt(&out, "<?xml version=\"1.0\"?><ofd:Page " NS ">%s<ofd:Content><ofd:Layer>\n",
		before);
	for (size_t i = 0; i < p->n; i++) {
		if (p->words[i].page == page)
			put_object(&out, &p->words[i]);
	}
	buf_c(&out, "</ofd:Layer></ofd:Content></ofd:Page>");
	ASSERT_OK(buf_end(&out));
	ASSERT_OK(arena_str(mem, buf_str(&out), &ret));
	return ret;
}

static struct str document(unsigned pages, const char *common)
{
	AUTO_BUF(out, MIB);
	struct str ret;

	buf_fmt(&out,
		"<ofd:Document " NS "><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 %.3f %.3f"
		"</ofd:PhysicalBox></ofd:PageArea>%s</ofd:CommonData><ofd:Pages>",
		(double)PAGE_WIDTH * MM, (double)PAGE_HEIGHT * MM, common);
	for (unsigned i = 1; i <= pages; i++)
		buf_fmt(&out, "<ofd:Page ID=\"%u\" BaseLoc=\"Pages/Page_%u/Content.xml\"/>", i, i);
	buf_c(&out, "</ofd:Pages></ofd:Document>");
	ASSERT_OK(buf_end(&out));
	ASSERT_OK(arena_str(mem, buf_str(&out), &ret));
	return ret;
}

static const char root[] = "<ofd:OFD " NS "><ofd:DocBody><ofd:DocRoot>/Doc_0/Document.xml"
			   "</ofd:DocRoot></ofd:DocBody></ofd:OFD>";

static struct str zipped(struct zipout *zip)
{
	AUTO_BUF(out, 8 * MIB);
	struct str ret;

	ASSERT_OK(zipout_end(zip, &out));
	ASSERT_OK(arena_str(mem, buf_str(&out), &ret));
	return ret;
}

static struct str as_ofd(const struct form_page *p)
{
	AUTO(zipout) zip = NULL;
	char name[64];

	ASSERT_OK(zipout_new(&zip));
	zipout_add(zip, "OFD.xml", str_c(root));
	zipout_add(zip, "Doc_0/Document.xml", document(p->page, ""));
	for (unsigned i = 1; i <= p->page; i++) {
		snprintf(name, sizeof(name), "Doc_0/Pages/Page_%u/Content.xml", i);
		zipout_add(zip, name, content(p, i, ""));
	}
	return zipped(zip);
}

TEST(tables_of_an_ofd)
{
	struct read_env e = env();
	const struct form *form = law_form_by_id(law, STR("2021"));
	struct form_page *p = ARENA_NEW(mem, struct form_page);
	struct diag diag = DIAG_INIT;
	struct doc *doc = NULL;

	p->mem = mem;
	p->page = 1;
	p->y = 80;
	put_heading(p, "三、收到和处理政府信息公开申请情况");
	put_table3(p, form, mixed_cell);
	put_heading(p, "四、政府信息公开行政复议、行政诉讼情况");
	put_table4(p, mixed_cell);
	ASSERT_OK(ofd_read(as_ofd(p), &e, mem, &diag, &doc));
	check_table3(nth_table(doc, 0), form, mixed_cell, mem);
	check_table4(nth_table(doc, 1), mixed_cell, mem);
	ASSERT_INT(doc->source, DOC_SOURCE_OFD);
	ASSERT_INT(doc->pages, p->page);
}

static enum err read_parts(const struct read_env *e, const char *page, const char *template,
			   struct doc **ret, struct diag *diag)
{
	AUTO(zipout) zip = NULL;

	ASSERT_OK(zipout_new(&zip));
	zipout_add(zip, "OFD.xml", str_c(root));
	zipout_add(zip, "Doc_0/Document.xml",
		   document(1, "<ofd:TemplatePage ID=\"7\" BaseLoc=\"./Tpls/../Tpls/T.xml\"/>"));
	if (page != NULL)
		zipout_add(zip, "Doc_0/Pages/Page_1/Content.xml", str_c(page));
	zipout_add(zip, "Doc_0/Tpls/T.xml", str_c(template));
	return ofd_read(zipped(zip), e, mem, diag, ret);
}

#define CODE(attrs, text) "<ofd:TextCode " attrs ">" text "</ofd:TextCode>"
#define OBJECT(attrs, codes) "<ofd:TextObject Size=\"4\" " attrs ">" codes "</ofd:TextObject>"
#define PAGE(before, objects)                                                                      \
	"<ofd:Page " NS ">" before "<ofd:Content><ofd:Layer><ofd:PageBlock>" objects               \
	"</ofd:PageBlock></ofd:Layer></ofd:Content></ofd:Page>"

TEST(steps_matrices_and_templates)
{
	struct read_env e = env();
	struct diag diag = DIAG_INIT;
	struct doc *doc = NULL;

	ASSERT_OK(read_parts(
		&e,
		PAGE("<ofd:Template TemplateID=\"7\"/>",
		     /* two words in one code: a wide step parts them */
		     OBJECT("Boundary=\"30 40 150 6\"",
			    CODE("X=\"0\" Y=\"4\" DeltaX=\"4 g 2 4 30 4\"", "甲乙丙丁戊己"))
		     /* the matrix moves it down a line and doubles it */
		     OBJECT("Boundary=\"30 40 150 6\" CTM=\"2 0 0 2 0 20\"",
			    CODE("X=\"0\" Y=\"4\" DeltaX=\"2 2 2\"", "A1 B")
				    CODE("X=\"20\"", "庚"))),
		PAGE("", OBJECT("Boundary=\"30 100 50 6\"", CODE("X=\"0\" Y=\"4\"", "版心"))), &doc,
		&diag));
	ASSERT_INT(doc->n_blocks, 3);
	ASSERT_STR(doc->blocks[0].text, "甲乙丙丁 戊己");
	ASSERT_TRUE(str_starts(doc->blocks[1].text, STR("A1")));
	ASSERT_TRUE(str_ends(doc->blocks[1].text, STR("庚")));
	ASSERT_STR(doc->blocks[2].text, "版心");
}

TEST(broken_ofd_files_are_named)
{
	struct read_env e = env();
	struct diag diag = DIAG_INIT;
	struct doc *doc = NULL;

	ASSERT_ERR(ofd_read(STR("PK\x03\x04"), &e, mem, &diag, &doc), ERR_INPUT);
	diag = DIAG_INIT;
	ASSERT_ERR(read_parts(&e, NULL, "<x/>", &doc, &diag), ERR_INPUT);
	ASSERT_TRUE(str_has(str_c(diag.text), STR("Doc_0/Pages/Page_1/Content.xml")));
	diag = DIAG_INIT;
	ASSERT_ERR(read_parts(&e, PAGE("", ""), "<x/>", &doc, &diag), ERR_INPUT);
	ASSERT_TRUE(str_has(str_c(diag.text), STR("scan")));
	diag = DIAG_INIT;
	ASSERT_ERR(read_parts(&e, "<ofd:Page", "<x/>", &doc, &diag), ERR_INPUT);
	ASSERT_TRUE(doc == NULL);
}

TEST(absurd_steps_end)
{
	struct read_env e = env();
	struct diag diag = DIAG_INIT;
	struct doc *doc = NULL;

	ASSERT_OK(read_parts(&e,
			     PAGE("", OBJECT("Boundary=\"1e30 nan 1 1\"",
					     CODE("X=\"inf\" Y=\"4\" DeltaX=\"g 1e30 1e30 g\"",
						  "一二三四五六"))),
			     "<x/>", &doc, &diag));
}
