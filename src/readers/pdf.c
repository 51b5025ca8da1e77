/* PDF: pdftotext (poppler) in the sandbox gives the words and where they stand; boxes.c makes a
 * document of them.  No PDF is parsed in this process. */
#include "readers/boxes.h"
#include "sandbox/sandbox.h"

#define SCAN_WORDS_A_PAGE 4 /* fewer: pictures of pages, with at most a stamp or a page number */

/* What pdftotext's failure means.  It says nothing that a program can read. */
static enum err explain(struct str bytes, enum err e, struct diag *diag, const struct diag *inner)
{
	if (e == ERR_INPUT && str_has(bytes, STR("/Encrypt")))
		return diag_set(diag, e, "the PDF is encrypted: save it without a password first");
	if (e == ERR_INPUT)
		return diag_set(diag, e, "the PDF is damaged: open it and save it again (%s)",
				inner->text);
	return diag_set(diag, e, "%s", inner->text);
}

static enum err run_pdftotext(struct str bytes, const struct read_env *env, struct diag *diag,
			      struct buf *out)
{
	static const char *const argv[] = {"pdftotext", "-bbox-layout", "-enc", "UTF-8", "-", "-",
					   NULL};
	struct sandbox_job job = {
		.program = argv[0],
		.argv = argv,
		.input = bytes,
		.memory_bytes = LIMIT_CHILD_MEMORY_BYTES,
		.output_bytes = LIMIT_CHILD_OUTPUT_BYTES,
		.cpu_s = LIMIT_CHILD_CPU_S,
		.wall_s = LIMIT_CHILD_WALL_S,
	};
	struct diag inner = DIAG_INIT;
	int status = 0;
	enum err e;

	if (env->sandbox == NULL)
		return diag_set(
			diag, ERR_ABSENT,
			"a PDF is read by pdftotext in a sandbox, and none is available here");
	e = sandbox_run(env->sandbox, &job, &inner, out, &status);
	return e == ERR_OK ? ERR_OK : explain(bytes, e, diag, &inner);
}

enum err pdf_read(struct str bytes, const struct read_env *env, struct arena *mem,
		  struct diag *diag, struct doc **ret)
{
	AUTO_BUF(out, LIMIT_CHILD_OUTPUT_BYTES);
	AUTO(arena) scratch = arena_new(LIMIT_DOC_MEMORY_BYTES);
	struct boxes boxes = {.mem = scratch};
	struct doc *doc;
	enum err e;

	if (scratch == NULL)
		return ERR_NOMEM;
	e = run_pdftotext(bytes, env, diag, &out);
	if (e == ERR_OK)
		e = boxes_parse(buf_str(&out), &boxes, diag);
	if (e != ERR_OK)
		return e;
	if (boxes.n_pages == 0)
		return diag_set(diag, ERR_INPUT, "the PDF has no pages");
	if (boxes.n_words < SCAN_WORDS_A_PAGE * boxes.n_pages)
		return diag_set(diag, ERR_INPUT,
				"a scan without a text layer: run OCR on it, or ask for the DOCX");
	e = doc_new(mem, DOC_SOURCE_PDF, &doc);
	if (e == ERR_OK)
		e = boxes_layout(&boxes, env, doc);
	if (e != ERR_OK)
		return diag_set(diag, e, "the PDF's pages cannot be laid out");
	*ret = doc;
	return ERR_OK;
}
