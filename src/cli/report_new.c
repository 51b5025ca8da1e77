/* gongkai report new: an empty report in the form that the year demands. */
#include "cli/report_cmd.h"

static const struct cli_option options[] = {
	{"--body", "NAME", "name of the public body", false},
	{"--year", "YYYY", "the year reported on", false},
	{"-o", "OUT", "write to OUT (else standard output)", false},
	{"--to", "json|html|docx|pdf|xlsx|csv|text",
	 "the format; else by the ending of OUT, else docx", false},
};

static int make(struct tools *tools, const struct cli_args *args, int year, enum out_format to)
{
	AUTO(arena) mem = arena_new(LIMIT_DOC_MEMORY_BYTES);
	AUTO_BUF(out, LIMIT_OUTPUT_BYTES);
	struct diag diag = DIAG_INIT;
	struct report *report;
	enum err e;

	if (mem == NULL)
		return cli_fail(NULL, ERR_NOMEM, NULL);
	e = report_blank(tools->law, str_c(cli_value(args, "--body")), year, mem, &diag, &report);
	if (e == ERR_ABSENT) {
		(void)cli_fail("--year", e, &diag);
		return EXIT_USAGE;
	}
	if (e == ERR_OK)
		e = report_format(report, to, &diag, &out);
	if (e != ERR_OK) {
		(void)cli_fail(out_format_names[to], e, &diag);
		return EXIT_SYSTEM;
	}
	return cli_write(cli_value(args, "-o"), buf_str(&out));
}

static int run(const struct cli_env *env, const struct cli_args *args)
{
	const char *out = cli_value(args, "-o");
	int by_name = out ? out_format_of(out) : -1, to = by_name >= 0 ? by_name : (int)OUT_DOCX;
	struct tools tools;
	int64_t year = 0;
	int code;

	if (cli_choice(args, "--to", out_format_names, &to) != ERR_OK ||
	    cli_int(args, "--year", 1990, 2199, &year) != ERR_OK)
		return EXIT_USAGE;
	if (cli_value(args, "--body") == NULL || cli_value(args, "--body")[0] == '\0' ||
	    year == 0) {
		cli_say(NULL, "usage: gongkai %s %s", args->command->name, args->command->synopsis);
		return EXIT_USAGE;
	}
	for (const char *c = cli_value(args, "--body"); *c; c++)
		if ((unsigned char)*c < ' ' || *c == 0x7F) {
			cli_say("--body", "a name holds no line breaks or control characters");
			return EXIT_USAGE;
		}
	code = tools_open(&tools, env);
	if (code != EXIT_DONE)
		return code;
	code = make(&tools, args, (int)year, (enum out_format)to);
	tools_close(&tools);
	return code;
}

const struct cli_command cmd_report_new = {
	.name = "report new",
	.synopsis = "--body NAME --year YYYY [-o OUT] [--to FORMAT]",
	.summary = "an empty report in the form that the year demands",
	.options = options,
	.n_options = sizeof(options) / sizeof(options[0]),
	.min_args = 0,
	.max_args = 0,
	.run = run,
};
