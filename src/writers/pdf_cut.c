/* Fonts cut to one document before anything is laid out.  Cairo copies and packs tables of a
 * Chinese font in megabytes whatever it needs of them, which takes longer than all the rest of
 * a PDF; HarfBuzz takes the few hundred glyphs of the document out in some milliseconds, and
 * Cairo then never sees another font.
 *
 * Only where the page stays the same: every character of the document must be in the face of
 * its role, and none may need the tables for shaping that are left out.  Where that is not so,
 * or a library, memory or a descriptor is wanting, there is no cut font and the writer uses
 * whole ones. */
#include <assert.h>
#include <errno.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/utf8.h"
#include "writers/pdf_int.h"
#include "writers/writers_int.h"

struct face {
	FcPattern *match;
	const FcCharSet *covers;
	const char *file;
	int index;
	hb_subset_input_t *input;
	hb_set_t *wanted; /* of `input` */
	int fd;           /* the cut font, in memory */
	char family[8];   /* its name in `config` */
};

struct pdf_cut {
	const struct pdf_cut_calls *lib;
	FcConfig *config; /* has the cut fonts and nothing else */
	PangoFontMap *map;
	struct face faces[FONT_COUNT];
	size_t n_faces;
	struct face *of_role[FONT_COUNT];
};

/* ---- which face for which role --------------------------------------------------------- */

/* A pattern with the families of a role in their order (FcNameParse would take a '-' for a size).
 */
static FcPattern *wanted(const struct pdf_cut_calls *lib, enum pdf_font role)
{
	struct str rest = str_c(pdf_font_families(role)), part;
	FcPattern *p = lib->FcPatternCreate();
	bool ok = p != NULL;

	while (ok && str_split(&rest, ',', &part)) {
		char name[64];

		assert(part.n < sizeof(name)); /* our own table */
		memcpy(name, part.p, part.n);
		name[part.n] = '\0';
		ok = lib->FcPatternAddString(p, FC_FAMILY, (const FcChar8 *)name);
	}
	if (ok && lib->FcPatternAddString(p, FC_LANG, (const FcChar8 *)PDF_LANG))
		return p;
	if (p != NULL)
		lib->FcPatternDestroy(p);
	return NULL;
}

static FcPattern *match(const struct pdf_cut_calls *lib, enum pdf_font role, bool bold)
{
	FcPattern *want = wanted(lib, role), *got = NULL;
	FcResult result;

	if (want == NULL)
		return NULL;
	if ((!bold || lib->FcPatternAddInteger(want, FC_WEIGHT, FC_WEIGHT_BOLD)) &&
	    lib->FcConfigSubstitute(NULL, want, FcMatchPattern)) {
		lib->FcDefaultSubstitute(want);
		got = lib->FcFontMatch(NULL, want, &result);
	}
	lib->FcPatternDestroy(want);
	return got;
}

/* A plain outline font, shown as its file has it: nothing made bold, slanted or varied. */
static bool plain(const struct pdf_cut_calls *lib, FcPattern *p)
{
	FcValue value;
	FcBool is;

	return lib->FcPatternGetBool(p, FC_OUTLINE, 0, &is) == FcResultMatch && is &&
	       (lib->FcPatternGetBool(p, FC_EMBOLDEN, 0, &is) != FcResultMatch || !is) &&
	       (lib->FcPatternGetBool(p, FC_VARIABLE, 0, &is) != FcResultMatch || !is) &&
	       lib->FcPatternGet(p, FC_MATRIX, 0, &value) != FcResultMatch &&
	       lib->FcPatternGet(p, FC_FONT_VARIATIONS, 0, &value) != FcResultMatch &&
	       lib->FcPatternGet(p, FC_FONT_FEATURES, 0, &value) != FcResultMatch;
}

/* The face of a role, found or matched; false when it cannot be cut. */
static bool role_face(struct pdf_cut *cut, enum pdf_font role)
{
	const struct pdf_cut_calls *lib = cut->lib;
	struct face *face = &cut->faces[cut->n_faces];
	FcPattern *got = match(lib, role, false);
	FcChar8 *family, *file;
	FcCharSet *covers;

	if (got != NULL && lib->FcPatternGetString(got, FC_FAMILY, 0, &family) == FcResultMatch &&
	    pdf_font_wants_bold(role, (const char *)family)) {
		lib->FcPatternDestroy(got);
		got = match(lib, role, true);
	}
	if (got == NULL)
		return false;
	if (!plain(lib, got) || lib->FcPatternGetString(got, FC_FILE, 0, &file) != FcResultMatch ||
	    lib->FcPatternGetInteger(got, FC_INDEX, 0, &face->index) != FcResultMatch ||
	    lib->FcPatternGetCharSet(got, FC_CHARSET, 0, &covers) != FcResultMatch ||
	    face->index < 0 || face->index > 0xFFFF || !lib->FcCharSetHasChar(covers, 0x653F)) {
		lib->FcPatternDestroy(got);
		return false;
	}
	for (size_t i = 0; i < cut->n_faces; i++)
		if (cut->faces[i].index == face->index &&
		    strcmp(cut->faces[i].file, (const char *)file) == 0)
			cut->of_role[role] = &cut->faces[i];
	if (cut->of_role[role] != NULL) {
		lib->FcPatternDestroy(got);
		return true;
	}
	face->match = got;
	face->file = (const char *)file;
	face->covers = covers;
	face->input = lib->hb_subset_input_create_or_fail();
	face->wanted = face->input != NULL ? lib->hb_subset_input_unicode_set(face->input) : NULL;
	cut->of_role[role] = face;
	cut->n_faces++;
	return face->input != NULL;
}

/* ---- which characters ------------------------------------------------------------------ */

/* What a font draws right with no more than a glyph for each character: not marks that stand
 * over others, scripts that join, signs that show nothing or turn the others. */
static bool stands_alone(uint32_t cp)
{
	static const struct {
		uint32_t first, last;
	} not [] = {
		{0x0000, 0x001F}, {0x007F, 0x009F},  {0x00AD, 0x00AD},    {0x0300, 0x036F},
		{0x0483, 0x0489}, {0x0590, 0x1DFF},  {0x200B, 0x200F},    {0x2028, 0x202E},
		{0x2060, 0x206F}, {0x20D0, 0x20FF},  {0x2FF0, 0x2FFF},    {0x302A, 0x302F},
		{0x3099, 0x309A}, {0xA66F, 0xABFF},  {0xD7B0, 0xF8FF},    {0xFB00, 0xFE2F},
		{0xFEFF, 0xFEFF}, {0xFFF0, 0x1FFFF}, {0xE0000, 0x10FFFF},
	};

	for (size_t i = 0; i < sizeof(not ) / sizeof(*not ); i++)
		if (cp >= not [i].first && cp <= not [i].last)
			return false;
	return true;
}

static bool want(const struct pdf_cut *cut, enum pdf_font role, struct str text)
{
	const struct pdf_cut_calls *lib = cut->lib;
	const struct face *face = cut->of_role[role];
	uint32_t cp;

	while (utf8_next(&text, &cp)) {
		if (cp == '\n' || lib->hb_set_has(face->wanted, cp))
			continue;
		if (!stands_alone(cp) || !lib->FcCharSetHasChar(face->covers, cp))
			return false;
		lib->hb_set_add(face->wanted, cp);
	}
	return true;
}

static bool want_table(const struct pdf_cut *cut, const struct doc_table *t)
{
	for (size_t i = 0; i < t->n_cells; i++)
		if (!want(cut, FONT_FANG, t->cells[i].text))
			return false;
	return want(cut, FONT_HEI, t->caption);
}

/* What Pango measures a font by: where it were missing, Pango would look for other fonts. */
static void want_sample(const struct pdf_cut *cut, const struct pdf_calls *lib)
{
	const char *all =
		lib->pango_language_get_sample_string(lib->pango_language_from_string(PDF_LANG));

	for (size_t i = 0; i < cut->n_faces; i++) {
		const struct face *face = &cut->faces[i];
		struct str rest = str_c(all);
		uint32_t cp;

		while (utf8_next(&rest, &cp))
			if (cut->lib->FcCharSetHasChar(face->covers, cp))
				cut->lib->hb_set_add(face->wanted, cp);
	}
}

static bool want_doc(const struct pdf_cut *cut, const struct doc *doc, struct arena *mem)
{
	for (int f = 0; f < FONT_COUNT; f++)
		if (!want(cut, (enum pdf_font)f, STR(" ")))
			return false;
	if (!want(cut, FONT_SONG, STR("— 0123456789"))) /* page numbers */
		return false;
	for (size_t i = 0; i < doc->n_blocks; i++) {
		const struct doc_block *b = &doc->blocks[i];
		enum para_style style = b->kind == BLOCK_PICTURE ? STYLE_CAPTION : b->style;
		struct str text = b->text;

		if (b->kind == BLOCK_PICTURE && writer_picture(b, mem, &text) != ERR_OK)
			return false;
		if (b->kind == BLOCK_TABLE ? !want_table(cut, b->table)
					   : !want(cut, pdf_style_font(style), text))
			return false;
	}
	return true;
}

/* ---- cutting --------------------------------------------------------------------------- */

/* A path to a descriptor that this process has never used before: Cairo keeps fonts by the path
 * they came from, long after the descriptor has become another file's.  The number of the cut
 * font is spelled in steps that stay where they are: "/." for 1, "//." for 0. */
static bool fresh_path(int fd, struct arena *mem, struct str *ret)
{
	static atomic_uint count;
	unsigned n = atomic_fetch_add(&count, 1) + 1;
	char steps[3 * 32 + 1];
	size_t at = 0;

	for (; n > 0; n >>= 1) {
		const char *step = n & 1 ? "/." : "//.";
		size_t len = strlen(step);

		memcpy(steps + at, step, len);
		at += len;
	}
	steps[at] = '\0';
	return arena_fmt(mem, ret, "/proc%s/self/fd/%d", steps, fd) == ERR_OK;
}

static bool store(struct face *face, const char *data, size_t n)
{
	face->fd = memfd_create("gongkai-font", MFD_CLOEXEC);
	while (face->fd >= 0 && n > 0) {
		ssize_t put = write(face->fd, data, n);

		if (put < 0 && errno == EINTR)
			continue;
		if (put <= 0)
			return false;
		data += put;
		n -= (size_t)put;
	}
	return face->fd >= 0;
}

static bool cut_to_memory(const struct pdf_cut *cut, struct face *face)
{
	/* shaping, vertical text, ideographic baselines: none is used */
	static const hb_tag_t drop[] = {
		HB_TAG('G', 'S', 'U', 'B'), HB_TAG('G', 'P', 'O', 'S'), HB_TAG('G', 'D', 'E', 'F'),
		HB_TAG('B', 'A', 'S', 'E'), HB_TAG('V', 'O', 'R', 'G'), HB_TAG('v', 'h', 'e', 'a'),
		HB_TAG('v', 'm', 't', 'x'), HB_TAG('k', 'e', 'r', 'n'), HB_TAG('D', 'S', 'I', 'G'),
	};
	const struct pdf_cut_calls *lib = cut->lib;
	hb_blob_t *blob = lib->hb_blob_create_from_file_or_fail(face->file), *out;
	hb_face_t *whole, *part;
	hb_set_t *dropped;
	unsigned n = 0;
	const char *data;
	bool ok;

	if (blob == NULL)
		return false;
	whole = lib->hb_face_create(blob, (unsigned)face->index);
	lib->hb_blob_destroy(blob);
	dropped = lib->hb_subset_input_set(face->input, HB_SUBSET_SETS_DROP_TABLE_TAG);
	for (size_t i = 0; i < sizeof(drop) / sizeof(*drop); i++)
		lib->hb_set_add(dropped, drop[i]);
	/* subroutines inline: the glyphs are few, and Cairo would embed unused ones as well */
	lib->hb_subset_input_set_flags(face->input, HB_SUBSET_FLAGS_DESUBROUTINIZE);
	part = lib->hb_set_allocation_successful(face->wanted)
		       ? lib->hb_subset_or_fail(whole, face->input)
		       : NULL;
	lib->hb_face_destroy(whole);
	if (part == NULL)
		return false;
	out = lib->hb_face_reference_blob(part);
	data = lib->hb_blob_get_data(out, &n);
	ok = data != NULL && n > 0 && store(face, data, n);
	lib->hb_blob_destroy(out);
	lib->hb_face_destroy(part);
	return ok;
}

/* Names the cut font in the set so that nothing but its role can ask for it. */
static bool offer(const struct pdf_cut *cut, struct face *face, struct arena *mem)
{
	const struct pdf_cut_calls *lib = cut->lib;
	size_t i = (size_t)(face - cut->faces);
	struct str path;
	FcFontSet *set;
	FcPattern *p;

	if (!fresh_path(face->fd, mem, &path) ||
	    !lib->FcConfigAppFontAddFile(cut->config, (const FcChar8 *)path.p))
		return false;
	set = lib->FcConfigGetFonts(cut->config, FcSetApplication);
	if (set == NULL || set->nfont != (int)i + 1) /* one face in each file, in our order */
		return false;
	memcpy(face->family, "gkcut ", 6);
	face->family[6] = (char)('0' + i);
	p = set->fonts[i];
	lib->FcPatternDel(p, FC_FAMILY);
	lib->FcPatternDel(p, FC_FAMILYLANG);
	lib->FcPatternDel(p, FC_FILE);
	return lib->FcPatternAddString(p, FC_FAMILY, (const FcChar8 *)face->family) &&
	       lib->FcPatternAddString(p, FC_FILE, (const FcChar8 *)path.p);
}

static bool fill(struct pdf_cut *cut, const struct pdf_calls *pango, const struct doc *doc,
		 struct arena *mem)
{
	const struct pdf_cut_calls *lib = cut->lib;

	if (!lib->FcInit())
		return false;
	for (int f = 0; f < FONT_COUNT; f++)
		if (!role_face(cut, (enum pdf_font)f))
			return false;
	want_sample(cut, pango);
	if (!want_doc(cut, doc, mem))
		return false;
	cut->config = lib->FcConfigCreate();
	if (cut->config == NULL)
		return false;
	for (size_t i = 0; i < cut->n_faces; i++)
		if (!cut_to_memory(cut, &cut->faces[i]) || !offer(cut, &cut->faces[i], mem))
			return false;
	cut->map = lib->pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
	if (cut->map == NULL)
		return false;
	lib->pango_fc_font_map_set_config((PangoFcFontMap *)(void *)cut->map, cut->config);
	return true;
}

struct pdf_cut *pdf_cut_open(struct arena *mem, const struct pdf_calls *lib, const struct doc *doc)
{
	const struct pdf_cut_calls *calls = pdf_cut_calls_load();
	struct pdf_cut *cut;

	if (calls == NULL)
		return NULL;
	cut = ARENA_NEW(mem, struct pdf_cut);
	if (cut == NULL)
		return NULL;
	cut->lib = calls;
	for (size_t i = 0; i < FONT_COUNT; i++)
		cut->faces[i].fd = -1;
	if (fill(cut, lib, doc, mem))
		return cut;
	pdf_cut_close(cut, lib);
	return NULL;
}

PangoFontMap *pdf_cut_map(const struct pdf_cut *cut)
{
	return cut->map;
}

const char *pdf_cut_family(const struct pdf_cut *cut, enum pdf_font font)
{
	return cut->of_role[font]->family;
}

void pdf_cut_close(struct pdf_cut *cut, const struct pdf_calls *lib)
{
	if (cut == NULL)
		return;
	if (cut->map != NULL)
		lib->g_object_unref(cut->map);
	if (cut->config != NULL)
		cut->lib->FcConfigDestroy(cut->config);
	for (size_t i = 0; i < cut->n_faces; i++) {
		struct face *face = &cut->faces[i];

		if (face->input != NULL)
			cut->lib->hb_subset_input_destroy(face->input);
		if (face->match != NULL)
			cut->lib->FcPatternDestroy(face->match);
		if (face->fd >= 0)
			close(face->fd);
	}
}
