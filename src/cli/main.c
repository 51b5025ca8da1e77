/* gongkai: finds the command, parses its options, runs it. */
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "cli/cli.h"

static const struct cli_command *const commands[] = {
	&cmd_report_read, &cmd_report_check, &cmd_report_diff, &cmd_report_merge,
	&cmd_report_new,  &cmd_due,          &cmd_fee,
};
#define N_COMMANDS (sizeof(commands) / sizeof(commands[0]))

static const struct cli_option law_option = {
	"--law", "DIR", "law tables in DIR override those inside the program (GONGKAI_LAW)", false};

static void print_option(const struct cli_option *o)
{
	char left[64];

	(void)snprintf(left, sizeof(left), "%s%s%s", o->name, o->value ? " " : "",
		       o->value ? o->value : "");
	printf("  %-28s %s\n", left, o->help);
}

static void help_command(const struct cli_command *c)
{
	printf("usage: gongkai %s %s\n\n%s\n\n", c->name, c->synopsis, c->summary);
	for (size_t i = 0; i < c->n_options; i++)
		print_option(&c->options[i]);
	print_option(&law_option);
	printf("\nExit: 0 done, 1 errors found in what was checked, 2 wrong call, "
	       "3 an input not read,\n4 the system failed.  See also: man gongkai\n");
}

static void help_all(void)
{
	printf("gongkai " GONGKAI_VERSION
	       ": the annual report on government information disclosure, and its clocks\n\n"
	       "usage: gongkai COMMAND ...\n\n");
	for (size_t i = 0; i < N_COMMANDS; i++)
		printf("  %-16s %s\n", commands[i]->name, commands[i]->summary);
	printf("  %-16s %s\n\n", "help [COMMAND]", "this page, or a command's");
	printf("gongkai --version prints the version.  Man pages: gongkai(1) and one a command.\n");
}

/* "report check" takes two words; *used tells how many. */
static const struct cli_command *find(char **words, int n, int *used)
{
	for (size_t i = 0; i < N_COMMANDS; i++) {
		const char *name = commands[i]->name;
		const char *blank = strchr(name, ' ');

		if (blank == NULL && n >= 1 && strcmp(words[0], name) == 0) {
			*used = 1;
			return commands[i];
		}
		if (blank != NULL && n >= 2 &&
		    strncmp(words[0], name, (size_t)(blank - name)) == 0 &&
		    words[0][blank - name] == '\0' && strcmp(words[1], blank + 1) == 0) {
			*used = 2;
			return commands[i];
		}
	}
	return NULL;
}

static int help(char **words, int n)
{
	const struct cli_command *c;
	bool any = false;
	int used;

	if (n == 0) {
		help_all();
		return EXIT_DONE;
	}
	c = find(words, n, &used);
	if (c != NULL) {
		help_command(c);
		return EXIT_DONE;
	}
	for (size_t i = 0; i < N_COMMANDS; i++) { /* "help report": all that begin so */
		size_t len = strlen(words[0]);

		if (strncmp(commands[i]->name, words[0], len) != 0 || commands[i]->name[len] != ' ')
			continue;
		printf("%s%-16s %s\n", any ? "" : "\n", commands[i]->name, commands[i]->summary);
		any = true;
	}
	if (any)
		return EXIT_DONE;
	cli_say(NULL, "no command '%s'; see: gongkai help", words[0]);
	return EXIT_USAGE;
}

static const struct cli_option *find_option(const struct cli_command *c, const char *word,
					    size_t len)
{
	for (size_t i = 0; i < c->n_options; i++)
		if (strlen(c->options[i].name) == len &&
		    strncmp(c->options[i].name, word, len) == 0)
			return &c->options[i];
	if (strlen(law_option.name) == len && strncmp(law_option.name, word, len) == 0)
		return &law_option;
	return NULL;
}

static bool given(const struct cli_args *args, const struct cli_option *o)
{
	for (size_t i = 0; i < args->n_values; i++)
		if (args->values[i].option == o)
			return true;
	return false;
}

/* One option at words[*at]; moves *at over its value. */
static enum err parse_option(struct cli_args *args, char **words, int n, int *at)
{
	const char *word = words[*at];
	const char *eq = strchr(word, '=');
	size_t len = eq ? (size_t)(eq - word) : strlen(word);
	const struct cli_option *o = find_option(args->command, word, len);
	const char *value = eq ? eq + 1 : NULL;

	if (o == NULL) {
		cli_say(NULL, "unknown option '%s'; see: gongkai help %s", word,
			args->command->name);
		return ERR_INPUT;
	}
	if (!o->many && given(args, o)) {
		cli_say(NULL, "%s is given twice", o->name);
		return ERR_INPUT;
	}
	if (o->value == NULL && value != NULL) {
		cli_say(NULL, "%s takes no value", o->name);
		return ERR_INPUT;
	}
	if (o->value != NULL && value == NULL) {
		if (*at + 1 >= n) {
			cli_say(NULL, "%s needs %s", o->name, o->value);
			return ERR_INPUT;
		}
		value = words[++*at];
	}
	args->values[args->n_values++] = (struct cli_value){o, value};
	return ERR_OK;
}

static enum err parse(struct cli_args *args, char **words, int n)
{
	const struct cli_command *c = args->command;
	bool only_names = false;

	for (int i = 0; i < n; i++) {
		bool is_option = !only_names && words[i][0] == '-' && words[i][1] != '\0';

		if (is_option && strcmp(words[i], "--") == 0) {
			only_names = true;
			continue;
		}
		if (is_option && strcmp(words[i], "--help") != 0) {
			if (parse_option(args, words, n, &i) != ERR_OK)
				return ERR_INPUT;
			continue;
		}
		args->args[args->n_args++] = words[i];
	}
	if ((int)args->n_args < c->min_args ||
	    (c->max_args >= 0 && (int)args->n_args > c->max_args)) {
		cli_say(NULL, "usage: gongkai %s %s", c->name, c->synopsis);
		return ERR_INPUT;
	}
	return ERR_OK;
}

static int run(const struct cli_command *command, char **words, int n)
{
	struct cli_args args = {.command = command};
	struct cli_env env = {.law_dir = getenv("GONGKAI_LAW")};
	time_t now = time(NULL);
	struct tm tm;
	int code = EXIT_USAGE;

	for (int i = 0; i < n && strcmp(words[i], "--") != 0; i++)
		if (strcmp(words[i], "--help") == 0) {
			help_command(command);
			return EXIT_DONE;
		}
	if (localtime_r(&now, &tm) != NULL)
		env.today = (struct date){tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday};
	args.args = calloc((size_t)n + 1, sizeof(*args.args));
	args.values = calloc((size_t)n + 1, sizeof(*args.values));
	if (args.args == NULL || args.values == NULL) {
		cli_say(NULL, "out of memory");
		code = EXIT_SYSTEM;
	} else if (parse(&args, words, n) == ERR_OK) {
		if (cli_value(&args, "--law") != NULL)
			env.law_dir = cli_value(&args, "--law");
		if (env.law_dir != NULL && env.law_dir[0] == '\0')
			env.law_dir = NULL;
		code = command->run(&env, &args);
	}
	free(args.args);
	free(args.values);
	return code;
}

int main(int argc, char **argv)
{
	const struct cli_command *command;
	int used, code;

	/* a full disk is a failed write with a message, not a death that leaves scraps behind */
	(void)signal(SIGXFSZ, SIG_IGN);
	(void)signal(SIGPIPE, SIG_IGN);
	/* a caller that ignores its children hands that on, and how ours end would be lost */
	(void)signal(SIGCHLD, SIG_DFL);
	if (argc < 2) {
		cli_say(NULL, "which command? see: gongkai help");
		return EXIT_USAGE;
	}
	if (strcmp(argv[1], "--version") == 0) {
		printf("gongkai " GONGKAI_VERSION "\n");
		return EXIT_DONE;
	}
	if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "help") == 0)
		return help(argv + 2, argc - 2);
	command = find(argv + 1, argc - 1, &used);
	if (command == NULL) {
		if (argc > 2 && strcmp(argv[argc - 1], "--help") == 0)
			return help(argv + 1, argc - 2);
		cli_say(NULL, "no command '%s%s%s'; see: gongkai help", argv[1],
			strcmp(argv[1], "report") == 0 && argc > 2 ? " " : "",
			strcmp(argv[1], "report") == 0 && argc > 2 ? argv[2] : "");
		return EXIT_USAGE;
	}
	code = run(command, argv + 1 + used, argc - 1 - used);
	if (fflush(stdout) != 0 || ferror(stdout)) {
		cli_say(NULL, "cannot write to standard output");
		return EXIT_SYSTEM;
	}
	return code;
}
