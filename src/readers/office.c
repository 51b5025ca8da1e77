/* DOC, WPS, XLS and RTF: LibreOffice, in the sandbox, makes an OOXML file of them, which is then
 * read like any other.  It is an optional program; without it the answer says what to do. */
#include "readers/readers.h"
#include "readers/sniff.h"
#include "sandbox/sandbox.h"

struct conversion {
	const char *name;   /* of the input: LibreOffice believes its ending */
	const char *to;     /* target format */
	const char *output; /* the file it makes */
	const char *advice;
};

static const struct conversion of_text = {
	"input.doc", "docx", "input.docx",
	"install libreoffice-writer, or save the file as DOCX in Word or WPS"};
static const struct conversion of_rtf = {
	"input.rtf", "docx", "input.docx",
	"install libreoffice-writer, or save the file as DOCX in Word or WPS"};
static const struct conversion of_sheet = {
	"input.xls", "xlsx", "input.xlsx",
	"install libreoffice-calc, or save the file as XLSX in Excel or WPS"};

static const struct conversion *conversion_of(struct str bytes)
{
	if (str_starts(bytes, STR("{\\rtf")))
		return &of_rtf;
	if (ole_has(bytes, "Workbook") || ole_has(bytes, "Book"))
		return &of_sheet;
	return &of_text;
}

static enum err convert(struct str bytes, const struct conversion *c, const struct sandbox *sandbox,
			struct diag *diag, struct buf *out)
{
	const char *const argv[] = {"soffice",
				    "--headless",
				    "--norestore",
				    "--nologo",
				    "-env:OSL_SOCKET_PATH=.",
				    "--nolockcheck",
				    "--convert-to",
				    c->to,
				    c->name,
				    NULL};
	struct sandbox_job job = {
		.program = "soffice",
		.argv = argv,
		.input = bytes,
		.input_name = c->name,
		.output_name = c->output,
		.folder = true,
		.memory_bytes = LIMIT_OFFICE_MEMORY_BYTES,
		.output_bytes = LIMIT_FILE_BYTES,
		.cpu_s = LIMIT_OFFICE_WALL_S,
		.wall_s = LIMIT_OFFICE_WALL_S,
	};
	struct diag inner = DIAG_INIT; /* names the program; the person needs to hear of the file */
	int status = 0;
	enum err e = sandbox_run(sandbox, &job, &inner, out, &status);

	if (e == ERR_ABSENT)
		return diag_set(diag, e, "a DOC, WPS, XLS or RTF file needs LibreOffice: %s",
				c->advice);
	if (e == ERR_INPUT)
		return diag_set(diag, e,
				"LibreOffice cannot read the file (damaged, or under a "
				"password); save it as DOCX in Word or WPS");
	if (e == ERR_LIMIT)
		return diag_set(diag, e,
				"LibreOffice needs too much time or memory for the file; "
				"save it as DOCX in Word or WPS");
	return e == ERR_OK ? e : diag_set(diag, e, "%s", inner.text);
}

enum err office_read(struct str bytes, const struct read_env *env, struct arena *mem,
		     struct diag *diag, struct doc **ret)
{
	const struct conversion *c = conversion_of(bytes);
	AUTO_BUF(out, LIMIT_FILE_BYTES);
	enum err e;

	if (env->sandbox == NULL)
		return diag_set(diag, ERR_ABSENT,
				"a DOC, WPS, XLS or RTF file needs LibreOffice: %s", c->advice);
	e = convert(bytes, c, env->sandbox, diag, &out);
	if (e != ERR_OK)
		return e;
	switch (file_sniff(buf_str(&out))) { /* what came back is as untrusted as what went in */
	case FILE_DOCX:
		return docx_read(buf_str(&out), env, mem, diag, ret);
	case FILE_XLSX:
		return xlsx_read(buf_str(&out), env, mem, diag, ret);
	default:
		return diag_set(diag, ERR_INPUT,
				"LibreOffice cannot read the file (damaged, or under a password); "
				"save it as DOCX in Word or WPS");
	}
}
