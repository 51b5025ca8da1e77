/* The frame of the command line: one row a command, options as data, one way to print. */
#ifndef GONGKAI_CLI_CLI_H
#define GONGKAI_CLI_CLI_H

#include <stdio.h>

#include "base/buf.h"
#include "base/diag.h"
#include "calendar/date.h"

/* Exit codes of contracts.md §1; with several inputs the largest wins. */
enum exit_code {
	EXIT_DONE = 0,
	EXIT_FOUND = 1,  /* done, errors found in what was checked */
	EXIT_USAGE = 2,  /* the call was wrong, or asks for what cannot be answered */
	EXIT_INPUT = 3,  /* an input could not be read or holds no report */
	EXIT_SYSTEM = 4, /* store, disk, memory */
};

/* What commands share.  `today` comes from the system once, here. */
struct cli_env {
	const char *law_dir; /* --law or GONGKAI_LAW; NULL: the embedded tables */
	struct date today;
};

struct cli_option {
	const char *name;  /* "--format" */
	const char *value; /* "text|json" or NULL for a switch; shown in help */
	const char *help;  /* one English line */
	bool many;         /* may be given several times */
};

struct cli_command;

/* A parsed call: `args` are positional, options are asked for by name. */
struct cli_args {
	const struct cli_command *command;
	const char **args;
	size_t n_args;
	struct cli_value {
		const struct cli_option *option;
		const char *text; /* NULL for a switch */
	} * values;
	size_t n_values;
};

struct cli_command {
	const char *name;     /* "report check", "due" */
	const char *synopsis; /* "PATH... [--previous FILE] …" */
	const char *summary;  /* one English line */
	const struct cli_option *options;
	size_t n_options;
	int min_args, max_args; /* positional ones; max -1: any number */
	int (*run)(const struct cli_env *env, const struct cli_args *args);
};

/* Last value of an option, NULL when it was not given (a switch gives ""). */
const char *cli_value(const struct cli_args *args, const char *name);
/* The nth (from 0) value of an option that may be given many times, NULL beyond. */
const char *cli_value_nth(const struct cli_args *args, const char *name, size_t nth);
/* Whole number of an option in [least, most]; *ret is left alone when it was not given.
 * Otherwise says what is wrong on standard error and gives ERR_INPUT. */
MUST_USE enum err cli_int(const struct cli_args *args, const char *name, int64_t least,
			  int64_t most, int64_t *ret);
/* Index of an option's value among `choices` (NULL-terminated); *ret is left alone when not given.
 */
MUST_USE enum err cli_choice(const struct cli_args *args, const char *name,
			     const char *const *choices, int *ret);

/* "gongkai: WHAT: MESSAGE", one line on standard error; `what` may be NULL. */
void cli_say(const char *what, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* Says what a failed function said (or the kind alone) about `what` and gives the exit code. */
int cli_fail(const char *what, enum err e, const struct diag *diag);
int cli_exit_of(enum err e);

/* Writes to a file (whole or not at all) or, for NULL and "-", to standard output; the exit
 * code. */
int cli_write(const char *path, struct str bytes);

extern const struct cli_command cmd_report_read, cmd_report_check, cmd_report_diff,
	cmd_report_merge, cmd_report_new, cmd_due, cmd_fee;

#endif
