/* Private parts of the PDF writer: the libraries loaded on demand, and the page being filled. */
#ifndef GONGKAI_WRITERS_PDF_INT_H
#define GONGKAI_WRITERS_PDF_INT_H

#include <cairo-pdf.h>
#include <hb-subset.h>
#include <pango/pangocairo.h>
#include <pango/pangofc-fontmap.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "doc/doc.h"

/* Every function of Cairo and Pango that we call, with the library that holds it.  The headers
 * give the types, dlsym the addresses: a run that writes no PDF pays nothing for them. */
#define PDF_CALLS(X)                                                                               \
	X(CAIRO, cairo_pdf_surface_create_for_stream)                                              \
	X(CAIRO, cairo_pdf_surface_set_metadata)                                                   \
	X(CAIRO, cairo_surface_destroy)                                                            \
	X(CAIRO, cairo_surface_finish)                                                             \
	X(CAIRO, cairo_surface_get_font_options)                                                   \
	X(CAIRO, cairo_surface_status)                                                             \
	X(CAIRO, cairo_create)                                                                     \
	X(CAIRO, cairo_destroy)                                                                    \
	X(CAIRO, cairo_status)                                                                     \
	X(CAIRO, cairo_show_page)                                                                  \
	X(CAIRO, cairo_move_to)                                                                    \
	X(CAIRO, cairo_line_to)                                                                    \
	X(CAIRO, cairo_rectangle)                                                                  \
	X(CAIRO, cairo_stroke)                                                                     \
	X(CAIRO, cairo_set_line_width)                                                             \
	X(CAIRO, cairo_set_source_rgb)                                                             \
	X(CAIRO, cairo_font_options_create)                                                        \
	X(CAIRO, cairo_font_options_destroy)                                                       \
	X(CAIRO, cairo_font_options_set_hint_metrics)                                              \
	X(CAIRO, cairo_font_options_set_hint_style)                                                \
	X(GOBJECT, g_object_unref)                                                                 \
	X(PANGO, pango_font_map_create_context)                                                    \
	X(PANGO, pango_context_set_language)                                                       \
	X(PANGO, pango_context_set_round_glyph_positions)                                          \
	X(PANGO, pango_context_load_fontset)                                                       \
	X(PANGO, pango_fontset_get_font)                                                           \
	X(PANGO, pango_font_has_char)                                                              \
	X(PANGO, pango_font_describe)                                                              \
	X(PANGO, pango_font_description_new)                                                       \
	X(PANGO, pango_font_description_free)                                                      \
	X(PANGO, pango_font_description_get_family)                                                \
	X(PANGO, pango_font_description_set_family)                                                \
	X(PANGO, pango_font_description_set_weight)                                                \
	X(PANGO, pango_font_description_set_absolute_size)                                         \
	X(PANGO, pango_language_from_string)                                                       \
	X(PANGO, pango_language_get_sample_string)                                                 \
	X(PANGO, pango_layout_new)                                                                 \
	X(PANGO, pango_layout_set_font_description)                                                \
	X(PANGO, pango_layout_set_text)                                                            \
	X(PANGO, pango_layout_set_width)                                                           \
	X(PANGO, pango_layout_set_indent)                                                          \
	X(PANGO, pango_layout_set_wrap)                                                            \
	X(PANGO, pango_layout_get_line_count)                                                      \
	X(PANGO, pango_layout_get_lines)                                                           \
	X(PANGO, pango_layout_line_get_extents)                                                    \
	X(PANGOCAIRO, pango_cairo_context_set_font_options)                                        \
	X(PANGOCAIRO, pango_cairo_font_map_get_default)                                            \
	X(PANGOCAIRO, pango_cairo_show_layout_line)

struct pdf_calls {
#define PDF_MEMBER(so, fn) __typeof__(&fn) fn;
	PDF_CALLS(PDF_MEMBER)
};

/* Loads them once for the process.  ERR_ABSENT with the packages to install. */
MUST_USE enum err pdf_calls_load(struct diag *diag, const struct pdf_calls **ret);

/* What cutting fonts before the layout takes besides: not needed, only faster. */
#define PDF_CUT_CALLS(X)                                                                           \
	X(FONTCONFIG, FcInit)                                                                      \
	X(FONTCONFIG, FcPatternCreate)                                                             \
	X(FONTCONFIG, FcPatternDestroy)                                                            \
	X(FONTCONFIG, FcPatternAddBool)                                                            \
	X(FONTCONFIG, FcPatternAddInteger)                                                         \
	X(FONTCONFIG, FcPatternAddString)                                                          \
	X(FONTCONFIG, FcPatternDel)                                                                \
	X(FONTCONFIG, FcPatternGet)                                                                \
	X(FONTCONFIG, FcPatternGetBool)                                                            \
	X(FONTCONFIG, FcPatternGetCharSet)                                                         \
	X(FONTCONFIG, FcPatternGetInteger)                                                         \
	X(FONTCONFIG, FcPatternGetString)                                                          \
	X(FONTCONFIG, FcConfigSubstitute)                                                          \
	X(FONTCONFIG, FcDefaultSubstitute)                                                         \
	X(FONTCONFIG, FcFontMatch)                                                                 \
	X(FONTCONFIG, FcCharSetHasChar)                                                            \
	X(FONTCONFIG, FcConfigCreate)                                                              \
	X(FONTCONFIG, FcConfigDestroy)                                                             \
	X(FONTCONFIG, FcConfigAppFontAddFile)                                                      \
	X(FONTCONFIG, FcConfigGetFonts)                                                            \
	X(HARFBUZZ, hb_blob_create_from_file_or_fail)                                              \
	X(HARFBUZZ, hb_blob_destroy)                                                               \
	X(HARFBUZZ, hb_blob_get_data)                                                              \
	X(HARFBUZZ, hb_face_create)                                                                \
	X(HARFBUZZ, hb_face_destroy)                                                               \
	X(HARFBUZZ, hb_face_reference_blob)                                                        \
	X(HARFBUZZ, hb_set_add)                                                                    \
	X(HARFBUZZ, hb_set_has)                                                                    \
	X(HARFBUZZ, hb_set_allocation_successful)                                                  \
	X(SUBSET, hb_subset_input_create_or_fail)                                                  \
	X(SUBSET, hb_subset_input_destroy)                                                         \
	X(SUBSET, hb_subset_input_unicode_set)                                                     \
	X(SUBSET, hb_subset_input_set)                                                             \
	X(SUBSET, hb_subset_input_set_flags)                                                       \
	X(SUBSET, hb_subset_or_fail)                                                               \
	X(PANGOFT, pango_fc_font_map_set_config)                                                   \
	X(PANGOCAIRO, pango_cairo_font_map_new_for_font_type)

struct pdf_cut_calls {
	PDF_CUT_CALLS(PDF_MEMBER)
};

/* The same for these; NULL where something is missing. */
const struct pdf_cut_calls *pdf_cut_calls_load(void);
#undef PDF_MEMBER

/* GB/T 9704-2012, in points: A4, top 37 mm, left 28 mm, text area 156 x 225 mm. */
#define PDF_MM (72.0 / 25.4)
#define PDF_PAGE_W (210 * PDF_MM)
#define PDF_PAGE_H (297 * PDF_MM)
#define PDF_LEFT (28 * PDF_MM)
#define PDF_TOP (37 * PDF_MM)
#define PDF_TEXT_W (156 * PDF_MM)
#define PDF_TEXT_H (225 * PDF_MM)
#define PDF_PITCH 28.95            /* 22 lines a page */
#define PDF_CHAR (PDF_TEXT_W / 28) /* 3号, set to exactly 28 characters a line */
#define PDF_SIZE_TITLE 22.0        /* 2号 */

#define PDF_LANG "zh-cn"

enum pdf_font { FONT_FANG, FONT_HEI, FONT_KAI, FONT_TITLE, FONT_SONG, FONT_COUNT };

struct pdf_grid;
struct pdf_cut;

struct pdf {
	const struct pdf_calls *lib;
	struct arena *mem;
	struct buf *out;
	cairo_surface_t *surface;
	cairo_t *cr;
	PangoContext *context;
	PangoLayout *layout; /* text: set, measured, drawn, set again */
	PangoLayout *foot;   /* page numbers, so that a page may end amid a paragraph */
	PangoFontDescription *fonts[FONT_COUNT];
	struct pdf_cut *cut; /* the fonts cut for this document; NULL: whole ones */
	double y;            /* from the top of the text area */
	unsigned page;       /* 0 before the first */
	enum err failed;     /* sticky */
	const struct doc_table *measured;
	struct pdf_grid *grid; /* of `measured` */
};

/* Makes room of `height`: begins a new page when the rest of this one is less. */
void pdf_room(struct pdf *pdf, double height);
double pdf_left(const struct pdf *pdf); /* height left on the page */
void pdf_new_page(struct pdf *pdf);

/* Sets text into pdf->layout; width 0: no wrapping.  Returns the number of lines. */
int pdf_set(struct pdf *pdf, enum pdf_font font, double size, struct str text, double width,
	    double indent);
GSList *pdf_lines(struct pdf *pdf); /* PangoLayoutLine of pdf->layout */
double pdf_line_width(struct pdf *pdf, PangoLayoutLine *line);
/* Draws one line with its baseline where a line box of `pitch` from `top` wants it (both from
 * the top of the text area; x from its left). */
void pdf_line(struct pdf *pdf, PangoLayoutLine *line, double x, double top, double pitch,
	      double size);

/* pdf_font.c: after `surface`, fills and empties `context`, `layout`, `foot`, `fonts` and `cut`.
 * ERR_ABSENT when no font knows Chinese. */
MUST_USE enum err pdf_fonts_open(struct pdf *pdf, const struct doc *doc, struct diag *diag);
void pdf_fonts_close(struct pdf *pdf);
const char *pdf_font_families(enum pdf_font font);
bool pdf_font_wants_bold(enum pdf_font font, const char *family);

/* pdf_cut.c: fonts that hold just the characters of `doc`, alone in a font map of their own.
 * NULL when that cannot be done or could show: then whole fonts are to be used. */
struct pdf_cut *pdf_cut_open(struct arena *mem, const struct pdf_calls *lib, const struct doc *doc);
PangoFontMap *pdf_cut_map(const struct pdf_cut *cut);
const char *pdf_cut_family(const struct pdf_cut *cut, enum pdf_font font);
void pdf_cut_close(struct pdf_cut *cut, const struct pdf_calls *lib); /* after all that used it */

enum pdf_font pdf_style_font(enum para_style style);

/* pdf_table.c */
double pdf_table_first(struct pdf *pdf, const struct doc_table *table); /* room it wants to begin */
void pdf_table(struct pdf *pdf, const struct doc_table *table);

#endif
