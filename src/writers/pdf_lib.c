/* Cairo and Pango, loaded when the first PDF is written and never before: together they take
 * longer to start than a report to check.  They stay loaded, for they
 * keep caches that do not survive unloading. */
#include <dlfcn.h>
#include <string.h>
#include <threads.h>

#include "writers/pdf_int.h"

enum so {
	SO_CAIRO,
	SO_GOBJECT,
	SO_PANGO,
	SO_PANGOCAIRO,
	SO_NEEDED, /* those before are needed, the others make it faster */
	SO_FONTCONFIG = SO_NEEDED,
	SO_HARFBUZZ,
	SO_SUBSET,
	SO_PANGOFT,
	SO_COUNT
};

static const char *const so_names[SO_COUNT] = {
	[SO_CAIRO] = "libcairo.so.2",
	[SO_GOBJECT] = "libgobject-2.0.so.0",
	[SO_PANGO] = "libpango-1.0.so.0",
	[SO_PANGOCAIRO] = "libpangocairo-1.0.so.0",
	[SO_FONTCONFIG] = "libfontconfig.so.1",
	[SO_HARFBUZZ] = "libharfbuzz.so.0",
	[SO_SUBSET] = "libharfbuzz-subset.so.0",
	[SO_PANGOFT] = "libpangoft2-1.0.so.0",
};

static struct pdf_calls calls;
static struct pdf_cut_calls cut_calls;
static bool loaded, cut_loaded;
static once_flag once = ONCE_FLAG_INIT;

/* A data pointer becomes a function pointer by copying: the cast is not C. */
static bool find(void *so, const char *name, void *slot)
{
	void *address = dlsym(so, name);

	if (address == NULL)
		return false;
	memcpy(slot, &address, sizeof(address));
	return true;
}

static void load(void)
{
	void *so[SO_COUNT];

	for (int i = 0; i < SO_COUNT; i++) {
		so[i] = dlopen(so_names[i], RTLD_LAZY | RTLD_LOCAL);
		if (so[i] == NULL && i < SO_NEEDED)
			return;
	}
#define PDF_FIND(so_, fn)                                                                          \
	if (!find(so[SO_##so_], #fn, &calls.fn))                                                   \
		return;
	PDF_CALLS(PDF_FIND)
#undef PDF_FIND
	loaded = true;
#define PDF_FIND(so_, fn)                                                                          \
	if (so[SO_##so_] == NULL || !find(so[SO_##so_], #fn, &cut_calls.fn))                       \
		return;
	PDF_CUT_CALLS(PDF_FIND)
#undef PDF_FIND
	cut_loaded = true;
}

enum err pdf_calls_load(struct diag *diag, const struct pdf_calls **ret)
{
	call_once(&once, load);
	if (!loaded)
		return diag_set(diag, ERR_ABSENT,
				"writing PDF needs Pango and Cairo: "
				"install libpangocairo-1.0-0 and fonts-noto-cjk");
	*ret = &calls;
	return ERR_OK;
}

const struct pdf_cut_calls *pdf_cut_calls_load(void)
{
	call_once(&once, load);
	return cut_loaded ? &cut_calls : NULL;
}

/* Under the leak checker of a sanitizer build: fontconfig keeps its pattern lists as offsets,
 * which the checker cannot follow, and Cairo 1.16 loses a block for each font that it embeds.
 * Neither is ours. */
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define LEAK_CHECKER
#endif
#elif defined(__SANITIZE_ADDRESS__)
#define LEAK_CHECKER
#endif
#ifdef LEAK_CHECKER
const char *__lsan_default_options(void);
__attribute__((visibility("default"))) const char *__lsan_default_options(void)
{
	return "print_suppressions=0";
}

const char *__lsan_default_suppressions(void);
__attribute__((visibility("default"))) const char *__lsan_default_suppressions(void)
{
	return "leak:libfontconfig\nleak:libcairo\nleak:libpango\nleak:libglib\n";
}
#endif
