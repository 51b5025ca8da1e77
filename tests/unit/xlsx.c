/* The XLSX reader on workbooks made here, one oddity each. */
#include "base/buf.h"
#include "base/limits.h"
#include "format/zip.h"
#include "readers/readers.h"
#include "tests/test.h"

#define X "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define R "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define RELS(items)                                                                                \
	"<Relationships "                                                                          \
	"xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>" items              \
	"</Relationships>"
#define REL(id, type, target)                                                                      \
	"<Relationship Id='" id "' Type='" R "/" type "' Target='" target "'/>"
#define BOOK(sheets)                                                                               \
	"<workbook xmlns='" X "' xmlns:r='" R "'><sheets>" sheets "</sheets></workbook>"
#define SHEET(before, rows, after)                                                                 \
	"<worksheet xmlns='" X "'>" before "<sheetData>" rows "</sheetData>" after "</worksheet>"
#define S(ref, text) "<c r='" ref "' t='inlineStr'><is><t>" text "</t></is></c>"
#define N(ref, value) "<c r='" ref "'><v>" value "</v></c>"

static enum err book(const char *workbook, const char *sheet1, const char *sheet2, struct buf *out)
{
	AUTO(zipout) zip = NULL;
	enum err e = zipout_new(&zip);

	if (e != ERR_OK)
		return e;
	zipout_add(zip, "_rels/.rels", STR(RELS(REL("r", "officeDocument", "xl/workbook.xml"))));
	zipout_add(zip, "xl/workbook.xml", str_c(workbook));
	zipout_add(zip, "xl/_rels/workbook.xml.rels",
		   STR(RELS(REL("s1", "worksheet", "worksheets/sheet1.xml")
				    REL("s2", "worksheet", "/xl/worksheets/sheet2.xml")
					    REL("t", "sharedStrings", "sharedStrings.xml")
						    REL("y", "styles", "styles.xml"))));
	zipout_add(
		zip, "xl/sharedStrings.xml",
		STR("<sst xmlns='" X
		    "'><si><t>甲</t></si><si><r><t>乙</t></r><r><t>丙</t></r><rPh><t>yi</t></rPh>"
		    "</si></sst>"));
	zipout_add(zip, "xl/styles.xml",
		   STR("<styleSheet xmlns='" X "'><numFmts><numFmt numFmtId='200' "
		       "formatCode='yyyy\"年\"m\"月\"d\"日\"'/><numFmt numFmtId='201' "
		       "formatCode='0.0%'/></numFmts>"
		       "<cellStyleXfs><xf numFmtId='10'/></cellStyleXfs><cellXfs><xf numFmtId='0'/>"
		       "<xf numFmtId='10'/><xf numFmtId='200'/><xf "
		       "numFmtId='201'/></cellXfs></styleSheet>"));
	zipout_add(zip, "xl/worksheets/sheet1.xml", str_c(sheet1));
	if (sheet2 != NULL)
		zipout_add(zip, "xl/worksheets/sheet2.xml", str_c(sheet2));
	return zipout_end(zip, out);
}

static enum err read_book(const char *workbook, const char *sheet1, const char *sheet2,
			  struct arena *mem, struct diag *diag, struct doc **ret)
{
	AUTO_BUF(out, 16 * MIB);
	struct read_env env = {NULL, NULL};
	struct str bytes;
	enum err e = book(workbook, sheet1, sheet2, &out);

	if (e == ERR_OK)
		e = arena_str(mem, buf_str(&out), &bytes);
	return e == ERR_OK ? xlsx_read(bytes, &env, mem, diag, ret) : e;
}

static void show(const struct doc *doc, struct buf *out)
{
	for (size_t i = 0; i < doc->n_blocks; i++) {
		const struct doc_block *b = &doc->blocks[i];

		buf_add(out, b->text);
		for (size_t c = 0; b->table != NULL && c < b->table->n_cells; c++) {
			const struct doc_cell *cell = &b->table->cells[c];

			buf_fmt(out, "[%u,%u", cell->row, cell->col);
			if (cell->rowspan + cell->colspan > 2)
				buf_fmt(out, " %ux%u", cell->rowspan, cell->colspan);
			buf_fmt(out, " " STR_FMT, STR_ARG(cell->text));
			if (!str_empty(cell->formula))
				buf_fmt(out, "=" STR_FMT, STR_ARG(cell->formula));
			buf_ch(out, ']');
		}
		buf_ch(out, '\n');
	}
}

#define ONE "<sheet name='表' sheetId='1' r:id='s1'/>"

static void expect(const char *sheet, const char *want)
{
	AUTO(arena) mem = arena_new(LIMIT_DOC_MEMORY_BYTES);
	AUTO_BUF(out, MIB);
	struct diag diag = DIAG_INIT;
	struct doc *doc = NULL;

	if (read_book(BOOK(ONE), sheet, NULL, mem, &diag, &doc) != ERR_OK)
		fail_msg("%s", diag.text);
	show(doc, &out);
	ASSERT_STR(buf_str(&out), want);
}

TEST(xlsx_values_are_as_shown)
{
	expect(SHEET("",
		     "<row r='1'><c r='A1' t='s'><v>0</v></c><c r='B1' t='s'><v>1</v></c>" S(
			     "C1", " 文\n字 ") N("D1", "12") N("E1", "12.0") N("F1",
									       "1.2E1") N("G1",
											  "0.1")
			     N("H1",
			       "-3") "</row>"
				     "<row r='2'><c t='b'><v>1</v></c><c "
				     "t='e'><v>#DIV/0!</v></c><c t='str'><f>A1</f><v>甲</v></c>"
				     "<c s='1'><v>0.6211</v></c><c s='2'><v>45321</v></c><c "
				     "s='3'><v>0.5</v></c>"
				     "<c><f>1+1</f><v>2</v></c><c t='s'><v>99</v></c></row>",
		     ""),
	       "[0,0 甲][0,1 乙丙][0,2 文\n字][0,3 12][0,4 12][0,5 12][0,6 0.1][0,7 -3]"
	       "[1,0 TRUE][1,1 #DIV/0!][1,2 甲=A1][1,3 62.11%][1,4 2024-01-30][1,5 50.0%][1,6 "
	       "2=1+1][1,7 ]\n");
}

TEST(xlsx_merged_cells_become_spans)
{
	expect(SHEET("",
		     "<row r='1'>" S("A1", "甲") S("B1", "x") N("C1", "1") "</row><row r='2'>" N(
			     "C2", "2") "</row><row r='3'>" N("A3", "3") N("C3", "4") "</row>",
		     "<mergeCells><mergeCell ref='A1:B2'/><mergeCell ref='A3:B3'/><mergeCell "
		     "ref='bad'/>"
		     "<mergeCell ref='Z9:A1'/></mergeCells>"),
	       "[0,0 2x2 甲][0,2 1][1,2 2][2,0 1x2 3][2,2 4]\n");
}

TEST(xlsx_blank_merged_area_is_one_blank_cell)
{
	expect(SHEET("",
		     "<row r='1'>" S("A1", "a") S("B1", "b")
			     S("C1", "c") "</row><row r='2'>" S("A2", "d") "</row>",
		     "<mergeCells><mergeCell ref='B2:C2'/></mergeCells>"),
	       "[0,0 a][0,1 b][0,2 c][1,0 d][1,1 1x2 ]\n");
}

TEST(xlsx_blank_edges_are_trimmed_and_holes_filled)
{
	expect(SHEET("",
		     "<row r='5'>" N("C5", "1") N("E5", "2") "</row><row r='7'>" N(
			     "C7", "3") "</row>"
					"<row r='9'><c r='C9' s='1'/></row>",
		     ""),
	       "[0,0 1][0,1 ][0,2 2][1,0 ][1,1 ][1,2 ][2,0 3][2,1 ][2,2 ]\n");
}

TEST(xlsx_far_away_cell_costs_no_million_rows)
{
	AUTO(arena) mem = arena_new(LIMIT_DOC_MEMORY_BYTES);
	struct doc *doc = NULL;

	ASSERT_OK(read_book(
		BOOK(ONE),
		SHEET("",
		      "<row r='1'>" N("A1", "1")
			      N("B1", "2") "</row><row r='1048576'>" N("XFD1048576", "3") "</row>",
		      ""),
		NULL, mem, NULL, &doc));
	ASSERT_TRUE(doc->blocks[0].table->rows < 40 && doc->blocks[0].table->cols < 40);
}

TEST(xlsx_hidden_rows_columns_and_sheets_are_left_out_with_a_note)
{
	AUTO(arena) mem = arena_new(LIMIT_DOC_MEMORY_BYTES);
	AUTO_BUF(out, MIB);
	struct doc *doc = NULL;

	ASSERT_OK(read_book(BOOK("<sheet name='b' sheetId='2' state='hidden' r:id='s2'/>" ONE),
			    SHEET("<cols><col min='2' max='2' hidden='1'/></cols>",
				  "<row r='1'>" S("A1", "a") S("B1", "h")
					  S("C1", "c") "</row><row r='2' hidden='1'>" S(
						  "A2", "h") "</row><row r='3'>" N("A3", "1")
						  N("C3", "2") "</row>",
				  "<mergeCells><mergeCell ref='A1:B2'/></mergeCells>"),
			    SHEET("", "<row r='1'>" S("A1", "secret") "</row>", ""), mem, NULL,
			    &doc));
	show(doc, &out);
	ASSERT_STR(buf_str(&out), "[0,0 a][0,1 c][1,0 1][1,1 2]\n");
	ASSERT_INT(doc->n_notes, 1);
	ASSERT_STR(doc->notes[0].rule, "AR-R22");
}

TEST(xlsx_one_column_of_text_is_prose)
{
	AUTO(arena) mem = arena_new(LIMIT_DOC_MEMORY_BYTES);
	struct doc *doc = NULL;

	ASSERT_OK(read_book(BOOK(ONE),
			    SHEET("",
				  "<row r='1'>" S("A1", "一、总体情况") "</row><row r='3'>" S(
					  "A3", "二") "</row>",
				  ""),
			    NULL, mem, NULL, &doc));
	ASSERT_INT(doc->n_blocks, 2);
	ASSERT_INT(doc->blocks[1].kind, BLOCK_PARA);
	ASSERT_INT(doc->blocks[1].at.line, 3);
}

TEST(xlsx_our_own_reckoning_block_is_left_out)
{
	expect(SHEET("",
		     "<row r='1'>" S("A1", "a") S("B1", "b") S("D1", "核算")
			     S("E1", "x") "</row><row r='2'>" N("A2", "1") N("B2", "2")
				     N("D2", "3") "</row>",
		     ""),
	       "[0,0 a][0,1 b][1,0 1][1,1 2]\n");
	/* beside the table, without a blank column, it is the report's own word */
	expect(SHEET("", "<row r='1'>" S("A1", "a") S("B1", "核算") "</row>", ""),
	       "[0,0 a][0,1 核算]\n");
}

TEST(xlsx_formula_without_value_is_noted)
{
	AUTO(arena) mem = arena_new(LIMIT_DOC_MEMORY_BYTES);
	struct doc *doc = NULL;

	ASSERT_OK(
		read_book(BOOK(ONE),
			  SHEET("", "<row r='1'>" N("A1", "1") "<c r='B1'><f>A1</f></c></row>", ""),
			  NULL, mem, NULL, &doc));
	ASSERT_INT(doc->n_notes, 1);
	ASSERT_STR(doc->notes[0].rule, "AR-R25");
}

TEST(xlsx_damage_is_said)
{
	static const struct {
		const char *workbook, *sheet;
	} rows[] = {
		{BOOK(""), ""},
		{BOOK(ONE), "<worksheet"},
		{"<workbook", SHEET("", "", "")},
		{BOOK("<sheet name='b' sheetId='2' r:id='s2'/>"),
		 SHEET("", "", "")}, /* part missing */
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		AUTO(arena) mem = arena_new(LIMIT_DOC_MEMORY_BYTES);
		struct diag diag = DIAG_INIT;
		struct doc *doc = NULL;

		ASSERT_ERR(read_book(rows[i].workbook, rows[i].sheet, NULL, mem, &diag, &doc),
			   ERR_INPUT);
		ASSERT_TRUE(diag.text[0] != '\0' && doc == NULL);
	}
}

FAULT_TEST(xlsx_read_survives, FAULT_ALLOC | FAULT_IO)
{
	AUTO(arena) mem = arena_new(LIMIT_DOC_MEMORY_BYTES);
	struct doc *doc = NULL;
	enum err e = mem == NULL
			     ? ERR_NOMEM
			     : read_book(BOOK(ONE),
					 SHEET("", "<row r='1'>" S("A1", "a") N("B1", "2") "</row>",
					       "<mergeCells><mergeCell ref='A1:A2'/></mergeCells>"),
					 NULL, mem, NULL, &doc);

	ASSERT_TRUE((e == ERR_OK) == (doc != NULL));
}
