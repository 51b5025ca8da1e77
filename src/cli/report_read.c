/* gongkai report read: any report file in, the same report out in another format. */
#include "cli/report_cmd.h"

static const struct cli_option options[] = {
	{"-o", "OUT", "write to OUT (else standard output)", false},
	{"--to", "json|html|docx|pdf|xlsx|csv|text",
	 "the format; else by the ending of OUT, else json", false},
	{"--nth", "N", "the Nth report of a file that holds several", false},
};

static int read_and_write(struct tools *tools, const struct cli_args *args, enum out_format to,
			  size_t nth)
{
	AUTO(arena) mem = arena_new(LIMIT_DOC_MEMORY_BYTES);
	AUTO_BUF(out, LIMIT_OUTPUT_BYTES);
	struct diag diag = DIAG_INIT;
	struct report *report;
	enum err e;
	int code;

	if (mem == NULL)
		return cli_fail(NULL, ERR_NOMEM, NULL);
	code = load_one(tools, args->args[0], nth, mem, &report);
	if (code != EXIT_DONE)
		return code;
	e = report_format(report, to, &diag, &out);
	if (e != ERR_OK) {
		(void)cli_fail(out_format_names[to], e, &diag);
		return EXIT_SYSTEM; /* the input was read; it is the writing that failed */
	}
	return cli_write(cli_value(args, "-o"), buf_str(&out));
}

static int run(const struct cli_env *env, const struct cli_args *args)
{
	const char *out = cli_value(args, "-o");
	int by_name = out ? out_format_of(out) : -1, to = by_name >= 0 ? by_name : (int)OUT_JSON;
	struct tools tools;
	int64_t nth = 0;
	int code;

	if (cli_choice(args, "--to", out_format_names, &to) != ERR_OK ||
	    cli_int(args, "--nth", 1, 64, &nth) != ERR_OK)
		return EXIT_USAGE;
	if (out != NULL && by_name < 0 && cli_value(args, "--to") == NULL && out[0] != '-') {
		cli_say(out, "its ending tells no format; say one with --to");
		return EXIT_USAGE;
	}
	code = tools_open(&tools, env);
	if (code != EXIT_DONE)
		return code;
	code = read_and_write(&tools, args, (enum out_format)to, (size_t)nth);
	tools_close(&tools);
	return code;
}

const struct cli_command cmd_report_read = {
	.name = "report read",
	.synopsis = "FILE [-o OUT] [--to FORMAT] [--nth N]",
	.summary = "any report file in, the same report out in another format",
	.options = options,
	.n_options = sizeof(options) / sizeof(options[0]),
	.min_args = 1,
	.max_args = 1,
	.run = run,
};
