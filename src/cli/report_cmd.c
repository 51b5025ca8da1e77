/* What the report commands share. */
#include "cli/report_cmd.h"

#include <string.h>
#include <strings.h>

#include "base/io.h"
#include "law/law.h"
#include "writers/writers.h"

const char *const out_format_names[] = {"json", "html", "docx", "pdf", "xlsx", "csv", "text", NULL};

#define LIMIT_LAW_MEMORY_BYTES (16 * MIB)

int tools_open(struct tools *tools, const struct cli_env *env)
{
	struct diag diag = DIAG_INIT;
	enum err e;

	*tools = (struct tools){.mem = arena_new(LIMIT_LAW_MEMORY_BYTES)};
	if (tools->mem == NULL)
		return cli_fail(NULL, ERR_NOMEM, NULL);
	e = law_load(env->law_dir, tools->mem, &diag, &tools->law);
	if (e == ERR_OK)
		return EXIT_DONE;
	tools_close(tools);
	return cli_fail(env->law_dir, e, &diag) == EXIT_SYSTEM ? EXIT_SYSTEM : EXIT_USAGE;
}

void tools_close(struct tools *tools)
{
	sandbox_free(tools->sandbox);
	arena_free(tools->mem);
	*tools = (struct tools){.mem = NULL};
}

static bool needs_sandbox(struct str bytes)
{
	enum file_kind kind = file_sniff(bytes);

	return kind == FILE_PDF || kind == FILE_OLE || kind == FILE_RTF;
}

enum err load_file(struct tools *tools, const char *path, struct arena *mem, struct diag *diag,
		   enum file_kind *ret_kind, struct report_list *ret)
{
	struct read_env env = {.law = tools->law};
	struct str bytes;
	enum err e = io_read(path, LIMIT_FILE_BYTES, mem, diag, &bytes);

	*ret_kind = FILE_UNKNOWN;
	if (e != ERR_OK)
		return e;
	if (tools->sandbox == NULL && needs_sandbox(bytes))
		e = sandbox_new(&tools->sandbox);
	if (e != ERR_OK)
		return diag_set(diag, e, "cannot prepare a child process for foreign parsers");
	env.sandbox = tools->sandbox;
	return report_load(bytes, &env, mem, diag, ret_kind, ret);
}

int load_one(struct tools *tools, const char *path, size_t nth, struct arena *mem,
	     struct report **ret)
{
	struct diag diag = DIAG_INIT;
	struct report_list list;
	enum file_kind kind;
	enum err e = load_file(tools, path, mem, &diag, &kind, &list);

	if (e != ERR_OK)
		return cli_fail(path, e, &diag);
	if (nth == 0 && list.n > 1) {
		AUTO_BUF(names, 1024);

		for (size_t i = 0; i < list.n && i < 8; i++)
			buf_fmt(&names, "%s%zu: " STR_FMT, i ? ", " : "", i + 1,
				STR_ARG(list.reports[i]->title));
		cli_say(path, "holds %zu reports; choose one with --nth (" STR_FMT ")", list.n,
			STR_ARG(buf_str(&names)));
		return EXIT_INPUT;
	}
	if (nth > list.n) {
		cli_say(path, "holds %zu report%s, not %zu", list.n, list.n == 1 ? "" : "s", nth);
		return EXIT_INPUT;
	}
	*ret = list.reports[nth ? nth - 1 : 0];
	return EXIT_DONE;
}

int out_format_of(const char *path)
{
	static const struct {
		const char *ending;
		enum out_format format;
	} row[] = {
		{".json", OUT_JSON}, {".html", OUT_HTML}, {".htm", OUT_HTML},
		{".docx", OUT_DOCX}, {".pdf", OUT_PDF},   {".xlsx", OUT_XLSX},
		{".csv", OUT_CSV},   {".txt", OUT_TEXT},  {".md", OUT_TEXT},
	};
	const char *dot = strrchr(path, '.');

	for (size_t i = 0; dot != NULL && i < sizeof(row) / sizeof(row[0]); i++)
		if (strcasecmp(dot, row[i].ending) == 0)
			return (int)row[i].format;
	return -1;
}

enum err doc_format(const struct doc *doc, enum out_format format, struct str title,
		    struct str author, struct diag *diag, struct buf *out)
{
	struct write_env env = {.title = title, .author = author};

	switch (format) {
	case OUT_HTML:
		return html_write(doc, &env, diag, out);
	case OUT_DOCX:
		return docx_write(doc, &env, diag, out);
	case OUT_PDF:
		return pdf_write(doc, &env, diag, out);
	case OUT_XLSX:
		return xlsx_write(doc, &env, diag, out);
	case OUT_TEXT:
		return text_write(doc, &env, diag, out);
	case OUT_JSON:
	case OUT_CSV:
	case OUT_FORMATS:
	default:
		return ERR_INPUT;
	}
}

enum err report_format(const struct report *report, enum out_format format, struct diag *diag,
		       struct buf *out)
{
	AUTO(arena) mem = NULL;
	struct doc *doc;
	enum err e;

	if (format == OUT_JSON) {
		e = report_json_write(report, out);
		buf_ch(out, '\n');
		return e == ERR_OK ? buf_end(out) : e;
	}
	if (format == OUT_CSV)
		return report_csv_write(report, out);
	mem = arena_new(LIMIT_DOC_MEMORY_BYTES);
	if (mem == NULL)
		return ERR_NOMEM;
	e = report_compose(report, mem, &doc);
	return e == ERR_OK ? doc_format(doc, format, report->title, report->body, diag, out) : e;
}
