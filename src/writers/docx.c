/* doc -> DOCX that Word, WPS and LibreOffice open without repair: styles rather than direct
 * formatting, merged cells as merged cells, header rows repeated, no dates in the bytes.
 * Children stand in the order of the schema, for Word refuses any other. */
#include <stdio.h>

#include "format/xml.h"
#include "format/zip.h"
#include "writers/docx_int.h"
#include "writers/writers_int.h"

#define TEXT_TWIPS 8844 /* 156 mm */
#define CHAR_TWIPS 320  /* 3号 */
#define TITLE_TWIPS 440 /* 2号 */
#define WIDE_COLS 6     /* a table of so few columns is set in 小四 */
#define PAD_TWIPS 64    /* both paddings of a cell */
#define KEEP_ROWS 32    /* a table of so few rows fits on a page and is kept whole */
#define ROW_TWIPS 340   /* the least height of a row */
#define WIDE_ROW_TWIPS 454

static void run(struct buf *out, struct str text, int half_points)
{
	struct str line;

	if (str_empty(text))
		return;
	buf_c(out, "<w:r>");
	if (half_points > 0)
		buf_fmt(out, "<w:rPr><w:sz w:val=\"%d\"/><w:szCs w:val=\"%d\"/></w:rPr>",
			half_points, half_points);
	for (bool first = true; str_split(&text, '\n', &line); first = false) {
		if (!first)
			buf_c(out, "<w:br/>");
		buf_c(out, "<w:t xml:space=\"preserve\">");
		xml_put_text(out, line);
		buf_c(out, "</w:t>");
	}
	buf_c(out, "</w:r>");
}

static const char *const para_styles[] = {
	[STYLE_BODY] = "GkBody",       [STYLE_TITLE] = "Title", [STYLE_HEAD_1] = "Heading1",
	[STYLE_HEAD_2] = "Heading2",   [STYLE_SIGN] = "GkSign", [STYLE_DATE] = "GkDate",
	[STYLE_CAPTION] = "GkCaption", [STYLE_NOTE] = "GkNote",
};

/* `extra` is what the style cannot know: the ends of a signature, an unusual alignment. */
static void para(struct buf *out, const char *style, struct str text, const char *extra)
{
	buf_fmt(out, "<w:p><w:pPr><w:pStyle w:val=\"%s\"/>%s</w:pPr>", style, extra);
	run(out, text, 0);
	buf_c(out, "</w:p>\n");
}

/* Name and date of a signature end where 7.3.5 wants them, which their widths decide. */
static void signature_para(struct buf *out, const struct doc *doc, size_t i)
{
	const struct doc_block *b = &doc->blocks[i];
	bool is_name = b->style == STYLE_SIGN;
	size_t other = is_name ? i + 1 : i - 1; /* i == 0: no such block */
	enum para_style want = is_name ? STYLE_DATE : STYLE_SIGN;
	double name_right = 2, day_right = 2, mine = writer_em(b->text), right;
	bool paired = false;
	char extra[128];

	if (other < doc->n_blocks && doc->blocks[other].kind == BLOCK_PARA &&
	    doc->blocks[other].style == want) {
		double its = writer_em(doc->blocks[other].text);

		paired = true;
		writer_signature(is_name ? mine : its, is_name ? its : mine, &name_right,
				 &day_right);
	}
	right = is_name ? name_right : day_right;
	if (right < 0 || right + mine > TEXT_TWIPS / (double)CHAR_TWIPS)
		right = 2;
	/* a date without a name keeps the empty line that would stand above the name */
	snprintf(extra, sizeof(extra), "%s<w:ind w:rightChars=\"%d\" w:right=\"%d\"/>",
		 is_name || paired ? "" : "<w:spacing w:before=\"579\"/>", (int)(right * 100 + 0.5),
		 (int)(right * CHAR_TWIPS + 0.5));
	para(out, para_styles[b->style], str_trim_wide(b->text), extra);
}

/* A title of two lines breaks by meaning, as in print (7.3.1). */
static void title_para(struct buf *out, struct str text)
{
	double max = (double)TEXT_TWIPS / TITLE_TWIPS;
	size_t at = writer_em(text) > max ? writer_title_break(text, max) : 0;

	buf_fmt(out, "<w:p><w:pPr><w:pStyle w:val=\"%s\"/></w:pPr>", para_styles[STYLE_TITLE]);
	if (at > 0) {
		run(out, str_sub(text, 0, at), 0);
		buf_c(out, "<w:r><w:br/></w:r>");
	}
	run(out, str_from(text, at), 0);
	buf_c(out, "</w:p>\n");
}

static void block_para(struct buf *out, const struct doc *doc, size_t i)
{
	const struct doc_block *b = &doc->blocks[i];
	bool title = b->style == STYLE_TITLE;

	if (b->style == STYLE_SIGN || b->style == STYLE_DATE) {
		signature_para(out, doc, i);
		return;
	}
	if (title)
		title_para(out, b->text);
	else if (b->style == STYLE_BODY && b->align == ALIGN_CENTER)
		para(out, "GkBody", b->text,
		     "<w:ind w:firstLineChars=\"0\" w:firstLine=\"0\"/><w:jc w:val=\"center\"/>");
	else if (b->style == STYLE_BODY && b->align == ALIGN_RIGHT)
		para(out, "GkBody", b->text, "<w:jc w:val=\"right\"/>");
	else
		para(out, para_styles[b->style], b->text, "");
	/* one empty line between the title and the text */
	if (title && (i + 1 == doc->n_blocks || doc->blocks[i + 1].style != STYLE_TITLE))
		buf_c(out, "<w:p><w:pPr><w:pStyle w:val=\"GkBody\"/></w:pPr></w:p>\n");
}

/* ---- tables ---------------------------------------------------------------------------- */

struct widths {
	const struct doc_table *table;
	double sum;
};

/* Left edge of a column in twips; edges are rounded, not widths, so that they add up. */
static int edge(const struct widths *w, const double *before, uint32_t col)
{
	return (int)(before[col] / w->sum * TEXT_TWIPS + 0.5);
}

static void cell_text(struct buf *out, const struct doc_table *t, const struct doc_cell *c,
		      int twips)
{
	bool wide = t->cols <= WIDE_COLS;
	int half = wide ? 24 : 21, need = 0;
	enum text_align align = writer_align(c);

	/* a number never breaks over two lines: it is set smaller */
	if (writer_is_figure(c->text))
		need = (int)(writer_em(c->text) * half *
			     12.8); /* a substitute typeface has wide digits */
	buf_fmt(out, "<w:p><w:pPr><w:pStyle w:val=\"%s%s\"/>%s</w:pPr>", wide ? "GkWide" : "GkCell",
		align == ALIGN_LEFT    ? "Left"
		: align == ALIGN_RIGHT ? "Right"
				       : "",
		t->rows <= KEEP_ROWS && c->row + c->rowspan < t->rows ? "<w:keepNext/>" : "");
	if (need > twips - PAD_TWIPS && twips > PAD_TWIPS) {
		half = half * (twips - PAD_TWIPS) / need;
		run(out, c->text, half < 8 ? 8 : half);
	} else {
		run(out, c->text, 0);
	}
	buf_c(out, "</w:p>");
}

static void cell_write(struct buf *out, const struct grid *g, uint32_t c, int twips)
{
	const struct doc_cell *cell = g->over[c];
	uint32_t span = grid_span(g, c);
	bool origin = cell != NULL && cell->row == g->row && cell->col == c;

	buf_fmt(out, "<w:tc><w:tcPr><w:tcW w:w=\"%d\" w:type=\"dxa\"/>", twips);
	if (span > 1)
		buf_fmt(out, "<w:gridSpan w:val=\"%u\"/>", span);
	if (cell != NULL && cell->rowspan > 1)
		buf_c(out, origin ? "<w:vMerge w:val=\"restart\"/>" : "<w:vMerge/>");
	buf_c(out, "<w:vAlign w:val=\"center\"/></w:tcPr>");
	if (origin)
		cell_text(out, g->table, cell, twips);
	else
		buf_c(out, "<w:p><w:pPr><w:pStyle w:val=\"GkCell\"/></w:pPr></w:p>");
	buf_c(out, "</w:tc>");
}

static void table_begin(struct buf *out, const struct doc_table *t, const struct widths *w,
			const double *before, struct str name)
{
	buf_fmt(out,
		"<w:tbl><w:tblPr><w:tblStyle w:val=\"GkTable\"/><w:tblW w:w=\"%d\" "
		"w:type=\"dxa\"/><w:jc w:val=\"center\"/><w:tblLayout w:type=\"fixed\"/>"
		"<w:tblLook w:val=\"0000\"/>",
		TEXT_TWIPS);
	if (!str_empty(name)) { /* read aloud by screen readers, not shown */
		buf_c(out, "<w:tblCaption");
		xml_put_named(out, "w:val", name);
		buf_c(out, "/>");
	}
	buf_c(out, "</w:tblPr><w:tblGrid>");
	for (uint32_t c = 0; c < t->cols; c++)
		buf_fmt(out, "<w:gridCol w:w=\"%d\"/>",
			edge(w, before, c + 1) - edge(w, before, c));
	buf_c(out, "</w:tblGrid>\n");
}

static enum err table_write(struct buf *out, const struct doc_table *t, struct str heading,
			    struct arena *mem)
{
	struct widths w = {.table = t};
	double *before = ARENA_ARRAY(mem, double, (size_t)t->cols + 1);
	struct grid g;

	if (before == NULL)
		return arena_err(mem);
	if (grid_open(&g, t, mem) != ERR_OK)
		return arena_err(mem);
	for (uint32_t c = 0; c < t->cols; c++)
		before[c + 1] = w.sum += writer_width(t, c);
	if (!(w.sum > 0))
		w.sum = 1;
	if (!str_empty(t->caption))
		para(out, para_styles[STYLE_CAPTION], t->caption, "");
	table_begin(out, t, &w, before, str_empty(t->caption) ? heading : t->caption);
	while (grid_next(&g)) {
		buf_fmt(out,
			"<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val=\"%d\" "
			"w:hRule=\"atLeast\"/>%s</w:trPr>",
			t->cols <= WIDE_COLS ? WIDE_ROW_TWIPS : ROW_TWIPS,
			g.row < t->header_rows && t->header_rows < t->rows ? "<w:tblHeader/>" : "");
		for (uint32_t c = 0; c < t->cols;) {
			uint32_t span = grid_span(&g, c);

			cell_write(out, &g, c, edge(&w, before, c + span) - edge(&w, before, c));
			c += span;
		}
		buf_c(out, "</w:tr>\n");
	}
	buf_c(out, "</w:tbl>\n");
	return ERR_OK;
}

/* ---- the container --------------------------------------------------------------------- */

static enum err body_write(struct buf *out, const struct doc *doc, struct arena *mem)
{
	struct str heading = STR_NONE;
	enum err e = ERR_OK;

	buf_c(out, docx_document_begin);
	for (size_t i = 0; i < doc->n_blocks && e == ERR_OK; i++) {
		const struct doc_block *b = &doc->blocks[i];
		struct str text;

		if (b->kind == BLOCK_TABLE && b->table->rows > 0) {
			e = table_write(out, b->table, heading, mem);
			/* Word joins two tables without a paragraph between, and wants one at the
			 * end */
			para(out, "GkGap", STR_NONE, "");
		} else if (b->kind == BLOCK_PICTURE) {
			e = writer_picture(b, mem, &text);
			if (e == ERR_OK)
				para(out, "GkCaption", text, "");
		} else if (b->kind == BLOCK_PARA) {
			block_para(out, doc, i);
			if (b->style == STYLE_HEAD_1)
				heading = b->text;
		}
	}
	buf_c(out, docx_document_end);
	return e != ERR_OK ? e : buf_end(out);
}

static void core_write(struct buf *out, const struct doc *doc, const struct write_env *env)
{
	buf_c(out, "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
		   "<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/"
		   "metadata/core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\">"
		   "<dc:title>");
	xml_put_text(out, writer_title(doc, env));
	buf_c(out, "</dc:title><dc:creator>");
	xml_put_text(out, env->author);
	buf_c(out, "</dc:creator><dc:language>");
	xml_put_text(out, writer_lang(env));
	buf_c(out, "</dc:language></cp:coreProperties>");
}

enum err docx_write(const struct doc *doc, const struct write_env *env, struct diag *diag,
		    struct buf *out)
{
	AUTO(arena) mem = arena_new(LIMIT_DOC_MEMORY_BYTES);
	AUTO(zipout) zip = NULL;
	AUTO_BUF(body, LIMIT_OUTPUT_BYTES);
	AUTO_BUF(core, LIMIT_OUTPUT_BYTES);
	enum err e;

	if (mem == NULL)
		return ERR_NOMEM;
	e = body_write(&body, doc, mem);
	if (e == ERR_OK) {
		core_write(&core, doc, env);
		e = buf_end(&core);
	}
	if (e == ERR_OK)
		e = zipout_new(&zip);
	if (e != ERR_OK)
		return diag_set(diag, e, "the document does not fit into a DOCX");
	zipout_add(zip, "[Content_Types].xml", str_c(docx_types));
	zipout_add(zip, "_rels/.rels", str_c(docx_rels));
	zipout_add(zip, "word/document.xml", buf_str(&body));
	zipout_add(zip, "word/_rels/document.xml.rels", str_c(docx_document_rels));
	zipout_add(zip, "word/styles.xml", str_c(docx_styles));
	zipout_add(zip, "word/settings.xml", str_c(docx_settings));
	zipout_add(zip, "word/fontTable.xml", str_c(docx_fonts));
	zipout_add(zip, "word/footer1.xml", str_c(docx_footer_odd));
	zipout_add(zip, "word/footer2.xml", str_c(docx_footer_even));
	zipout_add(zip, "docProps/core.xml", buf_str(&core));
	e = zipout_end(zip, out);
	return e != ERR_OK ? e : buf_end(out);
}
