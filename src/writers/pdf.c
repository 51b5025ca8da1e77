/* doc -> PDF on the page of GB/T 9704-2012: 22 lines of 28 characters at a fixed pitch, heading
 * levels told apart by typeface, page numbers outside.  Cairo embeds subsets of the fonts and
 * Pango breaks the lines by the rules of Chinese typesetting. */
#include <string.h>

#include "base/utf8.h"
#include "writers/pdf_int.h"
#include "writers/writers_int.h"

#define SIZE_PAGE 14.0  /* 4号 */
#define SIZE_SMALL 12.0 /* 小四 */
/* A line is spread to the full measure only while the gaps stay this small, in parts of a
 * character: pdftotext takes a tenth for a blank between words. */
#define SPREAD_MAX 0.095

struct look {
	enum pdf_font font;
	double size;
	double indent; /* first line, in characters of the text */
	enum text_align align;
	bool keep; /* with what follows */
};

static const struct look looks[] = {
	[STYLE_BODY] = {FONT_FANG, PDF_CHAR, 2, ALIGN_LEFT, false},
	[STYLE_TITLE] = {FONT_TITLE, PDF_SIZE_TITLE, 0, ALIGN_CENTER, true},
	[STYLE_HEAD_1] = {FONT_HEI, PDF_CHAR, 2, ALIGN_LEFT, true},
	[STYLE_HEAD_2] = {FONT_KAI, PDF_CHAR, 2, ALIGN_LEFT, true},
	[STYLE_SIGN] = {FONT_FANG, PDF_CHAR, 0, ALIGN_RIGHT, true},
	[STYLE_DATE] = {FONT_FANG, PDF_CHAR, 0, ALIGN_RIGHT, false},
	[STYLE_CAPTION] = {FONT_SONG, SIZE_SMALL, 0, ALIGN_CENTER, true},
	[STYLE_NOTE] = {FONT_FANG, SIZE_SMALL, 2, ALIGN_LEFT, false},
};

enum pdf_font pdf_style_font(enum para_style style)
{
	return looks[style].font;
}

/* ---- pages ----------------------------------------------------------------------------- */

static int set_in(struct pdf *pdf, PangoLayout *layout, enum pdf_font font, double size,
		  struct str text, double width, double indent)
{
	const struct pdf_calls *lib = pdf->lib;

	lib->pango_font_description_set_absolute_size(pdf->fonts[font], size * PANGO_SCALE);
	lib->pango_layout_set_font_description(layout, pdf->fonts[font]);
	lib->pango_layout_set_width(layout, width > 0 ? (int)(width * PANGO_SCALE) : -1);
	lib->pango_layout_set_indent(layout, (int)(indent * PANGO_SCALE));
	lib->pango_layout_set_text(layout, text.n > 0 ? text.p : "", (int)text.n);
	return lib->pango_layout_get_line_count(layout);
}

int pdf_set(struct pdf *pdf, enum pdf_font font, double size, struct str text, double width,
	    double indent)
{
	return set_in(pdf, pdf->layout, font, size, text, width, indent);
}

GSList *pdf_lines(struct pdf *pdf)
{
	return pdf->lib->pango_layout_get_lines(pdf->layout);
}

double pdf_line_width(struct pdf *pdf, PangoLayoutLine *line)
{
	PangoRectangle box;

	pdf->lib->pango_layout_line_get_extents(line, NULL, &box);
	return (double)box.width / PANGO_SCALE;
}

void pdf_line(struct pdf *pdf, PangoLayoutLine *line, double x, double top, double pitch,
	      double size)
{
	/* the middle of a Han character stands 0.38 of its size above the baseline */
	double baseline = top + pitch / 2 + 0.38 * size;

	pdf->lib->cairo_move_to(pdf->cr, PDF_LEFT + x, PDF_TOP + baseline);
	pdf->lib->pango_cairo_show_layout_line(pdf->cr, line);
}

static void page_end(struct pdf *pdf)
{
	struct str text;
	PangoLayoutLine *line;
	double x = SIZE_PAGE; /* one character from the outer edge */

	if (pdf->page == 0)
		return;
	if (arena_fmt(pdf->mem, &text, "— %u —", pdf->page) != ERR_OK) {
		pdf->failed = arena_err(pdf->mem);
		return;
	}
	set_in(pdf, pdf->foot, FONT_SONG, SIZE_PAGE, text, 0, 0);
	line = pdf->lib->pango_layout_get_lines(pdf->foot)->data;
	if (pdf->page % 2 == 1)
		x = PDF_TEXT_W - SIZE_PAGE - pdf_line_width(pdf, line);
	/* the dashes stand in the middle of the characters, 7 mm below the text */
	pdf_line(pdf, line, x, PDF_TEXT_H + 7 * PDF_MM, 0, SIZE_PAGE);
	pdf->lib->cairo_show_page(pdf->cr);
}

void pdf_new_page(struct pdf *pdf)
{
	if (pdf->failed != ERR_OK)
		return;
	page_end(pdf);
	if (pdf->page >= LIMIT_PDF_WRITE_PAGES)
		pdf->failed = ERR_LIMIT;
	pdf->page++;
	pdf->y = 0;
}

double pdf_left(const struct pdf *pdf)
{
	return PDF_TEXT_H - pdf->y;
}

void pdf_room(struct pdf *pdf, double height)
{
	/* nothing is gained by leaving a page that is still empty */
	if (pdf->page == 0 || (pdf->y > 0 && height > pdf_left(pdf) + 0.01))
		pdf_new_page(pdf);
}

/* ---- paragraphs ------------------------------------------------------------------------ */

/* Spreads a line over the measure by widening its Han characters only. */
static void spread(PangoLayoutLine *line, struct str text, double slack, double size)
{
	size_t n = 0;
	int extra;

	for (int pass = 0; pass < 2; pass++) {
		for (GSList *r = line->runs; r != NULL; r = r->next) {
			PangoLayoutRun *run = r->data;

			for (int i = 0; i < run->glyphs->num_glyphs; i++) {
				struct str rest =
					str_from(text, (size_t)(run->item->offset +
								run->glyphs->log_clusters[i]));
				uint32_t cp;

				if (!utf8_next(&rest, &cp) || cp < 0x2E80)
					continue;
				if (pass == 0)
					n++;
				else
					run->glyphs->glyphs[i].geometry.width += extra;
			}
		}
		if (n < 2 || slack / (double)(n - 1) > SPREAD_MAX * size)
			return;
		/* the last character is widened too, into the margin: it shows nothing there */
		extra = (int)(slack / (double)(n - 1) * PANGO_SCALE);
	}
}

static void para_lines(struct pdf *pdf, const struct look *look, struct str text)
{
	double indent = look->indent * PDF_CHAR;

	pdf_set(pdf, look->font, look->size, text, PDF_TEXT_W, indent);
	for (GSList *l = pdf_lines(pdf); l != NULL && pdf->failed == ERR_OK; l = l->next) {
		PangoLayoutLine *line = l->data, *next = l->next ? l->next->data : NULL;
		double x = line->is_paragraph_start ? indent : 0;
		double slack = PDF_TEXT_W - x - pdf_line_width(pdf, line);

		if (look->align == ALIGN_CENTER)
			x = slack / 2;
		else if (look->align == ALIGN_RIGHT)
			x = slack;
		else if (next != NULL && !next->is_paragraph_start && slack > 0)
			spread(line, text, slack, look->size);
		pdf_room(pdf, PDF_PITCH);
		pdf_line(pdf, line, x, pdf->y, PDF_PITCH, look->size);
		pdf->y += PDF_PITCH;
	}
}

static double text_width(struct pdf *pdf, const struct look *look, struct str text)
{
	pdf_set(pdf, look->font, look->size, text, 0, 0);
	return pdf_line_width(pdf, pdf_lines(pdf)->data);
}

static void title(struct pdf *pdf, const struct doc_block *b, bool last)
{
	const struct look *look = &looks[STYLE_TITLE];
	struct str text = str_trim_wide(b->text);
	size_t at = 0;

	if (str_empty(text))
		return;
	if (text_width(pdf, look, text) > PDF_TEXT_W)
		at = writer_title_break(text, PDF_TEXT_W / PDF_SIZE_TITLE);
	if (at > 0)
		para_lines(pdf, look, str_sub(text, 0, at));
	para_lines(pdf, look, str_from(text, at));
	if (last)
		pdf->y += PDF_PITCH; /* one empty line before the text */
}

/* 7.3.5 without a seal: the name one line below the text, two characters from the right; the
 * date begins two characters right of the name, and where it is the longer one, it stands two
 * characters from the right and the name moves left. */
static size_t signature(struct pdf *pdf, const struct doc *doc, size_t i)
{
	const struct look *look = &looks[STYLE_SIGN];
	const struct doc_block *b = &doc->blocks[i];
	const struct doc_block *next = i + 1 < doc->n_blocks ? &doc->blocks[i + 1] : NULL;
	bool pair = b->style == STYLE_SIGN && next != NULL && next->kind == BLOCK_PARA &&
		    next->style == STYLE_DATE;
	struct str name = str_trim_wide(b->text), day = pair ? str_trim_wide(next->text) : STR_NONE;
	double w_name = text_width(pdf, look, name), w_day = text_width(pdf, look, day);
	double name_right, day_right;

	if (w_name > PDF_TEXT_W - 4 * PDF_CHAR ||
	    memchr(name.p ? name.p : "", '\n', name.n) != NULL) {
		para_lines(pdf, look, name); /* too long for the rule: right, wrapped */
		return 1;
	}
	writer_signature(w_name / PDF_CHAR, w_day / PDF_CHAR, &name_right, &day_right);
	pdf_room(pdf, (pair ? 3 : 2) * PDF_PITCH);
	if (pdf->y > 0)
		pdf->y += PDF_PITCH;
	pdf_set(pdf, look->font, look->size, name, 0, 0);
	pdf_line(pdf, pdf_lines(pdf)->data, PDF_TEXT_W - w_name - name_right * PDF_CHAR, pdf->y,
		 PDF_PITCH, look->size);
	pdf->y += PDF_PITCH;
	if (!pair)
		return 1;
	pdf_set(pdf, look->font, look->size, day, 0, 0);
	pdf_line(pdf, pdf_lines(pdf)->data, PDF_TEXT_W - w_day - day_right * PDF_CHAR, pdf->y,
		 PDF_PITCH, look->size);
	pdf->y += PDF_PITCH;
	return 2;
}

/* Height that must stand on one page with a paragraph that keeps with the next. */
static double keep_height(struct pdf *pdf, const struct doc *doc, size_t i)
{
	double height = PDF_PITCH;

	if (i + 1 < doc->n_blocks) {
		const struct doc_block *next = &doc->blocks[i + 1];

		if (next->kind == BLOCK_TABLE)
			height += pdf_table_first(pdf, next->table);
		else if (next->kind == BLOCK_PARA)
			height += PDF_PITCH;
	}
	return height;
}

static bool is_title(const struct doc *doc, size_t i)
{
	return i < doc->n_blocks && doc->blocks[i].kind == BLOCK_PARA &&
	       doc->blocks[i].style == STYLE_TITLE;
}

/* Draws block number i and returns how many it took. */
static size_t block(struct pdf *pdf, const struct doc *doc, size_t i)
{
	const struct doc_block *b = &doc->blocks[i];
	struct look look = looks[b->style];
	struct str alt;

	if (b->kind == BLOCK_TABLE) {
		pdf_table(pdf, b->table);
		return 1;
	}
	if (b->kind == BLOCK_PICTURE) {
		if (writer_picture(b, pdf->mem, &alt) != ERR_OK)
			pdf->failed = arena_err(pdf->mem);
		else
			para_lines(pdf, &looks[STYLE_CAPTION], alt);
		return 1;
	}
	if (b->style == STYLE_TITLE) {
		title(pdf, b, !is_title(doc, i + 1));
		return 1;
	}
	if (b->style == STYLE_SIGN || b->style == STYLE_DATE)
		return signature(pdf, doc, i);
	if (b->align == ALIGN_CENTER || b->align == ALIGN_RIGHT) {
		look.align = b->align;
		look.indent = 0;
	}
	if (look.keep)
		pdf_room(pdf, keep_height(pdf, doc, i));
	if (!str_empty(str_trim_wide(b->text)))
		para_lines(pdf, &look, str_trim_wide(b->text));
	return 1;
}

/* ---- opening and closing --------------------------------------------------------------- */

static cairo_status_t take(void *closure, const unsigned char *data, unsigned length)
{
	struct buf *out = closure;

	buf_add(out, str_n((const char *)data, length));
	return buf_end(out) == ERR_OK ? CAIRO_STATUS_SUCCESS : CAIRO_STATUS_WRITE_ERROR;
}

static enum err metadata(struct pdf *pdf, const struct doc *doc, const struct write_env *env)
{
	const struct pdf_calls *lib = pdf->lib;
	struct str text = writer_title(doc, env), c;

	if (arena_str(pdf->mem, text, &c) != ERR_OK)
		return arena_err(pdf->mem);
	lib->cairo_pdf_surface_set_metadata(pdf->surface, CAIRO_PDF_METADATA_TITLE, c.p);
	if (arena_str(pdf->mem, env->author, &c) != ERR_OK)
		return arena_err(pdf->mem);
	if (c.n > 0)
		lib->cairo_pdf_surface_set_metadata(pdf->surface, CAIRO_PDF_METADATA_AUTHOR, c.p);
	lib->cairo_pdf_surface_set_metadata(pdf->surface, CAIRO_PDF_METADATA_CREATOR, "gongkai");
	/* no time in the bytes: the same document gives the same file */
	lib->cairo_pdf_surface_set_metadata(pdf->surface, CAIRO_PDF_METADATA_CREATE_DATE, "");
	return ERR_OK;
}

static enum err draw(struct pdf *pdf, const struct doc *doc, const struct write_env *env,
		     struct diag *diag)
{
	const struct pdf_calls *lib = pdf->lib;
	cairo_status_t status;
	enum err e;

	pdf->surface =
		lib->cairo_pdf_surface_create_for_stream(take, pdf->out, PDF_PAGE_W, PDF_PAGE_H);
	pdf->cr = lib->cairo_create(pdf->surface);
	e = pdf_fonts_open(pdf, doc, diag);
	if (e == ERR_OK)
		e = metadata(pdf, doc, env);
	if (e != ERR_OK)
		return e;
	lib->cairo_set_source_rgb(pdf->cr, 0, 0, 0);
	pdf_new_page(pdf);
	for (size_t i = 0; i < doc->n_blocks && pdf->failed == ERR_OK;)
		i += block(pdf, doc, i);
	page_end(pdf);
	status = lib->cairo_status(pdf->cr);
	lib->cairo_surface_finish(pdf->surface);
	if (pdf->failed == ERR_LIMIT)
		return diag_set(diag, ERR_LIMIT, "the PDF would have more than %d pages",
				LIMIT_PDF_WRITE_PAGES);
	if (pdf->failed != ERR_OK)
		return pdf->failed;
	if (buf_end(pdf->out) != ERR_OK)
		return buf_end(pdf->out);
	if (status == CAIRO_STATUS_SUCCESS)
		status = lib->cairo_surface_status(pdf->surface);
	if (status == CAIRO_STATUS_NO_MEMORY)
		return ERR_NOMEM;
	return status == CAIRO_STATUS_SUCCESS
		       ? ERR_OK
		       : diag_set(diag, ERR_IO, "Cairo could not write the PDF");
}

static void pdf_done(struct pdf *pdf)
{
	const struct pdf_calls *lib = pdf->lib;

	if (pdf->cr != NULL)
		lib->cairo_destroy(pdf->cr);
	if (pdf->surface != NULL)
		lib->cairo_surface_destroy(pdf->surface);
	pdf_fonts_close(pdf);
}

enum err pdf_write(const struct doc *doc, const struct write_env *env, struct diag *diag,
		   struct buf *out)
{
	AUTO(arena) mem = arena_new(LIMIT_DOC_MEMORY_BYTES);
	struct pdf pdf = {.mem = mem, .out = out};
	enum err e;

	if (mem == NULL)
		return ERR_NOMEM;
	e = pdf_calls_load(diag, &pdf.lib);
	if (e != ERR_OK)
		return e;
	e = draw(&pdf, doc, env, diag);
	pdf_done(&pdf);
	return e;
}
