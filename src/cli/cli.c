/* Parsing a call by its command's option table; messages; results to files. */
#include "cli/cli.h"

#include <stdarg.h>
#include <string.h>

#include "base/io.h"
#include "base/utf8.h"

const char *cli_value_nth(const struct cli_args *args, const char *name, size_t nth)
{
	for (size_t i = 0; i < args->n_values; i++) {
		if (strcmp(args->values[i].option->name, name) != 0)
			continue;
		if (nth-- == 0)
			return args->values[i].text ? args->values[i].text : "";
	}
	return NULL;
}

const char *cli_value(const struct cli_args *args, const char *name)
{
	return cli_value_nth(args, name, 0);
}

enum err cli_int(const struct cli_args *args, const char *name, int64_t least, int64_t most,
		 int64_t *ret)
{
	const char *text = cli_value(args, name);
	int64_t value;

	if (text == NULL)
		return ERR_OK;
	if (str_int(str_c(text), &value) != ERR_OK || value < least || value > most) {
		cli_say(NULL, "%s takes a whole number from %lld to %lld, not '%s'", name,
			(long long)least, (long long)most, text);
		return ERR_INPUT;
	}
	*ret = value;
	return ERR_OK;
}

enum err cli_choice(const struct cli_args *args, const char *name, const char *const *choices,
		    int *ret)
{
	const char *text = cli_value(args, name);
	AUTO_BUF(known, 512);

	if (text == NULL)
		return ERR_OK;
	for (int i = 0; choices[i] != NULL; i++) {
		if (strcmp(choices[i], text) == 0) {
			*ret = i;
			return ERR_OK;
		}
		buf_fmt(&known, "%s%s", i ? ", " : "", choices[i]);
	}
	cli_say(NULL, "%s is one of " STR_FMT ", not '%s'", name, STR_ARG(buf_str(&known)), text);
	return ERR_INPUT;
}

void cli_say(const char *what, const char *fmt, ...)
{
	char line[LIMIT_DIAG_BYTES * 2];
	va_list ap;

	va_start(ap, fmt);
	if (vsnprintf(line, sizeof(line), fmt, ap) < 0)
		line[0] = '\0';
	va_end(ap);
	line[utf8_whole(str_c(line)).n] = '\0';
	fprintf(stderr, "gongkai: %s%s%s\n", what ? what : "", what ? ": " : "", line);
}

int cli_exit_of(enum err e)
{
	switch (e) {
	case ERR_OK:
		return EXIT_DONE;
	case ERR_INPUT:
	case ERR_LIMIT:
	case ERR_ABSENT:
	case ERR_DENIED:
	case ERR_CONFLICT:
		return EXIT_INPUT;
	case ERR_IO:
	case ERR_NOMEM:
	default:
		return EXIT_SYSTEM;
	}
}

int cli_fail(const char *what, enum err e, const struct diag *diag)
{
	static const char *const plain[] = {
		[ERR_INPUT] = "not what was expected",
		[ERR_LIMIT] = "larger than we read",
		[ERR_ABSENT] = "not there",
		[ERR_CONFLICT] = "changed meanwhile",
		[ERR_DENIED] = "no right to it",
		[ERR_IO] = "the system failed",
		[ERR_NOMEM] = "out of memory",
	};

	if (diag != NULL && diag->text[0] != '\0')
		cli_say(what, "%s", diag->text);
	else
		cli_say(what, "%s", plain[e]);
	return cli_exit_of(e);
}

int cli_write(const char *path, struct str bytes)
{
	struct diag diag = DIAG_INIT;
	enum err e = io_write(path ? path : "-", bytes, &diag);

	if (e == ERR_OK)
		return EXIT_DONE;
	(void)cli_fail(path, e, &diag);
	return EXIT_SYSTEM; /* a target that cannot be written is the system's failure */
}
