/* gongkai report merge: units' reports into the report of the body above them. */
#include <string.h>
#include <unistd.h>

#include "base/io.h"
#include "cli/report_cmd.h"
#include "cli/walk.h"
#include "report/merge.h"

static const struct cli_option options[] = {
	{"--body", "NAME", "name of the body above the units", false},
	{"--year", "YYYY", "the year to add up", false},
	{"--units", "LIST", "file with the units that must report, one name a line", false},
	{"--against", "FILE", "a stated total to compare with (AR-G01)", false},
	{"-o", "OUT", "write the sum to OUT (else standard output)", false},
	{"--to", "json|html|docx|pdf|xlsx|csv|text",
	 "the format; else by the ending of OUT, else json", false},
};

struct merging {
	struct tools tools;
	struct arena *mem; /* of the sum */
	struct merge merge;
	int code;
};

static void worse(struct merging *m, int code)
{
	if (code > m->code)
		m->code = code;
}

static enum err add_file(struct merging *m, const struct walk_item *item)
{
	AUTO(arena) mem = arena_new(LIMIT_DOC_MEMORY_BYTES);
	struct diag diag = DIAG_INIT;
	struct report_list list = {NULL, 0, NO_REPORT_NONE};
	enum file_kind kind = FILE_UNKNOWN;
	struct str why;
	enum err e;

	if (mem == NULL)
		return ERR_NOMEM;
	if (item->reason != NULL)
		e = diag_set(&diag, ERR_DENIED, "%s", item->reason);
	else
		e = load_file(&m->tools, item->path, mem, &diag, &kind, &list);
	if (e != ERR_OK) {
		if (!item->named && (!file_kind_readable(kind) || kind == FILE_JSON))
			return ERR_OK; /* found in a folder, no report: nobody meant it */
		worse(m, cli_fail(item->path, e, &diag));
		if (reason_zh(str_c(diag.text), m->mem, &why) != ERR_OK)
			return ERR_NOMEM;
		return merge_unread(&m->merge, str_c(item->path), why);
	}
	for (size_t i = 0; e == ERR_OK && i < list.n; i++)
		e = merge_add(&m->merge, list.reports[i], &diag);
	if (e != ERR_OK)
		cli_say(item->path, "%s", diag.text[0] ? diag.text : err_name(e));
	return e;
}

/* What was added and what was not, one line a unit. */
static void say_units(struct merging *m)
{
	for (size_t i = 0; i < m->merge.n_units; i++) {
		const struct merge_unit *u = &m->merge.units[i];

		fprintf(stderr, STR_FMT "：%s%s" STR_FMT "\n", STR_ARG(u->name),
			merge_fate_zh(u->fate), u->note.n ? "；" : "", STR_ARG(u->note));
		if (u->fate != MERGE_ADDED && u->fate != MERGE_UNLISTED)
			worse(m, EXIT_INPUT); /* the sum is not whole */
	}
	fprintf(stderr, "共汇总%zu个单位\n", m->merge.n_added);
}

static int against(struct merging *m, const char *path)
{
	AUTO(arena) mem = arena_new(LIMIT_DOC_MEMORY_BYTES);
	AUTO_BUF(out, LIMIT_OUTPUT_BYTES);
	struct findings findings;
	struct findings_of of;
	struct report *stated;
	enum err e;
	int code;

	if (mem == NULL)
		return cli_fail(NULL, ERR_NOMEM, NULL);
	code = load_one(&m->tools, path, 0, mem, &stated);
	if (code != EXIT_DONE)
		return code;
	e = merge_against(&m->merge, stated, mem, &findings);
	of = (struct findings_of){str_c(path), stated, &findings, STR_NONE};
	if (e == ERR_OK && findings.n > 0)
		e = findings_text(&of, SEVERITY_INFO, isatty(STDERR_FILENO) != 0, &out);
	if (e != ERR_OK)
		return cli_fail(path, e, NULL);
	(void)fwrite(out.p, 1, out.n, stderr);
	return findings.n > 0 ? EXIT_FOUND : EXIT_DONE;
}

static enum err compare_list(struct merging *m, const char *path, struct arena *mem)
{
	struct diag diag = DIAG_INIT;
	struct str list;
	enum err e;

	if (path == NULL)
		return ERR_OK;
	e = io_read(path, LIMIT_LAW_FILE_BYTES, mem, &diag, &list);
	if (e != ERR_OK) {
		worse(m, cli_fail(path, e, &diag));
		return e;
	}
	return merge_list(&m->merge, list);
}

static int merge_all(struct merging *m, const struct cli_args *args, enum out_format to)
{
	AUTO(arena) mem = arena_new(LIMIT_DOC_MEMORY_BYTES);
	AUTO_BUF(out, LIMIT_OUTPUT_BYTES);
	struct diag diag = DIAG_INIT;
	struct walk walk;
	enum err e;

	if (mem == NULL)
		return cli_fail(NULL, ERR_NOMEM, NULL);
	e = walk_paths(args->args, args->n_args, mem, &walk);
	for (size_t i = 0; e == ERR_OK && i < walk.n; i++)
		e = add_file(m, &walk.items[i]);
	if (e == ERR_OK)
		e = compare_list(m, cli_value(args, "--units"), mem);
	if (e == ERR_OK)
		e = merge_end(&m->merge);
	if (e != ERR_OK) {
		worse(m, m->code ? m->code : cli_fail(NULL, e, &diag));
		return m->code;
	}
	say_units(m);
	if (cli_value(args, "--against") != NULL)
		worse(m, against(m, cli_value(args, "--against")));
	if (m->merge.n_added == 0) {
		cli_say(NULL, "nothing to add up: no report of %d was read", m->merge.sum->year);
		return EXIT_INPUT;
	}
	e = report_format(m->merge.sum, to, &diag, &out);
	if (e != ERR_OK) {
		(void)cli_fail(out_format_names[to], e, &diag);
		return EXIT_SYSTEM;
	}
	worse(m, cli_write(cli_value(args, "-o"), buf_str(&out)));
	return m->code;
}

static int run(const struct cli_env *env, const struct cli_args *args)
{
	const char *out = cli_value(args, "-o"), *body = cli_value(args, "--body");
	int by_name = out ? out_format_of(out) : -1, to = by_name >= 0 ? by_name : (int)OUT_JSON;
	AUTO(arena) mem = arena_new(LIMIT_DOC_MEMORY_BYTES);
	struct merging m = {.mem = mem};
	struct diag diag = DIAG_INIT;
	int64_t year = 0;
	int code;
	enum err e;

	if (cli_choice(args, "--to", out_format_names, &to) != ERR_OK ||
	    cli_int(args, "--year", 1990, 2199, &year) != ERR_OK)
		return EXIT_USAGE;
	if (body == NULL || body[0] == '\0' || year == 0) {
		cli_say(NULL, "usage: gongkai %s %s", args->command->name, args->command->synopsis);
		return EXIT_USAGE;
	}
	if (mem == NULL)
		return cli_fail(NULL, ERR_NOMEM, NULL);
	code = tools_open(&m.tools, env);
	if (code != EXIT_DONE)
		return code;
	e = merge_begin(m.tools.law, str_c(body), (int)year, mem, &diag, &m.merge);
	if (e != ERR_OK) {
		code = cli_fail("--year", e, &diag);
		code = e == ERR_ABSENT ? EXIT_USAGE : code;
	} else {
		code = merge_all(&m, args, (enum out_format)to);
	}
	tools_close(&m.tools);
	return code;
}

const struct cli_command cmd_report_merge = {
	.name = "report merge",
	.synopsis = "PATH... --body NAME --year YYYY [--units LIST] [--against FILE] [-o OUT]",
	.summary = "add units' reports up into the report of the body above them",
	.options = options,
	.n_options = sizeof(options) / sizeof(options[0]),
	.min_args = 1,
	.max_args = -1,
	.run = run,
};
