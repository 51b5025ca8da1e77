/* The DOCX reader on packages made here, one oddity each. */
#include <stdio.h>

#include "base/buf.h"
#include "base/limits.h"
#include "format/zip.h"
#include "readers/readers.h"
#include "tests/test.h"

#define W "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
#define W_STRICT "http://purl.oclc.org/ooxml/wordprocessingml/main"
#define HEAD(w)                                                                                    \
	"<w:document xmlns:w='" w "' "                                                             \
	"xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006' "                  \
	"xmlns:wps='http://schemas.microsoft.com/office/word/2010/wordprocessingShape' "           \
	"xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main' "                         \
	"xmlns:v='urn:schemas-microsoft-com:vml'><w:body>"
#define TAIL "<w:sectPr/></w:body></w:document>"
#define DOC(body) HEAD(W) body TAIL
#define P(text) "<w:p><w:r><w:t>" text "</w:t></w:r></w:p>"
#define TC(props, text) "<w:tc><w:tcPr>" props "</w:tcPr>" P(text) "</w:tc>"
#define REL(id, type, target)                                                                      \
	"<Relationship Id='" id "' "                                                               \
	"Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/" type          \
	"' Target='" target "'/>"
#define RELS(items)                                                                                \
	"<Relationships "                                                                          \
	"xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>" items              \
	"</Relationships>"

struct part {
	const char *name, *text;
};

static enum err package(const struct part *parts, struct buf *out)
{
	AUTO(zipout) zip = NULL;
	enum err e = zipout_new(&zip);

	if (e != ERR_OK)
		return e;
	for (; parts->name != NULL; parts++)
		zipout_add(zip, parts->name, str_c(parts->text));
	return zipout_end(zip, out);
}

static enum err read_parts(const struct part *parts, struct arena *mem, struct diag *diag,
			   struct doc **ret)
{
	AUTO_BUF(out, 16 * MIB);
	struct read_env env = {NULL, NULL};
	struct str bytes;
	enum err e = package(parts, &out);

	if (e == ERR_OK)
		e = arena_str(mem, buf_str(&out), &bytes);
	return e == ERR_OK ? docx_read(bytes, &env, mem, diag, ret) : e;
}

/* Blocks as text: style letter, > for a box, paragraph; a table as [row,col rows x cols text|…]. */
static void show(const struct doc *doc, struct buf *out)
{
	for (size_t i = 0; i < doc->n_blocks; i++) {
		const struct doc_block *b = &doc->blocks[i];

		buf_add(out, b->from_box ? STR(">") : STR(""));
		if (b->kind == BLOCK_PICTURE)
			buf_add(out, STR("picture "));
		else if (b->kind == BLOCK_PARA && b->style != STYLE_BODY)
			buf_fmt(out, "%d ", b->style);
		buf_add(out, b->text);
		for (size_t c = 0; b->table != NULL && c < b->table->n_cells; c++) {
			const struct doc_cell *cell = &b->table->cells[c];

			buf_fmt(out, "[%u,%u", cell->row, cell->col);
			if (cell->rowspan + cell->colspan > 2)
				buf_fmt(out, " %ux%u", cell->rowspan, cell->colspan);
			buf_fmt(out, " " STR_FMT "]", STR_ARG(cell->text));
		}
		buf_ch(out, '\n');
	}
}

static void expect_parts(const struct part *parts, const char *want)
{
	AUTO(arena) mem = arena_new(LIMIT_DOC_MEMORY_BYTES);
	AUTO_BUF(out, MIB);
	struct diag diag = DIAG_INIT;
	struct doc *doc = NULL;

	if (read_parts(parts, mem, &diag, &doc) != ERR_OK)
		fail_msg("%s", diag.text);
	show(doc, &out);
	ASSERT_STR(buf_str(&out), want);
}

static void expect(const char *document, const char *want)
{
	struct part parts[] = {{"word/document.xml", document}, {NULL, NULL}};

	expect_parts(parts, want);
}

static void expect_note(const char *document, const char *rule)
{
	struct part parts[] = {{"word/document.xml", document}, {NULL, NULL}};
	AUTO(arena) mem = arena_new(LIMIT_DOC_MEMORY_BYTES);
	struct doc *doc = NULL;

	ASSERT_OK(read_parts(parts, mem, NULL, &doc));
	ASSERT_INT(doc->n_notes, 1);
	ASSERT_STR(doc->notes[0].rule, rule);
}

/* ---- text ---- */

TEST(docx_runs_inside_a_number_are_joined)
{
	expect(DOC("<w:p><w:r><w:t>收到1</w:t></w:r><w:proofErr/><w:r><w:t>2</w:t></w:r>"
		   "<w:bookmarkStart/><w:r><w:t>件</w:t></w:r></w:p>"),
	       "收到12件\n");
}

TEST(docx_characters_that_are_elements)
{
	expect(DOC("<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:cr/>"
		   "<w:noBreakHyphen/><w:softHyphen/><w:t>d\xc2\xad"
		   "e</w:t><w:sym w:font='Wingdings' w:char='F0FE'/><w:sym "
		   "w:char='4E00'/></w:r></w:p>"),
	       "a b\nc\n-de☑一\n");
}

TEST(docx_wrappers_are_looked_through)
{
	expect(DOC("<w:sdt><w:sdtPr><w:t>no</w:t></w:sdtPr><w:sdtContent>" P(
		       "甲") "</w:sdtContent></w:sdt>"
			     "<w:p><w:hyperlink><w:r><w:t>乙</w:t></w:r></"
			     "w:hyperlink><w:smartTag><w:r><w:t>丙</w:t>"
			     "</w:r></w:smartTag><w:r><w:ruby><w:rt><w:r><w:t>bing</w:t></w:r></"
			     "w:rt><w:rubyBase>"
			     "<w:r><w:t>丁</w:t></w:r></w:rubyBase></w:ruby></w:r></w:p>"),
	       "甲\n乙丙丁\n");
}

TEST(docx_field_result_is_kept_and_instruction_dropped)
{
	expect(DOC("<w:p><w:r><w:t>第</w:t></w:r><w:r><w:fldChar w:fldCharType='begin'/></w:r>"
		   "<w:r><w:instrText>PAGE</w:instrText><w:t>x</w:t></w:r>"
		   "<w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t>3</w:t></w:r>"
		   "<w:r><w:fldChar w:fldCharType='end'/></w:r><w:r><w:t>页</w:t></w:r></w:p>"),
	       "第3页\n");
}

TEST(docx_field_never_closed_swallows_no_paragraph)
{
	expect(DOC("<w:p><w:r><w:fldChar w:fldCharType='begin'/><w:t>x</w:t></w:r></w:p>" P(
		       "后文")),
	       "后文\n");
}

TEST(docx_hidden_text_is_dropped_with_a_note)
{
	const char *document =
		DOC("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>密</w:t></w:r><w:r><w:rPr>"
		    "<w:vanish w:val='0'/></w:rPr><w:t>明</w:t></w:r></w:p>");

	expect(document, "明\n");
	expect_note(document, "AR-R22");
}

TEST(docx_lines_are_paragraph_numbers)
{
	struct part parts[] = {
		{"word/document.xml",
		 DOC(P("") P("二") "<w:tbl><w:tr><w:tc>" P("三")
			     P("") "</w:tc><w:tc>" P("五") "</w:tc></w:tr></w:tbl>" P("六"))},
		{NULL, NULL}};
	AUTO(arena) mem = arena_new(LIMIT_DOC_MEMORY_BYTES);
	struct doc *doc = NULL;

	ASSERT_OK(read_parts(parts, mem, NULL, &doc));
	ASSERT_INT(doc->n_blocks, 3);
	ASSERT_INT(doc->blocks[0].at.line, 2);
	ASSERT_INT(doc->blocks[1].table->cells[1].at.line, 5);
	ASSERT_INT(doc->blocks[2].at.line, 6);
}

/* ---- changes ---- */

TEST(docx_changes_read_as_accepted)
{
	const char *document = DOC(
		"<w:p><w:ins><w:r><w:t>新</w:t></w:r></w:ins><w:del><w:r><w:delText>旧</w:delText>"
		"</w:r></w:del><w:moveFrom><w:r><w:t>走</w:t></w:r></"
		"w:moveFrom><w:moveTo><w:r><w:t>来"
		"</w:t></w:r></w:moveTo></w:p>");

	expect(document, "新来\n");
	expect_note(document, "AR-R21");
}

TEST(docx_deleted_paragraph_mark_joins_two_paragraphs)
{
	expect(DOC("<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>前</w:t></w:r></w:p>" P(
		       "后") P("另")),
	       "前后\n另\n");
}

TEST(docx_deleted_row_and_cell_are_gone)
{
	expect(DOC("<w:tbl><w:tr><w:trPr><w:del/></w:trPr>" TC("", "x") "</w:tr><w:tr>" TC("", "a")
			   TC("<w:cellDel/>", "y") TC("", "b") "</w:tr></w:tbl>"),
	       "[0,0 a][0,1 b]\n");
}

/* ---- tables ---- */

TEST(docx_spans_and_merges_make_one_cell)
{
	expect(DOC("<w:tbl><w:tblGrid><w:gridCol w:w='1'/></w:tblGrid>"
		   "<w:tr>" TC("<w:vMerge w:val='restart'/>", "甲") TC(
			   "<w:gridSpan w:val='2'/>",
			   "乙") "</w:tr>"
				 "<w:tr>" TC("<w:vMerge/>", "") TC("", "1") TC(
					 "",
					 "2") "</w:tr>"
					      "<w:tr>" TC("<w:vMerge w:val='continue'/>",
							  "") TC("", "3")
						      TC("",
							 "4") "</w:tr>"
							      "<w:tr>" TC(
								      "<w:vMerge w:val='restart'/>",
								      "丙") TC("", "5")
								      TC("",
									 "6") "</w:tr></w:tbl>"),
	       "[0,0 3x1 甲][0,1 1x2 乙][1,1 1][1,2 2][2,1 3][2,2 4][3,0 丙][3,1 5][3,2 6]\n");
}

TEST(docx_merge_that_continues_nothing_is_a_cell)
{
	expect(DOC("<w:tbl><w:tr>" TC("<w:vMerge/>", "a") TC("", "b") "</w:tr><w:tr>" TC(
		       "<w:gridSpan w:val='2'/><w:vMerge/>", "c") "</w:tr></w:tbl>"),
	       "[0,0 a][0,1 b][1,0 1x2 c]\n");
}

TEST(docx_grid_before_and_old_horizontal_merge)
{
	expect(DOC("<w:tbl><w:tr>" TC("", "a") TC("<w:hMerge w:val='restart'/>", "b") TC(
		       "<w:hMerge/>",
		       "") "</w:tr><w:tr><w:trPr><w:gridBefore w:val='1'/></w:trPr>" TC("", "c")
			   TC("", "d") "</w:tr></w:tbl>"),
	       "[0,0 a][0,1 1x2 b][1,1 c][1,2 d]\n");
}

TEST(docx_absurd_span_is_clipped)
{
	expect(DOC("<w:tbl><w:tr>" TC("<w:gridSpan w:val='1000000000'/>", "a") "</w:tr></w:tbl>"),
	       "[0,0 1x512 a]\n");
}

TEST(docx_header_rows_and_paragraphs_in_a_cell)
{
	struct part parts[] = {
		{"word/document.xml",
		 DOC("<w:tbl><w:tblGrid><w:gridCol w:w='100'/><w:gridCol "
		     "w:w='300'/></w:tblGrid><w:tr><w:trPr>"
		     "<w:tblHeader/></w:trPr><w:tc>" P("商业") P("企业") "</w:tc>" TC(
			     "", "b") "</w:tr><w:tr>" TC("", "c") TC("", "d") "</w:tr></w:tbl>")},
		{NULL, NULL}};
	AUTO(arena) mem = arena_new(LIMIT_DOC_MEMORY_BYTES);
	struct doc *doc = NULL;
	const struct doc_table *t;

	ASSERT_OK(read_parts(parts, mem, NULL, &doc));
	t = doc->blocks[0].table;
	ASSERT_INT(t->header_rows, 1);
	ASSERT_TRUE(t->cells[0].header && !t->cells[2].header);
	ASSERT_STR(t->cells[0].text, "商业\n企业");
	ASSERT_TRUE(t->widths != NULL && t->widths[1] == 300);
}

TEST(docx_layout_table_becomes_what_it_lays_out)
{
	expect(DOC("<w:tbl><w:tr><w:tc>" P("题") "</w:tc></w:tr><w:tr><w:tc>" P(
		       "前") "<w:tbl><w:tr>" TC("", "1")
			   TC("", "2") "</w:tr></w:tbl>" P("后") "</w:tc></w:tr></w:tbl>"),
	       "题\n前\n[0,0 1][0,1 2]\n后\n");
}

TEST(docx_small_table_in_one_figure_cell_stays_a_figure)
{
	expect(DOC("<w:tbl><w:tr>" TC("", "a") TC("", "b") TC("", "c") "<w:tc><w:tbl><w:tr>" TC(
		       "", "7") "</w:tr></w:tbl>" P("") "</w:tc></w:tr></w:tbl>"),
	       "[0,0 a][0,1 b][0,2 c][0,3 7]\n");
}

/* ---- boxes, notes, pictures ---- */

#define BOX(text) "<w:txbxContent>" P(text) "</w:txbxContent>"

TEST(docx_text_box_comes_once)
{
	expect(DOC("<w:p><w:r><w:t>文</w:t></w:r><w:r><mc:AlternateContent><mc:Choice "
		   "Requires='wps'>"
		   "<w:drawing><wps:txbx>" BOX(
			   "框") "</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict>"
				 "<v:textbox>" BOX("框") "</v:textbox></w:pict></mc:Fallback></"
							 "mc:AlternateContent></w:r></w:p>"),
	       "文\n>框\n");
	expect(DOC("<w:p><w:r><w:pict><v:shape><v:textbox>" BOX(
		       "旧") "</v:textbox></v:shape></w:pict></w:r></w:p>"),
	       ">旧\n");
}

TEST(docx_text_box_in_a_blank_cell_is_its_text)
{
	expect(DOC("<w:tbl><w:tr><w:tc><w:p><w:r><w:pict><v:textbox>" BOX(
		       "5") "</v:textbox></w:pict></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>6</"
			    "w:t><w:pict><v:textbox>" BOX("印") "</v:textbox></w:pict></w:r></"
								"w:p></w:tc></w:tr></w:tbl>"),
	       "[0,0 5][0,1 6]\n>印\n");
}

TEST(docx_picture_keeps_its_description)
{
	expect(DOC("<w:p><w:r><w:drawing><wp:docPr xmlns:wp='urn:wp' "
		   "descr='表三'/><a:blip/></w:drawing></w:r></w:p>"),
	       "picture 表三\n");
}

TEST(docx_footnotes_follow_and_their_marks_vanish)
{
	struct part parts[] = {
		{"_rels/.rels", RELS(REL("r1", "officeDocument", "word/document.xml"))},
		{"word/_rels/document.xml.rels", RELS(REL("r1", "footnotes", "footnotes.xml"))},
		{"word/document.xml", DOC("<w:p><w:r><w:t>12</w:t></w:r><w:r><w:footnoteReference "
					  "w:id='1'/></w:r></w:p>")},
		{"word/footnotes.xml",
		 "<w:footnotes xmlns:w='" W
		 "'><w:footnote w:type='separator'>" P("--") "</w:footnote><w:footnote w:id='1'>" P(
			 "注") "</w:footnote></w:footnotes>"},
		{NULL, NULL}};

	expect_parts(parts, "12\n>注\n");
}

/* ---- styles and numbers ---- */

#define STYLES                                                                                     \
	"<w:styles xmlns:w='" W "'><w:style w:styleId='1'><w:name w:val='heading 1'/></w:style>"   \
	"<w:style w:styleId='a'><w:name w:val='own'/><w:basedOn w:val='1'/><w:pPr><w:numPr>"       \
	"<w:numId w:val='2'/></w:numPr></w:pPr></w:style>"                                         \
	"<w:style w:styleId='T'><w:name w:val='Title'/></w:style>"                                 \
	"<w:style w:styleId='x'><w:name w:val='x'/><w:basedOn w:val='y'/></w:style>"               \
	"<w:style w:styleId='y'><w:name w:val='y'/><w:basedOn w:val='x'/></w:style></w:styles>"
#define LVL(i, fmt, text)                                                                          \
	"<w:lvl w:ilvl='" i "'><w:start w:val='1'/><w:numFmt w:val='" fmt "'/>"                    \
	"<w:lvlText w:val='" text "'/></w:lvl>"
#define NUMBERING                                                                                  \
	"<w:numbering xmlns:w='" W "'><w:abstractNum w:abstractNumId='5'>" LVL(                    \
		"0", "chineseCounting", "%1、") LVL("1", "decimal", "%1.%2'/><w:isLgl w:val='1")   \
		LVL("2", "bullet",                                                                 \
		    "*") "</w:abstractNum>"                                                        \
			 "<w:num w:numId='2'><w:abstractNumId w:val='5'/></w:num>"                 \
			 "<w:num w:numId='3'><w:abstractNumId w:val='5'/><w:lvlOverride "          \
			 "w:ilvl='0'>"                                                             \
			 "<w:startOverride w:val='11'/></w:lvlOverride></w:num></w:numbering>"
#define PN(style, num, level, text)                                                                \
	"<w:p><w:pPr><w:pStyle w:val='" style "'/><w:numPr><w:ilvl w:val='" level "'/><w:numId "   \
	"w:val='" num "'/></w:numPr></w:pPr><w:r><w:t>" text "</w:t></w:r></w:p>"
#define PS(style, text)                                                                            \
	"<w:p><w:pPr><w:pStyle w:val='" style "'/></w:pPr><w:r><w:t>" text "</w:t></w:r></w:p>"

TEST(docx_automatic_numbers_are_part_of_headings)
{
	struct part parts[] = {
		{"_rels/.rels", RELS(REL("r1", "officeDocument", "/word/document.xml"))},
		{"word/_rels/document.xml.rels",
		 RELS(REL("r1", "styles", "styles.xml")
			      REL("r2", "numbering", "/word/numbering.xml"))},
		{"word/styles.xml", STYLES},
		{"word/numbering.xml", NUMBERING},
		{"word/document.xml",
		 DOC(PS("T", "年度报告") PS("a", "总体情况") PN("1", "2", "1", "细")
			     PN("", "2", "1", "细") PS("a", "主动公开") PN("", "2", "1", "细")
				     PN("", "2", "2", "点") PN("", "3", "0", "另起")
					     PN("a", "0", "0", "无号") PS("x", "环"))},
		{NULL, NULL}};

	expect_parts(parts, "1 年度报告\n2 一、总体情况\n2 1.1 细\n1.2 细\n2 二、主动公开\n2.1 "
			    "细\n点\n十一、另起\n"
			    "2 无号\n环\n");
}

/* ---- packages ---- */

TEST(docx_strict_and_oddly_named_parts_are_found)
{
	struct part strict[] = {
		{"_rels/.rels", RELS("<Relationship Id='a' Type='http://purl.oclc.org/ooxml/"
				     "officeDocument/relationships/officeDocument' "
				     "Target='wps/main.xml'/>")},
		{"wps/main.xml", HEAD(W_STRICT) P("严格") TAIL},
		{NULL, NULL}};
	struct part typed[] = {
		{"[Content_Types].xml",
		 "<Types><Override PartName='/a/b.xml' ContentType='application/vnd.openxmlformats-"
		 "officedocument.wordprocessingml.document.main+xml'/></Types>"},
		{"a/b.xml", DOC(P("按类型"))},
		{NULL, NULL}};

	expect_parts(strict, "严格\n");
	expect_parts(typed, "按类型\n");
}

TEST(docx_named_parts_that_are_missing_do_no_harm)
{
	struct part parts[] = {
		{"_rels/.rels", RELS(REL("r1", "officeDocument", "word/document.xml"))},
		{"word/_rels/document.xml.rels",
		 RELS(REL("r1", "styles", "styles.xml") REL("r2", "numbering", "x.xml"))},
		{"word/document.xml", DOC(PN("9", "9", "0", "一"))},
		{NULL, NULL}};

	expect_parts(parts, "一\n");
}

TEST(docx_damage_is_said)
{
	static const struct part rows[][2] = {
		{{"word/document.xml", "<w:document"}, {NULL, NULL}},
		{{"word/document.xml", ""}, {NULL, NULL}},
		{{"word/document.xml", "<html/>"}, {NULL, NULL}},
		{{"word/other.xml", "<x/>"}, {NULL, NULL}},
		{{"word/document.xml", "<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>"}, {NULL, NULL}},
		{{"_rels/.rels", "<Relationships"}, {NULL, NULL}},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		AUTO(arena) mem = arena_new(LIMIT_DOC_MEMORY_BYTES);
		struct diag diag = DIAG_INIT;
		struct doc *doc = NULL;

		ASSERT_ERR(read_parts(rows[i], mem, &diag, &doc), ERR_INPUT);
		ASSERT_TRUE(diag.text[0] != '\0' && doc == NULL);
	}
}

TEST(docx_cut_short_anywhere_is_said)
{
	struct part parts[] = {{"word/document.xml", DOC(P("一"))}, {NULL, NULL}};
	AUTO_BUF(out, MIB);
	struct read_env env = {NULL, NULL};

	ASSERT_OK(package(parts, &out));
	for (size_t n = 0; n < out.n; n += 7) {
		AUTO(arena) mem = arena_new(LIMIT_DOC_MEMORY_BYTES);
		struct diag diag = DIAG_INIT;
		struct doc *doc = NULL;

		ASSERT_ERR(docx_read(str_n(out.p, n), &env, mem, &diag, &doc), ERR_INPUT);
		ASSERT_TRUE(diag.text[0] != '\0');
	}
}

TEST(docx_deep_nesting_is_a_limit)
{
	AUTO_BUF(xml, MIB);
	AUTO(arena) mem = arena_new(LIMIT_DOC_MEMORY_BYTES);
	struct doc *doc = NULL;
	struct part parts[] = {{"word/document.xml", NULL}, {NULL, NULL}};

	buf_add(&xml, STR(HEAD(W)));
	for (int i = 0; i < 200; i++)
		buf_add(&xml, STR("<w:tbl><w:tr><w:tc>"));
	buf_ch(&xml, '\0');
	parts[0].text = xml.p;
	ASSERT_ERR(read_parts(parts, mem, NULL, &doc), ERR_LIMIT);
}

FAULT_TEST(docx_read_survives, FAULT_ALLOC | FAULT_IO)
{
	struct part parts[] = {
		{"_rels/.rels", RELS(REL("r1", "officeDocument", "word/document.xml"))},
		{"word/_rels/document.xml.rels",
		 RELS(REL("r1", "styles", "styles.xml") REL("r2", "numbering", "numbering.xml"))},
		{"word/styles.xml", STYLES},
		{"word/numbering.xml", NUMBERING},
		{"word/document.xml",
		 DOC(PS("a", "总体") "<w:tbl><w:tr>" TC("", "1")
			     TC("", "2") "</w:tr></w:tbl>"
					 "<w:p><w:r><w:pict><v:textbox>" BOX(
						 "框") "</v:textbox></w:pict></w:r></w:p>")},
		{NULL, NULL}};
	AUTO(arena) mem = arena_new(LIMIT_DOC_MEMORY_BYTES);
	struct doc *doc = NULL;
	enum err e = mem == NULL ? ERR_NOMEM : read_parts(parts, mem, NULL, &doc);

	ASSERT_TRUE((e == ERR_OK) == (doc != NULL));
}
