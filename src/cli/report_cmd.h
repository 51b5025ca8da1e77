/* What the report commands share: the law, the sandbox, files in, formats out. */
#ifndef GONGKAI_CLI_REPORT_CMD_H
#define GONGKAI_CLI_REPORT_CMD_H

#include "cli/cli.h"
#include "report/findings.h"
#include "report/load.h"
#include "sandbox/sandbox.h"

struct tools {
	struct arena *mem; /* of the law */
	const struct law *law;
	struct sandbox *sandbox;
};

/* Loads the law tables.  Says what is wrong and gives the exit code otherwise. */
MUST_USE int tools_open(struct tools *tools, const struct cli_env *env);
void tools_close(struct tools *tools);

/* Reads one file into the reports that it holds.  The sandbox is made when a file first needs
 * it.  *ret_kind is set also on failure. */
MUST_USE enum err load_file(struct tools *tools, const char *path, struct arena *mem,
			    struct diag *diag, enum file_kind *ret_kind, struct report_list *ret);
/* The one report of a file; says what is wrong otherwise and gives the exit code.  nth from 1,
 * 0: the file must hold exactly one. */
MUST_USE int load_one(struct tools *tools, const char *path, size_t nth, struct arena *mem,
		      struct report **ret);

enum out_format {
	OUT_JSON,
	OUT_HTML,
	OUT_DOCX,
	OUT_PDF,
	OUT_XLSX,
	OUT_CSV,
	OUT_TEXT,
	OUT_FORMATS,
};
extern const char *const out_format_names[]; /* NULL-terminated, for cli_choice */

/* By the ending of a name (.json .html .htm .docx .pdf .xlsx .csv .txt .md), -1 when unknown. */
int out_format_of(const char *path);

/* The report in a format, whole, into `out`. */
MUST_USE enum err report_format(const struct report *report, enum out_format format,
				struct diag *diag, struct buf *out);

/* A doc in html, docx, pdf, xlsx or text. */
MUST_USE enum err doc_format(const struct doc *doc, enum out_format format, struct str title,
			     struct str author, struct diag *diag, struct buf *out);

#endif
