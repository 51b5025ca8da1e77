/* Fonts of the PDF writer: which typeface this machine has for each role of the page, whole or cut
 * to the document at hand (pdf_cut.c). */
#include "writers/pdf_int.h"
#include "writers/writers_int.h"

/* Typefaces of the standard first, then what Debian has. */
static const struct {
	const char *families;
	const char *own; /* a part of every name that needs no emboldening; NULL: never bold */
} font_table[FONT_COUNT] = {
	[FONT_FANG] = {"仿宋_GB2312,FangSong_GB2312,仿宋,FangSong,FandolFang,"
		       "Noto Serif CJK SC,Source Han Serif SC,Noto Sans CJK SC",
		       NULL},
	[FONT_HEI] = {"黑体,SimHei,FandolHei,Noto Sans CJK SC,Source Han Sans SC", NULL},
	[FONT_KAI] = {"楷体_GB2312,KaiTi_GB2312,楷体,KaiTi,FandolKai,"
		      "Noto Serif CJK SC,Source Han Serif SC,Noto Sans CJK SC",
		      NULL},
	[FONT_TITLE] = {"方正小标宋简体,方正小标宋_GBK,FZXiaoBiaoSong-B05S,FZXiaoBiaoSong-B05,"
			"Noto Serif CJK SC,Source Han Serif SC,Noto Sans CJK SC",
			"XiaoBiaoSong"},
	[FONT_SONG] = {"宋体,SimSun,FandolSong,Noto Serif CJK SC,Source Han Serif SC,"
		       "Noto Sans CJK SC",
		       NULL},
};

const char *pdf_font_families(enum pdf_font font)
{
	return font_table[font].families;
}

bool pdf_font_wants_bold(enum pdf_font font, const char *family)
{
	const char *own = font_table[font].own;

	return own != NULL && !str_has(str_c(family), str_c(own)) &&
	       !str_has(str_c(family), STR("小标宋"));
}

/* The typeface that this machine has for a role; false when none knows Chinese. */
static bool font_find(struct pdf *pdf, enum pdf_font f)
{
	const struct pdf_calls *lib = pdf->lib;
	PangoLanguage *zh = lib->pango_language_from_string(PDF_LANG);
	PangoFontset *set;
	PangoFont *font;
	bool ok;

	pdf->fonts[f] = lib->pango_font_description_new();
	lib->pango_font_description_set_family(pdf->fonts[f], font_table[f].families);
	lib->pango_font_description_set_absolute_size(pdf->fonts[f], PDF_SIZE_TITLE * PANGO_SCALE);
	set = lib->pango_context_load_fontset(pdf->context, pdf->fonts[f], zh);
	if (set == NULL)
		return false;
	font = lib->pango_fontset_get_font(set, 0x653F); /* 政 */
	ok = font != NULL && lib->pango_font_has_char(font, 0x653F);
	if (ok) {
		PangoFontDescription *got = lib->pango_font_describe(font);
		const char *family = lib->pango_font_description_get_family(got);

		if (pdf_font_wants_bold(f, family))
			lib->pango_font_description_set_weight(pdf->fonts[f], PANGO_WEIGHT_BOLD);
		lib->pango_font_description_free(got);
	}
	if (font != NULL)
		lib->g_object_unref(font);
	lib->g_object_unref(set);
	return ok;
}

/* A page has no pixels: advances stay as the font has them.  The other options are the surface's,
 * so that what Pango measures and what Cairo draws is one font to Cairo, loaded once. */
static void context_set(struct pdf *pdf)
{
	const struct pdf_calls *lib = pdf->lib;
	cairo_font_options_t *options = lib->cairo_font_options_create();

	lib->pango_context_set_language(pdf->context, lib->pango_language_from_string(PDF_LANG));
	lib->pango_context_set_round_glyph_positions(pdf->context, FALSE);
	lib->cairo_surface_get_font_options(pdf->surface, options);
	lib->cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
	lib->cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
	lib->pango_cairo_context_set_font_options(pdf->context, options);
	lib->cairo_font_options_destroy(options);
}

enum err pdf_fonts_open(struct pdf *pdf, const struct doc *doc, struct diag *diag)
{
	const struct pdf_calls *lib = pdf->lib;
	PangoFontMap *map;

	pdf->cut = pdf_cut_open(pdf->mem, lib, doc);
	map = pdf->cut != NULL
		      ? pdf_cut_map(pdf->cut)
		      : lib->pango_cairo_font_map_get_default(); /* kept: it caches fonts */
	pdf->context = lib->pango_font_map_create_context(map);
	context_set(pdf);
	for (int f = 0; f < FONT_COUNT; f++) {
		if (pdf->cut != NULL) {
			pdf->fonts[f] = lib->pango_font_description_new();
			lib->pango_font_description_set_family(
				pdf->fonts[f], pdf_cut_family(pdf->cut, (enum pdf_font)f));
		} else if (!font_find(pdf, (enum pdf_font)f)) {
			return diag_set(diag, ERR_ABSENT,
					"writing PDF needs a Chinese font: install fonts-noto-cjk");
		}
	}
	pdf->layout = lib->pango_layout_new(pdf->context);
	pdf->foot = lib->pango_layout_new(pdf->context);
	lib->pango_layout_set_wrap(pdf->layout, PANGO_WRAP_WORD_CHAR);
	return ERR_OK;
}

void pdf_fonts_close(struct pdf *pdf)
{
	const struct pdf_calls *lib = pdf->lib;

	if (pdf->layout != NULL)
		lib->g_object_unref(pdf->layout);
	if (pdf->foot != NULL)
		lib->g_object_unref(pdf->foot);
	if (pdf->context != NULL)
		lib->g_object_unref(pdf->context);
	for (int f = 0; f < FONT_COUNT; f++)
		if (pdf->fonts[f] != NULL)
			lib->pango_font_description_free(pdf->fonts[f]);
	pdf_cut_close(pdf->cut, lib);
}
